"""Twelve thousand members vote in one poll from thirty-two threads: each vote once, and none too late."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest

from api.counting import ballots_of
from domain.aggregates.electoral_roll import ElectoralRoll
from domain.aggregates.poll import Poll
from domain.errors import PollNotOpen
from domain.facts import Stamp
from domain.governance.rules import Choice, Comparator, Denominator, Majority, Quorum
from domain.ledger import governance
from domain.ledger.books import Books
from domain.ledger.governance import ballots_root
from domain.ledger.members import admit_member, apply_for_membership, membership_id
from eventstore.desk import Caller, Desk
from eventstore.keyring import Keyring
from projections.poll_trail import poll_trail
from tests.cooperative import ENTITY
from tests.projections.world import World

MEMBERS = 12_000
THREADS = 32
TOO_LATE = 64
DAY = date(2026, 3, 2)
MOTION, ROLL, POLL = UUID(int=1), UUID(int=2), UUID(int=3)
CHOICES = (Choice.YES, Choice.YES, Choice.NO, Choice.ABSTAIN)


def person(number: int) -> UUID:
    return UUID(int=10_000_000 + number)


def member(number: int) -> UUID:
    return membership_id(ENTITY, person(number))


def joining(number: int) -> list[Callable[[Books, Stamp], object]]:
    """Return the two decisions by which a person becomes a member."""

    def apply(books: Books, stamp: Stamp) -> None:
        apply_for_membership(
            books,
            stamp,
            entity_id=ENTITY,
            person_id=person(number),
            category="entrepreneur",
            name=f"Member {number}",
            address="Rue 1, 5000 Namur",
            email=f"m{number}@example.org",
        )

    def admit(books: Books, stamp: Stamp) -> None:
        admit_member(books, stamp, membership_id=member(number), decision_ref="board 2")

    return [apply, admit]


class Hall:
    """A hall of many voters at one desk."""

    def __init__(self, world: World, keyring: Keyring) -> None:
        self.desk = Desk(world.store, keyring, tenant="default")

    def ask(self, key: str, run: Callable[[Books, Stamp], object]) -> Any:
        return self.desk.perform(
            Caller("anna", "anna"), operation="test", key=key, body=b"", effective_on=DAY, run=run
        )

    def perform(self, use_case: Callable[..., object], **asked: Any) -> Any:
        return self.ask(str(uuid4()), lambda books, stamp: use_case(books, stamp, **asked))

    def join(self, numbers: Sequence[int]) -> None:
        runs = [run for number in numbers for run in joining(number)]
        self.desk.perform_bulk(
            Caller("anna", "anna"),
            operation="test",
            key=f"join-{numbers[0]}",
            body=b"",
            effective_on=DAY,
            runs=runs,
        )

    def vote(self, number: int, choice: Choice) -> None:
        self.perform(governance.cast_vote, poll_id=POLL, member_id=member(number), choice=choice)

    def open_poll(self) -> None:
        half = Majority(1, 2, Comparator.MORE_THAN, Denominator.EXPRESSED)
        self.perform(
            governance.adopt_rule_set,
            entity_id=ENTITY,
            name="members",
            version=1,
            valid_from=DAY,
            quorum=Quorum(1, 2),
            majority=half,
            source_ref="statutes",
        )
        self.perform(governance.table_motion, motion_id=MOTION, entity_id=ENTITY, title="A", text="B")
        self.perform(governance.freeze_roll, roll_id=ROLL, entity_id=ENTITY)
        self.perform(
            governance.open_poll,
            poll_id=POLL,
            motion_id=MOTION,
            roll_id=ROLL,
            rule_name="members",
            rule_version=1,
        )


@pytest.mark.slow
def test_of_twelve_thousand_votes_none_is_lost_or_doubled_and_none_counts_after_the_close(
    world: World, keyring: Keyring
) -> None:
    hall = Hall(world, keyring)
    for first in range(0, MEMBERS, 250):
        hall.join(range(first, first + 250))
    hall.open_poll()
    choices = {number: CHOICES[number % 4] for number in range(MEMBERS)}

    def voter(first: int) -> None:
        for number in range(first, MEMBERS, THREADS):
            hall.vote(number, choices[number])
            if number % 5 == 0:
                choices[number] = Choice.NO if choices[number] is not Choice.NO else Choice.YES
                hall.vote(number, choices[number])

    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(voter, range(THREADS)))
        late = [pool.submit(hall.vote, number, Choice.BLANK) for number in range(TOO_LATE // 2)]
        closing = pool.submit(hall.perform, governance.close_poll, poll_id=POLL)
        late += [pool.submit(hall.vote, number, Choice.BLANK) for number in range(TOO_LATE // 2, TOO_LATE)]
        closing.result()
        refused = [each.exception() for each in late]
    for number, error in enumerate(refused):
        if error is None:
            choices[number] = Choice.BLANK
        else:
            assert isinstance(error, PollNotOpen)
    with pytest.raises(PollNotOpen):
        hall.vote(MEMBERS - 1, Choice.BLANK)

    ballots = ballots_of(world.store.log, POLL)
    assert {each.member_id: each.choice for each in ballots} == {
        member(number): choice for number, choice in choices.items()
    }
    assert len(ballots) == MEMBERS
    hall.perform(governance.count_poll, poll_id=POLL, ballots=ballots)

    counted = next(
        fact.event for fact in world.store.log.stream(POLL) if isinstance(fact.event, Poll.Counted)
    )
    paper = Counter(choices.values())
    assert (counted.yes, counted.no, counted.abstain, counted.blank) == (
        paper[Choice.YES],
        paper[Choice.NO],
        paper[Choice.ABSTAIN],
        paper[Choice.BLANK],
    )
    assert (counted.ballots, counted.input_root) == (MEMBERS, ballots_root(ballots))
    pages = [
        fact.event
        for fact in world.store.log.stream(ROLL)
        if isinstance(fact.event, ElectoralRoll.PageFrozen)
    ]
    assert max(len(page.entries) for page in pages) <= 500

    world.project()
    trail = poll_trail(world.reader(), POLL)
    assert trail.agrees
    assert len(trail.ballots) == MEMBERS
    assert len(trail.votes) == MEMBERS + MEMBERS // 5 + sum(error is None for error in refused)
    assert trail.poll.closing_position is not None
    assert max(vote.position for vote in trail.votes) <= trail.poll.closing_position
