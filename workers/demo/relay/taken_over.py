"""What the old books left open: two clients pay, one of them by a remark only, and a supplier is paid."""

from __future__ import annotations

from datetime import date
from functools import partial
from uuid import UUID

from domain.ids import derived_id
from domain.ledger import bank, payments
from domain.ledger.old_codes import old_id
from domain.ledger.purchases import purchase_id
from workers.demo.clerk import TREASURER
from workers.demo.group.banking import clear
from workers.demo.group.house import Coming, Group, House, account_of
from workers.demo.group.size import later
from workers.demo.people import FICTIONAL
from workers.demo.relay.cast import SUPPLIERS, supplier_code
from workers.demo.relay.old_books import BILL, IN_TIME, LATE
from workers.demo.relay.year import day


def plan_taken_over(group: Group, relay: House) -> None:
    """Note the days on which the old invoices are paid, and the old bill."""
    in_time, late = relay.clients[5], relay.clients[2]
    relay.account.coming += [
        Coming(day(1, 8), IN_TIME.open_c, in_time.name, account_of(in_time.id), reference=IN_TIME.reference),
        Coming(
            day(1, 20),
            LATE.open_c,
            late.name,
            account_of(late.id),
            remittance=f"your invoice {LATE.invoice_no}, with apologies",
            then=partial(_find, group, relay),
        ),
    ]
    group.agenda.on(day(1, 9), partial(_pay_bill, group, relay))


def _find(group: Group, relay: House, line_id: UUID, on: date) -> None:
    """Allocate by hand what names an invoice of the old books in words."""
    group.clerk.tell(
        "receipt.allocate",
        bank.allocate_receipt,
        on=on,
        bank_line_id=line_id,
        invoice_id=old_id("invoice", relay.entity_id, LATE.invoice_no),
        amount_c=LATE.open_c,
    )


def _pay_bill(group: Group, relay: House, on: date) -> None:
    """Pay what was owed when the year began: two people, as for any bill."""
    clerk, order_id = group.clerk, derived_id("demo", relay.entity_id, "old bill")
    supplier_id = old_id("supplier", relay.entity_id, supplier_code(0))
    iban = account_of(supplier_id)
    clerk.tell(
        "purchase.order",
        payments.order_purchase_payment,
        on=on,
        order_id=order_id,
        purchase_id=purchase_id(supplier_id, BILL.purchase_no),
        payee_iban=iban,
    )
    clerk.tell("payment.approve", payments.approve_payment, on=on, actor=TREASURER, order_id=order_id)
    relay.account.coming.append(
        Coming(
            later(on, 1),
            -BILL.open_c,
            f"{SUPPLIERS[0]} {FICTIONAL}",
            iban,
            remittance=f"bill {BILL.purchase_no}",
            then=partial(clear, group, order_id),
        )
    )
