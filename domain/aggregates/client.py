"""A client of the cooperative: whom invoices are addressed to.

    ── Registered ──> registered

Whose particulars were erased is registered anew: an invoice keeps those of its own day.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated
from uuid import UUID

from domain.errors import EmptyText
from domain.facts import Ledgered, Stamp
from domain.personal import Personal, Retention


class ClientKind(StrEnum):
    """Which rules on reminders and interest apply to the client."""

    BUSINESS = "business"
    CONSUMER = "consumer"
    PUBLIC = "public"


class Client(Ledgered):
    """One client of one legal entity."""

    TOPIC = "client"

    def __init__(self, entity_id: UUID, kind: ClientKind, name: str, address: str, vat_no: str) -> None:
        """Keep the particulars that an invoice repeats."""
        self.entity_id = entity_id
        self.kind = kind
        self.name = name
        self.address = address
        self.vat_no = vat_no

    class Event(Ledgered.Event):
        """What happened to a client."""

        entity_id: UUID
        subject_id: UUID

    class Registered(Event, Ledgered.Created):
        """The client is known by these particulars; `vat_no` is empty for a consumer."""

        TOPIC = "client.registered.v1"
        kind: ClientKind
        name: Annotated[str, Personal(Retention.ACCOUNTING, "subject_id")]
        address: Annotated[str, Personal(Retention.ACCOUNTING, "subject_id")]
        vat_no: Annotated[str, Personal(Retention.ACCOUNTING, "subject_id")]
        email: Annotated[str, Personal(Retention.CONTACT, "subject_id")]

    Created = Registered

    @classmethod
    def register(
        cls,
        stamp: Stamp,
        *,
        id: UUID,
        entity_id: UUID,
        kind: ClientKind,
        name: str,
        address: str,
        vat_no: str,
        email: str,
    ) -> Client:
        """Register a client by name."""
        if not name.strip():
            raise EmptyText(field="name")
        return cls.begin(
            stamp,
            id=id,
            entity_id=entity_id,
            subject_id=id,
            kind=kind,
            name=name,
            address=address,
            vat_no=vat_no,
            email=email,
        )
