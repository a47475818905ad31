"""What customers of the third entity are invoiced in the other plays, and what the bank reports of them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import UUID

from domain.aggregates.invoice import Invoice
from domain.ids import derived_id
from domain.ledger import invoicing
from domain.ledger.invoicing import AskedLine
from domain.vat import VatCategory
from workers.demo.group.house import Coming, Group, House, Purse, account_of
from workers.demo.people import Person

STANDARD_BP = 2_100


def work(what: str, unit_price: str, quantity: str = "1") -> AskedLine:
    """Return a line of an invoice or a quotation at the standard rate of VAT."""
    return AskedLine(
        description=f"{what} (fictional)",
        quantity=quantity,
        unit_price=unit_price,
        vat_category=VatCategory.STANDARD,
        vat_rate_bp=STANDARD_BP,
        exemption_code="",
    )


def invoice(
    group: Group, relay: House, purse: Purse, client: Person, line: AskedLine, on: date
) -> Invoice.Issued:
    """Issue an invoice of one line, due when the statutory term is over."""
    outcome = group.clerk.ask(
        "invoice.issue",
        invoicing.issue_invoice,
        on=on,
        invoice_id=derived_id("demo", relay.entity_id, line.description),
        activity_id=purse.activity_id,
        client_id=client.id,
        issued_on=on,
        supplied_on=on,
        due_on=None,
        lines=[line],
    )
    return next(each.event for each in outcome.facts if isinstance(each.event, Invoice.Issued))


def money(
    client: Person,
    on: date,
    amount_c: int,
    *,
    reference: str = "",
    remittance: str = "",
    then: Callable[[UUID, date], None] | None = None,
) -> Coming:
    """Return what the bank will report of a client: paid in, or taken back if it is below zero."""
    return Coming(
        on,
        amount_c,
        client.name,
        account_of(client.id),
        reference=reference,
        remittance=remittance,
        then=then,
    )
