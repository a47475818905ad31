"""Bills that were wrong: reversed before they are paid, or taken back by a credit note of the supplier."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from domain.aggregates.activity import Activity
from domain.aggregates.credit_note import CreditNote
from domain.aggregates.invoice import Invoice
from domain.aggregates.purchase_credit_note import PurchaseCreditNote, Says
from domain.aggregates.purchase_invoice import PurchaseInvoice
from domain.errors import PurchaseNotOfGroup, PurchaseOfGroup
from domain.facts import Stamp
from domain.ids import derived_id
from domain.ledger.books import Books
from domain.ledger.contributions import Cause, follow_cost
from domain.ledger.credit_notes import issue_credit_note
from domain.ledger.intercompany import intercompany_id
from domain.ledger.payee_debts import owe_back
from domain.ledger.periods import booking_date
from domain.owing import PaidFor
from domain.purchasing import AskedCredit, LessBought, cost_of, gross_of
from domain.vat import CreditedBase


def purchase_credit_note_id(supplier_id: UUID, credit_note_no: str) -> UUID:
    """Return the id of the one credit note with that number of that supplier."""
    return derived_id("purchase-credit-note", supplier_id, credit_note_no.strip())


def reverse_purchase(books: Books, stamp: Stamp, *, purchase_id: UUID, reason: str) -> None:
    """Take an approved bill back before its payment is ordered: neither a cost nor a debt.

    Its number can be recorded anew, as the bill should have been. What had been set off against it is owed
    back. Raises PurchaseNotApproved, PurchaseOfGroup, PurchaseOfOldBooks, PaidAlready.
    """
    purchase = books.get(PurchaseInvoice, purchase_id)
    booked_on = booking_date(books, purchase.entity_id, stamp.effective_on)
    lines = purchase.to_take_off(None)
    back_c = purchase.back_of(gross_of(lines, reverse_charge=purchase.reverse_charge))
    purchase.reverse(stamp, booked_on=booked_on, lines=lines, reason=reason)
    owe_back(
        books, stamp, document=purchase, paid_for=PaidFor.PURCHASE, cause_id=purchase_id, amount_c=back_c
    )
    _bear_less(books, stamp, purchase.activity_id, cost_of(lines), purchase_id, booked_on)


def receive_purchase_credit(
    books: Books,
    stamp: Stamp,
    *,
    purchase_id: UUID,
    credit_note_no: str,
    issued_on: date,
    document_sha256: str,
    lines: Sequence[AskedCredit] | None = None,
) -> None:
    """Record a supplier's credit note on these parts of lines of an approved bill, or on all that is left of it.

    What was paid of it is owed back. Raises PurchaseNotApproved, PurchaseOfGroup, CreditExceedsPurchase.
    """
    purchase = books.get(PurchaseInvoice, purchase_id)
    if purchase.invoice_id is not None:
        raise PurchaseOfGroup(invoice_id=purchase.invoice_id)
    less = purchase.to_take_off(lines)
    note = PurchaseCreditNote.receive(
        stamp,
        id=purchase_credit_note_id(purchase.supplier_id, credit_note_no),
        document_sha256=document_sha256,
        **_says(books, stamp, purchase, less, credit_note_no, issued_on),
    )
    _take_off(books, stamp, purchase, note, less)


def credit_within_group(
    books: Books,
    stamp: Stamp,
    *,
    purchase_id: UUID,
    credit_note_id: UUID,
    issued_on: date,
    reason: str,
    rows: Sequence[CreditedBase] | None = None,
) -> None:
    """Credit an invoice to another entity of the group, and take it off the approved bill there, in one batch.

    Raises PurchaseNotOfGroup, PurchaseNotApproved, and what a credit note raises.
    """
    purchase = books.get(PurchaseInvoice, purchase_id)
    if purchase.invoice_id is None:
        raise PurchaseNotOfGroup(purchase_id=purchase_id)
    invoice = books.get(Invoice, purchase.invoice_id)
    place = {row.key: number for number, row in enumerate(invoice.vat, start=1)}
    credited = invoice.to_credit(rows, issued_on=issued_on)
    less = purchase.to_take_off([AskedCredit(place[row.key], row.base_c, row.vat_c) for row in credited])
    issue_credit_note(
        books,
        stamp,
        credit_note_id=credit_note_id,
        invoice_id=invoice.id,
        issued_on=issued_on,
        reason=reason,
        rows=rows,
    )
    number = books.get(CreditNote, credit_note_id).credit_note_no
    note = PurchaseCreditNote.mirror(
        stamp,
        id=purchase_credit_note_id(purchase.supplier_id, number),
        intercompany_id=intercompany_id(invoice.id),
        credit_note_id=credit_note_id,
        **_says(books, stamp, purchase, less, number, issued_on),
    )
    _take_off(books, stamp, purchase, note, less)


def _says(
    books: Books,
    stamp: Stamp,
    purchase: PurchaseInvoice,
    lines: tuple[LessBought, ...],
    credit_note_no: str,
    issued_on: date,
) -> Says:
    return {
        "entity_id": purchase.entity_id,
        "supplier_id": purchase.supplier_id,
        "activity_id": purchase.activity_id,
        "booked_on": booking_date(books, purchase.entity_id, stamp.effective_on),
        "purchase_id": purchase.id,
        "credit_note_no": credit_note_no,
        "issued_on": issued_on,
        "lines": lines,
        "reverse_charge": purchase.reverse_charge,
        "outside_scope": purchase.outside_scope,
    }


def _take_off(
    books: Books,
    stamp: Stamp,
    purchase: PurchaseInvoice,
    note: PurchaseCreditNote,
    lines: tuple[LessBought, ...],
) -> None:
    """Record the credit note, owe the supplier less, and let what was paid be owed back."""
    books.record(note)
    back_c = purchase.back_of(gross_of(lines, reverse_charge=purchase.reverse_charge))
    purchase.credit(stamp, credit_note_id=note.id, lines=lines)
    owe_back(books, stamp, document=purchase, paid_for=PaidFor.PURCHASE, cause_id=note.id, amount_c=back_c)
    booked_on = booking_date(books, purchase.entity_id, stamp.effective_on)
    _bear_less(books, stamp, purchase.activity_id, cost_of(lines), note.id, booked_on)


def _bear_less(
    books: Books, stamp: Stamp, activity_id: UUID | None, cost_c: int, document_id: UUID, booked_on: date
) -> None:
    """Let an activity bear a cost no longer; its margin is higher by that, if its contribution is reckoned on it."""
    if activity_id is None or not cost_c:
        return
    activity = books.get(Activity, activity_id)
    activity.adjust(stamp, document_id=document_id, amount_c=cost_c)
    follow_cost(books, stamp, activity=activity, cost_c=-cost_c, cause=Cause(document_id, None, booked_on))
