"""What is asked of the event store, and what it answers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from domain.facts import Stamp
from domain.ledger.books import Books


class Command(NamedTuple):
    """One request. `run` decides it on the books; its id makes a repeat recognisable.

    `operation` names the use case (`invoice.issue`), `body_mac` is the keyed hash of the request,
    `effective_on` the business day. `run` may be called more than once, on newer books each time,
    until one of its decisions is recorded: it has no effect but on the books.
    """

    id: UUID
    operation: str
    body_mac: bytes
    effective_on: date
    actor: str
    on_behalf_of: str | None
    run: Callable[[Books, Stamp], object]

    def of_a_bulk(self, id_: UUID, run: Callable[[Books, Stamp], object]) -> Command:
        """Return another command of the same request."""
        return Command(
            id_, self.operation, self.body_mac, self.effective_on, self.actor, self.on_behalf_of, run
        )


class Recorded(NamedTuple):
    """A fact at its place in the log, which counts from 1 without gaps."""

    position: int
    event: Any


class Outcome(NamedTuple):
    """What became of a command: `n` facts from `first_position` on, in the order they were noted.

    `position` is that of the last fact; of a command without facts, that of the log it was decided
    on. A repeat of a command has the outcome of the first, and says so.
    """

    first_position: int
    n: int
    position: int
    repeated: bool
    facts: tuple[Recorded, ...]
