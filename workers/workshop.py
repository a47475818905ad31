"""The one place where settings become objects: database, keys, store, projector, reader."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Self
from uuid import UUID

from workers.clock import business_day, new_id, wall_clock
from workers.datadir import make_data_dir
from workers.settings import Settings

if TYPE_CHECKING:
    from api.services import Services
    from eventstore.access import ApiKeys
    from eventstore.codec import Codec
    from eventstore.desk import Desk
    from eventstore.documents import Documents
    from eventstore.embedded import EmbeddedPostgres
    from eventstore.keyring import Keyring
    from eventstore.keystore import SubjectKeys
    from eventstore.log import Log
    from eventstore.registry import Registry
    from eventstore.store import EventStore
    from projections.projector import Projector
    from projections.reader import Reader


LEDGER_DATABASE = "tutti"
LOOK_AGAIN_S = 0.02


class Workshop:
    """What one process has opened; each thing is made when it is first asked for.

    Imports stand inside, so that a command pays only for what it uses.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        clock: Callable[[], datetime] = wall_clock,
        supervised: bool = False,
    ) -> None:
        """Open nothing yet; a supervised process waits for the database instead of starting it."""
        self.settings = settings
        self._supervised = supervised
        self.clock = clock
        self.started_database = False
        self._open: list[Callable[[], None]] = []

    @cached_property
    def embedded(self) -> EmbeddedPostgres:
        """The PostgreSQL server of the data directory."""
        from eventstore.embedded import EmbeddedPostgres

        make_data_dir(self.settings.data_dir)
        return EmbeddedPostgres(self.settings.data_dir / "postgres")

    def start_database(self) -> None:
        """Start the embedded server, unless it runs or the database is another one."""
        if self.settings.database_url is not None:
            return
        if self._supervised:
            self._await_database()
        else:
            self.started_database |= self.embedded.start()

    def _await_database(self) -> None:
        while not self.embedded.status().running:
            time.sleep(LOOK_AGAIN_S)

    @cached_property
    def dsn(self) -> str:
        """The ledger's database, running and migrated."""
        from eventstore.migrations.runner import migrate

        dsn = self.settings.database_url or self._embedded_dsn()
        migrate(dsn, self.settings.tenant)
        return dsn

    @cached_property
    def keyring(self) -> Keyring:
        """The secrets of this process."""
        from eventstore.keyring import Keyring

        return Keyring.from_directory(self.settings.keys_dir)

    @cached_property
    def registry(self) -> Registry:
        """Every kind of fact there is."""
        from domain.catalogue import AGGREGATES
        from eventstore.registry import Registry

        return Registry(*AGGREGATES)

    @cached_property
    def subject_keys(self) -> SubjectKeys:
        """The keys of the sealed fields, outside the ledger's database."""
        from eventstore.keyring import SUBJECT_KEYS_FILE
        from eventstore.keystore import SqliteSubjectKeys

        keys = SqliteSubjectKeys(self.settings.keys_dir / SUBJECT_KEYS_FILE, self.keyring.kek)
        self._open.append(keys.close)
        return keys

    @cached_property
    def documents(self) -> Documents:
        """The documents behind the facts, sealed, below the data directory."""
        from eventstore.documents import Documents

        make_data_dir(self.settings.data_dir)
        return Documents(
            self.settings.data_dir / "documents" / self.settings.tenant,
            self.subject_keys,
            name_key=self.keyring.body_mac("document-names", self.settings.tenant.encode()),
        )

    @cached_property
    def codec(self) -> Codec:
        """How facts become bytes, and bytes facts."""
        from eventstore.codec import Codec
        from eventstore.sealing import Sealer

        return Codec(self.registry, Sealer(self.subject_keys))

    @cached_property
    def log(self) -> Log:
        """The log, for reading."""
        from eventstore.log import Log

        log = Log(self.dsn, tenant=self.settings.tenant, codec=self.codec)
        self._open.append(log.close)
        return log

    @cached_property
    def store(self) -> EventStore:
        """The event store, for writing."""
        from eventstore.store import EventStore

        store = EventStore(
            self.dsn,
            tenant=self.settings.tenant,
            registry=self.registry,
            keyring=self.keyring,
            subject_keys=self.subject_keys,
            clock=self.clock,
        )
        self._open.append(store.close)
        return store

    @cached_property
    def desk(self) -> Desk:
        """Where requests become commands."""
        from eventstore.desk import Desk

        return Desk(self.store, self.keyring, tenant=self.settings.tenant)

    @cached_property
    def projector(self) -> Projector:
        """What keeps the read models."""
        from projections.projector import Projector

        projector = Projector(self.dsn, tenant=self.settings.tenant, log=self.log)
        self._open.append(projector.close)
        return projector

    @cached_property
    def reader(self) -> Reader:
        """What asks the read models."""
        from projections.reader import Reader

        reader = Reader(self.dsn, tenant=self.settings.tenant)
        self._open.append(reader.close)
        return reader

    @cached_property
    def access(self) -> ApiKeys:
        """The keys of the API."""
        from eventstore.access import ApiKeys

        access = ApiKeys(self.dsn, tenant=self.settings.tenant)
        self._open.append(access.close)
        return access

    @cached_property
    def services(self) -> Services:
        """What the API, and everything that works like it, goes by."""
        from api.services import Services

        return Services(
            tenant=self.settings.tenant,
            desk=self.desk,
            log=self.log,
            documents=self.documents,
            reader=self.reader,
            access=self.access,
            clock=self.clock,
            new_id=new_id,
            business_day=lambda at: business_day(at, self.settings.timezone),
            pseudonym=self._pseudonym,
        )

    def today(self) -> date:
        """Return the business day it is."""
        return business_day(self.clock(), self.settings.timezone)

    def _pseudonym(self, counterparty: str) -> UUID:
        return UUID(bytes=self.keyring.body_mac("counterparty", counterparty.encode())[:16], version=4)

    @contextmanager
    def projecting(self) -> Iterator[None]:
        """Keep the read models at the head of the log meanwhile, beside any projector that runs."""
        from projections.projector import Projector

        stopped = threading.Event()
        projector = Projector(self.dsn, tenant=self.settings.tenant, log=self.log)
        projector.positions()  # what keeps it from running is said here, not in its thread
        thread = threading.Thread(target=projector.run, args=(stopped,), name="projecting")
        thread.start()
        try:
            yield
        finally:
            stopped.set()
            thread.join()

    def up_to_date(self) -> Reader:
        """Return the reader, with every read model at the head of the log."""
        self.projector.catch_up()
        return self.reader

    def close(self) -> None:
        """Close what was opened, last first."""
        while self._open:
            self._open.pop()()

    def __enter__(self) -> Self:
        """Open nothing yet."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close what was opened."""
        self.close()

    def _embedded_dsn(self) -> str:
        from workers.databases import create_if_missing

        self.start_database()
        create_if_missing(self.embedded.dsn("postgres"), LEDGER_DATABASE)
        return self.embedded.dsn(LEDGER_DATABASE)
