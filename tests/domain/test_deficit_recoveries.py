"""What was written off of a deficit and comes after all is the cooperative's, which bore it."""

from __future__ import annotations

from typing import Any

import pytest

from domain.aggregates.activity import Activity
from domain.aggregates.deficit import Deficit
from domain.errors import AmountNotPositive, ExceedsDeficit, ExceedsDeficitWrittenOff, OtherEntity
from domain.ledger import deficits
from domain.ledger.bank import account_id_of, import_statements, line_id, open_bank_account
from domain.ledger.entities import entity_id_of
from tests.cooperative import ACTIVITY, FOUNDED, entry, found_entity, statement
from tests.domain.departing import JULY, MARCH, RECEIPT, told
from tests.domain.ending import DEFICIT, lacking
from tests.domain.spending import balances


def test_what_was_written_off_and_comes_after_all_is_the_cooperatives_income_up_to_what_it_lost() -> None:
    ledger = lacking()
    asked: dict[str, Any] = {"bank_line_id": RECEIPT, "deficit_id": DEFICIT}
    with pytest.raises(ExceedsDeficitWrittenOff):
        ledger.perform(deficits.recover_deficit, on=MARCH, amount_c=1, **asked)
    ledger.perform(deficits.repay_deficit, on=MARCH, amount_c=200_00, **asked)
    off: dict[str, Any] = {"deficit_id": DEFICIT, "decision_ref": "board 7"}
    ledger.perform(deficits.write_deficit_off, actor="ben", on=MARCH, **off)
    with pytest.raises(ExceedsDeficit):
        ledger.perform(deficits.repay_deficit, on=JULY, amount_c=1, **asked)
    for wrong, refusal in (
        (1_300_01, ExceedsDeficitWrittenOff),
        (0, AmountNotPositive),
        (-1, AmountNotPositive),
    ):
        with pytest.raises(refusal):
            ledger.perform(deficits.recover_deficit, on=JULY, amount_c=wrong, **asked)
    before = balances(ledger.facts)
    ledger.perform(deficits.recover_deficit, on=JULY, amount_c=1_000_00, **asked)
    with pytest.raises(ExceedsDeficitWrittenOff) as refused:
        ledger.perform(deficits.recover_deficit, on=JULY, amount_c=300_01, **asked)
    assert refused.value.facts == {"lost_c": 300_00, "amount_c": 300_01}
    ledger.perform(deficits.recover_deficit, on=JULY, amount_c=300_00, **asked)

    after = balances(ledger.facts)
    assert after["499"] - before["499"] == 1_300_00
    assert (after["746"], after["643"], after["416"]) == (-1_300_00, 1_300_00, 0)
    owed = ledger.get(Deficit, DEFICIT)
    assert (owed.open_c, owed.lost_c) == (0, 0)
    assert ledger.get(Activity, ACTIVITY).result_c == 0
    came = told(ledger.facts, Deficit.RecoveryReceived)
    assert (came.line_id, came.effective_on, came.booked_on) == (RECEIPT, JULY, JULY)


def test_a_receipt_of_another_entity_pays_no_deficit_and_recovers_none() -> None:
    ledger = lacking()
    other, account = entity_id_of("OTHER"), "BE29539000000289"
    found_entity(ledger.perform, code="OTHER")
    opened: dict[str, Any] = {"entity_id": other, "account": account, "balance_c": 0}
    ledger.perform(open_bank_account, on=FOUNDED, balance_on=FOUNDED, **opened)
    came = statement(1, [entry("1", 10_00, on=MARCH)], opening_c=0, on=MARCH)
    ledger.perform(import_statements, account=account, statements=[came])
    asked: dict[str, Any] = {
        "bank_line_id": line_id(account_id_of(account), "2026/1", "1"),
        "deficit_id": DEFICIT,
        "amount_c": 1,
    }
    with pytest.raises(OtherEntity):
        ledger.perform(deficits.repay_deficit, on=MARCH, **asked)
    off: dict[str, Any] = {"deficit_id": DEFICIT, "decision_ref": "board 7"}
    ledger.perform(deficits.write_deficit_off, actor="ben", on=MARCH, **off)
    with pytest.raises(OtherEntity):
        ledger.perform(deficits.recover_deficit, on=MARCH, **asked)
