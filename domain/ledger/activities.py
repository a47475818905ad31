"""Activities and the contribution plan they live under."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from domain.aggregates.activity import Activity
from domain.aggregates.contribution_plan import ContributionBase, ContributionPlan, FundShare
from domain.aggregates.legal_entity import LegalEntity
from domain.aggregates.membership import Membership, Standing
from domain.aggregates.mutual_fund import MutualFund
from domain.errors import NotAMember, OtherEntity
from domain.facts import Stamp
from domain.ids import derived_id
from domain.ledger.books import Books
from domain.ledger.entities import plan_id
from domain.ledger.presets import ACTIVITY_OVERDRAFT_C
from domain.payouts import PayoutRegime


def activity_id(entity_id: UUID, code: str) -> UUID:
    """Return the id of the activity with that code in that entity."""
    return derived_id("activity", entity_id, code)


def overdraft_c(books: Books, entity_id: UUID, on: date) -> int:
    """Return by how much an activity of that entity may be overdrawn on that day, in cents."""
    return int(books.get(LegalEntity, entity_id).parameter(ACTIVITY_OVERDRAFT_C, on))


def open_activity(
    books: Books,
    stamp: Stamp,
    *,
    entity_id: UUID,
    code: str,
    membership_ids: Sequence[UUID],
    payout_regime: PayoutRegime,
) -> None:
    """Open an activity run by effective members of the entity."""
    books.get(LegalEntity, entity_id)
    for id_ in membership_ids:
        membership = books.get(Membership, id_)
        if membership.entity_id != entity_id:
            raise OtherEntity(membership_id=id_, entity_id=entity_id)
        if membership.standing not in (Standing.MEMBER, Standing.LEAVING):
            raise NotAMember(membership_id=id_, standing=membership.standing)
    books.record(
        Activity.open(
            stamp,
            id=activity_id(entity_id, code),
            entity_id=entity_id,
            code=code,
            membership_ids=tuple(dict.fromkeys(membership_ids)),
            payout_regime=payout_regime,
        )
    )


def enact_contribution_rule(
    books: Books,
    stamp: Stamp,
    *,
    entity_id: UUID,
    valid_from: date,
    rate_bp: int,
    fund_shares: Sequence[FundShare],
    decision_ref: str,
) -> None:
    """Enact the next version of the contribution plan; its funds belong to the same entity."""
    for part in fund_shares:
        if books.get(MutualFund, part.fund_id).entity_id != entity_id:
            raise OtherEntity(fund_id=part.fund_id, entity_id=entity_id)
    books.get(ContributionPlan, plan_id(entity_id)).enact(
        stamp,
        entity_id=entity_id,
        valid_from=valid_from,
        base=ContributionBase.INVOICED_NET,
        rate_bp=rate_bp,
        fund_shares=tuple(fund_shares),
        decision_ref=decision_ref,
    )
