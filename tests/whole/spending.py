"""What is spent: expenses of members, wages, and bills of suppliers, each paid by two people."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from hypothesis import strategies as st
from hypothesis.stateful import rule

from domain.aggregates.expense_claim import ClaimLine
from domain.ledger.claims import approve_claim, reject_claim, submit_claim
from domain.ledger.payments import order_claim_payment, order_purchase_payment, order_wage_payment
from domain.ledger.payrolls import post_slip, request_payroll, withdraw_payroll
from domain.ledger.purchases import approve_purchase, purchase_id, receive_purchase
from domain.money import share
from domain.purchasing import PurchaseLine
from domain.slips import SlipLine, SlipType
from domain.spending import ExpenseType
from tests.whole.banking import Banking
from tests.whole.desk import CENTS_MORE, DAYS, PICK, SHOP, TENTHS
from tests.whole.paper import PaperDocument
from tests.whole.places import COMPANIES, PAYEE_IBAN, Company, Shop

SECOND = st.sampled_from(["anna", "ben", "ben", "ben"])
NETS = st.integers(1, 900_00)
EMPLOYEE_BP, EMPLOYER_BP, TAX_BP = 1_307, 2_500, 1_500


class Spending(Banking):
    """Rules about money going out; anna asks."""

    @rule(shop=SHOP, tenths=TENTHS, more_c=CENTS_MORE, vat_c=st.integers(0, 50_00), day=DAYS)
    def claim(self, shop: Shop, tenths: int, more_c: int, vat_c: int, day: date) -> None:
        """Claim part of what is available, or a cent more than all of it; a third of the VAT is deductible."""
        available_c, new = self.available_c(shop), self.new_id()
        deductible_c = vat_c // 3
        cost_c = self.part(max(available_c, 0), tenths, more_c)
        net_c = cost_c - vat_c + deductible_c
        line = ClaimLine(day, ExpenseType.SUPPLIES, net_c, vat_c, deductible_c, f"{new.int:064}")
        asked: dict[str, Any] = {"activity_id": shop.id, "claimant_id": shop.member_id, "lines": [line]}
        right = net_c > 0 and cost_c <= available_c
        if self.ask(right, submit_claim, on=day, claim_id=new, purpose="Screws", **asked):
            made = PaperDocument(shop, shop.company, "submitted", cost_c, cost_c, net_c + vat_c, deductible_c)
            self.paper.claims[new] = made
            self.paper.committed_c[shop.id] += cost_c

    @rule(pick=PICK, actor=SECOND, day=DAYS)
    def approve_a_claim(self, pick: int, actor: str, day: date) -> None:
        if (one := self.one_of(self.paper.claims, pick)) is None:
            return
        id_, claim = one
        right = claim.state == "submitted" and actor != "anna"
        if self.ask(right, approve_claim, on=day, actor=actor, claim_id=id_):
            self._bear(claim)
            self.paper.post(claim.company, claim.cost_c, "612", "4890")
            self.paper.post(claim.company, claim.deductible_c, "411", "4890")

    @rule(pick=PICK, day=DAYS)
    def turn_a_claim_down(self, pick: int, day: date) -> None:
        if (one := self.one_of(self.paper.claims, pick)) is None:
            return
        id_, claim = one
        if self.ask(
            claim.state == "submitted", reject_claim, on=day, actor="ben", claim_id=id_, reason="late"
        ):
            claim.state = "rejected"
            assert claim.shop is not None
            self.paper.committed_c[claim.shop.id] -= claim.promised_c

    @rule(pick=PICK, day=DAYS)
    def pay_a_claim(self, pick: int, day: date) -> None:
        if (one := self.one_of(self.paper.claims, pick)) is not None:
            id_, claim = one
            assert claim.shop is not None
            right = self._can_be_paid(claim) and self.pays_out(claim.shop)
            asked = {"order_id": self.new_id(), "claim_id": id_, "payee_iban": PAYEE_IBAN}
            if self.ask(right, order_claim_payment, on=day, **asked):
                self._pay_out(claim, asked["order_id"], "4890", day)

    @rule(shop=SHOP, tenths=TENTHS, more_c=CENTS_MORE, day=DAYS)
    def ask_for_a_wage(self, shop: Shop, tenths: int, more_c: int, day: date) -> None:
        available_c, new = self.available_c(shop), self.new_id()
        budget_c = self.part(max(available_c, 0), tenths, more_c)
        asked = {"activity_id": shop.id, "employee_id": shop.member_id, "budget_c": budget_c}
        if self.ask(0 < budget_c <= available_c, request_payroll, on=day, payroll_id=new, **asked):
            self.paper.payrolls[new] = PaperDocument(shop, shop.company, "submitted", budget_c)
            self.paper.committed_c[shop.id] += budget_c

    @rule(pick=PICK, day=DAYS)
    def ask_for_it_no_longer(self, pick: int, day: date) -> None:
        if (one := self.one_of(self.paper.payrolls, pick)) is not None:
            id_, wage = one
            if self.ask(wage.state == "submitted", withdraw_payroll, on=day, payroll_id=id_):
                wage.state = "withdrawn"
                assert wage.shop is not None
                self.paper.committed_c[wage.shop.id] -= wage.promised_c

    @rule(pick=PICK, gross_c=st.integers(10, 3_000_00), more_c=CENTS_MORE, day=DAYS)
    def post_the_slip(self, pick: int, gross_c: int, more_c: int, day: date) -> None:
        """Post it, whether or not it overdraws; its lines sum to the net, or it is refused."""
        if (one := self.one_of(self.paper.payrolls, pick)) is None:
            return
        id_, wage = one
        employee_c, tax_c = share(gross_c, EMPLOYEE_BP), share(gross_c, TAX_BP)
        employer_c, net_c = share(gross_c, EMPLOYER_BP), gross_c - employee_c - tax_c
        lines = [
            SlipLine(SlipType.GROSS, gross_c),
            SlipLine(SlipType.EMPLOYEE_CONTRIBUTIONS, -employee_c),
            SlipLine(SlipType.WAGE_TAX, -tax_c),
        ]
        asked: dict[str, Any] = {"net_c": net_c + more_c, "employer_c": employer_c, "lines": lines}
        right = wage.state == "submitted" and not more_c
        if self.ask(right, post_slip, on=day, payroll_id=id_, slip_ref="slip 1", **asked):
            wage.cost_c, wage.due_c = gross_c + employer_c, net_c
            self.paper.slips[id_] = (employee_c, tax_c, net_c, employer_c)
            self._bear(wage)
            for amount_c, account in ((employee_c, "454"), (tax_c, "453"), (net_c, "455")):
                self.paper.post(wage.company, amount_c, "6202", account)
            self.paper.post(wage.company, employer_c, "621", "454")

    @rule(pick=PICK, day=DAYS)
    def pay_a_wage(self, pick: int, day: date) -> None:
        if (one := self.one_of(self.paper.payrolls, pick)) is not None:
            id_, wage = one
            assert wage.shop is not None
            self._free_what_was_withdrawn(wage)
            right = self._can_be_paid(wage) and self.pays_out(wage.shop)
            asked = {"order_id": self.new_id(), "payroll_id": id_, "payee_iban": PAYEE_IBAN}
            if self.ask(right, order_wage_payment, on=day, **asked):
                self._pay_out(wage, asked["order_id"], "455", day)

    def _can_be_paid(self, document: PaperDocument) -> bool:
        """Tell whether something of it is owed, as of one that was reversed once its payment is withdrawn."""
        taken_back = document.state == "reversed" and not self._ordered(document)
        return (document.state == "approved" or taken_back) and document.due_c > 0

    def _ordered(self, document: PaperDocument) -> bool:
        """Tell whether an order pays it, and was not taken back."""
        order = self.paper.orders.get(UUID(document.number)) if document.number else None
        return order is not None and order.state != "withdrawn"

    def _free_what_was_withdrawn(self, document: PaperDocument) -> None:
        """What an order would have paid that was taken back can be ordered once more."""
        order = self.paper.orders.get(UUID(document.number)) if document.number else None
        if order is not None and order.state == "withdrawn" and document.state == "paid":
            document.state = "approved"

    @rule(
        shop=st.none() | SHOP,
        company=st.sampled_from(COMPANIES),
        net_c=NETS,
        vat_c=st.integers(0, 50_00),
        actor=SECOND,
        day=DAYS,
    )
    def receive_a_bill(
        self, shop: Shop | None, company: Company, net_c: int, vat_c: int, actor: str, day: date
    ) -> None:
        """Receive it, and let a second person approve it, though the activity may not have the money."""
        number = f"B{self.new_id().int}"
        line = PurchaseLine(ExpenseType.SUPPLIES, net_c, vat_c, vat_c)
        asked: dict[str, Any] = {"activity_id": None if shop is None else shop.id, "lines": [line]}
        if not self.ask(
            shop is None or shop.company is company,
            receive_purchase,
            on=day,
            supplier_id=company.supplier_id,
            purchase_no=number,
            issued_on=day,
            due_on=day,
            reverse_charge=False,
            document_sha256="ef" * 32,
            **asked,
        ):
            return
        id_ = purchase_id(company.supplier_id, number)
        bill = PaperDocument(shop, company, "submitted", 0, net_c, net_c + vat_c, vat_c)
        self.paper.purchases[id_] = bill
        if self.ask(actor != "anna", approve_purchase, on=day, actor=actor, purchase_id=id_):
            self._bear(bill)
            self.paper.post(company, net_c, "612", "440")
            self.paper.post(company, vat_c, "411", "440")

    @rule(pick=PICK, day=DAYS)
    def pay_a_bill(self, pick: int, day: date) -> None:
        if (one := self.one_of(self.paper.purchases, pick)) is not None:
            id_, bill = one
            self._free_what_was_withdrawn(bill)
            asked = {"order_id": self.new_id(), "purchase_id": id_, "payee_iban": PAYEE_IBAN}
            right = self._can_be_paid(bill)
            if self.ask(right, order_purchase_payment, on=day, **asked):
                self._pay_out(bill, asked["order_id"], "440", day)

    def _bear(self, document: PaperDocument) -> None:
        document.state = "approved"
        self.paper.earn(document.shop, -document.cost_c)
        if document.shop is not None:
            self.paper.committed_c[document.shop.id] -= document.promised_c

    def _pay_out(self, document: PaperDocument, order_id: object, owed_on: str, day: date) -> None:
        assert isinstance(order_id, UUID)
        self.approve(order_id, document.company, document.due_c, owed_on, day)
        document.state = "reversed" if document.state == "reversed" else "paid"
        document.number = str(order_id)
