"""Plain-text journals say what was booked, in the words of the program that reads them."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from interchange.journals.beancount import write_beancount
from interchange.journals.hledger import write_hledger
from interchange.journals.records import Entry, Posting, Standing, euros, kind_of
from tests.system_tools import system_tool

JANUARY = date(2026, 1, 31)
NAMES = {"400": "Customers", "550": "Bank"}
SALE = Entry(
    "COOP",
    date(2026, 1, 5),
    12,
    "sales",
    "d-1",
    (
        Posting("400", 121_00, activity="A1"),
        Posting("7001", -100_00, activity="A1"),
        Posting("451", -21_00),
    ),
)
RECEIPT = Entry(
    "COOP",
    date(2026, 1, 20),
    15,
    "bank",
    "d-2",
    (Posting("550", 121_00), Posting("400", -121_00, activity="A1")),
)
STANDINGS = (
    Standing("COOP", "400", JANUARY, 0),
    Standing("COOP", "451", JANUARY, -21_00),
    Standing("COOP", "550", JANUARY, 121_00),
    Standing("COOP", "7001", JANUARY, -100_00),
)


def beancount(entries: tuple[Entry, ...], standings: tuple[Standing, ...]) -> str:
    return "".join(write_beancount(entries, standings, names=NAMES))


def hledger(entries: tuple[Entry, ...], standings: tuple[Standing, ...]) -> str:
    accounts = sorted({(each.entity, each.account) for each in standings})
    return "".join(write_hledger(entries, standings, accounts=accounts, names=NAMES))


def bean_check(file: Path) -> int:
    """What bean-check says of a file: 0 if it holds."""
    program = Path(sys.executable).with_name("bean-check")
    return subprocess.run([str(program), str(file)], capture_output=True, timeout=300, check=False).returncode


def hledger_check(file: Path) -> int:
    """What hledger says of a file: 0 if it holds."""
    program = system_tool("hledger", package="hledger")
    words = [program, "-f", str(file), "check", "--strict", "accounts", "commodities", "ordereddates"]
    return subprocess.run(words, capture_output=True, timeout=300, check=False).returncode


def test_beancount_reads_accounts_entries_tags_and_what_stands_at_the_month_s_end() -> None:
    text = beancount((SALE, RECEIPT), STANDINGS)
    assert '2026-01-05 open Assets:ECOOP:C400 EUR\n  name: "Customers"\n' in text
    assert '\n2026-01-05 * "sales"\n  position: "12"\n  document: "d-1"\n' in text
    assert '  Income:ECOOP:C7001  -100.00 EUR\n    activity: "A1"\n' in text
    assert "2026-02-01 balance Assets:ECOOP:C550 121.00 ~ 0.00 EUR\n" in text


def test_hledger_reads_the_same_with_the_assertions_behind_the_last_entry_of_their_day() -> None:
    on_the_last_day = Entry("COOP", JANUARY, 16, "bank", "d-3", RECEIPT.postings)
    text = hledger((SALE, on_the_last_day), STANDINGS)
    assert text.startswith("commodity 1000.00 EUR\naccount assets:COOP:400  ; Customers\n")
    assert "\n2026-01-05 * sales  ; position:12, document:d-1\n" in text
    assert "    income:COOP:7001  -100.00 EUR  ; activity:A1\n" in text
    assert text.index("document:d-3") < text.index("    assets:COOP:550  0.00 EUR = 121.00 EUR\n")


def test_an_account_that_stands_at_nothing_before_its_first_entry_is_not_asserted_before_it_is_opened(
    tmp_path: Path,
) -> None:
    """As when an entity gives an account another code on a day on which it stands at nothing."""
    december = date(2025, 12, 31)
    standings = (Standing("COOP", "550", december, 0), Standing("COOP", "411", december, 0), *STANDINGS)
    file = tmp_path / "books"
    for write, check in ((beancount, bean_check), (hledger, hledger_check)):
        file.write_text(write((SALE, RECEIPT), standings))
        assert check(file) == 0
    text = beancount((SALE, RECEIPT), standings)
    assert "2026-01-01 balance Assets:ECOOP:C550" not in text
    assert "2026-01-01 balance Assets:ECOOP:C411 0.00 ~ 0.00 EUR\n" in text
    file.write_text(beancount((SALE, RECEIPT), (Standing("COOP", "550", december, 1), *STANDINGS)))
    assert bean_check(file) == 1


Writer = Callable[[tuple[Entry, ...], tuple[Standing, ...]], str]


@pytest.mark.parametrize(("write", "check"), [(beancount, bean_check), (hledger, hledger_check)])
def test_a_cent_too_much_in_an_entry_or_an_assertion_is_found(
    tmp_path: Path, write: Writer, check: Callable[[Path], int]
) -> None:
    def verdict(entries: tuple[Entry, ...], standings: tuple[Standing, ...]) -> int:
        file = tmp_path / "books"
        file.write_text(write(entries, standings))
        return check(file)

    assert verdict((SALE, RECEIPT), STANDINGS) == 0
    crooked = Entry("COOP", date(2026, 1, 20), 15, "bank", "d-2", (Posting("550", 1), RECEIPT.postings[1]))
    assert verdict((SALE, crooked), STANDINGS) == 1
    assert verdict((SALE, RECEIPT), (Standing("COOP", "550", JANUARY, 121_01), *STANDINGS[3:])) == 1


@pytest.mark.parametrize(
    ("account", "kind"),
    [
        ("1109", "Equity"),
        ("140", "Equity"),
        ("164", "Liabilities"),
        ("400", "Assets"),
        ("411", "Assets"),
        ("4895", "Liabilities"),
        ("490", "Assets"),
        ("492", "Liabilities"),
        ("499", "Liabilities"),
        ("550", "Assets"),
        ("6190", "Expenses"),
        ("7001", "Income"),
    ],
)
def test_the_class_of_an_account_says_its_kind(account: str, kind: str) -> None:
    assert kind_of(account) == kind


@pytest.mark.parametrize(
    ("cents", "written"), [(0, "0.00"), (5, "0.05"), (-5, "-0.05"), (-121_000, "-1210.00")]
)
def test_cents_are_written_without_separators(cents: int, written: str) -> None:
    assert euros(cents) == written
