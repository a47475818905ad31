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
    AmountNotPositive,
    BelowFloor,
    EmptyText,
    ExceedsAllocation,
    ExceedsSetOff,
    OrderClearedAlready,
    OrderWithdrawn,
)
from domain.ledger.advances import recover_advance, repay_advance, set_advance_off, write_advance_off
from domain.ledger.claims import approve_claim
from domain.ledger.corrections import undo_advance_set_off, undo_repayment, withdraw_order
from domain.ledger.payments import aid_order_id, approve_payment, clear_payment, order_claim_payment
from tests.aiding import AID, SECOND_AID, ask, bank_line, fill_the_fund, grant, lend, pay
from tests.cooperative import ACTIVITY, FUND, PERSON, found
from tests.domain.spending import CLAIM, PAYEE_IBAN, balances
from tests.domain.test_claims import submit
from tests.paper import PaperLedger
from tests.scenario import TODAY

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


def undo_set_off(ledger: PaperLedger, amount_c: int, reason: str = "another advance") -> list[Any]:
    return ledger.perform(undo_advance_set_off, aid_id=AID, amount_c=amount_c, reason=reason)


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


@pytest.mark.parametrize("set_off_c", [600_00, LENT_C])
def test_what_was_set_off_by_mistake_is_to_come_back_and_set_aside_again(
    ledger: PaperLedger, set_off_c: int
) -> None:
    lent(ledger)
    before = standing(ledger)
    ledger.perform(set_advance_off, aid_id=AID, amount_c=set_off_c)
    with pytest.raises(ExceedsSetOff) as refused:
        undo_set_off(ledger, set_off_c + 1)
    assert refused.value.facts == {
        "document_id": AID,
        "set_off_c": set_off_c,
        "amount_c": set_off_c + 1,
    }
    for wrong in (0, -1):
        with pytest.raises(AmountNotPositive):
            undo_set_off(ledger, wrong)
    with pytest.raises(EmptyText):
        undo_set_off(ledger, set_off_c, reason=" ")
    of_aid, *_ = undo_set_off(ledger, set_off_c - 1)
    assert (of_aid.amount_c, of_aid.person_id, of_aid.reason) == (1 - set_off_c, PERSON, "another advance")
    undo_set_off(ledger, 1)
    assert standing(ledger) == before
    with pytest.raises(ExceedsSetOff):
        undo_set_off(ledger, 1)
    ledger.perform(set_advance_off, aid_id=AID, amount_c=set_off_c)


def test_a_set_off_stands_once_the_rest_was_written_off(ledger: PaperLedger) -> None:
    lent(ledger)
    ledger.perform(set_advance_off, aid_id=AID, amount_c=100_00)
    ledger.perform(write_advance_off, actor="ben", aid_id=AID, decision_ref="committee 2")
    with pytest.raises(AidSettled):
        undo_set_off(ledger, 1)


def test_a_set_off_stands_as_far_as_the_fund_promised_it_meanwhile(ledger: PaperLedger) -> None:
    lent(ledger)
    ledger.perform(set_advance_off, aid_id=AID, amount_c=100_00)
    fund = ledger.get(MutualFund, FUND)
    floor_c = fund.terms_on(TODAY).floor_c
    free_c = fund.cash_c - fund.set_aside_c - floor_c
    ask(ledger.perform, free_c - 40_00, SECOND_AID)
    grant(ledger.perform, free_c - 40_00, SECOND_AID)
    position = ledger.position
    with pytest.raises(BelowFloor) as refused:
        undo_set_off(ledger, 40_01)
    assert refused.value.facts == {
        "cash_c": fund.cash_c,
        "set_aside_c": free_c - 40_00,
        "amount_c": 40_01,
        "floor_c": floor_c,
    }
    assert ledger.position == position
    undo_set_off(ledger, 40_00)
    assert ledger.get(FundAid, AID).outstanding_c == LENT_C - 60_00


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
