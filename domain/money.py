"""Money as the ledger keeps it: whole cents of euro, never a float.

Events hold cents as `int` fields named `…_c` and rates in basis points named `…_bp`; the
functions here are the only places where a fraction of a cent can arise, and where it ends.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from fractions import Fraction
from uuid import UUID

from domain.errors import AmountNotPositive, AmountTooLarge, QuantityNotPositive

BASIS_POINTS = 10_000

MAX_CENTS = 10**15
"""Ten thousand billion euros: what fits a bigint sum for ever, and no honest amount reaches."""

_AMOUNT = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)")
_LONGEST_AMOUNT = 40


def require_holdable(*amounts_c: int) -> None:
    """Refuse amounts this ledger cannot hold, of either sign; raises AmountTooLarge."""
    if max(map(abs, amounts_c)) > MAX_CENTS:
        raise AmountTooLarge(most_c=MAX_CENTS)


def require_positive(amount_c: int) -> None:
    """Refuse an amount that is not above zero; raises AmountNotPositive, AmountTooLarge."""
    if not 0 < amount_c <= MAX_CENTS:
        require_holdable(amount_c)
        raise AmountNotPositive(amount_c=amount_c)


def require_quantity(qty: int) -> None:
    """Refuse a number of shares that is none; raises QuantityNotPositive, AmountTooLarge."""
    if qty <= 0:
        raise QuantityNotPositive(qty=qty)
    require_holdable(qty)


def rounded(amount: Fraction) -> int:
    """Return whole cents, halves away from zero (ROUND_HALF_UP of EN 16931)."""
    whole, rest = divmod(abs(amount.numerator), amount.denominator)
    cents = whole + (2 * rest >= amount.denominator)
    return cents if amount >= 0 else -cents


def share(amount_c: int, rate_bp: int) -> int:
    """Return `rate_bp` basis points of `amount_c`, rounded once."""
    return rounded(Fraction(amount_c * rate_bp, BASIS_POINTS))


def proportion(amount_c: int, *, part: int, whole: int) -> int:
    """Return the share of `amount_c` that `part` is of `whole`, rounded once.

    Cumulative use keeps parts exact: what falls due at each payment is the proportion at the new
    total less the proportion at the old one, so the parts sum to the whole.
    """
    return rounded(Fraction(amount_c * part, whole))


def split(amount_c: int, weights: Sequence[int]) -> tuple[int, ...]:
    """Split `amount_c` by `weights` with the largest remainder, so that the parts sum to it.

    Equal remainders favour the earlier part. Raises ValueError if the weights are not positive
    in sum or one is negative.
    """
    total = sum(weights)
    if total <= 0 or min(weights) < 0:
        raise ValueError("weights must not be negative, nor all zero")
    floors = [amount_c * weight // total for weight in weights]
    by_remainder = sorted(range(len(weights)), key=lambda i: (-(amount_c * weights[i] % total), i))
    for i in by_remainder[: amount_c - sum(floors)]:
        floors[i] += 1
    return tuple(floors)


def plus(amounts: Mapping[UUID, int], key: UUID, amount_c: int) -> Mapping[UUID, int]:
    """Return the amounts with one of them moved; what comes to nothing is left out."""
    moved = {**amounts, key: amounts.get(key, 0) + amount_c}
    return {each: amount for each, amount in moved.items() if amount}


def euros(cents: int) -> str:
    """Write cents as a plain amount: 121000 is `1,210.00`."""
    sign = "-" if cents < 0 else ""
    return f"{sign}{abs(cents) // 100:,}.{abs(cents) % 100:02}"


def cents_of(amount: str) -> int:
    """Read a decimal amount such as `1210.00` as cents.

    Raises ValueError if it is no plain decimal number, or has a fraction of a cent.
    """
    if len(amount) > _LONGEST_AMOUNT or not _AMOUNT.fullmatch(amount):
        raise ValueError(f"not an amount: {amount[:_LONGEST_AMOUNT]!r}")
    cents = Fraction(amount) * 100
    if cents.denominator != 1:
        raise ValueError(f"not whole cents: {amount!r}")
    return cents.numerator
