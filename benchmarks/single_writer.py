"""Limit B: the least that a batching ledger in Python can do, without a single rule.

One connection, one statement a batch, in plain psycopg and the JSON of the standard library: a chained event for each payment, its five postings with their
indexes, and the balances folded to one update an account. What our event store adds to this (commands
decided, facts checked against their types, a Merkle tree, a signature, idempotency) is what it costs.
"""

from __future__ import annotations

import json
import time
from collections import Counter
from hashlib import sha256

import psycopg

from benchmarks import processes
from benchmarks.ledgers import BANK_C, PARTS
from benchmarks.loops import Tally, Window
from benchmarks.server import Server

_TABLES = """
    CREATE TABLE event (position bigint PRIMARY KEY, state bytea NOT NULL, hash bytea NOT NULL);
    CREATE TABLE posting (
        position bigint NOT NULL, account bigint NOT NULL, amount_c bigint NOT NULL,
        PRIMARY KEY (position, account)
    );
    CREATE INDEX ON posting (account, position);
    CREATE TABLE balance (account bigint PRIMARY KEY, amount_c bigint NOT NULL) WITH (fillfactor = 50);
    INSERT INTO balance SELECT account, 0 FROM generate_series(0, 1003) AS account;
"""
_APPEND = """
    WITH e AS (
        INSERT INTO event SELECT * FROM unnest(%b::bigint[], %b::bytea[], %b::bytea[])
    ), p AS (
        INSERT INTO posting SELECT * FROM unnest(%b::bigint[], %b::bigint[], %b::bigint[])
    )
    UPDATE balance SET amount_c = balance.amount_c + folded.amount_c
    FROM unnest(%b::bigint[], %b::bigint[]) AS folded (account, amount_c)
    WHERE balance.account = folded.account
"""
MEMBERS = 1000
SHARED = (1000, 1001, 1002, 1003)


class SingleWriter:
    """Writes payments in batches, and keeps where the chain stands."""

    def __init__(self, dsn: str) -> None:
        """Make the tables and connect."""
        with psycopg.connect(dsn, autocommit=True) as connection:
            connection.execute(_TABLES)
        self._connection = psycopg.connect(dsn, autocommit=True)
        self._position = 0
        self._hash = bytes(32)

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()

    def write(self, count: int) -> None:
        """Write so many payments in one commit."""
        positions = list(range(self._position + 1, self._position + count + 1))
        states, hashes = [], []
        at, accounts, amounts = list[int](), list[int](), list[int]()
        folded = Counter[int]()
        for position in positions:
            member = position % MEMBERS
            state = json.dumps(_said(position, member)).encode()
            self._hash = sha256(self._hash + state).digest()
            states.append(state)
            hashes.append(self._hash)
            for account, amount_c in zip((member, *SHARED), _AMOUNTS_C, strict=True):
                at.append(position)
                accounts.append(account)
                amounts.append(amount_c)
                folded[account] += amount_c
        self._connection.execute(
            _APPEND,
            [
                positions,
                states,
                hashes,
                at,
                accounts,
                amounts,
                list(folded),
                list(folded.values()),
            ],
            prepare=True,
        )
        self._position += count


_AMOUNTS_C = (-PARTS.member_c, BANK_C, -PARTS.vat_c, -PARTS.fund_c, -PARTS.fee_c)


def single_writer(server: Server, *, batch: int, window: Window) -> Tally:
    """Write batches of so many payments while the window is open; the tally counts batches."""
    with server.database() as dsn:
        writer = SingleWriter(dsn)
        try:
            _write_until(writer, batch, time.perf_counter() + window.warm_s)
            before, began = processes.own_cpu(server.postmaster), time.perf_counter()
            latencies = _write_until(writer, batch, began + window.seconds)
            seconds = time.perf_counter() - began
            used = processes.own_cpu(server.postmaster).since(before)
        finally:
            writer.close()
    return Tally(len(latencies), len(latencies), seconds, sorted(latencies), used)


def _said(position: int, member: int) -> dict[str, object]:
    """Return what the event of a payment says, as ours does."""
    return {
        "timestamp": "2026-01-15T10:00:00.000000Z",
        "effective_on": "2026-01-15",
        "actor": "bench:staff",
        "command_id": f"{position:032x}",
        "operation": "bench.pay",
        "member": member,
        "fund_id": "0b5a4f0e-6a56-5d0a-9f43-3c1f6a3f3c11",
        "booked_on": "2026-01-15",
        "amount_c": BANK_C,
        "member_c": PARTS.member_c,
        "vat_c": PARTS.vat_c,
        "fund_c": PARTS.fund_c,
        "fee_c": PARTS.fee_c,
        "bank_account": "550000",
        "vat_account": "450000",
        "fee_account": "700000",
    }


def _write_until(writer: SingleWriter, batch: int, end: float) -> list[float]:
    latencies = []
    while (began := time.perf_counter()) < end:
        writer.write(batch)
        latencies.append(time.perf_counter() - began)
    return latencies
