"""Claims that will not come: their VAT reclaimed, the loss of the rest, and what comes of them after all.

A loss takes from what an activity has collected only the VAT that nobody reclaimed: the rest was no part
of it. A contribution on what was invoiced is not given back, because no plan says so; one on what is
collected follows what comes.
"""

from __future__ import annotations

from datetime import date
from uuid import UUID

from domain.aggregates.activity import Activity
from domain.aggregates.bank_line import BankLine
from domain.aggregates.doubtful_claim import DoubtfulClaim
from domain.aggregates.fund_guarantee import FundGuarantee
from domain.aggregates.invoice import Invoice
from domain.errors import JudgmentPrecedes, OtherEntity
from domain.facts import Stamp, require_day
from domain.ledger.books import Books
from domain.ledger.contributions import Cause, collect, follow_invoice
from domain.ledger.doubts import booked_day, doubted, take_back_what_is_beyond
from domain.ledger.guarantees import recover_guarantee, take_recovery_back
from domain.recovering import Recovery
from domain.settlement import GivenUp


def reclaim_vat(books: Books, stamp: Stamp, *, invoice_id: UUID, judgment_on: date) -> None:
    """Reclaim the VAT of all that is doubtful of an invoice, from the day of the client's judgment on.

    Law: VAT Code art. 77 § 1, 7° ◇: no credit note is issued. Raises NoVatToReclaim, JudgmentPrecedes.
    """
    require_day(judgment_on)
    invoice = books.get(Invoice, invoice_id)
    if not invoice.issued_on <= judgment_on <= stamp.effective_on:
        raise JudgmentPrecedes(issued_on=invoice.issued_on, judgment_on=judgment_on)
    claim = doubted(books, invoice_id)
    judged = stamp.dated(judgment_on)
    booked_on = booked_day(books, judged, invoice)
    off = _write_off(books, judged, invoice, claim.doubtful_c, cause=Cause(claim.id, invoice_id, booked_on))
    claim.reclaim_vat(judged, booked_on=booked_on, judgment_on=judgment_on, off=off)
    if off.open_net_c != off.net_c:
        books.get(Activity, invoice.activity_id).adjust(
            judged, document_id=claim.id, amount_c=0, open_net_c=off.net_c - off.open_net_c
        )


def recognise_loss(books: Books, stamp: Stamp, *, invoice_id: UUID, amount_c: int | None = None) -> None:
    """Give up so much of what is doubtful, or all of it: first what is bare of VAT, then with the VAT in it."""
    invoice = books.get(Invoice, invoice_id)
    claim = doubted(books, invoice_id)
    lost_c = claim.require_doubtful(amount_c)
    bare_c = min(lost_c, claim.bare_c)
    net_c = open_net_c = bare_c
    booked_on = booked_day(books, stamp, invoice)
    if lost_c > bare_c:
        off = _write_off(books, stamp, invoice, lost_c - bare_c, cause=Cause(claim.id, invoice_id, booked_on))
        net_c, open_net_c = net_c + off.net_c, open_net_c + off.open_net_c
    adjusted_c = claim.lose(
        stamp,
        booked_on=booked_on,
        amount_c=lost_c,
        bare_c=bare_c,
        net_c=net_c,
        open_net_c=open_net_c,
    )
    books.get(Activity, invoice.activity_id).adjust(
        stamp, document_id=claim.id, amount_c=adjusted_c - lost_c, open_net_c=adjusted_c - open_net_c
    )


