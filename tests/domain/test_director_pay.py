"""Who is paid as a director is no employee: tax is withheld, no social contribution, on accounts of its own."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from domain.aggregates.activity import Activity
from domain.aggregates.payment_order import PaymentOrder, Pays
from domain.aggregates.payroll import Payroll
from domain.errors import (
    AmountNegative,
    AmountNotPositive,
    EmptyText,
    NotPaidAsDirector,
    NotPaidByWage,
    OverAvailable,
    SlipPostedAlready,
)
from domain.ledger.activities import activity_id, open_activity
from domain.ledger.deficits import recognise_deficit, set_off_wage
from domain.ledger.endings import begin_closing
from domain.ledger.payments import approve_payment, clear_payment, order_wage_payment
from domain.ledger.payrolls import post_director_pay, post_slip, request_payroll
from domain.ledger.transfers import accept_transfer, propose_transfer
from domain.payouts import PayoutRegime
from domain.slips import SlipLine, SlipType
from tests.cooperative import ACTIVITY, ENTITY, FOUNDED, MEMBER
from tests.domain.departing import told
from tests.domain.spending import DAY, PAYEE_IBAN, balances, bank_pays, paid_cooperative
from tests.paper import PaperLedger

DIRECTED = activity_id(ENTITY, "D1")
PAY, ORDER, TRANSFER = UUID(int=760), UUID(int=761), UUID(int=762)


@pytest.fixture
def ledger() -> PaperLedger:
    """An activity of a director, which has 800.00."""
    paper = paid_cooperative()
    paper.perform(
        open_activity,
        on=FOUNDED,
        entity_id=ENTITY,
        code="D1",
        membership_ids=[MEMBER],
        payout_regime=PayoutRegime.DIRECTOR,
    )
    sides: dict[str, Any] = {"from_activity_id": ACTIVITY, "to_activity_id": DIRECTED}
    asked: dict[str, Any] = {"transfer_id": TRANSFER, "entity_id": ENTITY, "amount_c": 800_00}
    paper.perform(propose_transfer, on=DAY, reason="its start", **asked, **sides)
    paper.perform(accept_transfer, on=DAY, actor="ben", transfer_id=TRANSFER)
    return paper


def asks(ledger: PaperLedger, budget_c: int = 800_00, payroll_id: UUID = PAY) -> None:
    asked: dict[str, Any] = {"payroll_id": payroll_id, "activity_id": DIRECTED, "employee_id": MEMBER}
    ledger.perform(request_payroll, on=DAY, budget_c=budget_c, **asked)


def posts(ledger: PaperLedger, gross_c: int = 800_00, wage_tax_c: int = 300_00, **says: Any) -> Any:
    asked: dict[str, Any] = {"payroll_id": PAY, "statement_ref": "statement 1"} | says
    recorded = ledger.perform(post_director_pay, on=DAY, gross_c=gross_c, wage_tax_c=wage_tax_c, **asked)
    return next(each for each in recorded if isinstance(each, Payroll.DirectorPayPosted))


def test_directors_are_paid_within_what_is_available_on_accounts_of_their_own(ledger: PaperLedger) -> None:
    with pytest.raises(OverAvailable):
        asks(ledger, 800_01)
    asks(ledger)
    before = balances(ledger.facts)
    posted = posts(ledger)
    assert (posted.net_c, posted.overdrawn_c) == (500_00, 0)
    after = balances(ledger.facts)
    moved = {code: after[code] - before[code] for code in ("618", "453", "4893", "454", "455")}
    assert moved == {"618": 800_00, "453": -300_00, "4893": -500_00, "454": 0, "455": 0}
    activity = ledger.get(Activity, DIRECTED)
    assert (activity.result_c, activity.committed_c) == (0, 0)

    recorded = ledger.perform(
        order_wage_payment, on=DAY, order_id=ORDER, payroll_id=PAY, payee_iban=PAYEE_IBAN
    )
    ordered = told(recorded, PaymentOrder.Ordered)
    assert (ordered.pays, ordered.amount_c) == (Pays.DIRECTOR_PAY, 500_00)
    ledger.perform(approve_payment, on=DAY, actor="ben", order_id=ORDER)
    (line,) = bank_pays(ledger, 500_00)
    ledger.perform(clear_payment, on=DAY, bank_line_id=line, order_id=ORDER)
    standing = balances(ledger.facts)
    assert (standing["4893"], standing["580"], standing["499"]) == (0, 0, 0)


def test_a_director_takes_no_slip_and_an_employee_no_director_pay(ledger: PaperLedger) -> None:
    asks(ledger)
    slip: dict[str, Any] = {
        "slip_ref": "1",
        "lines": [SlipLine(SlipType.GROSS, 1)],
        "net_c": 1,
        "employer_c": 0,
    }
    with pytest.raises(NotPaidByWage):
        ledger.perform(post_slip, on=DAY, payroll_id=PAY, **slip)
    wage: dict[str, Any] = {"activity_id": ACTIVITY, "employee_id": MEMBER, "budget_c": 1}
    ledger.perform(request_payroll, on=DAY, payroll_id=ORDER, **wage)
    with pytest.raises(NotPaidAsDirector):
        posts(ledger, payroll_id=ORDER)


def test_a_director_pay_is_positive_with_a_tax_within_it_and_posted_once(ledger: PaperLedger) -> None:
    asks(ledger)
    for gross_c, wage_tax_c, refusal in (
        (0, 0, AmountNotPositive),
        (100, -1, AmountNegative),
        (100, 101, AmountNegative),
    ):
        with pytest.raises(refusal):
            posts(ledger, gross_c, wage_tax_c)
    with pytest.raises(EmptyText):
        posts(ledger, statement_ref=" ")
    assert posts(ledger, 100, 100).net_c == 0
    with pytest.raises(SlipPostedAlready):
        posts(ledger)


def test_what_overdraws_is_posted_all_the_same_and_said(ledger: PaperLedger) -> None:
    asks(ledger)
    assert posts(ledger, 900_00).overdrawn_c == 100_00
    assert ledger.get(Activity, DIRECTED).payouts_held


def test_the_limit_on_wages_says_nothing_of_directors_so_nothing_is_withheld(ledger: PaperLedger) -> None:
    asks(ledger)
    posts(ledger, 900_00)
    ledger.perform(begin_closing, on=DAY, activity_id=DIRECTED, ends_on=DAY, reason="over")
    owed: dict[str, Any] = {"deficit_id": TRANSFER, "activity_id": DIRECTED, "membership_id": MEMBER}
    deficit_id = UUID(int=763)
    ledger.perform(recognise_deficit, on=DAY, decision_ref="contract", **owed | {"deficit_id": deficit_id})
    with pytest.raises(NotPaidByWage):
        ledger.perform(set_off_wage, on=DAY, deficit_id=deficit_id, payroll_id=PAY, amount_c=1)
