"""July was closed without the depreciation of the furniture: two people open it again, it is booked, and July is closed anew.

A last correction comes when its bookings have stopped again: the accountant books that late, and it counts in July.
"""

from __future__ import annotations

from datetime import date
from functools import partial
from hashlib import sha256

from domain.aggregates.manual_entry import ManualLine
from domain.bookkeeping.chart import DEPRECIATION
from domain.ids import derived_id
from domain.ledger import manual_entries, periods
from domain.personal import Retention
from workers.demo.clerk import TREASURER
from workers.demo.group.house import Group, House
from workers.demo.group.keeping import close_stopped, stop
from workers.demo.relay.year import FIRST_DAY, day

MONTH, LAST_DAY = f"{FIRST_DAY.year}-07", date(FIRST_DAY.year, 7, 31)
DEPRECIATED = "2409"
FURNITURE_C, CHAIR_C = 420_00, 12_00
"""Seven months of what the old books handed over, and of a chair that nobody had counted."""


def plan_reopened(group: Group, relay: House) -> None:
    """Note what happens right after July was closed, and before its VAT is declared."""
    group.agenda.on(day(9, 11), partial(_propose, group, relay))
    group.agenda.on(day(9, 12), partial(_reopen, group, relay))


def _propose(group: Group, relay: House, on: date) -> None:
    group.clerk.tell(
        "period.propose-reopening",
        periods.propose_reopening,
        on=on,
        entity_id=relay.entity_id,
        month=MONTH,
        reason="the furniture was not depreciated (fictional)",
    )


def _reopen(group: Group, relay: House, on: date) -> None:
    """Open it again as a second person, book what was left out, and close it on the same day."""
    group.clerk.tell(
        "period.reopen",
        periods.reopen_period,
        on=on,
        actor=TREASURER,
        entity_id=relay.entity_id,
        month=MONTH,
    )
    _depreciate(group, relay, "furniture of the old books", FURNITURE_C, on)
    stop(group, relay.entity_id, MONTH, on)
    _depreciate(group, relay, "a chair in the hall", CHAIR_C, on)
    close_stopped(group, relay.entity_id, MONTH)


def _depreciate(group: Group, relay: House, what: str, amount_c: int, on: date) -> None:
    """Book it by hand on the last day of the month, resting on the accountant's table."""
    table = f"Depreciation from January to July, {what}: {amount_c} cents (fictional)\n".encode()
    group.clerk.workshop.documents.keep(table, relay.entity_id, Retention.ACCOUNTING)
    group.clerk.tell(
        "manual-entry.post",
        manual_entries.post_entry,
        on=on,
        effective_on=LAST_DAY,
        actor=TREASURER,
        entry_id=derived_id("demo", relay.entity_id, f"depreciation, {what}"),
        entity_id=relay.entity_id,
        day=LAST_DAY,
        lines=(ManualLine(DEPRECIATION, amount_c, 0), ManualLine(DEPRECIATED, 0, amount_c)),
        reason=f"depreciation of {what}",
        evidence_sha256=sha256(table).hexdigest(),
    )
