"""A receipt set against the wrong lost claim is taken back: every posting that followed, to the cent."""

from __future__ import annotations

from fractions import Fraction
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.aggregates.activity import Activity
from domain.aggregates.bank_line import BankLine
from domain.aggregates.doubtful_claim import DoubtfulClaim
from domain.aggregates.fund_guarantee import FundGuarantee
from domain.aggregates.invoice import Invoice
from domain.aggregates.mutual_fund import MutualFund
from domain.bookkeeping.vat_grids import grids_of
from domain.contributions import ContributionBase, FundShare
from domain.errors import EmptyText, NoRecovery, NothingDoubtful, UnknownRecord
from domain.ledger.doubts import doubt_id
from domain.ledger.guarantees import call_guarantee, guarantee_id, reserve_guarantee
from domain.ledger.invoicing import issue_invoice
from domain.ledger.losses import undo_recovery
from tests.cooperative import ACTIVITY, FUND, invoice
from tests.domain import test_contributions as contributions
from tests.domain.doubting import (
    BALANCE_SHEET_DAY,
    LATER_RECEIPT,
    adjust,
    doubt,
    invoiced,
    lose,
    pay,
    reclaim,
    recover,
)
from tests.domain.spending import DAY, INVOICE, balances
from tests.domain.test_doubt_sums import STEPS, Paper, founded, lived
from tests.domain.test_doubts import fill_the_fund
from tests.domain.test_payouts_held import posts_wage
from tests.paper import PaperLedger

GUARANTEE = guarantee_id(FUND, INVOICE)


def undo(ledger: PaperLedger, bank_line_id: UUID = LATER_RECEIPT, **says: Any) -> list[Any]:
    """Take the last recovery by that receipt back."""
    asked: dict[str, Any] = {"bank_line_id": bank_line_id, "invoice_id": INVOICE, "reason": "another estate"}
    return ledger.perform(undo_recovery, on=BALANCE_SHEET_DAY, **asked | says)


def standing(ledger: PaperLedger) -> dict[str, Any]:
    """What every account, the claim, the invoice, the activity, the fund and the receipt stand at."""
    claim, billed = ledger.get(DoubtfulClaim, doubt_id(INVOICE)), ledger.get(Invoice, INVOICE)
    activity, fund = ledger.get(Activity, ACTIVITY), ledger.get(MutualFund, FUND)
    return {
        "accounts": {each: cents for each, cents in balances(ledger.facts).items() if cents},
        "claim": (claim.doubtful_c, claim.bare_c, claim.lost_c, claim.reclaimed_vat_c, claim.adjusted_c),
        "recoveries": claim.recoveries,
        "invoice": billed.settlement,
        "activity": (activity.result_c, activity.open_net_c, activity.available_c(0)),
        "fund": (fund.collected_c, fund.cash_c),
        "left": ledger.get(BankLine, LATER_RECEIPT).left_c,
    }


def guaranteed() -> PaperLedger:
    """An invoice of which 900.00 are adjusted and bare of VAT, and for 800.00 of which a fund stood in."""
    ledger = invoiced()
    fill_the_fund(ledger)
    reserved: dict[str, Any] = {"fund_id": FUND, "invoice_id": INVOICE, "amount_c": 800_00}
    ledger.perform(reserve_guarantee, on=DAY, actor="vera", **reserved, decision_ref="committee 3")
    doubt(ledger)
    adjust(ledger, 900_00)
    reclaim(ledger)
    lose(ledger, 50_00)
    called: dict[str, Any] = {"guarantee_id": GUARANTEE, "amount_c": 800_00, "decision_ref": "committee 4"}
    ledger.perform(call_guarantee, on=BALANCE_SHEET_DAY, actor="carl", **called)
    return ledger


def test_all_that_followed_a_recovery_is_reversed_and_the_receipt_waits_again() -> None:
    ledger = guaranteed()
    before = standing(ledger)
    came = recover(ledger, 242_00)
    assert any(isinstance(each, DoubtfulClaim.ValueAdjustmentTakenBack) for each in came)
    assert any(isinstance(each, FundGuarantee.Recovered) for each in came)
    assert standing(ledger) != before
    undone = undo(ledger)
    assert standing(ledger) == before
    assert ledger.get(FundGuarantee, GUARANTEE).outstanding_c == 800_00
    mirrored = {each: -cents for each, cents in balances(came).items() if cents}
    assert {each: cents for each, cents in balances(undone).items() if cents} == mirrored


