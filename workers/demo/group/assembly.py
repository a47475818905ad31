"""The assemblies of the demo: convened with an agenda, attended, represented, voted, closed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import partial
from uuid import UUID

from domain.governance.rules import Choice
from domain.ids import derived_id
from domain.ledger import assemblies, governance, motions
from workers.demo.group.electing import Voice, elect_directors
from workers.demo.group.founding import ORDINARY, STATUTES
from workers.demo.group.house import Group, House, Member
from workers.demo.group.size import Month

PRESENT = 0.65
REPRESENTED = 0.3
CHOICES = (Choice.YES, Choice.NO, Choice.ABSTAIN, Choice.BLANK)
AGREED, CONTESTED = (14, 3, 2, 1), (10, 7, 2, 1)
"""How likely each choice is."""
MOTIONS = (
    (
        "The annual accounts",
        "The assembly approves the annual accounts as the board laid them before it.",
        ORDINARY,
    ),
    ("Discharge of the board", "The assembly discharges the directors for the year that ended.", ORDINARY),
    (
        "A fund for shared tools",
        "The cooperative sets 1,500.00 a year aside for tools lent among activities.",
        ORDINARY,
    ),
    ("Seat of the cooperative", "Article 2 of the articles of association names a new seat.", STATUTES),
)

FIRST = MOTIONS[:3]
"""What the first assembly decides, which elects the directors too."""
OF_THE_FUND = 2
"""The place of the motion about a fund, in which a member has an interest."""


@dataclass(frozen=True, slots=True)
class Meeting:
    """One assembly, its motions with the rule each is decided under, and whether it elects the directors."""

    id: UUID
    motions: tuple[tuple[UUID, str], ...]
    elects: bool


def plan_assemblies(group: Group, house: House) -> None:
    """Note two assemblies: in the sixth and the eighteenth month of two years."""
    months = group.size.months
    for n, decides in ((months * 5 // 24, FIRST), (months * 17 // 24, (*MOTIONS[:2], MOTIONS[3]))):
        month = group.size.month(n)
        group.agenda.on(month.on(2), partial(_convene, group, house, decides, month))


def _convene(
    group: Group, house: House, agenda: tuple[tuple[str, str, str], ...], month: Month, on: date
) -> None:
    clerk = group.clerk
    elects = agenda == FIRST
    meeting = Meeting(clerk.new_id(), tuple((clerk.new_id(), rule) for _, _, rule in agenda), elects)
    for (motion_id, _), (title, text, _) in zip(meeting.motions, agenda, strict=True):
        clerk.tell(
            "motion.table",
            governance.table_motion,
            on=on,
            motion_id=motion_id,
            entity_id=house.entity_id,
            title=title,
            text=text,
        )
    held_on = month.on(22)
    clerk.tell(
        "assembly.convene",
        assemblies.convene_assembly,
        on=on,
        assembly_id=meeting.id,
        entity_id=house.entity_id,
        held_on=held_on,
        notice_on=on,
        agenda=[motion_id for motion_id, _ in meeting.motions],
    )
    group.agenda.on(held_on, partial(_hold, group, house, meeting))


def _hold(group: Group, house: House, meeting: Meeting, on: date) -> None:
    """Take proxies, open on the roll, record who came, decide each motion, close."""
    clerk = group.clerk
    voters = [member for member in house.members if is_member(member, on)]
    present = [member for member in voters if clerk.chance.random() < PRESENT] or voters[:1]
    absent = [member for member in voters if member not in present]
    holders = iter(present)
    proxies = [
        (member, next(holders)) for member in absent[: len(present)] if clerk.chance.random() < REPRESENTED
    ]
    if absent and not proxies:
        proxies = [(absent[0], present[0])]
    for principal, holder in proxies:
        clerk.tell(
            "proxy.grant",
            assemblies.grant_proxy,
            on=on,
            assembly_id=meeting.id,
            principal_id=principal.membership_id,
            holder_id=holder.membership_id,
        )
    clerk.tell(
        "assembly.open", assemblies.open_assembly, on=on, assembly_id=meeting.id, roll_id=clerk.new_id()
    )
    for member in present:
        clerk.tell(
            "attendance.record",
            assemblies.record_attendance,
            on=on,
            assembly_id=meeting.id,
            member_id=member.membership_id,
        )
    voices: list[Voice] = [(member, None) for member in present] + list(proxies)
    for place, (motion_id, rule) in enumerate(meeting.motions):
        heard = voices
        if meeting.elects and place == OF_THE_FUND:
            heard = _without_conflict(group, motion_id, voices, on)
        decide(group, meeting.id, motion_id, rule, heard, on, CONTESTED if rule == STATUTES else AGREED)
    if meeting.elects:
        elect_directors(group, house, meeting.id, voices, on)
    clerk.tell("assembly.close", assemblies.close_assembly, on=on, assembly_id=meeting.id)


def decide(
    group: Group,
    assembly_id: UUID,
    motion_id: UUID,
    rule: str,
    voices: list[Voice],
    on: date,
    odds: tuple[int, ...],
) -> bool:
    """Put a motion to the vote and count it; return whether its quorum let it."""
    from api.counting import ballots_of

    clerk, poll_id = group.clerk, derived_id("demo-poll", assembly_id, motion_id)
    put = clerk.ask(
        "motion.put-to-the-vote",
        assemblies.put_to_the_vote,
        on=on,
        assembly_id=assembly_id,
        motion_id=motion_id,
        poll_id=poll_id,
        rule_name=rule,
        rule_version=1,
    )
    if put.n == 1:
        return False  # only the quorum was established, and it was missed
    _vote(group, poll_id, voices, odds, on)
    clerk.ask("poll.close", governance.close_poll, on=on, poll_id=poll_id)
    ballots = ballots_of(clerk.workshop.log, poll_id)
    clerk.tell("poll.count", governance.count_poll, on=on, poll_id=poll_id, ballots=ballots)
    return True


def _without_conflict(group: Group, motion_id: UUID, voices: list[Voice], on: date) -> list[Voice]:
    """Let one of those present declare an interest of their own, and be silent; never the only voice."""
    here = [member for member, holder in voices if holder is None]
    if len(here) == 1:
        return voices
    member = here[-1]
    group.clerk.tell(
        "conflict.declare",
        motions.declare_conflict,
        on=on,
        motion_id=motion_id,
        member_id=member.membership_id,
        interest="lends tools to members for a fee (fictional)",
    )
    return [voice for voice in voices if voice[0] is not member]


def _vote(group: Group, poll_id: UUID, voices: list[Voice], odds: tuple[int, ...], on: date) -> None:
    """Let each voice be heard, and the last one think again: the later choice counts."""
    chance = group.clerk.chance
    choices = [chance.choices(CHOICES, odds)[0] for _ in voices]
    other = Choice.ABSTAIN if choices[-1] is Choice.YES else Choice.YES
    _cast(group, poll_id, voices[-1], other, on)
    for voice, choice in zip(voices, choices, strict=True):
        _cast(group, poll_id, voice, choice, on)


def _cast(group: Group, poll_id: UUID, voice: Voice, choice: Choice, on: date) -> None:
    member, holder = voice
    group.clerk.tell(
        "vote.cast",
        governance.cast_vote,
        on=on,
        poll_id=poll_id,
        member_id=member.membership_id,
        choice=choice,
        holder_id=holder.membership_id if holder else None,
    )


def is_member(member: Member, on: date) -> bool:
    """Tell whether someone has joined by that day and is not leaving."""
    return not member.leaving and member.joined_on is not None and member.joined_on <= on
