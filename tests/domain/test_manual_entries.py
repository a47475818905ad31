"""What the accountant books by hand balances, rests on a document, and is only ever taken back."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from domain.aggregates.activity import Activity
from domain.aggregates.manual_entry import ManualEntry, ManualLine
from domain.aggregates.period import Period
from domain.bookkeeping import chart
from domain.bookkeeping.rules_v1 import book
from domain.errors import (
    AmountNegative,
    ControlAccount,
    EmptyText,
    EntryDoesNotBalance,
    EntryReversedAlready,
    NoEvidence,
    NotALeafAccount,
    OneSidePerLine,
    OtherEntity,
    Refusal,
    UnknownRecord,
)
from domain.ledger.entities import entity_id_of
from domain.ledger.manual_entries import post_entry, reversal_id, reverse_entry
from domain.ledger.periods import stop_bookings
from tests.cooperative import ACTIVITY, ENTITY, found, found_entity
from tests.paper import PaperLedger

ENTRY = UUID(int=700)
EVIDENCE = "e" * 64
JANUARY_20 = date(2026, 1, 20)
RENT = (ManualLine("610", 500_00, 0, ACTIVITY), ManualLine("610", 0, 500_00))


@pytest.fixture
def ledger() -> PaperLedger:
    paper = PaperLedger()
    found(paper.perform)
    return paper


def post(ledger: PaperLedger, *lines: ManualLine, **says: Any) -> list[Any]:
    asked: dict[str, Any] = {
        "entry_id": ENTRY,
        "entity_id": ENTITY,
        "day": JANUARY_20,
        "lines": lines or RENT,
        "reason": "the rent of the workshop",
        "evidence_sha256": EVIDENCE,
    }
    return ledger.perform(post_entry, **asked | says)


def by_kind(facts: list[Any]) -> dict[type[Any], Any]:
    return {type(fact): fact for fact in facts}


def reverse(ledger: PaperLedger) -> list[Any]:
    return ledger.perform(
        reverse_entry,
        entry_id=ENTRY,
        day=date(2026, 2, 3),
        reason="the rent was the neighbour's",
        evidence_sha256=EVIDENCE,
    )


def test_an_entry_is_booked_as_it_is_written(ledger: PaperLedger) -> None:
    journal = book(by_kind(post(ledger))[ManualEntry.Posted])
    assert journal is not None
    assert (journal.journal, journal.booked_on, journal.year_end) == ("manual", JANUARY_20, False)
    assert [(line.account, line.debit_c, line.credit_c, line.activity_id) for line in journal.lines] == [
        ("610", 500_00, 0, ACTIVITY),
        ("610", 0, 500_00, None),
    ]


def test_an_activity_is_told_what_an_entry_costs_it(ledger: PaperLedger) -> None:
    told = by_kind(post(ledger))[Activity.ResultAdjusted]
    assert (told.originator_id, told.document_id, told.amount_c) == (ACTIVITY, ENTRY, -500_00)


def test_an_entry_on_the_balance_sheet_of_an_activity_earns_it_nothing(ledger: PaperLedger) -> None:
    lines = (ManualLine("490", 5_00, 0, ACTIVITY), ManualLine("492", 0, 5_00, ACTIVITY))
    assert len(post(ledger, *lines)) == 1


@pytest.mark.parametrize(
    ("lines", "refusal"),
    [
        ((ManualLine("610", 5_00, 0), ManualLine("613", 0, 4_99)), EntryDoesNotBalance),
        ((ManualLine("610", 5_00, 0),), EntryDoesNotBalance),
        ((ManualLine("610", 0, 0), ManualLine("613", 0, 0)), OneSidePerLine),
        ((ManualLine("610", 5_00, 5_00), ManualLine("613", 1, 1)), OneSidePerLine),
        ((ManualLine("610", -5_00, 0), ManualLine("613", 0, -5_00)), AmountNegative),
        ((ManualLine("61", 5_00, 0), ManualLine("613", 0, 5_00)), NotALeafAccount),
        ((ManualLine("620", 5_00, 0), ManualLine("613", 0, 5_00)), NotALeafAccount),
        ((ManualLine("rent", 5_00, 0), ManualLine("613", 0, 5_00)), NotALeafAccount),
    ],
)
def test_an_entry_that_is_none_is_refused(
    ledger: PaperLedger, lines: tuple[ManualLine, ...], refusal: type[Refusal]
) -> None:
    with pytest.raises(refusal):
        post(ledger, *lines)


def test_an_entry_without_lines_is_refused(ledger: PaperLedger) -> None:
    with pytest.raises(EntryDoesNotBalance):
        post(ledger, lines=())


@pytest.mark.parametrize("account", sorted(chart.CONTROLLED))
def test_what_facts_of_their_own_keep_is_not_booked_by_hand(ledger: PaperLedger, account: str) -> None:
    with pytest.raises(ControlAccount):
        post(ledger, ManualLine(account, 5_00, 0), ManualLine("613", 0, 5_00))


def test_an_entry_says_why_and_on_what_it_rests(ledger: PaperLedger) -> None:
    with pytest.raises(EmptyText):
        post(ledger, reason=" ")
    with pytest.raises(NoEvidence):
        post(ledger, evidence_sha256="the bill")


def test_an_entry_stays_within_its_entity(ledger: PaperLedger) -> None:
    found_entity(ledger.perform, code="OTHER")
    with pytest.raises(OtherEntity):
        post(ledger, entity_id=entity_id_of("OTHER"))
    with pytest.raises(UnknownRecord):
        post(ledger, entity_id=UUID(int=1))


def test_an_entry_is_taken_back_once_by_another_and_each_names_the_other(ledger: PaperLedger) -> None:
    post(ledger)
    facts = by_kind(reverse(ledger))
    taken_back, posted = facts[ManualEntry.Reversed], facts[ManualEntry.Posted]
    assert facts[Activity.ResultAdjusted].amount_c == 500_00
    assert taken_back.by_entry_id == posted.originator_id == reversal_id(ENTRY)
    assert posted.reverses == taken_back.originator_id == ENTRY
    assert [(line.debit_c, line.credit_c) for line in posted.lines] == [(0, 500_00), (500_00, 0)]
    with pytest.raises(EntryReversedAlready):
        reverse(ledger)


def test_into_a_month_whose_bookings_have_stopped_only_the_accountant_still_books(
    ledger: PaperLedger,
) -> None:
    for month in ("2025-11", "2025-12", "2026-01"):
        ledger.perform(stop_bookings, entity_id=ENTITY, month=month)
    facts = by_kind(post(ledger))
    assert facts[ManualEntry.Posted].booked_on == JANUARY_20
    authorised = facts[Period.LateEntryAuthorised]
    assert authorised.month == "2026-01"
    assert authorised.position == ledger.position - 1
