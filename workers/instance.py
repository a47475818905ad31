"""One running Tutti a data directory: who holds it, and where it answers."""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import socket
import time
from pathlib import Path
from typing import IO

from domain.errors import Refusal
from workers.datadir import make_data_dir
from workers.settings import DEFAULT_PORT, Settings

HIGHEST_PORT = 65_535
OTHER_PORTS = 40


class PortTaken(Refusal):
    """Another program listens on this port; choose another with `tutti up --port`."""

    code = "port-taken"
    fr = "Un autre programme écoute sur ce port ; choisissez-en un autre avec `tutti up --port`."
    nl = "Een ander programma luistert op deze poort; kies een andere met `tutti up --port`."


class Instance:
    """The claim of one `tutti up` on its data directory."""

    def __init__(self, data_dir: Path) -> None:
        """Claim nothing yet."""
        make_data_dir(data_dir)
        self._path = data_dir / "up.lock"
        self._held: IO[str] | None = None

    def claim(self) -> bool:
        """Take the data directory; False if another process holds it. A dead one holds nothing."""
        held = self._path.open("a+", encoding="utf-8")
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            held.close()
            return False
        self._held = held
        self._write({})
        return True

    def announce(self, url: str) -> None:
        """Say where this instance answers."""
        self._write({"url": url, "pid": os.getpid()})

    def address(self, *, patience: float) -> tuple[str, int] | None:
        """Return (url, pid) of the instance that holds the directory, once it is ready."""
        deadline = time.monotonic() + patience
        while True:
            with contextlib.suppress(ValueError, KeyError, OSError):
                known = json.loads(self._path.read_text(encoding="utf-8"))
                return str(known["url"]), int(known["pid"])
            if time.monotonic() > deadline:
                return None
            time.sleep(0.2)

    def release(self) -> None:
        """Give the data directory up."""
        if self._held is not None:
            self._write({})
            self._held.close()
            self._held = None

    def _write(self, document: dict[str, object]) -> None:
        if self._held is None:
            raise RuntimeError("only the holder of the data directory may write its address")
        self._held.seek(0)
        self._held.truncate()
        json.dump(document, self._held)
        self._held.flush()


def free_port(settings: Settings) -> int:
    """Return the port to listen on: the one asked for, or near the default if that is taken."""
    if _is_free(settings.port):
        return settings.port
    if settings.port != DEFAULT_PORT:
        raise PortTaken(port=settings.port)
    for port in range(DEFAULT_PORT + 1, DEFAULT_PORT + OTHER_PORTS):
        if _is_free(port):
            return port
    raise PortTaken(port=settings.port)


def _is_free(port: int) -> bool:
    if not 0 < port <= HIGHEST_PORT:
        raise PortTaken(port=port)
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True
