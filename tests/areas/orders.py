"""What clients order: quotations answered, orders confirmed and amended, invoiced by parts, and credited."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule

from domain.aggregates.activity import Activity
from domain.aggregates.client import ClientKind
from domain.aggregates.invoice import Invoice
from domain.aggregates.ordered_invoice import OrderedInvoice
from domain.aggregates.quotation import Quotation
from domain.ledger import quotations as cases
from domain.ledger.credit_notes import issue_credit_note
from domain.ledger.invoicing import AskedLine, register_client
from domain.ledger.ordering import ordered_invoice_id
from domain.ledger.periods import open_period
from domain.vat import CreditedBase, VatCategory
from tests.areas.desk import CENTS_MORE, PICK, TENTHS, Area
from tests.cooperative import ACTIVITY, CLIENT, ENTITY, FOUNDED, found, line

CONSUMER = UUID(int=120)
FIRST, LAST = date(2025, 11, 3), date(2026, 6, 30)
DAYS = st.dates(FIRST, LAST)
PRICES = st.integers(0, 9_000_00)
PROOFS = st.sampled_from(["ab" * 32, "ab" * 32, "ab" * 32, "they nodded"])
VAT_BP, FUND_BP = 2_100, 100
TERM_DAYS = 30


@dataclass
class PaperQuotation:
    """A quotation or order: where it stands, what it comes to, and what of it was invoiced, net of VAT."""

    id: UUID
    client_id: UUID
    net_c: int
    valid_until: date
    state: str = "drafted"
    confirmed_on: date = date.max
    invoiced_c: int = 0


@dataclass
class PaperInvoice:
    """An invoice of an order: what is left of it, and which receipt of which day paid what."""

    id: UUID
    order: PaperQuotation
    issued_on: date
    issued_net_c: int
    left_net_c: int
    paid_c: Counter[UUID] = field(default_factory=Counter)

    @property
    def vat_left_c(self) -> int:
        """VAT is rounded once on what was issued, and once on what was credited of it."""
        return at(self.issued_net_c, VAT_BP) - at(self.issued_net_c - self.left_net_c, VAT_BP)

    @property
    def gross_c(self) -> int:
        """What is claimed."""
        return self.left_net_c + self.vat_left_c

    @property
    def open_c(self) -> int:
        return self.gross_c - sum(self.paid_c.values())

    @property
    def due_on(self) -> date:
        return self.issued_on + timedelta(days=TERM_DAYS)

    @property
    def of_consumer(self) -> bool:
        return self.order.client_id == CONSUMER


def at(amount_c: int, rate_bp: int) -> int:
    """A rate of an amount, half a cent rounded up."""
    return (2 * amount_c * rate_bp + 10_000) // 20_000


def priced(net_c: int) -> AskedLine:
    """One line at 21 %."""
    return line(f"{net_c // 100}.{net_c % 100:02}", rate_bp=VAT_BP)


class Orders(Area):
    """Rules about orders of a business and of a consumer."""

    def found(self) -> None:
        found(self.ledger.perform)
        for month in ("2026-04", "2026-05", "2026-06"):
            self.ledger.perform(open_period, on=FOUNDED, entity_id=ENTITY, month=month)
        told: dict[str, Any] = {
            "entity_id": ENTITY,
            "name": "Carla",
            "address": "",
            "vat_no": "",
            "email": "",
        }
        kind = ClientKind.CONSUMER
        self.ledger.perform(register_client, on=FOUNDED, client_id=CONSUMER, kind=kind, **told)
        self.quotations: list[PaperQuotation] = []
        self.invoices: list[PaperInvoice] = []
        self.last_on: dict[tuple[str, int], date] = {}
        self.earned_c = 0

    def next_day(self, series: str, day: date) -> date:
        """That day, or the last one on which the series gave a number in its year."""
        return max(day, self.last_on.get((series, day.year), day))

    def charge(self, before_net_c: int, after_net_c: int) -> None:
        """Charge 10 %, and 1 % for the fund, of what an invoice claims now and did not before."""
        fund_c = at(after_net_c, FUND_BP) - at(before_net_c, FUND_BP)
        self.earned_c -= at(after_net_c, 1_000) - at(before_net_c, 1_000) + fund_c
        self.post(fund_c, "6191", "4895")

    @rule(client_id=st.sampled_from([CLIENT, CONSUMER]), net_c=PRICES, day=DAYS, days=st.integers(0, 40))
    def draft(self, client_id: UUID, net_c: int, day: date, days: int) -> None:
        new, day = self.new_id(), self.next_day("Q", day)
        until = day + timedelta(days=days)
        asked: dict[str, Any] = {"quotation_id": new, "activity_id": ACTIVITY, "client_id": client_id}
        asked |= {"valid_until": until, "lines": [priced(net_c)]}
        if self.ask(net_c > 0, cases.draft_quotation, on=day, **asked):
            self.last_on["Q", day.year] = day
            self.quotations.append(PaperQuotation(new, client_id, net_c, until))

    def quotation(self, pick: int, *states: str) -> PaperQuotation | None:
        """One that stands there; now and then any."""
        return self.one_of(self.quotations, pick, lambda each: each.state in states)

    @rule(pick=PICK, net_c=PRICES, days=st.integers(0, 40))
    def redraft(self, pick: int, net_c: int, days: int) -> None:
        if (paper := self.quotation(pick, "drafted")) is None:
            return
        until = FIRST + timedelta(days=days)
        asked: dict[str, Any] = {"quotation_id": paper.id, "valid_until": until, "lines": [priced(net_c)]}
        if self.ask(paper.state == "drafted" and net_c > 0, cases.redraft_quotation, on=FIRST, **asked):
            paper.net_c, paper.valid_until = net_c, until

    @rule(pick=PICK, late=st.sampled_from([0, 0, 0, 1]))
    def send(self, pick: int, late: int) -> None:
        self._while_valid(pick, "drafted", "sent", cases.send_quotation, late)

    @rule(pick=PICK, late=st.sampled_from([0, 0, 0, 1]))
    def accept(self, pick: int, late: int) -> None:
        self._while_valid(pick, "sent", "accepted", cases.accept_quotation, late)

    def _while_valid(self, pick: int, before: str, after: str, case: Any, late: int) -> None:
        if (paper := self.quotation(pick, before)) is None:
            return
        day = paper.valid_until + timedelta(days=late)
        if self.ask(paper.state == before and not late, case, on=day, quotation_id=paper.id):
            paper.state = after

    @rule(pick=PICK, how=st.sampled_from(["declined", "lapsed", "withdrawn"]), late=st.integers(0, 1))
    def end(self, pick: int, how: str, late: int) -> None:
        """Let it be declined, lapse once it is valid no more, or be withdrawn while it is no order."""
        ends_from = {"declined": ("sent",), "lapsed": ("sent",), "withdrawn": ("drafted", "sent", "accepted")}
        case: Any = {
            "declined": cases.decline_quotation,
            "lapsed": cases.lapse_quotation,
            "withdrawn": cases.withdraw_quotation,
        }[how]
        if (paper := self.quotation(pick, *ends_from[how])) is None:
            return
        right = paper.state in ends_from[how] and (how != "lapsed" or late > 0)
        asked: dict[str, Any] = {} if how == "lapsed" else {"reason": "too dear"}
        day = paper.valid_until + timedelta(days=late)
        if self.ask(right, case, on=day, quotation_id=paper.id, **asked):
            paper.state = how

    @rule(pick=PICK, proof=PROOFS, day=DAYS)
    def confirm(self, pick: int, proof: str, day: date) -> None:
        if (paper := self.quotation(pick, "accepted")) is None:
            return
        right = paper.state == "accepted" and len(proof) == len("ab" * 32)
        asked: dict[str, Any] = {"quotation_id": paper.id, "evidence_sha256": proof}
        if self.ask(right, cases.confirm_order, on=day, **asked):
            paper.state, paper.confirmed_on = "confirmed", day

    @rule(client_id=st.sampled_from([CLIENT, CONSUMER]), net_c=st.integers(1, 9_000_00), day=DAYS)
    def order_at_once(self, client_id: UUID, net_c: int, day: date) -> None:
        """Draft, send, accept and confirm on one day."""
        self.draft(client_id, net_c, day, 10)
        paper = self.quotations[-1]
        for case in (cases.send_quotation, cases.accept_quotation):
            self.ask(True, case, on=paper.valid_until, quotation_id=paper.id)
        self.ask(True, cases.confirm_order, on=day, quotation_id=paper.id, evidence_sha256="ab" * 32)
        paper.state, paper.confirmed_on = "confirmed", day

    @rule(pick=PICK, proof=PROOFS, tenths=st.sampled_from([0, 10, 15]), more_c=CENTS_MORE)
    def amend(self, pick: int, proof: str, tenths: int, more_c: int) -> None:
        """Order something else: a cent less than was invoiced is refused."""
        if (paper := self.quotation(pick, "confirmed")) is None:
            return
        net_c = max(0, paper.invoiced_c + paper.net_c * tenths // 10 + more_c)
        right = paper.state == "confirmed" and len(proof) == len("ab" * 32)
        right = right and net_c >= max(paper.invoiced_c, 1)
        asked: dict[str, Any] = {"quotation_id": paper.id, "evidence_sha256": proof, "lines": [priced(net_c)]}
        if self.ask(right, cases.amend_order, on=LAST, **asked):
            paper.net_c = net_c

    @rule(pick=PICK, tenths=st.sampled_from([0, 3, 5, 10, 10]), more_c=CENTS_MORE, days=st.integers(-1, 60))
    def invoice(self, pick: int, tenths: int, more_c: int, days: int) -> None:
        """Invoice a part of what is left of an order, or a cent more; or all of it as it was ordered."""
        if (paper := self.quotation(pick, "confirmed")) is not None:
            self.invoice_of(paper, tenths, more_c, days)

    def invoice_of(self, paper: PaperQuotation, tenths: int, more_c: int, days: int) -> None:
        """Invoice that order."""
        confirmed_on = min(paper.confirmed_on, LAST - timedelta(days=1))
        day = self.next_day("F", min(LAST, max(FIRST, confirmed_on + timedelta(days=days))))
        left_c = paper.net_c - paper.invoiced_c
        net_c = max(0, self.part(left_c, tenths, more_c)) if tenths else paper.net_c
        right = paper.state == "confirmed" and day >= paper.confirmed_on and 0 < net_c <= left_c
        right = right and (bool(tenths) or not paper.invoiced_c)
        new = self.new_id()
        asked: dict[str, Any] = {"quotation_id": paper.id, "invoice_id": new, "due_on": None}
        asked |= {"issued_on": day, "supplied_on": day, "lines": [priced(net_c)] if tenths else None}
        if self.ask(right, cases.invoice_order, on=day, **asked):
            self.last_on["F", day.year] = day
            made = PaperInvoice(new, paper, day, net_c, net_c)
            self.invoices.append(made)
            paper.invoiced_c += net_c
            self.earned_c += net_c
            self.post(net_c, "400", "7001")
            self.post(made.vat_left_c, "400", "451")
            self.charge(0, net_c)

    @rule(pick=PICK, tenths=TENTHS, more_c=CENTS_MORE)
    def credit(self, pick: int, tenths: int, more_c: int) -> None:
        """Credit a part of what is left and was not paid: the order can be invoiced for it again."""
        paper = self.one_of(self.invoices, pick, lambda each: each.open_c == each.gross_c > 0)
        if paper is None:
            return
        net_c = self.part(paper.left_net_c, tenths, more_c)
        if 0 < net_c <= paper.left_net_c and self._credited_gross(paper, net_c) > paper.open_c:
            return
        day = self.next_day("C", self.next_day("F", paper.issued_on))
        rows = [CreditedBase(VatCategory.STANDARD, VAT_BP, "", net_c)]
        asked: dict[str, Any] = {"credit_note_id": self.new_id(), "invoice_id": paper.id, "issued_on": day}
        right = 0 < net_c <= paper.left_net_c
        if self.ask(right, issue_credit_note, on=day, reason="not delivered", rows=rows, **asked):
            self.last_on["C", day.year] = day
            before_c, before_vat_c = paper.left_net_c, paper.vat_left_c
            paper.left_net_c -= net_c
            paper.order.invoiced_c -= net_c
            self.earned_c -= net_c
            self.post(net_c, "7001", "400")
            self.post(before_vat_c - paper.vat_left_c, "451", "400")
            self.charge(before_c, paper.left_net_c)

    @staticmethod
    def _credited_gross(paper: PaperInvoice, net_c: int) -> int:
        credited_c = paper.issued_net_c - paper.left_net_c
        return net_c + at(credited_c + net_c, VAT_BP) - at(credited_c, VAT_BP)

    @invariant()
    def orders_and_invoices_are_those_on_paper(self) -> None:
        for order in self.quotations:
            kept = self.state(Quotation, order.id)
            assert (kept.state, kept.net_c) == (order.state, order.net_c)
            assert kept.invoiced_c == order.invoiced_c <= order.net_c
            of_it = [each.left_net_c for each in self.invoices if each.order is order]
            assert order.invoiced_c == sum(of_it)
        for paper in self.invoices:
            assert self.state(Invoice, paper.id).open_c == paper.open_c >= 0
            link = self.state(OrderedInvoice, ordered_invoice_id(paper.id))
            assert link.quotation_id == paper.order.id
        assert self.state(Activity, ACTIVITY).result_c == self.earned_c
