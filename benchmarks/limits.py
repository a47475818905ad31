"""The limits: what PostgreSQL itself does with the same rows, asked by a program in C (pgbench).

L5 is one INSERT of five rows a transaction, into a table without an index. LH is what a ledger with
mutable balances does: the same five rows, then the balances of one of 1,000 members and of the four
accounts all share, locked in one order so that no two transactions wait for each other.
"""

from __future__ import annotations

import re
import time
from pathlib import Path

import psycopg

from benchmarks import processes
from benchmarks.errors import PgbenchFailed
from benchmarks.loops import Tally, Window
from benchmarks.server import Server, run

_TABLES = """
    CREATE TABLE posting (entry bigint NOT NULL, account integer NOT NULL, amount_c bigint NOT NULL, said text);
    CREATE TABLE balance (account integer PRIMARY KEY, amount_c bigint NOT NULL) WITH (fillfactor = 50);
    INSERT INTO balance SELECT account, 0 FROM generate_series(1, 1004) AS account;
"""
_FIVE_ROWS = """
INSERT INTO posting (entry, account, amount_c, said) VALUES
    (:entry, 1001, 120000, 'x'), (:entry, :member, -87000, 'x'), (:entry, 1002, -20000, 'x'),
    (:entry, 1003, -3000, 'x'), (:entry, 1004, -10000, 'x');
"""
_CHOOSE = """
\\set entry random(1, 1000000000)
\\set member random(1, 1000)
"""
_FIVE_BALANCES = """
UPDATE balance SET amount_c = amount_c - 87000 WHERE account = :member;
UPDATE balance SET amount_c = amount_c + 120000 WHERE account = 1001;
UPDATE balance SET amount_c = amount_c - 20000 WHERE account = 1002;
UPDATE balance SET amount_c = amount_c - 3000 WHERE account = 1003;
UPDATE balance SET amount_c = amount_c - 10000 WHERE account = 1004;
"""
L5 = _CHOOSE + _FIVE_ROWS
LH = f"{_CHOOSE}BEGIN;{_FIVE_ROWS}{_FIVE_BALANCES}COMMIT;\n"

THREADS = 2
# Below this pgbench cannot be told how long to run, only how often.
SHORTEST_S = 1
# Until the server has counted the time of connections that have ended.
REAPED_S = 0.2
GUESS_PER_S = 500

_PER_S = re.compile(r"^tps = ([0-9.]+)", re.MULTILINE)
_DONE = re.compile(r"^number of transactions actually processed: ([0-9]+)", re.MULTILINE)


def pgbench(server: Server, script: str, *, clients: int, window: Window) -> Tally:
    """Run a script in a fresh database, warmed up; raises NoPgbench, PgbenchFailed."""
    program = server.pgbench()
    file = server.folder / "limit.sql"
    file.write_text(script)
    with server.database() as dsn:
        with psycopg.connect(dsn, autocommit=True) as connection:
            connection.execute(_TABLES)
        _pgbench(program, file, dsn, clients=clients, seconds=window.warm_s)
        before, began = processes.programs_cpu(server.postmaster), time.perf_counter()
        said = _pgbench(program, file, dsn, clients=clients, seconds=window.seconds)
        took_s = time.perf_counter() - began
        time.sleep(REAPED_S)
        used = processes.programs_cpu(server.postmaster).since(before)
    per_s, done = _PER_S.search(said), _DONE.search(said)
    if per_s is None or done is None:
        raise PgbenchFailed(said=said)
    count = int(done[1])
    # Without the time to start and connect, as pgbench itself reckons.
    seconds = count / float(per_s[1]) if float(per_s[1]) else took_s
    return Tally(count, count, seconds, (), used)


def _pgbench(program: Path, file: Path, dsn: str, *, clients: int, seconds: float) -> str:
    if seconds < SHORTEST_S:
        how_long = ["-t", str(max(10, round(GUESS_PER_S * seconds / clients)))]
    else:
        how_long = ["-T", str(round(seconds))]
    threads = str(min(THREADS, clients))
    words = ["-n", "-M", "prepared", "-f", str(file), "-c", str(clients), "-j", threads, *how_long]
    done = run(program, *words, dsn=dsn)
    if done.returncode != 0:
        raise PgbenchFailed(said=done.stderr.strip()[-300:])
    return done.stdout
