"""A fund kept on paper beside the real one: any order of requests leaves them equal, and its floor unbroken."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, multiple, rule

from domain.aggregates.activity import Activity
from domain.aggregates.fund_aid import AidOutcome, FundAid
from domain.aggregates.mutual_fund import MutualFund
from domain.errors import (
    AidDecidedAlready,
    AidNotDecided,
    AidSettled,
    AidTurnedDown,
    AmountNotPositive,
    BelowFloor,
    ExceedsGuarantee,
    ExceedsOutstanding,
    ExceedsSetOff,
    GuaranteeSettled,
    Refusal,
)
from domain.ledger.advances import recover_advance, repay_advance, set_advance_off, write_advance_off
from domain.ledger.aid import give_up_aid
from domain.ledger.bank import import_statements, line_id
from domain.ledger.corrections import undo_advance_set_off
from domain.ledger.guarantees import (
    call_guarantee,
    guarantee_id,
    recover_guarantee,
    release_guarantee,
    reserve_guarantee,
)
from domain.ledger.invoicing import issue_invoice
from tests import aiding
from tests.cooperative import (
    ACCOUNT,
    ACCOUNT_ID,
    ACTIVITY,
    FLOOR_C,
    FUND,
    OPENING_C,
    entry,
    found,
    invoice,
    statement,
)
from tests.domain.spending import balances
from tests.paper import PaperLedger
from tests.scenario import TODAY

RECEIPT_C, INVOICE_NET_C = 10**9, 1_000_00
AMOUNTS = st.integers(-1, 1_500_00)
TENTHS = st.sampled_from([0, 5, 10])
CENTS_MORE = st.integers(-1, 1)


@dataclass
class OnPaper:
    """What one aid or guarantee is believed to be."""

    state: str
    lent: bool = False
    written_off: bool = False
    amount_c: int = 0
    outstanding_c: int = 0
    set_off_c: int = 0
    lost_c: int = 0


@dataclass
class Paper:
    """What the fund is believed to hold, to have set aside, and to have given."""

    collected_c: int = 0
    given_c: int = 0
    set_aside_c: int = 0
    aid: dict[UUID, OnPaper] = field(default_factory=dict)
    guarantees: dict[UUID, OnPaper] = field(default_factory=dict)

    @property
    def free_c(self) -> int:
        return self.collected_c - self.given_c - self.set_aside_c - FLOOR_C


class FundOnPaper(RuleBasedStateMachine):
    """Asks for what is right and what is wrong, and predicts every refusal from its own figures."""

    aids = Bundle("aids")
    guaranteed = Bundle("guaranteed")

    @initialize()
    def begin(self) -> None:
        self.ledger, self.paper, self.ids = PaperLedger(), Paper(), 1_000
        found(self.ledger.perform)
        receipt = statement(1, [entry("1", RECEIPT_C, on=TODAY)], opening_c=OPENING_C, on=TODAY)
        self.ledger.perform(import_statements, account=ACCOUNT, statements=[receipt])
        self.receipt = line_id(ACCOUNT_ID, "2026/1", "1")
        self.collect(2_500_00)

    @rule(amount_c=st.integers(1, 500_00))
    def collect(self, amount_c: int) -> None:
        says = {"activity_id": ACTIVITY, "document_id": UUID(int=500), "amount_c": amount_c}
        self.ledger.perform(lambda books, stamp: books.get(MutualFund, FUND).collect(stamp, **says))
        self.paper.collected_c += amount_c

    @rule(target=aids, amount_c=AMOUNTS)
    def request(self, amount_c: int) -> Any:
        aid_id = self._new_id()
        refused: set[type[Refusal]] = {AmountNotPositive} if amount_c <= 0 else set()
        if not self._ask(refused, lambda perform: aiding.ask(perform, amount_c, aid_id)):
            return multiple()
        self.paper.aid[aid_id] = OnPaper("requested", amount_c=amount_c)
        return aid_id

    @rule(aid_id=aids, outcome=st.sampled_from(AidOutcome))
    def decide(self, aid_id: UUID, outcome: AidOutcome) -> None:
        """Give all that was asked for, or refuse it."""
        aid, gives = self.paper.aid[aid_id], outcome is not AidOutcome.REFUSED
        expected: set[type[Refusal]] = set()
        if aid.state != "requested":
            expected.add(AidDecidedAlready)
        elif gives and aid.amount_c > self.paper.free_c:
            expected.add(BelowFloor)
        decide = aiding.lend if outcome is AidOutcome.LENT else aiding.grant
        says: dict[str, Any] = {} if gives else {"outcome": outcome}
        amount_c = aid.amount_c if gives else 0
        if self._ask(expected, lambda perform: decide(perform, amount_c, aid_id, **says)):
            aid.state, aid.lent = ("decided" if gives else "refused"), outcome is AidOutcome.LENT
            self.paper.set_aside_c += amount_c

    @rule(cents_more=CENTS_MORE)
    def give_down_to_the_floor(self, cents_more: int) -> None:
        """Ask for what the fund can give, a cent less or a cent more."""
        aid_id = self.request(self.paper.free_c + cents_more)
        if aid_id in self.paper.aid:
            self.decide(aid_id, AidOutcome.LENT)
            self.pay(aid_id)

    @rule(aid_id=aids)
    def pay(self, aid_id: UUID) -> None:
        aid = self.paper.aid[aid_id]
        refusals: dict[str, type[Refusal]] = {
            "requested": AidNotDecided,
            "refused": AidTurnedDown,
            "given-up": AidSettled,
            "paid": AidSettled,
        }
        expected = {refusals[aid.state]} if aid.state in refusals else set()
        if self._ask(expected, lambda perform: aiding.pay(perform, aid_id)):
            aid.state = "paid"
            aid.outstanding_c = aid.amount_c if aid.lent else 0
            self.paper.set_aside_c -= aid.amount_c
            self.paper.given_c += aid.amount_c

    @rule(aid_id=aids)
    def give_up(self, aid_id: UUID) -> None:
        aid = self.paper.aid[aid_id]
        expected: set[type[Refusal]] = set() if aid.state in ("requested", "decided") else {AidSettled}
        if self._ask(expected, lambda perform: perform(give_up_aid, aid_id=aid_id, reason="not needed")):
            self.paper.set_aside_c -= aid.amount_c if aid.state == "decided" else 0
            aid.state = "given-up"

    @rule(aid_id=aids, tenths=TENTHS, cents_more=CENTS_MORE, by_bank=st.booleans())
    def repay(self, aid_id: UUID, tenths: int, cents_more: int, *, by_bank: bool) -> None:
        """Pay back a part of what is outstanding, or more than it, or nothing."""
        aid = self.paper.aid[aid_id]
        amount_c = aid.outstanding_c * tenths // 10 + cents_more
        use_case, asked = (
            (repay_advance, {"bank_line_id": self.receipt}) if by_bank else (set_advance_off, {})
        )
        if self._come_back(use_case, aid_id, aid.outstanding_c, amount_c, asked):
            aid.outstanding_c -= amount_c
            aid.set_off_c += 0 if by_bank else amount_c

    @rule(aid_id=aids, tenths=TENTHS, cents_more=CENTS_MORE)
    def undo_a_set_off(self, aid_id: UUID, tenths: int, cents_more: int) -> None:
        """Say that a part of what was set off was a mistake, or more than it, or nothing."""
        aid = self.paper.aid[aid_id]
        amount_c = aid.set_off_c * tenths // 10 + cents_more
        expected: set[type[Refusal]] = set()
        if aid.state != "paid" or not aid.lent or aid.written_off:
            expected.add(AidSettled)
        elif amount_c <= 0:
            expected.add(AmountNotPositive)
        elif amount_c > aid.set_off_c:
            expected.add(ExceedsSetOff)
        elif amount_c > self.paper.free_c:
            expected.add(BelowFloor)
        says = {"aid_id": aid_id, "amount_c": amount_c, "reason": "another advance"}
        if self._ask(expected, lambda perform: perform(undo_advance_set_off, **says)):
            aid.outstanding_c += amount_c
            aid.set_off_c -= amount_c
            self.paper.given_c += amount_c

    @rule(aid_id=aids)
    def write_off(self, aid_id: UUID) -> None:
        aid = self.paper.aid[aid_id]
        expected: set[type[Refusal]] = set() if aid.outstanding_c else {ExceedsOutstanding}
        says = {"actor": "ben", "aid_id": aid_id, "decision_ref": "committee 2"}
        if self._ask(expected, lambda perform: perform(write_advance_off, **says)):
            aid.lost_c, aid.outstanding_c, aid.written_off = aid.outstanding_c, 0, True

    @rule(aid_id=aids, tenths=TENTHS, cents_more=CENTS_MORE)
    def recover(self, aid_id: UUID, tenths: int, cents_more: int) -> None:
        aid = self.paper.aid[aid_id]
        amount_c = aid.lost_c * tenths // 10 + cents_more
        if self._come_back(recover_advance, aid_id, aid.lost_c, amount_c, {"bank_line_id": self.receipt}):
            aid.lost_c -= amount_c

    def _come_back(
        self, use_case: Any, aid_id: UUID, left_c: int, amount_c: int, asked: dict[str, Any]
    ) -> bool:
        expected: set[type[Refusal]] = set()
        if amount_c <= 0:
            expected.add(AmountNotPositive)
        elif amount_c > left_c:
            expected.add(ExceedsOutstanding)
        says = {"aid_id": aid_id, "amount_c": amount_c} | asked
        done = self._ask(expected, lambda perform: perform(use_case, **says))
        self.paper.given_c -= amount_c if done else 0
        return done

    @rule(target=guaranteed, amount_c=st.integers(1, INVOICE_NET_C))
    def guarantee(self, amount_c: int) -> Any:
        """Guarantee a part of a new invoice."""
        invoice_id = self._new_id()
        self.ledger.perform(issue_invoice, **invoice(invoice_id, on=TODAY))
        says = {"fund_id": FUND, "invoice_id": invoice_id, "amount_c": amount_c, "decision_ref": "board 3"}
        expected: set[type[Refusal]] = {BelowFloor} if amount_c > self.paper.free_c else set()
        if not self._ask(expected, lambda perform: perform(reserve_guarantee, **says)):
            return multiple()
        id_ = guarantee_id(FUND, invoice_id)
        self.paper.guarantees[id_] = OnPaper("reserved", amount_c=amount_c)
        self.paper.set_aside_c += amount_c
        return id_

    @rule(id_=guaranteed)
    def release(self, id_: UUID) -> None:
        each = self.paper.guarantees[id_]
        expected: set[type[Refusal]] = set() if each.state == "reserved" else {GuaranteeSettled}
        says = {"guarantee_id": id_, "reason": "the client paid"}
        if self._ask(expected, lambda perform: perform(release_guarantee, **says)):
            each.state = "released"
            self.paper.set_aside_c -= each.amount_c

    @rule(id_=guaranteed, tenths=TENTHS, cents_more=CENTS_MORE)
    def call(self, id_: UUID, tenths: int, cents_more: int) -> None:
        each = self.paper.guarantees[id_]
        amount_c = each.amount_c * tenths // 10 + cents_more
        expected: set[type[Refusal]] = set()
        if each.state != "reserved":
            expected.add(GuaranteeSettled)
        elif amount_c <= 0:
            expected.add(AmountNotPositive)
        elif amount_c > each.amount_c:
            expected.add(ExceedsGuarantee)
        says = {"guarantee_id": id_, "amount_c": amount_c, "decision_ref": "board 4"}
        if self._ask(expected, lambda perform: perform(call_guarantee, actor="ben", **says)):
            each.state, each.outstanding_c = "called", amount_c
            self.paper.set_aside_c -= each.amount_c
            self.paper.given_c += amount_c

    @rule(id_=guaranteed, tenths=TENTHS, cents_more=CENTS_MORE)
    def recover_a_guarantee(self, id_: UUID, tenths: int, cents_more: int) -> None:
        each = self.paper.guarantees[id_]
        amount_c = each.outstanding_c * tenths // 10 + cents_more
        expected: set[type[Refusal]] = set()
        if amount_c <= 0:
            expected.add(AmountNotPositive)
        elif amount_c > each.outstanding_c:
            expected.add(ExceedsOutstanding)
        says = {"guarantee_id": id_, "amount_c": amount_c}
        if self._ask(expected, lambda perform: perform(recover_guarantee, **says)):
            each.outstanding_c -= amount_c
            self.paper.given_c -= amount_c

    @invariant()
    def the_fund_holds_what_the_paper_says_and_its_floor(self) -> None:
        fund = self.ledger.get(MutualFund, FUND)
        assert fund.cash_c == self.paper.collected_c - self.paper.given_c
        assert fund.set_aside_c == self.paper.set_aside_c >= 0
        assert fund.cash_c - fund.set_aside_c >= FLOOR_C

    @invariant()
    def what_is_owed_to_the_fund_is_what_the_activity_has_set_aside_for_it(self) -> None:
        owed_c = sum(each.outstanding_c for each in self.paper.aid.values())
        assert self.ledger.get(Activity, ACTIVITY).committed_c == owed_c
        books = balances(self.ledger.facts)
        assert books["416"] == owed_c
        assert books["743"] == -sum(each.outstanding_c for each in self.paper.guarantees.values())
        assert sum(books.values()) == 0

    @invariant()
    def no_advance_comes_back_more_than_once(self) -> None:
        given: Counter[UUID] = Counter()
        back: Counter[UUID] = Counter()
        for each in self.ledger.facts:
            if isinstance(each, FundAid.AdvancePaid):
                given[each.originator_id] += each.amount_c
            elif isinstance(
                each, (FundAid.RepaymentReceived, FundAid.RepaymentSetOff, FundAid.RecoveryReceived)
            ):
                back[each.originator_id] += each.amount_c
        assert all(back_c <= given[id_] for id_, back_c in back.items())
        for id_, aid in self.paper.aid.items():
            assert self.ledger.get(FundAid, id_).outstanding_c == aid.outstanding_c

    def _ask(self, expected: set[type[Refusal]], ask: Callable[[Any], object]) -> bool:
        """Ask; it is refused exactly if a refusal is expected, by one of those, and then records nothing."""
        before = self.ledger.position
        refused: type[Refusal] | None = None
        try:
            ask(self.ledger.perform)
        except Refusal as answer:
            refused = type(answer)
        assert refused in expected if expected else refused is None
        assert refused is None or self.ledger.position == before
        return refused is None

    def _new_id(self) -> UUID:
        self.ids += 1
        return UUID(int=self.ids)


TestFundOnPaper = FundOnPaper.TestCase
TestFundOnPaper.settings = settings(max_examples=40, stateful_step_count=30, deadline=None)
