"""The contribution plans: their versions, what each activity's years count, and the months left to charge."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from domain.aggregates.activity import Activity
from domain.aggregates.contribution_month import ContributionMonth
from domain.aggregates.contribution_plan import ContributionPlan
from domain.aggregates.contribution_year import ContributionYear
from domain.contributions import FundShare, Tier
from projections.read_model import Page, ReadModel, Table, on
from projections.reader import Reader

VERSIONS = Table(
    "contribution_version",
    (
        """
        CREATE TABLE contribution_version (
            entity_id uuid,
            version integer,
            activity_id uuid,
            valid_from date NOT NULL,
            valid_until date,
            base text NOT NULL,
            rate_bp integer NOT NULL,
            fixed_month_c bigint NOT NULL,
            exempt_year_c bigint NOT NULL,
            exempt_first_months integer NOT NULL,
            decision_ref text NOT NULL,
            decided_by text NOT NULL,
            position bigint NOT NULL,
            PRIMARY KEY (entity_id, version)
        )
        """,
    ),
    "SELECT * FROM contribution_version ORDER BY entity_id, version",
)
TIERS = Table(
    "contribution_tier",
    (
        """
        CREATE TABLE contribution_tier (
            entity_id uuid,
            version integer,
            from_c bigint,
            rate_bp integer NOT NULL,
            PRIMARY KEY (entity_id, version, from_c)
        )
        """,
    ),
    "SELECT * FROM contribution_tier ORDER BY entity_id, version, from_c",
)
FUND_SHARES = Table(
    "contribution_fund_share",
    (
        """
        CREATE TABLE contribution_fund_share (
            entity_id uuid,
            version integer,
            fund_id uuid,
            rate_bp integer NOT NULL,
            PRIMARY KEY (entity_id, version, fund_id)
        )
        """,
    ),
    "SELECT * FROM contribution_fund_share ORDER BY entity_id, version, fund_id",
)
BASES = Table(
    "contribution_base",
    (
        """
        CREATE TABLE contribution_base (
            position bigint PRIMARY KEY,
            entity_id uuid NOT NULL,
            activity_id uuid NOT NULL,
            version integer NOT NULL,
            year integer NOT NULL,
            document_id uuid NOT NULL,
            invoiced_c bigint NOT NULL,
            collected_c bigint NOT NULL,
            costs_c bigint NOT NULL
        )
        """,
        "CREATE INDEX ON contribution_base (document_id)",
        "CREATE INDEX ON contribution_base (activity_id)",
    ),
    "SELECT * FROM contribution_base ORDER BY position",
)
MONTHS = Table(
    "contribution_month",
    (
        """
        CREATE TABLE contribution_month (
            activity_id uuid,
            month text,
            version integer NOT NULL,
            amount_c bigint NOT NULL,
            position bigint NOT NULL,
            PRIMARY KEY (activity_id, month)
        )
        """,
    ),
    "SELECT * FROM contribution_month ORDER BY activity_id, month",
)
ACTIVITIES = Table(
    "contribution_activity",
    (
        """
        CREATE TABLE contribution_activity (
            activity_id uuid PRIMARY KEY,
            entity_id uuid NOT NULL,
            opened_on date NOT NULL,
            ends_on date
        )
        """,
    ),
    "SELECT * FROM contribution_activity ORDER BY activity_id",
)

_ADD_VERSION = """
    COPY contribution_version (
        entity_id, version, activity_id, valid_from, valid_until, base, rate_bp, fixed_month_c,
        exempt_year_c, exempt_first_months, decision_ref, decided_by, position
    ) FROM STDIN
"""
_ADD_TIER = "COPY contribution_tier (entity_id, version, from_c, rate_bp) FROM STDIN"
_ADD_FUND_SHARE = "COPY contribution_fund_share (entity_id, version, fund_id, rate_bp) FROM STDIN"
_ADD_BASE = """
    COPY contribution_base (
        position, entity_id, activity_id, version, year, document_id, invoiced_c, collected_c, costs_c
    ) FROM STDIN
