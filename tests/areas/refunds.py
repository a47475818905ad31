"""What a good year gives back to its activities, beside what its shares are given."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule

from domain.aggregates.patronage_refund import PatronageRefund
from domain.ledger.patronage import patronage_id, share_out_patronage, vote_patronage
from tests.areas.desk import PICK
from tests.areas.the_year import BOARD_MEETS, TEST_HOLDS_DAYS, TheYear
from tests.areas.year_books import LATEST
from tests.areas.years import PaperYear
from tests.cooperative import ACTIVITY, ENTITY


@dataclass
class PaperRefund:
    """What was voted, and how far it has come to the one activity."""

    id: UUID
    amount_c: int
    state: str = "voted"


class YearAndRefunds(TheYear):
    """Rules about what activities are given, out of the same tests as what shares are."""

    def found(self) -> None:
        super().found()
        self.refunds: list[PaperRefund] = []

    @rule(amount_c=st.sampled_from([0, 1, 100_00, 400_01]), days=st.sampled_from([-1, 0, 60, 61]))
    def give_back(self, amount_c: int, days: int) -> None:
        """Vote so much for the activities, while the tests hold and within what they leave."""
        since = self.tested_on or BOARD_MEETS
        holds = self.tested_on is not None and 0 <= days <= TEST_HOLDS_DAYS
        right = amount_c > 0 and holds and amount_c <= self.distributable_c
        asked: dict[str, Any] = {"entity_id": ENTITY, "amount_c": amount_c, "decision_ref": "7"}
        if self.ask(right, vote_patronage, on=since + timedelta(days=days), **asked):
            self.distributable_c -= amount_c
            self.refunds_voted_c += amount_c
            nth = len(self.refunds) + 1
            self.refunds.append(PaperRefund(patronage_id(ENTITY, nth), amount_c))

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
        voted_c = self.refunds_voted_c
        super().appropriate_it(year, legal, other, more_c, dividend_more_c, brought_more_c=brought_more_c)
        if voted_c and not self.refunds_voted_c:
            for each in self.refunds:
                each.state = "owed" if each.state == "voted" else each.state

    @rule(pick=PICK, contributed_c=st.sampled_from([0, 1, 250_00]))
    def give_parts(self, pick: int, contributed_c: int) -> None:
        """Give the one activity all of it, once it is owed, and once, if it contributed anything."""
        each = self.one_of(self.refunds, pick, lambda one: one.state == "owed")
        if each is None:
            return
        right = each.state == "owed" and contributed_c > 0
        asked: dict[str, Any] = {"patronage_id": each.id, "position": self.ledger.position}
        asked["by_basis"] = {"contribution": {ACTIVITY: contributed_c}}
        if self.ask(right, share_out_patronage, on=LATEST, **asked):
            each.state = "given"
            self.earned_c += each.amount_c
            self.post_in(f"{LATEST:%Y-%m}", each.amount_c, "473", "747")

    @rule()
    def give_back_of_a_good_year(self) -> None:
        """Test, vote, appropriate and give, as it should be."""
        self.test(BOARD_MEETS, 5_000_00, 0)
        self.give_back(100_00, 0)
        self.close_the_books_and_appropriate(0)
        self.give_parts(0, 1)

    @invariant()
    def refunds_stand_where_the_paper_says(self) -> None:
        for each in self.refunds:
            refund = self.state(PatronageRefund, each.id)
            assert (refund.year_id is not None) is (each.state != "voted")
            assert sum(part.amount_c for part in refund.parts) == (
                each.amount_c if each.state == "given" else 0
            )
