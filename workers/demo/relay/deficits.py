"""Two trials fail: one member pays back out of a wage and by the bank, for the other the fund pays in part and the rest is given up.

A transfer of the first is set against what was given up of the other by mistake, and put right on the next day.
"""

from __future__ import annotations

from datetime import date
from functools import partial
from uuid import UUID

from domain.aggregates.fund_aid import AidOutcome
from domain.ids import derived_id
from domain.ledger import aid, deficit_receipts, deficits
from workers.demo.clerk import COMMITTEE, TREASURER
from workers.demo.group.house import Coming, Group, House
from workers.demo.group.size import later
from workers.demo.relay.trials import Trial, begin, cost_c, fail, pay_wage, post_wage
from workers.demo.relay.year import day

WORKS_ON, HELPED = 8, 9
WITHHELD_C, FIRST_PART_C, REST_C = 100_00, 80_00, 200_00
"""What the first pays of 300.00: out of a wage, what the bank takes back, and the rest."""
WAGE_C = 800_00
GRANTED_C = 150_00
"""What the fund pays of the 250.00 of the second; the rest is given up."""
GIVEN_UP_C = 100_00
NO_COVER = "AM04"
"""The account that had paid is not covered (ISO 20022 external return reasons)."""


def plan_deficits(group: Group, relay: House) -> None:
    """Note two trials that begin in January and end in February, and how their deficits are settled."""
    first = Trial(relay, "MARKET", relay.members[WORKS_ON], 480_00)
    second = Trial(relay, "COURSES", relay.members[HELPED], 440_00)
    for trial in (first, second):
        group.agenda.on(day(1, 10), partial(begin, group, trial))
        group.agenda.on(day(2, 19), partial(fail, group, trial))
    group.agenda.on(day(3, 13), partial(_ask_the_fund, group, second))
    group.agenda.on(day(3, 20), partial(_cover, group, second))
    group.agenda.on(day(3, 24), partial(_give_up_too_early, group, second))
    group.agenda.on(day(3, 25), partial(_give_up, group, second))
    group.agenda.on(day(4, 22), partial(_withhold, group, first))
    paid = partial(_repay_and_lose, group, first, second)
    relay.account.coming.append(_paid(first, day(5, 12), FIRST_PART_C, paid))


def _ask_the_fund(group: Group, trial: Trial, on: date) -> None:
    """Ask for what would help; the committee grants it."""
    clerk, relay, aid_id = group.clerk, trial.relay, _aid_id(trial)
    clerk.tell(
        "aid.request",
        aid.request_aid,
        on=on,
        aid_id=aid_id,
        fund_id=relay.fund_id,
        activity_id=trial.activity_id,
        member_id=trial.member.membership_id,
        amount_c=GRANTED_C,
        purpose="what a trial lacked (fictional)",
    )
    clerk.tell(
        "aid.decide",
        aid.decide_aid,
        on=on,
        actor=COMMITTEE,
        aid_id=aid_id,
        outcome=AidOutcome.GRANTED,
        amount_c=GRANTED_C,
        decision_ref="solidarity committee, a trial that failed (fictional)",
        decided_by=[member.membership_id for member in relay.members[:3]],
    )


def _aid_id(trial: Trial) -> UUID:
    return derived_id("demo", trial.activity_id, "aid")


def _cover(group: Group, trial: Trial, on: date) -> None:
    """Let the grant pay the deficit: no bank takes part."""
    group.clerk.tell(
        "deficit.cover",
        deficits.cover_deficit,
        on=on,
        actor=TREASURER,
        deficit_id=trial.deficit_id,
        aid_id=_aid_id(trial),
    )


def _give_up_too_early(group: Group, trial: Trial, on: date) -> None:
    """Give it up before the board decided, and take that back by another person."""
    _give_up(group, trial, on)
    group.clerk.tell(
        "deficit.undo-write-off",
        deficits.undo_write_off,
        on=on,
        actor=TREASURER,
        deficit_id=trial.deficit_id,
        decision_ref="board, nothing was decided yet (fictional)",
    )


def _give_up(group: Group, trial: Trial, on: date) -> None:
    group.clerk.tell(
        "deficit.write-off",
        deficits.write_deficit_off,
        on=on,
        actor=COMMITTEE,
        deficit_id=trial.deficit_id,
        decision_ref="board, decision on a trial (fictional)",
    )


def _withhold(group: Group, trial: Trial, on: date) -> None:
    """Withhold part of it from the wage of the member's other activity, less than a fifth of the net."""
    relay, member, purse = trial.relay, trial.member, trial.relay.purses[WORKS_ON]
    payroll_id = derived_id("demo", purse.activity_id, "wage of April")
    net_c = post_wage(
        group, payroll_id, purse.activity_id, member, cost_c(WAGE_C), WAGE_C, f"{purse.code}/4", on
    )
    purse.available_c -= cost_c(WAGE_C)
    group.clerk.tell(
        "deficit.set-off-wage",
        deficits.set_off_wage,
        on=on,
        deficit_id=trial.deficit_id,
        payroll_id=payroll_id,
        amount_c=WITHHELD_C,
    )
    pay_wage(group, relay, payroll_id, member, net_c - WITHHELD_C, on)


def _repay_and_lose(group: Group, trial: Trial, other: Trial, line_id: UUID, on: date) -> None:
    """Take a first part in; the bank takes it back, and the member pays all that is left in June."""
    _repay(group, trial, FIRST_PART_C, line_id, on)
    trial.relay.account.coming += [
        _paid(trial, later(on, 3), -FIRST_PART_C, partial(_lose, group, trial, line_id)),
        _paid(trial, day(6, 12), REST_C, partial(_mistake, group, trial, other)),
    ]


def _repay(group: Group, trial: Trial, amount_c: int, line_id: UUID, on: date) -> None:
    group.clerk.tell(
        "deficit.repay",
        deficits.repay_deficit,
        on=on,
        bank_line_id=line_id,
        deficit_id=trial.deficit_id,
        amount_c=amount_c,
    )


def _lose(group: Group, trial: Trial, of_line_id: UUID, line_id: UUID, on: date) -> None:
    group.clerk.tell(
        "deficit.return-receipt",
        deficit_receipts.return_deficit_receipt,
        on=on,
        bank_line_id=line_id,
        of_line_id=of_line_id,
        deficit_id=trial.deficit_id,
        amount_c=FIRST_PART_C,
        reason_code=NO_COVER,
    )


def _mistake(group: Group, trial: Trial, other: Trial, line_id: UUID, on: date) -> None:
    """Take part of it for what was given up of the other trial."""
    group.clerk.tell(
        "deficit.recover",
        deficits.recover_deficit,
        on=on,
        bank_line_id=line_id,
        deficit_id=other.deficit_id,
        amount_c=GIVEN_UP_C,
    )
    group.agenda.on(later(on, 1), partial(_put_right, group, trial, other, line_id))


def _put_right(group: Group, trial: Trial, other: Trial, line_id: UUID, on: date) -> None:
    """Take that back, and set the whole receipt against the deficit of who paid."""
    group.clerk.tell(
        "deficit.undo-receipt",
        deficit_receipts.undo_deficit_receipt,
        on=on,
        bank_line_id=line_id,
        deficit_id=other.deficit_id,
        amount_c=GIVEN_UP_C,
        reason="the other member paid (fictional)",
    )
    _repay(group, trial, REST_C, line_id, on)


def _paid(trial: Trial, on: date, amount_c: int, then: partial[None]) -> Coming:
    member = trial.member
    return Coming(on, amount_c, member.person.name, member.iban, remittance="for my trial", then=then)
