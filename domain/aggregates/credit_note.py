"""A credit note: the document that takes back an invoice, or part of it, at the invoice's own rates.

    ── Issued ──> issued, for good

Frozen at issue and never edited, like the invoice it is linked to. It is a legal fact: whether its
activity can afford it is no question; what was already paid out is recovered later.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated
from uuid import UUID

from domain.errors import EmptyText
from domain.facts import Ledgered, Stamp
from domain.personal import Personal, Retention
from domain.settlement import FundPart
from domain.vat import VatRow, net_of, vat_of


class CreditNote(Ledgered):
    """One issued credit note."""

    TOPIC = "credit-note"

    def __init__(self, entity_id: UUID, invoice_id: UUID, credit_note_no: str) -> None:
        """Stand for ever."""
        self.entity_id = entity_id
        self.invoice_id = invoice_id
        self.credit_note_no = credit_note_no

    class Event(Ledgered.Event):
        """What happened to a credit note."""

        entity_id: UUID

    class Issued(Event, Ledgered.Created):
        """The cooperative gave up what it had claimed from a client by an invoice, or part of it.

        `contribution_c` and `fund_parts` are what the activity gets back, by `plan_version` of the
        invoice, below zero if what clients paid now bears less VAT and the plan reckons on that; `open_net_c` is how much less, net of VAT, the client owes on the invoice now.
        """

        TOPIC = "credit-note.issued.v1"
        activity_id: UUID
        client_id: UUID
        booked_on: date
        credit_note_no: str
        invoice_id: UUID
        invoice_no: str
        issued_on: date
        vat: tuple[VatRow, ...]
        net_c: int
        vat_c: int
        gross_c: int
        open_net_c: int
        plan_version: int
        contribution_c: int
        fund_parts: tuple[FundPart, ...]
        reason: Annotated[str, Personal(Retention.ACCOUNTING, "client_id")]
        buyer_name: Annotated[str, Personal(Retention.ACCOUNTING, "client_id")]
        buyer_address: Annotated[str, Personal(Retention.ACCOUNTING, "client_id")]
        buyer_vat_no: Annotated[str, Personal(Retention.ACCOUNTING, "client_id")]

    Created = Issued

    @classmethod
    def issue(
        cls,
        stamp: Stamp,
        *,
        id: UUID,
        entity_id: UUID,
        activity_id: UUID,
        client_id: UUID,
        booked_on: date,
        credit_note_no: str,
        invoice_id: UUID,
        invoice_no: str,
        issued_on: date,
        vat: tuple[VatRow, ...],
        open_net_c: int,
        plan_version: int,
        contribution_c: int,
        fund_parts: tuple[FundPart, ...],
        reason: str,
        buyer_name: str,
        buyer_address: str,
        buyer_vat_no: str,
    ) -> CreditNote:
        """Issue a credit note, with a reason."""
        if not reason.strip():
            raise EmptyText(field="reason")
        net_c, vat_c = net_of(vat), vat_of(vat)
        return cls.begin(
            stamp,
            id=id,
            entity_id=entity_id,
            activity_id=activity_id,
            client_id=client_id,
            booked_on=booked_on,
            credit_note_no=credit_note_no,
            invoice_id=invoice_id,
            invoice_no=invoice_no,
            issued_on=issued_on,
            vat=vat,
            net_c=net_c,
            vat_c=vat_c,
            gross_c=net_c + vat_c,
            open_net_c=open_net_c,
            plan_version=plan_version,
            contribution_c=contribution_c,
            fund_parts=fund_parts,
            reason=reason,
            buyer_name=buyer_name,
            buyer_address=buyer_address,
            buyer_vat_no=buyer_vat_no,
        )
