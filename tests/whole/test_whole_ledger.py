"""The whole ledger agrees with the one on paper, to the cent, whatever is asked of it and in whatever order."""

from __future__ import annotations

from hypothesis import settings
from hypothesis.stateful import run_state_machine_as_test

from eventstore.keyring import Keyring
from tests.databases import Server
from tests.whole.on_ledgers import WholeOnPaper, WholeOnTheRealStore

MANY = 15


TestWholeLedger = WholeOnPaper.TestCase
TestWholeLedger.settings = settings(max_examples=40, stateful_step_count=60, deadline=None)


def test_many_kinds_of_command_are_granted_beside_each_other() -> None:
    made: list[WholeOnPaper] = []

    def make() -> WholeOnPaper:
        made.append(WholeOnPaper())
        return made[-1]

    run_state_machine_as_test(
        make,  # type: ignore[arg-type] # any factory will do
        settings=settings(
            max_examples=20, stateful_step_count=60, deadline=None, derandomize=True, database=None
        ),
    )
    granted = set().union(*(each.kinds for each in made))
    assert len(granted) >= MANY, sorted(granted)


def test_the_real_ledger_agrees_with_the_paper_after_every_step(server: Server, keyring: Keyring) -> None:
    run_state_machine_as_test(
        lambda: WholeOnTheRealStore(server, keyring),  # type: ignore[arg-type] # any factory will do
        settings=settings(max_examples=4, stateful_step_count=30, deadline=None),
    )
