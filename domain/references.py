"""Structured references of Belgian payments (OGM-VCS): ten digits and two that check them.

The check digits are the remainder of the ten digits divided by 97, written 97 when it is 0. A
reference is kept as its 12 digits and shown as `+++090/9337/55493+++`.
"""

from __future__ import annotations

import re

from domain.errors import InvalidReference

_MODULUS = 97
_TEN_DIGITS = re.compile(r"[0-9]{10}")
_WRITTEN = re.compile(r"\s*(?:\+{3}|\*{3})?\s*([0-9]{3})[/ ]?([0-9]{4})[/ ]?([0-9]{5})\s*(?:\+{3}|\*{3})?\s*")

# Neighbouring letters or digits make it part of a longer number. Behind `BE68 ` it is the inner
# number of an IBAN, whose check digits follow the same rule. The lookahead lets matches overlap.
_IN_TEXT = re.compile(
    r"(?<![0-9A-Za-z])(?<!BE[0-9]{2} )(?=([0-9]{3})[/ ]?([0-9]{4})[/ ]?([0-9]{5})(?![0-9A-Za-z]))"
)


def check_digits(ten_digits: str) -> str:
    """Return the two check digits of `ten_digits`; raises InvalidReference unless there are ten."""
    if not _TEN_DIGITS.fullmatch(ten_digits):
        raise InvalidReference(digits=ten_digits)
    return f"{int(ten_digits) % _MODULUS or _MODULUS:02}"


def reference_of(ten_digits: str) -> str:
    """Return the 12 digits of the reference of `ten_digits`; raises InvalidReference."""
    return ten_digits + check_digits(ten_digits)


def parse(text: str) -> str:
    """Return the 12 digits of a reference as people write it: with or without `+++`, `***`, `/`.

    Raises InvalidReference if it has another shape or its check digits are wrong.
    """
    written = _WRITTEN.fullmatch(text)
    if written is None:
        raise InvalidReference(reference=text)
    digits = "".join(written.groups())
    if not _is_valid(digits):
        raise InvalidReference(reference=text)
    return digits


def shown(reference: str) -> str:
    """Write 12 digits as they stand on an invoice: `+++090/9337/55493+++`."""
    return f"+++{reference[:3]}/{reference[3:7]}/{reference[7:]}+++"


def find_in(text: str) -> tuple[str, ...]:
    """Return the valid references inside free text, 12 digits each, in order, without repeats."""
    candidates = ("".join(found.groups()) for found in _IN_TEXT.finditer(text))
    return tuple(dict.fromkeys(digits for digits in candidates if _is_valid(digits)))


def _is_valid(digits: str) -> bool:
    return check_digits(digits[:10]) == digits[10:]
