"""The event library's own way to write: `Application.save()` of the same two facts, one transaction each.

Its PostgreSQL recorder takes a lock on the table for each save. Spread, every caller has invoices and
funds of its own in hand; hot, all credit one fund, and who comes too late loads it and tries again.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from uuid import UUID

from eventsourcing.application import Application
from eventsourcing.persistence import IntegrityError, JSONTranscoder, Transcoding
from psycopg.conninfo import conninfo_to_dict

from benchmarks import processes
from benchmarks.ledgers import BANK_C, DAY, GROSS_C, PARTS, Clock
from benchmarks.loops import Tally, Window, by_threads
from benchmarks.payments import Accounts, Claim, Pot
from benchmarks.server import Server
from domain.facts import Stamp
from domain.ids import derived_id

ACCOUNTS = Accounts("550000", "450000", "700000")


class DateAsISO(Transcoding):
    """A day as the library's JSON can hold it."""

    type = date
    name = "date_iso"

    def encode(self, obj: date) -> str:
        """Return the day as text."""
        return obj.isoformat()

    def decode(self, data: str) -> date:
        """Return the day that a text says."""
        return date.fromisoformat(data)


class Payments(Application[UUID]):
    """The library's application, as its guide shows it."""

    name = "payments"

    def register_transcodings(self, transcoder: JSONTranscoder) -> None:
        """Let facts hold days."""
        super().register_transcodings(transcoder)
        transcoder.register(DateAsISO())


def measure(server: Server, *, clients: int, spread: bool, window: Window, clock: Clock) -> Tally:
    """Let so many threads pay on a fresh database."""
    with server.database() as dsn, _application(dsn, clients) as application:
        paying = _Paying(application, clients, clock)
        return by_threads(
            paying.on_their_own if spread else paying.into_one_fund,
            clients=clients,
            window=window,
            meter=lambda: processes.own_cpu(server.postmaster),
        )


class _Paying:
    def __init__(self, application: Payments, clients: int, clock: Clock) -> None:
        self._application, self._clients, self._clock = application, clients, clock
        self._commands = itertools.count()
        entity_id = derived_id("entity", "library")
        self._claims = [
            Claim.begin(
                self._stamp(),
                id=derived_id("claim", n),
                entity_id=entity_id,
                activity_id=derived_id("activity", n),
                client_id=derived_id("client", n),
                gross_c=GROSS_C,
            )
            for n in range(clients)
        ]
        self._pots = [
            Pot.begin(self._stamp(), id=derived_id("pot", n), entity_id=entity_id) for n in range(clients)
        ]
        application.save(*self._claims, *self._pots)

    def on_their_own(self, number: int) -> None:
        claim, pot = self._claims[number % self._clients], self._pots[number % self._clients]
        self._pay(claim, pot)
        self._application.save(claim, pot)

    def into_one_fund(self, number: int) -> None:
        repository = self._application.repository
        while True:
            claim: Claim = repository.get(self._claims[number % self._clients].id)
            pot: Pot = repository.get(self._pots[0].id)
            self._pay(claim, pot)
            try:
                self._application.save(claim, pot)
            except IntegrityError:
                continue
            return

    def _pay(self, claim: Claim, pot: Pot) -> None:
        stamp = self._stamp()
        claim.receive(
            stamp,
            line_id=stamp.command_id,
            fund_id=pot.id,
            amount_c=BANK_C,
            parts=PARTS,
            accounts=ACCOUNTS,
            booked_on=DAY,
        )
        pot.collect(stamp, activity_id=claim.activity_id, document_id=claim.id, amount_c=PARTS.fund_c)

    def _stamp(self) -> Stamp:
        now: datetime = self._clock()
        command_id = derived_id("command", next(self._commands))
        return Stamp(now, DAY, "bench:staff", None, command_id, "bench.pay", "0" * 64)


@contextmanager
def _application(dsn: str, clients: int) -> Iterator[Payments]:
    to = {name: str(value) for name, value in conninfo_to_dict(dsn).items()}
    application = Payments(
        env={
            "PERSISTENCE_MODULE": "eventsourcing.postgres",
            "POSTGRES_DBNAME": to["dbname"],
            "POSTGRES_HOST": to["host"],
            "POSTGRES_PORT": to["port"],
            "POSTGRES_USER": to["user"],
            "POSTGRES_PASSWORD": to["password"],
            "POSTGRES_POOL_SIZE": str(clients),
            "POSTGRES_MAX_OVERFLOW": "0",
            "POSTGRES_LOCK_TIMEOUT": "0",
            "AGGREGATE_CACHE_MAXSIZE": "5000",
            "AGGREGATE_CACHE_FASTFORWARD": "y",
        }
    )
    try:
        yield application
    finally:
        application.close()
