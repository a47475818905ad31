"""A long run: does the writer's memory stand still while the log grows?"""

from __future__ import annotations

import asyncio
import time
from typing import Any

from benchmarks import checks, processes
from benchmarks.ledgers import Clock, Payments, open_ledger
from benchmarks.loops import run_loop
from benchmarks.server import Server

CLIENTS = 64
LOOKS = 10


def endure(server: Server, *, clock: Clock, accounts: int, count: int, audit: checks.Audit) -> dict[str, Any]:
    """Pay so often with 64 coroutines, and look at this process's memory ten times on the way."""
    with server.ledger() as dsn, open_ledger(dsn, clock) as ledger:
        payments = Payments(ledger, accounts=accounts, spread=False)
        each = max(CLIENTS, count // LOOKS)
        resident = [processes.resident_bytes()]
        began = time.perf_counter()
        done = 0
        while done < count:
            share = min(each, count - done)
            _pay(payments, done, share)
            done += share
            resident.append(processes.resident_bytes())
        seconds = time.perf_counter() - began
        checks.require_payments(ledger, acknowledged=count, founded_at=payments.founded_at, audit=audit)
    return {"commands": count, "seconds": seconds, "per_s": count / seconds, "resident_bytes": resident}


def _pay(payments: Payments, first: int, count: int) -> None:
    """Pay the payments from `first` on, nothing kept of them but that they were acknowledged."""
    waiting = iter(range(first, first + count))

    async def client() -> None:
        for number in waiting:
            await payments.ask_async(number)

    async def all_of_them() -> None:
        await asyncio.gather(*(client() for _ in range(CLIENTS)))

    run_loop(all_of_them())
