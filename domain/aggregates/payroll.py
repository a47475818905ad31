"""A payroll: what an activity asks to be paid as wages, and the slip that became of it.

    ── Requested ──> requested ── SlipPosted ──> posted ── PaymentOrdered ──> ordered, until the bank's line pays it
                         │                       ordered ── PaymentWithdrawn ──> posted
                         └── Withdrawn ──> withdrawn
    requested ── DirectorPayPosted ──> posted, as the pay of a director
    posted ── SetOff, DebtSetOff ──> posted, with less to pay
    with less to pay ── SetOffReversed, DebtSetOffReversed ──> posted, with as much as before
    posted, ordered ── SlipReversed, DirectorPayReversed ──> reversed

The request sets its whole cost aside within what is available. The slip comes from the social
secretariat: a legal fact that is never reckoned here, is accepted as it is, and is flagged if it
overdraws the activity. One that was wrong is reversed on its own day, as far as its month takes bookings: so
contributions and tax go back into the declaration they belong to, or else into the next. Whoever is paid as a director is no employee: the cooperative withholds tax, and
the director pays social contributions of their own (Royal Decree n°38 of 27 July 1967 ◇).
"""

from __future__ import annotations

from datetime import date
from typing import Annotated
from uuid import UUID

from domain.errors import (
    EmptyText,
    NothingDue,
    NotPaidAsDirector,
    NotPaidByWage,
    OverWageLimit,
    PayrollWithdrawn,
    SlipNotPosted,
    SlipPostedAlready,
)
from domain.facts import Ledgered, Stamp
from domain.money import require_positive
from domain.owing import WithheldBySetOff, require_unordered, require_within
from domain.personal import Personal, Retention
from domain.slips import SlipLine, SlipOf, SlipType, cost_of


