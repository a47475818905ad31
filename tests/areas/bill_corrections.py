"""Bills that were wrong: credited by their supplier or reversed, and what was paid of them owed back."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any
from uuid import UUID

from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule

from domain.aggregates.payee_debt import PayeeDebt
from domain.ledger.payee_debts import (
    debt_id,
    give_payee_debt_up,
    repay_payee_debt,
    return_payee_debt_repayment,
    set_off_payee_debt,
    undo_payee_debt_repayment,
    undo_payee_debt_set_off,
)
from domain.ledger.purchase_corrections import (
    purchase_credit_note_id,
    receive_purchase_credit,
    reverse_purchase,
)
from domain.owing import PaidFor
from domain.purchasing import AskedCredit
from tests.areas.bills import DAY, PROOF, PaperDebt
from tests.areas.desk import CENTS_MORE, PEOPLE, PICK, TENTHS
from tests.areas.payees import Payees
from tests.areas.plans import nearest


@dataclass
class PaperBack:
    """What a supplier owes back of a bill that it was paid."""

    id: UUID
    bill: PaperDebt
    open_c: int
    arose_by: str
    given_up_c: int = 0
    repaid_by: Counter[UUID] = field(default_factory=Counter)
    set_off_on: Counter[UUID] = field(default_factory=Counter)


class Corrections(Payees):
    """Rules about what is taken off approved bills of one line."""

    def found(self) -> None:
        super().found()
        self.backs: list[PaperBack] = []
        self.notes = 0

    @rule(pick=PICK, tenths=TENTHS, more_c=CENTS_MORE, of_vat=st.sampled_from([0, 5, 10]))
    def be_credited(self, pick: int, tenths: int, more_c: int, of_vat: int) -> None:
        """Receive a credit note on parts of the net and of the VAT that are left, or a cent more."""
        if (bill := self.debt(pick, "bill", "owed")) is None:
            return
        left_net_c, left_vat_c = bill.net_c - bill.gone_net_c, bill.vat_c - bill.gone_vat_c
        self.credit_it(bill, self.part(left_net_c, tenths, more_c), left_vat_c * of_vat // 10)

    @rule(pick=PICK)
    def be_credited_what_was_paid(self, pick: int) -> None:
        """Receive a credit note on all that is left of a bill that an order pays: its supplier owes it back."""
        paid = [each for each in self.debts if each.kind == "bill" and each.paid_by is not None]
        bill = self.one_of(paid, pick, lambda each: each.net_c > each.gone_net_c)
        if bill is not None:
            self.credit_it(bill, bill.net_c - bill.gone_net_c, bill.vat_c - bill.gone_vat_c)

    def credit_it(self, bill: PaperDebt, net_c: int, vat_c: int) -> None:
        """Receive a credit note on so much of that bill."""
        left_net_c = bill.net_c - bill.gone_net_c
        self.notes += 1
        number = f"C{self.notes}"
        right = bill.state == "owed" and 0 <= net_c <= left_net_c and net_c + vat_c > 0
        asked: dict[str, Any] = {"purchase_id": bill.id, "credit_note_no": number, "issued_on": DAY}
        asked |= {"document_sha256": PROOF, "lines": [AskedCredit(1, net_c, vat_c)]}
        if self.ask(right, receive_purchase_credit, on=DAY, **asked):
            self._take_off(bill, net_c, vat_c, purchase_credit_note_id(bill.payee_id, number), "anna")

    @rule(pick=PICK, actor=PEOPLE)
    def reverse(self, pick: int, actor: str) -> None:
        """Take a bill back, by all that is left of it, unless an order pays it."""
        if (bill := self.debt(pick, "bill", "owed")) is not None:
            self.reverse_it(bill, actor)

    def reverse_it(self, bill: PaperDebt, actor: str) -> None:
        """Take that bill back."""
        net_c, vat_c = bill.net_c - bill.gone_net_c, bill.vat_c - bill.gone_vat_c
        right = bill.state == "owed" and bill.paid_by is None and net_c + vat_c > 0
        asked: dict[str, Any] = {"purchase_id": bill.id, "reason": "of another client"}
        if self.ask(right, reverse_purchase, on=DAY, actor=actor, **asked):
            self._take_off(bill, net_c, vat_c, bill.id, actor)
            bill.state = "reversed"

    def _take_off(self, bill: PaperDebt, net_c: int, vat_c: int, cause_id: UUID, actor: str) -> None:
        """Owe so much less; what was paid, or is on its way, is owed back."""
        gross_c = net_c if bill.own_vat_c else net_c + vat_c
        back_c = gross_c if bill.paid_by is not None else max(0, gross_c - bill.due_c)
        bill.gone_net_c += net_c
        bill.gone_vat_c += vat_c
        share = Fraction(bill.deductible_c * bill.gone_vat_c, bill.vat_c or 1)
        less_c = nearest(share) - bill.gone_deductible_c
        bill.gone_deductible_c += less_c
        bill.due_c -= gross_c - back_c
        cost_c = net_c + vat_c - less_c
        if bill.borne_by is not None:
            self.result_c[bill.borne_by] += cost_c
        self.post(cost_c, "440", "612")
        self.post(less_c, "440", "411")
        self.post(vat_c if bill.own_vat_c else 0, "451", "440")
        if back_c:
            self.backs.append(PaperBack(debt_id(bill.id, cause_id), bill, back_c, actor))
            self.post(back_c, "416", "440")

    def owed_again(self, debt: PaperDebt) -> None:
        """Owe less by what was credited meanwhile, which is neither owed back nor lost any more."""
        for back in [each for each in self.backs if each.bill is debt]:
            again_c = min(back.given_up_c, max(debt.due_c - back.open_c, 0))
            back.given_up_c -= again_c
            back.open_c += again_c
            self.post(again_c, "416", "642")
            amount_c = min(back.open_c, debt.due_c)
            back.open_c -= amount_c
            debt.due_c -= amount_c
            self.post(amount_c, "440", "416")

    def back(self, pick: int) -> PaperBack | None:
        """One of which something is open; now and then any."""
        return self.one_of(self.backs, pick, lambda each: each.open_c > 0)

    @rule(pick=PICK, tenths=TENTHS, more_c=CENTS_MORE)
    def repay(self, pick: int, tenths: int, more_c: int) -> None:
        if (back := self.back(pick)) is None or (amount_c := self.part(back.open_c, tenths, more_c)) <= 0:
            return
        receipt = self.bank_line(amount_c)
        asked: dict[str, Any] = {"bank_line_id": receipt, "debt_id": back.id, "amount_c": amount_c}
        if self.ask(amount_c <= back.open_c, repay_payee_debt, on=DAY, **asked):
            back.open_c -= amount_c
            back.repaid_by[receipt] += amount_c
            self.post(amount_c, "499", "416")

    @rule(pick=PICK, of=PICK, tenths=TENTHS, more_c=CENTS_MORE, taken=st.booleans())
    def reverse_a_repayment(self, pick: int, of: int, tenths: int, more_c: int, *, taken: bool) -> None:
        """Say that a receipt was none, or that the bank took it back by another line, in part or whole."""
        back = self.one_of(self.backs, pick, lambda each: each.repaid_by.total() > 0)
        if back is None or (receipt := self.one_of(back.repaid_by, of)) is None:
            return
        amount_c = self.part(back.repaid_by[receipt], tenths, more_c)
        right = 0 < amount_c <= back.repaid_by[receipt]
        asked: dict[str, Any] = {"debt_id": back.id, "amount_c": amount_c}
        if taken and amount_c > 0:
            asked |= {"bank_line_id": self.bank_line(-amount_c), "of_line_id": receipt}
            done = self.ask(right, return_payee_debt_repayment, on=DAY, **asked)
        else:
            asked |= {"bank_line_id": receipt, "reason": "it paid an invoice"}
            done = self.ask(right, undo_payee_debt_repayment, on=DAY, **asked)
        if done:
            back.open_c += amount_c
            back.repaid_by[receipt] -= amount_c
            self.post(amount_c, "416", "499")
            if back.bill.paid_by is None:
                self.owed_again(back.bill)

    @rule(pick=PICK, of=PICK, tenths=TENTHS, more_c=CENTS_MORE)
    def set_off(self, pick: int, of: int, tenths: int, more_c: int) -> None:
        """Set it off against another bill of the same supplier that no order pays."""
        back, bill = self.back(pick), self.debt(of, "bill", "owed")
        if back is not None and bill is not None:
            self.set_it_off(back, bill, self.part(min(back.open_c, bill.due_c), tenths, more_c))

    def set_it_off(self, back: PaperBack, bill: PaperDebt, amount_c: int) -> None:
        """Set so much of that debt off against that bill."""
        most_c = min(back.open_c, bill.due_c)
        right = bill.state in ("owed", "reversed") and bill.paid_by is None and 0 < amount_c <= most_c
        right = right and bill.payee_id == back.bill.payee_id
        asked: dict[str, Any] = {"debt_id": back.id, "document_id": bill.id, "amount_c": amount_c}
        if self.ask(right, set_off_payee_debt, on=DAY, paid_for=PaidFor.PURCHASE, **asked):
            back.open_c -= amount_c
            back.set_off_on[bill.id] += amount_c
            bill.due_c -= amount_c
            self.post(amount_c, "440", "416")

    @rule(pick=PICK, of=PICK, tenths=TENTHS, more_c=CENTS_MORE)
    def undo_a_set_off(self, pick: int, of: int, tenths: int, more_c: int) -> None:
        """Say that another bill was meant, of part or all of what was set off, or a cent more."""
        back = self.one_of(self.backs, pick, lambda each: each.set_off_on.total() > 0)
        if back is None or (bill_id := self.one_of(list(back.set_off_on), of)) is None:
            return
        (bill,) = (each for each in self.debts if each.id == bill_id)
        self.undo_it(back, bill, self.part(back.set_off_on[bill_id], tenths, more_c))

    def undo_it(self, back: PaperBack, bill: PaperDebt, amount_c: int) -> None:
        """Take so much back of what was set off against that bill."""
        right = 0 < amount_c <= back.set_off_on[bill.id] and bill.paid_by is None and bill is not back.bill
        asked: dict[str, Any] = {"debt_id": back.id, "document_id": bill.id, "amount_c": amount_c}
        asked |= {"paid_for": PaidFor.PURCHASE, "reason": "another bill was meant"}
        if self.ask(right, undo_payee_debt_set_off, on=DAY, **asked):
            back.open_c += amount_c
            back.set_off_on[bill.id] -= amount_c
            bill.due_c += amount_c
            self.post(amount_c, "416", "440")
            for each in (bill, back.bill):
                if each.paid_by is None:
                    self.owed_again(each)

    @rule(pick=PICK, actor=PEOPLE)
    def give_up(self, pick: int, actor: str) -> None:
        """Expect the rest no longer, as another person than the one whose correction it arose by."""
        if (back := self.back(pick)) is not None:
            self.give_it_up(back, actor)

    def give_it_up(self, back: PaperBack, actor: str) -> None:
        """Expect that no longer."""
        right = back.open_c > 0 and actor != back.arose_by
        asked: dict[str, Any] = {"debt_id": back.id, "decision_ref": "board 7"}
        if self.ask(right, give_payee_debt_up, on=DAY, actor=actor, **asked):
            self.post(back.open_c, "642", "416")
            back.given_up_c += back.open_c
            back.open_c = 0

    @invariant()
    def what_is_owed_back_is_what_the_paper_says(self) -> None:
        for back in self.backs:
            assert self.state(PayeeDebt, back.id).open_c == back.open_c >= 0
