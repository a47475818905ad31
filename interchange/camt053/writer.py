"""Writes camt.053: the bank files of demonstrations and tests, valid by the schemas of ISO 20022.

What is written reads back as the same statements. No bank is spoken to with it.
"""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from lxml import etree
from lxml.etree import _Element

from domain.errors import InvalidReference
from domain.money import split
from domain.references import parse
from interchange.camt053.keys import NOT_PROVIDED, bank_references
from interchange.camt053.records import BankEntry, BankStatement

_REMITTANCE_LENGTH = 140
_IBAN_COUNTRY = 2


class _Shape(NamedTuple):
    """What differs between the versions written here."""

    amount_in_transaction: bool
    status_as_code: bool
    party_wrapped: bool


_SHAPES = {
    "001.02": _Shape(amount_in_transaction=False, status_as_code=False, party_wrapped=False),
    "001.03": _Shape(amount_in_transaction=True, status_as_code=False, party_wrapped=False),
    "001.04": _Shape(amount_in_transaction=True, status_as_code=False, party_wrapped=False),
    "001.08": _Shape(amount_in_transaction=True, status_as_code=True, party_wrapped=True),
}
VERSIONS = tuple(_SHAPES)
"""The versions that can be written."""


def write_camt053(
    statements: Sequence[BankStatement], *, version: str, created_at: datetime, message_id: str
) -> bytes:
    """Return a bank file with these statements.

    `version` is one of `VERSIONS`; `message_id` has at most 35 characters. Raises ValueError for
    another version. Lengths are the schema's and the caller's business: names up to 140, an
    account and each reference up to 35 characters, remittance in pieces of 140.
    """
    if version not in _SHAPES:
        raise ValueError(f"camt.053.{version} is not written here, only {', '.join(VERSIONS)}")
    namespace = f"urn:iso:std:iso:20022:tech:xsd:camt.053.{version}"
    document = etree.Element(
        etree.QName(namespace, "Document"),
        nsmap={None: namespace},  # type: ignore[dict-item] # the stubs forget the default prefix
    )
    message = _below(document, "BkToCstmrStmt")
    header = _below(message, "GrpHdr")
    _below(header, "MsgId", text=message_id)
    _below(header, "CreDtTm", text=created_at.isoformat(timespec="seconds"))
    for number, statement in enumerate(statements, start=1):
        _statement(message, statement, number, created_at, _SHAPES[version])
    written: bytes = etree.tostring(document, xml_declaration=True, encoding="UTF-8", pretty_print=True)
    return written


def _statement(
    message: _Element, statement: BankStatement, number: int, created_at: datetime, shape: _Shape
) -> None:
    stmt = _below(message, "Stmt")
    kind, _, name = statement.identity.partition(":")
    _below(stmt, "Id", text=name if kind == "id" else f"{number}/{name}")
    if statement.sequence is not None:
        element = "LglSeqNb" if kind == "legal" else "ElctrncSeqNb"
        _below(stmt, element, text=str(statement.sequence))
    _below(stmt, "CreDtTm", text=created_at.isoformat(timespec="seconds"))
    period = _below(stmt, "FrToDt")
    _below(period, "FrDtTm", text=f"{statement.from_on}T00:00:00")
    _below(period, "ToDtTm", text=f"{statement.to_on}T23:59:59")
    _account(_below(stmt, "Acct"), statement.account)
    _balance(stmt, "OPBD", statement.opening_c, statement.from_on)
    _balance(stmt, "CLBD", statement.closing_c, statement.to_on)
    for entry in statement.entries:
        _entry(stmt, entry, shape)


def _balance(stmt: _Element, code: str, amount_c: int, on: date) -> None:
    balance = _below(stmt, "Bal")
    _below(balance, "Tp", "CdOrPrtry", "Cd", text=code)
    _amount(balance, amount_c)
    _direction(balance, amount_c)
    _below(balance, "Dt", "Dt", text=on.isoformat())


