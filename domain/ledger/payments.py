"""Payments: order one, approve it as a second person, clear it by the bank's debit line, or take it back."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from domain.aggregates.activity import Activity
from domain.aggregates.bank_line import BankLine
from domain.aggregates.declaration import Declaration, Levy
from domain.aggregates.dividend_due import DividendDue
from domain.aggregates.expense_claim import ExpenseClaim
from domain.aggregates.fund_aid import AidOutcome, FundAid
from domain.aggregates.membership import Membership
from domain.aggregates.payment_order import PaymentOrder, Pays
from domain.aggregates.payroll import Payroll
from domain.aggregates.purchase_invoice import PurchaseInvoice
from domain.errors import DueChanged, EmptyText, NoRepresentative, OtherEntity, PayoutsHeld
from domain.facts import Stamp
from domain.ids import derived_id
from domain.ledger.activities import overdraft_c
from domain.ledger.books import Books
from domain.ledger.declarations import authority_id
from domain.ledger.payee_debts import set_off_own_debts
from domain.ledger.payees import pay_to, require_still_paid_to
from domain.ledger.periods import booking_date
from domain.ledger.withdrawals import pay_withdrawal, take_back_withdrawal
from domain.owing import PaidFor

Payable = ExpenseClaim | Payroll | PurchaseInvoice | Declaration | DividendDue

_DOCUMENT_OF: Mapping[Pays, type[Payable]] = {
    Pays.CLAIM: ExpenseClaim,
    Pays.WAGE: Payroll,
    Pays.DIRECTOR_PAY: Payroll,
    Pays.PURCHASE: PurchaseInvoice,
    Pays.VAT: Declaration,
    Pays.WAGE_TAX: Declaration,
    Pays.SOCIAL_CONTRIBUTIONS: Declaration,
    Pays.DIVIDEND_TAX: Declaration,
    Pays.DIVIDEND: DividendDue,
}
_PAID_FOR: Mapping[Pays, PaidFor] = {
    Pays.CLAIM: PaidFor.CLAIM,
    Pays.WAGE: PaidFor.WAGE,
    Pays.DIRECTOR_PAY: PaidFor.DIRECTOR_PAY,
    Pays.PURCHASE: PaidFor.PURCHASE,
}
_PAYS_LEVY: Mapping[Levy, Pays] = {
    Levy.VAT: Pays.VAT,
    Levy.WAGE_TAX: Pays.WAGE_TAX,
    Levy.SOCIAL_CONTRIBUTIONS: Pays.SOCIAL_CONTRIBUTIONS,
    Levy.DIVIDEND_TAX: Pays.DIVIDEND_TAX,
}


def aid_order_id(aid_id: UUID, withdrawn: int = 0) -> UUID:
    """Return the id of the order that pays that aid, after so many that were withdrawn."""
    again = (withdrawn,) if withdrawn else ()
    return derived_id("payment-order", "aid", aid_id, *again)


def order_claim_payment(
    books: Books, stamp: Stamp, *, order_id: UUID, claim_id: UUID, payee_iban: str
) -> None:
    """Order that an approved claim is paid to the claimant, whole; a second person approves it."""
    claim = books.get(ExpenseClaim, claim_id)
    _require_payouts(books, stamp, claim)
    _order(books, stamp, claim, Pays.CLAIM, order_id, claim.person_id, payee_iban)


def order_wage_payment(
    books: Books,
    stamp: Stamp,
    *,
    order_id: UUID,
    payroll_id: UUID,
    payee_iban: str,
    despite_hold: bool = False,
) -> None:
    """Order that the net wage of a posted slip, or a director's net pay, is paid; a second person approves it.

    While the payouts of its activity are held, only `despite_hold`: a posted slip is legally due, and
    the second person must say why it is paid all the same.
    """
    payroll = books.get(Payroll, payroll_id)
    if not despite_hold:
        _require_payouts(books, stamp, payroll)
    pays = Pays.DIRECTOR_PAY if payroll.of_director else Pays.WAGE
    _order(books, stamp, payroll, pays, order_id, payroll.person_id, payee_iban)


def order_purchase_payment(
    books: Books, stamp: Stamp, *, order_id: UUID, purchase_id: UUID, payee_iban: str
) -> None:
    """Order that an approved bill is paid to its supplier, whole; a second person approves it."""
    purchase = books.get(PurchaseInvoice, purchase_id)
    _order(books, stamp, purchase, Pays.PURCHASE, order_id, purchase.supplier_id, payee_iban)


def order_declaration_payment(
    books: Books, stamp: Stamp, *, order_id: UUID, declaration_id: UUID, payee_iban: str
) -> None:
    """Order that what was declared is paid to the state, whole; a second person approves it."""
    filed = books.get(Declaration, declaration_id)
    payee_id = authority_id(filed.entity_id, filed.levy)
    _order(books, stamp, filed, _PAYS_LEVY[filed.levy], order_id, payee_id, payee_iban)


def order_dividend_payment(
    books: Books, stamp: Stamp, *, order_id: UUID, dividend_due_id: UUID, payee_iban: str
) -> None:
    """Order that a holder is paid a dividend, whole and after tax; a second person approves it.

    The heirs' representative is paid what is due to the dead, and the membership that remains what is
    due to one merged into it.
    """
    due = books.get(DividendDue, dividend_due_id)
    membership = books.get(Membership, due.membership_id)
    if membership.merged_into is not None:
        membership = books.get(Membership, membership.merged_into)
    payee_id = membership.payee_id
    if payee_id is None:
        raise NoRepresentative(membership_id=membership.id)
    _order(books, stamp, due, Pays.DIVIDEND, order_id, payee_id, payee_iban)


def order_aid_payment(books: Books, stamp: Stamp, *, aid: FundAid, payee_iban: str) -> None:
    """Order the payment of aid that two people decided and paid on its own stream."""
    pay_to(books, stamp, payee_id=aid.person_id, iban=payee_iban)
    order = PaymentOrder.begin(
        stamp,
        id=aid_order_id(aid.id, aid.orders_withdrawn),
        entity_id=aid.entity_id,
        pays=Pays.ADVANCE if aid.outcome is AidOutcome.LENT else Pays.GRANT,
        document_id=aid.id,
        amount_c=aid.amount_c,
        payee_id=aid.person_id,
        payee_iban=payee_iban,
    )
    order.approve_by_fund(stamp)
    books.record(order)


def approve_payment(books: Books, stamp: Stamp, *, order_id: UUID, release_reason: str | None = None) -> None:
    """Approve an ordered payment as a second person; of several orders for one document, one.

    It goes where the payee is paid on that day, whatever was so when it was ordered.
    A wage that is held is released by a reason; a claim waits until its activity has the money.
    """
    order = books.get(PaymentOrder, order_id)
    order.approve(stamp, booked_on=booking_date(books, order.entity_id, stamp.effective_on))
    require_still_paid_to(books, stamp, order)
    _require_same_due(books, order)
    if order.pays in (Pays.CLAIM, Pays.WAGE, Pays.DIRECTOR_PAY):
        _release_if_held(books, stamp, order, release_reason)
    _owe_no_longer(books, stamp, order)


def withdraw_payment(books: Books, stamp: Stamp, *, order_id: UUID, reason: str) -> None:
    """Take back an order the bank has not paid; its document can be ordered to be paid again.

    What was credited or taken back of it meanwhile is owed back no more: less is due of it.
    """
    order = books.get(PaymentOrder, order_id)
    if not reason.strip():
        raise EmptyText(field="reason")
    order.withdraw(stamp, booked_on=booking_date(books, order.entity_id, stamp.effective_on), reason=reason)
    if order.approved:
        _owe_again(books, stamp, order)


def return_payout(
    books: Books, stamp: Stamp, *, bank_line_id: UUID, order_id: UUID, reason_code: str = ""
) -> None:
    """Let a receipt be a payment that the payee's bank sent back, whole: it is owed again."""
    line, order = books.get(BankLine, bank_line_id), books.get(PaymentOrder, order_id)
    if line.entity_id != order.entity_id:
        raise OtherEntity(bank_line_id=bank_line_id, order_id=order_id)
    booked_on = booking_date(books, order.entity_id, stamp.effective_on)
    order.take_back(stamp, line_id=bank_line_id, booked_on=booked_on, reason_code=reason_code)
    line.allocate_to(BankLine.PayoutReturned, stamp, document_id=order_id, amount_c=order.amount_c)
    _owe_again(books, stamp, order)


