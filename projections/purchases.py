"""Purchases: suppliers, their bills and what became of them, and what was declared to the state."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from domain.aggregates.declaration import Declaration
from domain.aggregates.purchase_invoice import PurchaseInvoice, PurchaseState
from domain.aggregates.supplier import Supplier
from projections.read_model import Page, ReadModel, Table, on
from projections.reader import Reader

SUPPLIERS = Table(
    "supplier",
    (
        "CREATE TABLE supplier (supplier_id uuid PRIMARY KEY, entity_id uuid NOT NULL, position bigint NOT NULL)",
    ),
    "SELECT * FROM supplier ORDER BY supplier_id",
)
PARTICULARS = Table(
    "supplier_particulars",
    (
        """
        CREATE TABLE supplier_particulars (
            supplier_id uuid PRIMARY KEY, name text NOT NULL, address text NOT NULL, vat_no text NOT NULL
        )
        """,
    ),
    None,
)
PURCHASES = Table(
    "purchase_invoice",
    (
        """
        CREATE TABLE purchase_invoice (
            purchase_id uuid PRIMARY KEY,
            entity_id uuid NOT NULL,
            supplier_id uuid NOT NULL,
            activity_id uuid,
            issued_on date NOT NULL,
            due_on date NOT NULL,
            net_c bigint NOT NULL,
            vat_c bigint NOT NULL,
            vat_deductible_c bigint NOT NULL,
            due_c bigint NOT NULL,
            document_sha256 text NOT NULL,
            received_by text NOT NULL,
            state text NOT NULL,
            answered_by text,
            answered_on date,
            overdrawn_c bigint,
            order_id uuid,
            position bigint NOT NULL,
            intercompany_id uuid,
            credited_c bigint NOT NULL DEFAULT 0,
            less_due_c bigint NOT NULL DEFAULT 0,
            received_on date NOT NULL
        )
        """,
        "CREATE INDEX purchase_invoice_of_entity ON purchase_invoice (entity_id, position)",
    ),
    "SELECT * FROM purchase_invoice ORDER BY purchase_id",
)
NUMBERS = Table(
    "purchase_number",
    ("CREATE TABLE purchase_number (purchase_id uuid PRIMARY KEY, purchase_no text NOT NULL)",),
    None,
)
DECLARATIONS = Table(
    "declaration",
    (
        """
        CREATE TABLE declaration (
            declaration_id uuid PRIMARY KEY,
            entity_id uuid NOT NULL,
            levy text NOT NULL,
            first_on date NOT NULL,
            last_on date NOT NULL,
            due_c bigint NOT NULL,
            deductible_c bigint NOT NULL,
            position bigint NOT NULL,
            order_id uuid,
            withdrawn_on date,
            filed_on date NOT NULL
        )
        """,
    ),
    "SELECT * FROM declaration ORDER BY declaration_id",
)

_ADD_SUPPLIER = "COPY supplier (supplier_id, entity_id, position) FROM STDIN"
_ADD_PARTICULARS = "COPY supplier_particulars (supplier_id, name, address, vat_no) FROM STDIN"
_ADD_PURCHASE = """
    COPY purchase_invoice (
        purchase_id, entity_id, supplier_id, activity_id, issued_on, due_on, net_c, vat_c, vat_deductible_c,
        due_c, document_sha256, received_by, received_on, state, position, intercompany_id
    ) FROM STDIN
"""
_ADD_NUMBER = "COPY purchase_number (purchase_id, purchase_no) FROM STDIN"
_ANSWER = """
    UPDATE purchase_invoice SET state = %(state)s, answered_by = %(by)s, answered_on = %(on)s,
        overdrawn_c = coalesce(%(overdrawn_c)s, overdrawn_c)
    WHERE purchase_id = %(purchase_id)s
"""
_CREDIT = """
    UPDATE purchase_invoice SET credited_c = credited_c + more.amount_c
    FROM unnest(%s::uuid[], %s::bigint[]) AS more (id, amount_c) WHERE purchase_id = more.id
"""
_OWE_LESS = """
    UPDATE purchase_invoice SET less_due_c = less_due_c + more.amount_c
    FROM unnest(%s::uuid[], %s::bigint[]) AS more (id, amount_c) WHERE purchase_id = more.id
"""
_PAY = "UPDATE purchase_invoice SET order_id = %(order_id)s WHERE purchase_id = %(purchase_id)s"
_ADD_DECLARATION = """
    COPY declaration (
        declaration_id, entity_id, levy, first_on, last_on, due_c, deductible_c, filed_on, position
    ) FROM STDIN
