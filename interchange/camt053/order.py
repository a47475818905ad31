"""The order in which statements of one file continue one another."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from interchange.camt053.records import BankStatement


def in_order(statements: Sequence[BankStatement]) -> tuple[BankStatement, ...]:
    """Return the statements account by account, in the order of the file's first mention of each.

    Within an account they go by the day they end. Those that end on one day go by what each opens
    with, which is what the one before closed with wherever the file allows it, and by number.
    """
    accounts = dict.fromkeys(statement.account for statement in statements)
    ordered: list[BankStatement] = []
    for account in accounts:
        closing_c: int | None = None
        own = sorted((one for one in statements if one.account == account), key=_last_day)
        for _, same_day in groupby(own, key=_last_day):
            chain = _chained(sorted(same_day, key=_numbered_first), closing_c)
            closing_c = chain[-1].closing_c
            ordered.extend(chain)
    return tuple(ordered)


def _last_day(statement: BankStatement) -> str:
    return statement.to_on.isoformat()


def _numbered_first(statement: BankStatement) -> tuple[bool, int]:
    return statement.sequence is None, statement.sequence or 0


def _chained(waiting: list[BankStatement], closing_c: int | None) -> list[BankStatement]:
    """Begin where the day before ended, else with what no other leads to; then follow on."""
    chain: list[BankStatement] = []
    while waiting:
        follows = [one for one in waiting if one.opening_c == closing_c]
        reached = {one.closing_c for one in waiting}
        starts = [one for one in waiting if one.opening_c not in reached]
        following = (follows or starts or waiting)[0]
        waiting.remove(following)
        chain.append(following)
        closing_c = following.closing_c
    return chain
