"""Claims that may not come: the doubt about them, and the value adjustments charged on them.

Neither changes what an activity has collected: what clients owe was no part of it.
"""

from __future__ import annotations

from datetime import date
from uuid import UUID

from domain.aggregates.activity import Activity
from domain.aggregates.doubtful_claim import DoubtfulClaim
from domain.aggregates.invoice import Invoice
from domain.errors import ExceedsOpenAmount, InvoicePaid, NothingDoubtful
from domain.facts import Stamp
from domain.ids import derived_id
from domain.ledger.books import Books
from domain.ledger.periods import booking_date


def doubt_id(invoice_id: UUID) -> UUID:
    """Return the id of the one doubtful claim of that invoice."""
    return derived_id("doubtful-claim", invoice_id)


def declare_doubt(
    books: Books, stamp: Stamp, *, invoice_id: UUID, reason: str, amount_c: int | None = None
) -> None:
    """Declare that so much of what is open on an invoice may not come, or all of it.

    Raises InvoicePaid, ExceedsOpenAmount.
    """
    invoice = books.get(Invoice, invoice_id)
    claim = claim_of(books, stamp, invoice)
    certain_c = invoice.open_c - claim.doubtful_c
    if not certain_c:
        raise InvoicePaid(invoice_id=invoice_id)
    asked_c = certain_c if amount_c is None else amount_c
    if asked_c > certain_c:
        raise ExceedsOpenAmount(open_c=certain_c, amount_c=asked_c)
    claim.declare(stamp, booked_on=booked_day(books, stamp, invoice), amount_c=asked_c, reason=reason)


def lift_doubt(books: Books, stamp: Stamp, *, invoice_id: UUID, amount_c: int) -> None:
    """Expect so much of a doubtful invoice again; what was adjusted beyond the rest is taken back."""
    invoice = books.get(Invoice, invoice_id)
    claim = doubted(books, invoice_id)
    claim.lift(stamp, booked_on=booked_day(books, stamp, invoice), amount_c=amount_c)
    take_back_what_is_beyond(books, stamp, invoice, claim)


def record_value_adjustment(
    books: Books, stamp: Stamp, *, invoice_id: UUID, amount_c: int, booked_on: date | None = None
) -> None:
    """Charge on a balance-sheet day so much of what is doubtful, net of VAT, as not expected to come.

    `booked_on` is given for what old books charged: it is brought in on the day of the cutover.
    """
    invoice = books.get(Invoice, invoice_id)
    claim = doubted(books, invoice_id)
    claim.adjust(
        stamp,
        booked_on=booked_on or booked_day(books, stamp, invoice),
        amount_c=amount_c,
        doubtful_net_c=_doubtful_net_c(invoice, claim),
    )
    books.get(Activity, invoice.activity_id).adjust(
        stamp, document_id=claim.id, amount_c=-amount_c, open_net_c=-amount_c
    )


def take_value_adjustment_back(books: Books, stamp: Stamp, *, invoice_id: UUID, amount_c: int) -> None:
    """Expect so much of what was adjusted to come after all."""
    _take_back(books, stamp, books.get(Invoice, invoice_id), doubted(books, invoice_id), amount_c)


def make_room(books: Books, stamp: Stamp, *, invoice: Invoice, amount_c: int) -> None:
    """Lift the doubt that a payment or a credit note leaves no room for: what is not doubted goes first.

    What was adjusted beyond the rest is taken back, also where an earlier credit note moved a cent
    between the doubtful amount and its VAT.
    """
    claim = books.find(DoubtfulClaim, doubt_id(invoice.id))
    if claim is None:
        return
    beyond_c = claim.doubtful_c - max(invoice.open_c - amount_c, 0)
    if beyond_c > 0:
        lift_doubt(books, stamp, invoice_id=invoice.id, amount_c=beyond_c)
    else:
        take_back_what_is_beyond(books, stamp, invoice, claim)


def claim_of(books: Books, stamp: Stamp, invoice: Invoice) -> DoubtfulClaim:
    """Return the doubtful claim of an invoice; open it if there was no reason to ask before."""
    claim = books.find(DoubtfulClaim, doubt_id(invoice.id))
    if claim is None:
        claim = DoubtfulClaim.begin(
            stamp,
            id=doubt_id(invoice.id),
            entity_id=invoice.entity_id,
            activity_id=invoice.activity_id,
            client_id=invoice.client_id,
            invoice_id=invoice.id,
        )
        books.record(claim)
    return claim


def doubted(books: Books, invoice_id: UUID) -> DoubtfulClaim:
    """Return the doubtful claim of an invoice; raises NothingDoubtful if there is none."""
    claim = books.find(DoubtfulClaim, doubt_id(invoice_id))
    if claim is None:
        raise NothingDoubtful(invoice_id=invoice_id)
    return claim


def _doubtful_net_c(invoice: Invoice, claim: DoubtfulClaim) -> int:
    return claim.bare_c + claim.doubtful_c - invoice.settlement.vat_in(claim.doubtful_c)


def take_back_what_is_beyond(
    books: Books, stamp: Stamp, invoice: Invoice, claim: DoubtfulClaim, recovery_no: int | None = None
) -> None:
    """Take back what was adjusted beyond what is still doubtful, net of VAT."""
    beyond_c = claim.adjusted_c - _doubtful_net_c(invoice, claim)
    if beyond_c > 0:
        _take_back(books, stamp, invoice, claim, beyond_c, recovery_no)


def _take_back(
    books: Books,
    stamp: Stamp,
    invoice: Invoice,
    claim: DoubtfulClaim,
    amount_c: int,
    recovery_no: int | None = None,
) -> None:
    booked_on = booked_day(books, stamp, invoice)
    claim.take_adjustment_back(stamp, booked_on=booked_on, amount_c=amount_c, recovery_no=recovery_no)
    books.get(Activity, invoice.activity_id).adjust(
        stamp, document_id=claim.id, amount_c=amount_c, open_net_c=amount_c
    )


def booked_day(books: Books, stamp: Stamp, invoice: Invoice) -> date:
    """Return the day on which something about an invoice is booked."""
    return booking_date(books, invoice.entity_id, stamp.effective_on)
