"""Other terms from February on: of the solidarity fund, of what is guaranteed, and for one activity."""

from __future__ import annotations

from datetime import date
from functools import partial

from domain.contributions import FundShare
from domain.ledger import funds, plans
from workers.demo.clerk import COMMITTEE, TREASURER
from workers.demo.group.house import Group, House
from workers.demo.relay.cast import GUARANTEE
from workers.demo.relay.selling import paid, sell
from workers.demo.relay.year import FIRST_DAY, day

FLOOR_C, CAP_C = 2_000_00, 5_000_00
FUND_BP, EASED_BP = 100, 500
EASED = 2
"""The activity that leaves half of the usual for half a year."""
PUBLIC = 5
"""The client that is a public body."""


def plan_terms(group: Group, relay: House) -> None:
    """Note what is decided in January."""
    group.agenda.on(day(1, 15), partial(_amend, group, relay))
    group.agenda.on(day(1, 15), partial(_guarantee, group, relay))
    group.agenda.on(day(1, 22), partial(_ease, group, relay))
    group.agenda.on(day(3, 11), partial(_sell, group, relay))


def _amend(group: Group, relay: House, on: date) -> None:
    """Let the fund keep something back, and give no one more than a quarter of what it holds."""
    group.clerk.tell(
        "fund.amend",
        funds.amend_fund,
        on=on,
        fund_id=relay.fund_id,
        valid_from=date(FIRST_DAY.year, 2, 1),
        floor_c=FLOOR_C,
        cap_c=CAP_C,
        decision_ref="assembly of the funds, decision 1 (fictional)",
    )


def _guarantee(group: Group, relay: House, on: date) -> None:
    """Guarantee invoices also without a confirmed order, but not those of a public body, which pays."""
    group.clerk.tell(
        "guarantee-terms.set",
        funds.set_guarantee_terms,
        on=on,
        actor=COMMITTEE,
        fund_id=funds.fund_id(relay.entity_id, GUARANTEE),
        valid_from=date(FIRST_DAY.year, 2, 1),
        needs_order=False,
        excluded_client_ids=(relay.clients[PUBLIC].id,),
        decision_ref="assembly of the funds, decision 2 (fictional)",
    )


def _ease(group: Group, relay: House, on: date) -> None:
    """Ask half as much of an activity whose member has a child to care for."""
    group.clerk.tell(
        "contribution-override.grant",
        plans.grant_contribution_override,
        on=on,
        actor=TREASURER,
        activity_id=relay.purses[EASED].activity_id,
        valid_from=date(FIRST_DAY.year, 2, 1),
        valid_until=date(FIRST_DAY.year, 7, 31),
        rate_bp=EASED_BP,
        fund_shares=(FundShare(relay.fund_id, FUND_BP),),
        decision_ref="board, decision on an exception (fictional)",
    )


def _sell(group: Group, relay: House, on: date) -> None:
    """Invoice what is charged by the exception."""
    client = relay.clients[PUBLIC]
    paid(relay, client, sell(group, relay.purses[EASED], client, "12", on), day(4, 3))
