"""Quotations that do not go straight: one is drawn up anew and declined, one withdrawn, one left unanswered, and an order grows."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from hashlib import sha256
from uuid import UUID

from domain.aggregates.invoice import Invoice
from domain.ids import derived_id
from domain.ledger import quotations
from domain.ledger.invoicing import AskedLine
from domain.personal import Retention
from workers.demo.group.house import Group, House
from workers.demo.people import Person
from workers.demo.relay.customers import money, work
from workers.demo.relay.year import day

ACTIVITY, CLIENT, OTHER_CLIENT = 6, 2, 1
VALID = timedelta(days=30)
HALF = work("shelves for a reading corner, first half", "900.00")
WHOLE = [HALF, work("shelves for a reading corner, second half", "900.00")]
GROWN = [*WHOLE, work("a bench under the window", "350.00")]


def plan_quotations(group: Group, relay: House) -> None:
    """Note the days on which clients are quoted prices, and what becomes of it."""
    agenda = group.agenda
    agenda.on(day(1, 13), partial(_draw_up_anew, group, relay))
    agenda.on(day(1, 27), partial(_decline, group, relay))
    agenda.on(day(2, 4), partial(_withdraw, group, relay))
    agenda.on(day(2, 5), partial(_leave_unanswered, group, relay))
    agenda.on(day(2, 11), partial(_order, group, relay))
    agenda.on(day(3, 11), partial(_grow, group, relay))
    agenda.on(day(4, 8), partial(_finish, group, relay))


def _id(relay: House, what: str) -> UUID:
    return derived_id("demo", relay.entity_id, f"quotation of {what}")


def _draft(group: Group, relay: House, what: str, client: Person, lines: list[AskedLine], on: date) -> UUID:
    quotation_id = _id(relay, what)
    group.clerk.tell(
        "quotation.draft",
        quotations.draft_quotation,
        on=on,
        quotation_id=quotation_id,
        activity_id=relay.purses[ACTIVITY].activity_id,
        client_id=client.id,
        valid_until=on + VALID,
        lines=lines,
    )
    return quotation_id


def _send(group: Group, quotation_id: UUID, on: date) -> None:
    group.clerk.tell("quotation.send", quotations.send_quotation, on=on, quotation_id=quotation_id)


def _draw_up_anew(group: Group, relay: House, on: date) -> None:
    """Notice before it is sent that the varnish was forgotten."""
    quotation_id = _draft(
        group, relay, "a counter", relay.clients[CLIENT], [work("a counter", "1400.00")], on
    )
    group.clerk.tell(
        "quotation.redraft",
        quotations.redraft_quotation,
        on=on,
        quotation_id=quotation_id,
        valid_until=on + VALID,
        lines=[work("a counter, varnished twice", "1650.00")],
    )
    _send(group, quotation_id, on)


def _decline(group: Group, relay: House, on: date) -> None:
    group.clerk.tell(
        "quotation.decline",
        quotations.decline_quotation,
        on=on,
        quotation_id=_id(relay, "a counter"),
        reason="the old counter will do (fictional)",
    )


def _withdraw(group: Group, relay: House, on: date) -> None:
    """Offer no longer what cannot be had."""
    lines = [work("a table of bog oak", "2100.00")]
    quotation_id = _draft(group, relay, "a table", relay.clients[OTHER_CLIENT], lines, on)
    _send(group, quotation_id, on)
    group.clerk.tell(
        "quotation.withdraw",
        quotations.withdraw_quotation,
        on=on,
        quotation_id=quotation_id,
        reason="the sawmill has no bog oak left (fictional)",
    )


def _leave_unanswered(group: Group, relay: House, on: date) -> None:
    """Wait for an answer that does not come while it is valid."""
    quotation_id = _draft(
        group, relay, "a ladder", relay.clients[OTHER_CLIENT], [work("a ladder", "320.00")], on
    )
    _send(group, quotation_id, on)
    group.agenda.on(on + VALID + timedelta(days=1), partial(_lapse, group, quotation_id))


def _lapse(group: Group, quotation_id: UUID, on: date) -> None:
    group.clerk.tell("quotation.lapse", quotations.lapse_quotation, on=on, quotation_id=quotation_id)


def _order(group: Group, relay: House, on: date) -> None:
    """Confirm what the client ordered, and invoice the first half of it."""
    tell, quotation_id = group.clerk.tell, _draft(group, relay, "shelves", relay.clients[CLIENT], WHOLE, on)
    _send(group, quotation_id, on)
    tell("quotation.accept", quotations.accept_quotation, on=on, quotation_id=quotation_id)
    tell(
        "order.confirm",
        quotations.confirm_order,
        on=on,
        quotation_id=quotation_id,
        evidence_sha256=_kept(group, relay, "We order the shelves (fictional)"),
    )
    _invoice(group, relay, "first half", [HALF], on)


def _grow(group: Group, relay: House, on: date) -> None:
    """Write down that the client wants a bench as well."""
    group.clerk.tell(
        "order.amend",
        quotations.amend_order,
        on=on,
        quotation_id=_id(relay, "shelves"),
        lines=GROWN,
        evidence_sha256=_kept(group, relay, "We order a bench as well (fictional)"),
    )


def _finish(group: Group, relay: House, on: date) -> None:
    _invoice(group, relay, "second half and bench", GROWN[1:], on)


def _invoice(group: Group, relay: House, what: str, lines: list[AskedLine], on: date) -> None:
    """Invoice that much of the order, which the client pays with its reference."""
    outcome = group.clerk.ask(
        "order.invoice",
        quotations.invoice_order,
        on=on,
        quotation_id=_id(relay, "shelves"),
        invoice_id=derived_id("demo", relay.entity_id, f"shelves, {what}"),
        issued_on=on,
        supplied_on=on,
        due_on=None,
        lines=lines,
    )
    issued = next(each.event for each in outcome.facts if isinstance(each.event, Invoice.Issued))
    paid_on = on + timedelta(days=12)
    relay.account.coming.append(
        money(relay.clients[CLIENT], paid_on, issued.gross_c, reference=issued.reference)
    )


def _kept(group: Group, relay: House, text: str) -> str:
    """Keep the client's letter; return its hash."""
    letter = f"{text}\n".encode()
    group.clerk.workshop.documents.keep(letter, relay.entity_id, Retention.ACCOUNTING)
    return sha256(letter).hexdigest()
