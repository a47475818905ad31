"""A rule set: one dated version of how a kind of decision is taken in an entity.

    ── Adopted ──> adopted, for good

Another version is another rule set; none is ever changed. Beside its thresholds it says how an
assembly is called, who may stand for whom, and how votes are weighed: see `Provisions`.
"""

from __future__ import annotations

from datetime import date
from uuid import UUID

from domain.errors import EmptyText, InvalidThreshold, RuleNotInForce
from domain.facts import Ledgered, Stamp
from domain.governance.provisions import PLAIN, Provisions, require_sound
from domain.governance.rules import Comparator, Majority, Quorum, require_fraction


class RuleSet(Ledgered):
    """One version of one rule set; a changed rule is a new version, never an edit."""

    TOPIC = "rule-set"

    def __init__(
        self,
        entity_id: UUID,
        name: str,
        version: int,
        valid_from: date,
        quorum: Quorum,
        majority: Majority,
        provisions: Provisions,
    ) -> None:
        """Keep what a verdict needs."""
        self.entity_id = entity_id
        self.name = name
        self.number = version
        self.valid_from = valid_from
        self.quorum = quorum
        self.majority = majority
        self.provisions = provisions

    class Event(Ledgered.Event):
        """What happened to a rule set."""

        entity_id: UUID

    class Adopted(Event, Ledgered.Created):
        """The entity decides by this rule from that day on; `source_ref` says where it stands."""

        TOPIC = "rule-set.adopted.v1"
        name: str
        version: int
        valid_from: date
        quorum: Quorum
        majority: Majority
        source_ref: str
        provisions: Provisions = PLAIN

    Created = Adopted

    @classmethod
    def adopt(
        cls,
        stamp: Stamp,
        *,
        id: UUID,
        entity_id: UUID,
        name: str,
        version: int,
        valid_from: date,
        quorum: Quorum,
        majority: Majority,
        source_ref: str,
        provisions: Provisions = PLAIN,
    ) -> RuleSet:
        """Adopt a rule whose thresholds can be met, and which an assembly can follow."""
        if not name.strip() or not source_ref.strip():
            raise EmptyText(field="name" if source_ref.strip() else "source_ref")
        require_sound(quorum, provisions)
        threshold = require_fraction(majority.num, majority.den)
        if threshold == 0 or (threshold == 1 and majority.comparator is Comparator.MORE_THAN):
            raise InvalidThreshold(num=majority.num, den=majority.den, comparator=majority.comparator)
        return cls.begin(
            stamp,
            id=id,
            entity_id=entity_id,
            name=name,
            version=version,
            valid_from=valid_from,
            quorum=quorum,
            majority=majority,
            source_ref=source_ref,
            provisions=provisions,
        )

    def require_in_force(self, on: date) -> None:
        """Refuse a decision on a day on which the rule is not in force."""
        if on < self.valid_from:
            raise RuleNotInForce(valid_from=self.valid_from, on=on)
