"""Bank lines: what the bank booked, what it was set against, and what waits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from domain.aggregates.bank_account import BankAccount
from domain.aggregates.bank_line import BankLine
from projections.read_model import Page, ReadModel, Table, on
from projections.reader import Reader

STATEMENTS = Table(
    "bank_statement",
    (
        """
        CREATE TABLE bank_statement (
            position bigint PRIMARY KEY,
            account_id uuid NOT NULL,
            statement text NOT NULL,
            entity_id uuid NOT NULL,
            sequence_year integer,
            sequence_no integer,
            from_on date NOT NULL,
            to_on date NOT NULL,
            opening_c bigint NOT NULL,
            closing_c bigint NOT NULL,
            entries integer NOT NULL,
            file_sha256 text NOT NULL
        )
        """,
    ),
    "SELECT * FROM bank_statement ORDER BY position",
)
LINES = Table(
    "bank_line",
    (
        """
        CREATE TABLE bank_line (
            line_id uuid PRIMARY KEY,
            entity_id uuid NOT NULL,
            account_id uuid NOT NULL,
            statement text NOT NULL,
            entry_on date NOT NULL,
            booked_on date NOT NULL,
            value_on date,
            amount_c bigint NOT NULL,
            left_c bigint NOT NULL,
            reference_numbers text[] NOT NULL,
            position bigint NOT NULL
        )
        """,
        "CREATE INDEX bank_line_waiting ON bank_line (entity_id, position) WHERE left_c <> 0",
    ),
    "SELECT * FROM bank_line ORDER BY line_id",
)
PARTIES = Table(
    "bank_line_party",
    (
        """
        CREATE TABLE bank_line_party (
            line_id uuid PRIMARY KEY,
            entry text NOT NULL,
            counterparty_name text NOT NULL,
            counterparty_iban text NOT NULL,
            remittance text NOT NULL
        )
        """,
    ),
    None,
)
ALLOCATIONS = Table(
    "bank_allocation",
    (
        """
        CREATE TABLE bank_allocation (
            position bigint PRIMARY KEY,
            line_id uuid NOT NULL,
            invoice_id uuid NOT NULL,
            amount_c bigint NOT NULL,
            allocated_on date NOT NULL,
            allocated_by text NOT NULL
        )
        """,
        "CREATE INDEX bank_allocation_of_line ON bank_allocation (line_id)",
        "CREATE INDEX bank_allocation_of_invoice ON bank_allocation (invoice_id)",
    ),
    "SELECT * FROM bank_allocation ORDER BY position",
)

HELD = Table(
    "bank_overpayment",
    (
        """
        CREATE TABLE bank_overpayment (
            position bigint PRIMARY KEY,
            entity_id uuid NOT NULL,
            line_id uuid NOT NULL,
            client_id uuid NOT NULL,
            amount_c bigint NOT NULL
        )
        """,
        "CREATE INDEX bank_overpayment_of_line ON bank_overpayment (line_id, client_id)",
    ),
    "SELECT * FROM bank_overpayment ORDER BY position",
)

_ADD_HELD = "COPY bank_overpayment (position, entity_id, line_id, client_id, amount_c) FROM STDIN"
_ADD_STATEMENT = """
    COPY bank_statement (
        account_id, statement, entity_id, sequence_year, sequence_no, from_on, to_on, opening_c,
        closing_c, entries, file_sha256, position
    ) FROM STDIN
"""
_ADD_LINE = """
    COPY bank_line (
        line_id, entity_id, account_id, statement, entry_on, booked_on, value_on, amount_c, left_c,
        reference_numbers, position
    ) FROM STDIN
"""
_ADD_PARTY = """
    COPY bank_line_party (line_id, entry, counterparty_name, counterparty_iban, remittance) FROM STDIN
"""
_ADD_ALLOCATION = """
    COPY bank_allocation (position, line_id, invoice_id, amount_c, allocated_on, allocated_by) FROM STDIN
"""
_LEAVE_MORE = """
    UPDATE bank_line SET left_c = left_c + gained.amount_c
    FROM unnest(%s::uuid[], %s::bigint[]) AS gained (id, amount_c) WHERE line_id = gained.id
