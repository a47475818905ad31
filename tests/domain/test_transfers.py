"""Inside one entity an activity leaves money to another: no VAT, no second contribution, and two people."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from domain.aggregates.activity import Activity
from domain.errors import (
    ActivityEnded,
    ActivityIsFrozen,
    AmountNotPositive,
    EmptyText,
    OtherEntity,
    OverAvailable,
    SecondPersonNeeded,
    TransferNotAccepted,
    TransferNotWaiting,
    TransferToItself,
)
from domain.ledger import transfers
from domain.ledger.activities import activity_id, open_activity
from domain.ledger.endings import begin_closing, close_activity, freeze_activity
from domain.ledger.entities import entity_id_of
from domain.ledger.members import membership_id
from domain.payouts import PayoutRegime
from tests.cooperative import ACTIVITY, ENTITY, FOUNDED, OTHER_MEMBER, PERSON, found_entity, join
from tests.domain.spending import DAY, balances, paid_cooperative
from tests.paper import PaperLedger

OTHER = activity_id(ENTITY, "A2")
TRANSFER = UUID(int=1300)
HAS_C = 890_00


@pytest.fixture
def two() -> PaperLedger:
    """One activity with 890.00, and another of the same entity with nothing."""
    ledger = paid_cooperative()
    opens(ledger, "A2", OTHER_MEMBER)
    return ledger


def opens(ledger: PaperLedger, code: str, member: UUID, entity_id: UUID = ENTITY) -> None:
    ledger.perform(
        open_activity,
        on=FOUNDED,
        entity_id=entity_id,
        code=code,
        membership_ids=[member],
        payout_regime=PayoutRegime.EMPLOYEE,
    )


def proposes(ledger: PaperLedger, amount_c: int = HAS_C, **says: Any) -> list[Any]:
    asked: dict[str, Any] = {
        "transfer_id": TRANSFER,
        "entity_id": ENTITY,
        "from_activity_id": ACTIVITY,
        "to_activity_id": OTHER,
        "amount_c": amount_c,
        "reason": "a part of the work",
    }
    return ledger.perform(transfers.propose_transfer, on=DAY, **asked | says)


def accepts(ledger: PaperLedger, actor: str = "ben") -> list[Any]:
    return ledger.perform(transfers.accept_transfer, on=DAY, actor=actor, transfer_id=TRANSFER)


def available_c(ledger: PaperLedger, id: UUID = ACTIVITY) -> int:
    return ledger.get(Activity, id).available_c(0)


def test_a_transfer_moves_the_whole_amount_without_vat_or_contribution_and_is_nil_in_the_legal_books(
    two: PaperLedger,
) -> None:
    before = balances(two.facts)
    proposes(two)
    assert (available_c(two), available_c(two, OTHER)) == (0, 0)
    recorded = accepts(two)
    assert (available_c(two), available_c(two, OTHER)) == (0, HAS_C)
    assert balances(two.facts) == before
    kinds = {type(each) for each in recorded}
    assert not kinds & {Activity.ContributionCharged, Activity.FundContributionCharged}
    assert two.get(Activity, ACTIVITY).committed_c == 0


def test_no_more_is_transferred_than_is_available(two: PaperLedger) -> None:
    with pytest.raises(OverAvailable):
        proposes(two, HAS_C + 1)
    proposes(two, HAS_C)
    with pytest.raises(OverAvailable):
        proposes(two, 1, transfer_id=UUID(int=1301))


def test_who_proposed_a_transfer_does_not_accept_it_and_it_is_answered_once(two: PaperLedger) -> None:
    proposes(two)
    with pytest.raises(SecondPersonNeeded) as refused:
        accepts(two, "anna")
    assert refused.value.facts == {"proposed_by": "anna"}
    asked: dict[str, Any] = {"on": DAY, "transfer_id": TRANSFER}
    with pytest.raises(TransferNotAccepted):
        two.perform(transfers.reverse_transfer, reason="too early", **asked)
    accepts(two)
    with pytest.raises(TransferNotWaiting):
        accepts(two)
    with pytest.raises(TransferNotWaiting):
        two.perform(transfers.decline_transfer, reason="too late", **asked)


def test_a_declined_transfer_sets_nothing_aside_any_more(two: PaperLedger) -> None:
    proposes(two)
    asked: dict[str, Any] = {"on": DAY, "transfer_id": TRANSFER}
    with pytest.raises(EmptyText):
        two.perform(transfers.decline_transfer, reason=" ", **asked)
    two.perform(transfers.decline_transfer, reason="not agreed", **asked)
    assert available_c(two) == HAS_C
    with pytest.raises(TransferNotWaiting):
        accepts(two)


def test_a_reversed_transfer_leaves_both_as_before_and_holds_a_taker_who_spent_it(two: PaperLedger) -> None:
    proposes(two)
    accepts(two)
    proposes(two, HAS_C, transfer_id=UUID(int=1301), from_activity_id=OTHER, to_activity_id=None)
    two.perform(transfers.accept_transfer, on=DAY, actor="ben", transfer_id=UUID(int=1301))
    asked: dict[str, Any] = {"on": DAY, "transfer_id": TRANSFER}
    with pytest.raises(EmptyText):
        two.perform(transfers.reverse_transfer, reason="", **asked)
    two.perform(transfers.reverse_transfer, reason="the wrong activity", **asked)
    assert (available_c(two), available_c(two, OTHER)) == (HAS_C, -HAS_C)
    assert two.get(Activity, OTHER).payouts_held
    with pytest.raises(TransferNotAccepted):
        two.perform(transfers.reverse_transfer, reason="once more", **asked)


def test_an_activity_leaves_its_rest_to_the_cooperative_and_is_closed(two: PaperLedger) -> None:
    two.perform(begin_closing, on=DAY, activity_id=ACTIVITY, ends_on=DAY, reason="over")
    proposes(two, HAS_C, to_activity_id=None)
    accepts(two)
    two.perform(close_activity, on=DAY, activity_id=ACTIVITY)
    proposes(two, 10_00, transfer_id=UUID(int=1301), from_activity_id=None)
    two.perform(transfers.accept_transfer, on=DAY, actor="ben", transfer_id=UUID(int=1301))
    assert available_c(two, OTHER) == 10_00


def test_a_taker_that_was_frozen_or_closed_since_takes_nothing(two: PaperLedger) -> None:
    """A closed activity has nothing and lacks nothing: what came to it could never leave it again."""
    proposes(two)
    two.perform(freeze_activity, on=DAY, activity_id=OTHER, reason="no answer")
    with pytest.raises(ActivityIsFrozen):
        accepts(two)
    two.perform(begin_closing, on=DAY, activity_id=OTHER, ends_on=DAY, reason="over")
    two.perform(close_activity, on=DAY, activity_id=OTHER)
    with pytest.raises(ActivityEnded):
        accepts(two)
    two.perform(transfers.decline_transfer, on=DAY, transfer_id=TRANSFER, reason="it is over")
    assert (available_c(two), available_c(two, OTHER)) == (HAS_C, 0)


def test_what_is_no_transfer_within_one_entity_is_refused(two: PaperLedger) -> None:
    elsewhere = entity_id_of("OTHER")
    found_entity(two.perform, code="OTHER")
    join(two.perform, PERSON, entity_id=elsewhere)
    opens(two, "B1", membership_id(elsewhere, PERSON), elsewhere)
    for wrong, refusal in (
        ({"to_activity_id": activity_id(elsewhere, "B1")}, OtherEntity),
        ({"to_activity_id": ACTIVITY}, TransferToItself),
        ({"from_activity_id": None, "to_activity_id": None}, TransferToItself),
        ({"amount_c": 0}, AmountNotPositive),
        ({"reason": ""}, EmptyText),
    ):
        with pytest.raises(refusal):
            proposes(two, **wrong)
    two.perform(freeze_activity, on=DAY, activity_id=OTHER, reason="no answer")
    with pytest.raises(ActivityIsFrozen):
        proposes(two)
