"""Arrays of many values as one binary parameter: a join each, where psycopg would call once a value."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Sequence
from typing import ClassVar, Self
from uuid import UUID

from psycopg import Connection
from psycopg.adapt import Buffer, Dumper
from psycopg.pq import Format
from psycopg.rows import TupleRow

_LENGTH = struct.Struct(">i")
_LONG = struct.Struct(">q")


class Array:
    """A one-dimensional PostgreSQL array without nulls, in binary form."""

    __slots__ = ("data",)
    element_oid: ClassVar[int]
    array_oid: ClassVar[int]

    def __init__(self, items: Sequence[bytes]) -> None:
        """Frame these elements: dimensions, no nulls, element type, then length and lower bound."""
        if not items:
            self.data = struct.pack(">iiI", 0, 0, self.element_oid)
            return
        header = struct.pack(">iiIii", 1, 0, self.element_oid, len(items), 1)
        self.data = header + self._framed(items)

    def _framed(self, items: Sequence[bytes]) -> bytes:
        """Return each element after its length."""
        parts: list[bytes] = []
        for item in items:
            parts += (_LENGTH.pack(len(item)), item)
        return b"".join(parts)


class _AlikeArray(Array):
    """An array of elements of one length, which is written once."""

    __slots__ = ()

    def _framed(self, items: Sequence[bytes]) -> bytes:
        length = _LENGTH.pack(len(items[0]))
        return length + length.join(items)


class Blobs(Array):
    """A bytea[]."""

    __slots__ = ()
    element_oid, array_oid = 17, 1001


class Hashes(_AlikeArray):
    """A bytea[] of hashes, all as long as the first."""

    __slots__ = ()
    element_oid, array_oid = Blobs.element_oid, Blobs.array_oid


class Texts(Array):
    """A text[]."""

    __slots__ = ()
    element_oid, array_oid = 25, 1009

    @classmethod
    def of(cls, texts: Iterable[str]) -> Self:
        """Frame these texts, in UTF-8."""
        return cls([text.encode() for text in texts])


class Uuids(_AlikeArray):
    """A uuid[]."""

    __slots__ = ()
    element_oid, array_oid = 2950, 2951

    @classmethod
    def of(cls, ids: Iterable[UUID]) -> Self:
        """Frame these ids."""
        return cls([one.bytes for one in ids])


class Longs(_AlikeArray):
    """A bigint[]."""

    __slots__ = ()
    element_oid, array_oid = 20, 1016

    @classmethod
    def of(cls, numbers: Iterable[int]) -> Self:
        """Frame these numbers."""
        return cls([_LONG.pack(number) for number in numbers])


class _ArrayDumper(Dumper):
    format = Format.BINARY

    def dump(self, obj: Array) -> Buffer:
        return obj.data


def register(connection: Connection[TupleRow]) -> None:
    """Let this connection take arrays of this module as parameters."""
    for kind in (Blobs, Texts, Uuids, Longs):
        dumper = type(f"{kind.__name__}Dumper", (_ArrayDumper,), {"oid": kind.array_oid})
        connection.adapters.register_dumper(kind, dumper)
