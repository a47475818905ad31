"""The processes of the compose file, run on a test database with its commands and its environment."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from socket import socket
from typing import Any

from tests.ledgers import Ledger

ROOT = Path(__file__).parents[1]
DOCKERFILE = (ROOT / "Dockerfile").read_text()
COMPOSE: dict[str, Any] = json.loads((ROOT / "docker-compose.yml").read_text())
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
OURS = {name: service for name, service in SERVICES.items() if name != "postgres"}
PATIENCE_S = 90
OTHER_CONNECTIONS = """
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()
"""


def instructions(kind: str) -> list[str]:
    """The arguments of every instruction of that kind in the Dockerfile, continued lines joined."""
    whole = DOCKERFILE.replace("\\\n", " ")
    return [line.partition(" ")[2].strip() for line in whole.splitlines() if line.startswith(f"{kind} ")]


@dataclass
class Containers:
    """The processes of the compose file, with its commands and its environment."""

    ledger: Ledger
    log: Path
    port: int
    running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    def start(self, name: str) -> None:
        environment = {
            **self.ledger.environment(),
            **OURS[name]["environment"],
            # Where this differs from a container: another database, folder, address and port.
            "DATABASE_URL": self.ledger.settings.database_url or "",
            "TUTTI_DATA_DIR": str(self.ledger.settings.data_dir),
            "TUTTI_HOST": "127.0.0.1",
            "TUTTI_PORT": str(self.port),
        }
        with self.log.open("ab") as log:
            self.running[name] = subprocess.Popen(
                [sys.executable, *json.loads(instructions("ENTRYPOINT")[0])[1:], *OURS[name]["command"]],
                env=environment,
                stdout=log,
                stderr=log,
            )

    def kill(self, name: str) -> None:
        """Kill a process, or end every connection as a database that is killed does; start it again."""
        if name == "postgres":
            self.ledger.alter(OTHER_CONNECTIONS)
            return
        self.running[name].kill()
        self.running[name].wait()
        self.start(name)

    def tend(self) -> None:
        """Start again what ended by itself, as `restart: unless-stopped` does."""
        for name, process in list(self.running.items()):
            if process.poll() is not None:
                self.start(name)

    def stop(self) -> None:
        for process in self.running.values():
            process.kill()
            process.wait()

    def healthy(self) -> bool:
        """Run the health check of the API as its container would."""
        _, _, *check = SERVICES["api"]["healthcheck"]["test"]
        environment = {**self.ledger.environment(), "TUTTI_PORT": str(self.port)}
        words = [sys.executable, *check]
        return subprocess.run(words, env=environment, capture_output=True, check=False).returncode == 0

    def settle(self) -> None:
        """Wait until the API is healthy again, whatever ends by itself meanwhile."""
        deadline = time.monotonic() + PATIENCE_S
        while not self.healthy():
            assert time.monotonic() < deadline, self.log.read_text()
            self.tend()
            time.sleep(0.2)


@contextmanager
def containers(ledger: Ledger, log: Path) -> Iterator[Containers]:
    with socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    started = Containers(ledger, log, port)
    try:
        for name in OURS:
            started.start(name)
        started.settle()
        yield started
    finally:
        started.stop()
