"""One assembly from its notice to its signed minutes; each vote on paper is the last word of its member."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, precondition, rule

from domain.aggregates.convening_notice import Channel, ConveningNotice
from domain.aggregates.minutes import Minutes
from domain.governance.presence import IrregularityKind
from domain.governance.provisions import Provisions
from domain.governance.rules import Denominator
from domain.ledger.assemblies import close_assembly
from domain.ledger.notices import (
    draw_up_minutes,
    minutes_id,
    notice_id,
    report_irregularity,
    send_notice,
    sign_minutes,
    waive_notice,
)
from tests.areas.desk import Area
from tests.domain.meeting import FIRST, NOTICE
from tests.domain.test_random_meetings import A_CHOICE, A_MEMBER, MEMBERS, RULES, Meeting
from tests.scenario import TODAY

OF: dict[str, Any] = {"assembly_id": FIRST}
DOCUMENTS = st.sampled_from(["ab" * 32, "cd" * 32])
SOME_MEMBERS = st.lists(A_MEMBER, unique=True, max_size=len(MEMBERS))


def at(*stages: str) -> Callable[[Any], bool]:
    """Ask it only then."""
    return lambda self: self.stage in stages


UNTIL_COUNTED = at("before", "open", "voting")


class Meetings(Area):
    """Rules of a meeting of five, under one of five rule sets."""

    def found(self) -> None:
        self.ledger = self.meeting.ledger

    @initialize(provisions=st.sampled_from(RULES), denominator=st.sampled_from(Denominator))
    def begin(self, provisions: Provisions, denominator: Denominator) -> None:
        """Convene it."""
        self.meeting = Meeting(provisions, denominator)
        super().begin()
        self.stage = "before"
        self.sent: list[UUID] = []
        self.waived: set[UUID] = set()
        self.document = ""
        self.signed: set[UUID] = set()

    @rule(members=SOME_MEMBERS, channel=st.sampled_from(Channel))
    def send_the_notice(self, members: list[UUID], channel: Channel) -> None:
        asked: dict[str, Any] = {**OF, "channel": channel, "sent_on": NOTICE, "member_ids": members}
        if self.ask(bool(members), send_notice, on=TODAY, **asked):
            self.sent += members

    @rule(member=A_MEMBER)
    def waive_it(self, member: UUID) -> None:
        if self.ask(member not in self.waived, waive_notice, on=TODAY, member_id=member, **OF):
            self.waived.add(member)

    @rule(what=st.sampled_from(["the room was locked", " "]), kind=st.sampled_from(IrregularityKind))
    def report(self, what: str, kind: IrregularityKind) -> None:
        self.ask(bool(what.strip()), report_irregularity, on=TODAY, what=what, kind=kind, **OF)

    @precondition(UNTIL_COUNTED)
    @rule(principal=A_MEMBER, holder=A_MEMBER)
    def give_a_proxy(self, principal: UUID, holder: UUID) -> None:
        self.meeting.give_a_proxy(principal, holder)

    @precondition(UNTIL_COUNTED)
    @rule(principal=A_MEMBER)
    def take_a_proxy_back(self, principal: UUID) -> None:
        self.meeting.take_a_proxy_back(principal)

    @precondition(UNTIL_COUNTED)
    @rule(member=A_MEMBER, choice=A_CHOICE)
    def vote_in_advance(self, member: UUID, choice: Any) -> None:
        self.meeting.vote_in_advance(member, choice)

    @precondition(UNTIL_COUNTED)
    @rule(member=A_MEMBER)
    def take_a_vote_in_advance_back(self, member: UUID) -> None:
        self.meeting.take_a_vote_in_advance_back(member)

    @precondition(UNTIL_COUNTED)
    @rule(member=A_MEMBER)
    def declare_a_conflict(self, member: UUID) -> None:
        self.meeting.declare_a_conflict(member)

    @precondition(at("before"))
    @rule(present=SOME_MEMBERS)
    def open_it(self, present: list[UUID]) -> None:
        """Open it, with some members there."""
        self.meeting.open_it()
        self.stage = "open"
        for member in present:
            self.meeting.arrive(member)

    @precondition(at("open", "voting"))
    @rule(member=A_MEMBER)
    def arrive(self, member: UUID) -> None:
        self.meeting.arrive(member)

    @precondition(at("open", "voting"))
    @rule(member=A_MEMBER)
    def leave(self, member: UUID) -> None:
        self.meeting.leave(member)

    @precondition(at("open"))
    @rule()
    def put_it_to_the_vote(self) -> None:
        self.meeting.put_it_to_the_vote()
        self.stage = "voting"

    @precondition(at("voting"))
    @rule(member=A_MEMBER, choice=A_CHOICE, by_proxy=st.booleans())
    def vote(self, member: UUID, choice: Any, *, by_proxy: bool) -> None:
        self.meeting.vote(member, choice, by_proxy)

    @precondition(at("voting"))
    @rule()
    def count(self) -> None:
        """Count it: the sheet of the meeting holds what the paper comes to."""
        self.meeting.count()
        self.stage = "counted"

    @precondition(at("voting", "counted", "closed"))
    @rule()
    def close(self) -> None:
        """Close it once all is counted, and once."""
        if self.ask(self.stage == "counted", close_assembly, on=TODAY, **OF):
            self.stage = "closed"

    @rule(document=DOCUMENTS, ahead=st.sampled_from([0, 0, 0, 1]), reason=st.sampled_from(["", "a name"]))
    def draw_up(self, document: str, ahead: int, reason: str) -> None:
        """Draw up its minutes once it is over; others take their place, and are signed anew."""
        right = self.stage == "closed" and not ahead and bool(reason or not self.document)
        asked: dict[str, Any] = {**OF, "document_sha256": document, "language": "en", "reason": reason}
        if self.ask(right, draw_up_minutes, on=TODAY, last_position=self.ledger.position + ahead, **asked):
            self.document, self.signed = document, set()

    @precondition(lambda self: bool(self.document))
    @rule(member=A_MEMBER, document=DOCUMENTS)
    def sign(self, member: UUID, document: str) -> None:
        """Sign exactly these minutes, once."""
        right = document == self.document and member not in self.signed
        if self.ask(right, sign_minutes, on=TODAY, member_id=member, document_sha256=document, **OF):
            self.signed.add(member)

    @invariant()
    def who_is_there_was_told_and_has_signed_is_on_paper(self) -> None:
        self.meeting.the_assembly_knows_who_is_there_and_represented()
        if self.sent or self.waived:
            assert self.state(ConveningNotice, notice_id(FIRST)).waived == self.waived
            told = [each for each in self.streams[notice_id(FIRST)] if isinstance(each, ConveningNotice.Sent)]
            assert [member for each in told for member in each.member_ids] == self.sent
        if self.document:
            minutes = self.state(Minutes, minutes_id(FIRST))
            assert minutes.document_sha256 == self.document
            assert minutes.signed_by == self.signed
