"""The old books of the third entity, as an accountant would have written them down for the cutover."""

from __future__ import annotations

from datetime import date

from domain.aggregates.mutual_fund import FundKind
from domain.funding import LedgerPolicy
from domain.money import share
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
    OldShareClass,
    OldShares,
    OldSupplier,
)
from domain.payouts import PayoutRegime
from domain.references import reference_of
from domain.vat import VatCategory, VatRow
from workers.demo.people import FICTIONAL
from workers.demo.relay.cast import (
    ACCOUNT,
    ACTIVITIES,
    AVAILABLE_C,
    BANK_C,
    CLIENTS,
    GUARANTEE,
    LANE,
    NAMES,
    SHARE_PRICE_C,
    SHARES,
    SHARES_EACH,
    SUPPLIERS,
    activity_code,
    address,
    client_code,
    member_code,
    supplier_code,
)
from workers.demo.relay.year import FIRST_DAY

LAST_YEAR = FIRST_DAY.year - 1
FUND_BP, CONTRIBUTION_BP = 100, 1_000
SOLIDARITY_C, GUARANTEE_C = 20_000_00, 10_000_00
"""What clients had paid into each fund."""
FURNITURE_C = 3_600_00


def _invoice(
    number: int, activity: int, client: int, net_c: int, issued_on: date, due_on: date
) -> OldInvoice:
    vat_c = share(net_c, 2_100)
    return OldInvoice(
        f"{LAST_YEAR}/{number}",
        client_code(client),
        activity_code(activity),
        issued_on,
        due_on,
        reference_of(f"{number:010}"),
        net_c + vat_c,
        (VatRow(VatCategory.STANDARD, 2_100, "", net_c, vat_c),),
        CONTRIBUTION_BP,
        {"SOLIDARITY": FUND_BP},
    )


IN_TIME = _invoice(212, 0, 5, 1_200_00, date(LAST_YEAR, 12, 9), date(FIRST_DAY.year, 1, 8))
LATE = _invoice(198, 9, 2, 850_00, date(LAST_YEAR, 11, 4), date(LAST_YEAR, 12, 4))
BILL = OldPurchase("IC-77", supplier_code(0), date(LAST_YEAR, 12, 12), date(FIRST_DAY.year, 1, 11), 484_00)


def old_books() -> OldBooks:
    """Return what is handed over when the year begins: all of the old result stands in reserves."""
    open_invoices = (IN_TIME, LATE)
    owed_to_fund_c = sum(share(each.net_c, FUND_BP) for each in open_invoices)
    solidarity_c = SOLIDARITY_C + owed_to_fund_c
    owed_c = sum(each.open_c for each in open_invoices)
    shares_c = len(NAMES) * SHARES_EACH * SHARE_PRICE_C
    funds_c = solidarity_c + GUARANTEE_C
    reserves_c = BANK_C + FURNITURE_C + owed_c - shares_c - funds_c - BILL.open_c
    unpaid_c = {each.activity: each.net_c for each in open_invoices}
    results = {code: AVAILABLE_C + unpaid_c.get(code, 0) for code in map(activity_code, range(ACTIVITIES))}
    return OldBooks(
        day=FIRST_DAY,
        balances=(
            OldBalance("1109", -shares_c),
            OldBalance("140", -reserves_c),
            OldBalance("240", FURNITURE_C),
            OldBalance("400", owed_c),
            OldBalance("440", -BILL.open_c),
            OldBalance("4895", -funds_c),
            OldBalance("550", BANK_C),
        ),
        cooperative_c=reserves_c - sum(results.values()),
        members=_members(),
        last_member_no=len(NAMES) + 2,
        share_classes=(
            OldShareClass(
                SHARES, unavailable=False, statutes_ref="articles of association, art. 6", last_no=72
            ),
        ),
        shares=_shares(),
        last_register_no=len(NAMES) + 2,
        activities=tuple(
            OldActivity(code, (member_code(n),), PayoutRegime.EMPLOYEE, results[code])
            for n, code in enumerate(results)
        ),
        funds=(
            _fund("SOLIDARITY", FundKind.SOLIDARITY, solidarity_c, SOLIDARITY_C),
            _fund(GUARANTEE, FundKind.GUARANTEE, GUARANTEE_C, GUARANTEE_C),
        ),
        clients=_clients(),
        suppliers=tuple(
            OldSupplier(supplier_code(n), f"{name} {FICTIONAL}", f"{LANE} {n + 40}, 5000 Namur", "")
            for n, name in enumerate(SUPPLIERS)
        ),
        invoices=open_invoices,
        purchases=(BILL,),
        bank_accounts=(OldBankAccount(ACCOUNT, BANK_C),),
        series=(),
    )


def _fund(code: str, kind: FundKind, accrued_c: int, collected_c: int) -> OldFund:
    return OldFund(
        code, kind, LedgerPolicy.LIABILITY, 0, None, f"regulation of 2021 ({code})", accrued_c, collected_c
    )


def _members() -> tuple[OldMember, ...]:
    return tuple(
        OldMember(
            member_code(n),
            n + 1,
            date(2021, 5, n + 1),
            "entrepreneur",
            f"{name} {FICTIONAL}",
            address(n),
            f"member{n + 1}@example.org",
            "board 2021 (fictional)",
        )
        for n, name in enumerate(NAMES)
    )


def _shares() -> tuple[OldShares, ...]:
    """Return one line of the old register for each member, numbered in their order."""
    return tuple(
        OldShares(member_code(n), SHARES, n + 1, n * SHARES_EACH + 1, (n + 1) * SHARES_EACH, SHARE_PRICE_C)
        for n in range(len(NAMES))
    )


def _clients() -> tuple[OldClient, ...]:
    return tuple(
        OldClient(client_code(n), kind, f"{name} {FICTIONAL}", address(n), "", f"client{n + 1}@example.org")
        for n, (name, kind) in enumerate(CLIENTS)
    )
