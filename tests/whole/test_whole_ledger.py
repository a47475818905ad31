"""The whole ledger agrees with the one on paper, to the cent, whatever is asked of it and in whatever order."""

from __future__ import annotations

from hypothesis import settings
from hypothesis.stateful import run_state_machine_as_test

from eventstore.keyring import Keyring
from tests.databases import Server
from tests.whole.on_ledgers import WholeOnPaper, WholeOnTheRealStore

LEAST_KINDS = 15


def test_the_ledger_on_replayed_facts_agrees_with_the_paper_after_every_step() -> None:
    run_state_machine_as_test(
        WholeOnPaper, settings=settings(max_examples=40, stateful_step_count=60, deadline=None)
    )
    assert len(WholeOnPaper.asked_for) >= LEAST_KINDS, sorted(WholeOnPaper.asked_for)


def test_the_real_ledger_agrees_with_the_paper_after_every_step(server: Server, keyring: Keyring) -> None:
    run_state_machine_as_test(
        lambda: WholeOnTheRealStore(server, keyring),  # type: ignore[arg-type] # any factory will do
        settings=settings(max_examples=4, stateful_step_count=30, deadline=None),
    )
