"""One hash over all that a read model holds, personal data apart.

It covers every column of every table that has a digest query, in the order of the key, so that a
row that was changed, removed or added shows. An erasure changes none.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from psycopg import Cursor, sql
from psycopg.rows import TupleRow

from projections import schemas
from projections.read_model import ReadModel

MISSING = "missing"
"""What stands for the digest of a read model whose tables are not all there."""

_THERE = "SELECT to_regclass(%s) IS NOT NULL"
_COPY_OUT = "COPY ({}) TO STDOUT"
# What the text of a value depends on.
_CANONICAL = (
    "SELECT set_config('datestyle', 'ISO', true), set_config('timezone', 'UTC', true), "
    "set_config('extra_float_digits', '1', true), set_config('bytea_output', 'hex', true)"
)


def digests(cursor: Cursor[TupleRow], schema: str, models: Sequence[ReadModel]) -> dict[str, str]:
    """Return the digest of each read model in that schema, by name: SHA-256 in hex.

    `cursor` is inside a transaction; the digests are taken of one moment only if that transaction
    keeps a snapshot (REPEATABLE READ). The rows are hashed as PostgreSQL's COPY writes them.
    """
    schemas.enter(cursor, schema)
    cursor.execute(_CANONICAL)
    return {model.name: _digest(cursor, schema, model) for model in models}


def _digest(cursor: Cursor[TupleRow], schema: str, model: ReadModel) -> str:
    whole = hashlib.sha256()
    for table in model.tables:
        if table.rows is None:
            continue
        if cursor.execute(_THERE, [f"{schema}.{table.name}"]).fetchone() != (True,):
            return MISSING
        whole.update(f"{table.name} {_hash_of(cursor, table.rows)}\n".encode())
    return whole.hexdigest()


def _hash_of(cursor: Cursor[TupleRow], rows: str) -> str:
    hashed = hashlib.sha256()
    with cursor.copy(sql.SQL(_COPY_OUT).format(sql.SQL(rows))) as channel:
        for block in channel:
            hashed.update(block)
    return hashed.hexdigest()
