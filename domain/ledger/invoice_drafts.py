"""Drafts of invoices: an entrepreneur drafts and submits one, staff issue it or give it back with a reason."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from domain.aggregates.activity import Activity
from domain.aggregates.invoice_draft import InvoiceDraft
from domain.aggregates.legal_entity import LegalEntity
from domain.drawn_up import DrawnUp
from domain.errors import NotOfTheActivity
from domain.facts import Stamp, require_day
from domain.ledger.books import Books
from domain.ledger.invoicing import AskedFigures, AskedLine, asked_again, buyer_of, draw_up, issue_invoice


def draft_invoice(
    books: Books,
    stamp: Stamp,
    *,
    invoice_draft_id: UUID,
    activity_id: UUID,
    client_id: UUID,
    membership_id: UUID,
    supplied_on: date,
    lines: Sequence[AskedLine],
) -> None:
    """Draft an invoice to a client of the activity's entity, as a member who runs the activity.

    It is reckoned by the VAT rates of the day, and takes no number. Raises NotOfTheActivity, ActivityIsFrozen,
    ActivityEnded, SuppliedAfterTheEnd, OtherEntity, ClientErased, InvoiceWithoutLines.
    """
    require_day(supplied_on)
    activity = books.get(Activity, activity_id)
    if membership_id not in activity.membership_ids:
        raise NotOfTheActivity(membership_id=membership_id, activity_id=activity_id)
    activity.require_supplying(supplied_on)
    buyer_of(books, activity, client_id)
    books.record(
        InvoiceDraft.draft(
            stamp,
            id=invoice_draft_id,
            entity_id=activity.entity_id,
            activity_id=activity_id,
            client_id=client_id,
            membership_id=membership_id,
            supplied_on=supplied_on,
            asked=_drawn(books, activity.entity_id, lines, stamp.effective_on),
        )
    )


def amend_invoice_draft(
    books: Books, stamp: Stamp, *, invoice_draft_id: UUID, supplied_on: date, lines: Sequence[AskedLine]
) -> None:
    """Let a draft say something else, also once it was rejected.

    Raises DraftOfAnother, DraftInOtherState, and what a new draft is refused for.
    """
    require_day(supplied_on)
    draft = books.get(InvoiceDraft, invoice_draft_id)
    asked = _drawn(books, draft.entity_id, lines, stamp.effective_on)
    draft.amend(stamp, supplied_on=supplied_on, asked=asked)
    _require_invoiceable(books, draft)


def submit_invoice_draft(books: Books, stamp: Stamp, *, invoice_draft_id: UUID) -> None:
    """Hand a draft in: it waits for staff.

    What could no longer be invoiced is not handed in: the activity, the client and the rates of VAT are
    asked anew. Raises DraftOfAnother, DraftInOtherState, and what a new draft is refused for.
    """
    draft = books.get(InvoiceDraft, invoice_draft_id)
    draft.submit(stamp)
    _require_invoiceable(books, draft)
    _drawn(books, draft.entity_id, asked_again(draft.lines, draft.descriptions), stamp.effective_on)


def withdraw_invoice_draft(books: Books, stamp: Stamp, *, invoice_draft_id: UUID) -> None:
    """Ask for it no longer, unless it was issued. Raises DraftOfAnother, DraftInOtherState."""
    books.get(InvoiceDraft, invoice_draft_id).withdraw(stamp)


def reject_invoice_draft(books: Books, stamp: Stamp, *, invoice_draft_id: UUID, reason: str) -> None:
    """Give a submitted draft back, with a reason. Raises DraftInOtherState, EmptyText."""
    books.get(InvoiceDraft, invoice_draft_id).reject(stamp, reason=reason)


def issue_invoice_draft(
    books: Books,
    stamp: Stamp,
    *,
    invoice_draft_id: UUID,
    invoice_id: UUID,
    issued_on: date,
    due_on: date | None,
    figures: AskedFigures | None = None,
) -> None:
    """Issue the invoice that was submitted, under the next number of its series, by all rules of an invoice.

    What was right when it was drafted is decided anew on the day of issue: the client, the activity, the
    rates of VAT and the contribution plan. Raises DraftInOtherState and what `issue_invoice` raises.
    """
    draft = books.get(InvoiceDraft, invoice_draft_id)
    draft.issue(stamp, invoice_id=invoice_id)
    issue_invoice(
        books,
        stamp,
        invoice_id=invoice_id,
        activity_id=draft.activity_id,
        client_id=draft.client_id,
        issued_on=issued_on,
        supplied_on=draft.supplied_on,
        due_on=due_on,
        lines=asked_again(draft.lines, draft.descriptions),
        figures=figures,
    )


def _require_invoiceable(books: Books, draft: InvoiceDraft) -> None:
    activity = books.get(Activity, draft.activity_id)
    activity.require_supplying(draft.supplied_on)
    buyer_of(books, activity, draft.client_id)


def _drawn(books: Books, entity_id: UUID, lines: Sequence[AskedLine], on: date) -> DrawnUp:
    drawn = draw_up(books.get(LegalEntity, entity_id), lines, on)
    return DrawnUp(drawn, tuple(line.description for line in lines))
