"""Files that hold keys: made once, whole or not at all, and readable by their owner only."""

from __future__ import annotations

import os
import stat
import tempfile
from collections.abc import Callable
from pathlib import Path

from eventstore.errors import KeyFileUnsafe


def make_once(path: Path, fill: Callable[[Path], None]) -> None:
    """Make the file unless it exists; of several processes starting at once, one makes it.

    `fill` writes to a file of another name, which is durable before it gets its own.
    """
    if path.exists():
        return
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    os.close(handle)
    draft = Path(name)
    try:
        fill(draft)
        _make_durable(draft)
        try:
            os.link(draft, path)
        except FileExistsError:
            return
    finally:
        draft.unlink()
    _make_durable(path.parent)


def require_private(path: Path) -> None:
    """Raise KeyFileUnsafe unless this is a plain file that only its owner may read."""
    facts = path.lstat()
    if not stat.S_ISREG(facts.st_mode) or facts.st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise KeyFileUnsafe(file=path.name)


def _make_durable(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
