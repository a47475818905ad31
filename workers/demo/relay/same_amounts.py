"""The same sum goes out twice and comes in once within days: each bank line is taken for another, and put right."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from domain.ledger import bank, explanations, payments, returns
from workers.demo.group.banking import clear
from workers.demo.group.house import Group, House, account_of
from workers.demo.group.size import later
from workers.demo.relay.payouts import (
    Payee,
    approve_bill,
    comes_in,
    gross_of,
    is_paid,
    its_id,
    order,
    receive_bill,
    register_supplier,
    supplier_paid_as,
)
from workers.demo.relay.selling import sell
from workers.demo.relay.year import day

INSURER, PRINTER = "Insurer of bicycles", "Printer of leaflets"
NET_C = 60_00
HOURS = "0.75"
"""At 80.00 an hour as much as each bill."""
WHY = "another payment of the same amount (fictional)"

Lines = dict[str, UUID]


def plan_same_amounts(group: Group, relay: House) -> None:
    """Note both bills of September, and an invoice of as much."""
    group.agenda.on(day(9, 2), partial(_receive, group, relay))


def _receive(group: Group, relay: House, on: date) -> None:
    """Record both bills, and invoice a client, who pays by a remark only."""
    for name in (INSURER, PRINTER):
        supplier_id = register_supplier(group, relay, name, on)
        purchase_id = receive_bill(group, relay, supplier_id, "2025-09", None, NET_C, on)
        group.agenda.on(later(on, 1), partial(_pay, group, relay, name, purchase_id))
    issued = sell(group, relay.purses[0], relay.clients[5], HOURS, on)
    group.agenda.on(later(on, 1), partial(_await, group, relay, issued.originator_id))


def _pay(group: Group, relay: House, name: str, purchase_id: UUID, on: date) -> None:
    order_id, payee = its_id(relay, name + ", order"), supplier_paid_as(relay, name)
    approve_bill(group, purchase_id, on)
    order(
        group, order_id, "purchase.order", payments.order_purchase_payment, payee, on, purchase_id=purchase_id
    )


def _await(group: Group, relay: House, invoice_id: UUID, on: date) -> None:
    """Let the bank report all three on one day."""
    lines: Lines = {}
    for name in (INSURER, PRINTER):
        noted = partial(_note, lines, name)
        payee = supplier_paid_as(relay, name)
        is_paid(group, relay, its_id(relay, name + ", order"), gross_of(NET_C), payee, on, noted)
    client = relay.clients[5]
    payer = Payee(client.name, account_of(client.id))
    remark, misread = "with thanks for Tuesday", partial(_misread, group, relay, lines, invoice_id)
    comes_in(relay, later(on, 1), gross_of(NET_C), payer, remark, misread)


def _note(lines: Lines, name: str, line_id: UUID, _: date) -> None:
    lines[name] = line_id


def _misread(group: Group, relay: House, lines: Lines, invoice_id: UUID, receipt: UUID, on: date) -> None:
    """Clear the printer's order by the insurer's line, and take the printer's line for a fee of the bank."""
    clear(group, its_id(relay, PRINTER + ", order"), lines[INSURER], on)
    group.clerk.tell(
        "bank-fee.record",
        returns.record_bank_fee,
        on=on,
        bank_line_id=lines[PRINTER],
        amount_c=gross_of(NET_C),
    )
    group.agenda.on(later(on, 1), partial(_misread_again, group, relay, lines, invoice_id, receipt))


def _misread_again(
    group: Group, relay: House, lines: Lines, invoice_id: UUID, receipt: UUID, on: date
) -> None:
    """It was no fee; but neither did the printer's line take the client's receipt back."""
    tell = group.clerk.tell
    whole: dict[str, Any] = {"bank_line_id": lines[PRINTER], "amount_c": gross_of(NET_C)}
    tell("bank-fee.reverse", explanations.reverse_bank_fee, on=on, reason=WHY, **whole)
    tell("receipt.return", returns.return_receipt, on=on, of_line_id=receipt, **whole)
    group.agenda.on(later(on, 1), partial(_put_right, group, relay, lines, invoice_id, receipt))


def _put_right(group: Group, relay: House, lines: Lines, invoice_id: UUID, receipt: UUID, on: date) -> None:
    """Let each line clear its own order; the receipt is taken for the insurer's payment sent back."""
    tell, insured = group.clerk.tell, its_id(relay, INSURER + ", order")
    printed = its_id(relay, PRINTER + ", order")
    whole: dict[str, Any] = {"of_line_id": receipt, "amount_c": gross_of(NET_C)}
    tell(
        "receipt.undo-return",
        explanations.undo_return,
        on=on,
        bank_line_id=lines[PRINTER],
        reason=WHY,
        **whole,
    )
    tell("payment.undo-clearing", explanations.undo_clearing, on=on, order_id=printed, reason=WHY)
    clear(group, printed, lines[PRINTER], on)
    clear(group, insured, lines[INSURER], on)
    tell("payment.return", payments.return_payout, on=on, bank_line_id=receipt, order_id=insured)
    group.agenda.on(later(on, 1), partial(_allocate, group, insured, invoice_id, receipt))


def _allocate(group: Group, insured: UUID, invoice_id: UUID, receipt: UUID, on: date) -> None:
    """The insurer kept its money: the receipt pays the client's invoice."""
    tell = group.clerk.tell
    tell("payment.undo-return", payments.undo_payout_return, on=on, order_id=insured, reason=WHY)
    tell(
        "receipt.allocate",
        bank.allocate_receipt,
        on=on,
        bank_line_id=receipt,
        invoice_id=invoice_id,
        amount_c=gross_of(NET_C),
    )