"""
_ADD_MONTH = "COPY contribution_month (activity_id, month, version, amount_c, position) FROM STDIN"
_ADD_ACTIVITY = "COPY contribution_activity (activity_id, entity_id, opened_on) FROM STDIN"
_END_ACTIVITY = "UPDATE contribution_activity SET ends_on = %(ends_on)s WHERE activity_id = %(activity_id)s"


class ContributionPlansPage(Page):
    """Follows the versions of each plan, and what is counted and charged by them."""

    @on(ContributionPlan.RuleEnacted)
    def _enacted(self, position: int, event: ContributionPlan.RuleEnacted) -> None:
        self._add_version(position, event, activity_id=None, valid_until=None)

    @on(ContributionPlan.OverrideGranted)
    def _granted(self, position: int, event: ContributionPlan.OverrideGranted) -> None:
        self._add_version(position, event, activity_id=event.activity_id, valid_until=event.valid_until)

    @on(ContributionYear.BaseCounted)
    def _counted(self, position: int, event: ContributionYear.BaseCounted) -> None:
        year = (event.entity_id, event.activity_id, event.plan_version, event.year)
        more = (event.more.invoiced_c, event.more.collected_c, event.more.costs_c)
        self.add(_ADD_BASE, position, *year, event.document_id, *more)

    @on(ContributionMonth.Charged)
    def _charged(self, position: int, event: ContributionMonth.Charged) -> None:
        row = (event.activity_id, event.month, event.plan_version, event.amount_c, position)
        self.add(_ADD_MONTH, *row)

    @on(Activity.Opened)
    def _opened(self, _: int, event: Activity.Opened) -> None:
        self.add(_ADD_ACTIVITY, event.originator_id, event.entity_id, event.effective_on)

    @on(Activity.ClosingBegun, Activity.Reopened)
    def _ends(self, _: int, event: Activity.ClosingBegun | Activity.Reopened) -> None:
        ends_on = event.ends_on if isinstance(event, Activity.ClosingBegun) else None
        self.change(_END_ACTIVITY, activity_id=event.originator_id, ends_on=ends_on)

    def _add_version(
        self,
        position: int,
        event: ContributionPlan.RuleEnacted | ContributionPlan.OverrideGranted,
        *,
        activity_id: UUID | None,
        valid_until: date | None,
    ) -> None:
        terms, key = event.terms, (event.entity_id, event.version)
        exempt = (terms.exemptions.year_c, terms.exemptions.first_months)
        figures = (terms.base.value, terms.rate_bp, terms.fixed_month_c, *exempt)
        by = (event.decision_ref, event.actor, position)
        self.add(_ADD_VERSION, *key, activity_id, event.valid_from, valid_until, *figures, *by)
        for tier in terms.tiers:
            self.add(_ADD_TIER, *key, tier.from_c, tier.rate_bp)
        for each in terms.fund_shares:
            self.add(_ADD_FUND_SHARE, *key, each.fund_id, each.rate_bp)


CONTRIBUTION_PLANS = ReadModel(
    "contribution_plans",
    2,
    (VERSIONS, TIERS, FUND_SHARES, BASES, MONTHS, ACTIVITIES),
    ContributionPlansPage,
)


@dataclass(frozen=True)
class PlanVersion:
    """One version of a plan, amounts in cents and rates in basis points.

    `activity_id` and `valid_until` are None for the rule of the whole entity. `rate_bp` holds up to the
    first of `tiers`.
    """

    entity_id: UUID
    version: int
    tiers: tuple[Tier, ...]
    fund_shares: tuple[FundShare, ...]
    activity_id: UUID | None
    valid_from: date
    valid_until: date | None
    base: str
    rate_bp: int
    fixed_month_c: int
    exempt_year_c: int
    exempt_first_months: int
    decision_ref: str
    decided_by: str
    position: int


@dataclass(frozen=True)
class CountedYear:
    """What an activity's year counts under a version that reckons over years, in cents."""

    entity_id: UUID
    activity_id: UUID
    version: int
    year: int
    invoiced_c: int
    collected_c: int
    costs_c: int