"""
_PAY_DECLARATION = "UPDATE declaration SET order_id = %(order_id)s WHERE declaration_id = %(declaration_id)s"
_WITHDRAW_DECLARATION = (
    "UPDATE declaration SET withdrawn_on = %(on)s WHERE declaration_id = %(declaration_id)s"
)


class PurchasesPage(Page):
    """Takes bills and declarations in, and what became of them."""

    @on(Supplier.Registered)
    def _supplier(self, position: int, event: Supplier.Registered) -> None:
        self.add(_ADD_SUPPLIER, event.originator_id, event.entity_id, position)
        self.add(_ADD_PARTICULARS, event.originator_id, event.name, event.address, event.vat_no)

    @on(PurchaseInvoice.Received)
    def _received(self, position: int, event: PurchaseInvoice.Received) -> None:
        whose = (event.entity_id, event.supplier_id, event.activity_id, event.issued_on, event.due_on)
        amounts = (event.net_c, event.vat_c, event.vat_deductible_c, event.due_c)
        by = (event.actor, event.effective_on)
        said = (event.document_sha256, *by, PurchaseState.RECEIVED.value, position)
        self.add(_ADD_PURCHASE, event.originator_id, *whose, *amounts, *said, None)
        self.add(_ADD_NUMBER, event.originator_id, event.purchase_no)

    @on(PurchaseInvoice.TakenOver)
    def _taken_over(self, position: int, event: PurchaseInvoice.TakenOver) -> None:
        """Show only what is owed: VAT and cost stand in the old books."""
        whose = (event.entity_id, event.supplier_id, None, event.issued_on, event.due_on)
        amounts = (event.due_c, 0, 0, event.due_c)
        by = (event.actor, event.effective_on)
        said = (event.document_sha256, *by, PurchaseState.APPROVED.value, position)
        self.add(_ADD_PURCHASE, event.originator_id, *whose, *amounts, *said, None)
        self.add(_ADD_NUMBER, event.originator_id, event.purchase_no)

    @on(PurchaseInvoice.Mirrored)
    def _mirrored(self, position: int, event: PurchaseInvoice.Mirrored) -> None:
        """The invoice of the other entity is its document: no file came in."""
        whose = (event.entity_id, event.supplier_id, event.activity_id, event.issued_on, event.due_on)
        amounts = (event.net_c, event.vat_c, event.vat_deductible_c, event.due_c)
        by = (event.actor, event.effective_on)
        said = ("", *by, PurchaseState.RECEIVED.value, position, event.intercompany_id)
        self.add(_ADD_PURCHASE, event.originator_id, *whose, *amounts, *said)
        self.add(_ADD_NUMBER, event.originator_id, event.purchase_no)

    @on(PurchaseInvoice.Disputed)
    def _disputed(self, _: int, event: PurchaseInvoice.Disputed) -> None:
        self._answered(event, PurchaseState.DISPUTED)

    @on(PurchaseInvoice.Approved)
    def _approved(self, _: int, event: PurchaseInvoice.Approved) -> None:
        self._answered(event, PurchaseState.APPROVED, overdrawn_c=event.overdrawn_c)

    @on(PurchaseInvoice.Rejected)
    def _rejected(self, _: int, event: PurchaseInvoice.Rejected) -> None:
        self._answered(event, PurchaseState.REJECTED)

    @on(PurchaseInvoice.Reversed)
    def _reversed(self, _: int, event: PurchaseInvoice.Reversed) -> None:
        self._answered(event, PurchaseState.REVERSED)
        self.add_amount(_OWE_LESS, event.originator_id, event.gross_c - event.back_c)

    @on(PurchaseInvoice.Credited)
    def _credited(self, _: int, event: PurchaseInvoice.Credited) -> None:
        self.add_amount(_CREDIT, event.originator_id, event.gross_c)
        self.add_amount(_OWE_LESS, event.originator_id, event.gross_c - event.back_c)

    @on(PurchaseInvoice.SetOff, PurchaseInvoice.SetOffReversed)
    def _set_off(self, _: int, event: PurchaseInvoice.SetOff | PurchaseInvoice.SetOffReversed) -> None:
        self.add_amount(_OWE_LESS, event.originator_id, event.amount_c)

    def _answered(self, event: Any, state: PurchaseState, *, overdrawn_c: int | None = None) -> None:
        self.change(
            _ANSWER,
            purchase_id=event.originator_id,
            state=state.value,
            by=event.actor,
            on=event.effective_on,
            overdrawn_c=overdrawn_c,
        )

    @on(PurchaseInvoice.PaymentOrdered)
    def _paid(self, _: int, event: PurchaseInvoice.PaymentOrdered) -> None:
        self.change(_PAY, purchase_id=event.originator_id, order_id=event.order_id)

    @on(PurchaseInvoice.PaymentWithdrawn)
    def _not_paid(self, _: int, event: PurchaseInvoice.PaymentWithdrawn) -> None:
        self.change(_PAY, purchase_id=event.originator_id, order_id=None)

    @on(Declaration.Filed)
    def _filed(self, position: int, event: Declaration.Filed) -> None:
        span = (event.levy.value, event.first_on, event.last_on)
        said = (event.due_c, event.deductible_c, event.effective_on, position)
        self.add(_ADD_DECLARATION, event.originator_id, event.entity_id, *span, *said)

    @on(Declaration.PaymentOrdered)
    def _declaration_paid(self, _: int, event: Declaration.PaymentOrdered) -> None:
        self.change(_PAY_DECLARATION, declaration_id=event.originator_id, order_id=event.order_id)

    @on(Declaration.PaymentWithdrawn)
    def _declaration_not_paid(self, _: int, event: Declaration.PaymentWithdrawn) -> None:
        self.change(_PAY_DECLARATION, declaration_id=event.originator_id, order_id=None)

    @on(Declaration.Withdrawn)
    def _declaration_withdrawn(self, _: int, event: Declaration.Withdrawn) -> None:
        self.change(_WITHDRAW_DECLARATION, declaration_id=event.originator_id, on=event.effective_on)


PURCHASE_BOOK = ReadModel(
    "purchases",
    7,
    (SUPPLIERS, PARTICULARS, PURCHASES, NUMBERS, DECLARATIONS),
    PurchasesPage,
)


@dataclass(frozen=True)
class SupplierCard:
    """One supplier; `name`, `address` and `vat_no` read as erased once they were."""

    supplier_id: UUID
    entity_id: UUID
    name: str
    address: str
    vat_no: str
    position: int


@dataclass(frozen=True)
class Purchase:
    """One supplier's bill, in cents; `due_c` is what the supplier charged, `order_id` the order that pays it.

    `credited_c` is what its credit notes took back, and `left_c` what is left to pay, before that order, of what
    was neither credited nor reversed nor set off.
    `state` is received, disputed, approved, rejected or reversed; `overdrawn_c` is by how much it exceeded what
    its activity had available when it was approved. The invoice of another entity of the group bears an
    `intercompany_id` and no document.
    """

    purchase_id: UUID
    entity_id: UUID
    supplier_id: UUID
    supplier: str
    purchase_no: str
    activity_id: UUID | None
    issued_on: date
    due_on: date
    net_c: int
    vat_c: int
    vat_deductible_c: int
    due_c: int
    document_sha256: str
    received_by: str
    received_on: date
    state: str
    answered_by: str | None
    answered_on: date | None
    overdrawn_c: int | None
    order_id: UUID | None
    position: int
    intercompany_id: UUID | None
    credited_c: int
    left_c: int


@dataclass(frozen=True)
class FiledDeclaration:
    """What was declared for a span of months, in cents; `order_id` is the order that pays it.

    One that was withdrawn stands no longer since `withdrawn_on`, and what was declared anew beside it.
    """

    declaration_id: UUID
    entity_id: UUID
    levy: str
    first_on: date
    last_on: date
    due_c: int
    deductible_c: int
    position: int
    order_id: UUID | None
    withdrawn_on: date | None
    filed_on: date


_SUPPLIERS = """
    SELECT supplier_id, entity_id, name, address, vat_no, position
    FROM supplier JOIN supplier_particulars USING (supplier_id)
    WHERE %(entity_id)s::uuid IS NULL OR entity_id = %(entity_id)s ORDER BY position
