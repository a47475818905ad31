"""Claims that were wrong: one for the wrong reason, brought again; and one that was private, and paid.

The first is turned down, and its receipt comes again with a claim that says what it was for. The second is
taken back, and what was paid of it is set off against the next claim: first net of its VAT, which is put right.
"""

from __future__ import annotations

from datetime import date
from functools import partial
from uuid import UUID

from domain.ledger import claims, payee_debts, payout_corrections
from domain.owing import PaidFor
from workers.demo.clerk import TREASURER
from workers.demo.group.correcting import Against, set_off_anew
from workers.demo.group.house import Group, House
from workers.demo.group.size import later
from workers.demo.relay.payouts import approve_claim, bring, gross_of, its_id, order_claim, submit
from workers.demo.relay.year import day

TOOL_C, MEAL_C, PAPER_C = 70_00, 30_00, 85_00
"""What each receipt says, net of VAT and in cents."""


def plan_wrong_claims(group: Group, relay: House) -> None:
    """Note the claims of February and April."""
    group.agenda.on(day(2, 4), partial(_claim_tool, group, relay))
    group.agenda.on(day(4, 7), partial(_claim_meal, group, relay))


def _claim_tool(group: Group, relay: House, on: date) -> None:
    """Claim a tool without saying for which order: it is turned down on the next day."""
    claim_id = its_id(relay, "claim of a tool")
    receipt = submit(group, relay.purses[5], claim_id, TOOL_C, "a tool", on)
    group.agenda.on(later(on, 1), partial(_turn_down, group, relay, claim_id, receipt))


def _turn_down(group: Group, relay: House, claim_id: UUID, receipt: bytes, on: date) -> None:
    reason = "for which order? (fictional)"
    group.clerk.tell("claim.reject", claims.reject_claim, on=on, claim_id=claim_id, reason=reason)
    group.agenda.on(later(on, 1), partial(_bring_again, group, relay, receipt))


def _bring_again(group: Group, relay: House, receipt: bytes, on: date) -> None:
    """Bring the same receipt again, and say so."""
    claim_id = its_id(relay, "claim of a tool, brought again")
    bring(group, relay.purses[5], claim_id, TOOL_C, "a chisel for the order of a door", receipt, on)
    group.agenda.on(later(on, 1), partial(_pay, group, relay, claim_id, TOOL_C))


def _pay(group: Group, relay: House, claim_id: UUID, net_c: int, on: date) -> None:
    approve_claim(group, claim_id, on)
    order_claim(group, relay, relay.purses[5], claim_id, gross_of(net_c), on)


def _claim_meal(group: Group, relay: House, on: date) -> None:
    """Claim a meal, which is paid; three weeks later it turns out to have been private."""
    claim_id = its_id(relay, "claim of a meal")
    submit(group, relay.purses[5], claim_id, MEAL_C, "a meal with a client", on)
    group.agenda.on(later(on, 1), partial(_pay, group, relay, claim_id, MEAL_C))
    group.agenda.on(later(on, 15), partial(_take_back, group, relay, claim_id))


def _take_back(group: Group, relay: House, claim_id: UUID, on: date) -> None:
    """Take it back: the member owes what was paid, and claims paper on the next day."""
    group.clerk.tell(
        "claim.reverse",
        payout_corrections.reverse_claim,
        on=on,
        actor=TREASURER,
        claim_id=claim_id,
        reason="a birthday (fictional)",
    )
    debt_id = payee_debts.debt_id(claim_id, payee_debts.claim_reversal_id(claim_id, 0))
    group.agenda.on(later(on, 1), partial(_claim_paper, group, relay, debt_id))


def _claim_paper(group: Group, relay: House, debt_id: UUID, on: date) -> None:
    claim_id = its_id(relay, "claim of paper")
    submit(group, relay.purses[5], claim_id, PAPER_C, "paper for an order", on)
    group.agenda.on(later(on, 1), partial(_set_off, group, relay, debt_id, claim_id))


def _set_off(group: Group, relay: House, debt_id: UUID, claim_id: UUID, on: date) -> None:
    """Set the debt off against the paper, and pay what is left of it."""
    approve_claim(group, claim_id, on)
    against, meal_c = Against(debt_id, PaidFor.CLAIM, claim_id), gross_of(MEAL_C)
    reason = "its VAT was paid, too (fictional)"
    set_off_anew(group, against, wrong_c=MEAL_C, amount_c=meal_c, reason=reason, on=on)
    left_c = gross_of(PAPER_C) - meal_c
    order_claim(group, relay, relay.purses[5], claim_id, left_c, on)
