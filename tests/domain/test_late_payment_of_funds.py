"""What late payers pay goes to a mutual fund where the cooperative's policy says so, by the fund's ledger policy."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from domain.aggregates.activity import Activity
from domain.aggregates.mutual_fund import FundKind, MutualFund
from domain.errors import BelowFloor, InvalidParameter, UnknownRecord
from domain.funding import FundUse, LedgerPolicy
from domain.late_payment import Beneficiary
from domain.ledger import late_presets as presets
from domain.ledger.funds import charter_fund, fund_id
from domain.ledger.late_payment import return_late_payment, undo_late_payment
from tests.cooperative import ACTIVITY, ENTITY, FOUNDED
from tests.domain.paying_late import (
    CHARGED_C,
    DEBIT,
    ISSUED_ON,
    LATER_RECEIPT,
    PAID_ON,
    claim,
    claimed,
    enact,
    invoiced,
    receive,
)
from tests.domain.spending import INVOICE, balances
from tests.paper import PaperLedger
from tests.scenario import stamp

INVESTMENT = fund_id(ENTITY, "INVESTMENT")
OWED_C = 50_44


def to_the_fund(policy: LedgerPolicy) -> PaperLedger:
    """An invoice that is late, of a cooperative whose investment fund earns what late payers pay."""
    ledger = invoiced()
    ledger.perform(
        charter_fund,
        on=FOUNDED,
        entity_id=ENTITY,
        code="INVESTMENT",
        kind=FundKind.INVESTMENT,
        ledger_policy=policy,
        floor_c=10_00,
        regulation_ref="regulation 7",
    )
    enact(ledger, presets.EARNED_BY, "fund:INVESTMENT")
    claim(ledger, PAID_ON)
    return ledger


def moved(ledger: PaperLedger, *accounts: str) -> tuple[int, ...]:
    standing = balances(ledger.facts)
    return tuple(standing[account] for account in accounts)


@pytest.mark.parametrize(
    ("policy", "charged", "held"),
    [
        (LedgerPolicy.LIABILITY, "6191", "4895"),
        (LedgerPolicy.PROVISION, "637", "164"),
        (LedgerPolicy.ANALYTIC_ONLY, "6191", None),
    ],
)
def test_what_comes_is_income_that_the_cooperative_sets_aside_for_the_fund(
    policy: LedgerPolicy, charged: str, held: str | None
) -> None:
    ledger = to_the_fund(policy)
    before = balances(ledger.facts)
    receive(ledger, OWED_C)
    after = balances(ledger.facts)
    assert (after["745"], after["751"]) == (-40_00, -10_44)
    cost_c = 0 if held is None else OWED_C
    assert after[charged] - before[charged] == cost_c
    if held is not None:
        assert after[held] - before[held] == -OWED_C
    assert ledger.get(MutualFund, INVESTMENT).cash_c == OWED_C
    assert ledger.get(Activity, ACTIVITY).result_c == 1_000_00 - CHARGED_C, "no activity earns it"


def test_the_fund_has_it_when_it_comes_and_gives_it_only_down_to_its_floor() -> None:
    ledger = to_the_fund(LedgerPolicy.LIABILITY)
    assert ledger.get(MutualFund, INVESTMENT).cash_c == 0, "a claim is no money"
    receive(ledger, OWED_C)
    fund = ledger.get(MutualFund, INVESTMENT)
    with pytest.raises(BelowFloor):
        fund.reserve(stamp(), use=FundUse.GRANT, document_id=INVOICE, amount_c=40_45)
    fund.reserve(stamp(), use=FundUse.GRANT, document_id=INVOICE, amount_c=40_44)


def test_what_is_taken_back_leaves_the_fund_again() -> None:
    ledger = to_the_fund(LedgerPolicy.LIABILITY)
    receive(ledger, OWED_C)
    asked: dict[str, Any] = {"bank_line_id": LATER_RECEIPT, "invoice_id": INVOICE, "amount_c": 20_44}
    ledger.perform(undo_late_payment, on=PAID_ON, reason="another client's", **asked)
    assert ledger.get(MutualFund, INVESTMENT).cash_c == 30_00
    asked = {"bank_line_id": DEBIT, "of_line_id": LATER_RECEIPT, "invoice_id": INVOICE, "amount_c": 30_00}
    ledger.perform(return_late_payment, on=PAID_ON, **asked)
    assert ledger.get(MutualFund, INVESTMENT).cash_c == 0
    assert moved(ledger, "745", "751", "6191") == (0, 0, 10_00)
    earned = [each for each in ledger.facts if isinstance(each, MutualFund.LatePaymentEarned)]
    assert [each.amount_c for each in earned] == [OWED_C, -20_44, -30_00]
    assert {each.document_id for each in earned} == {claimed(ledger).id}


def test_the_first_claim_freezes_which_fund_earns_it() -> None:
    ledger = to_the_fund(LedgerPolicy.LIABILITY)
    assert (claimed(ledger).earned_by, claimed(ledger).fund_id) == (Beneficiary.FUND, INVESTMENT)
    enact(ledger, presets.EARNED_BY, "activity", on=PAID_ON)
    claim(ledger, date(2026, 3, 20))
    receive(ledger, OWED_C)
    assert ledger.get(MutualFund, INVESTMENT).cash_c == OWED_C


def test_a_fund_that_is_not_there_and_a_policy_that_names_none_are_refused() -> None:
    ledger = invoiced()
    for unreadable in ("fund", "fund:", "fund:NO SPACE", "INVESTMENT"):
        with pytest.raises(InvalidParameter):
            enact(ledger, presets.EARNED_BY, unreadable)
    enact(ledger, presets.EARNED_BY, "fund:NONE", on=ISSUED_ON)
    with pytest.raises(UnknownRecord):
        claim(ledger, PAID_ON)
