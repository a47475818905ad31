"""A receipt that paid nothing of a deficit, or that the bank took back, leaves it owed, or lost, as it was."""

from __future__ import annotations

from typing import Any

import pytest

from domain.aggregates.activity import Activity
from domain.aggregates.bank_line import BankLine
from domain.aggregates.deficit import Deficit
from domain.errors import (
    AmountNotPositive,
    EmptyText,
    ExceedsAllocation,
    ExceedsDeficitWrittenOff,
    ExceedsLine,
    NotAPayment,
    OtherEntity,
)
from domain.ledger.bank import account_id_of, import_statements, line_id, open_bank_account
from domain.ledger.deficit_receipts import return_deficit_receipt, undo_deficit_receipt
from domain.ledger.deficits import recover_deficit, repay_deficit, write_deficit_off
from domain.ledger.entities import entity_id_of
from tests.cooperative import (
    ACCOUNT,
    ACCOUNT_ID,
    ACTIVITY,
    FOUNDED,
    OPENING_C,
    entry,
    found_entity,
    statement,
)
from tests.domain.departing import JULY, MARCH, RECEIPT, RECEIVED_C, told
from tests.domain.ending import DEFICIT, LACKING_C, lacking
from tests.domain.spending import balances
from tests.paper import PaperLedger

AMOUNTS = {"1": 300_00, "2": -500_00}
LATER, TAKEN = (line_id(ACCOUNT_ID, "2026/2", number) for number in AMOUNTS)
REPAID_C, RECOVERED_C = 200_00, 300_00


@pytest.fixture
def ledger() -> PaperLedger:
    """A deficit of 1,500.00 of which 200.00 were held to be repaid, and 300.00 to come after it was written off."""
    paper = lacking()
    entries = [entry(number, amount_c, on=MARCH) for number, amount_c in AMOUNTS.items()]
    reported = statement(2, entries, opening_c=OPENING_C + RECEIVED_C, on=MARCH)
    paper.perform(import_statements, account=ACCOUNT, statements=[reported])
    asked: dict[str, Any] = {"bank_line_id": RECEIPT, "deficit_id": DEFICIT}
    paper.perform(repay_deficit, on=MARCH, amount_c=REPAID_C, **asked)
    off: dict[str, Any] = {"deficit_id": DEFICIT, "decision_ref": "board 7"}
    paper.perform(write_deficit_off, actor="ben", on=MARCH, **off)
    paper.perform(recover_deficit, on=JULY, amount_c=RECOVERED_C, **asked)
    return paper


def undo(ledger: PaperLedger, amount_c: int, **says: Any) -> list[Any]:
    asked: dict[str, Any] = {"bank_line_id": RECEIPT, "deficit_id": DEFICIT, "reason": "of another activity"}
    return ledger.perform(undo_deficit_receipt, on=JULY, amount_c=amount_c, **asked | says)


def return_(ledger: PaperLedger, amount_c: int, **says: Any) -> list[Any]:
    asked: dict[str, Any] = {"bank_line_id": TAKEN, "of_line_id": RECEIPT, "deficit_id": DEFICIT}
    asked["reason_code"] = "MD06"
    return ledger.perform(return_deficit_receipt, on=JULY, amount_c=amount_c, **asked | says)


def stands(ledger: PaperLedger) -> tuple[int, int]:
    """What is owed of the deficit, and what is lost of it."""
    owed = ledger.get(Deficit, DEFICIT)
    return owed.open_c, owed.lost_c


def test_a_recovery_that_was_none_is_lost_again_and_its_receipt_waits_again(ledger: PaperLedger) -> None:
    left_c = ledger.get(BankLine, RECEIPT).left_c
    facts = undo(ledger, RECOVERED_C)
    assert balances(facts) == {"499": -300_00, "746": 300_00}
    waits, lost = told(facts, BankLine.OtherAllocationUndone), told(facts, Deficit.RecoveryReversed)
    assert (waits.originator_id, waits.document_id, waits.amount_c) == (RECEIPT, DEFICIT, 300_00)
    assert (lost.originator_id, lost.line_id, lost.by_line_id, lost.amount_c) == (
        DEFICIT,
        RECEIPT,
        None,
        -300_00,
    )
    assert (lost.effective_on, lost.booked_on) == (JULY, JULY)
    assert stands(ledger) == (0, LACKING_C - REPAID_C)
    assert ledger.get(BankLine, RECEIPT).left_c == left_c + 300_00
    again: dict[str, Any] = {"bank_line_id": LATER, "deficit_id": DEFICIT}
    ledger.perform(recover_deficit, on=JULY, amount_c=RECOVERED_C, **again)
    assert balances(ledger.facts)["746"] == -300_00


