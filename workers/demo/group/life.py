"""The large demo from its founding to the last statement, all through the use cases.

A simulated clock stands still within a day, requests of a day are decided in the order in which they
are handed in, and chance follows from the seed alone: one seed makes one history. Only ids that the
import draws and the nonces of sealed fields differ between two runs.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from time import monotonic
from typing import TYPE_CHECKING

from workers.clock import SimulatedClock
from workers.demo.clerk import Clerk
from workers.demo.emptiness import require_empty
from workers.demo.group.agenda import Agenda
from workers.demo.group.aid import plan_aid
from workers.demo.group.assembly import plan_assemblies
from workers.demo.group.banking import report_month, report_next
from workers.demo.group.buying import plan_purchases
from workers.demo.group.declaring import declare_closed
from workers.demo.group.departures import plan_departures
from workers.demo.group.drafting import plan_drafts
from workers.demo.group.extraordinary import plan_extraordinary
from workers.demo.group.founding import found
from workers.demo.group.house import Group, House
from workers.demo.group.keeping import close_earlier
from workers.demo.group.membership import plan_memberships
from workers.demo.group.sales import invoice_month
from workers.demo.group.size import Size
from workers.demo.group.spending import charge_month, claim_month, pay_wages
from workers.demo.group.trading import plan_trade, plan_trial
from workers.demo.group.year_end import plan_year_ends
from workers.demo.relay.life import plan_relay

if TYPE_CHECKING:
    from workers.cli.session import Session


CHANCES = ("credit notes", "returns", "purchases", "doubts", "orders", "drafts")


@dataclass(frozen=True, slots=True)
class GroupSummary:
    """What the demo made, and in how many seconds; `next_statements` can be imported next."""

    seed: int
    members: int
    months: int
    entities: tuple[str, ...]
    position: int
    seconds: float
    next_statements: tuple[Path, ...]


def fill_group(session: Session, size: Size) -> GroupSummary:
    """Fill an empty ledger; raises LedgerNotEmpty, NotThatManyMembers, NotThatManyMonths."""
    from workers.workshop import Workshop

    size.require_playable()
    began = monotonic()
    first = size.first_day
    clock = SimulatedClock(datetime(first.year, first.month, first.day, 7, tzinfo=UTC), step=timedelta(0))
    with Workshop(session.settings, clock=clock) as workshop:
        require_empty(workshop)
        inbox = session.settings.data_dir / "demo"
        inbox.mkdir(parents=True, exist_ok=True)
        chance = Random(size.seed)  # noqa: S311 - a demo is drawn from its seed, nothing secret is
        clerk = Clerk(workshop, clock, chance)
        filling = session.screen.progress("Living the demo, month by month", size.months + 2)
        with workshop.projecting(), filling as done:
            own = (Random(f"{what} {size.seed}") for what in CHANCES)  # noqa: S311 - as above
            group = Group(clerk, Agenda(first), size, found(clerk, size), *own)
            done(1)
            houses = (*group.houses, *plan_relay(group, inbox))
            statements = _live(group, houses, inbox, done)
        workshop.projector.catch_up()
        return GroupSummary(
            size.seed,
            size.members + sum(len(house.members) for house in houses[len(group.houses) :]),
            size.months,
            tuple(house.code for house in houses),
            workshop.log.head().size,
            round(monotonic() - began, 1),
            statements,
        )


def _live(
    group: Group, houses: tuple[House, ...], inbox: Path, done: Callable[[int], None]
) -> tuple[Path, ...]:
    """Live the months, and the days of the next one until the last statements are imported."""
    for house in group.houses:
        plan_memberships(group, house)
        plan_departures(group, house)
        plan_assemblies(group, house)
        plan_extraordinary(group, house)
        plan_aid(group, house)
        plan_purchases(group, house)
        plan_year_ends(group, house)
        plan_trial(group, house)
        plan_drafts(group, house)
    plan_trade(group)
    for n in range(group.size.months):
        month = group.size.month(n)
        for house in group.houses:
            report_month(group, house, month, inbox)
            invoice_month(group, house, month)
            charge_month(group, house, month)
            claim_month(group, house, month)
            pay_wages(group, house, month)
            close_earlier(group, house, month)
            declare_closed(group, house, month)
        group.agenda.play(month.last)
        done(n + 2)
    after = group.size.month(group.size.months)
    group.agenda.play(after.on(1))
    group.clerk.settle()
    return tuple(report_next(house, after.first.replace(day=15), inbox) for house in houses)
