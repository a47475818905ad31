"""The forms of requests: nothing unknown, nothing guessed, nothing that could not be kept.

Money is whole cents and rates whole basis points, never a float; a day is written 2026-01-31.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Annotated
from unicodedata import category

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

EARLIEST, LATEST = date(1900, 1, 1), date(2199, 12, 31)
MOST_CENTS = 10**18
"""What a column can hold; below it the ledger itself refuses what no honest amount reaches."""

_WRITTEN_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def _written_day(value: object) -> object:
    """Take only a written day: pydantic would also read numbers and moments as days."""
    if isinstance(value, str) and _WRITTEN_DAY.fullmatch(value):
        return value
    raise ValueError("a day is written as 2026-01-31")


def _without_controls(*allowed: str) -> Callable[[str], str]:
    """Refuse characters that no screen shows and PostgreSQL does not keep (NUL)."""

    def check(text: str) -> str:
        if any(category(character) == "Cc" and character not in allowed for character in text):
            raise ValueError("the text holds a control character")
        return text

    return check


Day = Annotated[date, BeforeValidator(_written_day), Field(ge=EARLIEST, le=LATEST)]
Cents = Annotated[int, Field(strict=True, ge=-MOST_CENTS, le=MOST_CENTS, description="whole cents of euro")]
BasisPoints = Annotated[int, Field(strict=True, ge=0, le=10_000, description="hundredths of a percent")]
Count = Annotated[int, Field(strict=True, ge=0, le=1_000_000)]
Flag = Annotated[bool, Field(strict=True)]
Line = Annotated[str, StringConstraints(max_length=500), AfterValidator(_without_controls())]
Text = Annotated[
    str, StringConstraints(max_length=20_000), AfterValidator(_without_controls("\n", "\r", "\t"))
]
Code = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$")]
Number = Annotated[
    str, StringConstraints(pattern=r"^-?[0-9]{1,15}(\.[0-9]{1,10})?$"), Field(description="a decimal number")
]


class Form(BaseModel):
    """What a client sends."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Dated(Form):
    """What a client sends about something that happened on a day, by default today."""

    effective_on: Day | None = None
