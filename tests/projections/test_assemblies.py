"""The calendar of assemblies, and a poll in one that a recount follows to its verdict."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from domain.governance.provisions import Method, Provisions
from domain.governance.rules import Comparator, Denominator, Majority, Quorum
from domain.ledger.assemblies import (
    adjourn_motions,
    close_assembly,
    convene_assembly,
    grant_proxy,
    open_assembly,
    record_attendance,
)
from domain.ledger.governance import adopt_rule_set
from domain.ledger.motions import adopt_by_consent
from projections.assembly_trail import Irregularity, assemblies
from projections.poll_trail import poll_trail
from projections.reader import Reader
from tests.cooperative import ENTITY, MEMBER, OTHER_MEMBER
from tests.projections.world import ASSEMBLY, IN_ASSEMBLY, MARCH, ON_AGENDA, ROLL, World

LATER = UUID(int=308)


def test_an_assembly_to_come_shows_its_day_its_agenda_and_what_is_irregular(
    world: World, reader: Reader
) -> None:
    world.convenes()
    world.project()
    (coming,) = assemblies(reader, entity_id=ENTITY)
    assert (coming.assembly.state, coming.assembly.held_on) == ("convened", date(2026, 3, 7))
    assert coming.irregularities == (Irregularity(ASSEMBLY, "short-notice", 5, 15),)
    (motion,) = coming.motions
    assert (motion.place, motion.motion_id, motion.title, motion.state) == (1, ON_AGENDA, "A van", "tabled")
    assert (motion.reached, motion.adopted) == (None, None)


def test_an_assembly_that_was_held_shows_quorum_and_verdict_of_each_motion(
    world: World, reader: Reader
) -> None:
    world.assembles(reader)
    (held,) = assemblies(reader)
    assert (held.assembly.state, held.assembly.present, held.assembly.proxies) == ("closed", 1, 1)
    (motion,) = held.motions
    assert (motion.present, motion.represented, motion.entitled) == (1, 1, 2)
    assert (motion.num, motion.den, motion.reached, motion.adopted) == (1, 1, True, True)


def test_a_motion_adopted_by_consent_is_adopted_in_the_assembly_that_agreed_and_in_no_earlier_one(
    world: World, reader: Reader
) -> None:
    world.convenes()
    world.perform(open_assembly, assembly_id=ASSEMBLY, roll_id=ROLL)
    left: dict[str, Any] = {"to_on": date(2026, 4, 7), "motions": [ON_AGENDA], "decision_ref": "all present"}
    world.perform(adjourn_motions, assembly_id=ASSEMBLY, **left)
    world.perform(close_assembly, assembly_id=ASSEMBLY)
    days: dict[str, Any] = {"held_on": date(2026, 4, 7), "notice_on": MARCH}
    world.perform(convene_assembly, assembly_id=LATER, entity_id=ENTITY, agenda=[ON_AGENDA], **days)
    world.perform(open_assembly, assembly_id=LATER, roll_id=UUID(int=309))
    world.perform(
        adopt_rule_set,
        entity_id=ENTITY,
        name="consent",
        version=1,
        valid_from=MARCH,
        quorum=Quorum(0, 1),
        majority=Majority(1, 2, Comparator.MORE_THAN, Denominator.EXPRESSED),
        source_ref="statutes, art. 24",
        provisions=Provisions(method=Method.CONSENT),
    )
    world.perform(
        adopt_by_consent, motion_id=ON_AGENDA, rule_name="consent", rule_version=1, assembly_id=LATER
    )
    world.project()
    agreed, before = assemblies(reader)
    assert (agreed.assembly.assembly_id, agreed.motions[0].adopted) == (LATER, True)
    assert (before.assembly.assembly_id, before.motions[0].adopted) == (ASSEMBLY, None)


def test_a_poll_in_an_assembly_is_recounted_with_those_present(world: World, reader: Reader) -> None:
    world.assembles(reader)
    trail = poll_trail(reader, IN_ASSEMBLY)
    assert trail.agrees is True
    assert (trail.poll.assembly_id, trail.poll.present) == (ASSEMBLY, 2)
    assert [(vote.member_id, vote.holder_id) for vote in trail.votes] == [
        (MEMBER, None),
        (OTHER_MEMBER, MEMBER),
    ]
    assert world.tamper("UPDATE poll SET present = 3 WHERE assembly_id IS NOT NULL") == 1
    assert poll_trail(reader, IN_ASSEMBLY).agrees is False


def test_a_proxy_that_presence_overrode_counts_no_more(world: World, reader: Reader) -> None:
    world.convenes()
    world.perform(grant_proxy, assembly_id=ASSEMBLY, principal_id=OTHER_MEMBER, holder_id=MEMBER)
    world.project()
    assert assemblies(reader)[0].assembly.proxies == 1
    world.perform(open_assembly, assembly_id=ASSEMBLY, roll_id=ROLL)
    world.perform(record_attendance, assembly_id=ASSEMBLY, member_id=OTHER_MEMBER)
    world.project()
    assert assemblies(reader)[0].assembly.proxies == 0


def test_an_open_assembly_shows_who_is_there(world: World, reader: Reader) -> None:
    world.convenes()
    world.perform(open_assembly, assembly_id=ASSEMBLY, roll_id=ROLL)
    world.perform(record_attendance, assembly_id=ASSEMBLY, member_id=MEMBER)
    world.project()
    (there,) = assemblies(reader)
    assert (there.assembly.state, there.assembly.roll_id, there.assembly.present) == ("open", ROLL, 1)
