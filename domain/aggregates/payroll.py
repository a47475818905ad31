"""A payroll: what an activity asks to be paid as wages, and the slip that became of it.

    ── Requested ──> requested ── SlipPosted ──> posted ── PaymentOrdered ──> ordered, until the bank's line pays it
                         │                       ordered ── PaymentWithdrawn ──> posted
                         └── Withdrawn ──> withdrawn
    requested ── DirectorPayPosted ──> posted, as the pay of a director
    posted ── SetOff ──> posted, with less to pay

The request sets its whole cost aside within what is available. The slip comes from the social
secretariat: a legal fact that is never reckoned here, is accepted as it is, and is flagged if it
overdraws the activity. Whoever is paid as a director is no employee: the cooperative withholds tax, and
the director pays social contributions of their own (Royal Decree n°38 of 27 July 1967 ◇).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from domain.errors import (
    AmountNegative,
    NothingDue,
    NotPaidByWage,
    OverWageLimit,
    PaidAlready,
    PayrollWithdrawn,
    SlipLineSigned,
    SlipNetDiffers,
    SlipPostedAlready,
)
from domain.facts import Ledgered, Stamp
from domain.money import require_holdable, require_positive


class SlipType(StrEnum):
    """What a line of a slip is."""

    GROSS = "gross"
    UNTAXED_COSTS = "untaxed-costs"
    EMPLOYEE_CONTRIBUTIONS = "employee-contributions"
    SPECIAL_CONTRIBUTION = "special-contribution"
    WAGE_TAX = "wage-tax"
    GARNISHMENT = "garnishment"


_ADDED = frozenset({SlipType.GROSS, SlipType.UNTAXED_COSTS})


@dataclass(frozen=True)
class SlipLine:
    """One line of a slip, in signed cents: what is earned above zero, what is withheld below."""

    type: SlipType
    amount_c: int


class Payroll(Ledgered):
    """One wage of one member on one activity."""

    TOPIC = "payroll"

    def __init__(self, entity_id: UUID, activity_id: UUID, person_id: UUID, budget_c: int) -> None:
        """Start as a request."""
        self.entity_id = entity_id
        self.activity_id = activity_id
        self.person_id = person_id
        self.budget_c = budget_c
        self.net_c: int | None = None
        self.set_off_c = 0
        self.order_id: UUID | None = None
        self.withdrawn = False
        self.of_director = False

    class Event(Ledgered.Event):
        """What happened to a payroll."""

        entity_id: UUID
        activity_id: UUID

    class Requested(Event, Ledgered.Created):
        """A wage was asked; `budget_c` is its whole cost, the employer's contributions included."""

        TOPIC = "payroll.requested.v1"
        employee_id: UUID
        person_id: UUID
        budget_c: int

    Created = Requested

    class SlipPosted(Event):
        """The social secretariat's slip; `overdrawn_c` is by how much it exceeded what was available."""

        TOPIC = "payroll.slip-posted.v1"
        booked_on: date
        slip_ref: str
        lines: tuple[SlipLine, ...]
        net_c: int
        employer_c: int
        cost_c: int
        budget_c: int
        overdrawn_c: int

        def apply(self, payroll: Payroll) -> None:
            """Owe the net wage."""
            payroll.net_c = self.net_c

    class DirectorPayPosted(Event):
        """What a director is paid, less the tax withheld; `overdrawn_c` is by how much it exceeded what was available."""

        TOPIC = "payroll.director-pay-posted.v1"
        booked_on: date
        statement_ref: str
        gross_c: int
        wage_tax_c: int
        net_c: int
        budget_c: int
        overdrawn_c: int

        def apply(self, payroll: Payroll) -> None:
            """Owe the net pay."""
            payroll.net_c = self.net_c
            payroll.of_director = True

    class PaymentOrdered(Event):
        """The approved order that pays the net wage."""

        TOPIC = "payroll.payment-ordered.v1"
        order_id: UUID

        def apply(self, payroll: Payroll) -> None:
            """Let no other order pay it."""
            payroll.order_id = self.order_id

    class PaymentWithdrawn(Event):
        """The approved order was taken back before the bank paid: another one may pay it."""

        TOPIC = "payroll.payment-withdrawn.v1"
        order_id: UUID

        def apply(self, payroll: Payroll) -> None:
            """Let another order pay it."""
            payroll.order_id = None

    class Withdrawn(Event):
        """The wage was not wanted after all: nothing is set aside for it any more."""

        TOPIC = "payroll.withdrawn.v1"

        def apply(self, payroll: Payroll) -> None:
            """Take no slip."""
            payroll.withdrawn = True

    class SetOff(Event):
        """Part of the net wage pays a deficit that its member owes; the deficit's own fact books it."""

        TOPIC = "payroll.set-off.v1"
        deficit_id: UUID
        amount_c: int

        def apply(self, payroll: Payroll) -> None:
            """Owe less."""
            payroll.set_off_c += self.amount_c

    @property
    def due_c(self) -> int:
        """The net wage of the posted slip less what was set off against it, in cents."""
        return (self.net_c or 0) - self.set_off_c

    def require_unposted(self) -> None:
        """Refuse a second slip, and one for a wage that was withdrawn."""
        if self.withdrawn:
            raise PayrollWithdrawn(payroll_id=self.id)
        if self.net_c is not None:
            raise SlipPostedAlready(payroll_id=self.id)

    def post_slip(
        self,
        stamp: Stamp,
        *,
        booked_on: date,
        slip_ref: str,
        lines: tuple[SlipLine, ...],
        net_c: int,
        employer_c: int,
        overdrawn_c: int,
    ) -> None:
        """Post the slip as the secretariat gives it, once."""
        self.require_unposted()
        self.note(
            self.SlipPosted,
            stamp,
            entity_id=self.entity_id,
            activity_id=self.activity_id,
            booked_on=booked_on,
            slip_ref=slip_ref,
            lines=lines,
            net_c=net_c,
            employer_c=employer_c,
            cost_c=cost_of(lines, employer_c),
            budget_c=self.budget_c,
            overdrawn_c=overdrawn_c,
        )

    def post_director_pay(
        self,
        stamp: Stamp,
        *,
        booked_on: date,
        statement_ref: str,
        gross_c: int,
        wage_tax_c: int,
        overdrawn_c: int,
    ) -> None:
        """Post what a director is paid, once."""
        self.require_unposted()
        self.note(
            self.DirectorPayPosted,
            stamp,
            entity_id=self.entity_id,
            activity_id=self.activity_id,
            booked_on=booked_on,
            statement_ref=statement_ref,
            gross_c=gross_c,
            wage_tax_c=wage_tax_c,
            net_c=gross_c - wage_tax_c,
            budget_c=self.budget_c,
            overdrawn_c=overdrawn_c,
        )

    def require_due(self) -> None:
        """Refuse to pay a wage without a slip, or one paid by an order already."""
        if not self.due_c:
            raise NothingDue(payroll_id=self.id)
        if self.order_id is not None:
            raise PaidAlready(order_id=self.order_id)

    def order_payment(self, stamp: Stamp, *, order_id: UUID) -> None:
        """Pay the net wage by this order, and by no other."""
        self.require_due()
        self.note(
            self.PaymentOrdered,
            stamp,
            entity_id=self.entity_id,
            activity_id=self.activity_id,
            order_id=order_id,
        )

    def withdraw_payment(self, stamp: Stamp, *, order_id: UUID) -> None:
        """Be owed again, since that order was taken back."""
        self.note(
            self.PaymentWithdrawn,
            stamp,
            entity_id=self.entity_id,
            activity_id=self.activity_id,
            order_id=order_id,
        )

    def set_off(self, stamp: Stamp, *, deficit_id: UUID, amount_c: int, limit_bp: int) -> None:
        """Pay part of a deficit out of the net wage, in all at most `limit_bp` of it (1 bp = 1/10,000)."""
        self.require_due()
        require_positive(amount_c)
        if self.of_director:
            raise NotPaidByWage(payroll_id=self.id)
        limit_c = (self.net_c or 0) * limit_bp // 10_000
        if self.set_off_c + amount_c > limit_c:
            raise OverWageLimit(limit_c=limit_c, set_off_c=self.set_off_c, amount_c=amount_c)
        self.note(
            self.SetOff,
            stamp,
            entity_id=self.entity_id,
            activity_id=self.activity_id,
            deficit_id=deficit_id,
            amount_c=amount_c,
        )

    def withdraw(self, stamp: Stamp) -> None:
        """Take the request back before its slip is posted."""
        self.require_unposted()
        self.note(self.Withdrawn, stamp, entity_id=self.entity_id, activity_id=self.activity_id)


def cost_of(lines: tuple[SlipLine, ...], employer_c: int) -> int:
    """Return what the activity bears: all that is earned, and the employer's contributions."""
    return sum(line.amount_c for line in lines if line.type in _ADDED) + employer_c


def require_sound_slip(lines: tuple[SlipLine, ...], net_c: int, employer_c: int) -> None:
    """Refuse a slip whose lines are not signed as their types, or do not sum to the net paid."""
    require_holdable(net_c, employer_c, *(line.amount_c for line in lines))
    if employer_c < 0 or net_c < 0:
        raise AmountNegative(employer_c=employer_c, net_c=net_c)
    signed: Mapping[SlipLine, bool] = {
        line: line.amount_c != 0 and (line.amount_c > 0) is (line.type in _ADDED) for line in lines
    }
    for line, right in signed.items():
        if not right:
            raise SlipLineSigned(type=line.type, amount_c=line.amount_c)
    if sum(line.amount_c for line in lines) != net_c:
        raise SlipNetDiffers(lines_c=sum(line.amount_c for line in lines), net_c=net_c)
    require_positive(cost_of(lines, employer_c))
