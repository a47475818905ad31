"""Samples of the facts of a cutover."""

from __future__ import annotations

from datetime import date
from typing import Any

from domain.aggregates.activity import Activity
from domain.aggregates.cutover import BroughtLine, Cutover, TakenOverCounts
from domain.aggregates.invoice import Invoice
from domain.aggregates.member_register import MemberRegister
from domain.aggregates.mutual_fund import MutualFund
from domain.aggregates.number_series import NumberSeries
from domain.aggregates.purchase_invoice import PurchaseInvoice
from domain.aggregates.share_account import ShareAccount
from domain.aggregates.share_register import ShareRegister
from domain.brought import FundRate
from domain.facts import Ledgered
from domain.funding import LedgerPolicy
from domain.parcels import Parcel
from domain.settlement import FundPart
from domain.vat import VatCategory, VatRow
from tests.facts.names import ACTIVITY, CLIENT, DAY, DOCUMENT, ENTITY, FUND, SHA256

OF_ENTITY = {"entity_id": ENTITY}
COUNTS = TakenOverCounts(
    balances=11,
    members=2,
    share_lines=2,
    activities=2,
    funds=1,
    clients=1,
    suppliers=1,
    invoices=2,
    purchases=1,
    bank_accounts=1,
    series=2,
)

OF_CUTOVER: tuple[tuple[type[Ledgered], type[Any], dict[str, Any]], ...] = (
    (Cutover, Cutover.Begun, {**OF_ENTITY, "day": DAY, "source_sha256": SHA256}),
    (
        Cutover,
        Cutover.BalancesTakenOver,
        {
            **OF_ENTITY,
            "booked_on": DAY,
            "page": 1,
            "lines": (BroughtLine("240", 1_500_00, None), BroughtLine("7001", -3_000_00, ACTIVITY)),
        },
    ),
    (
        Cutover,
        Cutover.Recorded,
        {
            **OF_ENTITY,
            "day": DAY,
            "source_sha256": SHA256,
            "pages": 1,
            "debit_c": 24_310_00,
            "credit_c": 24_310_00,
            "counts": COUNTS,
        },
    ),
    (
        Activity,
        Activity.TakenOver,
        {
            **OF_ENTITY,
            "booked_on": DAY,
            "cutover_id": DOCUMENT,
            "earlier_c": 3_400_00,
            "result_c": 6_000_00,
            "open_net_c": 1_000_00,
        },
    ),
    (
        MutualFund,
        MutualFund.TakenOver,
        {
            **OF_ENTITY,
            "booked_on": DAY,
            "ledger_policy": LedgerPolicy.LIABILITY,
            "cutover_id": DOCUMENT,
            "amount_c": 800_00,
        },
    ),
    (
        MutualFund,
        MutualFund.ContributionTakenOver,
        {
            **OF_ENTITY,
            "booked_on": DAY,
            "ledger_policy": LedgerPolicy.LIABILITY,
            "activity_id": ACTIVITY,
            "document_id": DOCUMENT,
            "amount_c": 10_00,
        },
    ),
    (
        Invoice,
        Invoice.TakenOver,
        {
            **OF_ENTITY,
            "activity_id": ACTIVITY,
            "client_id": CLIENT,
            "booked_on": DAY,
            "invoice_no": "2025/117",
            "issued_on": date(2025, 12, 20),
            "due_on": date(2026, 1, 19),
            "reference": "090933755493",
            "vat": (VatRow(VatCategory.STANDARD, 2_100, "", 1_000_00, 210_00),),
            "net_c": 1_000_00,
            "vat_c": 210_00,
            "gross_c": 1_210_00,
            "plan_version": 0,
            "contribution_bp": 1_000,
            "fund_rates": (FundRate(FUND, 100),),
            "fund_parts": (FundPart(FUND, 10_00),),
            "buyer_name": "Client and Sons",
        },
    ),
    (
        PurchaseInvoice,
        PurchaseInvoice.TakenOver,
        {
            **OF_ENTITY,
            "supplier_id": CLIENT,
            "booked_on": DAY,
            "purchase_no": "TT/8",
            "issued_on": date(2025, 12, 20),
            "due_on": date(2026, 1, 19),
            "due_c": 300_00,
            "document_sha256": SHA256,
        },
    ),
    (
        ShareAccount,
        ShareAccount.TakenOver,
        {
            **OF_ENTITY,
            "booked_on": DAY,
            "register_no": 3,
            "qty": 4,
            "parcels": (Parcel(13, 16, 250_00),),
            "amount_c": 1_000_00,
            "unavailable": False,
        },
    ),
    (ShareRegister, ShareRegister.NumbersTakenOver, {**OF_ENTITY, "last_seq": 20}),
    (MemberRegister, MemberRegister.NumbersTakenOver, {**OF_ENTITY, "last_no": 7}),
    (NumberSeries, NumberSeries.TakenOver, {"number": 117, "on": date(2025, 12, 20)}),
)
