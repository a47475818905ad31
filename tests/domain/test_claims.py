"""An expense is claimed within what is available, by one person, and approved by another, once."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from domain.aggregates.activity import Activity
from domain.aggregates.expense_claim import ClaimLine, ExpenseClaim
from domain.bookkeeping.rules_v1 import book
from domain.errors import (
    AmountNotPositive,
    ClaimNotWaiting,
    ClaimWithoutLines,
    DeductibleExceedsVat,
    EmptyText,
    InvalidReceiptHash,
    NotOfTheActivity,
    OverAvailable,
    ReceiptClaimedAlready,
    Refusal,
    SecondPersonNeeded,
)
from domain.ledger.claims import approve_claim, reject_claim, submit_claim
from domain.ledger.entities import set_parameter
from domain.spending import ExpenseType
from tests.cooperative import ACTIVITY, ENTITY, MEMBER, OTHER_MEMBER
from tests.domain.spending import CLAIM, DAY, claimed, expense, paid_cooperative
from tests.paper import PaperLedger
from tests.scenario import fact, says

OTHER_CLAIM = UUID(int=702)


@pytest.fixture
def ledger() -> PaperLedger:
    """Activity A1 has 890.00 available: 1,000.00 paid, less 100.00 and 10.00."""
    return paid_cooperative()


def submit(ledger: PaperLedger, *lines: ClaimLine, **asked: Any) -> list[Any]:
    actor = asked.pop("actor", "anna")
    return ledger.perform(submit_claim, actor=actor, on=DAY, **claimed(*lines, **asked))


def standing(ledger: PaperLedger) -> tuple[int, int, int]:
    activity = ledger.get(Activity, ACTIVITY)
    return activity.result_c, activity.committed_c, activity.available_c(0)


def test_a_claim_sets_its_cost_aside_and_its_approval_posts_it(ledger: PaperLedger) -> None:
    assert standing(ledger) == (890_00, 0, 890_00)
    submit(ledger)
    assert standing(ledger) == (890_00, 50_00, 840_00)
    ledger.perform(approve_claim, on=DAY, actor="ben", claim_id=CLAIM)
    assert standing(ledger) == (840_00, 0, 840_00)


def test_an_approved_claim_says_what_it_costs_and_what_is_owed(ledger: PaperLedger) -> None:
    submit(ledger)
    approved, borne = ledger.perform(approve_claim, on=DAY, actor="ben", claim_id=CLAIM)
    assert says(approved) == fact(
        ExpenseClaim.Approved,
        entity_id=ENTITY,
        activity_id=ACTIVITY,
        booked_on=DAY,
        lines=(expense(),),
        gross_c=60_50,
        cost_c=50_00,
    )
    assert says(borne) == fact(
        Activity.CostPosted, entity_id=ENTITY, document_id=CLAIM, amount_c=50_00, released_c=50_00
    )


def test_a_claim_of_all_that_is_available_is_taken_and_one_cent_more_refused(ledger: PaperLedger) -> None:
    submit(ledger.copy(), expense(890_00, 0, 0))
    with pytest.raises(OverAvailable) as refused:
        submit(ledger, expense(890_01, 0, 0))
    assert refused.value.facts == {"available_c": 890_00, "amount_c": 890_01}


def test_vat_that_cannot_be_deducted_is_cost(ledger: PaperLedger) -> None:
    submit(ledger, expense(50_00, 10_50, 5_25))
    assert ledger.get(ExpenseClaim, CLAIM).cost_c == 55_25
    assert standing(ledger)[1] == 55_25


def test_what_is_claimed_already_is_not_available_twice(ledger: PaperLedger) -> None:
    submit(ledger, expense(800_00, 0, 0))
    with pytest.raises(OverAvailable):
        submit(ledger, expense(90_01, 0, 0, sha256="cd" * 32), claim_id=OTHER_CLAIM)


def test_an_entity_may_let_its_activities_be_overdrawn_from_a_day_on(ledger: PaperLedger) -> None:
    ledger.perform(
        set_parameter,
        on=DAY,
        entity_id=ENTITY,
        name="activity.overdraft-c",
        value="10000",
        valid_from=DAY,
        source_ref="board 2",
    )
    submit(ledger.copy(), expense(990_00, 0, 0))
    with pytest.raises(OverAvailable):
        submit(ledger, expense(990_01, 0, 0))


def test_a_receipt_is_claimed_once_and_again_only_after_a_rejection(ledger: PaperLedger) -> None:
    submit(ledger)
    with pytest.raises(ReceiptClaimedAlready) as refused:
        submit(ledger, claim_id=OTHER_CLAIM)
    assert refused.value.facts == {"claim_id": CLAIM}
    ledger.perform(reject_claim, claim_id=CLAIM, reason="not for the activity")
    assert standing(ledger) == (890_00, 0, 890_00)
    submit(ledger, claim_id=OTHER_CLAIM)
    with pytest.raises(ReceiptClaimedAlready):
        submit(ledger, claim_id=UUID(int=703))


def test_one_receipt_may_have_several_lines_of_one_claim(ledger: PaperLedger) -> None:
    submit(ledger, expense(), expense(10_00, 0, 0))
    assert ledger.get(ExpenseClaim, CLAIM).receipts == ("ab" * 32,)


@pytest.mark.parametrize(
    ("actor", "on_behalf_of"),
    [("anna", None), ("desk", "anna"), (str(MEMBER), None), ("desk", str(UUID(int=101)))],
)
def test_whoever_claims_does_not_approve(ledger: PaperLedger, actor: str, on_behalf_of: str | None) -> None:
    submit(ledger)
    with pytest.raises(SecondPersonNeeded):
        ledger.perform(approve_claim, actor=actor, on_behalf_of=on_behalf_of, claim_id=CLAIM)


def test_a_claim_is_answered_once(ledger: PaperLedger) -> None:
    submit(ledger)
    ledger.perform(approve_claim, on=DAY, actor="ben", claim_id=CLAIM)
    with pytest.raises(ClaimNotWaiting):
        ledger.perform(approve_claim, on=DAY, actor="ben", claim_id=CLAIM)
    with pytest.raises(ClaimNotWaiting):
        ledger.perform(reject_claim, claim_id=CLAIM, reason="too late")


def test_a_rejection_has_a_reason(ledger: PaperLedger) -> None:
    submit(ledger)
    with pytest.raises(EmptyText):
        ledger.perform(reject_claim, claim_id=CLAIM, reason=" ")


def test_only_who_runs_the_activity_claims_on_it(ledger: PaperLedger) -> None:
    with pytest.raises(NotOfTheActivity):
        submit(ledger, claimant_id=OTHER_MEMBER)


@pytest.mark.parametrize(
    ("line", "refusal"),
    [
        (expense(0, 0, 0), AmountNotPositive),
        (expense(50_00, 10_50, 10_51), DeductibleExceedsVat),
        (expense(50_00, -1, -1), DeductibleExceedsVat),
        (expense(sha256="AB" * 32), InvalidReceiptHash),
        (expense(sha256="ab" * 31), InvalidReceiptHash),
    ],
)
def test_an_expense_that_makes_no_sense_is_refused(
    ledger: PaperLedger, line: ClaimLine, refusal: type[Refusal]
) -> None:
    before = ledger.position
    with pytest.raises(refusal):
        submit(ledger, line)
    assert ledger.position == before


def test_a_claim_of_nothing_is_refused(ledger: PaperLedger) -> None:
    with pytest.raises(ClaimWithoutLines):
        ledger.perform(submit_claim, on=DAY, **claimed() | {"lines": []})


def test_each_type_of_expense_has_an_account_of_class_61(ledger: PaperLedger) -> None:
    for place, type_ in enumerate(ExpenseType):
        claim_id = UUID(int=800 + place)
        line = ClaimLine(date(2026, 1, 2), type_, 1_00, 0, 0, f"{place:064x}")
        submit(ledger, line, claim_id=claim_id)
        (approved, _) = ledger.perform(approve_claim, on=DAY, actor="ben", claim_id=claim_id)
        entry = book(approved)
        assert entry is not None
        assert entry.lines[0].account.startswith("61")
