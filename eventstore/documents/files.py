"""Files that are whole or not there, and durable before anyone is told that they are."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

OWN_FOLDER = 0o700


def make_folder(path: Path, *, below: Path) -> None:
    """Make a folder and those above it down from `below`, each durable in the one that holds it."""
    if path.is_dir():
        return
    if path != below:
        make_folder(path.parent, below=below)
    path.mkdir(mode=OWN_FOLDER, parents=path == below, exist_ok=True)
    make_durable(path.parent)


def write_whole(path: Path, content: bytes) -> None:
    """Write the file under another name, flush it, and give it its own; what stood there is replaced.

    Only its owner may read it. A crash before the end leaves a draft, whose name begins with a dot.
    """
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".draft.")
    draft = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
    make_durable(path.parent)


def make_durable(folder: Path) -> None:
    """Flush the names in a folder: a file whose name is lost is lost."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
