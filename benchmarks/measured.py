"""One measured run each: of a limit, of a peer, or of ours, checked before it counts."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from functools import partial

from benchmarks import checks, limits, processes
from benchmarks.ledgers import Clock, Ledger, Payments, open_ledger
from benchmarks.loops import Tally, Window, at_a_pace, by_coroutines, by_threads
from benchmarks.peers import library
from benchmarks.peers.pgledger import Pgledger
from benchmarks.product import OF_AN_ALLOCATION, Allocations
from benchmarks.server import Server, database_bytes
from benchmarks.single_writer import single_writer
from eventstore.one_core import on_one_core

BULK = 256


@dataclass(frozen=True, slots=True)
class Measured:
    """What a run came to. Rates and times are of one payment; CPU None where it cannot be told."""

    per_s: float
    p50_ms: float | None
    p99_ms: float | None
    client_ms: float
    server_ms: float | None
    bytes_each: float | None
    load: float

    @classmethod
    def of(cls, tally: Tally, *, payments_each: int = 1, bytes_each: float | None = None) -> Measured:
        """Reckon up a tally whose requests were so many payments each."""
        payments = max(1, tally.counted) * payments_each
        server_s = tally.cpu.server_s
        return cls(
            per_s=tally.per_s * payments_each,
            p50_ms=tally.latency_ms(0.5),
            p99_ms=tally.latency_ms(0.99),
            client_ms=tally.cpu.client_s / payments * 1000,
            server_ms=None if server_s is None else server_s / payments * 1000,
            bytes_each=bytes_each,
            load=os.getloadavg()[0],
        )


@dataclass(frozen=True, slots=True)
class Runs:
    """What a run needs to be made: where, for how long, on how many accounts, checked by whom."""

    server: Server
    window: Window
    accounts: int
    clock: Clock
    audit: checks.Audit
    pgledger: Pgledger | None

    def by_name(self) -> Mapping[str, Callable[[], Measured]]:
        """Return every run there is, by the name that figures know it by; a peer that is not here is left out."""
        made: dict[str, Callable[[], Measured]] = {}
        for clients in (1, 16):
            made[f"L5({clients})"] = partial(self._pgbench, limits.L5, clients)
            if self.pgledger is not None:
                made[f"pgledger({clients})"] = partial(self._pgledger, self.pgledger, clients)
        made["LH(16)"] = partial(self._pgbench, limits.LH, 16)
        made[f"B({BULK})"] = self._single_writer
        for clients in (1, 4, 16, 32, 64, 256):
            made[f"threads({clients})"] = partial(self._payments, clients, by_thread=True)
            made[f"free threads({clients})"] = partial(self._payments, clients, by_thread=True, free=True)
            made[f"asyncio({clients})"] = partial(self._payments, clients, by_thread=False)
        made["spread(16)"] = partial(self._payments, 16, by_thread=True, spread=True)
        made[f"bulk({BULK})"] = self._bulk
        made["library spread(32)"] = partial(self._library, spread=True)
        made["library hot(32)"] = partial(self._library, spread=False)
        made["product threads(16)"] = partial(self._product, 16, by_thread=True)
        made["product asyncio(64)"] = partial(self._product, 64, by_thread=False)
        return made

    def at_a_pace(self, per_s: float) -> Measured:
        """Pay so often a second, whatever comes back."""
        with self._ledger() as ledger:
            payments = Payments(ledger, accounts=self.accounts, spread=False)
            tally = at_a_pace(payments.ask_async, per_s=per_s, window=self.window, meter=self._meter)
            self._check(payments, tally.acknowledged)
        return Measured.of(tally)

    def _pgbench(self, script: str, clients: int) -> Measured:
        return Measured.of(limits.pgbench(self.server, script, clients=clients, window=self.window))

    def _single_writer(self) -> Measured:
        with on_one_core():
            tally = single_writer(self.server, batch=BULK, window=self.window)
        return Measured.of(tally, payments_each=BULK)

    def _pgledger(self, peer: Pgledger, clients: int) -> Measured:
        with on_one_core():
            tally, bytes_each = peer.measure(self.server, clients=clients, window=self.window)
        return Measured.of(tally, bytes_each=bytes_each)

    def _library(self, *, spread: bool) -> Measured:
        with on_one_core():
            tally = library.measure(
                self.server, clients=32, spread=spread, window=self.window, clock=self.clock
            )
        return Measured.of(tally)

    def _payments(
        self, clients: int, *, by_thread: bool, spread: bool = False, free: bool = False
    ) -> Measured:
        with self._ledger(free=free) as ledger:
            payments = Payments(ledger, accounts=self.accounts, spread=spread)
            before = database_bytes(ledger.dsn)
            tally = self._loop(payments, clients, by_thread=by_thread)
            bytes_each = (database_bytes(ledger.dsn) - before) / max(1, tally.acknowledged)
            self._check(payments, tally.acknowledged)
        return Measured.of(tally, bytes_each=bytes_each)

    def _bulk(self) -> Measured:
        with self._ledger() as ledger:
            payments = Payments(ledger, accounts=self.accounts, spread=False)
            tally = by_threads(
                partial(payments.ask_bulk, count=BULK), clients=1, window=self.window, meter=self._meter
            )
            self._check(payments, tally.acknowledged * BULK)
        return Measured.of(tally, payments_each=BULK)

    def _product(self, clients: int, *, by_thread: bool) -> Measured:
        with self._ledger() as ledger:
            allocations = Allocations(ledger, members_count=self.accounts)
            before = database_bytes(ledger.dsn)
            tally = self._loop(allocations, clients, by_thread=by_thread)
            bytes_each = (database_bytes(ledger.dsn) - before) / max(1, tally.acknowledged)
            checks.require_count(ledger, OF_AN_ALLOCATION, len(OF_AN_ALLOCATION) * tally.acknowledged)
            checks.require_log(ledger, self.audit)
        return Measured.of(tally, bytes_each=bytes_each)

    def _loop(self, asked: Payments | Allocations, clients: int, *, by_thread: bool) -> Tally:
        if by_thread:
            return by_threads(asked.ask, clients=clients, window=self.window, meter=self._meter)
        return by_coroutines(asked.ask_async, clients=clients, window=self.window, meter=self._meter)

    def _check(self, payments: Payments, acknowledged: int) -> None:
        checks.require_payments(
            payments.ledger, acknowledged=acknowledged, founded_at=payments.founded_at, audit=self.audit
        )

    def _meter(self) -> processes.Cpu:
        return processes.own_cpu(self.server.postmaster)

    @contextmanager
    def _ledger(self, *, free: bool = False) -> Iterator[Ledger]:
        """Yield a fresh ledger whose process keeps to one core, as the API's does, unless it is `free`."""
        kept = nullcontext() if free else on_one_core()
        with self.server.ledger() as dsn, kept, open_ledger(dsn, self.clock) as ledger:
            yield ledger
