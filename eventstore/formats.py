"""JSON of named fields, exactly: no other type is written, nothing else is read.

What is written is checked by pydantic and dumped by it. Whether plain values fit follows from their
types alone, so what is of the same types as values that did fit is dumped by orjson, to the same bytes.

pydantic alone would let some things pass: a truth value written as a number (and never read again),
a word that is not of its list, the second of two equal names. Each is caught here, so that a fact
that was written can be read for ever, and two readers of one fact can never see two.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from enum import Enum
from functools import cached_property
from typing import Any
from uuid import UUID

import orjson
from pydantic import ConfigDict, TypeAdapter, ValidationError
from pydantic_core import PydanticSerializationError
from typing_extensions import TypedDict

STRICT = ConfigDict(extra="forbid", strict=True, revalidate_instances="always")
PLAIN = frozenset({str, int, bool, date, datetime, UUID, type(None)})


class Misfit(Exception):  # noqa: N818 - the codec turns it into a refusal that names the place
    """Values or bytes are not of their format; says what is wrong and where, never what was there."""


class Format:
    """The JSON of a fixed set of fields."""

    def __init__(self, name: str, hints: Mapping[str, Any]) -> None:
        """Describe `hints`: field names with their types.

        What writes and reads them is made at first use: a process meets few of the formats, and
        all of them take a third of a second.
        """
        self._names = tuple(hints)
        self._fields = strict_fields(name, hints)
        self._fitting: dict[tuple[type, ...], tuple[str, ...]] = {}

    @cached_property
    def _adapter(self) -> TypeAdapter[dict[str, Any]]:
        return TypeAdapter(self._fields)

    @cached_property
    def _check(self) -> Callable[..., Any]:
        return self._adapter.validator.validate_python

    @cached_property
    def _load(self) -> Callable[[bytes], dict[str, Any]]:
        return self._adapter.validator.validate_json

    @cached_property
    def _dump(self) -> Callable[..., bytes]:
        return self._adapter.serializer.to_json

    def write_of(self, said: dict[str, Any], *, beside: Iterable[str] = ()) -> bytes:
        """Return the fields of this format out of what is said, as `write` does and to the same bytes.

        `beside`: what else is said. Nearly always it is said in the order of the fields; a copy
        then takes a third of the time that picking them out does.
        """
        named = said.copy()
        for name in beside:
            del named[name]
        if tuple(named) != self._names:
            named = {name: said[name] for name in self._names}
        kinds = tuple(map(type, named.values()))
        instants = self._fitting.get(kinds)
        if instants is None:
            state = self.write(named)
            if all(kind in PLAIN or issubclass(kind, Enum) for kind in kinds):
                self._fitting[kinds] = tuple(
                    name for name, kind in zip(self._names, kinds, strict=True) if kind is datetime
                )
            return state
        for name in instants:
            # A naive one is refused, which its type does not tell.
            if named[name].tzinfo is not UTC:
                return self.write(named)
        try:
            return orjson.dumps(named, option=orjson.OPT_UTC_Z)
        except orjson.JSONEncodeError:
            # A number over 64 bits, or what is no Unicode.
            return self.write(named)

    def write(self, values: dict[str, Any]) -> bytes:
        """Return the values as JSON in the order given; raises Misfit if one is not of its type."""
        try:
            self._check(values)
            return self._dump(values, warnings="error")
        except ValidationError as error:
            raise Misfit(_reason(error)) from None
        except PydanticSerializationError:
            raise Misfit("a word that is not of its list, or a text that is not Unicode") from None

    def read(self, state: bytes) -> dict[str, Any]:
        """Return the values in the bytes; raises Misfit unless they are exactly of this format.

        Bytes that would be written the same today name nothing twice: that comparison costs a
        third of the search, which is made only for the others.
        """
        try:
            values: dict[str, Any] = self._load(state)
        except ValidationError as error:
            raise Misfit(_reason(error)) from None
        if self._dump(values) != state:
            json.loads(state, object_pairs_hook=_each_once)
        return values

    def schema(self) -> dict[str, Any]:
        """Return the JSON Schema of the format."""
        return self._adapter.json_schema(mode="serialization")


def strict_fields(name: str, hints: Mapping[str, Any]) -> Any:
    """Return a type of exactly these fields, which also makes the frozen values inside strict.

    pydantic refuses a config for dataclasses, but hands that of a TypedDict on to those inside it.
    """
    build: Any = TypedDict  # its fields are known at run time only
    shape = build(name, dict(hints))
    shape.__pydantic_config__ = STRICT
    return shape


def _each_once(pairs: Sequence[tuple[str, object]]) -> dict[str, object]:
    if len(found := dict(pairs)) != len(pairs):
        raise Misfit("a name stands twice in one object")
    return found


def _reason(error: ValidationError) -> str:
    first = error.errors(include_url=False, include_context=False, include_input=False)[0]
    return f"{'.'.join(map(str, first['loc'])) or 'state'}: {first['type']}"
