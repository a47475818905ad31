"""Old books taken over to the cent, and what goes on after them: open items, numbers, registers."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule

from domain.aggregates.activity import Activity
from domain.aggregates.invoice import Invoice
from domain.aggregates.membership import Membership
from domain.aggregates.mutual_fund import MutualFund
from domain.aggregates.purchase_invoice import PurchaseInvoice
from domain.aggregates.share_account import ShareAccount
from domain.ledger.activities import activity_id
from domain.ledger.bank import allocate_receipt, import_statements, line_id
from domain.ledger.cutover import take_over
from domain.ledger.entities import entity_id_of
from domain.ledger.funds import fund_id
from domain.ledger.invoicing import issue_invoice
from domain.ledger.members import admit_member, apply_for_membership, membership_id
from domain.ledger.old_codes import old_id
from domain.ledger.payments import approve_payment, order_purchase_payment
from domain.ledger.plans import enact_contribution_rule
from domain.ledger.purchases import purchase_id
from domain.ledger.shares import allot_shares, pay_share_contribution, share_account_id, subscribe_shares
from domain.old_books import OldBooks
from tests.areas.desk import CENTS_MORE, PICK, TENTHS, Area
from tests.areas.orders import at
from tests.cooperative import ENTITY, entry, found_entity, invoice, line, statement
from tests.domain.test_random_cutovers import old_books
from tests.old_books import FIRST_DAY, OLD_ACCOUNT, OLD_ACCOUNT_ID, OLD_CLIENT, OLD_SHA256, holder

TWIN = entity_id_of("TWIN")
DAY = date(2026, 3, 20)
PAYEE_IBAN = "BE29539000000289"
BOOKED_SHARE_NO = 20
"""The last share that the old register had numbered, whoever holds it or none."""


@dataclass
class PaperItem:
    """An open invoice or bill that came from the old books, or was issued since."""

    id: UUID
    open_c: int
    doubtful_c: int = 0


class Cutovers(Area):
    """Rules of the days after; the old books are any that agree."""

    def found(self) -> None:
        found_entity(self.ledger.perform)
        found_entity(self.ledger.perform, code="TWIN")

    @initialize(old=old_books())
    def begin(self, old: OldBooks) -> None:
        """Take them over: each account stands at what it stood at."""
        super().begin()
        self.old = old
        self.ask(True, take_over, on=DAY, entity_id=ENTITY, old=old, source_sha256=OLD_SHA256)
        for each in old.balances:
            self.posted[ENTITY, each.account] += each.balance_c
        self.invoices = [
            PaperItem(old_id("invoice", ENTITY, each.invoice_no), each.open_c, each.doubtful_c)
            for each in old.invoices
        ]
        supplier_id = old_id("supplier", ENTITY, "K7")
        self.bills = [
            PaperItem(purchase_id(supplier_id, each.purchase_no), each.open_c) for each in old.purchases
        ]
        self.result_c = Counter({each.code: each.result_c for each in old.activities})
        self.closing_c, self.statements = old.bank_accounts[0].balance_c, 0
        self.invoice_no = max(each.last_no for each in old.series if each.series == "F")
        self.member_no, self.register_no = old.last_member_no, old.last_register_no
        self.share_no = BOOKED_SHARE_NO
        self.held = Counter(dict.fromkeys(("M1", "M4"), 0))
        for shares in old.shares:
            self.held[shares.member] += shares.qty
        terms: dict[str, Any] = {"rate_bp": 0, "fund_shares": [], "decision_ref": "founding deed"}
        self.ask(True, enact_contribution_rule, on=FIRST_DAY, entity_id=ENTITY, valid_from=FIRST_DAY, **terms)

    @rule()
    def take_over_once_more(self) -> None:
        """An entity takes over once, and at its beginning."""
        asked: dict[str, Any] = {"entity_id": ENTITY, "old": self.old, "source_sha256": OLD_SHA256}
        self.ask(False, take_over, on=DAY, **asked)

    @rule(pick=PICK, cents=st.sampled_from([1, -1]))
    def take_over_with_a_cent_elsewhere(self, pick: int, cents: int) -> None:
        """Whichever balance it is, nothing of such books is taken over."""
        n = pick % len(self.old.balances)
        altered = list(self.old.balances)
        altered[n] = replace(altered[n], balance_c=altered[n].balance_c + cents)
        wrong = replace(self.old, balances=tuple(altered))
        self.ask(False, take_over, on=DAY, entity_id=TWIN, old=wrong, source_sha256=OLD_SHA256)

    @rule(pick=PICK, of=st.integers(0, 2), cents=st.sampled_from([1, -1]))
    def take_over_with_an_item_a_cent_off(self, pick: int, of: int, cents: int) -> None:
        """An open item, a bill, a holder's share or the bank that differs from its account by a cent is refused."""
        wrong = self.old
        if of == 0 and wrong.purchases:
            n = pick % len(wrong.purchases)
            bills = list(wrong.purchases)
            bills[n] = replace(bills[n], open_c=bills[n].open_c + cents)
            wrong = replace(wrong, purchases=tuple(bills))
        elif of == 1 and wrong.shares:
            n = pick % len(wrong.shares)
            held = list(wrong.shares)
            held[n] = replace(held[n], price_c=held[n].price_c + cents)
            wrong = replace(wrong, shares=tuple(held))
        else:
            (bank,) = wrong.bank_accounts
            wrong = replace(wrong, bank_accounts=(replace(bank, balance_c=bank.balance_c + cents),))
        self.ask(False, take_over, on=DAY, entity_id=TWIN, old=wrong, source_sha256=OLD_SHA256)

    def receipt(self, amount_c: int) -> UUID:
        """The one line of the next statement, which goes on from the balance taken over."""
        self.statements += 1
        n, entries = self.statements, [entry("1", amount_c, on=DAY)]
        reported = statement(n, entries, opening_c=self.closing_c, on=DAY)
        self.ask(True, import_statements, on=DAY, account=OLD_ACCOUNT, statements=[reported])
        self.closing_c += amount_c
        self.post(amount_c, "550", "499")
        return line_id(OLD_ACCOUNT_ID, f"2026/{n}", "1")

    @rule(pick=PICK, tenths=TENTHS, more_c=CENTS_MORE)
    def be_paid(self, pick: int, tenths: int, more_c: int) -> None:
        """Take in part of what is certain of an open invoice, or a cent more than all of it."""
        item = self.one_of(self.invoices, pick, lambda each: each.open_c > each.doubtful_c)
        if item is None:
            return
        amount_c = self.part(item.open_c - item.doubtful_c, tenths, more_c)
        if amount_c <= 0 or item.open_c - item.doubtful_c < amount_c <= item.open_c:
            return
        asked: dict[str, Any] = {"bank_line_id": self.receipt(amount_c), "invoice_id": item.id}
        if self.ask(amount_c <= item.open_c, allocate_receipt, on=DAY, amount_c=amount_c, **asked):
            item.open_c -= amount_c
            self.post(amount_c, "499", "400")

    @rule(pick=PICK)
    def pay_a_bill(self, pick: int) -> None:
        """Order a bill of the old books to be paid by two people, once."""
        item = self.one_of(self.bills, pick, lambda each: each.open_c > 0)
        if item is None:
            return
        new = self.new_id()
        asked: dict[str, Any] = {"order_id": new, "purchase_id": item.id, "payee_iban": PAYEE_IBAN}
        if self.ask(item.open_c > 0, order_purchase_payment, on=DAY, **asked):
            self.ask(True, approve_payment, on=DAY, actor="ben", order_id=new)
            self.post(item.open_c, "440", "580")
            item.open_c = 0

    @rule(code=st.sampled_from(["A1", "A2"]), net_c=st.integers(1, 9_000_00))
    def issue(self, code: str, net_c: int) -> None:
        """Issue the next invoice: its number follows the last one of the old books."""
        new, price = self.new_id(), line(f"{net_c // 100}.{net_c % 100:02}", rate_bp=0)
        says = invoice(new, price, on=DAY, activity_id=activity_id(ENTITY, code), client_id=OLD_CLIENT)
        self.ask(True, issue_invoice, on=DAY, **says)
        self.invoice_no += 1
        assert self.streams_of(new)[0].invoice_no == f"2026-F-{self.invoice_no:06}"
        self.invoices.append(PaperItem(new, net_c))
        self.result_c[code] += net_c
        self.post(net_c, "400", "7001")

    @rule()
    def admit(self) -> None:
        """Admit a member, under the number after the last one of the old books."""
        person, name = self.new_id(), {"name": "Nora", "address": "", "email": ""}
        asked: dict[str, Any] = {"entity_id": ENTITY, "person_id": person, "category": "entrepreneur", **name}
        self.ask(True, apply_for_membership, on=DAY, **asked)
        id_ = membership_id(ENTITY, person)
        self.ask(True, admit_member, on=DAY, membership_id=id_, decision_ref="board 1")
        self.member_no += 1
        (admitted,) = (each for each in self.streams_of(id_) if isinstance(each, Membership.Admitted))
        assert admitted.member_no == self.member_no

    @rule(code=st.sampled_from(["M1", "M4"]), qty=st.integers(1, 3), price_c=st.integers(1, 300_00))
    def take_shares(self, code: str, qty: int, price_c: int) -> None:
        """Allot shares under the register and share numbers after those of the old register."""
        id_ = membership_id(ENTITY, holder(code))
        account_id = share_account_id(id_, "A")
        wanted: dict[str, Any] = {"membership_id": id_, "share_class": "A", "qty": qty, "price_c": price_c}
        self.ask(True, subscribe_shares, on=DAY, **wanted)
        paid: dict[str, Any] = {"account_id": account_id, "payer_id": holder(code), "amount_c": qty * price_c}
        self.ask(True, pay_share_contribution, on=DAY, bank_line_id=self.receipt(qty * price_c), **paid)
        self.ask(True, allot_shares, on=DAY, account_id=account_id, qty=qty)
        allotted = self.streams_of(account_id)[-1]
        self.register_no += 1
        assert allotted.register_no == self.register_no
        assert (allotted.from_seq, allotted.to_seq) == (self.share_no + 1, self.share_no + qty)
        self.share_no += qty
        self.held[code] += qty
        self.post(qty * price_c, "499", "1109")

    def streams_of(self, id_: UUID) -> list[Any]:
        """The facts of one stream."""
        self.read_on()
        return self.streams[id_]

    @invariant()
    def items_activities_and_registers_go_on_from_the_old_books(self) -> None:
        for item in self.invoices:
            assert self.state(Invoice, item.id).open_c == item.open_c
        for item in self.bills:
            bill = self.state(PurchaseInvoice, item.id)
            assert (bill.order_id is None) is (item.open_c > 0)
        for code, result_c in self.result_c.items():
            assert self.state(Activity, activity_id(ENTITY, code)).result_c == result_c
        self._the_fund_collects_its_part_of_each_old_invoice_as_it_is_paid()
        for code, held in self.held.items():
            account = self.states.get(share_account_id(membership_id(ENTITY, holder(code)), "A"))
            assert (account.held_qty if isinstance(account, ShareAccount) else 0) == held

    def _the_fund_collects_its_part_of_each_old_invoice_as_it_is_paid(self) -> None:
        least_c = most_c = self.old.funds[0].collected_c
        for item, claim in zip(self.invoices, self.old.invoices, strict=False):
            part_c = at(sum(row.base_c for row in claim.vat), claim.fund_bp.get("SOLIDARITY", 0))
            most_c += 0 if item.open_c == claim.open_c else part_c
            least_c += 0 if item.open_c else part_c
        assert least_c <= self.state(MutualFund, fund_id(ENTITY, "SOLIDARITY")).cash_c <= most_c
