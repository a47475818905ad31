"""What the plays of the third entity that pay out have in common: claims, wages, bills, orders that two people sign."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from hashlib import sha256
from typing import Any, NamedTuple
from uuid import UUID

from domain.aggregates.expense_claim import ClaimLine
from domain.ids import derived_id
from domain.ledger import claims, corrections, payments, payrolls, purchases
from domain.money import share
from domain.personal import Retention
from domain.purchasing import PurchaseLine
from domain.spending import ExpenseType
from workers.demo.clerk import TREASURER
from workers.demo.group.banking import clear
from workers.demo.group.house import Coming, Group, House, Member, Purse, account_of
from workers.demo.group.size import later
from workers.demo.group.spending import slip_of
from workers.demo.people import FICTIONAL

VAT_BP = 2_100
DUE_AFTER = timedelta(days=30)


class Payee(NamedTuple):
    """Whom the bank pays, and where."""

    name: str
    iban: str


def its_id(relay: House, what: str) -> UUID:
    """Return the id of what happens once in the third entity, under this name."""
    return derived_id("demo", relay.entity_id, what)


def paid_as(member: Member) -> Payee:
    """Return where a member is paid."""
    return Payee(member.person.name, member.iban)


def gross_of(net_c: int) -> int:
    """Return what is paid of so much net of VAT, in cents."""
    return net_c + share(net_c, VAT_BP)


def submit(group: Group, purse: Purse, claim_id: UUID, net_c: int, purpose: str, on: date) -> bytes:
    """Claim an expense of that day, net of VAT and in cents, with its receipt; return the receipt."""
    receipt = (
        f"Receipt {claim_id} (fictional): {purpose}, {net_c} + {gross_of(net_c) - net_c} cents\n".encode()
    )
    bring(group, purse, claim_id, net_c, purpose, receipt, on)
    return receipt


def bring(
    group: Group, purse: Purse, claim_id: UUID, net_c: int, purpose: str, receipt: bytes, on: date
) -> None:
    """Claim an expense with this receipt, on the activity's account."""
    clerk, (member,), vat_c = group.clerk, purse.members, gross_of(net_c) - net_c
    clerk.workshop.documents.keep(receipt, member.person.id, Retention.ACCOUNTING)
    line = ClaimLine(on, ExpenseType.SUPPLIES, net_c, vat_c, vat_c, sha256(receipt).hexdigest())
    clerk.tell(
        "claim.submit",
        claims.submit_claim,
        on=on,
        claim_id=claim_id,
        activity_id=purse.activity_id,
        claimant_id=member.membership_id,
        lines=(line,),
        purpose=f"{purpose} (fictional)",
    )


def approve_claim(group: Group, claim_id: UUID, on: date) -> None:
    """Approve a claim, as another person."""
    group.clerk.tell("claim.approve", claims.approve_claim, on=on, actor=TREASURER, claim_id=claim_id)


def ask_wage(group: Group, purse: Purse, payroll_id: UUID, budget_c: int, on: date) -> None:
    """Ask for a wage of who runs the activity; the budget is its whole cost, in cents."""
    (member,) = purse.members
    group.clerk.tell(
        "payroll.request",
        payrolls.request_payroll,
        on=on,
        payroll_id=payroll_id,
        activity_id=purse.activity_id,
        employee_id=member.membership_id,
        budget_c=budget_c,
    )


def post_slip(group: Group, payroll_id: UUID, budget_c: int, slip_ref: str, on: date) -> int:
    """Post the slip that the social secretariat sends; return the net wage, in cents."""
    slip = slip_of(budget_c, slip_ref)
    group.clerk.tell("slip.post", payrolls.post_slip, on=on, payroll_id=payroll_id, **slip)
    net_c: int = slip["net_c"]
    return net_c


def register_supplier(group: Group, relay: House, name: str, on: date) -> UUID:
    """Register a supplier, and return its id."""
    supplier_id = its_id(relay, name)
    group.clerk.tell(
        "supplier.register",
        purchases.register_supplier,
        on=on,
        supplier_id=supplier_id,
        entity_id=relay.entity_id,
        name=f"{name} {FICTIONAL}",
        address="Rue de l'Exemple 3, 5000 Namur",
        vat_no="",
    )
    return supplier_id


