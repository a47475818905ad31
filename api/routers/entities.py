"""Legal entities and their dated parameters."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from pydantic import BaseModel, StringConstraints, ValidationInfo, field_validator

from api.context import Ask
from api.forms import BasisPoints, Code, Count, Dated, Day, Line
from api.guard import GuardedRoute
from api.looking import AsOf, Look
from api.replies import Recorded
from domain.ledger import entities, reference_rates
from interchange.identifiers import enterprise_number
from projections.account_codes import ACCOUNT_CODES, MappedAccount, mapped_accounts
from projections.parameters import PARAMETERS, ParameterValue, parameters

router = APIRouter(prefix="/entities", tags=["entities"], route_class=GuardedRoute)

OfName = Annotated[Code | None, Query(description="of this parameter only")]


class RegisterEntity(Dated):
    """A legal entity joins the ledger."""

    code: Code
    name: Line
    country: Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")] = "BE"
    enterprise_no: Line

    @field_validator("enterprise_no")
    @classmethod
    def _checked(cls, value: str, info: ValidationInfo) -> str:
        return enterprise_number(value) if info.data.get("country") == "BE" else value


class SetParameter(Dated):
    """A rate, threshold, deadline or limit gets a value from a day on, with its source."""

    name: Code
    value: Line
    valid_from: Day
    source_ref: Line


class AddReferenceRate(Dated):
    """The published rate of the half-year that begins on this day, in hundredths of a percent, with its source."""

    half_year: Day
    rate_bp: BasisPoints
    source_ref: Line


class Parameters(BaseModel):
    """The values of an entity's parameters, by name and in the order of their days."""

    position: int
    parameters: list[ParameterValue]


class MapAccount(Dated):
    """What the entity calls a standard account from a booking day on, and by whose decision."""

    account: Code
    code: Code
    valid_from: Day
    source_ref: Line


class AccountCodes(BaseModel):
    """The codes that entities use in place of the standard ones, in the order of their days."""

    position: int
    codes: list[MappedAccount]


class AdoptPostingRules(Dated):
    """From which booking day on a version of the posting rules books the entity's facts."""

    version: Count
    from_booked_on: Day


@router.post("", status_code=201, name="entity.register")
def register_entity(asked: RegisterEntity, ask: Ask) -> Recorded:
    """Register a legal entity with its register, contribution plan and Belgian parameters."""
    return ask(asked, on=asked.effective_on).record(
        entities.register_entity,
        code=asked.code,
        name=asked.name,
        enterprise_no=asked.enterprise_no,
        country=asked.country,
    )


@router.post("/{entity_id}/parameters", status_code=201, name="parameter.set")
def set_parameter(entity_id: UUID, asked: SetParameter, ask: Ask) -> Recorded:
    """Set a dated parameter of an entity."""
    return ask(asked, on=asked.effective_on).record(
        entities.set_parameter,
        entity_id=entity_id,
        name=asked.name,
        value=asked.value,
        valid_from=asked.valid_from,
        source_ref=asked.source_ref,
    )


@router.post("/{entity_id}/reference-rates", status_code=201, name="reference-rate.add")
def add_reference_rate(entity_id: UUID, asked: AddReferenceRate, ask: Ask) -> Recorded:
    """Add the reference rate of a half-year to those behind late interest; a known one stays."""
    return ask(asked, on=asked.effective_on).record(
        reference_rates.add_reference_rate,
        entity_id=entity_id,
        half_year=asked.half_year,
        rate_bp=asked.rate_bp,
        source_ref=asked.source_ref,
    )


@router.get("/{entity_id}/parameters", name="parameters.view")
def view_parameters(
    entity_id: UUID, look: Look, name: OfName = None, as_of: AsOf | None = None
) -> Parameters:
    """Show every value of the parameters with its day and source, or those in force on a day."""
    position = look.standing_at(PARAMETERS.name)
    found = parameters(look.reading(PARAMETERS.name), entity_id=entity_id, name=name, as_of=as_of)
    return Parameters(position=position, parameters=found)


@router.post("/{entity_id}/posting-rules", status_code=201, name="posting-rules.adopt")
def adopt_posting_rules(entity_id: UUID, asked: AdoptPostingRules, ask: Ask) -> Recorded:
    """Book by a version of the posting rules from a day on, after all books that are stopped."""
    return ask(asked, on=asked.effective_on).record(
        entities.adopt_posting_rules,
        entity_id=entity_id,
        version=asked.version,
        from_booked_on=asked.from_booked_on,
    )


@router.post("/{entity_id}/account-codes", status_code=201, name="account-code.map")
def map_account(entity_id: UUID, asked: MapAccount, ask: Ask) -> Recorded:
    """Call a standard account by a code of the entity's own from a day on, after all books that are stopped."""
    return ask(asked, on=asked.effective_on).record(
        entities.map_account,
        entity_id=entity_id,
        account=asked.account,
        code=asked.code,
        valid_from=asked.valid_from,
        source_ref=asked.source_ref,
    )


@router.get("/{entity_id}/account-codes", name="account-codes.view")
def view_account_codes(entity_id: UUID, look: Look) -> AccountCodes:
    """Show the codes of an entity's own, with the day from which each holds."""
    position = look.standing_at(ACCOUNT_CODES.name)
    found = mapped_accounts(look.reading(ACCOUNT_CODES.name), entity_id=entity_id)
    return AccountCodes(position=position, codes=found)
