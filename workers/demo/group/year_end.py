"""The end of a year: deferred once its months are closed, approved by all members, carried into the next."""

from __future__ import annotations

from datetime import date
from functools import partial
from hashlib import sha256
from uuid import UUID

from domain.aggregates.fiscal_year import Appropriation
from domain.aggregates.manual_entry import ManualLine
from domain.ledger import governance, manual_entries, motions, years
from domain.personal import Retention
from workers.demo.clerk import TREASURER
from workers.demo.group.founding import ORDINARY
from workers.demo.group.giving_back import give_back, vote_patronage
from workers.demo.group.house import Group, House
from workers.demo.group.keeping import OPEN_MONTHS
from workers.demo.group.sharing_out import share_out, vote_dividend
from workers.demo.people import random_id

DEFERRED_C = 1_200_00
LEGAL_RESERVE_PART = 20
"""One part in so many of a profit goes to the legal reserve."""
DECISION = "decision of all members in writing, accounts (fictional)"


def plan_year_ends(group: Group, house: House) -> None:
    """Note the fiscal years of the demo, and the end of those whose months will all be closed."""
    months = [group.size.month(n) for n in range(group.size.months)]
    for year in sorted({month.first.year for month in months}):
        own = [month for month in months if month.first.year == year]
        first_on, last_on = own[0].first, own[-1].last
        group.agenda.on(own[0].first, partial(_open, group, house, str(year), first_on, last_on))
        decided = own[-1].n + OPEN_MONTHS
        if decided < group.size.months:
            group.agenda.on(group.size.month(decided).on(25), partial(_end, group, house, str(year), last_on))


def _open(group: Group, house: House, year: str, first_on: date, last_on: date, on: date) -> None:
    group.clerk.tell(
        "year.open",
        years.open_year,
        on=on,
        actor=TREASURER,
        entity_id=house.entity_id,
        year=year,
        first_on=first_on,
        last_on=last_on,
    )


def _end(group: Group, house: House, year: str, last_on: date, on: date) -> None:
    """Defer what belongs to the next year, approve, give of a good year, appropriate and carry."""
    from api.year_end import accounts_of, brought_forward_c, result_accounts_of

    clerk, year_id = group.clerk, years.year_id(house.entity_id, year)
    services = clerk.workshop.services
    _defer(group, house, year_id, last_on, on)
    motion_id = _decide_in_writing(group, house, year, on)
    clerk.let_readers_catch_up()
    accounts = accounts_of(services, year_id)
    clerk.ask(
        "year.approve",
        years.approve_accounts,
        on=on,
        actor=TREASURER,
        year_id=year_id,
        accounts=accounts,
        decision_ref=DECISION,
        motion_id=motion_id,
    )
    reserve_c = max(accounts.result_c, 0) // LEGAL_RESERVE_PART
    voted = vote_dividend(group, house, accounts, motion_id, DECISION, on)
    dividend_c = voted.amount_c if voted else 0
    refund = vote_patronage(group, house, accounts, voted, on) if voted else None
    patronage_c = refund.amount_c if refund else 0
    forward_c = brought_forward_c(services, year_id)
    clerk.ask(
        "year.appropriate",
        years.appropriate_result,
        on=on,
        actor=TREASURER,
        year_id=year_id,
        appropriation=Appropriation(
            brought_forward_c=forward_c,
            legal_reserve_c=reserve_c,
            other_reserves_c=0,
            dividend_c=dividend_c,
            carried_forward_c=accounts.result_c + forward_c - reserve_c - dividend_c - patronage_c,
            patronage_c=patronage_c,
        ),
        decision_ref=DECISION,
        motion_id=motion_id,
    )
    if voted:
        share_out(group, house, voted, on)
    if refund:
        give_back(group, house, refund, on)
    clerk.let_readers_catch_up()
    position, result_accounts = result_accounts_of(services, year_id)
    clerk.ask(
        "year.carry",
        years.carry_balances,
        on=on,
        actor=TREASURER,
        year_id=year_id,
        position=position,
        result_accounts=result_accounts,
    )


def _decide_in_writing(group: Group, house: House, year: str, on: date) -> UUID:
    """Let every member on the register sign the accounts; return the motion they adopted."""
    from api.rolls import drawn_now

    clerk = group.clerk
    motion_id, roll_id, decision_id = (random_id(group.of_purchases) for _ in range(3))
    title, text = f"The accounts of {year}", "The members approve the accounts and the use of the result."
    clerk.tell(
        "motion.table",
        governance.table_motion,
        on=on,
        motion_id=motion_id,
        entity_id=house.entity_id,
        title=title,
        text=text,
    )
    clerk.ask("roll.freeze", governance.freeze_roll, on=on, roll_id=roll_id, entity_id=house.entity_id)
    clerk.ask(
        "written-decision.propose",
        motions.propose_in_writing,
        on=on,
        written_decision_id=decision_id,
        motion_id=motion_id,
        roll_id=roll_id,
        rule_name=ORDINARY,
        rule_version=1,
    )
    for member_id in sorted(drawn_now(clerk.workshop.log, house.entity_id).members):
        clerk.tell(
            "written-decision.sign",
            motions.sign_decision,
            on=on,
            written_decision_id=decision_id,
            member_id=member_id,
            signed_on=on,
        )
    return motion_id


def _defer(group: Group, house: House, year_id: UUID, last_on: date, on: date) -> None:
    """Defer the part of an insurance that covers the next year; it is taken back on its first day."""
    policy = f"Insurance policy of {house.code} for {last_on.year + 1} (fictional)\n".encode()
    group.clerk.workshop.documents.keep(policy, house.entity_id, Retention.ACCOUNTING)
    group.clerk.ask(
        "year.adjust",
        manual_entries.adjust_year,
        on=on,
        actor=TREASURER,
        entry_id=random_id(group.of_purchases),
        year_id=year_id,
        lines=(ManualLine("490", DEFERRED_C, 0), ManualLine("613", 0, DEFERRED_C)),
        reason="insurance of the next year",
        evidence_sha256=sha256(policy).hexdigest(),
        taken_back_on=date(last_on.year + 1, 1, 1),
    )
