"""What several processes do to one log at the same time; run by test_sequencer_processes."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from eventstore.errors import AskAgain
from eventstore.keyring import Keyring
from eventstore.keystore import MemorySubjectKeys
from eventstore.registry import Registry
from eventstore.store import Command, EventStore, Outcome
from tests.conftest import wall_clock
from tests.eventstore.toys import BelowFloor, ToyFund, ToySeries, numbered_move


def insist(store: EventStore, command: Command, *, patience_s: float = 20.0) -> Outcome:
    """Ask, and ask again with the same id while the answer is to ask again."""
    give_up = time.monotonic() + patience_s
    while True:
        try:
            return store.execute(command)
        except AskAgain:
            if time.monotonic() > give_up:
                raise
            time.sleep(0.02)


def spend_from_many_threads(
    dsn: str, seed: bytes, series: UUID, fund: UUID, threads: int, each: int
) -> tuple[list[int], int]:
    """Take a number and a cent, `each` times a thread; return the numbers taken and the refusals."""
    keyring = Keyring(recorder=Ed25519PrivateKey.from_private_bytes(seed), mac_key=bytes(32), kek=bytes(32))
    store = EventStore(
        dsn,
        registry=Registry(ToySeries, ToyFund),
        keyring=keyring,
        subject_keys=MemorySubjectKeys(),
        clock=wall_clock,
    )

    def spend(_: int) -> int | None:
        try:
            outcome = insist(store, numbered_move(series, fund, -1))
        except BelowFloor:
            return None
        number: int = outcome.facts[0].event.number
        return number

    with closing(store), ThreadPoolExecutor(threads) as pool:
        taken = list(pool.map(spend, range(threads * each)))
    return [number for number in taken if number is not None], taken.count(None)
