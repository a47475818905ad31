"""A roll-call vote from the rule to the verdict, and every way to go wrong on it."""

from __future__ import annotations

import hashlib
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from domain.aggregates.electoral_roll import ElectoralRoll
from domain.aggregates.member_register import MemberRegister
from domain.aggregates.motion import Motion
from domain.aggregates.poll import Poll
from domain.aggregates.rule_set import RuleSet
from domain.aggregates.voting_right import VotingRight
from domain.errors import (
    AlreadyExists,
    CountDisagrees,
    EmptyRoll,
    MotionAlreadyOpened,
    NotOnTheRoll,
    NotRetroactive,
    OtherEntity,
    PollAlreadyCounted,
    PollNotOpen,
    PollStillOpen,
    Refusal,
    RuleNotInForce,
    UnknownRecord,
    UnreadableText,
    VoteUnchanged,
)
from domain.governance.rules import Choice, Comparator, Denominator, Majority, Quorum
from domain.governance.tally import Ballot
from domain.ledger.entities import entity_id_of
from domain.ledger.governance import (
    adopt_rule_set,
    ballots_root,
    cast_vote,
    close_poll,
    count_poll,
    freeze_roll,
    open_poll,
    rule_set_id,
    table_motion,
)
from domain.ledger.members import let_resignation_take_effect, membership_id, resign
from tests.cooperative import ENTITY, FOUNDED, MEMBER, OTHER_MEMBER, PERSON, found, found_entity, join
from tests.paper import PaperLedger
from tests.scenario import TODAY

MOTION, POLL, ROLL = (UUID(int=n) for n in range(150, 153))
THIRD = membership_id(ENTITY, UUID(int=110))
RULE: dict[str, Any] = {
    "entity_id": ENTITY,
    "name": "ordinary",
    "version": 1,
    "valid_from": FOUNDED,
    "quorum": Quorum(1, 2),
    "majority": Majority(1, 2, Comparator.MORE_THAN, Denominator.EXPRESSED),
    "source_ref": "statutes art. 20",
}
OPEN: dict[str, Any] = {
    "poll_id": POLL,
    "motion_id": MOTION,
    "roll_id": ROLL,
    "rule_name": "ordinary",
    "rule_version": 1,
}
YES, NO = Choice.YES, Choice.NO


@pytest.fixture
def tabled() -> PaperLedger:
    """Three members, a rule, a roll and a motion."""
    ledger = PaperLedger()
    found(ledger.perform)
    join(ledger.perform, UUID(int=110))
    ledger.perform(adopt_rule_set, on=FOUNDED, **RULE)
    ledger.perform(freeze_roll, roll_id=ROLL, entity_id=ENTITY)
    ledger.perform(table_motion, motion_id=MOTION, entity_id=ENTITY, title="A van", text="Buy a van.")
    return ledger


@pytest.fixture
def polled(tabled: PaperLedger) -> PaperLedger:
    """The same, with the poll open."""
    tabled.perform(open_poll, **OPEN)
    return tabled


def vote(ledger: PaperLedger, member_id: UUID, choice: Choice) -> list[Any]:
    return ledger.perform(cast_vote, poll_id=POLL, member_id=member_id, choice=choice)


def count(ledger: PaperLedger, *ballots: Ballot) -> list[Any]:
    return ledger.perform(count_poll, poll_id=POLL, ballots=ballots)


def test_a_roll_call_vote_from_roll_to_verdict(polled: PaperLedger) -> None:
    vote(polled, MEMBER, YES)
    vote(polled, OTHER_MEMBER, NO)
    vote(polled, THIRD, YES)
    position = polled.position
    (closed,) = polled.perform(close_poll, poll_id=POLL)
    assert closed.position == position
    ballots = (Ballot(THIRD, YES, 1), Ballot(MEMBER, YES, 1), Ballot(OTHER_MEMBER, NO, 1))
    by_kind = {type(each): each for each in count(polled, *ballots)}
    assert set(by_kind) == {Poll.Counted, Motion.Adopted, MemberRegister.VoteEnded}
    counted, adopted = by_kind[Poll.Counted], by_kind[Motion.Adopted]
    assert (counted.ballots, counted.yes, counted.no, counted.position) == (3, 2, 1, position)
    assert counted.input_root == ballots_root(ballots) == ballots_root(ballots[::-1])
    assert (adopted.took_part, adopted.entitled, adopted.quorum_met, adopted.denominator) == (3, 3, True, 3)


def test_without_its_quorum_a_motion_is_rejected(polled: PaperLedger) -> None:
    vote(polled, MEMBER, YES)
    polled.perform(close_poll, poll_id=POLL)
    rejected = next(
        each for each in count(polled, Ballot(MEMBER, YES, 1)) if isinstance(each, Motion.Rejected)
    )
    assert (rejected.yes, rejected.took_part, rejected.entitled, rejected.quorum_met) == (1, 1, 3, False)


