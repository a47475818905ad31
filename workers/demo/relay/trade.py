"""The everyday of the third entity: two activities invoice the same clients every month, and are paid in time."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial

from domain.aggregates.invoice import Invoice
from domain.ids import derived_id
from domain.ledger import invoicing
from domain.ledger.invoicing import AskedLine
from domain.vat import VatCategory
from workers.demo.group.house import Coming, Group, House, Purse, account_of
from workers.demo.people import Person
from workers.demo.relay.year import MONTHS, day

PAID_AFTER = timedelta(days=17)


def plan_trade(group: Group, relay: House) -> None:
    """Note one invoice a month of the first activity and of the tenth."""
    for month in range(1, MONTHS + 1):
        for n, client, price in ((0, 5, "62.50"), (9, 2, "71.00")):
            group.agenda.on(
                day(month, 6 + n),
                partial(_invoice, group, relay, relay.purses[n], relay.clients[client], price),
            )


def _invoice(group: Group, relay: House, purse: Purse, client: Person, price: str, on: date) -> None:
    """Issue an invoice, whose client pays with its reference."""
    outcome = group.clerk.ask(
        "invoice.issue",
        invoicing.issue_invoice,
        on=on,
        invoice_id=derived_id("demo", purse.activity_id, f"{on:%Y-%m}"),
        activity_id=purse.activity_id,
        client_id=client.id,
        issued_on=on,
        supplied_on=on,
        due_on=None,
        lines=[
            AskedLine(
                description="a day at the client's (fictional)",
                quantity="8",
                unit_price=price,
                vat_category=VatCategory.STANDARD,
                vat_rate_bp=2_100,
                exemption_code="",
            )
        ],
    )
    issued = next(each.event for each in outcome.facts if isinstance(each.event, Invoice.Issued))
    relay.account.coming.append(
        Coming(
            on + PAID_AFTER, issued.gross_c, client.name, account_of(client.id), reference=issued.reference
        )
    )
