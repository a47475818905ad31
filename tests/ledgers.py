"""A demo ledger, made once a worker and copied for each test that changes it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
import pytest
from typer.testing import CliRunner, Result

from tests.databases import Server
from workers.cli.app import build
from workers.cli.session import Screen, Session
from workers.demo.cooperative import fill
from workers.settings import Settings, checkout, read_settings
from workers.workshop import Workshop

ROOT = checkout()


@dataclass(frozen=True)
class Ledger:
    """A ledger on a real database, and the command line on it."""

    settings: Settings

    def tutti(self, *words: str) -> str:
        """Run a command as a user would; return what it prints on standard output."""
        ran = self.run(*words)
        assert ran.exit_code == 0, ran.stdout + ran.stderr
        return ran.stdout

    def run(self, *words: str) -> Result:
        """Run a command in this process, which spares the start of another."""
        where = ["--data-dir", str(self.settings.data_dir), "--tenant", self.settings.tenant]
        runner = CliRunner(env={"DATABASE_URL": self.settings.database_url or ""})
        return runner.invoke(build(words), [*words, *where], prog_name="tutti")

    def start(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run a command in a process of its own."""
        where = ["--data-dir", str(self.settings.data_dir), "--tenant", self.settings.tenant]
        return subprocess.run(
            [sys.executable, "-m", "workers", *words, *where],
            env=self.environment(),
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    def environment(self) -> dict[str, str]:
        """The environment of a process on this ledger."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("TUTTI_")}
        return {**kept, "DATABASE_URL": self.settings.database_url or "", "PYTHONPATH": str(ROOT)}

    def json(self, *words: str) -> Any:
        """Run a command with --json and return what it answers."""
        return json.loads(self.tutti(*words, "--json"))

    def workshop(self) -> Workshop:
        """Open the ledger in this process."""
        return Workshop(self.settings)

    def alter(self, statement: str) -> None:
        """Change the database behind Tutti's back, as its superuser."""
        with psycopg.connect(self.settings.database_url or "", autocommit=True) as connection:
            connection.execute(statement.encode())


def session_on(settings: Settings) -> Session:
    """A session without a person before it."""
    return Session(settings, Screen(as_json=True, lang="en"))


def settings_on(dsn: str, data_dir: Path) -> Settings:
    """The settings of a ledger on a test database."""
    data_dir.mkdir(parents=True, exist_ok=True)
    return read_settings(data_dir=data_dir, env={"DATABASE_URL": dsn})


@pytest.fixture
def empty_ledger(dsn: str, tmp_path: Path) -> Ledger:
    """A ledger without facts."""
    return Ledger(settings_on(dsn, tmp_path / "data"))


@pytest.fixture(scope="session")
def demo(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    """The demo cooperative, to be read and not changed."""
    with server.database() as dsn:
        settings = settings_on(dsn, tmp_path_factory.mktemp("demo"))
        fill(session_on(settings), seed=1)
        yield Ledger(settings)


@pytest.fixture
def own_demo(server: Server, demo: Ledger, tmp_path: Path) -> Iterator[Ledger]:
    """A copy of the demo cooperative that a test may change."""
    name = psycopg.conninfo.conninfo_to_dict(demo.settings.database_url or "")["dbname"]
    data_dir = tmp_path / "data"
    shutil.copytree(demo.settings.data_dir, data_dir)
    with server.database(template=str(name)) as dsn:
        yield Ledger(settings_on(dsn, data_dir))
