"""A deficit: what an activity lacks at its end, and one of those who ran it owes the cooperative.

    ── Recognised ──> owed ── ConsentRecorded: how much may be set off against the withdrawal share
    owed ── RepaymentReceived, SetOffAgainstShare, SetOffAgainstWage, CoveredByFund, WrittenOff ──> less owed
    less owed, with the last cent ──> settled
    written off ── RecoveryReceived: part of it came after all ──> less lost
    less owed, settled ── RepaymentReversed, ShareSetOffReversed, WageSetOffReversed ──> owed as before
    less lost ── RecoveryReversed ──> lost as before; written off ── WriteOffReversed ──> owed as before

The membership ends on its own day, and its withdrawal share belongs to the person: a deficit is set off
against it only as far as the person agrees, in writing. Against a wage it is set off within the
statutory limit (Act of 12 April 1965, art. 23 ◇). A fund may cover it by a grant that was decided. What was
set off by mistake is owed again, and what the person had agreed to stands.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated
from uuid import UUID

from domain.allocating import require_reason
from domain.corrections import require_set_off
from domain.errors import (
    ConsentMissing,
    EmptyText,
    ExceedsDeficit,
    ExceedsDeficitWrittenOff,
    NoEvidence,
    SecondPersonNeeded,
)
from domain.facts import Ledgered, Stamp, is_sha256, people_of
from domain.money import plus, require_positive
from domain.personal import Personal, Retention


class Settling(Ledgered.Event):
    """What is said when part of a deficit is owed no longer."""

    entity_id: UUID
    activity_id: UUID
    membership_id: UUID
    booked_on: date
    amount_c: int

    def apply(self, deficit: Deficit) -> None:
        """Be owed less."""
        deficit.open_c -= self.amount_c


class SettingOff(Settling):
    """What is said when part of it is set off against what the person is owed, or below zero is so no longer."""

    def _against(self, deficit: Deficit, document_id: UUID) -> None:
        """Be owed less, and remember against what."""
        Settling.apply(self, deficit)
        deficit.set_off_against = plus(deficit.set_off_against, document_id, self.amount_c)


class Deficit(Ledgered):
    """What one member owes of what one activity lacked."""

    TOPIC = "deficit"

    def __init__(
        self, entity_id: UUID, activity_id: UUID, membership_id: UUID, person_id: UUID, amount_c: int
    ) -> None:
        """Start owed whole, without consent to any set-off."""
        self.entity_id = entity_id
        self.activity_id = activity_id
        self.membership_id = membership_id
        self.person_id = person_id
        self.open_c = amount_c
        self.agreed_c = 0
        self.lost_c = 0
        self.written_off_by = ""
        self.given_up_by: frozenset[str] = frozenset()
        self.recovered_by: Mapping[UUID, int] = {}
        self.set_off_against: Mapping[UUID, int] = {}
        # Said by the first fact, before anyone can ask.
        self.recognised_by: str
        self.people: frozenset[str]

    class Event(Ledgered.Event):
        """What happened to a deficit."""

        entity_id: UUID
        activity_id: UUID
        membership_id: UUID

    class Recognised(Event, Ledgered.Created):
        """The activity lacked this much at its end, and this member owes it by this decision or contract."""

        TOPIC = "deficit.recognised.v1"
        booked_on: date
        person_id: UUID
        amount_c: int
        decision_ref: str

        def apply(self, deficit: Deficit) -> None:
            """Remember who recognised it: none of them writes it off."""
            deficit.recognised_by = self.actor
            deficit.people = people_of(self.actor, self.on_behalf_of)

    Created = Recognised

    class ConsentRecorded(Event):
        """The person agreed, by this document, that so much more is set off against the withdrawal share."""

        TOPIC = "deficit.consent-recorded.v1"
        amount_c: int
        evidence_sha256: str

        def apply(self, deficit: Deficit) -> None:
            """Let so much more be set off."""
            deficit.agreed_c += self.amount_c

    class RepaymentReceived(Event, Settling):
        """Part of a bank line paid part of it."""

        TOPIC = "deficit.repayment-received.v1"
        line_id: UUID

    class RepaymentReversed(Event, Settling):
        """What a bank line had paid of it was no repayment: `amount_c` is below zero.

        It had been set against this deficit by mistake, or the bank took it back by the line `by_line_id`.
        """

        TOPIC = "deficit.repayment-reversed.v1"
        line_id: UUID
        by_line_id: UUID | None

    class SetOffAgainstShare(Event, SettingOff):
        """Part of it was paid out of the withdrawal share, as the person had agreed."""

        TOPIC = "deficit.set-off-against-share.v1"
        withdrawal_id: UUID

        def apply(self, deficit: Deficit) -> None:
            """Be owed less, and need consent for what is set off next."""
            self._against(deficit, self.withdrawal_id)
            deficit.agreed_c -= self.amount_c

    class ShareSetOffReversed(SetOffAgainstShare):
        """It was set off by mistake: so much, below zero, is owed again, and the consent to it stands."""

        TOPIC = "deficit.share-set-off-reversed.v1"
        person_id: UUID
        reason: Annotated[str, Personal(Retention.ACCOUNTING, "person_id")]

    class SetOffAgainstWage(Event, SettingOff):
        """Part of it was withheld from a net wage, of which at most `limit_bp` may be."""

        TOPIC = "deficit.set-off-against-wage.v1"
        payroll_id: UUID
        limit_bp: int

        def apply(self, deficit: Deficit) -> None:
            """Be owed less."""
            self._against(deficit, self.payroll_id)

    class WageSetOffReversed(Event, SettingOff):
        """It was withheld by mistake: so much, below zero, is owed again."""

        TOPIC = "deficit.wage-set-off-reversed.v1"
        payroll_id: UUID
        person_id: UUID
        reason: Annotated[str, Personal(Retention.ACCOUNTING, "person_id")]

        def apply(self, deficit: Deficit) -> None:
            """Be owed again."""
            self._against(deficit, self.payroll_id)

    class CoveredByFund(Event, Settling):
        """The grant of a mutual fund paid part of it, in place of the person."""

        TOPIC = "deficit.covered-by-fund.v1"
        aid_id: UUID

    class WrittenOff(Event, Settling):
        """By this decision the rest is expected no longer; the cooperative bears it."""

        TOPIC = "deficit.written-off.v1"
        recognised_by: str
        decision_ref: str

        def apply(self, deficit: Deficit) -> None:
            """Be owed nothing more, and remember what was lost, and who gave it up."""
            deficit.open_c -= self.amount_c
            deficit.lost_c += self.amount_c
            deficit.written_off_by = self.actor
            deficit.given_up_by = people_of(self.actor, self.on_behalf_of)

    class WriteOffReversed(Event, Settling):
        """By this decision it is expected after all: what is still lost of it, below zero, is owed again."""

        TOPIC = "deficit.write-off-reversed.v1"
        written_off_by: str
        decision_ref: str

        def apply(self, deficit: Deficit) -> None:
            """Be owed again what was lost."""
            deficit.open_c -= self.amount_c
            deficit.lost_c += self.amount_c

    class RecoveryReceived(Event):
        """Part of a bank line came of what had been written off: who ran the activity pays after all."""

        TOPIC = "deficit.recovery-received.v1"
        booked_on: date
        line_id: UUID
        amount_c: int

        def apply(self, deficit: Deficit) -> None:
            """Have lost less, and remember by which line."""
            deficit.lost_c -= self.amount_c
            deficit.recovered_by = plus(deficit.recovered_by, self.line_id, self.amount_c)

    class RecoveryReversed(RecoveryReceived):
        """What a bank line brought came of something else, or went back by the line `by_line_id`: it is below zero."""

        TOPIC = "deficit.recovery-reversed.v1"
        by_line_id: UUID | None

    def consent(self, stamp: Stamp, *, amount_c: int, evidence_sha256: str) -> None:
        """Record that the person agreed to a set-off of so much of what is owed."""
        require_positive(amount_c)
        if not is_sha256(evidence_sha256):
            raise NoEvidence(evidence_sha256=evidence_sha256)
        if self.agreed_c + amount_c > self.open_c:
            raise ExceedsDeficit(open_c=self.open_c, agreed_c=self.agreed_c, amount_c=amount_c)
        says = {"amount_c": amount_c, "evidence_sha256": evidence_sha256}
        self._note(self.ConsentRecorded, stamp, **says)

    def repay(self, stamp: Stamp, *, booked_on: date, amount_c: int, line_id: UUID) -> None:
        """Take part of it from a bank line."""
        self._settle(self.RepaymentReceived, stamp, booked_on, amount_c, line_id=line_id)

    def set_off_share(self, stamp: Stamp, *, booked_on: date, amount_c: int, withdrawal_id: UUID) -> None:
        """Take part of it from the withdrawal share, as far as the person agreed."""
        if amount_c > self.agreed_c:
            raise ConsentMissing(agreed_c=self.agreed_c, amount_c=amount_c)
        self._settle(self.SetOffAgainstShare, stamp, booked_on, amount_c, withdrawal_id=withdrawal_id)

    def set_off_wage(
        self, stamp: Stamp, *, booked_on: date, amount_c: int, payroll_id: UUID, limit_bp: int
    ) -> None:
        """Take part of it from a net wage; the wage keeps the limit."""
        says = {"payroll_id": payroll_id, "limit_bp": limit_bp}
        self._settle(self.SetOffAgainstWage, stamp, booked_on, amount_c, **says)

    def reverse_share_set_off(
        self, stamp: Stamp, *, booked_on: date, amount_c: int, withdrawal_id: UUID, reason: str
    ) -> None:
        """Be owed again what was set off against a withdrawal share by mistake, for a reason."""
        self._require_set_off(withdrawal_id, amount_c)
        says = {"withdrawal_id": withdrawal_id, **self._reason(reason)}
        self._note(self.ShareSetOffReversed, stamp, booked_on=booked_on, amount_c=-amount_c, **says)

    def reverse_wage_set_off(
        self, stamp: Stamp, *, booked_on: date, amount_c: int, payroll_id: UUID, reason: str
    ) -> None:
        """Be owed again what was withheld from a wage by mistake, for a reason."""
        self._require_set_off(payroll_id, amount_c)
        says = {"payroll_id": payroll_id, **self._reason(reason)}
        self._note(self.WageSetOffReversed, stamp, booked_on=booked_on, amount_c=-amount_c, **says)

    def cover(self, stamp: Stamp, *, booked_on: date, amount_c: int, aid_id: UUID) -> None:
        """Take part of it from the grant of a fund."""
        self._settle(self.CoveredByFund, stamp, booked_on, amount_c, aid_id=aid_id)

    def write_off(self, stamp: Stamp, *, booked_on: date, decision_ref: str) -> None:
        """Expect the rest no longer, as a second person, by a decision."""
        if not decision_ref.strip():
            raise EmptyText(field="decision_ref")
        if self.people & people_of(stamp.actor, stamp.on_behalf_of):
            raise SecondPersonNeeded(proposed_by=self.recognised_by)
        says = {"recognised_by": self.recognised_by, "decision_ref": decision_ref}
        self._settle(self.WrittenOff, stamp, booked_on, max(self.open_c, 1), **says)

    def reverse_write_off(self, stamp: Stamp, *, booked_on: date, decision_ref: str) -> None:
        """Expect what is still lost of it after all, as another person than who wrote it off, by a decision."""
        if not self.lost_c:
            raise ExceedsDeficitWrittenOff(lost_c=0, amount_c=0)
        if not decision_ref.strip():
            raise EmptyText(field="decision_ref")
        if self.given_up_by & people_of(stamp.actor, stamp.on_behalf_of):
            raise SecondPersonNeeded(proposed_by=self.written_off_by)
        says = {"written_off_by": self.written_off_by, "decision_ref": decision_ref}
        self._note(self.WriteOffReversed, stamp, booked_on=booked_on, amount_c=-self.lost_c, **says)

    def recover(self, stamp: Stamp, *, booked_on: date, amount_c: int, line_id: UUID) -> None:
        """Take in, from a bank line, part of what had been written off. Raises ExceedsDeficitWrittenOff."""
        require_positive(amount_c)
        if amount_c > self.lost_c:
            raise ExceedsDeficitWrittenOff(lost_c=self.lost_c, amount_c=amount_c)
        says = {"booked_on": booked_on, "line_id": line_id, "amount_c": amount_c}
        self._note(self.RecoveryReceived, stamp, **says)

    def reverse_receipt(
        self, stamp: Stamp, *, booked_on: date, amount_c: int, line_id: UUID, by_line_id: UUID | None
    ) -> None:
        """Have lost again, then be owed again, what a bank line had brought, as its stream allows."""
        lost_c = min(amount_c, self.recovered_by.get(line_id, 0))
        parts = ((self.RecoveryReversed, lost_c), (self.RepaymentReversed, amount_c - lost_c))
        says = {"booked_on": booked_on, "line_id": line_id, "by_line_id": by_line_id}
        for kind, part_c in parts:
            if part_c:
                self._note(kind, stamp, amount_c=-part_c, **says)

    def _require_set_off(self, document_id: UUID, amount_c: int) -> None:
        require_set_off(document_id, self.set_off_against.get(document_id, 0), amount_c)

    def _reason(self, reason: str) -> dict[str, object]:
        require_reason(reason)
        return {"person_id": self.person_id, "reason": reason}

    def _settle(
        self, kind: type[Settling], stamp: Stamp, booked_on: date, amount_c: int, **says: object
    ) -> None:
        require_positive(amount_c)
        if amount_c > self.open_c:
            raise ExceedsDeficit(open_c=self.open_c, amount_c=amount_c)
        self._note(kind, stamp, booked_on=booked_on, amount_c=amount_c, **says)

    def _note(self, kind: type[Ledgered.Event], stamp: Stamp, **says: object) -> None:
        whose = {
            "entity_id": self.entity_id,
            "activity_id": self.activity_id,
            "membership_id": self.membership_id,
        }
        self.note(kind, stamp, **whose, **says)
