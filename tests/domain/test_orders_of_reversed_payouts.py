"""What is due of a reversed claim or wage: its payment was not made, and its member had paid it otherwise."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from domain.aggregates.expense_claim import ExpenseClaim
from domain.aggregates.payee_debt import PayeeDebt
from domain.aggregates.payroll import Payroll
from domain.errors import ClaimNotApproved, PaidAlready
from domain.ledger.payments import approve_payment, order_claim_payment, withdraw_payment
from domain.owing import PaidFor
from tests.domain.spending import CLAIM, DAY, PAYEE_IBAN, balances
from tests.domain.test_payout_corrections import (
    DEBT,
    NEXT_CLAIM,
    NEXT_WAGE,
    ORDER,
    WAGE_DEBT,
    next_claim,
    next_wage,
    pay,
    pay_wage,
    reverse,
    set_off,
    take_slip_back,
)
from tests.domain.test_payout_corrections import ledger as approved_claim
from tests.domain.test_payout_corrections import waged as posted_wage
from tests.domain.test_payrolls import PAYROLL
from tests.paper import PaperLedger

ledger = pytest.fixture(name="ledger")(approved_claim.__wrapped__)  # type: ignore[attr-defined] # the fixture's own function
waged = pytest.fixture(name="waged")(posted_wage.__wrapped__)  # type: ignore[attr-defined] # the fixture's own function


def test_a_reversed_claim_is_due_once_its_payment_is_withdrawn_if_what_it_left_was_set_off_elsewhere(
    ledger: PaperLedger,
) -> None:
    """The member paid it by the next claim, and was never paid it: it could not be ordered, and stood for ever."""
    pay(ledger)
    reverse(ledger)
    next_claim(ledger)
    set_off(ledger, 60_50, debt=DEBT, paid_for=PaidFor.CLAIM, document_id=NEXT_CLAIM)
    ledger.perform(withdraw_payment, on=DAY, order_id=ORDER, reason="it was wrong")
    assert (ledger.get(ExpenseClaim, CLAIM).due_c, ledger.get(PayeeDebt, DEBT).open_c) == (60_50, 0)
    again: dict[str, Any] = {"order_id": UUID(int=778)}
    ledger.perform(order_claim_payment, on=DAY, claim_id=CLAIM, payee_iban=PAYEE_IBAN, **again)
    ledger.perform(approve_payment, on=DAY, actor="ben", **again)
    stand = balances(ledger.facts)
    assert (stand["4890"], stand["416"], stand["580"]) == (0, 0, -60_50)
    with pytest.raises(ClaimNotApproved):
        reverse(ledger)
    with pytest.raises(PaidAlready):
        pay(ledger)


def test_a_reversed_wage_is_due_once_its_payment_is_withdrawn_if_the_next_one_paid_part_of_it(
    waged: PaperLedger,
) -> None:
    pay_wage(waged)
    take_slip_back(waged)
    next_wage(waged)
    set_off(waged, 100_00, debt=WAGE_DEBT, paid_for=PaidFor.WAGE, document_id=NEXT_WAGE)
    waged.perform(withdraw_payment, on=DAY, order_id=ORDER, reason="it was wrong")
    assert (waged.get(Payroll, PAYROLL).due_c, waged.get(PayeeDebt, WAGE_DEBT).open_c) == (100_00, 0)
    pay_wage(waged, PAYROLL, UUID(int=777))
    pay_wage(waged, NEXT_WAGE, UUID(int=776))
    stand = balances(waged.facts)
    assert (stand["455"], stand["416"], stand["580"]) == (0, 0, -500_00)
    with pytest.raises(PaidAlready):
        pay_wage(waged, PAYROLL, UUID(int=779))
