"""What a span of months made due on accounts, apart from what was declared and paid."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from projections.reader import Reader, rows_of

_MADE_DUE = """
    SELECT coalesce(sum(credit_c - debit_c), 0)::bigint AS amount_c
    FROM journal_line AS l JOIN journal_entry AS e USING (position, rule_version)
    WHERE l.entity_id = %(entity_id)s AND account = ANY(%(accounts)s) AND position <= %(position)s
        AND l.booked_on BETWEEN %(first_on)s AND %(last_on)s
        AND journal NOT IN ('declarations', 'payments', 'cutover')
        AND (journal = 'dividends') = %(of_dividends)s
"""


@dataclass(frozen=True)
class _Sum:
    amount_c: int


def made_due_c(
    reader: Reader,
    *,
    entity_id: UUID,
    accounts: Sequence[str],
    first_on: date,
    last_on: date,
    position: int,
    of_dividends: bool = False,
) -> int:
    """Return credits less debits of accounts within a span, in cents, as the log stood at `position`.

    Tax withheld from dividends was on the account of that on wages by the first posting rules, and each is
    declared by itself: `of_dividends` tells which is asked. What sets amounts against each other, pays them or was due in old books does not count. Raises NotProjectedYet.
    """
    with reader.connection() as connection:
        (found,) = rows_of(
            connection,
            _Sum,
            _MADE_DUE,
            entity_id=entity_id,
            accounts=list(accounts),
            first_on=first_on,
            last_on=last_on,
            position=position,
            of_dividends=of_dividends,
        )
    return found.amount_c
