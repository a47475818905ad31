"""The real ledger agrees with a ledger kept in dicts after every step, and its books sum to zero.

The same machine as on paper, here on the event store, PostgreSQL, the projector and the trial
balance as it is asked for.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

from hypothesis import settings
from hypothesis.stateful import invariant, run_state_machine_as_test

from domain.catalogue import AGGREGATES
from domain.facts import Stamp
from domain.ledger.books import Books
from eventstore.codec import Codec
from eventstore.desk import Caller, Desk
from eventstore.keyring import Keyring
from eventstore.keystore import MemorySubjectKeys
from eventstore.log import Log
from eventstore.registry import Registry
from eventstore.sealing import Sealer
from eventstore.store import EventStore
from projections.projector import Projector
from projections.reader import Reader
from projections.trial_balance import trial_balance
from tests.databases import Server
from tests.model import LATEST, LedgerModel

REGISTRY = Registry(*AGGREGATES)


class OnTheRealStore(LedgerModel):
    """The model against the event store and its read models, in a database of its own."""

    def __init__(self, server: Server, keyring: Keyring) -> None:
        super().__init__()
        self.opened = ExitStack()
        dsn = self.opened.enter_context(server.database())
        keys = MemorySubjectKeys()
        store = EventStore(
            dsn,
            tenant="default",
            registry=REGISTRY,
            keyring=keyring,
            subject_keys=keys,
            clock=lambda: datetime.now(UTC),
        )
        self.opened.callback(store.close)
        self.desk = Desk(store, keyring, tenant="default")
        self.log = Log(dsn, tenant="default", codec=Codec(REGISTRY, Sealer(keys)))
        self.opened.callback(self.log.close)
        self.projector = Projector(dsn, tenant="default", log=self.log)
        self.opened.callback(self.projector.close)
        self.reader = Reader(dsn, tenant="default")
        self.opened.callback(self.reader.close)

    def perform(
        self, use_case: Callable[..., object], *, on: date = LATEST, actor: str = "anna", **asked: Any
    ) -> object:
        def run(books: Books, stamp: Stamp) -> object:
            return use_case(books, stamp, **asked)

        return self.desk.perform(
            Caller(principal=actor, actor=actor),
            operation=getattr(use_case, "__name__", "request"),
            key=str(uuid4()),
            body=json.dumps(asked, default=str).encode(),
            effective_on=on,
            run=run,
        )

    def facts_after(self, position: int) -> Sequence[Any]:
        return [recorded.event for recorded in self.log.page(position, 10_000)]

    @invariant()
    def the_trial_balance_is_zero_and_the_one_of_the_dicts(self) -> None:
        head = self.projector.catch_up()
        shown = trial_balance(self.reader)
        assert shown.position == head == self.log.head().size
        assert shown.total_debit_c == shown.total_credit_c
        books = Counter({row.account: row.debit_c - row.credit_c for row in shown.rows})
        assert {account: c for account, c in books.items() if c} == self.balances_in_cents()

    def balances_in_cents(self) -> dict[str, int]:
        """What the dicts say of each account, debits less credits."""
        return {account: c for account, c in self.balances.items() if c}

    def teardown(self) -> None:
        self.opened.close()


def test_the_real_ledger_agrees_with_the_one_in_dicts_after_every_step(
    server: Server, keyring: Keyring
) -> None:
    run_state_machine_as_test(
        lambda: OnTheRealStore(server, keyring),  # type: ignore[arg-type] # any factory will do
        settings=settings(max_examples=8, stateful_step_count=20, deadline=None),
    )
