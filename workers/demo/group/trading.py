"""What the two entities sell each other, and an activity of each that is tried, lacks money and is closed.

Ids follow from the entity and the month: nothing here draws from the chances of the rest.
"""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from domain.aggregates.client import ClientKind
from domain.aggregates.invoice import Invoice
from domain.ids import derived_id
from domain.ledger import (
    activities,
    deficits,
    endings,
    entities,
    intercompany,
    invoicing,
    payments,
    payrolls,
    purchase_corrections,
    purchases,
    transfers,
)
from domain.money import share
from domain.payouts import PayoutRegime
from domain.spending import ExpenseType
from domain.vat import CreditedBase, VatCategory
from workers.demo.clerk import COMMITTEE, TREASURER
from workers.demo.group.banking import clear
from workers.demo.group.house import Coming, Group, House
from workers.demo.group.size import Month, later
from workers.demo.people import FICTIONAL

EVERY_MONTHS = 3
START_C, GROSS_C, TAX_C = 300_00, 380_00, 130_00
PAID_AFTER_DAYS = 9
CREDITED_IN, HOUR_C, VAT_BP = EVERY_MONTHS, 50_00, 2_100
"""The month, from 0, whose invoice counts an hour too many, and what that is, net of VAT."""
RECOVERED_C, RECOVERED_AFTER_DAYS = 50_00, 40
"""What comes of what the trial lacked after it was given up, and when."""
CUSTOMERS, OWN_CODE = "400", "400000"
SHARED, TRIED = "SHARED", "TRIAL"


def plan_trade(group: Group) -> None:
    """The first entity keeps the books of the second: link them, and invoice that every third month."""
    seller, buyer = group.houses[0], group.houses[1]
    group.agenda.on(group.size.first_day, partial(_link, group, seller, buyer))
    for n in range(0, group.size.months, EVERY_MONTHS):
        group.agenda.on(group.size.month(n).on(12), partial(_sell, group, seller, buyer, n))


def plan_trial(group: Group, house: House) -> None:
    """Try an activity of a director in the second month; in the second entity accounts have own codes by then."""
    if group.size.months < EVERY_MONTHS:
        return
    month = group.size.month(1)
    if house is group.houses[1]:
        group.agenda.on(group.size.first_day, partial(_call, group, house, month))
    group.agenda.on(month.on(3), partial(_try, group, house))
    group.agenda.on(month.on(10), partial(_pay, group, house))
    group.agenda.on(month.on(17), partial(_end, group, house))


def _id(house: House, what: str) -> UUID:
    return derived_id("demo", house.entity_id, what)


def _open(group: Group, house: House, code: str, regime: PayoutRegime, on: date) -> UUID:
    group.clerk.tell(
        "activity.open",
        activities.open_activity,
        on=on,
        entity_id=house.entity_id,
        code=code,
        membership_ids=(house.members[0].membership_id,),
        payout_regime=regime,
    )
    return activities.activity_id(house.entity_id, code)


def _call(group: Group, house: House, month: Month, on: date) -> None:
    own: dict[str, Any] = {"account": CUSTOMERS, "code": OWN_CODE, "valid_from": month.first}
    source = "letter of the accounting office (fictional)"
    group.clerk.tell(
        "account-code.map",
        entities.map_account,
        on=on,
        actor=TREASURER,
        entity_id=house.entity_id,
        source_ref=source,
        **own,
    )


