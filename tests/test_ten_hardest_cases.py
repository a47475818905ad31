"""The ten hardest cases, each with the postings and balances it must end in: on paper, and on the real ledger.

A case is told in `tests/hardest/`; its docstring says what is right, and cites who suffered from what is not.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from eventstore.keyring import Keyring
from tests.databases import Server
from tests.hardest import of_money, of_people
from tests.hardest.standing import played_again
from tests.paper import PaperLedger
from tests.real_ledger import RealLedger

CASES: Mapping[str, Callable[[], PaperLedger]] = {
    "credit note after payout": of_money.credit_note_after_payout,
    "overpayment": of_money.overpayment,
    "partial payment": of_money.partial_payment,
    "returned payment": of_money.returned_payment,
    "client bankruptcy": of_money.client_bankruptcy,
    "resignation mid-year, negative balance": of_people.resignation_with_a_negative_balance,
    "share refund limits": of_people.share_refund_limits,
    "late facts, corrections": of_money.late_facts_and_corrections,
    "merged members": of_people.merged_members,
    "multi-company group": of_people.multi_company_group,
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_a_case_ends_in_the_postings_and_balances_it_must(case: Callable[[], PaperLedger]) -> None:
    assert case().facts


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_the_real_ledger_answers_it_the_same(
    case: Callable[[], PaperLedger], server: Server, keyring: Keyring
) -> None:
    real = RealLedger(server, keyring)
    try:
        played_again(case(), real)
    finally:
        real.close()
