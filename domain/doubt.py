"""What an invoice and its activity are told of a claim that may not come; each names its own of these facts.

The doubtful claim books it and says why; here stands what moves with it, in the same batch.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from domain.facts import Ledgered


class PartWrittenOff(Ledgered.Event):
    """Part of what was open is waited for no longer, in cents, by its net and VAT part.

    `settled_vat_c` is by how much more VAT what was received now settles, and so less net.
    """

    net_c: int
    vat_c: int
    settled_vat_c: int

    def apply(self, invoice: Any) -> None:
        """Wait for less."""
        invoice.off_net_c += self.net_c
        invoice.off_vat_c += self.vat_c


class PartRecovered(Ledgered.Event):
    """Part of what was written off came after all, in cents; `net_c` is what of it is no VAT."""

    amount_c: int
    net_c: int

    def apply(self, invoice: Any) -> None:
        """Count it for the funds and the contribution: they have their part of it."""
        invoice.recovered_c += self.amount_c
        invoice.recovered_net_c += self.net_c


class ResultMoved(Ledgered.Event):
    """By how much the result of an activity moved, in cents, and what is still to come from clients, net of VAT."""

    document_id: UUID
    amount_c: int
    open_net_c: int

    def apply(self, activity: Any) -> None:
        """Earn more, or less, and leave so much more open."""
        activity.result_c += self.amount_c
        activity.open_net_c += self.open_net_c
