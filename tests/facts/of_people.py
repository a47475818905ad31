"""Samples of the facts about members and their decisions."""

from __future__ import annotations

from datetime import date
from typing import Any

from domain.aggregates.assembly import Assembly, IrregularityKind, ProxyEnd
from domain.aggregates.electoral_roll import ElectoralRoll, RollEntry
from domain.aggregates.member_register import MemberRegister
from domain.aggregates.membership import Membership
from domain.aggregates.motion import Motion
from domain.aggregates.poll import Poll
from domain.aggregates.rule_set import RuleSet
from domain.aggregates.voting_right import VotingRight
from domain.facts import Ledgered
from domain.governance.rules import Choice, Comparator, Denominator, Majority, Quorum
from tests.facts.names import DAY, DOCUMENT, ENTITY, LINE, MEMBER, MOTION, PERSON, POLL, ROLL, SHA256

COUNT: dict[str, Any] = {"yes": 45, "no": 15, "abstain": 12, "blank": 2}
VERDICT: dict[str, Any] = {
    "entity_id": ENTITY,
    "poll_id": POLL,
    **COUNT,
    "took_part": 74,
    "entitled": 100,
    "quorum_met": True,
    "denominator": 60,
}
VOTE: dict[str, Any] = {"entity_id": ENTITY, "poll_id": POLL, "member_id": MEMBER, "votes": 1}

QUORUM: dict[str, Any] = {
    "entity_id": ENTITY,
    "motion_id": MOTION,
    "rule_set_id": LINE,
    "present": 40,
    "represented": 11,
    "entitled": 100,
    "num": 1,
    "den": 2,
}
PROXY: dict[str, Any] = {"entity_id": ENTITY, "principal_id": MEMBER, "holder_id": PERSON}

OF_PEOPLE: tuple[tuple[type[Ledgered], type[Any], dict[str, Any]], ...] = (
    (
        Assembly,
        Assembly.Convened,
        {"entity_id": ENTITY, "held_on": DAY, "notice_on": date(2025, 12, 31), "agenda": (MOTION,)},
    ),
    (
        Assembly,
        Assembly.IrregularityRecorded,
        {"entity_id": ENTITY, "kind": IrregularityKind.SHORT_NOTICE, "found": 10, "required": 15},
    ),
    (Assembly, Assembly.ProxyGranted, PROXY),
    (Assembly, Assembly.ProxyRevoked, {**PROXY, "reason": ProxyEnd.ATTENDED}),
    (Assembly, Assembly.Opened, {"entity_id": ENTITY, "roll_id": ROLL, "entitled": 100}),
    (Assembly, Assembly.AttendanceRecorded, {"entity_id": ENTITY, "member_id": MEMBER}),
    (Assembly, Assembly.QuorumReached, {**QUORUM, "poll_id": POLL}),
    (Assembly, Assembly.QuorumNotReached, QUORUM),
    (Assembly, Assembly.Closed, {"entity_id": ENTITY}),
    (ElectoralRoll, ElectoralRoll.Drawn, {"entity_id": ENTITY, "record_on": DAY, "position": 40}),
    (
        ElectoralRoll,
        ElectoralRoll.PageFrozen,
        {"entity_id": ENTITY, "n": 1, "entries": (RollEntry(MEMBER, 1, 1), RollEntry(PERSON, 2, 3))},
    ),
    (
        ElectoralRoll,
        ElectoralRoll.Frozen,
        {"entity_id": ENTITY, "pages": 1, "count": 2, "votes": 4, "root": SHA256},
    ),
    (MemberRegister, MemberRegister.Opened, {"entity_id": ENTITY}),
    (
        MemberRegister,
        MemberRegister.MemberEntered,
        {"entity_id": ENTITY, "membership_id": MEMBER, "member_no": 1},
    ),
    (
        MemberRegister,
        MemberRegister.MemberLeft,
        {"entity_id": ENTITY, "membership_id": MEMBER, "member_no": 1},
    ),
    (
        Membership,
        Membership.Applied,
        {
            "entity_id": ENTITY,
            "person_id": PERSON,
            "category": "entrepreneur",
            "name": "Zoë Søn",
            "address": "Rue Haute 1\n1000 Brussels",
            "email": "member@example.org",
        },
    ),
    (
        Membership,
        Membership.Admitted,
        {
            "entity_id": ENTITY,
            "person_id": PERSON,
            "member_no": 1,
            "founder": True,
            "decision_ref": "board 1",
        },
    ),
    (
        Membership,
        Membership.ResignationNotified,
        {
            "entity_id": ENTITY,
            "person_id": PERSON,
            "received_on": date(2026, 3, 15),
            "effect_on": date(2026, 6, 30),
        },
    ),
    (Membership, Membership.ResignationTookEffect, {"entity_id": ENTITY, "person_id": PERSON}),
    (
        Motion,
        Motion.Tabled,
        {
            "entity_id": ENTITY,
            "text_sha256": SHA256,
            "subject_id": MOTION,
            "title": "A van",
            "text": "Buy a van.\n\nSecond-hand.",
        },
    ),
    (Motion, Motion.Opened, {"entity_id": ENTITY, "poll_id": POLL, "text_sha256": SHA256}),
    (Motion, Motion.Adopted, VERDICT),
    (Motion, Motion.Rejected, VERDICT),
    (
        Poll,
        Poll.Opened,
        {
            "entity_id": ENTITY,
            "motion_id": MOTION,
            "roll_id": ROLL,
            "rule_set_id": LINE,
            "rule_name": "statutes",
            "rule_version": 1,
        },
    ),
    (
        Poll,
        Poll.HeldInAssembly,
        {"entity_id": ENTITY, "motion_id": MOTION, "assembly_id": DOCUMENT, "took_part": 51},
    ),
    (Poll, Poll.Closed, {"entity_id": ENTITY, "motion_id": MOTION, "position": 60}),
    (
        Poll,
        Poll.Counted,
        {
            "entity_id": ENTITY,
            "motion_id": MOTION,
            "position": 60,
            "ballots": 74,
            "input_root": SHA256,
            **COUNT,
        },
    ),
    (
        RuleSet,
        RuleSet.Adopted,
        {
            "entity_id": ENTITY,
            "name": "statutes",
            "version": 1,
            "valid_from": DAY,
            "quorum": Quorum(1, 2),
            "majority": Majority(3, 4, Comparator.AT_LEAST, Denominator.EXPRESSED),
            "source_ref": "CSA art. 6:85 ◇",
        },
    ),
    (VotingRight, VotingRight.VoteCast, {**VOTE, "choice": Choice.YES, "seq": 1}),
    (VotingRight, VotingRight.VoteChanged, {**VOTE, "choice": Choice.BLANK, "seq": 2}),
    (
        VotingRight,
        VotingRight.GivenByProxy,
        {**VOTE, "choice": Choice.BLANK, "seq": 2, "holder_id": PERSON},
    ),
)
