"""What clients owe for paying late: claimed by the law of their kind, paid, waived or reversed.

Paying interest is not paying the invoice: both have streams of their own, and receipts are set against
each. No contribution is charged on it: it is no turnover.
"""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from uuid import UUID

from domain.aggregates.activity import Activity
from domain.aggregates.bank_line import BankLine
from domain.aggregates.client import Client, ClientKind
from domain.aggregates.invoice import Invoice
from domain.aggregates.late_claim import LateClaim, Overdue
from domain.aggregates.legal_entity import LegalEntity
from domain.aggregates.mutual_fund import MutualFund
from domain.aggregates.reminder import Reminder
from domain.errors import (
    ConsumerNotReminded,
    ConsumerTermRunning,
    NothingAgreedWithConsumers,
    NothingOverdue,
    OtherEntity,
)
from domain.facts import Stamp, require_day
from domain.ids import derived_id
from domain.late_payment import ONE_DAY, Beneficiary, Channel, LateLaw, spans_of
from domain.ledger import late_presets as presets
from domain.ledger.books import Books
from domain.ledger.funds import fund_id as fund_id_of
from domain.ledger.periods import booking_date
from domain.ledger.reminders import reminders_of
from domain.working_days import working_day_after


def late_claim_id(invoice_id: UUID) -> UUID:
    """Return the id of the one claim for paying that invoice late."""
    return derived_id("late-claim", invoice_id)


def claim_late_payment(books: Books, stamp: Stamp, *, invoice_id: UUID) -> None:
    """Claim what paying an invoice late comes to, through the day of the stamp.

    Businesses and authorities owe interest from the day after the due day on, and a flat sum (Act of 2
    August 2002, art. 5 and 6 ◇); consumers what the general terms provide, within caps, and only after
    a free reminder and its term (CDE Book XIX ◇). Raises NothingOverdue and the other refusals of its law,
    and UnknownRecord if there is no fund of the code that the entity's policy names.
    """
    require_day(stamp.effective_on)
    invoice = books.get(Invoice, invoice_id)
    consumer = books.get(Client, invoice.client_id).kind is ClientKind.CONSUMER
    overdue = (_of_consumer if consumer else _commercial)(books, invoice, stamp.effective_on)
    claim = books.find(LateClaim, late_claim_id(invoice_id))
    if claim is None:
        earned_by, fund_code = presets.earned_by(
            books.get(LegalEntity, invoice.entity_id), stamp.effective_on
        )
        fund_id = fund_id_of(invoice.entity_id, fund_code) if fund_code else None
        if fund_id is not None:
            books.get(MutualFund, fund_id)
        claim = LateClaim.begin(
            stamp,
            id=late_claim_id(invoice_id),
            entity_id=invoice.entity_id,
            activity_id=invoice.activity_id,
            client_id=invoice.client_id,
            invoice_id=invoice_id,
            law=LateLaw.CONSUMER if consumer else LateLaw.COMMERCIAL,
            earned_by=earned_by,
            fund_id=fund_id,
        )
        books.record(claim)
    claim.claim(stamp, overdue)


def receive_late_payment(
    books: Books, stamp: Stamp, *, bank_line_id: UUID, invoice_id: UUID, amount_c: int
) -> None:
    """Set part of a receipt against what is claimed for paying an invoice late. Raises ExceedsLateClaim."""
    line, claim = books.get(BankLine, bank_line_id), books.get(LateClaim, late_claim_id(invoice_id))
    if line.entity_id != claim.entity_id:
        raise OtherEntity(bank_line_id=bank_line_id, invoice_id=invoice_id)
    line.allocate_to(BankLine.AllocatedToLateClaim, stamp, document_id=claim.id, amount_c=amount_c)
    booked_on = booking_date(books, claim.entity_id, stamp.effective_on)
    claim.receive(stamp, line_id=bank_line_id, amount_c=amount_c, booked_on=booked_on)
    _earn(books, stamp, claim, amount_c, booked_on)


