"""A ledger kept in plain dicts beside the real one: any order of requests leaves them equal.

The model asks for things that are right and things that are wrong, predicts every refusal from its
own dicts, and after each step compares them with what the facts say by the posting rules. It runs
against whatever performs use cases: subclass it with `perform` and `facts_after`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, multiple, rule

from domain.aggregates.invoice import Invoice
from domain.aggregates.mutual_fund import MutualFund
from domain.bookkeeping.rules_v1 import book
from domain.errors import (
    AidDecidedAlready,
    AidNotDecided,
    AidSettled,
    AmountNotPositive,
    BelowFloor,
    BooksStopped,
    EarlierPeriodOpen,
    ExceedsLine,
    ExceedsOpenAmount,
    InvoiceWithoutLines,
    IssueDateGoesBack,
    MustAbstain,
    PeriodNotOpen,
    ReferenceOfAnotherInvoice,
    Refusal,
    SecondPersonNeeded,
    StatementMissing,
)
from domain.ledger.bank import allocate_receipt, import_statements, line_id
from domain.ledger.invoicing import issue_invoice
from domain.ledger.periods import open_period, stop_bookings
from domain.money import share
from tests import aiding
from tests.cooperative import (
    ACCOUNT,
    ACCOUNT_ID,
    ENTITY,
    FLOOR_C,
    FOUNDED,
    MONTHS,
    OPENING_C,
    entry,
    found,
    invoice,
    line,
    statement,
)

LATEST = date(2026, 3, 31)
DAYS = st.dates(date(2025, 11, 1), LATEST)
PRICES = st.integers(-20_00, 200_000_00)
FIRST_INVOICE_C = 300_000_00
OVERRULED = st.booleans()
PEOPLE = st.sampled_from(["anna", "ben", "carla"])
FOREIGN_REFERENCE = "090933755493"


@dataclass
class Paper:
    """What the model believes: cents by invoice, line and aid, and what the months held."""

    open_c: dict[UUID, int] = field(default_factory=dict)
    fund_parts_c: dict[UUID, int] = field(default_factory=dict)
    vat_c: dict[UUID, int] = field(default_factory=dict)
    left_c: dict[UUID, int] = field(default_factory=dict)
    references: dict[UUID, tuple[str, ...]] = field(default_factory=dict)
    out_c: int = 0
    closing_c: int = OPENING_C
    statements: int = 0
    last_issued: dict[int, date] = field(default_factory=dict)
    last_day: date = FOUNDED
    numbers: Counter[int] = field(default_factory=Counter)
    granted_c: int = 0
    promised_c: int = 0
    aid: dict[UUID, tuple[int, set[str], str]] = field(default_factory=dict)
    stopped: int = 0


class LedgerModel(RuleBasedStateMachine):
    """The state machine; the last month is never stopped, so that something can always be booked."""

    invoices = Bundle("invoices")
    receipts = Bundle("receipts")
    aids = Bundle("aids")

    def __init__(self) -> None:
        super().__init__()
        self.paper = Paper()
        self.balances: Counter[str] = Counter()
        self.by_day: Counter[tuple[date, str]] = Counter()
        self.closed: dict[date, dict[str, int]] = {}
        self.collected: Counter[UUID] = Counter()
        self.settled_vat: Counter[UUID] = Counter()
        self.invoice_numbers: dict[int, list[int]] = {}
        self.read = 0
        self.ids = 0

    def perform(
        self, use_case: Callable[..., object], *, on: date = LATEST, actor: str = "anna", **asked: Any
    ) -> object:
        """Run the use case on the ledger under test; raises its refusal."""
        raise NotImplementedError

    def facts_after(self, position: int) -> Sequence[Any]:
        """Return the facts of the ledger under test after that position, in order."""
        raise NotImplementedError

    @initialize()
    def begin(self) -> None:
        """Found the cooperative, with one paid invoice behind the fund: it holds 3,000.00."""
        found(self.perform)
        self._issue([(FIRST_INVOICE_C, 2_100)], FOUNDED)
        self._import([FIRST_INVOICE_C * 121 // 100], FOUNDED)
        (invoice_id,), (receipt_id,) = self.paper.open_c, self.paper.left_c
        self._allocate(invoice_id, receipt_id, FIRST_INVOICE_C * 121 // 100, despite=False, on=FOUNDED)

    @rule(
        target=invoices,
        prices=st.lists(st.tuples(PRICES, st.sampled_from([0, 2_100])), max_size=3),
        later=st.integers(-2, 20),
    )
    def issue(self, prices: list[tuple[int, int]], later: int) -> Any:
        """Ask for an invoice some days after the last one, or before it."""
        day = self.paper.last_day + timedelta(days=later)
        return self._issue(prices, min(LATEST, max(FOUNDED, day)))

    def _issue(self, prices: list[tuple[int, int]], day: date) -> Any:
        bases: Counter[int] = Counter()
        for cents, rate_bp in prices:
            bases[rate_bp] += cents
        net_c = sum(bases.values())
        expected: set[type[Refusal]] = set()
        if day < self.paper.last_issued.get(day.year, day):
            expected.add(IssueDateGoesBack)
        if net_c <= 0 or min(bases.values()) < 0:
            expected.add(InvoiceWithoutLines)
        lines = [line(_price(cents), rate_bp=rate_bp) for cents, rate_bp in prices]
        new = self._new_id()
        asked = invoice(new, on=day) | {"lines": lines}
        if not self._ask(expected, issue_invoice, on=day, **asked):
            return multiple()
        vat_c = sum(share(base_c, rate_bp) for rate_bp, base_c in bases.items())
        self.paper.open_c[new] = net_c + vat_c
        self.paper.vat_c[new] = vat_c
        self.paper.fund_parts_c[new] = share(net_c, 100)
        self.paper.last_issued[day.year] = self.paper.last_day = day
        self.paper.numbers[day.year] += 1
        return new

    @rule(
        target=receipts,
        amounts=st.lists(st.integers(-50_000_00, 250_000_00), max_size=3),
        references=st.sampled_from([(), (), (FOREIGN_REFERENCE,)]),
        day=DAYS,
    )
    def import_next_statement(self, amounts: list[int], references: tuple[str, ...], day: date) -> Any:
        return self._import(amounts, day, references)

    def _import(self, amounts: list[int], day: date, references: tuple[str, ...] = ()) -> Any:
        """Import the next statement, twice in one file."""
        number = self.paper.statements + 1
        entries = [entry(str(n), cents, on=day, references=references) for n, cents in enumerate(amounts)]
        reported = statement(
            number,
            entries,
            opening_c=self.paper.closing_c,
            on=day,
            identity=str(number),
            sequence=(2025, number),
        )
        self._ask(set(), import_statements, account=ACCOUNT, statements=[reported, reported])
        self.paper.statements = number
        self.paper.closing_c = reported.closing_c
        self.paper.out_c += sum(cents for cents in amounts if cents <= 0)
        new = {line_id(ACCOUNT_ID, str(number), each.key): each for each in entries if each.amount_c > 0}
        self.paper.left_c |= {new_id: each.amount_c for new_id, each in new.items()}
        self.paper.references |= dict.fromkeys(new, references)
        return multiple(*new)

    @rule(hole=st.integers(2, 3), shift_c=st.integers(0, 1))
    def import_a_statement_too_far(self, hole: int, shift_c: int) -> None:
        number = self.paper.statements + hole
        reported = statement(
            number,
            opening_c=self.paper.closing_c + shift_c,
            on=LATEST,
            identity=f"skipped {number} {shift_c}",
            sequence=(2025, number),
        )
        self._ask({StatementMissing}, import_statements, account=ACCOUNT, statements=[reported])

    @rule(
        invoice_id=invoices,
        receipt_id=receipts,
        tenths=st.sampled_from([0, 5, 10]),
        cents_more=st.integers(-1, 1),
        day=DAYS,
        despite=OVERRULED,
    )
    def allocate(
        self, invoice_id: UUID, receipt_id: UUID, tenths: int, cents_more: int, day: date, *, despite: bool
    ) -> None:
        """Ask for a part of what could be allocated, or for more than it, or nothing."""
        most_c = min(self.paper.open_c[invoice_id], self.paper.left_c[receipt_id])
        amount_c = most_c * tenths // 10 + cents_more
        self._allocate(invoice_id, receipt_id, amount_c, despite=despite, on=day)

    @rule(invoice_id=invoices, receipt_id=receipts, day=DAYS)
    def allocate_all_there_is(self, invoice_id: UUID, receipt_id: UUID, day: date) -> None:
        amount_c = min(self.paper.open_c[invoice_id], self.paper.left_c[receipt_id])
        self._allocate(invoice_id, receipt_id, amount_c, despite=True, on=day)

    def _allocate(
        self, invoice_id: UUID, receipt_id: UUID, amount_c: int, *, despite: bool, on: date
    ) -> None:
        expected: set[type[Refusal]] = set()
        if amount_c <= 0:
            expected.add(AmountNotPositive)
        if amount_c > self.paper.left_c[receipt_id]:
            expected.add(ExceedsLine)
        if amount_c > self.paper.open_c[invoice_id]:
            expected.add(ExceedsOpenAmount)
        if self.paper.references[receipt_id] and not despite:
            expected.add(ReferenceOfAnotherInvoice)
        if self._ask(
            expected,
            allocate_receipt,
            on=on,
            bank_line_id=receipt_id,
            invoice_id=invoice_id,
            amount_c=amount_c,
            despite_reference=despite,
        ):
            self.paper.left_c[receipt_id] -= amount_c
            self.paper.open_c[invoice_id] -= amount_c

    @rule(target=aids, amount_c=st.integers(-1, 2_500_00), actor=PEOPLE)
    def ask(self, amount_c: int, actor: str) -> Any:
        new = self._new_id()
        expected: set[type[Refusal]] = set() if amount_c > 0 else {AmountNotPositive}
        if not self._try(expected, lambda perform: aiding.ask(perform, amount_c, new, actor=actor)):
            return multiple()
        self.paper.aid[new] = (amount_c, {actor}, "requested")
        return new

    @rule(aid_id=aids, actor=PEOPLE)
    def decide(self, aid_id: UUID, actor: str) -> None:
        """Grant what was asked for."""
        amount_c, people, state = self.paper.aid[aid_id]
        expected: set[type[Refusal]] = {BelowFloor} if self._free_c() < amount_c else set()
        if state != "requested" or actor in people:
            expected = {MustAbstain if state == "requested" else AidDecidedAlready}
        if self._try(expected, lambda perform: aiding.grant(perform, amount_c, aid_id, actor=actor)):
            self.paper.promised_c += amount_c
            self.paper.aid[aid_id] = (amount_c, {*people, actor}, "decided")

    @rule(aid_id=aids, actor=PEOPLE, day=DAYS)
    def pay(self, aid_id: UUID, actor: str, day: date) -> None:
        amount_c, people, state = self.paper.aid[aid_id]
        expected: set[type[Refusal]] = {MustAbstain, SecondPersonNeeded} if actor in people else set()
        if state != "decided":
            expected = {AidNotDecided if state == "requested" else AidSettled}
        if self._try(expected, lambda perform: aiding.pay(perform, aid_id, on=day, actor=actor)):
            self.paper.granted_c += amount_c
            self.paper.promised_c -= amount_c
            self.paper.aid[aid_id] = (amount_c, people, "paid")

    @rule(cents_more=st.integers(-1, 1), day=DAYS)
    def grant_down_to_the_floor(self, cents_more: int, day: date) -> None:
        """Ask for what the fund can give, a cent less or a cent more."""
        aid_id = self.ask(self._free_c() + cents_more, "anna")
        if aid_id in self.paper.aid:
            self.decide(aid_id, "ben")
            self.pay(aid_id, "carla", day)

    @rule(n=st.integers(0, len(MONTHS) - 2))
    def stop(self, n: int) -> None:
        expected: set[type[Refusal]] = set()
        if n < self.paper.stopped:
            expected.add(PeriodNotOpen)
        elif n > self.paper.stopped:
            expected.add(EarlierPeriodOpen)
        if self._ask(expected, stop_bookings, entity_id=ENTITY, month=MONTHS[n]):
            self.paper.stopped += 1
            year, month = int(MONTHS[n + 1][:4]), int(MONTHS[n + 1][5:])
            self.closed[date(year, month, 1)] = self._balances_before(date(year, month, 1))

    @rule(month=st.sampled_from(["2025-10", "2019-01"]))
    def open_a_month_behind_the_stopped_ones(self, month: str) -> None:
        if self.paper.stopped:
            self._ask({BooksStopped}, open_period, entity_id=ENTITY, month=month)

    @invariant()
    def facts_and_paper_agree(self) -> None:
        self._read_on()
        self._the_books_agree_with_the_paper()
        self._nothing_moves_a_stopped_month()
        self._numbers_have_no_gap()
        self._a_paid_invoice_is_settled_to_the_cent()
        self._a_fund_that_paid_holds_its_floor()

    def _the_books_agree_with_the_paper(self) -> None:
        paper = self.paper
        accrued_c = sum(paper.fund_parts_c.values())
        assert sum(self.balances.values()) == 0
        if self.read:
            assert self.balances["550"] == paper.closing_c
        assert self.balances["400"] == sum(paper.open_c.values())
        assert self.balances["499"] == -sum(paper.left_c.values()) - paper.out_c
        assert self.balances["451"] == -sum(paper.vat_c.values())
        assert self.balances["4895"] == paper.granted_c - accrued_c
        assert self.balances["580"] == -paper.granted_c
        assert self.balances["6190"] == 0

    def _nothing_moves_a_stopped_month(self) -> None:
        for day, then in self.closed.items():
            assert self._balances_before(day) == then

    def _numbers_have_no_gap(self) -> None:
        assert self.invoice_numbers == {year: list(range(1, n + 1)) for year, n in self.paper.numbers.items()}

    def _a_paid_invoice_is_settled_to_the_cent(self) -> None:
        for each, open_c in self.paper.open_c.items():
            part_c, vat_c = self.collected[each], self.settled_vat[each]
            assert 0 <= part_c <= self.paper.fund_parts_c[each]
            assert 0 <= vat_c <= self.paper.vat_c[each]
            if open_c == 0:
                assert (part_c, vat_c) == (self.paper.fund_parts_c[each], self.paper.vat_c[each])

    def _a_fund_that_paid_holds_its_floor(self) -> None:
        if self.paper.granted_c or self.paper.promised_c:
            assert self._free_c() >= 0

    def _ask(self, expected: set[type[Refusal]], use_case: Callable[..., object], **asked: Any) -> bool:
        return self._try(expected, lambda perform: perform(use_case, **asked))

    def _try(self, expected: set[type[Refusal]], ask: Callable[[Callable[..., object]], object]) -> bool:
        """Ask; it is refused exactly if a refusal is expected, by one of those, and then records nothing."""
        self._read_on()
        refused: type[Refusal] | None = None
        try:
            ask(self.perform)
        except Refusal as answer:
            refused = type(answer)
        assert refused in expected if expected else refused is None
        assert refused is None or not self.facts_after(self.read)
        return refused is None

    def _read_on(self) -> None:
        for fact in self.facts_after(self.read):
            self.read += 1
            journal = book(fact)
            for each in journal.lines if journal is not None else ():
                assert journal is not None
                self.balances[each.account] += each.debit_c - each.credit_c
                self.by_day[journal.booked_on, each.account] += each.debit_c - each.credit_c
            if isinstance(fact, MutualFund.ContributionCollected):
                self.collected[fact.document_id] += fact.amount_c
            elif isinstance(fact, Invoice.PaymentReceived):
                self.settled_vat[fact.originator_id] += fact.vat_c
            elif isinstance(fact, Invoice.Issued):
                number = int(fact.invoice_no[-6:])
                self.invoice_numbers.setdefault(fact.issued_on.year, []).append(number)

    def _balances_before(self, day: date) -> dict[str, int]:
        sums: Counter[str] = Counter()
        for (booked_on, account), cents in self.by_day.items():
            if booked_on < day:
                sums[account] += cents
        return {account: cents for account, cents in sums.items() if cents}

    def _cash_c(self) -> int:
        return sum(self.collected.values()) - self.paper.granted_c

    def _free_c(self) -> int:
        """What the fund can still promise."""
        return self._cash_c() - self.paper.promised_c - FLOOR_C

    def _new_id(self) -> UUID:
        self.ids += 1
        return UUID(int=1_000_000 + self.ids)


def _price(cents: int) -> str:
    return f"{'-' if cents < 0 else ''}{abs(cents) // 100}.{abs(cents) % 100:02}"
