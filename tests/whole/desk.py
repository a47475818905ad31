"""The machine's frame: it asks, predicts, reads the facts on, and compares them with the paper."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant

from domain.aggregates.activity import Activity
from domain.aggregates.bank_line import BankLine
from domain.aggregates.credit_note import CreditNote
from domain.aggregates.invoice import Invoice
from domain.aggregates.mutual_fund import MutualFund
from domain.aggregates.share_account import ShareAccount
from domain.bookkeeping.rules_v1 import book
from domain.errors import Refusal
from domain.facts import Ledgered
from tests.cooperative import FLOOR_C, FUND
from tests.whole.paper import Paper
from tests.whole.places import SHOPS, Shop, found_group

FIRST, LATEST = date(2026, 1, 1), date(2026, 3, 31)
DAYS = st.dates(FIRST, LATEST)
PICK = st.integers(0, 10_000)
SHOP = st.sampled_from(SHOPS)
TENTHS = st.sampled_from([1, 3, 5, 10])
CENTS_MORE = st.sampled_from([-1, 0, 0, 0, 1])

T = TypeVar("T")
A = TypeVar("A", bound=Ledgered)


class Frame(RuleBasedStateMachine):
    """Subclass it with `perform` and `facts_after`, and with rules that ask."""

    def __init__(self) -> None:
        super().__init__()
        self.paper = Paper()
        self.states: dict[UUID, Any] = {}
        self.streams: dict[UUID, list[Any]] = {}
        self.balances: Counter[tuple[UUID, str]] = Counter()
        self.by_month: Counter[tuple[UUID, str, str]] = Counter()
        self.closed: dict[tuple[UUID, str], dict[str, int]] = {}
        self.charged_c: Counter[UUID] = Counter()
        self.fresh: list[Any] = []
        self.kinds: set[str] = set()
        self.read = 0
        self.ids = 1_000_000

    def perform(
        self, use_case: Callable[..., object], *, on: date = LATEST, actor: str = "anna", **asked: Any
    ) -> object:
        """Run the use case on the ledger under test; raises its refusal."""
        raise NotImplementedError

    def facts_after(self, position: int) -> Sequence[Any]:
        """Return the facts of the ledger under test after that position, in order."""
        raise NotImplementedError

    def found(self) -> None:
        """Found the group."""
        found_group(self.perform)

    def ask(self, right: bool, use_case: Callable[..., object], **asked: Any) -> bool:  # noqa: FBT001 - what the paper says
        """Ask for it: it is recorded if the paper says that it is right, and otherwise leaves no trace."""
        self._read_on()
        refused: Refusal | None = None
        try:
            self.perform(use_case, **asked)
        except Refusal as answer:
            refused = answer
        assert (refused is None) is right, (refused, getattr(use_case, "__name__", ""), asked)
        assert right or not self.facts_after(self.read)
        if right:
            self.kinds.add(getattr(use_case, "__name__", ""))
        return right

    def state(self, kind: type[A], id: UUID) -> A:
        """The aggregate as the facts so far make it."""
        self._read_on()
        found: A = self.states[id]
        assert isinstance(found, kind)
        return found

    def available_c(self, shop: Shop) -> int:
        """What an activity can still promise: the paper's result and promises, less what is open of each invoice."""
        self._read_on()
        open_net_c = 0
        for id_, invoice in self.paper.invoices.items():
            if invoice.shop is shop:
                open_net_c += self.states[id_].settlement.open_net_c
        return self.paper.result_c[shop.id] - open_net_c - self.paper.committed_c[shop.id]

    def pays_out(self, shop: Shop) -> bool:
        """Tell whether claims and wages of an activity are paid out."""
        return not self.state(Activity, shop.id).payouts_held or self.available_c(shop) >= 0

    @property
    def free_c(self) -> int:
        """What the fund can still promise."""
        return self.state(MutualFund, FUND).cash_c - self.paper.set_aside_c - FLOOR_C

    def new_id(self) -> UUID:
        self.ids += 1
        return UUID(int=self.ids)

    @staticmethod
    def one_of(found: Mapping[UUID, T], pick: int) -> tuple[UUID, T] | None:
        """One of those there are, or None if there is none."""
        keys = list(found)
        if not keys:
            return None
        key = keys[pick % len(keys)]
        return key, found[key]

    @staticmethod
    def part(of_c: int, tenths: int, more_c: int) -> int:
        """A part of what there is, or a cent more or less than that."""
        return of_c * tenths // 10 + more_c

    def _read_on(self) -> None:
        for fact in self.facts_after(self.read):
            self.read += 1
            self.fresh.append(fact)
            id_ = fact.originator_id
            self.streams.setdefault(id_, []).append(fact)
            self.states[id_] = fact.mutate(self.states.get(id_))
            entry = book(fact)
            for line in entry.lines if entry is not None else ():
                assert entry is not None
                key = (entry.entity_id, line.account)
                self.balances[key] += line.debit_c - line.credit_c
                self.by_month[(*key, f"{entry.booked_on:%Y-%m}")] += line.debit_c - line.credit_c

    @invariant()
    def facts_and_paper_agree(self) -> None:
        self._read_on()
        self._the_books_are_those_on_paper()
        self._a_month_whose_bookings_stopped_stays_as_it_is()
        self._each_invoice_and_line_is_open_for_what_the_paper_says()
        self._every_activity_stands_where_the_paper_says()
        self._no_sum_goes_beyond_what_it_is_taken_from()

    def _the_books_are_those_on_paper(self) -> None:
        assert {key: cents for key, cents in self.balances.items() if cents} == self.paper.kept_c
        for entity_id in {entity_id for entity_id, _ in self.balances}:
            assert not sum(cents for (of, _), cents in self.balances.items() if of == entity_id)

    def _a_month_whose_bookings_stopped_stays_as_it_is(self) -> None:
        for (entity_id, month), then in self.closed.items():
            assert self.of_month(entity_id, month) == then

    def of_month(self, entity_id: UUID, month: str) -> dict[str, int]:
        """What a month moved on each account of an entity."""
        return {
            account: cents
            for (of, account, in_month), cents in self.by_month.items()
            if (of, in_month) == (entity_id, month) and cents
        }

    def _every_activity_stands_where_the_paper_says(self) -> None:
        for shop in SHOPS:
            activity = self.states.get(shop.id)
            if activity is not None:
                assert activity.result_c == self.paper.result_c[shop.id]
                assert activity.committed_c == self.paper.committed_c[shop.id] >= 0
                assert activity.available_c(0) == self.available_c(shop)

    def _no_sum_goes_beyond_what_it_is_taken_from(self) -> None:
        """Looks at what has moved since it last looked."""
        for fact in self.fresh:
            state = self.states[fact.originator_id]
            match fact:
                case BankLine.Event():
                    assert 0 <= state.allocated_c <= max(state.amount_c, 0)
                    assert 0 <= state.cleared_c <= max(-state.amount_c, 0)
                case CreditNote.Issued():
                    self._credited_within_the_invoice(fact.invoice_id)
                case ShareAccount.Event():
                    assert 0 <= state.allotted_c <= state.paid_c <= state.subscribed_c
                    assert state.held_qty >= 0
                case MutualFund.Reserved() | MutualFund.PaidOut():
                    assert self.free_c >= 0, "a fund never promises or pays below its floor"
                case Activity.ContributionCharged():
                    self.charged_c[fact.document_id] += fact.amount_c
                case Activity.ContributionReversed():
                    assert fact.invoice_id is not None
                    self.charged_c[fact.invoice_id] -= fact.amount_c
                    assert self.charged_c[fact.invoice_id] >= 0
                case _:
                    pass
        self.fresh.clear()

    def _credited_within_the_invoice(self, invoice_id: UUID) -> None:
        invoice = self.state(Invoice, invoice_id)
        issued = {row.key: row for row in invoice.vat}
        for row in invoice.credited:
            assert 0 <= row.base_c <= issued[row.key].base_c
            assert 0 <= row.vat_c <= issued[row.key].vat_c

    def _each_invoice_and_line_is_open_for_what_the_paper_says(self) -> None:
        for id_, invoice in self.paper.invoices.items():
            assert self.states[id_].open_c == invoice.open_c >= invoice.doubtful_c >= 0
        for id_, line in self.paper.lines.items():
            if line.amount_c > 0:
                assert self.states[id_].left_c == line.left_c

    def the_same_once_replayed(self, written_and_read: Callable[[Any], Any]) -> None:
        """Fold every stream anew from facts that were written and read again: each state is the same."""
        self._read_on()
        for id_, facts in self.streams.items():
            state: Any = None
            for fact in facts:
                state = written_and_read(fact).mutate(state)
            assert vars(state) == vars(self.states[id_])
