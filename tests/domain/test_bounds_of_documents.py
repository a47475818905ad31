"""Where a rule about wages, bills, declarations, plans and schedules begins and ends."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any
from uuid import UUID

import pytest

from domain.aggregates.declaration import Levy
from domain.contributions import ContributionBase, Exemptions, FundShare, Terms, Tier
from domain.errors import (
    AmountNegative,
    AmountNotPositive,
    AmountTooLarge,
    EmptyText,
    InvalidDay,
    InvalidRate,
    InvalidSpan,
    NothingDue,
    PaidAlready,
    PayrollWithdrawn,
    Refusal,
    ScheduleDiffers,
    SlipLineSigned,
    TiersNotAscending,
    UnknownRecord,
)
from domain.instalments import Instalment, require_schedule
from domain.ledger.declarations import declaration_id, require_span
from domain.ledger.payments import approve_payment, order_declaration_payment, withdraw_payment
from domain.ledger.payrolls import request_payroll, withdraw_payroll
from domain.ledger.purchases import register_supplier, reject_purchase
from domain.money import MAX_CENTS, require_quantity, rounded
from domain.slips import SlipLine, SlipType, require_sound_slip
from tests.cooperative import ACTIVITY, FUND, MEMBER
from tests.domain import test_declarations, test_purchases
from tests.domain.spending import DAY, PAYEE_IBAN, paid_cooperative
from tests.whole.places import PILOT_COMPANY

ORDER, WAGE = UUID(int=1800), UUID(int=1801)


def test_a_slip_may_pay_nothing_but_not_cost_nothing() -> None:
    gross, tax = SlipLine(SlipType.GROSS, 1), SlipLine(SlipType.WAGE_TAX, -1)
    require_sound_slip((gross, tax), 0, 0)
    own_share = SlipLine(SlipType.MEAL_VOUCHERS, -1)
    for lines, net_c, employer_c, refusal in (
        ((), 0, 0, AmountNotPositive),
        ((gross,), 1, -1, AmountNegative),
        ((gross, SlipLine(SlipType.WAGE_TAX, -2)), -1, 0, AmountNegative),
        ((gross, SlipLine(SlipType.WAGE_TAX, 0)), 1, 0, SlipLineSigned),
        ((gross, SlipLine(SlipType.WAGE_TAX, 1)), 2, 0, SlipLineSigned),
        ((gross, own_share), 0, 0, AmountNotPositive),
        ((SlipLine(SlipType.GROSS, -1),), -1, 0, AmountNegative),
        ((SlipLine(SlipType.GROSS, MAX_CENTS + 1),), MAX_CENTS + 1, 0, AmountTooLarge),
    ):
        with pytest.raises(Refusal) as refused:
            require_sound_slip(lines, net_c, employer_c)
        assert type(refused.value) is refusal


def test_a_wage_that_is_withdrawn_is_not_paid() -> None:
    ledger = paid_cooperative()
    wage: dict[str, Any] = {"payroll_id": WAGE, "activity_id": ACTIVITY, "employee_id": MEMBER}
    ledger.perform(request_payroll, on=DAY, budget_c=1_00, **wage)
    ledger.perform(withdraw_payroll, on=DAY, payroll_id=WAGE)
    with pytest.raises(PayrollWithdrawn):
        ledger.perform(withdraw_payroll, on=DAY, payroll_id=WAGE)


def test_what_is_declared_is_paid_once_and_again_once_its_order_is_taken_back() -> None:
    ledger = test_declarations.closed_january()
    test_declarations.file(ledger)
    filed = declaration_id(PILOT_COMPANY.id, Levy.VAT, date(2026, 1, 1))
    orders = [UUID(int=1810 + n) for n in range(3)]
    asked: dict[str, Any] = {"declaration_id": filed, "payee_iban": PAYEE_IBAN}
    for order_id in orders[:2]:
        ledger.perform(order_declaration_payment, order_id=order_id, **asked)
    ledger.perform(approve_payment, actor="ben", order_id=orders[0])
    with pytest.raises(PaidAlready):
        ledger.perform(approve_payment, actor="ben", order_id=orders[1])
    with pytest.raises(PaidAlready):
        ledger.perform(order_declaration_payment, order_id=orders[2], **asked)
    ledger.perform(withdraw_payment, order_id=orders[0], reason="wrong account")
    ledger.perform(approve_payment, actor="ben", order_id=orders[1])


@pytest.mark.parametrize(
    ("says", "refusal"),
    [
        ({"due_c": MAX_CENTS + 1}, AmountTooLarge),
        ({"deductible_c": -1}, AmountNegative),
        ({"entity_id": UUID(int=1)}, UnknownRecord),
    ],
)
def test_what_makes_no_sense_is_not_declared(says: dict[str, Any], refusal: type[Refusal]) -> None:
    ledger = test_declarations.closed_january()
    with pytest.raises(refusal):
        test_declarations.file(ledger, **says)


@pytest.mark.parametrize("deductible_c", [1, 2])
def test_a_declaration_of_nothing_is_filed_and_not_paid(deductible_c: int) -> None:
    ledger = test_declarations.closed_january()
    test_declarations.file(ledger, due_c=1, deductible_c=deductible_c)
    with pytest.raises(NothingDue):
        test_declarations.pay(ledger, Levy.VAT)


def test_a_declaration_spans_one_to_twelve_whole_months() -> None:
    require_span(date(2026, 1, 1), date(2026, 1, 31))
    require_span(date(2025, 7, 1), date(2026, 6, 30))
    for first_on, last_on in (
        (date(2025, 7, 1), date(2026, 7, 31)),
        (date(2026, 2, 1), date(2026, 1, 31)),
        (date(2026, 1, 2), date(2026, 1, 31)),
        (date(2026, 1, 1), date(2026, 1, 30)),
    ):
        with pytest.raises(InvalidSpan):
            require_span(first_on, last_on)


def test_a_bill_is_rejected_for_a_reason_and_has_a_day_and_amounts_that_can_be_held() -> None:
    ledger = test_purchases.with_supplier()
    test_purchases.receive(ledger)
    with pytest.raises(EmptyText):
        ledger.perform(reject_purchase, purchase_id=test_purchases.BILL, reason=" ")
    line = test_purchases.LINE
    for wrong, says, refusal in (
        (line, {"issued_on": date(1899, 12, 31)}, InvalidDay),
        (replace(line, net_c=MAX_CENTS), {}, AmountTooLarge),
        (replace(line, vat_c=MAX_CENTS + 1), {}, AmountTooLarge),
    ):
        with pytest.raises(refusal):
            test_purchases.receive(ledger, wrong, purchase_no="2026/18", **says)
    with pytest.raises(UnknownRecord):
        test_purchases.register(ledger, UUID(int=1820), UUID(int=1))
    with pytest.raises(EmptyText):
        ledger.perform(
            register_supplier,
            supplier_id=UUID(int=1820),
            entity_id=PILOT_COMPANY.id,
            name=" ",
            address="Rue du Bois 3",
            vat_no="",
        )


# Terms and schedules.

FLAT = Terms(ContributionBase.INVOICED_NET, 1_000)


@pytest.mark.parametrize(
    "terms",
    [
        replace(FLAT, rate_bp=9_900, fund_shares=(FundShare(FUND, 100),)),
        replace(FLAT, rate_bp=0),
        replace(FLAT, tiers=(Tier(1, 0), Tier(2, 500))),
        replace(FLAT, fixed_month_c=0, exemptions=Exemptions(0, 0)),
        replace(FLAT, fixed_month_c=MAX_CENTS),
    ],
)
def test_terms_hold_up_to_their_bounds(terms: Terms) -> None:
    terms.require_sound()


@pytest.mark.parametrize(
    ("terms", "refusal"),
    [
        (replace(FLAT, rate_bp=9_901, fund_shares=(FundShare(FUND, 100),)), InvalidRate),
        (replace(FLAT, rate_bp=-1), InvalidRate),
        (replace(FLAT, tiers=(Tier(0, 100),)), TiersNotAscending),
        (replace(FLAT, tiers=(Tier(5, 100), Tier(5, 200))), TiersNotAscending),
        (replace(FLAT, fixed_month_c=-1), AmountNegative),
        (replace(FLAT, fixed_month_c=MAX_CENTS + 1), AmountTooLarge),
        (replace(FLAT, tiers=(Tier(MAX_CENTS + 1, 100),)), AmountTooLarge),
    ],
)
def test_and_not_beyond_them(terms: Terms, refusal: type[Refusal]) -> None:
    with pytest.raises(refusal):
        terms.require_sound()


def test_a_schedule_begins_on_the_day_of_the_decision_at_the_soonest() -> None:
    require_schedule([Instalment(DAY, 1), Instalment(date(2026, 1, 9), 2)], 3, decided_on=DAY)
    for schedule, refusal in (
        ([Instalment(date(2026, 1, 7), 3)], ScheduleDiffers),
        ([Instalment(DAY, 1), Instalment(DAY, 2)], ScheduleDiffers),
        ([Instalment(DAY, 4)], ScheduleDiffers),
        ([Instalment(DAY, 0), Instalment(date(2026, 1, 9), 3)], AmountNotPositive),
        ([Instalment(date(1899, 12, 31), 3)], InvalidDay),
    ):
        with pytest.raises(refusal):
            require_schedule(schedule, 3, decided_on=DAY)
    halves = [Instalment(DAY, MAX_CENTS), Instalment(date(2026, 1, 9), 1)]
    with pytest.raises(AmountTooLarge):
        require_schedule(halves, MAX_CENTS + 1, decided_on=DAY)


def test_a_quantity_can_be_held_and_halves_are_rounded_away_from_nothing() -> None:
    with pytest.raises(AmountTooLarge):
        require_quantity(MAX_CENTS + 1)
    assert [rounded(Fraction(n, 2)) for n in (0, 1, -1, 3)] == [0, 1, -1, 2]
