"""The real ledger agrees with a ledger kept in dicts after every step, and its books sum to zero.

The same machine as on paper, here on the event store, PostgreSQL, the projector and the trial
balance as it is asked for.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from hypothesis import settings
from hypothesis.stateful import invariant, run_state_machine_as_test

from eventstore.keyring import Keyring
from tests.databases import Server
from tests.model import LATEST, LedgerModel
from tests.real_ledger import RealLedger


class OnTheRealStore(LedgerModel):
    """The model against the event store and its read models, in a database of its own."""

    def __init__(self, server: Server, keyring: Keyring) -> None:
        super().__init__()
        self.ledger = RealLedger(server, keyring)

    def perform(
        self, use_case: Callable[..., object], *, on: date = LATEST, actor: str = "anna", **asked: Any
    ) -> object:
        return self.ledger.perform(use_case, on=on, actor=actor, **asked)

    def facts_after(self, position: int) -> Sequence[Any]:
        return self.ledger.facts_after(position)

    @invariant()
    def the_trial_balance_is_zero_and_the_one_of_the_dicts(self) -> None:
        head = self.ledger.caught_up()
        shown = self.ledger.trial_balance()
        assert shown.position == head == self.ledger.log.head().size
        assert shown.total_debit_c == shown.total_credit_c
        books = Counter({row.account: row.debit_c - row.credit_c for row in shown.rows})
        assert {account: c for account, c in books.items() if c} == self.balances_in_cents()

    def balances_in_cents(self) -> dict[str, int]:
        """What the dicts say of each account, debits less credits."""
        return {account: c for account, c in self.balances.items() if c}

    def teardown(self) -> None:
        self.ledger.close()


def test_the_real_ledger_agrees_with_the_one_in_dicts_after_every_step(
    server: Server, keyring: Keyring
) -> None:
    run_state_machine_as_test(
        lambda: OnTheRealStore(server, keyring),  # type: ignore[arg-type] # any factory will do
        settings=settings(max_examples=8, stateful_step_count=20, deadline=None),
    )
