"""A loopback TCP port that is kept, so that `psql` and other programs find the database again."""

from __future__ import annotations

import hashlib
import os
import socket
from pathlib import Path

from eventstore.embedded.files import read_or_none, write_whole

HOST = "127.0.0.1"
# Below the range from which systems take the ports of outgoing connections.
FIRST, COUNT = 20_000, 12_000


def stored_port(file: Path) -> int | None:
    """Return the port the database of this directory was last given."""
    text = read_or_none(file)
    return int(text) if text is not None and text.isdecimal() else None


def free_port(file: Path) -> int:
    """Return the stored port, or another one (and store it) when some program has taken that one."""
    stored = stored_port(file)
    if stored is not None and is_free(stored):
        return stored
    start = int.from_bytes(hashlib.sha256(os.fsencode(file)).digest()[:4]) % COUNT
    port = next(p for p in (FIRST + (start + n) % COUNT for n in range(COUNT)) if is_free(p))
    write_whole(file, f"{port}\n")
    return port


def is_free(port: int) -> bool:
    """Tell whether a server could listen on `port` of the loopback address now."""
    with socket.socket() as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((HOST, port))
        except (OSError, OverflowError):
            return False
    return True
