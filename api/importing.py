"""Importing a bank file: its statements as one command, then receipts by their structured reference.

An amount alone may suggest an invoice and never makes a match. A file is one command: it is
imported whole or not at all, and importing it again changes nothing. Its bytes are kept, sealed, under
the SHA-256 that the facts name.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import groupby
from uuid import UUID

from api.services import Services
from domain.aggregates.bank_account import BankAccount
from domain.aggregates.bank_line import BankLine
from domain.errors import RuleBroken, UnknownBankAccount
from domain.facts import Stamp
from domain.ledger import bank
from domain.ledger.bank import ReportedEntry, ReportedStatement
from domain.ledger.books import Books
from domain.personal import Retention
from eventstore.desk import Caller
from eventstore.errors import PositionNotReached
from eventstore.store import Outcome
from interchange.camt053 import BankEntry, BankFile, BankStatement, read_camt053
from projections.bank_lines import BANK_LINES, LineOfBank, unallocated_lines
from projections.receivables import RECEIVABLES, Receivable, open_receivables
from projections.suggestions import Reason, suggest

PATIENCE_S = 10.0
MOST_SUGGESTIONS = 5
READ = (BANK_LINES.name, RECEIVABLES.name)

ByAccount = dict[str, list[ReportedStatement]]


@dataclass(frozen=True, slots=True)
class Allocated:
    """A receipt, or part of it, that was set against the invoice whose reference it bears."""

    line_id: UUID
    invoice_id: UUID
    amount_c: int
    position: int


@dataclass(frozen=True, slots=True)
class Suggested:
    """An open invoice that a receipt may be meant for, and why."""

    invoice_id: UUID
    invoice_no: str
    reasons: tuple[Reason, ...]
    amount_c: int


@dataclass(frozen=True, slots=True)
class Waiting:
    """A receipt of which something is left for a person to decide on, the likeliest invoice first.

    `refusal` is the code of the rule that kept it from the invoice whose reference it bears.
    """

    line_id: UUID
    left_c: int
    suggestions: tuple[Suggested, ...]
    refusal: str | None


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What importing a file did: `known` of its statements had been imported before.

    `warnings` are sentences about the file; `position` is that of the last fact recorded.
    """

    position: int
    file_sha256: str
    statements: int
    known: int
    new_lines: int
    allocated: tuple[Allocated, ...]
    waiting: tuple[Waiting, ...]
    warnings: tuple[str, ...]


def import_file(services: Services, caller: Caller, content: bytes, *, key: str) -> ImportReport:
    """Import a camt.053 file and allocate what its references say.

    `key` is the Idempotency-Key, or the SHA-256 of the file. Raises BankFileRefused, a refusal of
    the bank's rules, or PositionNotReached if what was recorded cannot be read back yet; asking
    again with the same key then goes on with the allocations.
    """
    file = read_camt053(content)
    by_account = _reported(services, file)
    _keep(services, content, by_account)
    outcome = services.desk.perform(
        caller,
        operation="bank-statement.import",
        key=key,
        body=file.sha256.encode(),
        effective_on=services.business_day(services.clock()),
        run=lambda books, stamp: _import(books, stamp, by_account),
    )
    if not services.reader.wait_for(outcome.position, *READ, timeout=PATIENCE_S):
        raise PositionNotReached(position=outcome.position)
    new = {each.event.originator_id for each in outcome.facts if isinstance(each.event, BankLine.Imported)}
    taken = sum(isinstance(each.event, BankAccount.StatementImported) for each in outcome.facts)
    allocated, waiting = _allocate(services, caller, _lines_of(by_account))
    return ImportReport(
        position=max([outcome.position, *(each.position for each in allocated)]),
        file_sha256=file.sha256,
        statements=len(file.statements),
        known=len(file.statements) - taken,
        new_lines=len(new),
        allocated=allocated,
        waiting=waiting,
        warnings=file.warnings,
    )


def _keep(services: Services, content: bytes, by_account: ByAccount) -> None:
    """Keep the file for each of its accounts, before a fact names it by its hash.

    A file of an account that is not ours, such as somebody's own, is refused and not kept.
    """
    for account in by_account:
        if not services.log.stream(bank.account_id_of(account)):
            raise UnknownBankAccount(account=account)
    for account in by_account:
        services.documents.keep(content, bank.account_id_of(account), Retention.ACCOUNTING)


def _import(books: Books, stamp: Stamp, by_account: ByAccount) -> None:
    for account, statements in by_account.items():
        bank.import_statements(books, stamp, account=account, statements=statements)


def _reported(services: Services, file: BankFile) -> ByAccount:
    """Return the statements by account, each counterparty with its pseudonym."""
    ordered = sorted(file.statements, key=lambda statement: statement.account)
    return {
        account: [_statement(services, each, file.sha256) for each in statements]
        for account, statements in groupby(ordered, key=lambda statement: statement.account)
    }


