"""An advance is owed until it came back: by the bank, set off, or written off and recovered all the same."""

from __future__ import annotations

from typing import Any

import pytest

from domain.aggregates.activity import Activity
from domain.aggregates.mutual_fund import MutualFund
from domain.aggregates.payment_order import PaymentOrder, Pays
from domain.errors import ExceedsLine, OrderOfFund, ReferenceOfAnotherInvoice
from domain.ledger.advances import recover_advance, repay_advance, set_advance_off, write_advance_off
from domain.ledger.payments import aid_order_id, withdraw_payment
from tests.aiding import AID, ask, bank_line, fill_the_fund, lend, pay
from tests.cooperative import ACTIVITY, FUND, found
from tests.domain.spending import balances
from tests.paper import PaperLedger


@pytest.fixture
def ledger() -> PaperLedger:
    """A fund that collected 3,000.00."""
    paper = PaperLedger()
    found(paper.perform)
    fill_the_fund(paper.perform)
    return paper


def cash_c(ledger: PaperLedger) -> int:
    return ledger.get(MutualFund, FUND).cash_c


def committed_c(ledger: PaperLedger) -> int:
    return ledger.get(Activity, ACTIVITY).committed_c


def booked(ledger: PaperLedger, *accounts: str) -> tuple[int, ...]:
    sums = balances(ledger.facts)
    return tuple(sums[account] for account in accounts)


def lent(ledger: PaperLedger, amount_c: int = 1_500_00) -> None:
    """An advance that was paid."""
    ask(ledger.perform, amount_c)
    lend(ledger.perform, amount_c)
    pay(ledger.perform)


def test_an_advance_is_owed_to_the_fund_and_set_aside_on_the_activity_whatever_it_has_available(
    ledger: PaperLedger,
) -> None:
    before = ledger.get(Activity, ACTIVITY)
    lent(ledger)
    after = ledger.get(Activity, ACTIVITY)
    assert (after.result_c, after.committed_c) == (before.result_c, before.committed_c + 1_500_00)
    assert booked(ledger, "416", "580", "4895") == (1_500_00, -1_500_00, -10_000_00)
    assert cash_c(ledger) == 1_500_00
    order = ledger.get(PaymentOrder, aid_order_id(AID))
    assert (order.pays, order.amount_c) == (Pays.ADVANCE, 1_500_00)


def test_what_comes_back_by_the_bank_is_cash_of_the_fund_and_set_aside_no_longer(ledger: PaperLedger) -> None:
    lent(ledger)
    receipt = bank_line(ledger.perform, 600_00)
    ledger.perform(repay_advance, aid_id=AID, bank_line_id=receipt, amount_c=600_00)
    assert booked(ledger, "416", "499") == (900_00, 0)
    assert (cash_c(ledger), committed_c(ledger)) == (2_100_00, 900_00)
    with pytest.raises(ExceedsLine):
        ledger.perform(repay_advance, aid_id=AID, bank_line_id=receipt, amount_c=1)


def test_what_is_set_off_becomes_a_cost_that_was_set_aside_and_is_not_subtracted_twice(
    ledger: PaperLedger,
) -> None:
    lent(ledger)
    before = ledger.get(Activity, ACTIVITY)
    ledger.perform(set_advance_off, aid_id=AID, amount_c=600_00)
    after = ledger.get(Activity, ACTIVITY)
    assert (after.result_c, after.committed_c) == (before.result_c - 600_00, before.committed_c - 600_00)
    assert after.available_c(0) == before.available_c(0)
    assert booked(ledger, "416") == (900_00,)
    assert cash_c(ledger) == 2_100_00


def test_what_is_written_off_the_fund_bears_and_the_activity_owes_no_longer(ledger: PaperLedger) -> None:
    lent(ledger)
    ledger.perform(set_advance_off, aid_id=AID, amount_c=500_00)
    ledger.perform(write_advance_off, actor="ben", aid_id=AID, decision_ref="committee 2")
    assert booked(ledger, "416", "4895") == (0, -9_000_00)
    assert (cash_c(ledger), committed_c(ledger)) == (2_000_00, 0)
    receipt = bank_line(ledger.perform, 100_00)
    ledger.perform(recover_advance, aid_id=AID, bank_line_id=receipt, amount_c=100_00)
    assert booked(ledger, "499", "4895") == (0, -9_100_00)
    assert (cash_c(ledger), committed_c(ledger)) == (2_100_00, 0)


def test_a_receipt_that_names_an_invoice_pays_an_advance_back_only_if_it_is_overruled(
    ledger: PaperLedger,
) -> None:
    lent(ledger)
    receipt = bank_line(ledger.perform, 600_00, "012600000194")
    asked: dict[str, Any] = {"aid_id": AID, "bank_line_id": receipt, "amount_c": 600_00}
    with pytest.raises(ReferenceOfAnotherInvoice):
        ledger.perform(repay_advance, **asked)
    ledger.perform(repay_advance, **asked, despite_reference=True)


def test_the_order_of_an_advance_is_not_withdrawn_behind_the_fund_s_back(ledger: PaperLedger) -> None:
    lent(ledger)
    with pytest.raises(OrderOfFund):
        ledger.perform(withdraw_payment, order_id=aid_order_id(AID), reason="typed twice")
