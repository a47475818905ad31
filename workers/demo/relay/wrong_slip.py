"""A wage is asked and not wanted after all; another is paid by the slip of somebody else, and taken back.

What was paid of it is owed back: a fifth of the right wage is withheld for it, as the law allows at most,
after a tenth was by mistake, and the member pays the rest.
"""

from __future__ import annotations

from datetime import date
from functools import partial
from uuid import UUID

from domain.ledger import payee_debts, payout_corrections, payrolls
from domain.owing import PaidFor
from workers.demo.group.correcting import Against, set_off_anew
from workers.demo.group.house import Group, House
from workers.demo.group.size import later
from workers.demo.relay.payouts import ask_wage, comes_in, its_id, order_wage, paid_as, post_slip
from workers.demo.relay.year import day

UNWANTED_C, WRONG_C, RIGHT_C = 600_00, 1_200_00, 1_000_00
"""The budgets, in cents."""
WITHHELD_BP = 2_000
NOTICED_AFTER_DAYS, REPAID_AFTER_DAYS = 5, 9


def plan_wrong_slip(group: Group, relay: House) -> None:
    """Note the wage of January, which is not wanted, and that of February."""
    group.agenda.on(day(1, 22), partial(_change_their_mind, group, relay))
    group.agenda.on(day(2, 20), partial(_ask, group, relay))


def _change_their_mind(group: Group, relay: House, on: date) -> None:
    """Ask for a wage, and leave it for a larger one in February: the order was moved."""
    payroll_id = its_id(relay, "wage of January")
    ask_wage(group, relay.purses[4], payroll_id, UNWANTED_C, on)
    group.agenda.on(later(on, 1), partial(_withdraw, group, payroll_id))


def _withdraw(group: Group, payroll_id: UUID, on: date) -> None:
    group.clerk.tell("payroll.withdraw", payrolls.withdraw_payroll, on=on, payroll_id=payroll_id)


def _ask(group: Group, relay: House, on: date) -> None:
    payroll_id = its_id(relay, "wage of February")
    ask_wage(group, relay.purses[4], payroll_id, WRONG_C, on)
    group.agenda.on(later(on, 2), partial(_pay, group, relay, payroll_id))


def _pay(group: Group, relay: House, payroll_id: UUID, on: date) -> None:
    """Post the slip as it comes, and pay it."""
    net_c = post_slip(group, payroll_id, WRONG_C, "2025-02/R005", on)
    order_wage(group, relay, relay.members[4], payroll_id, net_c, on)
    group.agenda.on(later(on, NOTICED_AFTER_DAYS), partial(_take_back, group, relay, payroll_id, net_c))


def _take_back(group: Group, relay: House, payroll_id: UUID, paid_c: int, on: date) -> None:
    """Take the slip back, which counts the hours of somebody else, and ask for the right wage."""
    group.clerk.tell(
        "slip.reverse",
        payout_corrections.reverse_slip,
        on=on,
        payroll_id=payroll_id,
        reason="the hours of somebody else (fictional)",
    )
    debt_id, again = payee_debts.debt_id(payroll_id, payroll_id), its_id(relay, "right wage of February")
    ask_wage(group, relay.purses[4], again, RIGHT_C, on)
    group.agenda.on(later(on, 1), partial(_pay_right, group, relay, again, debt_id, paid_c))


def _pay_right(group: Group, relay: House, payroll_id: UUID, debt_id: UUID, paid_c: int, on: date) -> None:
    """Withhold a fifth of the right wage and pay the rest of it; the member pays the rest of the debt."""
    net_c, member = post_slip(group, payroll_id, RIGHT_C, "2025-02/R005 corrected", on), relay.members[4]
    withheld_c = net_c * WITHHELD_BP // 10_000
    against, reason = Against(debt_id, PaidFor.WAGE, payroll_id), "a fifth was agreed (fictional)"
    set_off_anew(group, against, wrong_c=withheld_c // 2, amount_c=withheld_c, reason=reason, on=on)
    order_wage(group, relay, member, payroll_id, net_c - withheld_c, on)
    rest_c = paid_c - withheld_c
    repay = partial(_repay, group, debt_id, rest_c)
    repaid_on = later(on, REPAID_AFTER_DAYS)
    comes_in(relay, repaid_on, rest_c, paid_as(member), "wage of February, paid by mistake", repay)


def _repay(group: Group, debt_id: UUID, amount_c: int, line_id: UUID, on: date) -> None:
    group.clerk.tell(
        "payee-debt.repay",
        payee_debts.repay_payee_debt,
        on=on,
        bank_line_id=line_id,
        debt_id=debt_id,
        amount_c=amount_c,
    )
