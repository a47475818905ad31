"""What no role may do to the log, whoever it is: each statement is tried for real."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from psycopg import Connection
from psycopg.conninfo import make_conninfo
from psycopg.errors import (
    CheckViolation,
    InsufficientPrivilege,
    InvalidParameterValue,
    RestrictViolation,
    UniqueViolation,
)
from psycopg.rows import TupleRow

from eventstore.connections import connect
from eventstore.migrations.roles import OWNER, ROLES, WRITER

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
SUPERUSER = "none"
APPEND = """
    SELECT append_batch(
        %(decided_on)s::bigint, %(ids)s::uuid[], %(versions)s::bigint[], %(topics)s::text[],
        %(states)s::bytea[], %(leaves)s::bytea[], %(frontier)s::bytea, %(at)s::timestamptz,
        %(key_id)s::bytea, %(signature)s::bytea,
        %(commands)s::uuid[], %(operations)s::text[], %(macs)s::bytea[], %(counts)s::bigint[]
    )
"""


@dataclass
class Rows:
    """One batch of one fact, well formed but for what a test spoils."""

    decided_on: int = 0
    ids: list[UUID] = field(default_factory=lambda: [uuid4()])
    versions: list[int] = field(default_factory=lambda: [1])
    topics: list[str] = field(default_factory=lambda: ["toy.made.v1"])
    states: list[bytes] = field(default_factory=lambda: [b"{}"])
    leaves: list[bytes] = field(default_factory=lambda: [bytes(32)])
    frontier: bytes = bytes(32)
    at: datetime = NOON
    key_id: bytes = b"keys"
    signature: bytes = bytes(64)
    commands: list[UUID] = field(default_factory=lambda: [uuid4()])
    operations: list[str] = field(default_factory=lambda: ["toy.make"])
    macs: list[bytes] = field(default_factory=lambda: [bytes(32)])
    counts: list[int] = field(default_factory=lambda: [1])


def append(connection: Connection[TupleRow], **spoilt: Any) -> int | None:
    row = connection.execute(APPEND, vars(Rows(**spoilt))).fetchone()
    assert row is not None
    return None if row[0] is None else int(row[0])


def size(connection: Connection[TupleRow]) -> int:
    row = connection.execute("SELECT size, (SELECT count(*) FROM event) FROM head").fetchone()
    assert row is not None
    assert row[0] == row[1]
    return int(row[0])


@pytest.fixture
def writer(dsn: str) -> Iterator[Connection[TupleRow]]:
    with connect(dsn, tenant="default", role=WRITER) as connection:
        yield connection


@pytest.fixture(scope="module")
def recorded(module_dsn: str) -> str:
    """A log of one fact."""
    with connect(module_dsn, tenant="default", role=WRITER) as connection:
        append(connection)
    return module_dsn


CHANGES = [
    f"{verb.format(table)}{tail}"
    for table in ("event", "batch", "command")
    for verb, tail in (
        ("UPDATE {} SET", " first_position = 7" if table != "event" else " topic = 'x'"),
        ("DELETE FROM {}", ""),
        ("DELETE FROM {}", " WHERE false"),
        ("TRUNCATE {}", ""),
        ("TRUNCATE {}", " CASCADE"),
    )
] + ["DELETE FROM head", "TRUNCATE head", "UPDATE head SET size = 0"]


@pytest.mark.parametrize("replica", [False, True], ids=["origin", "replica"])
@pytest.mark.parametrize("role", [*ROLES, SUPERUSER])
def test_nobody_changes_or_removes_what_is_recorded(recorded: str, role: str, *, replica: bool) -> None:
    with psycopg.connect(recorded, autocommit=True) as connection:
        connection.execute("SET search_path = tutti_default")
        if replica:
            connection.execute("SET session_replication_role = replica")
        connection.execute(f"SET ROLE {role}".encode())
        refused = RestrictViolation if role in (OWNER, SUPERUSER) else InsufficientPrivilege
        assert [change for change in CHANGES if not _raises(connection, change, refused)] == []


def _raises(connection: Connection[TupleRow], change: str, error: type[psycopg.Error]) -> bool:
    try:
        connection.execute(change.encode())
    except error:
        return True
    return False


@pytest.mark.parametrize("role", [role for role in ROLES if role != OWNER])
def test_nobody_inserts_past_the_one_function(recorded: str, role: str) -> None:
    inserts = [f"INSERT INTO {table} DEFAULT VALUES" for table in ("head", "event", "batch", "command")]
    with connect(recorded, tenant="default", role=role) as connection:
        assert [one for one in inserts if not _raises(connection, one, InsufficientPrivilege)] == []


@pytest.mark.parametrize("role", [role for role in ROLES if role not in (OWNER, WRITER)])
def test_only_the_writer_appends_or_takes_the_head(recorded: str, role: str) -> None:
    with connect(recorded, tenant="default", role=role) as connection:
        with pytest.raises(InsufficientPrivilege):
            connection.execute("SELECT * FROM lock_head()")
        with pytest.raises(InsufficientPrivilege):
            append(connection, decided_on=1, frontier=bytes(32))


def test_a_shadowing_table_of_the_caller_is_not_what_the_function_writes_to(
    writer: Connection[TupleRow],
) -> None:
    writer.execute("CREATE TEMP TABLE event (LIKE tutti_default.event)")
    writer.execute("SET search_path = pg_temp, tutti_default")
    assert append(writer) == 1
    assert writer.execute("SELECT count(*) FROM tutti_default.event").fetchone() == (1,)


def test_an_append_decided_on_an_older_log_writes_nothing(writer: Connection[TupleRow]) -> None:
    assert append(writer) == 1
    assert append(writer) is None
    assert size(writer) == 1


def test_an_append_beyond_the_head_writes_nothing(writer: Connection[TupleRow]) -> None:
    assert append(writer, decided_on=8, frontier=bytes(64)) is None
    assert size(writer) == 0


def test_positions_are_counted_by_the_function(writer: Connection[TupleRow]) -> None:
    append(writer)
    append(
        writer, decided_on=1, ids=[uuid4(), uuid4()], versions=[1, 1], topics=["a", "b"], states=[b"1", b"2"],
        leaves=[bytes(32)] * 2, frontier=bytes(64), commands=[uuid4(), uuid4(), uuid4()],
        operations=["a", "none", "b"], macs=[b"", b"", b""], counts=[1, 0, 1],
    )  # fmt: skip
    events = writer.execute("SELECT position, topic FROM event ORDER BY position").fetchall()
    assert events == [(1, "toy.made.v1"), (2, "a"), (3, "b")]
    commands = writer.execute("SELECT operation, first_position, n FROM command ORDER BY 2, 3").fetchall()
    assert commands == [("toy.make", 1, 1), ("a", 2, 1), ("none", 3, 0), ("b", 3, 1)]
    assert writer.execute("SELECT first_position, n FROM batch ORDER BY 1").fetchall() == [(1, 1), (2, 2)]


@pytest.mark.parametrize(
    "spoilt",
    [
        {"versions": []},
        {"topics": ["a", "b"]},
        {"states": []},
        {"leaves": []},
        {"leaves": None},
        {"ids": None},
        {"commands": []},
        {"operations": []},
        {"macs": []},
        {"counts": []},
        {"counts": [2]},
        {"counts": [0]},
        {"frontier": b""},
        {"frontier": bytes(64)},
        {"frontier": None},
        {"decided_on": None},
        {
            "counts": [1, 1],
            "commands": [UUID(int=1), UUID(int=2)],
            "operations": ["a", "b"],
            "macs": [b"", b""],
        },
        {"counts": [], "commands": [], "operations": [], "macs": []},
    ],
    ids=str,
)
def test_a_malformed_append_is_refused_whole(writer: Connection[TupleRow], spoilt: dict[str, Any]) -> None:
    with pytest.raises(InvalidParameterValue):
        append(writer, **spoilt)
    assert size(writer) == 0


@pytest.mark.parametrize(
    "spoilt",
    [
        {"leaves": [bytes(31)]},
        {"leaves": [None]},
        {"key_id": b""},
        {"key_id": None},
        {"signature": bytes(63)},
        {"signature": None},
        {"states": [bytes(65_500)]},
        {"states": [None]},
        {"topics": [None]},
        {"counts": [2, -1], "commands": [uuid4(), uuid4()], "operations": ["a", "b"], "macs": [b"", b""]},
    ],
    ids=[
        "leaf",
        "no leaf",
        "key",
        "no key",
        "signature",
        "no signature",
        "large",
        "no state",
        "no topic",
        "negative",
    ],
)
def test_an_append_that_breaks_a_check_is_refused_whole(
    writer: Connection[TupleRow], spoilt: dict[str, Any]
) -> None:
    with pytest.raises(CheckViolation):
        append(writer, **spoilt)
    assert size(writer) == 0


def test_the_largest_leaf_is_appended(writer: Connection[TupleRow]) -> None:
    topic = "toy.made.v1"
    largest = 65_535 - 43 - len(topic)
    with pytest.raises(CheckViolation):
        append(writer, topics=[topic], states=[bytes(largest + 1)])
    assert append(writer, topics=[topic], states=[bytes(largest)]) == 1


def test_a_command_without_facts_needs_no_signature(writer: Connection[TupleRow]) -> None:
    none: dict[str, Any] = {"ids": [], "versions": [], "topics": [], "states": [], "leaves": []}
    assert append(writer, **none, frontier=b"", key_id=b"", signature=b"", counts=[0]) == 0
    assert writer.execute("SELECT count(*), (SELECT count(*) FROM batch) FROM command").fetchone() == (1, 0)


def test_one_version_of_a_stream_is_appended_once(writer: Connection[TupleRow]) -> None:
    stream = [uuid4()]
    append(writer, ids=stream)
    with pytest.raises(UniqueViolation):
        append(writer, ids=stream, decided_on=1, frontier=bytes(32))
    assert size(writer) == 1


def test_recorded_time_never_runs_backwards(writer: Connection[TupleRow]) -> None:
    append(writer)
    with pytest.raises(RestrictViolation):
        append(writer, decided_on=1, frontier=bytes(32), at=NOON.replace(hour=11))
    assert size(writer) == 1


def test_the_writer_has_no_login_of_its_own(dsn: str) -> None:
    with pytest.raises(psycopg.OperationalError, match=r"not permitted to log in|password"):
        psycopg.connect(make_conninfo(dsn, user=WRITER, password="guess"))  # noqa: S106 - a guess
