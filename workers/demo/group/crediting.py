"""What goes wrong with invoices: some are credited before they are paid, some after, and the client gets it back.

A paid invoice is credited in part and that part refunded, or it is credited whole and replaced by a
smaller one, against which what the client had paid is set; what is left of it is refunded.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from uuid import UUID

from domain.ledger import credit_notes, invoicing, overpayments, payments
from domain.ledger.invoicing import AskedLine
from domain.vat import CreditedBase, VatCategory
from workers.demo.clerk import TREASURER
from workers.demo.group.banking import clear
from workers.demo.group.house import Coming, Group, House, Purse, Sale, account_of, fund_part_c
from workers.demo.group.size import later
from workers.demo.people import random_id

BEFORE_PAYMENT, AFTER_PAYMENT = 0.05, 0.10
WHOLE, REPLACED = 0.4, 0.5
LEAST_REPLACED_C = 100_00
STANDARD_BP = 2_100
REASONS = ("one session less than planned", "agreed discount", "wrong quantity", "work not delivered")


def plan_credit_before_payment(group: Group, sale: Sale, on: date) -> None:
    """Note that some invoices are credited, whole or in part, before any client pays."""
    if group.of_credits.random() < BEFORE_PAYMENT:
        group.agenda.on(later(on, 3), partial(_credit_unpaid, group, sale))


def plan_credit_after_payment(group: Group, house: House, sale: Sale, on: date) -> None:
    """Note that some paid invoices are credited; the receipts that paid them hold what is given back."""
    if group.of_credits.random() < AFTER_PAYMENT:
        group.agenda.on(later(on, 2), partial(_credit_paid, group, house, sale))


def _credit_unpaid(group: Group, sale: Sale, on: date) -> None:
    whole = group.of_credits.random() < WHOLE
    _credit(group, sale, None if whole else _half_of(sale), on)
    sale.paid = sale.due_c() == 0


def _credit_paid(group: Group, house: House, sale: Sale, on: date) -> None:
    """Credit a paid invoice, if its activity has not spent the money yet."""
    replaced = group.of_credits.random() < REPLACED
    before_c = sale.net_c()
    if before_c > sale.purse.spendable_c() or sale.due_c() < LEAST_REPLACED_C:
        return
    fund_c = sale.fund_part_c()
    held = _credit(group, sale, None if replaced else _half_of(sale), on)
    sale.purse.available_c -= before_c - sale.net_c()
    house.fund_collected_c -= fund_c - sale.fund_part_c()
    if replaced:
        line_id = max(held, key=lambda line: held[line])
        held[line_id] -= _replace(group, house, sale, line_id, held[line_id], on)
    for line_id, amount_c in held.items():
        _refund(group, house, sale, line_id, amount_c, on)


def _credit(group: Group, sale: Sale, rows: Sequence[CreditedBase] | None, on: date) -> dict[UUID, int]:
    """Credit the invoice; its activity gets the contribution and the fund's part back.

    Returns what each receipt now holds for the client, in cents.
    """
    from domain.aggregates.bank_line import BankLine
    from domain.aggregates.credit_note import CreditNote

    outcome = group.clerk.tell(
        "credit-note.issue",
        credit_notes.issue_credit_note,
        on=on,
        credit_note_id=random_id(group.of_credits),
        invoice_id=sale.issued.originator_id,
        issued_on=on,
        reason=f"{group.of_credits.choice(REASONS)} (fictional)",
        rows=rows,
    )
    facts = outcome.result().facts
    note = next(each.event for each in facts if isinstance(each.event, CreditNote.Issued))
    sale.credited.append(note)
    sale.purse.available_c += note.contribution_c + fund_part_c(note)
    events = [each.event for each in facts]
    return {
        event.originator_id: event.amount_c for event in events if isinstance(event, BankLine.OverpaymentHeld)
    }


def _half_of(sale: Sale) -> list[CreditedBase]:
    """Ask for half of the largest VAT row; it may be asked once more, after the client paid the rest."""
    row = max(sale.issued.vat, key=lambda row: row.base_c)
    return [CreditedBase(row.category, row.rate_bp, row.exemption_code, row.base_c // 2)]


def _replace(group: Group, house: House, sale: Sale, line_id: UUID, held_c: int, on: date) -> int:
    """Issue a smaller invoice instead and set what was paid against it; return how much that is."""
    clerk, purse = group.clerk, sale.purse
    net_c = held_c * group.of_credits.randint(50, 75) // 100
    outcome = clerk.tell(
        "invoice.issue",
        invoicing.issue_invoice,
        on=on,
        invoice_id=random_id(group.of_credits),
        activity_id=purse.activity_id,
        client_id=sale.client.id,
        issued_on=on,
        supplied_on=on,
        due_on=None,
        lines=[_line(f"{net_c // 100}.{net_c % 100:02}")],
    )
    smaller = Sale(purse, sale.client, outcome)
    clerk.tell(
        "overpayment.allocate",
        overpayments.allocate_overpayment,
        on=on,
        bank_line_id=line_id,
        invoice_id=smaller.issued.originator_id,
        amount_c=smaller.due_c(),
    )
    _take_in(house, purse, smaller)
    return smaller.due_c()


def _take_in(house: House, purse: Purse, sale: Sale) -> None:
    sale.paid = True
    purse.sold.append(sale)
    purse.available_c += sale.net_c()
    house.fund_collected_c += sale.fund_part_c()


def _refund(group: Group, house: House, sale: Sale, line_id: UUID, amount_c: int, on: date) -> None:
    """Pay what is still held back to the client, by two people; the bank pays on the next day."""
    clerk, order_id, iban = group.clerk, random_id(group.of_credits), account_of(sale.client.id)
    clerk.tell(
        "refund.order",
        overpayments.order_refund,
        on=on,
        order_id=order_id,
        bank_line_id=line_id,
        client_id=sale.client.id,
        amount_c=amount_c,
        payee_iban=iban,
    )
    clerk.tell("payment.approve", payments.approve_payment, on=on, actor=TREASURER, order_id=order_id)
    paid = Coming(
        later(on, 1),
        -amount_c,
        sale.client.name,
        iban,
        remittance=f"{house.code} {order_id}",
        then=partial(clear, group, order_id),
    )
    house.account.coming.append(paid)


def _line(unit_price: str) -> AskedLine:
    return AskedLine(
        description="corrected invoice (fictional)",
        quantity="1",
        unit_price=unit_price,
        vat_category=VatCategory.STANDARD,
        vat_rate_bp=STANDARD_BP,
        exemption_code="",
    )
