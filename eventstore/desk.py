"""The desk where requests become commands: who asks, under which key, with which body.

A command's id follows from tenant, principal and Idempotency-Key, so that the same request sent
twice is one command, also from another process.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import date
from itertools import count
from uuid import UUID

from domain.facts import Stamp
from domain.ids import derived_id
from domain.ledger.books import Books
from eventstore.keyring import Keyring
from eventstore.store import Command, EventStore, Outcome


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks: the principal whose keys count, the actor in the facts, and for whom it acts."""

    principal: str
    actor: str
    on_behalf_of: str | None = None


class Desk:
    """Hands requests to the event store as commands."""

    def __init__(self, store: EventStore, keyring: Keyring, *, tenant: str) -> None:
        """Serve one tenant's event store."""
        self.store = store
        self._keyring = keyring
        self._tenant = tenant

    def perform(
        self,
        caller: Caller,
        *,
        operation: str,
        key: str,
        body: bytes,
        effective_on: date,
        run: Callable[[Books, Stamp], object],
    ) -> Outcome:
        """Decide the request and return its outcome; raises the refusal.

        A repeat of `key` by the same principal returns the first outcome; another operation or
        body under it is refused (KeyReused).
        """
        return self.store.execute(
            self._command(caller, operation=operation, key=key, body=body, effective_on=effective_on, run=run)
        )

    def submit(
        self,
        caller: Caller,
        *,
        operation: str,
        key: str,
        body: bytes,
        effective_on: date,
        run: Callable[[Books, Stamp], object],
    ) -> Future[Outcome]:
        """Hand the request in and return at once; its future has what `perform` would, see EventStore.submit."""
        return self.store.submit(
            self._command(caller, operation=operation, key=key, body=body, effective_on=effective_on, run=run)
        )

    async def perform_async(
        self,
        caller: Caller,
        *,
        operation: str,
        key: str,
        body: bytes,
        effective_on: date,
        run: Callable[[Books, Stamp], object],
    ) -> Outcome:
        """Decide the request for a coroutine, as `perform`, without holding up its event loop."""
        return await self.store.execute_async(
            self._command(caller, operation=operation, key=key, body=body, effective_on=effective_on, run=run)
        )

    def perform_bulk(
        self,
        caller: Caller,
        *,
        operation: str,
        key: str,
        body: bytes,
        effective_on: date,
        runs: Sequence[Callable[[Books, Stamp], object]],
    ) -> tuple[Outcome, ...]:
        """Decide a request made of many in their order, all or none; return the outcome of each.

        `body` is that of the whole request. The refusal names the place of its part as `item`, from 0.
        A repeat of `key` returns the first outcomes; another request under it is refused (KeyReused).
        """
        first = self._command(
            caller, operation=operation, key=key, body=body, effective_on=effective_on, run=lambda *_: None
        )
        return self.store.execute_bulk(
            [first.of_a_bulk(id_, run) for id_, run in zip(_ids_of_parts(first.id), runs, strict=False)]
        )

    def _command(
        self,
        caller: Caller,
        *,
        operation: str,
        key: str,
        body: bytes,
        effective_on: date,
        run: Callable[[Books, Stamp], object],
    ) -> Command:
        return Command(
            id=derived_id("command", self._tenant, caller.principal, key),
            operation=operation,
            body_mac=self._keyring.body_mac(operation, body),
            effective_on=effective_on,
            actor=caller.actor,
            on_behalf_of=caller.on_behalf_of,
            run=run,
        )


def _ids_of_parts(first: UUID) -> Iterator[UUID]:
    """Yield the ids of the parts; the first has that of the key, which so stays taken for any other request."""
    yield first
    said = str(first)
    for place in count(1):
        yield derived_id("command-part", said, place)
