"""What streams are told of old books on the day of a cutover; each aggregate names its own of these facts.

Whatever was issued, charged or allotted before is told as it stands and is never booked again: what is
open, held or owed comes from account 4998, which the whole batch leaves at nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any
from uuid import UUID

from domain.facts import Ledgered
from domain.funding import LedgerPolicy
from domain.parcels import Parcel
from domain.personal import Personal, Retention
from domain.settlement import FundPart
from domain.vat import VatRow

OF_OLD_BOOKS = 0
"""The version of the contribution plan that no plan has: the rates stand on the invoice itself."""


@dataclass(frozen=True)
class FundRate:
    """What the old books charged an invoice for a mutual fund, in basis points of its net amount."""

    fund_id: UUID
    rate_bp: int


class ActivityBrought(Ledgered.Event):
    """The result of an activity, and what clients still owe of it net of VAT, in cents.

    `earlier_c` is what of the result the classes 6 and 7 that were taken over do not hold.
    """

    booked_on: date
    cutover_id: UUID
    earlier_c: int
    result_c: int
    open_net_c: int

    def apply(self, activity: Any) -> None:
        """Go on from there."""
        activity.result_c += self.result_c
        activity.open_net_c += self.open_net_c


class FundBrought(Ledgered.Event):
    """What a fund held, in cents: contributions that clients had paid, less what it had given."""

    booked_on: date
    ledger_policy: LedgerPolicy
    cutover_id: UUID
    amount_c: int

    def apply(self, fund: Any) -> None:
        """Count the amount as fund cash."""
        fund.collected_c += self.amount_c


class FundPartBrought(Ledgered.Event):
    """What an open invoice of an activity was charged for a fund, in cents."""

    booked_on: date
    ledger_policy: LedgerPolicy
    activity_id: UUID
    document_id: UUID
    amount_c: int


class InvoiceBrought(Ledgered.Event):
    """What is open of an invoice, in cents, and the rates at which it was charged contributions.

    The fund parts follow from those rates; what was paid before is told nowhere.
    """

    booked_on: date
    invoice_no: str
    issued_on: date
    due_on: date
    reference: str
    vat: tuple[VatRow, ...]
    net_c: int
    vat_c: int
    gross_c: int
    plan_version: int
    contribution_bp: int
    fund_rates: tuple[FundRate, ...]
    fund_parts: tuple[FundPart, ...]
    buyer_name: Annotated[str, Personal(Retention.ACCOUNTING, "client_id")]

    def apply(self, invoice: Any) -> None:
        """Remember its rates: no plan of this ledger knows them."""
        invoice.rates_of_old_books = (self.contribution_bp, self.fund_rates)


class PurchaseBrought(Ledgered.Event):
    """What is owed of a supplier's bill, in cents; `document_sha256` names the file of the old books."""

    booked_on: date
    purchase_no: Annotated[str, Personal(Retention.ACCOUNTING, "supplier_id")]
    issued_on: date
    due_on: date
    due_c: int
    document_sha256: str

    def apply(self, purchase: Any) -> None:
        """Owe it: it was approved in the old books."""
        purchase.take_over(self.due_c)


class SharesBrought(Ledgered.Event):
    """Shares of one entry of the old register, and what was contributed for them, in cents.

    `unavailable` says in which account it stands.
    """

    booked_on: date
    register_no: int
    qty: int
    parcels: tuple[Parcel, ...]
    amount_c: int
    unavailable: bool

    def apply(self, account: Any) -> None:
        """Hold them."""
        account.held += self.parcels
