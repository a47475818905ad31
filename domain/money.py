"""Money as the ledger keeps it: whole cents of euro, never a float.

Events hold cents as `int` fields named `…_c` and rates in basis points named `…_bp`; the
functions here are the only places where a fraction of a cent can arise, and where it ends.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

BASIS_POINTS = 10_000


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


def euros(cents: int) -> str:
    """Write cents as a plain amount: 121000 is `1,210.00`."""
    sign = "-" if cents < 0 else ""
    return f"{sign}{abs(cents) // 100:,}.{abs(cents) % 100:02}"


def cents_of(amount: str) -> int:
    """Read a decimal amount such as `1210.00` as cents.

    Raises ValueError if it is no number, or has a fraction of a cent.
    """
    try:
        value = Decimal(amount)
        cents = value.scaleb(2)
        whole = cents.to_integral_value(rounding=ROUND_HALF_UP)
    except ArithmeticError as error:
        raise ValueError(f"not an amount: {amount!r}") from error
    if not value.is_finite() or cents != whole:
        raise ValueError(f"not whole cents: {amount!r}")
    return int(whole)
