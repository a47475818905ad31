"""The real ledger behind a `perform` of use cases: event store, PostgreSQL, projector and trial balance."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

from domain.catalogue import AGGREGATES
from domain.facts import Stamp
from domain.ledger.books import Books
from eventstore.codec import Codec
from eventstore.desk import Caller, Desk
from eventstore.keyring import Keyring
from eventstore.keystore import MemorySubjectKeys
from eventstore.log import Log
from eventstore.registry import Registry
from eventstore.sealing import Sealer
from eventstore.store import EventStore
from projections.projector import Projector
from projections.reader import Reader
from projections.trial_balance import TrialBalance, trial_balance
from tests.databases import Server

REGISTRY = Registry(*AGGREGATES)


class RealLedger:
    """A ledger in a database of its own, which goes with it."""

    def __init__(self, server: Server, keyring: Keyring) -> None:
        """Begin one."""
        self._opened = ExitStack()
        dsn = self._opened.enter_context(server.database())
        keys = MemorySubjectKeys()
        store = EventStore(
            dsn,
            tenant="default",
            registry=REGISTRY,
            keyring=keyring,
            subject_keys=keys,
            clock=lambda: datetime.now(UTC),
        )
        self._opened.callback(store.close)
        self._desk = Desk(store, keyring, tenant="default")
        self.log = Log(dsn, tenant="default", codec=Codec(REGISTRY, Sealer(keys)))
        self._opened.callback(self.log.close)
        self._projector = Projector(dsn, tenant="default", log=self.log)
        self._opened.callback(self._projector.close)
        self._reader = Reader(dsn, tenant="default")
        self._opened.callback(self._reader.close)

    def perform(self, use_case: Callable[..., object], *, on: date, actor: str, **asked: Any) -> object:
        """Run the use case as a command of its own; raises its refusal."""

        def run(books: Books, stamp: Stamp) -> object:
            return use_case(books, stamp, **asked)

        return self._desk.perform(
            Caller(principal=actor, actor=actor),
            operation=getattr(use_case, "__name__", "request"),
            key=str(uuid4()),
            body=json.dumps(asked, default=str).encode(),
            effective_on=on,
            run=run,
        )

    def facts_after(self, position: int) -> Sequence[Any]:
        """Return the facts of the log after that position, in order."""
        return [recorded.event for recorded in self.log.page(position, 10_000)]

    def caught_up(self) -> int:
        """Let the read models catch up with the log; return the position they came to."""
        return self._projector.catch_up()

    def trial_balance(self) -> TrialBalance:
        """Return the trial balance of all entities, as it is asked for."""
        return trial_balance(self._reader)

    def close(self) -> None:
        """Let the database go."""
        self._opened.close()
