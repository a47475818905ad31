"""That an invoice was drawn on a client order: found by the invoice, once and for ever.

    ── Drawn ──> drawn on an order

A fund that guarantees invoices asks whether the order was confirmed before; a credit note gives back to the order.
"""

from __future__ import annotations

from datetime import date
from uuid import UUID

from domain.facts import Ledgered


class OrderedInvoice(Ledgered):
    """The client order of one invoice."""

    TOPIC = "ordered-invoice"

    def __init__(self, quotation_id: UUID, invoice_id: UUID, confirmed_on: date) -> None:
        """Stand for ever."""
        self.quotation_id = quotation_id
        self.invoice_id = invoice_id
        self.confirmed_on = confirmed_on

    class Event(Ledgered.Event):
        """What happened to it."""

        entity_id: UUID

    class Drawn(Event, Ledgered.Created):
        """This invoice was drawn on a client order that was confirmed on that day."""

        TOPIC = "ordered-invoice.drawn.v1"
        quotation_id: UUID
        invoice_id: UUID
        confirmed_on: date

    Created = Drawn
