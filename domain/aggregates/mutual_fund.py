"""A mutual fund: what the activities put in, and what the community gives back.

What was charged and what was collected are two figures: only collected money can be paid out, and
never below the floor. A grant needs two people.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from domain.errors import (
    AlreadyExists,
    AmountNegative,
    BelowFloor,
    EmptyText,
    SecondPersonNeeded,
    UnknownRecord,
)
from domain.facts import Ledgered, Stamp, people_of
from domain.money import require_holdable, require_positive
from domain.personal import Personal, Retention
from domain.settlement import Reversal


class FundKind(StrEnum):
    """What the fund is for."""

    GUARANTEE = "guarantee"
    SOLIDARITY = "solidarity"
    INVESTMENT = "investment"


class LedgerPolicy(StrEnum):
    """How the legal books show the fund; the accountant decides."""

    LIABILITY = "liability"
    ANALYTIC_ONLY = "analytic-only"


@dataclass(frozen=True)
class ProposedGrant:
    """A grant that waits for a second person; `people` proposed it, one perhaps for another."""

    activity_id: UUID
    amount_c: int
    proposed_by: str
    people: frozenset[str]
    decision_ref: str


class MutualFund(Ledgered):
    """One mutual fund of one legal entity."""

    TOPIC = "mutual-fund"

    def __init__(self, entity_id: UUID, ledger_policy: LedgerPolicy, floor_c: int) -> None:
        """Start empty."""
        self.entity_id = entity_id
        self.ledger_policy = ledger_policy
        self.floor_c = floor_c
        self.collected_c = 0
        self.paid_c = 0
        self.proposed: Mapping[UUID, ProposedGrant] = {}
        self.granted: frozenset[UUID] = frozenset()

    class Event(Ledgered.Event):
        """What happened to a fund."""

        entity_id: UUID

    class Chartered(Event, Ledgered.Created):
        """The community set up a fund under this regulation; it keeps at least its floor."""

        TOPIC = "mutual-fund.chartered.v1"
        code: str
        kind: FundKind
        ledger_policy: LedgerPolicy
        floor_c: int
        regulation_ref: str

    Created = Chartered

    class ContributionCharged(Event):
        """An activity owes the fund its part of a document."""

        TOPIC = "mutual-fund.contribution-charged.v1"
        booked_on: date
        ledger_policy: LedgerPolicy
        activity_id: UUID
        document_id: UUID
        plan_version: int
        base_c: int
        rate_bp: int
        amount_c: int

    class ContributionReversed(Event):
        """A credit note took this much off what an activity owes the fund, at the rate of its invoice."""

        TOPIC = "mutual-fund.contribution-reversed.v1"
        booked_on: date
        ledger_policy: LedgerPolicy
        activity_id: UUID
        document_id: UUID
        invoice_id: UUID
        plan_version: int
        base_c: int
        rate_bp: int
        amount_c: int

    class ContributionCollected(Event):
        """The client paid, and with it this much of what the fund was owed."""

        TOPIC = "mutual-fund.contribution-collected.v1"
        activity_id: UUID
        document_id: UUID
        amount_c: int

        def apply(self, fund: MutualFund) -> None:
            """Count the amount as fund cash."""
            fund.collected_c += self.amount_c

    class CollectionReversed(Event):
        """What the client had paid was taken back, and with it this much of what the fund had collected."""

        TOPIC = "mutual-fund.collection-reversed.v1"
        activity_id: UUID
        document_id: UUID
        amount_c: int

        def apply(self, fund: MutualFund) -> None:
            """Count the amount as fund cash no longer."""
            fund.collected_c -= self.amount_c

    class GrantProposed(Event):
        """Someone proposed to grant an activity this amount."""

        TOPIC = "mutual-fund.grant-proposed.v1"
        grant_id: UUID
        activity_id: UUID
        amount_c: int
        decision_ref: str
        purpose: Annotated[str, Personal(Retention.ACCOUNTING, "activity_id")]

        def apply(self, fund: MutualFund) -> None:
            """Keep the proposal until a second person answers it."""
            people = people_of(self.actor, self.on_behalf_of)
            grant = ProposedGrant(self.activity_id, self.amount_c, self.actor, people, self.decision_ref)
            fund.proposed = {**fund.proposed, self.grant_id: grant}

    class GrantPaid(Event):
        """A second person approved the grant, and its payment was ordered."""

        TOPIC = "mutual-fund.grant-paid.v1"
        booked_on: date
        ledger_policy: LedgerPolicy
        grant_id: UUID
        activity_id: UUID
        amount_c: int
        proposed_by: str
        decision_ref: str

        def apply(self, fund: MutualFund) -> None:
            """Take the amount out of the fund's cash."""
            fund.paid_c += self.amount_c
            fund.proposed = {id_: grant for id_, grant in fund.proposed.items() if id_ != self.grant_id}
            fund.granted |= {self.grant_id}

    @classmethod
    def charter(
        cls,
        stamp: Stamp,
        *,
        id: UUID,
        entity_id: UUID,
        code: str,
        kind: FundKind,
        ledger_policy: LedgerPolicy,
        floor_c: int,
        regulation_ref: str,
    ) -> MutualFund:
        """Set up a fund under its regulation."""
        if not code.strip() or not regulation_ref.strip():
            raise EmptyText(field="code" if regulation_ref.strip() else "regulation_ref")
        if floor_c < 0:
            raise AmountNegative(floor_c=floor_c)
        require_holdable(floor_c)
        return cls.begin(
            stamp,
            id=id,
            entity_id=entity_id,
            code=code,
            kind=kind,
            ledger_policy=ledger_policy,
            floor_c=floor_c,
            regulation_ref=regulation_ref,
        )

    @property
    def cash_c(self) -> int:
        """What the fund can dispose of, in cents: collected less paid."""
        return self.collected_c - self.paid_c

    def charge(
        self,
        stamp: Stamp,
        *,
        booked_on: date,
        activity_id: UUID,
        document_id: UUID,
        plan_version: int,
        base_c: int,
        rate_bp: int,
        amount_c: int,
    ) -> None:
        """Charge an activity the fund's part of a document."""
        self.note(
            self.ContributionCharged,
            stamp,
            entity_id=self.entity_id,
            booked_on=booked_on,
            ledger_policy=self.ledger_policy,
            activity_id=activity_id,
            document_id=document_id,
            plan_version=plan_version,
            base_c=base_c,
            rate_bp=rate_bp,
            amount_c=amount_c,
        )

    def reverse(self, stamp: Stamp, reversal: Reversal, *, activity_id: UUID) -> None:
        """Give an activity back the fund's part of what a credit note takes off its invoice."""
        self.note(
            self.ContributionReversed,
            stamp,
            entity_id=self.entity_id,
            ledger_policy=self.ledger_policy,
            activity_id=activity_id,
            **vars(reversal),
        )

    def collect(self, stamp: Stamp, *, activity_id: UUID, document_id: UUID, amount_c: int) -> None:
        """Take in what a receipt settles of the fund's part."""
        self.note(
            self.ContributionCollected,
            stamp,
            entity_id=self.entity_id,
            activity_id=activity_id,
            document_id=document_id,
            amount_c=amount_c,
        )

    def uncollect(self, stamp: Stamp, *, activity_id: UUID, document_id: UUID, amount_c: int) -> None:
        """Give back what a receipt had settled of the fund's part, when that was taken back."""
        self.note(
            self.CollectionReversed,
            stamp,
            entity_id=self.entity_id,
            activity_id=activity_id,
            document_id=document_id,
            amount_c=amount_c,
        )

    def propose_grant(
        self,
        stamp: Stamp,
        *,
        grant_id: UUID,
        activity_id: UUID,
        amount_c: int,
        purpose: str,
        decision_ref: str,
    ) -> None:
        """Propose a grant, by a decision of the competent body."""
        require_positive(amount_c)
        if not decision_ref.strip():
            raise EmptyText(field="decision_ref")
        if grant_id in self.proposed or grant_id in self.granted:
            raise AlreadyExists(grant_id=grant_id)
        self.note(
            self.GrantProposed,
            stamp,
            entity_id=self.entity_id,
            grant_id=grant_id,
            activity_id=activity_id,
            amount_c=amount_c,
            purpose=purpose,
            decision_ref=decision_ref,
        )

    def pay_grant(self, stamp: Stamp, *, grant_id: UUID, booked_on: date) -> ProposedGrant:
        """Approve a proposed grant as a second person, if the fund stays at or above its floor.

        Returns the grant that is now to be paid.
        """
        grant = self.proposed.get(grant_id)
        if grant is None:
            raise UnknownRecord(kind="grant", id=grant_id)
        if grant.people & people_of(stamp.actor, stamp.on_behalf_of):
            raise SecondPersonNeeded(proposed_by=grant.proposed_by)
        if self.cash_c - grant.amount_c < self.floor_c:
            raise BelowFloor(cash_c=self.cash_c, amount_c=grant.amount_c, floor_c=self.floor_c)
        self.note(
            self.GrantPaid,
            stamp,
            entity_id=self.entity_id,
            booked_on=booked_on,
            ledger_policy=self.ledger_policy,
            grant_id=grant_id,
            activity_id=grant.activity_id,
            amount_c=grant.amount_c,
            proposed_by=grant.proposed_by,
            decision_ref=grant.decision_ref,
        )
        return grant
