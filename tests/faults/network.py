"""A network that fails while commands are on it, and a second process's store that goes on beside it."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from random import Random

from tests.databases import Server
from tests.faults.crowd import Crowd
from tests.faults.loop_of_its_own import LoopOfItsOwn
from tests.faults.notebook import Notebook, Story
from tests.faults.oracle import Verdict, judge, written_in
from tests.faults.proxy import Fault, Proxy
from tests.faults.shift import left_alone
from tests.faults.toy_work import RECORDER, asking, asking_in, begin, id_of, toy_store

CLIENTS = 18
BESIDE = 6
LEAST_IN_FLIGHT = 16
LONGEST_PAUSE_S = 0.1
# Shorter than a silence, so that some callers hear that their outcome is not known.
PATIENCE_S = 0.5


def faults_of(chance: Random, rounds: int) -> list[Fault]:
    """Return so many faults, each kind about as often as any other, in random order."""
    kinds = list(Fault)
    drawn = [kinds[number % len(kinds)] for number in range(rounds)]
    chance.shuffle(drawn)
    return drawn


def shake_network(
    server: Server, *, seed: int, rounds: int, told: Callable[[Fault, int], None] = lambda _, __: None
) -> tuple[Sequence[int], Verdict]:
    """Let so many faults befall appends under load; return how many commands were in flight at each."""
    chance = Random(seed)  # noqa: S311 - chance, not secrecy
    in_flight = []
    with server.database() as dsn, tempfile.TemporaryDirectory(prefix="tutti-network-") as directory:
        paths = [Path(directory) / name for name in ("remote", "near")]
        with (
            Proxy(dsn) as proxy,
            closing(toy_store(dsn)) as near,
            closing(toy_store(proxy.dsn, patience_s=PATIENCE_S)) as remote,
            closing(Notebook(paths[0])) as one,
            closing(Notebook(paths[1])) as other,
            LoopOfItsOwn() as loop,
        ):
            before = begin(near)
            ask = asking_in(loop, remote, half=True)
            crowd = Crowd("remote", CLIENTS, ask, id_of, one, leave=left_alone)
            beside = Crowd("near", BESIDE, asking(near), id_of, other)
            with crowd.busy(), beside.busy():
                for fault in faults_of(chance, rounds):
                    crowd.wait_for_answers(CLIENTS)
                    time.sleep(chance.uniform(0, LONGEST_PAUSE_S))
                    in_flight.append(crowd.wait_for_flight(LEAST_IN_FLIGHT))
                    proxy.strike(fault)
                    told(fault, in_flight[-1])
        return in_flight, judge(Story.of(paths), written_in(dsn, RECORDER), before=before)
