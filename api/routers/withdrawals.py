"""What former members are owed for their shares, and the tests it is paid within."""

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
from domain.ledger import withdrawals
from interchange.identifiers import iban
from projections.withdrawals import WithdrawalsOwed, withdrawals_owed

router = APIRouter(tags=["shares"], route_class=GuardedRoute)


class ApproveNetAsset(Dated):
    """What the accounts that the assembly approved on `effective_on` make one share of a class worth."""

    entity_id: UUID
    share_class: Code
    closing_on: Day
    net_asset_per_share_c: Cents
    accounts_ref: Line
    decision_ref: Line
    motion_id: UUID | None = None


class DetermineWithdrawal(Dated):
    """Shares that ended before any accounts were approved."""

    account_id: UUID


class RecordTests(Dated):
    """Both tests of the board, by their figures; its report by its SHA-256."""

    entity_id: UUID
    net_asset_c: Cents
    unavailable_c: Cents
    means_c: Cents
    debts_c: Cents
    report_sha256: Line


class OrderWithdrawal(Dated):
    """How much of a withdrawal share is paid, and to which account."""

    order_id: UUID | None = None
    amount_c: Cents
    payee_iban: Annotated[Line, AfterValidator(iban)]


@router.post("/shares/net-assets", status_code=201, name="net-asset.approve")
def approve_net_asset(asked: ApproveNetAsset, ask: Ask) -> Recorded:
    """Record what a share is worth by approved accounts."""
    return ask(asked, on=asked.effective_on).record(
        withdrawals.approve_net_asset,
        entity_id=asked.entity_id,
        share_class=asked.share_class,
        closing_on=asked.closing_on,
        net_asset_per_share_c=asked.net_asset_per_share_c,
        accounts_ref=asked.accounts_ref,
        decision_ref=asked.decision_ref,
        motion_id=asked.motion_id,
    )


@router.post("/withdrawals", status_code=201, name="withdrawal.determine")
def determine_withdrawal(asked: DetermineWithdrawal, ask: Ask) -> Recorded:
    """Determine what ended shares are worth, now that accounts are approved."""
    return ask(asked, on=asked.effective_on).record(
        withdrawals.determine_withdrawal_share, account_id=asked.account_id
    )


@router.post("/distribution-tests", status_code=201, name="distribution-tests.record")
def record_tests(asked: RecordTests, ask: Ask) -> Recorded:
    """Record both tests: they suspend or resume what waits."""
    return ask(asked, on=asked.effective_on).record(
        withdrawals.record_distribution_tests,
        entity_id=asked.entity_id,
        net_asset_c=asked.net_asset_c,
        unavailable_c=asked.unavailable_c,
        means_c=asked.means_c,
        debts_c=asked.debts_c,
        report_sha256=asked.report_sha256,
    )


@router.post("/withdrawals/{withdrawal_id}/payment-orders", status_code=201, name="withdrawal.order")
def order_withdrawal(withdrawal_id: UUID, asked: OrderWithdrawal, ask: Ask) -> Recorded:
    """Order the payment of a withdrawal share, in its turn and within both tests."""
    return ask(asked, on=asked.effective_on).record(
        withdrawals.order_withdrawal_payment,
        order_id=ask.id_or_new(asked.order_id),
        withdrawal_id=withdrawal_id,
        amount_c=asked.amount_c,
        payee_iban=asked.payee_iban,
    )


@router.get("/withdrawals", name="withdrawals.view")
def view_withdrawals(look: Look, past: InThePast, entity_id: OfEntity = None) -> WithdrawalsOwed:
    """Show the queue of withdrawal shares, and the tests they are paid within, now or at any past."""
    found = withdrawals_owed(
        look.reader,
        entity_id=entity_id,
        **past.values(),
    )
    look.at(found.position)
    return found
