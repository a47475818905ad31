"""Rules, rolls, motions, polls and votes: what each accepts by itself, and what it refuses."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from domain.aggregates.electoral_roll import PAGE, ElectoralRoll
from domain.aggregates.motion import Motion
from domain.aggregates.poll import Poll
from domain.aggregates.rule_set import RuleSet
from domain.aggregates.voting_right import VotingRight
from domain.errors import (
    EmptyRoll,
    EmptyText,
    InvalidThreshold,
    MotionAlreadyOpened,
    NotOnTheRoll,
    PollAlreadyCounted,
    PollNotOpen,
    PollStillOpen,
    RollNotFrozen,
    RuleNotInForce,
    VoteUnchanged,
)
from domain.governance.provisions import PLAIN
from domain.governance.reckoning import reckon
from domain.governance.rolls import RollEntry
from domain.governance.roots import root_of
from domain.governance.rules import Choice, Comparator, Denominator, Majority, Quorum
from domain.governance.tally import Ballot, Tally, Verdict
from tests.cooperative import ENTITY, MEMBER, OTHER_MEMBER
from tests.scenario import ID, TODAY, Fact, Given, fact, replayed, stamp

MOTION, POLL, ROLL, RULE = (UUID(int=n) for n in range(150, 154))

# Rule sets

SIMPLE = Majority(1, 2, Comparator.MORE_THAN, Denominator.EXPRESSED)
ADOPTED = fact(
    RuleSet.Adopted,
    entity_id=ENTITY,
    name="ordinary",
    version=1,
    valid_from=TODAY,
    quorum=Quorum(0, 1),
    majority=SIMPLE,
    source_ref="statutes art. 20",
    provisions=PLAIN,
)


def adopting(**says: Any) -> Any:
    return lambda _: RuleSet.adopt(stamp(), id=ID, **ADOPTED.says | says)


def test_a_rule_is_adopted_with_its_thresholds_and_source() -> None:
    Given(RuleSet).when(adopting()).then(ADOPTED)


@pytest.mark.parametrize("empty", ["name", "source_ref"])
def test_a_rule_without_name_or_source_is_refused(empty: str) -> None:
    Given(RuleSet).when(adopting(**{empty: " "})).then_refused(EmptyText, field=empty)


@pytest.mark.parametrize(
    "thresholds",
    [
        {"quorum": Quorum(3, 2)},
        {"quorum": Quorum(1, 0)},
        {"majority": Majority(0, 1, Comparator.AT_LEAST, Denominator.CAST)},
        {"majority": Majority(0, 1, Comparator.MORE_THAN, Denominator.CAST)},
        {"majority": Majority(1, 1, Comparator.MORE_THAN, Denominator.CAST)},
        {"majority": Majority(5, 4, Comparator.AT_LEAST, Denominator.CAST)},
    ],
)
def test_a_rule_that_adopts_everything_or_nothing_is_refused(thresholds: dict[str, Any]) -> None:
    Given(RuleSet).when(adopting(**thresholds)).then_refused(InvalidThreshold)


@pytest.mark.parametrize("quorum", [Quorum(0, 1), Quorum(1, 1)])
def test_unanimity_and_full_presence_can_be_asked_for(quorum: Quorum) -> None:
    says = {"quorum": quorum, "majority": Majority(1, 1, Comparator.AT_LEAST, Denominator.ENTITLED)}
    Given(RuleSet).when(adopting(**says)).then(fact(RuleSet.Adopted, **ADOPTED.says | says))


def test_a_rule_is_in_force_from_its_day() -> None:
    rule = replayed(RuleSet, ADOPTED)
    rule.require_in_force(TODAY)
    with pytest.raises(RuleNotInForce):
        rule.require_in_force(date(2026, 3, 1))


# Rolls

DRAWN = fact(ElectoralRoll.Drawn, entity_id=ENTITY, record_on=TODAY, position=40)


def entries(number: int) -> list[RollEntry]:
    return [RollEntry(UUID(int=1000 + n), n, 1) for n in range(1, number + 1)]


def page(n: int, on_it: list[RollEntry]) -> Fact:
    return fact(ElectoralRoll.PageFrozen, entity_id=ENTITY, n=n, entries=tuple(on_it))


def frozen(on_it: list[RollEntry]) -> Fact:
    return fact(
        ElectoralRoll.Frozen,
        entity_id=ENTITY,
        pages=-(-len(on_it) // PAGE),
        count=len(on_it),
        votes=sum(entry.votes for entry in on_it),
        root=root_of([f"{entry.member_no} {entry.member_id} {entry.votes}" for entry in on_it]),
    )


def freezing(on_it: list[RollEntry]) -> Any:
    return lambda _: ElectoralRoll.freeze(stamp(), id=ROLL, entity_id=ENTITY, position=40, entries=on_it)


@pytest.mark.parametrize("number", [1, PAGE, PAGE + 1, 2 * PAGE + 1])
def test_a_roll_is_frozen_in_pages_under_one_root(number: int) -> None:
    on_it = entries(number)
    pages = [on_it[start : start + PAGE] for start in range(0, number, PAGE)]
    Given(ElectoralRoll).when(freezing(on_it)).then(
        DRAWN, *(page(n, each) for n, each in enumerate(pages, start=1)), frozen(on_it)
    )


def test_a_roll_of_nobody_is_refused() -> None:
    Given(ElectoralRoll).when(freezing([])).then_refused(EmptyRoll)


def test_a_roll_tells_the_votes_of_each_member_and_of_nobody_else() -> None:
    on_it = [*entries(PAGE), RollEntry(MEMBER, PAGE + 1, 3)]
    roll = replayed(ElectoralRoll, DRAWN, page(1, on_it[:PAGE]), page(2, on_it[PAGE:]), frozen(on_it))
    assert roll.votes_of(UUID(int=1001)) == 1
    assert roll.votes_of(MEMBER) == 3
    assert roll.require_entitled() == PAGE + 3
    with pytest.raises(NotOnTheRoll):
        roll.votes_of(OTHER_MEMBER)


def test_a_roll_without_its_closing_fact_entitles_nobody() -> None:
    Given(ElectoralRoll, DRAWN, page(1, entries(1))).when(lambda roll: roll.require_entitled()).then_refused(
        RollNotFrozen
    )


# Motions

TABLED = fact(
    Motion.Tabled, entity_id=ENTITY, subject_id=ID, title="A van", text="Buy a van.", text_sha256="t" * 64
)
OPENED = fact(Motion.Opened, entity_id=ENTITY, poll_id=POLL, text_sha256="t" * 64)
TALLY = Tally(yes=2, no=1, abstain=1, blank=0)
SAID = (Choice.YES, Choice.YES, Choice.NO, Choice.ABSTAIN)
REASON = reckon(
    quorum=Quorum(0, 1),
    majority=SIMPLE,
    provisions=PLAIN,
    entries=[RollEntry(UUID(int=n), n, 1) for n in range(1, 11)],
    took_part=(),
    ballots=[Ballot(UUID(int=n), choice, 1) for n, choice in enumerate(SAID, start=1)],
)
UNMET = replace(REASON, majority=replace(REASON.majority, met=False))
RULED: dict[str, Any] = {"rule_set_id": RULE, "rule_name": "ordinary", "rule_version": 1}
FIGURES: dict[str, Any] = {"took_part": 4, "entitled": 10, "quorum_met": True, "denominator": 3}


def settled(kind: type[Any]) -> Fact:
    counted = {"yes": 2, "no": 1, "abstain": 1, "blank": 0, "invalid": 0}
    reckoning = REASON if kind is Motion.Adopted else UNMET
    return fact(kind, entity_id=ENTITY, poll_id=POLL, **counted, **FIGURES, **RULED, reckoning=reckoning)


def settling(*, adopted: bool) -> Any:
    verdict, reckoning = Verdict(**FIGURES, adopted=adopted), REASON if adopted else UNMET
    return lambda motion: motion.settle(
        stamp(), poll_id=POLL, tally=TALLY, verdict=verdict, reckoning=reckoning, **RULED
    )


def opening(motion: Motion) -> None:
    motion.open(stamp(), poll_id=POLL)


def tabling(**says: Any) -> Any:
    asked: dict[str, Any] = {
        "entity_id": ENTITY,
        "title": "A van",
        "text": "Buy a van.",
        "text_sha256": "t" * 64,
    }
    return lambda _: Motion.table(stamp(), id=ID, **asked | says)


def test_a_motion_is_tabled_by_title_and_text() -> None:
    Given(Motion).when(tabling()).then(TABLED)
    for empty in ("title", "text"):
        Given(Motion).when(tabling(**{empty: "\n"})).then_refused(EmptyText, field=empty)


def test_a_motion_is_put_to_the_vote_once() -> None:
    Given(Motion, TABLED).when(opening).then(OPENED)
    for history in ([OPENED], [OPENED, settled(Motion.Adopted)], [OPENED, settled(Motion.Rejected)]):
        Given(Motion, TABLED, *history).when(opening).then_refused(MotionAlreadyOpened)


def test_the_verdict_is_recorded_with_its_arithmetic_once() -> None:
    Given(Motion, TABLED, OPENED).when(settling(adopted=True)).then(settled(Motion.Adopted))
    Given(Motion, TABLED, OPENED).when(settling(adopted=False)).then(settled(Motion.Rejected))
    for verdict in (Motion.Adopted, Motion.Rejected):
        Given(Motion, TABLED, OPENED, settled(verdict)).when(settling(adopted=True)).then_refused(
            PollAlreadyCounted
        )


# Polls

BEGUN = fact(
    Poll.Opened,
    entity_id=ENTITY,
    motion_id=MOTION,
    roll_id=ROLL,
    rule_set_id=RULE,
    rule_name="ordinary",
    rule_version=1,
)
CLOSED = fact(Poll.Closed, entity_id=ENTITY, motion_id=MOTION, position=60)
COUNTED = fact(
    Poll.Counted,
    entity_id=ENTITY,
    motion_id=MOTION,
    position=60,
    ballots=4,
    input_root="r" * 64,
    yes=2,
    no=1,
    abstain=1,
    blank=0,
    invalid=0,
)


def closing(poll: Poll) -> None:
    poll.close(stamp(), position=60)


def counting(poll: Poll) -> None:
    poll.record_count(stamp(), ballots=4, input_root="r" * 64, tally=TALLY)


def test_an_open_poll_takes_votes_until_it_is_closed() -> None:
    Given(Poll, BEGUN).when(lambda poll: poll.require_open()).then_nothing()
    for history in ([CLOSED], [CLOSED, COUNTED]):
        Given(Poll, BEGUN, *history).when(lambda poll: poll.require_open()).then_refused(PollNotOpen)


def test_a_poll_is_closed_once() -> None:
    Given(Poll, BEGUN).when(closing).then(CLOSED)
    Given(Poll, BEGUN, CLOSED).when(closing).then_refused(PollNotOpen)


def test_a_closed_poll_is_counted_once_as_of_its_closing() -> None:
    Given(Poll, BEGUN, CLOSED).when(counting).then(COUNTED)
    Given(Poll, BEGUN).when(counting).then_refused(PollStillOpen)
    Given(Poll, BEGUN, CLOSED, COUNTED).when(counting).then_refused(PollAlreadyCounted)


# Votes


def voted(kind: type[Any], choice: Choice, seq: int) -> Fact:
    return fact(kind, entity_id=ENTITY, poll_id=POLL, member_id=MEMBER, choice=choice, votes=1, seq=seq)


CAST = voted(VotingRight.VoteCast, Choice.YES, 1)
CHANGED = voted(VotingRight.VoteChanged, Choice.NO, 2)


def changing(choice: Choice) -> Any:
    return lambda right: right.change(stamp(), entity_id=ENTITY, choice=choice)


def test_a_vote_is_cast_with_the_votes_of_the_roll() -> None:
    Given(VotingRight).when(
        lambda _: VotingRight.cast(
            stamp(), id=ID, entity_id=ENTITY, poll_id=POLL, member_id=MEMBER, choice=Choice.YES, votes=1
        )
    ).then(CAST)


def test_a_changed_vote_is_recorded_as_a_change_and_numbered() -> None:
    Given(VotingRight, CAST).when(changing(Choice.NO)).then(CHANGED)
    Given(VotingRight, CAST, CHANGED).when(changing(Choice.YES)).then(
        voted(VotingRight.VoteChanged, Choice.YES, 3)
    )


def test_the_same_vote_again_is_refused() -> None:
    Given(VotingRight, CAST).when(changing(Choice.YES)).then_refused(VoteUnchanged)
    Given(VotingRight, CAST, CHANGED).when(changing(Choice.NO)).then_refused(VoteUnchanged)
