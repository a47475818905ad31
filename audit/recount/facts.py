"""The facts a recount needs, gathered in one pass over the log and looked up by their streams."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol
from uuid import UUID, uuid5

# What a decision can rest on. The rest of the log is only looked at for missing places.
OF_DECISIONS = (
    "advance-box.",
    "assembly.",
    "election-paper.",
    "election.",
    "electoral-roll.",
    "mandate-register.",
    "member-register.",
    "membership.applied.",
    "motion.",
    "poll.",
    "rule-set.",
    "share-register.",
    "voting-right.",
    "written-decision.",
)


NAMESPACE = UUID("6f7b1d2a-4c0e-5b57-9a3d-7475747469a1")


def named_id(kind: str, *key: str) -> str:
    """Return the id of the one thing of a kind that this key names (docs/reference/log-format.md)."""
    return str(uuid5(NAMESPACE, "\x1f".join([kind, *(f"{len(part)}:{part}" for part in key)])))


class StoredRow(Protocol):
    """One row of the log as it is stored; `stream` is the 16 bytes of the originator's id."""

    @property
    def position(self) -> int: ...  # noqa: D102 - its name says it

    @property
    def stream(self) -> bytes: ...  # noqa: D102 - its name says it

    @property
    def version(self) -> int: ...  # noqa: D102 - its name says it

    @property
    def topic(self) -> str: ...  # noqa: D102 - its name says it

    @property
    def state(self) -> bytes: ...  # noqa: D102 - its name says it


@dataclass(frozen=True)
class Fact:
    """One fact; `name` is its topic without the version, `said` its open fields."""

    position: int
    stream: str
    version: int
    name: str
    said: Mapping[str, Any]


@dataclass
class Facts:
    """The facts of decisions, in the order of the log, and what is missing between them."""

    streams: dict[str, list[Fact]] = field(default_factory=dict)
    size: int = 0
    missing: list[str] = field(default_factory=list)

    def of(self, stream: str) -> list[Fact]:
        """Return the facts of a stream; none if there is no such stream."""
        return self.streams.get(stream, [])

    def first(self, stream: str, name: str) -> Fact | None:
        """Return the first fact of that name in a stream."""
        return next(self.named(stream, name), None)

    def named(self, stream: str, *names: str) -> Iterator[Fact]:
        """Yield the facts of these names in a stream."""
        return (fact for fact in self.of(stream) if fact.name in names)

    def where(self, name: str, /, **said: object) -> list[Fact]:
        """Return all facts of that name which say this, in the order of the log."""
        found = (fact for facts in self.streams.values() for fact in facts if fact.name == name)
        fitting = (fact for fact in found if all(fact.said.get(key) == value for key, value in said.items()))
        return sorted(fitting, key=lambda fact: fact.position)


def gather(rows: Iterable[StoredRow]) -> Facts:
    """Read a log once, in order; what is missing of it is told by its place or its stream."""
    facts = Facts()
    for row in rows:
        for place in range(facts.size + 1, row.position):
            facts.missing.append(f"position {place} is missing")
        facts.size = row.position
        if not row.topic.startswith(OF_DECISIONS):
            continue
        stream = str(UUID(bytes=bytes(row.stream)))
        known = facts.streams.setdefault(stream, [])
        if row.version != (expected := known[-1].version + 1 if known else 1):
            facts.missing.append(f"stream {stream}: version {row.version} at {row.position}, not {expected}")
        name = row.topic.rpartition(".v")[0]
        known.append(Fact(row.position, stream, row.version, name, json.loads(row.state)))
    return facts