"""
_PURCHASES = """
    SELECT purchase_id, p.entity_id, supplier_id, name AS supplier, purchase_no, activity_id, issued_on, due_on,
        net_c, vat_c, vat_deductible_c, due_c, document_sha256, received_by, received_on, state, answered_by, answered_on,
        overdrawn_c, order_id, p.position, intercompany_id, credited_c, due_c - less_due_c AS left_c
    FROM purchase_invoice AS p JOIN purchase_number USING (purchase_id)
        JOIN supplier_particulars USING (supplier_id)
    WHERE (%(entity_id)s::uuid IS NULL OR p.entity_id = %(entity_id)s)
        AND (%(state)s::text IS NULL OR state = %(state)s)
        AND p.position < coalesce(%(before)s::bigint, 9223372036854775807)
    ORDER BY p.position DESC LIMIT %(limit)s
"""
_DECLARATIONS = """
    SELECT * FROM declaration WHERE %(entity_id)s::uuid IS NULL OR entity_id = %(entity_id)s
    ORDER BY entity_id, first_on, levy, position
"""


def suppliers(reader: Reader, *, entity_id: UUID | None = None) -> list[SupplierCard]:
    """Return the suppliers of an entity, or of all, as they were registered."""
    return reader.rows(SupplierCard, _SUPPLIERS, entity_id=entity_id)


def purchases(
    reader: Reader,
    *,
    entity_id: UUID | None = None,
    state: str | None = None,
    before: int | None = None,
    limit: int = 100,
) -> list[Purchase]:
    """Return suppliers' bills, the latest first, in one state only if it is given."""
    values = {"entity_id": entity_id, "state": state, "before": before, "limit": limit}
    return reader.rows(Purchase, _PURCHASES, **values)


def declarations(reader: Reader, *, entity_id: UUID | None = None) -> list[FiledDeclaration]:
    """Return what was declared, in the order of the months."""
    return reader.rows(FiledDeclaration, _DECLARATIONS, entity_id=entity_id)
