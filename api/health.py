"""Whether this process lives, and whether it can serve: without a key, for whoever watches it."""

from __future__ import annotations

import psycopg
from fastapi import APIRouter, Response
from pydantic import BaseModel

from api.context import Using
from api.services import Services
from domain.errors import Refusal
from projections import schemas
from projections.catalogue import ALL
from projections.schemas import Standing

MOST_BEHIND = 10_000
"""How many facts a read model may lag behind the log before this instance calls itself unready."""

router = APIRouter(tags=["health"])


class Alive(BaseModel):
    """The process answers."""

    status: str = "alive"


class Readiness(BaseModel):
    """Whether requests can be served; `failures` says what keeps them from it."""

    ready: bool
    position: int | None
    behind: dict[str, int]
    failures: list[str]


@router.get("/healthz", name="alive")
def alive() -> Alive:
    """Tell that the process answers, whatever the database does."""
    return Alive()


@router.head("/healthz", include_in_schema=False)
def alive_without_a_word() -> None:
    """Tell it to those who only look at the status."""


@router.get("/readyz", name="ready", responses={503: {"model": Readiness, "description": "not ready"}})
def ready(services: Using, response: Response) -> Readiness:
    """Tell whether the log can be read and every read model keeps up with it."""
    found = _readiness(services)
    if not found.ready:
        response.status_code = 503
    return found


@router.head("/readyz", include_in_schema=False)
def ready_without_a_word(services: Using, response: Response) -> None:
    """Tell it to those who only look at the status."""
    ready(services, response)


def _readiness(services: Services) -> Readiness:
    try:
        head = services.log.head().size
        with services.reader.snapshot() as cursor:
            standing = schemas.standing(cursor)
    except (Refusal, psycopg.Error) as error:
        said = f"{error.code}: {error}" if isinstance(error, Refusal) else "the database cannot be reached"
        return Readiness(ready=False, position=None, behind={}, failures=[said])
    behind = {model.name: head - _position(standing.get(model.name)) for model in ALL}
    failures = [_late(name, facts) for name, facts in behind.items() if facts > MOST_BEHIND]
    failures += [f"{each.name} stopped: {each.failure}" for each in standing.values() if each.failure]
    failures += [f"{model.name} was never made" for model in ALL if model.name not in standing]
    return Readiness(ready=not failures, position=head, behind=behind, failures=failures)


def _position(standing: Standing | None) -> int:
    return standing.position if standing else 0


def _late(name: str, facts: int) -> str:
    return f"{name} is {facts} facts behind the log"