def _link(group: Group, seller: House, buyer: House, on: date) -> None:
    tell, client_id, supplier_id = group.clerk.tell, _id(seller, buyer.code), _id(buyer, seller.code)
    known: dict[str, Any] = {"address": "Rue de l'Exemple 2, 1000 Bruxelles", "vat_no": ""}
    tell(
        "client.register",
        invoicing.register_client,
        on=on,
        client_id=client_id,
        entity_id=seller.entity_id,
        kind=ClientKind.BUSINESS,
        name=f"{buyer.code} {FICTIONAL}",
        email="",
        **known,
    )
    tell(
        "supplier.register",
        purchases.register_supplier,
        on=on,
        supplier_id=supplier_id,
        entity_id=buyer.entity_id,
        name=f"{seller.code} {FICTIONAL}",
        **known,
    )
    tell(
        "group-link.open",
        intercompany.link_entities,
        on=on,
        actor=TREASURER,
        seller_id=seller.entity_id,
        buyer_id=buyer.entity_id,
        client_id=client_id,
        supplier_id=supplier_id,
    )
    _open(group, seller, SHARED, PayoutRegime.EMPLOYEE, on)


def _sell(group: Group, seller: House, buyer: House, n: int, on: date) -> None:
    """Invoice the work of three months; it is the other entity's bill in the same batch."""
    what = invoicing.AskedLine("bookkeeping of a quarter", "8", "50.00", VatCategory.STANDARD, VAT_BP, "")
    outcome = group.clerk.ask(
        "group-invoice.issue",
        intercompany.invoice_within_group,
        on=on,
        invoice_id=_id(seller, f"sold {n}"),
        activity_id=activities.activity_id(seller.entity_id, SHARED),
        buyer_id=buyer.entity_id,
        buyer_activity_id=None,
        expense_type=ExpenseType.SERVICES,
        issued_on=on,
        supplied_on=on,
        due_on=None,
        lines=(what,),
    )
    issued = next(each.event for each in outcome.facts if isinstance(each.event, Invoice.Issued))
    group.agenda.on(later(on, 1), partial(_settle, group, seller, buyer, issued, n))


def _settle(group: Group, seller: House, buyer: House, issued: Invoice.Issued, n: int, on: date) -> None:
    """Approve the bill and pay it: one bank reports what leaves, the other what comes in."""
    tell, order_id, supplier_id = group.clerk.tell, _id(buyer, f"paid {n}"), _id(buyer, seller.code)
    bill: dict[str, Any] = {"purchase_id": purchases.purchase_id(supplier_id, issued.invoice_no)}
    tell("purchase.approve", purchases.approve_purchase, on=on, actor=TREASURER, **bill)
    due_c = issued.gross_c - (_credit_hour(group, seller, bill["purchase_id"], on) if n == CREDITED_IN else 0)
    paid_to: dict[str, Any] = {"order_id": order_id, "payee_iban": seller.account.iban}
    tell("purchase.order", payments.order_purchase_payment, on=on, **bill, **paid_to)
    tell("payment.approve", payments.approve_payment, on=on, actor=TREASURER, order_id=order_id)
    day = later(on, PAID_AFTER_DAYS)
    cleared = partial(clear, group, order_id)
    buyer.account.coming.append(
        Coming(day, -due_c, f"{seller.code} {FICTIONAL}", seller.account.iban, then=cleared)
    )
    seller.account.coming.append(
        Coming(
            day,
            due_c,
            f"{buyer.code} {FICTIONAL}",
            buyer.account.iban,
            reference=issued.reference,
        )
    )


def _credit_hour(group: Group, seller: House, purchase_id: UUID, on: date) -> int:
    """Credit an hour that was not worked, on both sides in one batch; return what that is, VAT included."""
    hour = CreditedBase(VatCategory.STANDARD, VAT_BP, "", HOUR_C)
    group.clerk.tell(
        "group-credit-note.issue",
        purchase_corrections.credit_within_group,
        on=on,
        purchase_id=purchase_id,
        credit_note_id=_id(seller, "hour not worked"),
        issued_on=on,
        reason="an hour that was not worked (fictional)",
        rows=[hour],
    )
    return HOUR_C + share(HOUR_C, VAT_BP)


