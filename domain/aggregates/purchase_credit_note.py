"""A supplier's credit note: the document that takes back a bill of theirs, or part of it, line by line.

    ── Received ──> received, for good
    ── Mirrored ──> received, from another entity of the group

It is a legal fact, as the bill is: the cost and the VAT that was deducted are taken back, and the supplier
is owed that much less. What was paid of it already is owed back.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, TypedDict, Unpack
from uuid import UUID

from domain.errors import EmptyText, NoEvidence
from domain.facts import Ledgered, Stamp, is_sha256, require_day
from domain.personal import Personal, Retention
from domain.purchasing import LessBought, cost_of, gross_of


class Says(TypedDict):
    """What a credit note says of the bill it takes back."""

    entity_id: UUID
    supplier_id: UUID
    activity_id: UUID | None
    booked_on: date
    purchase_id: UUID
    credit_note_no: str
    issued_on: date
    lines: tuple[LessBought, ...]
    reverse_charge: bool
    outside_scope: bool


class PurchaseCreditNote(Ledgered):
    """One credit note of one supplier."""

    TOPIC = "purchase-credit-note"

    def __init__(self, entity_id: UUID, purchase_id: UUID) -> None:
        """Stand for ever."""
        self.entity_id = entity_id
        self.purchase_id = purchase_id

    class Event(Ledgered.Event):
        """What happened to a supplier's credit note, in cents.

        `gross_c` is what the supplier is owed less, `cost_c` what is borne no longer.
        """

        entity_id: UUID
        supplier_id: UUID
        activity_id: UUID | None
        booked_on: date
        purchase_id: UUID
        credit_note_no: Annotated[str, Personal(Retention.ACCOUNTING, "supplier_id")]
        issued_on: date
        lines: tuple[LessBought, ...]
        reverse_charge: bool
        outside_scope: bool
        gross_c: int
        cost_c: int

    class Received(Event, Ledgered.Created):
        """The supplier took back a bill, or part of it, by this document."""

        TOPIC = "purchase-credit-note.received.v1"
        document_sha256: str

    Created = Received

    class Mirrored(Event, Ledgered.Created):
        """The credit note of another entity of the group takes back a bill of this one, or part of it."""

        TOPIC = "purchase-credit-note.mirrored.v1"
        intercompany_id: UUID
        credit_note_id: UUID

    @classmethod
    def receive(
        cls, stamp: Stamp, *, id: UUID, document_sha256: str, **says: Unpack[Says]
    ) -> PurchaseCreditNote:
        """Record a credit note whose document is kept."""
        if not says["credit_note_no"].strip():
            raise EmptyText(field="credit_note_no")
        if not is_sha256(document_sha256):
            raise NoEvidence(document_sha256=document_sha256)
        return cls.begin(stamp, id=id, **_reckoned(says), document_sha256=document_sha256)

    @classmethod
    def mirror(
        cls, stamp: Stamp, *, id: UUID, intercompany_id: UUID, credit_note_id: UUID, **says: Unpack[Says]
    ) -> PurchaseCreditNote:
        """Record the credit note of another entity of the group; that is its document."""
        pair = {"intercompany_id": intercompany_id, "credit_note_id": credit_note_id}
        return cls.begin_with(cls.Mirrored, stamp, id=id, **_reckoned(says), **pair)


def _reckoned(says: Says) -> dict[str, object]:
    """Return what a credit note says, with what its lines come to."""
    require_day(says["issued_on"])
    gross_c = gross_of(says["lines"], reverse_charge=says["reverse_charge"])
    return {**says, "gross_c": gross_c, "cost_c": cost_of(says["lines"])}
