"""The log itself: what was recorded, in order, without what it says of people."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Self
from uuid import UUID

from fastapi import APIRouter, Path
from pydantic import BaseModel, Field
from pydantic_core import to_jsonable_python

from api.guard import GuardedRoute
from api.looking import MOST_DIGITS, Limit, Look, Position, next_of
from domain.errors import UnknownRecord
from eventstore.commands import Recorded
from eventstore.shapes import shape_of

router = APIRouter(prefix="/log", tags=["log"], route_class=GuardedRoute)


class LogHead(BaseModel):
    """Where the log stands, and when its last fact was recorded."""

    position: int
    recorded_at: datetime


class Fact(BaseModel):
    """One fact by its plumbing: what, about what, when, by whom."""

    position: int
    topic: str
    id: UUID = Field(description="of the thing it is about")
    version: int
    recorded_at: datetime
    effective_on: date
    actor: str
    on_behalf_of: str | None
    operation: str

    @classmethod
    def of(cls, recorded: Recorded) -> Self:
        """Say what is said of every fact."""
        event = recorded.event
        return cls(
            position=recorded.position,
            topic=event.TOPIC,
            id=event.originator_id,
            version=event.originator_version,
            recorded_at=event.timestamp,
            effective_on=event.effective_on,
            actor=event.actor,
            on_behalf_of=event.on_behalf_of,
            operation=event.operation,
        )


class Facts(BaseModel):
    """Facts in the order of the log; `next` is the `after` of the next page."""

    position: int
    facts: list[Fact]
    next: int | None


class WholeFact(BaseModel):
    """One fact with all it says that is not personal; `personal` names the fields left out."""

    position: int
    fact: Fact
    says: dict[str, Any]
    personal: list[str]


@router.get("", name="log-head.view")
def view_head(look: Look) -> LogHead:
    """Show where the log stands."""
    head = look.head()
    return LogHead(position=head.size, recorded_at=head.recorded_at)


@router.get("/facts", name="facts.view")
def view_facts(look: Look, after: Position = 0, limit: Limit = 100) -> Facts:
    """Show what was recorded after a position."""
    position = look.head().size
    facts = [Fact.of(recorded) for recorded in look.log.page(after, limit)]
    return Facts(position=position, facts=facts, next=next_of(facts, limit))


@router.get("/facts/{at}", name="fact.view")
def view_fact(at: Annotated[int, Path(ge=1, lt=10**MOST_DIGITS)], look: Look) -> WholeFact:
    """Show one fact."""
    position = look.head().size
    if at > position:
        raise UnknownRecord(kind="fact", position=at)
    recorded = look.log.at(at)
    open_fields, personal = _fields_of(type(recorded.event))
    says = {name: to_jsonable_python(vars(recorded.event)[name]) for name in open_fields}
    return WholeFact(position=position, fact=Fact.of(recorded), says=says, personal=list(personal))


def _fields_of(kind: type) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the open fields of a kind of fact, and its personal ones."""
    shape = shape_of(kind)
    own = tuple(name for name in shape.open if name not in Fact.model_fields and name != "timestamp")
    return own, tuple(name for group in shape.groups for name in group.fields)
