"""Money going out: the claims, the wages and the payment orders, the latest first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Annotated, Any

import typer

from domain.money import euros
from workers.cli.naming import activity_codes, member_names
from workers.cli.past import EntityCode, entity_id
from workers.cli.session import Column, Session, command

Limit = Annotated[int, typer.Option("--limit", min=1, max=1000, help="How many at most.")]
ClaimStates = Annotated[str | None, typer.Option("--state", help="submitted, approved or rejected.")]
WageStates = Annotated[str | None, typer.Option("--state", help="requested, posted or withdrawn.")]
OrderStates = Annotated[str | None, typer.Option("--state", help="ordered, approved, cleared or withdrawn.")]


@command
def claims(
    session: Session, *, entity: EntityCode = None, state: ClaimStates = None, limit: Limit = 100
) -> None:
    """Show the expense claims, the latest first, each with the position of its fact."""
    from projections.outgoings import OUTGOINGS
    from projections.outgoings import claims as ask

    _require_one_of(state, "submitted", "approved", "rejected")
    with session.ledger() as workshop:
        reader = workshop.up_to_date()
        at = reader.position(OUTGOINGS.name)
        found = ask(reader, entity_id=entity_id(reader, entity), state=state, limit=limit)
        if session.screen.as_json:
            session.screen.data({"position": at, "claims": [asdict(each) for each in found]})
            return
        names, codes = member_names(reader), activity_codes(reader)
        rows = [
            (
                str(each.position),
                str(each.submitted_on),
                codes[each.activity_id],
                names[each.claimant_id],
                each.purpose,
                euros(each.gross_c),
                session.screen.words(each.state),
            )
            for each in found
        ]
        _show(session, "claims", ("activity", "member", "purpose", "amount", "state"), rows)


@command
def payrolls(
    session: Session, *, entity: EntityCode = None, state: WageStates = None, limit: Limit = 100
) -> None:
    """Show the wages asked and what became of them, the latest first."""
    from projections.payrolls import PAYROLLS
    from projections.payrolls import payrolls as ask

    _require_one_of(state, "requested", "posted", "withdrawn")
    with session.ledger() as workshop:
        reader = workshop.up_to_date()
        at = reader.position(PAYROLLS.name)
        found = ask(reader, entity_id=entity_id(reader, entity), state=state, limit=limit)
        if session.screen.as_json:
            session.screen.data({"position": at, "payrolls": [asdict(each) for each in found]})
            return
        names, codes = member_names(reader), activity_codes(reader)
        rows = [
            (
                str(each.position),
                str(each.requested_on),
                codes[each.activity_id],
                names[each.employee_id],
                euros(each.budget_c),
                "" if each.cost_c is None else euros(each.cost_c),
                "" if each.net_c is None else euros(each.net_c),
                session.screen.words(each.state),
            )
            for each in found
        ]
        _show(session, "payrolls", ("activity", "member", "budget", "cost", "net", "state"), rows)


@command
def orders(
    session: Session, *, entity: EntityCode = None, state: OrderStates = None, limit: Limit = 100
) -> None:
    """Show the payment orders, the latest first."""
    from projections.outgoings import OUTGOINGS
    from projections.outgoings import payment_orders as ask

    _require_one_of(state, "ordered", "approved", "cleared", "withdrawn")
    with session.ledger() as workshop:
        reader = workshop.up_to_date()
        at = reader.position(OUTGOINGS.name)
        found = ask(reader, entity_id=entity_id(reader, entity), state=state, limit=limit)
        if session.screen.as_json:
            session.screen.data({"position": at, "orders": [asdict(each) for each in found]})
            return
        rows = [
            (
                str(each.position),
                str(each.ordered_on),
                session.screen.words(each.pays),
                each.payee_iban,
                euros(each.amount_c),
                session.screen.words(each.state),
                str(each.order_id),
            )
            for each in found
        ]
        _show(session, "orders", ("pays", "iban", "amount", "state", "order"), rows)


def _require_one_of(state: str | None, *known: str) -> None:
    if state is not None and state not in known:
        raise typer.BadParameter("one of " + ", ".join(known), param_hint="--state")


def _show(session: Session, heading: str, keys: Sequence[str], rows: list[tuple[Any, ...]]) -> None:
    figures = {"amount", "budget", "cost", "net"}
    columns = [Column(key, figures=key in figures, whole=key == "order") for key in keys]
    columns = [Column("position", figures=True), Column("day"), *columns]
    session.screen.table(session.screen.words(heading), columns, rows)
