"""Quotations and client orders: what was offered, what became of it, and what of it is invoiced."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from domain.aggregates.ordered_invoice import OrderedInvoice
from domain.aggregates.quotation import Quotation
from projections.read_model import Page, ReadModel, Table, on
from projections.reader import Reader

QUOTATIONS_TABLE = Table(
    "quotation",
    (
        """
        CREATE TABLE quotation (
            quotation_id uuid PRIMARY KEY,
            quotation_no text NOT NULL,
            entity_id uuid NOT NULL,
            activity_id uuid NOT NULL,
            client_id uuid NOT NULL,
            drafted_on date NOT NULL,
            valid_until date NOT NULL,
            sent_on date,
            answered_on date,
            confirmed_on date,
            state text NOT NULL,
            net_c bigint NOT NULL,
            vat_c bigint NOT NULL,
            gross_c bigint NOT NULL,
            invoiced_c bigint NOT NULL,
            evidence_sha256 text,
            said_at bigint NOT NULL,
            position bigint NOT NULL
        )
        """,
        "CREATE INDEX quotation_in_order ON quotation (position)",
        "CREATE INDEX quotation_unanswered ON quotation (valid_until) WHERE state = 'sent'",
    ),
    "SELECT * FROM quotation ORDER BY quotation_id",
)
LINES = Table(
    "quotation_line",
    (
        """
        CREATE TABLE quotation_line (
            said_at bigint,
            line_no integer,
            quantity text NOT NULL,
            unit_price text NOT NULL,
            net_c bigint NOT NULL,
            vat_category text NOT NULL,
            vat_rate_bp integer NOT NULL,
            exemption_code text NOT NULL,
            PRIMARY KEY (said_at, line_no)
        )
        """,
    ),
    "SELECT * FROM quotation_line ORDER BY said_at, line_no",
)
TEXTS = Table(
    "quotation_text",
    (
        """
        CREATE TABLE quotation_text (
            said_at bigint,
            line_no integer,
            description text NOT NULL,
            PRIMARY KEY (said_at, line_no)
        )
        """,
    ),
    None,
)
INVOICES = Table(
    "quotation_invoice",
    (
        """
        CREATE TABLE quotation_invoice (
            invoice_id uuid PRIMARY KEY,
            quotation_id uuid NOT NULL,
            confirmed_on date NOT NULL,
            position bigint NOT NULL
        )
        """,
        "CREATE INDEX quotation_invoice_of ON quotation_invoice (quotation_id)",
    ),
    "SELECT * FROM quotation_invoice ORDER BY invoice_id",
)

_ADD = """
    COPY quotation (
        quotation_id, quotation_no, entity_id, activity_id, client_id, drafted_on, valid_until, state,
        net_c, vat_c, gross_c, invoiced_c, said_at, position
    ) FROM STDIN
"""
_ADD_LINE = """
    COPY quotation_line (
        said_at, line_no, quantity, unit_price, net_c, vat_category, vat_rate_bp, exemption_code
    ) FROM STDIN
"""
_ADD_TEXT = "COPY quotation_text (said_at, line_no, description) FROM STDIN"
_ADD_INVOICE = "COPY quotation_invoice (invoice_id, quotation_id, confirmed_on, position) FROM STDIN"
_MOVE = """
    UPDATE quotation SET
        state = coalesce(%(state)s, state),
        valid_until = coalesce(%(valid_until)s, valid_until),
        sent_on = coalesce(%(sent_on)s, sent_on),
        answered_on = coalesce(%(answered_on)s, answered_on),
        confirmed_on = coalesce(%(confirmed_on)s, confirmed_on),
        evidence_sha256 = coalesce(%(evidence_sha256)s, evidence_sha256),
        net_c = coalesce(%(net_c)s, net_c),
        vat_c = coalesce(%(vat_c)s, vat_c),
        gross_c = coalesce(%(gross_c)s, gross_c),
        said_at = coalesce(%(said_at)s, said_at)
    WHERE quotation_id = %(quotation_id)s
"""
_UNCHANGED: dict[str, Any] = dict.fromkeys(
    (
        "state",
        "valid_until",
        "sent_on",
        "answered_on",
        "confirmed_on",
        "evidence_sha256",
        "net_c",
        "vat_c",
        "gross_c",
        "said_at",
    )
)
_INVOICE = """
    UPDATE quotation SET invoiced_c = invoiced_c + gained.amount_c
    FROM unnest(%s::uuid[], %s::bigint[]) AS gained (id, amount_c) WHERE quotation_id = gained.id