def test_a_poll_in_which_nobody_voted_is_counted_and_its_motion_rejected(polled: PaperLedger) -> None:
    polled.perform(close_poll, poll_id=POLL)
    assert any(isinstance(each, Motion.Rejected) for each in count(polled))


def test_a_roll_holds_the_register_as_it_stands_in_its_order(tabled: PaperLedger) -> None:
    roll = tabled.get(ElectoralRoll, ROLL)
    assert [list(page) for page in roll.pages] == [[MEMBER, OTHER_MEMBER, THIRD]]
    drawn = next(each for each in tabled.facts if isinstance(each, ElectoralRoll.Drawn))
    assert tabled.facts[drawn.position] is drawn


def test_whoever_left_before_is_not_on_the_roll_and_who_joins_later_neither(tabled: PaperLedger) -> None:
    join(tabled.perform, UUID(int=112))
    fourth = membership_id(ENTITY, UUID(int=112))
    tabled.perform(resign, membership_id=MEMBER, received_on=TODAY)
    tabled.perform(let_resignation_take_effect, on=date(2026, 6, 30), membership_id=MEMBER)
    later = UUID(int=160)
    tabled.perform(freeze_roll, on=date(2026, 7, 1), roll_id=later, entity_id=ENTITY)
    join(tabled.perform, UUID(int=111))
    assert list(tabled.get(ElectoralRoll, later).pages[0]) == [OTHER_MEMBER, THIRD, fourth]
    assert tabled.get(ElectoralRoll, ROLL).votes_of(MEMBER) == 1


def test_a_roll_is_frozen_once_and_of_members(tabled: PaperLedger) -> None:
    with pytest.raises(AlreadyExists):
        tabled.perform(freeze_roll, roll_id=ROLL, entity_id=ENTITY)
    found_entity(tabled.perform, code="EMPTY")
    with pytest.raises(EmptyRoll):
        tabled.perform(freeze_roll, roll_id=UUID(int=161), entity_id=entity_id_of("EMPTY"))


def test_the_text_of_a_motion_is_fixed_by_its_hash(tabled: PaperLedger) -> None:
    leaves = [hashlib.sha256(b"\0" + said).digest() for said in (b"A van", b"Buy a van.")]
    root = hashlib.sha256(b"\1" + b"".join(leaves)).hexdigest()
    assert tabled.get(Motion, MOTION).text_sha256 == root


def test_a_motion_whose_title_borrows_a_line_of_its_text_has_another_hash(tabled: PaperLedger) -> None:
    asked = [("A van", "Second-hand\n\nBuy it."), ("A van\n\nSecond-hand", "Buy it.")]
    hashes = set()
    for number, (title, text) in enumerate(asked, start=170):
        (fact,) = tabled.perform(
            table_motion, motion_id=UUID(int=number), entity_id=ENTITY, title=title, text=text
        )
        hashes.add(fact.text_sha256)
    assert len(hashes) == len(asked)


@pytest.mark.parametrize("text", ["\ud800", "a\x00"])
def test_a_motion_that_nobody_can_read_is_refused(tabled: PaperLedger, text: str) -> None:
    asked: dict[str, Any] = {"motion_id": UUID(int=162), "entity_id": ENTITY, "title": "x", "text": "x"}
    for field in ("title", "text"):
        with pytest.raises(UnreadableText):
            tabled.perform(table_motion, **asked | {field: text})


def test_a_motion_is_put_to_the_vote_once(polled: PaperLedger) -> None:
    with pytest.raises(MotionAlreadyOpened):
        polled.perform(open_poll, **OPEN | {"poll_id": UUID(int=163)})


def test_the_roll_of_a_vote_is_of_the_same_entity(tabled: PaperLedger) -> None:
    found_entity(tabled.perform, code="SISTER")
    sister = entity_id_of("SISTER")
    join(tabled.perform, PERSON, entity_id=sister)
    tabled.perform(freeze_roll, roll_id=UUID(int=164), entity_id=sister)
    with pytest.raises(OtherEntity):
        tabled.perform(open_poll, **OPEN | {"roll_id": UUID(int=164)})


@pytest.mark.parametrize(
    "wrong",
    [
        {"motion_id": UUID(int=9)},
        {"roll_id": UUID(int=9)},
        {"rule_name": "other"},
        {"rule_version": 2},
        {"rule_version": 0},
    ],
)
def test_an_unknown_motion_roll_or_rule_is_refused(tabled: PaperLedger, wrong: dict[str, Any]) -> None:
    with pytest.raises(UnknownRecord):
        tabled.perform(open_poll, **OPEN | wrong)


