"""What a payee owes back: it was paid, and what it was paid for was corrected afterwards.

    ── Arose ──> owed ── RepaymentReceived, SetOff, GivenUp ──> less owed
    less owed, with the last cent ──> settled
    less owed, settled ── RepaymentReversed, SetOffReversed, GivingUpReversed ──> owed as before

What the payee is owed next is set off against it: a supplier's next bill, a member's next claim, and a
wage within the statutory limit (Act of 12 April 1965, art. 23 ◇), unless it is the very wage that was
taken back. The rest comes back through the bank, or is given up by a second person. A receipt that meant
another document, or that the bank took back by another line, paid nothing of it; and what was given up of
a payment that was not made after all was no loss. What was set off against the wrong document is taken
back, too; never what was set off against its own, which was not paid after all.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any
from uuid import UUID

from domain.allocating import require_reason
from domain.errors import EmptyText, ExceedsDue, ExceedsSetOff, OwnSetOffStands, SecondPersonNeeded
from domain.facts import Ledgered, Stamp, people_of
from domain.money import require_positive
from domain.owing import PaidFor
from domain.personal import Personal, Retention


class Settling(Ledgered.Event):
    """What is said when part of it is owed no longer, in cents."""

    booked_on: date
    amount_c: int

    def apply(self, debt: Any) -> None:
        """Be owed less."""
        debt.open_c -= self.amount_c


class SettingOff(Settling):
    """What is said when part of it is set off against a document, or below zero is so no longer, in cents."""

    def apply(self: Any, debt: Any) -> None:
        """Be owed less, and remember against what."""
        Settling.apply(self, debt)
        against = (self.paid_for, self.document_id)
        debt.set_off_against = {**debt.set_off_against, against: debt.set_off_of(*against) + self.amount_c}


class Forgoing(Settling):
    """What is said when the cooperative bears part of it, or below zero bears it no longer, in cents."""

    def apply(self, debt: Any) -> None:
        """Be owed less, and remember what was borne."""
        debt.open_c -= self.amount_c
        debt.given_up_c += self.amount_c


class PayeeDebt(Ledgered):
    """What one payee owes back of one payment."""

    TOPIC = "payee-debt"

    def __init__(
        self, entity_id: UUID, payee_id: UUID, paid_for: PaidFor, document_id: UUID, amount_c: int
    ) -> None:
        """Start owed whole."""
        self.entity_id = entity_id
        self.payee_id = payee_id
        self.paid_for = paid_for
        self.document_id = document_id
        self.open_c = amount_c
        self.given_up_c = 0
        self.set_off_against: Mapping[tuple[PaidFor, UUID], int] = {}
        self.arose_by = ""
        self.people: frozenset[str] = frozenset()

    class Event(Ledgered.Event):
        """What happened to a debt."""

        entity_id: UUID
        payee_id: UUID

    class Arose(Event, Ledgered.Created):
        """The payee was paid so much of a document that a correction took back; it owes that, in cents.

        `cause_id` is the credit note that took it back, or the document itself if it was reversed.
        """

        TOPIC = "payee-debt.arose.v1"
        booked_on: date
        paid_for: PaidFor
        document_id: UUID
        cause_id: UUID
        amount_c: int

        def apply(self, debt: PayeeDebt) -> None:
            """Remember who corrected it: none of them gives it up."""
            debt.arose_by = self.actor
            debt.people = people_of(self.actor, self.on_behalf_of)

    Created = Arose

    class RepaymentReceived(Event, Settling):
        """Part of a bank line paid part of it back."""

        TOPIC = "payee-debt.repayment-received.v1"
        line_id: UUID

    class RepaymentReversed(Event, Settling):
        """What a bank line had paid of it was no repayment: `amount_c` is below zero.

        It had been set against this debt by mistake, or the bank took it back by the line `by_line_id`.
        """

        TOPIC = "payee-debt.repayment-reversed.v1"
        line_id: UUID
        by_line_id: UUID | None

    class SetOff(Event, SettingOff):
        """Part of it paid part of what the payee is owed for another document, of this kind."""

        TOPIC = "payee-debt.set-off.v1"
        paid_for: PaidFor
        document_id: UUID

    class SetOffReversed(Event, SettingOff):
        """It was set off against the wrong document: that is owed again, and so is this; `amount_c` is below zero."""

        TOPIC = "payee-debt.set-off-reversed.v1"
        paid_for: PaidFor
        document_id: UUID
        reason: Annotated[str, Personal(Retention.ACCOUNTING, "payee_id")]

    class GivenUp(Event, Forgoing):
        """By this decision the rest is expected no longer; the cooperative bears it."""

        TOPIC = "payee-debt.given-up.v1"
        arose_by: str
        decision_ref: str

    class GivingUpReversed(Event, Forgoing):
        """What it was to come back of was not paid after all: so much, below zero, is not borne but set off."""

        TOPIC = "payee-debt.giving-up-reversed.v1"

    def repay(self, stamp: Stamp, *, booked_on: date, amount_c: int, line_id: UUID) -> None:
        """Take part of it from a bank line."""
        self._settle(self.RepaymentReceived, stamp, booked_on, amount_c, line_id=line_id)

    def reverse_repayment(
        self, stamp: Stamp, *, booked_on: date, amount_c: int, line_id: UUID, by_line_id: UUID | None
    ) -> None:
        """Be owed again what a bank line had paid, as its stream allows."""
        says = {"line_id": line_id, "by_line_id": by_line_id}
        self._note(self.RepaymentReversed, stamp, booked_on, -amount_c, **says)

    def set_off(
        self, stamp: Stamp, *, booked_on: date, amount_c: int, paid_for: PaidFor, document_id: UUID
    ) -> None:
        """Take part of it from what the payee is owed for another document."""
        says = {"paid_for": paid_for, "document_id": document_id}
        self._settle(self.SetOff, stamp, booked_on, amount_c, **says)

    def set_off_of(self, paid_for: PaidFor, document_id: UUID) -> int:
        """Return what of it is set off against that document, in cents."""
        return self.set_off_against.get((paid_for, document_id), 0)

    def reverse_set_off(
        self,
        stamp: Stamp,
        *,
        booked_on: date,
        amount_c: int,
        paid_for: PaidFor,
        document_id: UUID,
        reason: str,
    ) -> None:
        """Be owed again what was set off against the wrong document, for a reason."""
        require_positive(amount_c)
        require_reason(reason)
        if document_id == self.document_id:
            raise OwnSetOffStands(debt_id=self.id, document_id=document_id)
        set_off_c = self.set_off_of(paid_for, document_id)
        if amount_c > set_off_c:
            raise ExceedsSetOff(document_id=document_id, set_off_c=set_off_c, amount_c=amount_c)
        says = {"paid_for": paid_for, "document_id": document_id, "reason": reason}
        self._note(self.SetOffReversed, stamp, booked_on, -amount_c, **says)

    def give_up(self, stamp: Stamp, *, booked_on: date, decision_ref: str) -> None:
        """Expect the rest no longer, as a second person, by a decision."""
        if not decision_ref.strip():
            raise EmptyText(field="decision_ref")
        if self.people & people_of(stamp.actor, stamp.on_behalf_of):
            raise SecondPersonNeeded(proposed_by=self.arose_by)
        says = {"arose_by": self.arose_by, "decision_ref": decision_ref}
        self._settle(self.GivenUp, stamp, booked_on, max(self.open_c, 1), **says)

    def reverse_giving_up(self, stamp: Stamp, *, booked_on: date, amount_c: int) -> None:
        """Be owed again so much of what was given up."""
        self._note(self.GivingUpReversed, stamp, booked_on, -amount_c)

    def _settle(
        self, kind: type[Event], stamp: Stamp, booked_on: date, amount_c: int, **says: object
    ) -> None:
        require_positive(amount_c)
        if amount_c > self.open_c:
            raise ExceedsDue(due_c=self.open_c, amount_c=amount_c)
        self._note(kind, stamp, booked_on, amount_c, **says)

    def _note(self, kind: type[Event], stamp: Stamp, booked_on: date, amount_c: int, **says: object) -> None:
        whose = {"entity_id": self.entity_id, "payee_id": self.payee_id}
        self.note(kind, stamp, **whose, booked_on=booked_on, amount_c=amount_c, **says)
