"""What is owed to others: suppliers' bills, disputed and approved, and what directors are paid."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule

from domain.aggregates.activity import Activity
from domain.aggregates.mutual_fund import MutualFund
from domain.aggregates.payroll import Payroll
from domain.aggregates.purchase_invoice import PurchaseInvoice
from domain.ledger.activities import activity_id, open_activity
from domain.ledger.entities import set_parameter
from domain.ledger.payrolls import post_director_pay, request_payroll, withdraw_payroll
from domain.ledger.presets import ACTIVITY_OVERDRAFT_C
from domain.ledger.purchases import (
    approve_purchase,
    dispute_purchase,
    purchase_id,
    receive_purchase,
    register_supplier,
    reject_purchase,
)
from domain.payouts import PayoutRegime
from domain.purchasing import PurchaseLine
from domain.spending import ExpenseType
from tests.areas.desk import PEOPLE, PICK, Area
from tests.cooperative import ACTIVITY, ENTITY, FOUNDED, FUND, MEMBER, PERSON, found

DIRECTED = activity_id(ENTITY, "D1")
SUPPLIERS = (UUID(int=130), UUID(int=131))
FUND_HAS_C, NO_LIMIT = 3_000_00, "900000000"
DAY = date(2026, 3, 2)
PROOF = "ef" * 32


@dataclass
class PaperDebt:
    """A bill, a director's pay or the aid of a fund: to whom so much is owed, and where it stands."""

    id: UUID
    kind: str
    payee_id: UUID
    owed_on: str
    due_c: int = 0
    state: str = "waiting"
    recorded_by: str = "anna"
    cost_c: int = 0
    deductible_c: int = 0
    own_vat_c: int = 0
    borne_by: UUID | None = None
    paid_by: UUID | None = None
    net_c: int = 0
    vat_c: int = 0
    gone_net_c: int = 0
    gone_vat_c: int = 0
    gone_deductible_c: int = 0


