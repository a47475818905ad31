"""`tutti election list|show|export`: the elections of the ledger, drawn round by round or written for others."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any
from uuid import UUID

import typer

from workers.cli.elections import draw_count
from workers.cli.past import EntityCode, entity_id
from workers.cli.session import Column, Session, command, id_of

if TYPE_CHECKING:
    from domain.elections.ballots import Contest
    from domain.elections.record import Action, Count
    from projections.election_trail import ElectionResult, ElectionSummary, ElectionTrail
    from projections.reader import Reader
    from workers.workshop import Workshop

ElectionId = Annotated[str, typer.Argument(metavar="ELECTION", help="The id of an election.")]
Output = Annotated[Path, typer.Option("--output", help="The file to write, .blt or .csv.")]


@command
def show_all(session: Session, *, entity: EntityCode = None) -> None:
    """Show the elections and where each stands, the latest first."""
    from projections.election_trail import elections
    from projections.elections import ELECTIONS

    with session.ledger() as workshop:
        reader = workshop.up_to_date()
        position = reader.position(ELECTIONS.name)
        found = elections(reader, entity_id=entity_id(reader, entity))
    if session.screen.as_json:
        session.screen.data({"position": position, "elections": [asdict(each) for each in found]})
        return
    columns = (
        Column("election", whole=True),
        Column("office"),
        Column("seat-count", figures=True),
        Column("method"),
        Column("day"),
        Column("state"),
        Column("papers", figures=True),
    )
    rows = [_row(session, each) for each in found]
    session.screen.table(session.screen.words("elections"), columns, rows)


@command
def show_one(session: Session, election: ElectionId) -> None:
    """Show an election from its candidates to its rounds, and whether a recount agrees."""
    election_id = id_of(election, listed_by="tutti election list")
    with session.ledger() as workshop:
        show_election(session, workshop.up_to_date(), election_id)


def show_election(session: Session, reader: Reader, election_id: UUID) -> None:
    """Show an election; raises UnknownRecord."""
    from projections.election_trail import election_trail

    trail = election_trail(reader, election_id)
    names = _names(reader, trail)
    if session.screen.as_json:
        session.screen.data({**asdict(trail), "names": {str(each): name for each, name in names.items()}})
        return
    say = session.screen.words
    if trail.election.counted_at is None:
        session.screen.line(f"{trail.election.office}: {say(f'election-{trail.election.state}')}")
        for each in trail.candidates:
            session.screen.line(f"  {each.number or '-'}. {names[each.membership_id]}")
        return
    draw_count(session.screen, _contest(trail, names), _count(trail))
    if trail.agreement is not None:
        agrees = say("agrees-yes" if trail.agreement.agrees else "agrees-no")
        session.screen.line(f"{say('agrees')}: {agrees}")


@command
def export(session: Session, election: ElectionId, *, output: Output) -> None:
    """Write the papers of an election: closed ones as BLT for any other program to count, or all as CSV."""
    election_id = id_of(election, listed_by="tutti election list")
    if output.suffix not in WRITERS:
        raise typer.BadParameter(f"the name of the file ends in {' or '.join(WRITERS)}")
    write, sentence = WRITERS[output.suffix]
    with session.ledger() as workshop:
        papers, content = write(workshop, election_id)
    output.write_bytes(content)
    if session.screen.as_json:
        session.screen.data({"file": str(output), "papers": papers, "bytes": len(content)})
    else:
        session.screen.say(session.screen.told(sentence, papers=papers, file=output))


def _as_blt(workshop: Workshop, election_id: UUID) -> tuple[int, bytes]:
    """Return how many papers count, and the file; raises ElectionStillOpen."""
    from api.election_counting import papers_of
    from domain.elections.ballots import contest_of
    from domain.elections.casting import ranking_of
    from interchange.ballots import write_blt
    from projections.election_trail import election_result

    reader = workshop.up_to_date()
    papers = papers_of(workshop.log, election_id)
    result = election_result(reader, election_id)
    names = _numbered(result, _names(reader, result))
    contest = contest_of(
        title=result.election.office,
        candidates=names,
        seats=result.election.seats,
        papers=[(ranking_of(each.ranking, len(names)), each.votes) for each in papers],
        withdrawn=_withdrawn(result),
    )
    return len(papers), write_blt(contest)


def _as_csv(workshop: Workshop, election_id: UUID) -> tuple[int, bytes]:
    """Return how many papers were cast, changes included, and the file."""
    from interchange.ballots import PaperLine, write_papers
    from projections.election_trail import election_trail
    from projections.lookups import members

    reader = workshop.up_to_date()
    trail = election_trail(reader, election_id)
    known = members(reader, entity_id=trail.election.entity_id)
    numbers = {each.membership_id: each.member_no or 0 for each in known}
    lines = [PaperLine(member_no=numbers[each.member_id], **vars(each)) for each in trail.papers]
    return len(lines), write_papers(lines)


WRITERS = {".blt": (_as_blt, "papers-written-blt"), ".csv": (_as_csv, "papers-written-csv")}


def _row(session: Session, each: ElectionSummary) -> tuple[str, ...]:
    say = session.screen.words
    return (
        str(each.election_id),
        each.office,
        str(each.seats),
        say(f"method-{each.method}"),
        str(each.called_on),
        say(f"election-{each.state}"),
        "" if each.papers is None else str(each.papers),
    )


def _names(reader: Reader, result: ElectionResult) -> dict[UUID, str]:
    """Return the name of each candidate, with the member's number so that no two are alike."""
    from projections.lookups import members

    known = {each.membership_id: each for each in members(reader, entity_id=result.election.entity_id)}
    return {
        each.membership_id: f"{known[each.membership_id].name} ({known[each.membership_id].member_no})"
        for each in result.candidates
    }


