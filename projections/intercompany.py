"""Between entities of the group: which invoice of one is which bill of another, and whether both sides agree."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from domain.aggregates.group_link import GroupLink
from projections.outgoings import OUTGOINGS
from projections.purchases import PURCHASE_BOOK
from projections.read_model import Page, ReadModel, Table, on
from projections.reader import Reader, position_of, rows_of
from projections.receivables import RECEIVABLES

LINKS = Table(
    "group_link",
    (
        """
        CREATE TABLE group_link (
            link_id uuid PRIMARY KEY,
            seller_id uuid NOT NULL,
            buyer_id uuid NOT NULL,
            client_id uuid NOT NULL,
            supplier_id uuid NOT NULL,
            position bigint NOT NULL
        )
        """,
    ),
    "SELECT * FROM group_link ORDER BY link_id",
)
PAIRS = Table(
    "intercompany",
    (
        """
        CREATE TABLE intercompany (
            intercompany_id uuid PRIMARY KEY,
            link_id uuid NOT NULL,
            seller_id uuid NOT NULL,
            buyer_id uuid NOT NULL,
            invoice_id uuid NOT NULL,
            purchase_id uuid NOT NULL,
            gross_c bigint NOT NULL,
            position bigint NOT NULL
        )
        """,
    ),
    "SELECT * FROM intercompany ORDER BY intercompany_id",
)

_ADD_LINK = "COPY group_link (link_id, seller_id, buyer_id, client_id, supplier_id, position) FROM STDIN"
_ADD_PAIR = """
    COPY intercompany (
        intercompany_id, link_id, seller_id, buyer_id, invoice_id, purchase_id, gross_c, position
    ) FROM STDIN
"""


class IntercompanyPage(Page):
    """Takes links and mirrored invoices in."""

    @on(GroupLink.Opened)
    def _linked(self, position: int, event: GroupLink.Opened) -> None:
        sides = (event.entity_id, event.buyer_id, event.client_id, event.supplier_id)
        self.add(_ADD_LINK, event.originator_id, *sides, position)

    @on(GroupLink.Mirrored)
    def _mirrored(self, position: int, event: GroupLink.Mirrored) -> None:
        sides = (event.originator_id, event.entity_id, event.buyer_id, event.invoice_id, event.purchase_id)
        self.add(_ADD_PAIR, event.intercompany_id, *sides, event.gross_c, position)


INTERCOMPANY = ReadModel("intercompany", 1, (LINKS, PAIRS), IntercompanyPage)

MODELS = (INTERCOMPANY.name, RECEIVABLES.name, PURCHASE_BOOK.name, OUTGOINGS.name)
"""The read models that are asked."""


@dataclass(frozen=True)
class IntercompanyItem:
    """One invoice on both sides, in cents.

    The seller is still owed `seller_open_c` (400); the buyer owes `buyer_owes_c` (440) once another
    person approved the bill, less what was credited, and an approved order has `in_transit_c` on its way (580). What is left,
    `difference_c`, is zero when both sides agree: else the bill waits, was rejected, or the invoice was
    credited on one side only, or the money has left and was not allocated yet.
    """

    intercompany_id: UUID
    seller_id: UUID
    buyer_id: UUID
    invoice_id: UUID
    invoice_no: str
    purchase_id: UUID
    issued_on: date
    gross_c: int
    credited_c: int
    seller_open_c: int
    purchase_state: str
    buyer_owes_c: int
    in_transit_c: int
    difference_c: int
    position: int


@dataclass(frozen=True)
class Reconciliation:
    """Both sides of what entities of the group sold each other, as the log stood at `position`, and all that differs."""

    position: int
    difference_c: int
    items: tuple[IntercompanyItem, ...]


_ITEMS = """
    SELECT i.intercompany_id, i.seller_id, i.buyer_id, i.invoice_id, r.invoice_no, i.purchase_id, r.issued_on,
        i.gross_c, r.credited_c, r.open_c AS seller_open_c, p.state AS purchase_state, buyer_owes_c, in_transit_c,
        r.open_c - buyer_owes_c - in_transit_c AS difference_c, i.position
    FROM intercompany AS i
    JOIN receivable AS r USING (invoice_id)
    JOIN purchase_invoice AS p USING (purchase_id)
    LEFT JOIN payment_order AS o ON o.order_id = p.order_id
    CROSS JOIN LATERAL (
        SELECT CASE WHEN p.state = 'approved' AND p.order_id IS NULL THEN p.due_c - p.less_due_c ELSE 0 END AS buyer_owes_c,
            CASE WHEN o.state = 'approved' THEN o.amount_c ELSE 0 END AS in_transit_c
    ) AS owed
    WHERE %(entity_id)s::uuid IS NULL OR %(entity_id)s IN (i.seller_id, i.buyer_id)
    ORDER BY i.position
"""


def reconciliation(reader: Reader, *, entity_id: UUID | None = None) -> Reconciliation:
    """Return what entities sold each other, or what one of them sold or bought; raises NotProjectedYet."""
    with reader.snapshot() as cursor:
        position = min(position_of(cursor, model) for model in MODELS)
        found = rows_of(cursor.connection, IntercompanyItem, _ITEMS, entity_id=entity_id)
    return Reconciliation(position, sum(each.difference_c for each in found), tuple(found))