def test_what_came_last_is_taken_back_first_and_what_was_repaid_is_owed_again(ledger: PaperLedger) -> None:
    facts = undo(ledger, 450_00)
    assert balances(facts) == {"499": -450_00, "746": 300_00, "416": 150_00}
    assert told(facts, Deficit.RepaymentReversed).amount_c == -150_00
    assert stands(ledger) == (150_00, LACKING_C - REPAID_C)
    with pytest.raises(ExceedsAllocation):
        undo(ledger, 50_01)
    assert balances(undo(ledger, 50_00)) == {"499": -50_00, "416": 50_00}
    assert stands(ledger) == (200_00, LACKING_C - REPAID_C)
    assert ledger.get(Activity, ACTIVITY).result_c == 0


def test_a_receipt_that_the_bank_took_back_explains_the_money_out(ledger: PaperLedger) -> None:
    left_c = ledger.get(BankLine, RECEIPT).left_c
    facts = return_(ledger, 400_00)
    assert balances(facts) == {"499": -400_00, "746": 300_00, "416": 100_00}
    gone, out = told(facts, BankLine.OtherAllocationReturned), told(facts, BankLine.OtherPaymentReturned)
    assert (gone.originator_id, gone.document_id, gone.by_line_id) == (RECEIPT, DEFICIT, TAKEN)
    assert (out.originator_id, out.of_line_id, out.document_id) == (TAKEN, RECEIPT, DEFICIT)
    assert (out.amount_c, out.reason_code) == (400_00, "MD06")
    for kind in (Deficit.RecoveryReversed, Deficit.RepaymentReversed):
        assert (told(facts, kind).line_id, told(facts, kind).by_line_id) == (RECEIPT, TAKEN)
    assert stands(ledger) == (100_00, LACKING_C - REPAID_C)
    assert (ledger.get(BankLine, RECEIPT).left_c, ledger.get(BankLine, TAKEN).cleared_c) == (left_c, 400_00)


def test_each_receipt_takes_back_its_own(ledger: PaperLedger) -> None:
    asked: dict[str, Any] = {"bank_line_id": LATER, "deficit_id": DEFICIT, "amount_c": 300_00}
    ledger.perform(recover_deficit, on=JULY, **asked)
    with pytest.raises(ExceedsAllocation):
        undo(ledger, 300_01, bank_line_id=LATER)
    undo(ledger, 300_00, bank_line_id=LATER)
    assert stands(ledger) == (0, 1_000_00)
    undo(ledger, 500_00)
    assert stands(ledger) == (200_00, 1_300_00)
    with pytest.raises(ExceedsDeficitWrittenOff):
        ledger.perform(recover_deficit, on=JULY, bank_line_id=RECEIPT, deficit_id=DEFICIT, amount_c=1_300_01)


def test_no_more_is_taken_back_than_the_receipt_paid_and_never_without_a_reason(ledger: PaperLedger) -> None:
    before = ledger.position
    for wrong, refusal in ((500_01, ExceedsAllocation), (0, AmountNotPositive), (-1, AmountNotPositive)):
        for ask in (undo, return_):
            with pytest.raises(refusal):
                ask(ledger, wrong)
    with pytest.raises(EmptyText):
        undo(ledger, 1, reason=" ")
    with pytest.raises(ExceedsAllocation):
        undo(ledger, 1, bank_line_id=LATER)
    with pytest.raises(NotAPayment):
        return_(ledger, 1, bank_line_id=LATER)
    assert ledger.position == before
    return_(ledger, 500_00)
    ledger.perform(recover_deficit, on=JULY, bank_line_id=LATER, deficit_id=DEFICIT, amount_c=1)
    with pytest.raises(ExceedsLine):
        return_(ledger, 1, of_line_id=LATER)


def test_a_line_of_another_entity_takes_nothing_of_a_deficit_back(ledger: PaperLedger) -> None:
    account = "BE29539000000289"
    found_entity(ledger.perform, code="OTHER")
    opened: dict[str, Any] = {"entity_id": entity_id_of("OTHER"), "account": account, "balance_c": 0}
    ledger.perform(open_bank_account, on=FOUNDED, balance_on=FOUNDED, **opened)
    theirs = statement(1, [entry("1", -10_00, on=MARCH)], opening_c=0, on=MARCH)
    ledger.perform(import_statements, account=account, statements=[theirs])
    with pytest.raises(OtherEntity):
        return_(ledger, 1, bank_line_id=line_id(account_id_of(account), "2026/1", "1"))
