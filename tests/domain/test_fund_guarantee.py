"""A guarantee is set aside by a decision, called by a second person, and given back when the client pays."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from domain.aggregates.fund_guarantee import FundGuarantee
from domain.errors import (
    AmountNotPositive,
    EmptyText,
    ExceedsGuarantee,
    ExceedsOutstanding,
    GuaranteeSettled,
    MustAbstain,
    SecondPersonNeeded,
)
from domain.funding import LedgerPolicy
from tests.cooperative import ACTIVITY, ENTITY, FUND
from tests.scenario import ID, TODAY, Given, fact, stamp

WHOSE: dict[str, Any] = {
    "entity_id": ENTITY,
    "fund_id": FUND,
    "activity_id": ACTIVITY,
    "invoice_id": UUID(int=500),
}
BOOKED: dict[str, Any] = {"booked_on": TODAY, "ledger_policy": LedgerPolicy.LIABILITY}
INTERESTED = frozenset({"dora"})
RESERVE: dict[str, Any] = {**WHOSE, "amount_c": 800_00, "decision_ref": "committee 1"}
RESERVED = fact(FundGuarantee.Reserved, **RESERVE)
RELEASED = fact(FundGuarantee.Released, **WHOSE, amount_c=800_00, reason="the client paid")
CALLED = fact(
    FundGuarantee.Called, **WHOSE, **BOOKED, amount_c=600_00, reserved_c=800_00, decision_ref="committee 2"
)


def recovered(amount_c: int) -> Any:
    return fact(FundGuarantee.Recovered, **WHOSE, **BOOKED, amount_c=amount_c)


def reserving(actor: str = "anna", **says: Any) -> Any:
    by = stamp(actor=actor)
    return lambda _: FundGuarantee.reserve(by, id=ID, interested=INTERESTED, **RESERVE | says)


def calling(amount_c: int, actor: str = "ben", *, decision_ref: str = "committee 2") -> Any:
    return lambda guarantee: guarantee.call(
        stamp(actor=actor), interested=INTERESTED, **BOOKED, amount_c=amount_c, decision_ref=decision_ref
    )


def releasing(reason: str = "the client paid") -> Any:
    return lambda guarantee: guarantee.release(stamp(), reason=reason)


def recovering(amount_c: int) -> Any:
    return lambda guarantee: guarantee.recover(stamp(), **BOOKED, amount_c=amount_c)


def test_a_guarantee_is_given_by_a_decision_of_others() -> None:
    Given(FundGuarantee).when(reserving()).then(RESERVED)
    Given(FundGuarantee).when(reserving(decision_ref="")).then_refused(EmptyText, field="decision_ref")
    Given(FundGuarantee).when(reserving(amount_c=0)).then_refused(AmountNotPositive)
    Given(FundGuarantee).when(reserving("dora")).then_refused(MustAbstain)


def test_a_guarantee_is_released_with_a_reason() -> None:
    Given(FundGuarantee, RESERVED).when(releasing()).then(RELEASED)
    Given(FundGuarantee, RESERVED).when(releasing(" ")).then_refused(EmptyText, field="reason")


def test_a_guarantee_is_called_whole_or_in_part_and_never_beyond() -> None:
    Given(FundGuarantee, RESERVED).when(calling(600_00)).then(CALLED)
    Given(FundGuarantee, RESERVED).when(calling(800_01)).then_refused(ExceedsGuarantee, guaranteed_c=800_00)
    Given(FundGuarantee, RESERVED).when(calling(0)).then_refused(AmountNotPositive)
    Given(FundGuarantee, RESERVED).when(calling(1, decision_ref=" ")).then_refused(EmptyText)


def test_a_guarantee_is_called_by_a_second_person_who_does_not_benefit() -> None:
    Given(FundGuarantee, RESERVED).when(calling(1, "anna")).then_refused(
        SecondPersonNeeded, proposed_by="anna"
    )
    Given(FundGuarantee, RESERVED).when(calling(1, "dora")).then_refused(MustAbstain)


@pytest.mark.parametrize("answer", [RELEASED, CALLED])
def test_a_guarantee_ends_once(answer: Any) -> None:
    for asked in (calling(1), releasing()):
        Given(FundGuarantee, RESERVED, answer).when(asked).then_refused(GuaranteeSettled)


def test_what_was_called_is_given_back_to_the_cent_and_never_more() -> None:
    Given(FundGuarantee, RESERVED, CALLED).when(recovering(600_00)).then(recovered(600_00))
    Given(FundGuarantee, RESERVED, CALLED, recovered(500_00)).when(recovering(100_01)).then_refused(
        ExceedsOutstanding, outstanding_c=100_00
    )
    Given(FundGuarantee, RESERVED, CALLED).when(recovering(0)).then_refused(AmountNotPositive)
    Given(FundGuarantee, RESERVED).when(recovering(1)).then_refused(ExceedsOutstanding)
