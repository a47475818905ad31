"""The processes of a cooperative at work, on a server of their own: killed, and started again."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from socket import socket

import httpx

from eventstore.access import Role
from tests.faults.cooperative_work import found
from tests.faults.own_server import OwnServer
from tests.faults.writer import WriterSettings
from workers.keys import make_key
from workers.settings import checkout, read_settings
from workers.workshop import Workshop

ROOT = checkout()
PATIENCE_S = 120.0
SERVICES: Mapping[str, str] = {"api": "serve", "projector": "project", "scheduler": "schedule"}
HOURS_AHEAD = (0, 1, -1)
SECONDS_AN_HOUR = 3_600


@dataclass
class House:
    """API, projector, scheduler and writers of one ledger, each in a process of its own."""

    server: OwnServer
    dsn: str
    home: Path
    writers: Mapping[str, WriterSettings]
    port: int
    token: str
    running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    @property
    def url(self) -> str:
        """Where the API answers."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def log(self) -> Path:
        """What the processes said."""
        return self.home / "house.log"

    def workshop(self) -> Workshop:
        """Open the ledger in this process."""
        return Workshop(read_settings(data_dir=self.home / "data", env={"DATABASE_URL": self.dsn}))

    def victims(self) -> list[str]:
        """Return all that can be killed, by name."""
        return [*SERVICES, *self.writers, "backend", "postmaster"]

    def start(self, name: str) -> None:
        """Start a process."""
        settings = self.writers.get(name)
        words = settings.words() if settings else [sys.executable, "-m", "workers", SERVICES[name]]
        kept = {each: said for each, said in os.environ.items() if not each.startswith("TUTTI_")}
        environment = {
            **kept,
            "PYTHONPATH": str(ROOT),
            "DATABASE_URL": self.dsn,
            "TUTTI_DATA_DIR": str(self.home / "data"),
            "TUTTI_PORT": str(self.port),
        }
        with self.log.open("ab") as log:
            self.running[name] = subprocess.Popen(
                words, env=environment, cwd=self.home, stdout=log, stderr=log
            )

    def kill(self, name: str, chance: Random) -> None:
        """Kill a process of ours, one backend, or the whole database server."""
        if name == "backend":
            self.server.kill_backend(chance)
        elif name == "postmaster":
            self.server.kill_postmaster()
        else:
            self.running[name].kill()
            self.running[name].wait()

    def tend(self) -> None:
        """Start again whatever does not run."""
        self.server.restart()
        for name in (*SERVICES, *self.writers):
            process = self.running.get(name)
            if process is None or process.poll() is not None:
                self.start(name)

    def wait_until(self, done: Callable[[], bool], what: str) -> None:
        """Tend the house until something holds; raises TimeoutError with the last words of its processes."""
        give_up = time.monotonic() + PATIENCE_S
        while not done():
            self.tend()
            if time.monotonic() > give_up:
                raise TimeoutError(f"{what}\n{self.log.read_text()[-2_000:]}")
            time.sleep(0.02)

    def ready(self) -> bool:
        """Whether the API answers."""
        try:
            return httpx.get(f"{self.url}/healthz", timeout=5).status_code == httpx.codes.OK
        except httpx.TransportError:
            return False

    def stop(self, *names: str) -> None:
        """End these processes politely, and wait until they have finished what they were at."""
        for name in names:
            self.running[name].send_signal(signal.SIGTERM)
        for name in names:
            self.running.pop(name).wait(PATIENCE_S)

    def close(self) -> None:
        """Kill what still runs."""
        for process in self.running.values():
            process.kill()
            process.wait()


@contextmanager
def house(server: OwnServer, home: Path, *, writers: int, clients: int, early: bool) -> Iterator[House]:
    """Found a cooperative in a fresh database and open its house; the writers' clocks are hours apart."""
    home.mkdir()
    with server.database() as dsn, socket() as probe:
        told = {
            name: WriterSettings(
                dsn=dsn,
                data_dir=str(home / "data"),
                notebook=str(home / f"{name}.notebook"),
                name=name,
                clients=clients,
                skew_s=HOURS_AHEAD[n % len(HOURS_AHEAD)] * SECONDS_AN_HOUR,
                early=early,
            )
            for n, name in ((n, f"writer-{n}") for n in range(writers))
        }
        probe.bind(("127.0.0.1", 0))
        opened = House(server, dsn, home, told, int(probe.getsockname()[1]), "")
        (home / "data").mkdir()
        with opened.workshop() as workshop:
            found(workshop.desk)
            opened.token = make_key(workshop, role=Role.STAFF, label="clients")
        probe.close()
        try:
            yield opened
        finally:
            opened.close()