def _statement(services: Services, said: BankStatement, sha256: str) -> ReportedStatement:
    numbered = said.sequence is not None and said.sequence_year is not None
    return ReportedStatement(
        identity=said.identity,
        sequence=(said.sequence_year, said.sequence) if numbered else None,  # type: ignore[arg-type]
        from_on=said.from_on,
        to_on=said.to_on,
        opening_c=said.opening_c,
        closing_c=said.closing_c,
        entries=tuple(_entry(services, said, entry) for entry in said.entries),
        file_sha256=sha256,
    )


def _entry(services: Services, statement: BankStatement, said: BankEntry) -> ReportedEntry:
    return ReportedEntry(
        key=said.key,
        on=said.booked_on,
        value_on=said.value_on,
        amount_c=said.amount_c,
        references=said.references,
        subject_id=services.pseudonym(_counterparty(statement, said)),
        counterparty_name=said.counterparty_name,
        counterparty_iban=said.counterparty_iban,
        remittance=said.remittance,
    )


def _counterparty(statement: BankStatement, said: BankEntry) -> str:
    """Name who stands behind an entry as well as the bank tells: account, name, or the entry itself."""
    if said.counterparty_iban:
        return f"iban:{''.join(said.counterparty_iban.split()).upper()}"
    if said.counterparty_name:
        return f"name:{' '.join(said.counterparty_name.split()).casefold()}"
    return f"entry:{statement.account}:{statement.identity}:{said.key}"


def _lines_of(by_account: ByAccount) -> set[UUID]:
    return {
        bank.line_id(bank.account_id_of(account), statement.identity, entry.key)
        for account, statements in by_account.items()
        for statement in statements
        for entry in statement.entries
    }


def _allocate(
    services: Services, caller: Caller, line_ids: set[UUID]
) -> tuple[tuple[Allocated, ...], tuple[Waiting, ...]]:
    """Allocate each receipt that bears the reference of one open invoice; say what waits."""
    lines = [line for line in unallocated_lines(services.reader) if line.line_id in line_ids]
    still_open = {invoice.invoice_id: invoice for invoice in open_receivables(services.reader)}
    allocated: list[Allocated] = []
    waiting: list[tuple[LineOfBank, str | None]] = []
    for line in lines:
        left, refusal = line, None
        invoice = _only(each for each in still_open.values() if _pays(line, each))
        if invoice is not None:
            amount_c = min(line.left_c, invoice.open_c)
            try:
                outcome = _allocate_one(services, caller, line, invoice, amount_c)
            except RuleBroken as refused:
                refusal = refused.code
            else:
                allocated.append(Allocated(line.line_id, invoice.invoice_id, amount_c, outcome.position))
                left = replace(line, left_c=line.left_c - amount_c)
                still_open[invoice.invoice_id] = replace(invoice, open_c=invoice.open_c - amount_c)
        if left.left_c:
            waiting.append((left, refusal))
    candidates = [invoice for invoice in still_open.values() if invoice.open_c]
    return tuple(allocated), tuple(_waiting(line, refusal, candidates) for line, refusal in waiting)


def _waiting(line: LineOfBank, refusal: str | None, candidates: list[Receivable]) -> Waiting:
    same = [invoice for invoice in candidates if invoice.entity_id == line.entity_id]
    suggestions = tuple(
        Suggested(each.invoice.invoice_id, each.invoice.invoice_no, each.reasons, each.amount_c)
        for each in suggest(line, same)[:MOST_SUGGESTIONS]
    )
    return Waiting(line.line_id, line.left_c, suggestions, refusal)


def _allocate_one(
    services: Services, caller: Caller, line: LineOfBank, invoice: Receivable, amount_c: int
) -> Outcome:
    return services.desk.perform(
        caller,
        operation="receipt.allocate",
        key=f"by reference {line.line_id} {invoice.invoice_id}",
        body=f"{line.line_id} {invoice.invoice_id}".encode(),
        effective_on=line.entry_on,
        run=lambda books, stamp: bank.allocate_receipt(
            books, stamp, bank_line_id=line.line_id, invoice_id=invoice.invoice_id, amount_c=amount_c
        ),
    )


def _pays(line: LineOfBank, invoice: Receivable) -> bool:
    """Tell whether a receipt names this invoice and no other: one of several has no amount of its own."""
    same_entity = invoice.entity_id == line.entity_id
    return same_entity and invoice.open_c > 0 and line.references == (invoice.reference,)


def _only(found: Iterable[Receivable]) -> Receivable | None:
    """Return the one that was found; none if there are several, for a choice is a person's."""
    several = list(found)
    return several[0] if len(several) == 1 else None
