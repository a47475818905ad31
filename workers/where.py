"""Where the ledger's database is, and how a person opens it."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from workers.cli.session import Session
    from workers.workshop import Workshop


@dataclass(frozen=True, slots=True)
class DatabasePlace:
    """The database as a person needs to know it; the password stays in `secret`, psql's environment."""

    kind: str
    address: str
    running: bool
    version: str
    directory: str
    secret: Mapping[str, str]

    def document(self) -> dict[str, Any]:
        """Return the facts for `--json`."""
        return {
            "kind": self.kind,
            "address": self.address,
            "running": self.running,
            "version": self.version,
            "directory": self.directory,
        }

    def lines(self) -> list[str]:
        """Return the facts as sentences."""
        if self.kind == "external":
            return [f"Database: {self.address} (from DATABASE_URL)", "Open it: ./tutti db psql"]
        if not self.version:
            return [f"Database: embedded PostgreSQL, not made yet; `tutti up` makes it in {self.directory}"]
        state = "runs" if self.running else "does not run"
        return [
            f"Database: embedded PostgreSQL {self.version}, {state}, in {self.directory}",
            f"Open it: ./tutti db psql    or: psql '{self.address}'",
        ]


def database_place(session: Session) -> DatabasePlace:
    """Describe the database of this session without starting it."""
    if session.settings.database_url is not None:
        return _external(session.settings.database_url)
    with session.workshop() as workshop:
        status = workshop.embedded.status()
        if status.version is None:
            return DatabasePlace("embedded", "", False, "", str(status.directory), {})
        address = f"host=127.0.0.1 port={status.port} user=tutti dbname=tutti"
        passfile = workshop.embedded.home / "pgpass"
        return DatabasePlace(
            "embedded",
            f"{address} passfile={passfile}",
            status.running,
            str(status.version),
            str(status.directory),
            {},
        )


def find_psql(workshop: Workshop) -> Path | None:
    """Return the psql to use: the embedded server's own, else one on the path."""
    if workshop.settings.database_url is None:
        return workshop.embedded.psql()
    found = shutil.which("psql")
    return Path(found) if found else None


def _external(url: str) -> DatabasePlace:
    from psycopg.conninfo import conninfo_to_dict, make_conninfo

    known = conninfo_to_dict(url)
    password = known.pop("password", None)
    secret = {"PGPASSWORD": str(password)} if password else {}
    return DatabasePlace("external", make_conninfo("", **known), True, "", "", secret)
