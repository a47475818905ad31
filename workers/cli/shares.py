"""The register of shares: who holds which numbers, what waits to be paid or allotted, who is owed for it."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from domain.money import euros
from projections.dated_sums import Axis
from workers.cli.naming import member_names
from workers.cli.past import AxisOption, Day, EntityCode, KnownAt, day, entity_id, position, title
from workers.cli.session import Column, Session, command

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    from projections.share_register import SharesHeld
    from projections.withdrawals import WithdrawalsOwed


@command
def shares(
    session: Session,
    *,
    entity: EntityCode = None,
    as_of: Day = None,
    known_at: KnownAt = None,
    axis: AxisOption = Axis.BOOKED,
) -> None:
    """Show the register of shares, what is held and subscribed, and the withdrawal shares in their queue."""
    from projections.share_register import share_register as ask
    from projections.withdrawals import withdrawals_owed

    with session.ledger() as workshop:
        reader = workshop.up_to_date()
        known, whose = position(workshop, known_at), entity_id(reader, entity)
        answer = ask(reader, entity_id=whose, as_of=day(as_of), known_at=known, axis=axis)
        owed = withdrawals_owed(
            reader, entity_id=whose, as_of=day(as_of), known_at=answer.position, axis=axis
        )
        if session.screen.as_json:
            queue = asdict(owed)
            session.screen.data(
                asdict(answer) | {"withdrawals": queue["withdrawals"], "tests": queue["tests"]}
            )
            return
        names = member_names(reader)
        heading = title(session, "share-register", answer.position, as_of, axis)
        _show_register(session, heading, answer, names)
        _show_subscriptions(session, answer, names)
        _show_withdrawals(session, owed, names)


def _show_register(session: Session, heading: str, answer: SharesHeld, names: Mapping[UUID, str]) -> None:
    rows = [
        (
            str(entry.register_no),
            str(entry.effective_on),
            names[entry.membership_id],
            entry.share_class,
            session.screen.words(entry.kind),
            str(entry.qty),
            f"{entry.from_seq}-{entry.to_seq}",
            euros(entry.amount_c),
        )
        for entry in answer.entries
    ]
    columns = (
        Column("no.", figures=True),
        Column("day"),
        Column("member"),
        Column("class"),
        Column("movement"),
        Column("shares", figures=True),
        Column("numbers", figures=True),
        Column("amount", figures=True),
    )
    session.screen.table(heading, columns, rows)


def _show_subscriptions(session: Session, answer: SharesHeld, names: Mapping[UUID, str]) -> None:
    rows = [
        (
            names[holding.holder_id],
            holding.share_class,
            str(holding.subscribed),
            euros(holding.subscribed_c),
            euros(holding.paid_c),
            str(holding.allotted),
            str(holding.held),
        )
        for holding in answer.holdings
    ]
    columns = (
        Column("member"),
        Column("class"),
        Column("subscribed", figures=True),
        Column("amount", figures=True),
        Column("paid", figures=True),
        Column("allotted", figures=True),
        Column("shares-held", figures=True),
    )
    session.screen.table(session.screen.words("subscriptions"), columns, rows)


def _show_withdrawals(session: Session, owed: WithdrawalsOwed, names: Mapping[UUID, str]) -> None:
    rows = [
        (
            names[each.membership_id],
            each.share_class,
            str(each.qty),
            str(each.due_on),
            euros(each.owed_c),
            euros(each.suspended_c),
            euros(each.blocked_c),
            euros(each.paid_c),
        )
        for each in owed.withdrawals
    ]
    columns = (
        Column("member"),
        Column("class"),
        Column("shares", figures=True),
        Column("due"),
        Column("owed", figures=True),
        Column("suspended", figures=True),
        Column("blocked", figures=True),
        Column("paid", figures=True),
    )
    session.screen.table(session.screen.words("withdrawals"), columns, rows)
