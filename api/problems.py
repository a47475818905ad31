"""Refusals as problem documents (RFC 9457). The only file that knows HTTP's statuses.

`type` is `/problems/<code>` and leads to a page about it, `title` is the same for every refusal
of that code, `detail` adds the facts it rests on, and `errors` points into the request. Both sentences
are in the language of `Accept-Language`, the code and the facts are the same in all.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

import psycopg
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException
from starlette.responses import Response

import eventstore.access  # noqa: F401 - its refusals are part of the catalogue
import interchange.errors
from api import errors, languages
from domain.errors import AlreadyExists, Malformed, NotFound, Refusal, RuleBroken, SecondPersonNeeded
from eventstore.errors import (
    AskAgain,
    CommandTooLarge,
    DatabaseRefusal,
    DocumentErased,
    DocumentTooLarge,
    EventTooLarge,
    KeyDestroyed,
    KeyRefusal,
    KeyReused,
    Unreadable,
)

MEDIA_TYPE = "application/problem+json"
RETRY_AFTER_S = 1
_LONGEST_FACT, _LONGEST_DETAIL = 200, 1000

STATUS: Mapping[type[Refusal], int] = {
    Refusal: 409,
    Malformed: 422,
    errors.NotJson: 400,
    errors.IdempotencyKeyMissing: 400,
    errors.IdempotencyKeyUnusable: 400,
    errors.HeaderUnusable: 400,
    errors.NotAuthenticated: 401,
    errors.KeyNotAccepted: 401,
    errors.NotPermitted: 403,
    SecondPersonNeeded: 403,
    NotFound: 404,
    errors.MethodNotAllowed: 405,
    AlreadyExists: 409,
    RuleBroken: 409,
    KeyDestroyed: 409,
    DocumentErased: 410,
    errors.RequestTooLarge: 413,
    errors.ReceiptTooLarge: 413,
    EventTooLarge: 413,
    CommandTooLarge: 413,
    DocumentTooLarge: 413,
    interchange.errors.FileTooLarge: 413,
    KeyReused: 422,
    errors.InternalFault: 500,
    Unreadable: 500,
    KeyRefusal: 500,
    DatabaseRefusal: 500,
    AskAgain: 503,
}
"""The status of a refusal is that of the nearest class named here."""

_OF_THE_FRAMEWORK: Mapping[int, type[Refusal]] = {
    400: errors.NotJson,
    404: errors.NoSuchPath,
    405: errors.MethodNotAllowed,
    413: errors.RequestTooLarge,
}


class Pointed(BaseModel):
    """One thing that is wrong in a request, and where."""

    pointer: str | None = Field(None, description="JSON pointer into the body, as in `#/lines/0/quantity`")
    parameter: str | None = Field(None, description="the query, path or header parameter")
    code: str
    detail: str


class Problem(BaseModel):
    """Why a request was refused (RFC 9457)."""

    type: str = Field(description="leads to a page about this problem", examples=["/problems/no-open-period"])
    title: str = Field(description="the same sentence for every problem of this type, as `Content-Language`")
    status: int
    code: str = Field(description="stable; what programs go by", examples=["no-open-period"])
    detail: str = Field(description="the sentence with the facts it rests on")
    request_id: str
    facts: dict[str, str] = Field(default_factory=dict, description="the facts the refusal rests on")
    errors: list[Pointed] = Field(default_factory=list, description="where the request is wrong")


def status_of(kind: type[Refusal]) -> int:
    """Return the HTTP status of a kind of refusal."""
    return next(STATUS[base] for base in kind.__mro__ if base in STATUS)


def catalogue() -> dict[str, type[Refusal]]:
    """Return every kind of refusal this process knows, by code, in the order of the codes."""
    kinds = {kind.code: kind for kind in _below(Refusal) if "code" in vars(kind)}
    return dict(sorted(kinds.items()))


def install(app: FastAPI) -> None:
    """Let the application answer every refusal and every fault of a request with a problem."""

    @app.exception_handler(Refusal)
    def refused(request: Request, refusal: Refusal) -> Response:
        return answer(request, refusal)

    @app.exception_handler(psycopg.OperationalError)
    def unreachable(request: Request, _: psycopg.OperationalError) -> Response:
        return answer(request, AskAgain(reason="the database cannot be reached"))

    @app.exception_handler(HTTPException)
    def turned_away(request: Request, error: HTTPException) -> Response:
        kind = _OF_THE_FRAMEWORK.get(error.status_code, errors.InternalFault)
        return answer(request, kind(), headers=error.headers)

    @app.exception_handler(RequestValidationError)
    def invalid(request: Request, error: RequestValidationError) -> Response:
        found = error.errors()
        if any(each["type"] == "json_invalid" for each in found):
            return answer(request, errors.NotJson())
        return answer(request, errors.InvalidRequest(), pointed=[_pointed(each) for each in found])


def answer(
    request: Request,
    refusal: Refusal,
    *,
    pointed: list[Pointed] | None = None,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """Return the problem document of a refusal; its facts are cut short and never asked back in full."""
    status = status_of(type(refusal))
    lang = languages.language_of(request)
    request.state.problem = refusal.code
    problem = Problem(
        type=f"/problems/{refusal.code}",
        title=refusal.says(lang),
        status=status,
        code=refusal.code,
        detail=refusal.sentence(lang)[:_LONGEST_DETAIL],
        request_id=request.state.request_id,
        facts={name: str(value)[:_LONGEST_FACT] for name, value in refusal.facts.items()},
        errors=pointed or [],
    )
    # ASCII only: a fact may hold half a character, which no UTF-8 can say.
    body = json.dumps(problem.model_dump(exclude_defaults=True), ensure_ascii=True)
    sent = {**(headers or {}), **_headers_of(status), **languages.headers_of(lang)}
    return Response(body, status, sent, media_type=MEDIA_TYPE)


def _headers_of(status: int) -> dict[str, str]:
    match status:
        case 401:
            return {"WWW-Authenticate": 'Bearer realm="tutti"'}
        case 503:
            return {"Retry-After": str(RETRY_AFTER_S)}
        case _:
            return {}


def _pointed(error: Mapping[str, Any]) -> Pointed:
    where, *path = error["loc"]
    if where != "body":
        return Pointed(parameter=".".join(map(str, path)), code=error["type"], detail=error["msg"])
    steps = [str(step).replace("~", "~0").replace("/", "~1") for step in path]
    return Pointed(pointer="/".join(["#", *steps]), code=error["type"], detail=error["msg"])


def _below(kind: type[Refusal]) -> Iterator[type[Refusal]]:
    yield kind
    for child in kind.__subclasses__():
        yield from _below(child)
