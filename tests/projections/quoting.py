"""Quotations and client orders, in the world of the read models."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from domain.ledger import quotations as cases
from domain.ledger.credit_notes import issue_credit_note
from domain.ledger.funds import set_guarantee_terms
from domain.vat import CreditedBase, VatCategory
from tests.cooperative import ACTIVITY, CLIENT, FUND, line
from tests.projections.world import World

ORDER, LAPSED, INVOICE = UUID(int=560), UUID(int=561), UUID(int=562)


def orders(world: World, *, on: date) -> None:
    """A quotation of 900.00 that lapsed, and an order of 1,000.00, of which 400.00 is invoiced and paid.

    From that day on the fund guarantees only what was ordered.
    """
    before = on - timedelta(days=1)
    asked: dict[str, Any] = {"activity_id": ACTIVITY, "client_id": CLIENT, "valid_until": before}
    world.perform(cases.draft_quotation, on=before, quotation_id=LAPSED, lines=[line("900")], **asked)
    world.perform(cases.send_quotation, on=before, quotation_id=LAPSED)
    world.perform(cases.lapse_quotation, on=on, quotation_id=LAPSED)
    world.perform(
        cases.draft_quotation, on=before, quotation_id=ORDER, lines=[line("800"), line("100")], **asked
    )
    world.perform(cases.redraft_quotation, on=before, quotation_id=ORDER, valid_until=on, lines=[line("950")])
    world.perform(cases.send_quotation, on=before, quotation_id=ORDER)
    world.perform(cases.accept_quotation, on=on, quotation_id=ORDER)
    proof: dict[str, Any] = {"quotation_id": ORDER, "evidence_sha256": "ab" * 32}
    world.perform(cases.confirm_order, on=on, **proof)
    world.perform(cases.amend_order, on=on, lines=[line("1000")], **proof)
    days: dict[str, Any] = {"issued_on": on, "supplied_on": on, "due_on": None}
    part = [line("400")]
    world.perform(cases.invoice_order, on=on, quotation_id=ORDER, invoice_id=INVOICE, lines=part, **days)
    (receipt,) = world.receives(484_00, on=on)
    world.allocates(receipt, INVOICE, 484_00, on=on)
    world.perform(
        set_guarantee_terms,
        on=on,
        fund_id=FUND,
        valid_from=on,
        needs_order=True,
        excluded_client_ids=[],
        decision_ref="assembly 2",
    )


def credits_some(world: World, *, on: date) -> None:
    """Credit 100.00 of what was invoiced."""
    world.perform(
        issue_credit_note,
        on=on,
        credit_note_id=UUID(int=563),
        invoice_id=INVOICE,
        issued_on=on,
        reason="less was done",
        rows=[CreditedBase(VatCategory.STANDARD, 2_100, "", 100_00)],
    )
