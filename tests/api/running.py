"""A ledger served for a test: real store, read models and database, asked over real HTTP."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import httpx
import uvicorn

from api.app import create_app
from api.services import Services
from domain.catalogue import AGGREGATES
from eventstore.access import ApiKeys, Role
from eventstore.codec import Codec
from eventstore.desk import Desk
from eventstore.documents import Documents
from eventstore.keyring import Keyring
from eventstore.keystore import SqliteSubjectKeys
from eventstore.log import Log
from eventstore.registry import Registry
from eventstore.sealing import Sealer
from eventstore.store import EventStore
from projections.projector import Projector
from projections.reader import Reader

BRUSSELS = ZoneInfo("Europe/Brussels")
START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


class Clock:
    """Stands at a working day of 2026 and moves a little at every look."""

    def __init__(self) -> None:
        self._now = START
        self._lock = threading.Lock()

    def __call__(self) -> datetime:
        with self._lock:
            self._now += timedelta(milliseconds=1)
            return self._now

    def move(self, **by: int) -> None:
        with self._lock:
            self._now += timedelta(**by)


@dataclass
class Served:
    """A running API, a key for each role, and a projector that a test may stop."""

    url: str
    services: Services
    clock: Clock
    tokens: dict[Role, str]
    stop_projecting: Callable[[], None]
    clients: dict[Role | None, httpx.Client] = field(default_factory=dict)

    def client(self, role: Role | None) -> httpx.Client:
        if role not in self.clients:
            headers = {"Authorization": f"Bearer {self.tokens[role]}"} if role else {}
            self.clients[role] = httpx.Client(base_url=self.url, headers=headers, timeout=30)
        return self.clients[role]

    def post(
        self, role: Role | None, path: str, body: Any = None, *, key: str | None = None, **headers: str
    ) -> httpx.Response:
        """Ask under a fresh Idempotency-Key unless one is given; an empty one is not sent."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        if key != "":
            named["Idempotency-Key"] = key or str(uuid4())
        if body is None:
            return self.client(role).post(path, headers=named)
        named["Content-Type"] = "application/json"
        # In ASCII, so that a test may send half a character.
        return self.client(role).post(path, content=json.dumps(body), headers=named)

    def get(self, role: Role | None, path: str, *, see: int | None = None, **asked: Any) -> httpx.Response:
        headers = {} if see is None else {"Ledger-Min-Position": str(see)}
        return self.client(role).get(path, params=asked, headers=headers)

    def done(self, role: Role, path: str, body: Any = None, **headers: str) -> dict[str, Any]:
        """Ask for what must succeed."""
        answer = self.post(role, path, body, **headers)
        assert answer.status_code == 201, answer.text
        said: dict[str, Any] = answer.json()
        return said


def begun(answer: dict[str, Any], kind: str) -> str:
    """The id of the one new thing of that kind."""
    (found,) = [each["id"] for each in answer["begun"] if each["kind"] == kind]
    return str(found)


@contextmanager
def served(dsn: str, home: Path) -> Iterator[Served]:
    """Serve the database; the projector runs in a thread of its own."""
    clock = Clock()
    keyring = Keyring.from_directory(home)
    subjects = SqliteSubjectKeys(home / "subjects.sqlite3", keyring.kek)
    registry = Registry(*AGGREGATES)
    store = EventStore(
        dsn, tenant="default", registry=registry, keyring=keyring, subject_keys=subjects, clock=clock
    )
    log = Log(dsn, tenant="default", codec=Codec(registry, Sealer(subjects)))
    reader, access = Reader(dsn, tenant="default"), ApiKeys(dsn, tenant="default")
    projector = Projector(dsn, tenant="default", log=log)
    projector.catch_up()
    services = Services(
        tenant="default",
        desk=Desk(store, keyring, tenant="default"),
        log=log,
        documents=Documents(home / "documents", subjects, name_key=b"n" * 32),
        reader=reader,
        access=access,
        clock=clock,
        new_id=uuid4,
        business_day=lambda at: at.astimezone(BRUSSELS).date(),
        pseudonym=lambda said: UUID(bytes=keyring.body_mac("counterparty", said.encode())[:16], version=4),
    )
    tokens = {role: _key(access, role, clock()) for role in Role}
    stopped = threading.Event()
    projecting = threading.Thread(target=projector.run, args=(stopped,))
    projecting.start()

    def stop_projecting() -> None:
        stopped.set()
        projecting.join()

    try:
        with listening(services) as url:
            yield Served(url, services, clock, tokens, stop_projecting)
    finally:
        stop_projecting()
        for each in (store, log, reader, access, subjects):
            each.close()


def _key(access: ApiKeys, role: Role, now: datetime) -> str:
    return access.issue(role, f"test {role}", None, now=now, id=uuid4().hex[:12], secret=uuid4().bytes * 2)


@contextmanager
def listening(services: Services) -> Iterator[str]:
    """Serve these on a free port of this machine; its address."""
    sock = socket.socket()
    sock.bind(("127.0.0.1", 0))
    config = uvicorn.Config(create_app(services), log_config=None, access_log=False, lifespan="off")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [sock]})
    thread.start()
    try:
        while not server.started:
            time.sleep(0.005)
        yield f"http://127.0.0.1:{sock.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()
        sock.close()
