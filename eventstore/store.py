"""The event store of one tenant: commands in, facts out."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from datetime import datetime

from eventstore.appender import Appender
from eventstore.bell import Bell
from eventstore.codec import Codec
from eventstore.commands import Command, Outcome, Recorded
from eventstore.connections import demand_safety
from eventstore.keyring import Keyring
from eventstore.keystore import SubjectKeys
from eventstore.log import Log
from eventstore.migrations.roles import WRITER
from eventstore.registry import Registry
from eventstore.releases import require_readable_log
from eventstore.sealing import Sealer
from eventstore.sequencer import MAX_WAITING, PATIENCE_S, Sequencer
from eventstore.session import Session
from eventstore.snapshots import Snapshots

__all__ = ["Command", "EventStore", "Outcome", "Recorded"]

MAX_AGGREGATES = 50_000


class EventStore:
    """Decides, records and reads. One for each process and tenant; safe to share between threads."""

    def __init__(
        self,
        dsn: str,
        *,
        tenant: str = "default",
        registry: Registry,
        keyring: Keyring,
        subject_keys: SubjectKeys,
        clock: Callable[[], datetime],
        max_waiting: int = MAX_WAITING,
        max_aggregates: int = MAX_AGGREGATES,
        patience_s: float = PATIENCE_S,
    ) -> None:
        """Open the tenant's log.

        At most `max_waiting` commands wait, about `max_aggregates` aggregates stay in memory, and a
        lost database is tried again for `patience_s` seconds.

        Raises DatabaseUnsafe, NotMigrated, NewerFacts, or AskAgain if the database cannot be reached.
        """
        demand_safety(dsn, tenant=tenant, role=WRITER)
        require_readable_log(dsn, tenant=tenant, topics=registry.topics())
        codec = Codec(registry, Sealer(subject_keys))
        snapshots = Snapshots(registry, keyring, tenant=tenant)
        self._log = Log(dsn, tenant=tenant, codec=codec)
        self._bell = Bell(dsn, tenant=tenant)

        def open_session() -> Session:
            return Session(
                Appender.open(dsn, tenant=tenant, keyring=keyring),
                codec,
                snapshots,
                clock=clock,
                recorded=self._bell.ring,
                max_aggregates=max_aggregates,
            )

        self._sequencer = Sequencer(open_session, max_waiting=max_waiting, patience_s=patience_s)

    @property
    def log(self) -> Log:
        """The log, to be read."""
        return self._log

    def execute(self, command: Command) -> Outcome:
        """Decide and record a command; returns when it is durable, raises the refusal.

        A repeat of a command returns the outcome of the first, read back from the log; another
        operation or body under its id raises KeyReused. Busy and Closed: nothing was recorded.
        Unavailable: it is not known whether it was, and asking again with the same id is safe.
        """
        return self._told(self._sequencer.execute(command))

    async def execute_async(self, command: Command) -> Outcome:
        """Decide and record a command for a coroutine; as `execute`, without holding up its event loop.

        A coroutine that is cancelled hears nothing more, but what it asked for is carried out.
        """
        outcome = await self._sequencer.ask(command)
        return await asyncio.to_thread(self._told, outcome) if outcome.repeated else outcome

    def execute_bulk(self, commands: Sequence[Command]) -> tuple[Outcome, ...]:
        """Decide and record these commands in their order, all or none; returns the outcome of each.

        Each is decided on what those before it left. One that was carried out before is a repeat.
        Raises the first refusal, which names the place of its command as `item`, from 0, and what
        `execute` raises; CommandTooLarge above 10,000 commands or 4 MB of facts.
        """
        return tuple(map(self._told, self._sequencer.execute_bulk(commands)))

    def submit_bulk(self, commands: Sequence[Command]) -> Future[tuple[Outcome, ...]]:
        """Take a bulk and return at once; its future has what `execute_bulk` would, see `submit`."""
        return self._sequencer.submit_bulk(commands)

    async def execute_bulk_async(self, commands: Sequence[Command]) -> tuple[Outcome, ...]:
        """Decide and record these commands for a coroutine, all or none, as `execute_bulk`."""
        outcomes = await self._sequencer.ask_bulk(commands)
        if any(outcome.repeated for outcome in outcomes):
            return await asyncio.to_thread(lambda: tuple(map(self._told, outcomes)))
        return outcomes

    def submit(self, command: Command) -> Future[Outcome]:
        """Take a command and return at once; its future has what `execute` would return or raise.

        A future of `concurrent.futures`: threads wait for its `result`, coroutines await it by
        `asyncio.wrap_future`. It cannot be cancelled. Commands submitted by one thread are decided in
        that order. The outcome of a repeat comes without facts: they are in the log. Raises Busy or
        Closed if the command was not taken.
        """
        return self._sequencer.submit(command)

    def close(self) -> None:
        """Answer what waits, take nothing more, and close the connections."""
        self._sequencer.close()
        self._bell.close()
        self._log.close()

    def _told(self, outcome: Outcome) -> Outcome:
        """Return the outcome with its facts, which a repeat reads back from the log."""
        if not outcome.repeated:
            return outcome
        return outcome._replace(facts=tuple(self._log.page(outcome.first_position - 1, outcome.n)))
