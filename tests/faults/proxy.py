"""A wire between a writer and PostgreSQL that fails on demand: one fault for the next append that passes.

It runs an event loop in a thread of its own. An append is recognised by the facts in it.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Coroutine
from contextlib import suppress
from enum import StrEnum
from typing import Any, Self, TypeVar

from psycopg.conninfo import conninfo_to_dict, make_conninfo

T = TypeVar("T")

A_FACT = b'{"timestamp":'
CHUNK = 1 << 20
DELAY_S = 0.2
SILENT_S = 1.0
LATE_S = 0.3
PATIENCE_S = 120.0


class Fault(StrEnum):
    """What befalls an append."""

    DELAYED = "delayed"
    CUT_BEFORE = "cut before it arrives"
    CUT_WHILE = "cut while it is carried out"
    CUT_AFTER = "cut after the commit, before the reply"
    HALF_OPEN = "carried out, and silence"
    LATE = "given up, and carried out later"


class Proxy:
    """Forwards every connection to the database, until a fault is due."""

    def __init__(self, dsn: str) -> None:
        """Listen on a free port; `dsn` is then the way through."""
        said = conninfo_to_dict(dsn)
        self._target = (str(said["host"]), int(said["port"] or 0))
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="proxy", daemon=True)
        self._thread.start()
        self._server = self._run(asyncio.start_server(self._carry, "127.0.0.1", 0))
        self.dsn = make_conninfo(dsn, host="127.0.0.1", port=self._server.sockets[0].getsockname()[1])
        self._due: Fault | None = None
        self._struck = threading.Event()

    def strike(self, fault: Fault) -> None:
        """Let a fault befall the next append, and return once it has."""
        self._struck.clear()
        self._due = fault
        if not self._struck.wait(PATIENCE_S):
            raise TimeoutError("no append came by")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Cut everything."""
        self._run(self._close())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def _run(self, work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(PATIENCE_S)

    async def _close(self) -> None:
        self._server.close()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError, asyncio.CancelledError):
            back_reader, back_writer = await asyncio.open_connection(*self._target)
            replies = asyncio.ensure_future(_pump(back_reader, writer))
            try:
                while data := await reader.read(CHUNK):
                    fault = self._due
                    if fault is None or A_FACT not in data:
                        back_writer.write(data)
                        await back_writer.drain()
                        continue
                    self._due = None
                    self._struck.set()
                    if fault is Fault.DELAYED:
                        await asyncio.sleep(DELAY_S)
                        back_writer.write(data)
                        continue
                    replies.cancel()
                    await asyncio.wait([replies])
                    await _befall(fault, data, writer, back_reader, back_writer)
                    break
            finally:
                replies.cancel()
                writer.close()
                back_writer.close()


async def _befall(
    fault: Fault,
    data: bytes,
    client: asyncio.StreamWriter,
    replies: asyncio.StreamReader,
    server: asyncio.StreamWriter,
) -> None:
    """End a connection in the middle of an append; the reply is heard by nobody."""
    if fault is Fault.CUT_BEFORE:
        return
    if fault in {Fault.CUT_WHILE, Fault.LATE}:
        client.close()
    if fault is Fault.LATE:
        await asyncio.sleep(LATE_S)
    server.write(data)
    await server.drain()
    await replies.read(CHUNK)
    if fault is Fault.HALF_OPEN:
        await asyncio.sleep(SILENT_S)


async def _pump(source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
    with suppress(OSError):
        while data := await source.read(CHUNK):
            sink.write(data)
            await sink.drain()
        sink.close()
