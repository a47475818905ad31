"""A bank account of the cooperative, and the statements that follow one another on it.

    ── Opened ──> open ── OpeningRecorded ──> at its opening balance
    at a balance ── StatementImported ──> at the next one

A statement continues where the last one ended, in balance and in sequence, so a missing one is
seen; the same statement again is recognised and changes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple
from uuid import UUID

from domain.errors import (
    OpeningAlreadyRecorded,
    OpeningMissing,
    StatementContradicts,
    StatementDoesNotBalance,
    StatementMissing,
)
from domain.facts import Ledgered, Stamp
from domain.money import require_holdable


class StatementFigures(NamedTuple):
    """What must be equal when a bank sends the same statement again."""

    opening_c: int
    closing_c: int
    entries: int


class BankAccount(Ledgered):
    """One bank account of one legal entity."""

    TOPIC = "bank-account"

    def __init__(self, entity_id: UUID) -> None:
        """Start without an opening balance."""
        self.entity_id = entity_id
        self.closing_c: int | None = None
        self.last_numbers: Mapping[str, tuple[int, int]] = {}
        self.statements: Mapping[str, StatementFigures] = {}

    class Event(Ledgered.Event):
        """What happened to a bank account."""

        entity_id: UUID

    class Opened(Event, Ledgered.Created):
        """The cooperative holds this account; a company's own IBAN is public."""

        TOPIC = "bank-account.opened.v1"
        account: str

    Created = Opened

    class OpeningRecorded(Event):
        """The account stood at this balance before its first statement here."""

        TOPIC = "bank-account.opening-recorded.v1"
        booked_on: date
        balance_c: int

        def apply(self, account: BankAccount) -> None:
            """Let the first statement continue from here."""
            account.closing_c = self.balance_c

    class StatementImported(Event):
        """The bank reported these entries between these balances; `sequence` is (year, number)."""

        TOPIC = "bank-account.statement-imported.v1"
        statement: str
        sequence: tuple[int, int] | None
        from_on: date
        to_on: date
        opening_c: int
        closing_c: int
        entries: int
        file_sha256: str

        def apply(self, account: BankAccount) -> None:
            """Let the next statement continue from here."""
            account.closing_c = self.closing_c
            numbered = {_series(self.statement): self.sequence} if self.sequence else {}
            account.last_numbers = {**account.last_numbers, **numbered}
            figures = StatementFigures(self.opening_c, self.closing_c, self.entries)
            account.statements = {**account.statements, self.statement: figures}

    def record_opening(self, stamp: Stamp, *, balance_c: int, booked_on: date) -> None:
        """Record the balance before the first statement, once."""
        if self.closing_c is not None:
            raise OpeningAlreadyRecorded(balance_c=self.closing_c)
        require_holdable(balance_c)
        self.note(
            self.OpeningRecorded, stamp, entity_id=self.entity_id, balance_c=balance_c, booked_on=booked_on
        )

    def knows(self, statement: str, figures: StatementFigures) -> bool:
        """Tell whether this statement was imported; raises StatementContradicts if it differed."""
        known = self.statements.get(statement)
        if known is not None and known != figures:
            raise StatementContradicts(statement=statement, then=tuple(known), now=tuple(figures))
        return known is not None

    def import_statement(
        self,
        stamp: Stamp,
        *,
        statement: str,
        sequence: tuple[int, int] | None,
        from_on: date,
        to_on: date,
        figures: StatementFigures,
        entries_sum_c: int,
        file_sha256: str,
    ) -> None:
        """Take the next statement: it balances, and continues where the last one ended."""
        if figures.opening_c + entries_sum_c != figures.closing_c:
            raise StatementDoesNotBalance(statement=statement, **figures._asdict())
        if self.closing_c is None:
            raise OpeningMissing(opening_c=figures.opening_c)
        last = self.last_numbers.get(_series(statement))
        if figures.opening_c != self.closing_c or _skips(last, sequence):
            raise StatementMissing(
                statement=statement,
                last_closing_c=self.closing_c,
                opening_c=figures.opening_c,
                last_sequence=last,
                sequence=sequence,
            )
        self.note(
            self.StatementImported,
            stamp,
            entity_id=self.entity_id,
            statement=statement,
            sequence=sequence,
            from_on=from_on,
            to_on=to_on,
            file_sha256=file_sha256,
            **figures._asdict(),
        )


def _series(statement: str) -> str:
    """Return which numbers a statement's identity counts in: `legal:2026/12` is one of the legal ones.

    A bank may give a legal number only to statements with entries and an electronic one to all.
    """
    kind, colon, _ = statement.partition(":")
    return kind if colon else ""


def _skips(last: tuple[int, int] | None, sequence: tuple[int, int] | None) -> bool:
    """Tell whether a number is not the one after the last of its series.

    A bank may count on over the years, or begin again at 1 with the year.
    """
    if sequence is None or last is None:
        return False
    (year, number), (last_year, last_number) = sequence, last
    follows = year >= last_year and number == last_number + 1
    return not (follows or (year > last_year and number == 1))
