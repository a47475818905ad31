"""Founding a ledger: legal entities, periods, bank accounts and API keys."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from domain.money import cents_of
from workers.cli.session import Column, Session, command, say_recorded

if TYPE_CHECKING:
    from uuid import UUID

Entity = Annotated[str, typer.Option("--entity", help="The code of the legal entity.")]
Month = Annotated[str, typer.Argument(help="A month, as 2026-01.")]


@command
def register_entity(
    session: Session,
    *,
    code: Annotated[str, typer.Option("--code", help="A short code of your own.")],
    name: Annotated[str, typer.Option("--name", help="The registered name.")],
    enterprise_no: Annotated[str, typer.Option("--enterprise-no", help="Its enterprise number.")],
    country: Annotated[str, typer.Option("--country")] = "BE",
) -> None:
    """Register a legal entity, with the Belgian parameters to start from."""
    from domain.ledger import entities
    from interchange.identifiers import enterprise_number
    from workers.asking import perform

    number = enterprise_number(enterprise_no)
    with session.workshop() as workshop:
        outcome = perform(
            workshop,
            "entity.register",
            entities.register_entity,
            code=code,
            name=name,
            enterprise_no=number,
            country=country,
        )
        say_recorded(session, outcome, session.screen.told("entity-registered", code=code))


@command
def open_period(session: Session, month: Month, *, entity: Entity) -> None:
    """Let a month take bookings."""
    from domain.ledger import periods
    from workers.asking import perform

    entity_id = _entity_id(entity)
    with session.ledger() as workshop:
        outcome = perform(
            workshop,
            "period.open",
            periods.open_period,
            entity_id=entity_id,
            month=month,
        )
        say_recorded(session, outcome, session.screen.told("month-opened", month=month))


@command
def close_period(session: Session, month: Month, *, entity: Entity) -> None:
    """Stop a month's bookings and close it with the digest of its trial balance."""
    from api.closing import close_month
    from domain.ledger import periods
    from workers.asking import local_caller, perform

    entity_id = _entity_id(entity)
    with session.ledger() as workshop:
        perform(
            workshop,
            "period.stop-bookings",
            periods.stop_bookings,
            entity_id=entity_id,
            month=month,
        )
        with workshop.projecting():
            outcome = close_month(workshop.services, local_caller(), entity_id=entity_id, month=month)
        say_recorded(session, outcome, session.screen.told("month-closed", month=month))


@command
def open_bank_account(
    session: Session,
    account: Annotated[str, typer.Argument(help="The IBAN, or the number the bank gives.")],
    *,
    entity: Entity,
    opening: Annotated[str, typer.Option("--opening", help="The balance before the first statement.")],
    on: Annotated[datetime, typer.Option("--on", formats=["%Y-%m-%d"], help="The day of that balance.")],
) -> None:
    """Open a bank account with the balance its first statement continues from."""
    from domain.ledger import bank
    from workers.asking import perform

    try:
        balance_c = cents_of(opening)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from error
    entity_id = _entity_id(entity)
    with session.ledger() as workshop:
        outcome = perform(
            workshop,
            "bank-account.open",
            bank.open_bank_account,
            day=on.date(),
            entity_id=entity_id,
            account=account,
            balance_c=balance_c,
            balance_on=on.date(),
        )
        say_recorded(session, outcome, session.screen.told("account-opened", account=account))


@command
def create_key(
    session: Session,
    *,
    role: Annotated[str, typer.Option("--role", help="staff, treasurer, auditor, committee, admin, member.")],
    label: Annotated[str, typer.Option("--label", help="Whose or what the key is for.")] = "",
    days: Annotated[int, typer.Option("--days", min=1, max=3650, help="How long it is valid.")] = 365,
) -> None:
    """Make an API key; it is shown once."""
    from eventstore.access import Role
    from workers.keys import make_key

    if role not in [each.value for each in Role]:
        raise typer.BadParameter("one of " + ", ".join(each.value for each in Role), param_hint="--role")
    with session.workshop() as workshop:
        named = label or f"a key for {role}"
        key = make_key(workshop, role=Role(role), label=named, valid_days=days)
        if session.screen.as_json:
            session.screen.data({"role": role, "label": named, "key": key})
            return
        session.screen.line(key)
        session.screen.say(session.screen.told("keep-the-key"))


@command
def show_settings(session: Session) -> None:
    """Show each setting with where it comes from; secrets are hidden."""
    found = [
        (each.name, "***" if each.secret and each.value else each.value, each.origin)
        for each in session.settings.found
    ]
    if session.screen.as_json:
        session.screen.data({name: {"value": value, "origin": origin} for name, value, origin in found})
    else:
        session.screen.table("", (Column("setting"), Column("value"), Column("origin")), found)


def _entity_id(code: str) -> UUID:
    from domain.ledger.entities import entity_id_of

    return entity_id_of(code)
