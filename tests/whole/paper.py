"""The paper ledger: what the model believes, in plain dicts, posted by hand as the chart says."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from domain.money import share
from tests.cooperative import ENTITY, FOUNDED, OPENING_C
from tests.whole.places import COMPANIES, Company, Shop


@dataclass
class PaperInvoice:
    """An invoice: base by VAT rate, what of it was credited and doubted, and what which bank line paid."""

    shop: Shop
    issued_on: date
    base_c: dict[int, int]
    credited_c: Counter[int] = field(default_factory=Counter)
    paid_c: Counter[UUID] = field(default_factory=Counter)
    doubtful_c: int = 0
    guaranteed: bool = False

    @property
    def left_net_c(self) -> int:
        return sum(self.base_c.values()) - sum(self.credited_c.values())

    @property
    def left_c(self) -> int:
        """What is claimed, VAT of each rate rounded once on what was credited and on what was issued."""
        return self.left_net_c + sum(
            share(base_c, rate) - share(self.credited_c[rate], rate) for rate, base_c in self.base_c.items()
        )

    @property
    def open_c(self) -> int:
        return self.left_c - sum(self.paid_c.values())


@dataclass
class PaperLine:
    """A line of the bank: what of it waits, and what is held for which client.

    Of money out also who bore what as a fee, and how much of which receipts it took back.
    """

    company: Company
    amount_c: int
    left_c: int
    held_c: Counter[UUID] = field(default_factory=Counter)
    fees_c: Counter[UUID | None] = field(default_factory=Counter)
    taken_c: Counter[UUID] = field(default_factory=Counter)


@dataclass
class PaperDocument:
    """A claim, wage, bill, aid or guarantee: where it stands, what it costs, and what is owed for it."""

    shop: Shop | None
    company: Company
    state: str
    promised_c: int = 0
    cost_c: int = 0
    due_c: int = 0
    deductible_c: int = 0
    number: str = ""


@dataclass
class PaperOrder:
    """An approved payment order, on which account it is owed, and which line cleared it."""

    company: Company
    amount_c: int
    owed_on: str
    state: str = "approved"
    line_id: UUID | None = None


@dataclass
class PaperDebt:
    """What a payee, a supplier or a shop's member, owes back of a document that it was paid on this account."""

    company: Company
    payee_id: UUID
    document_id: UUID
    owed_on: str
    open_c: int
    repaid_c: Counter[UUID] = field(default_factory=Counter)
    set_off_c: Counter[UUID] = field(default_factory=Counter)


@dataclass
class Paper:
    """All of it; `posted` are debits less credits by entity and account, in cents."""

    invoices: dict[UUID, PaperInvoice] = field(default_factory=dict)
    lines: dict[UUID, PaperLine] = field(default_factory=dict)
    claims: dict[UUID, PaperDocument] = field(default_factory=dict)
    payrolls: dict[UUID, PaperDocument] = field(default_factory=dict)
    slips: dict[UUID, tuple[int, int, int, int]] = field(default_factory=dict)
    purchases: dict[UUID, PaperDocument] = field(default_factory=dict)
    debts: dict[UUID, PaperDebt] = field(default_factory=dict)
    aids: dict[UUID, PaperDocument] = field(default_factory=dict)
    guarantees: dict[UUID, PaperDocument] = field(default_factory=dict)
    orders: dict[UUID, PaperOrder] = field(default_factory=dict)
    entries: dict[UUID, tuple[Company, int, bool]] = field(default_factory=dict)
    subscribed: Counter[UUID] = field(default_factory=Counter)
    paid_up_c: Counter[UUID] = field(default_factory=Counter)
    allotted: Counter[UUID] = field(default_factory=Counter)
    held: Counter[UUID] = field(default_factory=Counter)
    statements: Counter[UUID] = field(default_factory=Counter)
    closing_c: dict[UUID, int] = field(default_factory=lambda: {each.id: OPENING_C for each in COMPANIES})
    stopped: Counter[UUID] = field(default_factory=Counter)
    last_issued: dict[tuple[UUID, str, int], date] = field(default_factory=dict)
    result_c: Counter[UUID] = field(default_factory=Counter)
    committed_c: Counter[UUID] = field(default_factory=Counter)
    set_aside_c: int = 0
    given_c: int = 0
    posted: Counter[tuple[UUID, str]] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        """Begin with what the bank accounts opened with."""
        for company in COMPANIES:
            self.post(company, OPENING_C, "550", "4998")

    def post(self, company: Company, amount_c: int, debit: str, credit: str) -> None:
        """Book so much from one account to another; below zero the other way."""
        self.posted[company.id, debit] += amount_c
        self.posted[company.id, credit] -= amount_c

    def earn(self, shop: Shop | None, amount_c: int) -> None:
        """Let an activity earn so much, or below zero bear it."""
        if shop is not None:
            self.result_c[shop.id] += amount_c

    def next_issue(self, company: Company, series: str, day: date) -> date:
        """Return that day, or the last one on which the series gave a number that year, if that is later."""
        return max(day, self.last_issued.get((company.id, series, day.year), FOUNDED))

    def contribute(self, shop: Shop, before_net_c: int, after_net_c: int) -> None:
        """Charge 10 %, and 1 % for the fund, of what an invoice claims now and did not before."""
        self.earn(shop, share(before_net_c, 1_000) - share(after_net_c, 1_000))
        if shop.has_fund:
            part_c = share(after_net_c, 100) - share(before_net_c, 100)
            self.earn(shop, -part_c)
            self.post(shop.company, part_c, "6191", "4895")

    def make_room(self, invoice: PaperInvoice, amount_c: int) -> None:
        """Doubt no more than what stays open once so much is paid or credited."""
        lifted_c = min(invoice.doubtful_c, max(0, invoice.doubtful_c - max(invoice.open_c - amount_c, 0)))
        invoice.doubtful_c -= lifted_c
        self.post(invoice.shop.company, lifted_c, "400", "407")

    @property
    def kept_c(self) -> dict[tuple[UUID, str], int]:
        """What the accounts stand at that do not stand at nothing."""
        return {key: cents for key, cents in self.posted.items() if cents}


FUND_COMPANY = next(each for each in COMPANIES if each.id == ENTITY)
