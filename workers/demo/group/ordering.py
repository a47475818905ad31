"""Quotations: some clients ask for one, most of them order, and the order is what is invoiced."""

from __future__ import annotations

from concurrent.futures import Future
from datetime import date, timedelta
from functools import partial
from hashlib import sha256
from typing import Any
from uuid import UUID

from domain.ledger import quotations
from domain.ledger.invoicing import AskedLine
from domain.personal import Retention
from eventstore.store import Outcome
from workers.demo.group.house import Group, House, Purse
from workers.demo.people import Person, random_id

ASKED = 0.05
"""Of the invoices, how many are ordered by a quotation."""
UNANSWERED = 0.2
VALID = timedelta(days=14)


def is_quoted(group: Group) -> bool:
    """Draw whether the client asks for a quotation first."""
    return group.of_orders.random() < ASKED


def invoice_by_order(
    group: Group, house: House, purse: Purse, client: Person, lines: list[AskedLine], on: date, **invoice: Any
) -> Future[Outcome]:
    """Quote, let the client order, confirm on what they sent, and invoice the order."""
    clerk = group.clerk
    if group.of_orders.random() < UNANSWERED:
        unwanted = _sent(group, purse, client, lines, on)
        group.agenda.on(on + VALID + timedelta(days=1), partial(_lapse, group, unwanted))
    asked: dict[str, Any] = {"quotation_id": _sent(group, purse, client, lines, on)}
    clerk.tell("quotation.accept", quotations.accept_quotation, on=on, **asked)
    letter = f"{client.name} orders {len(lines)} lines on {on} (fictional)\n".encode()
    clerk.workshop.documents.keep(letter, house.entity_id, Retention.ACCOUNTING)
    clerk.tell(
        "order.confirm",
        quotations.confirm_order,
        on=on,
        evidence_sha256=sha256(letter).hexdigest(),
        **asked,
    )
    return clerk.tell(
        "order.invoice",
        quotations.invoice_order,
        on=on,
        issued_on=on,
        supplied_on=on,
        due_on=None,
        **asked,
        **invoice,
    )


def _sent(group: Group, purse: Purse, client: Person, lines: list[AskedLine], on: date) -> UUID:
    """Draft a quotation and send it; return its id."""
    quotation_id = random_id(group.of_orders)
    group.clerk.tell(
        "quotation.draft",
        quotations.draft_quotation,
        on=on,
        quotation_id=quotation_id,
        activity_id=purse.activity_id,
        client_id=client.id,
        valid_until=on + VALID,
        lines=lines,
    )
    group.clerk.tell("quotation.send", quotations.send_quotation, on=on, quotation_id=quotation_id)
    return quotation_id


def _lapse(group: Group, quotation_id: UUID, on: date) -> None:
    group.clerk.tell("quotation.lapse", quotations.lapse_quotation, on=on, quotation_id=quotation_id)
