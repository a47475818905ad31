"""A wire between us and the database that can be cut at the worst moment."""

from __future__ import annotations

import socket
import threading
from contextlib import suppress
from typing import Literal

from psycopg.conninfo import conninfo_to_dict, make_conninfo

Moment = Literal["before", "while", "after", "long before"]


class Wire:
    """Forwards bytes, until a request holds the marker; then cuts before, while or after it is carried out.

    "long before": we hear that the connection is lost, and only `deliver` lets the request arrive.
    """

    def __init__(self, dsn: str) -> None:
        said = conninfo_to_dict(dsn)
        self._target = (str(said["host"]), int(said["port"] or 0))
        self._server = socket.create_server(("127.0.0.1", 0))
        self.dsn = make_conninfo(dsn, host="127.0.0.1", port=self._server.getsockname()[1])
        self._marker = b""
        self._moment: Moment = "before"
        self._open: set[socket.socket] = set()
        self.deliver = threading.Event()
        self.cuts = 0
        self.down = False
        threading.Thread(target=self._accept, daemon=True).start()

    def cut(self, moment: Moment, marker: str) -> None:
        """Cut the connection of the next request that holds `marker`, once."""
        self._moment, self._marker = moment, marker.encode()

    def take_down(self) -> None:
        """Cut everything, and let nobody in."""
        self.down = True
        for end in list(self._open):
            _shut(end)

    def put_up(self) -> None:
        self.down = False

    def close(self) -> None:
        self.deliver.set()
        self.take_down()
        _shut(self._server)
        self._server.close()

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._server.accept()
            except OSError:
                return
            threading.Thread(target=self._carry, args=[client], daemon=True).start()

    def _carry(self, client: socket.socket) -> None:
        with client, socket.create_connection(self._target) as server:
            if self.down:
                return
            self._open |= {client, server}
            silent = threading.Event()
            back = threading.Thread(target=_pump, args=[server, client, silent], daemon=True)
            back.start()
            try:
                while data := client.recv(1 << 20):
                    if self._marker and self._marker in data:
                        self._marker = b""
                        self.cuts += 1
                        self._cut(client, server, data, silent)
                        back.join()
                        break
                    server.sendall(data)
            except OSError:
                pass  # one end is gone; so goes the other
            finally:
                self._open -= {client, server}
                _shut(client)
                _shut(server)
                back.join()

    def _cut(
        self, client: socket.socket, server: socket.socket, data: bytes, silent: threading.Event
    ) -> None:
        silent.set()
        if self._moment == "before":
            _shut(server)
            return
        if self._moment != "after":
            _shut(client)
        if self._moment == "long before":
            self.deliver.wait()
        server.sendall(data)


def _pump(source: socket.socket, sink: socket.socket, silent: threading.Event) -> None:
    """Carry replies, until one is to be swallowed: then the request was carried out, and this ends."""
    try:
        while (data := source.recv(1 << 20)) and not silent.is_set():
            sink.sendall(data)
    except OSError:
        pass  # one end is gone; so goes the other
    _shut(source)
    _shut(sink)


def _shut(end: socket.socket) -> None:
    with suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)
