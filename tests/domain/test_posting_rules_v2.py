"""The second version of the posting rules: the tax on dividends apart from that on wages, all else as before."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from domain.aggregates.dividend_due import DividendDue
from domain.aggregates.legal_entity import LegalEntity
from domain.aggregates.payment_order import PaymentOrder, Pays
from domain.bookkeeping import chart, rules_v1, rules_v2
from domain.bookkeeping.rules import VERSIONS
from tests.cooperative import found
from tests.domain.departing import told
from tests.facts.samples import events
from tests.paper import PaperLedger

ALL = list(events())
OF_ORDERS = [
    each
    for each in ALL
    if isinstance(each, PaymentOrder.Approved | PaymentOrder.Withdrawn | PaymentOrder.Returned)
]


def accounts(entry: Any) -> list[str]:
    assert entry is not None
    return [line.account for line in entry.lines]


def test_an_entity_that_begins_books_by_the_newest_version_and_the_first_one_is_still_there() -> None:
    ledger = PaperLedger()
    found(ledger.perform)
    adopted = told(ledger.facts, LegalEntity.PostingRulesAdopted)
    assert (adopted.version, adopted.from_booked_on) == (2, date(1900, 1, 1))
    assert dict(VERSIONS) == {1: rules_v1.book, 2: rules_v2.book}


def test_both_versions_book_all_but_the_tax_on_dividends_alike() -> None:
    differ = [each for each in ALL if rules_v1.book(each) != rules_v2.book(each)]
    assert [type(each) for each in differ] == [DividendDue.Determined]


def test_the_tax_on_a_dividend_is_withheld_on_an_account_of_its_own() -> None:
    (due,) = (each for each in ALL if isinstance(each, DividendDue.Determined))
    first, second = rules_v1.book(due), rules_v2.book(due)
    assert accounts(first) == ["471", "453"]
    assert accounts(second) == ["471", "4532"]
    assert first is not None
    assert second is not None
    assert replace(second, lines=first.lines) == first


@pytest.mark.parametrize("order", OF_ORDERS, ids=lambda each: type(each).__name__)
def test_it_is_paid_from_where_it_was_withheld_and_stands_there_again_if_it_is_not(order: Any) -> None:
    of_wages, of_dividends = (replace(order, pays=pays) for pays in (Pays.WAGE_TAX, Pays.DIVIDEND_TAX))
    for book, of in ((rules_v1.book, of_dividends), (rules_v2.book, of_wages)):
        assert "453" in accounts(book(of))
    assert "4532" in accounts(rules_v2.book(of_dividends))
    assert "453" not in accounts(rules_v2.book(of_dividends))


def test_entries_by_hand_are_made_on_each_of_both_accounts() -> None:
    assert [chart.is_leaf(account) for account in ("453", "4532", "4530", "45", "619", "6190")] == [
        True,
        True,
        True,
        False,
        False,
        True,
    ]
