"""Money is whole cents: rounded once, halves away from zero, and parts that sum to the whole."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import AmountNotPositive, AmountTooLarge
from domain.money import (
    MAX_CENTS,
    cents_of,
    euros,
    proportion,
    require_holdable,
    require_positive,
    rounded,
    share,
    split,
)

CENTS = st.integers(-MAX_CENTS, MAX_CENTS)
RATES = st.integers(0, 10_000)


@pytest.mark.parametrize(
    ("amount", "cents"),
    [
        (Fraction(1, 2), 1),
        (Fraction(-1, 2), -1),
        (Fraction(5, 2), 3),
        (Fraction(-5, 2), -3),
        (Fraction(49, 100), 0),
        (Fraction(-49, 100), 0),
        (Fraction(7), 7),
        (Fraction(0), 0),
    ],
)
def test_halves_are_rounded_away_from_zero(amount: Fraction, cents: int) -> None:
    assert rounded(amount) == cents


@given(CENTS, st.integers(1, 10_000))
def test_rounding_is_that_of_the_e_invoice_rules(numerator: int, denominator: int) -> None:
    exactly = Fraction(numerator, denominator)
    assert abs(rounded(exactly) - exactly) <= Fraction(1, 2)
    assert rounded(-exactly) == -rounded(exactly)
    in_decimal = Decimal(numerator) / 100
    assert rounded(Fraction(numerator, 100)) == in_decimal.quantize(Decimal(1), ROUND_HALF_UP)


@pytest.mark.parametrize(
    ("amount_c", "rate_bp", "part_c"),
    [(1_000_00, 2_100, 210_00), (50, 2_100, 11), (-50, 2_100, -11), (1_000_00, 1_307, 130_70), (1, 5_000, 1)],
)
def test_a_share_is_reckoned_in_basis_points_and_rounded_once(
    amount_c: int, rate_bp: int, part_c: int
) -> None:
    assert share(amount_c, rate_bp) == part_c


@given(st.integers(0, MAX_CENTS), RATES, RATES)
def test_a_larger_rate_never_gives_a_smaller_share(amount_c: int, one: int, other: int) -> None:
    low, high = sorted((one, other))
    assert 0 <= share(amount_c, low) <= share(amount_c, high) <= amount_c


@given(st.integers(0, 10**9), st.lists(st.integers(1, 10**7), min_size=1, max_size=12))
def test_cumulative_proportions_are_never_negative_and_end_exact(whole_c: int, payments: list[int]) -> None:
    total, received, parts = sum(payments), 0, []
    for payment in payments:
        before = proportion(whole_c, part=received, whole=total)
        received += payment
        parts.append(proportion(whole_c, part=received, whole=total) - before)
    assert sum(parts) == whole_c
    assert min(parts) >= 0


@given(CENTS, st.lists(st.integers(0, 10**9), min_size=1, max_size=12).filter(any))
def test_the_parts_of_a_split_sum_to_the_whole(amount_c: int, weights: list[int]) -> None:
    parts = split(amount_c, weights)
    assert sum(parts) == amount_c
    exact = [Fraction(amount_c * weight, sum(weights)) for weight in weights]
    assert all(abs(part - fair) < 1 for part, fair in zip(parts, exact, strict=True))


@given(st.integers(0, MAX_CENTS), st.lists(st.integers(0, 10**9), min_size=2, max_size=12).filter(any))
def test_a_heavier_weight_never_gets_the_smaller_part(amount_c: int, weights: list[int]) -> None:
    parts = split(amount_c, weights)
    pairs = list(zip(weights, parts, strict=True))
    assert all(a[1] <= b[1] for a in pairs for b in pairs if a[0] < b[0])


def test_equal_remainders_favour_the_earlier_part() -> None:
    assert split(100, [1, 1, 1]) == (34, 33, 33)
    assert split(5, [1, 1]) == (3, 2)
    assert split(0, [3, 4]) == (0, 0)


@pytest.mark.parametrize("weights", [[], [0], [0, 0], [1, -1], [3, -1]])
def test_weights_that_share_nothing_out_are_refused(weights: list[int]) -> None:
    with pytest.raises(ValueError, match="weights"):
        split(100, weights)


@pytest.mark.parametrize(
    ("cents", "text"),
    [(0, "0.00"), (5, "0.05"), (-5, "-0.05"), (121000, "1,210.00"), (-123456789, "-1,234,567.89")],
)
def test_an_amount_is_written_with_two_decimals(cents: int, text: str) -> None:
    assert euros(cents) == text


@given(st.integers(-(10**30), 10**30))
def test_an_amount_written_is_read_again_exactly(cents: int) -> None:
    assert cents_of(euros(cents).replace(",", "")) == cents


@pytest.mark.parametrize(
    ("text", "cents"),
    [
        ("1210.00", 121000),
        ("1210", 121000),
        ("0.5", 50),
        (".05", 5),
        ("5.", 500),
        ("+1.10", 110),
        ("-0", 0),
        ("1.500000", 150),
    ],
)
def test_an_amount_is_read_as_banks_write_it(text: str, cents: int) -> None:
    assert cents_of(text) == cents


@pytest.mark.parametrize(
    "junk",
    [
        "",
        " ",
        ".",
        "-",
        "1,00",
        "1 000",
        " 1",
        "1e3",
        "1_000",
        "NaN",
        "sNaN",
        "Infinity",
        "-inf",
        "1/2",
        "0x10",
        "\u0661\u0662",
        "1.2.3",
        "--1",
        "1.00\n",
        "9" * 41,
        "1e999999999",
    ],
)
def test_what_is_no_plain_amount_is_refused(junk: str) -> None:
    with pytest.raises(ValueError, match="not an amount"):
        cents_of(junk)


@pytest.mark.parametrize("text", ["0.001", "1.005", "0.0000000000000000000000000001"])
def test_a_fraction_of_a_cent_is_refused_and_never_rounded_away(text: str) -> None:
    with pytest.raises(ValueError, match="not whole cents"):
        cents_of(text)


def test_the_ledger_holds_amounts_up_to_its_limit_of_either_sign() -> None:
    require_holdable(MAX_CENTS, -MAX_CENTS, 0)
    for amount_c in (MAX_CENTS + 1, -MAX_CENTS - 1, 10**400):
        with pytest.raises(AmountTooLarge):
            require_holdable(0, amount_c)


def test_a_payment_is_above_zero_and_within_the_limit() -> None:
    require_positive(1)
    for amount_c in (0, -1):
        with pytest.raises(AmountNotPositive):
            require_positive(amount_c)
    with pytest.raises(AmountTooLarge):
        require_positive(MAX_CENTS + 1)
