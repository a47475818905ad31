"""The contribution plan changes by versions, never retroactively."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from domain.aggregates.contribution_plan import ContributionPlan
from domain.aggregates.mutual_fund import FundKind
from domain.contributions import ContributionBase, FundShare, Terms
from domain.errors import (
    EmptyText,
    FundNamedTwice,
    InvalidRate,
    NoContributionRule,
    NotRetroactive,
    OtherEntity,
    Refusal,
    UnknownRecord,
)
from domain.funding import LedgerPolicy
from domain.ledger.entities import entity_id_of
from domain.ledger.funds import charter_fund, fund_id
from domain.ledger.plans import enact_contribution_rule
from tests.cooperative import ACTIVITY, ENTITY, FUND, found, found_entity
from tests.paper import PaperLedger
from tests.scenario import TODAY, Given, fact, replayed, stamp

OPENED = fact(ContributionPlan.Opened, entity_id=ENTITY)
RULE: dict[str, Any] = {
    "entity_id": ENTITY,
    "valid_from": date(2026, 4, 1),
    "terms": Terms(ContributionBase.INVOICED_NET, 1_000, fund_shares=(FundShare(FUND, 100),)),
    "decision_ref": "assembly 2026",
}
TERMS: Terms = RULE["terms"]
FIRST = fact(ContributionPlan.RuleEnacted, version=1, **RULE)


def enacting(**says: Any) -> Any:
    return lambda plan: plan.enact(stamp(), **RULE | says)


def test_a_rule_is_enacted_as_the_next_version() -> None:
    Given(ContributionPlan, OPENED).when(enacting()).then(FIRST)
    later = {"valid_from": date(2027, 1, 1), "terms": replace(TERMS, rate_bp=900)}
    Given(ContributionPlan, OPENED, FIRST).when(enacting(**later)).then(
        fact(ContributionPlan.RuleEnacted, version=2, **RULE | later)
    )


def test_a_rule_may_be_in_force_from_the_day_it_is_enacted() -> None:
    Given(ContributionPlan, OPENED).when(enacting(valid_from=TODAY)).then(
        fact(ContributionPlan.RuleEnacted, version=1, **RULE | {"valid_from": TODAY})
    )


@pytest.mark.parametrize(
    ("history", "valid_from"),
    [([], date(2026, 3, 1)), ([FIRST], date(2026, 4, 1)), ([FIRST], date(2026, 3, 31))],
)
def test_a_rule_never_reaches_back(history: list[Any], valid_from: date) -> None:
    Given(ContributionPlan, OPENED, *history).when(enacting(valid_from=valid_from)).then_refused(
        NotRetroactive, valid_from=valid_from
    )


@pytest.mark.parametrize(("rate_bp", "fund_bp"), [(-1, 0), (10_001, 0), (0, -1), (9_901, 100), (10**30, 0)])
def test_rates_below_nothing_or_above_everything_are_refused(rate_bp: int, fund_bp: int) -> None:
    Given(ContributionPlan, OPENED).when(
        enacting(terms=replace(TERMS, rate_bp=rate_bp, fund_shares=(FundShare(FUND, fund_bp),)))
    ).then_refused(InvalidRate)


@pytest.mark.parametrize(("rate_bp", "shares"), [(0, ()), (10_000, ()), (9_900, (FundShare(FUND, 100),))])
def test_rates_from_nothing_to_everything_are_accepted(rate_bp: int, shares: tuple[FundShare, ...]) -> None:
    says = {"terms": replace(TERMS, rate_bp=rate_bp, fund_shares=shares)}
    Given(ContributionPlan, OPENED).when(enacting(**says)).then(
        fact(ContributionPlan.RuleEnacted, version=1, **RULE | says)
    )


def test_a_fund_named_twice_is_refused() -> None:
    Given(ContributionPlan, OPENED).when(
        enacting(terms=replace(TERMS, fund_shares=(FundShare(FUND, 100), FundShare(FUND, 50))))
    ).then_refused(FundNamedTwice)


def test_a_rule_without_a_decision_is_refused() -> None:
    Given(ContributionPlan, OPENED).when(enacting(decision_ref=" ")).then_refused(
        EmptyText, field="decision_ref"
    )


def test_the_version_in_force_is_that_of_the_day() -> None:
    second = fact(ContributionPlan.RuleEnacted, version=2, **RULE | {"valid_from": date(2027, 1, 1)})
    plan = replayed(ContributionPlan, OPENED, FIRST, second)
    assert plan.in_force(date(2026, 4, 1), ACTIVITY).version == 1
    assert plan.in_force(date(2026, 12, 31), ACTIVITY).version == 1
    assert plan.in_force(date(2027, 1, 1), ACTIVITY).version == 2
    with pytest.raises(NoContributionRule):
        plan.in_force(date(2026, 3, 31), ACTIVITY)


@pytest.mark.parametrize(("fund_code", "refusal"), [("THEIRS", OtherEntity), ("NONE", UnknownRecord)])
def test_the_funds_of_a_rule_belong_to_its_entity(fund_code: str, refusal: type[Refusal]) -> None:
    ledger = PaperLedger()
    found(ledger.perform)
    found_entity(ledger.perform, code="SISTER")
    sister = entity_id_of("SISTER")
    ledger.perform(
        charter_fund,
        entity_id=sister,
        code="THEIRS",
        kind=FundKind.GUARANTEE,
        ledger_policy=LedgerPolicy.ANALYTIC_ONLY,
        floor_c=0,
        regulation_ref="regulation",
    )
    with pytest.raises(refusal):
        ledger.perform(
            enact_contribution_rule,
            entity_id=ENTITY,
            valid_from=date(2026, 4, 1),
            rate_bp=0,
            fund_shares=[FundShare(fund_id(sister, fund_code), 100)],
            decision_ref="assembly",
        )


def test_an_entity_without_a_plan_is_refused() -> None:
    with pytest.raises(UnknownRecord):
        PaperLedger().perform(
            enact_contribution_rule,
            entity_id=UUID(int=9),
            valid_from=TODAY,
            rate_bp=0,
            fund_shares=[],
            decision_ref="assembly",
        )