"""


class BankLinesPage(Page):
    """Takes bank lines in, and what they are set against."""

    @on(BankAccount.StatementImported)
    def _statement(self, position: int, event: BankAccount.StatementImported) -> None:
        sequence = event.sequence or (None, None)
        figures = (event.from_on, event.to_on, event.opening_c, event.closing_c, event.entries)
        key = (event.originator_id, event.statement)
        self.add(_ADD_STATEMENT, *key, event.entity_id, *sequence, *figures, event.file_sha256, position)

    @on(BankLine.Imported)
    def _imported(self, position: int, event: BankLine.Imported) -> None:
        line_id = event.originator_id
        whose = (event.entity_id, event.account_id, event.statement)
        days = (event.effective_on, event.booked_on, event.value_on)
        references = list(event.references)
        self.add(_ADD_LINE, line_id, *whose, *days, event.amount_c, event.amount_c, references, position)
        party = (event.counterparty_name, event.counterparty_iban, event.remittance)
        self.add(_ADD_PARTY, line_id, event.entry, *party)

    @on(BankLine.Allocated)
    def _allocated(self, position: int, event: BankLine.Allocated) -> None:
        line_id = event.originator_id
        self.add_amount(_LEAVE_MORE, line_id, -event.amount_c)
        row = (line_id, event.invoice_id, event.amount_c, event.effective_on, event.actor)
        self.add(_ADD_ALLOCATION, position, *row)

    @on(BankLine.AllocationUndone)
    def _undone(self, position: int, event: BankLine.AllocationUndone) -> None:
        self.add_amount(_LEAVE_MORE, event.originator_id, event.amount_c)
        self._pays_less(position, event)

    @on(BankLine.OtherAllocationUndone)
    def _other_undone(self, _: int, event: BankLine.OtherAllocationUndone) -> None:
        self.add_amount(_LEAVE_MORE, event.originator_id, event.amount_c)

    @on(BankLine.AllocationReturned)
    def _returned(self, position: int, event: BankLine.AllocationReturned) -> None:
        self._pays_less(position, event)

    def _pays_less(
        self, position: int, event: BankLine.AllocationUndone | BankLine.AllocationReturned
    ) -> None:
        """The allocation stays visible; what was taken back of it stands below it."""
        row = (event.originator_id, event.invoice_id, -event.amount_c, event.effective_on, event.actor)
        self.add(_ADD_ALLOCATION, position, *row)

    @on(
        BankLine.AllocatedToShares,
        BankLine.AllocatedToFund,
        BankLine.AllocatedToRecovery,
        BankLine.AllocatedToDeficit,
        BankLine.AllocatedToPayeeDebt,
        BankLine.PayoutReturned,
        BankLine.AllocatedToLateClaim,
        BankLine.UnallocatedReturned,
    )
    def _allocated_elsewhere(
        self,
        _: int,
        event: BankLine.AllocatedToShares
        | BankLine.AllocatedToFund
        | BankLine.AllocatedToRecovery
        | BankLine.AllocatedToDeficit
        | BankLine.AllocatedToPayeeDebt
        | BankLine.PayoutReturned
        | BankLine.AllocatedToLateClaim
        | BankLine.UnallocatedReturned,
    ) -> None:
        self.add_amount(_LEAVE_MORE, event.originator_id, -event.amount_c)

    @on(
        BankLine.PaymentCleared,
        BankLine.PaymentReturned,
        BankLine.OtherPaymentReturned,
        BankLine.ReceiptReturned,
        BankLine.FeeRecorded,
    )
    def _explained(self, _: int, event: Any) -> None:
        self.add_amount(_LEAVE_MORE, event.originator_id, event.amount_c)

    @on(BankLine.FeeReversed, BankLine.ClearingUndone, BankLine.ReturnUndone)
    def _explained_no_longer(self, _: int, event: Any) -> None:
        self.add_amount(_LEAVE_MORE, event.originator_id, -event.amount_c)

    @on(BankLine.Regained)
    def _regained(self, _: int, event: BankLine.Regained) -> None:
        self.add_amount(_LEAVE_MORE, event.originator_id, event.amount_c)

    @on(BankLine.OverpaymentHeld)
    def _held(self, position: int, event: BankLine.OverpaymentHeld) -> None:
        self.add_amount(_LEAVE_MORE, event.originator_id, -event.amount_c)
        self._hold(position, event, event.amount_c)

    @on(BankLine.OverpaymentReleased)
    def _released(self, position: int, event: BankLine.OverpaymentReleased) -> None:
        self.add_amount(_LEAVE_MORE, event.originator_id, event.amount_c)
        self._hold(position, event, -event.amount_c)

    @on(BankLine.RefundOrdered)
    def _refunded(self, position: int, event: BankLine.RefundOrdered) -> None:
        self._hold(position, event, -event.amount_c)

    @on(BankLine.RefundWithdrawn)
    def _not_refunded(self, position: int, event: BankLine.RefundWithdrawn) -> None:
        self._hold(position, event, event.amount_c)

    def _hold(self, position: int, event: Any, amount_c: int) -> None:
        self.add(_ADD_HELD, position, event.entity_id, event.originator_id, event.client_id, amount_c)


BANK_LINES = ReadModel("bank_lines", 11, (STATEMENTS, LINES, PARTIES, ALLOCATIONS, HELD), BankLinesPage)


@dataclass(frozen=True)
class LineOfBank:
    """One bank line, in cents; `left_c` is what of it is not yet explained, below zero for money out.

    `references` are the valid structured references it bears; the counterparty's particulars read
    as erased once they were.
    """

    line_id: UUID
    entity_id: UUID
    account_id: UUID
    statement: str
    entry_on: date
    booked_on: date
    value_on: date | None
    amount_c: int
    left_c: int
    references: tuple[str, ...]
    counterparty_name: str
    counterparty_iban: str
    remittance: str
    position: int

    def __post_init__(self) -> None:
        """Keep the references as they come from the database unchangeable."""
        object.__setattr__(self, "references", tuple(self.references))


@dataclass(frozen=True)
class Allocation:
    """Part of a receipt that was set against an invoice, in cents."""

    position: int
    line_id: UUID
    invoice_id: UUID
    amount_c: int
    allocated_on: date
    allocated_by: str


@dataclass(frozen=True)
class Statement:
    """One imported bank statement with its balances, in cents."""

    account_id: UUID
    statement: str
    entity_id: UUID
    sequence_year: int | None
    sequence_no: int | None
    from_on: date
    to_on: date
    opening_c: int
    closing_c: int
    entries: int
    file_sha256: str
    position: int


_LINES = """
    SELECT line_id, entity_id, account_id, statement, entry_on, booked_on, value_on, amount_c, left_c,
        reference_numbers AS "references", counterparty_name, counterparty_iban, remittance, position
    FROM bank_line JOIN bank_line_party USING (line_id)
