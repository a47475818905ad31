"""Writes books for Beancount (version 3): accounts opened, entries in order, balances asserted.

A name of Beancount begins with a capital letter and has one of five roots, so account 550 of COOP is
`Assets:ECOOP:C550`. An assertion holds at the beginning of its day: a month's stands on the next day;
it allows no difference (a cent would pass otherwise). What stands at nothing before its first entry is not
asserted: the account is not open yet.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta

from interchange.journals.records import Entry, Standing, euros, kind_of

_NOT_IN_A_NAME = re.compile("[^A-Za-z0-9-]")


def write_beancount(
    entries: Iterable[Entry], standings: Iterable[Standing], *, names: Mapping[str, str]
) -> Iterator[str]:
    """Yield the lines of the file; `names` says what an account is called.

    Entries come in the order of their days, as standings do.
    """
    yield 'option "title" "Tutti"\n'
    yield 'option "operating_currency" "EUR"\n'
    opened: dict[tuple[str, str], date] = {}
    for entry in entries:
        for posting in entry.postings:
            yield from _opened(opened, entry.entity, posting.account, entry.booked_on, names)
        yield from _entry(entry)
    for standing in standings:
        yield from _opened(opened, standing.entity, standing.account, standing.on, names)
        if not standing.amount_c and opened[standing.entity, standing.account] > standing.on:
            continue
        day = standing.on + timedelta(days=1)
        account = _account(standing.entity, standing.account)
        yield f"{day} balance {account} {euros(standing.amount_c)} ~ 0.00 EUR\n"


def _opened(
    opened: dict[tuple[str, str], date], entity: str, account: str, on: date, names: Mapping[str, str]
) -> Iterator[str]:
    """Open an account the first time it is met."""
    if (entity, account) in opened:
        return
    opened[entity, account] = on
    yield f"{on} open {_account(entity, account)} EUR\n"
    if account in names:
        yield f'  name: "{names[account]}"\n'


def _entry(entry: Entry) -> Iterator[str]:
    yield f'\n{entry.booked_on} * "{entry.journal}"\n'
    yield f'  position: "{entry.position}"\n  document: "{entry.document}"\n'
    for posting in entry.postings:
        yield f"  {_account(entry.entity, posting.account)}  {euros(posting.amount_c)} EUR\n"
        for tag, code in (("activity", posting.activity), ("fund", posting.fund)):
            if code:
                yield f'    {tag}: "{code}"\n'


def _account(entity: str, account: str) -> str:
    named = _NOT_IN_A_NAME.sub("-", entity)
    return f"{kind_of(account)}:E{named}:C{account}"
