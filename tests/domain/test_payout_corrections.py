"""Claims and slips that were wrong are taken back to the cent; what was paid of them the member owes back."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.aggregates.activity import Activity
from domain.aggregates.expense_claim import ClaimState, ExpenseClaim
from domain.aggregates.payee_debt import PayeeDebt
from domain.aggregates.payroll import Payroll
from domain.bookkeeping.vat_grids import grids_of
from domain.errors import (
    ClaimLineUnknown,
    ClaimNotApproved,
    DebtOfAnother,
    EmptyText,
    ExceedsDue,
    NothingDue,
    NotPaidAsDirector,
    NotPaidByWage,
    OverWageLimit,
    PaidAlready,
    ReceiptClaimedAlready,
    SlipNotPosted,
)
from domain.ids import derived_id
from domain.ledger.activities import activity_id, open_activity
from domain.ledger.claims import approve_claim, submit_claim
from domain.ledger.payee_debts import debt_id, set_off_payee_debt
from domain.ledger.payments import (
    approve_payment,
    order_claim_payment,
    order_wage_payment,
    withdraw_payment,
)
from domain.ledger.payout_corrections import reverse_claim, reverse_slip
from domain.ledger.payrolls import post_director_pay
from domain.ledger.periods import stop_bookings
from domain.ledger.transfers import accept_transfer, propose_transfer
from domain.owing import PaidFor
from domain.payouts import PayoutRegime
from tests.cooperative import ACTIVITY, ENTITY, MONTHS, OTHER_MEMBER
from tests.domain.departing import told
from tests.domain.spending import CLAIM, DAY, PAYEE_IBAN, balances, claimed, expense, paid_cooperative
from tests.domain.test_director_pay import DIRECTED, PAY, asks
from tests.domain.test_director_pay import ledger as director_ledger
from tests.domain.test_payrolls import PAYROLL, post, request
from tests.paper import PaperLedger

ORDER, NEXT_CLAIM, NEXT_WAGE = UUID(int=771), UUID(int=772), UUID(int=773)
FIRST, SECOND = expense(), expense(100_00, 21_00, 10_50, sha256="cd" * 32)
DEBT = debt_id(CLAIM, derived_id("claim-reversal", CLAIM, 0))
WAGE_DEBT = debt_id(PAYROLL, PAYROLL)
LATER = date(2026, 2, 10)

directed = pytest.fixture(name="directed")(director_ledger.__wrapped__)  # type: ignore[attr-defined] # the fixture's own function


@pytest.fixture
def ledger() -> PaperLedger:
    """An activity with 890.00, and an approved claim of 50.00 + 10.50 and 100.00 + 21.00."""
    paper = paid_cooperative()
    paper.perform(submit_claim, on=DAY, **claimed(FIRST, SECOND))
    paper.perform(approve_claim, on=DAY, actor="ben", claim_id=CLAIM)
    return paper


def reverse(ledger: PaperLedger, *line_nos: int, reason: str = "bought for the house") -> list[Any]:
    asked: dict[str, Any] = {"claim_id": CLAIM, "line_nos": line_nos or None, "reason": reason}
    return ledger.perform(reverse_claim, on=DAY, **asked)


def pay(ledger: PaperLedger) -> None:
    order: dict[str, Any] = {"order_id": ORDER}
    ledger.perform(order_claim_payment, on=DAY, claim_id=CLAIM, payee_iban=PAYEE_IBAN, **order)
    ledger.perform(approve_payment, on=DAY, actor="ben", **order)


def next_claim(ledger: PaperLedger) -> None:
    """Another approved claim of 50.00 + 10.50 on the receipt of the first line."""
    ledger.perform(submit_claim, on=DAY, **claimed(FIRST, claim_id=NEXT_CLAIM))
    ledger.perform(approve_claim, on=DAY, actor="ben", claim_id=NEXT_CLAIM)


def set_off(
    ledger: PaperLedger, amount_c: int, *, debt: UUID, paid_for: PaidFor, document_id: UUID
) -> list[Any]:
    asked: dict[str, Any] = {"debt_id": debt, "paid_for": paid_for, "document_id": document_id}
    return ledger.perform(set_off_payee_debt, on=DAY, amount_c=amount_c, **asked)


def test_a_reversed_claim_is_the_mirror_of_the_approved_one(ledger: PaperLedger) -> None:
    facts = reverse(ledger)
    assert balances(facts) == {"4890": 181_50, "612": -160_50, "411": -21_00}
    assert grids_of(told(facts, ExpenseClaim.Reversed)) == {"81": -160_50, "85": 160_50, "61": 21_00}
    assert balances(ledger.facts)["4890"] == 0
    assert ledger.get(Activity, ACTIVITY).available_c(0) == 890_00
    assert ledger.get(ExpenseClaim, CLAIM).state is ClaimState.REVERSED
    with pytest.raises(ClaimNotApproved):
        reverse(ledger)
    with pytest.raises(NothingDue):
        pay(ledger)


def test_one_line_is_taken_back_and_the_rest_is_paid(ledger: PaperLedger) -> None:
    assert balances(reverse(ledger, 2)) == {"4890": 121_00, "612": -110_50, "411": -10_50}
    assert ledger.get(ExpenseClaim, CLAIM).due_c == 60_50
    for wrong in ((2,), (3,), (0,), (1, 1)):
        with pytest.raises(ClaimLineUnknown):
            reverse(ledger, *wrong)
    with pytest.raises(EmptyText):
        reverse(ledger, 1, reason=" ")
    pay(ledger)
    assert balances(ledger.facts)["4890"] == 0


def test_a_claim_that_waits_is_rejected_and_not_reversed() -> None:
    paper = paid_cooperative()
    paper.perform(submit_claim, on=DAY, **claimed())
    with pytest.raises(ClaimNotApproved):
        reverse(paper)


def test_the_receipts_of_what_is_taken_back_may_be_brought_again_and_no_others(ledger: PaperLedger) -> None:
    reverse(ledger, 1)
    with pytest.raises(ReceiptClaimedAlready):
        ledger.perform(submit_claim, on=DAY, **claimed(SECOND, claim_id=NEXT_CLAIM))
    next_claim(ledger)
    reverse(ledger, 2)
    with pytest.raises(ReceiptClaimedAlready):
        ledger.perform(submit_claim, on=DAY, **claimed(FIRST, claim_id=NEXT_WAGE))


def test_what_was_paid_too_much_is_owed_back_and_set_off_against_the_next_claim(ledger: PaperLedger) -> None:
    pay(ledger)
    facts = reverse(ledger, 1)
    assert balances(facts) == {"4890": 0, "416": 60_50, "612": -50_00, "411": -10_50}
    next_claim(ledger)
    asked: dict[str, Any] = {"debt": DEBT, "paid_for": PaidFor.CLAIM, "document_id": NEXT_CLAIM}
    with pytest.raises(ExceedsDue):
        set_off(ledger, 60_51, **asked)
    assert balances(set_off(ledger, 60_50, **asked)) == {"4890": 60_50, "416": -60_50}
    assert ledger.get(ExpenseClaim, NEXT_CLAIM).due_c == 0
    stand = balances(ledger.facts)
    assert (stand["4890"], stand["416"]) == (0, 0)
    with pytest.raises(NothingDue):
        ledger.perform(
            order_claim_payment,
            on=DAY,
            order_id=UUID(int=774),
            claim_id=NEXT_CLAIM,
            payee_iban=PAYEE_IBAN,
        )


def test_a_claim_taken_back_in_part_is_due_for_the_rest_once_its_order_is_withdrawn(
    ledger: PaperLedger,
) -> None:
    pay(ledger)
    reverse(ledger, 1)
    ledger.perform(withdraw_payment, on=DAY, order_id=ORDER, reason="it was wrong")
    assert (ledger.get(ExpenseClaim, CLAIM).due_c, ledger.get(PayeeDebt, DEBT).open_c) == (121_00, 0)
    again: dict[str, Any] = {"order_id": UUID(int=778)}
    ledger.perform(order_claim_payment, on=DAY, claim_id=CLAIM, payee_iban=PAYEE_IBAN, **again)
    ledger.perform(approve_payment, on=DAY, actor="ben", **again)
    stand = balances(ledger.facts)
    assert (stand["4890"], stand["416"], stand["580"]) == (0, 0, -121_00)


def test_a_claim_reversed_while_its_payment_is_on_its_way_is_set_off_once_that_is_withdrawn(
    ledger: PaperLedger,
) -> None:
    pay(ledger)
    reverse(ledger)
    asked: dict[str, Any] = {"debt": DEBT, "paid_for": PaidFor.CLAIM, "document_id": CLAIM}
    with pytest.raises(PaidAlready):
        set_off(ledger, 181_50, **asked)
    facts = ledger.perform(withdraw_payment, on=DAY, order_id=ORDER, reason="it was wrong")
    assert balances(facts) == {"580": 181_50, "4890": 0, "416": -181_50}
    less, ended = told(facts, ExpenseClaim.SetOff), told(facts, PayeeDebt.SetOff)
    assert (less.debt_id, ended.document_id, ended.amount_c) == (DEBT, CLAIM, 181_50)
    with pytest.raises(NothingDue):
        pay(ledger)
    stand = balances(ledger.facts)
    assert (stand["4890"], stand["416"], stand["580"]) == (0, 0, 0)


def test_a_claim_that_waits_is_set_off_against_nothing(ledger: PaperLedger) -> None:
    pay(ledger)
    reverse(ledger, 1)
    ledger.perform(submit_claim, on=DAY, **claimed(FIRST, claim_id=NEXT_CLAIM))
    with pytest.raises(NothingDue):
        set_off(ledger, 1, debt=DEBT, paid_for=PaidFor.CLAIM, document_id=NEXT_CLAIM)


def take_slip_back(ledger: PaperLedger, *, on: date = DAY, reason: str = "too many hours") -> list[Any]:
    return ledger.perform(reverse_slip, on=on, payroll_id=PAYROLL, reason=reason)


@pytest.fixture
def waged() -> PaperLedger:
    """An activity with 890.00, and a posted wage of 500.00 net which cost 840.00."""
    paper = paid_cooperative()
    request(paper)
    post(paper)
    return paper


def pay_wage(ledger: PaperLedger, payroll_id: UUID = PAYROLL, order_id: UUID = ORDER) -> None:
    order: dict[str, Any] = {"order_id": order_id}
    ledger.perform(order_wage_payment, on=DAY, payroll_id=payroll_id, payee_iban=PAYEE_IBAN, **order)
    ledger.perform(approve_payment, on=DAY, actor="ben", **order)


def next_wage(ledger: PaperLedger) -> None:
    """Another posted wage of 500.00 net."""
    request(ledger, payroll_id=NEXT_WAGE)
    post(ledger, payroll_id=NEXT_WAGE)


def test_a_reversed_slip_is_the_mirror_of_the_posted_one(waged: PaperLedger) -> None:
    facts = take_slip_back(waged)
    assert balances(facts) == {"6202": -672_00, "621": -168_00, "454": 255_83, "453": 84_17, "455": 500_00}
    stand = balances(waged.facts)
    assert all(not stand[account] for account in ("6202", "621", "453", "454", "455"))
    assert waged.get(Activity, ACTIVITY).available_c(0) == 890_00
    with pytest.raises(SlipNotPosted):
        take_slip_back(waged)
    with pytest.raises(NothingDue):
        pay_wage(waged)


def test_a_wage_without_a_slip_is_withdrawn_and_not_reversed(waged: PaperLedger) -> None:
    with pytest.raises(EmptyText):
        take_slip_back(waged, reason=" ")
    paper = paid_cooperative()
    request(paper)
    with pytest.raises(SlipNotPosted):
        take_slip_back(paper)


def test_a_slip_is_taken_back_in_its_own_month_as_long_as_that_takes_bookings(waged: PaperLedger) -> None:
    late = waged.copy()
    own = told(take_slip_back(waged, on=LATER), Payroll.SlipReversed)
    assert (own.effective_on, own.booked_on) == (DAY, DAY)
    for month in MONTHS:
        if month <= "2026-01":
            late.perform(stop_bookings, entity_id=ENTITY, month=month)
    next_ = told(take_slip_back(late, on=LATER), Payroll.SlipReversed)
    assert (next_.effective_on, next_.booked_on) == (DAY, date(2026, 2, 1))


def test_the_net_of_a_paid_slip_is_owed_back_and_set_off_within_the_limit_of_the_next_wage(
    waged: PaperLedger,
) -> None:
    pay_wage(waged)
    facts = take_slip_back(waged)
    assert balances(facts)["416"] == 500_00
    assert balances(facts)["455"] == 0
    next_wage(waged)
    asked: dict[str, Any] = {"debt": WAGE_DEBT, "paid_for": PaidFor.WAGE, "document_id": NEXT_WAGE}
    with pytest.raises(OverWageLimit):
        set_off(waged, 100_01, **asked)
    assert balances(set_off(waged, 100_00, **asked)) == {"455": 100_00, "416": -100_00}
    with pytest.raises(OverWageLimit):
        set_off(waged, 1, **asked)
    assert waged.get(Payroll, NEXT_WAGE).due_c == 400_00
    with pytest.raises(NotPaidAsDirector):
        set_off(waged, 1, **asked | {"paid_for": PaidFor.DIRECTOR_PAY})
    pay_wage(waged, NEXT_WAGE, UUID(int=776))
    assert balances(waged.facts)["455"] == 0


def test_what_was_set_off_against_a_slip_is_owed_back_when_that_slip_is_reversed(waged: PaperLedger) -> None:
    pay_wage(waged)
    take_slip_back(waged)
    next_wage(waged)
    set_off(waged, 100_00, debt=WAGE_DEBT, paid_for=PaidFor.WAGE, document_id=NEXT_WAGE)
    facts = waged.perform(reverse_slip, on=DAY, payroll_id=NEXT_WAGE, reason="never worked")
    assert told(facts, PayeeDebt.Arose).amount_c == 100_00
    stand = balances(waged.facts)
    assert (stand["455"], stand["416"]) == (0, 500_00)


def test_the_very_wage_that_was_reversed_is_set_off_whole_once_its_payment_is_withdrawn(
    waged: PaperLedger,
) -> None:
    pay_wage(waged)
    take_slip_back(waged)
    facts = waged.perform(withdraw_payment, on=DAY, order_id=ORDER, reason="it was wrong")
    assert balances(facts) == {"580": 500_00, "455": 0, "416": -500_00}
    less, ended = told(facts, Payroll.DebtSetOff), told(facts, PayeeDebt.SetOff)
    assert (less.debt_id, ended.document_id, ended.amount_c) == (WAGE_DEBT, PAYROLL, 500_00)
    stand = balances(waged.facts)
    assert (stand["455"], stand["416"], stand["580"]) == (0, 0, 0)


def test_a_wage_pays_back_what_was_paid_too_much_of_a_claim(ledger: PaperLedger) -> None:
    pay(ledger)
    reverse(ledger, 1)
    request(ledger, 700_00)
    post(ledger)
    set_off(ledger, 60_50, debt=DEBT, paid_for=PaidFor.WAGE, document_id=PAYROLL)
    assert ledger.get(Payroll, PAYROLL).due_c == 439_50


def test_the_pay_of_a_director_is_taken_back_on_its_own_accounts(directed: PaperLedger) -> None:
    asks(directed)
    directed.perform(
        post_director_pay, on=DAY, payroll_id=PAY, statement_ref="1", gross_c=800_00, wage_tax_c=200_00
    )
    paid = directed.copy()
    pay_wage(paid, PAY)
    facts = directed.perform(reverse_slip, on=DAY, payroll_id=PAY, reason="twice")
    assert balances(facts) == {"618": -800_00, "453": 200_00, "4893": 600_00}
    assert directed.get(Activity, DIRECTED).available_c(0) == 800_00
    paid.perform(reverse_slip, on=DAY, payroll_id=PAY, reason="twice")
    unpaid = paid.copy()
    facts = unpaid.perform(withdraw_payment, on=DAY, order_id=ORDER, reason="it was wrong")
    assert balances(facts) == {"580": 600_00, "4893": 0, "416": -600_00}
    asks(paid, payroll_id=NEXT_WAGE)
    paid.perform(
        post_director_pay, on=DAY, payroll_id=NEXT_WAGE, statement_ref="2", gross_c=800_00, wage_tax_c=200_00
    )
    asked: dict[str, Any] = {"debt": debt_id(PAY, PAY), "document_id": NEXT_WAGE}
    with pytest.raises(NotPaidByWage):
        set_off(paid, 600_00, paid_for=PaidFor.WAGE, **asked)
    set_off(paid, 600_00, paid_for=PaidFor.DIRECTOR_PAY, **asked)
    stand = balances(paid.facts)
    assert (stand["4893"], stand["416"], stand["453"]) == (0, 0, -200_00)


def test_a_debt_of_a_member_is_set_off_only_against_what_that_member_is_owed(ledger: PaperLedger) -> None:
    pay(ledger)
    reverse(ledger, 1)
    theirs: dict[str, Any] = {"membership_ids": [OTHER_MEMBER], "payout_regime": PayoutRegime.EMPLOYEE}
    ledger.perform(open_activity, on=DAY, entity_id=ENTITY, code="Z9", **theirs)
    given: dict[str, Any] = {"from_activity_id": ACTIVITY, "to_activity_id": activity_id(ENTITY, "Z9")}
    gift: dict[str, Any] = {"transfer_id": UUID(int=775), "entity_id": ENTITY, "amount_c": 60_00}
    ledger.perform(propose_transfer, on=DAY, reason="a start", **gift, **given)
    ledger.perform(accept_transfer, on=DAY, actor="ben", transfer_id=UUID(int=775))
    asked = claimed(FIRST, claim_id=NEXT_CLAIM, claimant_id=OTHER_MEMBER, activity_id=given["to_activity_id"])
    ledger.perform(submit_claim, on=DAY, **asked)
    ledger.perform(approve_claim, on=DAY, actor="ben", claim_id=NEXT_CLAIM)
    with pytest.raises(DebtOfAnother):
        set_off(ledger, 1, debt=DEBT, paid_for=PaidFor.CLAIM, document_id=NEXT_CLAIM)


@settings(deadline=None)
@given(
    nets=st.lists(st.tuples(st.integers(1, 20_00), st.integers(0, 4_00)), min_size=1, max_size=4),
    paid=st.booleans(),
    data=st.data(),
)
def test_whatever_lines_are_taken_back_in_whatever_order_nothing_is_left_on_any_account(
    nets: list[tuple[int, int]], data: st.DataObject, *, paid: bool
) -> None:
    paper = paid_cooperative()
    before = balances(paper.facts)
    lines = [
        expense(net_c, vat_c, data.draw(st.integers(0, vat_c)), sha256=f"{n:064}")
        for n, (net_c, vat_c) in enumerate(nets)
    ]
    paper.perform(submit_claim, on=DAY, **claimed(*lines))
    paper.perform(approve_claim, on=DAY, actor="ben", claim_id=CLAIM)
    if paid:
        pay(paper)
    for number in data.draw(st.permutations(range(1, len(lines) + 1))):
        reverse(paper, number)
    gross_c = sum(each.gross_c for each in lines)
    after = balances(paper.facts)
    after.subtract(before)
    left = {account: cents for account, cents in after.items() if cents}
    assert left == ({"416": gross_c, "580": -gross_c} if paid else {})
    assert paper.get(Activity, ACTIVITY).result_c == 890_00
