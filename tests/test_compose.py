"""The containers: what the files say, and the processes they run, killed at random under load."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random, SystemRandom
from socket import socket
from typing import Any

import httpx
import psycopg
import pytest

from domain.aggregates.invoice import Invoice
from domain.aggregates.reminder import Reminder
from eventstore.access import Role
from eventstore.commands import Recorded
from projections.receivables import open_receivables
from tests.ledgers import Ledger
from workers.cli.app import COMMANDS
from workers.keys import make_key

ROOT = Path(__file__).parents[1]
DOCKERFILE = (ROOT / "Dockerfile").read_text()
COMPOSE: dict[str, Any] = json.loads((ROOT / "docker-compose.yml").read_text())
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
OURS = {name: service for name, service in SERVICES.items() if name != "postgres"}
DATA_DIR = "/var/lib/tutti"
KILLS = 8
CLIENTS = 3
PATIENCE_S = 90
OTHER_CONNECTIONS = """
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()
"""


def instructions(kind: str) -> list[str]:
    """The arguments of every instruction of that kind in the Dockerfile, continued lines joined."""
    whole = DOCKERFILE.replace("\\\n", " ")
    return [line.partition(" ")[2].strip() for line in whole.splitlines() if line.startswith(f"{kind} ")]


# What the files say.


def test_four_services_run_of_two_plain_images() -> None:
    assert set(SERVICES) == {"postgres", "api", "projector", "scheduler"}
    assert SERVICES["postgres"]["image"] == "postgres:18"
    assert instructions("FROM") == ["python:3.11-slim"]
    assert {service["image"] for service in OURS.values()} == {"tutti"}


def test_every_service_runs_a_command_there_is_and_comes_back_when_it_falls() -> None:
    assert instructions("ENTRYPOINT") == ['["python", "-m", "workers"]']
    for service in OURS.values():
        assert service["command"][0] in COMMANDS
        assert service["depends_on"] == {"postgres": {"condition": "service_healthy"}}
    assert {service["restart"] for service in SERVICES.values()} == {"unless-stopped"}
    assert {name for name, service in SERVICES.items() if "healthcheck" in service} == {"postgres", "api"}


def test_every_process_has_the_database_the_keys_and_the_documents() -> None:
    mounted = {tuple(service["volumes"]) for service in OURS.values()}
    assert mounted == {(f"keys:{DATA_DIR}/keys", f"documents:{DATA_DIR}/documents")}
    assert len({service["environment"]["DATABASE_URL"] for service in OURS.values()}) == 1
    named = {volume.partition(":")[0] for service in SERVICES.values() for volume in service["volumes"]}
    assert named == set(COMPOSE["volumes"])
    assert f"TUTTI_DATA_DIR={DATA_DIR}" in instructions("ENV")[0]


def test_no_secret_stands_in_the_files_and_nothing_listens_beyond_this_machine() -> None:
    assert SERVICES["postgres"]["environment"]["POSTGRES_PASSWORD"].startswith("${POSTGRES_PASSWORD:?")
    passwords = re.findall(r"postgresql://tutti:([^@]+)@", json.dumps(COMPOSE))
    assert set(passwords) == {"${POSTGRES_PASSWORD}"}
    published = [port for service in SERVICES.values() for port in service.get("ports", [])]
    assert published == ["127.0.0.1:8440:8440"]


def test_the_image_installs_by_hash_and_runs_as_nobody_in_particular() -> None:
    (install,) = [run for run in instructions("RUN") if "pip install" in run]
    assert "--require-hashes -r requirements.lock" in install
    assert instructions("USER") == ["tutti"]
    assert "--index-url" not in DOCKERFILE
    assert "://" not in DOCKERFILE


def test_every_room_is_in_the_image_and_nothing_else() -> None:
    copied = {word.rstrip("/") for line in instructions("COPY") for word in line.split()[:-1]}
    kept = {line[1:] for line in (ROOT / ".dockerignore").read_text().split() if line.startswith("!")}
    assert copied == kept
    rooms = {path.parent.name for path in ROOT.glob("*/__init__.py")} - {"tests"}
    assert rooms <= copied
    assert all((ROOT / name).exists() for name in copied)


# The processes, on a test database.


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


@contextmanager
def containers(ledger: Ledger, log: Path) -> Iterator[Containers]:
    with socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    started = Containers(ledger, log, port)
    try:
        for name in OURS:
            started.start(name)
        _settle(started)
        yield started
    finally:
        started.stop()


@dataclass
class Client:
    """Issues one invoice after another, each asked again with its key until an answer comes."""

    url: str
    token: str
    form: dict[str, Any]
    name: str
    acknowledged: dict[str, int] = field(default_factory=dict)

    def run(self, stopped: threading.Event) -> None:
        with httpx.Client(base_url=self.url, timeout=10) as client:
            while not stopped.is_set():
                self._issue(client, f"{self.name}-{len(self.acknowledged)}")

    def _issue(self, client: httpx.Client, key: str) -> None:
        headers = {"Authorization": f"Bearer {self.token}", "Idempotency-Key": key}
        deadline = time.monotonic() + PATIENCE_S
        while time.monotonic() < deadline:
            try:
                answer = client.post("/v1/invoices", json=self.form, headers=headers)
            except httpx.TransportError:
                time.sleep(0.05)
                continue
            if answer.status_code < 500:
                assert answer.status_code == 201, answer.text
                self.acknowledged[key] = answer.json()["position"]
                return
            time.sleep(0.05)
        pytest.fail(f"no answer to {key}")


def _settle(running: Containers) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while not running.healthy():
        assert time.monotonic() < deadline, running.log.read_text()
        running.tend()
        time.sleep(0.2)


def _facts(ledger: Ledger) -> list[Recorded]:
    with ledger.workshop() as workshop:
        return workshop.log.page(0, 100_000)


@pytest.mark.slow
def test_whatever_is_killed_at_any_moment_nothing_is_lost_or_doubled(
    own_demo: Ledger, tmp_path: Path
) -> None:
    seed = SystemRandom().randrange(10**6)
    print(f"seed {seed}")  # noqa: T201 - shown when the test fails, to kill in the same order
    chance = Random(seed)  # noqa: S311 - chance, not secrecy
    before = _facts(own_demo)
    one = [each.event for each in before if isinstance(each.event, Invoice.Issued)][-1]
    with own_demo.workshop() as workshop:
        token = make_key(workshop, role=Role.STAFF, label="load")
    line = {"description": "work", "quantity": "1", "unit_price": "100", "vat_rate_bp": 2100}
    form = {
        "activity_id": str(one.activity_id),
        "client_id": str(one.client_id),
        "issued_on": str(one.issued_on),
        "supplied_on": str(one.issued_on),
        "lines": [{**line, "vat_category": "S"}],
    }
    stopped = threading.Event()
    with containers(own_demo, tmp_path / "log") as running:
        url = f"http://127.0.0.1:{running.port}"
        clients = [Client(url, token, form, f"client-{n}") for n in range(CLIENTS)]
        threads = [threading.Thread(target=client.run, args=(stopped,)) for client in clients]
        for thread in threads:
            thread.start()
        for _ in range(KILLS):
            time.sleep(chance.uniform(0.1, 1.5))
            running.tend()
            running.kill(chance.choice(sorted(SERVICES)))
        _settle(running)
        stopped.set()
        for thread in threads:
            thread.join(2 * PATIENCE_S)

    acknowledged = [position for client in clients for position in client.acknowledged.values()]
    own_demo.tutti("schedule", "--once")
    with own_demo.workshop() as workshop:
        owed = {each.invoice_id for each in open_receivables(workshop.up_to_date())}
    after = _facts(own_demo)
    assert len(acknowledged) > CLIENTS, (tmp_path / "log").read_text()
    assert [each.position for each in after] == list(range(1, len(after) + 1))
    assert [each.event for each in after[: len(before)]] == [each.event for each in before]
    new = [each for each in after[len(before) :] if isinstance(each.event, Invoice.Issued)]
    assert len(new) == len(acknowledged) == len(set(acknowledged))
    assert len({each.event.invoice_no for each in new}) == len(new)
    last_of = {each.event.command_id: each.position for each in after}
    assert sorted(last_of[each.event.command_id] for each in new) == sorted(acknowledged)
    told = Counter(
        (each.event.invoice_id, each.event.number)
        for each in after
        if isinstance(each.event, Reminder.FellDue)
    )
    assert told == Counter((invoice, 1) for invoice in owed)
    assert own_demo.json("verify")["holds"]
    assert own_demo.json("replay")["different"] == []
    with psycopg.connect(own_demo.settings.database_url or "") as connection:
        assert connection.execute("SELECT size FROM tutti_default.head").fetchone() == (len(after),)
