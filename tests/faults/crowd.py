"""Many clients that ask one command after another, each until it has an answer.

What a client asks follows from its name and the number of the command, so that whoever takes its
notebook over asks the very same again.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from uuid import UUID

from domain.errors import Refusal
from eventstore.errors import AskAgain
from tests.faults.notebook import Notebook

PAUSE_S = 0.05
PATIENCE_S = 120.0

Ask = Callable[[str], int]
"""Sends the command of that key; returns its position, raises its refusal, AskAgain or OSError."""


@dataclass
class Crowd:
    """`clients` threads on one notebook; `id_of` gives the command id that belongs to a key.

    The keys in `first` come before anything new; of those in doubt, `leave` says which are let be.
    """

    name: str
    clients: int
    ask: Ask
    id_of: Callable[[str], UUID]
    notebook: Notebook
    leave: Callable[[str], bool] = lambda _: False
    first: Sequence[str] = ()
    patience_s: float = PATIENCE_S
    enough: threading.Event = field(default_factory=threading.Event)
    answers: int = 0
    heard: set[type[Exception]] = field(default_factory=set)
    _under_way: set[int] = field(default_factory=set)
    _threads: list[threading.Thread] = field(default_factory=list)

    @property
    def in_flight(self) -> int:
        """Return how many commands are sent and not answered at this moment."""
        return len(self._under_way)

    def start(self) -> None:
        """Let all clients begin."""
        for client in range(self.clients):
            thread = threading.Thread(target=self._run, args=(client,), name=f"{self.name}-{client}")
            self._threads.append(thread)
            thread.start()

    def stop(self) -> None:
        """Let every client finish the command it is at, and wait for it."""
        self.enough.set()
        for thread in self._threads:
            thread.join()

    @contextmanager
    def busy(self) -> Iterator[None]:
        """Keep the clients asking meanwhile."""
        self.start()
        try:
            yield
        except BaseException:
            self.patience_s = 0
            raise
        finally:
            self.stop()

    def wait_for_answers(self, more: int, *, patience_s: float = PATIENCE_S) -> None:
        """Wait until so many more commands were answered; raises TimeoutError if the ledger stands still."""
        wanted, give_up = self.answers + more, time.monotonic() + patience_s
        while self.answers < wanted:
            if time.monotonic() > give_up:
                raise TimeoutError(f"{self.name}: no {more} answers in {patience_s} s")
            time.sleep(0.005)

    def wait_for_flight(self, least: int, *, patience_s: float = PATIENCE_S) -> int:
        """Wait until at least so many commands are in flight, and return how many are."""
        give_up = time.monotonic() + patience_s
        while (now := self.in_flight) < least:
            if time.monotonic() > give_up:
                raise TimeoutError(f"{self.name}: no {least} commands in flight in {patience_s} s")
            time.sleep(0.0005)
        return now

    def wait_to_hear(self) -> None:
        """Wait until some client was told that its outcome is not known."""
        give_up = time.monotonic() + PATIENCE_S
        while not self.heard:
            if time.monotonic() > give_up:
                raise TimeoutError(f"{self.name}: nobody is told anything")
            time.sleep(0.005)

    def settle(self, key: str, client: int) -> None:
        """Ask the command of a key until it has an answer, and note what that is."""
        id_ = self.id_of(key)
        asked_at = time.monotonic()
        self.notebook.ask(id_, key)
        while True:
            self._under_way.add(client)
            try:
                position = self.ask(key)
            except (AskAgain, OSError) as error:
                self._under_way.discard(client)
                self.heard.add(type(error))
                self.notebook.doubt(id_)
                if self.leave(key):
                    return
                if time.monotonic() > asked_at + self.patience_s:
                    self.notebook.fault(id_, "no answer at all")
                    return
                time.sleep(PAUSE_S)
            except Refusal as refusal:
                self._under_way.discard(client)
                self.notebook.refuse(id_, refusal.code)
                break
            except Exception as error:  # noqa: BLE001 - what else a client hears is for the oracle
                self._under_way.discard(client)
                self.notebook.fault(id_, repr(error))
                return
            else:
                self._under_way.discard(client)
                self.notebook.acknowledge(id_, position)
                break
        self.answers += 1

    def _run(self, client: int) -> None:
        for key in self.first[client :: self.clients]:
            self.settle(key, client)
        number = 0
        while not self.enough.is_set():
            self.settle(f"{self.name}-{client}-{number}", client)
            number += 1
