"""A decision is counted again from the facts alone, and whatever was changed is named."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audit.recompute import StoredFact
from audit.recount.facts import gather
from audit.recount.findings import Recount
from audit.recount.motions import motion_of_poll, recount_motion
from domain.governance.provisions import (
    PLAIN,
    Cap,
    CapBase,
    CapHolder,
    College,
    CollegeCount,
    Colleges,
    Conflicts,
    Method,
    Provisions,
    Rounding,
    SecondConvening,
    SilentCollege,
)
from domain.governance.rolls import EntryReason
from domain.governance.rules import Basis, Choice, Comparator, Denominator, Majority, Quorum
from domain.ledger import governance, motions
from domain.ledger.rolls import correct_roll
from tests.audit.stored import altered, stored, without
from tests.cooperative import ENTITY
from tests.domain import meeting
from tests.domain.meeting import ANNA, BERT, CLEO, DIRK, ELLA, FIRST, MOTION, OTHER_MOTION, POLL, ROLL
from tests.paper import PaperLedger
from tests.scenario import TODAY

MEMBERS = (ANNA, BERT, CLEO, DIRK, ELLA)


def recounted(rows: list[StoredFact], motion: UUID = MOTION) -> Recount:
    return recount_motion(gather(rows), str(motion))


def differing(rows: list[StoredFact], motion: UUID = MOTION) -> set[str]:
    return {check.name for check in recounted(rows, motion).checks if not check.agrees}


def held(provisions: Provisions = PLAIN, **rule: Any) -> PaperLedger:
    """An assembly in which four take part: three present, one represented, and one changes the vote."""
    ledger = meeting.founded()
    meeting.rules(ledger, provisions, **rule)
    meeting.convenes(ledger)
    meeting.gives(ledger, DIRK, ANNA)
    meeting.opens(ledger, ANNA, BERT, CLEO, drawn=meeting.drawn(ledger))
    meeting.puts(ledger)
    for member, choice in ((ANNA, Choice.YES), (BERT, Choice.NO), (CLEO, Choice.NO)):
        meeting.votes(ledger, member, choice)
    meeting.votes(ledger, CLEO, Choice.YES)
    meeting.votes(ledger, DIRK, Choice.YES, ANNA)
    meeting.counts(ledger)
    return ledger


def test_what_was_not_touched_agrees_from_the_text_to_the_verdict() -> None:
    recount = recounted(stored(held().facts))
    assert recount.agrees
    names = [check.name for check in recount.checks]
    steps = (
        "nothing is missing from the log",
        "text put to the vote",
        "rule was in force",
        "roll root",
        "roll follows from the registers",
        "quorum",
        "each vote stands on the roll, once",
        "each voter was present or represented",
        "root of the ballots",
        "verdict: majority",
    )
    assert [name for name in names if name in steps] == list(steps)


def test_a_motion_is_found_by_its_poll() -> None:
    facts = gather(stored(held().facts))
    assert motion_of_poll(facts, str(POLL)) == str(MOTION)
    assert motion_of_poll(facts, str(MOTION)) is None
    with pytest.raises(LookupError):
        recount_motion(facts, str(POLL))


def change(name: str, value: Any) -> Callable[[dict[str, Any]], None]:
    def alter(said: dict[str, Any]) -> None:
        said[name] = value

    return alter


def heavier(said: dict[str, Any]) -> None:
    said["entries"][0]["votes"] = 9


def kinder(said: dict[str, Any]) -> None:
    said["reckoning"]["majority"]["in_favour"]["num"] += 1


@pytest.mark.parametrize(
    ("topic", "alter", "named"),
    [
        ("electoral-roll.page-frozen.v1", heavier, {"roll root", "roll votes"}),
        ("electoral-roll.frozen.v1", change("count", 6), {"roll members"}),
        ("voting-right.vote-cast.v1", change("votes", 2), {"each vote stands on the roll, once"}),
        ("voting-right.vote-cast.v1", change("choice", "no"), {"root of the ballots", "votes yes"}),
        ("voting-right.vote-changed.v1", change("seq", 3), {"each vote stands on the roll, once"}),
        ("poll.counted.v1", change("yes", 4), {"votes yes"}),
        ("poll.counted.v1", change("ballots", 5), {"ballots counted"}),
        ("motion.adopted.v1", change("no", 0), {"verdict: votes no"}),
        ("motion.adopted.v1", kinder, {"verdict: majority"}),
        ("motion.opened.v1", change("text_sha256", "ab" * 32), {"text put to the vote"}),
        ("assembly.quorum-reached.v1", change("represented", 2), {"quorum: votes represented"}),
        (
            "assembly.attendance-recorded.v1",
            change("member_id", str(ELLA)),
            {"each voter was present or represented"},
        ),
        ("rule-set.adopted.v1", change("valid_from", "2999-01-01"), {"rule was in force"}),
        ("member-register.member-entered.v1", change("member_no", 77), {"roll follows from the registers"}),
    ],
)
def test_what_was_changed_is_named(
    topic: str, alter: Callable[[dict[str, Any]], None], named: set[str]
) -> None:
    rows = stored(held().facts)
    assert differing(rows) == set()
    assert named <= differing(altered(rows, topic, alter))


def test_a_dropped_vote_is_named_by_the_count_it_is_missing_from() -> None:
    rows = stored(held().facts)
    for nth in range(3):
        named = differing(without(rows, "voting-right.vote-cast.v1", nth))
        assert {
            "ballots counted",
            "root of the ballots",
        } & named or "nothing is missing from the log" in named


def test_a_dropped_change_of_a_vote_is_named() -> None:
    rows = stored(held().facts)
    assert {"root of the ballots", "votes yes"} <= differing(without(rows, "voting-right.vote-changed.v1"))


def test_a_place_missing_in_the_log_is_named() -> None:
    rows = stored(held().facts)
    (missing,) = [
        check
        for check in recounted(rows[:20] + rows[21:]).checks
        if check.name.startswith("nothing is missing")
    ]
    assert "position 21 is missing" in missing.recounted


def test_a_vote_smuggled_in_after_the_close_is_named() -> None:
    ledger = held()
    rows = stored(ledger.facts)
    late = next(row for row in rows if row.topic == "voting-right.vote-cast.v1")
    moved = StoredFact(len(rows) + 1, bytes(16), 1, late.topic, late.state, late.leaf_hash)
    assert "each vote stands on the roll, once" in differing([*rows, moved])


def test_a_corrected_roll_is_counted_as_corrected() -> None:
    ledger = meeting.founded()
    meeting.rules(ledger)
    meeting.convenes(ledger)
    meeting.opens(ledger, ANNA, BERT, CLEO)
    ledger.perform(
        correct_roll, roll_id=ROLL, member_id=ELLA, votes=0, reason=EntryReason.SUSPENDED, evidence_ref="b"
    )
    meeting.puts(ledger)
    meeting.votes(ledger, ANNA, Choice.YES)
    meeting.counts(ledger)
    rows = stored(ledger.facts)
    assert recounted(rows).agrees
    assert "corrected roll votes" in differing(
        altered(rows, "electoral-roll.entry-corrected.v1", change("votes", 5))
    )


def test_advance_votes_conflicts_and_a_second_convening_are_followed() -> None:
    ledger = meeting.founded()
    second = meeting.with_provisions(second=SecondConvening(quorum=Quorum(1, 5)))
    meeting.rules(ledger, second, quorum=Quorum(1, 1))
    meeting.convenes(ledger)
    meeting.in_advance(ledger, DIRK, Choice.NO)
    meeting.opens(ledger, ANNA, BERT, drawn=meeting.drawn(ledger))
    meeting.puts(ledger)
    ledger.perform(motions.declare_conflict, motion_id=MOTION, member_id=BERT, interest="it is her van")
    meeting.convenes(ledger, meeting.SECOND, agenda=[MOTION], previous_id=FIRST)
    roll = UUID(int=699)
    meeting.opens(ledger, ANNA, BERT, assembly_id=meeting.SECOND, roll_id=roll, drawn=meeting.drawn(ledger))
    meeting.puts(ledger, assembly_id=meeting.SECOND)
    meeting.votes(ledger, ANNA, Choice.YES)
    meeting.counts(ledger)
    rows = stored(ledger.facts)
    recount = recounted(rows)
    assert recount.agrees, [check for check in recount.checks if not check.agrees]
    assert {"verdict: excluded", "verdict: quorum"} & differing(without(rows, "motion.conflict-declared.v1"))


def test_a_motion_adopted_by_consent_has_no_objection_standing() -> None:
    ledger = meeting.founded()
    meeting.rules(ledger, meeting.with_provisions(method=Method.CONSENT))
    objection = UUID(int=900)
    ledger.perform(
        motions.raise_objection, motion_id=MOTION, objection_id=objection, member_id=ANNA, reason="too dear"
    )
    ledger.perform(motions.resolve_objection, motion_id=MOTION, objection_id=objection, how="a smaller van")
    ledger.perform(motions.adopt_by_consent, motion_id=MOTION, rule_name="ordinary", rule_version=1)
    rows = stored(ledger.facts)
    assert recounted(rows).agrees
    assert "no objection stands" in differing(without(rows, "motion.objection-resolved.v1"))


def test_a_decision_in_writing_is_signed_by_each_member() -> None:
    ledger = meeting.founded()
    meeting.rules(ledger)
    ledger.perform(governance.freeze_roll, roll_id=ROLL, entity_id=ENTITY)
    decision = UUID(int=901)
    ledger.perform(
        motions.propose_in_writing,
        written_decision_id=decision,
        motion_id=MOTION,
        roll_id=ROLL,
        rule_name="ordinary",
        rule_version=1,
    )
    for member in MEMBERS:
        ledger.perform(
            motions.sign_decision,
            written_decision_id=decision,
            member_id=member,
            signed_on=TODAY,
        )
    rows = stored(ledger.facts)
    assert recounted(rows).agrees
    assert "each member signed" in differing(without(rows, "written-decision.signed.v1", 2))


COLLEGES = Colleges(
    (College("workers", 2, 3, ("entrepreneur",)), College("others", 1, 3, ("other",))),
    CollegeCount.PROPORTIONAL,
    SilentCollege.LEFT_OUT,
)
caps = st.none() | st.builds(
    Cap,
    num=st.integers(1, 3),
    den=st.sampled_from([3, 7, 10]),
    base=st.sampled_from(CapBase),
    holder=st.sampled_from(CapHolder),
    rounding=st.sampled_from(Rounding),
)
provisions = st.builds(
    meeting.with_provisions,
    cap=caps,
    conflicts=st.sampled_from(Conflicts),
    colleges=st.none()
    | st.builds(
        Colleges,
        st.just(COLLEGES.colleges),
        st.sampled_from(CollegeCount),
        st.sampled_from(SilentCollege),
    ),
)
majorities = st.builds(
    Majority,
    num=st.just(1),
    den=st.integers(2, 4),
    comparator=st.sampled_from(Comparator),
    denominator=st.sampled_from(Denominator),
)
quorums = st.builds(
    Quorum, num=st.integers(0, 1), den=st.integers(2, 5), basis=st.sampled_from([Basis.HEADS, Basis.VOTES])
)


@given(
    provisions=provisions,
    majority=majorities,
    quorum=quorums,
    choices=st.lists(st.sampled_from(Choice), min_size=3, max_size=3),
    advance=st.none() | st.sampled_from([Choice.YES, Choice.NO]),
    conflict=st.none() | st.sampled_from([ELLA, DIRK]),
)
@settings(max_examples=40, deadline=None)
def test_whatever_the_rule_the_arithmetic_done_twice_is_the_same(
    provisions: Provisions,
    majority: Majority,
    quorum: Quorum,
    choices: list[Choice],
    advance: Choice | None,
    conflict: UUID | None,
) -> None:
    ledger = meeting.founded()
    meeting.rules(ledger, provisions, majority=majority, quorum=quorum)
    meeting.convenes(ledger)
    if advance is not None:
        meeting.in_advance(ledger, ELLA, advance)
    meeting.opens(ledger, ANNA, BERT, CLEO, drawn=meeting.drawn(ledger))
    if conflict is not None:
        ledger.perform(motions.declare_conflict, motion_id=MOTION, member_id=conflict, interest="hers")
    meeting.puts(ledger)
    for member, choice in zip((ANNA, BERT, CLEO), choices, strict=True):
        meeting.votes(ledger, member, choice)
    meeting.counts(ledger)
    recount = recounted(stored(ledger.facts))
    assert recount.agrees, [check for check in recount.checks if not check.agrees]


def test_another_motion_of_the_same_assembly_is_not_taken_for_this_one() -> None:
    ledger = held()
    recount = recounted(stored(ledger.facts), OTHER_MOTION)
    assert [check.name for check in recount.checks] == ["nothing is missing from the log"]
