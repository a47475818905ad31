"""What contributions do as documents come: charged as their base grows, reversed as it shrinks.

A charge is the plan's amount on what counts after a document, less that on what counted before it:
whatever the way there, the charges less the reversals are what the plan makes of what counts.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from domain.aggregates.activity import Activity
from domain.aggregates.contribution_plan import ContributionPlan, ContributionRule
from domain.aggregates.contribution_year import ContributionYear
from domain.aggregates.invoice import Invoice
from domain.aggregates.mutual_fund import MutualFund
from domain.contributions import ContributionBase, Counted, FundShare, Terms
from domain.facts import Stamp
from domain.ids import derived_id
from domain.ledger.books import Books
from domain.ledger.entities import plan_id
from domain.settlement import Charge, FundPart, Reversal, Settlement


@dataclass(frozen=True)
class Cause:
    """The document that moves a base: its id, its invoice if it has one, and the day it is booked on."""

    document_id: UUID
    invoice_id: UUID | None
    booked_on: date


@dataclass(frozen=True)
class Moved:
    """By how much more is due, and to be collected, after a document; below zero is less. In cents."""

    base_c: int
    contribution_c: int
    accrued: tuple[FundPart, ...]
    collected: tuple[FundPart, ...]


NOTHING_MOVED = Moved(0, 0, (), ())


def year_id(activity_id: UUID, plan_version: int, year: int) -> UUID:
    """Return the id of an activity's year under a version of the plan."""
    return derived_id("contribution-year", activity_id, plan_version, year)


def follow_invoice(
    books: Books,
    stamp: Stamp,
    *,
    invoice: Invoice,
    before: Settlement,
    after: Settlement,
    cause: Cause,
) -> Moved:
    """Charge or reverse what the plan that an invoice froze makes of its change; what that moved."""
    activity = books.get(Activity, invoice.activity_id)
    rule = rule_of(books, invoice)
    moved = count(
        books,
        stamp,
        activity=activity,
        rule=rule,
        on=invoice.issued_on,
        before=Counted.of(before),
        after=Counted.of(after),
        document_id=cause.document_id,
    )
    record(books, stamp, activity=activity, rule=rule, moved=moved, cause=cause)
    return moved


def follow_cost(books: Books, stamp: Stamp, *, activity: Activity, cost_c: int, cause: Cause) -> None:
    """Let a cost that an activity bears lower its margin, if its contribution is reckoned on that."""
    on = stamp.effective_on
    rule = plan_of(books, activity.entity_id).find_in_force(on, activity.id)
    if rule is None or rule.terms.base is not ContributionBase.GROSS_MARGIN:
        return
    moved = count(
        books,
        stamp,
        activity=activity,
        rule=rule,
        on=on,
        before=Counted(),
        after=Counted(costs_c=cost_c),
        document_id=cause.document_id,
    )
    record(books, stamp, activity=activity, rule=rule, moved=moved, cause=cause)


def count(
    books: Books,
    stamp: Stamp,
    *,
    activity: Activity,
    rule: ContributionRule,
    on: date,
    before: Counted,
    after: Counted,
    document_id: UUID,
) -> Moved:
    """Return what is due more after a document, and count it in its year if the rule reckons over years."""
    terms = rule.terms
    if terms.frees(activity.opened_on, on) or before == after:
        return NOTHING_MOVED
    if not terms.over_year:
        return _moved(terms, before, after)
    key = {"activity_id": activity.id, "plan_version": rule.version, "year": on.year}
    says = {"entity_id": activity.entity_id, **key}
    year = books.find(ContributionYear, year_id(activity.id, rule.version, on.year))
    if year is None:
        year = ContributionYear.begin(stamp, id=year_id(activity.id, rule.version, on.year), **says)
        books.record(year)
    sooner = year.counted
    year.note(year.BaseCounted, stamp, **says, document_id=document_id, more=after.since(before))
    return _moved(terms, sooner, year.counted)


