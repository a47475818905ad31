"""A motion: what is put to the vote, and what became of it.

    ── Tabled ──> tabled ── Opened ──> opened ── Adopted ──> adopted
                                         └── Rejected ──> rejected

Its text is fixed by its hash; once it is opened to the vote it cannot change.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated
from uuid import UUID

from domain.errors import EmptyText, MotionAlreadyOpened, PollAlreadyCounted
from domain.facts import Ledgered, Stamp
from domain.governance.reckoning import Reckoning
from domain.governance.tally import Tally, Verdict
from domain.personal import Personal, Retention


class MotionState(StrEnum):
    """Where a motion stands."""

    TABLED = "tabled"
    OPENED = "opened"
    ADOPTED = "adopted"
    REJECTED = "rejected"


class Decision(Ledgered.Event):
    """What every verdict on a motion states: the votes, and the exact arithmetic.

    The whole numbers are votes of the roll; `reckoning` states what was compared, in exact fractions,
    after conflicts, cap and colleges, and under which version of the rule.
    """

    entity_id: UUID
    poll_id: UUID
    yes: int
    no: int
    abstain: int
    blank: int
    took_part: int
    entitled: int
    quorum_met: bool
    denominator: int
    invalid: int = 0
    rule_set_id: UUID | None = None
    rule_name: str = ""
    rule_version: int = 0
    reckoning: Reckoning | None = None


class Motion(Ledgered):
    """One motion of one legal entity."""

    TOPIC = "motion"

    def __init__(self, entity_id: UUID, text_sha256: str) -> None:
        """Start tabled."""
        self.entity_id = entity_id
        self.text_sha256 = text_sha256
        self.state = MotionState.TABLED
        self.poll_id: UUID | None = None

    class Event(Ledgered.Event):
        """What happened to a motion."""

        entity_id: UUID

    class Tabled(Event, Ledgered.Created):
        """Someone put a motion before the members."""

        TOPIC = "motion.tabled.v1"
        text_sha256: str
        subject_id: UUID
        title: Annotated[str, Personal(Retention.GOVERNANCE, "subject_id")]
        text: Annotated[str, Personal(Retention.GOVERNANCE, "subject_id")]

    Created = Tabled

    class Opened(Event):
        """The motion was put to the vote, with the text of this hash."""

        TOPIC = "motion.opened.v1"
        poll_id: UUID
        text_sha256: str

        def apply(self, motion: Motion) -> None:
            """Fix the text."""
            motion.state = MotionState.OPENED
            motion.poll_id = self.poll_id

    class Adopted(Event, Decision):
        """The members adopted the motion."""

        TOPIC = "motion.adopted.v1"

        def apply(self, motion: Motion) -> None:
            """Remember the verdict."""
            motion.state = MotionState.ADOPTED

    class Rejected(Event, Decision):
        """The members did not adopt the motion, or too few took part."""

        TOPIC = "motion.rejected.v1"

        def apply(self, motion: Motion) -> None:
            """Remember the verdict."""
            motion.state = MotionState.REJECTED

    @classmethod
    def table(
        cls,
        stamp: Stamp,
        *,
        id: UUID,
        entity_id: UUID,
        title: str,
        text: str,
        text_sha256: str,
    ) -> Motion:
        """Table a motion by title and text."""
        if not title.strip() or not text.strip():
            raise EmptyText(field="title" if text.strip() else "text")
        return cls.begin(
            stamp,
            id=id,
            entity_id=entity_id,
            subject_id=id,
            title=title,
            text=text,
            text_sha256=text_sha256,
        )

    def require_tabled(self) -> None:
        """Refuse to put to the vote what was put to it already."""
        if self.state is not MotionState.TABLED:
            raise MotionAlreadyOpened(state=self.state)

    def open(self, stamp: Stamp, *, poll_id: UUID) -> None:
        """Put the motion to the vote, once."""
        self.require_tabled()
        self.note(self.Opened, stamp, entity_id=self.entity_id, poll_id=poll_id, text_sha256=self.text_sha256)

    def settle(
        self,
        stamp: Stamp,
        *,
        poll_id: UUID,
        tally: Tally,
        verdict: Verdict,
        reckoning: Reckoning,
        rule_set_id: UUID,
        rule_name: str,
        rule_version: int,
    ) -> None:
        """Record the verdict of the poll, as reckoned under this version of the rule."""
        if self.state is not MotionState.OPENED:
            raise PollAlreadyCounted(state=self.state)
        self.note(
            self.Adopted if reckoning.adopted else self.Rejected,
            stamp,
            entity_id=self.entity_id,
            poll_id=poll_id,
            yes=tally.yes,
            no=tally.no,
            abstain=tally.abstain,
            blank=tally.blank,
            took_part=verdict.took_part,
            entitled=verdict.entitled,
            quorum_met=reckoning.quorum.met,
            denominator=verdict.denominator,
            invalid=tally.invalid,
            rule_set_id=rule_set_id,
            rule_name=rule_name,
            rule_version=rule_version,
            reckoning=reckoning,
        )
