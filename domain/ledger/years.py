"""Fiscal years: begin one, approve its accounts, appropriate the result, begin the next at nothing."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from datetime import date
from uuid import UUID

from domain.aggregates.distributions import Distributions
from domain.aggregates.dividend import Dividend
from domain.aggregates.fiscal_year import AccountBalance, Accounts, Appropriation, FiscalYear
from domain.aggregates.legal_entity import LegalEntity
from domain.aggregates.patronage_refund import PatronageRefund
from domain.errors import (
    DigestTooEarly,
    DividendNotAsVoted,
    EmptyText,
    MonthsStillOpen,
    PatronageNotAsVoted,
    YearTooLong,
)
from domain.facts import Stamp, require_day
from domain.ids import derived_id
from domain.ledger.books import Books
from domain.ledger.carrying import require_carried
from domain.ledger.periods import months_not_closed
from domain.ledger.presets import ACCOUNTS_BODY
from domain.ledger.withdrawals import distributions_id

MOST_MONTHS = 24
"""A first year may be long; the bound is what a look for its months can bear."""


def year_id(entity_id: UUID, year: str) -> UUID:
    """Return the id of the fiscal year of that entity and name, such as 2026."""
    return derived_id("fiscal-year", entity_id, year)


def open_year(
    books: Books, stamp: Stamp, *, entity_id: UUID, year: str, first_on: date, last_on: date
) -> None:
    """Begin a fiscal year that follows the last one; whole months, at most 24 of them."""
    entity = books.get(LegalEntity, entity_id)
    require_day(first_on)
    require_day(last_on)
    if not year.strip():
        raise EmptyText(field="year")
    months = (last_on.year - first_on.year) * 12 + last_on.month - first_on.month + 1
    whole = first_on.day == 1 and last_on.day == monthrange(last_on.year, last_on.month)[1]
    if not whole or not 1 <= months <= MOST_MONTHS:
        raise YearTooLong(first_on=first_on, last_on=last_on)
    entity.begin_year(stamp, first_on=first_on, last_on=last_on)
    books.record(
        FiscalYear.begin(
            stamp,
            id=year_id(entity_id, year),
            entity_id=entity_id,
            year=year,
            first_on=first_on,
            last_on=last_on,
        )
    )


def approve_accounts(
    books: Books,
    stamp: Stamp,
    *,
    year_id: UUID,
    accounts: Accounts,
    decision_ref: str,
    motion_id: UUID | None = None,
) -> None:
    """Record that the assembly approved the accounts, once every month of the year is closed, year by year."""
    year = books.get(FiscalYear, year_id)
    require_carried(books, year.entity_id, motion_id, body=ACCOUNTS_BODY, on=stamp.effective_on)
    open_months = months_not_closed(books, year.entity_id, year.first_on, year.last_on)
    if open_months:
        raise MonthsStillOpen(months=", ".join(open_months))
    if accounts.position > books.position:
        raise DigestTooEarly(position=accounts.position, log_ends_at=books.position)
    entity = books.get(LegalEntity, year.entity_id)
    year.approve(
        stamp, accounts=accounts, carried_c=entity.carried_c, decision_ref=decision_ref, motion_id=motion_id
    )
    entity.approve_year(stamp, first_on=year.first_on, through_on=year.last_on)


def appropriate_result(
    books: Books,
    stamp: Stamp,
    *,
    year_id: UUID,
    appropriation: Appropriation,
    decision_ref: str,
    motion_id: UUID | None = None,
) -> None:
    """Record what the assembly does with the result, year by year; it gives what was voted, to shares and activities.

    What may be distributed was decided with that vote: both tests, the queue, the cap.
    """
    year = books.get(FiscalYear, year_id)
    require_carried(books, year.entity_id, motion_id, body=ACCOUNTS_BODY, on=stamp.effective_on)
    entity = books.get(LegalEntity, year.entity_id)
    carried_c = entity.carried_c
    entity.appropriate_year(
        stamp, first_on=year.first_on, through_on=year.last_on, added_c=appropriation.added_c
    )
    year.appropriate(
        stamp,
        appropriation=appropriation,
        decision_ref=decision_ref,
        motion_id=motion_id,
        carried_c=carried_c,
    )
    distributions = books.find(Distributions, distributions_id(year.entity_id))
    if distributions is not None:
        voted = distributions.voted
        distributions.appropriate_dividend(stamp, year_id=year_id, amount_c=appropriation.dividend_c)
        for dividend_id in voted:
            books.get(Dividend, dividend_id).appropriate(stamp, year_id=year_id)
        refunds = distributions.patronage_voted
        distributions.appropriate_patronage(stamp, year_id=year_id, amount_c=appropriation.patronage_c)
        for patronage_id in refunds:
            books.get(PatronageRefund, patronage_id).appropriate(stamp, year_id=year_id)
    elif appropriation.dividend_c:
        raise DividendNotAsVoted(voted_c=0, dividend_c=appropriation.dividend_c)
    elif appropriation.patronage_c:
        raise PatronageNotAsVoted(voted_c=0, patronage_c=appropriation.patronage_c)


def carry_balances(
    books: Books, stamp: Stamp, *, year_id: UUID, position: int, result_accounts: Sequence[AccountBalance]
) -> None:
    """Begin the next year with classes 6 and 7 at nothing; the accounts as the log stood at `position`."""
    if position > books.position:
        raise DigestTooEarly(position=position, log_ends_at=books.position)
    books.get(FiscalYear, year_id).carry(stamp, position=position, result_accounts=tuple(result_accounts))
