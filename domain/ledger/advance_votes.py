"""Votes in advance: taken in before the assembly opens, taken back, read out with the poll."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from domain.aggregates.advance_box import AdvanceBox, AdvanceVote
from domain.aggregates.assembly import Assembly
from domain.aggregates.membership import Membership
from domain.aggregates.motion import Motion
from domain.errors import AdvanceVotesNotAllowed
from domain.facts import Stamp
from domain.governance.rules import Choice
from domain.ledger.assemblies import provisions_of, require_voter
from domain.ledger.books import Books
from domain.ledger.governance import box_id


def receive_advance_vote(
    books: Books, stamp: Stamp, *, assembly_id: UUID, motion_id: UUID, member_id: UUID, choice: Choice
) -> None:
    """Take the vote of a member on a motion of the agenda, as its text stands, before the opening."""
    assembly = books.get(Assembly, assembly_id)
    assembly.require_not_opened()
    assembly.require_on_the_agenda(motion_id)
    if not provisions_of(books, assembly).advance_votes:
        raise AdvanceVotesNotAllowed(assembly_id=assembly_id)
    require_voter(books, assembly, member_id)
    motion = books.get(Motion, motion_id)
    motion.require_tabled()
    box = books.find(AdvanceBox, box_id(assembly_id, motion_id))
    if box is None:
        named = {"entity_id": assembly.entity_id, "assembly_id": assembly_id, "motion_id": motion_id}
        box = AdvanceBox.begin(stamp, id=box_id(assembly_id, motion_id), **named)
        books.record(box)
    person_id = books.get(Membership, member_id).person_id
    box.receive(
        stamp, member_id=member_id, person_id=person_id, text_sha256=motion.text_sha256, choice=choice
    )


def withdraw_advance_vote(
    books: Books, stamp: Stamp, *, assembly_id: UUID, motion_id: UUID, member_id: UUID
) -> None:
    """Take a vote in advance back, before the opening."""
    books.get(Assembly, assembly_id).require_not_opened()
    books.get(AdvanceBox, box_id(assembly_id, motion_id)).withdraw(stamp, member_id=member_id)


def standing_votes(events: Iterable[Any]) -> tuple[AdvanceVote, ...]:
    """Fold the facts of a box into the votes that stand; one whose seal was destroyed reads as invalid."""
    standing: dict[UUID, AdvanceVote] = {}
    known = {choice.value: choice for choice in Choice}
    for event in events:
        match event:
            case AdvanceBox.Received():
                choice = known.get(event.choice, Choice.INVALID)
                standing[event.member_id] = AdvanceVote(event.member_id, choice)
            case AdvanceBox.Withdrawn():
                standing.pop(event.member_id, None)
            case _:
                pass
    return tuple(standing.values())
