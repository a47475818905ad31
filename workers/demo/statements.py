"""The bank files of the demo: written as a bank writes them, and imported as anyone imports them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from workers.demo.clerk import STAFF, Clerk

if TYPE_CHECKING:
    from uuid import UUID

    from api.importing import ImportReport
    from interchange.camt053.records import BankEntry, BankStatement


def write_statement(path: Path, statement: BankStatement) -> Path:
    """Write a statement as a CAMT.053 file of its own, made on the evening of its last day."""
    from interchange.camt053 import write_camt053

    made_at = datetime(statement.to_on.year, statement.to_on.month, statement.to_on.day, 20, tzinfo=UTC)
    content = write_camt053(
        [statement], version="001.08", created_at=made_at, message_id=f"DEMO-{statement.to_on:%Y%m%d}"
    )
    path.write_bytes(content)
    return path


def import_statement(clerk: Clerk, path: Path, on: date) -> ImportReport:
    """Import a file as anyone would, on the evening of that day."""
    from api.importing import import_file
    from eventstore.desk import Caller

    clerk.let_readers_catch_up()
    clerk.turn_to(on, hour=20)
    return import_file(
        clerk.workshop.services, Caller(principal="demo", actor=STAFF), path.read_bytes(), key=path.name
    )


def line_of_entry(statement: BankStatement, entry: BankEntry) -> UUID:
    """Return the id of the bank line that an imported entry becomes."""
    from domain.ledger.bank import account_id_of, line_id

    return line_id(account_id_of(statement.account), statement.identity, entry.key)
