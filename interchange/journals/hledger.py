"""Writes books for hledger: accounts and the commodity declared, entries in the order of their days.

Account 550 of COOP is `assets:COOP:550`. What an account stands at on a month's last day is asserted
by an entry of nothing behind that day's other entries (hledger manual, "Balance assertions").
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from heapq import merge
from itertools import groupby

from interchange.journals.records import Entry, Standing, euros, kind_of


def write_hledger(
    entries: Iterable[Entry],
    standings: Iterable[Standing],
    *,
    accounts: Iterable[tuple[str, str]],
    names: Mapping[str, str],
) -> Iterator[str]:
    """Yield the lines of the file; `accounts` are (entity, account), `names` what an account is called.

    Entries come in the order of their days, as standings do.
    """
    yield "commodity 1000.00 EUR\n"
    for entity, account in accounts:
        said = f"  ; {names[account]}" if account in names else ""
        yield f"account {_account(entity, account)}{said}\n"
    asserted = ((day, 1, _standing(list(rows))) for day, rows in groupby(standings, key=lambda each: each.on))
    booked = ((entry.booked_on, 0, _entry(entry)) for entry in entries)
    for _, _, lines in merge(booked, asserted, key=lambda each: each[:2]):
        yield from lines


def _entry(entry: Entry) -> Iterator[str]:
    yield f"\n{entry.booked_on} * {entry.journal}  ; position:{entry.position}, document:{entry.document}\n"
    for posting in entry.postings:
        tags = [
            f"{tag}:{code}" for tag, code in (("activity", posting.activity), ("fund", posting.fund)) if code
        ]
        said = f"  ; {', '.join(tags)}" if tags else ""
        yield f"    {_account(entry.entity, posting.account)}  {euros(posting.amount_c)} EUR{said}\n"


def _standing(standings: list[Standing]) -> Iterator[str]:
    yield f"\n{standings[0].on} * what the accounts stand at\n"
    for each in standings:
        yield f"    {_account(each.entity, each.account)}  0.00 EUR = {euros(each.amount_c)} EUR\n"


def _account(entity: str, account: str) -> str:
    return f"{kind_of(account).lower()}:{entity}:{account}"