class Bills(Area):
    """Rules about bills and directors."""

    def found(self) -> None:
        found(self.ledger.perform)
        opened: dict[str, Any] = {"code": "D1", "membership_ids": [MEMBER], "entity_id": ENTITY}
        self.ledger.perform(open_activity, on=FOUNDED, payout_regime=PayoutRegime.DIRECTOR, **opened)
        for supplier_id in SUPPLIERS:
            named: dict[str, Any] = {"name": "Nails", "address": "Rue Basse 3", "vat_no": ""}
            asked: dict[str, Any] = {"supplier_id": supplier_id, "entity_id": ENTITY, **named}
            self.ledger.perform(register_supplier, on=FOUNDED, **asked)
        overdraft: dict[str, Any] = {"name": ACTIVITY_OVERDRAFT_C, "value": NO_LIMIT, "source_ref": "board"}
        self.ledger.perform(set_parameter, on=DAY, entity_id=ENTITY, valid_from=DAY, **overdraft)
        says: dict[str, Any] = {"activity_id": ACTIVITY, "document_id": UUID(int=500), "amount_c": FUND_HAS_C}
        self.ledger.perform(lambda books, stamp: books.get(MutualFund, FUND).collect(stamp, **says))
        self.debts: list[PaperDebt] = []
        self.result_c: Counter[UUID] = Counter()

    def debt(self, pick: int, kind: str, *states: str) -> PaperDebt | None:
        """One of that kind that stands there; now and then any of that kind."""
        return self.one_of(
            [each for each in self.debts if each.kind == kind], pick, lambda each: each.state in states
        )

    @rule(
        supplier_id=st.sampled_from(SUPPLIERS),
        number=st.integers(1, 12),
        borne_by=st.sampled_from([None, ACTIVITY, DIRECTED]),
        net_c=st.integers(0, 900_00),
        vat_c=st.integers(0, 90_00),
        deductible_c=st.sampled_from([0, 1, 2]),
        reverse=st.booleans(),
    )
    def receive(
        self,
        supplier_id: UUID,
        number: int,
        borne_by: UUID | None,
        net_c: int,
        vat_c: int,
        deductible_c: int,
        *,
        reverse: bool,
    ) -> None:
        """Receive a bill, each number of a supplier once; all, half or none of its VAT is deductible."""
        deductible_c = vat_c * deductible_c // 2
        new = purchase_id(supplier_id, f"B{number}")
        if any(each.id == new and each.state == "reversed" for each in self.debts):
            return
        right = net_c > 0 and all(each.id != new for each in self.debts)
        asked: dict[str, Any] = {"supplier_id": supplier_id, "purchase_no": f"B{number}", "issued_on": DAY}
        asked |= {"lines": [PurchaseLine(ExpenseType.SUPPLIES, net_c, vat_c, deductible_c)], "due_on": DAY}
        asked |= {"activity_id": borne_by, "reverse_charge": reverse, "document_sha256": PROOF}
        if self.ask(right, receive_purchase, on=DAY, **asked):
            made = PaperDebt(new, "bill", supplier_id, "440", net_c if reverse else net_c + vat_c)
            made.cost_c, made.deductible_c, made.borne_by = (
                net_c + vat_c - deductible_c,
                deductible_c,
                borne_by,
            )
            made.own_vat_c, made.net_c, made.vat_c = vat_c if reverse else 0, net_c, vat_c
            self.debts.append(made)

    @rule(pick=PICK, step=st.sampled_from(["disputed", "rejected"]))
    def not_accept(self, pick: int, step: str) -> None:
        """Dispute a bill that waits, or turn it down, disputed or not."""
        from_ = ("waiting",) if step == "disputed" else ("waiting", "disputed")
        if (bill := self.debt(pick, "bill", *from_)) is None:
            return
        case: Any = dispute_purchase if step == "disputed" else reject_purchase
        if self.ask(bill.state in from_, case, on=DAY, purchase_id=bill.id, reason="not delivered"):
            bill.state = step

    @rule(pick=PICK, actor=PEOPLE)
    def approve_a_bill(self, pick: int, actor: str) -> None:
        """Approve it as another person; an agreement may have ended a dispute."""
        if (bill := self.debt(pick, "bill", "waiting", "disputed")) is not None:
            self.approve_bill(bill, actor)

    @rule(
        supplier_id=st.sampled_from(SUPPLIERS),
        number=st.integers(13, 40),
        net_c=st.integers(1, 900_00),
        vat_c=st.integers(0, 90_00),
        reverse=st.booleans(),
    )
    def be_billed(self, supplier_id: UUID, number: int, net_c: int, vat_c: int, *, reverse: bool) -> None:
        """Receive a bill and approve it."""
        before = len(self.debts)
        self.receive(supplier_id, number, DIRECTED, net_c, vat_c, 1, reverse=reverse)
        for bill in self.debts[before:]:
            self.approve_bill(bill, "ben")

    def approve_bill(self, bill: PaperDebt, actor: str) -> None:
        """Approve that bill."""
        right = bill.state in ("waiting", "disputed") and actor != bill.recorded_by
        if self.ask(right, approve_purchase, on=DAY, actor=actor, purchase_id=bill.id):
            bill.state = "owed"
            if bill.borne_by is not None:
                self.result_c[bill.borne_by] -= bill.cost_c
            self.post(bill.cost_c, "612", "440")
            self.post(bill.deductible_c, "411", "440")
            self.post(bill.own_vat_c, "440", "451")

    @rule(of=st.sampled_from([DIRECTED, DIRECTED, ACTIVITY]), budget_c=st.integers(0, 2_000_00))
    def ask_for_a_directors_pay(self, of: UUID, budget_c: int) -> None:
        new = self.new_id()
        asked: dict[str, Any] = {"payroll_id": new, "activity_id": of, "employee_id": MEMBER}
        if self.ask(budget_c > 0, request_payroll, on=DAY, budget_c=budget_c, **asked):
            self.debts.append(PaperDebt(new, "pay", PERSON, "4893", borne_by=of))

    @rule(pick=PICK)
    def ask_for_it_no_longer(self, pick: int) -> None:
        if (pay := self.debt(pick, "pay", "waiting")) is not None and self.ask(
            pay.state == "waiting", withdraw_payroll, on=DAY, payroll_id=pay.id
        ):
            pay.state = "withdrawn"

    @rule(pick=PICK, gross_c=st.integers(0, 3_000_00), tax_c=st.sampled_from([-1, 0, 1_00, 400_00]))
    def post_a_directors_pay(self, pick: int, gross_c: int, tax_c: int) -> None:
        """Post it, less the tax: whole to the tax at most, and only where directors are paid so."""
        if (pay := self.debt(pick, "pay", "waiting")) is None:
            return
        right = pay.state == "waiting" and gross_c > 0 and 0 <= tax_c <= gross_c and pay.borne_by == DIRECTED
        asked: dict[str, Any] = {"payroll_id": pay.id, "gross_c": gross_c, "wage_tax_c": tax_c}
        if self.ask(right, post_director_pay, on=DAY, statement_ref="statement", **asked):
            pay.state, pay.due_c = "owed", gross_c - tax_c
            self.result_c[DIRECTED] -= gross_c
            self.post(pay.due_c, "618", "4893")
            self.post(tax_c, "618", "453")

    @invariant()
    def what_is_owed_is_what_the_paper_says(self) -> None:
        for debt in self.debts:
            if debt.kind == "bill":
                bill = self.state(PurchaseInvoice, debt.id)
                assert (bill.due_c, bill.order_id) == (debt.due_c, debt.paid_by)
            elif debt.kind == "pay":
                pay = self.state(Payroll, debt.id)
                assert (pay.due_c, pay.order_id) == (debt.due_c, debt.paid_by)
        for id_ in (ACTIVITY, DIRECTED):
            assert self.state(Activity, id_).result_c == self.result_c[id_]
