"""Aid of the solidarity fund, with all that goes wrong: two advances whose receipts are mixed up, and a grant.

The first is ordered twice, since the bank refused the file, and paid back by receipts and a set-off. Of
the second half is written off, and comes after all. The grant is given up: an insurance pays.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from domain.aggregates.fund_aid import AidOutcome
from domain.ids import derived_id
from domain.instalments import Instalment
from domain.ledger import advances, aid, corrections
from domain.ledger.payments import aid_order_id
from workers.demo.clerk import COMMITTEE, TREASURER
from workers.demo.group.banking import clear
from workers.demo.group.house import Coming, Group, House, Member
from workers.demo.group.size import later
from workers.demo.relay.year import day

INSTALMENT_C, GRANT_C = 300_00, 400_00
NOTICED_AFTER_DAYS = 2
DECIDERS = (0, 11, 12)
"""The committee: none of these members runs one of these activities."""


@dataclass(frozen=True, slots=True)
class Aid:
    """What is asked for an activity, for what, and when it is to be paid back: never, if it is a grant."""

    relay: House
    activity: int
    purpose: str
    due: tuple[date, ...] = ()

    @property
    def aid_id(self) -> UUID:
        """What the ledger calls it."""
        return derived_id("demo", self.relay.entity_id, self.purpose)

    @property
    def member(self) -> Member:
        """Who asks."""
        return self.relay.purses[self.activity].members[0]

    @property
    def amount_c(self) -> int:
        """How much is asked, in cents."""
        return INSTALMENT_C * len(self.due) or GRANT_C

    def moves(self, amount_c: int, on: date, what: str, then: Callable[[UUID, date], None]) -> None:
        """Let the bank report a movement between the cooperative and who asked."""
        person = self.member.person
        self.relay.account.coming.append(
            Coming(on, amount_c, person.name, self.member.iban, remittance=what, then=then)
        )


def plan_aided(group: Group, relay: House) -> None:
    """Note what is asked for in February and September, and what becomes of it."""
    on = group.agenda.on
    first = Aid(relay, 1, "material for a large order", (day(4, 14), day(5, 14), day(9, 15)))
    second = Aid(relay, 2, "bridging an illness", (day(4, 14), day(5, 14)))
    for each in (first, second):
        on(day(2, 10), partial(_ask, group, each))
        on(day(2, 14), partial(_decide, group, each))
    on(day(2, 17), partial(_pay, group, first))
    on(day(2, 17), partial(_pay_out, group, second, 0))
    on(day(2, 18), partial(_withdraw, group, first))
    on(day(2, 19), partial(_pay_out, group, first, 1))
    _plan_return(group, first, second)
    grant = Aid(relay, 2, "a stolen tool")
    on(day(9, 8), partial(_ask, group, grant))
    on(day(9, 12), partial(_decide, group, grant))
    on(day(9, 18), partial(_give_up, group, grant))


def _plan_return(group: Group, first: Aid, second: Aid) -> None:
    """Note how both come back: twice staff takes what comes of the first for the second."""
    repay, recover = (
        ("advance.repay", advances.repay_advance),
        ("advance.recover", advances.recover_advance),
    )
    first.moves(INSTALMENT_C, day(4, 14), "first instalment", partial(_mistake, group, first, second, repay))
    second.moves(INSTALMENT_C, day(4, 14), "half", partial(_set_against, group, second, repay))
    group.agenda.on(day(5, 15), partial(_set_off_the_wrong_one, group, first, second))
    group.agenda.on(day(7, 2), partial(_write_off, group, second))
    first.moves(INSTALMENT_C, day(9, 15), "last instalment", partial(_mistake, group, first, second, recover))
    second.moves(INSTALMENT_C, day(10, 14), "better late", partial(_set_against, group, second, recover))


def _ask(group: Group, asked: Aid, on: date) -> None:
    purse = asked.relay.purses[asked.activity]
    group.clerk.tell(
        "aid.request",
        aid.request_aid,
        on=on,
        aid_id=asked.aid_id,
        fund_id=asked.relay.fund_id,
        activity_id=purse.activity_id,
        member_id=asked.member.membership_id,
        amount_c=asked.amount_c,
        purpose=f"{asked.purpose} (fictional)",
    )


def _decide(group: Group, asked: Aid, on: date) -> None:
    """Lend what is to be paid back, and give what is not."""
    group.clerk.tell(
        "aid.decide",
        aid.decide_aid,
        on=on,
        actor=COMMITTEE,
        aid_id=asked.aid_id,
        outcome=AidOutcome.LENT if asked.due else AidOutcome.GRANTED,
        amount_c=asked.amount_c,
        schedule=tuple(Instalment(due_on, INSTALMENT_C) for due_on in asked.due),
        decision_ref=f"solidarity committee, {on:%Y-%m} (fictional)",
        decided_by=[asked.relay.members[n].membership_id for n in DECIDERS],
    )


def _pay(group: Group, asked: Aid, on: date) -> None:
    iban = asked.member.iban
    group.clerk.tell("aid.pay", aid.pay_aid, on=on, actor=TREASURER, aid_id=asked.aid_id, payee_iban=iban)


def _pay_out(group: Group, asked: Aid, withdrawn: int, on: date) -> None:
    """Pay by the order that follows so many that were withdrawn; the bank pays on the next day."""
    _pay(group, asked, on)
    cleared = partial(clear, group, aid_order_id(asked.aid_id, withdrawn))
    asked.moves(-asked.amount_c, later(on, 1), "advance", cleared)


def _withdraw(group: Group, asked: Aid, on: date) -> None:
    group.clerk.tell(
        "payment.withdraw",
        corrections.withdraw_order,
        on=on,
        order_id=aid_order_id(asked.aid_id),
        reason="the bank refused the file (fictional)",
    )


def _set_against(
    group: Group, asked: Aid, how: tuple[str, Callable[..., object]], line_id: UUID, on: date
) -> None:
    operation, use_case = how
    says: dict[str, Any] = {"aid_id": asked.aid_id, "bank_line_id": line_id, "amount_c": INSTALMENT_C}
    group.clerk.tell(operation, use_case, on=on, **says)


def _mistake(
    group: Group,
    right: Aid,
    wrong: Aid,
    how: tuple[str, Callable[..., object]],
    line_id: UUID,
    on: date,
) -> None:
    """Set a receipt against the wrong advance, and notice it two days later."""
    _set_against(group, wrong, how, line_id, on)
    group.agenda.on(later(on, NOTICED_AFTER_DAYS), partial(_correct, group, right, wrong, line_id))


def _correct(group: Group, right: Aid, wrong: Aid, line_id: UUID, on: date) -> None:
    says: dict[str, Any] = {"aid_id": wrong.aid_id, "bank_line_id": line_id, "amount_c": INSTALMENT_C}
    reason = f"this was for {right.purpose} (fictional)"
    group.clerk.tell("advance.undo-receipt", corrections.undo_repayment, on=on, reason=reason, **says)
    _set_against(group, right, ("advance.repay", advances.repay_advance), line_id, on)


def _set_off_the_wrong_one(group: Group, right: Aid, wrong: Aid, on: date) -> None:
    """Set an instalment of the wrong advance off, and put it right."""
    _set_off(group, wrong, on)
    group.clerk.tell(
        "advance.undo-set-off",
        corrections.undo_advance_set_off,
        on=on,
        aid_id=wrong.aid_id,
        amount_c=INSTALMENT_C,
        reason="it was for the other advance (fictional)",
    )
    _set_off(group, right, on)


def _set_off(group: Group, asked: Aid, on: date) -> None:
    group.clerk.tell(
        "advance.set-off", advances.set_advance_off, on=on, aid_id=asked.aid_id, amount_c=INSTALMENT_C
    )


def _write_off(group: Group, asked: Aid, on: date) -> None:
    reason = "solidarity committee: nothing more can be expected (fictional)"
    group.clerk.tell(
        "advance.write-off",
        advances.write_advance_off,
        on=on,
        actor=COMMITTEE,
        aid_id=asked.aid_id,
        decision_ref=reason,
    )


def _give_up(group: Group, asked: Aid, on: date) -> None:
    reason = "the insurance pays (fictional)"
    group.clerk.tell("aid.give-up", aid.give_up_aid, on=on, aid_id=asked.aid_id, reason=reason)