@dataclass(frozen=True)
class MonthDue:
    """The fixed part of a month (`2026-03`) that an activity has not been charged."""

    activity_id: UUID
    month: str


_OF_ENTITY = "WHERE %(entity_id)s::uuid IS NULL OR entity_id = %(entity_id)s"
_VERSIONS = f"SELECT * FROM contribution_version {_OF_ENTITY} ORDER BY entity_id, version"  # noqa: S608 - constant
_TIERS = "SELECT entity_id, version, from_c, rate_bp FROM contribution_tier ORDER BY from_c"
_SHARES = "SELECT entity_id, version, fund_id, rate_bp FROM contribution_fund_share ORDER BY fund_id"
_YEARS = f"""
    SELECT entity_id, activity_id, version, year, sum(invoiced_c)::bigint AS invoiced_c,
        sum(collected_c)::bigint AS collected_c, sum(costs_c)::bigint AS costs_c
    FROM contribution_base {_OF_ENTITY}
    GROUP BY entity_id, activity_id, version, year
    ORDER BY entity_id, activity_id, version, year
"""  # noqa: S608 - _OF_ENTITY is a constant
_MONTHS_DUE = """
    SELECT a.activity_id, to_char(first_on, 'YYYY-MM') AS month
    FROM contribution_activity AS a
    CROSS JOIN LATERAL (
        SELECT months::date AS first_on
        FROM generate_series(date_trunc('month', a.opened_on), %(day)s::date, interval '1 month') AS months
    ) AS calendar
    CROSS JOIN LATERAL (
        SELECT fixed_month_c, exempt_first_months FROM contribution_version AS v
        WHERE v.entity_id = a.entity_id AND coalesce(v.activity_id, a.activity_id) = a.activity_id
            AND valid_from <= first_on AND first_on <= coalesce(valid_until, first_on)
        ORDER BY v.activity_id IS NULL, version DESC LIMIT 1
    ) AS rule
    WHERE fixed_month_c > 0 AND a.opened_on <= first_on AND first_on <= coalesce(a.ends_on, first_on)
        AND (exempt_first_months = 0
            OR a.opened_on + make_interval(months => exempt_first_months) <= first_on)
        AND NOT EXISTS (
            SELECT FROM contribution_month AS c
            WHERE c.activity_id = a.activity_id AND c.month = to_char(first_on, 'YYYY-MM')
        )
    ORDER BY first_on, a.activity_id
"""


def plan_versions(reader: Reader, *, entity_id: UUID | None = None) -> list[PlanVersion]:
    """Return the versions of the plan of an entity, or of all, in their order."""
    tiers: dict[tuple[UUID, int], list[Tier]] = {}
    shares: dict[tuple[UUID, int], list[FundShare]] = {}
    with reader.snapshot() as cursor:
        found = cursor.execute(_VERSIONS, {"entity_id": entity_id}).fetchall()
        for entity, version, from_c, rate_bp in cursor.execute(_TIERS):
            tiers.setdefault((entity, version), []).append(Tier(from_c, rate_bp))
        for entity, version, fund_id, rate_bp in cursor.execute(_SHARES):
            shares.setdefault((entity, version), []).append(FundShare(fund_id, rate_bp))
    return [
        PlanVersion(
            entity,
            version,
            tuple(tiers.get((entity, version), ())),
            tuple(shares.get((entity, version), ())),
            *rest,
        )
        for entity, version, *rest in found
    ]


def counted_years(reader: Reader, *, entity_id: UUID | None = None) -> list[CountedYear]:
    """Return what the years of an entity's activities count, or of all: where each stands in its tiers."""
    return reader.rows(CountedYear, _YEARS, entity_id=entity_id)


def months_due(reader: Reader, *, day: date) -> list[MonthDue]:
    """Return the fixed parts of months begun by that day that were not charged, the earliest first."""
    return reader.rows(MonthDue, _MONTHS_DUE, day=day)
