"""The figures of a fiscal year, taken from the journal where they can no longer move."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from api.services import Services
from domain.aggregates.fiscal_year import AccountBalance, Accounts
from domain.bookkeeping import chart
from domain.errors import UnknownRecord
from eventstore.errors import PositionNotReached
from projections.fiscal_years import FISCAL_YEARS, fiscal_years
from projections.journal import JOURNAL
from projections.patronage import PATRONAGE, contributed, patronage_refunds
from projections.trial_balance import TrialBalance, TrialBalanceRow, trial_balance, trial_balance_sha256

PATIENCE_S = 10.0
RESULT = ("6", "7")
EQUITY = ("10", "11", "12", "13", "14", "15")
CARRIED = (chart.PROFIT_CARRIED, chart.LOSS_CARRIED)


def accounts_of(services: Services, year_id: UUID) -> Accounts:
    """Return the accounts of a year as the log stands now, what was booked at its end included.

    Net assets are what stands on the equity accounts (classes 10 to 15) and the result.
    """
    position, balance = _at_the_end(services, year_id)
    result_c = -_stands_c(balance.rows, RESULT)
    return Accounts(
        position=position,
        trial_balance_sha256=trial_balance_sha256(balance.rows),
        debit_c=balance.total_debit_c,
        credit_c=balance.total_credit_c,
        result_c=result_c,
        net_asset_c=result_c - _stands_c(balance.rows, EQUITY),
        brought_forward_c=-_stands_c(balance.rows, CARRIED),
    )


def brought_forward_c(services: Services, year_id: UUID) -> int:
    """Return the profit, or below zero the loss, that earlier years carried into this one, in cents."""
    _, balance = _at_the_end(services, year_id)
    return -_stands_c(balance.rows, CARRIED)


def result_accounts_of(services: Services, year_id: UUID) -> tuple[int, tuple[AccountBalance, ...]]:
    """Return where the log stands, and what each account of classes 6 and 7 holds at the end of the year."""
    position, balance = _at_the_end(services, year_id)
    standing = (
        AccountBalance(row.account, row.balance_debit_c - row.balance_credit_c)
        for row in balance.rows
        if row.account.startswith(RESULT)
    )
    return position, tuple(each for each in standing if each.balance_c)


def contributed_to(services: Services, patronage_id: UUID) -> tuple[int, dict[str, dict[UUID, int]]]:
    """Return where the log stands, and what each activity contributed in the year of a patronage refund.

    In cents, on each basis; nothing if the refund is unknown, or no year was appropriated with it.
    """
    position = services.log.head().size
    models = (JOURNAL.name, FISCAL_YEARS.name, PATRONAGE.name)
    if not services.reader.wait_for(position, *models, timeout=PATIENCE_S):
        raise PositionNotReached(position=position)
    for refund in patronage_refunds(services.reader, patronage_id=patronage_id).refunds:
        for year in fiscal_years(services.reader, year_id=refund.year_id) if refund.year_id else ():
            days = {"first_on": year.first_on, "last_on": year.last_on}
            return position, contributed(services.reader, entity_id=year.entity_id, position=position, **days)
    return position, {}


def _at_the_end(services: Services, year_id: UUID) -> tuple[int, TrialBalance]:
    """Return where the log stands, and the trial balance of the year's last day as known there."""
    position = services.log.head().size
    if not services.reader.wait_for(position, JOURNAL.name, FISCAL_YEARS.name, timeout=PATIENCE_S):
        raise PositionNotReached(position=position)
    for year in fiscal_years(services.reader, year_id=year_id):
        return position, trial_balance(
            services.reader, entity_id=year.entity_id, as_of=year.last_on, known_at=position
        )
    raise UnknownRecord(kind="fiscal-year", id=year_id)


def _stands_c(rows: Iterable[TrialBalanceRow], classes: tuple[str, ...]) -> int:
    """Return debits less credits of the accounts of these classes."""
    return sum(row.balance_debit_c - row.balance_credit_c for row in rows if row.account.startswith(classes))
