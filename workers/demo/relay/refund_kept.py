"""A client pays an invoice twice, is about to be refunded, and has the money kept for the next invoice instead."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from typing import Any
from uuid import UUID

from domain.aggregates.invoice import Invoice
from domain.ledger import invoicing, overpayments
from domain.vat import VatCategory
from workers.demo.group.house import Coming, Group, House, account_of
from workers.demo.group.size import later
from workers.demo.relay.payouts import VAT_BP, Payee, is_paid, its_id, order, withdraw
from workers.demo.relay.year import day

PAID_TWICE_C, NEXT_C = 400_00, 300_00
"""What the two invoices come to, net of VAT and in cents."""


def plan_refund_kept(group: Group, relay: House) -> None:
    """Note the first invoice, of April."""
    group.agenda.on(day(4, 2), partial(_invoice_first, group, relay))


def _invoice_first(group: Group, relay: House, on: date) -> None:
    """Issue it; the client pays with its reference, and once more two days later."""
    issued, payer = _issue(group, relay, "paid twice", PAID_TWICE_C, on), _client(relay)
    hold = partial(_hold, group, relay, issued.gross_c)
    for days, then in ((6, None), (8, hold)):
        paid_on = on + timedelta(days=days)
        relay.account.coming.append(
            Coming(paid_on, issued.gross_c, payer.name, payer.iban, reference=issued.reference, then=then)
        )


def _hold(group: Group, relay: House, amount_c: int, line_id: UUID, on: date) -> None:
    """Hold what came twice, and order that it goes back; the client hears of it and calls."""
    client_id, order_id = relay.clients[3].id, its_id(relay, "refund of all")
    held: dict[str, Any] = {"bank_line_id": line_id, "client_id": client_id, "amount_c": amount_c}
    group.clerk.tell("overpayment.hold", overpayments.hold_overpayment, on=on, **held)
    order(group, order_id, "refund.order", overpayments.order_refund, _client(relay), on, **held)
    group.agenda.on(later(on, 1), partial(_keep, group, relay, amount_c, order_id, line_id))


def _keep(group: Group, relay: House, held_c: int, order_id: UUID, line_id: UUID, on: date) -> None:
    """Take the refund back before the bank pays, pay the next invoice with it, and refund the rest."""
    withdraw(group, order_id, "the client keeps it for the next order", on)
    issued, rest_id = (
        _issue(group, relay, "paid by what was held", NEXT_C, on),
        its_id(relay, "refund of the rest"),
    )
    group.clerk.tell(
        "overpayment.allocate",
        overpayments.allocate_overpayment,
        on=on,
        bank_line_id=line_id,
        invoice_id=issued.originator_id,
        amount_c=issued.gross_c,
    )
    rest_c, payee = held_c - issued.gross_c, _client(relay)
    order(
        group,
        rest_id,
        "refund.order",
        overpayments.order_refund,
        payee,
        on,
        bank_line_id=line_id,
        client_id=relay.clients[3].id,
        amount_c=rest_c,
    )
    is_paid(group, relay, rest_id, rest_c, payee, on)


def _issue(group: Group, relay: House, what: str, net_c: int, on: date) -> Invoice.Issued:
    line = invoicing.AskedLine(
        "a set of labels (fictional)", "1", f"{net_c // 100}.00", VatCategory.STANDARD, VAT_BP, ""
    )
    outcome = group.clerk.ask(
        "invoice.issue",
        invoicing.issue_invoice,
        on=on,
        invoice_id=its_id(relay, what),
        activity_id=relay.purses[3].activity_id,
        client_id=relay.clients[3].id,
        issued_on=on,
        supplied_on=on,
        due_on=None,
        lines=[line],
    )
    return next(each.event for each in outcome.facts if isinstance(each.event, Invoice.Issued))


def _client(relay: House) -> Payee:
    client = relay.clients[3]
    return Payee(client.name, account_of(client.id))
