"""Bills, claims and slips that were wrong: taken back, credited by a supplier, and what that leaves to be owed back."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from hypothesis.stateful import rule

from domain.ids import derived_id
from domain.ledger.payee_debts import (
    debt_id,
    repay_payee_debt,
    set_off_payee_debt,
    undo_payee_debt_repayment,
    undo_payee_debt_set_off,
)
from domain.ledger.payout_corrections import reverse_claim, reverse_slip
from domain.ledger.purchase_corrections import (
    purchase_credit_note_id,
    receive_purchase_credit,
    reverse_purchase,
)
from domain.owing import PaidFor
from domain.purchasing import AskedCredit
from tests.whole.desk import CENTS_MORE, DAYS, PICK, TENTHS
from tests.whole.paper import PaperDebt, PaperDocument
from tests.whole.spending import Spending


class Correcting(Spending):
    """Rules about what takes bills back; of a bill `cost_c` and `deductible_c` are what is left of net and VAT."""

    @rule(pick=PICK, day=DAYS)
    def reverse_a_bill(self, pick: int, day: date) -> None:
        if (one := self.one_of(self.paper.purchases, pick)) is None:
            return
        id_, bill = one
        net_c, vat_c = bill.cost_c, bill.deductible_c
        right = self._stands(bill) and not self._ordered(bill) and net_c + vat_c > 0
        if self.ask(right, reverse_purchase, on=day, purchase_id=id_, reason="twice"):
            # What was set off against it is owed back; what was to be paid is owed no more.
            self._take_off(id_, bill, net_c, vat_c, cause_id=id_)
            bill.state = "reversed"

    @rule(pick=PICK, tenths=TENTHS, more_c=CENTS_MORE, day=DAYS)
    def credit_a_bill(self, pick: int, tenths: int, more_c: int, day: date) -> None:
        """Credit part of a bill, or a cent more than is left of it."""
        if (one := self.one_of(self.paper.purchases, pick)) is None:
            return
        id_, bill = one
        net_c, vat_c = self.part(bill.cost_c, tenths, more_c), bill.deductible_c * tenths // 10
        number = f"C{self.new_id().int}"
        right = self._stands(bill) and 0 <= net_c <= bill.cost_c and net_c + vat_c > 0
        asked: dict[str, Any] = {"lines": [AskedCredit(1, net_c, vat_c)], "document_sha256": "ef" * 32}
        if self.ask(
            right,
            receive_purchase_credit,
            on=day,
            purchase_id=id_,
            credit_note_no=number,
            issued_on=day,
            **asked,
        ):
            note_id = purchase_credit_note_id(bill.company.supplier_id, number)
            self._take_off(id_, bill, net_c, vat_c, cause_id=note_id)

    @rule(pick=PICK, day=DAYS)
    def reverse_a_claim(self, pick: int, day: date) -> None:
        if (one := self.one_of(self.paper.claims, pick)) is None:
            return
        id_, claim = one
        if self.ask(self._stands(claim), reverse_claim, on=day, claim_id=id_, reason="private"):
            self.paper.post(claim.company, claim.cost_c, "4890", "612")
            self.paper.post(claim.company, claim.deductible_c, "4890", "411")
            cause_id = derived_id("claim-reversal", id_, 0)
            self._taken_back(id_, claim, claim.cost_c + claim.deductible_c, "4890", cause_id=cause_id)

    @rule(pick=PICK, day=DAYS)
    def reverse_a_slip(self, pick: int, day: date) -> None:
        if (one := self.one_of(self.paper.payrolls, pick)) is None:
            return
        id_, wage = one
        if self.ask(self._stands(wage), reverse_slip, on=day, payroll_id=id_, reason="hours"):
            employee_c, tax_c, net_c, employer_c = self.paper.slips[id_]
            for amount_c, account in ((employee_c, "454"), (tax_c, "453"), (net_c, "455")):
                self.paper.post(wage.company, -amount_c, "6202", account)
            self.paper.post(wage.company, -employer_c, "621", "454")
            self._taken_back(id_, wage, net_c, "455", cause_id=id_)

    @rule(pick=PICK, of=PICK, tenths=TENTHS, more_c=CENTS_MORE, day=DAYS)
    def set_a_debt_off_against_a_claim(self, pick: int, of: int, tenths: int, more_c: int, day: date) -> None:
        debts, claims = self.one_of(self.paper.debts, pick), self.one_of(self.paper.claims, of)
        if debts is None or claims is None:
            return
        (id_, debt), (claim_id, claim) = debts, claims
        assert claim.shop is not None
        stands = claim.state in ("approved", "paid", "reversed") and not self._ordered(claim)
        most_c = min(debt.open_c, claim.due_c) if stands else 0
        amount_c = self.part(most_c, tenths, more_c)
        right = claim.shop.person_id == debt.payee_id and 0 < amount_c <= most_c
        against = {"paid_for": PaidFor.CLAIM, "document_id": claim_id, "amount_c": amount_c}
        if self.ask(
            right and claim.company is debt.company, set_off_payee_debt, on=day, debt_id=id_, **against
        ):
            debt.open_c -= amount_c
            debt.set_off_c[claim_id] += amount_c
            claim.due_c -= amount_c
            self.paper.post(debt.company, amount_c, "4890", "416")

    def _taken_back(
        self, id_: UUID, document: PaperDocument, gross_c: int, owed_on: str, *, cause_id: UUID
    ) -> None:
        """Bear nothing of a claim or slip any more; what of it was paid, its member owes back."""
        assert document.shop is not None
        self.paper.earn(document.shop, document.cost_c)
        back_c = gross_c if self._ordered(document) else gross_c - document.due_c
        document.due_c -= gross_c - back_c
        document.state = "reversed"
        if back_c:
            debt = PaperDebt(document.company, document.shop.person_id, id_, owed_on, back_c)
            self.paper.debts[debt_id(id_, cause_id)] = debt
            self.paper.post(document.company, back_c, "416", owed_on)

    @rule(pick=PICK, of=PICK, tenths=TENTHS, more_c=CENTS_MORE, day=DAYS)
    def set_a_debt_off(self, pick: int, of: int, tenths: int, more_c: int, day: date) -> None:
        debts, bills = self.one_of(self.paper.debts, pick), self.one_of(self.paper.purchases, of)
        if debts is None or bills is None:
            return
        (id_, debt), (bill_id, bill) = debts, bills
        stands = bill.state in ("approved", "paid", "reversed") and not self._ordered(bill)
        due_c = bill.due_c if stands else 0
        amount_c = self.part(min(debt.open_c, due_c), tenths, more_c)
        right = bill.company.supplier_id == debt.payee_id and 0 < amount_c <= min(debt.open_c, due_c)
        against = {"paid_for": PaidFor.PURCHASE, "document_id": bill_id, "amount_c": amount_c}
        if self.ask(right, set_off_payee_debt, on=day, debt_id=id_, **against):
            debt.open_c -= amount_c
            debt.set_off_c[bill_id] += amount_c
            bill.due_c -= amount_c
            self.paper.post(debt.company, amount_c, "440", "416")

    @rule(pick=PICK, of=PICK, tenths=TENTHS, more_c=CENTS_MORE, day=DAYS)
    def undo_a_set_off(self, pick: int, of: int, tenths: int, more_c: int, day: date) -> None:
        """Take back what was set off against the wrong claim or bill, in part or whole, or a cent more."""
        debts = {id_: debt for id_, debt in self.paper.debts.items() if debt.set_off_c}
        if (one := self.one_of(debts, pick)) is None:
            return
        id_, debt = one
        document_id, set_off_c = self.one_of(debt.set_off_c, of) or (UUID(int=0), 0)
        is_claim = document_id in self.paper.claims
        document = (self.paper.claims if is_claim else self.paper.purchases)[document_id]
        amount_c = self.part(set_off_c, tenths, more_c)
        right = 0 < amount_c <= set_off_c and document_id != debt.document_id and not self._ordered(document)
        against = {"document_id": document_id, "paid_for": PaidFor.CLAIM if is_claim else PaidFor.PURCHASE}
        asked = {"debt_id": id_, "amount_c": amount_c, "reason": "of another", **against}
        if self.ask(right, undo_payee_debt_set_off, on=day, **asked):
            debt.open_c += amount_c
            debt.set_off_c[document_id] -= amount_c
            document.due_c += amount_c
            self.paper.post(debt.company, amount_c, "416", "4890" if is_claim else "440")
            self._less_due_of(document_id)
            self._less_due_of(debt.document_id)

    @rule(pick=PICK, of=PICK, tenths=TENTHS, more_c=CENTS_MORE, day=DAYS)
    def get_a_debt_back(self, pick: int, of: int, tenths: int, more_c: int, day: date) -> None:
        if (one := self.one_of(self.paper.debts, pick)) is None:
            return
        id_, debt = one
        if (receipt := self.receipt(of, debt.company)) is None:
            return
        line_id, line = receipt
        most_c = min(debt.open_c, line.left_c)
        amount_c = self.part(most_c, tenths, more_c)
        right = line.company is debt.company and 0 < amount_c <= most_c
        asked = {"bank_line_id": line_id, "debt_id": id_, "amount_c": amount_c}
        if self.ask(right, repay_payee_debt, on=day, **asked):
            debt.open_c -= amount_c
            debt.repaid_c[line_id] += amount_c
            line.left_c -= amount_c
            self.paper.post(debt.company, amount_c, "499", "416")

    @rule(pick=PICK, of=PICK, tenths=TENTHS, more_c=CENTS_MORE, day=DAYS)
    def undo_a_repayment(self, pick: int, of: int, tenths: int, more_c: int, day: date) -> None:
        if (one := self.one_of(self.paper.debts, pick)) is None:
            return
        id_, debt = one
        if (paid := self.one_of(debt.repaid_c, of)) is None:
            return
        line_id, repaid_c = paid
        amount_c = self.part(repaid_c, tenths, more_c)
        asked = {"bank_line_id": line_id, "debt_id": id_, "amount_c": amount_c, "reason": "of another"}
        if self.ask(0 < amount_c <= repaid_c, undo_payee_debt_repayment, on=day, **asked):
            debt.open_c += amount_c
            debt.repaid_c[line_id] -= amount_c
            self.paper.lines[line_id].left_c += amount_c
            self.paper.post(debt.company, amount_c, "416", "499")
            self._less_due_of(debt.document_id)

    def _less_due_of(self, id_: UUID) -> None:
        """Let what is owed back of a claim, wage or bill that no order pays lessen what is due of it."""
        document = (self.paper.purchases | self.paper.claims | self.paper.payrolls)[id_]
        if not self._ordered(document):
            for debt in self.paper.debts.values():
                if debt.document_id == id_:
                    self.less_due(document, debt)

    def _take_off(self, id_: UUID, bill: PaperDocument, net_c: int, vat_c: int, *, cause_id: UUID) -> None:
        bill.cost_c -= net_c
        bill.deductible_c -= vat_c
        self.paper.earn(bill.shop, net_c)
        self.paper.post(bill.company, net_c, "440", "612")
        self.paper.post(bill.company, vat_c, "440", "411")
        gross_c = net_c + vat_c
        back_c = gross_c if self._ordered(bill) else max(gross_c - bill.due_c, 0)
        bill.due_c -= gross_c - back_c
        if back_c:
            debt = PaperDebt(bill.company, bill.company.supplier_id, id_, "440", back_c)
            self.paper.debts[debt_id(id_, cause_id)] = debt
            self.paper.post(bill.company, back_c, "416", "440")

    @staticmethod
    def _stands(document: PaperDocument) -> bool:
        return document.state in ("approved", "paid")
