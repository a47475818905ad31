"""A cooperative that meets: five members with shares, motions, rules, and what one asks of a meeting."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from domain.aggregates.advance_box import AdvanceVote
from domain.aggregates.electoral_roll import ElectoralRoll
from domain.aggregates.motion import Motion
from domain.aggregates.poll import Poll
from domain.aggregates.voting_right import VotingRight
from domain.governance.provisions import PLAIN, Provisions
from domain.governance.rules import Choice, Comparator, Denominator, Majority, Quorum
from domain.governance.tally import Ballot
from domain.ledger import advance_votes, assemblies, governance
from domain.ledger.advance_votes import standing_votes
from domain.ledger.governance import box_id
from domain.ledger.members import membership_id
from domain.ledger.rolls import Drawn, draw
from tests.cooperative import ENTITY, found, join
from tests.paper import PaperLedger
from tests.scenario import TODAY

MOTION, OTHER_MOTION, POLL, OTHER_POLL, ROLL = (UUID(int=n) for n in range(600, 605))
FIRST, SECOND = UUID(int=610), UUID(int=611)
PEOPLE = [UUID(int=n) for n in range(101, 106)]
ANNA, BERT, CLEO, DIRK, ELLA = (membership_id(ENTITY, person) for person in PEOPLE)
NOTICE = TODAY - timedelta(days=15)
SIMPLE = Majority(1, 2, Comparator.MORE_THAN, Denominator.EXPRESSED)
HALF = Quorum(1, 2)


def founded() -> PaperLedger:
    """Five members, and two motions on the table."""
    ledger = PaperLedger()
    found(ledger.perform)
    for person in PEOPLE[2:]:
        join(ledger.perform, person)
    for motion_id, title in ((MOTION, "A van"), (OTHER_MOTION, "A workshop")):
        ledger.perform(
            governance.table_motion, motion_id=motion_id, entity_id=ENTITY, title=title, text=f"Buy {title}."
        )
    return ledger


def rules(
    ledger: PaperLedger,
    provisions: Provisions = PLAIN,
    *,
    name: str = "ordinary",
    quorum: Quorum = HALF,
    majority: Majority = SIMPLE,
) -> None:
    ledger.perform(
        governance.adopt_rule_set,
        entity_id=ENTITY,
        name=name,
        version=1,
        valid_from=TODAY,
        quorum=quorum,
        majority=majority,
        source_ref="statutes art. 20",
        provisions=provisions,
    )


def convenes(ledger: PaperLedger, assembly_id: UUID = FIRST, **says: Any) -> None:
    asked: dict[str, Any] = {
        "entity_id": ENTITY,
        "held_on": TODAY,
        "notice_on": NOTICE,
        "agenda": [MOTION, OTHER_MOTION],
    }
    ledger.perform(assemblies.convene_assembly, assembly_id=assembly_id, **asked | says)


def drawn(ledger: PaperLedger) -> Drawn:
    return draw(ledger.facts, entity_id=ENTITY, position=ledger.position)


def opens(
    ledger: PaperLedger, *members: UUID, assembly_id: UUID = FIRST, roll_id: UUID = ROLL, **says: Any
) -> None:
    asked: dict[str, Any] = {"assembly_id": assembly_id, "roll_id": roll_id, **says}
    ledger.perform(assemblies.open_assembly, **asked)
    for member_id in members:
        attends(ledger, member_id, assembly_id)


def attends(ledger: PaperLedger, member_id: UUID, assembly_id: UUID = FIRST, **says: Any) -> None:
    ledger.perform(assemblies.record_attendance, assembly_id=assembly_id, member_id=member_id, **says)


def leaves(ledger: PaperLedger, member_id: UUID) -> None:
    ledger.perform(assemblies.record_departure, assembly_id=FIRST, member_id=member_id)


def gives(ledger: PaperLedger, principal_id: UUID, holder_id: UUID, *motions: UUID) -> None:
    named: dict[str, Any] = {"assembly_id": FIRST, "principal_id": principal_id, "holder_id": holder_id}
    ledger.perform(assemblies.grant_proxy, **named, motions=motions)


def in_advance(
    ledger: PaperLedger, member_id: UUID, choice: Choice, motion_id: UUID = MOTION, on: date = TODAY
) -> None:
    named: dict[str, Any] = {"assembly_id": FIRST, "motion_id": motion_id, "member_id": member_id}
    ledger.perform(advance_votes.receive_advance_vote, on=on, **named, choice=choice)


def received(ledger: PaperLedger, motion_id: UUID, assembly_id: UUID = FIRST) -> tuple[AdvanceVote, ...]:
    box = box_id(assembly_id, motion_id)
    return standing_votes(each for each in ledger.facts if each.originator_id == box)


def puts(
    ledger: PaperLedger,
    motion_id: UUID = MOTION,
    poll_id: UUID = POLL,
    *,
    assembly_id: UUID = FIRST,
    rule: str = "ordinary",
    **says: Any,
) -> None:
    asked: dict[str, Any] = {"advance_votes": received(ledger, motion_id, assembly_id)} | says
    ledger.perform(
        assemblies.put_to_the_vote,
        assembly_id=assembly_id,
        motion_id=motion_id,
        poll_id=poll_id,
        rule_name=rule,
        rule_version=1,
        **asked,
    )


def votes(
    ledger: PaperLedger,
    member_id: UUID,
    choice: Choice,
    holder_id: UUID | None = None,
    *,
    poll_id: UUID = POLL,
) -> None:
    named: dict[str, Any] = {"poll_id": poll_id, "member_id": member_id, "holder_id": holder_id}
    ledger.perform(governance.cast_vote, **named, choice=choice)


def live(ledger: PaperLedger, poll_id: UUID = POLL) -> list[Ballot]:
    """The ballots of a poll as anyone can fold them from the facts, advance votes first."""
    poll = ledger.get(Poll, poll_id)
    found: dict[UUID, Ballot] = {}
    for fact in ledger.facts:
        match fact:
            case VotingRight.Event() if fact.poll_id == poll_id:
                holder = fact.holder_id if isinstance(fact, VotingRight.GivenByProxy) else None
                found[fact.member_id] = Ballot(fact.member_id, fact.choice, fact.votes, holder)
            case _ if getattr(fact, "TOPIC", "") == "advance-box.page-opened.v1" and fact.poll_id == poll_id:
                held = {each.member_id: each.votes for each in roll_entries(ledger, poll.roll_id)}
                found |= {
                    each.member_id: Ballot(each.member_id, each.choice, held[each.member_id])
                    for each in fact.votes
                }
            case _:
                pass
    return list(found.values())


def roll_entries(ledger: PaperLedger, roll_id: UUID) -> Sequence[Any]:
    return ledger.get(ElectoralRoll, roll_id).entries


def counts(ledger: PaperLedger, poll_id: UUID = POLL) -> Any:
    """Close and count a poll; return the fact of the verdict."""
    ledger.perform(governance.close_poll, poll_id=poll_id)
    ledger.perform(governance.count_poll, poll_id=poll_id, ballots=live(ledger, poll_id))
    return [each for each in ledger.facts if isinstance(each, Motion.Adopted | Motion.Rejected)][-1]


def last(ledger: PaperLedger, kind: type[Any]) -> Any:
    return [each for each in ledger.facts if isinstance(each, kind)][-1]


def with_provisions(**says: Any) -> Provisions:
    return replace(PLAIN, **says)


def join_member(ledger: PaperLedger, person: int) -> UUID:
    join(ledger.perform, UUID(int=person))
    return membership_id(ENTITY, UUID(int=person))


def holding(ledger: PaperLedger, shares: Mapping[UUID, int]) -> Drawn:
    """The members as they stand, as if they held so many shares."""
    return replace(drawn(ledger), shares=shares)