def undo_late_payment(
    books: Books, stamp: Stamp, *, bank_line_id: UUID, invoice_id: UUID, amount_c: int, reason: str
) -> None:
    """Take back what was set against it by mistake; the receipt waits again."""
    line, claim = books.get(BankLine, bank_line_id), books.get(LateClaim, late_claim_id(invoice_id))
    line.undo_other(stamp, document_id=claim.id, amount_c=amount_c, reason=reason)
    _take_back(books, stamp, claim, bank_line_id, amount_c)


def return_late_payment(
    books: Books,
    stamp: Stamp,
    *,
    bank_line_id: UUID,
    of_line_id: UUID,
    invoice_id: UUID,
    amount_c: int,
    reason_code: str = "",
) -> None:
    """Say that this money out takes back what another line paid of it; that is claimed again."""
    taken, paid = books.get(BankLine, bank_line_id), books.get(BankLine, of_line_id)
    if taken.entity_id != paid.entity_id:
        raise OtherEntity(bank_line_id=bank_line_id, of_line_id=of_line_id)
    claim = books.get(LateClaim, late_claim_id(invoice_id))
    paid.lose_other(stamp, document_id=claim.id, amount_c=amount_c, by_line_id=bank_line_id)
    taken.explain(
        BankLine.PaymentReturned,
        stamp,
        of_line_id=of_line_id,
        invoice_id=invoice_id,
        amount_c=amount_c,
        reason_code=reason_code,
    )
    _take_back(books, stamp, claim, of_line_id, amount_c)


def waive_late_claim(
    books: Books, stamp: Stamp, *, invoice_id: UUID, reason: str, amount_c: int | None = None
) -> None:
    """Ask for so much of it no longer, or for nothing more; it is not claimed anew. Raises ExceedsLateClaim."""
    books.get(LateClaim, late_claim_id(invoice_id)).waive(stamp, amount_c=amount_c, reason=reason)


def reverse_waiver(
    books: Books, stamp: Stamp, *, invoice_id: UUID, reason: str, amount_c: int | None = None
) -> None:
    """Ask again for what was waived by mistake, or for so much of it. Raises ExceedsWaived, EmptyText."""
    books.get(LateClaim, late_claim_id(invoice_id)).reverse_waiver(stamp, amount_c=amount_c, reason=reason)


def reverse_late_claim(books: Books, stamp: Stamp, *, invoice_id: UUID, reason: str) -> None:
    """Take back all that is still asked for: it was claimed by mistake, and can be anew. Raises LateClaimPaid."""
    books.get(LateClaim, late_claim_id(invoice_id)).reverse(stamp, reason=reason)


def term_of(entity: LegalEntity, reminder: Reminder, on: date) -> date:
    """Return the last day on which a consumer can still pay without more, after this reminder.

    The term begins on the day after it was sent, by post on the third working day (CDE art. XIX.2 ◇).
    """
    sent_on = reminder.sent_on or reminder.on
    begins_on = sent_on + ONE_DAY
    if reminder.channel is Channel.POST:
        begins_on = working_day_after(sent_on, int(entity.parameter(presets.CONSUMER_POST_DAYS, on)))
    return begins_on + timedelta(days=int(entity.parameter(presets.CONSUMER_TERM_DAYS, on)) - 1)


def _commercial(books: Books, invoice: Invoice, on: date) -> Overdue:
    """Reckon the interest from the day after the due day on, and the flat sum."""
    entity = books.get(LegalEntity, invoice.entity_id)
    overdue = _overdue(books, entity, invoice, from_on=invoice.due_on + ONE_DAY, on=on)
    if not overdue.spans:
        raise NothingOverdue(invoice_id=invoice.id, due_on=invoice.due_on)
    # The sum of the day on which it fell due, whenever it is claimed: it is due once.
    return overdue._replace(flat_c=int(entity.parameter(presets.FLAT_C, invoice.due_on + ONE_DAY)))


