"""What is invoiced in a month, and who is reminded."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial

from domain.late_payment import Channel
from domain.ledger import invoicing, reminders
from domain.ledger.invoicing import AskedLine
from domain.vat import VatCategory
from workers.demo.clerk import Clerk
from workers.demo.group.crediting import plan_credit_before_payment
from workers.demo.group.doubting import plan_bankruptcy
from workers.demo.group.drafting import invoice_by_draft, is_drafted
from workers.demo.group.house import Group, House, Purse, Sale
from workers.demo.group.ordering import invoice_by_order, is_quoted
from workers.demo.group.paying import pay
from workers.demo.group.size import Month
from workers.demo.people import TRADES

GRACE = timedelta(days=7)
BETWEEN_REMINDERS = timedelta(days=14)
MOST_REMINDERS = 3


def invoice_month(group: Group, house: House, month: Month) -> None:
    """Let each activity issue none, one or two invoices on working days of the month."""
    chance, days = group.clerk.chance, month.working_days()
    for purse in house.purses:
        for _ in range(chance.choices((0, 1, 2), (2, 6, 2))[0]):
            group.agenda.on(chance.choice(days), partial(_issue, group, house, purse))
    group.agenda.on(month.on(20), partial(_remind, group, house))


def _issue(group: Group, house: House, purse: Purse, on: date) -> None:
    clerk = group.clerk
    client = clerk.chance.choice(house.clients)
    invoice_id = clerk.new_id()
    lines = [asked_line(clerk) for _ in range(clerk.chance.randint(1, 3))]
    if is_quoted(group):
        outcome = invoice_by_order(group, house, purse, client, lines, on, invoice_id=invoice_id)
    elif is_drafted(group):
        outcome = invoice_by_draft(group, purse, client, lines, on, invoice_id=invoice_id)
    else:
        outcome = clerk.tell(
            "invoice.issue",
            invoicing.issue_invoice,
            on=on,
            invoice_id=invoice_id,
            activity_id=purse.activity_id,
            client_id=client.id,
            issued_on=on,
            supplied_on=on,
            due_on=None,
            lines=lines,
        )
    sale = Sale(purse, client, outcome)
    house.owed.append(sale)
    purse.sold.append(sale)
    plan_credit_before_payment(group, sale, on)
    days = _days_until_paid(clerk)
    if days is None:
        plan_bankruptcy(group, house, sale, on)
    else:
        group.agenda.on(on + timedelta(days=days), partial(pay, group, house, sale))


def _days_until_paid(clerk: Clerk) -> int | None:
    """Draw after how many days the client pays: most in time, some late, a few not yet."""
    kind = clerk.chance.choices(("in time", "late", "not yet"), (80, 16, 4))[0]
    if kind == "not yet":
        return None
    return clerk.chance.randint(*(8, 30) if kind == "in time" else (38, 75))


def _remind(group: Group, house: House, on: date) -> None:
    """Remind of what is open a week after it fell due, again after two weeks, three times at most."""
    house.owed = [sale for sale in house.owed if not sale.paid and sale.reminders < MOST_REMINDERS]
    for sale in house.owed:
        next_on = sale.reminded_on + BETWEEN_REMINDERS if sale.reminded_on else sale.issued.due_on + GRACE
        if on >= next_on:
            sale.reminders, sale.reminded_on = sale.reminders + 1, on
            group.clerk.tell(
                "invoice.remind",
                reminders.remind_of_invoice,
                on=on,
                invoice_id=sale.issued.originator_id,
            )
            group.clerk.tell(
                "reminder.send",
                reminders.send_reminder,
                on=on,
                invoice_id=sale.issued.originator_id,
                number=sale.reminders,
                channel=Channel.ELECTRONIC,
            )


def asked_line(clerk: Clerk) -> AskedLine:
    """Draw a line of an invoice."""
    chance = clerk.chance
    rate_bp = chance.choices((2100, 600, 0), (8, 1, 1))[0]
    return AskedLine(
        description=f"{chance.choice(TRADES)}, {chance.randint(1, 12)} sessions",
        quantity=str(chance.randint(1, 12)),
        unit_price=f"{chance.randint(30, 140)}.{chance.choice(('00', '50', '25'))}",
        vat_category=VatCategory.STANDARD if rate_bp else VatCategory.REVERSE_CHARGE,
        vat_rate_bp=rate_bp,
        exemption_code="" if rate_bp else "vatex-eu-ae",
    )
