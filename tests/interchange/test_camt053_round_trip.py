"""What is written reads back as the same statements, in each version, and is the same bytes again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.references import reference_of, shown
from interchange.camt053 import BankEntry, BankStatement, entry_of, read_camt053, statement_of, write_camt053
from interchange.camt053.keys import with_unique_keys
from interchange.camt053.writer import VERSIONS
from interchange.identifiers import belgian_iban
from tests.interchange.months import CREATED_AT, month_of_fifty

DAYS = st.dates(date(2020, 1, 1), date(2035, 12, 31))
AMOUNTS = st.integers(-(10**15), 10**15)
# Letters of several scripts and lengths in bytes, digits, and all that XML or the keys make much of.
WORDS = st.text("AZaz019éßŒΩжش中\U0001f33f&<>\"'|#/:;+*-.,%", min_size=1, max_size=20)
SENTENCES = st.lists(WORDS, max_size=12).map(" ".join)
NAMES = st.lists(WORDS, max_size=4).map(" ".join)
IBANS = st.builds(belgian_iban, st.integers(0, 999), st.integers(0, 9_999_999))
REFERENCES = st.integers(0, 9_999_999_999).map(lambda number: reference_of(f"{number:010}"))
KEYS = st.one_of(
    st.just(""),
    st.builds("ref:{}".format, WORDS),
    st.builds("bank:{}".format, WORDS),
    st.builds("tx:{}|{}".format, WORDS, st.text("AZ09-/", max_size=20)),
)


@st.composite
def entries(draw: st.DrawFn) -> BankEntry:
    """Any entry as it can stand in a file: what it does not say in a transaction it does not say."""
    key = draw(KEYS)
    transactions = 1 if key.startswith("tx:") else draw(st.integers(0, 3))
    says = transactions > 0
    return entry_of(
        key=key,
        booked_on=draw(DAYS),
        amount_c=draw(AMOUNTS),
        value_on=draw(st.none() | DAYS),
        creditor_refs=tuple(
            draw(st.lists(REFERENCES | REFERENCES.map(shown) | WORDS, max_size=2, unique=True))
        )
        if says
        else (),
        counterparty_name=draw(NAMES) if says else "",
        counterparty_iban=draw(st.just("") | IBANS) if says else "",
        remittance=draw(SENTENCES | REFERENCES.map(shown)),
        transactions=transactions,
    )


@st.composite
def statements(draw: st.DrawFn) -> BankStatement:
    """Any statement that balances, numbered either way or named by its id."""
    numbered = statement_of(
        account=draw(IBANS | st.just("42 - our own")),
        number=draw(st.integers(0, 10**6)),
        opening_c=draw(AMOUNTS),
        from_on=draw(DAYS),
        to_on=draw(DAYS),
        entries=draw(st.lists(entries(), max_size=5)),
    )
    kind = draw(st.sampled_from(["legal", "electronic", "id"]))
    if kind == "id":
        return replace(numbered, identity=f"id:{draw(WORDS)}", sequence=None, sequence_year=None)
    return replace(numbered, identity=numbered.identity.replace("legal", kind))


@pytest.mark.parametrize("version", VERSIONS)
@given(statement=statements())
def test_a_statement_reads_back_as_it_was_written(version: str, statement: BankStatement) -> None:
    content = write_camt053([statement], version=version, created_at=CREATED_AT, message_id="M")
    file = read_camt053(content)
    assert file.statements == (statement,)
    assert file.warnings == ()


@pytest.mark.parametrize("version", VERSIONS)
def test_a_month_of_fifty_reads_back_and_is_written_the_same_again(version: str) -> None:
    month = month_of_fifty()
    content = write_camt053([month], version=version, created_at=CREATED_AT, message_id="M")
    (read,) = read_camt053(content).statements
    assert read == month
    assert write_camt053([read], version=version, created_at=CREATED_AT, message_id="M") == content


def test_one_month_has_the_same_keys_in_every_version() -> None:
    unnamed = with_unique_keys([replace(one, key="") for one in month_of_fifty().entries])
    month = replace(month_of_fifty(), entries=unnamed)
    read = [
        read_camt053(
            write_camt053([month], version=version, created_at=CREATED_AT, message_id="M")
        ).statements
        for version in VERSIONS
    ]
    assert all(one == (month,) for one in read)


def test_months_that_follow_one_another_stand_in_one_file() -> None:
    march = month_of_fifty()
    april = replace(
        month_of_fifty(month=4, number=4),
        opening_c=march.closing_c,
        closing_c=march.closing_c + march.booked_sum_c,
    )
    content = write_camt053([april, march], version="001.02", created_at=CREATED_AT, message_id="M")
    assert read_camt053(content).statements == (march, april)