def record(
    books: Books, stamp: Stamp, *, activity: Activity, rule: ContributionRule, moved: Moved, cause: Cause
) -> None:
    """Record the charge or the reversal of each, and what the funds collect with it."""
    rate_bp = rule.terms.one_rate_bp
    if moved.contribution_c > 0:
        charge = Charge(
            booked_on=cause.booked_on,
            document_id=cause.document_id,
            plan_version=rule.version,
            base_c=moved.base_c,
            rate_bp=rate_bp,
            amount_c=moved.contribution_c,
        )
        activity.charge_contribution(stamp, charge)
    elif moved.contribution_c < 0:
        activity.reverse_contribution(stamp, _reversal(rule, moved, cause, rate_bp, -moved.contribution_c))
    rates = {each.fund_id: each.rate_bp for each in rule.terms.fund_shares}
    for part in moved.accrued:
        _owe(books, stamp, part, rates[part.fund_id], activity=activity, rule=rule, moved=moved, cause=cause)
    for part in moved.collected:
        collected_on = cause.invoice_id or cause.document_id
        collect(books, stamp, part, activity_id=activity.id, document_id=collected_on)


def _owe(
    books: Books,
    stamp: Stamp,
    part: FundPart,
    rate_bp: int,
    *,
    activity: Activity,
    rule: ContributionRule,
    moved: Moved,
    cause: Cause,
) -> None:
    """Let an activity owe a fund so much more, or less if it is below zero."""
    fund, amount_c, document_id = books.get(MutualFund, part.fund_id), abs(part.amount_c), cause.document_id
    if part.amount_c > 0:
        fund.charge(
            stamp,
            booked_on=cause.booked_on,
            activity_id=activity.id,
            document_id=document_id,
            plan_version=rule.version,
            base_c=moved.base_c,
            rate_bp=rate_bp,
            amount_c=amount_c,
        )
        activity.charge_fund_contribution(stamp, fund_id=fund.id, document_id=document_id, amount_c=amount_c)
    else:
        fund.reverse(stamp, _reversal(rule, moved, cause, rate_bp, amount_c), activity_id=activity.id)
        activity.reverse_fund_contribution(stamp, fund_id=fund.id, document_id=document_id, amount_c=amount_c)


def _reversal(
    rule: ContributionRule, moved: Moved, cause: Cause, rate_bp: int | None, amount_c: int
) -> Reversal:
    return Reversal(
        booked_on=cause.booked_on,
        document_id=cause.document_id,
        invoice_id=cause.invoice_id,
        plan_version=rule.version,
        base_c=-moved.base_c,
        rate_bp=rate_bp,
        amount_c=amount_c,
    )


def collect(books: Books, stamp: Stamp, part: FundPart, *, activity_id: UUID, document_id: UUID) -> None:
    """Let a fund collect so much more of what was received, or less if it is below zero."""
    fund = books.get(MutualFund, part.fund_id)
    move = fund.collect if part.amount_c > 0 else fund.uncollect
    move(stamp, activity_id=activity_id, document_id=document_id, amount_c=abs(part.amount_c))


def plan_of(books: Books, entity_id: UUID) -> ContributionPlan:
    """Return the contribution plan of an entity."""
    return books.get(ContributionPlan, plan_id(entity_id))


def rule_of(books: Books, invoice: Invoice) -> ContributionRule:
    """Return the rule that charged an invoice: of the plan, or at the rates of the old books it came from."""
    if invoice.rates_of_old_books is None:
        return plan_of(books, invoice.entity_id).rule(invoice.plan_version)
    rate_bp, fund_rates = invoice.rates_of_old_books
    fund_shares = tuple(FundShare(each.fund_id, each.rate_bp) for each in fund_rates)
    terms = Terms(ContributionBase.INVOICED_NET, rate_bp, fund_shares=fund_shares)
    return ContributionRule(invoice.plan_version, invoice.issued_on, terms)


def collects_apart(terms: Terms) -> bool:
    """Tell whether the funds collect by what counts, and not by the parts that an invoice froze."""
    return terms.over_year or terms.base is ContributionBase.COLLECTED_NET


def _moved(terms: Terms, before: Counted, after: Counted) -> Moved:
    return Moved(
        terms.base_c(after) - terms.base_c(before),
        terms.contribution_c(after) - terms.contribution_c(before),
        _more(terms.accrued(before), terms.accrued(after)),
        _more(terms.collected(before), terms.collected(after)) if collects_apart(terms) else (),
    )


def _more(before: tuple[FundPart, ...], after: tuple[FundPart, ...]) -> tuple[FundPart, ...]:
    """Return by how much each part rose, without those that stayed."""
    rises = (
        replace(now, amount_c=now.amount_c - then.amount_c) for then, now in zip(before, after, strict=True)
    )
    return tuple(part for part in rises if part.amount_c)
