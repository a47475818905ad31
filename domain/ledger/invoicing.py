"""Invoicing: register a client, issue an invoice with its contribution and fund parts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from domain.aggregates.activity import Activity
from domain.aggregates.client import Client, ClientKind
from domain.aggregates.invoice import Invoice
from domain.aggregates.legal_entity import LegalEntity
from domain.contributions import Counted
from domain.errors import ClientErased, EmptyText, FiguresDoNotAddUp, OtherEntity, UnknownVatRate
from domain.facts import Stamp, require_day
from domain.ledger.books import Books
from domain.ledger.contributions import Cause, collects_apart, count, plan_of, record
from domain.ledger.numbering import next_number
from domain.ledger.periods import booking_date
from domain.ledger.presets import PAYMENT_TERM_DAYS, VAT_RATES_BP
from domain.personal import ERASED
from domain.references import reference_of
from domain.vat import InvoiceLine, VatCategory, VatRow, line_of, net_of, vat_of, vat_rows

SERIES = "F"


@dataclass(frozen=True)
class AskedLine:
    """One line as asked: decimal strings, a VAT category with its rate, and what it is for."""

    description: str
    quantity: str
    unit_price: str
    vat_category: VatCategory
    vat_rate_bp: int
    exemption_code: str


@dataclass(frozen=True)
class AskedFigures:
    """What a caller reckons an invoice to be, in cents; None is left to the ledger."""

    net_c: int | None = None
    vat_c: int | None = None
    gross_c: int | None = None

    def require(self, rows: Sequence[VatRow]) -> None:
        """Refuse figures that the VAT rows do not come to; raises FiguresDoNotAddUp."""
        net_c, vat_c = net_of(rows), vat_of(rows)
        for figure, reckoned_c in (("net_c", net_c), ("vat_c", vat_c), ("gross_c", net_c + vat_c)):
            given_c = getattr(self, figure)
            if given_c is not None and given_c != reckoned_c:
                raise FiguresDoNotAddUp(figure=figure, given=given_c, reckoned=reckoned_c)


def register_client(
    books: Books,
    stamp: Stamp,
    *,
    client_id: UUID,
    entity_id: UUID,
    kind: ClientKind,
    name: str,
    address: str,
    vat_no: str,
    email: str,
) -> None:
    """Register a client of an entity."""
    books.get(LegalEntity, entity_id)
    books.record(
        Client.register(
            stamp,
            id=client_id,
            entity_id=entity_id,
            kind=kind,
            name=name,
            address=address,
            vat_no=vat_no,
            email=email,
        )
    )


def issue_invoice(
    books: Books,
    stamp: Stamp,
    *,
    invoice_id: UUID,
    activity_id: UUID,
    client_id: UUID,
    issued_on: date,
    supplied_on: date,
    due_on: date | None,
    lines: Sequence[AskedLine],
    figures: AskedFigures | None = None,
) -> None:
    """Issue an invoice: number, VAT, reference, contribution and fund parts in one batch.

    It is booked by its date of issue (Belgian VAT falls due with the invoice), and takes effect on
    the day of supply. `figures` are what the caller reckons it to be; others refuse it.
    """
    require_day(supplied_on)
    activity = books.get(Activity, activity_id)
    activity.require_supplying(supplied_on)
    client = buyer_of(books, activity, client_id)
    entity = books.get(LegalEntity, activity.entity_id)
    rule = plan_of(books, activity.entity_id).in_force(issued_on, activity_id)
    drawn = draw_up(entity, lines, issued_on)
    net_c = sum(line.net_c for line in drawn)
    term = timedelta(days=int(entity.parameter(PAYMENT_TERM_DAYS, issued_on)))
    booked_on = booking_date(books, activity.entity_id, issued_on)
    number = next_number(books, stamp, entity_id=activity.entity_id, series=SERIES, on=issued_on)
    supplied = stamp.dated(supplied_on)
    moved = count(
        books,
        supplied,
        activity=activity,
        rule=rule,
        on=issued_on,
        before=Counted(),
        after=Counted(invoiced_c=net_c),
        document_id=invoice_id,
    )
    invoice = Invoice.issue(
        supplied,
        id=invoice_id,
        entity_id=activity.entity_id,
        activity_id=activity_id,
        client_id=client_id,
        booked_on=booked_on,
        invoice_no=f"{issued_on:%Y}-{SERIES}-{number:06}",
        issued_on=issued_on,
        supplied_on=supplied_on,
        due_on=due_on or issued_on + term,
        reference=reference_of(f"{entity.ordinal % 100:02}{issued_on:%y}{number:06}"),
        lines=drawn,
        plan_version=rule.version,
        contribution_c=moved.contribution_c,
        fund_parts=() if collects_apart(rule.terms) else moved.accrued,
        descriptions=tuple(line.description for line in lines),
        buyer_name=client.name,
        buyer_address=client.address,
        buyer_vat_no=client.vat_no,
    )
    if figures is not None:
        figures.require(vat_rows(drawn))
    books.record(invoice)
    activity.earn(supplied, document_id=invoice_id, net_c=net_c)
    cause = Cause(invoice_id, invoice_id, booked_on)
    record(books, supplied, activity=activity, rule=rule, moved=moved, cause=cause)


def buyer_of(books: Books, activity: Activity, client_id: UUID) -> Client:
    """Return the client; refuse one of another entity, or whose particulars were erased."""
    client = books.get(Client, client_id)
    if client.entity_id != activity.entity_id:
        raise OtherEntity(activity_id=activity.id, client_id=client_id)
    if client.name == ERASED:
        raise ClientErased(client_id=client_id)
    return client


def draw_up(entity: LegalEntity, lines: Sequence[AskedLine], on: date) -> tuple[InvoiceLine, ...]:
    """Draw lines up, at VAT rates in force on that day; raises EmptyText, UnknownVatRate."""
    rates = {int(rate) for rate in entity.parameter(VAT_RATES_BP, on).split(",")}
    for line in lines:
        if not line.description.strip():
            raise EmptyText(field="description")
        if line.vat_rate_bp not in rates:
            raise UnknownVatRate(rate_bp=line.vat_rate_bp, on=on, known=sorted(rates))
    return tuple(
        line_of(
            quantity=line.quantity,
            unit_price=line.unit_price,
            vat_category=line.vat_category,
            vat_rate_bp=line.vat_rate_bp,
            exemption_code=line.exemption_code,
        )
        for line in lines
    )


def asked_again(lines: Sequence[InvoiceLine], descriptions: Sequence[str]) -> list[AskedLine]:
    """Return lines that were drawn up as they were asked."""
    return [
        AskedLine(
            description=description,
            quantity=line.quantity,
            unit_price=line.unit_price,
            vat_category=line.vat_category,
            vat_rate_bp=line.vat_rate_bp,
            exemption_code=line.exemption_code,
        )
        # Descriptions that were erased are one word for all: then the client is refused.
        for line, description in zip(lines, descriptions, strict=False)
    ]
