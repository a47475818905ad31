"""Old books of a small cooperative of our own making, reconciled to the cent; tests alter them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from uuid import UUID

from domain.aggregates.client import ClientKind
from domain.aggregates.mutual_fund import FundKind
from domain.funding import LedgerPolicy
from domain.ledger.bank import account_id_of
from domain.ledger.old_codes import old_id
from domain.old_books import (
    OldActivity,
    OldBalance,
    OldBankAccount,
    OldBooks,
    OldClient,
    OldFund,
    OldInvoice,
    OldMember,
    OldPurchase,
    OldSeries,
    OldShareClass,
    OldShares,
    OldSupplier,
)
from domain.payouts import PayoutRegime
from domain.vat import VatCategory, VatRow
from tests.cooperative import ENTITY

OLD_ACCOUNT = "BE68539007547034"
OLD_ACCOUNT_ID = account_id_of(OLD_ACCOUNT)
FIRST_DAY = date(2026, 3, 1)
OLD_SHA256 = "c0" * 32
OLD_CLIENT = old_id("client", ENTITY, "D100")
OLD_INVOICE, PART_PAID = old_id("invoice", ENTITY, "2026/117"), old_id("invoice", ENTITY, "2026/98")


def row(base_c: int, vat_c: int, rate_bp: int = 2_100) -> VatRow:
    """What is open at a rate."""
    return VatRow(VatCategory.STANDARD if rate_bp else VatCategory.EXEMPT, rate_bp, "", base_c, vat_c)


def member(code: str, number: int) -> OldMember:
    """A member who joined years ago."""
    joined = date(2019, 5, number)
    name = f"Member {code}"
    return OldMember(code, number, joined, "entrepreneur", name, "Rue Haute 1", "", "board 2019")


MEMBERS = (member("M1", 1), member("M4", 4))
SHARES = (
    OldShares("M1", "A", 1, 1, 10, 250_00),
    OldShares("M4", "A", 3, 13, 16, 250_00),
)
FUND = OldFund(
    "SOLIDARITY", FundKind.SOLIDARITY, LedgerPolicy.LIABILITY, 500_00, None, "regulation 2019", 814_13, 800_00
)
INVOICES = (
    OldInvoice(
        "2026/117",
        "D100",
        "A1",
        date(2026, 2, 20),
        date(2026, 3, 22),
        "090933755493",
        1_210_00,
        (row(1_000_00, 210_00),),
        1_000,
        {"SOLIDARITY": 100},
    ),
    OldInvoice(
        "2026/98",
        "D100",
        "A2",
        date(2026, 1, 12),
        date(2026, 2, 11),
        "",
        500_00,
        (row(413_22, 86_78),),
        1_000,
        {"SOLIDARITY": 100},
    ),
)
BOOKS = OldBooks(
    day=FIRST_DAY,
    balances=(
        OldBalance("1109", -3_500_00),
        OldBalance("140", -15_695_87),
        OldBalance("240", 1_500_00),
        OldBalance("400", 1_710_00),
        OldBalance("440", -300_00),
        OldBalance("451", -1_000_00),
        OldBalance("4895", -814_13),
        OldBalance("550", 20_000_00),
        OldBalance("612", 400_00, "A1"),
        OldBalance("613", 700_00),
        OldBalance("7001", -3_000_00, "A1"),
    ),
    cooperative_c=11_645_87,
    members=MEMBERS,
    last_member_no=7,
    share_classes=(OldShareClass("A", unavailable=False, statutes_ref="statutes art. 6", last_no=20),),
    shares=SHARES,
    last_register_no=5,
    activities=(
        OldActivity("A1", ("M1",), PayoutRegime.EMPLOYEE, 6_000_00),
        OldActivity("A2", ("M1", "M4"), PayoutRegime.EMPLOYEE, -50_00),
    ),
    funds=(FUND,),
    clients=(OldClient("D100", ClientKind.BUSINESS, "Client and Sons", "Rue Basse 2", "BE0987654394", ""),),
    suppliers=(OldSupplier("K7", "Timber Trade", "Rue du Bois 3", "BE0123456749"),),
    invoices=INVOICES,
    purchases=(OldPurchase("TT/8", "K7", date(2026, 2, 2), date(2026, 3, 4), 300_00),),
    bank_accounts=(OldBankAccount(OLD_ACCOUNT, 20_000_00),),
    series=(OldSeries("F", 2026, 117, date(2026, 2, 20)), OldSeries("C", 2026, 9, date(2026, 1, 30))),
)


def with_balance(old: OldBooks, account: str, balance_c: int) -> OldBooks:
    """The books with another balance of an account, whatever that makes of them."""
    others = tuple(each for each in old.balances if each.account != account)
    return replace(old, balances=(*others, OldBalance(account, balance_c)))


def trial_balance(balances: Iterable[OldBalance]) -> Counter[str]:
    """The old trial balance by account, debits less credits, in cents."""
    sums: Counter[str] = Counter()
    for each in balances:
        sums[each.account] += each.balance_c
    return sums


def holder(code: str) -> UUID:
    """The person an old member's code means."""
    return old_id("person", ENTITY, code)


def with_policy(old: OldBooks, policy: LedgerPolicy) -> OldBooks:
    """The books with the fund shown another way: as a provision, or not at all in the legal books."""
    (fund,) = old.funds
    account = {LedgerPolicy.LIABILITY: "4895", LedgerPolicy.PROVISION: "164"}.get(policy, "140")
    balances = tuple(each for each in old.balances if each.account != "4895")
    if account == "140":
        balances = tuple(
            replace(each, balance_c=each.balance_c - fund.accrued_c) if each.account == account else each
            for each in balances
        )
    else:
        balances = (*balances, OldBalance(account, -fund.accrued_c))
    return replace(old, balances=balances, funds=(replace(fund, ledger_policy=policy),))


def with_doubt(old: OldBooks) -> OldBooks:
    """The books whose second invoice may not come, and was charged 100.00 for in an earlier year."""
    first, second = old.invoices
    doubted = replace(second, doubtful_c=500_00, adjusted_c=100_00)
    more = {"400": -500_00, "140": 100_00}
    balances = (
        *(replace(each, balance_c=each.balance_c + more.get(each.account, 0)) for each in old.balances),
        OldBalance("407", 500_00),
        OldBalance("409", -100_00),
    )
    return replace(
        old, balances=balances, invoices=(first, doubted), cooperative_c=old.cooperative_c - 100_00
    )
