"""A member is told that an exclusion is proposed, answers, and is not excluded: the van had been lent by the board."""

from __future__ import annotations

from datetime import date
from functools import partial
from uuid import UUID

from domain.ids import derived_id
from domain.ledger import exclusions
from workers.demo.group.house import Group, House
from workers.demo.relay.year import day

ACCUSED = 9


def plan_accusation(group: Group, relay: House) -> None:
    """Note the proposal, the answer within its month, and that the board lets it be."""
    group.agenda.on(day(9, 8), partial(_propose, group, relay))
    group.agenda.on(day(9, 22), partial(_answer, group, relay))
    group.agenda.on(day(10, 6), partial(_drop, group, relay))


def _exclusion_id(relay: House) -> UUID:
    return derived_id("demo", relay.entity_id, "exclusion")


def _propose(group: Group, relay: House, on: date) -> None:
    group.clerk.tell(
        "exclusion.propose",
        exclusions.propose_exclusion,
        on=on,
        exclusion_id=_exclusion_id(relay),
        membership_id=relay.members[ACCUSED].membership_id,
        reasons="rented the shared van out for money of their own (fictional)",
    )


def _answer(group: Group, relay: House, on: date) -> None:
    group.clerk.tell(
        "exclusion.answer",
        exclusions.receive_observations,
        on=on,
        exclusion_id=_exclusion_id(relay),
        observations="The board had agreed, and the rent was paid to the cooperative (fictional).",
        hearing_asked=False,
    )


def _drop(group: Group, relay: House, on: date) -> None:
    group.clerk.tell(
        "exclusion.drop",
        exclusions.drop_exclusion,
        on=on,
        exclusion_id=_exclusion_id(relay),
        reason="the rent was found in the cooperative's receipts (fictional)",
    )
