"""A process of clients of the toy log; it is there to be killed, and stops where it is told to.

python -m tests.faults.toy_writer SETTINGS_AS_JSON
"""

from __future__ import annotations

import json
import sys
from contextlib import closing, nullcontext
from dataclasses import asdict, dataclass
from pathlib import Path

from tests.faults.broken import acknowledging_before_the_commit
from tests.faults.halting import halting
from tests.faults.loop_of_its_own import LoopOfItsOwn
from tests.faults.shift import work
from tests.faults.toy_work import asking, asking_in, id_of, toy_store


@dataclass(frozen=True)
class ToyWriterSettings:
    """What a toy writer is told; `early` makes it a broken build, and with `in_a_loop` coroutines ask."""

    dsn: str
    notebook: str
    name: str
    clients: int
    early: bool = False
    in_a_loop: bool = False

    def words(self) -> list[str]:
        """Return what starts such a process."""
        return [sys.executable, "-m", "tests.faults.toy_writer", json.dumps(asdict(self))]


def main(settings: ToyWriterSettings) -> None:
    """Work until a signal says that it is enough."""
    broken = acknowledging_before_the_commit() if settings.early else nullcontext()
    path = Path(settings.notebook)
    with halting(path), broken, closing(toy_store(settings.dsn)) as store, LoopOfItsOwn() as loop:
        ask = asking_in(loop, store) if settings.in_a_loop else asking(store)
        work(settings.name, settings.clients, ask, id_of, path)


if __name__ == "__main__":
    main(ToyWriterSettings(**json.loads(sys.argv[1])))
