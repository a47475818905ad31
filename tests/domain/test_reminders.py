"""A reminder falls due for an open invoice past its day, each number once, and only so many."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from domain.aggregates.invoice import Invoice
from domain.aggregates.legal_entity import LegalEntity
from domain.aggregates.reminder import Reminder
from domain.errors import (
    InvalidParameter,
    InvoicePaid,
    ReminderNotDue,
    RemindersExhausted,
    UnknownRecord,
)
from domain.ledger.bank import allocate_receipt, import_statements, line_id
from domain.ledger.entities import set_parameter
from domain.ledger.invoicing import issue_invoice
from domain.ledger.presets import REMINDER_FIRST_AFTER_DAYS, REMINDER_INTERVAL_DAYS, REMINDER_MOST
from domain.ledger.reminders import remind_of_invoice
from tests.cooperative import ACCOUNT, ACCOUNT_ID, CLIENT, ENTITY, OPENING_C, entry, found, invoice, statement
from tests.paper import PaperLedger

INVOICE = UUID(int=500)
ISSUED_ON = date(2026, 1, 10)
DUE_ON = date(2026, 2, 9)
GROSS_C = 1_210_00


@pytest.fixture
def ledger() -> PaperLedger:
    """One invoice of 1,210.00 due on 9 February; reminders after 7 days, then every 14, 3 at most."""
    paper = PaperLedger()
    found(paper.perform)
    paper.perform(issue_invoice, on=ISSUED_ON, **invoice(INVOICE, on=ISSUED_ON))
    return paper


def remind(ledger: PaperLedger, on: date) -> Any:
    (reminder,) = ledger.perform(remind_of_invoice, on=on, invoice_id=INVOICE)
    return reminder


def pay(ledger: PaperLedger, amount_c: int) -> None:
    paid = statement(1, [entry("E1", amount_c, on=ISSUED_ON)], opening_c=OPENING_C, on=ISSUED_ON)
    ledger.perform(import_statements, account=ACCOUNT, statements=[paid])
    ledger.perform(
        allocate_receipt,
        bank_line_id=line_id(ACCOUNT_ID, paid.identity, "E1"),
        invoice_id=INVOICE,
        amount_c=amount_c,
    )


def enact(ledger: PaperLedger, name: str, value: str, *, valid_from: date) -> None:
    ledger.perform(
        set_parameter,
        on=ISSUED_ON,
        entity_id=ENTITY,
        name=name,
        value=value,
        valid_from=valid_from,
        source_ref="board",
    )


def test_the_first_reminder_says_what_is_open_on_the_day_it_falls_due(ledger: PaperLedger) -> None:
    reminder = remind(ledger, DUE_ON + timedelta(days=7))
    assert isinstance(reminder, Reminder.FellDue)
    assert (reminder.invoice_id, reminder.client_id, reminder.entity_id) == (INVOICE, CLIENT, ENTITY)
    assert (reminder.number, reminder.on, reminder.due_on) == (1, DUE_ON + timedelta(days=7), DUE_ON)
    assert reminder.open_c == GROSS_C


@pytest.mark.parametrize("on", [ISSUED_ON, DUE_ON, DUE_ON + timedelta(days=6)])
def test_no_reminder_falls_due_before_its_day(ledger: PaperLedger, on: date) -> None:
    with pytest.raises(ReminderNotDue) as refused:
        remind(ledger, on)
    assert refused.value.facts["falls_due_on"] == DUE_ON + timedelta(days=7)


def test_the_next_reminders_keep_their_distance_from_the_last_one(ledger: PaperLedger) -> None:
    late = DUE_ON + timedelta(days=30)
    assert remind(ledger, late).number == 1
    for too_early in (late, late + timedelta(days=13)):
        with pytest.raises(ReminderNotDue):
            remind(ledger, too_early)
    second = remind(ledger, late + timedelta(days=14))
    assert (second.number, second.on) == (2, late + timedelta(days=14))


def test_after_the_last_reminder_a_person_decides(ledger: PaperLedger) -> None:
    days = [DUE_ON + timedelta(days=7 + 14 * n) for n in range(4)]
    assert [remind(ledger, on).number for on in days[:3]] == [1, 2, 3]
    with pytest.raises(RemindersExhausted):
        remind(ledger, days[3])


def test_an_invoice_paid_in_part_is_reminded_of_for_the_rest(ledger: PaperLedger) -> None:
    pay(ledger, 1_000_00)
    assert remind(ledger, DUE_ON + timedelta(days=7)).open_c == 210_00


def test_a_paid_invoice_is_never_reminded_of(ledger: PaperLedger) -> None:
    pay(ledger, GROSS_C)
    with pytest.raises(InvoicePaid):
        remind(ledger, DUE_ON + timedelta(days=100))


def test_the_parameters_in_force_on_the_day_decide(ledger: PaperLedger) -> None:
    changed_on = DUE_ON + timedelta(days=3)
    enact(ledger, REMINDER_FIRST_AFTER_DAYS, "3", valid_from=changed_on)
    enact(ledger, REMINDER_MOST, "1", valid_from=changed_on)
    assert remind(ledger, changed_on).number == 1
    with pytest.raises(RemindersExhausted):
        remind(ledger, changed_on + timedelta(days=50))


@pytest.mark.parametrize(
    ("name", "value"),
    [(REMINDER_FIRST_AFTER_DAYS, "0"), (REMINDER_INTERVAL_DAYS, "0"), (REMINDER_MOST, "many")],
)
def test_a_parameter_that_would_remind_too_soon_or_twice_a_day_is_refused(
    ledger: PaperLedger, name: str, value: str
) -> None:
    with pytest.raises(InvalidParameter):
        enact(ledger, name, value, valid_from=ISSUED_ON)
    assert ledger.get(LegalEntity, ENTITY).parameter(REMINDER_MOST, DUE_ON) == "3"


def test_what_is_no_invoice_is_not_reminded_of(ledger: PaperLedger) -> None:
    with pytest.raises(UnknownRecord):
        ledger.perform(remind_of_invoice, invoice_id=CLIENT)
    assert ledger.get(Invoice, INVOICE).open_c == GROSS_C
