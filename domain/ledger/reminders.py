"""Payment reminders: which one of an invoice falls due on a day, by dated parameters; and that it was sent."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from domain.aggregates.client import Client, ClientKind
from domain.aggregates.invoice import Invoice
from domain.aggregates.legal_entity import LegalEntity
from domain.aggregates.reminder import Reminder
from domain.errors import InvoicePaid, ReminderNotDue, RemindersExhausted
from domain.facts import Stamp, require_day
from domain.ids import derived_id
from domain.late_payment import Channel
from domain.ledger.books import Books
from domain.ledger.late_presets import CONSUMER_FREE_REMINDERS, CONSUMER_REMINDER_FEE_C
from domain.ledger.presets import REMINDER_FIRST_AFTER_DAYS, REMINDER_INTERVAL_DAYS, REMINDER_MOST


def reminder_id(invoice_id: UUID, number: int) -> UUID:
    """Return the id of the n-th reminder of that invoice."""
    return derived_id("reminder", invoice_id, number)


def remind_of_invoice(books: Books, stamp: Stamp, *, invoice_id: UUID) -> None:
    """Record the next reminder of an open invoice, if it falls due on this day.

    The first falls due so many days after the invoice did, each further one so many days after the
    last. Raises InvoicePaid, ReminderNotDue, RemindersExhausted, ParameterNotSet.
    """
    on = stamp.effective_on
    require_day(on)
    invoice = books.get(Invoice, invoice_id)
    entity = books.get(LegalEntity, invoice.entity_id)
    if not invoice.open_c:
        raise InvoicePaid(invoice_id=invoice_id)
    reminders = reminders_of(books, invoice_id)
    if len(reminders) >= int(entity.parameter(REMINDER_MOST, on)):
        raise RemindersExhausted(invoice_id=invoice_id, reminders=len(reminders))
    falls_due_on = _next_on(entity, invoice, reminders, on)
    if on < falls_due_on:
        raise ReminderNotDue(invoice_id=invoice_id, falls_due_on=falls_due_on)
    number = len(reminders) + 1
    books.record(
        Reminder.fall_due(
            stamp,
            id=reminder_id(invoice_id, number),
            entity_id=invoice.entity_id,
            invoice_id=invoice_id,
            client_id=invoice.client_id,
            number=number,
            due_on=invoice.due_on,
            open_c=invoice.open_c,
        )
    )


def send_reminder(
    books: Books, stamp: Stamp, *, invoice_id: UUID, number: int, channel: Channel, fee_c: int = 0
) -> None:
    """Record that the n-th reminder of an invoice was sent on the day of the stamp, and what it charged.

    Only consumers are charged for reminders, and not for the first (CDE art. XIX.2 ◇); businesses and
    authorities owe a flat sum instead. Raises FirstReminderIsFree, ReminderFeeExceedsCap.
    """
    require_day(stamp.effective_on)
    reminder = books.get(Reminder, reminder_id(invoice_id, number))
    entity = books.get(LegalEntity, reminder.entity_id)
    invoice = books.get(Invoice, invoice_id)
    consumer = books.get(Client, invoice.client_id).kind is ClientKind.CONSUMER
    free = int(entity.parameter(CONSUMER_FREE_REMINDERS, stamp.effective_on))
    most_c = int(entity.parameter(CONSUMER_REMINDER_FEE_C, stamp.effective_on))
    reminder.send(
        stamp,
        channel=channel,
        fee_c=fee_c,
        free=consumer and number <= free,
        most_c=most_c if consumer else 0,
    )


def reminders_of(books: Books, invoice_id: UUID) -> list[Reminder]:
    """Return the reminders of an invoice that fell due, in their order."""
    found: list[Reminder] = []
    while reminder := books.find(Reminder, reminder_id(invoice_id, len(found) + 1)):
        found.append(reminder)
    return found


def _next_on(entity: LegalEntity, invoice: Invoice, reminders: list[Reminder], on: date) -> date:
    if reminders:
        return reminders[-1].on + timedelta(days=int(entity.parameter(REMINDER_INTERVAL_DAYS, on)))
    return invoice.due_on + timedelta(days=int(entity.parameter(REMINDER_FIRST_AFTER_DAYS, on)))