def _numbered(result: ElectionResult, names: dict[UUID, str]) -> list[str]:
    """Return the names in the order of the paper."""
    return [names[each.membership_id] for each in result.candidates if each.number is not None]


def _withdrawn(result: ElectionResult) -> list[int]:
    return [each.number - 1 for each in result.candidates if each.number and each.withdrew_at]


def _contest(result: ElectionResult, names: dict[UUID, str]) -> Contest:
    from domain.elections.ballots import contest_of

    return contest_of(
        title=result.election.office,
        candidates=_numbered(result, names),
        seats=result.election.seats,
        papers=(),
        withdrawn=_withdrawn(result),
    )


def _count(trail: ElectionTrail) -> Count:
    """Return the count as it is recorded, for drawing."""
    from domain.elections.record import Count, Method, Round

    elected = {each.elected_place: each.number for each in trail.candidates if each.elected_place}
    return Count(
        Method(trail.election.method),
        tuple((elected[place] or 1) - 1 for place in sorted(elected)),
        tuple(
            Round(
                {tally.number - 1: _units(tally.votes) for tally in one.tallies},
                tuple(_actions(trail, one.round)),
                _units(one.non_transferable),
                _units(one.lost_by_rounding),
            )
            for one in trail.rounds
        ),
        valid=trail.election.valid or 0,
        invalid=trail.election.invalid or 0,
        quota=trail.election.quota,
    )


def _actions(trail: ElectionTrail, number: int) -> list[Action]:
    from domain.elections.record import Action, ActionKind, TieBreak, TieRule

    ties: dict[Any, TieBreak] = {
        (tie.number, tie.kind): TieBreak(
            tuple(int(each) - 1 for each in tie.among.split()),
            TieRule(tie.rule),
            tuple(map(int, tie.rounds.split())),
        )
        for tie in trail.ties
        if tie.round == number
    }
    return [
        Action(
            ActionKind(done.action or ""),
            done.number - 1,
            _units(done.votes),
            ties.get((done.number, done.action)),
        )
        for one in trail.rounds
        if one.round == number
        for done in one.actions
    ]


def _units(votes: str) -> int:
    """Read votes with five decimals as hundred-thousandths."""
    return int(votes.replace(".", ""))
