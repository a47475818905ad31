"""Two members pay back the same evening: the receipt of one is set against the debt of the other, and set right.

Both had claimed it as if it had been for a client. The second asks why nothing is owed any more; so the
mistake is undone, and each receipt pays the debt of who paid it.
"""

from __future__ import annotations

from datetime import date
from functools import partial
from uuid import UUID

from domain.ledger import payee_debts, payout_corrections
from workers.demo.clerk import TREASURER
from workers.demo.group.house import Group, House
from workers.demo.group.size import later
from workers.demo.relay.payouts import approve_claim, comes_in, gross_of, its_id, order_claim, paid_as, submit
from workers.demo.relay.year import day

EVENING_C = 20_00
"""What each receipt says, net of VAT and in cents."""
FIRST, SECOND = 3, 5
"""Which activities claimed it, in the order in which their members pay it back."""


def plan_mixed_up(group: Group, relay: House) -> None:
    """Note the claims of July, and the day on which they turn out to be private."""
    for n in (FIRST, SECOND):
        group.agenda.on(day(7, 1), partial(_claim, group, relay, n))
    group.agenda.on(day(7, 18), partial(_take_back, group, relay))


def _claim(group: Group, relay: House, n: int, on: date) -> None:
    submit(group, relay.purses[n], _claim_id(relay, n), EVENING_C, "an evening with a client", on)
    group.agenda.on(later(on, 1), partial(_pay, group, relay, n))


def _pay(group: Group, relay: House, n: int, on: date) -> None:
    approve_claim(group, _claim_id(relay, n), on)
    order_claim(group, relay, relay.purses[n], _claim_id(relay, n), gross_of(EVENING_C), on)


def _take_back(group: Group, relay: House, on: date) -> None:
    """Take both claims back; the first member pays at once."""
    for n in (FIRST, SECOND):
        group.clerk.tell(
            "claim.reverse",
            payout_corrections.reverse_claim,
            on=on,
            actor=TREASURER,
            claim_id=_claim_id(relay, n),
            reason="an evening among friends (fictional)",
        )
    _pays_back(relay, FIRST, later(on, 2), partial(_set_against_the_other, group, relay))


def _set_against_the_other(group: Group, relay: House, line_id: UUID, on: date) -> None:
    """Take the receipt of the first for that of the second, who pays some days later."""
    _repay(group, relay, SECOND, line_id, on)
    _pays_back(relay, SECOND, later(on, 3), partial(_set_right, group, relay, line_id))


def _set_right(group: Group, relay: House, line_id: UUID, own_line_id: UUID, on: date) -> None:
    """Undo it, and set each receipt against the debt of who paid it."""
    group.clerk.tell(
        "payee-debt.undo-repayment",
        payee_debts.undo_payee_debt_repayment,
        on=on,
        bank_line_id=line_id,
        debt_id=_debt_id(relay, SECOND),
        amount_c=gross_of(EVENING_C),
        reason="it was the other who had paid (fictional)",
    )
    _repay(group, relay, FIRST, line_id, on)
    _repay(group, relay, SECOND, own_line_id, on)


def _repay(group: Group, relay: House, n: int, line_id: UUID, on: date) -> None:
    group.clerk.tell(
        "payee-debt.repay",
        payee_debts.repay_payee_debt,
        on=on,
        bank_line_id=line_id,
        debt_id=_debt_id(relay, n),
        amount_c=gross_of(EVENING_C),
    )


def _pays_back(relay: House, n: int, on: date, then: partial[None]) -> None:
    comes_in(relay, on, gross_of(EVENING_C), paid_as(relay.members[n]), "the evening of July", then)


def _claim_id(relay: House, n: int) -> UUID:
    return its_id(relay, f"claim of an evening by activity {n}")


def _debt_id(relay: House, n: int) -> UUID:
    claim_id = _claim_id(relay, n)
    return payee_debts.debt_id(claim_id, payee_debts.claim_reversal_id(claim_id, 0))
