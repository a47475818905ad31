"""Credit notes: take an invoice back, whole or in part, with its contribution, fund parts and payments."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple
from uuid import UUID

from domain.aggregates.activity import Activity
from domain.aggregates.client import Client
from domain.aggregates.credit_note import CreditNote
from domain.aggregates.invoice import Invoice
from domain.errors import ClientErased
from domain.facts import Stamp
from domain.ledger.books import Books
from domain.ledger.contributions import Cause, collect, collects_apart, follow_invoice, rule_of
from domain.ledger.doubts import make_room
from domain.ledger.numbering import next_number
from domain.ledger.ordering import give_back_to_order
from domain.ledger.overpayments import hold_overpayment
from domain.ledger.periods import booking_date
from domain.ledger.returns import take_back
from domain.personal import ERASED
from domain.settlement import FundPart
from domain.vat import CreditedBase, VatRow, net_of, vat_of

SERIES = "C"


class GivenBack(NamedTuple):
    """What a credit note gives an activity back of what its invoice was charged, in cents.

    `off_invoice` are those of the fund parts that the invoice itself froze.
    """

    contribution_c: int
    fund_parts: tuple[FundPart, ...]
    off_invoice: tuple[FundPart, ...]


def issue_credit_note(
    books: Books,
    stamp: Stamp,
    *,
    credit_note_id: UUID,
    invoice_id: UUID,
    issued_on: date,
    reason: str,
    rows: Sequence[CreditedBase] | None = None,
) -> None:
    """Credit these bases of an invoice, or all that is left of it; what was paid beyond is held for the client.

    It is accepted whatever the activity has already spent. The number, the mirrored VAT, contribution
    and fund parts and what is held stand in one batch.
    """
    invoice = books.get(Invoice, invoice_id)
    client = books.get(Client, invoice.client_id)
    if client.name == ERASED:
        raise ClientErased(client_id=client.id)
    vat = invoice.to_credit(rows, issued_on=issued_on)
    booked_on = booking_date(books, invoice.entity_id, issued_on)
    number = next_number(books, stamp, entity_id=invoice.entity_id, series=SERIES, on=issued_on)
    credit_note_no = f"{issued_on:%Y}-{SERIES}-{number:06}"
    issued = stamp.dated(issued_on)
    activity = books.get(Activity, invoice.activity_id)
    before_c = activity.available_c(0)
    # Taken off first, at the proportions it was paid in: what stays is never paid too much.
    _hold_what_is_paid_beyond(books, issued, invoice, vat, because=f"credit note {credit_note_no}")
    cause = Cause(credit_note_id, invoice_id, booked_on)
    given_back = _give_back(books, issued, invoice, vat, cause=cause)
    make_room(books, issued, invoice=invoice, amount_c=net_of(vat) + vat_of(vat))
    lowered = invoice.credit(
        issued,
        credit_note_id=credit_note_id,
        rows=vat,
        fund_parts=given_back.off_invoice,
    )
    note = CreditNote.issue(
        issued,
        id=credit_note_id,
        entity_id=invoice.entity_id,
        activity_id=invoice.activity_id,
        client_id=invoice.client_id,
        booked_on=booked_on,
        credit_note_no=credit_note_no,
        invoice_id=invoice_id,
        invoice_no=invoice.invoice_no,
        issued_on=issued_on,
        vat=vat,
        open_net_c=lowered.open_net_c,
        plan_version=invoice.plan_version,
        contribution_c=given_back.contribution_c,
        fund_parts=given_back.fund_parts,
        reason=reason,
        buyer_name=client.name,
        buyer_address=client.address,
        buyer_vat_no=client.vat_no,
    )
    books.record(note)
    give_back_to_order(books, issued, invoice_id=invoice_id, credit_note_id=credit_note_id, net_c=net_of(vat))
    activity.credit(issued, document_id=credit_note_id, net_c=net_of(vat), open_net_c=lowered.open_net_c)
    activity.weigh(issued, document_id=credit_note_id, before_c=before_c)
    for part in lowered.collected:
        collect(books, issued, part, activity_id=activity.id, document_id=invoice_id)


def _hold_what_is_paid_beyond(
    books: Books, stamp: Stamp, invoice: Invoice, vat: Sequence[VatRow], *, because: str
) -> None:
    """Hold for the client what receipts paid beyond what stays of the invoice, the last one first."""
    for line_id, amount_c in invoice.paid_beyond(vat):
        take_back(
            books, stamp, bank_line_id=line_id, invoice_id=invoice.id, amount_c=amount_c, reason=because
        )
        hold_overpayment(books, stamp, bank_line_id=line_id, client_id=invoice.client_id, amount_c=amount_c)


def _give_back(
    books: Books, stamp: Stamp, invoice: Invoice, vat: Sequence[VatRow], *, cause: Cause
) -> GivenBack:
    """Reverse contribution and fund parts by the plan that the invoice froze; what stays bears its own."""
    before = invoice.settlement
    after = before.less(net_of(vat), vat_of(vat), ())
    moved = follow_invoice(books, stamp, invoice=invoice, before=before, after=after, cause=cause)
    parts = tuple(replace(part, amount_c=-part.amount_c) for part in moved.accrued)
    terms = rule_of(books, invoice).terms
    return GivenBack(-moved.contribution_c, parts, () if collects_apart(terms) else parts)
