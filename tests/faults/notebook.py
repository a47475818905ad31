"""What a client knows of its commands: asked, and what became of each; on disk before it goes on.

A client may be killed like everybody else, so each line is synced before the client acts on it.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self
from uuid import UUID

ASKED, ACKNOWLEDGED, REFUSED, IN_DOUBT, FAULT = "asked", "acknowledged", "refused", "in-doubt", "fault"


class Notebook:
    """Writes what happens to commands into a file; for many threads, which share their syncs."""

    def __init__(self, path: Path) -> None:
        """Go on where the file ends."""
        self._file = path.open("ab", buffering=0)
        self._write_lock, self._sync_lock = threading.Lock(), threading.Lock()
        self._written = self._synced = 0

    def ask(self, id_: UUID, key: str) -> None:
        """Note that the command, which has that key, is about to be sent."""
        self._note(ASKED, id_, key)

    def acknowledge(self, id_: UUID, position: int) -> None:
        """Note that it was recorded, its last fact at this position."""
        self._note(ACKNOWLEDGED, id_, str(position))

    def refuse(self, id_: UUID, code: str) -> None:
        """Note that it was refused for good."""
        self._note(REFUSED, id_, code)

    def doubt(self, id_: UUID) -> None:
        """Note that it is not known what became of it."""
        self._note(IN_DOUBT, id_)

    def fault(self, id_: UUID, said: str) -> None:
        """Note an answer that nobody should get."""
        self._note(FAULT, id_, " ".join(said.split()))

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def _note(self, *words: object) -> None:
        line = " ".join(map(str, words)).encode() + b"\n"
        with self._write_lock:
            self._file.write(line)
            self._written += 1
            mine = self._written
        with self._sync_lock:
            if self._synced < mine:
                written = self._written
                os.fsync(self._file.fileno())
                self._synced = written


@dataclass
class Story:
    """What the clients know, read back: the key of everything asked, and what was heard of each."""

    asked: dict[UUID, str] = field(default_factory=dict)
    acknowledged: dict[UUID, int] = field(default_factory=dict)
    refused: dict[UUID, str] = field(default_factory=dict)
    faults: dict[UUID, str] = field(default_factory=dict)
    in_doubt: set[UUID] = field(default_factory=set)

    @classmethod
    def of(cls, paths: Iterable[Path]) -> Self:
        """Read these notebooks; a line that was cut off in the middle was never acted upon."""
        story = cls()
        for path in paths:
            for line in path.read_bytes().decode().splitlines(keepends=True):
                if line.endswith("\n"):
                    story._read(*line.rstrip("\n").split(" ", 2))
        return story

    @property
    def unknown(self) -> list[UUID]:
        """Return those whose outcome nobody has told, in the order they were asked."""
        told = self.acknowledged.keys() | self.refused.keys()
        return [id_ for id_ in self.asked if id_ not in told]

    def _read(self, what: str, command: str, more: str = "") -> None:
        id_ = UUID(command)
        match what:
            case "asked":
                self.asked[id_] = more
            case "acknowledged":
                self.acknowledged[id_] = int(more)
            case "refused":
                self.refused[id_] = more
            case "in-doubt":
                self.in_doubt.add(id_)
            case _:
                self.faults[id_] = more
