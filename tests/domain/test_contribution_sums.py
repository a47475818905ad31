"""Whatever the rule and the order of documents: what is charged is what the rule makes of what counts.

The paper knows nothing of the ledger's code: it keeps what each invoice claims and has received, adds
that up as the rule asks, and rounds what the rates come to once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from functools import cache
from typing import Any
from uuid import UUID

from hypothesis import example, given, settings
from hypothesis import strategies as st

from domain.aggregates.activity import Activity
from domain.aggregates.expense_claim import ClaimLine
from domain.aggregates.invoice import Invoice
from domain.aggregates.mutual_fund import MutualFund
from domain.contributions import ContributionBase, Exemptions, FundShare, Terms, Tier
from domain.ledger.bank import allocate_receipt, import_statements, line_id
from domain.ledger.claims import approve_claim, submit_claim
from domain.ledger.entities import set_parameter
from domain.ledger.invoicing import issue_invoice
from domain.ledger.periods import open_period
from domain.ledger.plans import enact_contribution_rule
from domain.ledger.presets import ACTIVITY_OVERDRAFT_C
from domain.ledger.returns import return_payment, undo_allocation
from domain.settlement import Settlement
from domain.spending import ExpenseType
from tests.cooperative import (
    ACCOUNT,
    ACCOUNT_ID,
    ACTIVITY,
    ENTITY,
    FUND,
    MEMBER,
    OPENING_C,
    entry,
    found,
    invoice,
    line,
    statement,
)
from tests.domain.crediting import base, credit
from tests.domain.spending import balances
from tests.paper import PaperLedger

RULED = date(2026, 1, 1)
DAYS = (date(2026, 1, 8), date(2027, 1, 7))
BILLS = tuple(UUID(int=600 + n) for n in range(3))
IMPORTED_C = 30_000_00
RECEIPT, MONEY_OUT = (line_id(ACCOUNT_ID, "2027/1", key) for key in ("in", "out"))
RULES = st.builds(
    Terms,
    base=st.sampled_from(ContributionBase),
    rate_bp=st.integers(0, 3_000),
    tiers=st.lists(
        st.tuples(st.integers(1, 9_000_00), st.integers(0, 3_000)), max_size=3, unique_by=lambda tier: tier[0]
    ).map(lambda tiers: tuple(Tier(*each) for each in sorted(tiers))),
    exemptions=st.builds(Exemptions, year_c=st.one_of(st.just(0), st.integers(0, 3_000_00))),
    fund_shares=st.sampled_from([(), (FundShare(FUND, 100),), (FundShare(FUND, 333),)]),
)
STEPS = st.one_of(
    st.tuples(st.just("issue"), st.sampled_from([0, 1, 2]), st.fractions(0, 1)),
    st.tuples(st.just("pay"), st.sampled_from([0, 1, 2]), st.fractions(0, 1)),
    st.tuples(st.just("undo"), st.sampled_from([0, 1, 2]), st.fractions(0, 1)),
    st.tuples(st.just("return"), st.sampled_from([0, 1, 2]), st.fractions(0, 1)),
    st.tuples(st.just("credit"), st.sampled_from([0, 1, 2]), st.fractions(0, 1)),
    st.tuples(st.just("bear"), st.sampled_from([0, 1]), st.fractions(0, 1)),
)


def rounded(amount: Fraction) -> int:
    """So many cents, halves up: nothing here is below zero."""
    return int(amount + Fraction(1, 2))


@dataclass
class Paper:
    """What was invoiced and is received of each bill, and what the activity bore in each year."""

    settled: dict[int, Settlement] = field(default_factory=dict)
    costs_c: Counter[int] = field(default_factory=Counter)

    def of_bills(self, terms: Terms) -> tuple[int, int]:
        """What the fund is owed of bills that each stand alone, and has of them as each was paid, VAT included."""
        owed_c = collected_c = 0
        for each in self.settled.values():
            part_c, _ = funded(terms, (each.net_c, each.settled_net_c, 0))
            gross_c = each.net_c + each.vat_c
            owed_c += part_c
            collected_c += rounded(Fraction(part_c * each.received_c, gross_c)) if gross_c else 0
        return owed_c, collected_c

    def pools(self, terms: Terms) -> list[tuple[int, int, int]]:
        """What counts together: invoiced, collected, borne."""
        by_year = counts_by_year(terms)
        pools: dict[object, list[int]] = {}
        for number, each in self.settled.items():
            pool = pools.setdefault(year_of(number) if by_year else f"bill {number}", [0, 0, 0])
            pool[0] += each.net_c
            pool[1] += each.settled_net_c
        if terms.base is ContributionBase.GROSS_MARGIN:
            for year, cost_c in self.costs_c.items():
                pools.setdefault(year, [0, 0, 0])[2] += cost_c
        return [(invoiced, collected, costs) for invoiced, collected, costs in pools.values()]


def counts_by_year(terms: Terms) -> bool:
    return bool(terms.tiers or terms.exemptions.year_c or terms.base is ContributionBase.GROSS_MARGIN)


def year_of(bill: int) -> int:
    """The first two bills are of one year, the third of the next."""
    return DAYS[bill == 2].year


def base_of(terms: Terms, pool: tuple[int, int, int]) -> int:
    invoiced_c, collected_c, costs_c = pool
    if terms.base is ContributionBase.INVOICED_NET:
        return invoiced_c
    return collected_c if terms.base is ContributionBase.COLLECTED_NET else max(0, invoiced_c - costs_c)


def made_of(terms: Terms, pool: tuple[int, int, int]) -> int:
    """What the rule makes of a base, walked through from the top tier down."""
    left_c, exempt_c, due = base_of(terms, pool), terms.exemptions.year_c, Fraction(0)
    for from_c, rate_bp in reversed([(0, terms.rate_bp), *((t.from_c, t.rate_bp) for t in terms.tiers)]):
        lowest_c = max(from_c, exempt_c)
        if left_c > lowest_c:
            due += Fraction((left_c - lowest_c) * rate_bp, 10_000)
            left_c = lowest_c
    return rounded(due)


def funded(terms: Terms, pool: tuple[int, int, int]) -> tuple[int, int]:
    """What the fund is owed of a pool, and what it has of it."""
    rate_bp = sum(each.rate_bp for each in terms.fund_shares)
    owed_c = rounded(Fraction(max(base_of(terms, pool) - terms.exemptions.year_c, 0) * rate_bp, 10_000))
    if terms.base is ContributionBase.COLLECTED_NET:
        return owed_c, owed_c
    return owed_c, rounded(Fraction(owed_c * pool[1], pool[0])) if pool[0] else 0


@cache
def founded() -> PaperLedger:
    ledger = PaperLedger()
    found(ledger.perform)
    for n in range(13):
        ledger.perform(
            open_period, on=RULED, entity_id=ENTITY, month=f"{2026 + (n + 3) // 12}-{(n + 3) % 12 + 1:02}"
        )
    overdrawn: dict[str, Any] = {
        "name": ACTIVITY_OVERDRAFT_C,
        "value": "100000000",
        "valid_from": RULED,
        "source_ref": "board",
    }
    ledger.perform(set_parameter, on=RULED, entity_id=ENTITY, **overdrawn)
    entries = [entry("in", IMPORTED_C, on=DAYS[0]), entry("out", -IMPORTED_C, on=DAYS[0])]
    reported = statement(1, entries, opening_c=OPENING_C, on=DAYS[0], identity="2027/1")
    ledger.perform(import_statements, on=DAYS[0], account=ACCOUNT, statements=[reported])
    return ledger


def lived(ledger: PaperLedger, paper: Paper, step: tuple[str, int, Fraction], n: int) -> None:
    """Do one step of as much as there is to do it with."""
    kind, which, part = step
    if kind != "bear" and which not in paper.settled:
        kind = "issue"
    if kind == "bear":
        bear(ledger, paper, DAYS[which], 1 + int(2_000_00 * part), n)
        return
    if kind == "issue":
        if which not in paper.settled:
            issue(ledger, 1 + int(5_000_00 * part), which)
            paper.settled[which] = ledger.get(Invoice, BILLS[which]).settlement
        return
    billed = ledger.get(Invoice, BILLS[which])
    paid_c = sum(billed.paid_by.values())
    asked: dict[str, Any] = {"invoice_id": BILLS[which], "on": DAYS[1]}
    most_c = {"pay": billed.open_c, "credit": billed.settlement.net_c - 1}.get(kind, paid_c)
    amount_c = int(most_c * part)
    if amount_c <= 0:
        return
    if kind == "pay":
        ledger.perform(allocate_receipt, bank_line_id=RECEIPT, amount_c=amount_c, **asked)
    elif kind == "undo":
        ledger.perform(undo_allocation, bank_line_id=RECEIPT, amount_c=amount_c, reason="wrong", **asked)
    elif kind == "return":
        returned: dict[str, Any] = {"bank_line_id": MONEY_OUT, "of_line_id": RECEIPT, "amount_c": amount_c}
        ledger.perform(return_payment, **returned, **asked)
    else:
        of_note: dict[str, Any] = {
            "invoice_id": BILLS[which],
            "credit_note_id": UUID(int=900 + n),
            "on": DAYS[1],
        }
        credit(ledger, base(amount_c), **of_note)
    paper.settled[which] = ledger.get(Invoice, BILLS[which]).settlement


def issue(ledger: PaperLedger, net_c: int, which: int) -> None:
    on = DAYS[which == 2]
    asked = invoice(BILLS[which], line(f"{net_c // 100}.{net_c % 100:02}"), on=on)
    ledger.perform(issue_invoice, on=on, **asked)


def bear(ledger: PaperLedger, paper: Paper, on: date, cost_c: int, n: int) -> None:
    """Approve a claim of the activity on that day."""
    claim = ClaimLine(on, ExpenseType.SERVICES, cost_c, 0, 0, f"{n:064}")
    claim_id = UUID(int=700 + n)
    says: dict[str, Any] = {
        "activity_id": ACTIVITY,
        "claimant_id": MEMBER,
        "lines": [claim],
        "purpose": "tools",
    }
    ledger.perform(submit_claim, on=on, claim_id=claim_id, **says)
    ledger.perform(approve_claim, on=on, actor="ben", claim_id=claim_id)
    paper.costs_c[on.year] += cost_c


def charged(facts: Sequence[Any]) -> tuple[int, int, int, int]:
    """Charged and reversed to the activity for the cooperative, then for the fund."""
    sums: Counter[type[Any]] = Counter()
    for each in facts:
        if hasattr(each, "amount_c"):
            sums[type(each)] += each.amount_c
    return (
        sums[Activity.ContributionCharged],
        sums[Activity.ContributionReversed],
        sums[Activity.FundContributionCharged],
        sums[Activity.FundContributionReversed],
    )


def require_agreement(ledger: PaperLedger, paper: Paper, terms: Terms) -> None:
    pools = paper.pools(terms)
    contribution_c = sum(made_of(terms, pool) for pool in pools)
    if terms.base is ContributionBase.INVOICED_NET and not counts_by_year(terms):
        owed_c, collected_c = paper.of_bills(terms)
    else:
        owed_c, collected_c = (
            sum(each) for each in zip((0, 0), *(funded(terms, pool) for pool in pools), strict=True)
        )
    cooperative_c, given_back_c, fund_c, fund_back_c = charged(ledger.facts)
    assert 0 <= given_back_c <= cooperative_c
    assert 0 <= fund_back_c <= fund_c
    assert (cooperative_c - given_back_c, fund_c - fund_back_c) == (contribution_c, owed_c)
    assert ledger.get(MutualFund, FUND).collected_c == collected_c
    activity = ledger.get(Activity, ACTIVITY)
    earned_c = sum(each.net_c for each in paper.settled.values()) - paper.costs_c.total()
    assert activity.result_c == earned_c - contribution_c - owed_c
    assert balances(ledger.facts)["6190"] == 0


@settings(max_examples=150, deadline=None)
@given(terms=RULES, steps=st.lists(STEPS, max_size=12))
@example(
    terms=Terms(ContributionBase.INVOICED_NET, 0, fund_shares=(FundShare(FUND, 100),)),
    steps=[("issue", 1, Fraction(8676989, 1969357468)), ("pay", 1, Fraction(3404, 146373))],
)
def test_what_is_charged_is_what_the_rule_makes_of_what_counts_after_every_step(
    terms: Terms, steps: list[tuple[str, int, Fraction]]
) -> None:
    ledger, paper = founded().copy(), Paper()
    asked = {name: value for name, value in vars(terms).items() if name != "fixed_month_c"}
    ledger.perform(
        enact_contribution_rule,
        on=RULED,
        entity_id=ENTITY,
        valid_from=RULED,
        decision_ref="assembly",
        **asked,
    )
    for n, step in enumerate(steps):
        lived(ledger, paper, step, n)
        require_agreement(ledger, paper, terms)
