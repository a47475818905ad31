"""What an activity of the third entity sells in a play: one line of hours, at the standard rate."""

from __future__ import annotations

from datetime import date

from domain.aggregates.client import ClientKind
from domain.aggregates.invoice import Invoice
from domain.ids import derived_id
from domain.ledger import invoicing
from domain.ledger.invoicing import AskedLine
from domain.vat import VatCategory
from workers.demo.group.house import Coming, Group, House, Purse, account_of
from workers.demo.people import Person

STANDARD_BP = 2_100
EIGHTY = "80.00"


def register(group: Group, relay: House, client: Person, on: date) -> None:
    """Register a business that the old books do not know."""
    group.clerk.tell(
        "client.register",
        invoicing.register_client,
        on=on,
        client_id=client.id,
        entity_id=relay.entity_id,
        kind=ClientKind.BUSINESS,
        name=client.name,
        address=client.address,
        vat_no="",
        email=client.email,
    )


def sell(group: Group, purse: Purse, client: Person, hours: str, on: date) -> Invoice.Issued:
    """Invoice so many hours to a client."""
    outcome = group.clerk.ask(
        "invoice.issue",
        invoicing.issue_invoice,
        on=on,
        invoice_id=derived_id("demo", purse.activity_id, client.id, str(on), hours),
        activity_id=purse.activity_id,
        client_id=client.id,
        issued_on=on,
        supplied_on=on,
        due_on=None,
        lines=[AskedLine("hours of work (fictional)", hours, EIGHTY, VatCategory.STANDARD, STANDARD_BP, "")],
    )
    return next(each.event for each in outcome.facts if isinstance(each.event, Invoice.Issued))


def paid(relay: House, client: Person, issued: Invoice.Issued, on: date) -> None:
    """Let the client pay an invoice whole, with its reference."""
    relay.account.coming.append(
        Coming(on, issued.gross_c, client.name, account_of(client.id), reference=issued.reference)
    )
