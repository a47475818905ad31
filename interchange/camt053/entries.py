"""One entry of a statement: what was booked, from whom or to whom, and what it says."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from interchange.camt053.compose import entry_of
from interchange.camt053.document import Node
from interchange.camt053.keys import own_key
from interchange.camt053.records import BankEntry
from interchange.errors import StatementUnreadable

_BOOKED = frozenset({"BOOK", ""})
_NOT_BOOKED = frozenset({"PDNG", "INFO", "FUTR"})


class ReadEntry(NamedTuple):
    """An entry, and whether the bank calls it the reversal of an earlier one."""

    entry: BankEntry
    is_reversal: bool


def is_booked(ntry: Node) -> bool:
    """Tell whether an entry counts: booked, or without a status.

    Pending, future and informational ones do not. Raises StatementUnreadable on another status.
    """
    status = ntry.text("Sts", "Cd") or ntry.text("Sts", "Prtry") or ntry.text("Sts")
    if status not in _BOOKED | _NOT_BOOKED:
        raise StatementUnreadable(reason=f"unknown status of an entry: {status[:40]}", place=ntry.place)
    return status in _BOOKED


def read_entry(ntry: Node, *, account: str, currency: str, statement_on: date) -> ReadEntry:
    """Read a booked entry; its key may not be unique yet. Raises StatementUnreadable."""
    is_credit = credited(ntry)
    if is_credit is None:
        raise StatementUnreadable(reason="an entry is neither credit nor debit", place=ntry.place)
    amount_c = ntry.cents(currency)
    is_reversal = ntry.text("RvslInd") in {"true", "1"}
    transactions = list(ntry.all("NtryDtls", "TxDtls"))
    only = transactions[0] if len(transactions) == 1 else None
    name, iban = _counterparty(
        transactions, account=account, is_credit=is_credit, may_be_mirrored=is_reversal
    )
    creditor_refs = [ref for tx in transactions for ref in tx.texts("RmtInf", "Strd", "CdtrRefInf", "Ref")]
    entry = entry_of(
        key=own_key(
            reference=ntry.text("NtryRef"),
            bank_reference=ntry.text("AcctSvcrRef"),
            end_to_end=only.text("Refs", "EndToEndId") if only else "",
            transaction=only.text("Refs", "TxId") if only else "",
        ),
        booked_on=ntry.day("BookgDt") or statement_on,
        value_on=ntry.day("ValDt"),
        amount_c=amount_c if is_credit else -amount_c,
        creditor_refs=tuple(dict.fromkeys(creditor_refs)),
        counterparty_name=name,
        counterparty_iban=iban,
        remittance=_remittance(ntry, transactions),
        transactions=len(transactions),
    )
    return ReadEntry(entry, is_reversal)


def credited(node: Node) -> bool | None:
    """Tell whether an entry or a balance is a credit, or None if it does not say.

    Raises StatementUnreadable if it says something else.
    """
    indicator = node.text("CdtDbtInd")
    if indicator not in {"CRDT", "DBIT", ""}:
        raise StatementUnreadable(reason=f"neither CRDT nor DBIT: {indicator[:40]}", place=node.place)
    return indicator == "CRDT" if indicator else None


def _counterparty(
    transactions: list[Node], *, account: str, is_credit: bool, may_be_mirrored: bool
) -> tuple[str, str]:
    """Return name and IBAN of the other side: the debtor of a credit, the creditor of a debit.

    A reversal may keep the roles of what it reverses: then the other side is the one that is not
    the account itself.
    """
    roles = ("Dbtr", "Cdtr") if is_credit else ("Cdtr", "Dbtr")
    for role in roles if may_be_mirrored else roles[:1]:
        names = {_name(tx, role) for tx in transactions} - {""}
        ibans = {_iban(tx, role) for tx in transactions} - {""}
        is_ourselves = may_be_mirrored and account in ibans
        if (names or ibans) and not is_ourselves:
            return _the_only(names), _the_only(ibans)
    return "", ""


def _name(transaction: Node, role: str) -> str:
    """Return the name of a party, which stands one element deeper from version 08 on."""
    party = ("RltdPties", role)
    return transaction.text(*party, "Nm") or transaction.text(*party, "Pty", "Nm")


def _iban(transaction: Node, role: str) -> str:
    return transaction.text("RltdPties", f"{role}Acct", "Id", "IBAN").replace(" ", "").upper()


def _the_only(values: set[str]) -> str:
    return values.pop() if len(values) == 1 else ""


def _remittance(ntry: Node, transactions: list[Node]) -> str:
    """Return what the payer wrote, else what the bank wrote of the transactions or the entry."""
    for path in (("RmtInf", "Ustrd"), ("AddtlTxInf",)):
        texts = [text for tx in transactions for text in tx.texts(*path)]
        if texts:
            return " ".join(texts)
    return ntry.text("AddtlNtryInf")
