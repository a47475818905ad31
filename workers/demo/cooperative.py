"""The demo from its first day to its last: 20 fictional members, three months, one vote.

Everything goes through the use cases under a simulated clock, so that one seed makes one history;
only the nonces of sealed fields differ between two runs.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from domain.aggregates.fund_aid import AidOutcome
from domain.ledger import aid, members, periods
from interchange.identifiers import UNASSIGNED_BANK, belgian_iban
from workers.clock import SimulatedClock
from workers.demo.clerk import COMMITTEE, TREASURER, Clerk
from workers.demo.emptiness import require_empty
from workers.demo.founding import FIRST_DAY, OPENING_C, Cooperative, found, months_from
from workers.demo.months import Account, Owed, issue_invoices, statement_of
from workers.demo.statements import import_statement, write_statement
from workers.demo.vote import hold_vote

if TYPE_CHECKING:
    from collections.abc import Callable

    from workers.cli.session import Session

MEMBERS = 20
MONTHS = 3
INVOICES_A_MONTH = 24
GRANT_C = 25_00


@dataclass(frozen=True, slots=True)
class DemoSummary:
    """What the demo made."""

    seed: int
    position: int
    members: int
    months: int
    next_statement: Path


def fill_if_empty(session: Session) -> None:
    """Fill the ledger unless it holds facts already."""
    with session.workshop() as workshop:
        empty = workshop.log.head().size == 0
    if empty:
        fill(session, seed=1)


def fill(session: Session, *, seed: int) -> DemoSummary:
    """Fill an empty ledger; raises LedgerNotEmpty."""
    from workers.workshop import Workshop

    chance = Random(seed)  # noqa: S311 - a demo is drawn from its seed, nothing secret is
    clock = SimulatedClock(datetime(FIRST_DAY.year, FIRST_DAY.month, FIRST_DAY.day, 7, tzinfo=UTC))
    with Workshop(session.settings, clock=clock) as workshop:
        require_empty(workshop)
        inbox = session.settings.data_dir / "demo"
        inbox.mkdir(parents=True, exist_ok=True)
        clerk = Clerk(workshop, clock, chance)
        filling = session.screen.progress("Filling the demo cooperative", MONTHS + 2)
        with workshop.projecting(), filling as done:
            last = _live(clerk, inbox, done)
        workshop.projector.catch_up()
        return DemoSummary(seed, workshop.log.head().size, MEMBERS, MONTHS, last)


def _live(clerk: Clerk, inbox: Path, done: Callable[[int], None]) -> Path:
    coop = found(clerk, member_count=MEMBERS, month_count=MONTHS)
    done(1)
    account, owed = Account(OPENING_C), list[Owed]()
    for n, month in enumerate(months_from(FIRST_DAY, MONTHS), start=1):
        days = _days(month)
        owed += issue_invoices(clerk, coop, _working(days), count=INVOICES_A_MONTH)
        paid = [each for each in owed if clerk.chance.random() < 0.7]  # noqa: PLR2004 - seven in ten pay in the month
        owed = [each for each in owed if each not in paid]
        statement = statement_of(clerk, coop, account, paid, first_on=days[0], last_on=days[-1])
        import_statement(clerk, write_statement(inbox / f"{month}.xml", statement), days[-1])
        done(n + 1)
    _decide(clerk, coop)
    _close_first_month(clerk, coop)
    done(MONTHS + 2)
    after = _days(months_from(FIRST_DAY, MONTHS + 1)[-1])
    statement = statement_of(clerk, coop, account, owed, first_on=after[0], last_on=after[-1])
    return write_statement(inbox / f"{after[0]:%Y-%m}.xml", statement)


def _decide(clerk: Clerk, coop: Cooperative) -> None:
    """Hold the vote, grant from the fund by two people, and let one member give notice."""
    hold_vote(clerk, coop, opened_on=date(2026, 3, 31), closed_on=date(2026, 4, 1))
    on = date(2026, 4, 1)
    _grant(clerk, coop, on)
    clerk.ask(
        "membership.resign", members.resign, on=on, membership_id=coop.membership_ids[-1], received_on=on
    )


def _grant(clerk: Clerk, coop: Cooperative, on: date) -> None:
    """Let a member ask for aid, two others decide it, and the treasurer pay it."""
    aid_id, (member_id, *committee) = clerk.new_id(), coop.membership_ids[:3]
    clerk.ask(
        "aid.request",
        aid.request_aid,
        on=on,
        aid_id=aid_id,
        fund_id=coop.fund_id,
        activity_id=coop.activity_ids[0],
        member_id=member_id,
        amount_c=GRANT_C,
        purpose="bridging a late payment (fictional)",
    )
    clerk.ask(
        "aid.decide",
        aid.decide_aid,
        on=on,
        actor=COMMITTEE,
        aid_id=aid_id,
        outcome=AidOutcome.GRANTED,
        amount_c=GRANT_C,
        decision_ref="solidarity committee, decision 1",
        decided_by=committee,
    )
    iban = belgian_iban(UNASSIGNED_BANK, 9_000_001)
    clerk.ask("aid.pay", aid.pay_aid, on=on, actor=TREASURER, aid_id=aid_id, payee_iban=iban)


def _close_first_month(clerk: Clerk, coop: Cooperative) -> None:
    from api.closing import close_month
    from eventstore.desk import Caller

    month, on = f"{FIRST_DAY:%Y-%m}", date(2026, 4, 2)
    clerk.ask("period.stop-bookings", periods.stop_bookings, on=on, entity_id=coop.entity_id, month=month)
    close_month(
        clerk.workshop.services,
        Caller(principal="demo", actor=TREASURER),
        entity_id=coop.entity_id,
        month=month,
    )


def _days(month: str) -> list[date]:
    first = date(int(month[:4]), int(month[5:]), 1)
    after = _next_month(first)
    return [first + timedelta(days=n) for n in range((after - first).days)]


def _next_month(first: date) -> date:
    """Return the first day of the month after."""
    return (first + timedelta(days=32)).replace(day=1)


def _working(days: list[date]) -> list[date]:
    return [day for day in days if day.weekday() < 5]  # noqa: PLR2004 - Monday to Friday
