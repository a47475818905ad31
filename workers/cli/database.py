"""The database: where it is, how to open it, how to stop it."""

from __future__ import annotations

import os
from typing import Annotated

import typer

from domain.errors import Refusal
from workers.cli.session import Session, command

Arguments = Annotated[list[str] | None, typer.Argument(help="Passed on to psql.")]


class NotOurDatabase(Refusal):
    """DATABASE_URL names a database that Tutti did not start; whoever runs it stops it."""

    code = "not-our-database"
    fr = "DATABASE_URL nomme une base de données que Tutti n'a pas démarrée ; qui la fait tourner l'arrête."
    nl = "DATABASE_URL noemt een databank die Tutti niet startte; wie ze draait, stopt ze."


class NoPsql(Refusal):
    """The program psql is not installed; open the address with any PostgreSQL client."""

    code = "no-psql"
    fr = "Le programme psql n'est pas installé ; ouvrez l'adresse avec un client PostgreSQL quelconque."
    nl = "Het programma psql is niet geïnstalleerd; open het adres met een PostgreSQL-client naar keuze."


@command
def status(session: Session) -> None:
    """Say which database the ledger is in, and whether it runs."""
    from workers.where import database_place

    place = database_place(session)
    if session.screen.as_json:
        session.screen.data(place.document())
        return
    for line in place.lines():
        session.screen.line(line)


@command
def psql(session: Session, *, arguments: Arguments = None) -> None:
    """Open the ledger's database in psql."""
    from workers.where import database_place, find_psql

    with session.ledger() as workshop:
        _ = workshop.dsn
        program = find_psql(workshop)
        if program is None:
            raise NoPsql(address=database_place(session).address)
        # The address without its password: arguments of a process are for all to read.
        place = database_place(session)
        environment = {**os.environ, **place.secret}
        os.execve(program, [str(program), place.address, *(arguments or [])], environment)  # noqa: S606 - psql itself


@command
def stop(session: Session) -> None:
    """Stop the embedded database."""
    if session.settings.database_url is not None:
        raise NotOurDatabase
    with session.workshop() as workshop:
        stopped = workshop.embedded.stop()
    if session.screen.as_json:
        session.screen.data({"stopped": stopped})
    else:
        session.screen.say(session.screen.told("database-stopped" if stopped else "database-not-running"))
