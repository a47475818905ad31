"""A payment file never reaches the bank: all of its orders are taken back, and what they pay is ordered anew.

It held a claim, a wage, a bill and a grant of the solidarity fund. Each is owed again by the withdrawal,
and another order pays it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from domain.aggregates.fund_aid import AidOutcome
from domain.ledger import aid, payments
from workers.demo.clerk import COMMITTEE, TREASURER
from workers.demo.group.house import Group, House, Purse
from workers.demo.group.size import later
from workers.demo.relay.payouts import (
    Payee,
    approve_bill,
    approve_claim,
    ask_wage,
    gross_of,
    is_paid,
    its_id,
    order,
    paid_as,
    post_slip,
    receive_bill,
    register_supplier,
    submit,
    supplier_paid_as,
    withdraw,
)
from workers.demo.relay.year import day

CLAIM_C, BILL_C, BUDGET_C, GRANT_C = 64_00, 180_00, 750_00, 150_00
PRINTER = "Printer of posters"
LOST = "the payment file was never sent to the bank"


@dataclass(frozen=True, slots=True)
class Paying:
    """One payment of the file, in cents: what is ordered, and by which use case."""

    what: str
    operation: str
    use_case: Callable[..., None]
    of: dict[str, Any]
    amount_c: int
    payee: Payee

    def order(self, group: Group, order_id: UUID, on: date) -> None:
        """Order it, under that id."""
        order(group, order_id, self.operation, self.use_case, self.payee, on, **self.of)


def plan_lost_file(group: Group, relay: House) -> None:
    """Note what is asked in May, answered, ordered, and ordered anew."""
    purse = relay.purses[3]
    group.agenda.on(day(5, 12), partial(_ask, group, relay, purse))


def _ask(group: Group, relay: House, purse: Purse, on: date) -> None:
    """Bring a claim and a bill, and ask for a wage and for a grant."""
    claim_id, payroll_id, aid_id = (
        its_id(relay, f"lost file: {what}") for what in ("claim", "wage", "grant")
    )
    submit(group, purse, claim_id, CLAIM_C, "frames for an exhibition", on)
    supplier_id = register_supplier(group, relay, PRINTER, on)
    purchase_id = receive_bill(group, relay, supplier_id, "P-31", purse.activity_id, BILL_C, on)
    ask_wage(group, purse, payroll_id, BUDGET_C, on)
    group.clerk.tell(
        "aid.request",
        aid.request_aid,
        on=on,
        aid_id=aid_id,
        fund_id=relay.fund_id,
        activity_id=purse.activity_id,
        member_id=purse.members[0].membership_id,
        amount_c=GRANT_C,
        purpose="a stolen camera (fictional)",
    )
    answer = partial(_answer, group, relay, purse, claim_id, purchase_id, payroll_id, aid_id)
    group.agenda.on(later(on, 2), answer)


def _answer(
    group: Group,
    relay: House,
    purse: Purse,
    claim_id: UUID,
    purchase_id: UUID,
    payroll_id: UUID,
    aid_id: UUID,
    on: date,
) -> None:
    """Approve all of it, and post the slip; the committee grants what was asked."""
    approve_claim(group, claim_id, on)
    approve_bill(group, purchase_id, on)
    net_c = post_slip(group, payroll_id, BUDGET_C, "2025-05/R004", on)
    group.clerk.tell(
        "aid.decide",
        aid.decide_aid,
        on=on,
        actor=COMMITTEE,
        aid_id=aid_id,
        outcome=AidOutcome.GRANTED,
        amount_c=GRANT_C,
        decision_ref="solidarity committee, aid after a theft (fictional)",
        decided_by=[member.membership_id for member in relay.members[:3]],
    )
    member = paid_as(purse.members[0])
    file = (
        Paying(
            "claim",
            "payment.order",
            payments.order_claim_payment,
            {"claim_id": claim_id},
            gross_of(CLAIM_C),
            member,
        ),
        Paying(
            "bill",
            "purchase.order",
            payments.order_purchase_payment,
            {"purchase_id": purchase_id},
            gross_of(BILL_C),
            supplier_paid_as(relay, PRINTER),
        ),
        Paying("wage", "wage.order", payments.order_wage_payment, {"payroll_id": payroll_id}, net_c, member),
    )
    group.agenda.on(later(on, 1), partial(_order, group, relay, file, aid_id, member))


def _order(
    group: Group, relay: House, file: tuple[Paying, ...], aid_id: UUID, member: Payee, on: date
) -> None:
    """Order it all in one file, which nobody sends."""
    for each in file:
        each.order(group, its_id(relay, f"lost file: order of the {each.what}"), on)
    _pay_grant(group, aid_id, member, on)
    group.agenda.on(later(on, 3), partial(_order_anew, group, relay, file, aid_id, member))


def _order_anew(
    group: Group, relay: House, file: tuple[Paying, ...], aid_id: UUID, member: Payee, on: date
) -> None:
    """Notice it: take every order back, and order again what is owed again; the bank pays on the next day."""
    for each in file:
        withdraw(group, its_id(relay, f"lost file: order of the {each.what}"), LOST, on)
    withdraw(group, payments.aid_order_id(aid_id), LOST, on)
    for each in file:
        again = its_id(relay, f"second file: order of the {each.what}")
        each.order(group, again, on)
        is_paid(group, relay, again, each.amount_c, each.payee, on)
    _pay_grant(group, aid_id, member, on)
    is_paid(group, relay, payments.aid_order_id(aid_id, 1), GRANT_C, member, on)


def _pay_grant(group: Group, aid_id: UUID, member: Payee, on: date) -> None:
    """Pay the grant out of the fund, as a second person; that orders it, too."""
    group.clerk.tell("aid.pay", aid.pay_aid, on=on, actor=TREASURER, aid_id=aid_id, payee_iban=member.iban)
