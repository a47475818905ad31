"""A server that plays a part: it lets one client in, prepares what it is told, and answers a call by a script.

Messages are those of PostgreSQL's protocol 3.0 (its documentation, "Message Formats").
"""

from __future__ import annotations

import socket
import struct
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from typing import Any

import psycopg
from psycopg import Connection

Script = Sequence[bytes | float]
"""What is sent, one after another; a number is a pause in seconds. Then the connection ends."""

_SAID_AT_FIRST = {"server_version": "18.0", "client_encoding": "UTF8", "standard_conforming_strings": "on"}


def message(kind: str, body: bytes = b"") -> bytes:
    return kind.encode() + struct.pack(">I", len(body) + 4) + body


def complaint(severity: str, sqlstate: str) -> bytes:
    fields = {"S": severity, "V": severity, "C": sqlstate, "M": "as played"}
    return message("E", b"".join(f"{name}{said}\0".encode() for name, said in fields.items()) + b"\0")


def reply(value: bytes) -> bytes:
    """One row of one bigint, in binary, and the end of the command."""
    column = struct.pack(">H", 1) + b"n\0" + struct.pack(">IHIhiH", 0, 0, 20, 8, -1, 1)
    row = struct.pack(">HI", 1, len(value)) + value
    return message("2") + message("T", column) + message("D", row) + message("C", b"SELECT 1\0")


READY = message("Z", b"I")


@contextmanager
def connected_to(script: Script) -> Iterator[Connection[Any]]:
    with closing(socket.create_server(("127.0.0.1", 0))) as door:
        thread = threading.Thread(target=_play, args=[door, script])
        thread.start()
        port = door.getsockname()[1]
        said = f"host=127.0.0.1 port={port} user=any dbname=any sslmode=disable gssencmode=disable"
        try:
            with closing(psycopg.connect(said, autocommit=True)) as connection:
                yield connection
        finally:
            thread.join()


def _play(door: socket.socket, script: Script) -> None:
    client, _ = door.accept()
    with client:
        client.recv(1 << 16)
        named = [message("S", f"{name}\0{value}\0".encode()) for name, value in _SAID_AT_FIRST.items()]
        client.sendall(message("R", bytes(4)) + b"".join(named) + message("K", bytes(8)) + READY)
        client.recv(1 << 16)
        client.sendall(message("1") + READY)
        client.recv(1 << 16)
        for part in script:
            if isinstance(part, bytes):
                client.sendall(part)
            else:
                time.sleep(part)
