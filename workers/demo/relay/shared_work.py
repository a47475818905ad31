"""Activities that worked together share what one of them earned: one offer is declined, another was recorded twice."""

from __future__ import annotations

from datetime import date
from functools import partial
from uuid import UUID

from domain.ledger import transfers
from workers.demo.clerk import TREASURER
from workers.demo.group.house import Group, House, Purse
from workers.demo.group.size import later
from workers.demo.relay.payouts import its_id
from workers.demo.relay.year import day

OFFERED_C, SHARED_C = 60_00, 120_00


def plan_shared_work(group: Group, relay: House) -> None:
    """Note the offer of March and the share of August."""
    group.agenda.on(day(3, 6), partial(_offer, group, relay))
    group.agenda.on(day(8, 5), partial(_share, group, relay))


def _offer(group: Group, relay: House, on: date) -> None:
    """Offer a part for help that the other gave as a friend: it is declined."""
    transfer_id = its_id(relay, "part of an order, offered")
    _propose(group, relay, transfer_id, relay.purses[4], OFFERED_C, on)
    group.agenda.on(later(on, 1), partial(_decline, group, transfer_id))


def _decline(group: Group, transfer_id: UUID, on: date) -> None:
    group.clerk.tell(
        "internal-transfer.decline",
        transfers.decline_transfer,
        on=on,
        actor=TREASURER,
        transfer_id=transfer_id,
        reason="it was a favour (fictional)",
    )


def _share(group: Group, relay: House, on: date) -> None:
    """Leave the other its part of an order, by two people of the office who did not know of each other."""
    for n in (1, 2):
        transfer_id = its_id(relay, f"part of an order, recorded {n}")
        _propose(group, relay, transfer_id, relay.purses[5], SHARED_C, on)
        group.agenda.on(later(on, n), partial(_accept, group, transfer_id))
    group.agenda.on(later(on, 6), partial(_reverse, group, its_id(relay, "part of an order, recorded 2")))


def _accept(group: Group, transfer_id: UUID, on: date) -> None:
    group.clerk.tell(
        "internal-transfer.accept", transfers.accept_transfer, on=on, actor=TREASURER, transfer_id=transfer_id
    )


def _reverse(group: Group, transfer_id: UUID, on: date) -> None:
    """Take the second one back."""
    group.clerk.tell(
        "internal-transfer.reverse",
        transfers.reverse_transfer,
        on=on,
        actor=TREASURER,
        transfer_id=transfer_id,
        reason="recorded twice (fictional)",
    )


def _propose(group: Group, relay: House, transfer_id: UUID, taker: Purse, amount_c: int, on: date) -> None:
    group.clerk.tell(
        "internal-transfer.propose",
        transfers.propose_transfer,
        on=on,
        transfer_id=transfer_id,
        entity_id=relay.entity_id,
        from_activity_id=relay.purses[3].activity_id,
        to_activity_id=taker.activity_id,
        amount_c=amount_c,
        reason="part of an order (fictional)",
    )
