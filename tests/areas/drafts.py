"""Drafts of invoices: submitted by who made them, and issued under the next number or given back by staff."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule

from domain.aggregates.activity import Activity
from domain.aggregates.invoice import Invoice
from domain.aggregates.invoice_draft import InvoiceDraft
from domain.ledger import invoice_drafts as cases
from domain.ledger.endings import begin_closing
from domain.ledger.invoicing import issue_invoice
from domain.ledger.periods import open_period
from tests.areas.desk import PEOPLE, PICK, Area
from tests.areas.orders import DAYS, FIRST, FUND_BP, LAST, PRICES, VAT_BP, at, priced
from tests.cooperative import ACTIVITY, CLIENT, ENTITY, FOUNDED, MEMBER, OTHER_MEMBER, found, invoice

REASONS = st.sampled_from(["the hours are missing", "another rate", " "])
WHOM = st.sampled_from([None, None, "carla", "ben"])
RUNNERS = st.sampled_from([MEMBER, MEMBER, MEMBER, OTHER_MEMBER])


@dataclass
class PaperDraft:
    """A draft: who may change it, where it stands, what it asks, and its invoice."""

    id: UUID
    people: set[str]
    net_c: int
    supplied_on: date
    state: str = "drafted"
    invoice: UUID | None = None


class Drafts(Area):
    """Rules about the drafts of one activity, which may come to its end meanwhile."""

    def found(self) -> None:
        found(self.ledger.perform)
        for month in ("2026-04", "2026-05", "2026-06"):
            self.ledger.perform(open_period, on=FOUNDED, entity_id=ENTITY, month=month)
        self.drafts: list[PaperDraft] = []
        self.last_on: dict[int, date] = {}
        self.numbers: Counter[int] = Counter()
        self.numbered: dict[UUID, str] = {}
        self.ends_on: date | None = None
        self.earned_c = 0

    @rule(net_c=PRICES, day=DAYS, member=RUNNERS, actor=PEOPLE, whom=WHOM)
    def draft(self, net_c: int, day: date, member: UUID, actor: str, whom: str | None) -> None:
        """Draft one, for oneself or for another, as who runs the activity."""
        new = self.new_id()
        asked: dict[str, Any] = {"invoice_draft_id": new, "activity_id": ACTIVITY, "client_id": CLIENT}
        asked |= {"membership_id": member, "supplied_on": day, "lines": [priced(net_c)]}
        right = net_c > 0 and member == MEMBER and self._supplied(day)
        if self.ask(right, cases.draft_invoice, on=FIRST, actor=actor, on_behalf_of=whom, **asked):
            self.drafts.append(PaperDraft(new, {actor, *([whom] if whom else [])}, net_c, day))

    def one(self, pick: int, *states: str) -> PaperDraft | None:
        """A draft that stands there; now and then any."""
        return self.one_of(self.drafts, pick, lambda each: each.state in states)

    @rule(pick=PICK, net_c=PRICES, day=DAYS, actor=PEOPLE, whom=WHOM)
    def amend(self, pick: int, net_c: int, day: date, actor: str, whom: str | None) -> None:
        """Ask for something else; to say that it is for whose it is helps nobody."""
        if (paper := self.one(pick, "drafted", "rejected")) is None:
            return
        right = paper.state in ("drafted", "rejected") and actor in paper.people
        right = right and net_c > 0 and self._supplied(day)
        asked: dict[str, Any] = {"supplied_on": day, "lines": [priced(net_c)], "on_behalf_of": whom}
        if self._ask(right, cases.amend_invoice_draft, paper, actor, **asked):
            paper.net_c, paper.supplied_on, paper.state = net_c, day, "drafted"

    @rule(pick=PICK, actor=PEOPLE)
    def submit(self, pick: int, actor: str) -> None:
        if (paper := self.one(pick, "drafted")) is None:
            return
        right = paper.state == "drafted" and actor in paper.people and self._supplied(paper.supplied_on)
        if self._ask(right, cases.submit_invoice_draft, paper, actor):
            paper.state = "submitted"

    @rule(net_c=st.integers(1, 9_000_00), day=DAYS)
    def draft_and_submit(self, net_c: int, day: date) -> None:
        """Hand one in at once."""
        self.draft(net_c, day, MEMBER, "carla", None)
        if not self._supplied(day):
            return
        self._ask(True, cases.submit_invoice_draft, self.drafts[-1], "carla")
        self.drafts[-1].state = "submitted"

    @rule(pick=PICK, actor=PEOPLE)
    def withdraw(self, pick: int, actor: str) -> None:
        standing = ("drafted", "submitted", "rejected")
        if pick % 2 or (paper := self.one(pick // 2, *standing)) is None:
            return
        right = paper.state in standing and actor in paper.people
        if self._ask(right, cases.withdraw_invoice_draft, paper, actor):
            paper.state = "withdrawn"

    @rule(pick=PICK, actor=PEOPLE, reason=REASONS)
    def reject(self, pick: int, actor: str, reason: str) -> None:
        """Give it back, whoever does, with a reason."""
        if (paper := self.one(pick, "submitted")) is None:
            return
        right = paper.state == "submitted" and bool(reason.strip())
        if self._ask(right, cases.reject_invoice_draft, paper, actor, reason=reason):
            paper.state = "rejected"

    @rule(pick=PICK, actor=PEOPLE, day=DAYS)
    def issue(self, pick: int, actor: str, day: date) -> None:
        """Issue it, whoever does, unless it was supplied after the end of the activity."""
        if (paper := self.one(pick, "submitted")) is None:
            return
        day, new = max(day, self.last_on.get(day.year, day)), self.new_id()
        right = paper.state == "submitted" and self._supplied(paper.supplied_on)
        asked: dict[str, Any] = {"invoice_id": new, "issued_on": day, "due_on": None}
        if self._ask(right, cases.issue_invoice_draft, paper, actor, on=day, **asked):
            paper.state, paper.invoice = "issued", new
            self._invoiced(new, paper.net_c, day)

    @rule(net_c=PRICES, day=DAYS)
    def issue_another(self, net_c: int, day: date) -> None:
        """Issue an invoice of which there was no draft: both take their numbers from one series."""
        day, new = max(day, self.last_on.get(day.year, day)), self.new_id()
        right = net_c > 0 and self._supplied(day)
        if self.ask(right, issue_invoice, on=day, **invoice(new, priced(net_c), on=day)):
            self._invoiced(new, net_c, day)

    @rule(ends_on=DAYS, rarely=st.integers(0, 9))
    def end_the_activity(self, ends_on: date, rarely: int) -> None:
        """Let the activity close: what was supplied until its last day is still invoiced."""
        if rarely:
            return
        asked: dict[str, Any] = {"activity_id": ACTIVITY, "ends_on": ends_on, "reason": "over"}
        if self.ask(self.ends_on is None, begin_closing, on=ends_on, **asked):
            self.ends_on = ends_on

    def _ask(
        self,
        right: bool,  # noqa: FBT001 - what the paper says
        case: Any,
        paper: PaperDraft,
        actor: str,
        *,
        on: date = LAST,
        **asked: Any,
    ) -> bool:
        return self.ask(right, case, on=on, actor=actor, invoice_draft_id=paper.id, **asked)

    def _supplied(self, on: date) -> bool:
        return self.ends_on is None or on <= self.ends_on

    def _invoiced(self, new: UUID, net_c: int, day: date) -> None:
        """Count the invoice, and book it: 10 % of it for the cooperative, and 1 % for the fund."""
        self.last_on[day.year] = day
        self.numbers[day.year] += 1
        self.numbered[new] = f"{day.year}-F-{self.numbers[day.year]:06}"
        fund_c = at(net_c, FUND_BP)
        self.earned_c += net_c - at(net_c, 1_000) - fund_c
        self.post(net_c, "400", "7001")
        self.post(at(net_c, VAT_BP), "400", "451")
        self.post(fund_c, "6191", "4895")

    @invariant()
    def drafts_stand_where_the_paper_says_and_their_invoices_ask_the_same(self) -> None:
        for paper in self.drafts:
            kept = self.state(InvoiceDraft, paper.id)
            assert kept.state.value == paper.state
            assert kept.people == paper.people
            if paper.invoice is not None:
                issued = self.streams[paper.invoice][0]
                assert (issued.net_c, issued.supplied_on) == (paper.net_c, paper.supplied_on)
                assert self.streams[paper.id][-1].invoice_id == paper.invoice
        assert self.state(Activity, ACTIVITY).result_c == self.earned_c

    @invariant()
    def only_what_was_issued_has_a_number_and_none_is_left_out(self) -> None:
        for id_, number in self.numbered.items():
            assert self.state(Invoice, id_).invoice_no == number
