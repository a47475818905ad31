"""Money going out: the claims, the wages and the payment orders, the latest first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from domain.money import euros
from workers.cli.listing import Limit, Listing, Names, require_one_of, show_list
from workers.cli.past import EntityCode
from workers.cli.session import Session, command

if TYPE_CHECKING:
    from projections.outgoings import Claim, Order
    from projections.payrolls import Wage

ClaimStates = Annotated[
    str | None, typer.Option("--state", help="submitted, approved, rejected or reversed.")
]
WageStates = Annotated[str | None, typer.Option("--state", help="requested, posted, withdrawn or reversed.")]
OrderStates = Annotated[
    str | None, typer.Option("--state", help="ordered, approved, cleared, withdrawn or returned.")
]


@command
def claims(
    session: Session, *, entity: EntityCode = None, state: ClaimStates = None, limit: Limit = 100
) -> None:
    """Show the expense claims, the latest first, each with the position of its fact."""
    from projections import outgoings as views

    require_one_of(state, "submitted", "approved", "rejected", "reversed")
    columns = ("day", "activity", "member", "purpose", "amount", "state")
    listing = Listing(views.OUTGOINGS.name, "claims", views.claims, columns, _claims)
    show_list(session, listing, entity=entity, state=state, limit=limit)


@command
def payrolls(
    session: Session, *, entity: EntityCode = None, state: WageStates = None, limit: Limit = 100
) -> None:
    """Show the wages asked and what became of them, the latest first."""
    from projections import payrolls as views

    require_one_of(state, "requested", "posted", "withdrawn", "reversed")
    columns = ("day", "activity", "member", "budget", "cost", "net", "state")
    listing = Listing(views.PAYROLLS.name, "payrolls", views.payrolls, columns, _payrolls)
    show_list(session, listing, entity=entity, state=state, limit=limit)


@command
def orders(
    session: Session, *, entity: EntityCode = None, state: OrderStates = None, limit: Limit = 100
) -> None:
    """Show the payment orders, the latest first."""
    from projections import outgoings as views

    require_one_of(state, "ordered", "approved", "cleared", "withdrawn", "returned")
    columns = ("day", "pays", "iban", "amount", "state", "order")
    listing = Listing(views.OUTGOINGS.name, "orders", views.payment_orders, columns, _orders)
    show_list(session, listing, entity=entity, state=state, limit=limit)


def _claims(found: Sequence[Claim], names: Names) -> list[tuple[str, ...]]:
    return [
        (
            str(each.position),
            str(each.submitted_on),
            names.activities[each.activity_id],
            names.members[each.claimant_id],
            each.purpose,
            euros(each.gross_c),
            names.words(each.state),
        )
        for each in found
    ]


def _payrolls(found: Sequence[Wage], names: Names) -> list[tuple[str, ...]]:
    return [
        (
            str(each.position),
            str(each.requested_on),
            names.activities[each.activity_id],
            names.members[each.employee_id],
            euros(each.budget_c),
            "" if each.cost_c is None else euros(each.cost_c),
            "" if each.net_c is None else euros(each.net_c),
            names.words(each.state),
        )
        for each in found
    ]


def _orders(found: Sequence[Order], names: Names) -> list[tuple[str, ...]]:
    return [
        (
            str(each.position),
            str(each.ordered_on),
            names.words(each.pays),
            each.payee_iban,
            euros(each.amount_c),
            names.words(each.state),
            str(each.order_id),
        )
        for each in found
    ]
