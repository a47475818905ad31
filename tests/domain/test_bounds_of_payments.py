"""Where a rule about claims, payments, offers and what is reopened begins and ends."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from domain.aggregates.contribution_plan import ContributionPlan
from domain.aggregates.invoice import Invoice
from domain.aggregates.manual_entry import ManualLine
from domain.aggregates.payment_order import PaymentOrder
from domain.aggregates.payroll import Payroll
from domain.contributions import ContributionBase, Terms
from domain.errors import (
    AmountNotPositive,
    AmountTooLarge,
    InvalidDay,
    InvoiceWithoutLines,
    NoChangeProposed,
    NoReopeningProposed,
    NotRetroactive,
    OverrideEndsBefore,
    PaidAlready,
    Refusal,
    SecondPersonNeeded,
)
from domain.ledger.bank import allocate_receipt, import_statements, line_id
from domain.ledger.claims import approve_claim, submit_claim
from domain.ledger.invoicing import issue_invoice
from domain.ledger.manual_entries import post_entry
from domain.ledger.payees import change_payee_account, propose_payee_account
from domain.ledger.payments import approve_payment, order_claim_payment, order_wage_payment, withdraw_payment
from domain.ledger.payrolls import post_slip, request_payroll
from domain.ledger.periods import close_period, propose_reopening, reopen_period, stop_bookings
from domain.money import MAX_CENTS
from domain.slips import SlipLine, SlipType
from tests.cooperative import (
    ACCOUNT,
    ACCOUNT_ID,
    ACTIVITY,
    ENTITY,
    MEMBER,
    OPENING_C,
    PERSON,
    entry,
    found,
    invoice,
    line,
    statement,
)
from tests.domain import quoting
from tests.domain.crediting import base, credit
from tests.domain.spending import CLAIM, DAY, INVOICE, PAYEE_IBAN, claimed, expense, paid_cooperative
from tests.paper import PaperLedger
from tests.scenario import TODAY, Given, fact, stamp

WAGE, ORDER, NEXT_ORDER = UUID(int=2_500), UUID(int=2_501), UUID(int=2_502)


@pytest.mark.parametrize(
    ("says", "refusal"),
    [
        ({"spent_on": date(1899, 12, 31)}, InvalidDay),
        ({"net_c": 0, "vat_c": 1, "vat_deductible_c": 0}, AmountNotPositive),
        ({"vat_c": MAX_CENTS + 1}, AmountTooLarge),
        ({"net_c": MAX_CENTS}, AmountTooLarge),
    ],
)
def test_an_expense_has_a_day_and_amounts_that_can_be_held(
    says: dict[str, Any], refusal: type[Refusal]
) -> None:
    ledger = paid_cooperative()
    with pytest.raises(refusal):
        ledger.perform(submit_claim, on=DAY, **claimed(replace(expense(), **says)))


def test_a_wage_whose_order_was_taken_back_is_paid_by_another() -> None:
    ledger = paid_cooperative()
    wage: dict[str, Any] = {"activity_id": ACTIVITY, "employee_id": MEMBER, "budget_c": 100_00}
    ledger.perform(request_payroll, on=DAY, payroll_id=WAGE, **wage)
    slip: dict[str, Any] = {"slip_ref": "slip 1", "net_c": 100_00, "employer_c": 0}
    ledger.perform(post_slip, on=DAY, payroll_id=WAGE, lines=[SlipLine(SlipType.GROSS, 100_00)], **slip)
    asked: dict[str, Any] = {"payroll_id": WAGE, "payee_iban": PAYEE_IBAN}
    ledger.perform(order_wage_payment, on=DAY, order_id=ORDER, **asked)
    ledger.perform(approve_payment, on=DAY, actor="ben", order_id=ORDER)
    with pytest.raises(PaidAlready):
        ledger.perform(order_wage_payment, on=DAY, order_id=NEXT_ORDER, **asked)
    ledger.perform(withdraw_payment, on=DAY, order_id=ORDER, reason="wrong account")
    assert ledger.get(Payroll, WAGE).order_id is None
    ledger.perform(order_wage_payment, on=DAY, order_id=NEXT_ORDER, **asked)
    ledger.perform(approve_payment, on=DAY, actor="ben", order_id=NEXT_ORDER)


def test_an_order_says_who_proposed_it() -> None:
    ledger = paid_cooperative()
    ledger.perform(submit_claim, on=DAY, **claimed())
    ledger.perform(approve_claim, on=DAY, actor="ben", claim_id=CLAIM)
    asked: dict[str, Any] = {"claim_id": CLAIM, "payee_iban": PAYEE_IBAN}
    ledger.perform(order_claim_payment, on=DAY, order_id=ORDER, **asked)
    assert ledger.get(PaymentOrder, ORDER).proposed_by == "anna"
    with pytest.raises(SecondPersonNeeded) as refused:
        ledger.perform(approve_payment, on=DAY, order_id=ORDER)
    assert refused.value.facts == {"proposed_by": "anna"}


def test_a_change_of_account_or_a_reopening_is_proposed_anew_each_time() -> None:
    ledger = paid_cooperative()
    to_pay: dict[str, Any] = {"claim_id": CLAIM, "payee_iban": PAYEE_IBAN, "order_id": ORDER}
    ledger.perform(submit_claim, on=DAY, **claimed())
    ledger.perform(approve_claim, on=DAY, actor="ben", claim_id=CLAIM)
    ledger.perform(order_claim_payment, on=DAY, **to_pay)
    proposed: dict[str, Any] = {"payee_id": PERSON, "iban": "BE71096123456769", "evidence": "a letter"}
    changed: dict[str, Any] = {"entity_id": ENTITY, "payee_id": PERSON, "actor": "ben"}
    ledger.perform(propose_payee_account, on=DAY, **proposed)
    ledger.perform(change_payee_account, on=DAY, **changed)
    with pytest.raises(NoChangeProposed):
        ledger.perform(change_payee_account, on=DAY, **changed)

    month: dict[str, Any] = {"entity_id": ENTITY, "month": "2025-11"}
    digest: dict[str, Any] = {"trial_balance_sha256": "d" * 64, "debit_c": 5, "credit_c": 5}
    for n in range(2):
        ledger.perform(stop_bookings, **month)
        ledger.perform(close_period, position=ledger.position, **month, **digest)
        if n == 0:
            ledger.perform(propose_reopening, reason="a lost bill", **month)
            ledger.perform(reopen_period, actor="ben", **month)
    with pytest.raises(NoReopeningProposed):
        ledger.perform(reopen_period, actor="ben", **month)


def test_of_several_payments_no_more_is_released_than_was_paid_beyond() -> None:
    ledger = PaperLedger()
    found(ledger.perform)
    ledger.perform(issue_invoice, on=DAY, **invoice(INVOICE, on=DAY))
    entries = [entry(str(n), 605_00, on=DAY) for n in range(2)]
    reported = statement(1, entries, opening_c=OPENING_C, on=DAY)
    ledger.perform(import_statements, account=ACCOUNT, statements=[reported])
    first, last = (line_id(ACCOUNT_ID, "2026/1", each.key) for each in entries)
    for receipt in (first, last):
        asked: dict[str, Any] = {"bank_line_id": receipt, "invoice_id": INVOICE, "amount_c": 605_00}
        ledger.perform(allocate_receipt, on=DAY, **asked)
    credit(ledger, base(600_00))
    paid = ledger.get(Invoice, INVOICE).paid_by
    assert (paid[first], paid.get(last, 0)) == (605_00 - 121_00, 0)
    assert ledger.get(Invoice, INVOICE).open_c == 0


def test_an_entry_by_hand_has_amounts_that_can_be_held() -> None:
    ledger = paid_cooperative()
    too_much = MAX_CENTS + 1
    lines = [ManualLine("613", too_much, 0), ManualLine("492", 0, too_much)]
    asked: dict[str, Any] = {"entity_id": ENTITY, "day": DAY, "reason": "a", "evidence_sha256": "cd" * 32}
    with pytest.raises(AmountTooLarge):
        ledger.perform(post_entry, entry_id=ORDER, lines=lines, **asked)


TERMS = Terms(ContributionBase.INVOICED_NET, 500)
OPENED = fact(ContributionPlan.Opened, entity_id=ENTITY)


def granting(first: date, last: date) -> Any:
    says: dict[str, Any] = {"activity_id": ACTIVITY, "terms": TERMS, "decision_ref": "board"}
    return lambda plan: plan.grant_override(
        stamp(), entity_id=ENTITY, valid_from=first, valid_until=last, **says
    )


def test_an_exception_may_hold_for_today_alone_and_its_last_day_counts() -> None:
    plan = Given(ContributionPlan, OPENED)
    granting(TODAY, TODAY)(plan.state)
    assert plan.state.find_in_force(TODAY, ACTIVITY).terms == TERMS
    assert plan.state.find_in_force(date(2026, 3, 3), ACTIVITY) is None


@pytest.mark.parametrize(
    ("first", "last", "refusal"),
    [
        (date(2026, 3, 1), date(2026, 3, 9), NotRetroactive),
        (date(2026, 3, 9), date(2026, 3, 8), OverrideEndsBefore),
        (TODAY, date(3000, 1, 1), InvalidDay),
    ],
)
def test_an_exception_lies_in_the_days_to_come(first: date, last: date, refusal: type[Refusal]) -> None:
    Given(ContributionPlan, OPENED).when(granting(first, last)).then_refused(refusal)


@pytest.mark.parametrize(
    ("lines", "refusal"),
    [
        ([], InvoiceWithoutLines),
        ([line("0")], InvoiceWithoutLines),
        ([line("-1")], InvoiceWithoutLines),
        ([line("5"), line("-1", rate_bp=0)], InvoiceWithoutLines),
        ([line("9999999999999")], AmountTooLarge),
    ],
)
def test_an_offer_is_of_something(lines: list[Any], refusal: type[Refusal]) -> None:
    assert quoting.drafted(line("5"), line("0", rate_bp=0)).facts
    ledger = quoting.drafted()
    with pytest.raises(refusal):
        quoting.draft(ledger, quotation_id=NEXT_ORDER, lines=lines)