def _of_consumer(books: Books, invoice: Invoice, on: date) -> Overdue:
    """Reckon what the general terms provide, once the term after the first reminder is over."""
    entity = books.get(LegalEntity, invoice.entity_id)
    clause = entity.parameter(presets.CONSUMER_CLAUSE, on).split(",")
    if clause == ["none"]:
        raise NothingAgreedWithConsumers(parameter=presets.CONSUMER_CLAUSE)
    sent = [reminder for reminder in reminders_of(books, invoice.id) if reminder.sent_on]
    if not sent:
        raise ConsumerNotReminded(invoice_id=invoice.id)
    term_on = term_of(entity, sent[0], on)
    if on <= term_on:
        raise ConsumerTermRunning(invoice_id=invoice.id, through_on=term_on)
    due_c = _due_after(books, invoice, term_on)
    if not due_c:
        raise NothingOverdue(invoice_id=invoice.id, paid_by=term_on)
    reminded = entity.parameter(presets.CONSUMER_INTEREST_FROM, on) == "reminder"
    from_on = (sent[0].sent_on or sent[0].on if reminded else term_on) + ONE_DAY
    overdue = _overdue(books, entity, invoice, from_on=max(from_on, invoice.due_on + ONE_DAY), on=on)
    return overdue._replace(
        spans=overdue.spans if "interest" in clause else (),
        flat_c=presets.consumer_flat_c(entity, term_on, due_c=due_c) if "flat" in clause else 0,
        fees_c=sum(reminder.fee_c for reminder in sent),
    )


def _overdue(books: Books, entity: LegalEntity, invoice: Invoice, *, from_on: date, on: date) -> Overdue:
    """Say what was overdue of the invoice through a day, without what was credited or written off of it."""
    spans = spans_of(
        due_c=invoice.open_c + invoice.received_c,
        paid=_paid(books, invoice),
        from_on=from_on,
        through_on=on,
        rate_of=presets.statutory_rate(entity, on),
    )
    return Overdue(on, spans, int(entity.parameter(presets.DAYS_IN_YEAR, on)), flat_c=0, fees_c=0)


def _due_after(books: Books, invoice: Invoice, day: date) -> int:
    """Return what was still due at the end of a day, in cents."""
    in_time_c = sum(amount_c for paid_on, amount_c in _paid(books, invoice).items() if paid_on <= day)
    return invoice.open_c + invoice.received_c - in_time_c


def _paid(books: Books, invoice: Invoice) -> Counter[date]:
    """Return what was paid of the invoice, by the day on which the bank booked it."""
    paid: Counter[date] = Counter()
    for line_id, amount_c in invoice.paid_by.items():
        paid[books.get(BankLine, line_id).entry_on] += amount_c
    return paid


def _take_back(books: Books, stamp: Stamp, claim: LateClaim, line_id: UUID, amount_c: int) -> None:
    booked_on = booking_date(books, claim.entity_id, stamp.effective_on)
    claim.reverse_payment(stamp, line_id=line_id, amount_c=amount_c, booked_on=booked_on)
    _earn(books, stamp, claim, -amount_c, booked_on)


def _earn(books: Books, stamp: Stamp, claim: LateClaim, amount_c: int, booked_on: date) -> None:
    """Give who earns it what came; a fund is told what the cooperative sets aside of it, by its own policy."""
    if claim.earned_by is Beneficiary.ACTIVITY:
        books.get(Activity, claim.activity_id).adjust(stamp, document_id=claim.id, amount_c=amount_c)
    elif claim.fund_id is not None:
        fund = books.get(MutualFund, claim.fund_id)
        fund.note(
            MutualFund.LatePaymentEarned,
            stamp,
            entity_id=claim.entity_id,
            booked_on=booked_on,
            ledger_policy=fund.ledger_policy,
            document_id=claim.id,
            amount_c=amount_c,
        )
