"""Journal entries: what a fact is in the books. Debits equal credits, in each entry and entity."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

CUTOVER, BROUGHT_FORWARD, YEAR_END = "cutover", "brought-forward", "year-end"
"""Journals of what is not of the day: it declares no VAT; in the last two, the cooperative earns nothing."""

DIVIDENDS = "dividends"
"""The journal of the tax withheld from dividends: what else is withheld is of wages."""

PATRONAGE = "patronage"
"""The journal of what activities are given of a patronage refund."""


@dataclass(frozen=True, slots=True)
class JournalLine:
    """One side of an entry, in cents; exactly one of debit and credit is above zero.

    `activity_id` None is the cooperative itself; `fund_id` tags what belongs to a mutual fund.
    """

    account: str
    debit_c: int
    credit_c: int
    activity_id: UUID | None = None
    fund_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class JournalEntry:
    """One fact, booked: the entity, the two business dates, the journal and the lines.

    What is booked at `year_end` belongs to a fiscal year and to no month.
    """

    entity_id: UUID
    booked_on: date
    effective_on: date
    journal: str
    document_id: UUID
    lines: tuple[JournalLine, ...]
    year_end: bool = False

    def __post_init__(self) -> None:
        """Refuse an entry that does not balance: no rule of ours may ever make one."""
        if sum(line.debit_c for line in self.lines) != sum(line.credit_c for line in self.lines):
            raise UnbalancedEntry(self)
        if any(min(line.debit_c, line.credit_c) != 0 or line.debit_c == line.credit_c for line in self.lines):
            raise UnbalancedEntry(self)


Booked = tuple[str, UUID, list[JournalLine]]
"""What a posting rule makes of a fact: the journal, the document and the lines."""


class UnbalancedEntry(AssertionError):  # noqa: N818 - a defect of a posting rule, named as what it is
    """A posting rule made an entry whose debits are not its credits."""


def debit(
    account: str, amount_c: int, *, activity_id: UUID | None = None, fund_id: UUID | None = None
) -> JournalLine:
    """Return a debit; a negative amount is a credit of the same size."""
    if amount_c < 0:
        return JournalLine(account, 0, -amount_c, activity_id, fund_id)
    return JournalLine(account, amount_c, 0, activity_id, fund_id)


def credit(
    account: str, amount_c: int, *, activity_id: UUID | None = None, fund_id: UUID | None = None
) -> JournalLine:
    """Return a credit; a negative amount is a debit of the same size."""
    return debit(account, -amount_c, activity_id=activity_id, fund_id=fund_id)