def supplier_paid_as(relay: House, name: str) -> Payee:
    """Return where that supplier is paid."""
    return Payee(f"{name} {FICTIONAL}", account_of(its_id(relay, name)))


def receive_bill(
    group: Group, relay: House, supplier_id: UUID, number: str, activity_id: UUID | None, net_c: int, on: date
) -> UUID:
    """Keep a bill, net of VAT and in cents, and record it; return its id."""
    clerk, vat_c = group.clerk, gross_of(net_c) - net_c
    bill = f"Bill {relay.code} {number} (fictional): {net_c} + {vat_c} cents\n".encode()
    clerk.workshop.documents.keep(bill, relay.entity_id, Retention.ACCOUNTING)
    clerk.tell(
        "purchase.receive",
        purchases.receive_purchase,
        on=on,
        supplier_id=supplier_id,
        activity_id=activity_id,
        purchase_no=number,
        issued_on=on,
        due_on=on + DUE_AFTER,
        lines=(PurchaseLine(ExpenseType.SERVICES, net_c, vat_c, vat_c),),
        reverse_charge=False,
        document_sha256=sha256(bill).hexdigest(),
    )
    return purchases.purchase_id(supplier_id, number)


def approve_bill(group: Group, purchase_id: UUID, on: date) -> None:
    """Approve a bill, as another person."""
    group.clerk.tell(
        "purchase.approve", purchases.approve_purchase, on=on, actor=TREASURER, purchase_id=purchase_id
    )


def order(
    group: Group,
    order_id: UUID,
    operation: str,
    use_case: Callable[..., None],
    payee: Payee,
    on: date,
    **of: Any,
) -> None:
    """Order a payment, and approve it as a second person."""
    tell = group.clerk.tell
    tell(operation, use_case, on=on, order_id=order_id, payee_iban=payee.iban, **of)
    tell("payment.approve", payments.approve_payment, on=on, actor=TREASURER, order_id=order_id)


def is_paid(
    group: Group,
    relay: House,
    order_id: UUID,
    amount_c: int,
    payee: Payee,
    on: date,
    then: Callable[[UUID, date], None] | None = None,
) -> None:
    """Let the bank pay an order on the next day; its line clears the order, unless `then` says otherwise."""
    cleared, remittance = then or partial(clear, group, order_id), f"{relay.code} {order_id}"
    relay.account.coming.append(
        Coming(later(on, 1), -amount_c, payee.name, payee.iban, remittance=remittance, then=cleared)
    )


def order_claim(group: Group, relay: House, purse: Purse, claim_id: UUID, amount_c: int, on: date) -> None:
    """Pay a claim of whoever runs the activity."""
    payee, order_id = paid_as(purse.members[0]), derived_id("demo", "order", claim_id)
    order(group, order_id, "payment.order", payments.order_claim_payment, payee, on, claim_id=claim_id)
    is_paid(group, relay, order_id, amount_c, payee, on)


def order_wage(group: Group, relay: House, member: Member, payroll_id: UUID, amount_c: int, on: date) -> None:
    """Pay what is left of a wage, or of a director's pay."""
    payee, order_id = paid_as(member), derived_id("demo", "order", payroll_id)
    order(group, order_id, "wage.order", payments.order_wage_payment, payee, on, payroll_id=payroll_id)
    is_paid(group, relay, order_id, amount_c, payee, on)


def withdraw(group: Group, order_id: UUID, reason: str, on: date) -> None:
    """Take back an order that the bank has not paid."""
    group.clerk.tell(
        "payment.withdraw",
        corrections.withdraw_order,
        on=on,
        order_id=order_id,
        reason=f"{reason} (fictional)",
    )


def comes_in(
    relay: House, on: date, amount_c: int, payer: Payee, remittance: str, then: Callable[[UUID, date], None]
) -> None:
    """Let the bank report a receipt that bears no reference."""
    relay.account.coming.append(
        Coming(on, amount_c, payer.name, payer.iban, remittance=remittance, then=then)
    )