def test_the_reversal_names_the_recovery_and_what_followed_names_it_too() -> None:
    ledger = guaranteed()
    first, second = recover(ledger, 121_00), recover(ledger, 242_00)
    numbers = [
        {each.recovery_no for each in facts if getattr(each, "recovery_no", None)}
        for facts in (first, second)
    ]
    assert numbers == [{1}, {2}]
    for no, amount_c in ((2, -242_00), (1, -121_00)):
        (reversed_,) = (each for each in undo(ledger) if isinstance(each, DoubtfulClaim.RecoveryReversed))
        assert (reversed_.recovery_no, reversed_.amount_c) == (no, amount_c)
    third = recover(ledger, 121_00)
    (received,) = (each for each in third if isinstance(each, DoubtfulClaim.RecoveryReceived))
    assert received.recovery_no == 3


def test_the_vat_that_was_due_again_is_regularised_in_our_favour() -> None:
    ledger = guaranteed()
    (came,) = (each for each in recover(ledger, 121_00) if isinstance(each, DoubtfulClaim.RecoveryReceived))
    (gone,) = (each for each in undo(ledger) if isinstance(each, DoubtfulClaim.RecoveryReversed))
    assert (grids_of(came), grids_of(gone)) == ({"61": 21_00}, {"62": 21_00})


def test_what_a_receipt_never_brought_or_that_was_taken_back_is_refused() -> None:
    ledger = guaranteed()
    with pytest.raises(NoRecovery):
        undo(ledger)
    with pytest.raises(UnknownRecord):
        undo(ledger, UUID(int=9))
    recover(ledger, 121_00)
    with pytest.raises(EmptyText):
        undo(ledger, reason=" ")
    undo(ledger)
    with pytest.raises(NoRecovery):
        undo(ledger)
    with pytest.raises(NothingDoubtful):
        undo(invoiced())


def test_what_was_right_of_a_receipt_is_received_anew_as_if_nothing_had_been_wrong() -> None:
    """A part alone is never undone: what follows from a recovery is reckoned on all that came before."""
    wrong, right = guaranteed(), guaranteed()
    recover(wrong, 242_00)
    undo(wrong)
    for ledger in (wrong, right):
        recover(ledger, 100_01)
    stand, should = standing(wrong), standing(right)
    assert tuple(stand.pop("recoveries").values()) == tuple(should.pop("recoveries").values())
    assert stand == should


def test_a_contribution_on_what_is_collected_and_the_funds_part_are_taken_back() -> None:
    ledger = contributions.ruled(base=ContributionBase.COLLECTED_NET, fund_shares=[FundShare(FUND, 100)])
    ledger.perform(issue_invoice, on=DAY, **invoice(INVOICE, on=DAY))
    pay(ledger, 605_00, contributions.RECEIPT)
    doubt(ledger)
    reclaim(ledger)
    lose(ledger)
    before = (ledger.get(MutualFund, FUND).collected_c, ledger.get(Activity, ACTIVITY).collected_c)
    came = recover(ledger, 121_00, contributions.RECEIPT)
    assert contributions.left(came) == [10_00]
    undone = undo(ledger, contributions.RECEIPT)
    assert contributions.left(undone) == [-10_00]
    assert (ledger.get(MutualFund, FUND).collected_c, ledger.get(Activity, ACTIVITY).collected_c) == before


def test_what_an_undone_recovery_leaves_is_weighed_with_the_contribution_given_back() -> None:
    """A recovery of 100.00 that left 10.00 is undone where 5.00 are left: enough, though not at each step."""
    ledger = contributions.ruled(base=ContributionBase.COLLECTED_NET)
    for id_ in (INVOICE, contributions.OTHER):
        ledger.perform(issue_invoice, on=DAY, **invoice(id_, on=DAY))
    pay(ledger, 1_210_00, contributions.RECEIPT, contributions.OTHER)
    doubt(ledger)
    reclaim(ledger)
    lose(ledger)
    posts_wage(ledger, 895_00)
    recover(ledger, 121_00, contributions.RECEIPT)
    undo(ledger, contributions.RECEIPT)
    activity = ledger.get(Activity, ACTIVITY)
    assert (activity.available_c(0), activity.payouts_held) == (5_00, False)


@settings(max_examples=60, deadline=None)
@given(
    st.integers(100, 400_000),
    st.lists(STEPS, max_size=6),
    st.lists(st.fractions(Fraction(1, 50), 1), min_size=1, max_size=3),
)
def test_whatever_was_before_recoveries_undone_leave_it_as_it_was(
    net_c: int, steps: list[tuple[str, Fraction]], parts: list[Fraction]
) -> None:
    ledger, paper = founded(net_c).copy(), Paper(net_c)
    for n, step in enumerate([("doubt", Fraction(1, 2)), *steps, ("lose", Fraction(1, 2))]):
        lived(ledger, paper, step, n)
    before, brought = standing(ledger), 0
    for part in parts:
        written_off_c = ledger.get(DoubtfulClaim, doubt_id(INVOICE)).written_off_c
        amount_c = -(-written_off_c * part.numerator // part.denominator)
        if amount_c:
            recover(ledger, amount_c)
            brought += 1
    for _ in range(brought):
        undo(ledger)
    assert standing(ledger) == before
