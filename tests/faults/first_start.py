"""Eight processes that start at once where nothing is yet: no server, no database, no keys, no tables."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from audit.recompute import recompute
from eventstore.embedded import EmbeddedPostgres
from tests.eventstore.embedded_servers import remove
from tests.ledgers import ROOT
from workers.settings import read_settings
from workers.stored_log import stored_log
from workers.workshop import Workshop

PROCESSES = 8
# Each begins a stream of its own and says where; a byte on its input lets it go, so that all go together.
ONE_OF_MANY = """
import sys
from pathlib import Path
from domain.aggregates.number_series import NumberSeries
from workers.asking import perform
from workers.clock import new_id
from workers.settings import read_settings
from workers.workshop import Workshop

settings = read_settings(data_dir=Path(sys.argv[1]), env={})
print("ready", flush=True)
sys.stdin.read(1)
with Workshop(settings) as workshop:
    def begin(books, stamp):
        books.record(NumberSeries.begin(stamp, id=new_id(), entity_id=None, series="test", year=2026))
    print(perform(workshop, "test.begin", begin).position, flush=True)
"""


def first_start() -> None:
    """Let them begin one ledger in a data directory that is not there yet; raises AssertionError."""
    parent = Path(tempfile.mkdtemp(prefix="first-start-"))
    parent.chmod(0o755)  # where any account may look
    data_dir = parent / "data"
    try:
        assert sorted(_start_together(data_dir)) == list(range(1, PROCESSES + 1))
        with Workshop(read_settings(data_dir=data_dir, env={})) as workshop:
            key = workshop.keyring.recorder_public
            with stored_log(workshop.dsn, tenant="default") as log:
                assert recompute(log.facts(lambda _: None), log.batches(), log.head, recorder=key).holds
    finally:
        remove(EmbeddedPostgres(data_dir / "postgres"))
        shutil.rmtree(parent)


def _start_together(data_dir: Path) -> list[int]:
    """Start all of them, let them go at once, and return the positions they were given."""
    running = [
        subprocess.Popen(
            [sys.executable, "-c", ONE_OF_MANY, str(data_dir)],
            env={"PATH": os.defpath, "PYTHONPATH": str(ROOT)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(PROCESSES)
    ]
    for process in running:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in running:
        assert process.stdin is not None
        process.stdin.write("x")
        process.stdin.flush()
    said = [process.communicate(timeout=180) for process in running]
    assert [process.returncode for process in running] == [0] * PROCESSES, "\n".join(err for _, err in said)
    return [int(out) for out, _ in said]
