"""Guarantees of a mutual fund: set aside for an invoice, released, called, and what is recovered of them."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from domain.aggregates.activity import Activity
from domain.aggregates.fund_guarantee import FundGuarantee
from domain.aggregates.invoice import Invoice
from domain.aggregates.mutual_fund import MutualFund
from domain.errors import ClientExcluded, ExceedsOpenAmount, OrderNotConfirmed, OtherEntity
from domain.facts import Stamp
from domain.funding import FundUse
from domain.guaranteeing import terms_on
from domain.ids import derived_id
from domain.ledger.aid import interested_in
from domain.ledger.books import Books
from domain.ledger.doubts import claim_of
from domain.ledger.ordering import order_of
from domain.ledger.periods import booking_date


def guarantee_id(fund_id: UUID, invoice_id: UUID) -> UUID:
    """Return the id of the one guarantee that fund gives for that invoice."""
    return derived_id("fund-guarantee", fund_id, invoice_id)


def reserve_guarantee(
    books: Books, stamp: Stamp, *, fund_id: UUID, invoice_id: UUID, amount_c: int, decision_ref: str
) -> None:
    """Guarantee an invoice by a decision, up to what is open of it net of VAT, and set that aside.

    By the fund's terms its client order may have to be confirmed before the invoice, and its client not
    be excluded. Raises OrderNotConfirmed, ClientExcluded, ExceedsOpenAmount.
    """
    fund, invoice = books.get(MutualFund, fund_id), books.get(Invoice, invoice_id)
    if fund.entity_id != invoice.entity_id:
        raise OtherEntity(fund_id=fund_id, invoice_id=invoice_id)
    _require_terms(books, fund, invoice, stamp.effective_on)
    guarantee = FundGuarantee.reserve(
        stamp,
        id=guarantee_id(fund_id, invoice_id),
        interested=interested_in(books, invoice.activity_id),
        entity_id=fund.entity_id,
        fund_id=fund_id,
        activity_id=invoice.activity_id,
        invoice_id=invoice_id,
        amount_c=amount_c,
        decision_ref=decision_ref,
    )
    _require_open(invoice, amount_c)
    books.record(guarantee)
    fund.reserve(stamp, use=FundUse.GUARANTEE, document_id=guarantee.id, amount_c=amount_c)


def release_guarantee(books: Books, stamp: Stamp, *, guarantee_id: UUID, reason: str) -> None:
    """Let a guarantee go; the fund sets nothing aside for it any more."""
    guarantee = books.get(FundGuarantee, guarantee_id)
    guarantee.release(stamp, reason=reason)
    books.get(MutualFund, guarantee.fund_id).release(
        stamp, use=FundUse.GUARANTEE, document_id=guarantee_id, amount_c=guarantee.amount_c
    )


def call_guarantee(
    books: Books, stamp: Stamp, *, guarantee_id: UUID, amount_c: int, decision_ref: str
) -> None:
    """Call a guarantee as a second person: the fund gives the activity what the client did not pay."""
    guarantee = books.get(FundGuarantee, guarantee_id)
    fund = books.get(MutualFund, guarantee.fund_id)
    guarantee.call(
        stamp,
        interested=interested_in(books, guarantee.activity_id),
        booked_on=booking_date(books, guarantee.entity_id, stamp.effective_on),
        ledger_policy=fund.ledger_policy,
        amount_c=amount_c,
        decision_ref=decision_ref,
    )
    claim = claim_of(books, stamp, books.get(Invoice, guarantee.invoice_id))
    _require_open(books.get(Invoice, guarantee.invoice_id), amount_c, given_up_c=claim.bare_c + claim.lost_c)
    claim.name_guarantee(stamp, guarantee_id=guarantee_id)
    fund.pay_out(
        stamp,
        use=FundUse.GUARANTEE,
        document_id=guarantee_id,
        amount_c=amount_c,
        released_c=guarantee.amount_c,
    )
    books.get(Activity, guarantee.activity_id).settle_guarantee(
        stamp, document_id=guarantee_id, amount_c=amount_c
    )


def recover_guarantee(books: Books, stamp: Stamp, *, guarantee_id: UUID, amount_c: int) -> None:
    """Give back to the fund what the client paid in the end, out of what the activity collected."""
    guarantee = books.get(FundGuarantee, guarantee_id)
    fund = books.get(MutualFund, guarantee.fund_id)
    guarantee.recover(
        stamp,
        booked_on=booking_date(books, guarantee.entity_id, stamp.effective_on),
        ledger_policy=fund.ledger_policy,
        amount_c=amount_c,
    )
    fund.take_back(stamp, use=FundUse.GUARANTEE, document_id=guarantee_id, amount_c=amount_c)
    books.get(Activity, guarantee.activity_id).settle_guarantee(
        stamp, document_id=guarantee_id, amount_c=-amount_c
    )


def take_recovery_back(books: Books, stamp: Stamp, *, guarantee_id: UUID, amount_c: int) -> None:
    """Let a fund stand in again for what was given back to it by mistake."""
    guarantee = books.get(FundGuarantee, guarantee_id)
    fund = books.get(MutualFund, guarantee.fund_id)
    guarantee.take_recovery_back(
        stamp,
        booked_on=booking_date(books, guarantee.entity_id, stamp.effective_on),
        ledger_policy=fund.ledger_policy,
        amount_c=amount_c,
    )
    fund.take_back(stamp, use=FundUse.GUARANTEE, document_id=guarantee_id, amount_c=-amount_c)
    books.get(Activity, guarantee.activity_id).settle_guarantee(
        stamp, document_id=guarantee_id, amount_c=amount_c
    )


def _require_terms(books: Books, fund: MutualFund, invoice: Invoice, on: date) -> None:
    """Refuse what the fund does not guarantee; an invoice drawn on an order came after its confirmation."""
    terms = terms_on(fund.guarantee_terms, on)
    if invoice.client_id in terms.excluded_client_ids:
        raise ClientExcluded(client_id=invoice.client_id)
    if terms.needs_order and order_of(books, invoice.id) is None:
        raise OrderNotConfirmed(invoice_id=invoice.id)


def _require_open(invoice: Invoice, amount_c: int, given_up_c: int = 0) -> None:
    """Refuse more than the client owes the activity: VAT is the State's, and reclaimed from it."""
    open_net_c = invoice.settlement.open_net_c + given_up_c
    if amount_c > open_net_c:
        raise ExceedsOpenAmount(open_c=open_net_c, amount_c=amount_c)
