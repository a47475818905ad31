"""How a fact becomes bytes, and bytes a fact again.

The state of an event is JSON that a person can read: its open fields in the order of the class,
then, if it speaks of people, `sealed`: one entry for each subject and retention class. Id, version
and topic are columns of their own; the aggregate follows from the topic. What is written is checked
first, so that it can be read for ever; what is read must be exactly what this ledger writes.
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Iterator
from typing import Any, NamedTuple
from uuid import UUID

from eventstore.errors import EventTooLarge, UnknownTopic, UnreadableState, UnwritableEvent
from eventstore.formats import Misfit
from eventstore.leaves import leaf_hash
from eventstore.registry import Registry
from eventstore.sealing import Place, SealBroken, Sealer
from eventstore.shapes import SEALED, Group, Shape, shape_of

MAX_STATE_BYTES = 60_000
"""A leaf must fit an entry of a tlog tile, whose length is 16 bits (C2SP tlog-tiles)."""


class Encoded(NamedTuple):
    """One event as it is stored; `leaf_hash` is its hash in the Merkle tree of the log."""

    originator_id: UUID
    originator_version: int
    topic: str
    state: bytes
    leaf_hash: bytes


class Codec:
    """Encodes and decodes the events of a registry. Safe to share between threads."""

    def __init__(self, registry: Registry, sealer: Sealer) -> None:
        """Prepare every event class; raises TypeError if a field of one could not be kept."""
        self._sealer = sealer
        self._shapes = {topic: shape_of(kind) for topic, kind in registry.topics().items()}
        self._by_class = {shape.kind: shape for shape in self._shapes.values()}
        self._creators = {
            topic: vars(registry.aggregate_class(topic))["TOPIC"]
            for topic, shape in self._shapes.items()
            if shape.creates
        }

    def encode(self, event: Any) -> Encoded:
        """Return the event as it is stored.

        Raises UnknownTopic, UnwritableEvent if a field does not hold what its type says,
        EventTooLarge above 60,000 bytes of state, KeyDestroyed if its subject was erased.
        """
        shape = self._by_class.get(type(event))
        if shape is None:
            raise UnknownTopic(topic=getattr(event, "TOPIC", type(event).__qualname__))
        if shape.outgrown:
            raise UnwritableEvent(topic=shape.topic, reason="a newer version took its place")
        said = vars(event)
        try:
            if shape.groups:
                stored = {name: said[name] for name in shape.open}
                stored[SEALED] = {group.name: self._seal(group, said) for group in shape.groups}
                state = shape.format.write(stored)
            else:
                state = shape.format.write_of(said, beside=shape.columns)
        except Misfit as misfit:
            raise UnwritableEvent(topic=shape.topic, reason=str(misfit)) from None
        if len(state) > MAX_STATE_BYTES:
            raise EventTooLarge(topic=shape.topic, bytes=len(state))
        originator_id, version = said["originator_id"], said["originator_version"]
        leaf = leaf_hash(originator_id, version, shape.topic_bytes, state)
        return Encoded(originator_id, version, shape.topic, state, leaf)

    def seals(self, event: Any) -> bool:
        """Tell whether encoding the event takes a key."""
        shape = self._by_class.get(type(event))
        return shape is not None and bool(shape.groups)

    def decode(self, originator_id: UUID, originator_version: int, topic: str, state: bytes) -> Any:
        """Return the event that was stored; what was sealed with a destroyed key reads as erased.

        An outgrown version is returned as the newest one, which its `upcast` makes of it; the stored
        bytes stay as they are.

        Raises UnknownTopic, or UnreadableState if the bytes are not what this ledger writes.
        """
        shape = self._shapes.get(topic)
        if shape is None:
            raise UnknownTopic(topic=topic, stream=originator_id, version=originator_version)
        try:
            said = shape.format.read(state)
            if shape.defaults:
                said = {**shape.defaults, **said}
            said["originator_id"] = originator_id
            said["originator_version"] = originator_version
            if shape.groups:
                self._open(shape, said)
        except Misfit as misfit:
            raise UnreadableState(
                topic=topic, stream=originator_id, version=originator_version, reason=str(misfit)
            ) from None
        if shape.creates:
            said["originator_topic"] = self._creators[topic]
        event: Any = object.__new__(shape.kind)
        object.__setattr__(event, "__dict__", said)
        while hasattr(event, "upcast"):
            event = event.upcast()
        return event

    def personal_texts(self, event: Any) -> Iterator[str]:
        """Yield the texts of an event that are stored sealed, or what stands there once they are erased."""
        for group in self._by_class[type(event)].groups:
            for name in group.fields:
                said = vars(event)[name]
                yield from (said,) if isinstance(said, str) else said or ()

    def json_schema(self, topic: str) -> dict[str, Any]:
        """Return the JSON Schema of the stored state of a topic; raises UnknownTopic."""
        shape = self._shapes.get(topic)
        if shape is None:
            raise UnknownTopic(topic=topic)
        return shape.format.schema() | {"description": shape.kind.__doc__}

    def _seal(self, group: Group, said: dict[str, Any]) -> str:
        if not isinstance(said[group.subject], UUID):
            raise Misfit(f"{group.subject}: not the id of a person")
        plain = {name: said[name] for name in group.fields}
        seal = self._sealer.seal(group.format.write(plain), _place(group, said))
        return b64encode(seal).decode()

    def _open(self, shape: Shape, said: dict[str, Any]) -> None:
        sealed: dict[str, str] = said.pop(SEALED)
        for group in shape.groups:
            try:
                seal = b64decode(sealed[group.name], validate=True)
                plain = self._sealer.open(seal, _place(group, said))
            except (ValueError, SealBroken):
                raise Misfit(f"{SEALED}.{group.name}: not sealed for this fact, or altered") from None
            said.update(group.erased if plain is None else group.format.read(plain))


def _place(group: Group, said: dict[str, Any]) -> Place:
    return Place(
        subject=said[group.subject],
        retention=group.retention,
        originator_id=said["originator_id"],
        originator_version=said["originator_version"],
    )
