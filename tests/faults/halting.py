"""Named moments in the life of a batch, and how a process or a server is held at one of them.

In the process that decides, a file beside its notebook names the moment; the process says that it is
there by another file, and goes on when the first is gone. In the database, triggers that only the
tests add ask for a lock at each step of the append; who holds the lock of a step holds the append there.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from typing import Any
from unittest.mock import patch

import psycopg
from psycopg import Connection
from psycopg.rows import TupleRow

from eventstore.appender import Appender, Standing
from eventstore.batches import Batch
from eventstore.session import Session
from eventstore.tickets import Outcomes, Ticket

PATIENCE_S = 120.0
LOOK_AGAIN_S = 0.005
# So that whoever was answered before has written it down.
WRITING_S = 0.05

HEAD_HELD = "head-held"
IN_THE_PROCESS = (HEAD_HELD, "decided", "committed", "one-answered")
"""The head locked and nothing decided; decided and nothing sent; committed and nobody told; one caller told."""

IN_THE_DATABASE = ("head-moved", "facts-inserted", "batch-inserted", "commands-inserted", "before-commit")
"""Each step of the append, in their order; the last is the end of the statement, all of it done."""

_STEPS: Sequence[str] = (
    "CREATE TRIGGER halt AFTER UPDATE ON head FOR EACH STATEMENT EXECUTE FUNCTION halt('0')",
    "CREATE TRIGGER halt AFTER INSERT ON event FOR EACH STATEMENT EXECUTE FUNCTION halt('1')",
    "CREATE TRIGGER halt AFTER INSERT ON batch FOR EACH STATEMENT EXECUTE FUNCTION halt('2')",
    "CREATE TRIGGER halt AFTER INSERT ON command FOR EACH STATEMENT EXECUTE FUNCTION halt('3')",
    """
        CREATE CONSTRAINT TRIGGER halt_at_the_end AFTER INSERT ON batch DEFERRABLE INITIALLY DEFERRED
        FOR EACH ROW EXECUTE FUNCTION halt('4')
    """,
)
_HALT = """
    CREATE FUNCTION halt() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        PERFORM pg_advisory_xact_lock_shared(TG_ARGV[0]::bigint);
        RETURN NULL;
    END
    $$
"""
_WAITING = """
    SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND NOT granted
    AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
"""


@contextmanager
def halting(notebook: Path) -> Iterator[None]:
    """Halt this process where the file beside its notebook says, as long as it says so."""
    send, conclude, accept = Appender.send, Session._conclude, Ticket.accept
    catch_up = Session._catch_up
    answered: list[Ticket[Any]] = []
    halt = partial(_halt_if_told, notebook)

    def halt_or_catch_up(session: Session, standing: Standing) -> None:
        halt(HEAD_HELD)
        catch_up(session, standing)

    def send_or_halt(appender: Appender, *decided: Any) -> Standing:
        halt("decided")
        return send(appender, *decided)

    def conclude_or_halt(session: Session, batch: Batch, then: Standing) -> None:
        answered.clear()
        if batch.kept:
            halt("committed")
        conclude(session, batch, then)

    def accept_or_halt(ticket: Ticket[Any], outcomes: Outcomes) -> None:
        if answered:
            halt("one-answered")
        accept(ticket, outcomes)
        answered.append(ticket)

    with ExitStack() as patched:
        for kind, name, seam in (
            (Session, "_catch_up", halt_or_catch_up),
            (Appender, "send", send_or_halt),
            (Session, "_conclude", conclude_or_halt),
            (Ticket, "accept", accept_or_halt),
        ):
            patched.enter_context(patch.object(kind, name, seam))
        yield


def _halt_if_told(notebook: Path, moment: str) -> None:
    told = notebook.with_suffix(".halt")
    if told.exists() and told.read_text() == moment:
        time.sleep(WRITING_S)
        notebook.with_suffix(".halted").touch()
        while told.exists():
            time.sleep(LOOK_AGAIN_S)


def order_to_halt(notebook: Path, moment: str) -> None:
    """Tell the process of a notebook where to halt."""
    notebook.with_suffix(".halted").unlink(missing_ok=True)
    draft = notebook.with_suffix(".draft")
    draft.write_text(moment)
    draft.rename(notebook.with_suffix(".halt"))


def has_halted(notebook: Path) -> bool:
    """Tell whether the process of a notebook stands where it was told to."""
    return notebook.with_suffix(".halted").exists()


def let_run(notebook: Path) -> None:
    """Take the order back."""
    notebook.with_suffix(".halt").unlink()


def add_triggers(dsn: str) -> None:
    """Add the triggers that ask for the lock of each step of the append."""
    with psycopg.connect(dsn) as connection:
        connection.execute("SET search_path = tutti_default")
        for statement in (_HALT, *_STEPS):
            connection.execute(statement.encode())


class Barrier:
    """Holds every append of a database at one step."""

    def __init__(self, dsn: str, moment: str) -> None:
        """Let nobody past that step from now on, or from when the server is there again."""
        self._connection = _connected(dsn)
        self._connection.execute("SELECT pg_advisory_lock(%s)", [IN_THE_DATABASE.index(moment)])

    def wait_for_somebody(self) -> int:
        """Wait until an append stands there, and return the process id of its backend."""
        give_up = time.monotonic() + PATIENCE_S
        while time.monotonic() < give_up:
            for (pid,) in self._connection.execute(_WAITING):
                return int(pid)
            time.sleep(LOOK_AGAIN_S)
        raise TimeoutError("no append came by")

    def lift(self) -> None:
        """Let everybody go on; the server may be gone."""
        self._connection.close()


def _connected(dsn: str) -> Connection[TupleRow]:
    """Connect, also to a server that recovers from what befell it a moment ago."""
    give_up = time.monotonic() + PATIENCE_S
    while True:
        try:
            return psycopg.connect(dsn, autocommit=True)
        except psycopg.OperationalError:
            if time.monotonic() > give_up:
                raise
            time.sleep(LOOK_AGAIN_S)
