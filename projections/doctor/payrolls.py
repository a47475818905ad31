"""What was asked and posted for each wage: no view in use keeps it, and the checks need it.

It is made from the facts only beside the read models, while the books are checked.
"""

from __future__ import annotations

from domain.aggregates.payroll import Payroll
from projections.read_model import Page, ReadModel, Table, on

PAYROLLS = Table(
    "checked_payroll",
    (
        """
        CREATE TABLE checked_payroll (
            payroll_id uuid PRIMARY KEY,
            entity_id uuid NOT NULL,
            activity_id uuid NOT NULL,
            budget_c bigint NOT NULL,
            net_c bigint NOT NULL DEFAULT 0,
            director_c bigint NOT NULL DEFAULT 0,
            less_c bigint NOT NULL DEFAULT 0,
            waits boolean NOT NULL DEFAULT true
        )
        """,
    ),
    "SELECT * FROM checked_payroll ORDER BY payroll_id",
)

_ADD = "COPY checked_payroll (payroll_id, entity_id, activity_id, budget_c) FROM STDIN"
_PAY_LESS = """
    UPDATE checked_payroll SET less_c = less_c + less.amount_c
    FROM unnest(%s::uuid[], %s::bigint[]) AS less (id, amount_c) WHERE payroll_id = less.id
"""
_END = """
    UPDATE checked_payroll SET waits = false, net_c = %(net_c)s, director_c = %(director_c)s
    WHERE payroll_id = %(payroll_id)s
"""


class PayrollsPage(Page):
    """Takes requests in, and that they wait no longer."""

    @on(Payroll.Requested)
    def _requested(self, _: int, event: Payroll.Requested) -> None:
        self.add(_ADD, event.originator_id, event.entity_id, event.activity_id, event.budget_c)

    @on(Payroll.SlipPosted)
    def _posted(self, _: int, event: Payroll.SlipPosted) -> None:
        self.change(_END, payroll_id=event.originator_id, net_c=event.net_c, director_c=0)

    @on(Payroll.DirectorPayPosted)
    def _director_paid(self, _: int, event: Payroll.DirectorPayPosted) -> None:
        self.change(_END, payroll_id=event.originator_id, net_c=0, director_c=event.net_c)

    @on(Payroll.SlipReversed, Payroll.DirectorPayReversed)
    def _reversed(self, _: int, event: Payroll.SlipReversed | Payroll.DirectorPayReversed) -> None:
        self.add_amount(_PAY_LESS, event.originator_id, event.net_c - event.back_c)

    @on(Payroll.SetOff, Payroll.SetOffReversed, Payroll.DebtSetOff, Payroll.DebtSetOffReversed)
    def _set_off(
        self, _: int, event: Payroll.SetOff | Payroll.DebtSetOff | Payroll.DebtSetOffReversed
    ) -> None:
        self.add_amount(_PAY_LESS, event.originator_id, event.amount_c)

    @on(Payroll.Withdrawn)
    def _withdrawn(self, _: int, event: Payroll.Withdrawn) -> None:
        self.change(_END, payroll_id=event.originator_id, net_c=0, director_c=0)


CHECKED_PAYROLLS = ReadModel("checked_payrolls", 4, (PAYROLLS,), PayrollsPage)
