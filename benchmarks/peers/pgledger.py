"""pgledger, a ledger in PL/pgSQL: four transfers a call, which are eight entries and five balances.

https://github.com/pgr0ss/pgledger. Asked through psycopg, one connection a thread; the time goes
into the server, so that a faster client would not help it.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg import Connection
from psycopg.rows import TupleRow

from benchmarks import processes
from benchmarks.errors import NotPgledger
from benchmarks.loops import Tally, Window, by_threads
from benchmarks.server import Server, database_bytes

MEMBERS = 1000
_ACCOUNT = "SELECT id FROM pgledger_create_account(%s, 'EUR')"
_PAY = """
    SELECT count(*) FROM pgledger_create_transfers(
        ROW(%(bank)s::text, %(member)s::text, 870.00)::transfer_request,
        ROW(%(bank)s::text, %(vat)s::text, 200.00)::transfer_request,
        ROW(%(bank)s::text, %(fund)s::text, 30.00)::transfer_request,
        ROW(%(bank)s::text, %(fee)s::text, 100.00)::transfer_request
    )
"""


class Pgledger:
    """A checkout of pgledger."""

    def __init__(self, checkout: Path) -> None:
        """Find its SQL; raises NotPgledger."""
        ulid = next(iter(sorted(checkout.rglob("ulid.sql"))), None)
        ledger = checkout / "pgledger.sql"
        if ulid is None or not ledger.is_file():
            raise NotPgledger(folder=checkout)
        self._files = (ulid, ledger)

    def measure(self, server: Server, *, clients: int, window: Window) -> tuple[Tally, float]:
        """Pay on a fresh database, bank, VAT, fund and fee shared by all; return bytes a payment as well."""
        with server.database() as dsn, _Accounts.made(dsn, self._files) as accounts:
            before = database_bytes(dsn)
            tally = by_threads(
                accounts.pay,
                clients=clients,
                window=window,
                meter=lambda: processes.own_cpu(server.postmaster),
            )
            return tally, (database_bytes(dsn) - before) / max(1, tally.acknowledged)


class _Accounts:
    """Accounts that payments move; each thread has a connection of its own."""

    def __init__(self, dsn: str, shared: dict[str, str], members: list[str]) -> None:
        self._dsn, self._shared, self._members = dsn, shared, members
        self._own = threading.local()
        self._opened: list[Connection[TupleRow]] = []

    @classmethod
    @contextmanager
    def made(cls, dsn: str, files: tuple[Path, ...]) -> Iterator[_Accounts]:
        with psycopg.connect(dsn, autocommit=True) as connection:
            for file in files:
                connection.execute(file.read_bytes())

            def account(name: str) -> str:
                ((id_,),) = connection.execute(_ACCOUNT, [name]).fetchall()
                return str(id_)

            shared = {name: account(name) for name in ("bank", "vat", "fund", "fee")}
            members = [account(f"member {n}") for n in range(MEMBERS)]
        accounts = cls(dsn, shared, members)
        try:
            yield accounts
        finally:
            for opened in accounts._opened:
                opened.close()

    def pay(self, number: int) -> None:
        connection: Connection[TupleRow] | None = getattr(self._own, "connection", None)
        if connection is None:
            connection = self._own.connection = psycopg.connect(self._dsn, autocommit=True)
            self._opened.append(connection)
        says = {**self._shared, "member": self._members[number % MEMBERS]}
        connection.execute(_PAY, says, prepare=True)
