"""Asking about members: who is one and since when, who is to be excluded, who is in dispute."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from domain.aggregates.membership import Standing
from domain.money import euros
from workers.cli.listing import Listing, Names, require_one_of, show_list
from workers.cli.past import EntityCode
from workers.cli.session import Session, command

if TYPE_CHECKING:
    from projections.lookups import Member
    from projections.member_cases import DisputeCase, ExclusionCase

Standings = Annotated[str | None, typer.Option("--state", help="Such as applicant, member or former.")]


@command
def members(session: Session, *, entity: EntityCode = None, state: Standings = None) -> None:
    """Show the memberships, each with its number, its standing, and how it ended."""
    from projections import lookups
    from projections.directory import DIRECTORY

    require_one_of(state, *Standing)
    columns = ("entity", "no.", "member", "member-category", "state", "admitted", "leaves", "ended-by", "id")

    def ask(*args: object, **values: object) -> Sequence[Member]:
        return lookups.members(*args, standing=state, **values)  # type: ignore[arg-type] # as show_list asks

    show_list(session, Listing(DIRECTORY.name, "memberships", ask, columns, _members), entity=entity)


@command
def exclusions(session: Session, *, entity: EntityCode = None) -> None:
    """Show the exclusions: proposed, answered, heard, decided, told to the member, or dropped."""
    from projections import member_cases as views

    days = ("notified", "answer-by", "answered", "heard", "decided")
    columns = ("entity", "member", "state", *days, "decision", "told-after", "id")
    listing = Listing(views.MEMBER_CASES.name, "exclusions", views.exclusions, columns, _exclusions)
    show_list(session, listing, entity=entity)


@command
def disputes(session: Session, *, entity: EntityCode = None) -> None:
    """Show the disputes with members, and what is held back for each while it is open."""
    from projections import member_cases as views

    columns = ("entity", "member", "dispute-opened", "settled", "held-back", "id")
    listing = Listing(views.MEMBER_CASES.name, "disputes", views.disputes, columns, _disputes)
    show_list(session, listing, entity=entity)


def _members(found: Sequence[Member], names: Names) -> list[tuple[str, ...]]:
    return [
        (
            str(each.position),
            names.entities[each.entity_id],
            "" if each.member_no is None else str(each.member_no),
            each.name,
            each.category,
            names.words(f"standing-{each.standing}"),
            str(each.admitted_on or ""),
            str(each.leaves_on or ""),
            names.words(f"ended-{each.ended_by}") if each.ended_by else "",
            str(each.membership_id),
        )
        for each in found
    ]


def _exclusions(found: Sequence[ExclusionCase], names: Names) -> list[tuple[str, ...]]:
    return [
        (
            str(each.position),
            names.entities[each.entity_id],
            names.members[each.membership_id],
            names.words(f"exclusion-{each.state}"),
            str(each.notified_on),
            str(each.answer_by),
            str(each.answered_on or ""),
            str(each.heard_on or ""),
            str(each.decided_on or ""),
            each.decision_ref or "",
            "" if each.told_after_days is None else f"{each.told_after_days} / {each.told_within_days}",
            str(each.exclusion_id),
        )
        for each in found
    ]


def _disputes(found: Sequence[DisputeCase], names: Names) -> list[tuple[str, ...]]:
    return [
        (
            str(each.position),
            names.entities[each.entity_id],
            names.members[each.membership_id],
            str(each.opened_on),
            str(each.settled_on or ""),
            euros(each.blocked_c),
            str(each.dispute_id),
        )
        for each in found
    ]
