"""What a request may lean on: the ledger, the caller, the time, and ids for what is new.

A command is asked as `ask(form).record(use_case, …)`: the form, with the path, is what a repeat of
its Idempotency-Key must equal; ids made here are not part of it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from time import perf_counter
from typing import Annotated, Concatenate, ParamSpec
from uuid import UUID

from fastapi import Depends, Header, Request, Response

from api.errors import IdempotencyKeyMissing, IdempotencyKeyUnusable
from api.forms import Form
from api.guard import caller_of
from api.replies import Recorded
from api.services import Services
from domain.facts import Stamp
from domain.ledger.books import Books
from eventstore.desk import Caller

P = ParamSpec("P")

IDEMPOTENCY_KEY = r"[ -~]{1,255}"


@dataclass(frozen=True, slots=True)
class Recording:
    """One command about to be asked: by whom, under which key, with which body, for which day."""

    services: Services
    caller: Caller
    operation: str
    key: str
    body: bytes
    effective_on: date
    response: Response

    def record(
        self, use_case: Callable[Concatenate[Books, Stamp, P], object], *args: P.args, **says: P.kwargs
    ) -> Recorded:
        """Decide the use case and say what was recorded; raises the refusal.

        Only the headers tell a repeat from the first time.
        """
        outcome = self.services.desk.perform(
            self.caller,
            operation=self.operation,
            key=self.key,
            body=self.body,
            effective_on=self.effective_on,
            run=lambda books, stamp: use_case(books, stamp, *args, **says),
        )
        self.response.headers["Ledger-Position"] = str(outcome.position)
        if outcome.repeated:
            self.response.headers["Idempotent-Replayed"] = "true"
        return Recorded.of(outcome)


@dataclass(frozen=True, slots=True)
class Asking:
    """Who asks for what under which key; calling it with the form makes a command of it."""

    services: Services
    caller: Caller
    operation: str
    key: str
    path: Mapping[str, str]
    now: datetime
    response: Response

    @property
    def today(self) -> date:
        """The business day on which this is asked."""
        return self.services.business_day(self.now)

    def __call__(self, asked: Form | None = None, *, on: date | None = None) -> Recording:
        """Return the command of this form, taking effect on that day or today."""
        return Recording(
            services=self.services,
            caller=self.caller,
            operation=self.operation,
            key=self.key,
            body=canonical({"path": self.path, "body": asked and asked.model_dump(mode="json")}),
            effective_on=on or self.today,
            response=self.response,
        )

    def id_or_new(self, given: UUID | None) -> UUID:
        """Return the id that the client gave, or a new one."""
        return given or self.services.new_id()


def canonical(document: object) -> bytes:
    """Return a document as the one JSON text that all equal documents have."""
    return json.dumps(document, sort_keys=True, separators=(",", ":")).encode()


def stopwatch() -> Callable[[], float]:
    """Return what tells the milliseconds since now."""
    start = perf_counter()
    return lambda: (perf_counter() - start) * 1000


def services_of(request: Request) -> Services:
    """Return what this application works with."""
    services: Services = request.app.state.services
    return services


def idempotency_key(
    given: Annotated[
        str | None,
        Header(
            alias="Idempotency-Key", description="1 to 255 printable ASCII characters, new for each command"
        ),
    ] = None,
) -> str:
    """Return the key of this command; raises IdempotencyKeyMissing or IdempotencyKeyUnusable."""
    if not given:
        raise IdempotencyKeyMissing
    if not re.fullmatch(IDEMPOTENCY_KEY, given):
        raise IdempotencyKeyUnusable(length=len(given))
    return given


def asking(
    request: Request,
    response: Response,
    key: Annotated[str, Depends(idempotency_key)],
    on_behalf_of: Annotated[  # noqa: ARG001 - read by the guard; declared here so that it is documented
        str | None, Header(alias="On-Behalf-Of", description="an id (never a name) of whom this is asked for")
    ] = None,
) -> Asking:
    """Gather who asks for what, once."""
    services = services_of(request)
    return Asking(
        services=services,
        caller=caller_of(request),
        operation=request.state.operation,
        key=key,
        path=request.path_params,
        now=services.clock(),
        response=response,
    )


def today(services: Annotated[Services, Depends(services_of)]) -> date:
    """Return the business day on which a view is asked for."""
    return services.business_day(services.clock())


Ask = Annotated[Asking, Depends(asking)]
Using = Annotated[Services, Depends(services_of)]
Today = Annotated[date, Depends(today)]
