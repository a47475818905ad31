"""What members have in common: the fund that helps them, and their shares."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import rule

from domain.aggregates.invoice import Invoice
from domain.ledger.guarantees import call_guarantee, guarantee_id, release_guarantee, reserve_guarantee
from domain.ledger.payments import aid_order_id
from domain.ledger.shares import (
    allot_shares,
    pay_share_contribution,
    share_account_id,
    subscribe_shares,
    transfer_shares,
)
from tests import aiding
from tests.cooperative import FUND
from tests.whole.banking import Banking
from tests.whole.desk import CENTS_MORE, DAYS, PICK, TENTHS
from tests.whole.paper import FUND_COMPANY, PaperDocument, PaperOrder
from tests.whole.places import HOLDERS, PRICE_C, SHARE_CLASS, SHOPS

WHO = st.integers(0, len(HOLDERS) - 1)
QTY = st.integers(0, 5)


class Sharing(Banking):
    """Rules about the fund and the shares of the first company."""

    @rule(amount_c=st.integers(0, 400_00), day=DAYS)
    def ask_for_aid(self, amount_c: int, day: date) -> None:
        new = self.new_id()
        if aiding.ask(partial(self.ask, amount_c > 0), amount_c, new, on=day):
            self.paper.aids[new] = PaperDocument(SHOPS[0], FUND_COMPANY, "submitted", due_c=amount_c)

    @rule(pick=PICK, day=DAYS)
    def grant_aid(self, pick: int, day: date) -> None:
        """Grant what was asked for, if the fund has it."""
        if (one := self.one_of(self.paper.aids, pick)) is not None:
            id_, aid = one
            right = aid.state == "submitted" and aid.due_c <= self.free_c
            if aiding.grant(partial(self.ask, right), aid.due_c, id_, on=day):
                aid.state = "approved"
                self.paper.set_aside_c += aid.due_c

    @rule(pick=PICK, day=DAYS)
    def pay_aid(self, pick: int, day: date) -> None:
        """Pay what was granted, unless the fund has lost it meanwhile."""
        if (one := self.one_of(self.paper.aids, pick)) is not None:
            id_, aid = one
            right = aid.state == "approved" and self.free_c >= 0
            if aiding.pay(partial(self.ask, right), id_, on=day):
                aid.state = "paid"
                self.paper.set_aside_c -= aid.due_c
                self.paper.post(FUND_COMPANY, aid.due_c, "4895", "580")
                self.paper.orders[aid_order_id(id_)] = PaperOrder(FUND_COMPANY, aid.due_c, "4895")

    @rule(pick=PICK, tenths=TENTHS, more_c=CENTS_MORE, day=DAYS)
    def guarantee(self, pick: int, tenths: int, more_c: int, day: date) -> None:
        if (one := self.one_of(self.paper.invoices, pick)) is None:
            return
        id_, invoice = one
        most_c = min(self.state(Invoice, id_).settlement.open_net_c, max(self.free_c, 0))
        amount_c = self.part(most_c, tenths, more_c)
        right = 0 < amount_c <= most_c and invoice.shop.has_fund and not invoice.guaranteed
        asked = {"fund_id": FUND, "invoice_id": id_, "amount_c": amount_c, "decision_ref": "committee 2"}
        if self.ask(right, reserve_guarantee, on=day, **asked):
            invoice.guaranteed = True
            made = PaperDocument(invoice.shop, FUND_COMPANY, "submitted", amount_c, number=str(id_))
            self.paper.guarantees[guarantee_id(FUND, id_)] = made
            self.paper.set_aside_c += amount_c

    @rule(pick=PICK, tenths=TENTHS, more_c=CENTS_MORE, day=DAYS)
    def call_a_guarantee(self, pick: int, tenths: int, more_c: int, day: date) -> None:
        """Call part of it as a second person, for what the client has not paid."""
        if (one := self.one_of(self.paper.guarantees, pick)) is None:
            return
        id_, given = one
        (invoice_id,) = (each for each in self.paper.invoices if str(each) == given.number)
        most_c = min(given.promised_c, self.state(Invoice, invoice_id).settlement.open_net_c)
        amount_c = self.part(most_c, tenths, more_c)
        has_it = self.free_c + given.promised_c >= amount_c
        right = 0 < amount_c <= most_c and given.state == "submitted" and has_it
        asked = {"guarantee_id": id_, "amount_c": amount_c, "decision_ref": "committee 3"}
        if self.ask(right, call_guarantee, on=day, actor="ben", **asked):
            given.state = "approved"
            self.paper.set_aside_c -= given.promised_c
            self.paper.earn(given.shop, amount_c)
            self.paper.post(FUND_COMPANY, amount_c, "4895", "743")

    @rule(pick=PICK, day=DAYS)
    def let_a_guarantee_go(self, pick: int, day: date) -> None:
        if (one := self.one_of(self.paper.guarantees, pick)) is not None:
            id_, given = one
            right = given.state == "submitted"
            if self.ask(right, release_guarantee, on=day, guarantee_id=id_, reason="paid"):
                given.state = "released"
                self.paper.set_aside_c -= given.promised_c

    @rule(who=WHO, qty=QTY, day=DAYS)
    def subscribe(self, who: int, qty: int, day: date) -> None:
        member_id, _ = HOLDERS[who]
        asked = {"share_class": SHARE_CLASS, "qty": qty, "price_c": PRICE_C}
        if self.ask(qty > 0, subscribe_shares, on=day, membership_id=member_id, **asked):
            self.paper.subscribed[member_id] += qty

    @rule(who=WHO, pick=PICK, qty=QTY, more_c=CENTS_MORE, day=DAYS)
    def pay_for_shares(self, who: int, pick: int, qty: int, more_c: int, day: date) -> None:
        if (receipt := self.receipt(pick, FUND_COMPANY)) is None:
            return
        (line_id_, line), (member_id, person_id) = receipt, HOLDERS[who]
        amount_c = qty * PRICE_C + more_c
        owed_c = self.paper.subscribed[member_id] * PRICE_C - self.paper.paid_up_c[member_id]
        right = 0 < amount_c <= min(owed_c, line.left_c) and line.company is FUND_COMPANY
        asked: dict[str, Any] = {
            "account_id": share_account_id(member_id, SHARE_CLASS),
            "payer_id": person_id,
        }
        if self.ask(right, pay_share_contribution, on=day, bank_line_id=line_id_, amount_c=amount_c, **asked):
            line.left_c -= amount_c
            self.paper.paid_up_c[member_id] += amount_c
            self.paper.post(FUND_COMPANY, amount_c, "499", "4891")

    @rule(who=WHO, qty=QTY, day=DAYS)
    def allot(self, who: int, qty: int, day: date) -> None:
        member_id, _ = HOLDERS[who]
        paid_c = self.paper.paid_up_c[member_id]
        right = qty > 0 and (self.paper.allotted[member_id] + qty) * PRICE_C <= paid_c
        account_id = share_account_id(member_id, SHARE_CLASS)
        if self.ask(right, allot_shares, on=day, account_id=account_id, qty=qty):
            self.paper.allotted[member_id] += qty
            self.paper.held[member_id] += qty
            self.paper.post(FUND_COMPANY, qty * PRICE_C, "4891", "1109")

    @rule(who=WHO, to=WHO, qty=QTY, day=DAYS)
    def transfer(self, who: int, to: int, qty: int, day: date) -> None:
        (giver, _), (receiver, _) = HOLDERS[who], HOLDERS[to]
        right = 0 < qty <= self.paper.held[giver] and giver != receiver
        asked: dict[str, Any] = {"to_membership_id": receiver, "qty": qty, "decision_ref": "board"}
        account_id = share_account_id(giver, SHARE_CLASS)
        if self.ask(
            right, transfer_shares, on=day, transfer_id=self.new_id(), from_account_id=account_id, **asked
        ):
            self.paper.held[giver] -= qty
            self.paper.held[receiver] += qty
