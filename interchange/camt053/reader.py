"""Reads camt.053, versions 02 to 08, as banks really write it.

The arithmetic decides, per statement: opening (OPBD, else PRCD) plus booked entries is closing
(CLBD). Files from the field often fail their schema and are right, or pass it and are wrong, so a
schema gives warnings only. A file with one bad statement is refused whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from hashlib import sha256

from lxml import etree
from lxml.etree import _Element, _ElementTree

from domain.errors import StatementDoesNotBalance
from domain.money import euros
from interchange.camt053.document import Node, parsed
from interchange.camt053.entries import ReadEntry, credited, is_booked, read_entry
from interchange.camt053.keys import with_unique_keys
from interchange.camt053.order import in_order
from interchange.camt053.records import BankEntry, BankFile, BankStatement
from interchange.errors import BalanceMissing, NoStatement, NotACamt053, StatementUnreadable

_MESSAGE = re.compile(r"(?:^|:)([a-z]{4}\.[0-9]{3}\.[0-9]{3}\.[0-9]{2})(?=:|$)")
_READABLE = frozenset(f"camt.053.001.{version:02}" for version in range(2, 9))
_OTHER_MESSAGES = {
    "camt.052": "an interim report of the day, not a statement",
    "camt.054": "a notification of debits and credits, without balances",
    "pain.001": "a payment order",
    "pain.002": "a status report on payments",
    "pain.008": "a direct debit order",
}
_NUMBER = re.compile(r"[0-9]{1,18}")
_SCHEMA_WARNINGS = 5


def read_camt053(content: bytes, schemas: Mapping[str, etree.XMLSchema] | None = None) -> BankFile:
    """Read the bytes of a bank file whole.

    `schemas` by message (`camt.053.001.02`) add what the schema objects to as warnings. Raises a
    `BankFileRefused` with reason and place, or StatementDoesNotBalance with the four figures;
    whatever the bytes are, nothing else. Text is refused as TypeError: only the bytes carry the
    encoding.
    """
    if not isinstance(content, bytes):
        raise TypeError("a bank file is read from its bytes, not from text")
    tree = parsed(content)
    message = _message(tree.getroot())
    warnings = _schema_warnings(tree, schemas[message]) if schemas and message in schemas else []
    nodes = list(Node(tree.getroot(), "file").all("BkToCstmrStmt", "Stmt"))
    if not nodes:
        raise NoStatement(message=message)
    statements = [_statement(node, number, warnings) for number, node in enumerate(nodes, start=1)]
    return BankFile(
        message=message,
        sha256=sha256(content).hexdigest(),
        statements=in_order(_without_copies(statements, warnings)),
        warnings=tuple(warnings),
    )


def _message(root: _Element) -> str:
    """Return the message a file holds; raises NotACamt053, saying what it is instead."""
    namespace = etree.QName(root).namespace or ""
    named = _MESSAGE.search(namespace)
    message = named[1] if named else ""
    if message not in _READABLE:
        what = _OTHER_MESSAGES.get(message[:8], "")
        found = message or f"<{etree.QName(root).localname[:40]}>"
        raise NotACamt053(found=f"{found}, {what}" if what else found)
    if not any(Node(root, "file").all("BkToCstmrStmt")):
        raise NotACamt053(found=f"{message} without BkToCstmrStmt")
    return message


def _schema_warnings(tree: _ElementTree, schema: etree.XMLSchema) -> list[str]:
    if schema.validate(tree):
        return []
    faults = list(schema.error_log)  # type: ignore[call-overload] # the stubs forget that it iterates
    return [f"line {fault.line} is not by the schema: {fault.message}" for fault in faults[:_SCHEMA_WARNINGS]]


def _statement(node: Node, number: int, warnings: list[str]) -> BankStatement:
    name = node.text("Id")
    node = replace(node, within=f"statement {name[:35] or number}")
    account = node.text("Acct", "Id", "IBAN").replace(" ", "").upper() or node.text(
        "Acct", "Id", "Othr", "Id"
    )
    if not account:
        raise StatementUnreadable(reason="no number of the account", place=node.place)
    currency = node.text("Acct", "Ccy")
    opening, closing = _balance(node, "OPBD", "PRCD"), _balance(node, "CLBD")
    opening_c, closing_c = _signed(opening, currency), _signed(closing, currency)
    to_on = closing.day("Dt") or node.day("FrToDt", "ToDtTm")
    if to_on is None:
        raise StatementUnreadable(reason="no date of the closing balance", place=closing.place)
    entries = [
        read_entry(ntry, account=account, currency=currency, statement_on=to_on)
        for ntry in _numbered(node.all("Ntry"))
        if is_booked(ntry)
    ]
    kind, sequence = _sequence(node)
    if not kind and not name:
        raise StatementUnreadable(reason="neither a sequence number nor an id", place=node.place)
    return BankStatement(
        account=account,
        identity=f"{kind}:{to_on.year}/{sequence}" if kind else f"id:{name}",
        sequence=sequence,
        sequence_year=to_on.year if kind else None,
        opening_c=opening_c,
        closing_c=closing_c,
        from_on=opening.day("Dt") or node.day("FrToDt", "FrDtTm") or to_on,
        to_on=to_on,
        entries=with_unique_keys(_balanced(entries, opening_c, closing_c, node.within, warnings)),
    )


def _numbered(entries: Iterable[Node]) -> Iterable[Node]:
    for number, ntry in enumerate(entries, start=1):
        yield replace(ntry, within=f"{ntry.within}, entry {number}")


def _balance(statement: Node, *codes: str) -> Node:
    """Return the first balance of the first of these types there is; raises BalanceMissing."""
    for code in codes:
        for balance in statement.all("Bal"):
            if balance.text("Tp", "CdOrPrtry", "Cd") == code:
                return balance
    raise BalanceMissing(missing=" or ".join(codes), place=statement.place)


def _signed(balance: Node, currency: str) -> int:
    """Return a balance in cents; one that says neither credit nor debit is a credit."""
    amount_c = balance.cents(currency)
    return -amount_c if credited(balance) is False else amount_c


def _sequence(statement: Node) -> tuple[str, int | None]:
    """Return kind and number of the legal sequence, else the electronic one, else nothing."""
    for kind, element in (("legal", "LglSeqNb"), ("electronic", "ElctrncSeqNb")):
        written = statement.text(element)
        if written and not _NUMBER.fullmatch(written):
            raise StatementUnreadable(reason=f"not a sequence number: {written[:40]}", place=statement.place)
        if written:
            return kind, int(written)
    return "", None


def _balanced(
    read: Sequence[ReadEntry], opening_c: int, closing_c: int, within: str, warnings: list[str]
) -> list[BankEntry]:
    """Return the entries with the signs by which they lead from opening to closing.

    CdtDbtInd says how the account moved, whether the entry reverses another or not (ISO 20022).
    Some banks let it repeat the direction of the reversed entry instead
    (github.com/OCA/bank-statement-import/issues/375): if the figures only fit so, they are read
    so, with a warning. Raises StatementDoesNotBalance if they fit neither way.
    """
    as_stated = [entry for entry, _ in read]
    mirrored = [replace(entry, amount_c=-entry.amount_c) if back else entry for entry, back in read]
    booked_c = sum(entry.amount_c for entry in as_stated)
    if opening_c + booked_c == closing_c:
        return as_stated
    if opening_c + sum(entry.amount_c for entry in mirrored) == closing_c:
        warnings.append(
            f"{within}: reversals are read with the opposite sign, as the balances show they are meant"
        )
        return mirrored
    raise StatementDoesNotBalance(
        statement=within.removeprefix("statement "),
        opening=euros(opening_c),
        entries=euros(booked_c),
        expected_closing=euros(opening_c + booked_c),
        stated_closing=euros(closing_c),
    )


def _without_copies(statements: Sequence[BankStatement], warnings: list[str]) -> list[BankStatement]:
    """Drop exact copies; raises StatementUnreadable if two statements of one identity differ."""
    known: dict[tuple[str, str], BankStatement] = {}
    for statement in statements:
        named = (statement.account, statement.identity)
        first = known.setdefault(named, statement)
        if first != statement:
            raise StatementUnreadable(
                reason="two statements of the same account and number differ", place=statement.identity
            )
        if first is not statement:
            warnings.append(f"{statement.identity} stands in the file more than once and is read once")
    return list(known.values())
