"""What a camt.053 file says is read whole, whichever version and habits the bank has."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.references import shown
from interchange.camt053 import read_camt053, write_camt053
from interchange.camt053.order import in_order
from interchange.camt053.records import BankEntry, BankStatement
from interchange.camt053.writer import VERSIONS
from tests.interchange.handwritten import balance, bank_file, details, entry, statement
from tests.interchange.months import CREATED_AT, REFERENCES, month_of_fifty

REFERENCE = "090933755493"


def the_entries(content: bytes) -> tuple[BankEntry, ...]:
    (only,) = read_camt053(content).statements
    return only.entries


def the_entry(content: bytes) -> BankEntry:
    (only,) = the_entries(content)
    return only


@pytest.mark.parametrize("version", VERSIONS)
def test_of_a_month_of_fifty_receipts_exactly_the_forty_with_a_reference_show_it(version: str) -> None:
    content = write_camt053([month_of_fifty()], version=version, created_at=CREATED_AT, message_id="M")
    entries = the_entries(content)
    assert len(entries) == 50
    assert [one.references for one in entries[:40]] == [(reference,) for reference in REFERENCES]
    assert [one.references for one in entries[40:]] == [()] * 10


@pytest.mark.parametrize("version", [f"camt.053.001.{number:02}" for number in range(2, 9)])
def test_every_version_from_02_to_08_is_read(version: str) -> None:
    file = read_camt053(bank_file(statement(), version=version))
    assert file.message == version
    assert file.statements[0].opening_c == 10_000


def test_a_namespace_of_the_banks_own_is_read_by_the_version_it_names() -> None:
    content = bank_file(statement()).replace(b"urn:iso:std:iso:20022:tech:xsd:", b"ISO:")
    assert read_camt053(content).message == "camt.053.001.02"


@pytest.mark.parametrize(
    ("status", "counts"),
    [
        ("", True),
        ("<Sts>BOOK</Sts>", True),
        ("<Sts><Cd>BOOK</Cd></Sts>", True),
        ("<Sts>PDNG</Sts>", False),
        ("<Sts><Cd>PDNG</Cd></Sts>", False),
        ("<Sts>INFO</Sts>", False),
        ("<Sts><Cd>FUTR</Cd></Sts>", False),
    ],
)
def test_only_what_is_booked_counts_and_no_status_means_booked(status: str, counts: bool) -> None:  # noqa: FBT001 - the row's verdict
    closing = "110.00" if counts else "100.00"
    content = bank_file(statement(entry("10.00", status), closing=closing))
    assert [one.amount_c for one in the_entries(content)] == ([1_000] if counts else [])


def test_days_are_the_banks_own_whether_written_as_dates_or_times() -> None:
    booked = "<BookgDt><DtTm>2026-03-30T23:59:59.999+05:00</DtTm></BookgDt>"
    valued = "<ValDt><Dt>2026-04-01</Dt></ValDt>"
    one = the_entry(bank_file(statement(entry("1", booked + valued), closing="101")))
    assert (one.booked_on, one.value_on) == (date(2026, 3, 30), date(2026, 4, 1))


def test_an_entry_without_a_booking_day_is_booked_on_the_day_of_the_statement() -> None:
    one = the_entry(bank_file(statement(entry("1"), closing="101", on="2026-02-27")))
    assert (one.booked_on, one.value_on) == (date(2026, 2, 27), None)


def test_amounts_may_carry_zeros_beyond_the_cent() -> None:
    one = the_entry(bank_file(statement(entry("27.05000"), opening="0", closing="27.050")))
    assert one.amount_c == 2_705


def test_debits_are_negative_and_an_overdrawn_balance_is_too() -> None:
    body = "<Stmt><Id>S</Id><Acct><Id><IBAN>BE69539123456778</IBAN></Id></Acct>"
    body += balance("OPBD", "10.00", "DBIT") + balance("CLBD", "15.00", "DBIT")
    (only,) = read_camt053(bank_file(body + entry("5.00", direction="DBIT") + "</Stmt>")).statements
    assert (only.opening_c, only.closing_c, only.booked_sum_c) == (-1_000, -1_500, -500)


def test_a_balance_without_a_direction_is_a_credit() -> None:
    body = "<Stmt><Id>S</Id><Acct><Id><IBAN>BE69539123456778</IBAN></Id></Acct>"
    body += balance("OPBD", "10.00", "") + balance("CLBD", "10.00", "") + "</Stmt>"
    assert read_camt053(bank_file(body)).statements[0].opening_c == 1_000


def test_without_an_opening_balance_the_previous_closing_balance_opens() -> None:
    content = bank_file(statement()).replace(b"OPBD", b"PRCD")
    assert read_camt053(content).statements[0].opening_c == 10_000


def test_a_reversal_moves_the_account_as_its_own_direction_says() -> None:
    reversal = entry("10.00", "<RvslInd>true</RvslInd>", direction="CRDT")
    file = read_camt053(bank_file(statement(reversal, closing="110.00")))
    assert file.statements[0].entries[0].amount_c == 1_000
    assert file.warnings == ()


def test_a_reversal_that_repeats_the_direction_it_undoes_is_read_as_the_balances_show() -> None:
    reversal = entry("10.00", "<RvslInd>true</RvslInd>", direction="DBIT")
    file = read_camt053(bank_file(statement(reversal, closing="110.00")))
    assert file.statements[0].entries[0].amount_c == 1_000
    (warning,) = file.warnings
    assert "reversals are read with the opposite sign" in warning


def test_the_other_side_of_a_credit_is_its_debtor_and_of_a_debit_its_creditor() -> None:
    parties = (
        "<RltdPties><Dbtr><Nm>Payer</Nm></Dbtr><DbtrAcct><Id><IBAN>be69 5391 2345 6778</IBAN></Id></DbtrAcct>"
        "<Cdtr><Pty><Nm>Payee</Nm></Pty></Cdtr></RltdPties>"
    )
    content = bank_file(
        statement(
            entry("1", details(parties)),
            entry("1", details(parties), direction="DBIT"),
            account="<IBAN>BE48001123456727</IBAN>",
        )
    )
    credit, debit = the_entries(content)
    assert (credit.counterparty_name, credit.counterparty_iban) == ("Payer", "BE69539123456778")
    assert (debit.counterparty_name, debit.counterparty_iban) == ("Payee", "")


def test_the_other_side_of_a_returned_payment_is_never_the_account_itself() -> None:
    parties = (
        "<RltdPties><Dbtr><Nm>Us</Nm></Dbtr><DbtrAcct><Id><IBAN>BE69539123456778</IBAN></Id></DbtrAcct>"
        "<Cdtr><Nm>Payee</Nm></Cdtr></RltdPties>"
    )
    returned = entry("1", "<RvslInd>true</RvslInd>" + details(parties))
    assert the_entry(bank_file(statement(returned, closing="101"))).counterparty_name == "Payee"


def test_an_entry_of_several_transactions_gathers_what_they_say() -> None:
    first = (
        "<RltdPties><Dbtr><Nm>A</Nm></Dbtr></RltdPties><RmtInf><Ustrd>one</Ustrd><Ustrd>two</Ustrd></RmtInf>"
    )
    second = (
        "<RltdPties><Dbtr><Nm>B</Nm></Dbtr></RltdPties>"
        f"<RmtInf><Strd><CdtrRefInf><Ref>{REFERENCE}</Ref></CdtrRefInf></Strd></RmtInf>"
    )
    one = the_entry(bank_file(statement(entry("1", details(first, second)), closing="101")))
    assert one.transactions == 2
    assert one.remittance == "one two"
    assert one.counterparty_name == ""
    assert one.references == (REFERENCE,)


def test_references_are_found_in_structured_and_free_text_once_each_and_only_if_valid() -> None:
    said = (
        f"<RmtInf><Ustrd>for {shown(REFERENCE)} and 090933755494</Ustrd>"
        f"<Strd><CdtrRefInf><Ref>{REFERENCE}</Ref></CdtrRefInf></Strd>"
        "<Strd><CdtrRefInf><Ref>RF18539007547034</Ref></CdtrRefInf></Strd></RmtInf>"
    )
    one = the_entry(bank_file(statement(entry("1", details(said)), closing="101")))
    assert one.references == (REFERENCE,)
    assert one.creditor_refs == (REFERENCE, "RF18539007547034")


def test_without_the_payers_words_the_banks_words_stand() -> None:
    banks = entry("1", details("<AddtlTxInf>of the transaction</AddtlTxInf>"))
    entrys = entry("1", "<AddtlNtryInf>of the entry</AddtlNtryInf>")
    one, two = the_entries(bank_file(statement(banks, entrys, closing="102")))
    assert (one.remittance, two.remittance) == ("of the transaction", "of the entry")


def test_an_entry_is_known_by_the_banks_best_reference() -> None:
    refs = "<Refs><EndToEndId>E</EndToEndId><TxId>T</TxId></Refs>"
    unnamed = "<Refs><EndToEndId>NOTPROVIDED</EndToEndId></Refs>"
    content = bank_file(
        statement(
            entry("1", "<AcctSvcrRef>A1</AcctSvcrRef>" + details(refs), before="<NtryRef>N1</NtryRef>"),
            entry("1", "<AcctSvcrRef>A2</AcctSvcrRef>" + details(refs)),
            entry("1", details(refs)),
            entry("1", details(unnamed)),
            closing="104",
        )
    )
    *named, unnamed_key = [one.key for one in the_entries(content)]
    assert named == ["ref:N1", "bank:A2", "tx:E|T"]
    assert unnamed_key.startswith("sha256:")
    assert unnamed_key.endswith("/1")


def test_entries_that_share_a_reference_or_have_none_get_keys_that_do_not_depend_on_their_order() -> None:
    shared = "<NtryRef>CONTRACT</NtryRef>"
    entries = [entry("1", before=shared), entry("2", before=shared), entry("3"), entry("3")]
    there = the_entries(bank_file(statement(*entries, closing="109")))
    back = the_entries(bank_file(statement(*reversed(entries), closing="109")))
    assert len({one.key for one in there}) == 4
    assert set(there) == set(back)


def test_a_statement_is_known_by_its_legal_else_electronic_number_in_its_year_else_its_id() -> None:
    legal = "<ElctrncSeqNb>12</ElctrncSeqNb><LglSeqNb>007</LglSeqNb>"
    electronic = "<ElctrncSeqNb>12</ElctrncSeqNb>"
    identities = []
    for sequence in (legal, electronic, ""):
        (only,) = read_camt053(bank_file(statement(sequence=sequence))).statements
        identities.append((only.identity, only.sequence, only.sequence_year))
    assert identities == [("legal:2026/7", 7, 2026), ("electronic:2026/12", 12, 2026), ("id:S1", None, None)]


def test_an_account_without_an_iban_is_known_by_the_number_the_bank_gives_it() -> None:
    content = bank_file(statement(account="<Othr><Id>LT-1 2</Id></Othr>"))
    assert read_camt053(content).statements[0].account == "LT-1 2"


def test_statements_follow_one_another_even_if_the_file_holds_the_newest_first() -> None:
    days = [statement(name=f"<Id>{day}</Id>", sequence="", on=f"2026-03-{day}") for day in ("12", "11", "10")]
    read = read_camt053(bank_file(*days)).statements
    assert [one.identity for one in read] == ["id:10", "id:11", "id:12"]


@given(st.permutations([(10, 20), (20, 35), (35, 5), (5, 5)]), st.integers(0, 2))
def test_statements_of_one_day_follow_one_another_by_their_balances(
    figures: list[tuple[int, int]], days_before: int
) -> None:
    day = date(2026, 3, 3)
    before = [
        BankStatement("B", f"id:{n}", None, None, 10, 10, date(2026, 3, n), date(2026, 3, n), ())
        for n in range(1, days_before + 1)
    ]
    same_day = [BankStatement("B", f"id:{o}-{c}", None, None, o, c, day, day, ()) for o, c in figures]
    ordered = in_order([*same_day, *reversed(before)])
    assert all(one.closing_c == two.opening_c for one, two in pairwise(ordered))


def test_statements_of_a_day_that_ends_as_it_began_start_where_the_day_before_ended() -> None:
    before = statement(name="<Id>0</Id>", sequence="", opening="5", closing="5", on="2026-03-02")
    out = statement(entry("3", direction="DBIT"), name="<Id>1</Id>", sequence="", opening="5", closing="2")
    back = statement(entry("3"), name="<Id>2</Id>", sequence="", opening="2", closing="5")
    read = read_camt053(bank_file(back, out, before)).statements
    assert [one.identity for one in read] == ["id:0", "id:1", "id:2"]


def test_empty_statements_of_one_day_follow_one_another_by_number() -> None:
    numbers = ["<LglSeqNb>9</LglSeqNb>", "<LglSeqNb>8</LglSeqNb>"]
    read = read_camt053(bank_file(*[statement(sequence=number) for number in numbers])).statements
    assert [one.sequence for one in read] == [8, 9]


def test_a_statement_that_stands_twice_in_a_file_is_read_once_with_a_warning() -> None:
    file = read_camt053(bank_file(statement(), statement()))
    assert len(file.statements) == 1
    assert file.warnings == ("legal:2026/3 stands in the file more than once and is read once",)


def test_latin_letters_are_read_by_the_encoding_declared_and_a_mark_at_the_start_is_no_harm() -> None:
    said = details("<RltdPties><Dbtr><Nm>Café Noël</Nm></Dbtr></RltdPties>")
    text = bank_file(statement(entry("1", said), closing="101")).decode()
    for content in (
        ('<?xml version="1.0" encoding="ISO-8859-1"?>' + text).encode("latin-1"),
        b"\xef\xbb\xbf" + text.encode(),
        ('<?xml version="1.0" encoding="UTF-16"?>' + text).encode("utf-16"),
    ):
        assert the_entry(content).counterparty_name == "Café Noël"
