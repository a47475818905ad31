"""The aid of mutual funds and their guarantees, each with its life: asked, decided, paid, come back or lost."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from domain.aggregates.fund_aid import FundAid
from domain.aggregates.fund_guarantee import FundGuarantee
from domain.aggregates.mutual_fund import MutualFund
from domain.instalments import Instalment
from projections.guarantee_terms import ADD_TERMS, TERMS
from projections.read_model import Page, ReadModel, Table, on
from projections.reader import Reader

AID = Table(
    "fund_aid",
    (
        """
        CREATE TABLE fund_aid (
            aid_id uuid PRIMARY KEY,
            entity_id uuid NOT NULL,
            fund_id uuid NOT NULL,
            activity_id uuid NOT NULL,
            member_id uuid NOT NULL,
            requested_c bigint NOT NULL,
            requested_on date NOT NULL,
            requested_by text NOT NULL,
            outcome text,
            decided_c bigint NOT NULL DEFAULT 0,
            decided_on date,
            decided_by text,
            decision_ref text,
            motion_id uuid,
            committee uuid[] NOT NULL DEFAULT '{}',
            paid_on date,
            paid_by text,
            given_up_on date,
            repaid_c bigint NOT NULL DEFAULT 0,
            written_off_on date,
            written_off_c bigint NOT NULL DEFAULT 0,
            recovered_c bigint NOT NULL DEFAULT 0,
            position bigint NOT NULL
        )
        """,
        "CREATE INDEX fund_aid_of_fund ON fund_aid (fund_id, position)",
    ),
    "SELECT * FROM fund_aid ORDER BY aid_id",
)
PURPOSES = Table(
    "fund_aid_purpose",
    ("CREATE TABLE fund_aid_purpose (aid_id uuid PRIMARY KEY, purpose text NOT NULL)",),
    None,
)
INSTALMENTS = Table(
    "fund_aid_instalment",
    (
        """
        CREATE TABLE fund_aid_instalment (
            aid_id uuid, due_on date, amount_c bigint NOT NULL, PRIMARY KEY (aid_id, due_on)
        )
        """,
    ),
    "SELECT * FROM fund_aid_instalment ORDER BY aid_id, due_on",
)
GUARANTEES = Table(
    "fund_guarantee",
    (
        """
        CREATE TABLE fund_guarantee (
            guarantee_id uuid PRIMARY KEY,
            entity_id uuid NOT NULL,
            fund_id uuid NOT NULL,
            activity_id uuid NOT NULL,
            invoice_id uuid NOT NULL,
            reserved_c bigint NOT NULL,
            reserved_on date NOT NULL,
            reserved_by text NOT NULL,
            decision_ref text NOT NULL,
            released_on date,
            called_on date,
            called_by text,
            called_c bigint NOT NULL DEFAULT 0,
            recovered_c bigint NOT NULL DEFAULT 0,
            position bigint NOT NULL
        )
        """,
        "CREATE INDEX fund_guarantee_of_fund ON fund_guarantee (fund_id, position)",
    ),
    "SELECT * FROM fund_guarantee ORDER BY guarantee_id",
)

_ADD_AID = """
    COPY fund_aid (
        aid_id, entity_id, fund_id, activity_id, member_id, requested_c, requested_on, requested_by, position
    ) FROM STDIN
"""
_ADD_PURPOSE = "COPY fund_aid_purpose (aid_id, purpose) FROM STDIN"
_ADD_INSTALMENT = "COPY fund_aid_instalment (aid_id, due_on, amount_c) FROM STDIN"
_DECIDE = """
    UPDATE fund_aid
    SET outcome = %(outcome)s, decided_c = %(decided_c)s, decided_on = %(on)s, decided_by = %(by)s,
        decision_ref = %(decision_ref)s, motion_id = %(motion_id)s, committee = %(committee)s
    WHERE aid_id = %(aid_id)s
"""
_GIVE_UP = "UPDATE fund_aid SET given_up_on = %(on)s WHERE aid_id = %(aid_id)s"
_PAY = "UPDATE fund_aid SET paid_on = %(on)s, paid_by = %(by)s WHERE aid_id = %(aid_id)s"
_REPAY = """
    UPDATE fund_aid SET repaid_c = repaid_c + gained.amount_c
    FROM unnest(%s::uuid[], %s::bigint[]) AS gained (id, amount_c) WHERE aid_id = gained.id
"""
_WRITE_OFF = """
    UPDATE fund_aid SET written_off_on = %(on)s, written_off_c = %(lost_c)s WHERE aid_id = %(aid_id)s
"""
_RECOVER = """
    UPDATE fund_aid SET recovered_c = recovered_c + gained.amount_c
    FROM unnest(%s::uuid[], %s::bigint[]) AS gained (id, amount_c) WHERE aid_id = gained.id
"""
_ADD_GUARANTEE = """
    COPY fund_guarantee (
        guarantee_id, entity_id, fund_id, activity_id, invoice_id, reserved_c, reserved_on, reserved_by,
        decision_ref, position
    ) FROM STDIN
