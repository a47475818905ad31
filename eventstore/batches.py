"""Deciding what has queued up: each command on the books that the ones before it left."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

import psycopg

from domain.facts import Stamp
from eventstore.appender import Known
from eventstore.codec import Codec, Encoded
from eventstore.commands import Command, Outcome, Recorded
from eventstore.errors import CommandTooLarge, KeyReused, Unavailable
from eventstore.workbook import Workbook

MAX_COMMAND_BYTES = 16_000_000
MAX_BATCH_BYTES = 4_000_000


class Ticket:
    """A command that waits for its answer.

    `in_doubt_on` is the size of the log on which an append of it was sent whose fate is not known:
    it comes through if the log still has that size when it arrives, and never otherwise.
    """

    __slots__ = ("_answered", "_error", "_outcome", "command", "in_doubt_on")

    def __init__(self, command: Command) -> None:
        self.command = command
        self.in_doubt_on: int | None = None
        self._outcome: Outcome | None = None
        self._error: BaseException | None = None
        self._answered = threading.Lock()
        self._answered.acquire()

    def outcome(self) -> Outcome:
        """Wait for the answer; raises the refusal. To be called once."""
        self._answered.acquire()
        if self._error is not None:
            raise self._error
        if self._outcome is None:
            raise RuntimeError("answered with nothing")
        return self._outcome

    def accept(self, outcome: Outcome) -> None:
        """Answer with an outcome."""
        self._outcome = outcome
        self._answered.release()

    def refuse(self, error: BaseException) -> None:
        """Answer with a refusal, or with the defect that kept it from being decided."""
        self._error = error
        self._answered.release()

    def repeat(self, known: Known) -> None:
        """Answer with the outcome of the first time, its facts left to be read; or refuse the key."""
        if (known.operation, known.body_mac) != (self.command.operation, self.command.body_mac):
            self.refuse(KeyReused(command=self.command.id))
        else:
            last = known.first_position + known.n - 1
            self.accept(Outcome(known.first_position, known.n, last, repeated=True, facts=()))


class Promise(Ticket):
    """A command whose answer is a future, for a caller that goes on meanwhile."""

    __slots__ = ("future",)

    def __init__(self, command: Command) -> None:
        super().__init__(command)
        self.future: Future[Outcome] = Future()
        # It is on its way: nobody can cancel what may be recorded already.
        self.future.set_running_or_notify_cancel()

    def accept(self, outcome: Outcome) -> None:
        """Answer with an outcome."""
        self.future.set_result(outcome)

    def refuse(self, error: BaseException) -> None:
        """Answer with a refusal, or with the defect that kept it from being decided."""
        self.future.set_exception(error)


@dataclass(frozen=True, slots=True)
class Kept:
    """A command that was decided, with its facts."""

    ticket: Ticket
    first_position: int
    events: tuple[Any, ...]
    encoded: tuple[Encoded, ...]

    def known(self) -> Known:
        """Return what is kept of the command."""
        command = self.ticket.command
        return Known(command.operation, command.body_mac, self.first_position, len(self.events))

    def answer(self) -> None:
        """Answer its ticket: the facts stand in the log."""
        first, count = self.first_position, len(self.events)
        facts = tuple(map(Recorded, range(first, first + count), self.events))
        self.ticket.accept(Outcome(first, count, first + count - 1, repeated=False, facts=facts))


@dataclass(slots=True)
class Batch:
    """What was decided together, for one recorded time; nothing of it is recorded or answered yet."""

    recorded_at: datetime
    kept: dict[UUID, Kept] = field(default_factory=dict)
    repeats: list[tuple[Ticket, Known]] = field(default_factory=list)
    failed: list[tuple[Ticket, BaseException]] = field(default_factory=list)
    left: deque[Ticket] = field(default_factory=deque)

    def events(self) -> list[Encoded]:
        """Return all facts of the batch, in order."""
        return [event for kept in self.kept.values() for event in kept.encoded]

    def commands(self) -> list[tuple[Command, int]]:
        """Return the commands that were decided, each with the number of its facts."""
        return [(kept.ticket.command, len(kept.events)) for kept in self.kept.values()]

    def answer(self, size: int) -> None:
        """Answer everyone whose command was decided: the batch is recorded, and the log has `size` facts."""
        for kept in self.kept.values():
            kept.answer()
        for ticket, known in self.repeats:
            ticket.repeat(known)
        for ticket, error in self.failed:
            # A refusal must not be followed by the fact: an older append of it may be on its way.
            ticket.refuse(Unavailable() if ticket.in_doubt_on == size else error)


def decide(
    books: Workbook,
    codec: Codec,
    tickets: Sequence[Ticket],
    *,
    recorded_at: datetime,
    known: Mapping[UUID, Known],
) -> Batch:
    """Decide each command that is not `known`, until the batch is full; what is over is left.

    A command that fails, for whatever reason, leaves the books as it found them. Errors of the
    database are not the command's and are raised.
    """
    batch = Batch(recorded_at, left=deque(tickets))
    weight = 0
    while batch.left and weight < MAX_BATCH_BYTES:
        ticket = batch.left.popleft()
        command = ticket.command
        if command.id in known:
            batch.repeats.append((ticket, known[command.id]))
        elif command.id in batch.kept:
            batch.repeats.append((ticket, batch.kept[command.id].known()))
        else:
            try:
                kept = _decide_one(books, codec, ticket, recorded_at)
            except psycopg.Error:
                raise
            except BaseException as error:  # noqa: BLE001 - whatever it is, it is this command's alone
                books.undo()
                batch.failed.append((ticket, error))
            else:
                batch.kept[command.id] = kept
                weight += sum(len(event.state) for event in kept.encoded)
    return batch


def _decide_one(books: Workbook, codec: Codec, ticket: Ticket, recorded_at: datetime) -> Kept:
    first_position = books.position + 1
    command = ticket.command
    command.run(books, _stamp(command, recorded_at))
    events = books.noted()
    encoded = _encode(codec, events)
    books.keep()
    return Kept(ticket, first_position, events, encoded)


def _stamp(command: Command, recorded_at: datetime) -> Stamp:
    return Stamp(
        recorded_at=recorded_at,
        effective_on=command.effective_on,
        actor=command.actor,
        on_behalf_of=command.on_behalf_of,
        command_id=command.id,
        operation=command.operation,
        body_mac=command.body_mac.hex(),
    )


def _encode(codec: Codec, events: Sequence[Any]) -> tuple[Encoded, ...]:
    encoded = []
    weight = 0
    for event in events:
        encoded.append(codec.encode(event))
        weight += len(encoded[-1].state)
        if weight > MAX_COMMAND_BYTES:
            raise CommandTooLarge(limit_bytes=MAX_COMMAND_BYTES)
    return tuple(encoded)
