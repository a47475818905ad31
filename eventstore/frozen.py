"""The state of an aggregate as JSON, and back, exactly.

State values are what facts are made of, and collections of them. JSON knows fewer kinds of value, so
each other one is written as a list that begins with the name of its kind. Names resolve in a closed
table that is made of the aggregates the program knows; nothing is ever imported.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from fractions import Fraction
from typing import Any
from uuid import UUID

from domain.facts import Ledgered

_PLAIN = frozenset({str, int, bool, type(None)})
_WRITTEN: Mapping[type, tuple[str, Callable[[Any], str]]] = {
    UUID: ("uuid", str),
    date: ("date", date.isoformat),
    datetime: ("time", datetime.isoformat),
    Fraction: ("fraction", str),
}
_READ: Mapping[str, Callable[[str], Any]] = {
    "uuid": UUID,
    "date": date.fromisoformat,
    "time": datetime.fromisoformat,
    "fraction": Fraction,
}


class CannotFreeze(Exception):  # noqa: N818 - then there is no snapshot, and nothing is lost
    """A value, or what stands for one, is of no kind that is known here."""


class Values:
    """Writes and reads state values. Safe to share between threads."""

    def __init__(self, aggregates: Iterable[type[Ledgered]]) -> None:
        """Know the words and records that the modules of these aggregates name, and those these name."""
        self._kinds: dict[str, type] = {}
        modules = [aggregate.__module__ for aggregate in aggregates]
        for module in modules:
            for kind in vars(sys.modules[module]).values():
                if isinstance(kind, type) and (issubclass(kind, Enum) or _parts(kind)):
                    self._kinds[_name(kind)] = kind
                    if kind.__module__ not in modules:
                        modules.append(kind.__module__)

    def write(self, state: Mapping[str, Any]) -> bytes:
        """Return named values as JSON; raises CannotFreeze."""
        return json.dumps(
            {name: self._out(value) for name, value in state.items()},
            ensure_ascii=False,
            separators=(",", ":"),
        ).encode()

    def read(self, frozen: bytes) -> dict[str, Any]:
        """Return the values that were written; raises CannotFreeze."""
        try:
            return {name: self._in(value) for name, value in json.loads(frozen).items()}
        except (ValueError, TypeError, AttributeError, KeyError, IndexError, RecursionError) as error:
            raise CannotFreeze from error

    def _out(self, value: Any) -> Any:
        kind = type(value)
        if kind in _PLAIN:
            return value
        if kind in _WRITTEN:
            name, written = _WRITTEN[kind]
            return [name, written(value)]
        if kind is tuple:
            return ["tuple", *map(self._out, value)]
        if kind is frozenset:
            return ["set", *sorted(map(self._out, value), key=json.dumps)]
        if kind is dict:
            return ["map", *([self._out(key), self._out(of)] for key, of in value.items())]
        return self._named(value)

    def _named(self, value: Any) -> list[Any]:
        name = _name(type(value))
        if self._kinds.get(name) is not type(value):
            raise CannotFreeze(name)
        if isinstance(value, Enum):
            return ["word", name, value.name]
        parts = {part: self._out(getattr(value, part)) for part in _parts(type(value))}
        return ["record", name, parts]

    def _in(self, value: Any) -> Any:
        if not isinstance(value, list):
            if type(value) not in _PLAIN:
                raise CannotFreeze
            return value
        name, *said = value
        if name in _READ:
            return _READ[name](*said)
        if name == "tuple":
            return tuple(map(self._in, said))
        if name == "set":
            return frozenset(map(self._in, said))
        if name == "map":
            return {self._in(key): self._in(of) for key, of in said}
        return self._of_kind(name, *said)

    def _of_kind(self, name: str, kind_name: str, parts: Any) -> Any:
        kind = self._kinds[kind_name]
        if name == "word" and issubclass(kind, Enum):
            return kind[parts]
        if name == "record" and _parts(kind):
            return kind(**{part: self._in(value) for part, value in parts.items()})
        raise CannotFreeze


def texts(value: Any) -> Iterator[str]:
    """Yield every text inside state values."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for key, of in value.items():
            yield from texts(key)
            yield from texts(of)
    elif isinstance(value, tuple | frozenset):
        for each in value:
            yield from texts(each)
    else:
        for part in _parts(type(value)):
            yield from texts(getattr(value, part))


def _name(kind: type) -> str:
    return f"{kind.__module__}.{kind.__qualname__}"


def _parts(kind: type) -> Sequence[str]:
    """Return the names of the fields of a record; of anything else, none."""
    if is_dataclass(kind):
        return tuple(field.name for field in fields(kind))
    return getattr(kind, "_fields", ()) if issubclass(kind, tuple) else ()
