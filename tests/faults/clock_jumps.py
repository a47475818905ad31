"""Clocks that jump: an hour ahead and back, as at the change to summer time and from it, and leap seconds.

Three processes' stores have clocks that disagree. The order of the log is that of its positions, and
its recorded times never run back: the oracle's arithmetic refuses a batch that is older than the one
before it.
"""

from __future__ import annotations

import tempfile
import threading
from collections.abc import Sequence
from contextlib import ExitStack, closing
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

from tests.databases import Server
from tests.faults.crowd import Crowd
from tests.faults.notebook import Notebook, Story
from tests.faults.oracle import Verdict, judge, written_in
from tests.faults.toy_work import RECORDER, asking, begin, id_of, toy_store
from workers.clock import wall_clock

STORES, CLIENTS = 3, 6
JUMPS = (
    timedelta(hours=1),
    timedelta(hours=-1),
    timedelta(seconds=1),
    timedelta(seconds=-1),
    timedelta(milliseconds=-1),
)
LIKELY = 0.1


class JumpingClock:
    """The wall's clock, set ahead or back at every tenth look or so."""

    def __init__(self, chance: Random) -> None:
        """Begin right."""
        self._chance = chance
        self._lock = threading.Lock()
        self._ahead = timedelta()
        self._last: datetime | None = None
        self.jumps_back = 0

    def __call__(self) -> datetime:
        """Return what it shows now."""
        with self._lock:
            if self._chance.random() < LIKELY:
                self._ahead += self._chance.choice(JUMPS)
            now = wall_clock() + self._ahead
            self.jumps_back += self._last is not None and now < self._last
            self._last = now
            return now


def let_clocks_jump(server: Server, *, seed: int, answers: int) -> tuple[Sequence[int], Verdict]:
    """Ask so many commands of stores with jumping clocks; return how often each clock went back."""
    chance = Random(seed)  # noqa: S311 - chance, not secrecy
    clocks = [JumpingClock(Random(chance.random())) for _ in range(STORES)]  # noqa: S311 - chance, not secrecy
    with server.database() as dsn, tempfile.TemporaryDirectory(prefix="tutti-clocks-") as directory:
        paths = [Path(directory) / f"clock-{number}" for number in range(STORES)]
        with ExitStack() as opened:
            crowds = []
            before = 0
            for clock, path in zip(clocks, paths, strict=True):
                store = opened.enter_context(closing(toy_store(dsn, clock=clock)))
                before = before or begin(store)
                notebook = opened.enter_context(closing(Notebook(path)))
                crowds.append(Crowd(path.name, CLIENTS, asking(store), id_of, notebook))
            for crowd in crowds:
                opened.enter_context(crowd.busy())
            for crowd in crowds:
                crowd.wait_for_answers(answers // STORES)
        verdict = judge(Story.of(paths), written_in(dsn, RECORDER), before=before)
    return [clock.jumps_back for clock in clocks], verdict
