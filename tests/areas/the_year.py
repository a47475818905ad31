"""The whole year of an entity, from its first entry to what its shares are given."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule

from domain.aggregates.distributions import Distributions
from domain.aggregates.dividend import Dividend
from domain.aggregates.dividend_due import DividendDue
from domain.ledger.bank import import_statements, line_id
from domain.ledger.dividends import dividend_due_id, dividend_id, share_out_dividend, vote_dividend
from domain.ledger.entities import set_parameter
from domain.ledger.payments import approve_payment, order_dividend_payment
from domain.ledger.presets import COOPERATIVE_REGIMES
from domain.ledger.shares import (
    allot_shares,
    open_share_class,
    pay_share_contribution,
    share_account_id,
    subscribe_shares,
)
from domain.ledger.withdrawals import distributions_id, record_distribution_tests
from tests.areas.desk import CENTS_MORE, PICK
from tests.areas.year_books import LATEST
from tests.areas.year_levies import STATE_IBAN, Levies
from tests.areas.years import PaperYear
from tests.cooperative import (
    ACCOUNT,
    ACCOUNT_ID,
    ENTITY,
    FOUNDED,
    MEMBER,
    OPENING_C,
    PERSON,
    entry,
    statement,
)

QTY, PRICE_C = 40, 250_00
TEST_HOLDS_DAYS, CAP_BP, WITHHELD_BP = 60, 600, 3_000
BOARD_DAYS = st.dates(date(2026, 4, 1), date(2026, 6, 30))
BOARD_MEETS = date(2026, 5, 1)
DISTRIBUTABLE = st.sampled_from([0, 399_99, 400_00, 800_00, 5_000_00])


@dataclass
class PaperDividend:
    """What was voted on each of forty shares, and how far it has come to their one holder."""

    id: UUID
    gross_c: int
    state: str = "voted"
    order: UUID | None = None

    @property
    def withheld_c(self) -> int:
        return (2 * self.gross_c * WITHHELD_BP + 10_000) // 20_000

    @property
    def due(self) -> UUID:
        return dividend_due_id(self.id, share_account_id(MEMBER, "A"))


class TheYear(Levies):
    """Rules about what is given on shares; the cap of the approved regimes is in force."""

    def found(self) -> None:
        super().found()
        self.tested_on: date | None = None
        self.distributable_c = 0
        self.dividends: list[PaperDividend] = []
        regime: dict[str, Any] = {
            "name": COOPERATIVE_REGIMES,
            "value": "nrc-cnc",
            "source_ref": "ministerial decree",
        }
        self.ledger.perform(set_parameter, entity_id=ENTITY, valid_from=date(2026, 3, 2), **regime)
        opened: dict[str, Any] = {
            "entity_id": ENTITY,
            "share_class": "A",
            "unavailable": False,
            "statutes_ref": "art. 5",
        }
        self.ledger.perform(open_share_class, on=FOUNDED, **opened)
        received = statement(1, [entry("1", QTY * PRICE_C, on=FOUNDED)], opening_c=OPENING_C, on=FOUNDED)
        self.ledger.perform(import_statements, on=FOUNDED, account=ACCOUNT, statements=[received])
        account_id = share_account_id(MEMBER, "A")
        wanted: dict[str, Any] = {"membership_id": MEMBER, "share_class": "A", "qty": QTY, "price_c": PRICE_C}
        self.ledger.perform(subscribe_shares, on=FOUNDED, **wanted)
        paid: dict[str, Any] = {"bank_line_id": line_id(ACCOUNT_ID, "2025/1", "1"), "payer_id": PERSON}
        paid |= {"account_id": account_id, "amount_c": QTY * PRICE_C}
        self.ledger.perform(pay_share_contribution, on=FOUNDED, **paid)
        self.ledger.perform(allot_shares, on=FOUNDED, account_id=account_id, qty=QTY)

    @rule(day=BOARD_DAYS, leaves_c=DISTRIBUTABLE, short_c=st.sampled_from([0, 0, 1]))
    def test(self, day: date, leaves_c: int, short_c: int) -> None:
        """The board makes both tests: the lesser of the two leaves something, or nothing."""
        figures = {"net_asset_c": 9_000_00 + leaves_c, "unavailable_c": 9_000_00}
        figures |= {"means_c": 500_00 + leaves_c, "debts_c": 500_00 + short_c}
        asked: dict[str, Any] = {"entity_id": ENTITY, "report_sha256": "cd" * 32, **figures}
        self.ask(True, record_distribution_tests, on=day, **asked)
        self.tested_on, self.distributable_c = day, max(0, leaves_c - short_c)

    @rule(
        per_share_c=st.sampled_from([0, 5_00, 10_00, 21_42, 21_43]), days=st.sampled_from([-1, 0, 30, 60, 61])
    )
    def give(self, per_share_c: int, days: int) -> None:
        """Vote so much a share, while the tests hold, within what they leave and under the cap."""
        day = date(2026, 5, 1) if self.tested_on is None else self.tested_on + timedelta(days=days)
        capped = per_share_c * QTY * (10_000 - WITHHELD_BP) <= QTY * PRICE_C * CAP_BP
        holds = self.tested_on is not None and 0 <= days <= TEST_HOLDS_DAYS
        right = per_share_c > 0 and capped and holds and per_share_c * QTY <= self.distributable_c
        asked = {"entity_id": ENTITY, "share_class": "A", "per_share_c": per_share_c, "decision_ref": "6"}
        if self.ask(right, vote_dividend, on=day, **asked):
            self.distributable_c -= per_share_c * QTY
            self.voted_c += per_share_c * QTY
            nth = len(self.dividends) + 1
            self.dividends.append(PaperDividend(dividend_id(ENTITY, nth), per_share_c * QTY))

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
        """Owe what was voted with the result of that year."""
        voted_c = self.voted_c
        super().appropriate_it(year, legal, other, more_c, dividend_more_c, brought_more_c=brought_more_c)
        if voted_c and not self.voted_c:
            for each in self.dividends:
                each.state = "owed" if each.state == "voted" else each.state

    @rule(pick=PICK)
    def share_out(self, pick: int) -> None:
        """Name who is due what, once it is owed, and once; the tax on it is owed to the state."""
        each = self.one_of(self.dividends, pick, lambda one: one.state == "owed")
        if each is None:
            return
        right = each.state == "owed"
        if self.ask(right, share_out_dividend, on=LATEST, dividend_id=each.id):
            self.is_shared_out(each)

    def is_shared_out(self, each: PaperDividend) -> None:
        """Let it be due to its holder, after tax."""
        each.state = "due"
        self.post_in(f"{LATEST:%Y-%m}", each.withheld_c, "471", "453")

    @rule()
    def give_of_a_good_year(self) -> None:
        """Test, vote, appropriate and share out, as it should be."""
        self.test(BOARD_MEETS, 5_000_00, 0)
        self.give(10_00, 0)
        self.close_the_books_and_appropriate(0)
        for each in self.dividends:
            if each.state == "owed":
                self.ask(True, share_out_dividend, on=LATEST, dividend_id=each.id)
                self.is_shared_out(each)

    @rule(pick=PICK)
    def pay_a_holder(self, pick: int) -> None:
        """Pay what is due after tax by two people, once."""
        each = self.one_of([one for one in self.dividends if one.state == "due"], pick)
        if each is None:
            return
        new = self.new_id()
        asked: dict[str, Any] = {"order_id": new, "dividend_due_id": each.due, "payee_iban": STATE_IBAN}
        if self.ask(each.order is None, order_dividend_payment, on=LATEST, **asked):
            self.ask(True, approve_payment, on=LATEST, actor="ben", order_id=new)
            each.order = new
            self.post_in(f"{LATEST:%Y-%m}", each.gross_c - each.withheld_c, "471", "580")

    @invariant()
    def dividends_are_due_what_the_paper_says(self) -> None:
        for each in self.dividends:
            assert self.state(Dividend, each.id).appropriated is (each.state != "voted")
            if each.state == "due":
                due = self.state(DividendDue, each.due)
                assert (due.due_c, due.order_id) == (each.gross_c - each.withheld_c, each.order)

    @rule(more_c=CENTS_MORE)
    def close_the_books_and_appropriate(self, more_c: int) -> None:
        """Live the rest of the first year that is not over, as it should be."""
        year = next((each for each in self.years if each.state == "open"), None)
        if year is None or year is self.years[-1]:
            return
        self.close_the_months_of(year)
        self.approve_it(year, stale=0, off_c=0)
        self.appropriate_it(year, 1, 1, more_c, 0)

    @invariant()
    def what_may_be_given_is_what_the_paper_says(self) -> None:
        kept = self.states.get(distributions_id(ENTITY))
        if kept is not None:
            assert isinstance(kept, Distributions)
            assert kept.distributable_c == self.distributable_c >= 0
            assert kept.voted_c == self.voted_c
