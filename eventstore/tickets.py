"""Those who wait for an answer: in a thread, by a future, or in an event loop.

A ticket is for one command or for a bulk of them, which is carried out whole or not at all. Callers
in an event loop are woken once for each batch and loop: a wake-up costs about as much as a decision.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future
from contextlib import suppress
from typing import Any, Generic, TypeVar

from eventstore.commands import Command, Outcome

T = TypeVar("T")
Outcomes = tuple[Outcome, ...]


def one(outcomes: Outcomes) -> Outcome:
    """Return the outcome of a ticket for one command."""
    return outcomes[0]


def every(outcomes: Outcomes) -> Outcomes:
    """Return the outcomes of a bulk, one a command."""
    return outcomes


class Ticket(Generic[T]):
    """Commands that wait for their answer.

    `in_doubt_on` is the size of the log on which an append of them was sent whose fate is not known:
    it comes through if the log still has that size when it arrives, and never otherwise.
    """

    __slots__ = ("_answer", "_error", "_said", "commands", "in_doubt_on")

    def __init__(self, commands: Sequence[Command], said: Callable[[Outcomes], T]) -> None:
        """Wait for these commands; `said` makes the answer of their outcomes."""
        self.commands = commands
        self.in_doubt_on: int | None = None
        self._said = said
        self._answer: T | None = None
        self._error: BaseException | None = None

    @property
    def is_bulk(self) -> bool:
        """Whether who asked hears of each command by its place."""
        return self._said is not one

    def accept(self, outcomes: Outcomes) -> None:
        """Answer with the outcome of each command."""
        self._answer = self._said(outcomes)

    def refuse(self, error: BaseException) -> None:
        """Answer with a refusal, or with the defect that kept it from being decided."""
        self._error = error


class Waited(Ticket[T]):
    """A ticket whose answer a thread waits for."""

    __slots__ = ("_answered",)

    def __init__(self, commands: Sequence[Command], said: Callable[[Outcomes], T]) -> None:
        super().__init__(commands, said)
        self._answered = threading.Lock()
        self._answered.acquire()

    def answer(self) -> T:
        """Wait for the answer; raises the refusal. To be called once."""
        self._answered.acquire()
        if self._error is not None:
            raise self._error
        if self._answer is None:
            raise RuntimeError("answered with nothing")
        return self._answer

    def accept(self, outcomes: Outcomes) -> None:
        """Answer with the outcome of each command."""
        super().accept(outcomes)
        self._tell()

    def refuse(self, error: BaseException) -> None:
        """Answer with a refusal, or with the defect that kept it from being decided."""
        super().refuse(error)
        self._tell()

    def _tell(self) -> None:
        try:  # noqa: SIM105 - `suppress` takes four times as long as the release
            self._answered.release()
        except RuntimeError:
            pass  # it was answered before, by one who was interrupted


class Promise(Ticket[T]):
    """A ticket whose answer is a future, for a caller that goes on meanwhile."""

    __slots__ = ("future",)

    def __init__(self, commands: Sequence[Command], said: Callable[[Outcomes], T]) -> None:
        super().__init__(commands, said)
        self.future: Future[T] = Future()
        # It is on its way: nobody can cancel what may be recorded already.
        self.future.set_running_or_notify_cancel()

    def accept(self, outcomes: Outcomes) -> None:
        """Answer with the outcome of each command."""
        if not self.future.done():
            self.future.set_result(self._said(outcomes))

    def refuse(self, error: BaseException) -> None:
        """Answer with a refusal, or with the defect that kept it from being decided."""
        if not self.future.done():
            self.future.set_exception(error)


class Awaited(Ticket[T]):
    """A ticket that a coroutine awaits; its answer is kept until `wake` tells it.

    A coroutine that is cancelled hears nothing more; what it asked for is carried out all the same.
    """

    __slots__ = ("future", "loop")

    def __init__(self, commands: Sequence[Command], said: Callable[[Outcomes], T]) -> None:
        super().__init__(commands, said)
        self.loop = asyncio.get_running_loop()
        self.future: asyncio.Future[T] = self.loop.create_future()

    def tell(self) -> None:
        """Tell the coroutine, in its own loop."""
        if self.future.done():
            return
        if isinstance(self._error, StopIteration):
            # A future takes none: to a coroutine it would mean that all went well.
            self.future.set_exception(RuntimeError("a command raised StopIteration"))
        elif self._error is not None:
            self.future.set_exception(self._error)
        elif self._answer is not None:
            self.future.set_result(self._answer)


def wake(answered: Iterable[Ticket[Any]]) -> None:
    """Wake each event loop once for all these tickets; those of threads are awake already."""
    loops: dict[asyncio.AbstractEventLoop, list[Awaited[Any]]] = {}
    for ticket in answered:
        if isinstance(ticket, Awaited):
            loops.setdefault(ticket.loop, []).append(ticket)
    here = running_loop() if loops else None
    for loop, tickets in loops.items():
        if loop is here:
            _tell(tickets)
            continue
        with suppress(RuntimeError):  # a loop that was closed has nobody left to tell
            loop.call_soon_threadsafe(_tell, tickets)


def running_loop() -> asyncio.AbstractEventLoop | None:
    """Return the event loop that runs in this thread, if one does."""
    try:
        return asyncio.get_running_loop()
    except RuntimeError:
        return None


def _tell(tickets: Sequence[Awaited[Any]]) -> None:
    for ticket in tickets:
        ticket.tell()
