"""What a read model is: its tables, and what it makes of a page of facts.

A read model keeps nothing that the log does not say: dropping its tables is safe. It never reads
another's tables while it projects.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, LiteralString, TypeVar
from uuid import UUID

from psycopg import Cursor
from psycopg.rows import TupleRow

from eventstore.commands import Recorded
from projections.agreement import Agreement

F = TypeVar("F", bound=Callable[..., None])
Row = tuple[Any, ...]


@dataclass(frozen=True)
class Table:
    """One table of a read model.

    `create` makes it with its indexes and checks; `rows` reads all of it in the order of its key,
    for the digest. A table without `rows` holds personal data, which an erasure changes, so no
    digest reads it. `agreements` tell what its figures must be from other tables of the read model.
    """

    name: str
    create: tuple[LiteralString, ...]
    rows: LiteralString | None
    agreements: tuple[Agreement, ...] = ()


def on(*kinds: type) -> Callable[[F], F]:
    """Mark a method of a page as the handler of these kinds of fact."""

    def marked(method: F) -> F:
        method.__dict__["handles"] = kinds
        return method

    return marked


class Page:
    """One page of facts as one read model sees it: folded in memory, then written at once.

    Rows are added first, each table by one COPY; then amounts are added to rows, by one statement
    for all; then the changes run, each statement over its facts in their order. Statements of one
    read model must not depend on one another's order.
    """

    handlers: ClassVar[Mapping[type, Callable[..., None]]] = {}

    def __init_subclass__(cls) -> None:
        """Collect the handlers, by kind of fact."""
        methods = [method for method in vars(cls).values() if hasattr(method, "handles")]
        own = {kind: method for method in methods for kind in method.handles}
        cls.handlers = {**cls.handlers, **own}

    def __init__(self, cursor: Cursor[TupleRow]) -> None:
        """Begin a page; `cursor` is in the schema and transaction in which it will be written."""
        self.cursor = cursor
        self._added: dict[LiteralString, list[Row]] = {}
        self._amounts: dict[LiteralString, dict[UUID, int]] = {}
        self._changes: dict[LiteralString, list[Mapping[str, Any]]] = {}

    def fold(self, recorded: Recorded) -> None:
        """Take one fact in; one that nobody handles says nothing here."""
        handler = self.handlers.get(type(recorded.event))
        if handler is not None:
            handler(self, recorded.position, recorded.event)

    def add(self, copy: LiteralString, *row: Any) -> None:
        """Add a row by a `COPY … FROM STDIN` statement."""
        self._added.setdefault(copy, []).append(row)

    def add_amount(self, statement: LiteralString, id: UUID, amount_c: int) -> None:
        """Add cents to a row that stands already, or that this page adds.

        The statement takes two arrays, ids and what each row gains in all.
        """
        sums = self._amounts.setdefault(statement, {})
        sums[id] = sums.get(id, 0) + amount_c

    def change(self, statement: LiteralString, **values: Any) -> None:
        """Change rows that stand already, or that this page adds."""
        self._changes.setdefault(statement, []).append(values)

    def write(self) -> None:
        """Write what the page holds."""
        for copy, rows in self._added.items():
            copy_in(self.cursor, copy, rows)
        for statement, sums in self._amounts.items():
            self.cursor.execute(statement, [list(sums), list(sums.values())])
        for statement, changes in self._changes.items():
            self.cursor.executemany(statement, changes)


def copy_in(cursor: Cursor[TupleRow], copy: LiteralString, rows: Iterable[Row]) -> None:
    """Write rows by a `COPY … FROM STDIN` statement."""
    with cursor.copy(copy) as channel:
        for row in rows:
            channel.write_row(row)


@dataclass(frozen=True)
class ReadModel:
    """One read model; `version` goes up when its handlers change what they write."""

    name: str
    version: int
    tables: Sequence[Table]
    page: type[Page]

    @property
    def shape(self) -> str:
        """What tables must be like for this read model to go on with them, as a hash."""
        made = [statement for table in self.tables for statement in table.create]
        return hashlib.sha256("\0".join([self.name, str(self.version), *made]).encode()).hexdigest()
