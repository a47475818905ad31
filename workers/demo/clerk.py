"""The clerk of the demo: performs each request through the use cases, on the day it is told."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from random import Random
from typing import TYPE_CHECKING, Any
from uuid import UUID

from workers.demo.people import random_id

if TYPE_CHECKING:
    from concurrent.futures import Future

    from eventstore.store import Outcome
    from workers.clock import SimulatedClock
    from workers.workshop import Workshop

STAFF = "demo:staff"
TREASURER = "demo:treasurer"
COMMITTEE = "demo:committee"
PATIENCE_S = 120.0
"""How long a projector may be behind on a machine that is busy with other things."""


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
        self._day: date | None = None
        self._told: list[Future[Outcome]] = []

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
        return self._submit(operation, use_case, on, effective_on or on, actor, says).result()

    def tell(
        self,
        operation: str,
        use_case: Callable[..., object],
        *,
        on: date,
        effective_on: date | None = None,
        actor: str = STAFF,
        **says: Any,
    ) -> Future[Outcome]:
        """Hand one request in and go on with that day; all of a day is decided in the order it was told."""
        future = self._submit(operation, use_case, on, effective_on or on, actor, says)
        self._told.append(future)
        return future

    def turn_to(self, day: date, *, hour: int = 9) -> None:
        """Go on to that day, or hour of it (UTC), once all that was told before is done."""
        if day != self._day:
            self.settle()
            self._day = day
        self.clock.set_day(day, hour=hour)

    def settle(self) -> None:
        """Wait for all that was told; raises what was refused."""
        told, self._told = self._told, []
        for future in told:
            future.result()

    def let_readers_catch_up(self) -> None:
        """Wait until the read models have all that was told; raises PositionNotReached."""
        from eventstore.errors import PositionNotReached

        self.settle()
        position = self.workshop.log.head().size
        if not self.workshop.reader.wait_for(position, timeout=PATIENCE_S):
            raise PositionNotReached(position=position)

    def _submit(
        self,
        operation: str,
        use_case: Callable[..., object],
        on: date,
        effective_on: date,
        actor: str,
        says: dict[str, Any],
    ) -> Future[Outcome]:
        from eventstore.desk import Caller

        self.turn_to(on)
        self._asked += 1
        return self.workshop.desk.submit(
            Caller(principal="demo", actor=actor),
            operation=operation,
            key=f"{self._named}-{self._asked}",
            body=f"{operation} {self._asked}".encode(),
            effective_on=effective_on,
            run=lambda books, stamp: use_case(books, stamp, **says),
        )
