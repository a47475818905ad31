"""The clerk of the demo: performs each request through the use cases, on the day it is told."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from random import Random
from typing import TYPE_CHECKING, Any
from uuid import UUID

from workers.demo.people import random_id

if TYPE_CHECKING:
    from eventstore.store import Outcome
    from workers.clock import SimulatedClock
    from workers.workshop import Workshop

STAFF = "demo:staff"
TREASURER = "demo:treasurer"


class Clerk:
    """Asks the desk in an order, at times and under ids that follow from the seed alone."""

    def __init__(
        self, workshop: Workshop, clock: SimulatedClock, chance: Random, *, named: str = "demo"
    ) -> None:
        """Work at this workshop, by this clock and chance; each request is `named` and numbered."""
        self._named = named
        self.workshop = workshop
        self.clock = clock
        self.chance = chance
        self._asked = 0

    def new_id(self) -> UUID:
        """Return the next id of the seed."""
        return random_id(self.chance)

    def ask(
        self,
        operation: str,
        use_case: Callable[..., object],
        *,
        on: date,
        effective_on: date | None = None,
        actor: str = STAFF,
        **says: Any,
    ) -> Outcome:
        """Perform one request on that day, and return its outcome."""
        from eventstore.desk import Caller

        self._asked += 1
        self.clock.set_day(on)
        return self.workshop.desk.perform(
            Caller(principal="demo", actor=actor),
            operation=operation,
            key=f"{self._named}-{self._asked}",
            body=f"{operation} {self._asked}".encode(),
            effective_on=effective_on or on,
            run=lambda books, stamp: use_case(books, stamp, **says),
        )
