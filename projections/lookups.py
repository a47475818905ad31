"""Looks things up in the directory, by code, number or id."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar
from uuid import UUID

from projections.reader import Reader

T = TypeVar("T")


@dataclass(frozen=True)
class Entity:
    """One legal entity of the group."""

    entity_id: UUID
    code: str
    ordinal: int
    name: str
    enterprise_no: str
    country: str
    position: int


@dataclass(frozen=True)
class PeriodOfBooks:
    """One month of one entity; once closed, with the digest of its trial balance.

    `digest_position` is where the log stood for the digest, `closed_at` the closing fact itself.
    """

    period_id: UUID
    entity_id: UUID
    month: str
    first_on: date
    last_on: date
    state: str
    closed_at: int | None
    trial_balance_sha256: str | None
    debit_c: int | None
    credit_c: int | None
    digest_position: int | None
    position: int


@dataclass(frozen=True)
class Member:
    """One membership; `name` reads as erased once it was.

    `ended_by` is resignation, exclusion, deemed-resignation or death; `merged_into` stands for it.
    `career_stage` is trial, employed, amended, partner, director or exit.
    """

    membership_id: UUID
    entity_id: UUID
    person_id: UUID
    name: str
    category: str
    standing: str
    member_no: int | None
    applied_on: date
    admitted_on: date | None
    leaves_on: date | None
    founder: bool
    ended_by: str | None
    merged_into: UUID | None
    position: int
    career_stage: str | None
    career_stage_since: date | None


@dataclass(frozen=True)
class ClientCard:
    """One client; the particulars read as erased once they were."""

    client_id: UUID
    entity_id: UUID
    kind: str
    name: str
    address: str
    vat_no: str
    email: str
    position: int


@dataclass(frozen=True)
class ActivityCard:
    """One activity and the members who run it.

    `state` is open, frozen, closing or closed, since `state_since`; at its end `ends_on` is its last day.
    """

    activity_id: UUID
    entity_id: UUID
    code: str
    payout_regime: str
    opened_on: date
    membership_ids: tuple[UUID, ...]
    position: int
    state: str
    state_since: date
    ends_on: date | None

    def __post_init__(self) -> None:
        """Keep the members as they come from the database unchangeable."""
        object.__setattr__(self, "membership_ids", tuple(self.membership_ids))


@dataclass(frozen=True)
class FundCard:
    """One mutual fund."""

    fund_id: UUID
    entity_id: UUID
    code: str
    kind: str
    position: int


@dataclass(frozen=True)
class BankAccountCard:
    """One bank account of an entity, by its IBAN or number."""

    account_id: UUID
    entity_id: UUID
    account: str
    position: int


_ENTITIES = """
    SELECT * FROM entity
    WHERE (%(entity_id)s::uuid IS NULL OR entity_id = %(entity_id)s)
        AND (%(code)s::text IS NULL OR code = %(code)s)
    ORDER BY ordinal
"""
_PERIODS = """
    SELECT * FROM period
    WHERE (%(entity_id)s::uuid IS NULL OR entity_id = %(entity_id)s)
        AND (%(month)s::text IS NULL OR month = %(month)s)
    ORDER BY entity_id, month
"""
_MEMBERS = """
    SELECT membership_id, entity_id, person_id, name, category, standing, member_no, applied_on,
        admitted_on, leaves_on, founder, ended_by, merged_into, position, career_stage, career_stage_since
    FROM membership JOIN membership_person USING (membership_id)
    WHERE (%(membership_id)s::uuid IS NULL OR membership_id = %(membership_id)s)
        AND (%(entity_id)s::uuid IS NULL OR entity_id = %(entity_id)s)
        AND (%(standing)s::text IS NULL OR standing = %(standing)s)
        AND (%(member_no)s::bigint IS NULL OR member_no = %(member_no)s)
    ORDER BY entity_id, member_no, position
"""
_CLIENTS = """
    SELECT client_id, entity_id, kind, name, address, vat_no, email, position
    FROM client JOIN client_particulars USING (client_id)
    WHERE (%(client_id)s::uuid IS NULL OR client_id = %(client_id)s)
        AND (%(entity_id)s::uuid IS NULL OR entity_id = %(entity_id)s)
    ORDER BY name, position
"""
_ACTIVITIES = """
    SELECT * FROM activity
    WHERE (%(activity_id)s::uuid IS NULL OR activity_id = %(activity_id)s)
        AND (%(entity_id)s::uuid IS NULL OR entity_id = %(entity_id)s)
        AND (%(code)s::text IS NULL OR code = %(code)s)
    ORDER BY entity_id, code