"""


class QuotationsPage(Page):
    """Takes quotations in, and what becomes of them."""

    @on(Quotation.Drafted)
    def _drafted(self, position: int, event: Quotation.Drafted) -> None:
        whose = (event.entity_id, event.activity_id, event.client_id)
        days = (event.effective_on, event.valid_until)
        sums = (event.net_c, event.vat_c, event.gross_c, 0)
        self.add(
            _ADD, event.originator_id, event.quotation_no, *whose, *days, "drafted", *sums, position, position
        )
        self._say(position, event)

    @on(Quotation.Redrafted, Quotation.OrderAmended)
    def _said(self, position: int, event: Quotation.Redrafted | Quotation.OrderAmended) -> None:
        sums = {"net_c": event.net_c, "vat_c": event.vat_c, "gross_c": event.gross_c}
        if isinstance(event, Quotation.Redrafted):
            self._move(event, valid_until=event.valid_until, said_at=position, **sums)
        else:
            self._move(event, evidence_sha256=event.evidence_sha256, said_at=position, **sums)
        self._say(position, event)

    @on(Quotation.Sent)
    def _sent(self, _: int, event: Quotation.Sent) -> None:
        self._move(event, state="sent", sent_on=event.effective_on)

    @on(Quotation.Accepted)
    def _accepted(self, _: int, event: Quotation.Accepted) -> None:
        self._move(event, state="accepted", answered_on=event.effective_on)

    @on(Quotation.Declined)
    def _declined(self, _: int, event: Quotation.Declined) -> None:
        self._move(event, state="declined", answered_on=event.effective_on)

    @on(Quotation.Lapsed)
    def _lapsed(self, _: int, event: Quotation.Lapsed) -> None:
        self._move(event, state="lapsed")

    @on(Quotation.Withdrawn)
    def _withdrawn(self, _: int, event: Quotation.Withdrawn) -> None:
        self._move(event, state="withdrawn")

    @on(Quotation.OrderConfirmed)
    def _confirmed(self, _: int, event: Quotation.OrderConfirmed) -> None:
        days = {"confirmed_on": event.effective_on, "evidence_sha256": event.evidence_sha256}
        self._move(event, state="confirmed", **days)

    @on(Quotation.Invoiced)
    def _invoiced(self, _: int, event: Quotation.Invoiced) -> None:
        self.add_amount(_INVOICE, event.originator_id, event.net_c)

    @on(Quotation.InvoiceCredited)
    def _credited(self, _: int, event: Quotation.InvoiceCredited) -> None:
        self.add_amount(_INVOICE, event.originator_id, -event.net_c)

    @on(OrderedInvoice.Drawn)
    def _drawn(self, position: int, event: OrderedInvoice.Drawn) -> None:
        self.add(_ADD_INVOICE, event.invoice_id, event.quotation_id, event.confirmed_on, position)

    def _move(self, event: Quotation.Event, **says: Any) -> None:
        self.change(_MOVE, **_UNCHANGED | says, quotation_id=event.originator_id)

    def _say(
        self, position: int, event: Quotation.Drafted | Quotation.Redrafted | Quotation.OrderAmended
    ) -> None:
        for line_no, line in enumerate(event.lines, start=1):
            says = (line.quantity, line.unit_price, line.net_c)
            vat = (line.vat_category.value, line.vat_rate_bp, line.exemption_code)
            self.add(_ADD_LINE, position, line_no, *says, *vat)
        for line_no, description in enumerate(event.descriptions, start=1):
            self.add(_ADD_TEXT, position, line_no, description)


QUOTATIONS = ReadModel("quotations", 1, (QUOTATIONS_TABLE, LINES, TEXTS, INVOICES), QuotationsPage)


@dataclass(frozen=True)
class Quoted:
    """One quotation, in cents; `invoiced_c` is what of it is invoiced, net of VAT and of credit notes.

    `state` is drafted, sent, accepted, declined, lapsed, withdrawn, or confirmed: then it is an order, which
    the document `evidence_sha256` proves.
    """

    quotation_id: UUID
    quotation_no: str
    entity_id: UUID
    activity_id: UUID
    client_id: UUID
    drafted_on: date
    valid_until: date
    sent_on: date | None
    answered_on: date | None
    confirmed_on: date | None
    state: str
    net_c: int
    vat_c: int
    gross_c: int
    invoiced_c: int
    evidence_sha256: str | None
    position: int


@dataclass(frozen=True)
class QuotedLine:
    """One line as it is offered now; the description reads as erased once it was."""

    description: str
    quantity: str
    unit_price: str
    net_c: int
    vat_category: str
    vat_rate_bp: int
    exemption_code: str


_COLUMNS = """
    SELECT quotation_id, quotation_no, entity_id, activity_id, client_id, drafted_on, valid_until, sent_on,
        answered_on, confirmed_on, state, net_c, vat_c, gross_c, invoiced_c, evidence_sha256, position
    FROM quotation
"""
_LATEST = f"""
    {_COLUMNS}
    WHERE (%(entity_id)s::uuid IS NULL OR entity_id = %(entity_id)s)
        AND (%(state)s::text IS NULL OR state = %(state)s)
        AND position < coalesce(%(before)s::bigint, 9223372036854775807)
    ORDER BY position DESC LIMIT %(limit)s
"""
_ONE = f"{_COLUMNS} WHERE quotation_id = %(quotation_id)s"
_UNANSWERED = f"{_COLUMNS} WHERE state = 'sent' AND valid_until < %(day)s ORDER BY valid_until, position"
_LINES_OF = """
    SELECT coalesce(description, '') AS description, quantity, unit_price, l.net_c, vat_category,
        vat_rate_bp, exemption_code
    FROM quotation JOIN quotation_line AS l USING (said_at) LEFT JOIN quotation_text USING (said_at, line_no)
    WHERE quotation_id = %(quotation_id)s ORDER BY line_no
"""


def quotations(
    reader: Reader,
    *,
    entity_id: UUID | None = None,
    state: str | None = None,
    before: int | None = None,
    limit: int = 100,
) -> list[Quoted]:
    """Return quotations, the latest first, in one state only if it is given."""
    values = {"entity_id": entity_id, "state": state, "before": before, "limit": limit}
    return reader.rows(Quoted, _LATEST, **values)


def quotation(reader: Reader, quotation_id: UUID) -> Quoted | None:
    """Return one quotation, or None."""
    return next(iter(reader.rows(Quoted, _ONE, quotation_id=quotation_id)), None)


def lines_of(reader: Reader, quotation_id: UUID) -> list[QuotedLine]:
    """Return the lines of a quotation as they are now."""
    return reader.rows(QuotedLine, _LINES_OF, quotation_id=quotation_id)


def unanswered(reader: Reader, *, day: date) -> list[Quoted]:
    """Return the quotations that were sent, and are valid no more on that day."""
    return reader.rows(Quoted, _UNANSWERED, day=day)
