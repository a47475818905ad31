"""Whatever is paid, undone, credited and set off, in any order: every sum is exact, on paper and in the facts.

The paper knows nothing of the ledger's code: it keeps fractions, and rounds what they come to.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from functools import cache
from typing import Any
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from domain.aggregates.activity import Activity
from domain.aggregates.bank_line import BankLine
from domain.aggregates.invoice import Invoice
from domain.aggregates.mutual_fund import MutualFund
from domain.ledger.bank import allocate_receipt, import_statements, line_id
from domain.ledger.invoicing import issue_invoice
from domain.ledger.overpayments import allocate_overpayment
from domain.ledger.returns import undo_allocation
from tests.cooperative import (
    ACCOUNT,
    ACCOUNT_ID,
    ACTIVITY,
    CLIENT,
    FUND,
    OPENING_C,
    entry,
    found,
    invoice,
    line,
    statement,
)
from tests.domain.crediting import base, credit
from tests.domain.spending import DAY, INVOICE, balances
from tests.paper import PaperLedger

IMPORTED_C = 50_000_00
RECEIPTS = [line_id(ACCOUNT_ID, "2026/1", key) for key in ("1", "2")]
STEPS = st.one_of(
    st.tuples(st.just("pay"), st.sampled_from([0, 1]), st.fractions(0, 1)),
    st.tuples(st.just("undo"), st.sampled_from([0, 1]), st.fractions(0, 1)),
    st.tuples(st.just("set off"), st.sampled_from([0, 1]), st.fractions(0, 1)),
    st.tuples(st.just("credit"), st.sampled_from([0, 600, 2_100]), st.fractions(0, 1)),
)


def cents(amount: Fraction) -> int:
    """So many cents, halves away from zero."""
    exact = Decimal(amount.numerator) / Decimal(amount.denominator)
    half = Fraction(1, 2)
    whole = int(exact.to_integral_value(ROUND_HALF_UP))
    assert abs(whole - amount) <= half
    return whole


def of(amount_c: int, rate_bp: int) -> int:
    return cents(Fraction(amount_c * rate_bp, 10_000))


@dataclass
class Paper:
    """What an invoice, its activity and the fund must stand at."""

    bases: dict[int, int]
    credited: Counter[int] = field(default_factory=Counter)
    paid: Counter[UUID] = field(default_factory=Counter)
    held: Counter[UUID] = field(default_factory=Counter)

    @property
    def net_c(self) -> int:
        return sum(self.bases.values()) - self.credited.total()

    @property
    def vat_c(self) -> int:
        return sum(of(base_c, rate) - of(self.credited[rate], rate) for rate, base_c in self.bases.items())

    @property
    def open_c(self) -> int:
        return self.net_c + self.vat_c - self.paid.total()

    def left_of_charge(self, rate_bp: int) -> int:
        return of(self.net_c, rate_bp)

    def paid_part_of(self, amount_c: int) -> int:
        gross_c = self.net_c + self.vat_c
        return cents(Fraction(amount_c * self.paid.total(), gross_c)) if gross_c else 0

    def credit(self, rate: int, base_c: int) -> None:
        self.credited[rate] += base_c
        for receipt in reversed(list(self.paid)):
            beyond_c = min(self.paid[receipt], -self.open_c)
            if beyond_c > 0:
                self.move(self.paid, receipt, -beyond_c)
                self.held[receipt] += beyond_c

    @staticmethod
    def move(amounts: Counter[UUID], receipt: UUID, amount_c: int) -> None:
        amounts[receipt] += amount_c
        if not amounts[receipt]:
            del amounts[receipt]


@cache
def founded() -> PaperLedger:
    ledger = PaperLedger()
    found(ledger.perform)
    entries = [entry(key, IMPORTED_C // 2, on=DAY) for key in ("1", "2")]
    reported = statement(1, entries, opening_c=OPENING_C, on=DAY)
    ledger.perform(import_statements, on=DAY, account=ACCOUNT, statements=[reported])
    return ledger


def lived(ledger: PaperLedger, paper: Paper, step: tuple[str, int, Fraction], n: int) -> None:
    """Do one step on the ledger and on paper, of as much as there is to do it with."""
    kind, which, part = step
    receipt = RECEIPTS[which if kind != "credit" else 0]
    asked: dict[str, Any] = {"bank_line_id": receipt, "invoice_id": INVOICE, "on": DAY}
    free_c = IMPORTED_C // 2 - paper.paid[receipt] - paper.held[receipt]
    most_c = {
        "pay": min(paper.open_c, free_c),
        "undo": paper.paid[receipt],
        "set off": min(paper.open_c, paper.held[receipt]),
        "credit": paper.bases.get(which, 0) - paper.credited[which],
    }[kind]
    paper.paid += Counter()
    amount_c = -(-most_c * part.numerator // part.denominator)
    if amount_c == 0:
        return
    if kind == "credit":
        credit(ledger, base(amount_c, which), credit_note_id=UUID(int=900 + n))
        paper.credit(which, amount_c)
        return
    if kind == "pay":
        ledger.perform(allocate_receipt, amount_c=amount_c, **asked)
    elif kind == "set off":
        ledger.perform(allocate_overpayment, amount_c=amount_c, **asked)
        paper.held[receipt] -= amount_c
    else:
        ledger.perform(undo_allocation, amount_c=amount_c, reason="wrong", **asked)
    paper.move(paper.paid, receipt, -amount_c if kind == "undo" else amount_c)


def settled_vat_c(facts: list[Any]) -> int:
    """The VAT in what was received, as the facts add it up."""
    settled = 0
    for each in facts:
        if isinstance(each, Invoice.PaymentReceived):
            settled += each.vat_c
        elif isinstance(each, Invoice.PaymentReversed):
            settled -= each.vat_c
        elif isinstance(each, Invoice.Credited):
            settled += each.settled_vat_c
    return settled


def require_agreement(ledger: PaperLedger, paper: Paper) -> None:
    billed, activity = ledger.get(Invoice, INVOICE), ledger.get(Activity, ACTIVITY)
    fund_c, contribution_c = paper.left_of_charge(100), paper.left_of_charge(1_000)
    received_c, held_c = paper.paid.total(), paper.held.total()
    assert (billed.open_c, billed.received_c) == (paper.open_c, received_c)
    assert dict(billed.paid_by) == dict(paper.paid)
    vat_c = paper.paid_part_of(paper.vat_c)
    assert settled_vat_c(ledger.facts) == vat_c
    assert activity.open_net_c == paper.net_c - (received_c - vat_c)
    assert activity.result_c == paper.net_c - contribution_c - fund_c
    assert ledger.get(MutualFund, FUND).collected_c == paper.paid_part_of(fund_c)
    for receipt in RECEIPTS:
        assert ledger.get(BankLine, receipt).held_for.get(CLIENT, 0) == paper.held[receipt]
    standing = balances(ledger.facts)
    assert {account: standing[account] for account in ("400", "4894", "451", "7001", "4895", "6190")} == {
        "400": paper.open_c,
        "4894": -held_c,
        "451": -paper.vat_c,
        "7001": -paper.net_c,
        "4895": -fund_c,
        "6190": 0,
    }
    assert standing["499"] == received_c + held_c - IMPORTED_C
    assert sum(standing.values()) == 0


@settings(max_examples=150, deadline=None)
@given(
    bases=st.dictionaries(
        st.sampled_from([0, 600, 2_100]), st.one_of(st.integers(1, 99), st.integers(1, 5_000_00)), min_size=1
    ),
    steps=st.lists(STEPS, max_size=10),
)
def test_every_sum_is_exact_after_every_step_and_nothing_is_left_once_all_is_credited(
    bases: dict[int, int], steps: list[tuple[str, int, Fraction]]
) -> None:
    ledger, paper = founded().copy(), Paper(dict(bases))
    lines = [line(f"{net_c // 100}.{net_c % 100:02}", rate_bp=rate) for rate, net_c in bases.items()]
    ledger.perform(issue_invoice, on=DAY, **invoice(INVOICE, *lines, on=DAY))
    for n, step in enumerate(steps):
        lived(ledger, paper, step, n)
        require_agreement(ledger, paper)

    pays_all = ("pay", 0, Fraction(1))
    lived(ledger, paper, pays_all, len(steps))
    require_agreement(ledger, paper)
    if paper.open_c == 0:
        assert ledger.get(Activity, ACTIVITY).open_net_c == 0
    if paper.net_c:
        credit(ledger)
        for rate, base_c in bases.items():
            paper.credit(rate, base_c - paper.credited[rate])
        require_agreement(ledger, paper)
    activity = ledger.get(Activity, ACTIVITY)
    assert (activity.result_c, activity.open_net_c, ledger.get(MutualFund, FUND).collected_c) == (0, 0, 0)
    assert paper.paid.total() == 0
