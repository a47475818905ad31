"""An expense claim: what an entrepreneur paid for the activity and wants back.

    ── Submitted ──> submitted ── Approved ──> approved ── PaymentOrdered ──> ordered, until the bank's line pays it
                         │                     ordered ── PaymentWithdrawn ──> approved
                         └── Rejected ──> rejected
    approved, ordered ── Reversed ──> approved, with fewer lines, or reversed ── SetOff ──> less owed
    less owed ── SetOffReversed ──> as much as before

Submitted with its receipts, it sets its cost aside on the activity; approved by another person it
is posted, and owed to the claimant until a payment is ordered. Lines that were wrong are reversed, and
their receipts may be brought again; what was paid of them is owed back.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from domain.errors import (
    ClaimLineUnknown,
    ClaimNotApproved,
    ClaimNotWaiting,
    ClaimWithoutLines,
    DeductibleExceedsVat,
    EmptyText,
    InvalidReceiptHash,
    NothingDue,
    SecondPersonNeeded,
)
from domain.facts import Ledgered, Stamp, is_sha256, people_of, require_day
from domain.money import require_holdable, require_positive
from domain.owing import PaidBySetOff, require_unordered, require_within
from domain.personal import Personal, Retention
from domain.spending import ExpenseType


class ClaimState(StrEnum):
    """Where a claim stands."""

    SUBMITTED = "submitted"
    APPROVED = "approved"
    REJECTED = "rejected"
    REVERSED = "reversed"


@dataclass(frozen=True)
class ClaimLine:
    """One expense: its day, type and receipt; of its VAT, what the entity can deduct, in cents."""

    spent_on: date
    type: ExpenseType
    net_c: int
    vat_c: int
    vat_deductible_c: int
    receipt_sha256: str

    @property
    def gross_c(self) -> int:
        """What was paid."""
        return self.net_c + self.vat_c

    @property
    def cost_c(self) -> int:
        """What the activity bears: VAT that cannot be deducted is cost."""
        return self.gross_c - self.vat_deductible_c


class ExpenseClaim(Ledgered):
    """One claim of one entrepreneur on one activity."""

    TOPIC = "expense-claim"

    def __init__(
        self,
        entity_id: UUID,
        activity_id: UUID,
        claimant_id: UUID,
        person_id: UUID,
        lines: tuple[ClaimLine, ...],
    ) -> None:
        """Start waiting for another person."""
        self.entity_id = entity_id
        self.activity_id = activity_id
        self.claimant_id = claimant_id
        self.person_id = person_id
        self.lines = lines
        self.state = ClaimState.SUBMITTED
        self.people = frozenset({str(claimant_id), str(person_id)})
        self.order_id: UUID | None = None
        self.taken: frozenset[int] = frozenset()
        self.less_due_c = 0

    class Event(Ledgered.Event):
        """What happened to a claim."""

        entity_id: UUID
        activity_id: UUID

    class Submitted(Event, Ledgered.Created):
        """A member who runs the activity asked these expenses back."""

        TOPIC = "expense-claim.submitted.v1"
        claimant_id: UUID
        person_id: UUID
        lines: tuple[ClaimLine, ...]
        gross_c: int
        cost_c: int
        purpose: Annotated[str, Personal(Retention.ACCOUNTING, "person_id")]

        def apply(self, claim: ExpenseClaim) -> None:
            """Remember who asked: none of them can approve it."""
            claim.people |= people_of(self.actor, self.on_behalf_of)

    Created = Submitted

    class Approved(Event):
        """Another person approved the claim: it is a cost, and owed to the claimant."""

        TOPIC = "expense-claim.approved.v1"
        booked_on: date
        lines: tuple[ClaimLine, ...]
        gross_c: int
        cost_c: int

        def apply(self, claim: ExpenseClaim) -> None:
            """Owe it."""
            claim.state = ClaimState.APPROVED

    class Rejected(Event):
        """The claim was turned down."""

        TOPIC = "expense-claim.rejected.v1"
        person_id: UUID
        cost_c: int
        reason: Annotated[str, Personal(Retention.ACCOUNTING, "person_id")]

        def apply(self, claim: ExpenseClaim) -> None:
            """Owe nothing."""
            claim.state = ClaimState.REJECTED

    class PaymentOrdered(Event):
        """The approved order that pays the claim."""

        TOPIC = "expense-claim.payment-ordered.v1"
        order_id: UUID

        def apply(self, claim: ExpenseClaim) -> None:
            """Let no other order pay it."""
            claim.order_id = self.order_id

    class PaymentWithdrawn(Event):
        """The approved order was taken back before the bank paid: another one may pay it."""

        TOPIC = "expense-claim.payment-withdrawn.v1"
        order_id: UUID

        def apply(self, claim: ExpenseClaim) -> None:
            """Let another order pay it."""
            claim.order_id = None

    class Reversed(Event):
        """Lines were a mistake: they are neither a cost nor owed; `line_nos` counts them from 1.

        The claimant is owed `gross_c - back_c` less, and owes back the rest: it was paid already.
        """

        TOPIC = "expense-claim.reversed.v1"
        person_id: UUID
        booked_on: date
        line_nos: tuple[int, ...]
        lines: tuple[ClaimLine, ...]
        gross_c: int
        cost_c: int
        back_c: int
        whole: bool
        reason: Annotated[str, Personal(Retention.ACCOUNTING, "person_id")]

        def apply(self, claim: ExpenseClaim) -> None:
            """Owe less; nothing more once no line is left."""
            claim.taken |= set(self.line_nos)
            claim.less_due_c += self.gross_c - self.back_c
            claim.state = ClaimState.REVERSED if self.whole else claim.state

    class SetOff(Event, PaidBySetOff):
        """Part of it was paid by what the claimant owed back; the fact of that debt books it."""

        TOPIC = "expense-claim.set-off.v1"

    class SetOffReversed(Event, PaidBySetOff):
        """What the claimant owed back was set off against another document: so much, below zero, is owed again."""

        TOPIC = "expense-claim.set-off-reversed.v1"

    @classmethod
    def submit(
        cls,
        stamp: Stamp,
        *,
        id: UUID,
        entity_id: UUID,
        activity_id: UUID,
        claimant_id: UUID,
        person_id: UUID,
        lines: tuple[ClaimLine, ...],
        purpose: str,
    ) -> ExpenseClaim:
        """Submit a claim whose every line has a receipt."""
        if not lines:
            raise ClaimWithoutLines
        for line in lines:
            _require_sound(line)
        gross_c, cost_c = sum(line.gross_c for line in lines), sum(line.cost_c for line in lines)
        require_holdable(gross_c)
        return cls.begin(
            stamp,
            id=id,
            entity_id=entity_id,
            activity_id=activity_id,
            claimant_id=claimant_id,
            person_id=person_id,
            lines=lines,
            gross_c=gross_c,
            cost_c=cost_c,
            purpose=purpose,
        )

    @property
    def gross_c(self) -> int:
        """What the claimant paid and is owed once it is approved, in cents."""
        return sum(line.gross_c for line in self.lines)

    @property
    def due_c(self) -> int:
        """What is paid to the claimant, in cents."""
        return self.gross_c - self.less_due_c

    @property
    def cost_c(self) -> int:
        """What the activity bears, in cents."""
        return sum(line.cost_c for line in self.lines)

    @property
    def receipts(self) -> tuple[str, ...]:
        """The hashes of its receipts, each once."""
        return tuple(dict.fromkeys(line.receipt_sha256 for line in self.lines))

    def approve(self, stamp: Stamp, *, booked_on: date) -> None:
        """Approve the claim as a person who neither asked nor is paid."""
        self._require_waiting()
        if self.people & people_of(stamp.actor, stamp.on_behalf_of):
            raise SecondPersonNeeded(claimant_id=self.claimant_id)
        self.note(
            self.Approved,
            stamp,
            entity_id=self.entity_id,
            activity_id=self.activity_id,
            booked_on=booked_on,
            lines=self.lines,
            gross_c=self.gross_c,
            cost_c=self.cost_c,
        )

    def reject(self, stamp: Stamp, *, reason: str) -> None:
        """Turn the claim down, with a reason; its own author may withdraw it so."""
        self._require_waiting()
        if not reason.strip():
            raise EmptyText(field="reason")
        self.note(
            self.Rejected,
            stamp,
            entity_id=self.entity_id,
            activity_id=self.activity_id,
            person_id=self.person_id,
            cost_c=self.cost_c,
            reason=reason,
        )

    def require_due(self) -> None:
        """Refuse to pay what is not approved, owed no more, or paid by an order already.

        What was reversed is due if its payment was not made, and what it left to be owed back was paid otherwise.
        """
        self._require_owed()
        if not self.due_c:
            raise NothingDue(state=self.state)

    def order_payment(self, stamp: Stamp, *, order_id: UUID) -> None:
        """Pay the claim by this order, and by no other."""
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

    @property
    def left(self) -> tuple[int, ...]:
        """The numbers of the lines that stand, from 1."""
        return tuple(number for number in range(1, len(self.lines) + 1) if number not in self.taken)

    def back_of(self, gross_c: int) -> int:
        """Return what of so much the claimant was paid already, and owes back, in cents."""
        return gross_c if self.order_id is not None else max(gross_c - self.due_c, 0)

    def to_take_back(self, line_nos: Sequence[int]) -> tuple[ClaimLine, ...]:
        """Return these lines of the approved claim, or refuse to take them back."""
        if self.state is not ClaimState.APPROVED:
            raise ClaimNotApproved(state=self.state)
        if not line_nos or len(set(line_nos)) != len(line_nos) or not set(line_nos) <= set(self.left):
            raise ClaimLineUnknown(line_nos=tuple(line_nos), left=self.left)
        return tuple(self.lines[number - 1] for number in line_nos)

    def reverse(self, stamp: Stamp, *, booked_on: date, line_nos: Sequence[int], reason: str) -> None:
        """Take lines of an approved claim back, for a reason."""
        lines = self.to_take_back(line_nos)
        if not reason.strip():
            raise EmptyText(field="reason")
        gross_c = sum(line.gross_c for line in lines)
        self.note(
            self.Reversed,
            stamp,
            entity_id=self.entity_id,
            activity_id=self.activity_id,
            person_id=self.person_id,
            booked_on=booked_on,
            line_nos=tuple(line_nos),
            lines=lines,
            gross_c=gross_c,
            cost_c=sum(line.cost_c for line in lines),
            back_c=self.back_of(gross_c),
            whole=len(line_nos) == len(self.left),
            reason=reason,
        )

    def set_off(self, stamp: Stamp, *, debt_id: UUID, amount_c: int) -> None:
        """Pay part of the claim by what the claimant owes back."""
        self._require_owed()
        require_within(self.due_c, amount_c)
        says = {"entity_id": self.entity_id, "activity_id": self.activity_id}
        self.note(self.SetOff, stamp, **says, debt_id=debt_id, amount_c=amount_c)

    def undo_set_off(self, stamp: Stamp, *, debt_id: UUID, amount_c: int) -> None:
        """Be owed again what was set off by mistake, before an order pays the rest."""
        require_unordered(self.order_id)
        says = {"entity_id": self.entity_id, "activity_id": self.activity_id}
        self.note(self.SetOffReversed, stamp, **says, debt_id=debt_id, amount_c=-amount_c)

    def _require_owed(self) -> None:
        if self.state not in (ClaimState.APPROVED, ClaimState.REVERSED):
            raise NothingDue(state=self.state)
        require_unordered(self.order_id)

    def _require_waiting(self) -> None:
        if self.state is not ClaimState.SUBMITTED:
            raise ClaimNotWaiting(state=self.state)


def _require_sound(line: ClaimLine) -> None:
    require_day(line.spent_on)
    require_positive(line.net_c)
    require_holdable(line.vat_c, line.vat_deductible_c)
    if not 0 <= line.vat_deductible_c <= line.vat_c:
        raise DeductibleExceedsVat(vat_c=line.vat_c, vat_deductible_c=line.vat_deductible_c)
    if not is_sha256(line.receipt_sha256):
        raise InvalidReceiptHash
