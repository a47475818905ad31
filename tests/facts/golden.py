"""Reads and writes the golden files; `python -m tests.facts.golden` writes those of new topics.

Each topic has the fact as it is stored and, if it moves money, the entry it is booked as.

Keys and nonces are fixed here, so that a seal too is the same whenever and wherever it is made: a
golden file holds the stored bytes whole, and what was written once must be written again exactly.
"""

from __future__ import annotations

import json
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import UUID

from domain.bookkeeping.rules_v1 import book
from domain.catalogue import AGGREGATES
from domain.personal import Retention
from eventstore.codec import Codec, Encoded
from eventstore.registry import Registry
from eventstore.sealing import Sealer
from tests.facts.samples import events

HERE = Path(__file__).parent


class FixedKeys:
    """A key for each subject and retention class that follows from both."""

    def key_for(self, subject: UUID, retention: Retention) -> bytes:
        return sha256(subject.bytes + retention.value.encode()).digest()

    def find(self, subject: UUID, retention: Retention) -> bytes | None:
        return self.key_for(subject, retention)

    def destroy(self, subject: UUID, retention: Retention, at: datetime) -> None:
        raise NotImplementedError


def codec() -> Codec:
    """The codec of all the ledger's facts, with fixed keys and nonces."""
    return Codec(Registry(*AGGREGATES), Sealer(FixedKeys(), entropy=bytes))


def path_of(topic: str) -> Path:
    """The golden file of a topic."""
    return HERE / f"{topic}.json"


def written(fact: Encoded) -> str:
    """A stored fact as its golden file says it."""
    says = {
        "topic": fact.topic,
        "originator_id": str(fact.originator_id),
        "originator_version": fact.originator_version,
        "state": fact.state.decode(),
        "leaf_hash": fact.leaf_hash.hex(),
    }
    return json.dumps(says, indent=2, ensure_ascii=False) + "\n"


def read(topic: str) -> Encoded:
    """The stored fact of a golden file."""
    says = json.loads(path_of(topic).read_text(encoding="utf-8"))
    return Encoded(
        originator_id=UUID(says["originator_id"]),
        originator_version=says["originator_version"],
        topic=says["topic"],
        state=says["state"].encode(),
        leaf_hash=bytes.fromhex(says["leaf_hash"]),
    )


def entry_path_of(topic: str) -> Path:
    """The golden file of the entry that a fact of that topic is booked as."""
    return HERE / "entries" / f"{topic}.txt"


def booked(event: Any) -> str:
    """The entry of a fact as its golden file says it: the journal, then a line for each side; or nothing."""
    entry = book(event)
    if entry is None:
        return ""
    lines = [f"{entry.journal} of {entry.document_id}{' at year end' if entry.year_end else ''}"]
    for each in entry.lines:
        side = f"debit {each.debit_c}" if each.debit_c else f"credit {each.credit_c}"
        tags = "".join(
            f" {name} {tag}" for name, tag in (("activity", each.activity_id), ("fund", each.fund_id)) if tag
        )
        lines.append(f"{each.account} {side}{tags}")
    return "\n".join(lines) + "\n"


def write_missing() -> None:
    """Write the golden files of topics that have none; an existing one is never touched."""
    encoder = codec()
    for event in events():
        path, entry_path = path_of(event.TOPIC), entry_path_of(event.TOPIC)
        if not path.exists():
            path.write_text(written(encoder.encode(event)), encoding="utf-8")
        if booked(event) and not entry_path.exists():
            entry_path.write_text(booked(event), encoding="utf-8")


if __name__ == "__main__":
    write_missing()
