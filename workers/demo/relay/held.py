"""A new activity cannot bear its last wage, which is paid all the same; what it lacked its member owes.

The member resigns and agrees, in writing, that it is set off against what the shares are worth.
"""

from __future__ import annotations

from datetime import date
from functools import partial
from hashlib import sha256
from uuid import UUID

from domain.ids import derived_id
from domain.ledger import activities, deficit_set_offs, deficits, endings, payments, payrolls, transfers
from domain.payouts import PayoutRegime
from domain.personal import Retention
from domain.slips import SlipLine, SlipType
from workers.demo.clerk import TREASURER
from workers.demo.group.banking import clear
from workers.demo.group.house import Coming, Group, House, Member
from workers.demo.group.size import later
from workers.demo.relay.withdrawing import WORTH_C, pay, record_tests, resign, withdrawal_of
from workers.demo.relay.year import day

CODE = "R015"
OWNER = 15
START_C = 600_00
GROSS_C, EMPLOYER_C = 552_00, 138_00
CONTRIBUTIONS_C, TAX_C = 72_15, 35_88
NET_C = GROSS_C - CONTRIBUTIONS_C - TAX_C
LACKED_C = GROSS_C + EMPLOYER_C - START_C


def plan_held_wage(group: Group, relay: House) -> None:
    """Note the activity from its start in January to its end in March, and its member's leaving in July."""
    member, on = relay.members[OWNER], group.agenda.on
    on(day(1, 20), partial(_open, group, relay, member))
    on(day(2, 20), partial(_ask, group, relay, member))
    on(day(2, 24), partial(_post, group, relay))
    on(day(2, 25), partial(_pay_despite_hold, group, relay, member))
    on(day(3, 4), partial(_begin_closing, group, relay))
    on(day(4, 2), partial(_close, group, relay, member))
    on(day(4, 8), partial(resign, group, member))
    on(day(4, 9), partial(_consent, group, relay, member))
    on(day(7, 24), partial(_set_off, group, relay, member))
    on(day(7, 28), partial(pay, group, relay, member, "withdrawal share, less a deficit", WORTH_C - LACKED_C))


def _id(relay: House, what: str) -> UUID:
    return derived_id("demo", relay.entity_id, f"{CODE} {what}")


def _activity(relay: House) -> UUID:
    return activities.activity_id(relay.entity_id, CODE)


def _open(group: Group, relay: House, member: Member, on: date) -> None:
    """Open it with something to begin with, from the cooperative."""
    tell, transfer_id = group.clerk.tell, _id(relay, "start")
    tell(
        "activity.open",
        activities.open_activity,
        on=on,
        entity_id=relay.entity_id,
        code=CODE,
        membership_ids=(member.membership_id,),
        payout_regime=PayoutRegime.EMPLOYEE,
    )
    tell(
        "internal-transfer.propose",
        transfers.propose_transfer,
        on=on,
        transfer_id=transfer_id,
        entity_id=relay.entity_id,
        from_activity_id=None,
        to_activity_id=_activity(relay),
        amount_c=START_C,
        reason="a start (fictional)",
    )
    tell(
        "internal-transfer.accept",
        transfers.accept_transfer,
        on=on,
        actor=TREASURER,
        transfer_id=transfer_id,
    )


def _ask(group: Group, relay: House, member: Member, on: date) -> None:
    group.clerk.tell(
        "payroll.request",
        payrolls.request_payroll,
        on=on,
        payroll_id=_id(relay, "wage"),
        activity_id=_activity(relay),
        employee_id=member.membership_id,
        budget_c=START_C,
    )


def _post(group: Group, relay: House, on: date) -> None:
    """Post the slip of the secretariat: the days before a holiday cost more than was asked for."""
    group.clerk.tell(
        "slip.post",
        payrolls.post_slip,
        on=on,
        payroll_id=_id(relay, "wage"),
        slip_ref=f"{CODE}/{on:%Y-%m}",
        lines=(
            SlipLine(SlipType.GROSS, GROSS_C),
            SlipLine(SlipType.EMPLOYEE_CONTRIBUTIONS, -CONTRIBUTIONS_C),
            SlipLine(SlipType.WAGE_TAX, -TAX_C),
        ),
        net_c=NET_C,
        employer_c=EMPLOYER_C,
    )


def _pay_despite_hold(group: Group, relay: House, member: Member, on: date) -> None:
    """Pay the wage while the payouts are held: it is legally due, and the treasurer says so."""
    tell, order_id = group.clerk.tell, _id(relay, "wage order")
    tell(
        "wage.order",
        payments.order_wage_payment,
        on=on,
        order_id=order_id,
        payroll_id=_id(relay, "wage"),
        payee_iban=member.iban,
        despite_hold=True,
    )
    reason = "a wage is due whatever the activity has (fictional)"
    tell(
        "payment.approve",
        payments.approve_payment,
        on=on,
        actor=TREASURER,
        order_id=order_id,
        release_reason=reason,
    )
    relay.account.coming.append(
        Coming(
            later(on, 1),
            -NET_C,
            member.person.name,
            member.iban,
            remittance=f"wage of {on:%Y-%m}",
            then=partial(clear, group, order_id),
        )
    )


def _begin_closing(group: Group, relay: House, on: date) -> None:
    group.clerk.tell(
        "activity.begin-closing",
        endings.begin_closing,
        on=on,
        activity_id=_activity(relay),
        ends_on=day(3, 31),
        reason="no client found (fictional)",
    )


def _close(group: Group, relay: House, member: Member, on: date) -> None:
    """Let the member owe what it lacked, and close it."""
    tell = group.clerk.tell
    tell(
        "deficit.recognise",
        deficits.recognise_deficit,
        on=on,
        actor=TREASURER,
        deficit_id=_id(relay, "deficit"),
        activity_id=_activity(relay),
        membership_id=member.membership_id,
        decision_ref="convention, art. 9 (fictional)",
    )
    tell("activity.close", endings.close_activity, on=on, actor=TREASURER, activity_id=_activity(relay))


def _consent(group: Group, relay: House, member: Member, on: date) -> None:
    """Keep the letter by which the member agrees."""
    letter = f"I agree that {LACKED_C} cents are set off against my shares (fictional)\n".encode()
    group.clerk.workshop.documents.keep(letter, member.person.id, Retention.ACCOUNTING)
    group.clerk.tell(
        "deficit.consent",
        deficits.record_consent,
        on=on,
        deficit_id=_id(relay, "deficit"),
        amount_c=LACKED_C,
        evidence_sha256=sha256(letter).hexdigest(),
    )


def _set_off(group: Group, relay: House, member: Member, on: date) -> None:
    """Set it off before the member was told, and take that back."""
    record_tests(group, relay, on)
    _pay_out_of_share(group, relay, member, on)
    group.clerk.tell(
        "deficit.undo-share-set-off",
        deficit_set_offs.undo_share_set_off,
        on=on,
        actor=TREASURER,
        deficit_id=_id(relay, "deficit"),
        withdrawal_id=withdrawal_of(member),
        amount_c=LACKED_C,
        reason="the member was not told yet (fictional)",
    )
    group.agenda.on(later(on, 1), partial(_pay_out_of_share, group, relay, member))


def _pay_out_of_share(group: Group, relay: House, member: Member, on: date) -> None:
    group.clerk.tell(
        "deficit.set-off-share",
        deficits.set_off_share,
        on=on,
        actor=TREASURER,
        deficit_id=_id(relay, "deficit"),
        withdrawal_id=withdrawal_of(member),
        amount_c=LACKED_C,
    )
