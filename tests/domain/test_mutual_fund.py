"""A fund gives only what it collected and did not promise elsewhere, never below its floor nor above its cap."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from domain.aggregates.mutual_fund import FundKind, MutualFund
from domain.errors import (
    AboveCap,
    AlreadyExists,
    AmountNegative,
    AmountNotPositive,
    AmountTooLarge,
    BelowFloor,
    EmptyText,
    NotRetroactive,
    UnknownRecord,
)
from domain.funding import FundUse, LedgerPolicy
from domain.ledger.funds import amend_fund, charter_fund
from domain.money import MAX_CENTS
from tests.cooperative import ACTIVITY, ENTITY, FUND, found
from tests.paper import PaperLedger
from tests.scenario import ID, TODAY, Fact, Given, fact, replayed, says, stamp

AID, INVOICE = UUID(int=140), UUID(int=500)
TOMORROW = date(2026, 3, 3)
CHARTER: dict[str, Any] = {
    "entity_id": ENTITY,
    "code": "SOLIDARITY",
    "kind": FundKind.SOLIDARITY,
    "ledger_policy": LedgerPolicy.LIABILITY,
    "floor_c": 1_000_00,
    "cap_c": 2_500_00,
    "regulation_ref": "regulation 2025",
}
CHARTERED = fact(MutualFund.Chartered, **CHARTER)
CHARGE: dict[str, Any] = {
    "booked_on": TODAY,
    "activity_id": ACTIVITY,
    "document_id": INVOICE,
    "plan_version": 1,
    "base_c": 1_000_000_00,
    "rate_bp": 100,
    "amount_c": 10_000_00,
}
ACCRUED = fact(
    MutualFund.ContributionCharged, entity_id=ENTITY, ledger_policy=LedgerPolicy.LIABILITY, **CHARGE
)


def collected(amount_c: int) -> Fact:
    return fact(
        MutualFund.ContributionCollected,
        entity_id=ENTITY,
        activity_id=ACTIVITY,
        document_id=INVOICE,
        amount_c=amount_c,
    )


def use(kind: type[Any], amount_c: int, **told: Any) -> Fact:
    says: dict[str, Any] = {"entity_id": ENTITY, "use": FundUse.GRANT, "document_id": AID}
    return fact(kind, **says | {"amount_c": amount_c} | told)


def reserved(amount_c: int) -> Fact:
    return use(MutualFund.Reserved, amount_c)


def paid_out(amount_c: int, released_c: int) -> Fact:
    return use(MutualFund.PaidOut, amount_c, released_c=released_c)


def amended(valid_from: date, floor_c: int, cap_c: int | None = None) -> Fact:
    says = {"entity_id": ENTITY, "valid_from": valid_from, "floor_c": floor_c, "cap_c": cap_c}
    return fact(MutualFund.TermsAmended, **says, decision_ref="assembly 2026")


def reserving(amount_c: int, *, on: date = TODAY) -> Any:
    return lambda fund: fund.reserve(stamp(on=on), use=FundUse.GRANT, document_id=AID, amount_c=amount_c)


def paying_out(amount_c: int, released_c: int) -> Any:
    return lambda fund: fund.pay_out(
        stamp(), use=FundUse.GRANT, document_id=AID, amount_c=amount_c, released_c=released_c
    )


def amending(
    valid_from: date, floor_c: int, cap_c: int | None = None, *, decision_ref: str = "assembly 2026"
) -> Any:
    return lambda fund: fund.amend(
        stamp(), valid_from=valid_from, floor_c=floor_c, cap_c=cap_c, decision_ref=decision_ref
    )


COLLECTED = collected(3_000_00)


def test_a_fund_is_chartered_under_its_regulation() -> None:
    Given(MutualFund).when(lambda _: MutualFund.charter(stamp(), id=ID, **CHARTER)).then(CHARTERED)


def test_a_fund_may_have_no_floor_and_never_a_negative_one() -> None:
    free = CHARTER | {"floor_c": 0}
    Given(MutualFund).when(lambda _: MutualFund.charter(stamp(), id=ID, **free)).then(
        fact(MutualFund.Chartered, **free)
    )


@pytest.mark.parametrize(("floor_c", "refusal"), [(-1, AmountNegative), (MAX_CENTS + 1, AmountTooLarge)])
def test_a_floor_that_makes_no_sense_is_refused(floor_c: int, refusal: Any) -> None:
    Given(MutualFund).when(
        lambda _: MutualFund.charter(stamp(), id=ID, **CHARTER | {"floor_c": floor_c})
    ).then_refused(refusal)


@pytest.mark.parametrize(
    ("cap_c", "refusal"), [(0, AmountNotPositive), (-1, AmountNotPositive), (MAX_CENTS + 1, AmountTooLarge)]
)
def test_a_cap_that_makes_no_sense_is_refused(cap_c: int, refusal: Any) -> None:
    Given(MutualFund).when(
        lambda _: MutualFund.charter(stamp(), id=ID, **CHARTER | {"cap_c": cap_c})
    ).then_refused(refusal)


@pytest.mark.parametrize("empty", ["code", "regulation_ref"])
def test_a_fund_without_code_or_regulation_is_refused(empty: str) -> None:
    Given(MutualFund).when(
        lambda _: MutualFund.charter(stamp(), id=ID, **CHARTER | {empty: " "})
    ).then_refused(EmptyText, field=empty)


def test_a_charge_says_how_the_books_show_the_fund() -> None:
    Given(MutualFund, CHARTERED).when(lambda fund: fund.charge(stamp(), **CHARGE)).then(ACCRUED)


def test_what_is_charged_is_no_cash_and_what_is_collected_is() -> None:
    assert replayed(MutualFund, CHARTERED, ACCRUED).cash_c == 0
    assert replayed(MutualFund, CHARTERED, ACCRUED, COLLECTED).cash_c == 3_000_00


def test_what_is_set_aside_is_cash_until_it_is_paid_and_again_once_it_comes_back() -> None:
    history = [CHARTERED, COLLECTED, reserved(500_00)]
    assert replayed(MutualFund, *history).cash_c == 3_000_00
    history.append(paid_out(400_00, 500_00))
    fund = replayed(MutualFund, *history)
    assert (fund.cash_c, fund.set_aside_c) == (2_600_00, 0)
    assert replayed(MutualFund, *history, use(MutualFund.Returned, 150_00)).cash_c == 2_750_00


def test_a_receipt_is_collected() -> None:
    Given(MutualFund, CHARTERED).when(
        lambda fund: fund.collect(stamp(), activity_id=ACTIVITY, document_id=INVOICE, amount_c=3_000_00)
    ).then(COLLECTED)


def test_money_down_to_the_floor_is_set_aside_and_one_cent_more_refused() -> None:
    full = Given(MutualFund, CHARTERED, ACCRUED, COLLECTED)
    full.when(reserving(2_000_01)).then_refused(
        BelowFloor, cash_c=3_000_00, set_aside_c=0, amount_c=2_000_01, floor_c=1_000_00
    )
    full.when(reserving(2_000_00)).then(reserved(2_000_00))


def test_what_is_set_aside_already_cannot_be_set_aside_again() -> None:
    Given(MutualFund, CHARTERED, COLLECTED, reserved(1_500_00)).when(reserving(500_01)).then_refused(
        BelowFloor, cash_c=3_000_00, set_aside_c=1_500_00
    )
    released = use(MutualFund.Released, 1_500_00)
    Given(MutualFund, CHARTERED, COLLECTED, reserved(1_500_00), released).when(reserving(500_01)).then(
        reserved(500_01)
    )


def test_what_was_set_aside_is_given_and_no_more_is_set_aside_for_it() -> None:
    Given(MutualFund, CHARTERED, COLLECTED, reserved(2_000_00)).when(paying_out(1_900_00, 2_000_00)).then(
        paid_out(1_900_00, 2_000_00)
    )


def test_what_the_bank_took_back_meanwhile_can_keep_the_fund_from_paying() -> None:
    lost = fact(MutualFund.CollectionReversed, **collected(1).says)
    Given(MutualFund, CHARTERED, COLLECTED, reserved(2_000_00), lost).when(
        paying_out(2_000_00, 2_000_00)
    ).then_refused(BelowFloor, cash_c=2_999_99, set_aside_c=0)


def test_nothing_above_the_cap_is_set_aside() -> None:
    rich = Given(MutualFund, CHARTERED, collected(10_000_00))
    rich.when(reserving(2_500_01)).then_refused(AboveCap, cap_c=2_500_00, amount_c=2_500_01)
    rich.when(reserving(2_500_00)).then(reserved(2_500_00))


@pytest.mark.parametrize("amount_c", [0, -1])
def test_nothing_is_not_set_aside(amount_c: int) -> None:
    Given(MutualFund, CHARTERED, COLLECTED).when(reserving(amount_c)).then_refused(AmountNotPositive)


def test_another_floor_and_cap_hold_from_their_day_on() -> None:
    Given(MutualFund, CHARTERED).when(amending(TOMORROW, 2_000_00, 500_00)).then(
        amended(TOMORROW, 2_000_00, 500_00)
    )
    changed = [CHARTERED, COLLECTED, amended(TOMORROW, 2_000_00, 1_500_00)]
    Given(MutualFund, *changed).when(reserving(2_000_00)).then(reserved(2_000_00))
    Given(MutualFund, *changed).when(reserving(1_000_01, on=TOMORROW)).then_refused(
        BelowFloor, floor_c=2_000_00
    )
    Given(MutualFund, *changed).when(reserving(1_500_01, on=TOMORROW)).then_refused(AboveCap)
    uncapped = [*changed, amended(date(2026, 3, 4), 0)]
    Given(MutualFund, *uncapped).when(reserving(3_000_00, on=date(2026, 3, 4))).then(reserved(3_000_00))


def test_terms_are_never_amended_for_the_past_nor_before_those_they_follow() -> None:
    Given(MutualFund, CHARTERED).when(amending(date(2026, 3, 1), 0)).then_refused(NotRetroactive)
    Given(MutualFund, CHARTERED, amended(TOMORROW, 0)).when(amending(TOMORROW, 1)).then_refused(
        NotRetroactive
    )


@pytest.mark.parametrize(
    ("floor_c", "cap_c", "refusal"), [(-1, None, AmountNegative), (0, 0, AmountNotPositive)]
)
def test_terms_that_make_no_sense_are_refused(floor_c: int, cap_c: int | None, refusal: Any) -> None:
    Given(MutualFund, CHARTERED).when(amending(TOMORROW, floor_c, cap_c)).then_refused(refusal)


def test_terms_are_amended_by_a_decision() -> None:
    Given(MutualFund, CHARTERED).when(amending(TOMORROW, 0, decision_ref=" ")).then_refused(
        EmptyText, field="decision_ref"
    )


def test_a_fund_or_an_entity_that_is_unknown_is_refused_and_a_fund_is_chartered_once() -> None:
    ledger = PaperLedger()
    found(ledger.perform)
    with pytest.raises(UnknownRecord):
        ledger.perform(charter_fund, **CHARTER | {"entity_id": UUID(int=9)})
    with pytest.raises(AlreadyExists):
        ledger.perform(charter_fund, **CHARTER)
    terms: dict[str, Any] = {"valid_from": TOMORROW, "floor_c": 1, "cap_c": None, "decision_ref": "board 2"}
    with pytest.raises(UnknownRecord):
        ledger.perform(amend_fund, fund_id=UUID(int=9), **terms)
    (recorded,) = ledger.perform(amend_fund, fund_id=FUND, **terms)
    assert says(recorded) == fact(MutualFund.TermsAmended, entity_id=ENTITY, **terms)
