"""A month is opened, its bookings stopped, and closed on figures that can no longer move."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from domain.aggregates.legal_entity import LegalEntity
from domain.aggregates.period import Period
from domain.errors import (
    AlreadyExists,
    BooksDoNotBalance,
    BooksStopped,
    DigestTooEarly,
    EarlierPeriodOpen,
    EmptyText,
    InvalidDay,
    InvalidMonth,
    LaterPeriodStopped,
    NoOpenPeriod,
    NoReopeningProposed,
    PeriodNotClosed,
    PeriodNotClosing,
    PeriodNotOpen,
    Refusal,
    SecondPersonNeeded,
    UnknownRecord,
)
from domain.ledger.periods import (
    booking_date,
    close_period,
    open_period,
    period_id,
    propose_reopening,
    reopen_period,
    stop_bookings,
)
from tests.cooperative import ENTITY, MONTHS, found_entity
from tests.paper import PaperBooks, PaperLedger
from tests.scenario import Given, fact, says, stamp

MONTH = {"entity_id": ENTITY, "month": "2026-02"}
OPENED = fact(Period.Opened, **MONTH, first_on=date(2026, 2, 1), last_on=date(2026, 2, 28))
STOPPED = fact(Period.BookingsStopped, **MONTH, position=40)
DIGEST: dict[str, Any] = {
    "position": 40,
    "trial_balance_sha256": "d" * 64,
    "debit_c": 1_210_00,
    "credit_c": 1_210_00,
}
CLOSED = fact(Period.Closed, **MONTH, **DIGEST)


def closing(**says: Any) -> Any:
    return lambda period: period.close(stamp(), **DIGEST | says)


def stopping(period: Period) -> None:
    period.stop_bookings(stamp(), position=40)


def test_the_bookings_of_an_open_month_are_stopped_once() -> None:
    Given(Period, OPENED).when(stopping).then(STOPPED)
    Given(Period, OPENED, STOPPED).when(stopping).then_refused(PeriodNotOpen, state="closing")
    Given(Period, OPENED, STOPPED, CLOSED).when(stopping).then_refused(PeriodNotOpen, state="closed")


def test_a_stopped_month_is_closed_once_with_its_digest() -> None:
    Given(Period, OPENED, STOPPED).when(closing()).then(CLOSED)
    Given(Period, OPENED).when(closing()).then_refused(PeriodNotClosing, state="open")
    Given(Period, OPENED, STOPPED, CLOSED).when(closing()).then_refused(PeriodNotClosing, state="closed")


def test_a_digest_taken_before_the_bookings_stopped_is_refused() -> None:
    Given(Period, OPENED, STOPPED).when(closing(position=39)).then_refused(DigestTooEarly, stopped_at=40)


@pytest.mark.parametrize("credit_c", [1_209_99, 0])
def test_a_month_whose_books_do_not_balance_stays_unclosed(credit_c: int) -> None:
    Given(Period, OPENED, STOPPED).when(closing(credit_c=credit_c)).then_refused(BooksDoNotBalance)


def test_an_empty_month_closes() -> None:
    nothing = {"debit_c": 0, "credit_c": 0}
    Given(Period, OPENED, STOPPED).when(closing(**nothing)).then(
        fact(Period.Closed, **MONTH, **DIGEST | nothing)
    )


@pytest.fixture
def ledger() -> PaperLedger:
    paper = PaperLedger()
    found_entity(paper.perform)
    return paper


def stop(ledger: PaperLedger, *months: str) -> None:
    for month in months:
        ledger.perform(stop_bookings, entity_id=ENTITY, month=month)


def booked(ledger: PaperLedger, day: date) -> date:
    return booking_date(PaperBooks(ledger._streams, ledger.position), ENTITY, day)


def test_a_month_is_opened_with_its_days(ledger: PaperLedger) -> None:
    (opened,) = ledger.perform(open_period, entity_id=ENTITY, month="2028-02")
    assert (opened.first_on, opened.last_on) == (date(2028, 2, 1), date(2028, 2, 29))
    assert opened.originator_id == period_id(ENTITY, "2028-02")


@pytest.mark.parametrize(
    "month",
    [
        "",
        "2026",
        "2026-13",
        "2026-00",
        "2026-1",
        "26-01",
        "2026-01-01",
        "2026-01\n",
        "\u0662\u0660\u0662\u0666-\u0660\u0661",
        "1899-12",
        "3000-01",
        "9999-12",
    ],
)
def test_what_is_no_month_is_refused(ledger: PaperLedger, month: str) -> None:
    for use_case in (open_period, stop_bookings):
        with pytest.raises(InvalidMonth):
            ledger.perform(use_case, entity_id=ENTITY, month=month)


def test_a_month_is_opened_once_by_a_known_entity(ledger: PaperLedger) -> None:
    with pytest.raises(AlreadyExists):
        ledger.perform(open_period, entity_id=ENTITY, month="2026-01")
    with pytest.raises(UnknownRecord):
        ledger.perform(open_period, entity_id=UUID(int=9), month="2026-01")


def test_months_are_stopped_in_order(ledger: PaperLedger) -> None:
    with pytest.raises(EarlierPeriodOpen) as refused:
        stop(ledger, "2026-01")
    assert refused.value.facts["earlier"] == "2025-12"
    stop(ledger, "2025-11", "2025-12", "2026-01")


def test_stopping_a_month_is_recorded_for_the_month_and_the_entity(ledger: PaperLedger) -> None:
    before = ledger.position
    recorded = ledger.perform(stop_bookings, entity_id=ENTITY, month="2025-11")
    assert {(each.kind, tuple(each.says.items())) for each in map(says, recorded)} == {
        (Period.BookingsStopped, (("entity_id", ENTITY), ("month", "2025-11"), ("position", before))),
        (LegalEntity.BooksStopped, (("through_on", date(2025, 11, 30)),)),
    }


def test_a_month_that_was_never_opened_is_not_stopped(ledger: PaperLedger) -> None:
    with pytest.raises(UnknownRecord):
        stop(ledger, "2030-01")


@pytest.mark.parametrize("month", ["2025-10", "2023-01", "1900-01", "2025-12"])
def test_no_month_is_opened_before_the_day_the_books_are_stopped(ledger: PaperLedger, month: str) -> None:
    stop(ledger, "2025-11", "2025-12")
    with pytest.raises(BooksStopped):
        ledger.perform(open_period, entity_id=ENTITY, month=month)


def test_an_old_month_left_open_takes_no_booking_once_a_later_one_is_stopped() -> None:
    ledger = PaperLedger()
    found_entity(ledger.perform)
    ledger.perform(open_period, entity_id=ENTITY, month="2019-01")
    stop(ledger, *MONTHS[:2])
    assert booked(ledger, date(2019, 1, 15)) == date(2026, 1, 1)
    stop(ledger, "2019-01")
    assert booked(ledger, date(2025, 12, 15)) == date(2026, 1, 1)


@pytest.mark.parametrize(
    ("stopped", "day", "booked_on"),
    [
        (0, date(2025, 11, 1), date(2025, 11, 1)),
        (0, date(2025, 12, 31), date(2025, 12, 31)),
        (1, date(2025, 11, 30), date(2025, 12, 1)),
        (2, date(2025, 12, 20), date(2026, 1, 1)),
        (2, date(2025, 11, 1), date(2026, 1, 1)),
        (2, date(2026, 1, 10), date(2026, 1, 10)),
        (0, date(2025, 10, 31), date(2025, 11, 1)),
        (2, date(1999, 1, 1), date(2026, 1, 1)),
        (4, date(2026, 3, 31), date(2026, 3, 31)),
    ],
)
def test_a_fact_is_booked_on_its_day_or_the_first_day_of_the_first_open_month(
    ledger: PaperLedger, stopped: int, day: date, booked_on: date
) -> None:
    stop(ledger, *MONTHS[:stopped])
    assert booked(ledger, day) == booked_on


def test_a_gap_between_open_months_is_passed_over(ledger: PaperLedger) -> None:
    ledger.perform(open_period, entity_id=ENTITY, month="2026-06")
    assert booked(ledger, date(2026, 4, 15)) == date(2026, 6, 1)


@pytest.mark.parametrize(
    ("day", "refusal"),
    [
        (date(2026, 4, 1), NoOpenPeriod),
        (date(2020, 1, 1), NoOpenPeriod),
        (date(2999, 12, 31), NoOpenPeriod),
        (date.min, InvalidDay),
        (date(1899, 12, 31), InvalidDay),
        (date(3000, 1, 1), InvalidDay),
        (date.max, InvalidDay),
    ],
)
def test_a_day_without_an_open_month_within_reach_is_refused(
    ledger: PaperLedger, day: date, refusal: type[Refusal]
) -> None:
    with pytest.raises(refusal):
        booked(ledger, day)


def test_a_refusal_for_want_of_an_open_month_says_how_far_it_looked(ledger: PaperLedger) -> None:
    with pytest.raises(NoOpenPeriod) as refused:
        booked(ledger, date(2020, 1, 1))
    assert refused.value.facts == {"day": date(2020, 1, 1), "looked_through": "2022-01"}


def test_a_month_is_closed_with_the_digest_of_its_trial_balance(ledger: PaperLedger) -> None:
    stop(ledger, "2025-11")
    asked = DIGEST | {"entity_id": ENTITY, "month": "2025-11", "position": ledger.position}
    (closed,) = ledger.perform(close_period, **asked)
    assert says(closed) == fact(Period.Closed, **asked)


def test_the_digest_of_a_log_that_does_not_exist_yet_is_refused(ledger: PaperLedger) -> None:
    stop(ledger, "2025-11")
    with pytest.raises(DigestTooEarly):
        ledger.perform(
            close_period,
            **DIGEST | {"entity_id": ENTITY, "month": "2025-11", "position": ledger.position + 1},
        )


def close(ledger: PaperLedger, *months: str) -> None:
    for month in months:
        stop(ledger, month)
        ledger.perform(close_period, entity_id=ENTITY, month=month, **DIGEST | {"position": ledger.position})


def test_the_last_closed_month_is_opened_again_by_two_people_and_for_a_reason(ledger: PaperLedger) -> None:
    close(ledger, "2025-11", "2025-12")
    asked: dict[str, Any] = {"entity_id": ENTITY, "month": "2025-12"}
    with pytest.raises(NoReopeningProposed):
        ledger.perform(reopen_period, actor="ben", **asked)
    with pytest.raises(EmptyText):
        ledger.perform(propose_reopening, reason=" ", **asked)
    ledger.perform(propose_reopening, actor="desk", on_behalf_of="anna", reason="a lost bill", **asked)
    for actor in ("desk", "anna"):
        with pytest.raises(SecondPersonNeeded):
            ledger.perform(reopen_period, actor=actor, **asked)
    on_entity, reopened = ledger.perform(reopen_period, actor="ben", **asked)
    assert (reopened.proposed_by, reopened.reason) == ("desk", "a lost bill")
    assert on_entity.from_on == date(2025, 12, 1)
    assert booked(ledger, date(2025, 12, 5)) == date(2025, 12, 5)
    assert booked(ledger, date(2025, 11, 5)) == date(2025, 12, 1)
    close(ledger, "2025-12")
    assert booked(ledger, date(2025, 12, 5)) == date(2026, 1, 1)


def test_a_month_is_not_reopened_under_a_later_one_nor_while_it_is_open(ledger: PaperLedger) -> None:
    with pytest.raises(PeriodNotClosed):
        ledger.perform(propose_reopening, entity_id=ENTITY, month="2025-11", reason="a lost bill")
    close(ledger, "2025-11", "2025-12")
    with pytest.raises(LaterPeriodStopped):
        ledger.perform(propose_reopening, entity_id=ENTITY, month="2025-11", reason="a lost bill")
    with pytest.raises(LaterPeriodStopped):
        ledger.perform(reopen_period, entity_id=ENTITY, month="2025-11")


def test_a_digest_counts_the_entries_made_after_the_bookings_stopped() -> None:
    late = fact(Period.LateEntryAuthorised, **MONTH, entry_id=UUID(int=5), on=date(2026, 2, 20), position=44)
    given = (OPENED, STOPPED, late)
    Given(Period, *given).when(closing(position=43)).then_refused(DigestTooEarly, stopped_at=44)
    Given(Period, *given).when(closing(position=44)).then(
        fact(Period.Closed, **MONTH, **DIGEST | {"position": 44})
    )
