"""A supplier: who sends the cooperative its bills.

    ── Registered ──> registered

Where a supplier is paid stands on the account of the payee, which only two people change.
"""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from domain.errors import EmptyText
from domain.facts import Ledgered, Stamp
from domain.personal import Personal, Retention


class Supplier(Ledgered):
    """One supplier of one legal entity."""

    TOPIC = "supplier"

    def __init__(self, entity_id: UUID) -> None:
        """Start known to the entity."""
        self.entity_id = entity_id

    class Event(Ledgered.Event):
        """What happened to a supplier."""

        entity_id: UUID
        subject_id: UUID

    class Registered(Event, Ledgered.Created):
        """The supplier is known by these particulars; `vat_no` is empty for who has none."""

        TOPIC = "supplier.registered.v1"
        name: Annotated[str, Personal(Retention.ACCOUNTING, "subject_id")]
        address: Annotated[str, Personal(Retention.ACCOUNTING, "subject_id")]
        vat_no: Annotated[str, Personal(Retention.ACCOUNTING, "subject_id")]

    Created = Registered

    @classmethod
    def register(
        cls, stamp: Stamp, *, id: UUID, entity_id: UUID, name: str, address: str, vat_no: str
    ) -> Supplier:
        """Register a supplier by name."""
        if not name.strip():
            raise EmptyText(field="name")
        return cls.begin(
            stamp, id=id, entity_id=entity_id, subject_id=id, name=name, address=address, vat_no=vat_no
        )
