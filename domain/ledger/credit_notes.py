"""Credit notes: take an invoice back, whole or in part, with its contribution, fund parts and payments."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple
from uuid import UUID

from domain.aggregates.activity import Activity
from domain.aggregates.client import Client
from domain.aggregates.contribution_plan import (
    ContributionBase,
    ContributionPlan,
    ContributionRule,
    FundShare,
)
from domain.aggregates.credit_note import CreditNote
from domain.aggregates.invoice import Invoice
from domain.aggregates.mutual_fund import MutualFund
from domain.errors import ClientErased
from domain.facts import Stamp
from domain.ledger.books import Books
from domain.ledger.entities import plan_id
from domain.ledger.numbering import next_number
from domain.ledger.overpayments import hold_overpayment
from domain.ledger.periods import booking_date
from domain.ledger.returns import take_back
from domain.money import share
from domain.personal import ERASED
from domain.settlement import FundPart, Reversal
from domain.vat import CreditedBase, VatRow, net_of

SERIES = "C"


class GivenBack(NamedTuple):
    """What a credit note gives an activity back of what its invoice was charged, in cents."""

    contribution_c: int
    fund_parts: tuple[FundPart, ...]


def issue_credit_note(
    books: Books,
    stamp: Stamp,
    *,
    credit_note_id: UUID,
    invoice_id: UUID,
    issued_on: date,
    reason: str,
    rows: Sequence[CreditedBase] | None = None,
) -> None:
    """Credit these bases of an invoice, or all that is left of it; what was paid beyond is held for the client.

    It is accepted whatever the activity has already spent. The number, the mirrored VAT, contribution
    and fund parts and what is held stand in one batch.
    """
    invoice = books.get(Invoice, invoice_id)
    client = books.get(Client, invoice.client_id)
    if client.name == ERASED:
        raise ClientErased(client_id=client.id)
    vat = invoice.to_credit(rows, issued_on=issued_on)
    booked_on = booking_date(books, invoice.entity_id, issued_on)
    number = next_number(books, stamp, entity_id=invoice.entity_id, series=SERIES, on=issued_on)
    credit_note_no = f"{issued_on:%Y}-{SERIES}-{number:06}"
    issued = replace(stamp, effective_on=issued_on)
    activity = books.get(Activity, invoice.activity_id)
    before_c = activity.available_c(0)
    # Taken off first, at the proportions it was paid in: what stays is never paid too much.
    _hold_what_is_paid_beyond(books, issued, invoice, vat, because=f"credit note {credit_note_no}")
    given_back = _give_back(books, issued, invoice, vat, credit_note_id=credit_note_id, booked_on=booked_on)
    lowered = invoice.credit(
        issued,
        credit_note_id=credit_note_id,
        rows=vat,
        fund_parts=given_back.fund_parts,
    )
    note = CreditNote.issue(
        issued,
        id=credit_note_id,
        entity_id=invoice.entity_id,
        activity_id=invoice.activity_id,
        client_id=invoice.client_id,
        booked_on=booked_on,
        credit_note_no=credit_note_no,
        invoice_id=invoice_id,
        invoice_no=invoice.invoice_no,
        issued_on=issued_on,
        vat=vat,
        open_net_c=lowered.open_net_c,
        plan_version=invoice.plan_version,
        contribution_c=given_back.contribution_c,
        fund_parts=given_back.fund_parts,
        reason=reason,
        buyer_name=client.name,
        buyer_address=client.address,
        buyer_vat_no=client.vat_no,
    )
    books.record(note)
    activity.credit(issued, document_id=credit_note_id, net_c=net_of(vat), open_net_c=lowered.open_net_c)
    activity.weigh(issued, document_id=credit_note_id, before_c=before_c)
    _move_collected(books, issued, invoice, lowered.collected)


def _hold_what_is_paid_beyond(
    books: Books, stamp: Stamp, invoice: Invoice, vat: Sequence[VatRow], *, because: str
) -> None:
    """Hold for the client what receipts paid beyond what stays of the invoice, the last one first."""
    for line_id, amount_c in invoice.paid_beyond(vat):
        take_back(
            books, stamp, bank_line_id=line_id, invoice_id=invoice.id, amount_c=amount_c, reason=because
        )
        hold_overpayment(books, stamp, bank_line_id=line_id, client_id=invoice.client_id, amount_c=amount_c)


def _give_back(
    books: Books,
    stamp: Stamp,
    invoice: Invoice,
    vat: Sequence[VatRow],
    *,
    credit_note_id: UUID,
    booked_on: date,
) -> GivenBack:
    """Reverse contribution and fund parts at the rates of the plan that the invoice froze."""
    rule = _rule_of(books, invoice)
    sooner_c, base_c = invoice.credited_net_c, net_of(vat)
    activity = books.get(Activity, invoice.activity_id)

    def due(rate_bp: int) -> Reversal:
        return Reversal(
            booked_on=booked_on,
            document_id=credit_note_id,
            invoice_id=invoice.id,
            plan_version=rule.version,
            base_c=base_c,
            rate_bp=rate_bp,
            amount_c=_due_more(rate_bp, sooner_c, base_c),
        )

    contribution = due(rule.rate_bp)
    if contribution.amount_c:
        activity.reverse_contribution(stamp, contribution)
    parts: list[FundPart] = []
    for each in rule.fund_shares:
        part = due(each.rate_bp)
        if part.amount_c:
            parts.append(FundPart(each.fund_id, part.amount_c))
            books.get(MutualFund, each.fund_id).reverse(stamp, part, activity_id=activity.id)
            activity.reverse_fund_contribution(
                stamp, fund_id=each.fund_id, document_id=credit_note_id, amount_c=part.amount_c
            )
    return GivenBack(contribution.amount_c, tuple(parts))


def _rule_of(books: Books, invoice: Invoice) -> ContributionRule:
    """Return the rule that charged the invoice: of the plan, or at the rates of the old books it came from."""
    if invoice.rates_of_old_books is None:
        return books.get(ContributionPlan, plan_id(invoice.entity_id)).rule(invoice.plan_version)
    rate_bp, fund_rates = invoice.rates_of_old_books
    fund_shares = tuple(FundShare(each.fund_id, each.rate_bp) for each in fund_rates)
    return ContributionRule(
        invoice.plan_version, invoice.issued_on, ContributionBase.INVOICED_NET, rate_bp, fund_shares
    )


def _due_more(rate_bp: int, sooner_c: int, base_c: int) -> int:
    """Return what a rate makes of `base_c` after `sooner_c`: all parts make what it makes of the whole."""
    return share(sooner_c + base_c, rate_bp) - share(sooner_c, rate_bp)


def _move_collected(books: Books, stamp: Stamp, invoice: Invoice, collected: Sequence[FundPart]) -> None:
    """Let each fund collect more or less of what was received: what stays may owe it another proportion."""
    for part in collected:
        fund = books.get(MutualFund, part.fund_id)
        move = fund.collect if part.amount_c > 0 else fund.uncollect
        move(
            stamp,
            activity_id=invoice.activity_id,
            document_id=invoice.id,
            amount_c=abs(part.amount_c),
        )
