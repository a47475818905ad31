"""Drafts of invoices, in the world of the read models."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from domain.ledger import invoice_drafts as cases
from tests.cooperative import ACTIVITY, CLIENT, MEMBER, line
from tests.projections.world import World

ISSUED, REJECTED, WAITING, WITHDRAWN = (UUID(int=580 + n) for n in range(4))
INVOICE = UUID(int=584)
MEMBERS_KEY, OTHER_KEY = "key:carla", "key:ben"


def drafts(world: World, *, on: date) -> None:
    """Four drafts: 5,000.00 issued after it was rejected once, 300.00 rejected, 200.00 submitted, 100.00 withdrawn."""
    asked: dict[str, Any] = {"activity_id": ACTIVITY, "client_id": CLIENT, "membership_id": MEMBER}
    asked |= {"supplied_on": on}
    for draft_id, price, actor in (
        (ISSUED, "4500", MEMBERS_KEY),
        (REJECTED, "300", MEMBERS_KEY),
        (WAITING, "200", OTHER_KEY),
        (WITHDRAWN, "100", MEMBERS_KEY),
    ):
        told: dict[str, Any] = {"invoice_draft_id": draft_id, "lines": [line(price)], **asked}
        world.perform(cases.draft_invoice, on=on, actor=actor, **told)
        world.perform(cases.submit_invoice_draft, on=on, actor=actor, invoice_draft_id=draft_id)
    for draft_id in (ISSUED, REJECTED):
        world.perform(
            cases.reject_invoice_draft, on=on, invoice_draft_id=draft_id, reason="the hours are missing"
        )
    mine: dict[str, Any] = {"on": on, "actor": MEMBERS_KEY, "invoice_draft_id": ISSUED}
    lines = [line("4000"), line("1000")]
    world.perform(cases.amend_invoice_draft, **mine, supplied_on=on, lines=lines)
    world.perform(cases.submit_invoice_draft, **mine)
    days: dict[str, Any] = {"issued_on": on, "due_on": None}
    world.perform(cases.issue_invoice_draft, on=on, invoice_draft_id=ISSUED, invoice_id=INVOICE, **days)
    world.perform(cases.withdraw_invoice_draft, on=on, actor=MEMBERS_KEY, invoice_draft_id=WITHDRAWN)
