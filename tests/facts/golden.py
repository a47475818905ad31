"""Reads and writes the golden files; `python -m tests.facts.golden` writes those of new topics.

Keys and nonces are fixed here, so that a seal too is the same whenever and wherever it is made: a
golden file holds the stored bytes whole, and what was written once must be written again exactly.
"""

from __future__ import annotations

import json
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from uuid import UUID

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


def write_missing() -> None:
    """Write the golden files of topics that have none; an existing one is never touched."""
    encoder = codec()
    for event in events():
        path = path_of(event.TOPIC)
        if not path.exists():
            path.write_text(written(encoder.encode(event)), encoding="utf-8")


if __name__ == "__main__":
    write_missing()
