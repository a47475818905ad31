"""An entity calls standard accounts by codes of its own, each from a day on, and never in closed books."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from domain.account_codes import account_on, code_on
from domain.aggregates.legal_entity import LegalEntity
from domain.aggregates.manual_entry import ManualEntry, ManualLine
from domain.bookkeeping import chart
from domain.errors import (
    AccountCodeTaken,
    AccountCodeUnusable,
    ControlAccount,
    EmptyText,
    NotRetroactive,
    UnknownAccount,
)
from domain.ledger.entities import map_account
from domain.ledger.manual_entries import post_entry, reversal_id, reverse_entry
from domain.ledger.periods import stop_bookings
from tests.cooperative import ENTITY, FOUNDED, found_entity
from tests.paper import PaperLedger

JANUARY, MARCH = date(2026, 1, 1), date(2026, 3, 1)
ENTRY, NEXT = UUID(int=1500), UUID(int=1501)


@pytest.fixture
def ledger() -> PaperLedger:
    founded = PaperLedger()
    found_entity(founded.perform)
    return founded


def calls(
    ledger: PaperLedger, account: str, code: str, *, valid_from: date = MARCH, **says: Any
) -> list[Any]:
    asked: dict[str, Any] = {"entity_id": ENTITY, "account": account, "code": code, "valid_from": valid_from}
    return ledger.perform(map_account, on=FOUNDED, **{"source_ref": "accountant", **asked, **says})


def codes(ledger: PaperLedger) -> Any:
    return ledger.get(LegalEntity, ENTITY).account_codes


def test_an_account_has_its_own_number_until_the_day_from_which_it_is_called_otherwise(
    ledger: PaperLedger,
) -> None:
    calls(ledger, "400", "400000")
    before = MARCH - timedelta(days=1)
    assert [code_on(codes(ledger), "400", day) for day in (before, MARCH)] == ["400", "400000"]
    assert [account_on(codes(ledger), "400000", day) for day in (before, MARCH)] == ["400000", "400"]
    calls(ledger, "400", "400", valid_from=date(2026, 6, 1))
    assert code_on(codes(ledger), "400", date(2026, 6, 1)) == "400"
    assert code_on(codes(ledger), "440", MARCH) == "440"


@pytest.mark.parametrize("code", ["", "40", "40000000000", "500000", "4000A0", "800", "-400"])
def test_a_code_of_another_class_or_no_number_is_refused(ledger: PaperLedger, code: str) -> None:
    with pytest.raises(AccountCodeUnusable):
        calls(ledger, "400", code)


def test_only_accounts_of_the_chart_are_called_otherwise_and_by_a_decision(ledger: PaperLedger) -> None:
    with pytest.raises(UnknownAccount):
        calls(ledger, "2400", "240000")
    with pytest.raises(EmptyText):
        calls(ledger, "400", "400000", source_ref=" ")


def test_every_code_leads_back_to_one_account_on_every_day(ledger: PaperLedger) -> None:
    with pytest.raises(AccountCodeTaken):
        calls(ledger, "400", "440")
    calls(ledger, "400", "400000")
    with pytest.raises(AccountCodeTaken):
        calls(ledger, "407", "400000")
    later = date(2026, 6, 1)
    calls(ledger, "400", "400100", valid_from=later)
    for day in (MARCH, later - timedelta(days=1)):
        with pytest.raises(AccountCodeTaken):
            calls(ledger, "407", "400000", valid_from=day)
        with pytest.raises(AccountCodeTaken):
            calls(ledger, "407", "400100", valid_from=day)
    calls(ledger, "407", "400000", valid_from=later)
    assert account_on(codes(ledger), "400000", later) == "407"


def test_books_that_are_stopped_are_never_called_otherwise_nor_a_day_before_the_last_change(
    ledger: PaperLedger,
) -> None:
    for month in ("2025-11", "2025-12"):
        ledger.perform(stop_bookings, on=MARCH, entity_id=ENTITY, month=month)
    with pytest.raises(NotRetroactive):
        calls(ledger, "400", "400000", valid_from=date(2025, 12, 31))
    calls(ledger, "400", "400000", valid_from=JANUARY)
    with pytest.raises(NotRetroactive):
        calls(ledger, "400", "400001", valid_from=JANUARY)


def test_an_entry_by_hand_names_own_codes_and_is_kept_on_the_standard_accounts(ledger: PaperLedger) -> None:
    calls(ledger, chart.RENT, "610000")
    calls(ledger, chart.ACCRUED_CHARGES, "492000")
    calls(ledger, chart.CUSTOMERS, "400000")
    lines = [ManualLine("610000", 50_00, 0), ManualLine("492000", 0, 50_00)]
    asked: dict[str, Any] = {"day": MARCH, "reason": "rent to come", "evidence_sha256": "ab" * 32}
    ledger.perform(post_entry, on=MARCH, entry_id=ENTRY, entity_id=ENTITY, lines=lines, **asked)
    assert [each.account for each in ledger.get(ManualEntry, ENTRY).lines] == ["610", "492"]
    ledger.perform(reverse_entry, on=MARCH, entry_id=ENTRY, **asked)
    assert [each.account for each in ledger.get(ManualEntry, reversal_id(ENTRY)).lines] == ["610", "492"]
    controlled = [ManualLine("400000", 50_00, 0), ManualLine("492000", 0, 50_00)]
    with pytest.raises(ControlAccount):
        ledger.perform(post_entry, on=MARCH, entry_id=NEXT, entity_id=ENTITY, lines=controlled, **asked)
