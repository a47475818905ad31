"""The life of the third entity: it joins on the first day of the last year of the demo, and what is unusual begins."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

from workers.demo.group.banking import report_month
from workers.demo.group.declaring import declare_closed
from workers.demo.group.house import Group, House
from workers.demo.group.keeping import OPEN_MONTHS, close_earlier
from workers.demo.relay.accounts import plan_account_change
from workers.demo.relay.accused import plan_accusation
from workers.demo.relay.admissions import plan_admissions
from workers.demo.relay.aided import plan_aided
from workers.demo.relay.annulled import plan_annulled
from workers.demo.relay.cast import the_house
from workers.demo.relay.consent import plan_consent
from workers.demo.relay.conversion import plan_conversion
from workers.demo.relay.deficits import plan_deficits
from workers.demo.relay.director import plan_director
from workers.demo.relay.disputed import plan_dispute
from workers.demo.relay.doubts import plan_doubts
from workers.demo.relay.fifth_shares import plan_fifth_shares
from workers.demo.relay.given_up import plan_given_up
from workers.demo.relay.guarantees import plan_guarantees
from workers.demo.relay.held import plan_held_wage
from workers.demo.relay.joining import join_the_group
from workers.demo.relay.late_claims import plan_late_claims
from workers.demo.relay.levies import pay_levy
from workers.demo.relay.lost_file import plan_lost_file
from workers.demo.relay.mandates import plan_supervisors
from workers.demo.relay.market_stall import plan_market_stall
from workers.demo.relay.mixed_up import plan_mixed_up
from workers.demo.relay.notices import plan_late_notice
from workers.demo.relay.ordinary import plan_ordinary_assembly
from workers.demo.relay.quotations import plan_quotations
from workers.demo.relay.refund_kept import plan_refund_kept
from workers.demo.relay.reopened import plan_reopened
from workers.demo.relay.returned import plan_returned
from workers.demo.relay.returned_wage import plan_returned_wage
from workers.demo.relay.same_amounts import plan_same_amounts
from workers.demo.relay.shared_work import plan_shared_work
from workers.demo.relay.stray_bill import plan_stray_bill
from workers.demo.relay.taken_over import plan_taken_over
from workers.demo.relay.terms import plan_terms
from workers.demo.relay.trade import plan_trade
from workers.demo.relay.twins import plan_twins
from workers.demo.relay.withdrawing import plan_worth
from workers.demo.relay.wrong_claims import plan_wrong_claims
from workers.demo.relay.wrong_slip import plan_wrong_slip
from workers.demo.relay.year import FIRST_DAY, MONTHS, months

PLAYS: tuple[Callable[[Group, House], None], ...] = (
    plan_taken_over,
    plan_trade,
    plan_worth,
    plan_terms,
    plan_admissions,
    plan_twins,
    plan_conversion,
    plan_dispute,
    plan_account_change,
    plan_held_wage,
    plan_aided,
    plan_guarantees,
    plan_director,
    plan_given_up,
    plan_lost_file,
    plan_market_stall,
    plan_mixed_up,
    plan_refund_kept,
    plan_returned_wage,
    plan_shared_work,
    plan_stray_bill,
    plan_wrong_claims,
    plan_wrong_slip,
    plan_late_notice,
    plan_supervisors,
    plan_consent,
    plan_ordinary_assembly,
    plan_accusation,
    plan_annulled,
    plan_quotations,
    plan_late_claims,
    plan_returned,
    plan_doubts,
    plan_deficits,
    plan_reopened,
    plan_same_amounts,
    plan_fifth_shares,
)
"""What is noted on the agenda when the year begins; nothing of it is drawn by chance."""


def plan_relay(group: Group, inbox: Path) -> tuple[House, ...]:
    """Note the joining of the third entity, unless the demo is shorter than its year; return it."""
    if group.size.months < MONTHS:
        return ()
    relay = the_house()
    group.agenda.on(FIRST_DAY, partial(_begin, group, relay, inbox))
    return (relay,)


def _begin(group: Group, relay: House, inbox: Path, on: date) -> None:
    join_the_group(group, relay, inbox, on)
    for n, month in enumerate(months(group.size)):
        report_month(group, relay, month, inbox)
        if n >= OPEN_MONTHS:
            close_earlier(group, relay, month)
            declare_closed(group, relay, month, pay_levy)
    for plan in PLAYS:
        plan(group, relay)
