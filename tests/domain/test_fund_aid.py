"""Aid is asked for, decided by others, paid by a second person, and comes back at most once."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from domain.aggregates.fund_aid import AidOutcome, AidState, FundAid
from domain.errors import (
    AidDecidedAlready,
    AidNotDecided,
    AidSettled,
    AidTurnedDown,
    AmountNotPositive,
    AmountTooLarge,
    DecisionUnclear,
    EmptyText,
    ExceedsOutstanding,
    ExceedsRequest,
    MustAbstain,
    ScheduleDiffers,
    SecondPersonNeeded,
)
from domain.funding import LedgerPolicy
from domain.instalments import Instalment
from domain.money import MAX_CENTS
from tests.cooperative import ACTIVITY, ENTITY, FUND, MEMBER, OTHER_MEMBER, PERSON
from tests.scenario import ID, TODAY, Fact, Given, fact, replayed, stamp

LINE = UUID(int=150)
WHOSE: dict[str, Any] = {"entity_id": ENTITY, "fund_id": FUND, "activity_id": ACTIVITY}
BOOKED: dict[str, Any] = {"booked_on": TODAY, "ledger_policy": LedgerPolicy.LIABILITY}
REQUEST: dict[str, Any] = {
    **WHOSE,
    "member_id": MEMBER,
    "person_id": PERSON,
    "amount_c": 2_000_00,
    "purpose": "A lathe",
}
HALVES = (Instalment(date(2026, 6, 30), 1_000_00), Instalment(date(2026, 12, 31), 1_000_00))
INTERESTED = frozenset({"dora"})

REQUESTED = fact(FundAid.Requested, **REQUEST)


def decided(
    outcome: AidOutcome, amount_c: int, schedule: tuple[Instalment, ...] = (), **plumbing: Any
) -> Fact:
    return fact(
        FundAid.Decided,
        **WHOSE,
        outcome=outcome,
        amount_c=amount_c,
        schedule=schedule,
        decision_ref="committee 1",
        motion_id=None,
        decided_by=(OTHER_MEMBER,),
        **plumbing,
    )


def of_fund(kind: type[Any], amount_c: int, **says: Any) -> Fact:
    return fact(kind, **WHOSE, **BOOKED, amount_c=amount_c, **says)


GRANTED = decided(AidOutcome.GRANTED, 2_000_00, actor="ben")
LENT = decided(AidOutcome.LENT, 2_000_00, HALVES, actor="ben")
REFUSED = decided(AidOutcome.REFUSED, 0, actor="ben")
PAID = of_fund(FundAid.GrantPaid, 2_000_00, decided_by="ben", decision_ref="committee 1")
ADVANCED = of_fund(
    FundAid.AdvancePaid, 2_000_00, schedule=HALVES, decided_by="ben", decision_ref="committee 1"
)
GIVEN_UP = fact(FundAid.GivenUp, **WHOSE, decided_c=0, reason="not needed")
WRITTEN_OFF = of_fund(FundAid.AdvanceWrittenOff, 2_000_00, decision_ref="committee 2")
OPEN = (REQUESTED, LENT, ADVANCED)


def repaid(amount_c: int) -> Fact:
    return of_fund(FundAid.RepaymentReceived, amount_c, line_id=LINE)


def deciding(outcome: AidOutcome, amount_c: int, schedule: tuple[Instalment, ...] = (), **asked: Any) -> Any:
    says: dict[str, Any] = {"decision_ref": "committee 1", "motion_id": None, "decided_by": (OTHER_MEMBER,)}
    by: dict[str, Any] = {"actor": asked.pop("actor", "ben"), "on_behalf_of": asked.pop("on_behalf_of", None)}
    return lambda aid: aid.decide(
        stamp(**by),
        interested=INTERESTED,
        outcome=outcome,
        amount_c=amount_c,
        schedule=schedule,
        **says | asked,
    )


def paying(actor: str = "carla", on_behalf_of: str | None = None) -> Any:
    by = stamp(actor=actor, on_behalf_of=on_behalf_of)
    return lambda aid: aid.pay(by, interested=INTERESTED, **BOOKED)


def repaying(amount_c: int) -> Any:
    return lambda aid: aid.repay(stamp(), **BOOKED, amount_c=amount_c, line_id=LINE)


def recovering(amount_c: int) -> Any:
    return lambda aid: aid.recover(stamp(), **BOOKED, amount_c=amount_c, line_id=LINE)


def writing_off(actor: str = "ben", decision_ref: str = "committee 2") -> Any:
    return lambda aid: aid.write_off(
        stamp(actor=actor), interested=INTERESTED, **BOOKED, decision_ref=decision_ref
    )


def giving_up(reason: str = "not needed") -> Any:
    return lambda aid: aid.give_up(stamp(), reason=reason)


def requesting(**says: Any) -> Any:
    return lambda _: FundAid.request(stamp(), id=ID, **REQUEST | says)


def test_aid_is_asked_for_with_a_purpose() -> None:
    Given(FundAid).when(requesting()).then(REQUESTED)
    Given(FundAid).when(requesting(purpose=" ")).then_refused(EmptyText, field="purpose")


@pytest.mark.parametrize(
    ("amount_c", "refusal"),
    [(0, AmountNotPositive), (-1, AmountNotPositive), (MAX_CENTS + 1, AmountTooLarge)],
)
def test_aid_of_nothing_or_of_everything_is_refused(amount_c: int, refusal: Any) -> None:
    Given(FundAid).when(requesting(amount_c=amount_c)).then_refused(refusal)


def test_what_was_asked_for_is_granted_lent_or_refused() -> None:
    for outcome, amount_c, schedule in (
        (AidOutcome.GRANTED, 1_500_00, ()),
        (AidOutcome.LENT, 2_000_00, HALVES),
        (AidOutcome.REFUSED, 0, ()),
    ):
        Given(FundAid, REQUESTED).when(deciding(outcome, amount_c, schedule)).then(
            decided(outcome, amount_c, schedule)
        )


def test_no_more_is_decided_than_was_asked_for() -> None:
    Given(FundAid, REQUESTED).when(deciding(AidOutcome.GRANTED, 2_000_01)).then_refused(
        ExceedsRequest, requested_c=2_000_00
    )


@pytest.mark.parametrize(
    ("outcome", "amount_c", "schedule"),
    [
        (AidOutcome.REFUSED, 1, ()),
        (AidOutcome.REFUSED, 0, HALVES),
        (AidOutcome.GRANTED, 2_000_00, HALVES),
        (AidOutcome.LENT, 2_000_00, ()),
    ],
)
def test_a_decision_says_what_it_gives_and_nothing_else(
    outcome: AidOutcome, amount_c: int, schedule: tuple[Instalment, ...]
) -> None:
    Given(FundAid, REQUESTED).when(deciding(outcome, amount_c, schedule)).then_refused(DecisionUnclear)


@pytest.mark.parametrize(
    "schedule",
    [
        HALVES[:1],
        (HALVES[1], HALVES[0]),
        (HALVES[0], HALVES[0]),
        (Instalment(date(2026, 3, 1), 2_000_00),),
    ],
)
def test_instalments_follow_one_another_and_sum_to_the_advance(schedule: tuple[Instalment, ...]) -> None:
    Given(FundAid, REQUESTED).when(deciding(AidOutcome.LENT, 2_000_00, schedule)).then_refused(
        ScheduleDiffers
    )


def test_an_instalment_of_nothing_is_refused() -> None:
    schedule = (Instalment(TODAY, 0), Instalment(date(2026, 6, 30), 2_000_00))
    Given(FundAid, REQUESTED).when(deciding(AidOutcome.LENT, 2_000_00, schedule)).then_refused(
        AmountNotPositive
    )


def test_a_decision_has_a_reference_and_is_made_once() -> None:
    Given(FundAid, REQUESTED).when(deciding(AidOutcome.GRANTED, 1, decision_ref=" ")).then_refused(EmptyText)
    for history in ([GRANTED], [REFUSED], [GRANTED, PAID], [GIVEN_UP]):
        Given(FundAid, REQUESTED, *history).when(deciding(AidOutcome.GRANTED, 1)).then_refused(
            AidDecidedAlready
        )


@pytest.mark.parametrize("who", ["anna", "dora"])
def test_who_asked_or_benefits_does_not_decide_not_even_through_another(who: str) -> None:
    for by in (("desk", who), (who, None)):
        asked = deciding(AidOutcome.GRANTED, 1, actor=by[0], on_behalf_of=by[1])
        Given(FundAid, REQUESTED).when(asked).then_refused(MustAbstain)


def test_a_delegate_who_asked_for_another_does_not_decide_either() -> None:
    asked = fact(FundAid.Requested, **REQUEST, actor="desk", on_behalf_of="anna")
    for who in ("desk", "anna"):
        Given(FundAid, asked).when(deciding(AidOutcome.GRANTED, 1, actor=who)).then_refused(MustAbstain)


def test_what_was_decided_is_paid_by_a_second_person() -> None:
    Given(FundAid, REQUESTED, GRANTED).when(paying()).then(PAID)
    Given(FundAid, REQUESTED, LENT).when(paying()).then(ADVANCED)


def test_less_than_was_asked_for_is_paid_if_less_was_decided() -> None:
    less = decided(AidOutcome.GRANTED, 1, actor="ben")
    Given(FundAid, REQUESTED, less).when(paying()).then(
        fact(FundAid.GrantPaid, **PAID.says | {"amount_c": 1})
    )


def test_who_decided_does_not_pay_not_even_through_another() -> None:
    for by in (paying("ben"), paying("desk", "ben")):
        Given(FundAid, REQUESTED, GRANTED).when(by).then_refused(SecondPersonNeeded, proposed_by="ben")


@pytest.mark.parametrize("who", ["anna", "dora"])
def test_who_asked_or_benefits_does_not_pay_either(who: str) -> None:
    for by in (paying(who), paying("desk", who)):
        Given(FundAid, REQUESTED, GRANTED).when(by).then_refused(MustAbstain)


def test_nothing_is_paid_without_a_decision_against_one_or_twice() -> None:
    Given(FundAid, REQUESTED).when(paying()).then_refused(AidNotDecided)
    Given(FundAid, REQUESTED, REFUSED).when(paying()).then_refused(AidTurnedDown)
    for history in (
        [GRANTED, PAID],
        [LENT, ADVANCED],
        [GRANTED, GIVEN_UP],
        [LENT, ADVANCED, repaid(2_000_00)],
    ):
        Given(FundAid, REQUESTED, *history).when(paying()).then_refused(AidSettled)


def test_what_was_not_paid_can_be_given_up_and_says_what_was_decided() -> None:
    Given(FundAid, REQUESTED).when(giving_up()).then(GIVEN_UP)
    Given(FundAid, REQUESTED, LENT).when(giving_up()).then(
        fact(FundAid.GivenUp, **GIVEN_UP.says | {"decided_c": 2_000_00})
    )
    Given(FundAid, REQUESTED).when(giving_up(" ")).then_refused(EmptyText, field="reason")
    for history in ([REFUSED], [GRANTED, PAID], [GIVEN_UP], [LENT, ADVANCED]):
        Given(FundAid, REQUESTED, *history).when(giving_up()).then_refused(AidSettled)


def test_an_advance_is_paid_back_to_the_cent_and_never_more() -> None:
    Given(FundAid, *OPEN).when(repaying(2_000_01)).then_refused(ExceedsOutstanding, outstanding_c=2_000_00)
    Given(FundAid, *OPEN, repaid(1_500_00)).when(repaying(500_01)).then_refused(ExceedsOutstanding)
    Given(FundAid, *OPEN, repaid(1_500_00)).when(repaying(500_00)).then(repaid(500_00))
    assert replayed(FundAid, *OPEN, repaid(1_500_00)).state is AidState.OPEN
    assert replayed(FundAid, *OPEN, repaid(1_500_00), repaid(500_00)).state is AidState.REPAID


@pytest.mark.parametrize("amount_c", [0, -1])
def test_a_repayment_or_recovery_of_nothing_is_refused(amount_c: int) -> None:
    Given(FundAid, *OPEN).when(repaying(amount_c)).then_refused(AmountNotPositive)
    Given(FundAid, *OPEN, WRITTEN_OFF).when(recovering(amount_c)).then_refused(AmountNotPositive)


def test_part_of_an_advance_is_set_off() -> None:
    def setting_off(amount_c: int) -> Any:
        return lambda aid: aid.set_off(stamp(), **BOOKED, amount_c=amount_c)

    Given(FundAid, *OPEN).when(setting_off(2_000_00)).then(of_fund(FundAid.RepaymentSetOff, 2_000_00))
    Given(FundAid, *OPEN).when(setting_off(2_000_01)).then_refused(ExceedsOutstanding)


def test_what_is_left_of_an_advance_is_written_off_by_a_decision_of_others() -> None:
    Given(FundAid, *OPEN, repaid(300_00)).when(writing_off()).then(
        fact(FundAid.AdvanceWrittenOff, **WRITTEN_OFF.says | {"amount_c": 1_700_00})
    )
    Given(FundAid, *OPEN).when(writing_off(decision_ref=" ")).then_refused(EmptyText)
    Given(FundAid, *OPEN).when(writing_off("dora")).then_refused(MustAbstain)
    for history in ([], [GRANTED, PAID], [LENT, ADVANCED, repaid(2_000_00)], [LENT, ADVANCED, WRITTEN_OFF]):
        Given(FundAid, REQUESTED, *history).when(writing_off()).then_refused(ExceedsOutstanding)


def test_who_asked_does_not_write_it_off() -> None:
    Given(FundAid, *OPEN).when(writing_off("anna")).then_refused(MustAbstain)


def test_what_was_written_off_can_come_back_after_all_and_never_more() -> None:
    lost = Given(FundAid, *OPEN, WRITTEN_OFF)
    lost.when(repaying(1)).then_refused(ExceedsOutstanding)
    lost.when(recovering(2_000_01)).then_refused(ExceedsOutstanding)
    lost.when(recovering(2_000_00)).then(of_fund(FundAid.RecoveryReceived, 2_000_00, line_id=LINE))
    recovered = of_fund(FundAid.RecoveryReceived, 2_000_00, line_id=LINE)
    Given(FundAid, *OPEN, WRITTEN_OFF, recovered).when(recovering(1)).then_refused(ExceedsOutstanding)
    Given(FundAid, *OPEN).when(recovering(1)).then_refused(ExceedsOutstanding)
