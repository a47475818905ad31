"""The embedded database starts once, and survives what happens to processes.

Run by root, the server belongs to a system user; run by an ordinary user, to that user. Both run
here, whoever runs the suite: what only one of them can see is asserted in that case.
"""

from __future__ import annotations

import fcntl
import os
import pwd
import signal
import socket
import subprocess
import time

import psycopg
import pytest

from eventstore.embedded import (
    DirectoryInUse,
    EmbeddedPostgres,
    NotStarted,
    ServerStillRuns,
    supervisor,
)
from eventstore.embedded.place import place_of
from tests.eventstore.embedded_servers import (
    ROOT,
    Make,
    kill_and_wait,
    leave_pid_file_naming,
    pid_of,
    said_by,
    starter,
    value,
    write_a_row,
)

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


def test_a_server_that_does_not_stop_is_said_to_run_still(
    make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = make()
    database.start()
    os.kill(pid_of(database), signal.SIGSTOP)
    monkeypatch.setattr(supervisor, "RECOVERY_S", 0.1)
    with pytest.raises(ServerStillRuns):
        database.stop()
    assert database.status().running is True
    monkeypatch.undo()
    os.kill(pid_of(database), signal.SIGCONT)
    database.stop()
    assert database.status().running is False


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


def test_a_server_that_comes_into_sight_late_is_found_and_not_refused(
    make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A starter killed a moment ago leaves a server whose pid file cannot be read yet."""
    database, late = make(), make()
    assert database.start() is True
    monkeypatch.setattr(supervisor, "ORPHANS_S", 0.1)
    seen, looks = late._running, [None, None]
    monkeypatch.setattr(late, "_running", lambda: looks.pop() if looks else seen())
    assert late.start() is False
    assert value(late, "SELECT 1") == 1