"""
_RELEASE = "UPDATE fund_guarantee SET released_on = %(on)s WHERE guarantee_id = %(id)s"
_CALL = """
    UPDATE fund_guarantee SET called_on = %(on)s, called_by = %(by)s, called_c = %(called_c)s
    WHERE guarantee_id = %(id)s
"""
_GIVE_BACK = """
    UPDATE fund_guarantee SET recovered_c = recovered_c + gained.amount_c
    FROM unnest(%s::uuid[], %s::bigint[]) AS gained (id, amount_c) WHERE guarantee_id = gained.id
"""


class FundAidPage(Page):
    """Takes aid and guarantees in, and what became of them."""

    @on(FundAid.Requested)
    def _requested(self, position: int, event: FundAid.Requested) -> None:
        aid_id = event.originator_id
        whose = (event.entity_id, event.fund_id, event.activity_id, event.member_id)
        self.add(_ADD_AID, aid_id, *whose, event.amount_c, event.effective_on, event.actor, position)
        self.add(_ADD_PURPOSE, aid_id, event.purpose)

    @on(FundAid.Decided)
    def _decided(self, _: int, event: FundAid.Decided) -> None:
        self.change(
            _DECIDE,
            aid_id=event.originator_id,
            outcome=event.outcome.value,
            decided_c=event.amount_c,
            on=event.effective_on,
            by=event.actor,
            decision_ref=event.decision_ref,
            motion_id=event.motion_id,
            committee=list(event.decided_by),
        )
        for each in event.schedule:
            self.add(_ADD_INSTALMENT, event.originator_id, each.due_on, each.amount_c)

    @on(FundAid.GivenUp)
    def _given_up(self, _: int, event: FundAid.GivenUp) -> None:
        self.change(_GIVE_UP, aid_id=event.originator_id, on=event.effective_on)

    @on(FundAid.GrantPaid, FundAid.AdvancePaid)
    def _paid(self, _: int, event: FundAid.GrantPaid | FundAid.AdvancePaid) -> None:
        self.change(_PAY, aid_id=event.originator_id, on=event.effective_on, by=event.actor)

    @on(FundAid.PaymentWithdrawn)
    def _not_paid(self, _: int, event: FundAid.PaymentWithdrawn) -> None:
        self.change(_PAY, aid_id=event.originator_id, on=None, by=None)

    @on(
        FundAid.RepaymentReceived,
        FundAid.RepaymentReversed,
        FundAid.RepaymentSetOff,
        FundAid.RepaymentSetOffReversed,
    )
    def _repaid(self, _: int, event: FundAid.RepaymentReceived | FundAid.RepaymentSetOff) -> None:
        self.add_amount(_REPAY, event.originator_id, event.amount_c)

    @on(FundAid.AdvanceWrittenOff)
    def _written_off(self, _: int, event: FundAid.AdvanceWrittenOff) -> None:
        self.change(_WRITE_OFF, aid_id=event.originator_id, on=event.effective_on, lost_c=event.amount_c)

    @on(FundAid.RecoveryReceived, FundAid.RecoveryReversed)
    def _recovered(self, _: int, event: FundAid.RecoveryReceived) -> None:
        self.add_amount(_RECOVER, event.originator_id, event.amount_c)

    @on(MutualFund.GuaranteeTermsSet)
    def _guarantees_by(self, position: int, event: MutualFund.GuaranteeTermsSet) -> None:
        excluded, decision = list(event.excluded_client_ids), event.decision_ref
        row = (event.originator_id, event.valid_from, event.needs_order, excluded, decision)
        self.add(ADD_TERMS, position, *row)

    @on(FundGuarantee.Reserved)
    def _reserved(self, position: int, event: FundGuarantee.Reserved) -> None:
        whose = (event.entity_id, event.fund_id, event.activity_id, event.invoice_id)
        decided = (event.amount_c, event.effective_on, event.actor, event.decision_ref)
        self.add(_ADD_GUARANTEE, event.originator_id, *whose, *decided, position)

    @on(FundGuarantee.Released)
    def _released(self, _: int, event: FundGuarantee.Released) -> None:
        self.change(_RELEASE, id=event.originator_id, on=event.effective_on)

    @on(FundGuarantee.Called)
    def _called(self, _: int, event: FundGuarantee.Called) -> None:
        called_c = event.amount_c
        self.change(_CALL, id=event.originator_id, on=event.effective_on, by=event.actor, called_c=called_c)

    @on(FundGuarantee.Recovered, FundGuarantee.RecoveryReversed)
    def _given_back(self, _: int, event: FundGuarantee.Recovered | FundGuarantee.RecoveryReversed) -> None:
        self.add_amount(_GIVE_BACK, event.originator_id, event.amount_c)


FUND_AID = ReadModel("fund_aid", 5, (AID, PURPOSES, INSTALMENTS, GUARANTEES, TERMS), FundAidPage)


@dataclass(frozen=True)
class Aid:
    """Aid of a fund to an activity, in cents, with what became of it.

    `state` is requested, refused, decided, given-up, paid, open, repaid or written-off; an advance
    is `lent` and comes back by its `schedule`, of which `outstanding_c` is still awaited. The
    purpose reads as erased once it was.
    """

    aid_id: UUID
    entity_id: UUID
    fund_id: UUID
    activity_id: UUID
    member_id: UUID
    state: str
    requested_c: int
    requested_on: date
    requested_by: str
    purpose: str
    outcome: str | None
    decided_c: int
    decided_on: date | None
    decided_by: str | None
    decision_ref: str | None
    motion_id: UUID | None
    committee: tuple[UUID, ...]
    paid_on: date | None
    paid_by: str | None
    given_up_on: date | None
    repaid_c: int
    outstanding_c: int
    written_off_on: date | None
    written_off_c: int
    recovered_c: int
    position: int
    schedule: tuple[Instalment, ...] = ()

    def __post_init__(self) -> None:
        """Keep the committee as it comes from the database unchangeable."""
        object.__setattr__(self, "committee", tuple(self.committee))


@dataclass(frozen=True)
class Guarantee:
    """What a fund guarantees of an invoice, in cents: reserved, released, or called."""

    guarantee_id: UUID
    entity_id: UUID
    fund_id: UUID
    activity_id: UUID
    invoice_id: UUID
    state: str
    reserved_c: int
    reserved_on: date
    reserved_by: str
    decision_ref: str
    released_on: date | None
    called_on: date | None
    called_by: str | None
    called_c: int
    recovered_c: int
    position: int


@dataclass(frozen=True)
class _Due:
    aid_id: UUID
    due_on: date
    amount_c: int


_AID = """
    SELECT aid_id, entity_id, fund_id, activity_id, member_id, state, requested_c, requested_on,
        requested_by, purpose, outcome, decided_c, decided_on, decided_by, decision_ref, motion_id,
        committee, paid_on, paid_by, given_up_on, repaid_c,
        CASE WHEN state = 'open' THEN decided_c - repaid_c ELSE 0 END AS outstanding_c,
        written_off_on, written_off_c, recovered_c, position
    FROM (
        SELECT *, CASE
            WHEN given_up_on IS NOT NULL THEN 'given-up'
            WHEN outcome IS NULL THEN 'requested'
            WHEN outcome = 'refused' THEN 'refused'
            WHEN paid_on IS NULL THEN 'decided'
            WHEN outcome = 'granted' THEN 'paid'
            WHEN written_off_on IS NOT NULL THEN 'written-off'
            WHEN repaid_c = decided_c THEN 'repaid'
            ELSE 'open'
        END AS state
        FROM fund_aid JOIN fund_aid_purpose USING (aid_id)
    ) AS lived
    WHERE (%(entity_id)s::uuid IS NULL OR entity_id = %(entity_id)s)
        AND (%(fund_id)s::uuid IS NULL OR fund_id = %(fund_id)s)
        AND (%(state)s::text IS NULL OR state = %(state)s)
        AND position > %(after)s
    ORDER BY position LIMIT %(limit)s
