"""How entries and statements are put together, whether read from a bank file or made for one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import chain

from domain.references import find_in
from interchange.camt053.keys import with_unique_keys
from interchange.camt053.records import BankEntry, BankStatement


def entry_of(
    *,
    key: str,
    booked_on: date,
    amount_c: int,
    value_on: date | None = None,
    creditor_refs: tuple[str, ...] = (),
    counterparty_name: str = "",
    counterparty_iban: str = "",
    remittance: str = "",
    transactions: int = 1,
) -> BankEntry:
    """Return an entry that bears the references its texts hold.

    `key` is `ref:...`, `bank:...`, `tx:...|...` or empty, as `interchange.camt053.keys` tells.
    """
    return BankEntry(
        key=key,
        booked_on=booked_on,
        value_on=value_on,
        amount_c=amount_c,
        references=_references_in((*creditor_refs, remittance)),
        creditor_refs=creditor_refs,
        counterparty_name=counterparty_name,
        counterparty_iban=counterparty_iban,
        remittance=remittance,
        transactions=transactions,
    )


def statement_of(
    *, account: str, number: int, opening_c: int, from_on: date, to_on: date, entries: Sequence[BankEntry]
) -> BankStatement:
    """Return the statement with the legal sequence `number` of the year of `to_on`; it balances."""
    return BankStatement(
        account=account,
        identity=f"legal:{to_on.year}/{number}",
        sequence=number,
        sequence_year=to_on.year,
        opening_c=opening_c,
        closing_c=opening_c + sum(entry.amount_c for entry in entries),
        from_on=from_on,
        to_on=to_on,
        entries=with_unique_keys(entries),
    )


def _references_in(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(chain.from_iterable(find_in(text) for text in texts)))
