"""A motion: what is put to the vote, and what became of it.

    ── Tabled ──> tabled ── Amended ──> tabled, with another text ── Opened ──> opened
    opened ── Adopted ──> adopted;  Rejected ──> rejected;  PollAnnulled ──> tabled, as before
    tabled ── AdoptedByConsent, AdoptedInWriting ──> adopted
    tabled, opened ── ConflictDeclared, by a member;  ObjectionRaised ── ObjectionResolved
    adopted, rejected ── VerdictAnnulled ──> annulled, for good

Its text is fixed by its hash; once it is opened to the vote it cannot change. Every earlier text is
kept with its hash. A motion is adopted by consent when no objection stands against it.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from domain.errors import (
    ConflictDeclaredAlready,
    EmptyText,
    MotionAlreadyOpened,
    MotionDecidedAlready,
    NoSuchObjection,
    NothingToAnnul,
    NotTheTextSigned,
    ObjectionKnown,
    ObjectionsStand,
    PollAlreadyCounted,
    TextUnchanged,
)
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
    ANNULLED = "annulled"


_VOTED = (MotionState.OPENED, MotionState.ADOPTED, MotionState.REJECTED)


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
        self.text_no = 1
        self.conflicted: frozenset[UUID] = frozenset()
        self.objections: Mapping[UUID, UUID] = {}
        self.resolved: frozenset[UUID] = frozenset()

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

    class Amended(Event):
        """Its text was changed: number `text_no`, by an amendment that this decision carries."""

        TOPIC = "motion.amended.v1"
        text_no: int
        text_sha256: str
        decision_ref: str
        subject_id: UUID
        title: Annotated[str, Personal(Retention.GOVERNANCE, "subject_id")]
        text: Annotated[str, Personal(Retention.GOVERNANCE, "subject_id")]

        def apply(self, motion: Motion) -> None:
            """Put this text in the place of the one before."""
            motion.text_sha256 = self.text_sha256
            motion.text_no = self.text_no

    class ConflictDeclared(Event):
        """A member has an interest of their own in the motion; what that does, the rule says."""

        TOPIC = "motion.conflict-declared.v1"
        member_id: UUID
        subject_id: UUID
        interest: Annotated[str, Personal(Retention.GOVERNANCE, "subject_id")]

        def apply(self, motion: Motion) -> None:
            """Remember the member."""
            motion.conflicted = motion.conflicted | {self.member_id}

    class ObjectionRaised(Event):
        """A member objects to the motion: while it stands, there is no consent."""

        TOPIC = "motion.objection-raised.v1"
        objection_id: UUID
        member_id: UUID
        subject_id: UUID
        reason: Annotated[str, Personal(Retention.GOVERNANCE, "subject_id")]

        def apply(self, motion: Motion) -> None:
            """Let it stand."""
            motion.objections = {**motion.objections, self.objection_id: self.member_id}

    class ObjectionResolved(Event):
        """An objection stands no longer: it was met by an amendment, or taken back."""

        TOPIC = "motion.objection-resolved.v1"
        objection_id: UUID
        member_id: UUID
        subject_id: UUID
        how: Annotated[str, Personal(Retention.GOVERNANCE, "subject_id")]

        def apply(self, motion: Motion) -> None:
            """Let it stand no longer."""
            motion.resolved = motion.resolved | {self.objection_id}

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

    class AdoptedByConsent(Event):
        """No objection stands against this text, of so many that were raised: it is adopted."""

        TOPIC = "motion.adopted-by-consent.v1"
        text_sha256: str
        rule_set_id: UUID
        rule_name: str
        rule_version: int
        assembly_id: UUID | None
        raised: int

        def apply(self, motion: Motion) -> None:
            """Remember the verdict."""
            motion.state = MotionState.ADOPTED

    class AdoptedInWriting(Event):
        """All members of the roll signed this text: it is adopted."""

        TOPIC = "motion.adopted-in-writing.v1"
        text_sha256: str
        written_decision_id: UUID
        signatures: int

        def apply(self, motion: Motion) -> None:
            """Remember the verdict."""
            motion.state = MotionState.ADOPTED

    class PollAnnulled(Event):
        """The poll on it was annulled before it was counted: it can be put to the vote again."""

        TOPIC = "motion.poll-annulled.v1"
        poll_id: UUID

        def apply(self, motion: Motion) -> None:
            """Stand as before."""
            motion.state = MotionState.TABLED
            motion.poll_id = None

    class VerdictAnnulled(Event):
        """What was decided is void, for this reason; nothing can be carried by it any more."""

        TOPIC = "motion.verdict-annulled.v1"
        poll_id: UUID
        decision_ref: str

        def apply(self, motion: Motion) -> None:
            """Carry nothing."""
            motion.state = MotionState.ANNULLED

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

    def amend(self, stamp: Stamp, *, title: str, text: str, text_sha256: str, decision_ref: str) -> None:
        """Change title and text before it is opened to the vote, by a decision."""
        self.require_tabled()
        texts = {"title": title, "text": text, "decision_ref": decision_ref}
        for field, said in texts.items():
            if not said.strip():
                raise EmptyText(field=field)
        if text_sha256 == self.text_sha256:
            raise TextUnchanged(text_sha256=text_sha256)
        numbered = {"text_no": self.text_no + 1, "text_sha256": text_sha256}
        self._say(self.Amended, stamp, subject_id=self.id, **numbered, **texts)

    def declare_conflict(self, stamp: Stamp, *, member_id: UUID, person_id: UUID, interest: str) -> None:
        """Record a conflict of interest, until it is decided."""
        self.require_undecided()
        if member_id in self.conflicted:
            raise ConflictDeclaredAlready(member_id=member_id)
        self._say(self.ConflictDeclared, stamp, member_id=member_id, subject_id=person_id, interest=interest)

    def raise_objection(
        self, stamp: Stamp, *, objection_id: UUID, member_id: UUID, person_id: UUID, reason: str
    ) -> None:
        """Object to the motion, with a reason."""
        self.require_undecided()
        if not reason.strip():
            raise EmptyText(field="reason")
        if objection_id in self.objections:
            raise ObjectionKnown(objection_id=objection_id)
        named = {"objection_id": objection_id, "member_id": member_id, "subject_id": person_id}
        self._say(self.ObjectionRaised, stamp, **named, reason=reason)

    def resolve_objection(self, stamp: Stamp, *, objection_id: UUID, how: str) -> None:
        """Let an objection stand no longer; `how` says what met it."""
        self.require_undecided()
        member_id = self.objections.get(objection_id)
        if member_id is None or objection_id in self.resolved:
            raise NoSuchObjection(objection_id=objection_id)
        if not how.strip():
            raise EmptyText(field="how")
        named = {"objection_id": objection_id, "member_id": member_id, "subject_id": self.id}
        self._say(self.ObjectionResolved, stamp, **named, how=how)

    def adopt_by_consent(
        self, stamp: Stamp, *, rule_set_id: UUID, rule_name: str, rule_version: int, assembly_id: UUID | None
    ) -> None:
        """Adopt the motion if no objection stands."""
        self.require_tabled()
        standing = self.objections.keys() - self.resolved
        if standing:
            raise ObjectionsStand(objections=len(standing))
        ruled = {"rule_set_id": rule_set_id, "rule_name": rule_name, "rule_version": rule_version}
        found = {"text_sha256": self.text_sha256, "assembly_id": assembly_id, "raised": len(self.objections)}
        self._say(self.AdoptedByConsent, stamp, **ruled, **found)

    def adopt_in_writing(
        self, stamp: Stamp, *, written_decision_id: UUID, text_sha256: str, signatures: int
    ) -> None:
        """Adopt the text that all signed, if it is still the text."""
        self.require_tabled()
        if text_sha256 != self.text_sha256:
            raise NotTheTextSigned(text_sha256=self.text_sha256)
        written = {"written_decision_id": written_decision_id, "signatures": signatures}
        self._say(self.AdoptedInWriting, stamp, text_sha256=text_sha256, **written)

    def annul(self, stamp: Stamp, *, poll_id: UUID, decision_ref: str) -> None:
        """Void the poll on it, or what it decided."""
        if self.poll_id != poll_id or self.state not in _VOTED:
            raise NothingToAnnul(state=self.state)
        if self.state is MotionState.OPENED:
            self._say(self.PollAnnulled, stamp, poll_id=poll_id)
        else:
            self._say(self.VerdictAnnulled, stamp, poll_id=poll_id, decision_ref=decision_ref)

    def require_undecided(self) -> None:
        """Refuse what comes after the verdict."""
        if self.state not in (MotionState.TABLED, MotionState.OPENED):
            raise MotionDecidedAlready(state=self.state)

    def open(self, stamp: Stamp, *, poll_id: UUID) -> None:
        """Put the motion to the vote, once."""
        self.require_tabled()
        self._say(self.Opened, stamp, poll_id=poll_id, text_sha256=self.text_sha256)

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

    def _say(self, kind: type[Event], stamp: Stamp, **says: object) -> None:
        self.note(kind, stamp, entity_id=self.entity_id, **says)
