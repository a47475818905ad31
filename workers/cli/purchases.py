"""Asking about purchases: suppliers' bills, what is owed back of what was paid, what was declared to the state."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from domain.aggregates.purchase_invoice import PurchaseState
from domain.money import euros
from workers.cli.listing import Limit, Listing, Names, require_one_of, show_list
from workers.cli.past import EntityCode
from workers.cli.session import Session, command

if TYPE_CHECKING:
    from projections.payee_debts import OwedBack
    from projections.purchases import FiledDeclaration, Purchase

States = Annotated[str | None, typer.Option("--state", help="Such as received, approved or disputed.")]


@command
def bills(session: Session, *, entity: EntityCode = None, state: States = None, limit: Limit = 100) -> None:
    """Show suppliers' bills, the latest first, with what is left to pay of each and the order that pays it."""
    from projections import purchases as views

    require_one_of(state, *PurchaseState)
    columns = ("received", "supplier", "bill", "activity", "due", "gross", "left", "state", "order", "id")
    listing = Listing(views.PURCHASE_BOOK.name, "bills", views.purchases, columns, _bills)
    show_list(session, listing, entity=entity, state=state, limit=limit)


@command
def owed_back(session: Session, *, entity: EntityCode = None) -> None:
    """Show what suppliers and members owe back of what they were paid, and how much of it still."""
    from projections import payee_debts as views

    columns = ("day", "entity", "payee", "paid-for", "amount", "still-open", "id")
    listing = Listing(views.PAYEE_DEBTS.name, "owed-back", views.payee_debts, columns, _owed_back)
    show_list(session, listing, entity=entity)


@command
def declarations(session: Session, *, entity: EntityCode = None) -> None:
    """Show what was declared to the state by month and levy, and the order that pays it."""
    from projections import purchases as views

    columns = ("filed", "entity", "levy", "from", "through", "amount", "withdrawn-on", "order", "id")
    listing = Listing(views.PURCHASE_BOOK.name, "declarations", views.declarations, columns, _declarations)
    show_list(session, listing, entity=entity)


def _bills(found: Sequence[Purchase], names: Names) -> list[tuple[str, ...]]:
    return [
        (
            str(each.position),
            str(each.received_on),
            each.supplier,
            each.purchase_no,
            names.activities[each.activity_id] if each.activity_id else "",
            str(each.due_on),
            euros(each.due_c),
            euros(each.left_c),
            names.words(f"bill-{each.state}"),
            str(each.order_id or ""),
            str(each.purchase_id),
        )
        for each in found
    ]


def _owed_back(found: Sequence[OwedBack], names: Names) -> list[tuple[str, ...]]:
    return [
        (
            str(each.position),
            str(each.arose_on),
            names.entities[each.entity_id],
            names.payees[each.payee_id],
            names.words(f"paid-for-{each.paid_for}"),
            euros(each.amount_c),
            euros(each.open_c),
            str(each.debt_id),
        )
        for each in found
    ]


def _declarations(found: Sequence[FiledDeclaration], names: Names) -> list[tuple[str, ...]]:
    return [
        (
            str(each.position),
            str(each.filed_on),
            names.entities[each.entity_id],
            names.words(f"levy-{each.levy}"),
            str(each.first_on),
            str(each.last_on),
            euros(each.due_c - each.deductible_c),
            str(each.withdrawn_on or ""),
            str(each.order_id or ""),
            str(each.declaration_id),
        )
        for each in found
    ]
