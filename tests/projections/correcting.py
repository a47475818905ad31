"""Bills that are credited after their payment or reversed, and what the supplier owes back of them."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from domain.ledger.payee_debts import (
    debt_id,
    give_payee_debt_up,
    repay_payee_debt,
    return_payee_debt_repayment,
    set_off_payee_debt,
    undo_payee_debt_repayment,
)
from domain.ledger.payments import approve_payment, order_purchase_payment
from domain.ledger.purchase_corrections import (
    purchase_credit_note_id,
    receive_purchase_credit,
    reverse_purchase,
)
from domain.ledger.purchases import approve_purchase, purchase_id, receive_purchase
from domain.owing import PaidFor
from domain.purchasing import AskedCredit, PurchaseLine
from domain.spending import ExpenseType
from tests.cooperative import ACTIVITY
from tests.projections.buying import SUPPLIER
from tests.projections.world import World

CREDITED, NEXT, WRONG = (purchase_id(SUPPLIER, number) for number in ("21", "22", "23"))
NOTE = purchase_credit_note_id(SUPPLIER, "C21")
DEBT = debt_id(CREDITED, NOTE)


def buys(world: World, purchase_no: str, *, on: date) -> None:
    """An approved bill of 10.00 + 2.10 for the activity, half of whose VAT is deducted."""
    world.perform(
        receive_purchase,
        on=on,
        supplier_id=SUPPLIER,
        activity_id=ACTIVITY,
        purchase_no=purchase_no,
        issued_on=on,
        due_on=on,
        lines=[PurchaseLine(ExpenseType.SUPPLIES, 10_00, 2_10, 1_05)],
        reverse_charge=False,
        document_sha256="d" * 64,
    )
    bill = purchase_id(SUPPLIER, purchase_no)
    world.perform(approve_purchase, on=on, actor="bert", purchase_id=bill)


def takes_repayments_back(world: World, *, on: date) -> None:
    """Of two receipts of 1.00 one was another's, and the bank took the other back: neither repaid anything."""
    first, second, out = world.receives(1_00, 1_00, -1_00, on=on)
    part: dict[str, Any] = {"debt_id": DEBT, "amount_c": 1_00}
    for line in (first, second):
        world.perform(repay_payee_debt, on=on, bank_line_id=line, **part)
    world.perform(undo_payee_debt_repayment, on=on, bank_line_id=first, reason="another's", **part)
    world.perform(return_payee_debt_repayment, on=on, bank_line_id=out, of_line_id=second, **part)


def corrects(world: World, *, on: date) -> None:
    """A paid bill is credited whole: 5.00 is set off against the next one, 2.10 repaid and the rest given up.

    Before that two receipts were held to repay it that did not.
    """
    for number in ("21", "22", "23"):
        buys(world, number, on=on)
    order: dict[str, Any] = {"order_id": UUID(int=1501)}
    world.perform(order_purchase_payment, on=on, purchase_id=CREDITED, payee_iban="BE29539000000289", **order)
    world.perform(approve_payment, on=on, actor="bert", **order)
    world.perform(
        receive_purchase_credit,
        on=on,
        purchase_id=CREDITED,
        credit_note_no="C21",
        issued_on=on,
        document_sha256="e" * 64,
    )
    world.perform(
        receive_purchase_credit,
        on=on,
        purchase_id=NEXT,
        credit_note_no="C22",
        issued_on=on,
        document_sha256="e" * 64,
        lines=[AskedCredit(1, 1_00, 21)],
    )
    takes_repayments_back(world, on=on)
    owed: dict[str, Any] = {"debt_id": DEBT}
    against: dict[str, Any] = {"paid_for": PaidFor.PURCHASE, "document_id": NEXT, "amount_c": 5_00}
    world.perform(set_off_payee_debt, on=on, **owed, **against)
    (line,) = world.receives(2_10, on=on)
    world.perform(repay_payee_debt, on=on, bank_line_id=line, amount_c=2_10, **owed)
    world.perform(give_payee_debt_up, on=on, actor="bert", decision_ref="board 9", **owed)
    world.perform(reverse_purchase, on=on, purchase_id=WRONG, reason="the wrong activity")
