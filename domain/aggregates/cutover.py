"""A cutover: the day on which an entity takes over from its old books, and what it took over.

    ── Begun ──> begun ── BalancesTakenOver ──> begun, one page further ── Recorded ──> recorded, for ever

It stands in one batch with what each stream takes over of it: invoices, bills, activities, funds, shares
and numbers. There is one cutover of an entity for ever.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from domain.facts import Ledgered, Stamp

LINES_A_PAGE = 250
"""So many lines are well below what one fact may hold (60 kB)."""


@dataclass(frozen=True)
class BroughtLine:
    """An account's balance as it was brought, in cents: a debit above zero, a credit below."""

    account: str
    balance_c: int
    activity_id: UUID | None


@dataclass(frozen=True)
class TakenOverCounts:
    """How many of each kind were taken over."""

    balances: int
    members: int
    share_lines: int
    activities: int
    funds: int
    clients: int
    suppliers: int
    invoices: int
    purchases: int
    bank_accounts: int
    series: int


class Cutover(Ledgered):
    """The cutover of one entity."""

    TOPIC = "cutover"

    def __init__(self, entity_id: UUID, day: date) -> None:
        """Start without a page."""
        self.entity_id = entity_id
        self.day = day
        self.pages = 0

    class Event(Ledgered.Event):
        """What happened to a cutover."""

        entity_id: UUID

    class Begun(Event, Ledgered.Created):
        """The entity takes over from its old books: from this day on its facts are recorded here."""

        TOPIC = "cutover.begun.v1"
        day: date
        source_sha256: str

    Created = Begun

    class BalancesTakenOver(Event):
        """These accounts stood so; what is open, held or owed item by item is told by its own streams."""

        TOPIC = "cutover.balances-taken-over.v1"
        booked_on: date
        page: int
        lines: tuple[BroughtLine, ...]

        def apply(self, cutover: Cutover) -> None:
            """Count the page."""
            cutover.pages = self.page

    class Recorded(Event):
        """All was taken over, and reconciled to the cent: debits and credits of the old trial balance.

        `source_sha256` names the file it came from.
        """

        TOPIC = "cutover.recorded.v1"
        day: date
        source_sha256: str
        pages: int
        debit_c: int
        credit_c: int
        counts: TakenOverCounts

    def bring(self, stamp: Stamp, *, lines: tuple[BroughtLine, ...], booked_on: date) -> None:
        """Bring balances in, page by page."""
        for first in range(0, len(lines), LINES_A_PAGE):
            self.note(
                self.BalancesTakenOver,
                stamp,
                entity_id=self.entity_id,
                booked_on=booked_on,
                page=self.pages + 1,
                lines=lines[first : first + LINES_A_PAGE],
            )

    def conclude(
        self, stamp: Stamp, *, source_sha256: str, debit_c: int, credit_c: int, counts: TakenOverCounts
    ) -> None:
        """Say what was taken over in all."""
        self.note(
            self.Recorded,
            stamp,
            entity_id=self.entity_id,
            day=self.day,
            source_sha256=source_sha256,
            pages=self.pages,
            debit_c=debit_c,
            credit_c=credit_c,
            counts=counts,
        )
