"""Quotations and client orders: drafted, sent, answered, confirmed, amended, and turned into invoices."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from domain.aggregates.activity import Activity
from domain.aggregates.client import Client
from domain.aggregates.legal_entity import LegalEntity
from domain.aggregates.ordered_invoice import OrderedInvoice
from domain.aggregates.quotation import Quotation
from domain.drawn_up import DrawnUp
from domain.errors import ClientErased, OrderInvoicedInPart, OtherEntity
from domain.facts import Stamp, require_day
from domain.ledger.books import Books
from domain.ledger.invoicing import AskedFigures, AskedLine, asked_again, draw_up, issue_invoice
from domain.ledger.numbering import next_number
from domain.ledger.ordering import ordered_invoice_id
from domain.personal import ERASED

SERIES = "Q"


def draft_quotation(
    books: Books,
    stamp: Stamp,
    *,
    quotation_id: UUID,
    activity_id: UUID,
    client_id: UUID,
    valid_until: date,
    lines: Sequence[AskedLine],
) -> None:
    """Draft a quotation for a client of the activity's entity, under the next number of its series."""
    require_day(valid_until)
    activity, client = books.get(Activity, activity_id), books.get(Client, client_id)
    if client.entity_id != activity.entity_id:
        raise OtherEntity(activity_id=activity_id, client_id=client_id)
    if client.name == ERASED:
        raise ClientErased(client_id=client_id)
    on = stamp.effective_on
    quoted = _quoted(books, activity.entity_id, lines, on)
    number = next_number(books, stamp, entity_id=activity.entity_id, series=SERIES, on=on)
    books.record(
        Quotation.draft(
            stamp,
            id=quotation_id,
            entity_id=activity.entity_id,
            activity_id=activity_id,
            client_id=client_id,
            quotation_no=f"{on:%Y}-{SERIES}-{number:06}",
            quoted=quoted,
            valid_until=valid_until,
        )
    )


def redraft_quotation(
    books: Books, stamp: Stamp, *, quotation_id: UUID, valid_until: date, lines: Sequence[AskedLine]
) -> None:
    """Let a draft say something else. Raises QuotationInOtherState."""
    require_day(valid_until)
    quotation = books.get(Quotation, quotation_id)
    quoted = _quoted(books, quotation.entity_id, lines, stamp.effective_on)
    quotation.redraft(stamp, quoted=quoted, valid_until=valid_until)


def send_quotation(books: Books, stamp: Stamp, *, quotation_id: UUID) -> None:
    """Say that a quotation was sent. Raises QuotationInOtherState, QuotationExpired."""
    books.get(Quotation, quotation_id).send(stamp)


def accept_quotation(books: Books, stamp: Stamp, *, quotation_id: UUID) -> None:
    """Say that the client accepted it, while it was valid. Raises QuotationInOtherState, QuotationExpired."""
    books.get(Quotation, quotation_id).accept(stamp)


def decline_quotation(books: Books, stamp: Stamp, *, quotation_id: UUID, reason: str = "") -> None:
    """Say that the client declined it. Raises QuotationInOtherState."""
    books.get(Quotation, quotation_id).decline(stamp, reason=reason)


def lapse_quotation(books: Books, stamp: Stamp, *, quotation_id: UUID) -> None:
    """Let it lapse, once it is valid no more. Raises QuotationInOtherState, QuotationStillValid."""
    books.get(Quotation, quotation_id).lapse(stamp)


def withdraw_quotation(books: Books, stamp: Stamp, *, quotation_id: UUID, reason: str) -> None:
    """Offer it no longer, as long as no order was confirmed. Raises QuotationInOtherState."""
    books.get(Quotation, quotation_id).withdraw(stamp, reason=reason)


def confirm_order(books: Books, stamp: Stamp, *, quotation_id: UUID, evidence_sha256: str) -> None:
    """Confirm the client's order, which a document proves. Raises QuotationInOtherState, OrderWithoutEvidence."""
    books.get(Quotation, quotation_id).confirm(stamp, evidence_sha256=evidence_sha256)


def amend_order(
    books: Books, stamp: Stamp, *, quotation_id: UUID, lines: Sequence[AskedLine], evidence_sha256: str
) -> None:
    """Let the client order something else, not less than what was invoiced. Raises AmendedBelowInvoiced."""
    order = books.get(Quotation, quotation_id)
    quoted = _quoted(books, order.entity_id, lines, stamp.effective_on)
    order.amend(stamp, quoted=quoted, evidence_sha256=evidence_sha256)


def invoice_order(
    books: Books,
    stamp: Stamp,
    *,
    quotation_id: UUID,
    invoice_id: UUID,
    issued_on: date,
    supplied_on: date,
    due_on: date | None,
    lines: Sequence[AskedLine] | None = None,
    figures: AskedFigures | None = None,
) -> None:
    """Invoice a confirmed order: these lines, or all of it as it was ordered.

    All invoices of an order come to no more than it, net of VAT. Raises OrderNotConfirmed,
    OrderInvoicedInPart, ExceedsOrder.
    """
    order = books.get(Quotation, quotation_id)
    if lines is None and order.invoiced_c:
        raise OrderInvoicedInPart(invoiced_c=order.invoiced_c)
    asked = asked_again(order.lines, order.descriptions) if lines is None else lines
    drawn = draw_up(books.get(LegalEntity, order.entity_id), asked, issued_on)
    confirmed_on = order.invoice(
        stamp, invoice_id=invoice_id, net_c=sum(line.net_c for line in drawn), issued_on=issued_on
    )
    issue_invoice(
        books,
        stamp,
        invoice_id=invoice_id,
        activity_id=order.activity_id,
        client_id=order.client_id,
        issued_on=issued_on,
        supplied_on=supplied_on,
        due_on=due_on,
        lines=asked,
        figures=figures,
    )
    books.record(
        OrderedInvoice.begin(
            stamp,
            id=ordered_invoice_id(invoice_id),
            entity_id=order.entity_id,
            quotation_id=quotation_id,
            invoice_id=invoice_id,
            confirmed_on=confirmed_on,
        )
    )


def _quoted(books: Books, entity_id: UUID, lines: Sequence[AskedLine], on: date) -> DrawnUp:
    drawn = draw_up(books.get(LegalEntity, entity_id), lines, on)
    return DrawnUp(drawn, tuple(line.description for line in lines))
