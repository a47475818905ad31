"""Money leaving: two people for each order, and for each payee's new account, which then waits some days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule

from domain.aggregates.mutual_fund import MutualFund
from domain.aggregates.payee_account import PayeeAccount
from domain.aggregates.payment_order import PaymentOrder
from domain.ledger.aid import pay_aid
from domain.ledger.bank import import_statements, line_id
from domain.ledger.explanations import undo_clearing
from domain.ledger.payees import change_payee_account, payee_account_id, propose_payee_account
from domain.ledger.payments import (
    approve_payment,
    clear_payment,
    order_purchase_payment,
    order_wage_payment,
    return_payout,
    undo_payout_return,
    withdraw_payment,
)
from tests import aiding
from tests.areas.bills import DAY, FUND_HAS_C, SUPPLIERS, Bills, PaperDebt
from tests.areas.desk import PEOPLE, PICK
from tests.cooperative import ACCOUNT, ACCOUNT_ID, ENTITY, FLOOR_C, FUND, OPENING_C, PERSON, entry, statement

IBANS = ("BE29539000000289", "BE56539000000188", "BE68539007547034")
IBAN = st.sampled_from((*IBANS[:1] * 3, *IBANS))
WAITING_DAYS = 3
DAYS = st.dates(DAY, date(2026, 3, 20))


@dataclass
class PaperAccount:
    """Where a payee is paid, from which day on, and which account is proposed by whom."""

    iban: str
    usable_from: date = date.min
    proposed: str = ""
    proposed_by: str = ""


@dataclass
class PaperOrder:
    """An order for one debt, and where it stands."""

    id: UUID
    debt: PaperDebt
    amount_c: int
    ordered_by: str
    iban: str
    state: str = "ordered"


class Payees(Bills):
    """Rules about orders and accounts; whoever is paid, for whatever, is paid on one account."""

    def found(self) -> None:
        super().found()
        self.accounts: dict[UUID, PaperAccount] = {}
        self.orders: list[PaperOrder] = []
        self.fund_c, self.promised_c = FUND_HAS_C, 0
        self.closing_c, self.statements = OPENING_C, 0

    def usable(self, payee_id: UUID, iban: str, day: date) -> bool:
        """Tell whether they are paid there on that day; the first account is that of the first payment."""
        account = self.accounts.get(payee_id)
        return account is None or (account.iban == iban and day >= account.usable_from)

    @rule(pick=PICK, iban=IBAN, day=DAYS, actor=PEOPLE)
    def order(self, pick: int, iban: str, day: date, actor: str) -> None:
        """Order that a debt is paid, whole."""
        debts = [each for each in self.debts if each.kind in ("bill", "pay")]
        debt = self.one_of(debts, pick, lambda each: each.state == "owed" and each.paid_by is None)
        if debt is not None:
            self.order_it(debt, iban, day, actor)

    @rule(pick=PICK)
    def pay_at_once(self, pick: int) -> None:
        """Order a bill and approve it, as it should be."""
        self.order_and_approve(pick)

    @rule(pick=PICK, further=st.integers(0, 2))
    def follow_a_payment(self, pick: int, further: int) -> None:
        """Order a bill, approve it and let the bank pay it; then let it come back; then say that it did not."""
        order = self.order_and_approve(pick)
        if order is None:
            return
        for step in (self.clear_it, self.return_it, self.keep_it)[: further + 1]:
            step(order)

    def order_and_approve(self, pick: int) -> PaperOrder | None:
        """Order one of the bills that are owed, if there is any, and approve it."""
        bills = [each for each in self.debts if each.kind == "bill" and each.state == "owed" and each.due_c]
        debt = self.one_of([each for each in bills if each.paid_by is None], pick)
        if debt is None:
            return None
        account = self.accounts.get(debt.payee_id, PaperAccount(IBANS[0]))
        day = max(DAY, account.usable_from)
        self.order_it(debt, account.iban, day, "anna")
        self.approve_it(self.orders[-1], "ben", day)
        return self.orders[-1]

    def order_it(self, debt: PaperDebt, iban: str, day: date, actor: str) -> None:
        """Order that debt."""
        new = self.new_id()
        owed = ("owed", "reversed") if debt.kind == "bill" else ("owed",)
        right = debt.state in owed and debt.paid_by is None and debt.due_c > 0
        right = right and self.usable(debt.payee_id, iban, day)
        case: Any = order_purchase_payment if debt.kind == "bill" else order_wage_payment
        document = {"purchase_id" if debt.kind == "bill" else "payroll_id": debt.id}
        if self.ask(right, case, on=day, actor=actor, order_id=new, payee_iban=iban, **document):
            self.accounts.setdefault(debt.payee_id, PaperAccount(iban))
            self.orders.append(PaperOrder(new, debt, debt.due_c, actor, iban))

    @rule(amount_c=st.integers(1, 500_00), iban=IBAN, day=DAYS)
    def grant(self, amount_c: int, iban: str, day: date) -> None:
        """Let the fund grant aid, and pay it where the member is paid."""
        if amount_c > self.fund_c - FLOOR_C:
            return
        aid_id = self.new_id()
        aiding.ask(self.ledger.perform, amount_c, aid_id)
        aiding.grant(self.ledger.perform, amount_c, aid_id)
        right = self.usable(PERSON, iban, day)
        if self.ask(right, pay_aid, on=day, actor="carla", aid_id=aid_id, payee_iban=iban):
            self.accounts.setdefault(PERSON, PaperAccount(iban))
            self.fund_c -= amount_c
            self.post(amount_c, "4895", "580")
        else:
            self.fund_c -= amount_c
            self.promised_c += amount_c

    @rule(pick=PICK, actor=PEOPLE, day=DAYS)
    def approve(self, pick: int, actor: str, day: date) -> None:
        """Approve an order as a second person; of several for one debt, one."""
        order = self.one_of(self.orders, pick, lambda each: each.state == "ordered")
        if order is not None:
            self.approve_it(order, actor, day)

    def approve_it(self, order: PaperOrder, actor: str, day: date) -> None:
        """Approve that order, unless its payee is paid elsewhere by now."""
        right = order.state == "ordered" and actor != order.ordered_by and order.debt.paid_by is None
        right = right and order.amount_c == order.debt.due_c
        right = right and self.usable(order.debt.payee_id, order.iban, day)
        if self.ask(right, approve_payment, on=day, actor=actor, order_id=order.id):
            order.state, order.debt.paid_by = "approved", order.id
            self.post(order.amount_c, order.debt.owed_on, "580")

    @rule(pick=PICK)
    def withdraw(self, pick: int) -> None:
        """Take back an order that the bank has not paid."""
        order = self.one_of(self.orders, pick, lambda each: each.state in ("ordered", "approved"))
        if order is None:
            return
        right = order.state in ("ordered", "approved")
        if self.ask(right, withdraw_payment, on=DAY, order_id=order.id, reason="wrong account"):
            if order.state == "approved":
                order.debt.paid_by = None
                self.post(order.amount_c, "580", order.debt.owed_on)
                self.owed_again(order.debt)
            order.state = "withdrawn"

    def bank_line(self, amount_c: int) -> UUID:
        """The one line of the bank's next statement."""
        self.statements += 1
        n, entries = self.statements, [entry("1", amount_c, on=DAY)]
        reported = statement(n, entries, opening_c=self.closing_c, on=DAY)
        self.ask(True, import_statements, on=DAY, account=ACCOUNT, statements=[reported])
        self.closing_c += amount_c
        self.post(amount_c, "550", "499")
        return line_id(ACCOUNT_ID, f"2026/{n}", "1")

    @rule(pick=PICK)
    def clear(self, pick: int) -> None:
        """Let the bank pay an order, once it is approved."""
        order = self.one_of(self.orders, pick, lambda each: each.state == "approved")
        if order is not None:
            self.clear_it(order)

    def clear_it(self, order: PaperOrder) -> None:
        """Let the bank pay that order."""
        asked: dict[str, Any] = {"bank_line_id": self.bank_line(-order.amount_c), "order_id": order.id}
        if self.ask(order.state == "approved", clear_payment, on=DAY, **asked):
            order.state = "cleared"
            self.post(order.amount_c, "580", "499")

    @rule(pick=PICK, more_c=st.sampled_from([0, 0, 1, -1]))
    def come_back(self, pick: int, more_c: int) -> None:
        """Let a payment come back, whole: it is owed again; a receipt of less is none."""
        order = self.one_of(self.orders, pick, lambda each: each.state == "cleared")
        if order is not None and order.amount_c + more_c > 0:
            self.return_it(order, more_c)

    def return_it(self, order: PaperOrder, more_c: int = 0) -> None:
        """Let that payment come back."""
        asked: dict[str, Any] = {
            "bank_line_id": self.bank_line(order.amount_c + more_c),
            "order_id": order.id,
        }
        if self.ask(order.state == "cleared" and more_c >= 0, return_payout, on=DAY, **asked):
            order.state, order.debt.paid_by = "returned", None
            self.post(order.amount_c, "499", order.debt.owed_on)
            self.owed_again(order.debt)

    @rule(pick=PICK)
    def not_come_back(self, pick: int) -> None:
        """Say that another receipt was a payment sent back: it stands, unless another order pays its debt."""
        order = self.one_of(self.orders, pick, lambda each: each.state == "returned")
        if order is not None:
            self.keep_it(order)

    def keep_it(self, order: PaperOrder) -> None:
        """Say that it did not come back."""
        right = order.state == "returned" and order.debt.paid_by is None
        right = right and order.amount_c == order.debt.due_c
        if self.ask(right, undo_payout_return, on=DAY, order_id=order.id, reason="another payment"):
            order.state, order.debt.paid_by = "cleared", order.id
            self.post(order.amount_c, order.debt.owed_on, "499")

    @rule(pick=PICK)
    def clear_no_longer(self, pick: int) -> None:
        """Say that the line which cleared an order was another payment: the order waits again."""
        order = self.one_of(self.orders, pick, lambda each: each.state == "cleared")
        if order is None:
            return
        if self.ask(order.state == "cleared", undo_clearing, on=DAY, order_id=order.id, reason="another"):
            order.state = "approved"
            self.post(order.amount_c, "499", "580")

    def owed_again(self, debt: PaperDebt) -> None:
        """Say what becomes of a debt whose order is over without being paid."""

    @rule(payee_id=st.sampled_from([PERSON, *SUPPLIERS]), iban=st.sampled_from(IBANS), actor=PEOPLE)
    def propose_an_account(self, payee_id: UUID, iban: str, actor: str) -> None:
        """Say that a payee banks elsewhere."""
        account = self.accounts.get(payee_id)
        if account is None:
            return
        asked: dict[str, Any] = {"payee_id": payee_id, "iban": iban, "evidence": "a letter"}
        if self.ask(iban != account.iban, propose_payee_account, on=DAY, actor=actor, **asked):
            account.proposed, account.proposed_by = iban, actor

    @rule(payee_id=st.sampled_from([PERSON, *SUPPLIERS]), actor=PEOPLE, day=DAYS)
    def confirm_an_account(self, payee_id: UUID, actor: str, day: date) -> None:
        """Confirm it as a second person; it is used after the waiting time."""
        account = self.accounts.get(payee_id)
        if account is None:
            return
        right = bool(account.proposed) and actor != account.proposed_by
        asked: dict[str, Any] = {"payee_id": payee_id, "entity_id": ENTITY}
        if self.ask(right, change_payee_account, on=day, actor=actor, **asked):
            account.iban, account.usable_from = account.proposed, day + timedelta(days=WAITING_DAYS)
            account.proposed = account.proposed_by = ""

    @invariant()
    def accounts_and_orders_are_those_on_paper(self) -> None:
        for payee_id, account in self.accounts.items():
            kept = self.state(PayeeAccount, payee_account_id(payee_id))
            assert (kept.iban, kept.usable_from) == (account.iban, account.usable_from)
        for order in self.orders:
            stands = self.state(PaymentOrder, order.id)
            assert (
                stands.approved is (order.state not in ("ordered", "withdrawn")) or order.state == "withdrawn"
            )
            assert (stands.cleared_by is not None) is (order.state in ("cleared", "returned"))
            assert (stands.withdrawn, stands.returned_by is not None) == (
                order.state == "withdrawn",
                order.state == "returned",
            )
        assert self.state(MutualFund, FUND).cash_c == self.fund_c + self.promised_c >= FLOOR_C