def receive_recovery(
    books: Books, stamp: Stamp, *, bank_line_id: UUID, invoice_id: UUID, amount_c: int
) -> None:
    """Set part of a receipt against what was written off of an invoice, such as a dividend of the estate.

    VAT is due again in proportion; what is left repays the funds that stood in first. Raises
    ExceedsWrittenOff.
    """
    line, invoice = books.get(BankLine, bank_line_id), books.get(Invoice, invoice_id)
    if line.entity_id != invoice.entity_id:
        raise OtherEntity(bank_line_id=bank_line_id, invoice_id=invoice_id)
    claim = doubted(books, invoice_id)
    line.allocate_to(BankLine.AllocatedToRecovery, stamp, document_id=invoice_id, amount_c=amount_c)
    booked_on = booked_day(books, stamp, invoice)
    came = claim.recover(stamp, booked_on=booked_on, line_id=bank_line_id, amount_c=amount_c)
    if came.bare_c or came.lost_c:
        books.get(Activity, invoice.activity_id).adjust(
            stamp, document_id=claim.id, amount_c=came.lost_c, open_net_c=-came.bare_c
        )
    _let_funds_and_plan_follow(books, stamp, invoice, claim, came, booked_on)
    take_back_what_is_beyond(books, stamp, invoice, claim, recovery_no=claim.recovered)
    _repay_guarantees(books, stamp, claim, came.net_c)


def undo_recovery(books: Books, stamp: Stamp, *, bank_line_id: UUID, invoice_id: UUID, reason: str) -> None:
    """Take back, whole, the last that a receipt brought of what was written off, set against it by mistake.

    The receipt waits again; each posting that followed is reversed: the VAT, the claim or gain, what was
    adjusted no longer, contribution and fund parts, and what repaid a fund. Raises NoRecovery, EmptyText.
    """
    line, invoice = books.get(BankLine, bank_line_id), books.get(Invoice, invoice_id)
    claim, activity = doubted(books, invoice_id), books.get(Activity, invoice.activity_id)
    before_c, booked_on = activity.available_c(0), booked_day(books, stamp, invoice)
    came = claim.take_recovery_back(stamp, booked_on=booked_on, line_id=bank_line_id)
    line.undo_other(stamp, document_id=invoice_id, amount_c=came.amount_c, reason=reason)
    if came.net_c or came.adjusted_c:
        activity.adjust(
            stamp,
            document_id=claim.id,
            amount_c=-came.lost_c - came.adjusted_c,
            open_net_c=came.bare_c - came.adjusted_c,
        )
    _let_funds_and_plan_follow(books, stamp, invoice, claim, came.negative, booked_on)
    for guarantee_id, amount_c in came.repaid:
        take_recovery_back(books, stamp, guarantee_id=guarantee_id, amount_c=amount_c)
    activity.weigh(stamp, document_id=invoice_id, before_c=before_c)


def _let_funds_and_plan_follow(
    books: Books, stamp: Stamp, invoice: Invoice, claim: DoubtfulClaim, came: Recovery, booked_on: date
) -> None:
    """Count what came, below zero if it did not, for the funds and for a contribution on what is collected."""
    before = invoice.settlement
    parts = invoice.recover(stamp, amount_c=came.amount_c, net_c=came.net_c)
    cause = Cause(claim.id, invoice.id, booked_on)
    follow_invoice(books, stamp, invoice=invoice, before=before, after=invoice.settlement, cause=cause)
    for part in parts:
        collect(books, stamp, part, activity_id=invoice.activity_id, document_id=invoice.id)


def _write_off(books: Books, stamp: Stamp, invoice: Invoice, amount_c: int, *, cause: Cause) -> GivenUp:
    """Write off so much of what is open; what was received may settle a cent of VAT otherwise by that."""
    before = invoice.settlement
    off = invoice.write_off(stamp, amount_c=amount_c)
    follow_invoice(books, stamp, invoice=invoice, before=before, after=invoice.settlement, cause=cause)
    return off


def _repay_guarantees(books: Books, stamp: Stamp, claim: DoubtfulClaim, net_c: int) -> None:
    """Give back to the funds that stood in what came, net of VAT, in the order in which they did."""
    for guarantee_id in claim.guarantee_ids:
        due_c = min(net_c, books.get(FundGuarantee, guarantee_id).outstanding_c)
        if due_c:
            recover_guarantee(books, stamp, guarantee_id=guarantee_id, amount_c=due_c)
            claim.repay_guarantee(stamp, guarantee_id=guarantee_id, amount_c=due_c)
            net_c -= due_c
