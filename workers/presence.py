"""Whether a ledger is there: what only reads or goes on must not begin one by a slip of the pen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.errors import NotFound
from workers.databases import is_there
from workers.workshop import LEDGER_DATABASE

if TYPE_CHECKING:
    from workers.workshop import Workshop


class NoSuchLedger(NotFound):
    """There is no ledger of this name here, and none was made: `tutti up` or `tutti entity register` begins one."""

    code = "no-such-ledger"
    fr = "Il n'y a pas ici de grand livre de ce nom, et aucun n'a été créé : `tutti up` ou `tutti entity register` en commence un."
    nl = "Er is hier geen grootboek met die naam, en er werd er geen gemaakt: `tutti up` of `tutti entity register` begint er een."


def require_ledger(workshop: Workshop) -> None:
    """Refuse to go on without the ledger of these settings; raises NoSuchLedger."""
    settings = workshop.settings
    known = ledgers(workshop)
    if settings.tenant not in known:
        raise NoSuchLedger(
            tenant=settings.tenant, data_dir=settings.data_dir, known=", ".join(known) or "none"
        )


def ledgers(workshop: Workshop) -> list[str]:
    """Return the tenants whose ledgers are there; makes nothing, but starts the database they are in."""
    from eventstore.migrations.runner import tenants

    settings = workshop.settings
    if settings.database_url is not None:
        return tenants(settings.database_url)
    if not settings.data_dir.exists() or workshop.embedded.status().version is None:
        return []
    workshop.start_database()
    if not is_there(workshop.embedded.dsn("postgres"), LEDGER_DATABASE):
        return []
    return tenants(workshop.embedded.dsn(LEDGER_DATABASE))
