"""How the third entity joins: it is registered, takes over from its old books, and adopts its rules."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from domain.contributions import FundShare
from domain.ledger import entities, periods, plans, years
from interchange.old_books import write_old_books
from workers.demo.clerk import TREASURER
from workers.demo.group.founding import adopt_rules
from workers.demo.group.house import Group, House
from workers.demo.relay.cast import CODE, ENTERPRISE_NO, NAME
from workers.demo.relay.old_books import CONTRIBUTION_BP, FUND_BP, old_books
from workers.demo.relay.year import FIRST_DAY, MONTHS, months

DECISION = "assembly that joined the group (fictional)"


def join_the_group(group: Group, relay: House, inbox: Path, on: date) -> None:
    """Register the entity, open its year, take over its old books, whose file stays beside the bank's."""
    tell = group.clerk.tell
    tell(
        "entity.register",
        entities.register_entity,
        on=on,
        code=CODE,
        name=NAME,
        enterprise_no=ENTERPRISE_NO,
        country="BE",
    )
    size = group.size
    for month in (*months(size), size.month(size.months), size.month(size.months + 1)):
        tell("period.open", periods.open_period, on=on, entity_id=relay.entity_id, month=str(month))
    _take_over(group, relay, inbox, on)
    tell(
        "year.open",
        years.open_year,
        on=on,
        actor=TREASURER,
        entity_id=relay.entity_id,
        year=str(FIRST_DAY.year),
        first_on=FIRST_DAY,
        last_on=months(size)[MONTHS - 1].last,
    )
    _adopt_rules(group, relay, on)


def _take_over(group: Group, relay: House, inbox: Path, on: date) -> None:
    from api.cutover import record_old_books
    from eventstore.desk import Caller

    clerk = group.clerk
    file = inbox / f"{CODE}-old-books.json"
    file.write_bytes(write_old_books(old_books()))
    clerk.let_readers_catch_up()
    clerk.turn_to(on)
    caller = Caller(principal="demo", actor=TREASURER)
    record_old_books(
        clerk.workshop.services, caller, file.read_bytes(), entity_id=relay.entity_id, key=file.name
    )


def _adopt_rules(group: Group, relay: House, on: date) -> None:
    """Charge what the old books charged, and decide in assemblies as the rest of the group does."""
    clerk = group.clerk
    clerk.tell(
        "contribution-rule.enact",
        plans.enact_contribution_rule,
        on=on,
        entity_id=relay.entity_id,
        valid_from=on,
        rate_bp=CONTRIBUTION_BP,
        fund_shares=(FundShare(relay.fund_id, FUND_BP),),
        decision_ref=DECISION,
    )
    adopt_rules(clerk, relay, on)
