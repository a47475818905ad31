"""Dividends: voted, shared out to who held the shares, paid by two people, and seen down to each holder."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter
from pydantic import AfterValidator

from api.context import Ask
from api.forms import Cents, Code, Dated, Day, Line
from api.guard import GuardedRoute
from api.looking import InThePast, Look, OfEntity
from api.replies import Recorded
from domain.ledger import dividends, payments
from interchange.identifiers import iban
from projections.dividends import DividendsGiven, dividends_given

router = APIRouter(tags=["shares"], route_class=GuardedRoute)


class VoteDividend(Dated):
    """What the assembly gives each share of a class that was held on `held_on`, before tax is withheld."""

    entity_id: UUID
    share_class: Code
    per_share_c: Cents
    decision_ref: Line
    motion_id: UUID | None = None
    held_on: Day | None = None


class ShareOutDividend(Dated):
    """The next holders of a dividend that is owed."""


class OrderDividend(Dated):
    """The account a holder is paid on."""

    order_id: UUID | None = None
    payee_iban: Annotated[Line, AfterValidator(iban)]


@router.post("/dividends", status_code=201, name="dividend.vote")
def vote_dividend(asked: VoteDividend, ask: Ask) -> Recorded:
    """Record a dividend that may be given: all who wait are paid, both tests and the cap hold."""
    return ask(asked, on=asked.effective_on).record(
        dividends.vote_dividend,
        entity_id=asked.entity_id,
        share_class=asked.share_class,
        per_share_c=asked.per_share_c,
        decision_ref=asked.decision_ref,
        motion_id=asked.motion_id,
        held_on=asked.held_on,
    )


@router.post("/dividends/{dividend_id}/holders", status_code=201, name="dividend.share-out")
def share_out_dividend(dividend_id: UUID, asked: ShareOutDividend, ask: Ask) -> Recorded:
    """Name the next 500 holders, with what each is due and the tax withheld, until every share is."""
    return ask(asked, on=asked.effective_on).record(dividends.share_out_dividend, dividend_id=dividend_id)


@router.post("/dividends-due/{dividend_due_id}/payment-orders", status_code=201, name="dividend.order")
def order_dividend(dividend_due_id: UUID, asked: OrderDividend, ask: Ask) -> Recorded:
    """Order that a holder is paid, whole and after tax; a second person approves it."""
    return ask(asked, on=asked.effective_on).record(
        payments.order_dividend_payment,
        order_id=ask.id_or_new(asked.order_id),
        dividend_due_id=dividend_due_id,
        payee_iban=asked.payee_iban,
    )


@router.get("/dividends", name="dividends.view")
def view_dividends(
    look: Look, past: InThePast, entity_id: OfEntity = None, dividend_id: UUID | None = None
) -> DividendsGiven:
    """Show the dividends and what each holder is due of them, now or at any past."""
    found = dividends_given(look.reader, entity_id=entity_id, dividend_id=dividend_id, **past.values())
    look.at(found.position)
    return found
