"""Asking about activities: where each stands, what they leave one another, lack at their end, or sell inside the group."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from domain.money import euros
from workers.cli.listing import Limit, Listing, Names, show_list
from workers.cli.naming import entity_codes
from workers.cli.past import EntityCode, entity_id
from workers.cli.session import Column, Session, command

if TYPE_CHECKING:
    from uuid import UUID

    from projections.account_codes import MappedAccount
    from projections.deficits import DeficitOwed
    from projections.internal_transfers import Transfer
    from projections.lookups import ActivityCard

Steps = Annotated[bool, typer.Option("--steps", help="List what paid, covered or ended each instead.")]


@command
def activities(session: Session, *, entity: EntityCode = None) -> None:
    """Show the activities by code: who runs them, how they are paid, and where each stands since when."""
    from projections import lookups
    from projections.directory import DIRECTORY

    columns = ("entity", "activity", "members", "paid-as", "state", "since", "last-day", "id")
    listing = Listing(DIRECTORY.name, "activities", lookups.activities, columns, _activities)
    show_list(session, listing, entity=entity)


@command
def deficits(session: Session, *, entity: EntityCode = None, steps: Steps = False) -> None:
    """Show what activities lacked at their end: who owes it, what of it is still owed, and what was lost."""
    from projections import deficits as views

    columns = ("day", "activity", "member", "owed", "still-open", "written-off", "decision", "id")
    listing = Listing(views.DEFICITS.name, "deficits", views.deficits, columns, _deficits)
    if steps and not session.screen.as_json:
        became = ("day", "activity", "member", "step", "amount", "document", "done-by")
        listing = Listing(views.DEFICITS.name, "deficit-steps", views.deficits, became, _steps)
    show_list(session, listing, entity=entity)


@command
def transfers(session: Session, *, entity: EntityCode = None, limit: Limit = 100) -> None:
    """Show what activities of an entity left one another, the latest first."""
    from projections import internal_transfers as views

    columns = ("day", "giver", "taker", "amount", "reason", "state", "id")
    listing = Listing(
        views.INTERNAL_TRANSFERS.name, "transfers", views.internal_transfers, columns, _transfers
    )
    show_list(session, listing, entity=entity, limit=limit)


@command
def account_codes(session: Session, *, entity: EntityCode = None) -> None:
    """Show the codes that entities use in place of the standard ones, each from its day on."""
    from projections import account_codes as views

    columns = ("entity", "account", "own-code", "in-force-from", "source", "set-by")
    listing = Listing(views.ACCOUNT_CODES.name, "account-codes", views.mapped_accounts, columns, _codes)
    show_list(session, listing, entity=entity)


@command
def intercompany(session: Session, *, entity: EntityCode = None) -> None:
    """Show each invoice between entities of the group from both sides, and whether they agree."""
    from projections.intercompany import reconciliation

    with session.ledger() as workshop:
        reader = workshop.up_to_date()
        found = reconciliation(reader, entity_id=entity_id(reader, entity))
        codes = entity_codes(reader)
    if session.screen.as_json:
        session.screen.data(asdict(found))
        return
    rows = [
        (
            str(each.issued_on),
            each.invoice_no,
            codes[each.seller_id],
            codes[each.buyer_id],
            *(euros(c) for c in (each.gross_c, each.seller_open_c, each.buyer_owes_c, each.in_transit_c)),
            euros(each.difference_c),
        )
        for each in found.items
    ]
    figures = ("gross", "seller-open", "buyer-owes", "in-transit", "difference")
    columns = (
        *(Column(key) for key in ("day", "invoice", "seller", "buying")),
        *(Column(key, figures=True) for key in figures),
    )
    session.screen.table(session.screen.words("intercompany"), columns, rows)
    agrees = not any(each.difference_c for each in found.items)
    difference = euros(found.difference_c)
    told = session.screen.told
    session.screen.say(told("entities-agree") if agrees else told("entities-differ", difference=difference))


def _activities(found: Sequence[ActivityCard], names: Names) -> list[tuple[str, ...]]:
    return [
        (
            str(each.position),
            names.entities[each.entity_id],
            each.code,
            ", ".join(names.members[member] for member in each.membership_ids),
            names.words(f"regime-{each.payout_regime}"),
            names.words(f"activity-{each.state}"),
            str(each.state_since),
            "" if each.ends_on is None else str(each.ends_on),
            str(each.activity_id),
        )
        for each in found
    ]


def _deficits(found: Sequence[DeficitOwed], names: Names) -> list[tuple[str, ...]]:
    return [
        (
            str(each.position),
            str(each.recognised_on),
            names.activities[each.activity_id],
            names.members[each.membership_id],
            euros(each.amount_c),
            euros(each.open_c),
            euros(each.lost_c),
            each.decision_ref,
            str(each.deficit_id),
        )
        for each in found
    ]


def _steps(found: Sequence[DeficitOwed], names: Names) -> list[tuple[str, ...]]:
    return [
        (
            str(step.position),
            str(step.happened_on),
            names.activities[each.activity_id],
            names.members[each.membership_id],
            names.words(f"step-{step.step}"),
            euros(step.amount_c),
            step.document,
            step.done_by,
        )
        for each in found
        for step in each.steps
    ]


def _transfers(found: Sequence[Transfer], names: Names) -> list[tuple[str, ...]]:
    def side(activity_id: UUID | None) -> str:
        return names.words("cooperative") if activity_id is None else names.activities[activity_id]

    return [
        (
            str(each.position),
            str(each.proposed_on),
            side(each.from_activity_id),
            side(each.to_activity_id),
            euros(each.amount_c),
            each.reason,
            names.words(f"transfer-{each.state}"),
            str(each.transfer_id),
        )
        for each in found
    ]


def _codes(found: Sequence[MappedAccount], names: Names) -> list[tuple[str, ...]]:
    return [
        (
            str(each.position),
            names.entities[each.entity_id],
            each.account,
            each.code,
            str(each.valid_from),
            each.source_ref,
            each.mapped_by,
        )
        for each in found
    ]
