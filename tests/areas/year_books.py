"""The months of an entity's books: entries by hand, bookings that stop, digests, and months opened again."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule

from domain.aggregates.activity import Activity
from domain.aggregates.legal_entity import LegalEntity
from domain.aggregates.manual_entry import ManualEntry, ManualLine
from domain.aggregates.period import Period
from domain.bookkeeping.rules_v1 import book
from domain.ledger.entities import set_parameter
from domain.ledger.manual_entries import post_entry, reverse_entry
from domain.ledger.periods import (
    close_period,
    open_period,
    period_id,
    propose_reopening,
    reopen_period,
    stop_bookings,
)
from domain.ledger.presets import ACCOUNTS_BODY
from tests.areas.desk import PEOPLE, PICK, Area, first_of
from tests.cooperative import ACTIVITY, ENTITY, FOUNDED, MONTHS, found

MORE_MONTHS = ("2026-04", "2026-05", "2026-06")
ALL_MONTHS = MONTHS + MORE_MONTHS
FIRST, LATEST = date(2025, 11, 1), date(2026, 6, 30)
DAYS = st.dates(FIRST, LATEST)
MONTH = st.integers(0, len(ALL_MONTHS) - 2)
EVIDENCE, DIGEST = "cd" * 32, "d" * 64
COSTS, INCOME, BALANCES = ("612", "613"), ("7001",), ("490", "492")
PAIRS = st.sampled_from(
    [("613", "492"), ("612", "492"), ("490", "7001"), ("490", "7001"), ("492", "490"), ("613", "400")]
)


@dataclass
class PaperMonth:
    """One month: how far it has come, what its digest must count, and who wishes it open again."""

    state: str = "open"
    counts: int = 0
    then: dict[str, int] = field(default_factory=dict)
    wished_by: str = ""


@dataclass
class PaperEntry:
    """An entry by hand, and whether it still stands."""

    id: UUID
    debit: str
    credit: str
    amount_c: int
    of_activity: bool
    stands: bool = True

    @property
    def earns_c(self) -> int:
        """What it adds to the result, or below zero takes from it."""
        return self.amount_c * ((self.credit in INCOME) - (self.debit in COSTS))


class Months(Area):
    """Rules about months; a fact is booked on its day, or on the first day that still takes bookings."""

    def found(self) -> None:
        found(self.ledger.perform)
        for month in MORE_MONTHS:
            self.ledger.perform(open_period, on=FOUNDED, entity_id=ENTITY, month=month)
        body: dict[str, Any] = {"name": ACCOUNTS_BODY, "value": "elsewhere", "source_ref": "statutes"}
        self.ledger.perform(set_parameter, entity_id=ENTITY, valid_from=date(2026, 3, 2), **body)
        self.months = {month: PaperMonth() for month in ALL_MONTHS}
        self.entries: list[PaperEntry] = []
        self.stopped = 0
        self.approved = 0
        self.earned_c = 0
        self.by_month: Counter[tuple[str, str]] = Counter()
        self.moved: Counter[tuple[str, str]] = Counter()
        self.seen = 0

    def booking_day(self, day: date) -> date:
        """The day on which a fact of that day is booked."""
        return max(day, first_of(ALL_MONTHS[self.stopped]))

    def post_in(self, where: str, amount_c: int, debit: str, credit: str) -> None:
        """Book it on paper in that month, or at the end of that year."""
        self.post(amount_c, debit, credit)
        self.by_month[where, debit] += amount_c
        self.by_month[where, credit] -= amount_c

    def lines(self, debit: str, credit: str, amount_c: int, *, of_activity: bool) -> list[ManualLine]:
        """The lines of an entry; what is of the activity is its cost or its income."""
        whose = {account: ACTIVITY for account in COSTS + INCOME if of_activity}
        return [
            ManualLine(debit, amount_c, 0, whose.get(debit)),
            ManualLine(credit, 0, amount_c, whose.get(credit)),
        ]

    def entered(self, entry: PaperEntry) -> None:
        """Keep an entry, and what the activity earns by it."""
        self.entries.append(entry)
        self.earned_c += entry.earns_c if entry.of_activity else 0

    @rule(pair=PAIRS, amount_c=st.integers(0, 500_00), day=DAYS, of_activity=st.booleans())
    def enter(self, pair: tuple[str, str], amount_c: int, day: date, *, of_activity: bool) -> None:
        """Enter it by hand: also into a month whose bookings have stopped, if that is not closed."""
        new, (debit, credit) = self.new_id(), pair
        lines = self.lines(debit, credit, amount_c, of_activity=of_activity)
        right = amount_c > 0 and credit != "400"
        asked: dict[str, Any] = {"entry_id": new, "entity_id": ENTITY, "day": day, "lines": lines}
        position = self.ledger.position
        if self.ask(right, post_entry, on=LATEST, reason="not billed", evidence_sha256=EVIDENCE, **asked):
            month = f"{day:%Y-%m}"
            if self.months[month].state == "closing":
                self.months[month].counts = position + 1
                self.months[month].then = {}
            else:
                month = f"{self.booking_day(day):%Y-%m}"
            self.post_in(month, amount_c, debit, credit)
            self.entered(PaperEntry(new, debit, credit, amount_c, of_activity))
            if self.months[month].state == "closing":
                self.months[month].then = self.of_month(month)

    @rule(pick=PICK, day=DAYS)
    def take_an_entry_back(self, pick: int, day: date) -> None:
        """Take it back, once; the other side of it is booked where bookings are still taken."""
        entry = self.one_of(self.entries, pick, lambda each: each.stands)
        if entry is None:
            return
        asked: dict[str, Any] = {"entry_id": entry.id, "day": day, "reason": "billed"}
        if self.ask(entry.stands, reverse_entry, on=LATEST, evidence_sha256=EVIDENCE, **asked):
            self.took_back(entry, day)

    def took_back(self, entry: PaperEntry, day: date) -> None:
        """Book the other side of an entry."""
        entry.stands = False
        where = f"{self.booking_day(day):%Y-%m}"
        self.post_in(where, entry.amount_c, entry.credit, entry.debit)
        self.earned_c -= entry.earns_c if entry.of_activity else 0

    @rule(ahead=st.sampled_from([0, 0, 0, 1, -1]))
    def stop(self, ahead: int) -> None:
        """Stop the next month, or one out of turn."""
        n = self.stopped + ahead
        if not 0 <= n < len(ALL_MONTHS) - 1:
            return
        month, position = ALL_MONTHS[n], self.ledger.position
        if self.ask(not ahead, stop_bookings, on=LATEST, entity_id=ENTITY, month=month):
            self.months[month] = PaperMonth("closing", position, self.of_month(month))
            self.stopped += 1

    @rule(pick=PICK, stale=st.sampled_from([0, 0, 0, 1]), off_c=st.sampled_from([0, 0, 0, 1]))
    def close(self, pick: int, stale: int, off_c: int) -> None:
        """Close a stopped month by a digest of what it holds now, or by one of before."""
        reached = ALL_MONTHS[: self.stopped + 1]
        month = self.one_of(reached, pick, lambda each: self.months[each].state == "closing")
        assert month is not None
        self.close_it(month, stale, off_c)

    def close_it(self, month: str, stale: int, off_c: int) -> None:
        """Close that month."""
        paper = self.months[month]
        position = paper.counts - 1 if stale else self.ledger.position
        right = paper.state == "closing" and not stale and not off_c
        figures = {"trial_balance_sha256": DIGEST, "debit_c": 500, "credit_c": 500 + off_c}
        asked: dict[str, Any] = {"entity_id": ENTITY, "month": month, "position": position, **figures}
        if self.ask(right, close_period, on=LATEST, **asked):
            paper.state = "closed"

    @rule(ahead=st.sampled_from([-1, -1, -1, -2, 0]), actor=PEOPLE)
    def wish_it_open(self, ahead: int, actor: str) -> None:
        """Propose to open the last closed month again."""
        n = self.stopped + ahead
        if not 0 <= n < len(ALL_MONTHS):
            return
        paper = self.months[ALL_MONTHS[n]]
        right = ahead == -1 and paper.state == "closed"
        asked = {"entity_id": ENTITY, "month": ALL_MONTHS[n], "reason": "a bill of then"}
        if self.ask(right, propose_reopening, on=LATEST, actor=actor, **asked):
            paper.wished_by = actor

    @rule(actor=PEOPLE)
    def reopen(self, actor: str) -> None:
        """Open it again as a second person, unless the accounts of its year are approved."""
        if not self.stopped:
            return
        month = ALL_MONTHS[self.stopped - 1]
        paper = self.months[month]
        right = paper.state == "closed" and paper.wished_by not in ("", actor)
        right = right and self.stopped > self.approved
        if self.ask(right, reopen_period, on=LATEST, actor=actor, entity_id=ENTITY, month=month):
            self.months[month] = PaperMonth()
            self.stopped -= 1

    def of_month(self, month: str) -> dict[str, int]:
        """What a month moved on each account, on paper."""
        return _some({account: cents for (of, account), cents in self.by_month.items() if of == month})

    @invariant()
    def each_month_moved_what_the_paper_says_and_a_stopped_one_stays_as_it_is(self) -> None:
        for fact in self.ledger.facts[max(self.seen, self.founded) :]:
            entry = book(fact)
            if entry is not None:
                where = "year-end" if entry.year_end else f"{entry.booked_on:%Y-%m}"
                for line in entry.lines:
                    self.moved[where, line.account] += line.debit_c - line.credit_c
        self.seen = len(self.ledger.facts)
        months = {key: cents for key, cents in self.moved.items() if key[0] != "year-end" and cents}
        assert months == {
            key: cents for key, cents in self.by_month.items() if key[0] in self.months and cents
        }
        for month, paper in self.months.items():
            assert paper.state == "open" or self.of_month(month) == paper.then

    @invariant()
    def months_stand_where_the_paper_says(self) -> None:
        for month, paper in self.months.items():
            assert self.state(Period, period_id(ENTITY, month)).state == paper.state
        stopped_through = self.state(LegalEntity, ENTITY).stopped_through
        assert not self.stopped or f"{stopped_through:%Y-%m}" == ALL_MONTHS[self.stopped - 1]
        assert self.state(Activity, ACTIVITY).result_c == self.earned_c
        for entry in self.entries:
            assert (self.state(ManualEntry, entry.id).reversed_by is None) is entry.stands


def _some(sums: dict[str, int]) -> dict[str, int]:
    return {account: cents for account, cents in sums.items() if cents}
