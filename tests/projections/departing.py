"""Members of the small cooperative who come, change hands of shares, and go."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from domain.aggregates.membership import DeemedCause
from domain.ledger.disputes import block_amount, open_dispute
from domain.ledger.exclusions import propose_exclusion
from domain.ledger.members import deem_resigned, membership_id
from domain.ledger.merging import merge_memberships
from domain.ledger.shares import transfer_shares
from domain.ledger.withdrawals import approve_net_asset, record_distribution_tests, withdrawal_id
from tests.cooperative import ENTITY, MEMBER, join
from tests.projections.world import MARCH, SHARES, World

NEWCOMERS = tuple(UUID(int=n) for n in (210, 211, 212))
TAKER, SECOND, THIRD = (membership_id(ENTITY, person) for person in NEWCOMERS)
EXCLUSION, DISPUTE, TRANSFER = (UUID(int=n) for n in (411, 412, 413))
WITHDRAWAL = withdrawal_id(SHARES)


def departs(world: World) -> None:
    """The first member gives one of two shares away and goes bankrupt: 240.00 are owed, and suspended.

    Of three newcomers one takes that share, one is merged into another, who is to be excluded.
    """
    for person in NEWCOMERS:
        join(world.perform, person)
    world.perform(
        transfer_shares,
        transfer_id=TRANSFER,
        from_account_id=SHARES,
        to_membership_id=TAKER,
        qty=1,
        decision_ref="board 4",
    )
    world.perform(
        approve_net_asset,
        entity_id=ENTITY,
        share_class="A",
        closing_on=date(2025, 12, 31),
        net_asset_per_share_c=240_00,
        accounts_ref="annual accounts 2025",
        decision_ref="assembly 2026",
    )
    cause: dict[str, Any] = {"cause": DeemedCause.BANKRUPTCY, "evidence_ref": "judgment 1"}
    world.perform(deem_resigned, membership_id=MEMBER, **cause)
    board_tests(world, 0)
    world.perform(open_dispute, dispute_id=DISPUTE, membership_id=MEMBER, about="A deficit")
    world.perform(block_amount, dispute_id=DISPUTE, withdrawal_id=WITHDRAWAL, amount_c=40_00)
    world.perform(merge_memberships, membership_id=THIRD, into_id=SECOND, reason="The same person")
    world.perform(propose_exclusion, exclusion_id=EXCLUSION, membership_id=SECOND, reasons="Left town")
    world.project()


def board_tests(world: World, distributable_c: int, *, on: date = MARCH) -> None:
    """The board makes both tests, which leave so much."""
    figures = {"net_asset_c": distributable_c, "means_c": distributable_c, "unavailable_c": 0, "debts_c": 0}
    asked: dict[str, Any] = figures | {"report_sha256": "cd" * 32}
    world.perform(record_distribution_tests, on=on, entity_id=ENTITY, **asked)
