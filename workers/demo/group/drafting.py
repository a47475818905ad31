"""Drafts of invoices: some members draft what they sold; staff issue it, and give some of it back before."""

from __future__ import annotations

from concurrent.futures import Future
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from domain.ledger import invoice_drafts
from domain.ledger.invoicing import AskedLine
from domain.vat import VatCategory
from eventstore.store import Outcome
from workers.demo.group.house import Group, House, Purse
from workers.demo.people import Person, random_id

DRAFTED = 0.1
"""Of the invoices that nobody ordered, how many are drafted by who runs the activity."""
GIVEN_BACK = 0.15
WITHDRAWN = 0.1
LAST_DAYS = (26, 27)
"""The days of the last month on which a draft is given back, and on which one is submitted and left waiting."""
TWICE = "the first line stands there twice (fictional)"
WORK = AskedLine("a day of work that was agreed by phone", "1", "420.00", VatCategory.STANDARD, 2100, "")


def is_drafted(group: Group) -> bool:
    """Draw whether the member drafts the invoice."""
    return group.of_drafts.random() < DRAFTED


def plan_drafts(group: Group, house: House) -> None:
    """Leave one draft that was given back, and one that waits, at the end of the last month."""
    month = group.size.month(group.size.months - 1)
    given_back, waiting = LAST_DAYS
    group.agenda.on(month.on(given_back), partial(_leave_given_back, group, house))
    group.agenda.on(month.on(waiting), partial(_leave_waiting, group, house))


def invoice_by_draft(
    group: Group, purse: Purse, client: Person, lines: list[AskedLine], on: date, **invoice: Any
) -> Future[Outcome]:
    """Let the member draft and submit it, correct it if it is given back, and issue it."""
    chance = group.of_drafts
    if chance.random() < WITHDRAWN:
        unwanted = _submitted(group, purse, client, lines, on)
        _move(group, purse, unwanted, on, "withdraw", invoice_drafts.withdraw_invoice_draft)
    if chance.random() < GIVEN_BACK:
        draft_id = _given_back(group, purse, client, lines, on)
        amended: dict[str, Any] = {"supplied_on": on, "lines": lines}
        _move(group, purse, draft_id, on, "amend", invoice_drafts.amend_invoice_draft, **amended)
        _move(group, purse, draft_id, on, "submit", invoice_drafts.submit_invoice_draft)
    else:
        draft_id = _submitted(group, purse, client, lines, on)
    return group.clerk.tell(
        "invoice-draft.issue",
        invoice_drafts.issue_invoice_draft,
        on=on,
        invoice_draft_id=draft_id,
        issued_on=on,
        due_on=None,
        **invoice,
    )


def _leave_given_back(group: Group, house: House, on: date) -> None:
    _given_back(group, house.purses[0], house.clients[0], [WORK], on)


def _leave_waiting(group: Group, house: House, on: date) -> None:
    _submitted(group, house.purses[0], house.clients[0], [WORK], on)


def _given_back(group: Group, purse: Purse, client: Person, lines: list[AskedLine], on: date) -> UUID:
    """Submit it with a line too many, and have it given back; return its id."""
    draft_id = _submitted(group, purse, client, [*lines, lines[0]], on)
    group.clerk.tell(
        "invoice-draft.reject",
        invoice_drafts.reject_invoice_draft,
        on=on,
        invoice_draft_id=draft_id,
        reason=TWICE,
    )
    return draft_id


def _submitted(group: Group, purse: Purse, client: Person, lines: list[AskedLine], on: date) -> UUID:
    """Draft an invoice and submit it; return its id."""
    draft_id = random_id(group.of_drafts)
    group.clerk.tell(
        "invoice.draft",
        invoice_drafts.draft_invoice,
        on=on,
        actor=_who_runs(purse),
        invoice_draft_id=draft_id,
        activity_id=purse.activity_id,
        client_id=client.id,
        membership_id=purse.members[0].membership_id,
        supplied_on=on,
        lines=lines,
    )
    _move(group, purse, draft_id, on, "submit", invoice_drafts.submit_invoice_draft)
    return draft_id


def _move(
    group: Group, purse: Purse, draft_id: UUID, on: date, step: str, use_case: Any, **says: Any
) -> None:
    group.clerk.tell(
        f"invoice-draft.{step}",
        use_case,
        on=on,
        actor=_who_runs(purse),
        invoice_draft_id=draft_id,
        **says,
    )


def _who_runs(purse: Purse) -> str:
    """Return the actor that stands for the members of an activity: each draft is their own."""
    return f"demo:members of {purse.code}"
