"""A draft of an invoice: what an entrepreneur asks the cooperative to invoice.

    ── Drafted ──> drafted ── Submitted ──> submitted ── Issued ──> issued
    submitted ── Rejected ──> rejected
    drafted, rejected ── Amended ──> drafted
    drafted, submitted, rejected ── Withdrawn ──> withdrawn

It has no number and books nothing: the invoice that is issued of it has one, and does. Who drafted it amends,
submits or withdraws it, and nobody else; staff issue what was submitted, or reject it with a reason.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from domain.drawn_up import DrawnUp
from domain.errors import DraftInOtherState, DraftOfAnother, EmptyText
from domain.facts import Ledgered, Stamp, people_of
from domain.personal import Personal, Retention
from domain.vat import InvoiceLine, VatRow


class DraftState(StrEnum):
    """Where a draft stands."""

    DRAFTED = "drafted"
    SUBMITTED = "submitted"
    REJECTED = "rejected"
    ISSUED = "issued"
    WITHDRAWN = "withdrawn"


class InvoiceDraft(Ledgered):
    """One draft of an invoice to one client."""

    TOPIC = "invoice-draft"

    def __init__(
        self,
        entity_id: UUID,
        activity_id: UUID,
        client_id: UUID,
        lines: tuple[InvoiceLine, ...],
        descriptions: tuple[str, ...],
        supplied_on: date,
    ) -> None:
        """Start as a draft that nobody else sees to."""
        self.entity_id = entity_id
        self.activity_id = activity_id
        self.client_id = client_id
        self.lines = lines
        self.descriptions = descriptions
        self.supplied_on = supplied_on
        self.state = DraftState.DRAFTED
        self.people: frozenset[str] = frozenset()

    class Event(Ledgered.Event):
        """What happened to a draft."""

        entity_id: UUID
        activity_id: UUID
        client_id: UUID

    class Drafted(Event, Ledgered.Created):
        """This member, who runs the activity, asks that it be invoiced: `supplied_on` is the day of supply."""

        TOPIC = "invoice-draft.drafted.v1"
        membership_id: UUID
        supplied_on: date
        lines: tuple[InvoiceLine, ...]
        vat: tuple[VatRow, ...]
        net_c: int
        vat_c: int
        gross_c: int
        descriptions: Annotated[tuple[str, ...], Personal(Retention.ACCOUNTING, "client_id")]

        def apply(self, draft: InvoiceDraft) -> None:
            """Remember whose it is."""
            draft.people = people_of(self.actor, self.on_behalf_of)

    Created = Drafted

    class Amended(Event):
        """The draft says something else, and is to be submitted anew."""

        TOPIC = "invoice-draft.amended.v1"
        supplied_on: date
        lines: tuple[InvoiceLine, ...]
        vat: tuple[VatRow, ...]
        net_c: int
        vat_c: int
        gross_c: int
        descriptions: Annotated[tuple[str, ...], Personal(Retention.ACCOUNTING, "client_id")]

        def apply(self, draft: InvoiceDraft) -> None:
            """Ask for that instead."""
            draft.lines, draft.descriptions = self.lines, self.descriptions
            draft.supplied_on, draft.state = self.supplied_on, DraftState.DRAFTED

    class Submitted(Event):
        """The draft was handed in: it says the same until it is answered."""

        TOPIC = "invoice-draft.submitted.v1"

        def apply(self, draft: InvoiceDraft) -> None:
            """Wait for an answer."""
            draft.state = DraftState.SUBMITTED

    class Rejected(Event):
        """Staff do not issue it as it is, for this reason."""

        TOPIC = "invoice-draft.rejected.v1"
        reason: Annotated[str, Personal(Retention.ACCOUNTING, "client_id")]

        def apply(self, draft: InvoiceDraft) -> None:
            """Wait to be amended."""
            draft.state = DraftState.REJECTED

    class Issued(Event):
        """This invoice was issued of it; the invoice's own fact books it."""

        TOPIC = "invoice-draft.issued.v1"
        invoice_id: UUID

        def apply(self, draft: InvoiceDraft) -> None:
            """Be over."""
            draft.state = DraftState.ISSUED

    class Withdrawn(Event):
        """Who drafted it asks for it no longer."""

        TOPIC = "invoice-draft.withdrawn.v1"

        def apply(self, draft: InvoiceDraft) -> None:
            """Be over."""
            draft.state = DraftState.WITHDRAWN

    @classmethod
    def draft(
        cls,
        stamp: Stamp,
        *,
        id: UUID,
        entity_id: UUID,
        activity_id: UUID,
        client_id: UUID,
        membership_id: UUID,
        supplied_on: date,
        asked: DrawnUp,
    ) -> InvoiceDraft:
        """Draft an invoice, its VAT reckoned as it would be."""
        return cls.begin(
            stamp,
            id=id,
            entity_id=entity_id,
            activity_id=activity_id,
            client_id=client_id,
            membership_id=membership_id,
            supplied_on=supplied_on,
            **asked.figures(),
        )

    def amend(self, stamp: Stamp, *, supplied_on: date, asked: DrawnUp) -> None:
        """Ask for something else, until it is submitted and once it was rejected."""
        self._require_own(stamp)
        self._require(DraftState.DRAFTED, DraftState.REJECTED)
        self._note(self.Amended, stamp, supplied_on=supplied_on, **asked.figures())

    def submit(self, stamp: Stamp) -> None:
        """Hand it in."""
        self._require_own(stamp)
        self._require(DraftState.DRAFTED)
        self._note(self.Submitted, stamp)

    def reject(self, stamp: Stamp, *, reason: str) -> None:
        """Give it back, with a reason."""
        self._require(DraftState.SUBMITTED)
        if not reason.strip():
            raise EmptyText(field="reason")
        self._note(self.Rejected, stamp, reason=reason)

    def issue(self, stamp: Stamp, *, invoice_id: UUID) -> None:
        """Let this invoice be issued of it."""
        self._require(DraftState.SUBMITTED)
        self._note(self.Issued, stamp, invoice_id=invoice_id)

    def withdraw(self, stamp: Stamp) -> None:
        """Ask for it no longer, as long as no invoice was issued of it."""
        self._require_own(stamp)
        self._require(DraftState.DRAFTED, DraftState.SUBMITTED, DraftState.REJECTED)
        self._note(self.Withdrawn, stamp)

    def _require_own(self, stamp: Stamp) -> None:
        # By the actor alone: whom a request says that it is made for proves nothing of who makes it.
        if stamp.actor not in self.people:
            raise DraftOfAnother(invoice_draft_id=self.id)

    def _require(self, *states: DraftState) -> None:
        if self.state not in states:
            raise DraftInOtherState(state=self.state)

    def _note(self, kind: type[Event], stamp: Stamp, **says: object) -> None:
        self.note(
            kind,
            stamp,
            entity_id=self.entity_id,
            activity_id=self.activity_id,
            client_id=self.client_id,
            **says,
        )
