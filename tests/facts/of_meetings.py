"""Samples of the facts about notices, advance votes, objections, decisions in writing and minutes."""

from __future__ import annotations

from typing import Any

from domain.aggregates.advance_box import AdvanceBox, AdvanceVote
from domain.aggregates.assembly import Assembly
from domain.aggregates.convening_notice import Channel, ConveningNotice
from domain.aggregates.electoral_roll import ElectoralRoll
from domain.aggregates.minutes import Minutes
from domain.aggregates.motion import Motion
from domain.aggregates.poll import Poll
from domain.aggregates.written_decision import WrittenDecision
from domain.facts import Ledgered
from domain.governance.presence import IrregularityKind, ProxyFault
from domain.governance.rules import Choice
from tests.facts.names import DAY, DOCUMENT, ENTITY, LINE, MEMBER, MOTION, PERSON, POLL, ROLL, SHA256

BOX: dict[str, Any] = {"entity_id": ENTITY, "assembly_id": DOCUMENT, "motion_id": MOTION}
NOTICE: dict[str, Any] = {"entity_id": ENTITY, "assembly_id": DOCUMENT}
RULED: dict[str, Any] = {"rule_set_id": LINE, "rule_name": "statutes", "rule_version": 1}
DRAWN: dict[str, Any] = {**NOTICE, "document_sha256": SHA256, "language": "fr", "last_position": 90}
OBJECTION: dict[str, Any] = {"entity_id": ENTITY, "objection_id": LINE, "member_id": MEMBER}
WRITTEN: dict[str, Any] = {"entity_id": ENTITY, "motion_id": MOTION}
VOTES = (AdvanceVote(MEMBER, Choice.YES), AdvanceVote(PERSON, Choice.INVALID))

OF_MEETINGS: tuple[tuple[type[Ledgered], type[Any], dict[str, Any]], ...] = (
    (AdvanceBox, AdvanceBox.Placed, BOX),
    (
        AdvanceBox,
        AdvanceBox.Received,
        {**BOX, "member_id": MEMBER, "person_id": PERSON, "text_sha256": SHA256, "choice": "yes"},
    ),
    (AdvanceBox, AdvanceBox.Withdrawn, {**BOX, "member_id": MEMBER}),
    (AdvanceBox, AdvanceBox.PageOpened, {**BOX, "poll_id": POLL, "n": 1, "votes": VOTES}),
    (AdvanceBox, AdvanceBox.Opened, {**BOX, "poll_id": POLL, "pages": 1, "count": 2, "root": SHA256}),
    (
        Assembly,
        Assembly.ProxyRefused,
        {
            "entity_id": ENTITY,
            "principal_id": MEMBER,
            "holder_id": PERSON,
            "fault": ProxyFault.OVER_THE_LIMIT,
            "limit": 1,
        },
    ),
    (Assembly, Assembly.DepartureRecorded, {"entity_id": ENTITY, "member_id": MEMBER}),
    (
        Assembly,
        Assembly.MotionsAdjourned,
        {"entity_id": ENTITY, "to_on": DAY, "motions": (MOTION,), "decision_ref": "board 8"},
    ),
    (ConveningNotice, ConveningNotice.Opened, {**NOTICE, "agenda_sha256": SHA256}),
    (
        ConveningNotice,
        ConveningNotice.Sent,
        {**NOTICE, "channel": Channel.BY_HAND, "sent_on": DAY, "member_ids": (MEMBER, PERSON)},
    ),
    (ConveningNotice, ConveningNotice.Waived, {**NOTICE, "member_id": MEMBER}),
    (
        ConveningNotice,
        ConveningNotice.IrregularityReported,
        {
            **NOTICE,
            "kind": IrregularityKind.DISPUTED_PROXY,
            "subject_id": DOCUMENT,
            "what": "Two members say they hold Zoë's proxy.",
            "evidence_sha256": SHA256,
        },
    ),
    (ElectoralRoll, ElectoralRoll.PutToUse, {"entity_id": ENTITY, "poll_id": POLL}),
    (Minutes, Minutes.DrawnUp, DRAWN),
    (Minutes, Minutes.DrawnUpAgain, {**DRAWN, "reason": "a name was misspelt"}),
    (Minutes, Minutes.Signed, {**NOTICE, "document_sha256": SHA256, "member_id": MEMBER}),
    (
        Motion,
        Motion.Amended,
        {
            "entity_id": ENTITY,
            "text_no": 2,
            "text_sha256": SHA256,
            "decision_ref": "amendment 1, by show of hands",
            "subject_id": MOTION,
            "title": "A van",
            "text": "Rent a van.",
        },
    ),
    (
        Motion,
        Motion.ConflictDeclared,
        {"entity_id": ENTITY, "member_id": MEMBER, "subject_id": PERSON, "interest": "sells vans"},
    ),
    (Motion, Motion.ObjectionRaised, {**OBJECTION, "subject_id": PERSON, "reason": "It burns oil."}),
    (Motion, Motion.ObjectionResolved, {**OBJECTION, "subject_id": MOTION, "how": "An electric one."}),
    (
        Motion,
        Motion.AdoptedByConsent,
        {"entity_id": ENTITY, "text_sha256": SHA256, **RULED, "assembly_id": DOCUMENT, "raised": 1},
    ),
    (
        Motion,
        Motion.AdoptedInWriting,
        {"entity_id": ENTITY, "text_sha256": SHA256, "written_decision_id": DOCUMENT, "signatures": 7},
    ),
    (Motion, Motion.PollAnnulled, {"entity_id": ENTITY, "poll_id": POLL}),
    (Motion, Motion.VerdictAnnulled, {"entity_id": ENTITY, "poll_id": POLL, "decision_ref": "court 12"}),
    (
        Poll,
        Poll.Annulled,
        {
            "entity_id": ENTITY,
            "motion_id": MOTION,
            "decision_ref": "chair",
            "subject_id": MOTION,
            "reason": "The wrong text was read out.",
        },
    ),
    (
        WrittenDecision,
        WrittenDecision.Proposed,
        {**WRITTEN, "text_sha256": SHA256, "roll_id": ROLL, "members": 7, **RULED},
    ),
    (
        WrittenDecision,
        WrittenDecision.Signed,
        {**WRITTEN, "member_id": MEMBER, "signed_on": DAY, "document_sha256": None},
    ),
    (WrittenDecision, WrittenDecision.Adopted, {**WRITTEN, "signatures": 7}),
    (WrittenDecision, WrittenDecision.Dropped, {**WRITTEN, "decision_ref": "board 9"}),
)
