"""The bank: open an account, import its statements, allocate receipts to invoices."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from domain.aggregates.activity import Activity
from domain.aggregates.bank_account import BankAccount, StatementFigures
from domain.aggregates.bank_line import BankLine
from domain.aggregates.invoice import Invoice
from domain.aggregates.legal_entity import LegalEntity
from domain.errors import EmptyText, OtherEntity, UnknownBankAccount
from domain.facts import Stamp
from domain.ids import derived_id
from domain.ledger.books import Books
from domain.ledger.contributions import Cause, collect, follow_invoice
from domain.ledger.doubts import make_room
from domain.ledger.periods import booking_date
from domain.money import require_holdable


@dataclass(frozen=True)
class ReportedEntry:
    """One booked entry as the bank reports it; `subject_id` is the counterparty's pseudonym.

    `key` is unique within its statement; money out is negative.
    """

    key: str
    on: date
    value_on: date | None
    amount_c: int
    references: tuple[str, ...]
    subject_id: UUID
    counterparty_name: str
    counterparty_iban: str
    remittance: str


@dataclass(frozen=True)
class ReportedStatement:
    """One statement as the bank reports it; `identity` is what the bank calls it."""

    identity: str
    sequence: tuple[int, int] | None
    from_on: date
    to_on: date
    opening_c: int
    closing_c: int
    entries: tuple[ReportedEntry, ...]
    file_sha256: str

    @property
    def figures(self) -> StatementFigures:
        """What must be equal when the same statement comes again."""
        return StatementFigures(self.opening_c, self.closing_c, len(self.entries))


def account_id_of(account: str) -> UUID:
    """Return the id of the cooperative's bank account with that IBAN or number."""
    return derived_id("bank-account", account)


def line_id(account_id: UUID, statement: str, entry: str) -> UUID:
    """Return the id of the one bank line of that account, statement and entry."""
    return derived_id("bank-line", account_id, statement, entry)


def open_bank_account(
    books: Books, stamp: Stamp, *, entity_id: UUID, account: str, balance_c: int, balance_on: date
) -> None:
    """Open an account of the cooperative with the balance its first statement continues from."""
    books.get(LegalEntity, entity_id)
    if not account.strip():
        raise EmptyText(field="account")
    opened = BankAccount.begin(stamp, id=account_id_of(account), entity_id=entity_id, account=account)
    books.record(opened)
    opened.record_opening(stamp, balance_c=balance_c, booked_on=booking_date(books, entity_id, balance_on))


def import_statements(
    books: Books, stamp: Stamp, *, account: str, statements: Sequence[ReportedStatement]
) -> None:
    """Import the statements of one account in their order, each entry once for ever.

    A statement imported before is passed over; one that does not balance or continue refuses all.
    """
    account_id = account_id_of(account)
    held = books.find(BankAccount, account_id)
    if held is None:
        raise UnknownBankAccount(account=account)
    for statement in statements:
        require_holdable(
            statement.opening_c, statement.closing_c, *(each.amount_c for each in statement.entries)
        )
        if not held.knows(statement.identity, statement.figures):
            _import_one(books, stamp.dated(statement.to_on), held, statement)


def allocate_receipt(
    books: Books,
    stamp: Stamp,
    *,
    bank_line_id: UUID,
    invoice_id: UUID,
    amount_c: int,
    despite_reference: bool = False,
) -> None:
    """Set part of a receipt against an invoice; its activity and the funds collect their parts of it."""
    line = books.get(BankLine, bank_line_id)
    invoice = books.get(Invoice, invoice_id)
    if line.entity_id != invoice.entity_id:
        raise OtherEntity(bank_line_id=bank_line_id, invoice_id=invoice_id)
    line.allocate(
        stamp,
        invoice_id=invoice_id,
        reference=invoice.reference,
        amount_c=amount_c,
        despite_reference=despite_reference,
    )
    make_room(books, stamp, invoice=invoice, amount_c=amount_c)
    booked_on, before = booking_date(books, line.entity_id, stamp.effective_on), invoice.settlement
    settled = invoice.receive(stamp, line_id=bank_line_id, amount_c=amount_c, booked_on=booked_on)
    follow_invoice(
        books,
        stamp,
        invoice=invoice,
        before=before,
        after=invoice.settlement,
        cause=Cause(invoice_id, invoice_id, booked_on),
    )
    if settled.net_c:
        activity = books.get(Activity, invoice.activity_id)
        activity.settle(stamp, document_id=invoice_id, net_c=settled.net_c)
    for part in settled.fund_parts:
        collect(books, stamp, part, activity_id=invoice.activity_id, document_id=invoice_id)


def _import_one(books: Books, stamp: Stamp, held: BankAccount, statement: ReportedStatement) -> None:
    held.import_statement(
        stamp,
        statement=statement.identity,
        sequence=statement.sequence,
        from_on=statement.from_on,
        to_on=statement.to_on,
        figures=statement.figures,
        entries_sum_c=sum(entry.amount_c for entry in statement.entries),
        file_sha256=statement.file_sha256,
    )
    for entry in statement.entries:
        books.record(
            BankLine.begin(
                stamp.dated(entry.on),
                id=line_id(held.id, statement.identity, entry.key),
                entity_id=held.entity_id,
                booked_on=booking_date(books, held.entity_id, entry.on),
                account_id=held.id,
                statement=statement.identity,
                amount_c=entry.amount_c,
                value_on=entry.value_on,
                references=entry.references,
                subject_id=entry.subject_id,
                entry=entry.key,
                counterparty_name=entry.counterparty_name,
                counterparty_iban=entry.counterparty_iban,
                remittance=entry.remittance,
            )
        )
