"""A link between two entities of the group: who sells to whom, and which client and supplier that is.

    ── Opened ──> linked ── Mirrored: each invoice once, as the other side's bill

Between entities a real invoice is issued, with its number and its VAT, and received by the other side as
a bill under one intercompany id. What one side is owed is what the other owes.
"""

from __future__ import annotations

from uuid import UUID

from domain.errors import LinkToItself
from domain.facts import Ledgered, Stamp


class GroupLink(Ledgered):
    """One entity as the seller, another as the buyer."""

    TOPIC = "group-link"

    def __init__(self, entity_id: UUID, buyer_id: UUID, client_id: UUID, supplier_id: UUID) -> None:
        """Start with nothing sold; `entity_id` is the seller."""
        self.entity_id = entity_id
        self.buyer_id = buyer_id
        self.client_id = client_id
        self.supplier_id = supplier_id

    class Event(Ledgered.Event):
        """What happened between two entities; `entity_id` is the seller."""

        entity_id: UUID
        buyer_id: UUID

    class Opened(Event, Ledgered.Created):
        """The buyer is this client of the seller, and the seller this supplier of the buyer."""

        TOPIC = "group-link.opened.v1"
        client_id: UUID
        supplier_id: UUID

    Created = Opened

    class Mirrored(Event):
        """The seller's invoice is the buyer's bill, for the same amount in cents, VAT included."""

        TOPIC = "group-link.mirrored.v1"
        intercompany_id: UUID
        invoice_id: UUID
        purchase_id: UUID
        gross_c: int

    @classmethod
    def open(
        cls, stamp: Stamp, *, id: UUID, seller_id: UUID, buyer_id: UUID, client_id: UUID, supplier_id: UUID
    ) -> GroupLink:
        """Link two entities, one as the seller and the other as the buyer."""
        if seller_id == buyer_id:
            raise LinkToItself(entity_id=seller_id)
        known = {"client_id": client_id, "supplier_id": supplier_id}
        return cls.begin(stamp, id=id, entity_id=seller_id, buyer_id=buyer_id, **known)

    def mirror(
        self, stamp: Stamp, *, intercompany_id: UUID, invoice_id: UUID, purchase_id: UUID, gross_c: int
    ) -> None:
        """Say which invoice is which bill."""
        self.note(
            self.Mirrored,
            stamp,
            entity_id=self.entity_id,
            buyer_id=self.buyer_id,
            intercompany_id=intercompany_id,
            invoice_id=invoice_id,
            purchase_id=purchase_id,
            gross_c=gross_c,
        )