def _entry(stmt: _Element, entry: BankEntry, shape: _Shape) -> None:
    ntry = _below(stmt, "Ntry")
    kind, reference = bank_references(entry.key)
    if kind == "ref":
        _below(ntry, "NtryRef", text=reference)
    _amount(ntry, entry.amount_c)
    _direction(ntry, entry.amount_c)
    _below(ntry, *(("Sts", "Cd") if shape.status_as_code else ("Sts",)), text="BOOK")
    _below(ntry, "BookgDt", "Dt", text=entry.booked_on.isoformat())
    if entry.value_on:
        _below(ntry, "ValDt", "Dt", text=entry.value_on.isoformat())
    if kind == "bank":
        _below(ntry, "AcctSvcrRef", text=reference)
    domain = _below(ntry, "BkTxCd", "Domn")
    _below(domain, "Cd", text="PMNT")
    family = _below(domain, "Fmly")
    _below(family, "Cd", text="RCDT" if entry.amount_c >= 0 else "ICDT")
    _below(family, "SubFmlyCd", text="ESCT")
    if entry.transactions:
        _transactions(_below(ntry, "NtryDtls"), entry, shape)
    elif entry.remittance:
        _below(ntry, "AddtlNtryInf", text=entry.remittance)


def _transactions(details: _Element, entry: BankEntry, shape: _Shape) -> None:
    """Write as many transactions as the entry has; the first says what the entry says."""
    parts = split(abs(entry.amount_c), [1] * entry.transactions)
    for number, part_c in enumerate(parts):
        transaction = _below(details, "TxDtls")
        _references(transaction, entry.key)
        if shape.amount_in_transaction:
            _amount(transaction, part_c)
            _direction(transaction, entry.amount_c)
        else:
            _amount(_below(transaction, "AmtDtls", "TxAmt"), part_c)
        if number == 0:
            _counterparty(transaction, entry, shape)
            _remittance(transaction, entry)


def _references(transaction: _Element, key: str) -> None:
    kind, names = bank_references(key)
    end_to_end, _, own = names.partition("|") if kind == "tx" else ("", "", "")
    refs = _below(transaction, "Refs")
    _below(refs, "EndToEndId", text=end_to_end or NOT_PROVIDED)
    if own:
        _below(refs, "TxId", text=own)


def _counterparty(transaction: _Element, entry: BankEntry, shape: _Shape) -> None:
    if not (entry.counterparty_name or entry.counterparty_iban):
        return
    role = "Dbtr" if entry.amount_c >= 0 else "Cdtr"
    parties = _below(transaction, "RltdPties")
    if entry.counterparty_name:
        party = (role, "Pty") if shape.party_wrapped else (role,)
        _below(parties, *party, "Nm", text=entry.counterparty_name)
    if entry.counterparty_iban:
        _below(parties, f"{role}Acct", "Id", "IBAN", text=entry.counterparty_iban)


def _remittance(transaction: _Element, entry: BankEntry) -> None:
    if not (entry.remittance or entry.creditor_refs):
        return
    remittance = _below(transaction, "RmtInf")
    for piece in textwrap.wrap(entry.remittance, _REMITTANCE_LENGTH, break_on_hyphens=False):
        _below(remittance, "Ustrd", text=piece)
    for reference in entry.creditor_refs:
        structured = _below(remittance, "Strd", "CdtrRefInf")
        if _is_belgian(reference):
            kind = _below(structured, "Tp")
            _below(kind, "CdOrPrtry", "Cd", text="SCOR")
            _below(kind, "Issr", text="BBA")
        _below(structured, "Ref", text=reference)


def _is_belgian(reference: str) -> bool:
    try:
        parse(reference)
    except InvalidReference:
        return False
    return True


def _account(acct: _Element, account: str) -> None:
    looks_like_iban = account[:_IBAN_COUNTRY].isalpha() and account.isalnum() and account.isascii()
    path = ("Id", "IBAN") if looks_like_iban else ("Id", "Othr", "Id")
    _below(acct, *path, text=account)
    _below(acct, "Ccy", text="EUR")


def _amount(parent: _Element, amount_c: int) -> None:
    amount = _below(parent, "Amt", text=f"{abs(amount_c) // 100}.{abs(amount_c) % 100:02}")
    amount.set("Ccy", "EUR")


def _direction(parent: _Element, amount_c: int) -> None:
    _below(parent, "CdtDbtInd", text="CRDT" if amount_c >= 0 else "DBIT")


def _below(parent: _Element, *path: str, text: str = "") -> _Element:
    """Add elements, each inside the one before, in the namespace of `parent`; return the last."""
    namespace = etree.QName(parent).namespace
    for name in path:
        parent = etree.SubElement(parent, etree.QName(namespace, name))
    if text:
        parent.text = text
    return parent
