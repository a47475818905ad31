"""A structured reference is known by its check digits, however it is written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import InvalidReference
from domain.references import check_digits, find_in, parse, reference_of, shown

TEN_DIGITS = st.integers(0, 9_999_999_999).map("{:010}".format)
REFERENCES = TEN_DIGITS.map(reference_of)
REFERENCE = "090933755493"


def test_the_check_digits_are_the_remainder_by_97() -> None:
    assert check_digits("0909337554") == "93"
    assert check_digits("0000000001") == "01"


def test_a_remainder_of_nothing_is_written_97() -> None:
    assert check_digits("0119752999") == "97"
    assert reference_of("0000000097") == "000000009797"
    with pytest.raises(InvalidReference):
        parse("011975299900")


@pytest.mark.parametrize(
    "digits", ["", "123", "01197529990", "011975299a", "\N{ARABIC-INDIC DIGIT ONE}119752999", "-119752999"]
)
def test_a_reference_is_made_of_ten_digits_only(digits: str) -> None:
    with pytest.raises(InvalidReference):
        reference_of(digits)


@pytest.mark.parametrize(
    "written",
    [
        "+++090/9337/55493+++",
        "***090/9337/55493***",
        "090/9337/55493",
        "090 9337 55493",
        "090933755493",
        "  +++ 090/9337/55493 +++\n",
    ],
)
def test_a_reference_is_read_as_people_write_it(written: str) -> None:
    assert parse(written) == REFERENCE


@pytest.mark.parametrize(
    "wrong",
    [
        "",
        "+++090/9337/55494+++",
        "+++0909/337/55493+++",
        "0909337554931",
        "for 090933755493",
        "\N{ARABIC-INDIC DIGIT ZERO}90933755493",
    ],
)
def test_what_is_no_reference_is_refused(wrong: str) -> None:
    with pytest.raises(InvalidReference):
        parse(wrong)


@given(REFERENCES)
def test_what_is_shown_reads_back(reference: str) -> None:
    assert parse(shown(reference)) == parse(reference) == reference
    assert len(shown(reference)) == 20


@given(REFERENCES, st.integers(0, 11), st.integers(1, 9))
def test_one_wrong_digit_is_always_seen(reference: str, place: int, more: int) -> None:
    digit = str((int(reference[place]) + more) % 10)
    with pytest.raises(InvalidReference):
        parse(reference[:place] + digit + reference[place + 1 :])


@pytest.mark.parametrize(
    "text",
    [
        "+++090/9337/55493+++",
        "our payment ***090/9337/55493***, thank you",
        "(090933755493)",
        "ref.090/9337/55493.",
        "123 090 9337 55493",
        "090/9337/55493 and again 090933755493",
    ],
)
def test_a_valid_reference_is_found_in_free_text_once(text: str) -> None:
    assert find_in(text) == (REFERENCE,)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "+++090/9337/55494+++",
        "1090933755493",
        "0909337554931",
        "X090933755493",
        "BE68539007547034",
        "BE68 539007547034",
        "BE68 5390 0754 7034",
    ],
)
def test_a_longer_number_or_an_account_is_no_reference(text: str) -> None:
    assert find_in(text) == ()


@given(st.lists(REFERENCES, unique=True, max_size=4), st.sampled_from([" ", ", ", "; ref. ", "\n"]))
def test_all_references_of_a_text_are_found_in_order(references: list[str], between: str) -> None:
    assert find_in(between.join(map(shown, references))) == tuple(references)


@given(st.text(st.integers(0, 0xD7FF).map(chr)), REFERENCES, st.text("0 /+*BE.", max_size=6))
def test_what_is_found_in_any_text_is_valid(before: str, reference: str, after: str) -> None:
    assert all(parse(found) == found for found in find_in(before + reference + after))
