"""A receipt that the bank takes back before it was allocated leaves neither line waiting, and books nothing."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.aggregates.bank_line import BankLine
from domain.aggregates.invoice import Invoice
from domain.errors import (
    AmountNotPositive,
    ExceedsLine,
    ExceedsUnallocated,
    NotAPayment,
    NotAReceipt,
    OtherEntity,
)
from domain.ledger.bank import (
    account_id_of,
    allocate_receipt,
    import_statements,
    line_id,
    open_bank_account,
)
from domain.ledger.entities import entity_id_of
from domain.ledger.overpayments import hold_overpayment, release_overpayment
from domain.ledger.returns import record_bank_fee, return_payment, return_receipt, undo_allocation
from tests.cooperative import ACCOUNT, ACCOUNT_ID, CLIENT, FOUNDED, entry, found_entity, statement
from tests.domain.departing import told
from tests.domain.spending import CLOSING_C, DAY, INVOICE, balances, paid_cooperative
from tests.paper import PaperLedger

ALLOCATED = line_id(ACCOUNT_ID, "2026/1", "1")
AMOUNTS = {"1": 300_00, "2": -300_00, "3": -1_210_00, "4": 50_00}
RECEIPT, TAKEN, LATER, OTHER = (line_id(ACCOUNT_ID, "2026/2", number) for number in AMOUNTS)


def reported() -> PaperLedger:
    """A paid invoice; then 300.00 that nobody allocated yet, and money out of as much and of 1,210.00."""
    paper = paid_cooperative()
    entries = [entry(number, amount_c, on=DAY) for number, amount_c in AMOUNTS.items()]
    second = statement(2, entries, opening_c=CLOSING_C, on=DAY)
    paper.perform(import_statements, account=ACCOUNT, statements=[second])
    return paper


@pytest.fixture
def ledger() -> PaperLedger:
    """The same, anew for each test."""
    return reported()


def return_(ledger: PaperLedger, amount_c: int = 300_00, **says: Any) -> list[Any]:
    asked: dict[str, Any] = {"bank_line_id": TAKEN, "of_line_id": RECEIPT, "reason_code": "MD06"}
    return ledger.perform(return_receipt, on=DAY, amount_c=amount_c, **asked | says)


def left(ledger: PaperLedger, line: UUID) -> int:
    """What of money in or out is not explained."""
    state = ledger.get(BankLine, line)
    return state.left_c if state.amount_c > 0 else -state.amount_c - state.cleared_c


def test_both_lines_name_each_other_and_nothing_is_booked(ledger: PaperLedger) -> None:
    before = balances(ledger.facts)
    facts = return_(ledger)
    gone, out = told(facts, BankLine.UnallocatedReturned), told(facts, BankLine.ReceiptReturned)
    assert (gone.originator_id, gone.by_line_id, gone.amount_c) == (RECEIPT, TAKEN, 300_00)
    assert (out.originator_id, out.of_line_id, out.amount_c) == (TAKEN, RECEIPT, 300_00)
    assert out.reason_code == "MD06"
    assert len(facts) == 2
    assert (left(ledger, RECEIPT), left(ledger, TAKEN)) == (0, 0)
    assert balances(facts) == {}
    assert balances(ledger.facts) == before


def test_what_was_taken_back_is_allocated_no_more_and_what_it_explained_is_explained_once(
    ledger: PaperLedger,
) -> None:
    return_(ledger, 299_00)
    before = ledger.position
    with pytest.raises(ExceedsLine):
        ledger.perform(hold_overpayment, on=DAY, bank_line_id=RECEIPT, client_id=CLIENT, amount_c=1_01)
    with pytest.raises(ExceedsLine):
        ledger.perform(record_bank_fee, on=DAY, bank_line_id=TAKEN, amount_c=1_01)
    with pytest.raises(ExceedsUnallocated):
        return_(ledger, 1_01)
    assert ledger.position == before
    return_(ledger, 1_00)
    assert (left(ledger, RECEIPT), left(ledger, TAKEN)) == (0, 0)


def test_an_allocated_receipt_is_taken_back_only_once_its_allocation_was_undone(ledger: PaperLedger) -> None:
    asked: dict[str, Any] = {"bank_line_id": LATER, "of_line_id": ALLOCATED}
    with pytest.raises(ExceedsUnallocated) as refused:
        return_(ledger, 1, **asked)
    assert refused.value.facts["left_c"] == 0
    wrong: dict[str, Any] = {"bank_line_id": ALLOCATED, "invoice_id": INVOICE, "amount_c": 1_000_00}
    ledger.perform(undo_allocation, on=DAY, reason="of another client", **wrong)
    with pytest.raises(ExceedsUnallocated):
        return_(ledger, 1_000_01, **asked)
    return_(ledger, 1_000_00, **asked)
    with pytest.raises(ExceedsLine):
        ledger.perform(allocate_receipt, on=DAY, **wrong | {"amount_c": 1})
    assert ledger.get(Invoice, INVOICE).open_c == 1_000_00
    ledger.perform(return_payment, on=DAY, **asked, invoice_id=INVOICE, amount_c=210_00)
    assert (left(ledger, ALLOCATED), left(ledger, LATER)) == (0, 0)
    assert balances(ledger.facts)["400"] == 1_210_00


def test_what_is_held_for_a_client_is_no_receipt_that_waits(ledger: PaperLedger) -> None:
    ledger.perform(hold_overpayment, on=DAY, bank_line_id=RECEIPT, client_id=CLIENT, amount_c=300_00)
    with pytest.raises(ExceedsUnallocated):
        return_(ledger, 1)
    ledger.perform(release_overpayment, on=DAY, bank_line_id=RECEIPT, client_id=CLIENT, amount_c=300_00)
    return_(ledger, 300_00)
    assert balances(ledger.facts)["4894"] == 0


def test_no_more_is_taken_back_than_either_line_has_left_and_only_by_money_out(ledger: PaperLedger) -> None:
    before = ledger.position
    with pytest.raises(ExceedsUnallocated):
        return_(ledger, 300_01, bank_line_id=LATER)
    ledger.perform(record_bank_fee, on=DAY, bank_line_id=TAKEN, amount_c=12_50)
    with pytest.raises(ExceedsLine) as refused:
        return_(ledger, 287_51)
    assert refused.value.facts["left_c"] == 287_50
    for amount_c in (0, -1):
        with pytest.raises(AmountNotPositive):
            return_(ledger, amount_c)
    with pytest.raises(NotAPayment):
        return_(ledger, 50_00, bank_line_id=OTHER)
    with pytest.raises(NotAReceipt):
        return_(ledger, 50_00, of_line_id=LATER)
    with pytest.raises(NotAReceipt):
        return_(ledger, 50_00, of_line_id=TAKEN)
    assert ledger.position == before + 1
    return_(ledger, 287_50)


def test_a_line_of_another_entity_takes_no_receipt_back(ledger: PaperLedger) -> None:
    found_entity(ledger.perform, code="OTHER")
    account = "BE29539000000289"
    opened: dict[str, Any] = {"entity_id": entity_id_of("OTHER"), "account": account, "balance_c": 0}
    ledger.perform(open_bank_account, on=FOUNDED, balance_on=FOUNDED, **opened)
    theirs = statement(1, [entry("1", -300_00, on=DAY)], opening_c=0, on=DAY)
    ledger.perform(import_statements, account=account, statements=[theirs])
    with pytest.raises(OtherEntity):
        return_(ledger, bank_line_id=line_id(account_id_of(account), "2026/1", "1"))


@settings(max_examples=60, deadline=None)
@given(parts=st.lists(st.tuples(st.booleans(), st.integers(1, 400_00)), max_size=8))
def test_account_499_is_what_the_lines_still_wait_for_whatever_is_taken_back(
    parts: list[tuple[bool, int]],
) -> None:
    ledger = reported()
    for by_later, amount_c in parts:
        by = LATER if by_later else TAKEN
        if amount_c <= min(left(ledger, RECEIPT), left(ledger, by)):
            return_(ledger, amount_c, bank_line_id=by)
        else:
            with pytest.raises((ExceedsUnallocated, ExceedsLine)):
                return_(ledger, amount_c, bank_line_id=by)
    waits_c = left(ledger, RECEIPT) + left(ledger, OTHER) - left(ledger, TAKEN) - left(ledger, LATER)
    assert -balances(ledger.facts)["499"] == waits_c == 300_00 + 50_00 - 300_00 - 1_210_00
