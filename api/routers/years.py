"""Fiscal years and the accountant's own entries."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter
from pydantic import BaseModel, Field, StringConstraints

from api.context import Ask
from api.evidence import entity_of_entry, entity_of_year, resting_on
from api.forms import Cents, Code, Dated, Day, Form, Line
from api.guard import GuardedRoute
from api.looking import Limit, Look, OfEntity, Position, next_of
from api.replies import Recorded
from api.year_end import accounts_of, brought_forward_c, result_accounts_of
from domain.aggregates.fiscal_year import Appropriation
from domain.aggregates.manual_entry import ManualLine
from domain.ledger import manual_entries as entries
from domain.ledger import years
from projections import fiscal_years as year_views
from projections import manual_entries as entry_views
from projections.fiscal_years import FISCAL_YEARS, Year
from projections.manual_entries import MANUAL_ENTRIES, Entry

router = APIRouter(tags=["years"], route_class=GuardedRoute)

Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


class AskedLine(Form):
    """One side of an entry, in cents; without an activity it is the cooperative's own."""

    account: Code
    debit_c: Cents = 0
    credit_c: Cents = 0
    activity_id: UUID | None = None


class Reasoned(Dated):
    """Why an entry is made, and the document it rests on."""

    reason: Line
    evidence_sha256: Sha256


class PostEntry(Reasoned):
    """An entry of the accountant on a day, on accounts that no other fact keeps."""

    entry_id: UUID | None = None
    entity_id: UUID
    day: Day
    lines: Annotated[list[AskedLine], Field(min_length=2, max_length=200)]


class ReverseEntry(Reasoned):
    """From which day on an entry is taken back."""

    day: Day


class OpenYear(Dated):
    """A fiscal year: whole months that follow the last year's."""

    entity_id: UUID
    year: Code
    first_on: Day
    last_on: Day


class AdjustYear(Reasoned):
    """An entry at the end of a year; a cut-off names the day on which it is taken back."""

    entry_id: UUID | None = None
    lines: Annotated[list[AskedLine], Field(min_length=2, max_length=200)]
    taken_back_on: Day | None = None


class Decided(Dated):
    """The decision of the assembly that carries this."""

    decision_ref: Line
    motion_id: UUID | None = None


class AppropriateResult(Decided):
    """What becomes of the result and of what was brought forward; `carried_forward_c` may be a loss."""

    legal_reserve_c: Cents = 0
    other_reserves_c: Cents = 0
    dividend_c: Cents = 0
    patronage_c: Cents = 0
    carried_forward_c: Cents


class CarryBalances(Dated):
    """The next year begins with classes 6 and 7 at nothing."""


class Years(BaseModel):
    """The fiscal years, in the order of their days."""

    position: int
    years: list[Year]


class Entries(BaseModel):
    """Manual entries in the order of the log; `next` is the `after` of the next page."""

    position: int
    entries: list[Entry]
    next: int | None


@router.post("/manual-entries", status_code=201, name="manual-entry.post")
def post_entry(asked: PostEntry, ask: Ask) -> Recorded:
    """Book an entry by hand; into a month whose bookings have stopped too, but not into a closed one."""
    return ask(asked, on=asked.effective_on or asked.day).record(
        resting_on(ask.services, asked.evidence_sha256, asked.entity_id, entries.post_entry),
        entry_id=ask.id_or_new(asked.entry_id),
        entity_id=asked.entity_id,
        day=asked.day,
        lines=_lines(asked.lines),
        reason=asked.reason,
        evidence_sha256=asked.evidence_sha256,
    )


@router.post("/manual-entries/{entry_id}/reversal", status_code=201, name="manual-entry.reverse")
def reverse_entry(entry_id: UUID, asked: ReverseEntry, ask: Ask) -> Recorded:
    """Take an entry back by one with its sides turned round; each names the other."""
    return ask(asked, on=asked.effective_on or asked.day).record(
        resting_on(
            ask.services,
            asked.evidence_sha256,
            entity_of_entry(ask.services, entry_id),
            entries.reverse_entry,
        ),
        entry_id=entry_id,
        day=asked.day,
        reason=asked.reason,
        evidence_sha256=asked.evidence_sha256,
    )


