"""Payrolls: each wage asked, the slip that became of it, and whether its payment is ordered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from domain.aggregates.payroll import Payroll
from projections.read_model import Page, ReadModel, Table, on
from projections.reader import Reader

PAYROLL = Table(
    "payroll",
    (
        """
        CREATE TABLE payroll (
            payroll_id uuid PRIMARY KEY,
            entity_id uuid NOT NULL,
            activity_id uuid NOT NULL,
            employee_id uuid NOT NULL,
            requested_on date NOT NULL,
            budget_c bigint NOT NULL,
            state text NOT NULL DEFAULT 'requested',
            slip_ref text,
            posted_on date,
            net_c bigint,
            cost_c bigint,
            overdrawn_c bigint,
            order_id uuid,
            position bigint NOT NULL,
            set_off_c bigint NOT NULL DEFAULT 0,
            less_due_c bigint NOT NULL DEFAULT 0
        )
        """,
        "CREATE INDEX payroll_of_entity ON payroll (entity_id, position)",
        "CREATE INDEX payroll_of_employee ON payroll (employee_id, position)",
    ),
    "SELECT * FROM payroll ORDER BY payroll_id",
)

_ADD = """
    COPY payroll (payroll_id, entity_id, activity_id, employee_id, requested_on, budget_c, position) FROM STDIN
"""
# Which of posting and reversal is written first must not matter: what is reversed stays reversed.
_POST = """
    UPDATE payroll SET state = CASE state WHEN 'reversed' THEN state ELSE 'posted' END, slip_ref = %(slip_ref)s, posted_on = %(posted_on)s, net_c = %(net_c)s,
        cost_c = %(cost_c)s, overdrawn_c = %(overdrawn_c)s
    WHERE payroll_id = %(payroll_id)s
"""
_SET_OFF = """
    UPDATE payroll SET set_off_c = set_off_c + more.amount_c
    FROM unnest(%s::uuid[], %s::bigint[]) AS more (id, amount_c) WHERE payroll_id = more.id
"""
_REVERSE = "UPDATE payroll SET state = 'reversed' WHERE payroll_id = %(payroll_id)s"
_OWE_LESS = """
    UPDATE payroll SET less_due_c = less_due_c + more.amount_c
    FROM unnest(%s::uuid[], %s::bigint[]) AS more (id, amount_c) WHERE payroll_id = more.id
"""
_WITHDRAW = "UPDATE payroll SET state = 'withdrawn' WHERE payroll_id = %(payroll_id)s"
_PAY = "UPDATE payroll SET order_id = %(order_id)s WHERE payroll_id = %(payroll_id)s"


class PayrollsPage(Page):
    """Takes wages in, and what became of them."""

    @on(Payroll.Requested)
    def _requested(self, position: int, event: Payroll.Requested) -> None:
        whose = (event.entity_id, event.activity_id, event.employee_id)
        self.add(_ADD, event.originator_id, *whose, event.effective_on, event.budget_c, position)

    @on(Payroll.SlipPosted)
    def _posted(self, _: int, event: Payroll.SlipPosted) -> None:
        self.change(
            _POST,
            payroll_id=event.originator_id,
            slip_ref=event.slip_ref,
            posted_on=event.effective_on,
            net_c=event.net_c,
            cost_c=event.cost_c,
            overdrawn_c=event.overdrawn_c,
        )

    @on(Payroll.DirectorPayPosted)
    def _director_paid(self, _: int, event: Payroll.DirectorPayPosted) -> None:
        self.change(
            _POST,
            payroll_id=event.originator_id,
            slip_ref=event.statement_ref,
            posted_on=event.effective_on,
            net_c=event.net_c,
            cost_c=event.gross_c,
            overdrawn_c=event.overdrawn_c,
        )

    @on(Payroll.Withdrawn)
    def _withdrawn(self, _: int, event: Payroll.Withdrawn) -> None:
        self.change(_WITHDRAW, payroll_id=event.originator_id)

    @on(Payroll.SlipReversed, Payroll.DirectorPayReversed)
    def _reversed(self, _: int, event: Payroll.SlipReversed | Payroll.DirectorPayReversed) -> None:
        self.change(_REVERSE, payroll_id=event.originator_id)
        self.add_amount(_OWE_LESS, event.originator_id, event.net_c - event.back_c)

    @on(Payroll.SetOff, Payroll.SetOffReversed, Payroll.DebtSetOff, Payroll.DebtSetOffReversed)
    def _set_off(
        self, _: int, event: Payroll.SetOff | Payroll.DebtSetOff | Payroll.DebtSetOffReversed
    ) -> None:
        self.add_amount(_SET_OFF, event.originator_id, event.amount_c)

    @on(Payroll.PaymentOrdered)
    def _paid(self, _: int, event: Payroll.PaymentOrdered) -> None:
        self.change(_PAY, order_id=event.order_id, payroll_id=event.originator_id)

    @on(Payroll.PaymentWithdrawn)
    def _not_paid(self, _: int, event: Payroll.PaymentWithdrawn) -> None:
        self.change(_PAY, order_id=None, payroll_id=event.originator_id)


PAYROLLS = ReadModel("payrolls", 6, (PAYROLL,), PayrollsPage)


@dataclass(frozen=True)
class Wage:
    """One wage or director's pay, in cents; `budget_c` is what was asked in all, `cost_c` what the slip costs in all.

    `state` is requested, posted, withdrawn or reversed; `overdrawn_c` is by how much the slip exceeded what was
    available, and `order_id` the approved order that pays `net_c` less `set_off_c`, which
    went against a deficit or what the member owed back, and `less_due_c`, which was taken back unpaid.
    """

    payroll_id: UUID
    entity_id: UUID
    activity_id: UUID
    employee_id: UUID
    requested_on: date
    budget_c: int
    state: str
    slip_ref: str | None
    posted_on: date | None
    net_c: int | None
    cost_c: int | None
    overdrawn_c: int | None
    order_id: UUID | None
    position: int
    set_off_c: int
    less_due_c: int


_WAGES_OF = """
    SELECT * FROM payroll
    WHERE (%(entity_id)s::uuid IS NULL OR entity_id = %(entity_id)s)
        AND (%(employee_id)s::uuid IS NULL OR employee_id = %(employee_id)s)
        AND (%(state)s::text IS NULL OR state = %(state)s)
        AND position < coalesce(%(before)s::bigint, 9223372036854775807)
    ORDER BY position DESC LIMIT %(limit)s
"""


def payrolls(
    reader: Reader,
    *,
    entity_id: UUID | None = None,
    employee_id: UUID | None = None,
    state: str | None = None,
    before: int | None = None,
    limit: int | None = 100,
) -> list[Wage]:
    """Return payrolls, the latest first, of one member or in one state only if it is given."""
    values = {"entity_id": entity_id, "employee_id": employee_id, "state": state}
    return reader.rows(Wage, _WAGES_OF, before=before, limit=limit, **values)
