"""The register of shares agrees with one kept on paper, whatever is asked of it and in whatever order."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from domain.aggregates.membership import DeemedCause
from domain.aggregates.share_account import ShareAccount
from domain.bookkeeping import chart
from domain.errors import Refusal
from domain.ledger.members import deem_resigned
from domain.ledger.shares import (
    allot_shares,
    convert_shares,
    pay_share_contribution,
    share_account_id,
    subscribe_shares,
    transfer_shares,
    undo_share_contribution,
)
from tests.domain.departing import MEMBERS, PEOPLE, RECEIPT, RECEIVED_C, cooperative
from tests.domain.spending import balances
from tests.scenario import TODAY

WHO = st.integers(0, 2)
CLASSES = st.sampled_from("AB")
SOME = st.integers(-1, 6)
PRICE_C = 33_33
ACCOUNT_OF = {"A": chart.CONTRIBUTIONS, "B": chart.CONTRIBUTIONS_UNAVAILABLE}

Key = tuple[int, str]


class PaperRegister(RuleBasedStateMachine):
    """Three members, two classes, and a sheet of paper: quantities, cents and what ended."""

    def __init__(self) -> None:
        super().__init__()
        self.subscribed: dict[Key, int] = defaultdict(int)
        self.paid_c: dict[Key, int] = defaultdict(int)
        self.allotted: dict[Key, int] = defaultdict(int)
        self.held: dict[Key, int] = defaultdict(int)
        self.of_class_c: dict[str, int] = defaultdict(int)
        self.ended_c = 0
        self.gone: set[int] = set()
        self.received_c = RECEIVED_C
        self.moves = 0

    @initialize()
    def begin(self) -> None:
        self.ledger = cooperative()
        self.day = TODAY

    def _ask(self, right: bool, use_case: Any, **asked: Any) -> bool:  # noqa: FBT001 - what the paper says
        """Ask for it; it is recorded exactly if the paper says that it is right."""
        refused: Refusal | None = None
        try:
            self.ledger.perform(use_case, on=self.day, **asked)
        except Refusal as answer:
            refused = answer
        assert (refused is None) is right, (refused, asked)
        return right

    @rule(who=WHO, share_class=CLASSES, qty=SOME)
    def subscribe(self, who: int, share_class: str, qty: int) -> None:
        asked: dict[str, Any] = {"share_class": share_class, "qty": qty, "price_c": PRICE_C}
        right = qty > 0 and who not in self.gone
        if self._ask(right, subscribe_shares, membership_id=MEMBERS[who], **asked):
            self.subscribed[who, share_class] += qty

    @rule(who=WHO, share_class=CLASSES, qty=SOME, more_c=st.integers(-1, 1))
    def pay(self, who: int, share_class: str, qty: int, more_c: int) -> None:
        amount_c = qty * PRICE_C + more_c
        key = who, share_class
        open_c = self.subscribed[key] * PRICE_C - self.paid_c[key]
        paid: dict[str, Any] = {
            "account_id": share_account_id(MEMBERS[who], share_class),
            "amount_c": amount_c,
        }
        right = 0 < amount_c <= min(open_c, self.received_c)
        if self._ask(right, pay_share_contribution, bank_line_id=RECEIPT, payer_id=PEOPLE[who], **paid):
            self.paid_c[key] += amount_c
            self.received_c -= amount_c

    @rule(who=WHO, share_class=CLASSES, qty=SOME, more_c=st.integers(-1, 1))
    def take_a_payment_back(self, who: int, share_class: str, qty: int, more_c: int) -> None:
        """Say that part of the receipt was not paid towards shares: no more than waits to be allotted."""
        amount_c, key = qty * PRICE_C + more_c, (who, share_class)
        waiting_c = self.paid_c[key] - self.allotted[key] * PRICE_C
        undone: dict[str, Any] = {
            "account_id": share_account_id(MEMBERS[who], share_class),
            "amount_c": amount_c,
            "reason": "another member",
        }
        if self._ask(0 < amount_c <= waiting_c, undo_share_contribution, bank_line_id=RECEIPT, **undone):
            self.paid_c[key] -= amount_c
            self.received_c += amount_c

    @rule(who=WHO, share_class=CLASSES, qty=SOME)
    def allot(self, who: int, share_class: str, qty: int) -> None:
        key = who, share_class
        cost_c = (self.allotted[key] + qty) * PRICE_C
        right = qty > 0 and who not in self.gone and cost_c <= self.paid_c[key]
        if self._ask(right, allot_shares, account_id=share_account_id(MEMBERS[who], share_class), qty=qty):
            self.allotted[key] += qty
            self._hold(key, qty, qty * PRICE_C)

    @rule(who=WHO, to=WHO, share_class=CLASSES, qty=SOME)
    def transfer(self, who: int, to: int, share_class: str, qty: int) -> None:
        right = 0 < qty <= self.held[who, share_class] and who != to and not self.gone & {who, to}
        asked: dict[str, Any] = {"to_membership_id": MEMBERS[to], "qty": qty, "decision_ref": "board"}
        account_id = share_account_id(MEMBERS[who], share_class)
        if self._ask(
            right, transfer_shares, transfer_id=UUID(int=self.moves), from_account_id=account_id, **asked
        ):
            self.moves += 1
            self.held[who, share_class] -= qty
            self.held[to, share_class] += qty

    @rule(who=WHO, share_class=CLASSES, qty=SOME, into_qty=SOME)
    def convert(self, who: int, share_class: str, qty: int, into_qty: int) -> None:
        into = "B" if share_class == "A" else "A"
        account_id = share_account_id(MEMBERS[who], share_class)
        right = 0 < qty <= self.held[who, share_class] and into_qty > 0 and who not in self.gone
        before_c = self._contributed_c(account_id)
        asked: dict[str, Any] = {"into_class": into, "qty": qty, "into_qty": into_qty, "decision_ref": "a"}
        if self._ask(right, convert_shares, account_id=account_id, **asked):
            self.moves += 1
            amount_c = before_c - self._contributed_c(account_id)
            self.held[who, share_class] -= qty
            self.held[who, into] += into_qty
            self.of_class_c[share_class] -= amount_c
            self.of_class_c[into] += amount_c

    @rule(who=WHO)
    def go(self, who: int) -> None:
        """Leave by law, at once; all that is held ends."""
        asked: dict[str, Any] = {"cause": DeemedCause.LOST_CONDITION, "evidence_ref": "judgment"}
        held = {key: self.held[key] for key in ((who, "A"), (who, "B")) if self.held[key]}
        ended_c = {key: self._contributed_c(share_account_id(MEMBERS[who], key[1])) for key in held}
        if self._ask(who not in self.gone, deem_resigned, membership_id=MEMBERS[who], **asked):
            self.gone.add(who)
            self.moves += len(held)
            for key, amount_c in ended_c.items():
                self.held[key] = 0
                self.of_class_c[key[1]] -= amount_c
                self.ended_c += amount_c

    @rule()
    def another_day(self) -> None:
        self.day = min(self.day + timedelta(days=1), date(2026, 3, 31))

    def _hold(self, key: Key, qty: int, amount_c: int) -> None:
        self.moves += 1
        self.held[key] += qty
        self.of_class_c[key[1]] += amount_c

    def _contributed_c(self, account_id: UUID) -> int:
        """What stands behind the shares that an account holds, by its parcels."""
        accounts = {each.originator_id for each in self.ledger.facts if isinstance(each, ShareAccount.Opened)}
        if account_id not in accounts:
            return 0
        return sum(each.amount_c for each in self.ledger.get(ShareAccount, account_id).held)

    @invariant()
    def register_paper_and_books_agree(self) -> None:
        accounts = self._accounts()
        for (who, share_class), account in accounts.items():
            key = who, share_class
            assert account.held_qty == self.held[key] >= 0
            assert account.allotted_c <= account.paid_c <= account.subscribed_c
            assert account.paid_c == self.paid_c[key]
        sums = balances(self.ledger.facts)
        for share_class, account_no in ACCOUNT_OF.items():
            held_c = sum(
                each.amount_c
                for (_, of), account in accounts.items()
                if of == share_class
                for each in account.held
            )
            assert held_c == self.of_class_c[share_class] == -sums[account_no]
        waiting_c = sum(account.paid_c - account.allotted_c for account in accounts.values())
        assert sums[chart.AWAITING_ALLOTMENT] == -waiting_c
        assert sums[chart.WITHDRAWAL_SHARES] == -self.ended_c

    @invariant()
    def register_numbers_have_no_gap_and_no_share_has_two_holders(self) -> None:
        numbers = {each.register_no for each in self.ledger.facts if isinstance(each, MOVED)}
        assert numbers == set(range(1, self.moves + 1))
        for share_class in ACCOUNT_OF:
            held = [
                number
                for (_, of), account in self._accounts().items()
                if of == share_class
                for parcel in account.held
                for number in range(parcel.from_seq, parcel.to_seq + 1)
            ]
            assert len(held) == len(set(held))

    def _accounts(self) -> dict[Key, ShareAccount]:
        opened = [each for each in self.ledger.facts if isinstance(each, ShareAccount.Opened)]
        return {
            (MEMBERS.index(each.membership_id), each.share_class): self.ledger.get(
                ShareAccount, each.originator_id
            )
            for each in opened
        }


MOVED = (
    ShareAccount.Allotted,
    ShareAccount.TransferredOut,
    ShareAccount.ConvertedOut,
    ShareAccount.Cancelled,
)
TestPaperRegister = PaperRegister.TestCase
TestPaperRegister.settings = settings(max_examples=40, stateful_step_count=30, deadline=None)
