"""Samples of the facts about drafts of invoices."""

from __future__ import annotations

from typing import Any

from domain.aggregates.invoice_draft import InvoiceDraft
from domain.facts import Ledgered
from tests.facts.names import DAY, DOCUMENT, MEMBER
from tests.facts.of_quotations import SAID, WHOSE

OF_INVOICE_DRAFTS: tuple[tuple[type[Ledgered], type[Any], dict[str, Any]], ...] = (
    (InvoiceDraft, InvoiceDraft.Drafted, {**SAID, "membership_id": MEMBER, "supplied_on": DAY}),
    (InvoiceDraft, InvoiceDraft.Amended, {**SAID, "supplied_on": DAY}),
    (InvoiceDraft, InvoiceDraft.Submitted, WHOSE),
    (InvoiceDraft, InvoiceDraft.Rejected, {**WHOSE, "reason": "the hours are missing"}),
    (InvoiceDraft, InvoiceDraft.Issued, {**WHOSE, "invoice_id": DOCUMENT}),
    (InvoiceDraft, InvoiceDraft.Withdrawn, WHOSE),
)
