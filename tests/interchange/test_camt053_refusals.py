"""A bad file is refused whole, by name, with the place; no bytes ever give a traceback."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.errors import Refusal, StatementDoesNotBalance
from interchange.camt053 import document, read_camt053, write_camt053
from interchange.camt053.writer import VERSIONS
from interchange.errors import (
    AmountNotInCents,
    BalanceMissing,
    BankFileRefused,
    CurrencyNotEuro,
    DoctypeNotAllowed,
    FileTooLarge,
    NoStatement,
    NotACamt053,
    NotXml,
    StatementUnreadable,
)
from tests.interchange.handwritten import amount, bank_file, entry, statement
from tests.interchange.months import CREATED_AT, month_of_fifty

VALID = write_camt053([month_of_fifty()], version="001.08", created_at=CREATED_AT, message_id="M")


@pytest.mark.parametrize("content", [b"", b"\0", b"no xml", b"<a>", b"\xff\xfe<", b"<a>&undeclared;</a>"])
def test_what_is_not_xml_is_refused_with_the_line(content: bytes) -> None:
    with pytest.raises(NotXml) as refused:
        read_camt053(content)
    assert refused.value.facts["line"] == 1


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b"<Invoice/>", "<Invoice>"),
        (bank_file(version="camt.054.001.08"), "camt.054.001.08, a notification of debits and credits"),
        (bank_file(version="camt.052.001.08"), "camt.052.001.08, an interim report"),
        (bank_file(version="pain.001.001.09"), "pain.001.001.09, a payment order"),
        (bank_file(version="camt.053.001.01"), "camt.053.001.01"),
        (bank_file(version="camt.053.001.13"), "camt.053.001.13"),
        (b'<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.02"/>', "without BkToCstmrStmt"),
    ],
)
def test_another_document_is_refused_and_told_what_it_is(content: bytes, found: str) -> None:
    with pytest.raises(NotACamt053) as refused:
        read_camt053(content)
    assert found in str(refused.value.facts["found"])


def test_a_file_without_a_statement_is_refused() -> None:
    with pytest.raises(NoStatement):
        read_camt053(bank_file())


def test_a_statement_that_does_not_add_up_is_refused_with_its_four_figures() -> None:
    with pytest.raises(StatementDoesNotBalance) as refused:
        read_camt053(bank_file(statement(), statement(entry("1234.56"), name="<Id>S2</Id>", closing="1.00")))
    assert refused.value.facts == {
        "statement": "S2",
        "opening": "100.00",
        "entries": "1,234.56",
        "expected_closing": "1,334.56",
        "stated_closing": "1.00",
    }


GOOD = statement(entry("1.00"), entry("2.00"), closing="103.00")


@pytest.mark.parametrize(
    ("refusal", "was", "becomes"),
    [
        (AmountNotInCents, "2.00", "2.005"),
        (CurrencyNotEuro, amount("2.00"), amount("2.00", currency="SEK")),
        (CurrencyNotEuro, amount("2.00"), "<Amt>2.00</Amt><CdtDbtInd>CRDT</CdtDbtInd>"),
        (BalanceMissing, "OPBD", "ITBD"),
        (BalanceMissing, "CLBD", "CLAV"),
        (StatementUnreadable, "2.00", "-2.00"),
        (StatementUnreadable, "2.00", "NaN"),
        (StatementUnreadable, "2.00", "2e0"),
        (StatementUnreadable, "2.00", "٢.00"),
        (StatementUnreadable, "2.00", "2" * 16),
        (StatementUnreadable, amount("2.00"), "<CdtDbtInd>CRDT</CdtDbtInd>"),
        (StatementUnreadable, amount("2.00"), amount("2.00", "")),
        (StatementUnreadable, amount("2.00"), amount("2.00", "C")),
        (StatementUnreadable, amount("2.00"), amount("2.00") + "<Sts>DONE</Sts>"),
        (StatementUnreadable, amount("2.00"), amount("2.00") + "<ValDt><Dt>2026-02-30</Dt></ValDt>"),
        (StatementUnreadable, amount("2.00"), amount("2.00") + "<BookgDt><Dt>20260202</Dt></BookgDt>"),
        (StatementUnreadable, "2026-03-31", "31/03/2026"),
        (StatementUnreadable, "<Dt><Dt>2026-03-31</Dt></Dt>", ""),
        (StatementUnreadable, "<IBAN>BE69539123456778</IBAN>", "<IBAN> </IBAN>"),
        (StatementUnreadable, "<LglSeqNb>3</LglSeqNb>", "<LglSeqNb>third</LglSeqNb>"),
        (StatementUnreadable, "<Id>S1</Id><LglSeqNb>3</LglSeqNb>", ""),
    ],
)
def test_one_fault_in_one_statement_refuses_the_file_by_name(
    refusal: type[BankFileRefused], was: str, becomes: str
) -> None:
    assert was in GOOD
    assert read_camt053(bank_file(GOOD))
    with pytest.raises(refusal) as refused:
        read_camt053(bank_file(statement(name="<Id>S0</Id>"), GOOD.replace(was, becomes)))
    assert type(refused.value) is refusal
    assert re.search(r"line 2$", str(refused.value.facts["place"]))


def test_a_fault_of_an_entry_is_placed_by_statement_entry_and_line() -> None:
    with pytest.raises(AmountNotInCents) as refused:
        read_camt053(bank_file(statement(entry("1"), "\n", entry("8.855"), closing="109.855")))
    assert refused.value.facts == {"amount": "109.855", "place": "statement S1, line 2"}
    with pytest.raises(AmountNotInCents) as refused:
        read_camt053(bank_file(statement(entry("1"), "\n", entry("8.855"), closing="109.86")))
    assert refused.value.facts == {"amount": "8.855", "place": "statement S1, entry 2, line 3"}


def test_two_statements_of_one_number_with_other_figures_are_refused() -> None:
    with pytest.raises(StatementUnreadable, match="differ"):
        read_camt053(bank_file(statement(), statement(opening="1", closing="1")))


@pytest.mark.parametrize("encoding", ["utf-8", "iso-8859-1", "utf-16", "utf-32"])
def test_a_document_type_is_refused_by_name_before_any_entity_is_expanded(encoding: str) -> None:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    hostile = (
        f'<?xml version="1.0" encoding="{encoding}"?>'
        f'<!DOCTYPE Document [<!ENTITY l0 "ha">{laughs}<!ENTITY file SYSTEM "file:///etc/hostname">]>'
        '<Document Ccy="&l9;">&l9;&file;</Document>'
    )
    with pytest.raises(DoctypeNotAllowed):
        read_camt053(hostile.encode(encoding))


def test_a_document_type_hidden_by_a_strange_encoding_is_refused_too() -> None:
    plain = (
        b'<?xml version="1.0" encoding="utf-7"?><!DOCTYPE Document [<!ENTITY a "b">]><Document>&a;</Document>'
    )
    hidden = plain.replace(b"<!DOCTYPE", b"+ADwAIQ-DOCTYPE")
    with pytest.raises(DoctypeNotAllowed):
        read_camt053(hidden)


def test_a_document_type_without_entities_is_refused_too() -> None:
    with pytest.raises(DoctypeNotAllowed):
        read_camt053(b'<!DOCTYPE Document SYSTEM "http://127.0.0.1:9/x.dtd"><Document/>')


def test_a_file_beyond_all_measure_is_refused_before_it_is_parsed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(document, "MAX_BYTES", len(VALID) - 1)
    with pytest.raises(FileTooLarge):
        read_camt053(VALID)


def test_text_instead_of_bytes_is_an_error_of_the_program() -> None:
    with pytest.raises(TypeError):
        read_camt053(VALID.decode())  # type: ignore[arg-type]


def read_or_refused(content: bytes) -> None:
    """Whatever is read adds up and can be told apart; whatever is not is refused by name."""
    try:
        file = read_camt053(content)
    except Refusal:
        return
    for one in file.statements:
        assert one.opening_c + one.booked_sum_c == one.closing_c
        assert len({entry.key for entry in one.entries}) == len(one.entries)


@given(st.binary(max_size=300))
def test_random_bytes_are_refused(content: bytes) -> None:
    with pytest.raises(BankFileRefused):
        read_camt053(content)


@settings(max_examples=150)
@given(st.data())
def test_a_file_with_any_bytes_changed_is_read_or_refused(data: st.DataObject) -> None:
    content = bytearray(VALID)
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(content)))
        length = data.draw(st.integers(0, 40))
        content[start : start + length] = data.draw(st.binary(max_size=12))
    read_or_refused(bytes(content))


ELEMENTS = re.compile(rb">[^<>]+<")
HOSTILE_TEXTS = st.sampled_from(
    [b"", b"-1", b"1e9", b"NaN", b"9" * 400, b"2026-13-45", b"\xc3\xa9", b"  ", b"<x/>"]
)


@settings(max_examples=150)
@given(st.data())
def test_a_file_with_any_text_replaced_is_read_or_refused(data: st.DataObject) -> None:
    texts = [found.span() for found in ELEMENTS.finditer(VALID[:6_000])]
    start, end = data.draw(st.sampled_from(texts))
    replacement = data.draw(HOSTILE_TEXTS)
    read_or_refused(VALID[: start + 1] + replacement + VALID[end - 1 :])


LINES = VALID.splitlines(keepends=True)


@settings(max_examples=150)
@given(st.lists(st.integers(0, 120), max_size=3), st.lists(st.integers(0, 120), max_size=3))
def test_a_file_with_elements_lost_or_repeated_is_read_or_refused(
    lost: list[int], repeated: list[int]
) -> None:
    lines = [line * (1 + repeated.count(n)) for n, line in enumerate(LINES) if n not in lost]
    read_or_refused(b"".join(lines))


def test_the_versions_written_are_those_named() -> None:
    assert VERSIONS == ("001.02", "001.03", "001.04", "001.08")
    with pytest.raises(ValueError, match=r"053\.001\.09"):
        write_camt053([], version="001.09", created_at=CREATED_AT, message_id="M")
