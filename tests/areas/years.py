"""The fiscal years of an entity: adjusted, approved, their result appropriated, and the next begun at nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule

from domain.aggregates.fiscal_year import AccountBalance, Accounts, Appropriation, FiscalYear
from domain.aggregates.legal_entity import LegalEntity
from domain.ledger.manual_entries import adjust_year
from domain.ledger.years import appropriate_result, approve_accounts, carry_balances, open_year, year_id
from tests.areas.desk import CENTS_MORE, PICK, STRAY, TENTHS
from tests.areas.year_books import ALL_MONTHS, DIGEST, EVIDENCE, LATEST, PAIRS, Months, PaperEntry
from tests.cooperative import ENTITY

RESULT_CLASSES = ("6", "7")
BACK_ON = st.none() | st.dates(date(2025, 12, 1), LATEST)


@dataclass
class PaperYear:
    """One fiscal year: its months, how far it has come, and the last position that its accounts must count."""

    name: str
    months: tuple[str, ...]
    last_on: date
    state: str = "unopened"
    counts: int = 0
    result_c: int = 0

    @property
    def id(self) -> UUID:
        return year_id(ENTITY, self.name)

    @property
    def first_on(self) -> date:
        return date(int(self.months[0][:4]), int(self.months[0][5:]), 1)

    @property
    def ends(self) -> int:
        """How many months there are to its end."""
        return ALL_MONTHS.index(self.months[-1]) + 1


class Years(Months):
    """Rules about short years: two months, two, and four."""

    def found(self) -> None:
        super().found()
        self.years = [
            PaperYear("first", ALL_MONTHS[:2], date(2025, 12, 31)),
            PaperYear("second", ALL_MONTHS[2:4], date(2026, 2, 28)),
            PaperYear("third", ALL_MONTHS[4:8], date(2026, 6, 30)),
        ]
        self.voted_c = 0
        self.refunds_voted_c = 0
        self._open(0, right=True)

    @rule(ahead=st.sampled_from([0, 0, 0, 1, -1]))
    def begin_the_next(self, ahead: int) -> None:
        """Begin the year that follows the last one, or another."""
        n = sum(year.state != "unopened" for year in self.years) + ahead
        if 0 <= n < len(self.years):
            self._open(n, right=not ahead)

    def _open(self, n: int, *, right: bool) -> None:
        year = self.years[n]
        asked: dict[str, Any] = {"year": year.name, "first_on": year.first_on, "last_on": year.last_on}
        if self.ask(right, open_year, on=LATEST, entity_id=ENTITY, **asked):
            year.state = "open"

    def year(self, pick: int, state: str) -> PaperYear:
        """A year that has come so far, if there is one; now and then any that was begun."""
        begun = [year for year in self.years if year.state != "unopened"]
        found = self.one_of(begun, pick, lambda each: each.state == state)
        assert found is not None
        return found

    @rule(pick=PICK, pair=PAIRS, amount_c=st.integers(0, 500_00), back_on=BACK_ON)
    def adjust(self, pick: int, pair: tuple[str, str], amount_c: int, back_on: date | None) -> None:
        """Enter it at the end of a year, and take it back in the next if it is a cut-off."""
        year, new, (debit, credit) = self.year(pick, "open"), self.new_id(), pair
        lines = self.lines(debit, credit, amount_c, of_activity=False)
        right = year.state == "open" and amount_c > 0 and credit != "400"
        right = right and (back_on is None or back_on > year.last_on)
        asked: dict[str, Any] = {
            "entry_id": new,
            "year_id": year.id,
            "lines": lines,
            "taken_back_on": back_on,
        }
        position = self.ledger.position
        if self.ask(right, adjust_year, on=LATEST, reason="cut-off", evidence_sha256=EVIDENCE, **asked):
            self.post_in(year.name, amount_c, debit, credit)
            year.counts = position + 1
            entry = PaperEntry(new, debit, credit, amount_c, of_activity=False)
            self.entered(entry)
            if back_on is not None:
                self.took_back(entry, back_on)

    @rule(pick=PICK)
    def close_all_its_months(self, pick: int) -> None:
        """Stop and close month by month to the end of a year."""
        self.close_the_months_of(self.year(pick, "open"))

    def close_the_months_of(self, year: PaperYear) -> None:
        """Stop and close what is not closed of its months, and of those before."""
        for n in range(year.ends):
            if n == self.stopped and n < len(ALL_MONTHS) - 1:
                self.stop(0)
            if self.months[ALL_MONTHS[n]].state == "closing":
                self.close_it(ALL_MONTHS[n], stale=0, off_c=0)

    @rule(pick=PICK, stale=st.sampled_from([0, 0, 0, 1]), off_c=st.sampled_from([0, 0, 0, 1]))
    def approve(self, pick: int, stale: int, off_c: int) -> None:
        """Approve accounts by figures of now, or of before the last adjustment; years follow each other."""
        self.approve_it(self.year(pick, "open"), stale, off_c)

    def approve_it(self, year: PaperYear, stale: int, off_c: int) -> None:
        """Approve the accounts of that year."""
        stale = min(stale, year.counts)
        accounts = Accounts(
            position=year.counts - 1 if stale else self.ledger.position,
            trial_balance_sha256=DIGEST,
            debit_c=500,
            credit_c=500 + off_c,
            result_c=-sum(self._result_accounts(year).values()),
            net_asset_c=0,
            brought_forward_c=self.brought_c,
        )
        closed = all(self.months[month].state == "closed" for month in year.months)
        right = year.state == "open" and closed and not stale and not off_c
        right = right and all(each.state not in ("unopened", "open") for each in self._before(year))
        asked = {"year_id": year.id, "accounts": accounts, "decision_ref": "assembly 3"}
        if self.ask(right, approve_accounts, on=LATEST, **asked):
            year.state, year.result_c = "approved", accounts.result_c
            self.approved = year.ends

    @property
    def brought_c(self) -> int:
        """What earlier years carried forward, as it stands."""
        return -self.posted[ENTITY, "140"] - self.posted[ENTITY, "141"]

    @rule(
        pick=PICK,
        legal=TENTHS,
        other=TENTHS,
        more_c=CENTS_MORE,
        dividend_more_c=CENTS_MORE,
        brought_more_c=st.sampled_from([0, 0, 0, 0, 0, 0, 1, -1]),
    )
    def appropriate(
        self, pick: int, legal: int, other: int, more_c: int, dividend_more_c: int, brought_more_c: int
    ) -> None:
        """Give what was voted, keep some, and carry the rest forward: all of it, or a cent more or less.

        Or bring forward a cent more or less than stands there, and carry that as well.
        """
        if not any(each.state in ("approved", "appropriated") for each in self.years) and pick % STRAY:
            return
        self.appropriate_it(
            self.year(pick, "approved"), legal, other, more_c, dividend_more_c, brought_more_c=brought_more_c
        )

    def appropriate_it(
        self,
        year: PaperYear,
        legal: int,
        other: int,
        more_c: int,
        dividend_more_c: int,
        *,
        brought_more_c: int = 0,
    ) -> None:
        """Appropriate the result of that year."""
        brought_c = self.brought_c + brought_more_c
        dividend_c = self.voted_c + dividend_more_c
        left_c = year.result_c + brought_c - dividend_c - self.refunds_voted_c
        legal_c, other_c = max(left_c, 0) * legal // 20, max(left_c, 0) * other // 20
        forward_c = left_c - legal_c - other_c
        given = (dividend_c, forward_c + more_c, self.refunds_voted_c)
        uses = Appropriation(brought_c, legal_c, other_c, *given)
        right = year.state == "approved" and not (more_c or dividend_more_c or brought_more_c)
        right = right and all(each.state in ("appropriated", "carried") for each in self._before(year))
        asked = {"year_id": year.id, "appropriation": uses, "decision_ref": "assembly 4"}
        if self.ask(right, appropriate_result, on=LATEST, **asked):
            year.state, self.voted_c, self.refunds_voted_c = "appropriated", 0, 0
            self._book(year, uses)

    def _book(self, year: PaperYear, uses: Appropriation) -> None:
        self.post_in(year.name, uses.legal_reserve_c, "6920", "130")
        self.post_in(year.name, uses.other_reserves_c, "6921", "133")
        self.post_in(year.name, uses.dividend_c, "694", "471")
        self.post_in(year.name, uses.patronage_c, "697", "473")
        if uses.brought_forward_c > 0:
            self.post_in(year.name, uses.brought_forward_c, "140", "790")
        else:
            self.post_in(year.name, -uses.brought_forward_c, "690", "141")
        if uses.carried_forward_c > 0:
            self.post_in(year.name, uses.carried_forward_c, "693", "140")
        else:
            self.post_in(year.name, -uses.carried_forward_c, "141", "793")

    @rule(pick=PICK, more_c=CENTS_MORE)
    def carry(self, pick: int, more_c: int) -> None:
        """Begin the next year with classes 6 and 7 at nothing."""
        if not any(each.state in ("appropriated", "carried") for each in self.years) and pick % STRAY:
            return
        year = self.year(pick, "appropriated")
        stand = self._result_accounts(year)
        balances = [AccountBalance(account, cents) for account, cents in stand.items()]
        if more_c:
            balances.append(AccountBalance("613", more_c))
        right = year.state == "appropriated" and not more_c
        asked = {"year_id": year.id, "position": self.ledger.position, "result_accounts": balances}
        if self.ask(right, carry_balances, on=LATEST, **asked):
            year.state = "carried"
            for account, cents in stand.items():
                self.by_month[year.name, account] -= cents
                self.posted[ENTITY, account] -= cents

    def _result_accounts(self, year: PaperYear) -> dict[str, int]:
        """What the accounts of classes 6 and 7 moved in a year, its end included."""
        stand: dict[str, int] = {}
        for (where, account), cents in self.by_month.items():
            if where in (*year.months, year.name) and account.startswith(RESULT_CLASSES):
                stand[account] = stand.get(account, 0) + cents
        return {account: cents for account, cents in stand.items() if cents}

    def _before(self, year: PaperYear) -> list[PaperYear]:
        return self.years[: self.years.index(year)]

    @invariant()
    def years_stand_where_the_paper_says(self) -> None:
        for year in self.years:
            if year.state == "unopened":
                continue
            kept = self.state(FiscalYear, year.id)
            assert kept.state == year.state
            assert year.state == "open" or kept.result_c == year.result_c
            if year.state == "carried":
                assert not self._result_accounts(year)

    @invariant()
    def what_the_end_of_years_moved_is_on_paper(self) -> None:
        names = {year.name for year in self.years}
        on_paper: dict[str, int] = {}
        for (where, account), cents in self.by_month.items():
            if where in names:
                on_paper[account] = on_paper.get(account, 0) + cents
        moved = {account: cents for (of, account), cents in self.moved.items() if of == "year-end"}
        assert {k: c for k, c in moved.items() if c} == {k: c for k, c in on_paper.items() if c}

    @invariant()
    def no_month_of_approved_accounts_takes_bookings(self) -> None:
        approved = [year for year in self.years if year.state not in ("unopened", "open")]
        for year in approved:
            assert all(self.months[month].state == "closed" for month in year.months)
            assert self.state(LegalEntity, ENTITY).stopped_through >= year.last_on
