"""A deficit that was written off by mistake is owed again, as far as nothing of it came since."""

from __future__ import annotations

from typing import Any

import pytest

from domain.aggregates.deficit import Deficit
from domain.errors import EmptyText, ExceedsDeficitWrittenOff, SecondPersonNeeded
from domain.ledger.deficits import recover_deficit, repay_deficit, undo_write_off, write_deficit_off
from tests.cooperative import ACTIVITY, ENTITY, MEMBER
from tests.domain.departing import JULY, MARCH, RECEIPT
from tests.domain.ending import DEFICIT, LACKING_C, lacking
from tests.domain.spending import balances
from tests.domain.test_deficits import deficit
from tests.paper import PaperLedger
from tests.scenario import fact, says


def written_off() -> PaperLedger:
    """Ben writes off what anna recognised."""
    ledger = lacking()
    off: dict[str, Any] = {"deficit_id": DEFICIT, "decision_ref": "board 7"}
    ledger.perform(write_deficit_off, on=MARCH, actor="ben", **off)
    return ledger


def undo(ledger: PaperLedger, actor: str = "anna", decision_ref: str = "board 8") -> list[Any]:
    asked: dict[str, Any] = {"deficit_id": DEFICIT, "decision_ref": decision_ref}
    return ledger.perform(undo_write_off, on=JULY, actor=actor, **asked)


def test_what_was_written_off_by_mistake_is_owed_again_to_the_cent() -> None:
    ledger, before = written_off(), balances(lacking().facts)
    (owed,) = undo(ledger)
    assert says(owed) == fact(
        Deficit.WriteOffReversed,
        entity_id=ENTITY,
        activity_id=ACTIVITY,
        membership_id=MEMBER,
        booked_on=JULY,
        amount_c=-LACKING_C,
        written_off_by="ben",
        decision_ref="board 8",
    )
    assert {each: c for each, c in balances(ledger.facts).items() if c} == {
        each: c for each, c in before.items() if c
    }
    assert (deficit(ledger).open_c, deficit(ledger).lost_c) == (LACKING_C, 0)
    with pytest.raises(ExceedsDeficitWrittenOff):
        undo(ledger)
    ledger.perform(repay_deficit, on=JULY, bank_line_id=RECEIPT, deficit_id=DEFICIT, amount_c=LACKING_C - 1)


def test_what_came_of_it_since_is_not_owed_again() -> None:
    ledger = written_off()
    ledger.perform(recover_deficit, on=JULY, bank_line_id=RECEIPT, deficit_id=DEFICIT, amount_c=100_00)
    undo(ledger)
    assert (deficit(ledger).open_c, deficit(ledger).lost_c) == (LACKING_C - 100_00, 0)


def test_it_takes_another_person_than_who_wrote_it_off_and_a_decision() -> None:
    ledger = written_off()
    with pytest.raises(SecondPersonNeeded) as refused:
        undo(ledger, actor="ben")
    assert refused.value.facts == {"proposed_by": "ben"}
    with pytest.raises(EmptyText):
        undo(ledger, decision_ref=" ")
    with pytest.raises(ExceedsDeficitWrittenOff):
        undo(lacking())
