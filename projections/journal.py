"""The journal: every fact that moves money as a balanced entry, and what each account stands at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from psycopg import Cursor
from psycopg.rows import TupleRow

from domain.aggregates.legal_entity import LegalEntity
from projections.booking import AdoptedRules, posted_kinds
from projections.dated_sums import COUNTS, Axis, DatedSums, Moved, Past
from projections.read_model import Page, ReadModel, Table, on
from projections.reader import Reader

ENTRIES = Table(
    "journal_entry",
    (
        """
        CREATE TABLE journal_entry (
            position bigint,
            rule_version integer,
            entity_id uuid NOT NULL,
            journal text NOT NULL,
            document_id uuid NOT NULL,
            booked_on date NOT NULL,
            effective_on date NOT NULL,
            year_end boolean NOT NULL,
            PRIMARY KEY (position, rule_version)
        )
        """,
    ),
    "SELECT * FROM journal_entry ORDER BY position, rule_version",
)
# Entity and days stand in the line too: sums over lines are what the journal is asked most.
LINES = Table(
    "journal_line",
    (
        """
        CREATE TABLE journal_line (
            position bigint,
            rule_version integer,
            line_no integer,
            entity_id uuid NOT NULL,
            account text NOT NULL,
            debit_c bigint NOT NULL CHECK (debit_c >= 0),
            credit_c bigint NOT NULL CHECK (credit_c >= 0),
            activity_id uuid,
            fund_id uuid,
            booked_on date NOT NULL,
            effective_on date NOT NULL,
            year_end boolean NOT NULL,
            PRIMARY KEY (position, rule_version, line_no),
            CHECK ((debit_c = 0) <> (credit_c = 0))
        )
        """,
        "CREATE INDEX journal_line_of_account ON journal_line (entity_id, account, position)",
        """
        CREATE INDEX journal_line_of_activity ON journal_line (activity_id, position)
        WHERE activity_id IS NOT NULL
        """,
        """
        CREATE FUNCTION refuse_unbalanced_entries() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF EXISTS (
                SELECT FROM written GROUP BY position, rule_version, entity_id
                HAVING sum(debit_c) <> sum(credit_c)
            ) THEN
                RAISE EXCEPTION 'a journal entry does not balance' USING ERRCODE = 'check_violation';
            END IF;
            RETURN NULL;
        END
        $$
        """,
        # Once a statement: whole entries are written by one COPY.
        """
        CREATE TRIGGER entries_balance AFTER INSERT ON journal_line REFERENCING NEW TABLE AS written
            FOR EACH STATEMENT EXECUTE FUNCTION refuse_unbalanced_entries()
        """,
    ),
    "SELECT * FROM journal_line ORDER BY position, rule_version, line_no",
)
RULES = AdoptedRules("journal_rules")
BALANCES = DatedSums(
    movements="journal_line",
    sums="account_balance",
    key={"entity_id": "uuid", "account": "text", "year_end": "boolean"},
    amounts=("debit_c", "credit_c"),
    also="(%(entity_id)s::uuid IS NULL OR s.entity_id = %(entity_id)s) "
    "AND (%(account)s::text IS NULL OR s.account = %(account)s) "
    "AND (%(year_end)s::boolean IS NULL OR s.year_end = %(year_end)s)",
)

_ADD_ENTRY = """
    COPY journal_entry (
        position, rule_version, entity_id, journal, document_id, booked_on, effective_on, year_end
    ) FROM STDIN
"""
_ADD_LINE = """
    COPY journal_line (
        position, rule_version, line_no, entity_id, account, debit_c, credit_c, activity_id, fund_id,
        booked_on, effective_on, year_end
    ) FROM STDIN
