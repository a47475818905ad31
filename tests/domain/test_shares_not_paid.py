"""A receipt that was not paid towards shares waits again, unless shares were allotted for it."""

from __future__ import annotations

from typing import Any

import pytest

from domain.aggregates.bank_line import BankLine
from domain.aggregates.share_account import ShareAccount
from domain.errors import ContributionAllotted, EmptyText, ExceedsAllocation
from domain.ledger.shares import pay_share_contribution, subscribe_shares, undo_share_contribution
from tests.cooperative import MEMBER, PERSON
from tests.domain.test_shares import A_ACCOUNT, RECEIPT, balances, takes
from tests.domain.test_shares import ledger as share_ledger
from tests.paper import PaperLedger

ledger = share_ledger


def test_what_waits_for_its_shares_is_taken_back_and_what_was_allotted_is_not(ledger: PaperLedger) -> None:
    takes(ledger, MEMBER, PERSON, 3)
    before = balances(ledger)
    ledger.perform(subscribe_shares, membership_id=MEMBER, share_class="A", qty=1, price_c=250_00)
    paid: dict[str, Any] = {"bank_line_id": RECEIPT, "account_id": A_ACCOUNT}
    ledger.perform(pay_share_contribution, payer_id=PERSON, amount_c=250_00, **paid)
    asked: dict[str, Any] = paid | {"reason": "another member's"}
    with pytest.raises(ContributionAllotted) as refused:
        ledger.perform(undo_share_contribution, amount_c=250_01, **asked)
    assert refused.value.facts == {"waiting_c": 250_00, "amount_c": 250_01}
    with pytest.raises(ExceedsAllocation):
        ledger.perform(undo_share_contribution, amount_c=1_000_01, **asked)
    with pytest.raises(EmptyText):
        ledger.perform(undo_share_contribution, amount_c=250_00, **asked | {"reason": " "})
    of_line, of_shares = ledger.perform(undo_share_contribution, amount_c=250_00, **asked)
    assert isinstance(of_line, BankLine.OtherAllocationUndone)
    assert (of_shares.line_id, of_shares.amount_c) == (RECEIPT, 250_00)
    assert balances(ledger) == before
    assert ledger.get(ShareAccount, A_ACCOUNT).paid_c == 750_00
