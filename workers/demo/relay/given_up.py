"""What a member owes back is given up, and then it turns out that the bank never paid them: nothing was lost."""

from __future__ import annotations

from datetime import date
from functools import partial
from uuid import UUID

from domain.ledger import payee_debts, payments, payout_corrections
from workers.demo.clerk import COMMITTEE, TREASURER
from workers.demo.group.banking import clear
from workers.demo.group.house import Group, House
from workers.demo.group.size import later
from workers.demo.relay.payouts import (
    approve_claim,
    comes_in,
    gross_of,
    is_paid,
    its_id,
    order,
    paid_as,
    submit,
)
from workers.demo.relay.year import day

COURSE_C = 42_00
"""What the receipt says, net of VAT and in cents."""
UNKNOWN = "AC01"
"""The account number is not right (ISO 20022 external return reasons)."""


def plan_given_up(group: Group, relay: House) -> None:
    """Note the claim of October."""
    group.agenda.on(day(10, 2), partial(_claim, group, relay))


def _claim(group: Group, relay: House, on: date) -> None:
    submit(group, relay.purses[5], _claim_id(relay), COURSE_C, "an evening course", on)
    group.agenda.on(later(on, 1), partial(_pay, group, relay))


def _pay(group: Group, relay: House, on: date) -> None:
    """Pay it; once the bank reports that, it turns out that another cooperative pays the course."""
    claim_id, payee, order_id = _claim_id(relay), paid_as(relay.members[5]), _order_id(relay)
    approve_claim(group, claim_id, on)
    order(group, order_id, "payment.order", payments.order_claim_payment, payee, on, claim_id=claim_id)
    is_paid(group, relay, order_id, gross_of(COURSE_C), payee, on, then=partial(_take_back, group, relay))


def _take_back(group: Group, relay: House, line_id: UUID, on: date) -> None:
    """Clear it and take the claim back; a committee gives the debt up, for the member is ill."""
    clear(group, _order_id(relay), line_id, on)
    claim_id = _claim_id(relay)
    group.clerk.tell(
        "claim.reverse",
        payout_corrections.reverse_claim,
        on=on,
        actor=TREASURER,
        claim_id=claim_id,
        reason="paid by somebody else already (fictional)",
    )
    debt_id = payee_debts.debt_id(claim_id, payee_debts.claim_reversal_id(claim_id, 0))
    group.agenda.on(later(on, 2), partial(_give_up, group, relay, debt_id))


def _give_up(group: Group, relay: House, debt_id: UUID, on: date) -> None:
    """Give it up; some days later the bank of the payee sends the payment back."""
    group.clerk.tell(
        "payee-debt.give-up",
        payee_debts.give_payee_debt_up,
        on=on,
        actor=COMMITTEE,
        debt_id=debt_id,
        decision_ref="board, decision on a small debt (fictional)",
    )
    returned = partial(_come_back, group, relay)
    remittance = f"RETURN {UNKNOWN} {_order_id(relay)}"
    comes_in(relay, later(on, 4), gross_of(COURSE_C), paid_as(relay.members[5]), remittance, returned)


def _come_back(group: Group, relay: House, line_id: UUID, on: date) -> None:
    """Say what the receipt is: what was given up is set off against what is owed again, and nothing is left."""
    group.clerk.tell(
        "payment.return",
        payments.return_payout,
        on=on,
        bank_line_id=line_id,
        order_id=_order_id(relay),
        reason_code=UNKNOWN,
    )


def _claim_id(relay: House) -> UUID:
    return its_id(relay, "claim of a course")


def _order_id(relay: House) -> UUID:
    return its_id(relay, "order of a course")
