"""What is sold: invoices, credit notes, and claims that may not come."""

from __future__ import annotations

from collections import Counter
from datetime import date

from hypothesis import strategies as st
from hypothesis.stateful import rule

from domain.ledger.credit_notes import issue_credit_note
from domain.ledger.doubts import declare_doubt, lift_doubt
from domain.ledger.invoicing import issue_invoice
from domain.money import share
from domain.vat import CreditedBase, VatCategory
from tests.cooperative import invoice as asked_of
from tests.cooperative import line
from tests.whole.desk import CENTS_MORE, DAYS, PICK, SHOP, TENTHS, Frame
from tests.whole.paper import PaperInvoice
from tests.whole.places import Shop

RATES_BP = (0, 600, 2_100)
PRICES = st.lists(st.tuples(st.integers(0, 20_000_00), st.sampled_from(RATES_BP)), max_size=3)


class Selling(Frame):
    """Rules about invoices."""

    @rule(shop=SHOP, prices=PRICES, day=DAYS)
    def issue(self, shop: Shop, prices: list[tuple[int, int]], day: date) -> None:
        base_c: Counter[int] = Counter()
        for cents, rate_bp in prices:
            base_c[rate_bp] += cents
        net_c, new = sum(base_c.values()), self.new_id()
        issued_on = self.paper.next_issue(shop.company, "F", day)
        lines = [line(f"{cents // 100}.{cents % 100:02}", rate_bp=rate) for cents, rate in prices]
        says = {"activity_id": shop.id, "client_id": shop.client_id, "lines": lines}
        asked = asked_of(new, on=issued_on) | says
        if self.ask(net_c > 0, issue_invoice, on=issued_on, **asked):
            made = PaperInvoice(shop, issued_on, dict(base_c))
            self.paper.invoices[new] = made
            self.paper.last_issued[shop.company.id, "F", issued_on.year] = issued_on
            self.paper.earn(shop, net_c)
            self.paper.contribute(shop, 0, net_c)
            self.paper.post(shop.company, net_c, "400", "7001")
            self.paper.post(shop.company, made.left_c - net_c, "400", "451")

    @rule(pick=PICK, rate_bp=st.sampled_from(RATES_BP), tenths=TENTHS, more_c=CENTS_MORE, day=DAYS)
    def credit(self, pick: int, rate_bp: int, tenths: int, more_c: int, day: date) -> None:
        """Credit part of one rate of an invoice, or a cent more than is left of it."""
        if (one := self.one_of(self.paper.invoices, pick)) is None:
            return
        id_, invoice = one
        rate_left_c = invoice.base_c.get(rate_bp, 0) - invoice.credited_c[rate_bp]
        amount_c = self.part(rate_left_c, tenths, more_c)
        company = invoice.shop.company
        on = self.paper.next_issue(company, "C", max(day, invoice.issued_on))
        category = VatCategory.STANDARD if rate_bp else VatCategory.EXEMPT
        if not self.ask(
            0 < amount_c <= rate_left_c,
            issue_credit_note,
            on=on,
            credit_note_id=self.new_id(),
            invoice_id=id_,
            issued_on=on,
            reason="not delivered",
            rows=[CreditedBase(category, rate_bp, "", amount_c)],
        ):
            return
        self.paper.last_issued[company.id, "C", on.year] = on
        sooner_c, before_net_c = invoice.credited_c[rate_bp], invoice.left_net_c
        vat_c = share(sooner_c + amount_c, rate_bp) - share(sooner_c, rate_bp)
        self._hold_what_is_paid_beyond(invoice, amount_c + vat_c)
        self.paper.make_room(invoice, amount_c + vat_c)
        invoice.credited_c[rate_bp] += amount_c
        self.paper.earn(invoice.shop, -amount_c)
        self.paper.contribute(invoice.shop, before_net_c, invoice.left_net_c)
        self.paper.post(company, amount_c, "7001", "400")
        self.paper.post(company, vat_c, "451", "400")

    def _hold_what_is_paid_beyond(self, invoice: PaperInvoice, gross_c: int) -> None:
        """Take it back from the last payment first, and hold it for the client."""
        excess_c = gross_c - invoice.open_c
        for line_id, paid_c in reversed(list(invoice.paid_c.items())):
            amount_c = min(paid_c, excess_c)
            if amount_c > 0:
                excess_c -= amount_c
                invoice.paid_c[line_id] -= amount_c
                self.paper.lines[line_id].held_c[invoice.shop.client_id] += amount_c
                self.paper.post(invoice.shop.company, amount_c, "400", "4894")

    @rule(pick=PICK, tenths=TENTHS, more_c=CENTS_MORE, day=DAYS)
    def doubt(self, pick: int, tenths: int, more_c: int, day: date) -> None:
        if (one := self.one_of(self.paper.invoices, pick)) is None:
            return
        id_, invoice = one
        certain_c = invoice.open_c - invoice.doubtful_c
        amount_c = self.part(certain_c, tenths, more_c)
        asked = {"invoice_id": id_, "amount_c": amount_c, "reason": "it went bankrupt"}
        if self.ask(0 < amount_c <= certain_c, declare_doubt, on=day, **asked):
            invoice.doubtful_c += amount_c
            self.paper.post(invoice.shop.company, amount_c, "407", "400")

    @rule(pick=PICK, tenths=TENTHS, more_c=CENTS_MORE, day=DAYS)
    def expect_it_again(self, pick: int, tenths: int, more_c: int, day: date) -> None:
        doubted = {id_: each for id_, each in self.paper.invoices.items() if each.doubtful_c}
        if (one := self.one_of(doubted, pick)) is None:
            return
        id_, invoice = one
        amount_c = self.part(invoice.doubtful_c, tenths, more_c)
        right = 0 < amount_c <= invoice.doubtful_c
        if self.ask(right, lift_doubt, on=day, invoice_id=id_, amount_c=amount_c):
            invoice.doubtful_c -= amount_c
            self.paper.post(invoice.shop.company, amount_c, "400", "407")
