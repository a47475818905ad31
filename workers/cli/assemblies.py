"""The calendar of assemblies: upcoming and held, their motions and verdicts."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from workers.cli.past import EntityCode, entity_id
from workers.cli.session import Column, Session, command

if TYPE_CHECKING:
    from projections.assembly_trail import AgendaMotion, AssemblyTrail


@command
def assemblies(session: Session, *, entity: EntityCode = None) -> None:
    """Show the assemblies, their motions, quorums and verdicts, the latest first."""
    from projections.assembly_trail import assemblies as ask
    from projections.governance_trail import GOVERNANCE_TRAIL

    with session.ledger() as workshop:
        reader = workshop.up_to_date()
        position = reader.position(GOVERNANCE_TRAIL.name)
        found = ask(reader, entity_id=entity_id(reader, entity))
        if session.screen.as_json:
            session.screen.data({"position": position, "assemblies": [asdict(each) for each in found]})
            return
        rows = [_row(session, trail, motion) for trail in found for motion in trail.motions]
        columns = (
            Column("day"),
            Column("state"),
            Column("agenda", figures=True),
            Column("motion"),
            Column("quorum"),
            Column("verdict"),
        )
        session.screen.table(session.screen.words("assemblies"), columns, rows)


def _row(session: Session, trail: AssemblyTrail, motion: AgendaMotion) -> tuple[str, ...]:
    say = session.screen.words
    irregular = [f"{say(each.kind)} {each.found}/{each.required}" for each in trail.irregularities]
    state = "; ".join([say(trail.assembly.state), *irregular])
    verdict = "" if motion.adopted is None else say("adopted" if motion.adopted else "rejected")
    if motion.adopted is not None and motion.state == "annulled":
        verdict = say("state-annulled")
    return (
        str(trail.assembly.held_on),
        state,
        str(motion.place),
        motion.title,
        _quorum(session, motion),
        verdict,
    )


def _quorum(session: Session, motion: AgendaMotion) -> str:
    if motion.reached is None:
        return ""
    met = session.screen.words("quorum-met" if motion.reached else "quorum-missed")
    there = [motion.present, motion.represented, *([motion.in_advance] if motion.in_advance else [])]
    return f"{met}: {'+'.join(map(str, there))}/{motion.entitled}"
