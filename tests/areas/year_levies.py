"""What is declared to the state for closed months, once for each, and paid by an order of two people."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule

from domain.aggregates.declaration import Declaration, Levy
from domain.ledger.declarations import declaration_id, file_declaration, withdraw_declaration
from domain.ledger.payments import approve_payment, order_declaration_payment, withdraw_payment
from tests.areas.desk import PEOPLE, PICK, first_of, last_of
from tests.areas.year_books import ALL_MONTHS, LATEST
from tests.areas.years import Years
from tests.cooperative import ENTITY

STATE_IBAN = "BE29539000000289"
OWED_ON = {
    Levy.VAT: "451",
    Levy.WAGE_TAX: "453",
    Levy.SOCIAL_CONTRIBUTIONS: "454",
    Levy.DIVIDEND_TAX: "453",
}


@dataclass
class PaperDeclaration:
    """What was declared for which months, after how many that were withdrawn, and the order that pays it."""

    levy: Levy
    months: tuple[str, ...]
    due_c: int
    deductible_c: int
    before: int
    order: UUID | None = None
    stands: bool = True

    @property
    def to_pay_c(self) -> int:
        return self.due_c - self.deductible_c if self.stands else 0

    @property
    def against_c(self) -> int:
        """What its filing booked."""
        return min(self.due_c, self.deductible_c) if self.levy is Levy.VAT else 0

    @property
    def id(self) -> UUID:
        return declaration_id(ENTITY, self.levy, first_of(self.months[0]), self.before)


class Levies(Years):
    """Rules about declarations."""

    def found(self) -> None:
        super().found()
        self.declared: list[PaperDeclaration] = []

    @rule(
        levy=st.sampled_from([Levy.VAT, Levy.VAT, *Levy]),
        n=st.integers(0, len(ALL_MONTHS) - 1),
        length=st.integers(1, 3),
        due_c=st.integers(-1, 900_00),
        deductible_c=st.sampled_from([0, 0, 100_00, 1_000_00]),
        ahead=st.sampled_from([0, 0, 0, 1]),
    )
    def declare(self, levy: Levy, n: int, length: int, due_c: int, deductible_c: int, ahead: int) -> None:
        """Declare for one to three closed months of which none was declared; by the log as it stands."""
        n %= self.stopped + 1
        self.declare_for(levy, ALL_MONTHS[n : n + length], due_c, deductible_c, ahead)

    def declare_for(
        self, levy: Levy, months: tuple[str, ...], due_c: int, deductible_c: int, ahead: int
    ) -> None:
        """Declare for those months."""
        closed = all(self.months[month].state == "closed" for month in months)
        of_levy = [each for each in self.declared if each.levy is levy]
        twice = any(each.stands and set(each.months) & set(months) for each in of_levy)
        asked: dict[str, Any] = {"entity_id": ENTITY, "levy": levy, "due_c": due_c}
        asked |= {"deductible_c": deductible_c, "position": self.ledger.position + ahead}
        asked |= {"first_on": first_of(months[0]), "last_on": last_of(months[-1])}
        right = closed and not twice and due_c >= 0 and not ahead
        if self.ask(right, file_declaration, on=LATEST, **asked):
            before = sum(each.months[0] == months[0] for each in of_levy)
            filed = PaperDeclaration(levy, months, due_c, deductible_c, before)
            self.declared.append(filed)
            self.post_in(f"{LATEST:%Y-%m}", filed.against_c, "451", "411")

    @rule(pick=PICK, less=st.sampled_from([0, 0, 1, None]))
    def withdraw_it(self, pick: int, less: int | None) -> None:
        """Take a declaration back that no order pays; declare its months anew, but the last, or leave them waiting."""
        filed = self.one_of(self.declared, pick, lambda each: each.stands and each.order is None)
        if filed is None:
            return
        asked = {"declaration_id": filed.id, "reason": "another quarter was meant"}
        if self.ask(filed.stands and filed.order is None, withdraw_declaration, on=LATEST, **asked):
            filed.stands = False
            self.post_in(f"{LATEST:%Y-%m}", filed.against_c, "411", "451")
            if less is not None and len(filed.months) > less:
                months = filed.months[: len(filed.months) - less]
                self.declare_for(filed.levy, months, filed.due_c, filed.deductible_c + 1, 0)

    @rule(pick=PICK, actor=PEOPLE)
    def pay_the_state(self, pick: int, actor: str) -> None:
        """Order it whole, and let a second person approve."""
        filed = self.one_of(self.declared, pick, lambda each: each.to_pay_c > 0 and each.order is None)
        if filed is None:
            return
        order_id = self.new_id()
        asked = {"order_id": order_id, "declaration_id": filed.id, "payee_iban": STATE_IBAN}
        right = filed.to_pay_c > 0 and filed.order is None
        if self.ask(right, order_declaration_payment, on=LATEST, **asked) and self.ask(
            actor != "anna", approve_payment, on=LATEST, actor=actor, order_id=order_id
        ):
            filed.order = order_id
            self.post_in(f"{LATEST:%Y-%m}", filed.to_pay_c, OWED_ON[filed.levy], "580")

    @rule(pick=PICK)
    def take_the_order_back(self, pick: int) -> None:
        """Take back an order that the bank has not paid."""
        filed = self.one_of([each for each in self.declared if each.order], pick)
        if filed is None:
            return
        asked = {"order_id": filed.order, "reason": "wrong reference"}
        self.ask(True, withdraw_payment, on=LATEST, **asked)
        filed.order = None
        self.post_in(f"{LATEST:%Y-%m}", filed.to_pay_c, "580", OWED_ON[filed.levy])

    @invariant()
    def declarations_stand_where_the_paper_says(self) -> None:
        for filed in self.declared:
            kept = self.state(Declaration, filed.id)
            assert (kept.due_c, kept.order_id) == (filed.to_pay_c, filed.order)
        standing = [(each.levy, month) for each in self.declared if each.stands for month in each.months]
        assert len(standing) == len(set(standing)), "a month stands declared once for each levy"
