"""What an activity leaves the cooperative and its mutual funds, by dated versions.

    ── Opened ──> empty ── RuleEnacted ──> in force ── RuleEnacted ──> in force, by its next version

The version in force on the day of issue is frozen in the invoice; a new one is never retroactive.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from domain.errors import EmptyText, FundNamedTwice, InvalidRate, NoContributionRule, NotRetroactive
from domain.facts import Ledgered, Stamp
from domain.money import BASIS_POINTS


class ContributionBase(StrEnum):
    """On what the contribution is reckoned."""

    INVOICED_NET = "invoiced-net"


@dataclass(frozen=True)
class FundShare:
    """What goes to a mutual fund, in basis points of the same base."""

    fund_id: UUID
    rate_bp: int


@dataclass(frozen=True)
class ContributionRule:
    """One version of the plan."""

    version: int
    valid_from: date
    base: ContributionBase
    rate_bp: int
    fund_shares: tuple[FundShare, ...]


class ContributionPlan(Ledgered):
    """The contribution rules of one entity."""

    TOPIC = "contribution-plan"

    def __init__(self) -> None:
        """Start without a rule."""
        self.rules: tuple[ContributionRule, ...] = ()

    class Event(Ledgered.Event):
        """What happened to the plan."""

        entity_id: UUID

    class Opened(Event, Ledgered.Created):
        """The entity keeps a contribution plan."""

        TOPIC = "contribution-plan.opened.v1"

    Created = Opened

    class RuleEnacted(Event):
        """This version of the plan is in force from that day on, by that decision."""

        TOPIC = "contribution-plan.rule-enacted.v1"
        version: int
        valid_from: date
        base: ContributionBase
        rate_bp: int
        fund_shares: tuple[FundShare, ...]
        decision_ref: str

        def apply(self, plan: ContributionPlan) -> None:
            """Put the version after those it follows."""
            rule = ContributionRule(self.version, self.valid_from, self.base, self.rate_bp, self.fund_shares)
            plan.rules = (*plan.rules, rule)

    def enact(
        self,
        stamp: Stamp,
        *,
        entity_id: UUID,
        valid_from: date,
        base: ContributionBase,
        rate_bp: int,
        fund_shares: tuple[FundShare, ...],
        decision_ref: str,
    ) -> None:
        """Enact the next version, from today or later, and after the one it follows."""
        if not decision_ref.strip():
            raise EmptyText(field="decision_ref")
        rates = [rate_bp, *(share.rate_bp for share in fund_shares)]
        if min(rates) < 0 or sum(rates) > BASIS_POINTS:
            raise InvalidRate(rates_bp=rates)
        if len({share.fund_id for share in fund_shares}) != len(fund_shares):
            raise FundNamedTwice(funds=len(fund_shares))
        if valid_from < stamp.effective_on or (self.rules and valid_from <= self.rules[-1].valid_from):
            raise NotRetroactive(valid_from=valid_from)
        self.note(
            self.RuleEnacted,
            stamp,
            entity_id=entity_id,
            version=len(self.rules) + 1,
            valid_from=valid_from,
            base=base,
            rate_bp=rate_bp,
            fund_shares=fund_shares,
            decision_ref=decision_ref,
        )

    def rule(self, version: int) -> ContributionRule:
        """Return the version that a document froze."""
        return self.rules[version - 1]

    def in_force(self, on: date) -> ContributionRule:
        """Return the version in force on that day; raises NoContributionRule."""
        for rule in reversed(self.rules):
            if rule.valid_from <= on:
                return rule
        raise NoContributionRule(on=on)
