"""What the bank tells: receipts and payments, what they are set against, taken back, held and cleared."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from hypothesis import strategies as st
from hypothesis.stateful import rule

from domain.ledger.bank import allocate_receipt, import_statements, line_id
from domain.ledger.overpayments import (
    allocate_overpayment,
    hold_overpayment,
    order_refund,
    release_overpayment,
)
from domain.ledger.payee_debts import debt_id
from domain.ledger.payments import approve_payment, clear_payment, withdraw_payment
from domain.ledger.returns import record_bank_fee, return_payment, return_receipt, undo_allocation
from tests.cooperative import entry, statement
from tests.whole.desk import CENTS_MORE, DAYS, LATEST, PICK, SHOP, TENTHS, Frame
from tests.whole.paper import PaperDebt, PaperDocument, PaperInvoice, PaperLine, PaperOrder
from tests.whole.places import COMPANIES, PAYEE_IBAN, Company, Shop

STRAY = 8
"""Once in so many a wrong line is named."""

AMOUNTS = st.lists(st.integers(-5_000_00, 25_000_00).filter(bool), min_size=1, max_size=3)
OUT = st.integers(1, 25_000_00)


class Banking(Frame):
    """Rules about bank lines."""

    @rule(
        company=st.sampled_from(COMPANIES), amounts=AMOUNTS, day=DAYS, skipped=st.sampled_from([0, 0, 0, 1])
    )
    def import_statement(self, company: Company, amounts: list[int], day: date, skipped: int) -> None:
        """Import the next statement, twice in one file; or the one after it."""
        self._report(company, amounts, day, skipped)

    def _report(self, company: Company, amounts: list[int], day: date, skipped: int = 0) -> list[UUID]:
        """Let the bank report these amounts; the lines they are, or none if it is refused."""
        number = self.paper.statements[company.id] + 1 + skipped
        entries = [entry(str(n), cents, on=day) for n, cents in enumerate(amounts)]
        reported = statement(
            number,
            entries,
            opening_c=self.paper.closing_c[company.id],
            on=day,
            identity=str(number),
            sequence=(2025, number),
        )
        asked = {"account": company.account, "statements": [reported, reported]}
        right = not skipped or not self.paper.statements[company.id]
        lines: list[UUID] = []
        if self.ask(right, import_statements, on=LATEST, **asked):
            self.paper.statements[company.id] = number
            self.paper.closing_c[company.id] = reported.closing_c
            for each in entries:
                self.paper.post(company, each.amount_c, "550", "499")
                id_ = line_id(company.account_id, str(number), each.key)
                self.paper.lines[id_] = PaperLine(company, each.amount_c, abs(each.amount_c))
                lines.append(id_)
        return lines

    def receipt(self, pick: int, company: Company) -> tuple[UUID, PaperLine] | None:
        """A receipt with something left in that company's account; now and then any receipt."""
        return self._line(pick, company, sign=1)

    def _debit(self, pick: int, company: Company) -> tuple[UUID, PaperLine] | None:
        return self._line(pick, company, sign=-1)

    def _line(self, pick: int, company: Company, sign: int) -> tuple[UUID, PaperLine] | None:
        lines = {id_: each for id_, each in self.paper.lines.items() if each.amount_c * sign > 0}
        fitting = {id_: each for id_, each in lines.items() if each.left_c and each.company is company}
        return self.one_of(fitting if pick % STRAY else lines, pick)

    def _held(self, pick: int, shop: Shop) -> tuple[UUID, PaperLine] | None:
        """A receipt of which something is held for the client of an activity; now and then any receipt."""
        held = {id_: each for id_, each in self.paper.lines.items() if each.held_c[shop.client_id]}
        return self.one_of(held, pick) if pick % STRAY else self.receipt(pick, shop.company)

    @rule(pick=PICK, of=PICK, tenths=TENTHS, more_c=CENTS_MORE, day=DAYS)
    def allocate(self, pick: int, of: int, tenths: int, more_c: int, day: date) -> None:
        one = self.one_of(self.paper.invoices, of)
        if one is None or (receipt := self.receipt(pick, one[1].shop.company)) is None:
            return
        (line_id_, line), (id_, invoice) = receipt, one
        self.allocate_to(line_id_, id_, self.part(min(line.left_c, invoice.open_c), tenths, more_c), day)

    def allocate_to(self, line_id_: UUID, id_: UUID, amount_c: int, day: date) -> None:
        """Set so much of a receipt against an invoice."""
        line, invoice = self.paper.lines[line_id_], self.paper.invoices[id_]
        right = 0 < amount_c <= min(line.left_c, invoice.open_c) and line.company is invoice.shop.company
        asked = {"bank_line_id": line_id_, "invoice_id": id_, "amount_c": amount_c}
        if self.ask(right, allocate_receipt, on=day, **asked):
            self._pay(invoice, line_id_, amount_c)
            line.left_c -= amount_c

    def _pay(self, invoice: PaperInvoice, line_id_: UUID, amount_c: int) -> None:
        self.paper.make_room(invoice, amount_c)
        # The line that paid last is the first to be taken back: a new payment of an old line is none.
        invoice.paid_c[line_id_] += amount_c
        self.paper.post(invoice.shop.company, amount_c, "499", "400")

    @rule(pick=PICK, shop=SHOP, tenths=TENTHS, more_c=CENTS_MORE, day=DAYS)
    def hold(self, pick: int, shop: Shop, tenths: int, more_c: int, day: date) -> None:
        if (receipt := self.receipt(pick, shop.company)) is None:
            return
        id_, line = receipt
        amount_c = self.part(line.left_c, tenths, more_c)
        right = 0 < amount_c <= line.left_c and line.company is shop.company
        asked = {"bank_line_id": id_, "client_id": shop.client_id, "amount_c": amount_c}
        if self.ask(right, hold_overpayment, on=day, **asked):
            line.left_c -= amount_c
            line.held_c[shop.client_id] += amount_c
            self.paper.post(line.company, amount_c, "499", "4894")

    @rule(pick=PICK, of=PICK, tenths=TENTHS, more_c=CENTS_MORE, day=DAYS)
    def allocate_what_is_held(self, pick: int, of: int, tenths: int, more_c: int, day: date) -> None:
        one = self.one_of(self.paper.invoices, of)
        if one is None or (receipt := self._held(pick, one[1].shop)) is None:
            return
        (line_id_, line), (id_, invoice) = receipt, one
        most_c = min(line.held_c[invoice.shop.client_id], invoice.open_c)
        amount_c = self.part(most_c, tenths, more_c)
        asked = {"bank_line_id": line_id_, "invoice_id": id_, "amount_c": amount_c}
        if self.ask(0 < amount_c <= most_c, allocate_overpayment, on=day, **asked):
            line.held_c[invoice.shop.client_id] -= amount_c
            self.paper.post(line.company, amount_c, "4894", "499")
            self._pay(invoice, line_id_, amount_c)

    @rule(pick=PICK, shop=SHOP, tenths=TENTHS, more_c=CENTS_MORE, day=DAYS)
    def hold_no_longer(self, pick: int, shop: Shop, tenths: int, more_c: int, day: date) -> None:
        if (receipt := self._held(pick, shop)) is None:
            return
        id_, line = receipt
        most_c = line.held_c[shop.client_id]
        amount_c = self.part(most_c, tenths, more_c)
        asked = {"bank_line_id": id_, "client_id": shop.client_id, "amount_c": amount_c}
        if self.ask(0 < amount_c <= most_c, release_overpayment, on=day, **asked):
            line.held_c[shop.client_id] -= amount_c
            line.left_c += amount_c
            self.paper.post(line.company, amount_c, "4894", "499")

    @rule(pick=PICK, of=PICK, tenths=TENTHS, more_c=CENTS_MORE, day=DAYS)
    def undo(self, pick: int, of: int, tenths: int, more_c: int, day: date) -> None:
        if (one := self.one_of(self.paper.invoices, pick)) is None:
            return
        id_, invoice = one
        if (paid := self.one_of(invoice.paid_c, of)) is None:
            return
        line_id_, paid_c = paid
        amount_c = self.part(paid_c, tenths, more_c)
        asked = {"bank_line_id": line_id_, "invoice_id": id_, "amount_c": amount_c, "reason": "wrong invoice"}
        if self.ask(0 < amount_c <= paid_c, undo_allocation, on=day, **asked):
            invoice.paid_c[line_id_] -= amount_c
            self.paper.lines[line_id_].left_c += amount_c
            self.paper.post(invoice.shop.company, amount_c, "400", "499")

    @rule(pick=PICK, of=PICK, by=PICK, tenths=TENTHS, more_c=CENTS_MORE, day=DAYS)
    def take_a_payment_back(self, pick: int, of: int, by: int, tenths: int, more_c: int, day: date) -> None:
        if (one := self.one_of(self.paper.invoices, pick)) is None:
            return
        debit, paid = self._debit(by, one[1].shop.company), self.one_of(one[1].paid_c, of)
        if debit is None or paid is None:
            return
        (id_, invoice), (debit_id, line), (paid_id, paid_c) = one, debit, paid
        most_c = min(paid_c, line.left_c)
        amount_c = self.part(most_c, tenths, more_c)
        right = 0 < amount_c <= most_c and line.company is invoice.shop.company
        asked = {"bank_line_id": debit_id, "of_line_id": paid_id, "invoice_id": id_, "amount_c": amount_c}
        if self.ask(right, return_payment, on=day, **asked):
            invoice.paid_c[paid_id] -= amount_c
            line.left_c -= amount_c
            line.taken_c[paid_id] += amount_c
            self.paper.post(line.company, amount_c, "400", "499")

    @rule(
        company=st.sampled_from(COMPANIES), pick=PICK, out_c=OUT, tenths=TENTHS, more_c=CENTS_MORE, day=DAYS
    )
    def take_back_what_waits(
        self, company: Company, pick: int, out_c: int, tenths: int, more_c: int, day: date
    ) -> None:
        """Let the bank take back what of a receipt is not allocated: both wait for less, nothing is booked."""
        if (receipt := self.receipt(pick, company)) is None:
            return
        (came_id, came), (debit_id,) = receipt, self._report(company, [-out_c], day)
        line = self.paper.lines[debit_id]
        most_c = min(came.left_c, line.left_c)
        amount_c = self.part(most_c, tenths, more_c)
        right = 0 < amount_c <= most_c and came.company is line.company
        asked = {"bank_line_id": debit_id, "of_line_id": came_id, "amount_c": amount_c}
        if self.ask(right, return_receipt, on=day, **asked):
            came.left_c -= amount_c
            line.left_c -= amount_c
            line.taken_c[came_id] += amount_c

    @rule(pick=PICK, shop=st.none() | SHOP, tenths=TENTHS, more_c=CENTS_MORE, day=DAYS)
    def bear_a_fee(self, pick: int, shop: Shop | None, tenths: int, more_c: int, day: date) -> None:
        company = COMPANIES[0] if shop is None else shop.company
        if (debit := self._debit(pick, company)) is None:
            return
        id_, line = debit
        amount_c = self.part(line.left_c, tenths, more_c)
        right = 0 < amount_c <= line.left_c and (shop is None or shop.company is line.company)
        asked = {"bank_line_id": id_, "activity_id": None if shop is None else shop.id, "amount_c": amount_c}
        if self.ask(right, record_bank_fee, on=day, **asked):
            line.left_c -= amount_c
            line.fees_c[None if shop is None else shop.id] += amount_c
            self.paper.earn(shop, -amount_c)
            self.paper.post(line.company, amount_c, "6572", "499")

    @rule(pick=PICK, shop=SHOP, tenths=TENTHS, more_c=CENTS_MORE, day=DAYS)
    def refund(self, pick: int, shop: Shop, tenths: int, more_c: int, day: date) -> None:
        """Order it, and let a second person approve it."""
        if (receipt := self._held(pick, shop)) is None:
            return
        id_, line = receipt
        held_c, order_id = line.held_c[shop.client_id], self.new_id()
        amount_c = self.part(held_c, tenths, more_c)
        asked = {"bank_line_id": id_, "client_id": shop.client_id, "amount_c": amount_c}
        right = 0 < amount_c <= held_c
        if self.ask(right, order_refund, on=day, order_id=order_id, payee_iban=PAYEE_IBAN, **asked):
            self.approve(order_id, line.company, amount_c, "4894", day)
            line.held_c[shop.client_id] -= amount_c

    def approve(self, order_id: UUID, company: Company, amount_c: int, owed_on: str, day: date) -> None:
        """Approve an order as a second person; whoever ordered it may not."""
        self.ask(False, approve_payment, on=day, order_id=order_id)
        self.ask(True, approve_payment, on=day, actor="ben", order_id=order_id)
        self.paper.orders[order_id] = PaperOrder(company, amount_c, owed_on)
        self.paper.post(company, amount_c, owed_on, "580")

    @rule(pick=PICK, of=PICK, day=DAYS)
    def clear(self, pick: int, of: int, day: date) -> None:
        """Let a line of the bank pay an order, whole; once."""
        order = self.one_of(self.paper.orders, of)
        if order is None or (debit := self._debit(pick, order[1].company)) is None:
            return
        (line_id_, line), (order_id, ordered) = debit, order
        right = ordered.state == "approved" and ordered.amount_c <= line.left_c
        right = right and ordered.company is line.company
        if self.ask(right, clear_payment, on=day, bank_line_id=line_id_, order_id=order_id):
            ordered.state, ordered.line_id = "cleared", line_id_
            line.left_c -= ordered.amount_c
            self.paper.post(line.company, ordered.amount_c, "580", "499")

    @rule(of=PICK, day=DAYS)
    def withdraw_an_order(self, of: int, day: date) -> None:
        """Take an approved wage or claim order back that the bank has not paid."""
        owed = {id_: each for id_, each in self.paper.orders.items() if each.owed_on == "455"}
        if (order := self.one_of(owed, of)) is None:
            return
        order_id, ordered = order
        asked = {"order_id": order_id, "reason": "wrong account"}
        if self.ask(ordered.state == "approved", withdraw_payment, on=day, **asked):
            ordered.state = "withdrawn"
            self.paper.post(ordered.company, ordered.amount_c, "580", "455")
            self._less_owed_back(order_id)

    def _less_owed_back(self, order_id: UUID) -> None:
        """Let what a slip taken back meanwhile left to be owed back be owed no more: it was not paid."""
        for id_, wage in self.paper.payrolls.items():
            debt = self.paper.debts.get(debt_id(id_, id_))
            if wage.number != str(order_id) or debt is None:
                continue
            self.less_due(wage, debt)

    def less_due(self, document: PaperDocument, debt: PaperDebt) -> None:
        """Set what is owed back of a claim, wage or bill off against what is due of it."""
        amount_c = min(debt.open_c, document.due_c)
        debt.open_c -= amount_c
        document.due_c -= amount_c
        self.paper.post(document.company, amount_c, debt.owed_on, "416")
