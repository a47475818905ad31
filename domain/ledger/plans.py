"""The contribution plan of an entity: its rules, exceptions for one activity, and the fixed part of months."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from domain.aggregates.activity import Activity
from domain.aggregates.contribution_month import ContributionMonth
from domain.aggregates.mutual_fund import MutualFund
from domain.contributions import NOTHING_EXEMPT, ContributionBase, Exemptions, FundShare, Terms, Tier
from domain.errors import MonthNotBegun, NothingForMonth, OtherEntity
from domain.facts import Stamp
from domain.ids import derived_id
from domain.ledger.books import Books
from domain.ledger.carrying import require_carried
from domain.ledger.contributions import plan_of
from domain.ledger.periods import booking_date, days_of
from domain.ledger.presets import CONTRIBUTION_BODY
from domain.settlement import Charge


def month_id(activity_id: UUID, month: str) -> UUID:
    """Return the id of the fixed part of an activity's month."""
    return derived_id("contribution-month", activity_id, month)


def enact_contribution_rule(
    books: Books,
    stamp: Stamp,
    *,
    entity_id: UUID,
    valid_from: date,
    rate_bp: int,
    fund_shares: Sequence[FundShare],
    decision_ref: str,
    base: ContributionBase = ContributionBase.INVOICED_NET,
    tiers: Sequence[Tier] = (),
    fixed_month_c: int = 0,
    exemptions: Exemptions = NOTHING_EXEMPT,
    motion_id: UUID | None = None,
) -> None:
    """Enact the next version of the contribution plan; its funds belong to the same entity."""
    terms = Terms(base, rate_bp, tuple(tiers), fixed_month_c, exemptions, tuple(fund_shares))
    _require_funds_of(books, entity_id, terms)
    plan = plan_of(books, entity_id)
    if plan.rules:
        # The first rule stands in the founding deed, before there is a member to vote.
        require_carried(books, entity_id, motion_id, body=CONTRIBUTION_BODY, on=stamp.effective_on)
    plan.enact(
        stamp,
        entity_id=entity_id,
        valid_from=valid_from,
        terms=terms,
        decision_ref=decision_ref,
        motion_id=motion_id,
    )


def grant_contribution_override(
    books: Books,
    stamp: Stamp,
    *,
    activity_id: UUID,
    valid_from: date,
    valid_until: date,
    rate_bp: int,
    fund_shares: Sequence[FundShare],
    decision_ref: str,
    base: ContributionBase = ContributionBase.INVOICED_NET,
    tiers: Sequence[Tier] = (),
    fixed_month_c: int = 0,
    exemptions: Exemptions = NOTHING_EXEMPT,
    motion_id: UUID | None = None,
) -> None:
    """Let one activity leave something else for a time, in place of the whole rule of its entity.

    Whoever decides the rules decides their exceptions: raises MotionNeeded as they do.
    """
    activity = books.get(Activity, activity_id)
    terms = Terms(base, rate_bp, tuple(tiers), fixed_month_c, exemptions, tuple(fund_shares))
    _require_funds_of(books, activity.entity_id, terms)
    require_carried(books, activity.entity_id, motion_id, body=CONTRIBUTION_BODY, on=stamp.effective_on)
    plan_of(books, activity.entity_id).grant_override(
        stamp,
        entity_id=activity.entity_id,
        activity_id=activity_id,
        valid_from=valid_from,
        valid_until=valid_until,
        terms=terms,
        decision_ref=decision_ref,
        motion_id=motion_id,
    )


def charge_month(books: Books, stamp: Stamp, *, activity_id: UUID, month: str) -> None:
    """Charge an activity the fixed part of a month (`2026-03`), once.

    By the version in force on the first day of the month, if the activity ran on it. Raises
    InvalidMonth, MonthNotBegun, NothingForMonth, AlreadyExists.
    """
    first_on, _ = days_of(month)
    if stamp.effective_on < first_on:
        raise MonthNotBegun(month=month)
    activity = books.get(Activity, activity_id)
    rule = plan_of(books, activity.entity_id).find_in_force(first_on, activity_id)
    running = activity.opened_on <= first_on and not activity.has_ended(first_on)
    if rule is None or not running or rule.terms.frees(activity.opened_on, first_on):
        raise NothingForMonth(month=month)
    amount_c = rule.terms.fixed_month_c
    if not amount_c:
        raise NothingForMonth(month=month)
    charged, id_ = stamp.dated(first_on), month_id(activity_id, month)
    books.record(
        ContributionMonth.begin(
            charged,
            id=id_,
            entity_id=activity.entity_id,
            activity_id=activity_id,
            month=month,
            plan_version=rule.version,
            amount_c=amount_c,
        )
    )
    charge = Charge(
        booked_on=booking_date(books, activity.entity_id, first_on),
        document_id=id_,
        plan_version=rule.version,
        base_c=0,
        rate_bp=None,
        amount_c=amount_c,
    )
    activity.charge_contribution(charged, charge)


def _require_funds_of(books: Books, entity_id: UUID, terms: Terms) -> None:
    for part in terms.fund_shares:
        if books.get(MutualFund, part.fund_id).entity_id != entity_id:
            raise OtherEntity(fund_id=part.fund_id, entity_id=entity_id)
