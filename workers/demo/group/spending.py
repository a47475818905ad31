"""What the activities spend: expense claims and wages, each within what is available, each paid by two people."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from hashlib import sha256
from typing import Any
from uuid import UUID

from domain.aggregates.expense_claim import ClaimLine
from domain.ledger import claims, payments, payrolls, plans
from domain.money import share
from domain.personal import Retention
from domain.slips import SlipLine, SlipType
from domain.spending import ExpenseType
from workers.demo.clerk import TREASURER
from workers.demo.group.banking import clear
from workers.demo.group.correcting import POSTED_ANEW_BEFORE, clear_private, post_anew
from workers.demo.group.house import Coming, Group, House, Member, Purse
from workers.demo.group.size import Month, later

CLAIMS = 0.45
REJECTED = 0.04
WAGES = 0.7
LEAST_CLAIM_C, MOST_CLAIM_C = 8_00, 140_00
LEAST_WAGE_C = 500_00
EMPLOYEE_BP = 1307
VAT_BP = 2100
EXPENSES = (
    (ExpenseType.SUPPLIES, "material for an order"),
    (ExpenseType.TRAVEL, "train to a client"),
    (ExpenseType.PUBLICITY, "stand at a market"),
    (ExpenseType.SERVICES, "printing"),
    (ExpenseType.MAINTENANCE, "repair of a tool"),
)
WAGE_TAX_BP = ((1_000_00, 650), (1_800_00, 1250), (10**9, 1750))
"""Illustrative: below that gross, in cents, this part is withheld."""


def claim_month(group: Group, house: House, month: Month) -> None:
    """Let some activities claim an expense on a working day of the month."""
    chance, days = group.clerk.chance, month.working_days()
    for purse in house.purses:
        if chance.random() < CLAIMS:
            group.agenda.on(chance.choice(days), partial(_claim, group, house, purse))


def charge_month(group: Group, house: House, month: Month) -> None:
    """Charge the fixed part of the month to the activities that are open as it begins, if there is one."""
    if house.fixed_month_c:
        group.agenda.on(month.first, partial(_charge, group, house, list(house.purses), month))


def pay_wages(group: Group, house: House, month: Month) -> None:
    """Let most activities that can afford it ask for a wage towards the end of the month."""
    group.agenda.on(month.on(22), partial(_ask_wages, group, house, month))


def slip_of(budget_c: int, slip_ref: str) -> dict[str, Any]:
    """Return the slip of a budget in cents: gross and 25 % employer's contributions are all of it."""
    gross_c = budget_c * 4 // 5
    withheld = (
        SlipLine(SlipType.EMPLOYEE_CONTRIBUTIONS, -share(gross_c, EMPLOYEE_BP)),
        SlipLine(
            SlipType.WAGE_TAX, -share(gross_c, next(bp for top_c, bp in WAGE_TAX_BP if gross_c < top_c))
        ),
    )
    return {
        "slip_ref": slip_ref,
        "lines": (SlipLine(SlipType.GROSS, gross_c), *withheld),
        "net_c": gross_c + sum(line.amount_c for line in withheld),
        "employer_c": budget_c - gross_c,
    }


def _charge(group: Group, house: House, purses: list[Purse], month: Month, on: date) -> None:
    for purse in purses:
        purse.available_c -= house.fixed_month_c
        group.clerk.tell(
            "contribution-month.charge",
            plans.charge_month,
            on=on,
            activity_id=purse.activity_id,
            month=str(month),
        )


