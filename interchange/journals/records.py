"""What a plain-text journal says: entries, and what each account stands at on the last day of a month."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Posting:
    """One side of an entry, in cents: debits above zero, credits below; tags are codes, or empty."""

    account: str
    amount_c: int
    activity: str = ""
    fund: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of an entity's books; `position` is the place of its fact in the log."""

    entity: str
    booked_on: date
    position: int
    journal: str
    document: str
    postings: tuple[Posting, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """What an account of an entity stands at when a day is over, in cents: debits less credits."""

    entity: str
    account: str
    on: date
    amount_c: int


def kind_of(account: str) -> str:
    """Return the kind of a Belgian account by its class: Assets, Liabilities, Equity, Income or Expenses."""
    if account.startswith(("16", "17")):
        return "Liabilities"
    if account.startswith("1"):
        return "Equity"
    if account.startswith(("2", "3", "40", "41", "490", "491", "5")):
        return "Assets"
    if account.startswith("4"):
        return "Liabilities"
    return "Expenses" if account.startswith("6") else "Income"


def euros(amount_c: int) -> str:
    """Write cents as a plain decimal number: -121000 is `-1210.00`."""
    sign = "-" if amount_c < 0 else ""
    return f"{sign}{abs(amount_c) // 100}.{abs(amount_c) % 100:02}"
