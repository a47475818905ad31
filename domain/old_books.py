"""Old books: what an entity that kept its accounts elsewhere hands over on the day it starts here.

Everything is as it stood when the day began, in whole cents. A balance is a debit above zero and a
credit below. What stands on an account of its own item by item is given twice, in the trial balance
and by its items, so that one proves the other.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from domain.aggregates.client import ClientKind
from domain.aggregates.mutual_fund import FundKind
from domain.funding import LedgerPolicy
from domain.payouts import PayoutRegime
from domain.vat import VatRow, net_of, vat_of


@dataclass(frozen=True)
class OldBalance:
    """What an account stood at; classes 6 and 7 may name the activity that it was earned or spent by."""

    account: str
    balance_c: int
    activity: str | None = None


@dataclass(frozen=True)
class OldMember:
    """A member under the number the old register gave; `joined_on` and `decision_ref` are of the admission."""

    code: str
    member_no: int
    joined_on: date
    category: str
    name: str
    address: str
    email: str
    decision_ref: str


@dataclass(frozen=True)
class OldShareClass:
    """A class of shares; `last_no` is the last number ever given to a share of it."""

    code: str
    unavailable: bool
    statutes_ref: str
    last_no: int


@dataclass(frozen=True)
class OldShares:
    """One line of the old register: shares of a class with consecutive numbers, held by a member."""

    member: str
    share_class: str
    register_no: int
    from_no: int
    to_no: int
    price_c: int

    @property
    def qty(self) -> int:
        """How many shares these are."""
        return self.to_no - self.from_no + 1

    @property
    def amount_c(self) -> int:
        """What was contributed for them."""
        return self.qty * self.price_c


@dataclass(frozen=True)
class OldActivity:
    """An activity; `result_c` is all it earned less all it bore, what clients still owe on it included."""

    code: str
    members: tuple[str, ...]
    payout_regime: PayoutRegime
    result_c: int


@dataclass(frozen=True)
class OldFund:
    """A mutual fund; of `accrued_c`, which is less what it gave, `collected_c` was paid by clients."""

    code: str
    kind: FundKind
    ledger_policy: LedgerPolicy
    floor_c: int
    cap_c: int | None
    regulation_ref: str
    accrued_c: int
    collected_c: int


@dataclass(frozen=True)
class OldClient:
    """A client, by a code of the old books."""

    code: str
    kind: ClientKind
    name: str
    address: str
    vat_no: str
    email: str


@dataclass(frozen=True)
class OldSupplier:
    """A supplier, by a code of the old books."""

    code: str
    name: str
    address: str
    vat_no: str


@dataclass(frozen=True)
class OldInvoice:
    """What is open of an invoice, by VAT category and rate, and at which rates it was charged contributions.

    `reference` is the structured reference it was sent with (12 digits), or empty. Of what is open
    `doubtful_c` may not come, VAT included; of that `adjusted_c`, net of VAT, was charged as a loss to expect.
    """

    invoice_no: str
    client: str
    activity: str
    issued_on: date
    due_on: date
    reference: str
    open_c: int
    vat: tuple[VatRow, ...]
    contribution_bp: int
    fund_bp: Mapping[str, int] = field(default_factory=dict)
    doubtful_c: int = 0
    adjusted_c: int = 0

    @property
    def net_c(self) -> int:
        """What is open net of VAT."""
        return net_of(self.vat)

    @property
    def reckoned_c(self) -> int:
        """What the VAT rows come to."""
        return net_of(self.vat) + vat_of(self.vat)


@dataclass(frozen=True)
class OldPurchase:
    """What is still owed of a supplier's bill."""

    purchase_no: str
    supplier: str
    issued_on: date
    due_on: date
    open_c: int


@dataclass(frozen=True)
class OldBankAccount:
    """A bank account by its IBAN, and what it held."""

    account: str
    balance_c: int


@dataclass(frozen=True)
class OldSeries:
    """A series of numbers that goes on: its last number, and the day of the document that bears it."""

    series: str
    year: int
    last_no: int
    last_on: date


@dataclass(frozen=True)
class OldBooks:
    """All that is taken over when `day`, the first day of the books here, begins.

    `cooperative_c` is what of all results so far is no activity's and no fund's.
    """

    day: date
    balances: tuple[OldBalance, ...]
    cooperative_c: int = 0
    members: tuple[OldMember, ...] = ()
    last_member_no: int = 0
    share_classes: tuple[OldShareClass, ...] = ()
    shares: tuple[OldShares, ...] = ()
    last_register_no: int = 0
    activities: tuple[OldActivity, ...] = ()
    funds: tuple[OldFund, ...] = ()
    clients: tuple[OldClient, ...] = ()
    suppliers: tuple[OldSupplier, ...] = ()
    invoices: tuple[OldInvoice, ...] = ()
    purchases: tuple[OldPurchase, ...] = ()
    bank_accounts: tuple[OldBankAccount, ...] = ()
    series: tuple[OldSeries, ...] = ()
