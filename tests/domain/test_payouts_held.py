"""What an activity had is taken back and leaves less than nothing: its claims and wages are not paid out."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from domain.aggregates.activity import Activity
from domain.aggregates.expense_claim import ExpenseClaim
from domain.aggregates.mutual_fund import MutualFund
from domain.aggregates.payment_order import PaymentOrder
from domain.aggregates.payroll import Payroll
from domain.errors import EmptyText, OverAvailable, PayoutsHeld, SecondPersonNeeded
from domain.ledger.bank import allocate_receipt, import_statements, line_id
from domain.ledger.claims import approve_claim, submit_claim
from domain.ledger.entities import set_parameter
from domain.ledger.invoicing import issue_invoice
from domain.ledger.payments import approve_payment, clear_payment, order_claim_payment, order_wage_payment
from domain.ledger.payrolls import post_slip, request_payroll
from domain.ledger.presets import ACTIVITY_OVERDRAFT_C
from domain.ledger.returns import return_payment, undo_allocation
from domain.slips import SlipLine, SlipType
from tests.cooperative import ACCOUNT, ACCOUNT_ID, ACTIVITY, ENTITY, FUND, MEMBER, entry, invoice, statement
from tests.domain.crediting import base, credit
from tests.domain.spending import (
    CLAIM,
    CLOSING_C,
    DAY,
    INVOICE,
    PAYEE_IBAN,
    balances,
    bank_pays,
    claimed,
    expense,
    paid_cooperative,
)
from tests.paper import PaperLedger

WAGE, NEXT_CLAIM = UUID(int=750), UUID(int=751)
WAGE_ORDER, CLAIM_ORDER, NEXT_ORDER = UUID(int=752), UUID(int=753), UUID(int=754)
NEXT = UUID(int=502)


def claims(ledger: PaperLedger, claim_id: UUID, *, receipt: str) -> None:
    """Approve a claim of 50.00 + 10.50, of which 50.00 is cost."""
    ledger.perform(submit_claim, on=DAY, **claimed(expense(sha256=receipt * 32), claim_id=claim_id))
    ledger.perform(approve_claim, on=DAY, actor="ben", claim_id=claim_id)


def posts_wage(ledger: PaperLedger, cost_c: int, payroll_id: UUID = WAGE) -> None:
    """Ask for a wage of that cost, and post its slip."""
    ledger.perform(
        request_payroll,
        on=DAY,
        payroll_id=payroll_id,
        activity_id=ACTIVITY,
        employee_id=MEMBER,
        budget_c=cost_c,
    )
    ledger.perform(
        post_slip,
        on=DAY,
        payroll_id=payroll_id,
        slip_ref=f"slip {payroll_id.int}",
        lines=[SlipLine(SlipType.GROSS, cost_c)],
        net_c=cost_c,
        employer_c=0,
    )


def orders_claim(ledger: PaperLedger, claim_id: UUID, order_id: UUID) -> None:
    ledger.perform(order_claim_payment, on=DAY, order_id=order_id, claim_id=claim_id, payee_iban=PAYEE_IBAN)


def orders_wage(ledger: PaperLedger, **more: Any) -> None:
    says: dict[str, Any] = {"order_id": WAGE_ORDER, "payroll_id": WAGE, "payee_iban": PAYEE_IBAN}
    ledger.perform(order_wage_payment, on=DAY, **says | more)


def pays_out(ledger: PaperLedger, claim_id: UUID, order_id: UUID) -> None:
    orders_claim(ledger, claim_id, order_id)
    ledger.perform(approve_payment, on=DAY, actor="ben", order_id=order_id)
    (paid,) = bank_pays(ledger, 60_50)
    ledger.perform(clear_payment, on=DAY, bank_line_id=paid, order_id=order_id)


def available_c(ledger: PaperLedger) -> int:
    return ledger.get(Activity, ACTIVITY).available_c(0)


@pytest.fixture
def spent() -> PaperLedger:
    """Of 890.00 a claim is paid out, another one ordered, and the rest is a wage whose slip is posted."""
    ledger = paid_cooperative()
    claims(ledger, CLAIM, receipt="ab")
    pays_out(ledger, CLAIM, CLAIM_ORDER)
    claims(ledger, NEXT_CLAIM, receipt="cd")
    orders_claim(ledger, NEXT_CLAIM, NEXT_ORDER)
    posts_wage(ledger, 790_00)
    return ledger


def test_a_credit_note_after_payout_makes_the_activity_negative_holds_further_payouts_and_reverses_contribution_and_fund_share_to_the_cent_at_the_invoice_s_rates(
    spent: PaperLedger,
) -> None:
    assert available_c(spent) == 0
    before = balances(spent.facts)
    issued = credit(spent, base(333_33))
    # 10 % and 1 % of 333.33, each rounded once.
    assert (issued.vat_c, issued.contribution_c, issued.fund_parts[0].amount_c) == (70_00, 33_33, 3_33)
    assert available_c(spent) == -333_33 + 33_33 + 3_33
    assert spent.get(MutualFund, FUND).collected_c == 10_00 - 3_33
    standing = balances(spent.facts)
    assert standing["4895"] - before["4895"] == 3_33
    assert standing["6191"] - before["6191"] == -3_33
    assert standing["6190"] == 0
    assert standing["451"] - before["451"] == 70_00
    assert standing["4894"] == -403_33

    with pytest.raises(PayoutsHeld):
        spent.perform(approve_payment, on=DAY, actor="ben", order_id=NEXT_ORDER)
    with pytest.raises(PayoutsHeld) as held:
        orders_wage(spent)
    assert held.value.facts == {"activity": "A1", "available_c": -296_67}
    with pytest.raises(OverAvailable):
        posts_wage(spent, 1, UUID(int=755))
    with pytest.raises(OverAvailable):
        claims(spent, UUID(int=756), receipt="ef")


def test_a_wage_that_is_due_is_released_by_the_second_person_with_a_reason_in_the_fact(
    spent: PaperLedger,
) -> None:
    credit(spent, base(100_00))
    orders_wage(spent, despite_hold=True)
    approve: dict[str, Any] = {"on": DAY, "order_id": WAGE_ORDER}
    with pytest.raises(PayoutsHeld):
        spent.perform(approve_payment, actor="ben", **approve)
    with pytest.raises(EmptyText):
        spent.perform(approve_payment, actor="ben", release_reason=" ", **approve)
    with pytest.raises(SecondPersonNeeded):
        spent.perform(approve_payment, release_reason="legally due", **approve)
    recorded = spent.perform(approve_payment, actor="ben", release_reason="legally due", **approve)

    (released,) = (each for each in recorded if isinstance(each, PaymentOrder.HoldReleased))
    assert (released.actor, released.reason, released.available_c) == ("ben", "legally due", -89_00)
    assert spent.get(Payroll, WAGE).order_id == WAGE_ORDER


def test_a_claim_is_not_released_by_a_reason_but_once_its_activity_has_the_money(spent: PaperLedger) -> None:
    credit(spent, base(100_00))
    approve: dict[str, Any] = {"on": DAY, "actor": "ben", "order_id": NEXT_ORDER}
    with pytest.raises(PayoutsHeld):
        spent.perform(approve_payment, release_reason="it is only a claim", **approve)

    spent.perform(issue_invoice, on=DAY, **invoice(NEXT, on=DAY))
    receipt = statement(3, [entry("1", 1_210_00, on=DAY)], opening_c=CLOSING_C - 60_50, on=DAY)
    spent.perform(import_statements, account=ACCOUNT, statements=[receipt])
    paid = line_id(ACCOUNT_ID, "2026/3", "1")
    spent.perform(allocate_receipt, on=DAY, bank_line_id=paid, invoice_id=NEXT, amount_c=1_210_00)
    recorded = spent.perform(approve_payment, release_reason="no longer held", **approve)
    assert not any(isinstance(each, PaymentOrder.HoldReleased) for each in recorded)
    assert spent.get(ExpenseClaim, NEXT_CLAIM).order_id == NEXT_ORDER


def test_at_exactly_nothing_available_payouts_go_on(spent: PaperLedger) -> None:
    orders_wage(spent)
    spent.perform(approve_payment, on=DAY, actor="ben", order_id=WAGE_ORDER)
    spent.perform(approve_payment, on=DAY, actor="ben", order_id=NEXT_ORDER)
    assert spent.get(Payroll, WAGE).order_id == WAGE_ORDER


def test_what_an_activity_may_overdraw_is_not_held(spent: PaperLedger) -> None:
    spent.perform(
        set_parameter,
        on=DAY,
        entity_id=ENTITY,
        name=ACTIVITY_OVERDRAFT_C,
        value="8900",
        valid_from=DAY,
        source_ref="board",
    )
    credit(spent, base(100_00))
    orders_wage(spent)
    credit(spent, base(1), credit_note_id=UUID(int=802))
    with pytest.raises(PayoutsHeld):
        spent.perform(approve_payment, on=DAY, actor="ben", order_id=WAGE_ORDER)


def test_an_invoice_not_paid_yet_holds_nothing_though_its_contribution_is_taken_at_once(
    spent: PaperLedger,
) -> None:
    spent.perform(issue_invoice, on=DAY, **invoice(NEXT, on=DAY))
    assert available_c(spent) == -110_00
    orders_wage(spent)
    spent.perform(approve_payment, on=DAY, actor="ben", order_id=WAGE_ORDER)
    credit(spent, base(100_00), invoice_id=NEXT)
    assert not spent.get(Activity, ACTIVITY).payouts_held


def test_a_payment_that_is_taken_back_holds_them_and_its_return_frees_them(spent: PaperLedger) -> None:
    asked: dict[str, Any] = {
        "bank_line_id": line_id(ACCOUNT_ID, "2026/1", "1"),
        "invoice_id": INVOICE,
        "amount_c": 605_00,
        "on": DAY,
    }
    recorded = spent.perform(undo_allocation, reason="another client's", **asked)
    (held,) = (each for each in recorded if isinstance(each, Activity.PayoutsHeld))
    assert (held.document_id, held.available_c) == (INVOICE, -500_00)
    with pytest.raises(PayoutsHeld):
        orders_wage(spent)
    recorded = spent.perform(allocate_receipt, **asked)
    assert any(isinstance(each, Activity.PayoutsFreed) for each in recorded)
    orders_wage(spent)


def test_a_payment_that_the_bank_takes_back_holds_them(spent: PaperLedger) -> None:
    (taken,) = bank_pays(spent, 605_00, number=3, opening_c=CLOSING_C - 60_50)
    asked: dict[str, Any] = {"bank_line_id": taken, "of_line_id": line_id(ACCOUNT_ID, "2026/1", "1")}
    recorded = spent.perform(return_payment, on=DAY, invoice_id=INVOICE, amount_c=605_00, **asked)
    (held,) = (each for each in recorded if isinstance(each, Activity.PayoutsHeld))
    assert (held.document_id, held.available_c) == (INVOICE, -500_00)
    with pytest.raises(PayoutsHeld):
        orders_wage(spent)


def test_a_slip_that_overdraws_holds_itself() -> None:
    ledger = paid_cooperative()
    ledger.perform(
        request_payroll,
        on=DAY,
        payroll_id=WAGE,
        activity_id=ACTIVITY,
        employee_id=MEMBER,
        budget_c=890_00,
    )
    ledger.perform(
        post_slip,
        on=DAY,
        payroll_id=WAGE,
        slip_ref="slip",
        lines=[SlipLine(SlipType.GROSS, 890_01)],
        net_c=890_01,
        employer_c=0,
    )
    with pytest.raises(PayoutsHeld):
        orders_wage(ledger)


def test_of_a_whole_credit_note_one_hold_is_told_with_what_is_left(spent: PaperLedger) -> None:
    before = len(spent.facts)
    credit(spent)
    told = [each for each in spent.facts[before:] if isinstance(each, Activity.PayoutsHeld)]
    assert [each.available_c for each in told] == [-890_00]
    assert not any(isinstance(each, Activity.PayoutsFreed) for each in spent.facts)
