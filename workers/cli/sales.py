"""What is quoted or drafted, and what becomes of invoices: credit notes, reminders, doubtful claims and what is claimed for paying late."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from domain.aggregates.invoice_draft import DraftState
from domain.aggregates.quotation import QuotationState
from domain.money import euros
from workers.cli.listing import Limit, Listing, Names, require_one_of, show_list
from workers.cli.past import EntityCode
from workers.cli.session import Session, command

if TYPE_CHECKING:
    from projections.credit_notes import Note
    from projections.invoice_drafts import Draft
    from projections.late_payments import LateClaimed, SentReminder
    from projections.quotations import Quoted
    from projections.receivables import Receivable

States = Annotated[str | None, typer.Option("--state", help="Such as sent, accepted or confirmed.")]
DraftStates = Annotated[str | None, typer.Option("--state", help="Such as submitted, rejected or issued.")]


@command
def quotations(
    session: Session, *, entity: EntityCode = None, state: States = None, limit: Limit = 100
) -> None:
    """Show the quotations, the latest first, and the client orders they became."""
    from projections import quotations as views

    require_one_of(state, *QuotationState)
    columns = ("day", "quotation", "activity", "client", "net", "gross", "invoiced", "valid-until", "state")
    listing = Listing(views.QUOTATIONS.name, "quotations", views.quotations, columns, _quotations)
    show_list(session, listing, entity=entity, state=state, limit=limit)


@command
def invoice_drafts(
    session: Session, *, entity: EntityCode = None, state: DraftStates = None, limit: Limit = 100
) -> None:
    """Show the drafts of invoices, the latest first, and the invoices that were issued of them."""
    from projections import invoice_drafts as views

    require_one_of(state, *DraftState)
    columns = ("day", "activity", "member", "client", "net", "gross", "state", "invoice", "id")
    listing = Listing(views.INVOICE_DRAFTS.name, "invoice-drafts", views.invoice_drafts, columns, _drafts)
    show_list(session, listing, entity=entity, state=state, limit=limit)


@command
def credit_notes(session: Session, *, entity: EntityCode = None, limit: Limit = 100) -> None:
    """Show the credit notes, the latest first, each with the invoice it takes back."""
    from projections import credit_notes as views

    columns = ("day", "credit-note", "invoice", "activity", "buyer", "gross", "reason")
    listing = Listing(views.CREDIT_NOTES.name, "credit-notes", views.credit_notes, columns, _notes)
    show_list(session, listing, entity=entity, limit=limit)


@command
def doubts(session: Session, *, entity: EntityCode = None, limit: Limit = 100) -> None:
    """Show the invoices that may not be paid, or were written off, the latest first."""
    from projections import receivables as views

    amounts = ("still-open", "doubtful", "adjusted", "written-off", "recovered")
    columns = ("due", "invoice", "activity", "buyer", *amounts)
    listing = Listing(views.RECEIVABLES.name, "doubts", views.doubtful_invoices, columns, _doubts)
    show_list(session, listing, entity=entity, limit=limit)


@command
def reminders(session: Session, *, entity: EntityCode = None, limit: Limit = 100) -> None:
    """Show the payment reminders that fell due, the latest first, and when they were sent."""
    from projections import late_payments as views

    columns = ("due", "invoice", "client", "no.", "still-open", "sent", "channel", "costs")
    listing = Listing(views.LATE_PAYMENTS.name, "reminders", views.reminders, columns, _reminders)
    show_list(session, listing, entity=entity, limit=limit)


@command
def late_claims(session: Session, *, entity: EntityCode = None, limit: Limit = 100) -> None:
    """Show what is claimed of clients for paying late, the latest first."""
    from projections import late_payments as views

    amounts = ("interest", "costs", "paid", "waived", "still-open")
    columns = ("through", "invoice", "activity", "client", "earned-by", *amounts)
    listing = Listing(views.LATE_PAYMENTS.name, "late-claims", views.late_claims, columns, _late_claims)
    show_list(session, listing, entity=entity, limit=limit)


def _quotations(found: Sequence[Quoted], names: Names) -> list[tuple[str, ...]]:
    return [
        (
            str(each.position),
            str(each.drafted_on),
            each.quotation_no,
            names.activities[each.activity_id],
            names.clients[each.client_id],
            euros(each.net_c),
            euros(each.gross_c),
            euros(each.invoiced_c),
            str(each.valid_until),
            names.words(f"quotation-{each.state}"),
        )
        for each in found
    ]


def _drafts(found: Sequence[Draft], names: Names) -> list[tuple[str, ...]]:
    numbers = names.invoices([each.invoice_id for each in found if each.invoice_id])
    return [
        (
            str(each.position),
            str(each.drafted_on),
            names.activities[each.activity_id],
            names.members[each.membership_id],
            names.clients[each.client_id],
            euros(each.net_c),
            euros(each.gross_c),
            names.words(f"draft-{each.state}"),
            numbers[each.invoice_id] if each.invoice_id else "",
            str(each.invoice_draft_id),
        )
        for each in found
    ]


def _notes(found: Sequence[Note], names: Names) -> list[tuple[str, ...]]:
    return [
        (
            str(each.position),
            str(each.issued_on),
            each.credit_note_no,
            each.invoice_no,
            names.activities[each.activity_id],
            each.buyer,
            euros(each.gross_c),
            each.reason,
        )
        for each in found
    ]


def _doubts(found: Sequence[Receivable], names: Names) -> list[tuple[str, ...]]:
    return [
        (
            str(each.position),
            str(each.due_on),
            each.invoice_no,
            names.activities[each.activity_id],
            each.buyer,
            euros(each.open_c),
            euros(each.doubtful_c),
            euros(each.adjusted_c),
            euros(each.written_off_c),
            euros(each.recovered_c),
        )
        for each in found
    ]


def _reminders(found: Sequence[SentReminder], names: Names) -> list[tuple[str, ...]]:
    numbers = names.invoices([each.invoice_id for each in found])
    return [
        (
            str(each.position),
            str(each.fell_due_on),
            numbers[each.invoice_id],
            names.clients[each.client_id],
            str(each.number),
            euros(each.open_c),
            "" if each.sent_on is None else str(each.sent_on),
            "" if each.channel is None else names.words(each.channel),
            euros(each.fee_c),
        )
        for each in found
    ]


def _late_claims(found: Sequence[LateClaimed], names: Names) -> list[tuple[str, ...]]:
    numbers = names.invoices([each.invoice_id for each in found])
    return [
        (
            str(each.position),
            str(each.through_on),
            numbers[each.invoice_id],
            names.activities[each.activity_id],
            names.clients[each.client_id],
            names.words(each.earned_by),
            euros(each.interest_c),
            euros(each.costs_c),
            euros(each.paid_interest_c + each.paid_costs_c),
            euros(each.waived_c),
            euros(each.open_c),
        )
        for each in found
    ]
