"""Where commands wait for the deciding thread: a queue that counts commands, not those who ask."""

from __future__ import annotations

import queue
from collections import deque
from typing import Any

from eventstore.tickets import Ticket

__all__ = ["Full", "WaitingRoom"]

Full = queue.Full


class WaitingRoom(queue.Queue["Ticket[Any] | None"]):
    """Tickets in the order they came, as many as there is room for their commands; None says to go home.

    There is room while fewer commands wait than the limit, so that a bulk of any size gets in.
    """

    def _init(self, maxsize: int) -> None:  # noqa: ARG002 - the base class keeps it
        self.queue: deque[Ticket[Any] | None] = deque()
        self._commands = 0

    def _qsize(self) -> int:
        return self._commands

    def _put(self, item: Ticket[Any] | None) -> None:
        self.queue.append(item)
        self._commands += _size(item)

    def _get(self) -> Ticket[Any] | None:
        item = self.queue.popleft()
        self._commands -= _size(item)
        return item


def _size(item: Ticket[Any] | None) -> int:
    return 1 if item is None else max(1, len(item.commands))
