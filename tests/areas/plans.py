"""What activities leave by the plan: whatever order documents come in, it is what the plan makes of the whole."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Any
from uuid import UUID

from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule

from domain.aggregates.activity import Activity
from domain.aggregates.contribution_month import ContributionMonth
from domain.aggregates.contribution_year import ContributionYear
from domain.aggregates.mutual_fund import MutualFund
from domain.contributions import ContributionBase, Exemptions, FundShare, Tier
from domain.ledger.activities import activity_id, open_activity
from domain.ledger.bank import allocate_receipt, import_statements, line_id
from domain.ledger.contributions import year_id
from domain.ledger.credit_notes import issue_credit_note
from domain.ledger.invoicing import issue_invoice
from domain.ledger.plans import charge_month, enact_contribution_rule, grant_contribution_override, month_id
from domain.ledger.purchases import approve_purchase, purchase_id, receive_purchase, register_supplier
from domain.ledger.returns import undo_allocation
from domain.payouts import PayoutRegime
from domain.purchasing import PurchaseLine
from domain.spending import ExpenseType
from domain.vat import CreditedBase, VatCategory
from tests.areas.desk import CENTS_MORE, PICK, TENTHS, Area
from tests.cooperative import (
    ACCOUNT,
    ACCOUNT_ID,
    ACTIVITY,
    ENTITY,
    FOUNDED,
    FUND,
    OPENING_C,
    OTHER_MEMBER,
    entry,
    found,
    invoice,
    line,
    statement,
)

OTHER, SUPPLIER = activity_id(ENTITY, "A2"), UUID(int=130)
BEFORE, NEW_YEAR, LAST = date(2025, 12, 1), date(2026, 1, 1), date(2026, 3, 31)
DAYS = st.dates(NEW_YEAR, LAST)
FUND_BP, MONTH_C, OTHER_BP = 100, 25_00, 500
MONTHS = st.sampled_from(["2026-01", "2026-02", "2026-03", "2026-04"])
FREE_UNTIL = date(2026, 2, 1)


@dataclass(frozen=True)
class PaperPlan:
    """One rule: on what, at which rates from which amount on, and what is free of it."""

    base: str
    rates: tuple[tuple[int, int], ...]
    free_c: int = 0
    first_months: int = 0

    @property
    def over_year(self) -> bool:
        """Whether it is reckoned over the year, and not invoice by invoice."""
        return len(self.rates) > 1 or bool(self.free_c) or self.base == "gross-margin"

    def of(self, base_c: int) -> int:
        """What is left of so much: each cent at the rate that holds where it stands, rounded once."""
        owed = Fraction(0)
        for n, (from_c, rate_bp) in enumerate(self.rates):
            to_c = self.rates[n + 1][0] if n + 1 < len(self.rates) else base_c
            owed += max(0, min(to_c, base_c) - max(from_c, self.free_c)) * Fraction(rate_bp, 10_000)
        return nearest(owed)

    def of_fund(self, base_c: int) -> int:
        return nearest(Fraction(max(0, base_c - self.free_c) * FUND_BP, 10_000))


PLANS = (
    PaperPlan("invoiced-net", ((0, 1_000), (1_000_00, 500)), free_c=200_00),
    PaperPlan("invoiced-net", ((0, 1_000),), first_months=3),
    PaperPlan("collected-net", ((0, 1_000),)),
    PaperPlan("collected-net", ((0, 1_000), (700_00, 1_250), (2_000_00, 0))),
    PaperPlan("gross-margin", ((0, 1_500),)),
    PaperPlan("gross-margin", ((0, 1_500), (900_00, 700)), free_c=100_00),
)


def nearest(amount: Fraction) -> int:
    """The nearest cent, half a cent rounded up."""
    return (amount + Fraction(1, 2)).__floor__()


@dataclass
class PaperInvoice:
    """An invoice without VAT: what is left of it, and what each receipt paid."""

    id: UUID
    of: UUID
    issued_on: date
    left_c: int
    paid_c: Counter[UUID] = field(default_factory=Counter)

    @property
    def collected_c(self) -> int:
        return sum(self.paid_c.values())

    @property
    def open_c(self) -> int:
        return self.left_c - self.collected_c


class Plans(Area):
    """Rules about two activities: one by the plan of the entity, one by an exception of its own."""

    @initialize(plan=st.sampled_from(PLANS))
    def begin(self, plan: PaperPlan) -> None:
        """Enact the plan for the new year, before it begins."""
        super().begin()
        self.plan = plan
        terms: dict[str, Any] = {"base": ContributionBase(plan.base), "rate_bp": plan.rates[0][1]}
        terms |= {"tiers": [Tier(*each) for each in plan.rates[1:]], "fixed_month_c": MONTH_C}
        terms["exemptions"] = Exemptions(plan.free_c, plan.first_months)
        enacted: dict[str, Any] = {"entity_id": ENTITY, "valid_from": NEW_YEAR, "decision_ref": "assembly"}
        shares = [FundShare(FUND, FUND_BP)]
        self.ask(True, enact_contribution_rule, on=BEFORE, fund_shares=shares, **enacted, **terms)
        excepted: dict[str, Any] = {"activity_id": OTHER, "valid_from": NEW_YEAR, "decision_ref": "board"}
        excepted |= {"valid_until": date(2026, 12, 31), "rate_bp": OTHER_BP, "fund_shares": []}
        self.ask(True, grant_contribution_override, on=BEFORE, **excepted)
        self.invoices: list[PaperInvoice] = []
        self.costs_c: Counter[UUID] = Counter()
        self.charged: set[str] = set()
        self.fund_c = 0
        self.closing_c, self.statements, self.bills = OPENING_C, 0, 0
        self.last_on = {"F": NEW_YEAR, "C": NEW_YEAR}

    def found(self) -> None:
        found(self.ledger.perform)
        opened: dict[str, Any] = {"code": "A2", "membership_ids": [OTHER_MEMBER], "entity_id": ENTITY}
        self.ledger.perform(open_activity, on=FOUNDED, payout_regime=PayoutRegime.EMPLOYEE, **opened)
        named: dict[str, Any] = {"name": "Nails", "address": "Rue Basse 3", "vat_no": ""}
        self.ledger.perform(register_supplier, supplier_id=SUPPLIER, entity_id=ENTITY, **named)

    @rule(of=st.sampled_from([ACTIVITY, ACTIVITY, OTHER]), net_c=st.integers(1, 1_500_00), day=DAYS)
    def sell(self, of: UUID, net_c: int, day: date) -> None:
        """Invoice it; what was free on that day stays free."""
        new, day = self.new_id(), max(day, self.last_on["F"])
        price = line(f"{net_c // 100}.{net_c % 100:02}", rate_bp=0)
        self.ask(True, issue_invoice, on=day, **invoice(new, price, on=day, activity_id=of))
        self.last_on["F"] = day
        self.invoices.append(PaperInvoice(new, of, day, net_c))
        self.post(net_c, "400", "7001")
        self._follow()

    @rule(pick=PICK, tenths=TENTHS, more_c=CENTS_MORE)
    def credit(self, pick: int, tenths: int, more_c: int) -> None:
        """Credit part of what is open of an invoice, or a cent more than is left of it."""
        paper = self.one_of(self.invoices, pick, lambda each: each.open_c > 0)
        if paper is None:
            return
        net_c, day = self.part(paper.open_c, tenths, more_c), max(paper.issued_on, self.last_on["C"])
        if paper.open_c < net_c <= paper.left_c:
            return
        asked: dict[str, Any] = {"credit_note_id": self.new_id(), "invoice_id": paper.id, "issued_on": day}
        rows = [CreditedBase(VatCategory.EXEMPT, 0, "", net_c)]
        if self.ask(0 < net_c <= paper.open_c, issue_credit_note, on=day, reason="late", rows=rows, **asked):
            self.last_on["C"] = day
            paper.left_c -= net_c
            self.post(net_c, "7001", "400")
            self._follow()

    @rule(pick=PICK, tenths=TENTHS, more_c=CENTS_MORE)
    def be_paid(self, pick: int, tenths: int, more_c: int) -> None:
        """Take in a receipt, for part of what is open or a cent more than that."""
        paper = self.one_of(self.invoices, pick, lambda each: each.open_c > 0)
        if paper is None or (amount_c := self.part(paper.open_c, tenths, more_c)) <= 0:
            return
        self.statements += 1
        n, entries = self.statements, [entry("1", amount_c, on=LAST)]
        reported = statement(n, entries, opening_c=self.closing_c, on=LAST)
        self.ask(True, import_statements, on=LAST, account=ACCOUNT, statements=[reported])
        self.closing_c += amount_c
        self.post(amount_c, "550", "499")
        receipt = line_id(ACCOUNT_ID, f"2026/{n}", "1")
        asked: dict[str, Any] = {"bank_line_id": receipt, "invoice_id": paper.id, "amount_c": amount_c}
        if self.ask(amount_c <= paper.open_c, allocate_receipt, on=LAST, **asked):
            paper.paid_c[receipt] += amount_c
            self.post(amount_c, "499", "400")
            self._follow()

    @rule(pick=PICK, tenths=TENTHS, more_c=CENTS_MORE)
    def take_it_back(self, pick: int, tenths: int, more_c: int) -> None:
        """Take back part of what a receipt paid."""
        paper = self.one_of(self.invoices, pick, lambda each: each.collected_c > 0)
        if paper is None or (receipt := self.one_of(+paper.paid_c, pick)) is None:
            return
        paid_c = paper.paid_c[receipt]
        amount_c = self.part(paid_c, tenths, more_c)
        asked: dict[str, Any] = {"bank_line_id": receipt, "invoice_id": paper.id, "amount_c": amount_c}
        if self.ask(0 < amount_c <= paid_c, undo_allocation, on=LAST, reason="another client's", **asked):
            paper.paid_c[receipt] -= amount_c
            self.post(amount_c, "400", "499")
            self._follow()

    @rule(of=st.sampled_from([ACTIVITY, ACTIVITY, OTHER]), cost_c=st.integers(1, 600_00), day=DAYS)
    def buy(self, of: UUID, cost_c: int, day: date) -> None:
        """Bear the bill of a supplier: it lowers a margin, whatever that leaves."""
        self.bills += 1
        number = f"B{self.bills}"
        asked: dict[str, Any] = {"supplier_id": SUPPLIER, "purchase_no": number, "issued_on": day}
        asked |= {"lines": [PurchaseLine(ExpenseType.SUPPLIES, cost_c, 0, 0)], "due_on": day}
        asked |= {"activity_id": of, "reverse_charge": False, "document_sha256": "ef" * 32}
        self.ask(True, receive_purchase, on=day, **asked)
        self.ask(True, approve_purchase, on=day, actor="ben", purchase_id=purchase_id(SUPPLIER, number))
        self.costs_c[of] += cost_c
        self.post(cost_c, "612", "440")
        self._follow()

    @rule(of=st.sampled_from([ACTIVITY, ACTIVITY, OTHER]), month=MONTHS)
    def charge_a_month(self, of: UUID, month: str) -> None:
        """Charge the fixed part of a month that has begun, once, where there is one and nothing frees of it."""
        first_on = date(2026, int(month[5:]), 1)
        freed = self.plan.first_months and first_on < FREE_UNTIL
        right = of == ACTIVITY and first_on <= LAST and month not in self.charged and not freed
        if self.ask(right, charge_month, on=LAST, activity_id=of, month=month):
            self.charged.add(month)

    def counted(self) -> list[tuple[int, int, int]]:
        """What counts: one sum of the year, or each invoice; invoiced, received, and costs."""
        mine = [each for each in self.invoices if each.of == ACTIVITY]
        if self.plan.first_months:
            mine = [each for each in mine if each.issued_on >= FREE_UNTIL]
        sums = [(each.left_c, each.collected_c, 0) for each in mine]
        if not self.plan.over_year:
            return sums
        costs_c = self.costs_c[ACTIVITY] if self.plan.base == "gross-margin" else 0
        return [(sum(each[0] for each in sums), sum(each[1] for each in sums), costs_c)]

    def base_c(self, invoiced_c: int, collected_c: int, costs_c: int) -> int:
        """What of it the plan reckons on."""
        return collected_c if self.plan.base == "collected-net" else max(0, invoiced_c - costs_c)

    def _follow(self) -> None:
        """Book what the fund is owed now and was not before."""
        fund_c = sum(self.plan.of_fund(self.base_c(*each)) for each in self.counted())
        self.post(fund_c - self.fund_c, "6191", "4895")
        self.fund_c = fund_c

    @invariant()
    def each_activity_leaves_what_the_plan_makes_of_the_whole(self) -> None:
        left_c = {
            ACTIVITY: sum(self.plan.of(self.base_c(*each)) for each in self.counted())
            + self.fund_c
            + MONTH_C * len(self.charged),
            OTHER: sum(
                nearest(Fraction(each.left_c * OTHER_BP, 10_000))
                for each in self.invoices
                if each.of == OTHER
            ),
        }
        for id_, contributed_c in left_c.items():
            earned_c = sum(each.left_c for each in self.invoices if each.of == id_)
            assert self.state(Activity, id_).result_c == earned_c - self.costs_c[id_] - contributed_c

    @invariant()
    def a_fund_has_what_was_collected_of_what_it_is_owed(self) -> None:
        """Reckoned over a year, or on what was collected; by invoice it is a matter of the whole ledger."""
        if not (self.plan.over_year or self.plan.base == "collected-net"):
            return
        has_c = 0
        for invoiced_c, collected_c, costs_c in self.counted():
            owed_c = self.plan.of_fund(self.base_c(invoiced_c, collected_c, costs_c))
            if self.plan.base == "collected-net":
                has_c += owed_c
            elif invoiced_c:
                has_c += nearest(Fraction(owed_c * collected_c, invoiced_c))
        assert self.state(MutualFund, FUND).cash_c == has_c

    @invariant()
    def months_and_years_are_streams_of_their_own(self) -> None:
        for month in self.charged:
            assert isinstance(self.states[month_id(ACTIVITY, month)], ContributionMonth)
        years = [each for each in self.states.values() if isinstance(each, ContributionYear)]
        assert len(years) <= 1
        if years and self.plan.over_year:
            (year,) = years
            ((invoiced_c, collected_c, costs_c),) = self.counted()
            assert year.id == year_id(ACTIVITY, 2, 2026)
            assert (year.counted.invoiced_c, year.counted.collected_c) == (invoiced_c, collected_c)
            assert year.counted.costs_c == costs_c
