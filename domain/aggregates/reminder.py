"""A payment reminder: on that day so much was open on an invoice, and its client must be told.

    ── FellDue ──> due ── Sent ──> sent, for good

That a reminder fell due does not say that anybody read it: sending is not this ledger's, but that it
was sent, when and how, is a fact, since a consumer's term begins with it. One stream for each invoice
and number, so the same reminder cannot fall due twice.
"""

from __future__ import annotations

from datetime import date
from uuid import UUID

from domain.errors import FirstReminderIsFree, ReminderFeeExceedsCap, ReminderNotDue, ReminderSentAlready
from domain.facts import Ledgered, Stamp
from domain.late_payment import Channel
from domain.money import require_holdable, require_positive


class Reminder(Ledgered):
    """The n-th reminder of one invoice."""

    TOPIC = "reminder"

    def __init__(self, entity_id: UUID, invoice_id: UUID, number: int, on: date) -> None:
        """Stand for ever."""
        self.entity_id = entity_id
        self.invoice_id = invoice_id
        self.number = number
        self.on = on
        self.sent_on: date | None = None
        self.channel = Channel.POST
        self.fee_c = 0

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

    class Sent(Event):
        """The reminder was sent on the day `effective_on`, and charged the client so much."""

        TOPIC = "reminder.sent.v1"
        invoice_id: UUID
        number: int
        channel: Channel
        fee_c: int

        def apply(self, reminder: Reminder) -> None:
            """Remember when and how: a term may begin with it."""
            reminder.sent_on = self.effective_on
            reminder.channel = self.channel
            reminder.fee_c = self.fee_c

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

    def send(self, stamp: Stamp, *, channel: Channel, fee_c: int, free: bool, most_c: int) -> None:
        """Say that it was sent on the day of the stamp; a `free` one charges nothing, others `most_c` at most."""
        require_holdable(fee_c)
        if self.sent_on is not None:
            raise ReminderSentAlready(sent_on=self.sent_on)
        if stamp.effective_on < self.on:
            raise ReminderNotDue(invoice_id=self.invoice_id, falls_due_on=self.on)
        if free and fee_c:
            raise FirstReminderIsFree(fee_c=fee_c)
        if not 0 <= fee_c <= most_c:
            raise ReminderFeeExceedsCap(most_c=most_c, fee_c=fee_c)
        self.note(
            self.Sent,
            stamp,
            entity_id=self.entity_id,
            invoice_id=self.invoice_id,
            number=self.number,
            channel=channel,
            fee_c=fee_c,
        )