def undo_payout_return(books: Books, stamp: Stamp, *, order_id: UUID, reason: str) -> None:
    """Say that a receipt was not the payment sent back: the payment stands, and the receipt waits again.

    Raises OrderNotReturned, EmptyText; and what its document refuses, such as if it was ordered anew.
    """
    order = books.get(PaymentOrder, order_id)
    booked_on = booking_date(books, order.entity_id, stamp.effective_on)
    line_id = order.undo_return(stamp, booked_on=booked_on, reason=reason)
    books.get(BankLine, line_id).undo_other(
        stamp, document_id=order_id, amount_c=order.amount_c, reason=reason
    )
    _require_same_due(books, order)
    _owe_no_longer(books, stamp, order)


def is_of_fund(order: PaymentOrder) -> bool:
    """Tell whether an order pays the aid of a fund, which is decided and booked on its own stream."""
    return order.pays in (Pays.GRANT, Pays.ADVANCE)


def _require_same_due(books: Books, order: PaymentOrder) -> None:
    """Refuse an order of another amount than is due of its document; raises DueChanged."""
    if order.pays in _DOCUMENT_OF:
        due_c = books.get(_DOCUMENT_OF[order.pays], order.document_id).due_c
        if order.amount_c != due_c:
            raise DueChanged(order_c=order.amount_c, due_c=due_c)


