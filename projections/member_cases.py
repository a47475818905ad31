"""What is going on with single members: exclusions that are proposed or decided, and disputes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from domain.aggregates.dispute import Dispute
from domain.aggregates.exclusion import Exclusion
from projections.read_model import Page, ReadModel, Table, on
from projections.reader import Reader

EXCLUSIONS = Table(
    "exclusion",
    (
        """
        CREATE TABLE exclusion (
            exclusion_id uuid PRIMARY KEY,
            entity_id uuid NOT NULL,
            membership_id uuid NOT NULL,
            state text NOT NULL DEFAULT 'proposed',
            notified_on date NOT NULL,
            answer_by date NOT NULL,
            answered_on date,
            hearing_asked boolean NOT NULL DEFAULT false,
            heard_on date,
            decided_on date,
            decision_ref text,
            motion_id uuid,
            told_after_days integer,
            told_within_days integer,
            position bigint NOT NULL
        )
        """,
    ),
    "SELECT * FROM exclusion ORDER BY exclusion_id",
)
DISPUTES = Table(
    "dispute",
    (
        """
        CREATE TABLE dispute (
            dispute_id uuid PRIMARY KEY,
            entity_id uuid NOT NULL,
            membership_id uuid NOT NULL,
            opened_on date NOT NULL,
            settled_on date,
            blocked_c bigint NOT NULL DEFAULT 0,
            position bigint NOT NULL
        )
        """,
    ),
    "SELECT * FROM dispute ORDER BY dispute_id",
)

_ADD_EXCLUSION = """
    COPY exclusion (exclusion_id, entity_id, membership_id, notified_on, answer_by, position) FROM STDIN
"""
_ANSWER = """
    UPDATE exclusion SET answered_on = coalesce(answered_on, %(on)s),
        hearing_asked = hearing_asked OR %(hearing_asked)s
    WHERE exclusion_id = %(exclusion_id)s
"""
_HEAR = "UPDATE exclusion SET heard_on = %(on)s WHERE exclusion_id = %(exclusion_id)s"
_DECIDE = """
    UPDATE exclusion SET state = 'decided', decided_on = %(on)s, decision_ref = %(decision_ref)s,
        motion_id = %(motion_id)s
    WHERE exclusion_id = %(exclusion_id)s
"""
_TELL = """
    UPDATE exclusion SET told_after_days = %(days)s, told_within_days = %(within_days)s
    WHERE exclusion_id = %(exclusion_id)s
"""
_DROP = "UPDATE exclusion SET state = 'dropped' WHERE exclusion_id = %(exclusion_id)s"
_ADD_DISPUTE = "COPY dispute (dispute_id, entity_id, membership_id, opened_on, position) FROM STDIN"
_BLOCK = """
    UPDATE dispute SET blocked_c = dispute.blocked_c + more.amount_c
    FROM unnest(%s::uuid[], %s::bigint[]) AS more (dispute_id, amount_c)
    WHERE dispute.dispute_id = more.dispute_id
"""
_SETTLE = "UPDATE dispute SET settled_on = %(on)s WHERE dispute_id = %(dispute_id)s"


class MemberCasesPage(Page):
    """Follows each exclusion and dispute to its end."""

    @on(Exclusion.Proposed)
    def _proposed(self, position: int, event: Exclusion.Proposed) -> None:
        days = (event.notified_on, event.answer_by)
        self.add(_ADD_EXCLUSION, event.originator_id, event.entity_id, event.membership_id, *days, position)

    @on(Exclusion.ObservationsReceived)
    def _answered(self, _: int, event: Exclusion.ObservationsReceived) -> None:
        self.change(
            _ANSWER,
            on=event.effective_on,
            hearing_asked=event.hearing_asked,
            exclusion_id=event.originator_id,
        )

    @on(Exclusion.HearingHeld)
    def _heard(self, _: int, event: Exclusion.HearingHeld) -> None:
        self.change(_HEAR, on=event.effective_on, exclusion_id=event.originator_id)

    @on(Exclusion.Decided)
    def _decided(self, _: int, event: Exclusion.Decided) -> None:
        self.change(
            _DECIDE,
            on=event.effective_on,
            decision_ref=event.decision_ref,
            motion_id=event.motion_id,
            exclusion_id=event.originator_id,
        )

    @on(Exclusion.DecisionNotified)
    def _told(self, _: int, event: Exclusion.DecisionNotified) -> None:
        self.change(_TELL, days=event.days, within_days=event.within_days, exclusion_id=event.originator_id)

    @on(Exclusion.Dropped)
    def _dropped(self, _: int, event: Exclusion.Dropped) -> None:
        self.change(_DROP, exclusion_id=event.originator_id)

    @on(Dispute.Opened)
    def _disputed(self, position: int, event: Dispute.Opened) -> None:
        row = (event.entity_id, event.membership_id, event.effective_on)
        self.add(_ADD_DISPUTE, event.originator_id, *row, position)

    @on(Dispute.AmountBlocked)
    def _blocked(self, _: int, event: Dispute.AmountBlocked) -> None:
        self.add_amount(_BLOCK, event.originator_id, event.amount_c)

    @on(Dispute.Settled)
    def _settled(self, _: int, event: Dispute.Settled) -> None:
        self.change(_SETTLE, on=event.effective_on, dispute_id=event.originator_id)


MEMBER_CASES = ReadModel("member_cases", 1, (EXCLUSIONS, DISPUTES), MemberCasesPage)


@dataclass(frozen=True)
class ExclusionCase:
    """One exclusion; `state` is proposed, decided or dropped.

    The member was told the decision `told_after_days` days after it, of `told_within_days`.
    """

    exclusion_id: UUID
    entity_id: UUID
    membership_id: UUID
    state: str
    notified_on: date
    answer_by: date
    answered_on: date | None
    hearing_asked: bool
    heard_on: date | None
    decided_on: date | None
    decision_ref: str | None
    motion_id: UUID | None
    told_after_days: int | None
    told_within_days: int | None
    position: int


@dataclass(frozen=True)
class DisputeCase:
    """One dispute; while it is open, `blocked_c` cents of withdrawal shares are held back for it."""

    dispute_id: UUID
    entity_id: UUID
    membership_id: UUID
    opened_on: date
    settled_on: date | None
    blocked_c: int
    position: int


_EXCLUSIONS_OF = """
    SELECT * FROM exclusion WHERE %(entity_id)s::uuid IS NULL OR entity_id = %(entity_id)s ORDER BY position
"""
_DISPUTES_OF = """
    SELECT * FROM dispute WHERE %(entity_id)s::uuid IS NULL OR entity_id = %(entity_id)s ORDER BY position
"""


def exclusions(reader: Reader, *, entity_id: UUID | None = None) -> list[ExclusionCase]:
    """Return the exclusions of an entity, or of all, as they were proposed."""
    return reader.rows(ExclusionCase, _EXCLUSIONS_OF, entity_id=entity_id)


def disputes(reader: Reader, *, entity_id: UUID | None = None) -> list[DisputeCase]:
    """Return the disputes of an entity, or of all, as they were opened."""
    return reader.rows(DisputeCase, _DISPUTES_OF, entity_id=entity_id)
