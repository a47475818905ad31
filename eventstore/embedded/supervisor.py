"""The embedded PostgreSQL of one data directory: start, stop, status.

Two kernel locks keep order. `start.lock` is held while somebody starts or stops, so that any number
of processes start one server. `life.lock` is inherited by the server and everything it forks: it is
free exactly when none of them lives, whatever pid files say, also across containers.
"""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from eventstore.embedded.account import Account, owner_of, server_account
from eventstore.embedded.binaries import Binaries, installed, kept
from eventstore.embedded.cluster import SUPERUSER, drop_abandoned_drafts, make_cluster, password_in
from eventstore.embedded.files import last_lines, locked, open_lock, read_or_none, try_lock, write_whole
from eventstore.embedded.place import clusters_in, decided_place, place_of
from eventstore.embedded.ports import HOST, free_port, is_free, stored_port
from eventstore.embedded.postmaster import Postmaster, drop_misleading_pid_file, postmaster_of
from eventstore.embedded.refusals import (
    DirectoryInUse,
    DirectoryNotUsable,
    DirectoryOfAnotherUser,
    NoBinaries,
    NotStarted,
    OtherMajorVersion,
    ServerStillRuns,
    ServerStopped,
)
from eventstore.embedded.server import Server, spawn

RECOVERY_S = 600.0
ORPHANS_S = 30.0


@dataclass(frozen=True)
class Status:
    """What is known of the server; `version` is the major version of the cluster in `directory`."""

    running: bool
    pid: int | None
    port: int | None
    version: int | None
    directory: Path


