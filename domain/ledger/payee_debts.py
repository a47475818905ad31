"""What payees owe back: it arises from corrections of what was paid, and is set off, repaid or given up."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from domain.aggregates.bank_line import BankLine
from domain.aggregates.payee_debt import PayeeDebt
from domain.aggregates.purchase_invoice import PurchaseInvoice
from domain.errors import DebtOfAnother, OtherEntity
from domain.facts import Stamp
from domain.ids import derived_id
from domain.ledger.books import Books
from domain.ledger.periods import booking_date
from domain.owing import PaidFor

Owing = PurchaseInvoice

_DOCUMENT_OF: Mapping[PaidFor, type[Owing]] = {PaidFor.PURCHASE: PurchaseInvoice}


def debt_id(document_id: UUID, cause_id: UUID) -> UUID:
    """Return the id of what is owed back of a document for that cause."""
    return derived_id("payee-debt", document_id, cause_id)


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
            payee_id=document.supplier_id,
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


def set_off_payee_debt(
    books: Books, stamp: Stamp, *, debt_id: UUID, paid_for: PaidFor, document_id: UUID, amount_c: int
) -> None:
    """Set off what a payee owes back against what it is owed, and not yet ordered to be paid."""
    debt, document = books.get(PayeeDebt, debt_id), books.get(_DOCUMENT_OF[paid_for], document_id)
    if (document.entity_id, document.supplier_id) != (debt.entity_id, debt.payee_id):
        raise DebtOfAnother(debt_id=debt_id, document_id=document_id)
    document.set_off(stamp, debt_id=debt_id, amount_c=amount_c)
    booked_on = booking_date(books, debt.entity_id, stamp.effective_on)
    debt.set_off(stamp, booked_on=booked_on, amount_c=amount_c, paid_for=paid_for, document_id=document_id)


def give_payee_debt_up(books: Books, stamp: Stamp, *, debt_id: UUID, decision_ref: str) -> None:
    """Expect the rest of what a payee owes back no longer, as a second person; the cooperative bears it."""
    debt = books.get(PayeeDebt, debt_id)
    booked_on = booking_date(books, debt.entity_id, stamp.effective_on)
    debt.give_up(stamp, booked_on=booked_on, decision_ref=decision_ref)
