"""A month of fifty receipts on one account; forty of them bear a valid structured reference.

The forty are numbered 0 to 39 and written in every way payers write them. The other ten bear
what looks like a reference and is none.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import UTC, date, datetime

from domain.references import reference_of, shown
from interchange.camt053 import BankEntry, BankStatement, entry_of, statement_of
from interchange.identifiers import UNASSIGNED_BANK, belgian_iban

CREATED_AT = datetime(2026, 4, 1, 6, 30, tzinfo=UTC)
ACCOUNT = belgian_iban(UNASSIGNED_BANK, 1)
REFERENCES = tuple(reference_of(f"{26_000_000 + number:010}") for number in range(40))

WITHOUT_REFERENCE = (
    "",
    "Thank you for the lovely work",
    "+++000/0000/00102+++",
    "invoice 12 of 2026/03",
    "000000000102",
    "from my account BE68 539007547034",
    "call 0470 12 34 56 if anything",
    "2600000063 without its check digits",
    "part of a longer number 0000260000007399",
    "RF18 5390 0754 7034",
)


def month_of_fifty(year: int = 2026, month: int = 3, number: int = 3) -> BankStatement:
    """Return the statement; its entries 0 to 39 bear `REFERENCES` in order."""
    days = monthrange(year, month)[1]
    return statement_of(
        account=ACCOUNT,
        number=number,
        opening_c=1_000_000,
        from_on=date(year, month, 1),
        to_on=date(year, month, days),
        entries=[_receipt(n, date(year, month, 1 + n % days)) for n in range(50)],
    )


def _receipt(number: int, on: date) -> BankEntry:
    structured, text = _written(number)
    return entry_of(
        key=f"ref:{on:%Y%m}-{number:04}",
        booked_on=on,
        value_on=on,
        amount_c=12_100 + 121 * number,
        creditor_refs=structured,
        counterparty_name=f"Client {number:02}",
        counterparty_iban=belgian_iban(UNASSIGNED_BANK, 1_000 + number),
        remittance=text,
    )


def _written(number: int) -> tuple[tuple[str, ...], str]:
    if number >= len(REFERENCES):
        return (), WITHOUT_REFERENCE[number - len(REFERENCES)]
    reference = REFERENCES[number]
    ways: tuple[tuple[tuple[str, ...], str], ...] = (
        ((reference,), ""),
        ((shown(reference),), ""),
        ((), shown(reference)),
        ((), f"our payment of {shown(reference)}, thank you"),
        ((), reference),
    )
    return ways[number % len(ways)]
