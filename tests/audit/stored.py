"""Facts on paper as rows of a log, as a recount reads them, and such rows altered."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import cache
from typing import Any

from audit.recompute import StoredFact
from domain.catalogue import AGGREGATES
from eventstore.codec import Codec
from eventstore.keystore import MemorySubjectKeys
from eventstore.registry import Registry
from eventstore.sealing import Sealer


@cache
def codec() -> Codec:
    return Codec(Registry(*AGGREGATES), Sealer(MemorySubjectKeys()))


def stored(facts: Iterable[Any]) -> list[StoredFact]:
    """Return the rows of a log of these facts, in their order."""
    rows = []
    for position, fact in enumerate(facts, start=1):
        row = codec().encode(fact)
        stream = row.originator_id.bytes
        rows.append(StoredFact(position, stream, row.originator_version, row.topic, row.state, row.leaf_hash))
    return rows


def altered(
    rows: Sequence[StoredFact], topic: str, change: Callable[[dict[str, Any]], None], nth: int = 0
) -> list[StoredFact]:
    """Return a copy of the log in which the nth fact of a topic says something else."""
    at = places_of(rows, topic)[nth]
    said = json.loads(rows[at].state)
    change(said)
    copy = list(rows)
    copy[at] = replace(rows[at], state=json.dumps(said).encode())
    return copy


def without(rows: Sequence[StoredFact], topic: str, nth: int = 0) -> list[StoredFact]:
    """Return a copy of the log from which the nth fact of a topic was taken, all after it moved up."""
    at = places_of(rows, topic)[nth]
    kept = [row for place, row in enumerate(rows) if place != at]
    return [replace(row, position=place) for place, row in enumerate(kept, start=1)]


def places_of(rows: Sequence[StoredFact], topic: str) -> list[int]:
    return [place for place, row in enumerate(rows) if row.topic == topic]