"""
_FUNDS = """
    SELECT * FROM fund
    WHERE (%(entity_id)s::uuid IS NULL OR entity_id = %(entity_id)s)
        AND (%(code)s::text IS NULL OR code = %(code)s)
    ORDER BY entity_id, code
"""
_BANK_ACCOUNTS = """
    SELECT * FROM bank_account
    WHERE (%(entity_id)s::uuid IS NULL OR entity_id = %(entity_id)s)
        AND (%(account)s::text IS NULL OR account = %(account)s)
    ORDER BY entity_id, account
"""


def entities(reader: Reader) -> list[Entity]:
    """Return all legal entities, in the order in which they joined."""
    return reader.rows(Entity, _ENTITIES, entity_id=None, code=None)


def entity(reader: Reader, *, entity_id: UUID | None = None, code: str | None = None) -> Entity | None:
    """Return the legal entity with that id or code, or None."""
    return _one(reader.rows(Entity, _ENTITIES, entity_id=entity_id, code=code))


def periods(
    reader: Reader, *, entity_id: UUID | None = None, month: str | None = None
) -> list[PeriodOfBooks]:
    """Return the periods of an entity, or of all, by month; only that `month` if given."""
    return reader.rows(PeriodOfBooks, _PERIODS, entity_id=entity_id, month=month)


def members(reader: Reader, *, entity_id: UUID | None = None, standing: str | None = None) -> list[Member]:
    """Return the memberships of an entity, or of all, by number; only those of that standing if given."""
    values = {"entity_id": entity_id, "standing": standing}
    return reader.rows(Member, _MEMBERS, membership_id=None, member_no=None, **values)


def member(
    reader: Reader,
    *,
    membership_id: UUID | None = None,
    entity_id: UUID | None = None,
    member_no: int | None = None,
) -> Member | None:
    """Return the membership with that id, or that number in that entity, or None."""
    values = {"membership_id": membership_id, "entity_id": entity_id, "member_no": member_no}
    return _one(reader.rows(Member, _MEMBERS, standing=None, **values))


def clients(reader: Reader, *, entity_id: UUID | None = None) -> list[ClientCard]:
    """Return the clients of an entity, or of all, by name."""
    return reader.rows(ClientCard, _CLIENTS, client_id=None, entity_id=entity_id)


def client(reader: Reader, client_id: UUID) -> ClientCard | None:
    """Return the client with that id, or None."""
    return _one(reader.rows(ClientCard, _CLIENTS, client_id=client_id, entity_id=None))


def activities(reader: Reader, *, entity_id: UUID | None = None) -> list[ActivityCard]:
    """Return the activities of an entity, or of all, by code."""
    return reader.rows(ActivityCard, _ACTIVITIES, activity_id=None, entity_id=entity_id, code=None)


def activity(
    reader: Reader,
    *,
    activity_id: UUID | None = None,
    entity_id: UUID | None = None,
    code: str | None = None,
) -> ActivityCard | None:
    """Return the activity with that id, or that code in that entity, or None."""
    values = {"activity_id": activity_id, "entity_id": entity_id, "code": code}
    return _one(reader.rows(ActivityCard, _ACTIVITIES, **values))


def funds(reader: Reader, *, entity_id: UUID | None = None) -> list[FundCard]:
    """Return the mutual funds of an entity, or of all, by code."""
    return reader.rows(FundCard, _FUNDS, entity_id=entity_id, code=None)


def fund(reader: Reader, *, entity_id: UUID, code: str) -> FundCard | None:
    """Return the mutual fund with that code in that entity, or None."""
    return _one(reader.rows(FundCard, _FUNDS, entity_id=entity_id, code=code))


def bank_accounts(reader: Reader, *, entity_id: UUID | None = None) -> list[BankAccountCard]:
    """Return the bank accounts of an entity, or of all, by IBAN or number."""
    return reader.rows(BankAccountCard, _BANK_ACCOUNTS, entity_id=entity_id, account=None)


def bank_account(reader: Reader, account: str) -> BankAccountCard | None:
    """Return the bank account with that IBAN or number, or None."""
    return _one(reader.rows(BankAccountCard, _BANK_ACCOUNTS, entity_id=None, account=account))


def _one(found: Iterable[T]) -> T | None:
    return next(iter(found), None)
