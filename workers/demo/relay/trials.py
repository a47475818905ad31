"""Activities that are tried and lack money at their end: the last slip, with the holiday pay of who stops, costs more than there is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import partial
from uuid import UUID

from domain.ids import derived_id
from domain.ledger import activities, deficits, endings, payments, payrolls, transfers
from domain.money import share
from domain.payouts import PayoutRegime
from domain.slips import SlipLine, SlipType
from workers.demo.clerk import TREASURER
from workers.demo.group.banking import clear
from workers.demo.group.house import Coming, Group, House, Member
from workers.demo.group.size import later
from workers.demo.group.spending import EMPLOYEE_BP

START_C = 300_00
"""What the cooperative gives each to begin with, and all that is asked for in wages."""
WAGE_TAX_BP = 650


@dataclass(frozen=True, slots=True)
class Trial:
    """A trial of the third entity, who runs it, and the gross of its last slip in cents."""

    relay: House
    code: str
    member: Member
    gross_c: int

    @property
    def activity_id(self) -> UUID:
        """The activity that is tried."""
        return activities.activity_id(self.relay.entity_id, self.code)

    @property
    def deficit_id(self) -> UUID:
        """What its member owes of it."""
        return derived_id("demo", self.relay.entity_id, f"deficit of {self.code}")

    @property
    def lacking_c(self) -> int:
        """What it lacks at its end, in cents."""
        return cost_c(self.gross_c) - START_C


def cost_c(gross_c: int) -> int:
    """Return what a gross wage costs with the employer's contributions of a quarter, in cents."""
    return gross_c * 5 // 4


def begin(group: Group, trial: Trial, on: date) -> None:
    """Open the activity, and let the cooperative give it something to begin with."""
    tell, relay = group.clerk.tell, trial.relay
    tell(
        "activity.open",
        activities.open_activity,
        on=on,
        entity_id=relay.entity_id,
        code=trial.code,
        membership_ids=(trial.member.membership_id,),
        payout_regime=PayoutRegime.EMPLOYEE,
    )
    transfer_id = derived_id("demo", trial.activity_id, "start")
    tell(
        "internal-transfer.propose",
        transfers.propose_transfer,
        on=on,
        transfer_id=transfer_id,
        entity_id=relay.entity_id,
        from_activity_id=None,
        to_activity_id=trial.activity_id,
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


def fail(group: Group, trial: Trial, on: date) -> None:
    """Close it: what it lacks is owed by who ran it, who is paid the last wage all the same."""
    tell = group.clerk.tell
    payroll_id = derived_id("demo", trial.activity_id, "last wage")
    net_c = post_wage(
        group, payroll_id, trial.activity_id, trial.member, START_C, trial.gross_c, f"{trial.code}/1", on
    )
    tell(
        "activity.begin-closing",
        endings.begin_closing,
        on=on,
        activity_id=trial.activity_id,
        ends_on=on,
        reason="no orders (fictional)",
    )
    tell(
        "deficit.recognise",
        deficits.recognise_deficit,
        on=on,
        actor=TREASURER,
        deficit_id=trial.deficit_id,
        activity_id=trial.activity_id,
        membership_id=trial.member.membership_id,
        decision_ref="convention, art. 9 (fictional)",
    )
    pay_wage(group, trial.relay, payroll_id, trial.member, net_c, on)
    tell("activity.close", endings.close_activity, on=on, actor=TREASURER, activity_id=trial.activity_id)


def post_wage(
    group: Group,
    payroll_id: UUID,
    activity_id: UUID,
    member: Member,
    budget_c: int,
    gross_c: int,
    slip_ref: str,
    on: date,
) -> int:
    """Ask for a wage and post its slip, which may cost more than was asked; return the net in cents."""
    group.clerk.tell(
        "payroll.request",
        payrolls.request_payroll,
        on=on,
        payroll_id=payroll_id,
        activity_id=activity_id,
        employee_id=member.membership_id,
        budget_c=budget_c,
    )
    lines = (
        SlipLine(SlipType.GROSS, gross_c),
        SlipLine(SlipType.EMPLOYEE_CONTRIBUTIONS, -share(gross_c, EMPLOYEE_BP)),
        SlipLine(SlipType.WAGE_TAX, -share(gross_c, WAGE_TAX_BP)),
    )
    net_c = sum(line.amount_c for line in lines)
    group.clerk.tell(
        "slip.post",
        payrolls.post_slip,
        on=on,
        payroll_id=payroll_id,
        slip_ref=slip_ref,
        lines=lines,
        net_c=net_c,
        employer_c=cost_c(gross_c) - gross_c,
    )
    return net_c


def pay_wage(group: Group, relay: House, payroll_id: UUID, member: Member, amount_c: int, on: date) -> None:
    """Order what is due of a wage and approve it; the bank pays on the next day."""
    order_id = derived_id("demo", payroll_id, "order")
    group.clerk.tell(
        "wage.order",
        payments.order_wage_payment,
        on=on,
        order_id=order_id,
        payroll_id=payroll_id,
        payee_iban=member.iban,
    )
    group.clerk.tell("payment.approve", payments.approve_payment, on=on, actor=TREASURER, order_id=order_id)
    relay.account.coming.append(
        Coming(
            later(on, 1),
            -amount_c,
            member.person.name,
            member.iban,
            remittance=f"{relay.code} {order_id}",
            then=partial(clear, group, order_id),
        )
    )
