"""What was wrong: bills recorded or posted anew, one credited after it was paid, a claim that was private, first slips.

Nothing here draws from the chances of the rest. What is owed back of the claim is not counted as to be
spent again: less is planned than there is.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from functools import partial
from hashlib import sha256
from typing import Any
from uuid import UUID

from domain.ids import derived_id
from domain.ledger import payee_debts, payout_corrections, payrolls, purchase_corrections, purchases
from domain.owing import PaidFor
from domain.personal import Retention
from domain.purchasing import AskedCredit
from workers.demo.clerk import TREASURER
from workers.demo.group.banking import clear
from workers.demo.group.house import Coming, Group, House, Member
from workers.demo.group.size import later

CREDITED_IN, SET_OFF_IN = 0, 1
"""The months, from 0, whose bill is credited, and against whose bill that is set off."""
CREDIT = AskedCredit(1, 50_00, 10_50)
GROSS_C = CREDIT.net_c + CREDIT.vat_c
CREDITED_AFTER_DAYS = 6
NOTICED_AFTER_DAYS, REPAID_AFTER_DAYS, PAID_AGAIN_AFTER_DAYS = 3, 4, 6
REFUSED = "AC04"
"""The account that had paid is closed (ISO 20022 external return reasons)."""
POSTED_ANEW_BEFORE = 2
"""The month, from 0, before which the slips of the first activity of each entity come wrong at first."""


def record_anew(group: Group, asked: Mapping[str, Any], purchase_id: UUID, on: date) -> UUID:
    """Take an approved bill back, and record it again under its number; the id of the right one."""
    clerk = group.clerk
    clerk.tell(
        "purchase.reverse",
        purchase_corrections.reverse_purchase,
        on=on,
        purchase_id=purchase_id,
        reason="recorded from a copy that could not be read (fictional)",
    )
    clerk.tell("purchase.receive", purchases.receive_purchase, on=on, **asked)
    again = purchases.purchase_id(asked["supplier_id"], asked["purchase_no"], 1)
    clerk.tell("purchase.approve", purchases.approve_purchase, on=on, actor=TREASURER, purchase_id=again)
    return again


def follow_credit(group: Group, house: House, asked: Mapping[str, Any], purchase_id: UUID, on: date) -> int:
    """Let the supplier credit the first bill once it is paid, and set that off against the next; how much."""
    credited_no, set_off_no = (f"{group.size.month(n)}" for n in (CREDITED_IN, SET_OFF_IN))
    if asked["purchase_no"] == credited_no:
        later_on = later(on, CREDITED_AFTER_DAYS)
        group.agenda.on(later_on, partial(_credit, group, house, purchase_id, credited_no))
    if asked["purchase_no"] != set_off_no:
        return 0
    credited = purchases.purchase_id(asked["supplier_id"], credited_no)
    note = purchase_corrections.purchase_credit_note_id(asked["supplier_id"], _number(credited_no))
    against = Against(payee_debts.debt_id(credited, note), PaidFor.PURCHASE, purchase_id)
    reason = "the VAT was credited, too (fictional)"
    set_off_anew(group, against, wrong_c=CREDIT.net_c, amount_c=GROSS_C, reason=reason, on=on)
    return GROSS_C


@dataclass(frozen=True)
class Against:
    """What is owed back, and what is owed that it is set off against."""

    debt_id: UUID
    paid_for: PaidFor
    document_id: UUID


def set_off_anew(
    group: Group, against: Against, *, wrong_c: int, amount_c: int, reason: str, on: date
) -> None:
    """Set the wrong amount off, take that back, and set the right one off."""
    steps: tuple[tuple[str, Callable[..., object], dict[str, Any]], ...] = (
        ("payee-debt.set-off", payee_debts.set_off_payee_debt, {"amount_c": wrong_c}),
        (
            "payee-debt.undo-set-off",
            payee_debts.undo_payee_debt_set_off,
            {"amount_c": wrong_c, "reason": reason},
        ),
        ("payee-debt.set-off", payee_debts.set_off_payee_debt, {"amount_c": amount_c}),
    )
    for command, use_case, says in steps:
        group.clerk.tell(command, use_case, on=on, actor=TREASURER, **asdict(against), **says)


def _credit(group: Group, house: House, purchase_id: UUID, purchase_no: str, on: date) -> None:
    """Keep the credit note and record it."""
    note = f"Credit note {_number(purchase_no)} (fictional): {CREDIT.net_c} + {CREDIT.vat_c} cents\n".encode()
    group.clerk.workshop.documents.keep(note, house.entity_id, Retention.ACCOUNTING)
    group.clerk.tell(
        "purchase.credit",
        purchase_corrections.receive_purchase_credit,
        on=on,
        purchase_id=purchase_id,
        credit_note_no=_number(purchase_no),
        issued_on=on,
        lines=[CREDIT],
        document_sha256=sha256(note).hexdigest(),
    )


def _number(purchase_no: str) -> str:
    return f"C-{purchase_no}"


def post_anew(
    group: Group,
    activity_id: UUID,
    employee_id: UUID,
    payroll_id: UUID,
    budget_c: int,
    slip: Mapping[str, Any],
    on: date,
) -> UUID:
    """Post a slip that is wrong, take it back, and post the right one for a wage that is asked again; its id."""
    clerk, again = group.clerk, derived_id("payroll", "again", payroll_id)
    clerk.tell("slip.post", payrolls.post_slip, on=on, payroll_id=payroll_id, **slip)
    clerk.tell(
        "slip.reverse",
        payout_corrections.reverse_slip,
        on=on,
        payroll_id=payroll_id,
        reason="the slip of another month (fictional)",
    )
    clerk.tell(
        "payroll.request",
        payrolls.request_payroll,
        on=on,
        payroll_id=again,
        activity_id=activity_id,
        employee_id=employee_id,
        budget_c=budget_c,
    )
    clerk.tell("slip.post", payrolls.post_slip, on=on, payroll_id=again, **slip)
    return again


def clear_private(
    group: Group,
    house: House,
    member: Member,
    claim_id: UUID,
    amount_c: int,
    order_id: UUID,
    line_id: UUID,
    on: date,
) -> None:
    """Clear the payment of a claim, and notice some days later that its receipt was private."""
    clear(group, order_id, line_id, on)
    noticed = partial(_take_claim_back, group, house, member, claim_id, amount_c)
    group.agenda.on(later(on, NOTICED_AFTER_DAYS), noticed)


def _take_claim_back(
    group: Group, house: House, member: Member, claim_id: UUID, amount_c: int, on: date
) -> None:
    """Take it back whole; the member pays, the bank takes that back, and the member pays from another account."""
    group.clerk.tell(
        "claim.reverse",
        payout_corrections.reverse_claim,
        on=on,
        actor=TREASURER,
        claim_id=claim_id,
        reason="bought for the house (fictional)",
    )
    debt_id = payee_debts.debt_id(claim_id, payee_debts.claim_reversal_id(claim_id, 0))
    repaid = partial(_refuse_repayment, group, house, member, debt_id, amount_c)
    house.account.coming.append(_repayment(member, later(on, REPAID_AFTER_DAYS), amount_c, repaid))


def _refuse_repayment(
    group: Group, house: House, member: Member, debt_id: UUID, amount_c: int, line_id: UUID, on: date
) -> None:
    """Take the repayment in; the bank takes it back, and the member pays once more."""
    _repay(group, debt_id, amount_c, line_id, on)
    taken = partial(_take_repayment_back, group, debt_id, amount_c, line_id)
    again = partial(_repay, group, debt_id, amount_c)
    house.account.coming += [
        _repayment(member, later(on, 1), -amount_c, taken),
        _repayment(member, later(on, PAID_AGAIN_AFTER_DAYS), amount_c, again),
    ]


def _repayment(member: Member, on: date, amount_c: int, then: Callable[[UUID, date], None]) -> Coming:
    return Coming(on, amount_c, member.person.name, member.iban, remittance="private receipt", then=then)


def _repay(group: Group, debt_id: UUID, amount_c: int, line_id: UUID, on: date) -> None:
    group.clerk.tell(
        "payee-debt.repay",
        payee_debts.repay_payee_debt,
        on=on,
        bank_line_id=line_id,
        debt_id=debt_id,
        amount_c=amount_c,
    )


def _take_repayment_back(
    group: Group, debt_id: UUID, amount_c: int, of_line_id: UUID, line_id: UUID, on: date
) -> None:
    group.clerk.tell(
        "payee-debt.return-repayment",
        payee_debts.return_payee_debt_repayment,
        on=on,
        bank_line_id=line_id,
        of_line_id=of_line_id,
        debt_id=debt_id,
        amount_c=amount_c,
        reason_code=REFUSED,
    )
