"""What a client knows of its commands: asked, and what became of each; on disk before it goes on.

A client may be killed like everybody else, so each line is synced before the client acts on it.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Self
from uuid import UUID


class Mark(StrEnum):
    """What a line says of a command; its key, position, code or words follow."""

    ASKED = "asked"
    ACKNOWLEDGED = "acknowledged"
    REFUSED = "refused"
    IN_DOUBT = "in-doubt"
    FAULT = "fault"


class Notebook:
    """Writes what happens to commands into a file; for many threads, which share their syncs."""

    def __init__(self, path: Path) -> None:
        """Go on where the file ends."""
        self._file = path.open("ab", buffering=0)
        self._write_lock, self._sync_lock = threading.Lock(), threading.Lock()
        self._written = self._synced = 0

    def ask(self, id_: UUID, key: str) -> None:
        """Note that the command, which has that key, is about to be sent."""
        self._note(Mark.ASKED, id_, key)

    def acknowledge(self, id_: UUID, position: int) -> None:
        """Note that it was recorded, its last fact at this position."""
        self._note(Mark.ACKNOWLEDGED, id_, str(position))

    def refuse(self, id_: UUID, code: str) -> None:
        """Note that it was refused for good."""
        self._note(Mark.REFUSED, id_, code)

    def doubt(self, id_: UUID) -> None:
        """Note that it is not known what became of it."""
        self._note(Mark.IN_DOUBT, id_)

    def fault(self, id_: UUID, said: str) -> None:
        """Note an answer that nobody should get."""
        self._note(Mark.FAULT, id_, " ".join(said.split()))

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
        match Mark(what):
            case Mark.ASKED:
                self.asked[id_] = more
            case Mark.ACKNOWLEDGED:
                self.acknowledged[id_] = int(more)
            case Mark.REFUSED:
                self.refused[id_] = more
            case Mark.IN_DOUBT:
                self.in_doubt.add(id_)
            case Mark.FAULT:
                self.faults[id_] = more
