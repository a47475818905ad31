"""What an activity leaves the cooperative and its mutual funds, by dated versions.

    ── Opened ──> empty ── RuleEnacted ──> in force ── RuleEnacted ──> in force, by its next version
    in force ── OverrideGranted ──> in force, but for one activity and a time

The version in force on the day of issue is frozen in the invoice; a new one is never retroactive. A
rule for one activity alone is a version as well, so that one number names what an invoice froze.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from domain.contributions import Terms
from domain.errors import EmptyText, NoContributionRule, NotRetroactive, OverrideEndsBefore, OverridesOverlap
from domain.facts import Ledgered, Stamp, require_day


@dataclass(frozen=True)
class ContributionRule:
    """One version of the plan; one for an activity alone holds to `valid_until`, that day included."""

    version: int
    valid_from: date
    terms: Terms
    activity_id: UUID | None = None
    valid_until: date | None = None

    def holds(self, on: date) -> bool:
        """Tell whether that day lies within it."""
        return self.valid_from <= on and (self.valid_until is None or on <= self.valid_until)


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
        terms: Terms
        decision_ref: str
        motion_id: UUID | None = None

        def apply(self, plan: ContributionPlan) -> None:
            """Put the version after those it follows."""
            plan.rules = (*plan.rules, ContributionRule(self.version, self.valid_from, self.terms))

    class OverrideGranted(Event):
        """One activity leaves something else from that day to that day, by that decision."""

        TOPIC = "contribution-plan.override-granted.v1"
        version: int
        activity_id: UUID
        valid_from: date
        valid_until: date
        terms: Terms
        decision_ref: str
        motion_id: UUID | None = None

        def apply(self, plan: ContributionPlan) -> None:
            """Put the version after all others, for that activity alone."""
            rule = ContributionRule(
                self.version, self.valid_from, self.terms, self.activity_id, self.valid_until
            )
            plan.rules = (*plan.rules, rule)

    def enact(
        self,
        stamp: Stamp,
        *,
        entity_id: UUID,
        valid_from: date,
        terms: Terms,
        decision_ref: str,
        motion_id: UUID | None = None,
    ) -> None:
        """Enact the next version, from today or later, and after the one it follows."""
        _require_decided(terms, decision_ref)
        general = [rule for rule in self.rules if rule.activity_id is None]
        if valid_from < stamp.effective_on or (general and valid_from <= general[-1].valid_from):
            raise NotRetroactive(valid_from=valid_from)
        self.note(
            self.RuleEnacted,
            stamp,
            entity_id=entity_id,
            version=len(self.rules) + 1,
            valid_from=valid_from,
            terms=terms,
            decision_ref=decision_ref,
            motion_id=motion_id,
        )

    def grant_override(
        self,
        stamp: Stamp,
        *,
        entity_id: UUID,
        activity_id: UUID,
        valid_from: date,
        valid_until: date,
        terms: Terms,
        decision_ref: str,
        motion_id: UUID | None = None,
    ) -> None:
        """Let other terms hold for one activity, from today or later, and never two at once."""
        _require_decided(terms, decision_ref)
        require_day(valid_until)
        if valid_from < stamp.effective_on:
            raise NotRetroactive(valid_from=valid_from)
        if valid_until < valid_from:
            raise OverrideEndsBefore(valid_from=valid_from, valid_until=valid_until)
        for rule in self.rules:
            if rule.activity_id == activity_id and _meet(rule, valid_from, valid_until):
                raise OverridesOverlap(version=rule.version, valid_until=rule.valid_until)
        self.note(
            self.OverrideGranted,
            stamp,
            entity_id=entity_id,
            version=len(self.rules) + 1,
            activity_id=activity_id,
            valid_from=valid_from,
            valid_until=valid_until,
            terms=terms,
            decision_ref=decision_ref,
            motion_id=motion_id,
        )

    def rule(self, version: int) -> ContributionRule:
        """Return the version that a document froze."""
        return self.rules[version - 1]

    def find_in_force(self, on: date, activity_id: UUID) -> ContributionRule | None:
        """Return the version in force on that day for that activity, its own before the entity's, or None."""
        for holder in (activity_id, None):
            for rule in reversed(self.rules):
                if rule.activity_id == holder and rule.holds(on):
                    return rule
        return None

    def in_force(self, on: date, activity_id: UUID) -> ContributionRule:
        """Return the version in force on that day for that activity; raises NoContributionRule."""
        found = self.find_in_force(on, activity_id)
        if found is None:
            raise NoContributionRule(on=on)
        return found


def _require_decided(terms: Terms, decision_ref: str) -> None:
    if not decision_ref.strip():
        raise EmptyText(field="decision_ref")
    terms.require_sound()


def _meet(rule: ContributionRule, first: date, last: date) -> bool:
    return rule.valid_from <= last and (rule.valid_until is None or first <= rule.valid_until)
