"""A process of clients that work on the books of a cooperative directly; it is there to be killed.

python -m tests.faults.writer SETTINGS_AS_JSON
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import asdict, dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from domain.ids import derived_id
from eventstore.desk import Caller, Desk
from tests.faults.broken import acknowledging_before_the_commit
from tests.faults.cooperative_work import wanted
from tests.faults.loop_of_its_own import LoopOfItsOwn, by_coroutine
from tests.faults.shift import work
from workers.clock import wall_clock
from workers.settings import read_settings
from workers.workshop import Workshop


@dataclass(frozen=True)
class WriterSettings:
    """What a writer is told: `skew_s` is what its clock is ahead."""

    dsn: str
    data_dir: str
    notebook: str
    name: str
    clients: int
    skew_s: int = 0
    early: bool = False

    def words(self) -> list[str]:
        """Return what starts such a process."""
        return [sys.executable, "-m", "tests.faults.writer", json.dumps(asdict(self))]


def asking(
    desk: Desk, principal: str, loop: LoopOfItsOwn
) -> tuple[Callable[[str], int], Callable[[str], UUID]]:
    """Return how a client of this name asks the command of a key, and the id that command has.

    Every other is asked by a coroutine of that loop.
    """

    def ask(key: str) -> int:
        one = wanted(key)
        says: Any = {
            "operation": one.operation,
            "key": key,
            "body": b"",
            "effective_on": one.effective_on,
            "run": one.use_case,
        }
        caller = Caller(principal, principal)
        if by_coroutine(key):
            return loop.result(desk.perform_async(caller, **says)).position
        return desk.perform(caller, **says).position

    return ask, lambda key: derived_id("command", "default", principal, key)


def main(settings: WriterSettings) -> None:
    """Work until a signal says that it is enough."""
    told = read_settings(data_dir=Path(settings.data_dir), env={"DATABASE_URL": settings.dsn})
    skew = timedelta(seconds=settings.skew_s)
    broken = acknowledging_before_the_commit() if settings.early else nullcontext()
    with broken, Workshop(told, clock=lambda: wall_clock() + skew) as workshop, LoopOfItsOwn() as loop:
        ask, id_of = asking(workshop.desk, settings.name, loop)
        work(settings.name, settings.clients, ask, id_of, Path(settings.notebook))


if __name__ == "__main__":
    main(WriterSettings(**json.loads(sys.argv[1])))
