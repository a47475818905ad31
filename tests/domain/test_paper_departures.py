"""Members who come, hold shares and leave, on paper beside the real ones: any order leaves both equal.

Nobody is paid more than their shares are worth, out of turn, or beyond what the board's tests leave.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from domain.aggregates.distributions import Distributions
from domain.aggregates.member_register import MemberRegister
from domain.aggregates.membership import DeemedCause
from domain.aggregates.withdrawal_share import WithdrawalShare
from domain.bookkeeping import chart
from domain.errors import Refusal
from domain.ledger.disputes import block_amount, open_dispute, settle_dispute
from domain.ledger.entities import register_id
from domain.ledger.members import (
    deem_resigned,
    let_resignation_take_effect,
    membership_id,
    name_heirs_representative,
    record_death,
    resign,
)
from domain.ledger.payments import approve_payment, withdraw_payment
from domain.ledger.shares import share_account_id
from domain.ledger.withdrawals import (
    determine_withdrawal_share,
    distributions_id,
    order_withdrawal_payment,
    withdrawal_id,
)
from tests.cooperative import ENTITY, join
from tests.domain.departing import (
    PAYEE_IBAN,
    PEOPLE,
    approves_accounts,
    board_tests,
    cooperative,
    takes,
    within,
)
from tests.domain.spending import balances

PRICE_C, LEAST_MEMBERS, TEST_HOLDS_DAYS = 250_00, 3, 60
FIRST, LAST = date(2026, 3, 10), date(2026, 9, 30)
NEWCOMERS = tuple(UUID(int=2_000 + n) for n in range(3))
PERSONS = (*PEOPLE, *NEWCOMERS)
WHO = st.integers(0, len(PERSONS) - 1)
STRAY = 5
"""Once in so many somebody is named of whom it cannot be asked."""


@dataclass
class OnPaper:
    """One member; what was contributed, and after the end what it is worth and what of that is paid and blocked."""

    nth: int
    standing: str = "outside"
    leaves_on: date | None = None
    held: int = 0
    ended: int = 0
    worth_c: int | None = None
    paid_c: int = 0
    blocked_c: int = 0
    dispute: str = "none"
    order: UUID | None = None
    ordered_c: int = 0
    of_test: bool = False
    has_heir: bool = False

    @property
    def membership(self) -> UUID:
        return membership_id(ENTITY, PERSONS[self.nth])

    @property
    def account(self) -> UUID:
        return share_account_id(self.membership, "A")

    @property
    def withdrawal(self) -> UUID:
        return withdrawal_id(self.account)

    @property
    def open_c(self) -> int:
        return (self.worth_c or 0) - self.paid_c

    @property
    def dispute_id(self) -> UUID:
        return UUID(int=2_100 + self.nth)


class PaperDepartures(RuleBasedStateMachine):
    """Asks for what is right and what is wrong."""

    @initialize()
    def begin(self) -> None:
        self.ledger, self.day, self.ids = cooperative(), FIRST, 3_000
        self.members = [OnPaper(n, "member" if n < len(PEOPLE) else "outside") for n in range(len(PERSONS))]
        self.accounts: list[tuple[date, int]] = []
        self.queue: list[OnPaper] = []
        self.tested_on: date | None = None
        self.distributable_c = 0
        for one in self.members[: len(PEOPLE)]:
            self._takes(one, 4)
        self.approve_accounts(240_00)

    def one_of(self, who: int, *fitting: OnPaper) -> OnPaper:
        """One of those it can be asked of, if there are any; now and then anybody."""
        return fitting[who % len(fitting)] if fitting and who % STRAY else self.members[who]

    def ask(self, right: bool, use_case: Callable[..., object], **asked: Any) -> bool:  # noqa: FBT001 - what the paper says
        """Ask for it; it is recorded exactly if the paper says that it is right."""
        refused: Refusal | None = None
        try:
            self.ledger.perform(use_case, **{"on": self.day, **asked})
        except Refusal as answer:
            refused = answer
        assert (refused is None) is right, (refused, use_case, asked)
        return right

    @rule(days=st.sampled_from([1, 20, 60, 120]))
    def another_day(self, days: int) -> None:
        self.day = min(self.day + timedelta(days=days), LAST)

    @rule(who=WHO)
    def come(self, who: int) -> None:
        one = self.members[who]
        if one.standing == "outside":
            join(self.ledger.perform, PERSONS[who])
            one.standing = "member"

    @rule(who=WHO, qty=st.integers(1, 4))
    def take(self, who: int, qty: int) -> None:
        one = self.members[who]
        if one.standing == "member" and sum(each.held + each.ended for each in self.members) + qty <= 80:
            self._takes(one, qty)

    def _takes(self, one: OnPaper, qty: int) -> None:
        if one.nth < len(PEOPLE):
            takes(self.ledger, one.nth, qty, on=self.day)
            one.held += qty

    @rule(per_share=st.sampled_from([-5_00, 0, 100_00, 240_00, 250_00, 300_00]))
    def approve_accounts(self, per_share: int) -> None:
        approves_accounts(self.ledger, per_share, on=self.day)
        self.accounts.append((self.day, per_share))

    @rule(who=WHO)
    def give_notice(self, who: int) -> None:
        one = self.members[who]
        asked = {"membership_id": one.membership, "received_on": self.day}
        if self.ask(one.standing == "member", resign, **asked):
            one.standing = "leaving"
            one.leaves_on = date(2026 + (self.day.month > 6), 6, 30)

    @rule(who=WHO)
    def go_by_notice(self, who: int) -> None:
        one = self.one_of(who, *(each for each in self.members if each.standing == "leaving"))
        due = one.standing == "leaving" and one.leaves_on is not None and one.leaves_on <= self.day
        right = due and self._members() > LEAST_MEMBERS
        if self.ask(right, let_resignation_take_effect, membership_id=one.membership):
            assert one.leaves_on is not None
            self._gone(one, "former", one.leaves_on)

    @rule(who=WHO, dies=st.booleans())
    def go_at_once(self, who: int, *, dies: bool) -> None:
        """By death or by law; the least number of members is no matter then."""
        one = self.members[who]
        right = one.standing in ("member", "leaving")
        how: dict[str, Any] = {"evidence_ref": "certificate"}
        if not dies:
            how["cause"] = DeemedCause.LOST_CONDITION
        use_case = record_death if dies else deem_resigned
        if self.ask(right, use_case, membership_id=one.membership, **how):
            self._gone(one, "dead" if dies else "former", self.day)

    def _members(self) -> int:
        return sum(each.standing in ("member", "leaving") for each in self.members)

    def _gone(self, one: OnPaper, standing: str, on: date) -> None:
        one.standing = standing
        one.ended, one.held = one.held, 0
        if one.ended:
            self._determine(one, on)

    def _determine(self, one: OnPaper, on: date) -> None:
        per_share = next((each for day, each in reversed(self.accounts) if day <= on), None)
        if per_share is not None:
            one.worth_c = one.ended * max(0, min(PRICE_C, per_share))
            self.queue.append(one)

    @rule(who=WHO)
    def determine_later(self, who: int) -> None:
        one = self.one_of(who, *(each for each in self.members if each.ended and each.worth_c is None))
        right = bool(one.ended) and one.worth_c is None and any(day <= self.day for day, _ in self.accounts)
        if self.ask(right, determine_withdrawal_share, account_id=one.account):
            self._determine(one, self.day)

    @rule(leaves_c=st.sampled_from([0, 500_00, 2_000_00, 20_000_00, 20_000_00]))
    def test(self, leaves_c: int) -> None:
        board_tests(self.ledger, within(leaves_c), on=self.day)
        self.tested_on, self.distributable_c = self.day, leaves_c
        for each in self.members:
            each.of_test = False

    @rule(who=WHO, tenths=st.sampled_from([0, 5, 10]), more_c=st.integers(-1, 1))
    def pay(self, who: int, tenths: int, more_c: int) -> None:
        one = self.one_of(who, *(each for each in self.queue if each.open_c))
        amount_c, order_id = one.open_c * tenths // 10 + more_c, UUID(int=self.ids)
        earlier_c = (
            sum(each.open_c for each in self.queue[: self.queue.index(one)]) if one in self.queue else 0
        )
        tested = self.tested_on is not None and (self.day - self.tested_on).days <= TEST_HOLDS_DAYS
        right = 0 < amount_c <= one.open_c - one.blocked_c and tested
        right = right and earlier_c + amount_c <= self.distributable_c
        right = right and (one.standing != "dead" or one.has_heir)
        asked = {"withdrawal_id": one.withdrawal, "amount_c": amount_c, "payee_iban": PAYEE_IBAN}
        if self.ask(right, order_withdrawal_payment, order_id=order_id, **asked):
            self.ids += 1
            self.ask(False, approve_payment, order_id=order_id)
            self.ask(True, approve_payment, actor="ben", order_id=order_id)
            one.order, one.ordered_c, one.of_test = order_id, amount_c, True
            one.paid_c += amount_c
            self.distributable_c -= amount_c

    @rule(who=WHO)
    def take_a_payment_back(self, who: int) -> None:
        """Take the last order back: owed again in its old place, and out of the test it was paid by."""
        one = self.one_of(who, *(each for each in self.queue if each.order))
        if one.order is not None and self.ask(True, withdraw_payment, order_id=one.order, reason="account"):
            one.paid_c -= one.ordered_c
            self.distributable_c += one.ordered_c if one.of_test else 0
            one.order = None

    @rule(who=WHO)
    def name_an_heir(self, who: int) -> None:
        one = self.one_of(who, *(each for each in self.members if each.standing == "dead"))
        asked = {"representative_id": UUID(int=2_200 + who), "representative": "Heir", "evidence_ref": "deed"}
        if self.ask(one.standing == "dead", name_heirs_representative, membership_id=one.membership, **asked):
            one.has_heir = True

    @rule(who=WHO, tenths=st.sampled_from([1, 5, 10]), more_c=st.integers(-1, 1))
    def dispute(self, who: int, tenths: int, more_c: int) -> None:
        """Open a dispute and block part of what is owed, once."""
        one = self.one_of(who, *(each for each in self.queue if each.open_c))
        if one.worth_c is None or one.dispute != "none":
            return
        opened = {"dispute_id": one.dispute_id, "membership_id": one.membership, "about": "a tool"}
        self.ask(True, open_dispute, **opened)
        one.dispute = "open"
        amount_c = one.open_c * tenths // 10 + more_c
        asked = {"withdrawal_id": one.withdrawal, "amount_c": amount_c}
        if self.ask(0 < amount_c <= one.open_c, block_amount, dispute_id=one.dispute_id, **asked):
            one.blocked_c = amount_c

    @rule(who=WHO)
    def settle(self, who: int) -> None:
        one = self.one_of(who, *(each for each in self.members if each.dispute == "open"))
        if self.ask(one.dispute == "open", settle_dispute, dispute_id=one.dispute_id, outcome="returned"):
            one.dispute, one.blocked_c = "settled", 0

    @invariant()
    def ledger_and_paper_agree(self) -> None:
        here = {each.membership for each in self.members if each.standing in ("member", "leaving")}
        assert set(self.ledger.get(MemberRegister, register_id(ENTITY)).members) == here
        for each in self.queue:
            owed = self.ledger.get(WithdrawalShare, each.withdrawal)
            assert (owed.amount_c, owed.open_c, owed.blocked_c) == (each.worth_c, each.open_c, each.blocked_c)
            assert 0 <= each.paid_c <= each.ended * PRICE_C
        if self.queue or self.tested_on is not None:
            kept = self.ledger.get(Distributions, distributions_id(ENTITY))
            assert kept.distributable_c == self.distributable_c >= 0
            assert [(id_, c) for id_, c in kept.waiting.items() if c] == [
                (each.withdrawal, each.open_c) for each in self.queue if each.open_c
            ]

    @invariant()
    def the_books_agree(self) -> None:
        sums = balances(self.ledger.facts)
        worth_c = {
            each.nth: each.ended * PRICE_C if each.worth_c is None else each.worth_c for each in self.members
        }
        assert sums[chart.CONTRIBUTIONS] == -sum(each.held for each in self.members) * PRICE_C
        assert sums[chart.WITHDRAWAL_SHARES] == -sum(worth_c[each.nth] - each.paid_c for each in self.members)
        assert sums[chart.IN_TRANSIT] == -sum(each.paid_c for each in self.members)
        lost_c = sum(each.ended * PRICE_C - worth_c[each.nth] for each in self.members)
        assert sums[chart.LOSS_CARRIED] == -lost_c
        assert not sum(sums.values())


TestPaperDepartures = PaperDepartures.TestCase
TestPaperDepartures.settings = settings(max_examples=40, stateful_step_count=40, deadline=None)
