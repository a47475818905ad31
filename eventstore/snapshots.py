"""Snapshots: the state of an aggregate after so many of its facts, so that long streams load fast.

A snapshot is never needed and never believed for itself. It counts only under the mac of a process
that holds the ledger's keys, only for the fact it was taken after, and only while the code is the
one it was taken with; any other is passed over, and the stream is read from its beginning.
"""

from __future__ import annotations

import hmac
import struct
import sys
from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID

from domain.facts import Ledgered
from eventstore.frozen import CannotFreeze, Values
from eventstore.keyring import Keyring
from eventstore.registry import Registry

# The list that the library appends facts to belongs to whoever decides, not to the state.
_NOT_STATE = "_pending_events"
_LIBRARY = "eventsourcing"
_FORM = b"snapshot1"


class Snapshot(NamedTuple):
    """A row of the table of snapshots; `leaf_hash` is that of the last fact it holds."""

    originator_id: UUID
    originator_version: int
    leaf_hash: bytes
    topic: str
    code: bytes
    state: bytes
    mac: bytes


class Snapshots:
    """Makes snapshots of aggregates, and aggregates of snapshots. Safe to share between threads."""

    def __init__(self, registry: Registry, keyring: Keyring, *, tenant: str) -> None:
        """Know the aggregates of a registry, and no others."""
        self._kinds: Mapping[str, type[Ledgered]] = {
            vars(kind)["TOPIC"]: kind for kind in map(registry.aggregate_class, registry.topics())
        }
        self._values = Values(self._kinds.values())
        self._keyring = keyring
        self._tenant = tenant

    def take(self, aggregate: Ledgered, leaf_hash: bytes) -> Snapshot:
        """Return the snapshot of an aggregate without pending facts; raises CannotFreeze."""
        topic: str = vars(type(aggregate))["TOPIC"]
        state = {name: value for name, value in vars(aggregate).items() if name != _NOT_STATE}
        taken = Snapshot(
            originator_id=aggregate.id,
            originator_version=aggregate.version,
            leaf_hash=leaf_hash,
            topic=topic,
            code=code_of(type(aggregate)),
            state=self._values.write(state),
            mac=b"",
        )
        taken = taken._replace(mac=self._mac(taken))
        if self._thawed(taken) != state:
            raise CannotFreeze(topic)
        return taken

    def is_genuine(self, snapshot: Snapshot) -> bool:
        """Tell whether a process with our keys made it, byte for byte."""
        return hmac.compare_digest(self._mac(snapshot), snapshot.mac)

    def is_of_this_code(self, topic: str, code: bytes) -> bool:
        """Tell whether the aggregate is known, and its code the one a snapshot was taken with."""
        kind = self._kinds.get(topic)
        return kind is not None and code == code_of(kind)

    def restore(self, snapshot: Snapshot) -> Ledgered | None:
        """Return the aggregate as it was, or None if the snapshot does not count."""
        if not (self.is_genuine(snapshot) and self.is_of_this_code(snapshot.topic, snapshot.code)):
            return None
        try:
            state = self._thawed(snapshot)
        except CannotFreeze:
            return None
        aggregate = object.__new__(self._kinds[snapshot.topic])
        vars(aggregate).update(state)
        vars(aggregate)[_NOT_STATE] = []
        return aggregate

    def _thawed(self, snapshot: Snapshot) -> dict[str, Any]:
        return self._values.read(snapshot.state)

    def _mac(self, snapshot: Snapshot) -> bytes:
        parts = [
            _FORM,
            self._tenant.encode(),
            snapshot.originator_id.bytes,
            str(snapshot.originator_version).encode(),
            snapshot.leaf_hash,
            snapshot.topic.encode(),
            snapshot.code,
            snapshot.state,
        ]
        framed = b"".join(struct.pack(">I", len(part)) + part for part in parts)
        return self._keyring.body_mac("eventstore/snapshot", framed)


@cache
def code_of(kind: type[Ledgered]) -> bytes:
    """Return the hash of all the code that the state of an aggregate follows from.

    That is its whole top-level package and the version of the event library: a snapshot too few is
    made anew, one too many would be believed.
    """
    package = sys.modules[kind.__module__.partition(".")[0]]
    digest = sha256(f"{_LIBRARY} {version(_LIBRARY)}".encode())
    for source in sorted(Path(place) for place in package.__path__):
        for file in sorted(source.rglob("*.py")):
            digest.update(sha256(file.read_bytes()).digest())
    return digest.digest()