class EmbeddedPostgres:
    """The PostgreSQL below one directory, `<data directory>/postgres`; any number of these may exist.

    Every method raises `DirectoryOfAnotherUser` or `DirectoryNotUsable` where the directory is.
    """

    def __init__(self, home: Path) -> None:
        self.home = Path(os.path.abspath(home))  # noqa: PTH100 - resolves `..` without following links
        self.passfile = self.home / "pgpass"
        self.log_file = self.home / "server.log"
        self._port_file = self.home / "port"
        self._bin_file = self.home / "bin"
        self._start_lock = self.home / "start.lock"
        self._life_lock = self.home / "life.lock"
        self._child: Server | None = None

    def start(self) -> bool:
        """Return once connections are accepted; True if this call started the server.

        Recovery after a crash may take up to ten minutes.

        Raises:
            EmbeddedRefusal: it cannot run here; the refusal says why and what to do.
        """
        with self._own_directory():
            running = self._running()
            if running is not None and running.ready:
                return False
            self.home.mkdir(parents=True, exist_ok=True)
            self.home.chmod(0o711 if os.geteuid() == 0 else 0o700)
            with locked(self._start_lock):
                return self._start_unless_up()

    def stop(self) -> bool:
        """Stop the server (open transactions are undone) and wait; False if it was not running.

        Raises:
            ServerStillRuns: it did not stop within ten minutes.
        """
        with self._own_directory():
            if not self.home.exists():
                return False
            with locked(self._start_lock):
                running = self._running()
                if running is None:
                    return False
                os.kill(running.pid, signal.SIGINT)
                self._await_end()
                return True

    def status(self) -> Status:
        """Return what is known of the server now, without waiting."""
        with self._own_directory():
            place = place_of(self.home)
            clusters = clusters_in(place)
            newest = max(clusters, default=None)
            running = self._running()
            return Status(
                running=running is not None and running.ready,
                pid=running.pid if running else None,
                port=running.port if running else stored_port(self._port_file),
                version=newest,
                directory=place if newest is None else clusters[newest],
            )

    def dsn(self, database: str = "postgres") -> str:
        """Return how to reach `database` as the cluster's owner; it holds the password: never print it.

        Raises:
            NotStarted: there is no database yet.
        """
        with self._own_directory():
            running = self._running()
            port = running.port if running else stored_port(self._port_file)
            password = password_in(self.passfile)
            if port is None or password is None:
                raise NotStarted(directory=self.home)
            return f"postgresql://{SUPERUSER}:{quote(password)}@{HOST}:{port}/{quote(database, safe='')}"

    def psql(self) -> Path:
        """Return the `psql` of the version last started."""
        return self.binary("psql")

    def binary(self, name: str) -> Path:
        """Return one of the programs (`pg_dump`, `pg_basebackup`, …) of the version last started.

        Raises:
            NotStarted: there is no database yet.
            NoBinaries: this installation does not bring that program.
        """
        with self._own_directory():
            directory = read_or_none(self._bin_file)
            if directory is None:
                raise NotStarted(directory=self.home)
            found = Path(directory) / name
            if not found.exists():
                raise NoBinaries(missing=found)
            return found

    def _running(self) -> Postmaster | None:
        if self._child is not None:
            self._child.poll()
        found = (postmaster_of(cluster) for cluster in clusters_in(place_of(self.home)).values())
        return next((one for one in found if one is not None), None)

    @contextmanager
    def _own_directory(self) -> Iterator[None]:
        """Refuse another user's directory (files of two owners in one place lock both out) and a bad disk."""
        try:
            if self.home.exists() and (owner := self.home.stat().st_uid) != os.geteuid():
                raise DirectoryOfAnotherUser(directory=self.home, owner=owner)
            yield
        except OSError as error:
            raise DirectoryNotUsable(directory=self.home, said=str(error)) from error

    # Starting.

    def _start_unless_up(self) -> bool:
        """Start it, unless a server whose starter is gone comes up, or comes into sight meanwhile.

        One whose starter was killed a moment ago holds the directory before its pid file can be read.
        """
        while not self._came_up():
            try:
                return self._start()
            except DirectoryInUse:
                if self._running() is None:
                    raise
        return False

    def _came_up(self) -> bool:
        """Wait for a server whose starter is gone; False when there is none (any more)."""
        deadline = time.monotonic() + RECOVERY_S
        while (running := self._running()) is not None:
            if running.ready:
                return True
            self._require_time(deadline)
            time.sleep(0.05)
        return False

    def _start(self) -> bool:
        account = server_account()
        place = decided_place(self.home, account)
        binaries = kept(self._fitting_binaries(place), place / "binaries")
        with self._life() as life:
            drop_abandoned_drafts(place)
            cluster = clusters_in(place).get(binaries.major)
            if cluster is None:
                cluster = make_cluster(place, binaries, account, passfile=self.passfile, life=life)
            write_whole(self._bin_file, f"{binaries.bin}\n")
            self._serve(cluster, binaries, owner_of(cluster), life=life)
        return True

    def _fitting_binaries(self, place: Path) -> Binaries:
        """Return the first PostgreSQL found that fits the clusters there are, or the first if there are none."""
        clusters = clusters_in(place)
        found = list(installed())
        for binaries in found:
            if not clusters or binaries.major in clusters:
                return binaries
        if not found:
            raise NoBinaries
        raise OtherMajorVersion(
            directory=place,
            made_by=max(clusters),
            found=found[0].major,
            programs_last_used=read_or_none(self._bin_file),
        )

    def _serve(self, cluster: Path, binaries: Binaries, account: Account, *, life: int) -> None:
        """Run the server and return when it is ready; change its port if another program is faster."""
        deadline = time.monotonic() + RECOVERY_S
        while True:
            drop_misleading_pid_file(cluster)
            port = free_port(self._port_file)
            self._child = spawn(cluster, binaries, account, port=port, life=life, log=self.log_file)
            while self._child.poll() is None:
                running = postmaster_of(cluster)
                if running is not None and running.ready and running.pid == self._child.pid:
                    return
                self._require_time(deadline)
                time.sleep(0.02)
            if is_free(port):
                raise ServerStopped(log=self.log_file, said=self._last_words())

    def _require_time(self, deadline: float) -> None:
        if time.monotonic() > deadline:
            raise ServerStopped(log=self.log_file, said=self._last_words())

    def _last_words(self) -> str:
        return last_lines(self.log_file.read_text(errors="replace"))

    # Ending.

    @contextmanager
    def _life(self) -> Iterator[int]:
        """Hold the life lock, waiting for what an earlier server left running."""
        life = open_lock(self._life_lock)
        try:
            if not try_lock(life, wait_s=ORPHANS_S):
                raise DirectoryInUse(directory=self.home)
            yield life
        finally:
            os.close(life)

    def _await_end(self) -> None:
        """Wait until neither the server nor anything it forked lives."""
        deadline = time.monotonic() + RECOVERY_S
        while self._running() is not None:
            if time.monotonic() > deadline:
                raise ServerStillRuns(log=self.log_file)
            time.sleep(0.02)
        with self._life():
            return