"""
_UNALLOCATED = f"""
    {_LINES} WHERE left_c > 0 AND (%(entity_id)s::uuid IS NULL OR entity_id = %(entity_id)s)
    ORDER BY position
"""
_UNEXPLAINED = f"""
    {_LINES} WHERE left_c <> 0 AND (%(entity_id)s::uuid IS NULL OR entity_id = %(entity_id)s)
    ORDER BY position
"""
_LINES_OF = f"""
    {_LINES} WHERE (%(account_id)s::uuid IS NULL OR account_id = %(account_id)s)
        AND position < coalesce(%(before)s::bigint, 9223372036854775807)
    ORDER BY position DESC LIMIT %(limit)s
"""
_LINE = f"{_LINES} WHERE line_id = %(line_id)s"
_ALLOCATIONS = """
    SELECT position, line_id, invoice_id, amount_c, allocated_on, allocated_by FROM bank_allocation
    WHERE (%(line_id)s::uuid IS NULL OR line_id = %(line_id)s)
        AND (%(invoice_id)s::uuid IS NULL OR invoice_id = %(invoice_id)s)
    ORDER BY position
"""
_STATEMENTS = """
    SELECT * FROM bank_statement WHERE %(account_id)s::uuid IS NULL OR account_id = %(account_id)s
    ORDER BY position
"""


def unallocated_lines(reader: Reader, *, entity_id: UUID | None = None) -> list[LineOfBank]:
    """Return the receipts of which something waits to be allocated, the oldest first."""
    return reader.rows(LineOfBank, _UNALLOCATED, entity_id=entity_id)


def unexplained_lines(reader: Reader, *, entity_id: UUID | None = None) -> list[LineOfBank]:
    """Return the lines, money in and out, that are not yet explained whole, the oldest first."""
    return reader.rows(LineOfBank, _UNEXPLAINED, entity_id=entity_id)


def bank_lines(
    reader: Reader, *, account_id: UUID | None = None, before: int | None = None, limit: int = 100
) -> list[LineOfBank]:
    """Return the lines of an account, or of all, the latest first, from before that position on."""
    return reader.rows(LineOfBank, _LINES_OF, account_id=account_id, before=before, limit=limit)


def bank_line(reader: Reader, line_id: UUID) -> LineOfBank | None:
    """Return one bank line, or None."""
    return next(iter(reader.rows(LineOfBank, _LINE, line_id=line_id)), None)


def allocations(
    reader: Reader, *, line_id: UUID | None = None, invoice_id: UUID | None = None
) -> list[Allocation]:
    """Return what a line was set against, or which receipts paid an invoice."""
    return reader.rows(Allocation, _ALLOCATIONS, line_id=line_id, invoice_id=invoice_id)


def statements(reader: Reader, *, account_id: UUID | None = None) -> list[Statement]:
    """Return the imported statements of an account, or of all, in the order of the log."""
    return reader.rows(Statement, _STATEMENTS, account_id=account_id)
