"""Drafts of invoices: what was asked to be invoiced, what became of it, and by which invoice."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from domain.aggregates.invoice_draft import InvoiceDraft
from projections.agreement import Agreement
from projections.read_model import Page, ReadModel, Table, on
from projections.reader import Reader

DRAFTS = Table(
    "invoice_draft",
    (
        """
        CREATE TABLE invoice_draft (
            invoice_draft_id uuid PRIMARY KEY,
            entity_id uuid NOT NULL,
            activity_id uuid NOT NULL,
            client_id uuid NOT NULL,
            membership_id uuid NOT NULL,
            drafted_by text NOT NULL,
            drafted_for text,
            drafted_on date NOT NULL,
            supplied_on date NOT NULL,
            submitted_on date,
            answered_on date,
            state text NOT NULL,
            net_c bigint NOT NULL,
            vat_c bigint NOT NULL,
            gross_c bigint NOT NULL,
            invoice_id uuid,
            said_at bigint NOT NULL,
            rejected_at bigint,
            position bigint NOT NULL
        )
        """,
        "CREATE INDEX invoice_draft_in_order ON invoice_draft (position)",
        "CREATE INDEX invoice_draft_invoiced ON invoice_draft (invoice_id) WHERE invoice_id IS NOT NULL",
        "CREATE INDEX invoice_draft_waiting ON invoice_draft (submitted_on) WHERE state = 'submitted'",
    ),
    "SELECT * FROM invoice_draft ORDER BY invoice_draft_id",
    (
        Agreement(
            "what a draft asks are the lines that were said last",
            "invoice_draft",
            "net_c",
            ("invoice_draft_id",),
            """
            SELECT invoice_draft_id, sum(l.net_c) AS figure
            FROM {made}.invoice_draft JOIN {made}.invoice_draft_line AS l USING (said_at) GROUP BY 1
            """,
            "SELECT invoice_draft_id, net_c AS figure FROM {live}.invoice_draft",
        ),
    ),
)
LINES = Table(
    "invoice_draft_line",
    (
        """
        CREATE TABLE invoice_draft_line (
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
    "SELECT * FROM invoice_draft_line ORDER BY said_at, line_no",
)
TEXTS = Table(
    "invoice_draft_text",
    (
        """
        CREATE TABLE invoice_draft_text (
            said_at bigint,
            line_no integer,
            description text NOT NULL,
            PRIMARY KEY (said_at, line_no)
        )
        """,
    ),
    None,
)
REASONS = Table(
    "invoice_draft_reason",
    ("CREATE TABLE invoice_draft_reason (rejected_at bigint PRIMARY KEY, reason text NOT NULL)",),
    None,
)

_ADD = """
    COPY invoice_draft (
        invoice_draft_id, entity_id, activity_id, client_id, membership_id, drafted_by, drafted_for,
        drafted_on, supplied_on, state, net_c, vat_c, gross_c, said_at, position
    ) FROM STDIN
"""
_ADD_LINE = """
    COPY invoice_draft_line (
        said_at, line_no, quantity, unit_price, net_c, vat_category, vat_rate_bp, exemption_code
    ) FROM STDIN
"""
_ADD_TEXT = "COPY invoice_draft_text (said_at, line_no, description) FROM STDIN"
_ADD_REASON = "COPY invoice_draft_reason (rejected_at, reason) FROM STDIN"
_MOVE = """
    UPDATE invoice_draft SET
        state = %(state)s,
        supplied_on = coalesce(%(supplied_on)s, supplied_on),
        submitted_on = coalesce(%(submitted_on)s, submitted_on),
        answered_on = coalesce(%(answered_on)s, answered_on),
        net_c = coalesce(%(net_c)s, net_c),
        vat_c = coalesce(%(vat_c)s, vat_c),
        gross_c = coalesce(%(gross_c)s, gross_c),
        invoice_id = coalesce(%(invoice_id)s, invoice_id),
        said_at = coalesce(%(said_at)s, said_at),
        rejected_at = coalesce(%(rejected_at)s, rejected_at)
    WHERE invoice_draft_id = %(invoice_draft_id)s
"""
_UNCHANGED: dict[str, Any] = dict.fromkeys(
    (
        "supplied_on",
        "submitted_on",
        "answered_on",
        "net_c",
        "vat_c",
        "gross_c",
        "invoice_id",
        "said_at",
        "rejected_at",
    )
)


