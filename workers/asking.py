"""Requests made on this machine rather than over HTTP: the command line's and the demo's."""

from __future__ import annotations

import getpass
import json
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

from workers.clock import new_id

if TYPE_CHECKING:
    from eventstore.desk import Caller
    from eventstore.store import Outcome
    from workers.workshop import Workshop


def local_caller() -> Caller:
    """Return who sits at this machine: its account name, as the operating system tells it."""
    from eventstore.desk import Caller

    try:
        name = getpass.getuser()
    except (KeyError, OSError):
        name = "unknown"
    return Caller(principal=f"local:{name}", actor=f"local:{name}")


def perform(
    workshop: Workshop,
    operation: str,
    use_case: Callable[..., object],
    *,
    day: date | None = None,
    **says: Any,
) -> Outcome:
    """Perform one request of the local caller, under a key of its own; by default it happens today."""
    return workshop.desk.perform(
        local_caller(),
        operation=operation,
        key=str(new_id()),
        body=json.dumps(says, sort_keys=True, default=str).encode(),
        effective_on=day or workshop.today(),
        run=lambda books, stamp: use_case(books, stamp, **says),
    )
