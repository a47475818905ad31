"""Identifiers are taken in the form people write them, and only if their check digits agree."""

from __future__ import annotations

import csv
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import InvalidEnterpriseNumber, InvalidIban, InvalidReference
from domain.references import parse
from interchange.identifiers import UNASSIGNED_BANK, belgian_iban, enterprise_number, iban

CHARACTERS = st.integers(0, 0xD7FF).map(chr) | st.sampled_from("BE0123456789 .")


def test_an_iban_is_kept_without_spaces_in_capitals() -> None:
    assert iban(" be68 5390 0754 7034 ") == "BE68539007547034"


@pytest.mark.parametrize(
    "wrong",
    [
        "",
        "BE",
        "BE68539007547035",
        "BE42539123456779",
        "ZZ68539007547034",
        "BE6853900754703",
        "BE68\N{FULLWIDTH DIGIT FIVE}39007547034",
    ],
)
def test_a_wrong_iban_is_refused(wrong: str) -> None:
    with pytest.raises(InvalidIban):
        iban(wrong)


@given(st.text(CHARACTERS, max_size=40))
def test_any_text_is_an_iban_or_refused_as_one(text: str) -> None:
    with suppress(InvalidIban):
        assert iban(iban(text)) == iban(text)


@given(st.integers(0, 999), st.integers(0, 9_999_999))
def test_a_made_iban_is_valid_inside_and_outside(bank: int, account: int) -> None:
    assert iban(belgian_iban(bank, account)) == belgian_iban(bank, account)


def test_the_ibans_of_the_federations_own_examples_are_made() -> None:
    assert belgian_iban(539, 75_470) == "BE68539007547034"
    with pytest.raises(ValueError, match="not a bank code of 3"):
        belgian_iban(1_000, 0)


def test_the_bank_code_of_made_up_accounts_belongs_to_no_bank() -> None:
    from stdnum import numdb  # noqa: PLC0415 - only this test needs the list

    (known,) = numdb.get("be/banks").info("000")
    assert known[1]["bic"]
    (unknown,) = numdb.get("be/banks").info(f"{UNASSIGNED_BANK:03}")
    assert unknown[1] == {}


@pytest.mark.parametrize(
    "written", ["0523456738", "523456738", "BE0523456738", "be 0523.456.738", "BE 523 456 738"]
)
def test_an_enterprise_number_is_kept_as_ten_digits(written: str) -> None:
    assert enterprise_number(written) == "0523456738"


@pytest.mark.parametrize(
    "wrong",
    [
        "",
        "BE",
        "0523456737",
        "2033456728",
        "052345673x",
        "00523456738",
        "\N{ARABIC-INDIC DIGIT ZERO}523456738",
    ],
)
def test_a_wrong_enterprise_number_is_refused(wrong: str) -> None:
    with pytest.raises(InvalidEnterpriseNumber):
        enterprise_number(wrong)


@given(st.text(CHARACTERS, max_size=15))
def test_any_text_is_an_enterprise_number_or_refused_as_one(text: str) -> None:
    with suppress(InvalidEnterpriseNumber):
        assert enterprise_number(enterprise_number(text)) == enterprise_number(text)


def test_the_library_of_ibans_is_loaded_only_when_one_is_checked() -> None:
    program = "import sys, interchange.identifiers; sys.exit('schwifty' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


@pytest.mark.samples
def test_the_sample_identifiers_get_their_verdicts(samples: Path) -> None:
    readers = {"ogm": parse, "be_enterprise": enterprise_number, "iban": iban}
    with (samples / "ids" / "identifiers.csv").open(newline="") as rows:
        ours = [row for row in csv.DictReader(rows) if row["kind"] in readers]
    assert {row["kind"] for row in ours} == set(readers)
    for row in ours:
        assert is_taken(readers[row["kind"]], row["value"]) == (row["expected"] in {"valid", "ambiguous"}), (
            row
        )


def is_taken(reader: Callable[[str], str], value: str) -> bool:
    try:
        reader(value)
    except (InvalidReference, InvalidEnterpriseNumber, InvalidIban):
        return False
    return True
