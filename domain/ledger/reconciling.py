"""Reconciling old books: each figure that is given twice, to the cent, before anything is recorded."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from domain.bookkeeping import chart
from domain.errors import (
    NotALeafAccount,
    OldAccountWithoutItems,
    OldBooksDoNotBalance,
    OldFundDiffers,
    OldItemsDiffer,
    OldResultsDiffer,
    Refusal,
)
from domain.funding import LedgerPolicy
from domain.money import share
from domain.old_books import OldBooks, OldInvoice

RESULTS = ("6", "7")
RESERVES = ("13", "14")
_BROUGHT_WHOLE = frozenset({chart.PROFIT_CARRIED, chart.LOSS_CARRIED})
"""Accounts that facts of their own keep from now on, and that have no items."""


class Reconciled(StrEnum):
    """What is given twice."""

    TRIAL_BALANCE = "trial-balance"
    INVOICES = "invoices"
    PURCHASES = "purchases"
    BANK = "bank"
    SHARES = "shares"
    FUNDS = "funds"
    FUND = "fund"
    NO_ITEMS = "no-items"
    RESULTS = "results"


@dataclass(frozen=True)
class Check:
    """One figure, as the trial balance and as its items have it, in cents: a debit above zero.

    `subject` is the account, or the fund, it is about. The trial balance has its debits and its credits.
    """

    what: Reconciled
    subject: str
    books_c: int
    items_c: int

    @property
    def difference_c(self) -> int:
        """By how much the items are more than the books."""
        return self.items_c - self.books_c


_REFUSALS: dict[Reconciled, type[Refusal]] = {
    Reconciled.TRIAL_BALANCE: OldBooksDoNotBalance,
    Reconciled.FUND: OldFundDiffers,
    Reconciled.NO_ITEMS: OldAccountWithoutItems,
    Reconciled.RESULTS: OldResultsDiffer,
}


def reconcile(old: OldBooks) -> tuple[Check, ...]:
    """Return every figure that is given twice, whether or not it agrees; raises NotALeafAccount."""
    sums: Counter[str] = Counter()
    for each in old.balances:
        if not chart.is_leaf(each.account):
            raise NotALeafAccount(account=each.account)
        sums[each.account] += each.balance_c
    debit_c = sum(each.balance_c for each in old.balances if each.balance_c > 0)
    credit_c = -sum(each.balance_c for each in old.balances if each.balance_c < 0)
    items = _by_items(old)
    return (
        Check(Reconciled.TRIAL_BALANCE, "", debit_c, credit_c),
        *(Check(what, account, sums[account], items_c) for what, account, items_c in items),
        *_without_items(sums, {account for _, account, _ in items}),
        *_of_funds(old),
        _of_results(old, sums),
    )


def require_reconciled(checks: Sequence[Check]) -> None:
    """Refuse the first figure that differs, and say how many do."""
    differing = [check for check in checks if check.difference_c]
    for check in differing:
        refusal = _REFUSALS.get(check.what, OldItemsDiffer)
        raise refusal(
            what=check.what,
            about=check.subject,
            books_c=check.books_c,
            items_c=check.items_c,
            difference_c=check.difference_c,
            differences=len(differing),
        )


def fund_parts(invoice: OldInvoice) -> dict[str, int]:
    """Return what an open invoice owes each fund, by its code, in cents."""
    parts = {fund: share(invoice.net_c, rate_bp) for fund, rate_bp in invoice.fund_bp.items()}
    return {fund: amount_c for fund, amount_c in parts.items() if amount_c}


def kept_by_items(old: OldBooks) -> frozenset[str]:
    """Return the accounts whose balance is told by items, and not brought by itself."""
    return frozenset(account for _, account, _ in _by_items(old))


def _by_items(old: OldBooks) -> list[tuple[Reconciled, str, int]]:
    """Return the accounts that have items, with what these come to."""
    unavailable = {each.code for each in old.share_classes if each.unavailable}
    shares = {True: 0, False: 0}
    for line in old.shares:
        shares[line.share_class in unavailable] += line.amount_c
    accrued: Counter[LedgerPolicy] = Counter()
    for fund in old.funds:
        accrued[fund.ledger_policy] += fund.accrued_c
    items = [
        (Reconciled.INVOICES, chart.CUSTOMERS, sum(each.open_c - each.doubtful_c for each in old.invoices)),
        (Reconciled.INVOICES, chart.DOUBTFUL_DEBTORS, sum(each.doubtful_c for each in old.invoices)),
        (Reconciled.INVOICES, chart.CUSTOMERS_ADJUSTED, -sum(each.adjusted_c for each in old.invoices)),
        (Reconciled.PURCHASES, chart.SUPPLIERS, -sum(each.open_c for each in old.purchases)),
        (Reconciled.BANK, chart.BANK, sum(each.balance_c for each in old.bank_accounts)),
        (Reconciled.SHARES, chart.CONTRIBUTIONS, -shares[False]),
        (Reconciled.SHARES, chart.CONTRIBUTIONS_UNAVAILABLE, -shares[True]),
        (Reconciled.FUNDS, chart.MUTUAL_FUNDS, -accrued[LedgerPolicy.LIABILITY]),
    ]
    if LedgerPolicy.PROVISION in accrued:
        items.append(
            (Reconciled.FUNDS, chart.PROVISIONS_FOR_RISKS, -accrued[LedgerPolicy.PROVISION]),
        )
    return items


def _without_items(sums: Counter[str], itemised: set[str]) -> Iterator[Check]:
    """Find accounts that stand at something, are kept item by item here, and have none that can be taken over."""
    kept = (chart.CONTROLLED | {chart.OPENING_BALANCES}) - itemised - _BROUGHT_WHOLE
    return (
        Check(Reconciled.NO_ITEMS, account, sums[account], 0) for account in sorted(kept) if sums[account]
    )


def _of_funds(old: OldBooks) -> Iterator[Check]:
    owed: Counter[str] = Counter()
    for invoice in old.invoices:
        owed.update(fund_parts(invoice))
    return (
        Check(Reconciled.FUND, fund.code, fund.accrued_c, fund.collected_c + owed[fund.code])
        for fund in old.funds
    )


def _of_results(old: OldBooks, sums: Counter[str]) -> Check:
    """Hold all results and reserves against whose they are; a fund that the legal books do not show has a part."""
    results_c = sum(sums[each] for each in sums if each.startswith((*RESULTS, *RESERVES)))
    unseen = [each.accrued_c for each in old.funds if each.ledger_policy is LedgerPolicy.ANALYTIC_ONLY]
    shared_c = sum(each.result_c for each in old.activities) + sum(unseen) + old.cooperative_c
    return Check(Reconciled.RESULTS, "", results_c, -shared_c)
