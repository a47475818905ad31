"""Reads a file of old books: JSON of our own, docs/reference/cutover-format.md.

Nothing is guessed: a field that is not known, a text where a number stands, or an amount that is no
whole number of cents refuses the file, and says where.
"""

from __future__ import annotations

import json
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from domain.aggregates.client import ClientKind
from domain.aggregates.mutual_fund import FundKind
from domain.errors import InvalidReference, OldBooksUnreadable, Refusal
from domain.funding import LedgerPolicy
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
from domain.references import parse
from domain.vat import VatCategory, VatRow
from interchange.identifiers import iban

FORMAT = "tutti-old-books-1"
MOST_BYTES = 20_000_000


def _reference(text: str) -> str:
    try:
        return parse(text) if text else ""
    except InvalidReference as error:
        raise ValueError(str(error)) from error


def _account(text: str) -> str:
    try:
        return iban(text)
    except Refusal as error:
        raise ValueError(str(error)) from error


Cents = Annotated[int, Field(strict=True)]
Whole = Annotated[int, Field(strict=True)]
Text = Annotated[str, Field(strict=True, max_length=1_000)]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Balance(_Part):
    account: Text
    balance_c: Cents
    activity: Text | None = None


class _Member(_Part):
    code: Text
    member_no: Whole
    joined_on: date
    category: Text
    name: Text
    address: Text
    email: Text = ""
    decision_ref: Text


class _ShareClass(_Part):
    code: Text
    unavailable: Annotated[bool, Field(strict=True)]
    statutes_ref: Text
    last_no: Whole


class _Shares(_Part):
    member: Text
    share_class: Text
    register_no: Whole
    from_no: Whole
    to_no: Whole
    price_c: Cents


class _Activity(_Part):
    code: Text
    members: list[Text]
    payout_regime: PayoutRegime
    result_c: Cents


class _Fund(_Part):
    code: Text
    kind: FundKind
    ledger_policy: LedgerPolicy
    floor_c: Cents
    cap_c: Cents | None = None
    regulation_ref: Text
    accrued_c: Cents
    collected_c: Cents


class _Client(_Part):
    code: Text
    kind: ClientKind
    name: Text
    address: Text
    vat_no: Text = ""
    email: Text = ""


class _Supplier(_Part):
    code: Text
    name: Text
    address: Text
    vat_no: Text = ""


class _VatRow(_Part):
    category: VatCategory
    rate_bp: Whole
    exemption_code: Text = ""
    base_c: Cents
    vat_c: Cents


class _Invoice(_Part):
    invoice_no: Text
    client: Text
    activity: Text
    issued_on: date
    due_on: date
    reference: Annotated[Text, AfterValidator(_reference)] = ""
    open_c: Cents
    vat: list[_VatRow]
    contribution_bp: Whole
    fund_bp: dict[Text, Whole] = {}
    doubtful_c: Cents = 0
    adjusted_c: Cents = 0


class _Purchase(_Part):
    purchase_no: Text
    supplier: Text
    issued_on: date
    due_on: date
    open_c: Cents


class _BankAccount(_Part):
    account: Annotated[Text, AfterValidator(_account)]
    balance_c: Cents


class _Series(_Part):
    series: Text
    year: Whole
    last_no: Whole
    last_on: date


class _Books(_Part):
    format: Literal["tutti-old-books-1"]
    day: date
    balances: list[_Balance]
    cooperative_c: Cents = 0
    members: list[_Member] = []
    last_member_no: Whole = 0
    share_classes: list[_ShareClass] = []
    shares: list[_Shares] = []
    last_register_no: Whole = 0
    activities: list[_Activity] = []
    funds: list[_Fund] = []
    clients: list[_Client] = []
    suppliers: list[_Supplier] = []
    invoices: list[_Invoice] = []
    purchases: list[_Purchase] = []
    bank_accounts: list[_BankAccount] = []
    series: list[_Series] = []


def read_old_books(content: bytes) -> OldBooks:
    """Read the bytes of a file of old books; raises OldBooksUnreadable, which says where it is not one."""
    if len(content) > MOST_BYTES:
        raise OldBooksUnreadable(bytes=len(content), most=MOST_BYTES)
    try:
        said = _Books.model_validate_json(content)
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False, include_input=False)[0]
        where = "/".join(str(step) for step in first["loc"]) or "the whole file"
        raise OldBooksUnreadable(where=where, because=first["msg"], faults=error.error_count()) from None
    return OldBooks(
        day=said.day,
        balances=tuple(OldBalance(**vars(each)) for each in said.balances),
        cooperative_c=said.cooperative_c,
        members=tuple(OldMember(**vars(each)) for each in said.members),
        last_member_no=said.last_member_no,
        share_classes=tuple(OldShareClass(**vars(each)) for each in said.share_classes),
        shares=tuple(OldShares(**vars(each)) for each in said.shares),
        last_register_no=said.last_register_no,
        activities=tuple(
            OldActivity(**{**vars(each), "members": tuple(each.members)}) for each in said.activities
        ),
        funds=tuple(OldFund(**vars(each)) for each in said.funds),
        clients=tuple(OldClient(**vars(each)) for each in said.clients),
        suppliers=tuple(OldSupplier(**vars(each)) for each in said.suppliers),
        invoices=tuple(_invoice(each) for each in said.invoices),
        purchases=tuple(OldPurchase(**vars(each)) for each in said.purchases),
        bank_accounts=tuple(OldBankAccount(**vars(each)) for each in said.bank_accounts),
        series=tuple(OldSeries(**vars(each)) for each in said.series),
    )


def _invoice(said: _Invoice) -> OldInvoice:
    return OldInvoice(**{**vars(said), "vat": tuple(VatRow(**vars(row)) for row in said.vat)})


def write_old_books(old: OldBooks) -> bytes:
    """Write old books as the file they would be read from, the same bytes for the same books."""
    document = {"format": FORMAT, **_plain(old)}
    return (json.dumps(document, indent=2, ensure_ascii=False) + "\n").encode()


def _plain(part: Any) -> Any:
    """Return frozen records as what JSON has; what is None is left out."""
    if hasattr(part, "__dataclass_fields__"):
        return {name: _plain(each) for name, each in vars(part).items() if each is not None}
    if isinstance(part, tuple):
        return [_plain(each) for each in part]
    if isinstance(part, dict):
        return dict(part)
    return part.isoformat() if isinstance(part, date) else part
