"""Patronage refunds: what a good year gives back to the activities, by what each of them contributed.

They are distributed as dividends are: within both tests, after all withdrawal shares, and appropriated
with the result of a year. The cap of approved regimes is one on shares, and not on them ◇.
"""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from domain.activity_life import ActivityState
from domain.aggregates.activity import Activity
from domain.aggregates.legal_entity import LegalEntity
from domain.aggregates.patronage_refund import PatronageRefund
from domain.errors import DigestTooEarly, EmptyText, OtherEntity
from domain.facts import Stamp
from domain.ids import derived_id
from domain.ledger.books import Books
from domain.ledger.carrying import require_carried
from domain.ledger.periods import booking_date
from domain.ledger.presets import ACCOUNTS_BODY, PATRONAGE_BASIS
from domain.ledger.withdrawals import days_of_test, distributions_of
from domain.money import require_positive


def patronage_id(entity_id: UUID, nth: int) -> UUID:
    """Return the id of the nth patronage refund that an entity voted, from 1 on."""
    return derived_id("patronage-refund", entity_id, nth)


def vote_patronage(
    books: Books,
    stamp: Stamp,
    *,
    entity_id: UUID,
    amount_c: int,
    decision_ref: str,
    motion_id: UUID | None = None,
) -> None:
    """Record that the assembly gives the activities so much, in cents, by what each contributed in a year.

    The year is the one whose result is appropriated with it.
    """
    require_positive(amount_c)
    if not decision_ref.strip():
        raise EmptyText(field="decision_ref")
    require_carried(books, entity_id, motion_id, body=ACCOUNTS_BODY, on=stamp.effective_on)
    distributions = distributions_of(books, stamp, entity_id)
    voted_id = patronage_id(entity_id, distributions.patronage_votes + 1)
    distributions.vote_patronage(
        stamp,
        patronage_id=voted_id,
        amount_c=amount_c,
        decision_ref=decision_ref,
        motion_id=motion_id,
        valid_days=days_of_test(books, entity_id, stamp.effective_on),
    )
    books.record(
        PatronageRefund.begin(
            stamp,
            id=voted_id,
            entity_id=entity_id,
            amount_c=amount_c,
            decision_ref=decision_ref,
            motion_id=motion_id,
        )
    )


def share_out_patronage(
    books: Books,
    stamp: Stamp,
    *,
    patronage_id: UUID,
    position: int,
    by_basis: Mapping[str, Mapping[UUID, int]],
) -> None:
    """Give the next 500 activities their parts of a refund that is owed; fix all parts the first time.

    `by_basis` tells, for each basis there is, what each activity contributed in its year, in cents, as the
    log stood at `position`: the months of the year are closed, so that nothing moves it any more. Asked
    again, the activities after them are given theirs, until every one is; then it is refused.
    """
    refund = books.get(PatronageRefund, patronage_id)
    refund.require_to_share_out()
    if not refund.parts:
        if position > books.position:
            raise DigestTooEarly(position=position, log_ends_at=books.position)
        entity = books.get(LegalEntity, refund.entity_id)
        basis = entity.parameter(PATRONAGE_BASIS, stamp.effective_on)
        going_on = _going_on(books, refund.entity_id, by_basis.get(basis, {}))
        refund.fix_parts(stamp, contributed=going_on, basis=basis, position=position)
    booked_on = booking_date(books, refund.entity_id, stamp.effective_on)
    for part in refund.give_parts(stamp, booked_on=booked_on):
        activity = books.get(Activity, part.activity_id)
        activity.adjust(stamp, document_id=patronage_id, amount_c=part.amount_c)


def _going_on(books: Books, entity_id: UUID, contributed: Mapping[UUID, int]) -> dict[UUID, int]:
    """Leave out the activities that are closed: nothing reaches them any more."""
    kept = {}
    for activity_id, amount_c in contributed.items():
        activity = books.get(Activity, activity_id)
        if activity.entity_id != entity_id:
            raise OtherEntity(activity_id=activity_id, entity_id=entity_id)
        if activity.state is not ActivityState.CLOSED:
            kept[activity_id] = amount_c
    return kept
