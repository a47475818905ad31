"""A disk that runs full while commands are on their way, and is given room again.

What was acknowledged stays, callers hear a refusal with a name and no defect, and once there is room
everything goes on.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, closing
from pathlib import Path

from tests.faults.crowd import Crowd
from tests.faults.notebook import Notebook, Story
from tests.faults.oracle import Verdict, judge, written_in
from tests.faults.own_server import OwnServer
from tests.faults.small_disk import (
    Scarce,
    little_room_for_facts,
    little_room_for_wal,
    short_files_for_facts,
    short_files_for_wal,
)
from tests.faults.toy_work import RECORDER, asking, begin, id_of, toy_store

CLIENTS = 20
LEAST_IN_FLIGHT = 16
# So that callers hear that their outcome is not known while there is no room.
PATIENCE_S = 0.5

WITH_A_SMALL_DISK: Mapping[str, Callable[[OwnServer], AbstractContextManager[Scarce]]] = {
    "facts": little_room_for_facts,
    "wal": little_room_for_wal,
}
WITH_SHORT_FILES: Mapping[str, Callable[[OwnServer], AbstractContextManager[Scarce]]] = {
    "facts": short_files_for_facts,
    "wal": short_files_for_wal,
}


def fill_disk(
    server: OwnServer, way: Callable[[OwnServer], AbstractContextManager[Scarce]]
) -> tuple[int, set[type[Exception]], Verdict]:
    """Fill the disk under load; return what was in flight, and what callers heard while it was full."""
    with way(server) as scarce, tempfile.TemporaryDirectory(prefix="tutti-disk-") as directory:
        path = Path(directory) / "notebook"
        with (
            closing(toy_store(scarce.dsn, patience_s=PATIENCE_S)) as store,
            closing(Notebook(path)) as notebook,
        ):
            before = begin(store)
            crowd = Crowd("full", CLIENTS, asking(store), id_of, notebook)
            with crowd.busy():
                crowd.wait_for_answers(CLIENTS)
                in_flight = crowd.wait_for_flight(LEAST_IN_FLIGHT)
                scarce.fill()
                crowd.heard.clear()
                crowd.wait_to_hear()
                scarce.free()
                server.restart()
                crowd.wait_for_answers(2 * CLIENTS)
        return (
            in_flight,
            crowd.heard,
            judge(Story.of([path]), written_in(scarce.dsn, RECORDER), before=before),
        )
