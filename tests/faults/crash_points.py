"""Every named moment in the life of a batch, and everybody who can die at it.

Two writer processes share one log, or one whose coroutines ask has it alone and decides in their loop.
One of them, or its append in the database, is held at the moment; somebody is killed there; the other
writer and the successor go on, and the oracle compares.
"""

from __future__ import annotations

import os
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psutil
import psycopg

from tests.faults.halting import (
    HEAD_HELD,
    IN_THE_DATABASE,
    IN_THE_PROCESS,
    Barrier,
    add_triggers,
    has_halted,
    let_run,
    order_to_halt,
)
from tests.faults.notebook import Story
from tests.faults.oracle import Verdict, judge, written_in
from tests.faults.own_server import OwnServer
from tests.faults.shift import in_flight
from tests.faults.toy_work import RECORDER, begin, toy_store
from tests.faults.toy_writer import ToyWriterSettings
from workers.settings import checkout

PATIENCE_S = 120.0
LEAST_IN_FLIGHT = 16
CLIENTS = 20
_CLIENT_PORT = "SELECT client_port FROM pg_stat_activity WHERE pid = %s"
VICTIMS_IN_THE_DATABASE = ("process", "connection", "backend", "postmaster")


@dataclass(frozen=True)
class Case:
    """Who dies when."""

    moment: str
    victim: str


CASES: Sequence[Case] = (
    *(Case(moment, "process") for moment in IN_THE_PROCESS),
    *(Case(moment, victim) for moment in IN_THE_DATABASE for victim in VICTIMS_IN_THE_DATABASE),
)
IN_A_LOOP: Sequence[Case] = tuple(case for case in CASES if case.moment != HEAD_HELD)
"""Who has the log alone never takes the head."""


@dataclass
class Writers:
    """The writer processes on one log, and what is done to them."""

    server: OwnServer
    dsn: str
    writers: Sequence[ToyWriterSettings]
    log: Path
    in_flight: list[int] = field(default_factory=list)
    running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    def notebook(self, place: int) -> Path:
        """Return where the writer of that place keeps its notebook."""
        return Path(self.writers[place].notebook)

    def story(self) -> Story:
        """Read what all clients know by now."""
        return Story.of([path for path in map(self.notebook, range(len(self.writers))) if path.exists()])

    def tend(self) -> None:
        """Start whatever does not run."""
        self.server.restart()
        for each in self.writers:
            process = self.running.get(each.name)
            if process is None or process.poll() is not None:
                with self.log.open("ab") as log:
                    self.running[each.name] = subprocess.Popen(
                        each.words(), cwd=checkout(), stdout=log, stderr=log
                    )

    def wait_until(self, done: Callable[[], bool], what: str) -> None:
        """Wait until something holds; raises TimeoutError."""
        give_up = time.monotonic() + PATIENCE_S
        while not done():
            if time.monotonic() > give_up:
                raise TimeoutError(f"{what}\n{self.log.read_text()[-2_000:]}")
            time.sleep(0.005)

    def wait_for_answers(self) -> None:
        """Wait until each writer has had an answer."""
        paths = [self.notebook(place) for place in range(len(self.writers))]
        before = [len(_told(Story.of([path]))) if path.exists() else 0 for path in paths]
        self.wait_until(
            lambda: all(
                path.exists() and len(_told(Story.of([path]))) > told
                for path, told in zip(paths, before, strict=True)
            ),
            "no answers",
        )

    def wait_for_flight(self) -> None:
        """Wait for a look at which enough commands are in flight, and note how many it saw.

        The writer that is not held goes on answering: another look would see other commands.
        """
        seen = 0

        def enough() -> bool:
            nonlocal seen
            seen = in_flight(self.story())
            return seen >= LEAST_IN_FLIGHT

        self.wait_until(enough, "not enough in flight")
        self.in_flight.append(seen)

    def kill(self, case: Case) -> None:
        """Bring the first writer to the moment, and kill there."""
        if case.moment in IN_THE_PROCESS:
            self._kill_process_at(case.moment)
        else:
            self._kill_in_the_database(case)

    def _kill_process_at(self, moment: str) -> None:
        path = self.notebook(0)
        order_to_halt(path, moment)
        self.wait_until(lambda: has_halted(path), f"never came to {moment}")
        self.wait_for_flight()
        self._kill_process(self.writers[0].name)
        let_run(path)

    def _kill_in_the_database(self, case: Case) -> None:
        barrier = Barrier(self.dsn, case.moment)
        try:
            backend = barrier.wait_for_somebody()
            self.wait_for_flight()
            match case.victim:
                case "process":
                    self._kill_process_behind(backend)
                case "connection":
                    with psycopg.connect(self.dsn, autocommit=True) as superuser:
                        superuser.execute("SELECT pg_terminate_backend(%s)", [backend])
                case "backend":
                    os.kill(backend, signal.SIGKILL)
                case _:
                    self.server.kill_postmaster()
        finally:
            barrier.lift()

    def _kill_process_behind(self, backend: int) -> None:
        """Kill the process that a backend of the database works for, known by its port."""
        with psycopg.connect(self.dsn) as connection:
            row = connection.execute(_CLIENT_PORT, [backend]).fetchone()
        for name, process in self.running.items():
            ports = {each.laddr.port for each in psutil.Process(process.pid).net_connections()}
            if row is not None and row[0] in ports:
                self._kill_process(name)
                return
        raise LookupError("the backend works for nobody")

    def _kill_process(self, name: str) -> None:
        self.running[name].kill()
        self.running[name].wait()

    def finish(self) -> None:
        """Let both finish what they were at, and end."""
        for process in self.running.values():
            process.terminate()
        for process in self.running.values():
            process.wait(PATIENCE_S)

    def close(self) -> None:
        """Kill what still runs."""
        for process in self.running.values():
            process.kill()
            process.wait()


def _told(story: Story) -> set[object]:
    return {*story.acknowledged, *story.refused}


@contextmanager
def writing(
    server: OwnServer, *, early: bool = False, in_a_loop: bool = False
) -> Iterator[tuple[Writers, int]]:
    """Let two writers work on a fresh toy log, or one in a loop; with them comes its size before."""
    with server.database() as dsn, tempfile.TemporaryDirectory(prefix="tutti-pair-") as directory:
        with closing(toy_store(dsn)) as store:
            before = begin(store)
        add_triggers(dsn)
        names = ("alone",) if in_a_loop else ("left", "right")
        writers = [
            ToyWriterSettings(
                dsn,
                f"{directory}/{name}.notebook",
                name,
                CLIENTS // len(names),
                early=early,
                in_a_loop=in_a_loop,
            )
            for name in names
        ]
        opened = Writers(server, dsn, writers, Path(directory) / "log")
        try:
            opened.tend()
            opened.wait_for_answers()
            yield opened, before
        finally:
            opened.close()


def crash_at(
    server: OwnServer,
    cases: Sequence[Case],
    *,
    early: bool = False,
    in_a_loop: bool = False,
    told: Callable[[Writers, Case], None] = lambda _, __: None,
) -> tuple[Writers, Verdict]:
    """Go through these cases one after another, and judge."""
    with writing(server, early=early, in_a_loop=in_a_loop) as (writers, before):
        for case in cases:
            writers.kill(case)
            writers.tend()
            writers.wait_for_answers()
            told(writers, case)
        writers.finish()
        return writers, judge(writers.story(), written_in(writers.dsn, RECORDER), before=before)
