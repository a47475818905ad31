"""Runs the services as child processes: starts them, restarts what falls, stops all of them.

Each child is in a session of its own, so that Ctrl-C reaches only the supervisor, which then ends
its children in order.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from domain.errors import Refusal
from workers.child import REFUSED
from workers.settings import Settings

GRACE_SECONDS = 10.0
STEADY_SECONDS = 30.0
LONGEST_PAUSE = 15.0


class ServiceRefused(Refusal):
    """A service cannot run on this ledger as it is."""

    code = "service-refused"
    fr = "Un service ne peut pas tourner sur ce grand livre tel qu'il est."
    nl = "Een dienst kan op dit grootboek niet draaien zoals het is."


@dataclass
class Child:
    """One supervised process: what it runs, and how often it fell in a row."""

    name: str
    port: int
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    falls: int = 0
    due_at: float = 0.0


@dataclass
class Supervisor:
    """Starts children and keeps them running until it is told to stop."""

    settings: Settings
    log: IO[bytes]
    say: Callable[[str], None]
    children: list[Child] = field(default_factory=list)

    def add(self, name: str, *, port: int) -> None:
        """Start the service of this name."""
        child = Child(name, port)
        self.children.append(child)
        self._start(child)

    def tend(self) -> None:
        """Start again what has fallen, after a pause that grows with each fall in a row.

        Raises ServiceRefused if a service said why it cannot run: trying again would not help.
        """
        now = time.monotonic()
        for child in self.children:
            if child.process is not None and child.process.poll() == REFUSED:
                raise ServiceRefused(service=child.name, reason=self._last_words())
            if child.process is not None and child.process.poll() is not None:
                child.falls = 1 if now - child.started_at > STEADY_SECONDS else child.falls + 1
                pause = min(LONGEST_PAUSE, 0.5 * 2 ** (child.falls - 1))
                self.say(f"{child.name} ended with status {child.process.returncode}; again in {pause:g} s")
                child.process, child.due_at = None, now + pause
            if child.process is None and now >= child.due_at:
                self._start(child)

    def stop(self) -> None:
        """End every child: politely first, then by force."""
        running = [child.process for child in self.children if child.process is not None]
        for process in running:
            process.terminate()
        deadline = time.monotonic() + GRACE_SECONDS
        for process in running:
            try:
                process.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
            if process.stdin is not None:
                process.stdin.close()

    def _last_words(self) -> str:
        said = Path(self.log.name).read_text(encoding="utf-8", errors="replace").splitlines()
        return said[-1] if said else ""

    def _start(self, child: Child) -> None:
        child.started_at = time.monotonic()
        where = (str(self.settings.data_dir), self.settings.tenant, str(child.port))
        child.process = subprocess.Popen(  # noqa: S603 - our own interpreter, our own arguments
            [sys.executable, "-m", "workers.child", child.name, *where],
            stdin=subprocess.PIPE,
            stdout=self.log,
            stderr=self.log,
            start_new_session=True,
        )
