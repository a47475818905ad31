"""How a fact becomes bytes, and bytes a fact again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from eventstore.registry import Registry
from eventstore.sealing import Sealer


@dataclass(frozen=True, slots=True)
class Encoded:
    """One event as it is stored; `leaf_hash` is its hash in the Merkle tree of the log."""

    originator_id: UUID
    originator_version: int
    topic: str
    state: bytes
    leaf_hash: bytes


class Codec:
    """Encodes and decodes the events of a registry."""

    def __init__(self, registry: Registry, sealer: Sealer) -> None:
        self._registry = registry
        self._sealer = sealer

    def encode(self, event: Any) -> Encoded:
        raise NotImplementedError

    def decode(self, originator_id: UUID, originator_version: int, topic: str, state: bytes) -> Any:
        raise NotImplementedError

    def json_schema(self, topic: str) -> dict[str, Any]:
        raise NotImplementedError