"""
_DUE = """
    SELECT aid_id, due_on, amount_c FROM fund_aid_instalment WHERE aid_id = ANY(%(aid_ids)s)
    ORDER BY aid_id, due_on
"""
_GUARANTEES = """
    SELECT * FROM (
        SELECT *, CASE
            WHEN released_on IS NOT NULL THEN 'released'
            WHEN called_on IS NOT NULL THEN 'called'
            ELSE 'reserved'
        END AS state
        FROM fund_guarantee
    ) AS lived
    WHERE (%(entity_id)s::uuid IS NULL OR entity_id = %(entity_id)s)
        AND (%(fund_id)s::uuid IS NULL OR fund_id = %(fund_id)s)
        AND (%(state)s::text IS NULL OR state = %(state)s)
        AND position > %(after)s
    ORDER BY position LIMIT %(limit)s
"""


def aid(
    reader: Reader,
    *,
    entity_id: UUID | None = None,
    fund_id: UUID | None = None,
    state: str | None = None,
    limit: int = 100,
    after: int = 0,
) -> list[Aid]:
    """Return aid of an entity or fund, or of all, the oldest first, after that position."""
    asked = {"entity_id": entity_id, "fund_id": fund_id, "state": state, "limit": limit, "after": after}
    found = reader.rows(Aid, _AID, **asked)
    schedules: defaultdict[UUID, list[Instalment]] = defaultdict(list)
    for due in reader.rows(_Due, _DUE, aid_ids=[each.aid_id for each in found]):
        schedules[due.aid_id].append(Instalment(due.due_on, due.amount_c))
    return [replace(each, schedule=tuple(schedules[each.aid_id])) for each in found]


def guarantees(
    reader: Reader,
    *,
    entity_id: UUID | None = None,
    fund_id: UUID | None = None,
    state: str | None = None,
    limit: int = 100,
    after: int = 0,
) -> list[Guarantee]:
    """Return the guarantees of an entity or fund, or of all, the oldest first, after that position."""
    asked = {"entity_id": entity_id, "fund_id": fund_id, "state": state, "limit": limit, "after": after}
    return reader.rows(Guarantee, _GUARANTEES, **asked)