"""


class JournalPage(Page):
    """Books each fact of a page."""

    def __init__(self, cursor: Cursor[TupleRow]) -> None:
        """Begin with the posting rules adopted so far."""
        super().__init__(cursor)
        self._booking = RULES.load(cursor)
        self._moved = Moved()

    @on(LegalEntity.PostingRulesAdopted)
    def _adopted(self, _: int, event: LegalEntity.PostingRulesAdopted) -> None:
        self.add(RULES.copy, *self._booking.adopt_fact(event))

    @on(*posted_kinds())
    def _posted(self, position: int, event: Any) -> None:
        booked = self._booking.entry(event)
        if booked is None:
            return
        version, entry = booked
        days = (entry.booked_on, entry.effective_on, entry.year_end)
        self.add(_ADD_ENTRY, position, version, entry.entity_id, entry.journal, entry.document_id, *days)
        for line_no, line in enumerate(entry.lines, start=1):
            amounts = (line.debit_c, line.credit_c)
            tags = (line.activity_id, line.fund_id)
            self.add(
                _ADD_LINE, position, version, line_no, entry.entity_id, line.account, *amounts, *tags, *days
            )
            self._moved.add((entry.entity_id, line.account, entry.year_end), position, *amounts)

    def write(self) -> None:
        """Write entries and lines, then what they move."""
        super().write()
        BALANCES.write(self.cursor, self._moved.by_key)


JOURNAL = ReadModel("journal", 2, (RULES.table, ENTRIES, LINES, *BALANCES.tables), JournalPage)


@dataclass(frozen=True)
class PostedLine:
    """One line of the journal, with the place in the log of the fact it comes from.

    What is booked at `year_end` belongs to a fiscal year, and to no month's digest. `code` is what the
    entity called the account on the booking day.
    """

    position: int
    rule_version: int
    line_no: int
    entity_id: UUID
    journal: str
    document_id: UUID
    booked_on: date
    effective_on: date
    account: str
    debit_c: int
    credit_c: int
    activity_id: UUID | None
    fund_id: UUID | None
    year_end: bool
    code: str


_POSTED_LINES = f"""
    SELECT l.position, l.rule_version, line_no, l.entity_id, journal, document_id, l.booked_on,
        l.effective_on, account, debit_c, credit_c, activity_id, fund_id, l.year_end, coalesce((
            SELECT code FROM account_code AS c
            WHERE c.entity_id = l.entity_id AND c.account = l.account AND c.valid_from <= l.booked_on
                AND c.position <= coalesce(%(known_at)s::bigint, 9223372036854775807)
            ORDER BY c.valid_from DESC, c.position DESC LIMIT 1
        ), account) AS code
    FROM (
        SELECT * FROM journal_line
        WHERE (%(entity_id)s::uuid IS NULL OR entity_id = %(entity_id)s)
            AND (%(account)s::text IS NULL OR account = %(account)s)
            AND (%(activity_id)s::uuid IS NULL OR activity_id = %(activity_id)s)
            AND (position, line_no) > (%(after_position)s, %(after_line)s)
            AND {COUNTS}
        ORDER BY position, rule_version, line_no LIMIT %(limit)s
    ) AS l JOIN journal_entry USING (position, rule_version)
    ORDER BY l.position, l.rule_version, line_no
"""  # noqa: S608 - COUNTS is a constant


def journal_lines(
    reader: Reader,
    *,
    entity_id: UUID | None = None,
    account: str | None = None,
    activity_id: UUID | None = None,
    as_of: date | None = None,
    known_at: int | None = None,
    axis: Axis = Axis.BOOKED,
    limit: int = 100,
    after: tuple[int, int] = (0, 0),
) -> list[PostedLine]:
    """Return the lines behind a figure in the order of the log, at most `limit`.

    `after` is (position, line_no) of the last line seen.
    """
    return reader.rows(
        PostedLine,
        _POSTED_LINES,
        entity_id=entity_id,
        account=account,
        activity_id=activity_id,
        after_position=after[0],
        after_line=after[1],
        limit=limit,
        **Past(as_of, known_at, axis).values(),
    )