class InvoiceDraftsPage(Page):
    """Takes drafts of invoices in, and what becomes of them."""

    @on(InvoiceDraft.Drafted)
    def _drafted(self, position: int, event: InvoiceDraft.Drafted) -> None:
        whose = (event.entity_id, event.activity_id, event.client_id, event.membership_id)
        by = (event.actor, event.on_behalf_of)
        days = (event.effective_on, event.supplied_on)
        sums = (event.net_c, event.vat_c, event.gross_c)
        self.add(_ADD, event.originator_id, *whose, *by, *days, "drafted", *sums, position, position)
        self._say(position, event)

    @on(InvoiceDraft.Amended)
    def _amended(self, position: int, event: InvoiceDraft.Amended) -> None:
        sums = {"net_c": event.net_c, "vat_c": event.vat_c, "gross_c": event.gross_c}
        self._move(event, "drafted", supplied_on=event.supplied_on, said_at=position, **sums)
        self._say(position, event)

    @on(InvoiceDraft.Submitted)
    def _submitted(self, _: int, event: InvoiceDraft.Submitted) -> None:
        self._move(event, "submitted", submitted_on=event.effective_on)

    @on(InvoiceDraft.Rejected)
    def _rejected(self, position: int, event: InvoiceDraft.Rejected) -> None:
        self._move(event, "rejected", answered_on=event.effective_on, rejected_at=position)
        self.add(_ADD_REASON, position, event.reason)

    @on(InvoiceDraft.Issued)
    def _issued(self, _: int, event: InvoiceDraft.Issued) -> None:
        self._move(event, "issued", answered_on=event.effective_on, invoice_id=event.invoice_id)

    @on(InvoiceDraft.Withdrawn)
    def _withdrawn(self, _: int, event: InvoiceDraft.Withdrawn) -> None:
        self._move(event, "withdrawn")

    def _move(self, event: InvoiceDraft.Event, state: str, **says: Any) -> None:
        self.change(_MOVE, **_UNCHANGED | says, state=state, invoice_draft_id=event.originator_id)

    def _say(self, position: int, event: InvoiceDraft.Drafted | InvoiceDraft.Amended) -> None:
        for line_no, line in enumerate(event.lines, start=1):
            says = (line.quantity, line.unit_price, line.net_c)
            vat = (line.vat_category.value, line.vat_rate_bp, line.exemption_code)
            self.add(_ADD_LINE, position, line_no, *says, *vat)
        for line_no, description in enumerate(event.descriptions, start=1):
            self.add(_ADD_TEXT, position, line_no, description)


INVOICE_DRAFTS = ReadModel("invoice_drafts", 2, (DRAFTS, LINES, TEXTS, REASONS), InvoiceDraftsPage)


@dataclass(frozen=True)
class Draft:
    """One draft of an invoice, in cents, as it would be invoiced now.

    `state` is drafted, submitted, rejected (for `reason`, the last that was given), issued (as `invoice_id`) or
    withdrawn; `membership_id` is the member for whose activity it is.
    """

    invoice_draft_id: UUID
    entity_id: UUID
    activity_id: UUID
    client_id: UUID
    membership_id: UUID
    drafted_by: str
    drafted_for: str | None
    drafted_on: date
    supplied_on: date
    submitted_on: date | None
    answered_on: date | None
    state: str
    reason: str | None
    net_c: int
    vat_c: int
    gross_c: int
    invoice_id: UUID | None
    position: int


@dataclass(frozen=True)
class DraftedLine:
    """One line as it is asked now; the description reads as erased once it was."""

    description: str
    quantity: str
    unit_price: str
    net_c: int
    vat_category: str
    vat_rate_bp: int
    exemption_code: str


_COLUMNS = """
    SELECT invoice_draft_id, entity_id, activity_id, client_id, membership_id, drafted_by, drafted_for,
        drafted_on, supplied_on, submitted_on, answered_on, state, reason, net_c, vat_c, gross_c, invoice_id,
        position
    FROM invoice_draft LEFT JOIN invoice_draft_reason USING (rejected_at)
"""
_OF = "(%(of)s::text IS NULL OR drafted_by = %(of)s OR drafted_for = %(of)s)"
_LATEST = f"""
    {_COLUMNS}
    WHERE (%(entity_id)s::uuid IS NULL OR entity_id = %(entity_id)s)
        AND (%(state)s::text IS NULL OR state = %(state)s)
        AND {_OF}
        AND position < coalesce(%(before)s::bigint, 9223372036854775807)
    ORDER BY position DESC LIMIT %(limit)s
"""
_ONE = f"{_COLUMNS} WHERE invoice_draft_id = %(invoice_draft_id)s AND {_OF}"
_OF_INVOICE = f"{_COLUMNS} WHERE invoice_id = %(invoice_id)s"
_LINES_OF = """
    SELECT coalesce(description, '') AS description, quantity, unit_price, l.net_c, vat_category,
        vat_rate_bp, exemption_code
    FROM invoice_draft JOIN invoice_draft_line AS l USING (said_at)
        LEFT JOIN invoice_draft_text USING (said_at, line_no)
    WHERE invoice_draft_id = %(invoice_draft_id)s ORDER BY line_no
"""


def invoice_drafts(
    reader: Reader,
    *,
    entity_id: UUID | None = None,
    state: str | None = None,
    of: str | None = None,
    before: int | None = None,
    limit: int = 100,
) -> list[Draft]:
    """Return drafts, the latest first: in one state only, or of who drafted them (`of`) only, if it is given."""
    values = {"entity_id": entity_id, "state": state, "of": of, "before": before, "limit": limit}
    return reader.rows(Draft, _LATEST, **values)


def invoice_draft(reader: Reader, invoice_draft_id: UUID, *, of: str | None = None) -> Draft | None:
    """Return one draft, or None: also if `of` is given and it is not theirs."""
    return next(iter(reader.rows(Draft, _ONE, invoice_draft_id=invoice_draft_id, of=of)), None)


def lines_of(reader: Reader, invoice_draft_id: UUID) -> list[DraftedLine]:
    """Return the lines of a draft as they are now."""
    return reader.rows(DraftedLine, _LINES_OF, invoice_draft_id=invoice_draft_id)


def draft_of(reader: Reader, invoice_id: UUID) -> Draft | None:
    """Return the draft of which an invoice was issued, if there was one."""
    return next(iter(reader.rows(Draft, _OF_INVOICE, invoice_id=invoice_id)), None)