def _claim(group: Group, house: House, purse: Purse, on: date) -> None:
    clerk = group.clerk
    most_c = min(MOST_CLAIM_C, purse.spendable_c() * 2 // 5)
    if most_c < LEAST_CLAIM_C or not purse.active():
        return
    member, claim_id = clerk.chance.choice(purse.active()), clerk.new_id()
    kind, purpose = clerk.chance.choice(EXPENSES)
    net_c = clerk.chance.randint(LEAST_CLAIM_C // 2, most_c)
    vat_c = 0 if kind is ExpenseType.TRAVEL else share(net_c, VAT_BP)
    receipt = f"Receipt {claim_id} (fictional): {purpose}, {net_c} + {vat_c} cents\n".encode()
    clerk.workshop.documents.keep(receipt, member.person.id, Retention.ACCOUNTING)
    clerk.tell(
        "claim.submit",
        claims.submit_claim,
        on=on,
        claim_id=claim_id,
        activity_id=purse.activity_id,
        claimant_id=member.membership_id,
        lines=(ClaimLine(on, kind, net_c, vat_c, vat_c, sha256(receipt).hexdigest()),),
        purpose=purpose,
    )
    purse.available_c -= net_c
    answer = partial(_answer, group, house, purse, member, claim_id, net_c, net_c + vat_c)
    group.agenda.on(later(on, 1), answer)


def _answer(
    group: Group,
    house: House,
    purse: Purse,
    member: Member,
    claim_id: UUID,
    cost_c: int,
    gross_c: int,
    on: date,
) -> None:
    clerk = group.clerk
    if clerk.chance.random() < REJECTED:
        reason = "the receipt is not readable"
        clerk.tell("claim.reject", claims.reject_claim, on=on, claim_id=claim_id, reason=reason)
        purse.available_c += cost_c
        return
    clerk.tell("claim.approve", claims.approve_claim, on=on, actor=TREASURER, claim_id=claim_id)
    order, cleared = partial(payments.order_claim_payment, claim_id=claim_id), partial(clear, group)
    if house.private_claim is None:
        house.private_claim = claim_id
        cleared = partial(clear_private, group, house, member, claim_id, gross_c)
    paid = partial(_order, group, house, purse, member, "payment.order", order, gross_c, cleared)
    group.agenda.on(later(on, 2), paid)


def _ask_wages(group: Group, house: House, month: Month, on: date) -> None:
    chance = group.clerk.chance
    for n, purse in enumerate(house.purses, start=1):
        asks = chance.random() < WAGES
        available_c = purse.spendable_c()
        if not asks or available_c < LEAST_WAGE_C or not purse.active():
            continue
        budget_c = available_c * chance.randint(60, 95) // 100 // 125 * 125
        member, payroll_id = chance.choice(purse.active()), group.clerk.new_id()
        group.clerk.tell(
            "payroll.request",
            payrolls.request_payroll,
            on=on,
            payroll_id=payroll_id,
            activity_id=purse.activity_id,
            employee_id=member.membership_id,
            budget_c=budget_c,
        )
        purse.available_c -= budget_c
        post = partial(_post, group, house, purse, member, payroll_id, budget_c, f"{month}/{n}")
        group.agenda.on(later(on, 2), post)


def _post(
    group: Group,
    house: House,
    purse: Purse,
    member: Member,
    payroll_id: UUID,
    budget_c: int,
    slip_ref: str,
    on: date,
) -> None:
    """Post the slip the social secretariat sends."""
    slip = slip_of(budget_c, slip_ref)
    net_c = slip["net_c"]
    if purse is house.purses[0] and on < group.size.month(POSTED_ANEW_BEFORE).first:
        payroll_id = post_anew(group, purse.activity_id, member.membership_id, payroll_id, budget_c, slip, on)
    else:
        group.clerk.tell("slip.post", payrolls.post_slip, on=on, payroll_id=payroll_id, **slip)
    order = partial(payments.order_wage_payment, payroll_id=payroll_id)
    paid = partial(_order, group, house, purse, member, "wage.order", order, net_c, partial(clear, group))
    group.agenda.on(later(on, 1), paid)


def _order(
    group: Group,
    house: House,
    purse: Purse,
    member: Member,
    operation: str,
    order: Callable[..., Any],
    amount_c: int,
    cleared: Callable[[UUID, UUID, date], None],
    on: date,
) -> None:
    """Order a payment, approve it as a second person; the bank pays on the next day.

    While the activity has less than nothing its payouts are held: they are looked at again a week later.
    """
    if purse.spendable_c() < 0:
        again = partial(_order, group, house, purse, member, operation, order, amount_c, cleared)
        group.agenda.on(later(on, 5), again)
        return
    clerk, order_id = group.clerk, group.clerk.new_id()
    clerk.tell(operation, order, on=on, order_id=order_id, payee_iban=member.iban)
    clerk.tell("payment.approve", payments.approve_payment, on=on, actor=TREASURER, order_id=order_id)
    house.account.coming.append(
        Coming(
            later(on, 1),
            -amount_c,
            member.person.name,
            member.iban,
            remittance=f"{house.code} {order_id}",
            then=partial(cleared, order_id),
        )
    )
