"""The read models while the product's use case runs at half its peak: how far behind are they?

They are kept as `tutti up` keeps them, by a projector in a process of its own. Behind is how long ago
the oldest fact was recorded that the slowest read model does not have yet.
"""

from __future__ import annotations

import multiprocessing
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from multiprocessing.synchronize import Event
from pathlib import Path

from benchmarks import checks, processes
from benchmarks.errors import DoesNotCount
from benchmarks.ledgers import KEK, Clock, Ledger, open_ledger, registry
from benchmarks.loops import Window, at_a_pace
from benchmarks.product import OF_AN_ALLOCATION, Allocations
from benchmarks.server import TENANT, Server
from eventstore.codec import Codec
from eventstore.connections import connect
from eventstore.keystore import SqliteSubjectKeys
from eventstore.log import Log
from eventstore.migrations.roles import READER
from eventstore.sealing import Sealer
from projections.projector import Projector

LOOK_EVERY_S = 0.02
PATIENCE_S = 300.0
_RECORDED_AT = "SELECT recorded_at FROM batch WHERE first_position <= %s ORDER BY first_position DESC LIMIT 1"


@dataclass(frozen=True, slots=True)
class Followed:
    """What was asked and done a second, and how far behind the read models were, in milliseconds."""

    asked_per_s: float
    per_s: float
    p99_ms: float | None
    behind_p50_ms: float
    behind_p99_ms: float
    behind_most_ms: float


def follow(
    server: Server, *, clock: Clock, accounts: int, window: Window, per_s: float, audit: checks.Audit
) -> Followed:
    """Allocate so often a second with the read models kept beside; raises DoesNotCount if one stopped."""
    with tempfile.TemporaryDirectory() as folder, server.ledger() as dsn:
        keys = Path(folder) / "subjects.sqlite3"
        subject_keys = SqliteSubjectKeys(keys, KEK)
        with open_ledger(dsn, clock, subject_keys=subject_keys) as ledger, _projecting(dsn, keys):
            allocations = Allocations(ledger, members_count=accounts)
            with closing(_Watch(ledger, clock)) as watch:
                watch.await_all()
                with watch.looking():
                    tally = at_a_pace(
                        allocations.ask_async,
                        per_s=per_s,
                        window=window,
                        meter=lambda: processes.own_cpu(server.postmaster),
                    )
                watch.await_all()
            checks.require_count(ledger, OF_AN_ALLOCATION, len(OF_AN_ALLOCATION) * tally.acknowledged)
            checks.require_log(ledger, audit)
        subject_keys.close()
    behind = sorted(watch.behind_ms)
    return Followed(
        asked_per_s=per_s,
        per_s=tally.per_s,
        p99_ms=tally.latency_ms(0.99),
        behind_p50_ms=behind[len(behind) // 2],
        behind_p99_ms=behind[int(len(behind) * 0.99)],
        behind_most_ms=behind[-1],
    )


class _Watch:
    """Looks at how far the read models are."""

    def __init__(self, ledger: Ledger, clock: Clock) -> None:
        self._ledger, self._clock = ledger, clock
        self._projector = Projector(ledger.dsn, tenant=TENANT, log=ledger.log)
        self.behind_ms: list[float] = []

    def close(self) -> None:
        """Look no more."""
        self._projector.close()

    def await_all(self) -> None:
        """Wait until every read model is at the head of the log; raises DoesNotCount."""
        until = time.monotonic() + PATIENCE_S
        while self._slowest() < self._ledger.log.head().size:
            failures = self._projector.failures()
            if failures or time.monotonic() > until:
                raise DoesNotCount(read_models=failures or "never at the head")
            time.sleep(LOOK_EVERY_S)

    @contextmanager
    def looking(self) -> Iterator[None]:
        """Look again and again meanwhile."""
        over = threading.Event()
        thread = threading.Thread(target=self._look_until, args=(over,))
        thread.start()
        try:
            yield
        finally:
            over.set()
            thread.join()

    def _look_until(self, over: threading.Event) -> None:
        with connect(self._ledger.dsn, tenant=TENANT, role=READER) as connection:
            while not over.wait(LOOK_EVERY_S):
                position, size = self._slowest(), self._ledger.log.head().size
                behind_s = 0.0
                if position < size:
                    ((recorded_at,),) = connection.execute(_RECORDED_AT, [position + 1]).fetchall()
                    behind_s = (self._clock() - recorded_at).total_seconds()
                self.behind_ms.append(behind_s * 1000)

    def _slowest(self) -> int:
        return min(self._projector.positions().values())


@contextmanager
def _projecting(dsn: str, keys: Path) -> Iterator[None]:
    context = multiprocessing.get_context("spawn")
    over = context.Event()
    projector = context.Process(target=_project, args=(dsn, keys, over), daemon=True)
    projector.start()
    try:
        yield
    finally:
        over.set()
        projector.join()


def _project(dsn: str, keys: Path, over: Event) -> None:
    """Keep the read models until it is over; run in a process of its own."""
    stopped = threading.Event()

    def wait() -> None:
        over.wait()
        stopped.set()

    threading.Thread(target=wait, daemon=True).start()
    log = Log(dsn, tenant=TENANT, codec=Codec(registry(), Sealer(SqliteSubjectKeys(keys, KEK))))
    Projector(dsn, tenant=TENANT, log=log).run(stopped)
    log.close()
