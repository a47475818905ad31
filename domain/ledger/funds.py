"""Mutual funds: charter one, propose a grant, pay it as a second person."""

from __future__ import annotations

from uuid import UUID

from domain.aggregates.activity import Activity
from domain.aggregates.legal_entity import LegalEntity
from domain.aggregates.mutual_fund import FundKind, LedgerPolicy, MutualFund
from domain.errors import OtherEntity
from domain.facts import Stamp
from domain.ids import derived_id
from domain.ledger.books import Books
from domain.ledger.payments import order_grant_payment
from domain.ledger.periods import booking_date


def fund_id(entity_id: UUID, code: str) -> UUID:
    """Return the id of the fund with that code in that entity."""
    return derived_id("mutual-fund", entity_id, code)


def charter_fund(
    books: Books,
    stamp: Stamp,
    *,
    entity_id: UUID,
    code: str,
    kind: FundKind,
    ledger_policy: LedgerPolicy,
    floor_c: int,
    regulation_ref: str,
) -> None:
    """Set up a mutual fund of an entity."""
    books.get(LegalEntity, entity_id)
    books.record(
        MutualFund.charter(
            stamp,
            id=fund_id(entity_id, code),
            entity_id=entity_id,
            code=code,
            kind=kind,
            ledger_policy=ledger_policy,
            floor_c=floor_c,
            regulation_ref=regulation_ref,
        )
    )


def propose_grant(
    books: Books,
    stamp: Stamp,
    *,
    fund_id: UUID,
    grant_id: UUID,
    activity_id: UUID,
    amount_c: int,
    purpose: str,
    decision_ref: str,
) -> None:
    """Propose that a fund grants an activity of its entity an amount."""
    fund = books.get(MutualFund, fund_id)
    if books.get(Activity, activity_id).entity_id != fund.entity_id:
        raise OtherEntity(fund_id=fund_id, activity_id=activity_id)
    fund.propose_grant(
        stamp,
        grant_id=grant_id,
        activity_id=activity_id,
        amount_c=amount_c,
        purpose=purpose,
        decision_ref=decision_ref,
    )


def pay_grant(books: Books, stamp: Stamp, *, fund_id: UUID, grant_id: UUID) -> None:
    """Approve a proposed grant as a second person and order its payment."""
    fund = books.get(MutualFund, fund_id)
    grant = fund.pay_grant(
        stamp, grant_id=grant_id, booked_on=booking_date(books, fund.entity_id, stamp.effective_on)
    )
    order_grant_payment(
        books,
        stamp,
        entity_id=fund.entity_id,
        grant_id=grant_id,
        activity_id=grant.activity_id,
        amount_c=grant.amount_c,
    )
