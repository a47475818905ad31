"""Whatever small old books are taken over, the trial balance after it is the old one and every stream has its own."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.aggregates.activity import Activity
from domain.aggregates.invoice import Invoice
from domain.aggregates.mutual_fund import MutualFund
from domain.aggregates.share_account import ShareAccount
from domain.errors import CutoverRefusal
from domain.funding import LedgerPolicy
from domain.ledger.activities import activity_id
from domain.ledger.cutover import take_over
from domain.ledger.funds import fund_id
from domain.ledger.members import membership_id
from domain.ledger.old_codes import old_id
from domain.ledger.reconciling import RESERVES, RESULTS, fund_parts
from domain.ledger.shares import share_account_id
from domain.money import share
from domain.old_books import OldBalance, OldBankAccount, OldBooks, OldInvoice, OldPurchase, OldShares
from tests.cooperative import ENTITY, found_entity
from tests.domain.spending import balances
from tests.old_books import BOOKS, FIRST_DAY, FUND, OLD_ACCOUNT, OLD_SHA256, holder, row, trial_balance
from tests.paper import PaperLedger

CENTS = st.integers(1, 50_000_00)
SIGNED = st.integers(-50_000_00, 50_000_00)
RATES = st.sampled_from([0, 600, 1_200, 2_100])


@st.composite
def invoices(draw: st.DrawFn) -> tuple[OldInvoice, ...]:
    """A few open invoices, each at one to three rates, some rows a cent beside theirs."""
    made = []
    for number in range(draw(st.integers(0, 4))):
        rows = []
        for rate_bp in sorted(draw(st.sets(RATES, min_size=1, max_size=3))):
            base_c = draw(CENTS)
            beside_c = draw(st.sampled_from([0, 0, -1, 1])) if rate_bp and base_c > 1_000 else 0
            rows.append(row(base_c, share(base_c, rate_bp) + beside_c, rate_bp))
        issued_on = FIRST_DAY - timedelta(days=draw(st.integers(1, 300)))
        open_c = sum(each.base_c + each.vat_c for each in rows)
        doubtful_c = draw(st.sampled_from([0, 0, open_c // 3, open_c]))
        made.append(
            OldInvoice(
                invoice_no=f"old {number}",
                client="D100",
                activity=draw(st.sampled_from(["A1", "A2"])),
                issued_on=issued_on,
                due_on=issued_on + timedelta(days=30),
                reference="",
                open_c=open_c,
                vat=tuple(rows),
                contribution_bp=draw(st.integers(0, 2_000)),
                fund_bp=draw(st.sampled_from([{}, {"SOLIDARITY": 137}])),
                doubtful_c=doubtful_c,
                adjusted_c=draw(st.integers(0, doubtful_c // 2)),
            )
        )
    return tuple(made)


@st.composite
def registers(draw: st.DrawFn) -> tuple[OldShares, ...]:
    """A few lines of a register, with gaps where shares are no more."""
    lines, next_no = [], 1
    for number in range(draw(st.integers(0, 3))):
        from_no = next_no + draw(st.integers(0, 2))
        next_no = from_no + draw(st.integers(1, 4))
        who = draw(st.sampled_from(["M1", "M4"]))
        lines.append(OldShares(who, "A", number + 1, from_no, next_no - 1, draw(CENTS)))
    return tuple(lines)


@st.composite
def old_books(draw: st.DrawFn) -> OldBooks:
    """Old books that agree: what they have more of than they owe lies in account 140, or the other way round."""
    policy = draw(st.sampled_from(list(LedgerPolicy)))
    claims, lines = draw(invoices()), draw(registers())
    owed = tuple(
        OldPurchase(f"bill {n}", "K7", date(2026, 1, 1), date(2026, 2, 1), draw(CENTS))
        for n in range(draw(st.integers(0, 2)))
    )
    collected_c = draw(st.integers(0, 10_000_00))
    accrued_c = collected_c + sum(fund_parts(each).get("SOLIDARITY", 0) for each in claims)
    activities = tuple(replace(each, result_c=draw(SIGNED)) for each in BOOKS.activities)
    bank_c = draw(SIGNED)
    held = {LedgerPolicy.LIABILITY: "4895", LedgerPolicy.PROVISION: "164"}.get(policy)
    stands = [
        OldBalance("400", sum(each.open_c - each.doubtful_c for each in claims)),
        OldBalance("407", sum(each.doubtful_c for each in claims)),
        OldBalance("409", -sum(each.adjusted_c for each in claims)),
        OldBalance("440", -sum(each.open_c for each in owed)),
        OldBalance("550", bank_c),
        OldBalance("1109", -sum(each.amount_c for each in lines)),
        OldBalance("612", draw(SIGNED), draw(st.sampled_from([None, "A1"]))),
        OldBalance("7001", draw(SIGNED), draw(st.sampled_from([None, "A2"]))),
        OldBalance("451", draw(SIGNED)),
        *([OldBalance(held, -accrued_c)] if held else []),
    ]
    stands.append(OldBalance("140", -sum(each.balance_c for each in stands)))
    results_c = -sum(each.balance_c for each in stands if each.account.startswith((*RESULTS, *RESERVES)))
    unseen_c = accrued_c if policy is LedgerPolicy.ANALYTIC_ONLY else 0
    return replace(
        BOOKS,
        balances=tuple(stands),
        cooperative_c=results_c - unseen_c - sum(each.result_c for each in activities),
        activities=activities,
        funds=(replace(FUND, ledger_policy=policy, accrued_c=accrued_c, collected_c=collected_c),),
        invoices=claims,
        purchases=owed,
        shares=lines,
        bank_accounts=(OldBankAccount(OLD_ACCOUNT, bank_c),),
        last_register_no=9,
    )


def cut_over(old: OldBooks) -> PaperLedger:
    ledger = PaperLedger()
    found_entity(ledger.perform)
    ledger.perform(take_over, entity_id=ENTITY, old=old, source_sha256=OLD_SHA256)
    return ledger


def some(sums: dict[str, int]) -> dict[str, int]:
    """The accounts that stand at something."""
    return {account: cents for account, cents in sums.items() if cents}


@settings(max_examples=60, deadline=None)
@given(old_books())
def test_the_trial_balance_after_a_cutover_is_the_old_one(old: OldBooks) -> None:
    ledger = cut_over(old)
    assert some(balances(ledger.facts)) == some(trial_balance(old.balances))
    for each in old.activities:
        activity = ledger.get(Activity, activity_id(ENTITY, each.code))
        mine = [claim for claim in old.invoices if claim.activity == each.code]
        open_net_c = sum(claim.net_c - claim.adjusted_c for claim in mine)
        assert activity.available_c(0) == each.result_c - open_net_c
        assert activity.payouts_held is (activity.available_c(0) < 0)
    for claim in old.invoices:
        assert ledger.get(Invoice, old_id("invoice", ENTITY, claim.invoice_no)).open_c == claim.open_c
    assert ledger.get(MutualFund, fund_id(ENTITY, "SOLIDARITY")).cash_c == old.funds[0].collected_c
    for code in {line.member for line in old.shares}:
        account = ledger.get(ShareAccount, share_account_id(membership_id(ENTITY, holder(code)), "A"))
        assert account.held_qty == sum(line.qty for line in old.shares if line.member == code)


@settings(max_examples=40, deadline=None)
@given(old_books(), st.data())
def test_old_books_with_one_cent_elsewhere_are_refused(old: OldBooks, data: Any) -> None:
    """Whichever balance is off by a cent, also if another one makes up for it."""
    place = data.draw(st.integers(0, len(old.balances) - 1))
    altered = list(old.balances)
    altered[place] = replace(altered[place], balance_c=altered[place].balance_c + 1)
    made_up = data.draw(st.booleans())
    if made_up:
        altered.append(OldBalance("240", -1))
    wrong = replace(old, balances=tuple(altered))
    if made_up and altered[place].account == "451":
        cut_over(wrong)
        return
    with pytest.raises(CutoverRefusal):
        cut_over(wrong)
