"""How a deficit is paid without the person's money: out of a wage, a withdrawal share, or the grant of a fund."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule

from domain.aggregates.dispute import Dispute
from domain.aggregates.distributions import Distributions
from domain.aggregates.mutual_fund import MutualFund
from domain.aggregates.payroll import Payroll
from domain.aggregates.withdrawal_share import WithdrawalShare
from domain.ledger.aid import give_up_aid
from domain.ledger.deficit_set_offs import undo_share_set_off, undo_wage_set_off
from domain.ledger.deficits import cover_deficit, record_consent, set_off_share, set_off_wage
from domain.ledger.disputes import block_amount, open_dispute, settle_dispute
from domain.ledger.members import let_resignation_take_effect, resign
from domain.ledger.payments import approve_payment, order_wage_payment, withdraw_payment
from domain.ledger.payrolls import post_slip, request_payroll
from domain.ledger.shares import share_account_id
from domain.ledger.withdrawals import distributions_id, withdrawal_id
from domain.slips import SlipLine, SlipType
from tests import aiding
from tests.areas.deficits import EVIDENCE, HELD_QTY, WHO, Deficits
from tests.areas.desk import CENTS_MORE, PEOPLE, PICK, TENTHS
from tests.cooperative import ACTIVITY, ENTITY, FLOOR_C, FUND
from tests.domain.departing import JULY, MARCH, MEMBERS, approves_accounts, board_tests, within

LIMIT_OF_WAGE = 5
"""At most one in so many cents of a net wage is withheld."""
PER_SHARE_C, FUND_HAS_C = 240_00, 2_500_00
PAYEE_IBAN = "BE29539000000289"


@dataclass
class PaperWage:
    """A posted wage, what was withheld of it, and the order that pays the rest."""

    id: UUID
    who: int
    net_c: int
    withheld_c: int = 0
    order: UUID | None = None


class SetOffs(Deficits):
    """Rules about setting off; two members hold shares that end when they leave."""

    def found(self) -> None:
        super().found()
        approves_accounts(self.ledger, PER_SHARE_C)
        says: dict[str, Any] = {"activity_id": ACTIVITY, "document_id": UUID(int=500), "amount_c": FUND_HAS_C}
        self.ledger.perform(lambda books, stamp: books.get(MutualFund, FUND).collect(stamp, **says))
        self.wages: list[PaperWage] = []
        self.queue: dict[int, int] = {}
        self.disputed: dict[int, UUID] = {}
        self.blocked_c: Counter[int] = Counter()
        self.tested = False
        self.distributable_c = 0
        self.since_test_c: Counter[UUID] = Counter()
        self.fund_c = FUND_HAS_C

    @rule(pick=PICK, who=WHO, gross_c=st.integers(10, 2_000_00))
    def earn_a_wage(self, pick: int, who: int, gross_c: int) -> None:
        """Post a slip, a fifth of it tax, whether or not the activity has the money; not once it is over."""
        activity, new = self.activities[pick % 2], self.new_id()
        right = activity.state != "closed" and who in activity.run_by
        asked: dict[str, Any] = {"payroll_id": new, "activity_id": activity.id, "budget_c": 1}
        if not self.ask(right, request_payroll, on=MARCH, employee_id=MEMBERS[who], **asked):
            return
        tax_c = gross_c // 5
        lines = [SlipLine(SlipType.GROSS, gross_c), SlipLine(SlipType.WAGE_TAX, -tax_c)]
        slip: dict[str, Any] = {"slip_ref": "slip", "lines": lines, "employer_c": 0, "net_c": gross_c - tax_c}
        self.ask(True, post_slip, on=MARCH, payroll_id=new, **slip)
        self.wages.append(PaperWage(new, who, gross_c - tax_c))
        activity.result_c -= gross_c
        self.post(gross_c - tax_c, "6202", "455")
        self.post(tax_c, "6202", "453")

    @rule(pick=PICK, of=PICK, tenths=TENTHS, more_c=CENTS_MORE)
    def withhold(self, pick: int, of: int, tenths: int, more_c: int) -> None:
        """Withhold a part of what may be of a wage, or a cent more than that."""
        deficit = self.deficit(pick)
        if deficit is None:
            return
        wage = self.one_of(self.wages, of, lambda each: each.who == deficit.who and not each.order)
        if wage is None:
            return
        most_c = wage.net_c // LIMIT_OF_WAGE - wage.withheld_c
        amount_c = self.part(min(most_c, deficit.open_c), tenths, more_c)
        right = deficit.who == wage.who and wage.order is None and 0 < amount_c <= min(most_c, deficit.open_c)
        asked: dict[str, Any] = {"deficit_id": deficit.id, "payroll_id": wage.id, "amount_c": amount_c}
        if self.ask(right, set_off_wage, on=JULY, **asked):
            wage.withheld_c += amount_c
            deficit.set_off_c[wage.id] += amount_c
            self.settled(deficit, amount_c, "455")

    @rule(pick=PICK, of=PICK, tenths=TENTHS, more_c=CENTS_MORE)
    def withhold_no_longer(self, pick: int, of: int, tenths: int, more_c: int) -> None:
        """Say that part of what was withheld of a wage, or a cent more, was a mistake: not once it is ordered."""
        deficit = self.one_of(self.deficits, pick, lambda each: any(each.set_off_c.values()))
        if deficit is None:
            return
        wage = self.one_of(self.wages, of, lambda each: deficit.set_off_c[each.id] > 0)
        if wage is None:
            return
        most_c = deficit.set_off_c[wage.id]
        amount_c = self.part(most_c, tenths, more_c)
        asked: dict[str, Any] = {"deficit_id": deficit.id, "payroll_id": wage.id, "amount_c": amount_c}
        right = 0 < amount_c <= most_c and wage.order is None
        if self.ask(right, undo_wage_set_off, on=JULY, reason="of another month", **asked):
            wage.withheld_c -= amount_c
            deficit.set_off_c[wage.id] -= amount_c
            self.settled(deficit, -amount_c, "455")

    @rule(pick=PICK)
    def pay_the_rest_of_a_wage(self, pick: int) -> None:
        """Pay it by two people, or take such an order back."""
        wage = self.one_of(self.wages, pick)
        if wage is None:
            return
        due_c = wage.net_c - wage.withheld_c
        if wage.order is not None:
            self.ask(True, withdraw_payment, on=JULY, order_id=wage.order, reason="wrong account")
            wage.order = None
            self.post(due_c, "580", "455")
            return
        order_id = self.new_id()
        asked: dict[str, Any] = {"order_id": order_id, "payroll_id": wage.id, "payee_iban": PAYEE_IBAN}
        self.ask(True, order_wage_payment, on=JULY, **asked)
        self.ask(True, approve_payment, on=JULY, actor="ben", order_id=order_id)
        wage.order = order_id
        self.post(due_c, "455", "580")

    @rule(pick=PICK, tenths=TENTHS, more_c=CENTS_MORE)
    def agree(self, pick: int, tenths: int, more_c: int) -> None:
        """Agree by a document to a set-off of part of what is owed and was not agreed yet."""
        if (deficit := self.deficit(pick)) is None:
            return
        most_c = deficit.open_c - deficit.agreed_c
        amount_c = self.part(max(most_c, 0), tenths, more_c)
        asked: dict[str, Any] = {"deficit_id": deficit.id, "amount_c": amount_c}
        if self.ask(0 < amount_c <= most_c, record_consent, on=JULY, evidence_sha256=EVIDENCE, **asked):
            deficit.agreed_c += amount_c

    @rule(who=WHO)
    def leave(self, who: int) -> None:
        """Leave, once; the shares are worth less than was contributed, and the loss stays."""
        if who in self.queue:
            return
        self.ask(True, resign, on=MARCH, membership_id=MEMBERS[who], received_on=MARCH)
        self.ask(True, let_resignation_take_effect, on=JULY, membership_id=MEMBERS[who])
        self.queue[who] = HELD_QTY * PER_SHARE_C
        self.post(HELD_QTY * PER_SHARE_C, "1109", "4892")
        self.post(HELD_QTY * (250_00 - PER_SHARE_C), "1109", "141")

    @rule(who=WHO, tenths=TENTHS, more_c=CENTS_MORE)
    def dispute(self, who: int, tenths: int, more_c: int) -> None:
        """Block part of what one who left is owed, while it is disputed."""
        if who not in self.queue or who in self.disputed:
            return
        dispute_id = self.new_id()
        asked: dict[str, Any] = {"dispute_id": dispute_id, "membership_id": MEMBERS[who], "about": "a tool"}
        self.ask(True, open_dispute, on=JULY, **asked)
        self.disputed[who] = dispute_id
        amount_c = self.part(self.queue[who], tenths, more_c)
        blocked: dict[str, Any] = {"dispute_id": dispute_id, "withdrawal_id": _withdrawal(who)}
        if self.ask(0 < amount_c <= self.queue[who], block_amount, on=JULY, amount_c=amount_c, **blocked):
            self.blocked_c[who] = amount_c

    @rule(who=WHO)
    def settle(self, who: int) -> None:
        if who in self.disputed:
            dispute_id = self.disputed.pop(who)
            self.ask(True, settle_dispute, on=JULY, dispute_id=dispute_id, outcome="it was returned")
            self.blocked_c[who] = 0

    @rule(leaves_c=st.sampled_from([0, 500_00, 1_500_00, 3_000_00]))
    def test(self, leaves_c: int) -> None:
        board_tests(self.ledger, within(leaves_c))
        self.tested, self.distributable_c = True, leaves_c
        self.since_test_c.clear()

    @rule(pick=PICK, stray=PICK, tenths=TENTHS, more_c=CENTS_MORE)
    def set_off(self, pick: int, stray: int, tenths: int, more_c: int) -> None:
        """Pay it out of the person's withdrawal share: agreed, in its turn, and within both tests."""
        if (deficit := self.deficit(pick)) is None or not self.queue:
            return
        who = self.one_of(self.queue, stray, lambda each: each == deficit.who)
        assert who is not None
        most_c = min(deficit.agreed_c, deficit.open_c, self.queue[who] - self.blocked_c[who])
        amount_c = self.part(most_c, tenths, more_c)
        waits = list(self.queue)
        earlier_c = sum(self.queue[each] for each in waits[: waits.index(who)])
        right = who == deficit.who and 0 < amount_c <= most_c
        right = right and self.tested and earlier_c + amount_c <= self.distributable_c
        asked: dict[str, Any] = {"deficit_id": deficit.id, "amount_c": amount_c}
        if self.ask(right, set_off_share, on=JULY, withdrawal_id=_withdrawal(who), **asked):
            self.queue[who] -= amount_c
            self.distributable_c -= amount_c
            self.since_test_c[deficit.id] += amount_c
            deficit.agreed_c -= amount_c
            deficit.set_off_c[_withdrawal(who)] += amount_c
            self.settled(deficit, amount_c, "4892")

    @rule(pick=PICK, tenths=TENTHS, more_c=CENTS_MORE)
    def set_off_no_longer(self, pick: int, tenths: int, more_c: int) -> None:
        """Say that it was a mistake in part, or by a cent more: the share waits in its old place."""
        deficit = self.one_of(self.deficits, pick, lambda each: each.set_off_c[_withdrawal(each.who)] > 0)
        if deficit is None or deficit.who not in self.queue:
            return
        withdrawal = _withdrawal(deficit.who)
        most_c = deficit.set_off_c[withdrawal]
        amount_c = self.part(most_c, tenths, more_c)
        asked: dict[str, Any] = {"deficit_id": deficit.id, "amount_c": amount_c, "reason": "too early"}
        if self.ask(0 < amount_c <= most_c, undo_share_set_off, on=JULY, withdrawal_id=withdrawal, **asked):
            freed_c = min(amount_c, self.since_test_c[deficit.id])
            self.since_test_c[deficit.id] -= freed_c
            self.distributable_c += freed_c
            self.queue[deficit.who] += amount_c
            deficit.agreed_c += amount_c
            deficit.set_off_c[withdrawal] -= amount_c
            self.settled(deficit, -amount_c, "4892")

    @rule(pick=PICK, tenths=TENTHS, more_c=CENTS_MORE, actor=PEOPLE)
    def cover(self, pick: int, tenths: int, more_c: int, actor: str) -> None:
        """Let the fund grant it: anna asks for the activity, ben decides, and a third person pays."""
        if (deficit := self.deficit(pick)) is None:
            return
        amount_c, aid_id = self.part(deficit.open_c, tenths, more_c), self.new_id()
        if not 0 < amount_c <= self.fund_c - FLOOR_C:
            return
        activity = deficit.activity
        if activity.id != ACTIVITY or activity.state == "closed" or 0 in self.queue:
            return
        aiding.ask(self.ledger.perform, amount_c, aid_id)
        aiding.grant(self.ledger.perform, amount_c, aid_id, decided_by=[MEMBERS[2]])
        right = actor == "carla" and amount_c <= deficit.open_c
        asked = {"deficit_id": deficit.id, "aid_id": aid_id}
        if self.ask(right, cover_deficit, on=JULY, actor=actor, **asked):
            self.fund_c -= amount_c
            self.post(amount_c, "4895", "580")
            self.settled(deficit, amount_c, "580")
        else:
            self.ask(True, give_up_aid, on=JULY, aid_id=aid_id, reason="not needed")

    @invariant()
    def wages_and_withdrawal_shares_are_what_the_paper_says(self) -> None:
        for wage in self.wages:
            assert self.state(Payroll, wage.id).due_c == wage.net_c - wage.withheld_c
            assert 5 * wage.withheld_c <= wage.net_c
        for who, open_c in self.queue.items():
            owed = self.state(WithdrawalShare, _withdrawal(who))
            assert owed.open_c == open_c >= owed.blocked_c == self.blocked_c[who]
        for who, dispute_id in self.disputed.items():
            blocked = {_withdrawal(who)} if self.blocked_c[who] else set()
            assert self.state(Dispute, dispute_id).blocks == blocked
        if self.queue or self.tested:
            assert self.state(Distributions, distributions_id(ENTITY)).distributable_c == self.distributable_c
        assert self.state(MutualFund, FUND).cash_c == self.fund_c >= FLOOR_C


def _withdrawal(who: int) -> UUID:
    return withdrawal_id(share_account_id(MEMBERS[who], "A"))
