"""The directory: what there is, by code and id, and the particulars of people who may be asked about."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel

from api.guard import GuardedRoute
from api.looking import Look, OfEntity
from domain.aggregates.membership import Standing
from projections import lookups
from projections.directory import DIRECTORY
from projections.lookups import (
    ActivityCard,
    BankAccountCard,
    ClientCard,
    Entity,
    Member,
    PeriodOfBooks,
)

router = APIRouter(tags=["directory"], route_class=GuardedRoute)


class Entities(BaseModel):
    """The legal entities, in the order in which they joined."""

    position: int
    entities: list[Entity]


class Periods(BaseModel):
    """The months of the books, and how each stands."""

    position: int
    periods: list[PeriodOfBooks]


class Members(BaseModel):
    """Memberships by number; names read as erased once they were."""

    position: int
    members: list[Member]


class Clients(BaseModel):
    """Clients by name; particulars read as erased once they were."""

    position: int
    clients: list[ClientCard]


class Activities(BaseModel):
    """Activities by code."""

    position: int
    activities: list[ActivityCard]


class BankAccounts(BaseModel):
    """The cooperative's bank accounts."""

    position: int
    accounts: list[BankAccountCard]


@router.get("/entities", name="entities.view")
def view_entities(look: Look) -> Entities:
    """Show the legal entities."""
    position = look.standing_at(DIRECTORY.name)
    return Entities(position=position, entities=lookups.entities(look.reading(DIRECTORY.name)))


@router.get("/periods", name="periods.view")
def view_periods(look: Look, entity_id: OfEntity = None) -> Periods:
    """Show the periods and the digests they closed with."""
    position = look.standing_at(DIRECTORY.name)
    return Periods(
        position=position, periods=lookups.periods(look.reading(DIRECTORY.name), entity_id=entity_id)
    )


@router.get("/memberships", name="members.view")
def view_members(
    look: Look,
    entity_id: OfEntity = None,
    standing: Annotated[Standing | None, Query(description="of this standing only")] = None,
) -> Members:
    """Show the memberships of an entity, or of all."""
    position = look.standing_at(DIRECTORY.name)
    found = lookups.members(look.reading(DIRECTORY.name), entity_id=entity_id, standing=standing)
    return Members(position=position, members=found)


@router.get("/clients", name="clients.view")
def view_clients(look: Look, entity_id: OfEntity = None) -> Clients:
    """Show the clients of an entity, or of all."""
    position = look.standing_at(DIRECTORY.name)
    return Clients(
        position=position, clients=lookups.clients(look.reading(DIRECTORY.name), entity_id=entity_id)
    )


@router.get("/activities", name="activities.view")
def view_activities(look: Look, entity_id: OfEntity = None) -> Activities:
    """Show the activities and who runs them."""
    position = look.standing_at(DIRECTORY.name)
    return Activities(
        position=position, activities=lookups.activities(look.reading(DIRECTORY.name), entity_id=entity_id)
    )


@router.get("/bank/accounts", name="bank-accounts.view")
def view_bank_accounts(look: Look, entity_id: OfEntity = None) -> BankAccounts:
    """Show the cooperative's bank accounts."""
    position = look.standing_at(DIRECTORY.name)
    return BankAccounts(
        position=position, accounts=lookups.bank_accounts(look.reading(DIRECTORY.name), entity_id=entity_id)
    )
