"""Shares: classes, subscriptions, contributions, allotments, transfers, conversions, and their register."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from api.context import Ask
from api.forms import Cents, Code, Count, Dated, Flag, Line
from api.guard import GuardedRoute
from api.looking import InThePast, Look, OfEntity
from api.replies import Recorded
from domain.ledger import shares
from projections.share_register import SHARE_REGISTER, SharesHeld, share_register

router = APIRouter(prefix="/shares", tags=["shares"], route_class=GuardedRoute)


class OpenShareClass(Dated):
    """A class of shares the statutes know; `unavailable` contributions stay until the statutes change."""

    entity_id: UUID
    share_class: Code
    unavailable: Flag = False
    statutes_ref: Line


class SubscribeShares(Dated):
    """So many shares at this price each."""

    membership_id: UUID
    share_class: Code
    qty: Count
    price_c: Cents


class UndoShareContribution(Dated):
    """The receipt, how much of it was not paid towards the shares, and why it was said."""

    bank_line_id: UUID
    amount_c: Cents
    reason: Line


class PayShareContribution(Dated):
    """Part of a receipt, paid by the person who holds the shares."""

    bank_line_id: UUID
    payer_id: UUID
    amount_c: Cents
    despite_reference: Flag = False


class AllotShares(Dated):
    """So many of the shares that are paid."""

    qty: Count


class TransferShares(Dated):
    """So many shares of an account to another member, by this approval; they keep their numbers."""

    transfer_id: UUID | None = None
    to_membership_id: UUID
    qty: Count
    decision_ref: Line


class ConvertShares(Dated):
    """So many shares into so many of another class, by this decision."""

    into_class: Code
    qty: Count
    into_qty: Count
    decision_ref: Line


@router.post("/classes", status_code=201, name="share-class.open")
def open_share_class(asked: OpenShareClass, ask: Ask) -> Recorded:
    """Open the register of a class of shares."""
    return ask(asked, on=asked.effective_on).record(
        shares.open_share_class,
        entity_id=asked.entity_id,
        share_class=asked.share_class,
        unavailable=asked.unavailable,
        statutes_ref=asked.statutes_ref,
    )


@router.post("/subscriptions", status_code=201, name="shares.subscribe")
def subscribe_shares(asked: SubscribeShares, ask: Ask) -> Recorded:
    """Record that an applicant or a member subscribes to shares."""
    return ask(asked, on=asked.effective_on).record(
        shares.subscribe_shares,
        membership_id=asked.membership_id,
        share_class=asked.share_class,
        qty=asked.qty,
        price_c=asked.price_c,
    )


@router.post("/accounts/{account_id}/payments", status_code=201, name="shares.pay")
def pay_share_contribution(account_id: UUID, asked: PayShareContribution, ask: Ask) -> Recorded:
    """Set part of a receipt against the shares its payer subscribed to."""
    return ask(asked, on=asked.effective_on).record(
        shares.pay_share_contribution,
        bank_line_id=asked.bank_line_id,
        account_id=account_id,
        payer_id=asked.payer_id,
        amount_c=asked.amount_c,
        despite_reference=asked.despite_reference,
    )


@router.post("/accounts/{account_id}/payments/undoing", status_code=201, name="shares.undo-payment")
def undo_share_contribution(account_id: UUID, asked: UndoShareContribution, ask: Ask) -> Recorded:
    """Say that part of a receipt was not paid towards these shares: it waits again."""
    return ask(asked, on=asked.effective_on).record(
        shares.undo_share_contribution,
        bank_line_id=asked.bank_line_id,
        account_id=account_id,
        amount_c=asked.amount_c,
        reason=asked.reason,
    )


@router.post("/accounts/{account_id}/allotments", status_code=201, name="shares.allot")
def allot_shares(account_id: UUID, asked: AllotShares, ask: Ask) -> Recorded:
    """Allot paid shares under the next numbers of the register."""
    return ask(asked, on=asked.effective_on).record(shares.allot_shares, account_id=account_id, qty=asked.qty)


@router.post("/accounts/{account_id}/transfers", status_code=201, name="shares.transfer")
def transfer_shares(account_id: UUID, asked: TransferShares, ask: Ask) -> Recorded:
    """Transfer shares to another member."""
    return ask(asked, on=asked.effective_on).record(
        shares.transfer_shares,
        transfer_id=ask.id_or_new(asked.transfer_id),
        from_account_id=account_id,
        to_membership_id=asked.to_membership_id,
        qty=asked.qty,
        decision_ref=asked.decision_ref,
    )


@router.post("/accounts/{account_id}/conversions", status_code=201, name="shares.convert")
def convert_shares(account_id: UUID, asked: ConvertShares, ask: Ask) -> Recorded:
    """Convert shares into another class; what was contributed for them stays."""
    return ask(asked, on=asked.effective_on).record(
        shares.convert_shares,
        account_id=account_id,
        into_class=asked.into_class,
        qty=asked.qty,
        into_qty=asked.into_qty,
        decision_ref=asked.decision_ref,
    )


@router.get("", name="shares.view")
def view_shares(
    look: Look,
    past: InThePast,
    entity_id: OfEntity = None,
    membership_id: Annotated[UUID | None, Query(description="of this membership only")] = None,
) -> SharesHeld:
    """Show the register of shares and what each member subscribed, paid and holds, now or at any past."""
    found = share_register(
        look.reading(SHARE_REGISTER.name),
        entity_id=entity_id,
        membership_id=membership_id,
        **past.values(),
    )
    look.at(found.position)
    return found