def test_a_vote_is_taken_under_the_version_in_force_and_no_other(tabled: PaperLedger) -> None:
    stricter = RULE | {"version": 2, "valid_from": date(2026, 4, 1), "quorum": Quorum(2, 3)}
    tabled.perform(adopt_rule_set, **stricter)
    for day, version, refused in (
        (date(2026, 3, 31), 1, False),
        (date(2026, 3, 31), 2, True),
        (date(2026, 4, 1), 1, True),
        (date(2026, 4, 1), 2, False),
    ):
        ledger = tabled.copy()
        asked = OPEN | {"rule_version": version}
        if refused:
            with pytest.raises(RuleNotInForce):
                ledger.perform(open_poll, on=day, **asked)
        else:
            ledger.perform(open_poll, on=day, **asked)


@pytest.mark.parametrize(
    ("says", "refusal"),
    [
        ({"version": 1}, AlreadyExists),
        ({"version": 0}, UnknownRecord),
        ({"version": -1}, UnknownRecord),
        ({"version": 3}, UnknownRecord),
        ({"version": 2, "valid_from": date(2026, 3, 1)}, NotRetroactive),
        ({"entity_id": UUID(int=9)}, UnknownRecord),
    ],
)
def test_versions_of_a_rule_follow_one_another_and_never_reach_back(
    tabled: PaperLedger, says: dict[str, Any], refusal: type[Refusal]
) -> None:
    with pytest.raises(refusal):
        tabled.perform(adopt_rule_set, **RULE | {"valid_from": TODAY} | says)


def test_a_version_is_not_in_force_before_the_one_it_follows(tabled: PaperLedger) -> None:
    tabled.perform(adopt_rule_set, **RULE | {"version": 2, "valid_from": date(2026, 9, 1)})
    with pytest.raises(NotRetroactive):
        tabled.perform(adopt_rule_set, **RULE | {"version": 3, "valid_from": date(2026, 9, 1)})
    assert tabled.get(RuleSet, rule_set_id(ENTITY, "ordinary", 2)).valid_from == date(2026, 9, 1)


def test_a_changed_vote_counts_as_last_cast(polled: PaperLedger) -> None:
    (cast,), (changed,) = vote(polled, MEMBER, YES), vote(polled, MEMBER, NO)
    assert (type(cast), type(changed)) == (VotingRight.VoteCast, VotingRight.VoteChanged)
    assert (changed.originator_id, changed.choice, changed.seq) == (cast.originator_id, NO, 2)
    with pytest.raises(VoteUnchanged):
        vote(polled, MEMBER, NO)


def test_only_who_is_on_the_roll_votes(polled: PaperLedger) -> None:
    join(polled.perform, UUID(int=111))
    for stranger in (membership_id(ENTITY, UUID(int=111)), PERSON, UUID(int=9)):
        with pytest.raises(NotOnTheRoll):
            vote(polled, stranger, YES)


def test_nothing_is_cast_or_changed_outside_the_window(polled: PaperLedger) -> None:
    vote(polled, MEMBER, YES)
    polled.perform(close_poll, poll_id=POLL)
    for member, choice in ((MEMBER, NO), (MEMBER, YES), (THIRD, YES)):
        with pytest.raises(PollNotOpen):
            vote(polled, member, choice)
    with pytest.raises(PollNotOpen):
        polled.perform(close_poll, poll_id=POLL)


def test_a_poll_is_closed_before_it_is_counted_and_counted_once(polled: PaperLedger) -> None:
    with pytest.raises(PollStillOpen):
        count(polled)
    polled.perform(close_poll, poll_id=POLL)
    count(polled)
    with pytest.raises(PollAlreadyCounted):
        count(polled)


def test_a_count_that_does_not_agree_with_the_votes_leaves_nothing(polled: PaperLedger) -> None:
    vote(polled, MEMBER, YES)
    polled.perform(close_poll, poll_id=POLL)
    before = list(polled.facts)
    for ballots, refusal in (
        ([Ballot(MEMBER, YES, 2)], CountDisagrees),
        ([Ballot(MEMBER, YES, 0)], CountDisagrees),
        ([Ballot(MEMBER, YES, 1), Ballot(MEMBER, NO, 1)], CountDisagrees),
        ([Ballot(MEMBER, YES, 1), Ballot(UUID(int=9), YES, 1)], NotOnTheRoll),
    ):
        with pytest.raises(refusal):
            count(polled, *ballots)
    assert polled.facts == before


def test_an_unknown_poll_is_refused(polled: PaperLedger) -> None:
    for use_case, asked in (
        (cast_vote, {"member_id": MEMBER, "choice": YES}),
        (close_poll, {}),
        (count_poll, {"ballots": []}),
    ):
        with pytest.raises(UnknownRecord):
            polled.perform(use_case, poll_id=MOTION, **asked)
