"""Aid of a mutual fund to an activity: asked for, decided, granted or lent, paid back or written off.

    ── Requested ──> requested ── Decided ──> decided, to be granted or lent; or refused
    requested, decided ── GivenUp ──> given up
    decided ── GrantPaid ──> paid
    decided ── AdvancePaid ──> open ── RepaymentReceived, RepaymentSetOff: the last ──> repaid
    paid, open ── PaymentWithdrawn ──> decided; repaid ── RepaymentReversed, RepaymentSetOffReversed ──> open
    open ── AdvanceWrittenOff ──> written off (RecoveryReceived, RecoveryReversed)

Who asked, or runs the activity, takes no part in the decision; who pays is a second person beside
those who asked and decided. The fund's own stream keeps the sums its floor is decided on.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Annotated, Any
from uuid import UUID

from domain.allocating import require_reason
from domain.corrections import PaymentTakenBack, SetOffTakenBack, require_set_off
from domain.errors import (
    AidDecidedAlready,
    AidNotDecided,
    AidSettled,
    AidTurnedDown,
    DecisionUnclear,
    EmptyText,
    ExceedsRequest,
    MustAbstain,
    SecondPersonNeeded,
)
from domain.facts import Ledgered, Stamp, people_of
from domain.funding import LedgerPolicy, require_outstanding
from domain.instalments import Instalment, require_schedule
from domain.money import plus, require_positive
from domain.personal import Personal, Retention


class AidOutcome(StrEnum):
    """What was decided."""

    GRANTED = "granted"
    LENT = "lent"
    REFUSED = "refused"


class AidState(StrEnum):
    """Where aid stands; an advance is open until it is paid back or written off."""

    REQUESTED = "requested"
    REFUSED = "refused"
    DECIDED = "decided"
    GIVEN_UP = "given-up"
    PAID = "paid"
    OPEN = "open"
    REPAID = "repaid"
    WRITTEN_OFF = "written-off"


class Repayment(Ledgered.Event):
    """What is said when part of an advance comes back."""

    entity_id: UUID
    fund_id: UUID
    activity_id: UUID
    booked_on: date
    ledger_policy: LedgerPolicy
    amount_c: int

    def apply(self, aid: FundAid) -> None:
        """Have less to come back; with the last cent it is repaid."""
        aid.outstanding_c -= self.amount_c
        aid.state = AidState.OPEN if aid.outstanding_c else AidState.REPAID


class FundAid(Ledgered):
    """Aid that one activity asked one fund for."""

    TOPIC = "fund-aid"

    def __init__(
        self,
        entity_id: UUID,
        fund_id: UUID,
        activity_id: UUID,
        member_id: UUID,
        person_id: UUID,
        amount_c: int,
    ) -> None:
        """Start as a request for `amount_c`; once it is decided, that is what was decided."""
        self.entity_id = entity_id
        self.fund_id = fund_id
        self.activity_id = activity_id
        self.member_id = member_id
        self.person_id = person_id
        self.amount_c = amount_c
        self.state = AidState.REQUESTED
        self.outcome: AidOutcome | None = None
        self.schedule: tuple[Instalment, ...] = ()
        # Said by the first fact, before anyone can ask.
        self.asked_by: frozenset[str]
        self.deciders: frozenset[str] = frozenset()
        self.decided_by = ""
        self.decision_ref = ""
        self.outstanding_c = 0
        self.set_off_c = 0
        self.lost_c = 0
        self.recovered_by: Mapping[UUID, int] = {}
        self.orders_withdrawn = 0

    class Event(Ledgered.Event):
        """What happened to aid."""

        entity_id: UUID
        fund_id: UUID
        activity_id: UUID

    class Requested(Event, Ledgered.Created):
        """A member who runs the activity asked the fund for this amount."""

        TOPIC = "fund-aid.requested.v1"
        member_id: UUID
        person_id: UUID
        amount_c: int
        purpose: Annotated[str, Personal(Retention.ACCOUNTING, "person_id")]

        def apply(self, aid: FundAid) -> None:
            """Remember who asked: none of them decides or pays it."""
            aid.asked_by = people_of(self.actor, self.on_behalf_of)

    Created = Requested

    class Decided(Event):
        """A motion, or the members of a committee in `decided_by`, granted, lent or refused it."""

        TOPIC = "fund-aid.decided.v1"
        outcome: AidOutcome
        amount_c: int
        schedule: tuple[Instalment, ...]
        decision_ref: str
        motion_id: UUID | None
        decided_by: tuple[UUID, ...]

        def apply(self, aid: FundAid) -> None:
            """Wait for the payment, unless it was refused."""
            refused = self.outcome is AidOutcome.REFUSED
            aid.state = AidState.REFUSED if refused else AidState.DECIDED
            aid.outcome = self.outcome
            aid.amount_c = self.amount_c
            aid.schedule = self.schedule
            aid.deciders = people_of(self.actor, self.on_behalf_of)
            aid.decided_by = self.actor
            aid.decision_ref = self.decision_ref

    class GivenUp(Event):
        """The aid is not wanted any more; `decided_c` of it, if any, had been decided and not yet paid."""

        TOPIC = "fund-aid.given-up.v1"
        decided_c: int
        reason: str

        def apply(self, aid: FundAid) -> None:
            """Be over."""
            aid.state = AidState.GIVEN_UP

    class GrantPaid(Event):
        """A second person paid the grant, and its payment was ordered."""

        TOPIC = "fund-aid.grant-paid.v1"
        booked_on: date
        ledger_policy: LedgerPolicy
        amount_c: int
        decided_by: str
        decision_ref: str

        def apply(self, aid: FundAid) -> None:
            """Be over: a grant is not paid back."""
            aid.state = AidState.PAID

    class AdvancePaid(Event):
        """A second person paid the advance, and its payment was ordered; it comes back by the schedule."""

        TOPIC = "fund-aid.advance-paid.v1"
        booked_on: date
        ledger_policy: LedgerPolicy
        amount_c: int
        schedule: tuple[Instalment, ...]
        decided_by: str
        decision_ref: str

        def apply(self, aid: FundAid) -> None:
            """Wait for what is to come back."""
            aid.state = AidState.OPEN
            aid.outstanding_c = self.amount_c

    class RepaymentReceived(Event, Repayment):
        """Part of a bank line paid part of the advance back."""

        TOPIC = "fund-aid.repayment-received.v1"
        line_id: UUID

    class RepaymentReversed(RepaymentReceived):
        """A repayment was set against the wrong advance: `amount_c`, below zero, came back of this one."""

        TOPIC = "fund-aid.repayment-reversed.v1"

    class RepaymentSetOff(Event, Repayment):
        """Part of the advance was set off: the activity bears it, from what was set aside for it."""

        TOPIC = "fund-aid.repayment-set-off.v1"

        def apply(self, aid: FundAid) -> None:
            """Have less to come back, and remember what was set off."""
            Repayment.apply(self, aid)
            aid.set_off_c += self.amount_c

    class RepaymentSetOffReversed(RepaymentSetOff, SetOffTakenBack):
        """It was set off by mistake: `amount_c`, below zero, is to come back again."""

        TOPIC = "fund-aid.repayment-set-off-reversed.v1"

    class AdvanceWrittenOff(Event):
        """By this decision nothing more is expected of the advance: the fund bears what was left."""

        TOPIC = "fund-aid.advance-written-off.v1"
        booked_on: date
        ledger_policy: LedgerPolicy
        amount_c: int
        decision_ref: str

        def apply(self, aid: FundAid) -> None:
            """Have lost what was outstanding."""
            aid.state = AidState.WRITTEN_OFF
            aid.outstanding_c = 0
            aid.lost_c = self.amount_c

    class RecoveryReceived(Event):
        """Part of a bank line paid back what had been written off."""

        TOPIC = "fund-aid.recovery-received.v1"
        booked_on: date
        ledger_policy: LedgerPolicy
        amount_c: int
        line_id: UUID

        def apply(self, aid: FundAid) -> None:
            """Have lost less."""
            aid.lost_c -= self.amount_c
            aid.recovered_by = plus(aid.recovered_by, self.line_id, self.amount_c)

    class RecoveryReversed(RecoveryReceived):
        """A recovery was set against the wrong advance: `amount_c`, below zero, came back of this one."""

        TOPIC = "fund-aid.recovery-reversed.v1"

    class PaymentWithdrawn(Event, PaymentTakenBack):
        """The order that would have paid was withdrawn before the bank paid it: what it had booked is undone."""

        TOPIC = "fund-aid.payment-withdrawn.v1"

        def apply(self, aid: FundAid) -> None:
            """Wait to be paid by another order."""
            aid.state = AidState.DECIDED
            aid.outstanding_c = 0
            aid.orders_withdrawn += 1

    @classmethod
    def request(cls, stamp: Stamp, *, id: UUID, amount_c: int, purpose: str, **whose: UUID) -> FundAid:
        """Ask for an amount, and say what for."""
        require_positive(amount_c)
        if not purpose.strip():
            raise EmptyText(field="purpose")
        return cls.begin(stamp, id=id, amount_c=amount_c, purpose=purpose, **whose)

    def decide(
        self,
        stamp: Stamp,
        *,
        interested: frozenset[str],
        outcome: AidOutcome,
        amount_c: int,
        schedule: tuple[Instalment, ...],
        decision_ref: str,
        motion_id: UUID | None,
        decided_by: tuple[UUID, ...],
    ) -> None:
        """Grant, lend or refuse it; `interested` run the activity, and take no part."""
        if self.state is not AidState.REQUESTED:
            raise AidDecidedAlready(state=self.state)
        self._require_abstaining(stamp, interested)
        if not decision_ref.strip():
            raise EmptyText(field="decision_ref")
        if (outcome is AidOutcome.LENT) is not bool(schedule) or (outcome is AidOutcome.REFUSED and amount_c):
            raise DecisionUnclear(outcome=outcome, amount_c=amount_c, instalments=len(schedule))
        if outcome is not AidOutcome.REFUSED:
            require_positive(amount_c)
            if amount_c > self.amount_c:
                raise ExceedsRequest(requested_c=self.amount_c, amount_c=amount_c)
            if schedule:
                require_schedule(schedule, amount_c, decided_on=stamp.effective_on)
        self._note(
            self.Decided,
            stamp,
            outcome=outcome,
            amount_c=amount_c,
            schedule=schedule,
            decision_ref=decision_ref,
            motion_id=motion_id,
            decided_by=decided_by,
        )

    def give_up(self, stamp: Stamp, *, reason: str) -> int:
        """Let it be, with a reason; return what of it had been decided and waited to be paid, in cents."""
        if self.state not in (AidState.REQUESTED, AidState.DECIDED):
            raise AidSettled(state=self.state)
        if not reason.strip():
            raise EmptyText(field="reason")
        decided_c = self.amount_c if self.state is AidState.DECIDED else 0
        self._note(self.GivenUp, stamp, decided_c=decided_c, reason=reason)
        return decided_c

    def pay(
        self, stamp: Stamp, *, interested: frozenset[str], booked_on: date, ledger_policy: LedgerPolicy
    ) -> None:
        """Pay, as a second person, what was decided."""
        if self.state is AidState.REQUESTED:
            raise AidNotDecided(aid_id=self.id)
        if self.state is AidState.REFUSED:
            raise AidTurnedDown(decision_ref=self.decision_ref)
        if self.state is not AidState.DECIDED:
            raise AidSettled(state=self.state)
        self._require_abstaining(stamp, interested)
        if self.deciders & people_of(stamp.actor, stamp.on_behalf_of):
            raise SecondPersonNeeded(proposed_by=self.decided_by)
        decided = {"decided_by": self.decided_by, "decision_ref": self.decision_ref}
        says = {"booked_on": booked_on, "ledger_policy": ledger_policy, "amount_c": self.amount_c, **decided}
        if self.outcome is AidOutcome.LENT:
            self._note(self.AdvancePaid, stamp, **says, schedule=self.schedule)
        else:
            self._note(self.GrantPaid, stamp, **says)

    def repay(self, stamp: Stamp, *, amount_c: int, **how: Any) -> None:
        """Take back part of the advance from a bank line."""
        require_outstanding(self.outstanding_c, amount_c)
        self._note(self.RepaymentReceived, stamp, amount_c=amount_c, **how)

    def set_off(self, stamp: Stamp, *, amount_c: int, **how: Any) -> None:
        """Take back part of the advance from what the activity has set aside for it."""
        require_outstanding(self.outstanding_c, amount_c)
        self._note(self.RepaymentSetOff, stamp, amount_c=amount_c, **how)

    def reverse_set_off(self, stamp: Stamp, *, amount_c: int, reason: str, **how: Any) -> None:
        """Let what was set off by mistake come back again, for a reason, unless the rest was written off since."""
        if self.state not in (AidState.OPEN, AidState.REPAID):
            raise AidSettled(state=self.state)
        require_set_off(self.id, self.set_off_c, amount_c)
        require_reason(reason)
        how |= {"amount_c": -amount_c, "person_id": self.person_id, "reason": reason}
        self._note(self.RepaymentSetOffReversed, stamp, **how)

    def write_off(self, stamp: Stamp, *, interested: frozenset[str], decision_ref: str, **how: Any) -> int:
        """Expect nothing more of the advance, by a decision; return what the fund loses, in cents."""
        lost_c = self.outstanding_c
        require_outstanding(lost_c, max(lost_c, 1))
        self._require_abstaining(stamp, interested)
        if not decision_ref.strip():
            raise EmptyText(field="decision_ref")
        self._note(self.AdvanceWrittenOff, stamp, amount_c=lost_c, decision_ref=decision_ref, **how)
        return lost_c

    def recover(self, stamp: Stamp, *, amount_c: int, **how: Any) -> None:
        """Take back, from a bank line, part of what had been written off."""
        require_outstanding(self.lost_c, amount_c)
        self._note(self.RecoveryReceived, stamp, amount_c=amount_c, **how)

    def reverse_receipt(self, stamp: Stamp, *, lost: bool, **says: Any) -> None:
        """Count what a bank line paid of this advance, or of what was written off of it, as never paid."""
        if not lost and self.state not in (AidState.OPEN, AidState.REPAID):
            raise AidSettled(state=self.state)
        self._note(self.RecoveryReversed if lost else self.RepaymentReversed, stamp, **says)

    def withdraw_payment(self, stamp: Stamp, **how: Any) -> None:
        """Be paid by another order, unless something came back already."""
        lent = self.outcome is AidOutcome.LENT
        if self.state not in (AidState.PAID, AidState.OPEN) or (lent and self.outstanding_c != self.amount_c):
            raise AidSettled(state=self.state)
        self._note(self.PaymentWithdrawn, stamp, amount_c=self.amount_c, lent=lent, **how)

    def _require_abstaining(self, stamp: Stamp, interested: frozenset[str]) -> None:
        if (self.asked_by | interested) & people_of(stamp.actor, stamp.on_behalf_of):
            raise MustAbstain(aid_id=self.id)

    def _note(self, kind: type[Event], stamp: Stamp, **says: object) -> None:
        whose = {"entity_id": self.entity_id, "fund_id": self.fund_id, "activity_id": self.activity_id}
        self.note(kind, stamp, **whose, **says)
