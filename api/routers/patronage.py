"""Patronage refunds: voted, appropriated with a year, and given to the activities by what they contributed."""

from __future__ import annotations

from uuid import UUID

from fastapi import APIRouter

from api.context import Ask
from api.forms import Cents, Dated, Line
from api.guard import GuardedRoute
from api.looking import InThePast, Look, OfEntity
from api.replies import Recorded
from api.year_end import contributed_to
from domain.ledger import patronage
from projections.patronage import Refunds, patronage_refunds

router = APIRouter(tags=["years"], route_class=GuardedRoute)


class VotePatronage(Dated):
    """What the assembly gives the activities, by what each contributed in the year appropriated with it."""

    entity_id: UUID
    amount_c: Cents
    decision_ref: Line
    motion_id: UUID | None = None


class ShareOutPatronage(Dated):
    """The next activities of a patronage refund that is owed."""


@router.post("/patronage-refunds", status_code=201, name="patronage.vote")
def vote_patronage(asked: VotePatronage, ask: Ask) -> Recorded:
    """Record a patronage refund that may be given: all who wait are paid, and both tests hold."""
    return ask(asked, on=asked.effective_on).record(
        patronage.vote_patronage,
        entity_id=asked.entity_id,
        amount_c=asked.amount_c,
        decision_ref=asked.decision_ref,
        motion_id=asked.motion_id,
    )


@router.post("/patronage-refunds/{patronage_id}/parts", status_code=201, name="patronage.share-out")
def share_out_patronage(patronage_id: UUID, asked: ShareOutPatronage, ask: Ask) -> Recorded:
    """Give the next 500 activities their parts, by what each contributed, until every one has its own."""
    position, by_basis = contributed_to(ask.services, patronage_id)
    return ask(asked, on=asked.effective_on).record(
        patronage.share_out_patronage, patronage_id=patronage_id, position=position, by_basis=by_basis
    )


@router.get("/patronage-refunds", name="patronage.view")
def view_patronage(
    look: Look, past: InThePast, entity_id: OfEntity = None, patronage_id: UUID | None = None
) -> Refunds:
    """Show the patronage refunds and what each activity is given of them, now or at any past."""
    found = patronage_refunds(look.reader, entity_id=entity_id, patronage_id=patronage_id, **past.values())
    look.at(found.position)
    return found
