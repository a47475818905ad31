"""The patronage refund of a good year: voted with its dividend, and given to the activities once appropriated."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from domain.aggregates.dividend import Dividend
from domain.aggregates.fiscal_year import Accounts
from domain.aggregates.patronage_refund import PatronageRefund
from domain.ledger import patronage
from workers.demo.clerk import TREASURER
from workers.demo.group.house import Group, House

PART_OF_RESULT = 10
"""One part in so many of a good year goes back to the activities."""


def vote_patronage(
    group: Group, house: House, accounts: Accounts, beside: Dividend.Voted, on: date
) -> PatronageRefund.Voted | None:
    """Give the activities a part of the result, within what the tests leave beside the dividend; return the vote."""
    left_c = min(accounts.net_asset_c, house.account.balance_c) - beside.amount_c
    amount_c = min(accounts.result_c // PART_OF_RESULT, left_c)
    if amount_c <= 0:
        return None
    outcome = group.clerk.ask(
        "patronage.vote",
        patronage.vote_patronage,
        on=on,
        actor=TREASURER,
        entity_id=house.entity_id,
        amount_c=amount_c,
        decision_ref=beside.decision_ref,
        motion_id=beside.motion_id,
    )
    return next(each.event for each in outcome.facts if isinstance(each.event, PatronageRefund.Voted))


def give_back(group: Group, house: House, voted: PatronageRefund.Voted, on: date) -> None:
    """Give each activity its part, by what the journal of the year says that it contributed."""
    from api.year_end import contributed_to

    group.clerk.let_readers_catch_up()
    patronage_id: UUID = voted.originator_id
    position, by_basis = contributed_to(group.clerk.workshop.services, patronage_id)
    outcome = group.clerk.ask(
        "patronage.share-out",
        patronage.share_out_patronage,
        on=on,
        actor=TREASURER,
        patronage_id=patronage_id,
        position=position,
        by_basis=by_basis,
    )
    given = (each.event for each in outcome.facts if isinstance(each.event, PatronageRefund.PartsGiven))
    part_c = {part.activity_id: part.amount_c for each in given for part in each.parts}
    for purse in house.purses:
        purse.available_c += part_c.get(purse.activity_id, 0)
