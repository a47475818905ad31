"""What clients ask of the toy log: numbers of one series, and money of one fund that says no when it is empty."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from random import Random
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from domain.errors import AlreadyExists
from domain.ids import derived_id
from eventstore.keyring import Keyring
from eventstore.keystore import MemorySubjectKeys
from eventstore.registry import Registry
from eventstore.store import Command, EventStore
from tests.eventstore.toys import FUND, SERIES, ToyFund, ToySeries, charter, move, open_series, take
from tests.faults.loop_of_its_own import LoopOfItsOwn, by_coroutine
from workers.clock import wall_clock

KEYRING = Keyring(recorder=Ed25519PrivateKey.from_private_bytes(bytes(32)), mac_key=bytes(32), kek=bytes(32))
RECORDER = KEYRING.recorder_public
MOST_C = 3
"""What is paid out at once may be more than the fund has."""


def id_of(key: str) -> UUID:
    """Return the id of the command with that key."""
    return derived_id("command", "toys", key)


def wanted(key: str) -> Command:
    """Return what this key asks; that follows from the key alone."""
    chance = Random(key)  # noqa: S311 - chance, not secrecy
    draw = chance.random()
    if draw < 0.6:
        return take(SERIES, id=id_of(key), remark=key)
    if draw < 0.8:
        return move(FUND, chance.randint(1, MOST_C), id=id_of(key))
    return move(FUND, -2 * chance.randint(1, MOST_C), id=id_of(key))


def toy_store(
    dsn: str, *, clock: Callable[[], datetime] = wall_clock, patience_s: float = 30.0
) -> EventStore:
    """Open the toy log; every process signs it with the same key."""
    return EventStore(
        dsn,
        registry=Registry(ToySeries, ToyFund),
        keyring=KEYRING,
        subject_keys=MemorySubjectKeys(),
        clock=clock,
        patience_s=patience_s,
    )


def begin(store: EventStore) -> int:
    """Open the series and the fund unless they are there; return how many facts that leaves."""
    for number, first in enumerate((open_series(SERIES), charter(FUND))):
        with suppress(AlreadyExists):
            store.execute(first._replace(id=id_of(f"begin-{number}")))
    return store.log.head().size


def asking(store: EventStore) -> Callable[[str], int]:
    """Return how the command of a key is asked of this store by a thread."""
    return lambda key: store.execute(wanted(key)).position


def asking_in(loop: LoopOfItsOwn, store: EventStore, *, half: bool = False) -> Callable[[str], int]:
    """Return how it is asked by a coroutine of that loop; with `half`, every other by a thread."""
    by_thread = asking(store)

    def ask(key: str) -> int:
        if half and not by_coroutine(key):
            return by_thread(key)
        return loop.result(store.execute_async(wanted(key))).position

    return ask
