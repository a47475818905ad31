"""Deciding what has queued up: each command on the books that the ones before it left."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

import psycopg

from domain.errors import Refusal
from domain.facts import Stamp
from eventstore.appender import Known
from eventstore.codec import Codec, Encoded
from eventstore.commands import Command, Outcome, Recorded
from eventstore.errors import CommandTooLarge, KeyReused, Unavailable
from eventstore.tickets import Outcomes, Ticket, wake
from eventstore.workbook import NotAtHand, Workbook

MAX_BATCH_BYTES = 4_000_000
"""Of the states of all facts in one commit, and so of all that one command or bulk records."""
_NONE: Mapping[int, Any] = {}


class Kept(NamedTuple):
    """A command that was decided, with its facts."""

    command: Command
    first_position: int
    events: tuple[Any, ...]
    encoded: tuple[Encoded, ...]

    def known(self) -> Known:
        """Return what is kept of the command."""
        return Known(self.command.operation, self.command.body_mac, self.first_position, len(self.events))

    def outcome(self) -> Outcome:
        """Return what becomes of the command once the batch is recorded."""
        first, n = self.first_position, len(self.events)
        facts = tuple(map(Recorded, range(first, first + n), self.events))
        return Outcome(first, n, first + n - 1, repeated=False, facts=facts)


@dataclass(frozen=True, slots=True)
class Repeat:
    """A command that was carried out before."""

    known: Known

    def outcome(self) -> Outcome:
        """Return the outcome of the first time, its facts left to be read."""
        first, n = self.known.first_position, self.known.n
        return Outcome(first, n, first + n - 1, repeated=True, facts=())


@dataclass(slots=True)
class Batch:
    """What was decided together, for one recorded time; nothing of it is recorded or answered yet.

    `kept` has the commands by the numbers of their ids, which hash and compare faster than ids do.
    """

    recorded_at: datetime
    kept: dict[int, Kept] = field(default_factory=dict)
    decided: list[tuple[Ticket[Any], Sequence[Kept | Repeat]]] = field(default_factory=list)
    failed: list[tuple[Ticket[Any], BaseException]] = field(default_factory=list)
    left: deque[Ticket[Any]] = field(default_factory=deque)
    _answers: list[tuple[Ticket[Any], Outcomes]] | None = field(default=None, init=False, repr=False)

    def events(self) -> list[Encoded]:
        """Return all facts of the batch, in order."""
        return [event for kept in self.kept.values() for event in kept.encoded]

    def commands(self) -> list[tuple[Command, int]]:
        """Return the commands that were decided, each with the number of its facts."""
        return [(kept.command, len(kept.events)) for kept in self.kept.values()]

    def foresee(self) -> None:
        """Make the answers of those that were decided ready: nobody waits for that while the batch is on its way."""
        self._answers = [
            (ticket, tuple([part.outcome() for part in parts])) for ticket, parts in self.decided
        ]

    def answer(self, size: int) -> None:
        """Answer everyone whose command was decided: the batch is recorded, and the log has `size` facts."""
        if self._answers is None:
            self.foresee()
        for ticket, outcomes in self._answers or ():
            ticket.accept(outcomes)
        for ticket, error in self.failed:
            # A refusal must not be followed by the fact: an older append of it may be on its way.
            ticket.refuse(Unavailable() if ticket.in_doubt_on == size else error)
        wake(ticket for ticket, _ in (*self.decided, *self.failed))


def decide(
    books: Workbook,
    codec: Codec,
    tickets: Sequence[Ticket[Any]],
    *,
    recorded_at: datetime,
    known: Mapping[int, Known | Kept],
) -> Batch:
    """Decide the commands that are not `known` by the number of their id, ticket by ticket, until the batch is full.

    What has no room is left, undecided; and if the books may not wait, whatever follows a bulk or what is
    not at hand, with it. A ticket that fails, for whatever reason, leaves the books
    as it found them. Errors of the database are not the command's and are raised.
    """
    batch = Batch(recorded_at, left=deque(tickets))
    deciding = _Deciding(books, codec, batch, known)
    room = MAX_BATCH_BYTES
    while batch.left:
        ticket = batch.left.popleft()
        if ticket.is_bulk and not books.may_wait:
            batch.left.appendleft(ticket)
            break
        deciding.weight = 0
        try:
            parts = deciding.all_of(ticket)
        except psycopg.Error:
            raise
        except NotAtHand:
            books.undo()
            batch.left.appendleft(ticket)
            break
        except BaseException as error:
            books.undo()
            if not (books.may_wait or isinstance(error, Exception)):
                raise  # an interrupt of whoever's loop this is
            # Whatever it is, it is this ticket's alone.
            batch.failed.append((ticket, error))
            continue
        room -= deciding.weight
        if room < 0:
            books.undo()
            batch.left.appendleft(ticket)
            break
        books.keep()
        for part in parts:
            if isinstance(part, Kept):
                batch.kept[part.command.id.int] = part
        batch.decided.append((ticket, parts))
    return batch


@dataclass(slots=True)
class _Deciding:
    """The commands of one ticket after the other, decided on the books; of each the batch keeps all or none.

    `weight` is in bytes, of the states of the facts of the ticket.
    """

    books: Workbook
    codec: Codec
    batch: Batch
    known: Mapping[int, Known | Kept]
    weight: int = 0

    def all_of(self, ticket: Ticket[Any]) -> Sequence[Kept | Repeat]:
        if not ticket.is_bulk:
            return (self.one(ticket.commands[0], _NONE),)
        own: dict[int, Kept] = {}
        parts = []
        for place, command in enumerate(ticket.commands):
            try:
                part = self.one(command, own)
            except Refusal as refusal:
                raise refusal.about(item=place) from None
            if isinstance(part, Kept):
                own[command.id.int] = part
            parts.append(part)
        return parts

    def one(self, command: Command, own: Mapping[int, Kept]) -> Kept | Repeat:
        number = command.id.int
        before = self.known.get(number) or self.batch.kept.get(number) or own.get(number)
        if before is None:
            return self._decide(command)
        if isinstance(before, Kept):
            before = before.known()
        if (before.operation, before.body_mac) != (command.operation, command.body_mac):
            raise KeyReused(command=command.id)
        return Repeat(before)

    def _decide(self, command: Command) -> Kept:
        first_position = self.books.position + 1
        mark = self.books.mark()
        command.run(self.books, _stamp(command, self.batch.recorded_at))
        events = self.books.noted(mark)
        return Kept(command, first_position, events, self._encode(events))

    def _encode(self, events: Sequence[Any]) -> tuple[Encoded, ...]:
        encode, encoded, may_wait = self.codec.encode, [], self.books.may_wait
        for event in events:
            if not may_wait and self.codec.seals(event):
                raise NotAtHand  # a key is read from a file, or made
            stored = encode(event)
            encoded.append(stored)
            self.weight += len(stored.state)
            if self.weight > MAX_BATCH_BYTES:
                raise CommandTooLarge(limit_bytes=MAX_BATCH_BYTES)
        return tuple(encoded)


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
