"""Samples of the facts about elections, papers and mandates."""

from __future__ import annotations

from datetime import date
from typing import Any

from domain.aggregates.election import Election, TieOrigin
from domain.aggregates.election_paper import ElectionPaper
from domain.aggregates.mandate_register import MandateRegister
from domain.elections.casting import Done, KeptRound, Tallied
from domain.elections.mandates import Term
from domain.elections.record import ActionKind, Method, TieRule
from domain.facts import Ledgered
from tests.facts.names import DAY, DOCUMENT, ENTITY, LINE, MEMBER, MOTION, PERSON, POLL, ROLL, SHA256

OFFICE: dict[str, Any] = {"entity_id": ENTITY, "office": "director"}
CANDIDATE: dict[str, Any] = {**OFFICE, "membership_id": MEMBER}
MANDATE: dict[str, Any] = {**CANDIDATE, "mandate_id": LINE}
PAPER: dict[str, Any] = {"entity_id": ENTITY, "election_id": POLL, "member_id": MEMBER, "votes": 1}
ROUNDS = (
    KeptRound(
        1, (Tallied(1, 2_300_000), Tallied(2, 600_000)), (Done(ActionKind.ELECTED, 1, 2_300_000),), 0, 0
    ),
    KeptRound(
        2,
        (Tallied(1, 1_300_000), Tallied(2, 1_295_648)),
        (Done(ActionKind.SURPLUS_TRANSFERRED, 1, 1_000_000),),
        86_956,
        6,
    ),
)
TIE: dict[str, Any] = {"round": 2, "among": (1, 3), "candidate": 3, "kind": ActionKind.EXCLUDED}

OF_ELECTIONS: tuple[tuple[type[Ledgered], type[Any], dict[str, Any]], ...] = (
    (
        Election,
        Election.Called,
        {
            **OFFICE,
            "seats": 2,
            "method": Method.SCOTTISH,
            "rule_set_id": LINE,
            "rule_name": "board",
            "rule_version": 1,
            "assembly_id": DOCUMENT,
            "term": Term(DAY, ends_at_assembly_of=2029),
        },
    ),
    (Election, Election.CandidateNominated, CANDIDATE),
    (Election, Election.CandidacyAccepted, CANDIDATE),
    (Election, Election.CandidateWithdrew, CANDIDATE),
    (Election, Election.VotingOpened, {**OFFICE, "roll_id": ROLL, "candidates": (MEMBER, PERSON)}),
    (
        Election,
        Election.TieOrderStated,
        {
            **OFFICE,
            "order": (PERSON, MEMBER),
            "origin": TieOrigin.PUBLIC_DRAW,
            "evidence_ref": "minutes, point 4",
        },
    ),
    (Election, Election.VotingClosed, {**OFFICE, "position": 60}),
    (Election, Election.RoundsPageCounted, {**OFFICE, "n": 1, "rounds": ROUNDS}),
    (
        Election,
        Election.TieBreakApplied,
        {**OFFICE, **TIE, "rule": TieRule.STATED_ORDER, "rounds": (1,), "evidence_ref": "minutes, point 4"},
    ),
    (
        Election,
        Election.Counted,
        {
            **OFFICE,
            "position": 60,
            "papers": 36,
            "input_root": SHA256,
            "valid": 36,
            "invalid": 0,
            "quota": 13,
            "rounds": 2,
            "pages": 1,
            "root": SHA256,
            "elected": (MEMBER, PERSON),
        },
    ),
    (Election, Election.MandatesConferred, OFFICE),
    (
        ElectionPaper,
        ElectionPaper.PaperCast,
        {**PAPER, "ranking": ((2,), (1, 3)), "seq": 1, "holder_id": None},
    ),
    (ElectionPaper, ElectionPaper.PaperChanged, {**PAPER, "ranking": (), "seq": 2, "holder_id": PERSON}),
    (MandateRegister, MandateRegister.Opened, {**OFFICE, "seats": 5, "source_ref": "statutes art. 10"}),
    (MandateRegister, MandateRegister.SeatsChanged, {**OFFICE, "seats": 7, "source_ref": "statutes 2026"}),
    (
        MandateRegister,
        MandateRegister.MandateConferred,
        {**MANDATE, "term": Term(DAY, ends_at_assembly_of=2029), "election_id": POLL, "motion_id": None},
    ),
    (
        MandateRegister,
        MandateRegister.MandateRenewed,
        {**MANDATE, "term": Term(DAY, ends_on=date(2030, 1, 1)), "election_id": None, "motion_id": MOTION},
    ),
    (MandateRegister, MandateRegister.MandateResigned, {**MANDATE, "ends_on": DAY}),
    (MandateRegister, MandateRegister.MandateRevoked, {**MANDATE, "ends_on": DAY, "motion_id": MOTION}),
    (MandateRegister, MandateRegister.MandateExpired, {**MANDATE, "ends_on": DAY, "assembly_id": DOCUMENT}),
)
