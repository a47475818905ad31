"""Where a rule about money begins and ends: nothing, one cent, and the days on either side."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from domain.aggregates.activity import Activity
from domain.aggregates.bank_line import BankLine
from domain.aggregates.doubtful_claim import DoubtfulClaim
from domain.errors import (
    AmountNotPositive,
    ExceedsLine,
    InvalidDay,
    JudgmentPrecedes,
    NotAPayment,
    OtherEntity,
)
from domain.ledger import doubts, losses
from domain.ledger.bank import import_statements, line_id
from domain.ledger.doubts import doubt_id
from domain.ledger.invoicing import issue_invoice
from domain.ledger.overpayments import allocate_overpayment, hold_overpayment, order_refund
from domain.ledger.returns import record_bank_fee, return_payment, undo_allocation
from tests.cooperative import ACCOUNT, ACCOUNT_ID, ACTIVITY, CLIENT, entry, invoice, statement
from tests.domain import doubting
from tests.domain.doubting import BALANCE_SHEET_DAY, LATER_RECEIPT, invoiced
from tests.domain.spending import CLOSING_C, DAY, INVOICE, PAYEE_IBAN, bank_pays, paid_cooperative
from tests.paper import PaperLedger
from tests.whole.places import PILOT_COMPANY, SHOPS, SISTER_COMPANY, found_group

RECEIPT = line_id(ACCOUNT_ID, "2026/1", "1")
ORDER, WAGE = UUID(int=1800), UUID(int=1801)


# Nothing is no amount.


def undone(ledger: PaperLedger, line: UUID, amount_c: int) -> None:
    says: dict[str, Any] = {"bank_line_id": RECEIPT, "invoice_id": INVOICE, "reason": "wrong"}
    ledger.perform(undo_allocation, on=DAY, amount_c=amount_c, **says)


def returned(ledger: PaperLedger, line: UUID, amount_c: int) -> None:
    says: dict[str, Any] = {"bank_line_id": line, "of_line_id": RECEIPT, "invoice_id": INVOICE}
    ledger.perform(return_payment, on=DAY, amount_c=amount_c, **says)


def charged(ledger: PaperLedger, line: UUID, amount_c: int) -> None:
    ledger.perform(record_bank_fee, on=DAY, bank_line_id=line, amount_c=amount_c)


def refunded(ledger: PaperLedger, line: UUID, amount_c: int) -> None:
    says: dict[str, Any] = {"order_id": ORDER, "bank_line_id": RECEIPT, "client_id": CLIENT}
    ledger.perform(order_refund, on=DAY, amount_c=amount_c, payee_iban=PAYEE_IBAN, **says)


def served(ledger: PaperLedger, line: UUID, amount_c: int) -> None:
    says: dict[str, Any] = {"bank_line_id": RECEIPT, "invoice_id": INVOICE, "amount_c": amount_c}
    ledger.perform(allocate_overpayment, on=DAY, **says)


@pytest.mark.parametrize("asked", [undone, returned, charged, refunded, served])
@pytest.mark.parametrize("amount_c", [0, -1])
def test_nothing_is_no_amount_of_a_bank_line(
    asked: Callable[[PaperLedger, UUID, int], None], amount_c: int
) -> None:
    ledger = paid_cooperative()
    (line,) = bank_pays(ledger, 5_00)
    with pytest.raises(AmountNotPositive):
        asked(ledger, line, amount_c)


def test_a_line_of_nothing_pays_nothing() -> None:
    ledger = paid_cooperative()
    reported = statement(2, [entry("0", 0, on=DAY)], opening_c=CLOSING_C, on=DAY)
    ledger.perform(import_statements, account=ACCOUNT, statements=[reported])
    with pytest.raises(NotAPayment):
        charged(ledger, line_id(ACCOUNT_ID, "2026/2", "0"), 1)


def test_what_a_line_has_cleared_it_does_not_clear_again() -> None:
    ledger = paid_cooperative()
    (line,) = bank_pays(ledger, 5_00)
    charged(ledger, line, 2_00)
    returned(ledger, line, 3_00)
    assert ledger.get(BankLine, line).cleared_c == 5_00
    for asked in (charged, returned):
        with pytest.raises(ExceedsLine):
            asked(ledger, line, 1)


def doubted(ledger: PaperLedger, amount_c: int) -> None:
    doubting.doubt(ledger, amount_c)


def lifted(ledger: PaperLedger, amount_c: int) -> None:
    ledger.perform(doubts.lift_doubt, on=DAY, invoice_id=INVOICE, amount_c=amount_c)


def adjusted(ledger: PaperLedger, amount_c: int) -> None:
    doubting.adjust(ledger, amount_c)


def taken_back(ledger: PaperLedger, amount_c: int) -> None:
    asked: dict[str, Any] = {"invoice_id": INVOICE, "amount_c": amount_c}
    ledger.perform(doubts.take_value_adjustment_back, on=DAY, **asked)


def lost(ledger: PaperLedger, amount_c: int) -> None:
    doubting.lose(ledger, amount_c)


def recovered(ledger: PaperLedger, amount_c: int) -> None:
    doubting.recover(ledger, amount_c)


@pytest.mark.parametrize("asked", [doubted, lifted, adjusted, taken_back, lost, recovered])
@pytest.mark.parametrize("amount_c", [0, -1])
def test_nothing_is_no_amount_of_a_doubtful_claim(
    asked: Callable[[PaperLedger, int], None], amount_c: int
) -> None:
    ledger = invoiced()
    doubting.doubt(ledger, 605_00)
    doubting.adjust(ledger, 100_00)
    doubting.lose(ledger, 60_50)
    with pytest.raises(AmountNotPositive):
        asked(ledger, amount_c)


def test_what_is_expected_again_is_earned_again_and_what_came_is_gone_from_its_line() -> None:
    ledger = invoiced()
    doubting.doubt(ledger)
    doubting.adjust(ledger, 300_00)
    before_c = ledger.get(Activity, ACTIVITY).result_c
    taken_back(ledger, 100_00)
    assert ledger.get(Activity, ACTIVITY).result_c == before_c + 100_00
    doubting.lose(ledger)
    doubting.recover(ledger, 121_00)
    assert ledger.get(BankLine, LATER_RECEIPT).left_c == doubting.IMPORTED_C - 121_00
    reported = statement(2, [entry("1", 50_00, on=DAY)], opening_c=15_000_00, on=DAY)
    ledger.perform(import_statements, account=ACCOUNT, statements=[reported])
    with pytest.raises(ExceedsLine):
        doubting.recover(ledger, 50_01, line_id(ACCOUNT_ID, "2026/2", "1"))


def test_a_judgment_is_given_on_the_day_of_issue_at_the_soonest_and_today_at_the_latest() -> None:
    ledger = invoiced()
    doubting.doubt(ledger)
    for judged_on in (DAY, BALANCE_SHEET_DAY):
        doubting.reclaim(ledger.copy(), judged_on)
    for judged_on in (date(2026, 1, 7), date(2026, 2, 1)):
        with pytest.raises(JudgmentPrecedes):
            doubting.reclaim(ledger, judged_on)
    with pytest.raises(InvalidDay):
        doubting.reclaim(ledger, date(1899, 12, 31))


def test_a_part_of_what_is_bare_of_vat_is_lost_before_the_vat_of_the_rest() -> None:
    ledger = invoiced()
    doubting.doubt(ledger, 605_00)
    doubting.reclaim(ledger)
    doubting.doubt(ledger, 605_00)
    doubting.lose(ledger, 500_00)
    claim = ledger.get(DoubtfulClaim, doubt_id(INVOICE))
    assert (claim.bare_c, claim.doubtful_c, claim.lost_c) == (0, 605_00, 500_00)
    doubting.lose(ledger, 605_00)
    claim = ledger.get(DoubtfulClaim, doubt_id(INVOICE))
    assert (claim.bare_c, claim.doubtful_c, claim.lost_c) == (0, 0, 1_105_00)


# What is of one company is not set against what is of another.


@pytest.fixture
def group() -> PaperLedger:
    """Two companies, an invoice of each, money in and out at the bank of the first."""
    ledger = PaperLedger()
    found_group(ledger.perform)
    for shop, number in ((SHOPS[0], 500), (SHOPS[2], 501)):
        says = {"activity_id": shop.id, "client_id": shop.client_id}
        ledger.perform(issue_invoice, on=DAY, **invoice(UUID(int=number), on=DAY) | says)
    for company in (PILOT_COMPANY, SISTER_COMPANY):
        entries = [entry("in", 2_000_00, on=DAY), entry("out", -2_000_00, on=DAY)]
        reported = statement(1, entries, opening_c=5_000_00, on=DAY)
        ledger.perform(import_statements, account=company.account, statements=[reported])
    return ledger


def test_a_bank_line_serves_its_own_company(group: PaperLedger) -> None:
    came_in = line_id(PILOT_COMPANY.account_id, "2026/1", "in")
    of_sister = line_id(SISTER_COMPANY.account_id, "2026/1", "out")
    theirs = SHOPS[2]
    asked: list[tuple[Any, dict[str, Any]]] = [
        (hold_overpayment, {"bank_line_id": came_in, "client_id": theirs.client_id}),
        (record_bank_fee, {"bank_line_id": of_sister, "activity_id": SHOPS[0].id}),
        (return_payment, {"bank_line_id": of_sister, "of_line_id": came_in, "invoice_id": INVOICE}),
    ]
    for use_case, says in asked:
        with pytest.raises(OtherEntity):
            group.perform(use_case, on=DAY, amount_c=1, **says)
    says = {"invoice_id": UUID(int=501), "reason": "it went bankrupt", "amount_c": 100_00}
    group.perform(doubts.declare_doubt, on=DAY, **says)
    group.perform(losses.recognise_loss, on=DAY, invoice_id=UUID(int=501))
    with pytest.raises(OtherEntity):
        group.perform(
            losses.receive_recovery, on=DAY, bank_line_id=came_in, invoice_id=UUID(int=501), amount_c=1
        )