class TakingBack(Ledgered.Event):
    """A posted slip or statement was wrong, and is taken back whole; the right one is asked for anew, in cents.

    The member is owed `net_c - back_c` less, and owes back the rest: it was paid, or set off, already.
    """

    person_id: UUID
    booked_on: date
    cost_c: int
    net_c: int
    back_c: int
    reason: Annotated[str, Personal(Retention.ACCOUNTING, "person_id")]

    def apply(self, payroll: Payroll) -> None:
        """Owe less, and be over."""
        payroll.less_due_c += self.net_c - self.back_c
        payroll.reversed = True


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
        self.posted_on: date | None = None
        self.slip: SlipOf | None = None
        self.less_due_c = 0
        self.reversed = False

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
            payroll.posted_on = self.effective_on
            payroll.slip = SlipOf(self.slip_ref, self.lines, self.employer_c)

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
            payroll.posted_on = self.effective_on
            lines = (SlipLine(SlipType.GROSS, self.gross_c), SlipLine(SlipType.WAGE_TAX, -self.wage_tax_c))
            payroll.slip = SlipOf(self.statement_ref, lines, 0)

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

    class SetOffReversed(SetOff):
        """It was withheld by mistake: so much, below zero, is owed again; the deficit's own fact books it."""

        TOPIC = "payroll.set-off-reversed.v1"

    class DebtSetOff(Event, WithheldBySetOff):
        """Part of the net wage paid what its member owed back; the fact of that debt books it."""

        TOPIC = "payroll.debt-set-off.v1"

    class DebtSetOffReversed(Event, WithheldBySetOff):
        """What its member owed back was set off against another document: so much, below zero, is owed again."""

        TOPIC = "payroll.debt-set-off-reversed.v1"

    class SlipReversed(Event, TakingBack):
        """The slip was wrong: wage, contributions and what was withheld are taken back."""

        TOPIC = "payroll.slip-reversed.v1"
        slip_ref: str
        lines: tuple[SlipLine, ...]
        employer_c: int

    class DirectorPayReversed(Event, TakingBack):
        """What a director was to be paid was wrong: the pay and the tax withheld are taken back."""

        TOPIC = "payroll.director-pay-reversed.v1"
        statement_ref: str
        wage_tax_c: int

    @property
    def due_c(self) -> int:
        """The net wage of the posted slip less what was set off against it or taken back, in cents."""
        return (self.net_c or 0) - self.set_off_c - self.less_due_c

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
        """Refuse to pay a wage without a slip, one of which nothing is owed, or one paid by an order already.

        One that was reversed is due if its payment was not made, and what was owed back of it paid otherwise.
        """
        if not self.due_c:
            raise NothingDue(payroll_id=self.id)
        require_unordered(self.order_id)

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
        self._require_within_limit(amount_c, limit_bp)
        self.note(
            self.SetOff,
            stamp,
            entity_id=self.entity_id,
            activity_id=self.activity_id,
            deficit_id=deficit_id,
            amount_c=amount_c,
        )

    def undo_deficit_set_off(self, stamp: Stamp, *, deficit_id: UUID, amount_c: int) -> None:
        """Owe again what was withheld for a deficit by mistake, while the slip stands and no order pays it."""
        require_unordered(self.order_id)
        if self.reversed:
            raise SlipNotPosted(payroll_id=self.id)
        says = {"entity_id": self.entity_id, "activity_id": self.activity_id}
        self.note(self.SetOffReversed, stamp, **says, deficit_id=deficit_id, amount_c=-amount_c)

    def set_off_debt(
        self, stamp: Stamp, *, debt_id: UUID, amount_c: int, limit_bp: int | None, as_director: bool
    ) -> None:
        """Pay part of what the member owes back out of the net, in all at most `limit_bp` of it if there is one."""
        require_unordered(self.order_id)
        if as_director is not self.of_director:
            refusal = NotPaidAsDirector if as_director else NotPaidByWage
            raise refusal(payroll_id=self.id)
        require_within(self.due_c, amount_c)
        if limit_bp is not None:
            self._require_within_limit(amount_c, limit_bp)
        says = {"entity_id": self.entity_id, "activity_id": self.activity_id}
        self.note(self.DebtSetOff, stamp, **says, debt_id=debt_id, amount_c=amount_c)

    def undo_set_off(self, stamp: Stamp, *, debt_id: UUID, amount_c: int) -> None:
        """Be owed again what was set off by mistake, before an order pays the rest."""
        require_unordered(self.order_id)
        says = {"entity_id": self.entity_id, "activity_id": self.activity_id}
        self.note(self.DebtSetOffReversed, stamp, **says, debt_id=debt_id, amount_c=-amount_c)

    def back_of(self, net_c: int) -> int:
        """Return what of so much the member was paid already, and owes back, in cents."""
        return net_c if self.order_id is not None else max(net_c - self.due_c, 0)

    @property
    def standing_slip(self) -> SlipOf:
        """What can be taken back; raises SlipNotPosted."""
        if self.slip is None or self.reversed:
            raise SlipNotPosted(payroll_id=self.id)
        return self.slip

    def reverse(self, stamp: Stamp, *, booked_on: date, reason: str) -> None:
        """Take the posted slip back, whole, for a reason."""
        slip, net_c = self.standing_slip, self.net_c or 0
        if not reason.strip():
            raise EmptyText(field="reason")
        said: dict[str, object] = {
            "entity_id": self.entity_id,
            "activity_id": self.activity_id,
            "person_id": self.person_id,
            "booked_on": booked_on,
            "cost_c": cost_of(slip.lines, slip.employer_c),
            "net_c": net_c,
            "back_c": self.back_of(net_c),
            "reason": reason,
        }
        if self.of_director:
            tax_c = cost_of(slip.lines, 0) - net_c
            self.note(self.DirectorPayReversed, stamp, **said, statement_ref=slip.ref, wage_tax_c=tax_c)
            return
        says = {"slip_ref": slip.ref, "lines": slip.lines, "employer_c": slip.employer_c}
        self.note(self.SlipReversed, stamp, **said, **says)

    def _require_within_limit(self, amount_c: int, limit_bp: int) -> None:
        limit_c = (self.net_c or 0) * limit_bp // 10_000
        if self.set_off_c + amount_c > limit_c:
            raise OverWageLimit(limit_c=limit_c, set_off_c=self.set_off_c, amount_c=amount_c)

    def withdraw(self, stamp: Stamp) -> None:
        """Take the request back before its slip is posted."""
        self.require_unposted()
        self.note(self.Withdrawn, stamp, entity_id=self.entity_id, activity_id=self.activity_id)
