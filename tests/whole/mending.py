"""What was said of money out by mistake: no fee, another payment, no receipt taken back; it waits again."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from hypothesis import strategies as st
from hypothesis.stateful import rule

from domain.ledger.explanations import reverse_bank_fee, undo_clearing, undo_return
from tests.whole.banking import Banking
from tests.whole.desk import CENTS_MORE, DAYS, PICK, SHOP, TENTHS
from tests.whole.paper import PaperLine
from tests.whole.places import Shop

WHY = "another line was meant"


class Mending(Banking):
    """Rules about money out that was explained wrongly."""

    @rule(pick=PICK, shop=st.none() | SHOP, tenths=TENTHS, more_c=CENTS_MORE, day=DAYS)
    def bear_no_fee(self, pick: int, shop: Shop | None, tenths: int, more_c: int, day: date) -> None:
        """Take back what a line said that an activity, or the cooperative, bore as a fee."""
        bearer = None if shop is None else shop.id
        if (one := self.one_of(self._with(lambda line: bool(line.fees_c)), pick)) is None:
            return
        id_, line = one
        borne_c = line.fees_c[bearer]
        amount_c = self.part(borne_c, tenths, more_c)
        asked = {"bank_line_id": id_, "activity_id": bearer, "amount_c": amount_c, "reason": WHY}
        if self.ask(0 < amount_c <= borne_c, reverse_bank_fee, on=day, **asked):
            line.fees_c[bearer] -= amount_c
            line.left_c += amount_c
            self.paper.earn(shop, amount_c)
            self.paper.post(line.company, amount_c, "499", "6572")

    @rule(pick=PICK, of=PICK, tenths=TENTHS, more_c=CENTS_MORE, day=DAYS)
    def take_nothing_back(self, pick: int, of: int, tenths: int, more_c: int, day: date) -> None:
        """Say that money out did not take a receipt back: both wait, whatever the receipt had paid."""
        if (one := self.one_of(self._with(lambda line: bool(line.taken_c)), pick)) is None:
            return
        id_, line = one
        of_id, taken_c = self.one_of(line.taken_c, of) or (UUID(int=0), 0)
        amount_c = self.part(taken_c, tenths, more_c)
        asked = {"bank_line_id": id_, "of_line_id": of_id, "amount_c": amount_c, "reason": WHY}
        if self.ask(0 < amount_c <= taken_c, undo_return, on=day, **asked):
            line.taken_c[of_id] -= amount_c
            line.left_c += amount_c
            self.paper.lines[of_id].left_c += amount_c

    @rule(of=PICK, day=DAYS)
    def clear_no_longer(self, of: int, day: date) -> None:
        """Say that the line which cleared an order was another payment: both wait again."""
        if (order := self.one_of(self.paper.orders, of)) is None:
            return
        order_id, ordered = order
        if self.ask(ordered.state == "cleared", undo_clearing, on=day, order_id=order_id, reason=WHY):
            assert ordered.line_id is not None
            ordered.state = "approved"
            self.paper.lines[ordered.line_id].left_c += ordered.amount_c
            self.paper.post(ordered.company, ordered.amount_c, "499", "580")

    def _with(self, has: Any) -> dict[UUID, PaperLine]:
        return {id_: line for id_, line in self.paper.lines.items() if has(line)}