def _owe_no_longer(books: Books, stamp: Stamp, order: PaymentOrder) -> None:
    """Let an order pay its document, which is owed no longer."""
    if order.pays is Pays.REFUND:
        books.get(BankLine, order.document_id).order_refund(
            stamp, order_id=order.id, client_id=order.payee_id, amount_c=order.amount_c
        )
    elif order.pays is Pays.WITHDRAWAL:
        pay_withdrawal(books, stamp, order)
    else:
        books.get(_DOCUMENT_OF[order.pays], order.document_id).order_payment(stamp, order_id=order.id)


def _owe_again(books: Books, stamp: Stamp, order: PaymentOrder) -> None:
    """Let what an approved order would have paid, or paid in vain, be paid by another one."""
    if order.pays is Pays.REFUND:
        books.get(BankLine, order.document_id).withdraw_refund(
            stamp, order_id=order.id, client_id=order.payee_id, amount_c=order.amount_c
        )
    elif order.pays is Pays.WITHDRAWAL:
        take_back_withdrawal(books, stamp, order)
    else:
        document = books.get(_DOCUMENT_OF[order.pays], order.document_id)
        document.withdraw_payment(stamp, order_id=order.id)
        if isinstance(document, PurchaseInvoice | ExpenseClaim | Payroll):
            set_off_own_debts(books, stamp, paid_for=_PAID_FOR[order.pays], document=document)


def clear_payment(books: Books, stamp: Stamp, *, bank_line_id: UUID, order_id: UUID) -> None:
    """Clear an approved payment by the bank's debit line; one line may clear several."""
    line, order = books.get(BankLine, bank_line_id), books.get(PaymentOrder, order_id)
    if line.entity_id != order.entity_id:
        raise OtherEntity(bank_line_id=bank_line_id, order_id=order_id)
    order.clear(
        stamp,
        line_id=bank_line_id,
        booked_on=booking_date(books, order.entity_id, stamp.effective_on),
    )
    line.explain(BankLine.PaymentCleared, stamp, order_id=order_id, amount_c=order.amount_c)


def _require_payouts(books: Books, stamp: Stamp, document: ExpenseClaim | Payroll) -> None:
    """Refuse to pay out while the activity has less than nothing available; raises PayoutsHeld."""
    allowed_c = overdraft_c(books, document.entity_id, stamp.effective_on)
    books.get(Activity, document.activity_id).require_payouts(allowed_c)


def _release_if_held(
    books: Books,
    stamp: Stamp,
    order: PaymentOrder,
    release_reason: str | None,
) -> None:
    document: ExpenseClaim | Payroll
    if order.pays is Pays.CLAIM:
        document = books.get(ExpenseClaim, order.document_id)
    else:
        document = books.get(Payroll, order.document_id)
    try:
        _require_payouts(books, stamp, document)
    except PayoutsHeld:
        if order.pays is Pays.CLAIM or release_reason is None:
            raise
        activity = books.get(Activity, document.activity_id)
        order.release_hold(
            stamp,
            activity_id=activity.id,
            available_c=activity.available_c(overdraft_c(books, activity.entity_id, stamp.effective_on)),
            reason=release_reason,
        )


def _order(
    books: Books,
    stamp: Stamp,
    document: Payable,
    pays: Pays,
    order_id: UUID,
    payee_id: UUID,
    payee_iban: str,
) -> None:
    document.require_due()
    pay_to(books, stamp, payee_id=payee_id, iban=payee_iban)
    books.record(
        PaymentOrder.begin(
            stamp,
            id=order_id,
            entity_id=document.entity_id,
            pays=pays,
            document_id=document.id,
            amount_c=document.due_c,
            payee_id=payee_id,
            payee_iban=payee_iban,
        )
    )
