"""What the state of each event looks like: which fields lie open, which are sealed together.

A field holds text, a whole number, a truth value, a day, an instant with its offset, an id, a word
of a closed list, a frozen value made of these, a tuple of these, or nothing. Anything else is
refused when the program starts, not when the first such fact is read back.

A field that was added to a fact later has a default: a fact from before, which does not name it, is
read as saying that. What is written names every field.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import MISSING, dataclass, fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, NotRequired, Union, get_args, get_origin, get_type_hints
from uuid import UUID

from eventsourcing.domain import CanInitAggregate
from pydantic import AwareDatetime, Field

from domain.personal import ERASED, Personal, Retention
from eventstore.formats import Format, strict_fields

SEALED = "sealed"
IN_COLUMNS = frozenset({"originator_id", "originator_version", "originator_topic"})
PLAIN = (str, int, bool, date, datetime, UUID, NoneType)
ERASED_AS: Mapping[object, str | tuple[str, ...]] = {
    str: ERASED,
    str | None: ERASED,
    tuple[str, ...]: (ERASED,),
}


@dataclass(frozen=True, slots=True)
class Group:
    """The fields of an event that are personal of one subject, for one retention class."""

    name: str
    retention: Retention
    subject: str
    fields: tuple[str, ...]
    format: Format
    erased: Mapping[str, str | tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Shape:
    """One event class: its open fields, its sealed groups, and the format of its stored state.

    `columns`: its fields that are no part of the state.

    `outgrown`: a newer version took its place. It is read for ever, as that version, and never written.
    `defaults`: what a fact from before a field was added says in its place.
    """

    kind: type
    topic: str
    topic_bytes: bytes
    creates: bool
    columns: tuple[str, ...]
    open: tuple[str, ...]
    groups: tuple[Group, ...]
    format: Format
    outgrown: bool
    defaults: Mapping[str, Any]


@cache
def shape_of(kind: type) -> Shape:
    """Return the shape of an event class, the same one to all; raises TypeError if a field could not be kept."""
    hints = get_type_hints(kind, include_extras=True)
    said = {field.name: hints[field.name] for field in fields(kind) if field.name not in IN_COLUMNS}
    if SEALED in said:
        raise TypeError(f"{kind.__qualname__}: no field can be called {SEALED}")
    for name, hint in said.items():
        _require_kept(f"{kind.__qualname__}.{name}", hint)
    personal = {name: mark for name, hint in said.items() if (mark := _mark(hint))}
    groups = tuple(_groups(kind, hints, personal))
    open_fields = {name: _aware(hint) for name, hint in said.items() if name not in personal}
    defaults = {
        field.name: field.default
        for field in fields(kind)
        if field.name in open_fields and field.default is not MISSING
    }
    stored = {name: NotRequired[hint] if name in defaults else hint for name, hint in open_fields.items()}
    if groups:
        stored[SEALED] = strict_fields(SEALED, {group.name: _described(group) for group in groups})
    topic: str = vars(kind)["TOPIC"]
    return Shape(
        kind=kind,
        topic=topic,
        topic_bytes=topic.encode(),
        creates=issubclass(kind, CanInitAggregate),
        columns=tuple(field.name for field in fields(kind) if field.name in IN_COLUMNS),
        open=tuple(open_fields),
        groups=groups,
        format=Format(topic, stored),
        outgrown=hasattr(kind, "upcast"),
        defaults=defaults,
    )


def _groups(kind: type, hints: Mapping[str, Any], personal: Mapping[str, Personal]) -> Iterator[Group]:
    for retention, subject in dict.fromkeys((mark.retention, mark.subject) for mark in personal.values()):
        if subject in personal or hints.get(subject) is not UUID:
            raise TypeError(f"{kind.__qualname__}: {subject} is not the id of a person")
        members = tuple(
            name for name, mark in personal.items() if (mark.retention, mark.subject) == (retention, subject)
        )
        bare = {name: get_args(hints[name])[0] for name in members}
        name = f"{retention}:{subject}"
        yield Group(
            name=name,
            retention=retention,
            subject=subject,
            fields=members,
            format=Format(name, bare),
            erased={name: ERASED_AS[hint] for name, hint in bare.items()},
        )


def _described(group: Group) -> Any:
    about = f"{', '.join(group.fields)}: of {group.subject}, kept for {group.retention}"
    return Annotated[str, Field(description=f"{about}; nonce, then AES-256-GCM, in base64")]


def _mark(hint: Any) -> Personal | None:
    marks = [mark for mark in getattr(hint, "__metadata__", ()) if isinstance(mark, Personal)]
    return marks[0] if marks else None


def _require_kept(where: str, hint: Any) -> None:
    """Raise TypeError unless a field of this type is read back exactly as it was written."""
    if _mark(hint):
        if get_args(hint)[0] not in ERASED_AS:
            raise TypeError(f"{where}: only text, optional text or a tuple of texts can be sealed")
        return
    if get_origin(hint) in (Union, UnionType):
        parts = [part for part in get_args(hint) if part is not NoneType]
        if len(parts) != 1:
            raise TypeError(f"{where}: a stored value could be read as either of two types")
        _require_kept(where, parts[0])
    elif get_origin(hint) is tuple:
        for part in get_args(hint):
            if part is not Ellipsis:
                _require_kept(where, part)
    elif isinstance(hint, type) and is_dataclass(hint):
        _require_kept_value(where, hint)
    elif hint not in PLAIN and not (isinstance(hint, type) and issubclass(hint, Enum)):
        raise TypeError(f"{where}: {hint} is not a type that facts are made of")


def _require_kept_value(where: str, kind: type) -> None:
    if not kind.__dataclass_params__.frozen:  # type: ignore[attr-defined]  # what dataclass() leaves
        raise TypeError(f"{where}: {kind.__name__} is not frozen")
    hints = get_type_hints(kind, include_extras=True)
    for field in fields(kind):
        if _mark(hints[field.name]):
            raise TypeError(f"{where}.{field.name}: only a field of the event itself can be sealed")
        _require_kept(f"{where}.{field.name}", hints[field.name])


def _aware(hint: Any) -> Any:
    """Ask an offset of every instant: a naive time is read differently on the next machine."""
    if hint is datetime:
        return AwareDatetime
    if hint == datetime | None:
        return AwareDatetime | None
    return hint
