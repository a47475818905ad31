"""Bills set off by mistake: begun with one that was paid and credited, so that its supplier owes from the start."""

from __future__ import annotations

from hypothesis import strategies as st
from hypothesis.stateful import rule

from tests.areas.bill_corrections import Corrections, PaperBack
from tests.areas.bills import DIRECTED, SUPPLIERS, PaperDebt
from tests.areas.desk import CENTS_MORE, PICK, TENTHS

NETS_C = (900_00, 400_00, 300_00, 200_00)
"""Of the bills: the first is paid and credited by half, the others are owed."""


class BillSetOffs(Corrections):
    """All rules about bills; against other bills of its supplier there is much to set off, and to undo."""

    def found(self) -> None:
        super().found()
        for number, net_c in enumerate(NETS_C, start=1):
            self.receive(SUPPLIERS[0], number, DIRECTED, net_c, net_c // 5, 1, reverse=False)
            self.approve_bill(self.debts[-1], "ben")
        paid = self.debts[0]
        self.order_and_approve(0)
        assert paid.paid_by is not None
        self.credit_it(paid, paid.net_c // 2, paid.vat_c // 2)

    def mistaken(self, pick: int, tenths: int) -> tuple[PaperBack, PaperDebt] | None:
        """Set part of a debt off against another bill of its supplier, if there are both."""
        if (back := self.one_of([each for each in self.backs if each.open_c], pick)) is None:
            return None
        due = [each for each in self.debts if each.state == "owed" and each.due_c and each.paid_by is None]
        others = [each for each in due if each.payee_id == back.bill.payee_id and each is not back.bill]
        if (bill := self.one_of(others, pick)) is None:
            return None
        self.set_it_off(back, bill, max(1, self.part(min(back.open_c, bill.due_c), tenths, 0)))
        return back, bill

    @rule(pick=PICK, tenths=TENTHS, parts=TENTHS, more_c=CENTS_MORE)
    def set_off_by_mistake(self, pick: int, tenths: int, parts: int, more_c: int) -> None:
        """Undo part or all of what was set off, or a cent more."""
        if (done := self.mistaken(pick, tenths)) is not None:
            self._undo(*done, parts, more_c)

    @rule(pick=PICK, tenths=TENTHS, parts=TENTHS)
    def pay_what_was_set_off(self, pick: int, tenths: int, parts: int) -> None:
        """Order the rest of the bill: what was set off against it stands."""
        if (done := self.mistaken(pick, tenths)) is not None:
            self.order_and_approve(pick)
            self._undo(*done, parts, 0)

    @rule(pick=PICK, tenths=TENTHS, parts=TENTHS, whole=st.booleans(), given_up=st.booleans())
    def correct_what_was_set_off(
        self, pick: int, tenths: int, parts: int, *, whole: bool, given_up: bool
    ) -> None:
        """Let the bill be reversed or credited, and what that leaves be given up, before the set-off is undone."""
        if (done := self.mistaken(pick, tenths)) is None:
            return
        _, bill = done
        before = len(self.backs)
        if whole:
            self.reverse_it(bill, "anna")
        else:
            self.credit_it(bill, bill.net_c - bill.gone_net_c, 0)
        for number in range(before, len(self.backs)):
            if given_up:
                self.give_it_up(self.backs[number], "ben")
        self._undo(*done, parts, 0)

    def _undo(self, back: PaperBack, bill: PaperDebt, parts: int, more_c: int) -> None:
        self.undo_it(back, bill, self.part(back.set_off_on[bill.id], parts, more_c))
