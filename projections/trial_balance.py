"""The trial balance: debits and credits of every account, now or at any past, and its digest."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from domain.bookkeeping.account_names import names_in
from projections.account_codes import OwnCodes
from projections.dated_sums import Axis, Past
from projections.journal import BALANCES, JOURNAL
from projections.reader import Reader, position_of


@dataclass(frozen=True)
class TrialBalanceRow:
    """One account of one entity, in cents: all its debits and credits, and the side it stands on.

    `code` is what the entity calls the account on the day that is asked for.
    """

    entity_id: UUID
    account: str
    name: str
    debit_c: int
    credit_c: int
    balance_debit_c: int
    balance_credit_c: int
    code: str


@dataclass(frozen=True)
class TrialBalance:
    """The accounts that moved up to a day and position; sums of debits and credits are equal.

    `position` is the place in the log up to which facts count.
    """

    position: int
    axis: Axis
    as_of: date | None
    rows: tuple[TrialBalanceRow, ...]
    total_debit_c: int
    total_credit_c: int
    total_balance_debit_c: int
    total_balance_credit_c: int


def trial_balance(
    reader: Reader,
    *,
    entity_id: UUID | None = None,
    account: str | None = None,
    as_of: date | None = None,
    known_at: int | None = None,
    axis: Axis = Axis.BOOKED,
    year_end: bool | None = None,
    lang: str = "en",
    today: date | None = None,
) -> TrialBalance:
    """Return the trial balance of an entity, or of all, by booking day unless `axis` says otherwise.

    With `account`, only its row. `known_at` is a position of the log. With `year_end` False, what is
    booked beside the months at the end of a year does not count; with True, nothing else does.
    The accounts are named in `lang`, and coded as their entity does on `as_of`, or `today`, or as it last
    decided. Raises NotProjectedYet.
    """
    past = Past(as_of, known_at, axis)
    with reader.snapshot() as cursor:
        position = position_of(cursor, JOURNAL.name, known_at)
        values = {"entity_id": entity_id, "account": account, "year_end": year_end, **past.values()}
        found = cursor.execute(BALANCES.current if past.is_now else BALANCES.past, values).fetchall()
        codes = OwnCodes(cursor, entity_id=entity_id, known_at=known_at)
    sums: dict[tuple[UUID, str], tuple[int, int]] = {}
    for entity, each, _, debit_c, credit_c in found:
        before = sums.get((entity, each), (0, 0))
        sums[entity, each] = before[0] + debit_c, before[1] + credit_c
    names, on = names_in(lang), as_of or today or date.max
    rows = tuple(
        _row(entity, each, names.get(each, ""), *amounts, codes.code(entity, each, on))
        for (entity, each), amounts in sums.items()
    )
    return TrialBalance(
        position,
        axis,
        as_of,
        rows,
        sum(row.debit_c for row in rows),
        sum(row.credit_c for row in rows),
        sum(row.balance_debit_c for row in rows),
        sum(row.balance_credit_c for row in rows),
    )


def trial_balance_sha256(rows: Iterable[TrialBalanceRow]) -> str:
    """Return the digest a period closes with: SHA-256, in hex, of one line a row.

    A line is entity, account, debits and credits in cents, between single spaces, ended by a line
    feed; the lines are in the order of entity and account.
    """
    ordered = sorted(rows, key=lambda row: (str(row.entity_id), row.account))
    lines = [f"{row.entity_id} {row.account} {row.debit_c} {row.credit_c}\n" for row in ordered]
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def _row(entity_id: UUID, account: str, name: str, debit_c: int, credit_c: int, code: str) -> TrialBalanceRow:
    stands_c = debit_c - credit_c
    stands = (max(stands_c, 0), max(-stands_c, 0))
    return TrialBalanceRow(entity_id, account, name, debit_c, credit_c, *stands, code)
