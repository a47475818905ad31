"""What a use case may ask of the books: load an aggregate, or add a new one.

The sequencer implements it on the truth of the log; the tests on a plain dict.
"""

from __future__ import annotations

from typing import Protocol, TypeVar
from uuid import UUID

from domain.facts import Ledgered

A = TypeVar("A", bound=Ledgered)


class Books(Protocol):
    """Aggregates by id, up to date with `position`."""

    @property
    def position(self) -> int:
        """The place in the log of the last fact decided so far, this command's own included."""
        ...

    def get(self, kind: type[A], id: UUID) -> A:
        """Return the aggregate; raises NotFound if there is no such stream of that kind."""
        ...

    def find(self, kind: type[A], id: UUID) -> A | None:
        """Return the aggregate, or None if the stream does not exist."""
        ...

    def record(self, aggregate: Ledgered) -> None:
        """Add a new aggregate; raises AlreadyExists if its stream exists."""
        ...
