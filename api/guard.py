"""The door of every route: who asks, whether they may, what they ask, and a body of reasonable size.

The check stands before the body is read, so a stranger can make this process hold nothing. A
parameter that the route does not know is refused: `as_off=` must not be answered with today's figures.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import Request, Response
from fastapi.dependencies.utils import get_flat_params
from fastapi.params import Query
from fastapi.routing import APIRoute
from starlette.concurrency import run_in_threadpool
from starlette.types import Message, Receive

from api import receipts
from api.errors import (
    HeaderUnusable,
    KeyNotAccepted,
    NotAuthenticated,
    NotPermitted,
    RequestTooLarge,
    UnknownParameter,
)
from api.permissions import allows
from api.services import Services
from eventstore.access import ApiKey, Role
from eventstore.desk import Caller

MAX_BODY_BYTES = 1_000_000
MAX_BODY_BYTES_OF = {"bank-statement.import": 50_000_000, "document.keep": receipts.MOST_BYTES}
ON_BEHALF_OF = r"[A-Za-z0-9][A-Za-z0-9._:-]{0,63}"


class GuardedRoute(APIRoute):
    """A route that opens only to a key whose role the table of permissions names.

    Its name is the operation: the table and the facts it records call it so.
    """

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Check the caller and the query, then hand on a request whose body is bounded."""
        handle, operation = super().get_route_handler(), self.name
        fields = get_flat_params(self.dependant)
        known = frozenset(each.alias for each in fields if isinstance(each.field_info, Query))

        async def guarded(request: Request) -> Response:
            request.state.operation = operation
            request.state.key = await run_in_threadpool(_admit, request, operation)
            _require_known(request, known)
            body = await _bounded_body(request, MAX_BODY_BYTES_OF.get(operation, MAX_BODY_BYTES))
            return await handle(Request(request.scope, _replay(body, request.receive)))

        return guarded


def caller_of(request: Request) -> Caller:
    """Return who asks, as the facts will name them; raises HeaderUnusable."""
    asker = f"key:{request.state.key.id}"
    for_whom = request.headers.get("On-Behalf-Of")
    if for_whom is not None and not re.fullmatch(ON_BEHALF_OF, for_whom):
        raise HeaderUnusable(header="On-Behalf-Of")
    return Caller(principal=asker, actor=asker, on_behalf_of=for_whom)


def _admit(request: Request, operation: str) -> ApiKey:
    services: Services = request.app.state.services
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token:
        raise NotAuthenticated
    key = services.access.authenticate(token.strip(), services.clock())
    if key is None:
        raise KeyNotAccepted
    request.state.actor = f"key:{key.id}"
    if key.role not in set(Role) or not allows(Role(key.role), operation):
        raise NotPermitted(role=key.role, operation=operation)
    return key


def _require_known(request: Request, known: frozenset[str]) -> None:
    unknown = sorted(set(request.query_params) - known)
    if unknown:
        raise UnknownParameter(parameter=", ".join(unknown), known=", ".join(sorted(known)) or "none")


async def _bounded_body(request: Request, limit: int) -> bytes:
    announced = request.headers.get("Content-Length", "")
    if announced.isdecimal() and (len(announced), announced) > (len(str(limit)), str(limit)):
        raise RequestTooLarge(limit=limit)
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > limit:
            raise RequestTooLarge(limit=limit)
    return bytes(body)


def _replay(body: bytes, then: Receive) -> Receive:
    """Hand out a body that was read already, then whatever else comes, such as a hang-up."""
    given = False

    async def receive() -> Message:
        nonlocal given
        if given:
            return await then()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return receive
