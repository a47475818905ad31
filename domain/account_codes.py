"""An entity's own codes for the standard accounts, each from a day on.

The ledger books on standard accounts, whose roles its rules know; what an entity calls them changes no
entry and no closed figure. A report as of a day shows the codes of that day, and a line that of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date

from domain.errors import AccountCodeTaken, AccountCodeUnusable, UnknownAccount

Dated = tuple[date, str]
Codes = Mapping[str, tuple[Dated, ...]]
"""By standard account, its codes in the order of their days."""

_CODE = re.compile("[1-7][0-9]{2,9}")


def code_on(codes: Codes, account: str, on: date) -> str:
    """Return what a standard account is called on that day: by its own number until it is called otherwise."""
    for valid_from, code in reversed(codes.get(account, ())):
        if valid_from <= on:
            return code
    return account


def account_on(codes: Codes, code: str, on: date) -> str:
    """Return the standard account that is called so on that day; a code that names none is itself."""
    return next((account for account in codes if code_on(codes, account, on) == code), code)


def require_code(codes: Codes, chart: Iterable[str], *, account: str, code: str, valid_from: date) -> None:
    """Refuse a code that is unreadable, of another class, or taken from that day on.

    `chart` are the standard accounts. A code is never another account's own number, so that every code
    leads back to one account on every day. Raises UnknownAccount, AccountCodeUnusable, AccountCodeTaken.
    """
    standard = frozenset(chart)
    if account not in standard:
        raise UnknownAccount(account=account)
    if not _CODE.fullmatch(code) or code[0] != account[0]:
        raise AccountCodeUnusable(account=account, code=code)
    if code in standard and code != account:
        raise AccountCodeTaken(code=code, account=code)
    for other, dated in codes.items():
        later = (each for day, each in dated if day > valid_from)
        if other != account and code in (code_on(codes, other, valid_from), *later):
            raise AccountCodeTaken(code=code, account=other)