def _try(group: Group, house: House, on: date) -> None:
    """Open it, stop it for a day, and let the cooperative give it something to begin with."""
    tell = group.clerk.tell
    activity_id = _open(group, house, TRIED, PayoutRegime.DIRECTOR, on)
    tell(
        "activity.freeze",
        endings.freeze_activity,
        on=on,
        activity_id=activity_id,
        reason="no insurance yet (fictional)",
    )
    reason = "the insurance is there (fictional)"
    tell("activity.reopen", endings.reopen_activity, on=on, activity_id=activity_id, reason=reason)
    transfer_id = _id(house, "start")
    tell(
        "internal-transfer.propose",
        transfers.propose_transfer,
        on=on,
        transfer_id=transfer_id,
        entity_id=house.entity_id,
        from_activity_id=None,
        to_activity_id=activity_id,
        amount_c=START_C,
        reason="a start (fictional)",
    )
    tell(
        "internal-transfer.accept",
        transfers.accept_transfer,
        on=on,
        actor=TREASURER,
        transfer_id=transfer_id,
    )


def _pay(group: Group, house: House, on: date) -> None:
    """Pay its director, by more than it has."""
    payroll_id = _id(house, "pay")
    group.clerk.tell(
        "payroll.request",
        payrolls.request_payroll,
        on=on,
        payroll_id=payroll_id,
        activity_id=activities.activity_id(house.entity_id, TRIED),
        employee_id=house.members[0].membership_id,
        budget_c=START_C,
    )
    group.clerk.tell(
        "director-pay.post",
        payrolls.post_director_pay,
        on=on,
        payroll_id=payroll_id,
        statement_ref="statement of pay 1 (fictional)",
        gross_c=GROSS_C,
        wage_tax_c=TAX_C,
    )


def _end(group: Group, house: House, on: date) -> None:
    """Close it: what it lacked is owed by its director, paid out to them, given up by the committee, and comes in part."""
    tell, activity_id = group.clerk.tell, activities.activity_id(house.entity_id, TRIED)
    deficit_id, order_id = _id(house, "deficit"), _id(house, "pay order")
    member = house.members[0]
    reason = "no orders (fictional)"
    tell(
        "activity.begin-closing",
        endings.begin_closing,
        on=on,
        activity_id=activity_id,
        ends_on=on,
        reason=reason,
    )
    tell(
        "deficit.recognise",
        deficits.recognise_deficit,
        on=on,
        actor=TREASURER,
        deficit_id=deficit_id,
        activity_id=activity_id,
        membership_id=member.membership_id,
        decision_ref="convention, art. 9 (fictional)",
    )
    order: dict[str, Any] = {"order_id": order_id, "payroll_id": _id(house, "pay"), "payee_iban": member.iban}
    tell("wage.order", payments.order_wage_payment, on=on, **order)
    tell("payment.approve", payments.approve_payment, on=on, actor=TREASURER, order_id=order_id)
    given_up = "board, decision on a trial (fictional)"
    tell(
        "deficit.write-off",
        deficits.write_deficit_off,
        on=on,
        actor=COMMITTEE,
        deficit_id=deficit_id,
        decision_ref=given_up,
    )
    tell("activity.close", endings.close_activity, on=on, actor=TREASURER, activity_id=activity_id)
    house.account.coming += [
        Coming(
            later(on, 1),
            TAX_C - GROSS_C,
            member.person.name,
            member.iban,
            remittance=f"{house.code} {order_id}",
            then=partial(clear, group, order_id),
        ),
        Coming(
            later(on, RECOVERED_AFTER_DAYS),
            RECOVERED_C,
            member.person.name,
            member.iban,
            remittance="part of what my trial lacked",
            then=partial(_recover, group, deficit_id),
        ),
    ]


def _recover(group: Group, deficit_id: UUID, line_id: UUID, on: date) -> None:
    """Take in what its director pays after all."""
    group.clerk.tell(
        "deficit.recover",
        deficits.recover_deficit,
        on=on,
        bank_line_id=line_id,
        deficit_id=deficit_id,
        amount_c=RECOVERED_C,
    )
