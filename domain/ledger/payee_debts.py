"""What payees owe back: it arises from corrections of what was paid, and is set off, repaid or given up.

What a receipt repaid can be taken back: it meant another document, or the bank took it back. So can what was set
off against the wrong document, until an order pays that one.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from domain.aggregates.bank_line import BankLine
from domain.aggregates.expense_claim import ExpenseClaim
from domain.aggregates.legal_entity import LegalEntity
from domain.aggregates.payee_debt import PayeeDebt
from domain.aggregates.payroll import Payroll
from domain.aggregates.purchase_invoice import PurchaseInvoice
from domain.errors import DebtOfAnother, OtherEntity
from domain.facts import Stamp
from domain.ids import derived_id
from domain.ledger.books import Books
from domain.ledger.periods import booking_date
from domain.ledger.presets import WAGE_SET_OFF_BP
from domain.owing import PaidFor

Owing = PurchaseInvoice | ExpenseClaim | Payroll

_DOCUMENT_OF: Mapping[PaidFor, type[Owing]] = {
    PaidFor.PURCHASE: PurchaseInvoice,
    PaidFor.CLAIM: ExpenseClaim,
    PaidFor.WAGE: Payroll,
    PaidFor.DIRECTOR_PAY: Payroll,
}


def debt_id(document_id: UUID, cause_id: UUID) -> UUID:
    """Return the id of what is owed back of a document for that cause."""
    return derived_id("payee-debt", document_id, cause_id)


def claim_reversal_id(claim_id: UUID, taken: int) -> UUID:
    """Return the id of the reversal of a claim of which so many lines had been taken back."""
    return derived_id("claim-reversal", claim_id, taken)


def owe_back(
    books: Books, stamp: Stamp, *, document: Owing, paid_for: PaidFor, cause_id: UUID, amount_c: int
) -> None:
    """Let the payee of a corrected document owe back what it was paid of it, if anything."""
    if not amount_c:
        return
    books.record(
        PayeeDebt.begin(
            stamp,
            id=debt_id(document.id, cause_id),
            entity_id=document.entity_id,
            payee_id=_payee_of(document),
            booked_on=booking_date(books, document.entity_id, stamp.effective_on),
            paid_for=paid_for,
            document_id=document.id,
            cause_id=cause_id,
            amount_c=amount_c,
        )
    )


def repay_payee_debt(books: Books, stamp: Stamp, *, bank_line_id: UUID, debt_id: UUID, amount_c: int) -> None:
    """Set part of a receipt against what a payee owes back."""
    line, debt = books.get(BankLine, bank_line_id), books.get(PayeeDebt, debt_id)
    if line.entity_id != debt.entity_id:
        raise OtherEntity(bank_line_id=bank_line_id, debt_id=debt_id)
    line.allocate_to(BankLine.AllocatedToPayeeDebt, stamp, document_id=debt_id, amount_c=amount_c)
    booked_on = booking_date(books, debt.entity_id, stamp.effective_on)
    debt.repay(stamp, booked_on=booked_on, amount_c=amount_c, line_id=bank_line_id)


def undo_payee_debt_repayment(
    books: Books, stamp: Stamp, *, bank_line_id: UUID, debt_id: UUID, amount_c: int, reason: str
) -> None:
    """Take back what a receipt was set against by mistake; it waits again, and so much is owed back again.

    Raises ExceedsAllocation, EmptyText.
    """
    line, debt = books.get(BankLine, bank_line_id), books.get(PayeeDebt, debt_id)
    line.undo_other(stamp, document_id=debt_id, amount_c=amount_c, reason=reason)
    _owe_again(books, stamp, debt, line_id=bank_line_id, by_line_id=None, amount_c=amount_c)


def return_payee_debt_repayment(
    books: Books,
    stamp: Stamp,
    *,
    bank_line_id: UUID,
    of_line_id: UUID,
    debt_id: UUID,
    amount_c: int,
    reason_code: str = "",
) -> None:
    """Say that this money out takes back what another line had repaid; so much is owed back again.

    Raises OtherEntity, ExceedsAllocation, ExceedsLine.
    """
    taken, paid = books.get(BankLine, bank_line_id), books.get(BankLine, of_line_id)
    debt = books.get(PayeeDebt, debt_id)
    if taken.entity_id != paid.entity_id:
        raise OtherEntity(bank_line_id=bank_line_id, of_line_id=of_line_id)
    paid.lose_other(stamp, document_id=debt_id, amount_c=amount_c, by_line_id=bank_line_id)
    taken.explain(
        BankLine.OtherPaymentReturned,
        stamp,
        of_line_id=of_line_id,
        document_id=debt_id,
        amount_c=amount_c,
        reason_code=reason_code,
    )
    _owe_again(books, stamp, debt, line_id=of_line_id, by_line_id=bank_line_id, amount_c=amount_c)


def set_off_payee_debt(
    books: Books, stamp: Stamp, *, debt_id: UUID, paid_for: PaidFor, document_id: UUID, amount_c: int
) -> None:
    """Set off what a payee owes back against what it is owed, and not yet ordered to be paid.

    Against a wage within the statutory limit. Raises DebtOfAnother, ExceedsDue, OverWageLimit, PaidAlready.
    """
    debt, document = books.get(PayeeDebt, debt_id), books.get(_DOCUMENT_OF[paid_for], document_id)
    if (document.entity_id, _payee_of(document)) != (debt.entity_id, debt.payee_id):
        raise DebtOfAnother(debt_id=debt_id, document_id=document_id)
    if isinstance(document, Payroll):
        document.set_off_debt(
            stamp,
            debt_id=debt_id,
            amount_c=amount_c,
            limit_bp=_limit_bp(books, stamp, debt, document),
            as_director=paid_for is PaidFor.DIRECTOR_PAY,
        )
    else:
        document.set_off(stamp, debt_id=debt_id, amount_c=amount_c)
    booked_on = booking_date(books, debt.entity_id, stamp.effective_on)
    debt.set_off(stamp, booked_on=booked_on, amount_c=amount_c, paid_for=paid_for, document_id=document_id)


def undo_payee_debt_set_off(
    books: Books,
    stamp: Stamp,
    *,
    debt_id: UUID,
    paid_for: PaidFor,
    document_id: UUID,
    amount_c: int,
    reason: str,
) -> None:
    """Take back what was set off against the wrong document: both are owed again, by as much.

    Raises ExceedsSetOff, OwnSetOffStands, EmptyText, and PaidAlready once an order pays the document.
    """
    debt = books.get(PayeeDebt, debt_id)
    booked_on = booking_date(books, debt.entity_id, stamp.effective_on)
    against: dict[str, Any] = {"paid_for": paid_for, "document_id": document_id, "amount_c": amount_c}
    debt.reverse_set_off(stamp, booked_on=booked_on, reason=reason, **against)
    document = books.get(_DOCUMENT_OF[paid_for], document_id)
    document.undo_set_off(stamp, debt_id=debt_id, amount_c=amount_c)
    # What was taken back of the document meanwhile left its payee in debt by what was set off.
    set_off_own_debts(books, stamp, paid_for=paid_for, document=document)
    _lessen_its_document(books, stamp, debt)


def set_off_own_debts(books: Books, stamp: Stamp, *, paid_for: PaidFor, document: Owing) -> None:
    """Let what is owed back of a document that is not paid after all lessen what is due of it.

    It was credited or taken back while an order paid it; so its payee is neither paid twice nor owes for nothing.
    What was given up of it meanwhile is set off as well: nothing was paid that could be lost.
    """
    booked_on = booking_date(books, document.entity_id, stamp.effective_on)
    for cause_id in _causes_of(document):
        debt = books.find(PayeeDebt, debt_id(document.id, cause_id))
        if debt is None:
            continue
        again_c = min(debt.given_up_c, max(document.due_c - debt.open_c, 0))
        if again_c:
            debt.reverse_giving_up(stamp, booked_on=booked_on, amount_c=again_c)
        amount_c = min(debt.open_c, document.due_c)
        if amount_c:
            set_off_payee_debt(
                books,
                stamp,
                debt_id=debt.id,
                paid_for=paid_for,
                document_id=document.id,
                amount_c=amount_c,
            )


def give_payee_debt_up(books: Books, stamp: Stamp, *, debt_id: UUID, decision_ref: str) -> None:
    """Expect the rest of what a payee owes back no longer, as a second person; the cooperative bears it."""
    debt = books.get(PayeeDebt, debt_id)
    booked_on = booking_date(books, debt.entity_id, stamp.effective_on)
    debt.give_up(stamp, booked_on=booked_on, decision_ref=decision_ref)


def _owe_again(
    books: Books, stamp: Stamp, debt: PayeeDebt, *, line_id: UUID, by_line_id: UUID | None, amount_c: int
) -> None:
    """Let it be owed again, less what is due of its own document if its payment came back meanwhile."""
    booked_on = booking_date(books, debt.entity_id, stamp.effective_on)
    debt.reverse_repayment(
        stamp, booked_on=booked_on, amount_c=amount_c, line_id=line_id, by_line_id=by_line_id
    )
    _lessen_its_document(books, stamp, debt)


def _lessen_its_document(books: Books, stamp: Stamp, debt: PayeeDebt) -> None:
    """Let what is owed back lessen what is due of its own document, if no order pays that."""
    document = books.get(_DOCUMENT_OF[debt.paid_for], debt.document_id)
    if document.order_id is None:
        set_off_own_debts(books, stamp, paid_for=debt.paid_for, document=document)


def _limit_bp(books: Books, stamp: Stamp, debt: PayeeDebt, payroll: Payroll) -> int | None:
    """Return how much of a net wage may be withheld; a wage that was itself taken back is no wage any more."""
    if payroll.of_director or debt.document_id == payroll.id:
        return None
    return int(books.get(LegalEntity, debt.entity_id).parameter(WAGE_SET_OFF_BP, stamp.effective_on))


def _payee_of(document: Owing) -> UUID:
    return document.supplier_id if isinstance(document, PurchaseInvoice) else document.person_id


def _causes_of(document: Owing) -> tuple[UUID, ...]:
    """Return by what a document may have come to be owed back: credit notes, reversals of lines, or itself."""
    if isinstance(document, PurchaseInvoice):
        return (*document.credited_by, document.id)
    if isinstance(document, ExpenseClaim):
        return tuple(claim_reversal_id(document.id, taken) for taken in range(len(document.taken)))
    return (document.id,)
