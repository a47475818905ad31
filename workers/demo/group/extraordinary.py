"""An extraordinary assembly of the demo that too few attend, and the second one that decides in its place."""

from __future__ import annotations

from datetime import date
from functools import partial
from uuid import UUID

from domain.ids import derived_id
from domain.ledger import assemblies, governance
from workers.demo.group.assembly import decide, is_member
from workers.demo.group.electing import Voice
from workers.demo.group.founding import STATUTES
from workers.demo.group.house import Group, House, Member
from workers.demo.group.size import later

TITLE = "Purpose of the cooperative"
TEXT = "Article 3 of the articles of association names the training of members among the purposes."
FEW = 4
"""One member in so many attends."""
NOTICE_DAYS = 16
UNITED = (1, 0, 0, 0)


def plan_extraordinary(group: Group, house: House) -> None:
    """Note an assembly about the statutes in the ninth month of two years, with its notice."""
    month = group.size.month(group.size.months * 8 // 24)
    group.agenda.on(month.on(3), partial(_convene_first, group, house))


def _convene_first(group: Group, house: House, on: date) -> None:
    motion_id = derived_id("demo-extraordinary", house.entity_id)
    group.clerk.tell(
        "motion.table",
        governance.table_motion,
        on=on,
        motion_id=motion_id,
        entity_id=house.entity_id,
        title=TITLE,
        text=TEXT,
    )
    _convene(group, house, motion_id, None, on)


def _convene(group: Group, house: House, motion_id: UUID, previous_id: UUID | None, on: date) -> None:
    """Convene for the motion; a second time names the assembly in which it lacked its quorum."""
    held_on = later(on, NOTICE_DAYS)
    if held_on >= group.size.month(group.size.months).first:
        return
    assembly_id = derived_id("demo-assembly", motion_id, "second" if previous_id else "first")
    group.clerk.tell(
        "assembly.convene",
        assemblies.convene_assembly,
        on=on,
        assembly_id=assembly_id,
        entity_id=house.entity_id,
        held_on=held_on,
        notice_on=on,
        agenda=[motion_id],
        previous_id=previous_id,
    )
    group.agenda.on(held_on, partial(_hold, group, house, motion_id, assembly_id, previous_id))


def _hold(
    group: Group,
    house: House,
    motion_id: UUID,
    assembly_id: UUID,
    previous_id: UUID | None,
    on: date,
) -> None:
    """Open with the few who came, decide if the quorum lets them, and convene again if it does not."""
    clerk = group.clerk
    voters = [member for member in house.members if is_member(member, on)]
    present: list[Member] = voters[: max(1, len(voters) // FEW)]
    clerk.tell(
        "assembly.open",
        assemblies.open_assembly,
        on=on,
        assembly_id=assembly_id,
        roll_id=derived_id("demo-roll", assembly_id),
    )
    for member in present:
        clerk.tell(
            "attendance.record",
            assemblies.record_attendance,
            on=on,
            assembly_id=assembly_id,
            member_id=member.membership_id,
        )
    voices: list[Voice] = [(member, None) for member in present]
    decided = decide(group, assembly_id, motion_id, STATUTES, voices, on, UNITED)
    clerk.tell("assembly.close", assemblies.close_assembly, on=on, assembly_id=assembly_id)
    if not decided and previous_id is None:
        _convene(group, house, motion_id, assembly_id, on)
