"""The votes: every poll, or one from its rule and roll to its verdict."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

import typer

from workers.cli.session import Column, Session, command, id_of

if TYPE_CHECKING:
    from projections.poll_trail import PollTrail
    from projections.reader import Reader

Decision = Annotated[
    str,
    typer.Argument(
        metavar="MOTION|ELECTION",
        help="The id of a motion, a poll or an election; `tutti votes` lists polls.",
    ),
]


@command
def votes(session: Session) -> None:
    """Show the polls, each with its count and verdict."""
    with session.ledger() as workshop:
        _show_polls(session, workshop.up_to_date())


@command
def show(session: Session, decision: Decision) -> None:
    """Show a decision from roll to verdict, with every vote and whether the count agrees with them.

    Of a motion that was put to the vote more than once, the last poll.
    """
    from projections.election_trail import elections
    from projections.poll_trail import polls
    from workers.cli.election_trails import show_election

    decision_id = id_of(decision, listed_by="tutti votes")
    with session.ledger() as workshop:
        reader = workshop.up_to_date()
        if any(each.election_id == decision_id for each in elections(reader)):
            show_election(session, reader, decision_id)
            return
        of_motion = (each.poll_id for each in polls(reader) if each.motion_id == decision_id)
        _show_trail(session, reader, next(of_motion, decision_id))


def _show_polls(session: Session, reader: Reader) -> None:
    from projections.poll_trail import poll_trail, polls

    trails = [(summary, poll_trail(reader, summary.poll_id)) for summary in polls(reader)]
    if session.screen.as_json:
        listed = [{**asdict(summary), **_verdict_document(trail)} for summary, trail in trails]
        session.screen.data({"position": reader.position(), "polls": listed})
        return
    rows = [
        (
            str(summary.poll_id),
            summary.title,
            str(summary.opened_on),
            _tally(session, trail),
            _verdict(session, trail),
        )
        for summary, trail in trails
    ]
    columns = (
        Column("poll", whole=True),
        Column("motion"),
        Column("day"),
        Column("votes"),
        Column("verdict"),
    )
    session.screen.table(session.screen.words("votes"), columns, rows)


def _show_trail(session: Session, reader: Reader, poll_id: UUID) -> None:
    from projections.lookups import members
    from projections.poll_trail import poll_trail

    trail = poll_trail(reader, poll_id)
    if session.screen.as_json:
        session.screen.data({**asdict(trail), **_verdict_document(trail)})
        return
    say, line = session.screen.words, session.screen.line
    rule, roll = trail.rule, trail.roll
    line(f"{say('motion')}: {trail.motion.title} ({trail.motion.text_sha256[:16]})")
    line(
        f"{say('rule')}: {rule.name} v{rule.version}; {say('quorum').lower()} {rule.quorum_num}/{rule.quorum_den}; "
        f"{rule.comparator} {rule.majority_num}/{rule.majority_den} ({rule.denominator}); {rule.source_ref}"
    )
    line(
        f"{say('roll')}: {roll.members} — {roll.votes} {say('votes').lower()}; root {(roll.root or '')[:16]}"
    )
    names = {each.membership_id: each.name for each in members(reader, entity_id=trail.poll.entity_id)}
    numbers = {entry.member_id: entry.member_no for entry in trail.entries}
    rows = [
        (
            str(vote.position),
            str(numbers[vote.member_id]),
            names.get(vote.member_id, ""),
            say(vote.choice),
            str(vote.seq),
        )
        for vote in trail.votes
    ]
    columns = (
        Column("position", figures=True),
        Column("no."),
        Column("member"),
        Column("choice"),
        Column("seq"),
    )
    session.screen.table(say("votes"), columns, rows)
    line(f"{say('count')}: {_tally(session, trail)}")
    line(f"{say('verdict')}: {_verdict(session, trail)}")
    if trail.agrees is not None:
        line(f"{say('agrees')}: {say('agrees-yes' if trail.agrees else 'agrees-no')}")


def _tally(session: Session, trail: PollTrail) -> str:
    tally = trail.recount
    counted = [("yes", tally.yes), ("no", tally.no), ("abstain", tally.abstain), ("blank", tally.blank)]
    if tally.invalid:
        counted.append(("invalid", tally.invalid))
    return ", ".join(f"{session.screen.words(key)} {votes}" for key, votes in counted)


def _verdict(session: Session, trail: PollTrail) -> str:
    """Say the verdict with the numbers it compared."""
    say, verdict = session.screen.words, trail.verdict
    if verdict is None:
        return say("not-counted")
    quorum = say("quorum-met" if verdict.quorum_met else "quorum-missed")
    return (
        f"{say('adopted' if verdict.adopted else 'rejected')} ({verdict.yes}/{verdict.denominator}; "
        f"{quorum}: {verdict.took_part}/{verdict.entitled})"
    )


def _verdict_document(trail: PollTrail) -> dict[str, object]:
    return {
        "tally": asdict(trail.recount),
        "verdict": asdict(trail.verdict) if trail.verdict else None,
        "agrees": trail.agrees,
    }
