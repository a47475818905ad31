"""Samples of the facts about members and their decisions."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from domain.aggregates.assembly import Assembly
from domain.aggregates.electoral_roll import ElectoralRoll
from domain.aggregates.member_register import MemberRegister
from domain.aggregates.membership import Membership
from domain.aggregates.motion import Motion
from domain.aggregates.poll import Poll
from domain.aggregates.rule_set import RuleSet
from domain.aggregates.voting_right import VotingRight
from domain.facts import Ledgered
from domain.governance.presence import AttendanceMode, IrregularityKind, ProxyEnd
from domain.governance.provisions import CapBase, College, Colleges
from domain.governance.reckoning import (
    CapReckoned,
    CollegeReckoned,
    Exact,
    MajorityReckoned,
    QuorumReckoned,
    Reckoning,
    Weighed,
)
from domain.governance.rolls import EntryReason, RollEntry
from domain.governance.rules import Basis, Choice, Comparator, Denominator, Majority, Quorum
from domain.governance.secrecy import Secrecy
from domain.ledger.rule_presets import preset
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
    "invalid": 0,
    "rule_set_id": LINE,
    "rule_name": "statutes",
    "rule_version": 1,
    "reckoning": Reckoning(
        QuorumReckoned(Basis.SHARES, 1, 2, Exact(74, 1), Exact(100, 1), met=True),
        MajorityReckoned(
            Denominator.EXPRESSED,
            Comparator.AT_LEAST,
            3,
            4,
            Weighed(Exact(45, 1), Exact(15, 1), Exact(12, 1), Exact(2, 1), Exact(0, 1)),
            in_favour=Exact(45, 1),
            base=Exact(60, 1),
            met=True,
        ),
        CapReckoned(CapBase.PRESENT, 74, Exact(37, 5)),
        (
            CollegeReckoned(
                "workers", Exact(3, 4), 10, 12, Exact(6, 1), Exact(4, 1), Exact(10, 1), Exact(9, 20)
            ),
        ),
        excluded=1,
    ),
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
    "in_advance": 3,
    "text_sha256": SHA256,
    "rule_name": "statutes",
    "rule_version": 1,
    "reckoned": QuorumReckoned(Basis.SHARES, 1, 2, Exact(54, 1), Exact(100, 1), met=True),
}
RULE = replace(
    preset("be-nrc-cnc-statutes").provisions,
    colleges=Colleges((College("workers", 3, 4, ("worker",)), College("others", 1, 4))),
)
WEIGHED = RollEntry(PERSON, 2, 3, 3, "workers")
PROXY: dict[str, Any] = {"entity_id": ENTITY, "principal_id": MEMBER, "holder_id": PERSON}

OF_PEOPLE: tuple[tuple[type[Ledgered], type[Any], dict[str, Any]], ...] = (
    (
        Assembly,
        Assembly.Convened,
        {
            "entity_id": ENTITY,
            "held_on": DAY,
            "notice_on": date(2025, 12, 31),
            "agenda": (MOTION,),
            "texts": (SHA256,),
            "agenda_sha256": SHA256,
            "place": "Rue Haute 1, 1000 Brussels",
            "rule_set_id": LINE,
            "record_on": DAY,
            "convening_no": 2,
            "previous_id": DOCUMENT,
        },
    ),
    (
        Assembly,
        Assembly.IrregularityRecorded,
        {"entity_id": ENTITY, "kind": IrregularityKind.SHORT_NOTICE, "found": 10, "required": 15},
    ),
    (
        Assembly,
        Assembly.ProxyGranted,
        {**PROXY, "motions": (MOTION,), "instructions_sha256": SHA256},
    ),
    (Assembly, Assembly.ProxyRevoked, {**PROXY, "reason": ProxyEnd.ATTENDED}),
    (Assembly, Assembly.Opened, {"entity_id": ENTITY, "roll_id": ROLL, "entitled": 100}),
    (
        Assembly,
        Assembly.AttendanceRecorded,
        {"entity_id": ENTITY, "member_id": MEMBER, "mode": AttendanceMode.REMOTE, "late": True},
    ),
    (Assembly, Assembly.QuorumReached, {**QUORUM, "poll_id": POLL}),
    (Assembly, Assembly.QuorumNotReached, QUORUM),
    (Assembly, Assembly.Closed, {"entity_id": ENTITY}),
    (ElectoralRoll, ElectoralRoll.Drawn, {"entity_id": ENTITY, "record_on": DAY, "position": 40}),
    (
        ElectoralRoll,
        ElectoralRoll.PageFrozen,
        {"entity_id": ENTITY, "n": 1, "entries": (RollEntry(MEMBER, 1, 1), WEIGHED)},
    ),
    (
        ElectoralRoll,
        ElectoralRoll.Frozen,
        {"entity_id": ENTITY, "pages": 1, "count": 2, "votes": 4, "root": SHA256},
    ),
    (
        ElectoralRoll,
        ElectoralRoll.EntryCorrected,
        {
            "entity_id": ENTITY,
            "entry": replace(WEIGHED, votes=0, reason=EntryReason.SUSPENDED),
            "evidence_ref": "board 7",
            "count": 2,
            "votes": 1,
            "root": SHA256,
        },
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
            "secrecy": Secrecy.ROLL_CALL,
        },
    ),
    (
        Poll,
        Poll.HeldInAssembly,
        {
            "entity_id": ENTITY,
            "motion_id": MOTION,
            "assembly_id": DOCUMENT,
            "took_part": 54,
            "quorum": Quorum(1, 2),
            "in_advance": 3,
        },
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
            "invalid": 0,
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
            "quorum": Quorum(1, 2, Basis.SHARES),
            "majority": Majority(3, 4, Comparator.AT_LEAST, Denominator.EXPRESSED),
            "source_ref": "CSA art. 6:85 ◇",
            "provisions": RULE,
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
