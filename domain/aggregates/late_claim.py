"""What is claimed of a client for paying one invoice late: interest, a flat sum, the costs of reminders.

    ── Opened ──> asked about ── Claimed ──> claimed ── PaymentReceived ──> paid, in part or whole
    claimed ── Waived ──> asked for no longer; waived ── WaiverReversed ──> claimed
    claimed ── ClaimReversed ──> not claimed, and may be anew
    paid ── PaymentReversed ──> claimed

One stream an invoice, beside it: paying interest is not paying the invoice. Whether a late payer pays
this too is uncertain, so it is booked when it comes and not before (Royal Decree of 29 April 2019,
art. 3:11 ◇). What comes pays the costs first, and then the interest (Civil Code, art. 5.210 ◇).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple
from uuid import UUID

from domain.errors import EmptyText, ExceedsLateClaim, ExceedsWaived, LateClaimPaid, NothingOverdue
from domain.facts import Ledgered, Stamp
from domain.late_payment import Beneficiary, InterestSpan, LateLaw, interest_c
from domain.money import plus, require_positive


class Overdue(NamedTuple):
    """What paying late comes to in all, through a day."""

    through_on: date
    spans: tuple[InterestSpan, ...]
    days_in_year: int
    flat_c: int
    fees_c: int


class LateClaim(Ledgered):
    """What is claimed for paying one invoice late."""

    TOPIC = "late-claim"

    def __init__(
        self,
        entity_id: UUID,
        activity_id: UUID,
        client_id: UUID,
        invoice_id: UUID,
        law: LateLaw,
        earned_by: Beneficiary,
        fund_id: UUID | None = None,
    ) -> None:
        """Start with nothing claimed."""
        self.entity_id = entity_id
        self.activity_id = activity_id
        self.client_id = client_id
        self.invoice_id = invoice_id
        self.law = law
        self.earned_by = earned_by
        self.fund_id = fund_id
        self.interest_c = self.flat_c = self.fees_c = 0
        self.paid_interest_c = self.paid_costs_c = 0
        self.waived_interest_c = self.waived_costs_c = 0
        self.paid_by: Mapping[UUID, int] = {}

    class Event(Ledgered.Event):
        """What happened to a claim for paying late."""

        entity_id: UUID
        activity_id: UUID
        client_id: UUID
        invoice_id: UUID

    class Opened(Event, Ledgered.Created):
        """For the first time something was claimed for paying this invoice late, under this law.

        `earned_by` says for ever whose what comes of it is: that of the fund `fund_id`, if one earns it.
        """

        TOPIC = "late-claim.opened.v1"
        law: LateLaw
        earned_by: Beneficiary
        fund_id: UUID | None = None

    Created = Opened

    class Claimed(Event):
        """So much more is claimed of the client, for being late through a day.

        `spans` are all days of interest so far, and `interest_in_all_c` what they come to, a year having
        `days_in_year`; `interest_c` of it was not claimed before. `flat_c` is the flat sum, once;
        `fees_c` what reminders charged.
        """

        TOPIC = "late-claim.claimed.v1"
        through_on: date
        spans: tuple[InterestSpan, ...]
        days_in_year: int
        interest_in_all_c: int
        interest_c: int
        flat_c: int
        fees_c: int

        def apply(self, claim: LateClaim) -> None:
            """Claim more."""
            claim.interest_c += self.interest_c
            claim.flat_c += self.flat_c
            claim.fees_c += self.fees_c

    class PaymentReceived(Event):
        """Part of a bank line pays this claim: first its costs (the flat sum, reminders), then the interest."""

        TOPIC = "late-claim.payment-received.v1"
        booked_on: date
        earned_by: Beneficiary
        line_id: UUID
        costs_c: int
        interest_c: int

        def apply(self, claim: LateClaim) -> None:
            """Have received more."""
            claim.paid_costs_c += self.costs_c
            claim.paid_interest_c += self.interest_c
            claim.paid_by = plus(claim.paid_by, self.line_id, self.costs_c + self.interest_c)

    class PaymentReversed(Event):
        """What a bank line paid of this claim was taken back, whole or in part: the interest first."""

        TOPIC = "late-claim.payment-reversed.v1"
        booked_on: date
        earned_by: Beneficiary
        line_id: UUID
        costs_c: int
        interest_c: int

        def apply(self, claim: LateClaim) -> None:
            """Have received less."""
            claim.paid_costs_c -= self.costs_c
            claim.paid_interest_c -= self.interest_c
            claim.paid_by = plus(claim.paid_by, self.line_id, -self.costs_c - self.interest_c)

    class Waived(Event):
        """So much of the claim is asked for no longer, such as for a good client: the interest first."""

        TOPIC = "late-claim.waived.v1"
        costs_c: int
        interest_c: int
        reason: str

        def apply(self, claim: LateClaim) -> None:
            """Ask for less."""
            claim.waived_costs_c += self.costs_c
            claim.waived_interest_c += self.interest_c

    class WaiverReversed(Event):
        """So much of what was waived is asked for again, as it was waived by mistake: the costs first."""

        TOPIC = "late-claim.waiver-reversed.v1"
        costs_c: int
        interest_c: int
        reason: str

        def apply(self, claim: LateClaim) -> None:
            """Ask for more."""
            claim.waived_costs_c -= self.costs_c
            claim.waived_interest_c -= self.interest_c

    class ClaimReversed(Event):
        """All that was still asked for had been claimed by mistake; it can be claimed anew."""

        TOPIC = "late-claim.claim-reversed.v1"
        interest_c: int
        flat_c: int
        fees_c: int
        reason: str

        def apply(self, claim: LateClaim) -> None:
            """Have claimed less."""
            claim.interest_c -= self.interest_c
            claim.flat_c -= self.flat_c
            claim.fees_c -= self.fees_c

    @property
    def open_costs_c(self) -> int:
        """The costs that are still asked for, in cents."""
        return self.flat_c + self.fees_c - self.paid_costs_c - self.waived_costs_c

    @property
    def open_interest_c(self) -> int:
        """The interest that is still asked for, in cents."""
        return self.interest_c - self.paid_interest_c - self.waived_interest_c

    @property
    def open_c(self) -> int:
        """What is still asked for, in cents."""
        return self.open_costs_c + self.open_interest_c

    def claim(self, stamp: Stamp, overdue: Overdue) -> None:
        """Claim what paying late comes to, less what was claimed of it before."""
        in_all_c = interest_c(overdue.spans, days_in_year=overdue.days_in_year)
        more_c = max(in_all_c - self.interest_c, 0)
        flat_c = max(overdue.flat_c - self.flat_c, 0)
        fees_c = max(overdue.fees_c - self.fees_c, 0)
        if not more_c + flat_c + fees_c:
            raise NothingOverdue(invoice_id=self.invoice_id)
        self._note(
            self.Claimed,
            stamp,
            through_on=overdue.through_on,
            spans=overdue.spans,
            days_in_year=overdue.days_in_year,
            interest_in_all_c=in_all_c,
            interest_c=more_c,
            flat_c=flat_c,
            fees_c=fees_c,
        )

    def receive(self, stamp: Stamp, *, line_id: UUID, amount_c: int, booked_on: date) -> None:
        """Take in part of a bank line."""
        self._require_open(amount_c)
        costs_c = min(amount_c, self.open_costs_c)
        self._pays(self.PaymentReceived, stamp, line_id, costs_c, amount_c - costs_c, booked_on)

    def reverse_payment(self, stamp: Stamp, *, line_id: UUID, amount_c: int, booked_on: date) -> None:
        """Take back part of what a bank line paid, as its stream allows."""
        interest_c = min(amount_c, self.paid_interest_c)
        self._pays(self.PaymentReversed, stamp, line_id, amount_c - interest_c, interest_c, booked_on)

    def waive(self, stamp: Stamp, *, amount_c: int | None, reason: str) -> None:
        """Ask for so much no longer, or for nothing more, with a reason."""
        waived_c = self.open_c if amount_c is None else amount_c
        self._require_open(waived_c)
        interest_c = min(waived_c, self.open_interest_c)
        self._answers(self.Waived, stamp, reason, interest_c=interest_c, costs_c=waived_c - interest_c)

    def reverse_waiver(self, stamp: Stamp, *, amount_c: int | None, reason: str) -> None:
        """Ask again for so much of what was waived, or for all of it, with a reason."""
        waived_c = self.waived_costs_c + self.waived_interest_c
        again_c = waived_c if amount_c is None else amount_c
        require_positive(again_c)
        if again_c > waived_c:
            raise ExceedsWaived(waived_c=waived_c, amount_c=again_c)
        costs_c = min(again_c, self.waived_costs_c)
        self._answers(self.WaiverReversed, stamp, reason, costs_c=costs_c, interest_c=again_c - costs_c)

    def reverse(self, stamp: Stamp, *, reason: str) -> None:
        """Take back all that is still asked for, with a reason, unless something was paid of the claim."""
        if self.paid_by:
            raise LateClaimPaid(paid_c=self.paid_costs_c + self.paid_interest_c)
        if not self.open_c:
            raise NothingOverdue(invoice_id=self.invoice_id)
        fees_c = min(self.fees_c, self.open_costs_c)
        self._answers(
            self.ClaimReversed,
            stamp,
            reason,
            interest_c=self.open_interest_c,
            flat_c=self.open_costs_c - fees_c,
            fees_c=fees_c,
        )

    def _require_open(self, amount_c: int) -> None:
        require_positive(amount_c)
        if amount_c > self.open_c:
            raise ExceedsLateClaim(open_c=self.open_c, amount_c=amount_c)

    def _pays(
        self,
        kind: type[Event],
        stamp: Stamp,
        line_id: UUID,
        costs_c: int,
        interest_c: int,
        booked_on: date,
    ) -> None:
        self._note(
            kind,
            stamp,
            booked_on=booked_on,
            earned_by=self.earned_by,
            line_id=line_id,
            costs_c=costs_c,
            interest_c=interest_c,
        )

    def _answers(self, kind: type[Event], stamp: Stamp, reason: str, **says: int) -> None:
        if not reason.strip():
            raise EmptyText(field="reason")
        self._note(kind, stamp, reason=reason, **says)

    def _note(self, kind: type[Event], stamp: Stamp, **says: object) -> None:
        self.note(
            kind,
            stamp,
            entity_id=self.entity_id,
            activity_id=self.activity_id,
            client_id=self.client_id,
            invoice_id=self.invoice_id,
            **says,
        )
