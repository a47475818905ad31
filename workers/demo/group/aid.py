"""Aid of the fund: members ask for it, a committee decides, the treasurer pays; advances come back, or do not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import partial
from uuid import UUID

from domain.aggregates.fund_aid import AidOutcome
from domain.instalments import Instalment
from domain.ledger import advances, aid
from domain.ledger.payments import aid_order_id
from domain.money import split
from workers.demo.clerk import COMMITTEE, TREASURER
from workers.demo.group.banking import clear
from workers.demo.group.founding import FLOOR_C
from workers.demo.group.house import Coming, Group, House, Member, Purse
from workers.demo.group.size import Month, later, working

MOST_C = 250_00
LEAST_C = 5_00
INSTALMENTS = 3
INSTALMENT_DAYS = 31
PATIENCE_DAYS = 50
"""After so many days without an instalment the committee writes the rest off."""


class Story(StrEnum):
    """What becomes of a request."""

    REPAID = "repaid"
    GIVEN = "given"
    LOST = "lost"
    REFUSED = "refused"


STORIES = (Story.REPAID, Story.LOST, Story.GIVEN, Story.REFUSED)
PURPOSES = {
    Story.REPAID: "material for a large order (fictional)",
    Story.LOST: "a tool to begin with (fictional)",
    Story.GIVEN: "bridging a late payment (fictional)",
    Story.REFUSED: "a holiday (fictional)",
}


@dataclass(frozen=True, slots=True)
class Loan:
    """An advance that was paid."""

    aid_id: UUID
    purse: Purse
    member: Member
    schedule: tuple[Instalment, ...]

    @property
    def amount_c(self) -> int:
        """What was advanced."""
        return sum(each.amount_c for each in self.schedule)


def plan_aid(group: Group, house: House) -> None:
    """Note a request in each of the first months, and one a quarter from then on."""
    last = group.size.months - 1
    months = [*range(1, min(len(STORIES), last) + 1), *range(len(STORIES) + 3, last, 3)]
    for place, n in enumerate(months):
        month = group.size.month(n)
        story = STORIES[place % len(STORIES)]
        group.agenda.on(month.on(4), partial(_ask, group, house, month, story))


def _ask(group: Group, house: House, month: Month, story: Story, on: date) -> None:
    """Ask for a third of what the fund can dispose of, for who can bear it; the committee meets later."""
    clerk = group.clerk
    purse = max((each for each in house.purses if each.active()), key=Purse.spendable_c, default=None)
    if purse is None:
        return
    amount_c = min(MOST_C, (house.fund_collected_c - FLOOR_C) // 3, purse.spendable_c() // 3)
    if amount_c < LEAST_C or not _committee(house, purse, on):
        return
    member, aid_id = purse.active()[0], clerk.new_id()
    clerk.tell(
        "aid.request",
        aid.request_aid,
        on=on,
        aid_id=aid_id,
        fund_id=house.fund_id,
        activity_id=purse.activity_id,
        member_id=member.membership_id,
        amount_c=amount_c,
        purpose=PURPOSES[story],
    )
    decide = partial(_decide, group, house, story, purse, member, aid_id, amount_c, f"aid {month}")
    group.agenda.on(later(on, 4), decide)


def _decide(
    group: Group,
    house: House,
    story: Story,
    purse: Purse,
    member: Member,
    aid_id: UUID,
    amount_c: int,
    decision_ref: str,
    on: date,
) -> None:
    """Decide with those who are members on that day: one of them may have left since it was asked for."""
    committee = _committee(house, purse, on)
    if not committee:
        return
    refused, given = story is Story.REFUSED, story is Story.GIVEN
    schedule = () if refused or given else _schedule(amount_c, on)
    outcome = AidOutcome.REFUSED if refused else AidOutcome.GRANTED if given else AidOutcome.LENT
    group.clerk.tell(
        "aid.decide",
        aid.decide_aid,
        on=on,
        actor=COMMITTEE,
        aid_id=aid_id,
        outcome=outcome,
        amount_c=0 if refused else amount_c,
        schedule=schedule,
        decision_ref=f"solidarity committee, {decision_ref}",
        decided_by=committee,
    )
    if not refused:
        house.fund_collected_c -= amount_c
        loan = Loan(aid_id, purse, member, schedule)
        group.agenda.on(later(on, 1), partial(_pay, group, house, story, loan, amount_c))


def _pay(group: Group, house: House, story: Story, loan: Loan, amount_c: int, on: date) -> None:
    """Pay it, unless the activity could meanwhile not owe that much without its payouts being held."""
    if loan.purse.spendable_c() < loan.amount_c:
        reason = "the order was lost"
        group.clerk.tell("aid.give-up", aid.give_up_aid, on=on, aid_id=loan.aid_id, reason=reason)
        house.fund_collected_c += amount_c
        return
    member = loan.member
    group.clerk.tell(
        "aid.pay", aid.pay_aid, on=on, actor=TREASURER, aid_id=loan.aid_id, payee_iban=member.iban
    )
    loan.purse.available_c -= loan.amount_c
    cleared = partial(clear, group, aid_order_id(loan.aid_id))
    house.account.coming.append(
        Coming(later(on, 1), -amount_c, member.person.name, member.iban, remittance="aid", then=cleared)
    )
    comes_back = loan.schedule if story is Story.REPAID else loan.schedule[:1]
    for each in comes_back:
        house.account.coming.append(
            Coming(
                each.due_on,
                each.amount_c,
                member.person.name,
                member.iban,
                remittance="instalment",
                then=partial(_repaid, group, house, loan, each.amount_c),
            )
        )
    if story is Story.LOST:
        given_up_on = working(loan.schedule[0].due_on + timedelta(days=PATIENCE_DAYS))
        if given_up_on < group.size.month(group.size.months).first:
            lost_c = loan.amount_c - loan.schedule[0].amount_c
            group.agenda.on(given_up_on, partial(_write_off, group, loan, lost_c))


def _repaid(group: Group, house: House, loan: Loan, amount_c: int, line_id: UUID, on: date) -> None:
    group.clerk.tell(
        "advance.repay",
        advances.repay_advance,
        on=on,
        aid_id=loan.aid_id,
        bank_line_id=line_id,
        amount_c=amount_c,
    )
    loan.purse.available_c += amount_c
    house.fund_collected_c += amount_c


def _write_off(group: Group, loan: Loan, lost_c: int, on: date) -> None:
    group.clerk.tell(
        "advance.write-off",
        advances.write_advance_off,
        on=on,
        actor=COMMITTEE,
        aid_id=loan.aid_id,
        decision_ref=f"solidarity committee, {on:%Y-%m}: nothing more can be expected",
    )
    loan.purse.available_c += lost_c


def _schedule(amount_c: int, on: date) -> tuple[Instalment, ...]:
    parts = split(amount_c, [1] * INSTALMENTS)
    return tuple(
        Instalment(on + timedelta(days=INSTALMENT_DAYS * n), part_c)
        for n, part_c in enumerate(parts, start=1)
    )


def _committee(house: House, purse: Purse, on: date) -> list[UUID]:
    """Return up to three members who do not run that activity."""
    others = [
        member.membership_id
        for member in house.members
        if member not in purse.members and not member.leaving and member.joined_on and member.joined_on < on
    ]
    return others[:3]
