"""Files of real banks and of other open projects are read, or refused, as their figures say."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import pytest
from lxml import etree

from domain.errors import Refusal
from domain.money import cents_of
from interchange.camt053 import BankStatement, read_camt053, write_camt053
from interchange.camt053.writer import VERSIONS
from interchange.errors import NotACamt053
from tests.interchange.months import CREATED_AT, month_of_fifty

pytestmark = pytest.mark.samples


def expected(samples: Path) -> dict[str, list[dict[str, str]]]:
    """The verdicts on the statements of each camt.053 sample file."""
    by_file = defaultdict(list)
    with (samples / "camt" / "expected.csv").open(newline="") as rows:
        for row in csv.DictReader(rows):
            if row["message"].startswith("camt.053"):
                by_file[row["file"]].append(row)
    return by_file


def schema(samples: Path, message: str) -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(samples / "camt" / "xsd" / f"{message}.xsd"))


def test_every_statement_is_read_or_refused_as_its_figures_say(samples: Path) -> None:
    files = expected(samples)
    assert sum(len(rows) for rows in files.values()) == 12
    for name, rows in files.items():
        content = (samples / "camt" / name).read_bytes()
        if all(row["balances"] == "True" for row in rows):
            assert_read_as(read_camt053(content).statements, rows)
        else:
            with pytest.raises(Refusal):
                read_camt053(content)


def assert_read_as(statements: Sequence[BankStatement], rows: Sequence[dict[str, str]]) -> None:
    for statement, row in zip(statements, rows, strict=True):
        assert statement.account == (row["iban"] or statement.account)
        assert statement.opening_c == cents_of(row["opening"])
        assert statement.closing_c == cents_of(row["closing"])
        assert statement.booked_sum_c == cents_of(row["booked_sum"])
        assert len(statement.entries) == int(row["entries"])
        assert sum(entry.transactions for entry in statement.entries) == int(row["txdtls"])
        assert len({entry.key for entry in statement.entries}) == len(statement.entries)


def test_a_belgian_month_is_read_whole(samples: Path) -> None:
    content = (samples / "camt" / "BE68793230773034-202411.xml").read_bytes()
    (month,) = read_camt053(content).statements
    assert len({entry.key for entry in month.entries}) == 268
    assert all(entry.counterparty_iban != month.account for entry in month.entries)


def test_two_accounts_in_one_file_are_two_accounts_and_continue_the_day_after(samples: Path) -> None:
    days = [
        read_camt053((samples / "camt" / f"LT625883379695428516-2024-03-{day}.xml").read_bytes()).statements
        for day in (12, 13)
    ]
    for first, second in zip(*days, strict=True):
        assert first.account == second.account
        assert first.closing_c == second.opening_c
    assert len({statement.account for statement in days[0]}) == 2


def test_two_statements_of_one_day_continue_one_another(samples: Path) -> None:
    content = (samples / "camt" / "camt053.v2.multi.statement.xml").read_bytes()
    assert [(one.opening_c, one.closing_c) for one in read_camt053(content).statements] == [
        (1_815, 2_700),
        (2_700, 2_000),
    ]


def test_a_notification_is_refused_as_what_it_is(samples: Path) -> None:
    with pytest.raises(NotACamt053, match=r"camt\.054\.001\.08, a notification"):
        read_camt053((samples / "camt" / "camt054.v8.xml").read_bytes())


def test_what_the_schema_objects_to_is_a_warning_and_no_refusal(samples: Path) -> None:
    message = "camt.053.001.08"
    content = (samples / "camt" / "LT625883379695428516-2024-03-12.xml").read_bytes()
    file = read_camt053(content, {message: schema(samples, message)})
    assert len(file.statements) == 2
    assert all("is not by the schema" in warning for warning in file.warnings)
    assert 1 <= len(file.warnings) <= 5


@pytest.mark.parametrize("version", VERSIONS)
def test_what_is_written_is_valid_by_its_schema(samples: Path, version: str) -> None:
    real = read_camt053((samples / "camt" / "BE68793230773034-202411.xml").read_bytes()).statements
    other = read_camt053((samples / "camt" / "LT625883379695428516-2024-03-12.xml").read_bytes()).statements
    statements = (month_of_fifty(), *real, *other)
    content = write_camt053(statements, version=version, created_at=CREATED_AT, message_id="M")
    message = f"camt.053.{version}"
    file = read_camt053(content, {message: schema(samples, message)})
    assert file.warnings == ()
    assert file.statements == statements
