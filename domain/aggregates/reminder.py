"""A payment reminder: on that day so much was open on an invoice, and its client must be told.

    ── FellDue ──> due, for good

The fact says that the reminder fell due, not that anybody read it: sending is not this ledger's.
One stream for each invoice and number, so the same reminder cannot fall due twice.
"""

from __future__ import annotations

from datetime import date
from uuid import UUID

from domain.facts import Ledgered, Stamp
from domain.money import require_positive


class Reminder(Ledgered):
    """The n-th reminder of one invoice."""

    TOPIC = "reminder"

    def __init__(self, invoice_id: UUID, number: int, on: date) -> None:
        """Stand for ever."""
        self.invoice_id = invoice_id
        self.number = number
        self.on = on

    class Event(Ledgered.Event):
        """What happened to a reminder."""

        entity_id: UUID

    class FellDue(Event, Ledgered.Created):
        """The n-th reminder of an invoice fell due `on` that day, with so much open on it."""

        TOPIC = "reminder.fell-due.v1"
        invoice_id: UUID
        client_id: UUID
        number: int
        on: date
        due_on: date
        open_c: int

    Created = FellDue

    @classmethod
    def fall_due(
        cls,
        stamp: Stamp,
        *,
        id: UUID,
        entity_id: UUID,
        invoice_id: UUID,
        client_id: UUID,
        number: int,
        due_on: date,
        open_c: int,
    ) -> Reminder:
        """Let the reminder fall due on the day of the stamp."""
        require_positive(open_c)
        return cls.begin(
            stamp,
            id=id,
            entity_id=entity_id,
            invoice_id=invoice_id,
            client_id=client_id,
            number=number,
            on=stamp.effective_on,
            due_on=due_on,
            open_c=open_c,
        )
