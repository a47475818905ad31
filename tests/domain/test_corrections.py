"""What was set against the wrong advance, or ordered by a fund and never paid, is taken back to the cent."""

from __future__ import annotations

from collections import Counter
from typing import Any
from uuid import UUID

import pytest

from domain.aggregates.activity import Activity
from domain.aggregates.bank_line import BankLine
from domain.aggregates.fund_aid import AidState, FundAid
from domain.aggregates.mutual_fund import MutualFund
from domain.errors import (
    AidSettled,
    EmptyText,
    ExceedsAllocation,
    OrderClearedAlready,
    OrderWithdrawn,
)
from domain.ledger.advances import recover_advance, repay_advance, set_advance_off, write_advance_off
from domain.ledger.claims import approve_claim
from domain.ledger.corrections import undo_repayment, withdraw_order
from domain.ledger.payments import aid_order_id, approve_payment, clear_payment, order_claim_payment
from tests.aiding import AID, ask, bank_line, fill_the_fund, grant, lend, pay
from tests.cooperative import ACTIVITY, FUND, found
from tests.domain.spending import CLAIM, PAYEE_IBAN, balances
from tests.domain.test_claims import submit
from tests.paper import PaperLedger

LENT_C = 1_500_00


@pytest.fixture
def ledger() -> PaperLedger:
    """A fund with 3,000.00, of which at least 1,000.00 stays."""
    paper = PaperLedger()
    found(paper.perform)
    fill_the_fund(paper.perform)
    return paper


def lent(ledger: PaperLedger) -> None:
    ask(ledger.perform, LENT_C)
    lend(ledger.perform, LENT_C)
    pay(ledger.perform)


def standing(ledger: PaperLedger) -> tuple[Counter[str], Any, Any, Any]:
    """Everything that a correction must bring back: books, fund, activity, aid."""
    fund, activity, aid = (
        ledger.get(MutualFund, FUND),
        ledger.get(Activity, ACTIVITY),
        ledger.get(FundAid, AID),
    )
    return (
        Counter({account: sum_c for account, sum_c in balances(ledger.facts).items() if sum_c}),
        (fund.cash_c, fund.set_aside_c),
        (activity.result_c, activity.committed_c, activity.available_c(0)),
        (aid.state, aid.outstanding_c, aid.lost_c),
    )


def undo(ledger: PaperLedger, line_id: UUID, amount_c: int, reason: str = "another advance") -> None:
    asked: dict[str, Any] = {"aid_id": AID, "bank_line_id": line_id, "amount_c": amount_c}
    ledger.perform(undo_repayment, reason=reason, **asked)


@pytest.mark.parametrize("repaid_c", [600_00, LENT_C])
def test_a_repayment_set_against_the_wrong_advance_waits_again(ledger: PaperLedger, repaid_c: int) -> None:
    lent(ledger)
    receipt = bank_line(ledger.perform, repaid_c)
    before = standing(ledger)
    ledger.perform(repay_advance, aid_id=AID, bank_line_id=receipt, amount_c=repaid_c)
    with pytest.raises(ExceedsAllocation):
        undo(ledger, receipt, repaid_c + 1)
    with pytest.raises(EmptyText):
        undo(ledger, receipt, repaid_c, reason=" ")
    undo(ledger, receipt, repaid_c - 1)
    undo(ledger, receipt, 1)
    assert standing(ledger) == before
    assert ledger.get(BankLine, receipt).left_c == repaid_c
    ledger.perform(repay_advance, aid_id=AID, bank_line_id=receipt, amount_c=repaid_c)


def test_a_recovery_set_against_the_wrong_advance_waits_again(ledger: PaperLedger) -> None:
    lent(ledger)
    earlier = bank_line(ledger.perform, 100_00)
    ledger.perform(write_advance_off, actor="ben", aid_id=AID, decision_ref="committee 2")
    before = standing(ledger)
    ledger.perform(recover_advance, aid_id=AID, bank_line_id=earlier, amount_c=100_00)
    undo(ledger, earlier, 100_00)
    assert standing(ledger) == before


def test_a_repayment_made_before_the_rest_was_written_off_stays(ledger: PaperLedger) -> None:
    lent(ledger)
    receipt = bank_line(ledger.perform, 100_00)
    ledger.perform(repay_advance, aid_id=AID, bank_line_id=receipt, amount_c=100_00)
    ledger.perform(write_advance_off, actor="ben", aid_id=AID, decision_ref="committee 2")
    with pytest.raises(AidSettled):
        undo(ledger, receipt, 100_00)


@pytest.mark.parametrize("outcome", ["granted", "lent"])
def test_an_order_of_a_fund_that_the_bank_never_paid_is_withdrawn_and_paid_by_another(
    ledger: PaperLedger, outcome: str
) -> None:
    ask(ledger.perform, LENT_C)
    (grant if outcome == "granted" else lend)(ledger.perform, LENT_C)
    before = standing(ledger)
    pay(ledger.perform)
    paid = standing(ledger)
    with pytest.raises(EmptyText):
        ledger.perform(withdraw_order, order_id=aid_order_id(AID), reason=" ")
    ledger.perform(withdraw_order, order_id=aid_order_id(AID), reason="a wrong account")
    assert standing(ledger) == before
    assert ledger.get(FundAid, AID).state is AidState.DECIDED
    with pytest.raises(OrderWithdrawn):
        ledger.perform(withdraw_order, order_id=aid_order_id(AID), reason="again")
    pay(ledger.perform)
    assert standing(ledger) == paid
    again = aid_order_id(AID, 1)
    debit = bank_line(ledger.perform, -LENT_C)
    ledger.perform(clear_payment, bank_line_id=debit, order_id=again)
    with pytest.raises(OrderClearedAlready):
        ledger.perform(withdraw_order, order_id=again, reason="too late")


def test_an_advance_of_which_something_came_back_was_paid(ledger: PaperLedger) -> None:
    lent(ledger)
    ledger.perform(set_advance_off, aid_id=AID, amount_c=1)
    with pytest.raises(AidSettled):
        ledger.perform(withdraw_order, order_id=aid_order_id(AID), reason="a wrong account")


def test_any_other_order_is_withdrawn_as_before(ledger: PaperLedger) -> None:
    order_id = UUID(int=902)
    submit(ledger)
    ledger.perform(approve_claim, actor="bert", claim_id=CLAIM)
    ledger.perform(order_claim_payment, order_id=order_id, claim_id=CLAIM, payee_iban=PAYEE_IBAN)
    ledger.perform(approve_payment, actor="bert", order_id=order_id)
    ledger.perform(withdraw_order, order_id=order_id, reason="typed twice")
    assert balances(ledger.facts)["580"] == 0
