"""The exclusion of a member: proposed with its reasons, answered, heard, decided, notified.

    ── Proposed ──> proposed ── Decided ──> decided ── DecisionNotified ──> decided, and the member told
                        │  └── ObservationsReceived, HearingHeld (before the decision)
                        └── Dropped ──> dropped

The member is told the reasons and has a month to answer; who asks to be heard is heard before the
decision. The decision states its reasons and is notified (CSA art. 6:123 ◇); a late notification
is recorded with its days, and not refused.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from domain.errors import EmptyText, ExclusionOver, HearingAwaited, NotExcluded, ObservationsAwaited
from domain.facts import Ledgered, Stamp
from domain.personal import Personal, Retention


class ExclusionState(StrEnum):
    """Where an exclusion stands."""

    PROPOSED = "proposed"
    DECIDED = "decided"
    DROPPED = "dropped"


class Exclusion(Ledgered):
    """The procedure to exclude one member."""

    TOPIC = "exclusion"

    def __init__(self, entity_id: UUID, membership_id: UUID, person_id: UUID, answer_by: date) -> None:
        """Start as a proposal that waits for an answer."""
        self.entity_id = entity_id
        self.membership_id = membership_id
        self.person_id = person_id
        self.answer_by = answer_by
        self.state = ExclusionState.PROPOSED
        self.answered = False
        self.hearing_asked = False
        self.heard = False
        self.decided_on: date | None = None
        self.notified = False

    class Event(Ledgered.Event):
        """What happened to an exclusion."""

        entity_id: UUID
        membership_id: UUID
        person_id: UUID

    class Proposed(Event, Ledgered.Created):
        """The member was told on `notified_on` why an exclusion is proposed, and answers by `answer_by`."""

        TOPIC = "exclusion.proposed.v1"
        notified_on: date
        answer_by: date
        reasons: Annotated[str, Personal(Retention.GOVERNANCE, "person_id")]

    Created = Proposed

    class ObservationsReceived(Event):
        """The member answered in writing, and asked to be heard or not."""

        TOPIC = "exclusion.observations-received.v1"
        hearing_asked: bool
        observations: Annotated[str, Personal(Retention.GOVERNANCE, "person_id")]

        def apply(self, exclusion: Exclusion) -> None:
            """Wait for the hearing, if one is asked for."""
            exclusion.answered = True
            exclusion.hearing_asked = exclusion.hearing_asked or self.hearing_asked

    class HearingHeld(Event):
        """The member was heard, or did not come though invited; the minutes say which."""

        TOPIC = "exclusion.hearing-held.v1"
        minutes_sha256: str

        def apply(self, exclusion: Exclusion) -> None:
            """Wait for nothing more."""
            exclusion.answered = True
            exclusion.heard = True

    class Decided(Event):
        """The competent body excluded the member, for these reasons; `motion_id` if the members did."""

        TOPIC = "exclusion.decided.v1"
        decision_ref: str
        motion_id: UUID | None
        motivation: Annotated[str, Personal(Retention.GOVERNANCE, "person_id")]

        def apply(self, exclusion: Exclusion) -> None:
            """End the procedure."""
            exclusion.state = ExclusionState.DECIDED
            exclusion.decided_on = self.effective_on

    class DecisionNotified(Event):
        """The member was told the decision, so many days after it, of the days there are for it."""

        TOPIC = "exclusion.decision-notified.v1"
        days: int
        within_days: int

        def apply(self, exclusion: Exclusion) -> None:
            """Notify once."""
            exclusion.notified = True

    class Dropped(Event):
        """The member is not excluded, for this reason."""

        TOPIC = "exclusion.dropped.v1"
        reason: Annotated[str, Personal(Retention.GOVERNANCE, "person_id")]

        def apply(self, exclusion: Exclusion) -> None:
            """End the procedure."""
            exclusion.state = ExclusionState.DROPPED

    @classmethod
    def propose(
        cls,
        stamp: Stamp,
        *,
        id: UUID,
        entity_id: UUID,
        membership_id: UUID,
        person_id: UUID,
        answer_by: date,
        reasons: str,
    ) -> Exclusion:
        """Propose the exclusion to the member, with its reasons."""
        if not reasons.strip():
            raise EmptyText(field="reasons")
        return cls.begin(
            stamp,
            id=id,
            entity_id=entity_id,
            membership_id=membership_id,
            person_id=person_id,
            notified_on=stamp.effective_on,
            answer_by=answer_by,
            reasons=reasons,
        )

    def receive_observations(self, stamp: Stamp, *, observations: str, hearing_asked: bool) -> None:
        """Record what the member answers."""
        self._require_proposed()
        if not observations.strip():
            raise EmptyText(field="observations")
        self._note(self.ObservationsReceived, stamp, hearing_asked=hearing_asked, observations=observations)

    def hold_hearing(self, stamp: Stamp, *, minutes_sha256: str) -> None:
        """Record that the member was heard."""
        self._require_proposed()
        self._note(self.HearingHeld, stamp, minutes_sha256=minutes_sha256)

    def decide(self, stamp: Stamp, *, decision_ref: str, motion_id: UUID | None, motivation: str) -> None:
        """Exclude, once the member answered or had the time to, and was heard if they asked for it."""
        self._require_proposed()
        if not decision_ref.strip() or not motivation.strip():
            raise EmptyText(field="decision_ref" if motivation.strip() else "motivation")
        if self.hearing_asked and not self.heard:
            raise HearingAwaited(exclusion_id=self.id)
        if not self.answered and stamp.effective_on <= self.answer_by:
            raise ObservationsAwaited(answer_by=self.answer_by)
        self._note(self.Decided, stamp, decision_ref=decision_ref, motion_id=motion_id, motivation=motivation)

    def notify(self, stamp: Stamp, *, within_days: int) -> None:
        """Record that the member was told the decision."""
        if self.decided_on is None or self.notified:
            raise NotExcluded(state=self.state)
        days = (stamp.effective_on - self.decided_on).days
        self._note(self.DecisionNotified, stamp, days=days, within_days=within_days)

    def drop(self, stamp: Stamp, *, reason: str) -> None:
        """Do not exclude the member."""
        self._require_proposed()
        if not reason.strip():
            raise EmptyText(field="reason")
        self._note(self.Dropped, stamp, reason=reason)

    def _require_proposed(self) -> None:
        if self.state is not ExclusionState.PROPOSED:
            raise ExclusionOver(state=self.state)

    def _note(self, kind: type[Event], stamp: Stamp, **says: object) -> None:
        self.note(
            kind,
            stamp,
            entity_id=self.entity_id,
            membership_id=self.membership_id,
            person_id=self.person_id,
            **says,
        )
