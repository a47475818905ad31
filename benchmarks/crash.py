"""The server is killed in mid-load: what was acknowledged is there once, though the callers ask again.

Every process of the server gets SIGKILL at once. What the operating system had already been handed
survives that; to lose the power as well is for a machine to try, not for a program.
"""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from benchmarks import checks
from benchmarks.errors import DoesNotCount
from benchmarks.ledgers import OF_A_PAYMENT, Clock, Payments, open_ledger
from benchmarks.server import Server
from eventstore.errors import AskAgain

CLIENTS = 16
AGAIN_S = 0.02
# Sooner than the server is back, so that it is the callers who ask again.
IMPATIENT_S = 0.1
REPEATED = 200


@dataclass(frozen=True, slots=True)
class Survival:
    """What was acknowledged around a crash, and asked again because it was not."""

    acknowledged: int
    before: int
    asked_again: int
    repeats: int
    down_s: float


def survive(server: Server, *, clock: Clock, accounts: int, seconds: float, audit: checks.Audit) -> Survival:
    """Pay with 16 threads, kill the server half-way, go on, and demand every payment once.

    Raises DoesNotCount.
    """
    with server.ledger() as dsn, open_ledger(dsn, clock, patience_s=IMPATIENT_S) as ledger:
        payments = Payments(ledger, accounts=accounts, spread=False)
        over = threading.Event()
        acknowledged: list[dict[int, int]] = [{} for _ in range(CLIENTS)]
        again = [0] * CLIENTS

        def client(first: int) -> None:
            number = first
            while not over.is_set():
                try:
                    acknowledged[first][number] = payments.ask(number).position
                except AskAgain:
                    again[first] += 1
                    time.sleep(AGAIN_S)
                else:
                    number += CLIENTS

        with ThreadPoolExecutor(CLIENTS) as pool:
            asking = [pool.submit(client, first) for first in range(CLIENTS)]
            try:
                time.sleep(seconds / 2)
                before, began = sum(map(len, acknowledged)), time.perf_counter()
                server.kill()
                server.start()
                down_s = time.perf_counter() - began
                time.sleep(seconds / 2)
            finally:
                over.set()
            for each in asking:
                each.result()
        _finish(payments, acknowledged)
        known = {number: place for each in acknowledged for number, place in each.items()}
        repeats = _ask_again(payments, known)
        carried_out = checks.commands(ledger, "bench.pay")
        if carried_out != len(known) or before in (0, len(known)):
            raise DoesNotCount(commands=carried_out, acknowledged=len(known), before=before)
        if len(set(known.values())) != len(known):
            raise DoesNotCount(places=len(set(known.values())), acknowledged=len(known))
        checks.require_count(ledger, OF_A_PAYMENT, 2 * len(known))
        checks.require_payments(ledger, acknowledged=len(known), founded_at=payments.founded_at, audit=audit)
    return Survival(len(known), before, sum(again), repeats, down_s)


def _finish(payments: Payments, acknowledged: list[dict[int, int]]) -> None:
    """Ask once more for what each caller last asked in vain: it may have been recorded."""
    for first, own in enumerate(acknowledged):
        number = first + CLIENTS * len(own)
        own[number] = payments.ask(number).position


def _ask_again(payments: Payments, known: dict[int, int]) -> int:
    """Ask for what is long acknowledged; each answer is the first one. Return how many were asked."""
    numbers = sorted(known)[:REPEATED] + sorted(known)[-REPEATED:]
    for number in numbers:
        outcome = payments.ask(number)
        if not outcome.repeated or outcome.position != known[number]:
            raise DoesNotCount(payment=number, first=known[number], again=outcome.position)
    return len(numbers)
