"""Claims that may not come: doubted, adjusted at a month's end, their VAT reclaimed, given up, and paid after all."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any
from uuid import UUID

from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule

from domain.aggregates.activity import Activity
from domain.aggregates.doubtful_claim import DoubtfulClaim
from domain.aggregates.invoice import Invoice
from domain.ledger.bank import allocate_receipt, import_statements, line_id
from domain.ledger.doubts import (
    declare_doubt,
    doubt_id,
    lift_doubt,
    record_value_adjustment,
    take_value_adjustment_back,
)
from domain.ledger.invoicing import issue_invoice
from domain.ledger.losses import receive_recovery, reclaim_vat, recognise_loss
from tests.areas.desk import CENTS_MORE, PICK, TENTHS, Area
from tests.areas.orders import at
from tests.areas.plans import nearest
from tests.cooperative import (
    ACCOUNT,
    ACCOUNT_ID,
    ACTIVITY,
    ENTITY,
    OPENING_C,
    entry,
    found,
    invoice,
    line,
    statement,
)

DAY, MONTH_END = date(2026, 1, 30), date(2026, 1, 31)
VAT_BP, WHOLE = 2_100, 10


@dataclass
class PaperClaim:
    """An invoice: what was paid, doubted with its VAT and without, adjusted, given up, and reclaimed; in cents.

    One with VAT is paid, doubted and given up whole: how a part of it is VAT is a matter of the whole ledger.
    """

    id: UUID
    net_c: int
    vat_c: int
    paid_c: int = 0
    doubtful_c: int = 0
    bare_c: int = 0
    adjusted_c: int = 0
    lost_c: int = 0
    off_c: int = 0
    reclaimed_vat_c: int = 0
    asked: bool = False

    @property
    def open_c(self) -> int:
        return self.net_c + self.vat_c - self.paid_c - self.off_c

    @property
    def doubtful_net_c(self) -> int:
        """What is doubted, net of VAT."""
        return self.bare_c + self.doubtful_c - (self.vat_c if self.doubtful_c else 0)

    @property
    def written_off_c(self) -> int:
        return self.reclaimed_vat_c + self.bare_c + self.lost_c


class Doubts(Area):
    """Rules about invoices of one activity, with VAT and without."""

    def found(self) -> None:
        found(self.ledger.perform)
        self.claims: list[PaperClaim] = []
        self.earned_c = 0
        self.closing_c, self.statements = OPENING_C, 0

    @rule(net_c=st.integers(1, 9_000_00), with_vat=st.booleans())
    def issue(self, net_c: int, *, with_vat: bool) -> None:
        new, vat_c = self.new_id(), at(net_c, VAT_BP) if with_vat else 0
        price = line(f"{net_c // 100}.{net_c % 100:02}", rate_bp=VAT_BP if with_vat else 0)
        self.ask(True, issue_invoice, on=DAY, **invoice(new, price, on=DAY))
        self.claims.append(PaperClaim(new, net_c, vat_c))
        self.earned_c += net_c - at(net_c, 1_000) - at(net_c, 100)
        self.post(net_c, "400", "7001")
        self.post(vat_c, "400", "451")
        self.post(at(net_c, 100), "6191", "4895")

    def receipt(self, amount_c: int) -> UUID:
        """The one line of the bank's next statement."""
        self.statements += 1
        n, entries = self.statements, [entry("1", amount_c, on=DAY)]
        reported = statement(n, entries, opening_c=self.closing_c, on=DAY)
        self.ask(True, import_statements, on=DAY, account=ACCOUNT, statements=[reported])
        self.closing_c += amount_c
        self.post(amount_c, "550", "499")
        return line_id(ACCOUNT_ID, f"2026/{n}", "1")

    @rule(pick=PICK, tenths=TENTHS, more_c=CENTS_MORE)
    def pay(self, pick: int, tenths: int, more_c: int) -> None:
        """Take in a payment: what is certain first, then what was doubted, of which less is adjusted then."""
        claim = self.one_of(self.claims, pick, lambda each: each.open_c > 0)
        if claim is None or not claim.open_c:
            return
        amount_c = claim.open_c + max(0, more_c) if claim.vat_c else self.part(claim.open_c, tenths, more_c)
        if amount_c <= 0:
            return
        right = amount_c <= claim.open_c
        asked: dict[str, Any] = {"bank_line_id": self.receipt(amount_c), "invoice_id": claim.id}
        if self.ask(right, allocate_receipt, on=DAY, amount_c=amount_c, **asked):
            self._lift(claim, max(0, claim.doubtful_c - (claim.open_c - amount_c)))
            claim.paid_c += amount_c
            self.post(amount_c, "499", "400")

    def _lift(self, claim: PaperClaim, amount_c: int) -> None:
        claim.doubtful_c -= amount_c
        self.post(amount_c, "400", "407")
        self._adjust(claim, min(0, claim.doubtful_net_c - claim.adjusted_c))

    def _adjust(self, claim: PaperClaim, amount_c: int) -> None:
        """Charge so much, or below zero take it back."""
        claim.adjusted_c += amount_c
        self.earned_c -= amount_c
        self.post(amount_c, "634", "409")

    @rule(pick=PICK, tenths=TENTHS, more_c=CENTS_MORE)
    def doubt(self, pick: int, tenths: int, more_c: int) -> None:
        claim = self.one_of(self.claims, pick, lambda each: each.open_c > each.doubtful_c)
        if claim is None or (claim.vat_c and (claim.paid_c or more_c < 0)):
            return
        certain_c = claim.open_c - claim.doubtful_c
        amount_c = self.part(certain_c, WHOLE if claim.vat_c else tenths, more_c)
        asked: dict[str, Any] = {"invoice_id": claim.id, "amount_c": amount_c, "reason": "it went bankrupt"}
        if self.ask(0 < amount_c <= certain_c, declare_doubt, on=DAY, **asked):
            claim.doubtful_c += amount_c
            claim.asked = True
            self.post(amount_c, "407", "400")

    def doubted(self, pick: int) -> PaperClaim | None:
        """One that may not come; now and then any."""
        return self.one_of(self.claims, pick, lambda each: each.doubtful_c + each.bare_c > 0)

    @rule(pick=PICK, tenths=TENTHS, more_c=CENTS_MORE)
    def expect_it_again(self, pick: int, tenths: int, more_c: int) -> None:
        if (claim := self.doubted(pick)) is None or (claim.vat_c and more_c < 0):
            return
        amount_c = self.part(claim.doubtful_c, WHOLE if claim.vat_c else tenths, more_c)
        asked: dict[str, Any] = {"invoice_id": claim.id, "amount_c": amount_c}
        if self.ask(0 < amount_c <= claim.doubtful_c, lift_doubt, on=DAY, **asked):
            self._lift(claim, amount_c)

    @rule(pick=PICK, tenths=TENTHS, more_c=CENTS_MORE, on=st.sampled_from([MONTH_END, MONTH_END, DAY]))
    def adjust(self, pick: int, tenths: int, more_c: int, on: date) -> None:
        """Charge on the last day of a month what is not expected to come, net of VAT."""
        if (claim := self.doubted(pick)) is None:
            return
        most_c = claim.doubtful_net_c - claim.adjusted_c
        amount_c = self.part(most_c, tenths, more_c)
        right = 0 < amount_c <= most_c and on == MONTH_END
        asked: dict[str, Any] = {"invoice_id": claim.id, "amount_c": amount_c}
        if self.ask(right, record_value_adjustment, on=on, **asked):
            self._adjust(claim, amount_c)

    @rule(pick=PICK, tenths=TENTHS, more_c=CENTS_MORE)
    def value_it_higher(self, pick: int, tenths: int, more_c: int) -> None:
        claim = self.one_of(self.claims, pick, lambda each: each.adjusted_c > 0)
        if claim is None:
            return
        amount_c = self.part(claim.adjusted_c, tenths, more_c)
        asked: dict[str, Any] = {"invoice_id": claim.id, "amount_c": amount_c}
        if self.ask(0 < amount_c <= claim.adjusted_c, take_value_adjustment_back, on=DAY, **asked):
            self._adjust(claim, -amount_c)

    @rule(pick=PICK, days=st.sampled_from([-1, 0, 0, 0, 1]))
    def reclaim(self, pick: int, days: int) -> None:
        """Reclaim the VAT of what is doubtful, from the day of the judgment on; what is left is bare of it."""
        if (claim := self.doubted(pick)) is None:
            return
        right = claim.vat_c > 0 and claim.doubtful_c > 0 and not days
        judgment_on = DAY.replace(day=DAY.day + days)
        if self.ask(right, reclaim_vat, on=DAY, invoice_id=claim.id, judgment_on=judgment_on):
            claim.off_c += claim.doubtful_c
            claim.bare_c += claim.doubtful_c - claim.vat_c
            claim.reclaimed_vat_c += claim.vat_c
            claim.doubtful_c = 0
            self.post(claim.vat_c, "411", "407")

    @rule(pick=PICK, tenths=TENTHS, more_c=CENTS_MORE)
    def give_up(self, pick: int, tenths: int, more_c: int) -> None:
        """Give up part of what is doubtful; what was adjusted for it is not charged twice."""
        if (claim := self.doubted(pick)) is None:
            return
        most_c = claim.doubtful_c + claim.bare_c
        whole = bool(claim.vat_c and claim.doubtful_c)
        amount_c = most_c + max(0, more_c) if whole else self.part(most_c, tenths, more_c)
        asked: dict[str, Any] = {"invoice_id": claim.id, "amount_c": amount_c}
        if self.ask(0 < amount_c <= most_c, recognise_loss, on=DAY, **asked):
            bare_c = min(amount_c, claim.bare_c)
            used_c = claim.adjusted_c if amount_c == most_c else min(claim.adjusted_c, amount_c)
            claim.bare_c -= bare_c
            claim.doubtful_c -= amount_c - bare_c
            claim.off_c += amount_c - bare_c
            claim.lost_c += amount_c
            claim.adjusted_c -= used_c
            self.earned_c -= amount_c - used_c
            self.post(amount_c, "642", "407")
            self.post(used_c, "409", "634")

    @rule(pick=PICK, tenths=TENTHS, more_c=CENTS_MORE)
    def recover(self, pick: int, tenths: int, more_c: int) -> None:
        """Take in what comes after all: its VAT is due again, in proportion."""
        claim = self.one_of(self.claims, pick, lambda each: each.written_off_c > 0)
        if claim is None or (amount_c := self.part(claim.written_off_c, tenths, more_c)) <= 0:
            return
        asked: dict[str, Any] = {"bank_line_id": self.receipt(amount_c), "invoice_id": claim.id}
        right = amount_c <= claim.written_off_c
        if self.ask(right, receive_recovery, on=DAY, amount_c=amount_c, **asked):
            vat_c = nearest(Fraction(claim.reclaimed_vat_c * amount_c, claim.written_off_c))
            bare_c = min(claim.bare_c, amount_c - vat_c)
            gain_c = amount_c - vat_c - bare_c
            claim.reclaimed_vat_c -= vat_c
            claim.bare_c -= bare_c
            claim.lost_c -= gain_c
            self.earned_c += gain_c
            self.post(vat_c, "499", "451")
            self.post(bare_c, "499", "407")
            self.post(gain_c, "499", "742")
            self._adjust(claim, min(0, claim.doubtful_net_c - claim.adjusted_c))

    @invariant()
    def each_claim_stands_where_the_paper_says(self) -> None:
        for claim in self.claims:
            assert self.state(Invoice, claim.id).open_c == claim.open_c >= claim.doubtful_c >= 0
            assert 0 <= claim.adjusted_c <= claim.doubtful_net_c
            if claim.asked:
                kept = self.state(DoubtfulClaim, doubt_id(claim.id))
                assert (kept.doubtful_c, kept.bare_c) == (claim.doubtful_c, claim.bare_c)
                assert (kept.adjusted_c, kept.lost_c) == (claim.adjusted_c, claim.lost_c)
                assert kept.reclaimed_vat_c == claim.reclaimed_vat_c
        assert self.state(Activity, ACTIVITY).result_c == self.earned_c

    @invariant()
    def accounts_of_claims_hold_what_is_open_doubted_and_adjusted(self) -> None:
        """Each on its account: certain 400, doubtful 407, and what is not expected of it 409."""
        self.read_on()
        assert self.booked[ENTITY, "400"] == sum(each.open_c - each.doubtful_c for each in self.claims)
        assert self.booked[ENTITY, "407"] == sum(each.doubtful_c + each.bare_c for each in self.claims)
        assert self.booked[ENTITY, "409"] == -sum(each.adjusted_c for each in self.claims)
