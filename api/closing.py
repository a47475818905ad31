"""Closing a month: its trial balance is taken where it can no longer move, and its digest recorded."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from api.services import Services
from domain.aggregates.period import Period
from domain.errors import PeriodNotClosing, UnknownRecord
from domain.ledger import periods
from eventstore.desk import Caller
from eventstore.errors import PositionNotReached
from eventstore.store import Outcome
from projections.dated_sums import Axis
from projections.journal import JOURNAL
from projections.trial_balance import trial_balance, trial_balance_sha256

PATIENCE_S = 10.0


@dataclass(frozen=True, slots=True)
class Digest:
    """The trial balance of an entity at the end of a month, as the log stood at `position`.

    `stopped_at` is where the bookings of the month stopped last.
    """

    position: int
    stopped_at: int
    sha256: str
    debit_c: int
    credit_c: int


def digest_of(services: Services, *, entity_id: UUID, month: str) -> Digest:
    """Return the digest a month closes with, by booking day up to its last one.

    Raises UnknownRecord, PeriodNotClosing while the month takes bookings, and PositionNotReached
    if the read models do not catch up.
    """
    position = services.log.head().size
    stopped_at = _stopped_at(services, periods.period_id(entity_id, month), position)
    if not services.reader.wait_for(position, JOURNAL.name, timeout=PATIENCE_S):
        raise PositionNotReached(position=position)
    year, number = int(month[:4]), int(month[5:])
    last_on = date(year, number, monthrange(year, number)[1])
    balance = trial_balance(
        services.reader,
        entity_id=entity_id,
        as_of=last_on,
        known_at=position,
        axis=Axis.BOOKED,
        year_end=False,
    )
    return Digest(
        position=position,
        stopped_at=stopped_at,
        sha256=trial_balance_sha256(balance.rows),
        debit_c=balance.total_debit_c,
        credit_c=balance.total_credit_c,
    )


def close_month(services: Services, caller: Caller, *, entity_id: UUID, month: str) -> Outcome:
    """Close a month whose bookings have stopped; once more by the same caller changes nothing.

    A month that was opened again meanwhile is closed anew, once its bookings have stopped again.
    """
    digest = digest_of(services, entity_id=entity_id, month=month)
    return services.desk.perform(
        caller,
        operation="period.close",
        key=f"period.close {entity_id} {month} {digest.stopped_at}",
        body=f"{entity_id} {month}".encode(),
        effective_on=services.business_day(services.clock()),
        run=lambda books, stamp: periods.close_period(
            books,
            stamp,
            entity_id=entity_id,
            month=month,
            position=digest.position,
            trial_balance_sha256=digest.sha256,
            debit_c=digest.debit_c,
            credit_c=digest.credit_c,
        ),
    )


def _stopped_at(services: Services, period_id: UUID, position: int) -> int:
    """Return where a month's bookings stopped last; refuse one that still took bookings: its figures could move."""
    facts = services.log.stream(period_id, up_to=position)
    if not facts:
        raise UnknownRecord(kind="period", id=period_id)
    stops = [recorded.position for recorded in facts if isinstance(recorded.event, Period.BookingsStopped)]
    if not stops:
        raise PeriodNotClosing(period_id=period_id)
    return stops[-1]
