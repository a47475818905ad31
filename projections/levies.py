"""What a span of months made due on an account, apart from what was declared and paid."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from projections.reader import Reader, rows_of

_MADE_DUE = """
    SELECT coalesce(sum(credit_c - debit_c), 0)::bigint AS amount_c
    FROM journal_line AS l JOIN journal_entry AS e USING (position, rule_version)
    WHERE l.entity_id = %(entity_id)s AND account = %(account)s AND position <= %(position)s
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
    account: str,
    first_on: date,
    last_on: date,
    position: int,
    of_dividends: bool = False,
) -> int:
    """Return credits less debits of an account within a span, in cents, as the log stood at `position`.

    Tax withheld from wages and from dividends is on one account, and each declared by itself: `of_dividends`
    tells which is asked. What sets amounts against each other, pays them or was due in old books does not count. Raises NotProjectedYet.
    """
    with reader.connection() as connection:
        (found,) = rows_of(
            connection,
            _Sum,
            _MADE_DUE,
            entity_id=entity_id,
            account=account,
            first_on=first_on,
            last_on=last_on,
            position=position,
            of_dividends=of_dividends,
        )
    return found.amount_c