@router.get("/manual-entries", name="manual-entries.view")
def view_entries(look: Look, entity_id: OfEntity = None, after: Position = 0, limit: Limit = 100) -> Entries:
    """Show what was booked by hand, why, on what document, and what took it back."""
    position = look.standing_at(MANUAL_ENTRIES.name)
    reader = look.reading(MANUAL_ENTRIES.name)
    found = entry_views.manual_entries(reader, entity_id=entity_id, after=after, limit=limit)
    return Entries(position=position, entries=found, next=next_of(found, limit))


@router.post("/years", status_code=201, name="year.open")
def open_year(asked: OpenYear, ask: Ask) -> Recorded:
    """Begin a fiscal year."""
    return ask(asked, on=asked.effective_on).record(
        years.open_year,
        entity_id=asked.entity_id,
        year=asked.year,
        first_on=asked.first_on,
        last_on=asked.last_on,
    )


@router.post("/years/{year_id}/adjustments", status_code=201, name="year.adjust")
def adjust_year(year_id: UUID, asked: AdjustYear, ask: Ask) -> Recorded:
    """Book an entry at the end of a year, until its accounts are approved; no month's digest counts it."""
    return ask(asked, on=asked.effective_on).record(
        resting_on(
            ask.services, asked.evidence_sha256, entity_of_year(ask.services, year_id), entries.adjust_year
        ),
        entry_id=ask.id_or_new(asked.entry_id),
        year_id=year_id,
        lines=_lines(asked.lines),
        reason=asked.reason,
        evidence_sha256=asked.evidence_sha256,
        taken_back_on=asked.taken_back_on,
    )


@router.post("/years/{year_id}/approval", status_code=201, name="year.approve")
def approve_accounts(year_id: UUID, asked: Decided, ask: Ask) -> Recorded:
    """Record that the assembly approved the accounts, with their figures as the log stands now."""
    return ask(asked, on=asked.effective_on).record(
        years.approve_accounts,
        year_id=year_id,
        accounts=accounts_of(ask.services, year_id),
        decision_ref=asked.decision_ref,
        motion_id=asked.motion_id,
    )


@router.post("/years/{year_id}/appropriation", status_code=201, name="year.appropriate")
def appropriate_result(year_id: UUID, asked: AppropriateResult, ask: Ask) -> Recorded:
    """Record what the assembly does with the result and with what earlier years carried forward."""
    return ask(asked, on=asked.effective_on).record(
        years.appropriate_result,
        year_id=year_id,
        appropriation=Appropriation(
            brought_forward_c=brought_forward_c(ask.services, year_id),
            legal_reserve_c=asked.legal_reserve_c,
            other_reserves_c=asked.other_reserves_c,
            dividend_c=asked.dividend_c,
            carried_forward_c=asked.carried_forward_c,
            patronage_c=asked.patronage_c,
        ),
        decision_ref=asked.decision_ref,
        motion_id=asked.motion_id,
    )


@router.post("/years/{year_id}/carrying", status_code=201, name="year.carry")
def carry_balances(year_id: UUID, asked: CarryBalances, ask: Ask) -> Recorded:
    """Begin the next year with classes 6 and 7 at nothing; all other accounts go on."""
    position, result_accounts = result_accounts_of(ask.services, year_id)
    return ask(asked, on=asked.effective_on).record(
        years.carry_balances, year_id=year_id, position=position, result_accounts=result_accounts
    )


@router.get("/years", name="years.view")
def view_years(look: Look, entity_id: OfEntity = None) -> Years:
    """Show the fiscal years, their approved accounts and what became of the result."""
    position = look.standing_at(FISCAL_YEARS.name)
    found = year_views.fiscal_years(look.reading(FISCAL_YEARS.name), entity_id=entity_id)
    return Years(position=position, years=found)


def _lines(asked: list[AskedLine]) -> list[ManualLine]:
    return [ManualLine(each.account, each.debit_c, each.credit_c, each.activity_id) for each in asked]
