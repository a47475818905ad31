"""What a roll is made of, folded from the log outside the sequencer, which a large register would hold up."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from uuid import UUID

from api.services import Services
from domain.aggregates.assembly import Assembly
from domain.aggregates.member_register import MemberRegister
from domain.aggregates.rule_set import RuleSet
from domain.aggregates.share_register import ShareRegister
from domain.errors import UnknownRecord
from domain.governance.provisions import Provisions
from domain.ledger.entities import register_id
from domain.ledger.rolls import Drawn, draw, needs_drawing, share_moves_id
from eventstore.log import Log

ONE_DAY = timedelta(days=1)


def drawn_at(log: Log, entity_id: UUID, up_to: int) -> Drawn:
    """Return members, shares and categories of an entity as the log stood at a position."""
    register = [each.event for each in log.stream(register_id(entity_id), up_to=up_to)]
    entered = [event for event in register if isinstance(event, MemberRegister.MemberEntered)]
    classes = [
        each.event.originator_id
        for each in log.of_kinds(ShareRegister.Opened)
        if each.event.entity_id == entity_id
    ]
    memberships = {event.membership_id for event in entered}
    others = log.streams([*memberships, *classes, share_moves_id(entity_id)], up_to)
    return draw([*register, *(each.event for each in others)], entity_id=entity_id, position=up_to)


def drawn_now(log: Log, entity_id: UUID) -> Drawn:
    """Return the same as the log stands now."""
    return drawn_at(log, entity_id, log.head().size)


def drawn_for(services: Services, assembly_id: UUID, *, at_record_date: bool = False) -> Drawn | None:
    """Return what the roll of an assembly is made of, now or at the end of its record date.

    None if its rule asks for no more than the register of members. Raises UnknownRecord.
    """
    log = services.log
    convened = next((each.event for each in log.stream(assembly_id)), None)
    if not isinstance(convened, Assembly.Convened):
        raise UnknownRecord(kind="assembly", id=assembly_id)
    provisions = _provisions(log, convened.rule_set_id)
    if at_record_date and convened.record_on is not None:
        return drawn_at(log, convened.entity_id, _end_of(services, convened.record_on))
    if provisions is None or not needs_drawing(provisions):
        return None
    return drawn_now(log, convened.entity_id)


def _provisions(log: Log, rule_set_id: UUID | None) -> Provisions | None:
    if rule_set_id is None:
        return None
    adopted = next(each.event for each in log.stream(rule_set_id))
    return adopted.provisions if isinstance(adopted, RuleSet.Adopted) else None


def _end_of(services: Services, day: date) -> int:
    """Return the last position recorded on a business day, or now if it is not over."""
    now = services.clock()
    if services.business_day(now) <= day:
        return services.log.head().size
    moment = datetime.combine(day + ONE_DAY, time(0), tzinfo=now.tzinfo)
    while services.business_day(moment) <= day:
        moment += timedelta(minutes=15)
    while services.business_day(moment - timedelta(minutes=15)) > day:
        moment -= timedelta(minutes=15)
    return services.log.position_at(moment - timedelta(microseconds=1))
