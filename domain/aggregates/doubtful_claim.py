"""A doubtful claim: what of an invoice may not come, and what became of that.

    ── Opened ──> asked about ── DoubtDeclared ──> doubtful ── DoubtLifted ──> expected again
    doubtful ── ValueAdjustmentRecorded ──> valued lower ── ValueAdjustmentTakenBack ──> doubtful
    doubtful ── VatReclaimed ──> doubtful, bare of its tax ── LossRecognised ──> lost
    doubtful ── LossRecognised ──> lost, with the tax in it
    bare or lost ── RecoveryReceived ──> come after all ── GuaranteeRepaid ──> to a fund that stood in
    doubtful, bare, lost ── GuaranteeCalled ──> a fund stands in
    come after all ── RecoveryReversed ──> bare or lost again, as before

One stream an invoice. What is written off leaves the invoice in the same batch, so that no more is
ever paid, credited, doubted or lost of it than what is open.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from typing import Annotated
from uuid import UUID

from domain.errors import (
    AdjustmentExceedsDoubt,
    EmptyText,
    ExceedsAdjustment,
    ExceedsDoubt,
    ExceedsWrittenOff,
    NotABalanceSheetDay,
    NothingDoubtful,
    NoVatToReclaim,
)
from domain.facts import Ledgered, Stamp
from domain.money import proportion, require_positive
from domain.personal import Personal, Retention
from domain.recovering import Recoveries, Recovery, last_of, with_adjustment, with_repayment, without
from domain.settlement import GivenUp


class DoubtfulClaim(Ledgered):
    """What may not come of one invoice."""

    TOPIC = "doubtful-claim"

    def __init__(self, entity_id: UUID, activity_id: UUID, client_id: UUID, invoice_id: UUID) -> None:
        """Start with nothing in doubt."""
        self.entity_id = entity_id
        self.activity_id = activity_id
        self.client_id = client_id
        self.invoice_id = invoice_id
        self.doubtful_c = self.bare_c = self.adjusted_c = 0
        self.reclaimed_vat_c = self.lost_c = 0
        self.guarantee_ids: tuple[UUID, ...] = ()
        self.recovered = 0
        self.recoveries: Recoveries = {}

    class Event(Ledgered.Event):
        """What happened to a doubtful claim."""

        entity_id: UUID
        activity_id: UUID
        client_id: UUID
        invoice_id: UUID

    class Opened(Event, Ledgered.Created):
        """For the first time there was a reason to ask whether this invoice will be paid."""

        TOPIC = "doubtful-claim.opened.v1"

    Created = Opened

    class DoubtDeclared(Event):
        """So much of what is open on the invoice, VAT included, may not come."""

        TOPIC = "doubtful-claim.doubt-declared.v1"
        booked_on: date
        amount_c: int
        reason: Annotated[str, Personal(Retention.ACCOUNTING, "client_id")]

        def apply(self, claim: DoubtfulClaim) -> None:
            """Doubt it."""
            claim.doubtful_c += self.amount_c

    class DoubtLifted(Event):
        """So much of it is doubted no longer: it is paid or credited, or it is expected again."""

        TOPIC = "doubtful-claim.doubt-lifted.v1"
        booked_on: date
        amount_c: int

        def apply(self, claim: DoubtfulClaim) -> None:
            """Doubt less."""
            claim.doubtful_c -= self.amount_c

    class ValueAdjustmentRecorded(Event):
        """On this balance-sheet day so much of what is doubtful, net of VAT, is not expected to come."""

        TOPIC = "doubtful-claim.value-adjustment-recorded.v1"
        booked_on: date
        amount_c: int

        def apply(self, claim: DoubtfulClaim) -> None:
            """Value it lower."""
            claim.adjusted_c += self.amount_c

    class ValueAdjustmentTakenBack(Event):
        """So much of what was adjusted is expected to come after all, or did by the recovery of that number."""

        TOPIC = "doubtful-claim.value-adjustment-taken-back.v1"
        booked_on: date
        amount_c: int
        recovery_no: int | None = None

        def apply(self, claim: DoubtfulClaim) -> None:
            """Value it higher."""
            claim.adjusted_c -= self.amount_c
            claim.recoveries = with_adjustment(claim.recoveries, self.recovery_no, self.amount_c)

    class VatReclaimed(Event):
        """The VAT of what is doubtful is reclaimed from the State, from the client's judgment on.

        `net_c` stays doubtful without it. `open_net_c` is how much less is open by it, net of VAT: a
        cent at most, that what was received settles otherwise now.
        """

        TOPIC = "doubtful-claim.vat-reclaimed.v1"
        booked_on: date
        judgment_on: date
        vat_c: int
        net_c: int
        open_net_c: int

        def apply(self, claim: DoubtfulClaim) -> None:
            """Doubt what is left, bare of VAT."""
            claim.doubtful_c -= self.vat_c + self.net_c
            claim.bare_c += self.net_c
            claim.reclaimed_vat_c += self.vat_c

    class LossRecognised(Event):
        """So much will not come: `bare_c` whose VAT was reclaimed, and the rest with the VAT in it.

        `adjusted_c` was charged before, and is not charged twice; `open_net_c` is how much less is
        open, net of VAT.
        """

        TOPIC = "doubtful-claim.loss-recognised.v1"
        booked_on: date
        amount_c: int
        bare_c: int
        adjusted_c: int
        open_net_c: int

        def apply(self, claim: DoubtfulClaim) -> None:
            """Give it up."""
            claim.bare_c -= self.bare_c
            claim.doubtful_c -= self.amount_c - self.bare_c
            claim.adjusted_c -= self.adjusted_c
            claim.lost_c += self.amount_c

    class RecoveryReceived(Event):
        """Part of a bank line came of what was written off: its VAT is due again, in proportion.

        `bare_c` was still doubtful; `lost_c` had been given up. Recoveries are numbered.
        """

        TOPIC = "doubtful-claim.recovery-received.v1"
        booked_on: date
        line_id: UUID
        amount_c: int
        vat_c: int
        bare_c: int
        lost_c: int
        recovery_no: int | None = None

        def apply(self, claim: DoubtfulClaim) -> None:
            """Have less to hope for."""
            claim.reclaimed_vat_c -= self.vat_c
            claim.bare_c -= self.bare_c
            claim.lost_c -= self.lost_c
            claim.recovered += 1
            came = Recovery(self.line_id, self.amount_c, self.vat_c, self.bare_c, self.lost_c)
            claim.recoveries = {**claim.recoveries, claim.recovered: came}

    class RecoveryReversed(Event):
        """What came by the recovery of that number came of something else: its amounts are below zero.

        The VAT is not due again, what was doubtful or lost is so as before, and `adjusted_c` is adjusted
        again that was not because of it.
        """

        TOPIC = "doubtful-claim.recovery-reversed.v1"
        booked_on: date
        recovery_no: int
        line_id: UUID
        amount_c: int
        vat_c: int
        bare_c: int
        lost_c: int
        adjusted_c: int

        def apply(self, claim: DoubtfulClaim) -> None:
            """Have as much to hope for as before."""
            claim.reclaimed_vat_c -= self.vat_c
            claim.bare_c -= self.bare_c
            claim.lost_c -= self.lost_c
            claim.adjusted_c += self.adjusted_c
            claim.recoveries = without(claim.recoveries, self.recovery_no)

    class GuaranteeRepaid(Event):
        """So much of the recovery of that number repaid a fund that had stood in."""

        TOPIC = "doubtful-claim.guarantee-repaid.v1"
        guarantee_id: UUID
        recovery_no: int
        amount_c: int

        def apply(self, claim: DoubtfulClaim) -> None:
            """Remember what to take back with it."""
            claim.recoveries = with_repayment(
                claim.recoveries, self.recovery_no, self.guarantee_id, self.amount_c
            )

    class GuaranteeCalled(Event):
        """A mutual fund stood in for the client: what comes after all is the fund's first."""

        TOPIC = "doubtful-claim.guarantee-called.v1"
        guarantee_id: UUID

        def apply(self, claim: DoubtfulClaim) -> None:
            """Remember whom to repay, in the order in which they stood in."""
            claim.guarantee_ids = (*claim.guarantee_ids, self.guarantee_id)

    @property
    def written_off_c(self) -> int:
        """What was written off and has not come since, in cents, with the VAT that was reclaimed."""
        return self.reclaimed_vat_c + self.bare_c + self.lost_c

    def declare(self, stamp: Stamp, *, booked_on: date, amount_c: int, reason: str) -> None:
        """Doubt so much of what is open, with a reason."""
        require_positive(amount_c)
        if not reason.strip():
            raise EmptyText(field="reason")
        self._note(self.DoubtDeclared, stamp, booked_on=booked_on, amount_c=amount_c, reason=reason)

    def lift(self, stamp: Stamp, *, booked_on: date, amount_c: int) -> None:
        """Doubt so much no longer."""
        require_positive(amount_c)
        if amount_c > self.doubtful_c:
            raise ExceedsDoubt(doubtful_c=self.doubtful_c, amount_c=amount_c)
        self._note(self.DoubtLifted, stamp, booked_on=booked_on, amount_c=amount_c)

    def adjust(self, stamp: Stamp, *, booked_on: date, amount_c: int, doubtful_net_c: int) -> None:
        """Charge so much on a balance-sheet day, up to what is doubtful net of VAT."""
        require_positive(amount_c)
        on = stamp.effective_on
        if on.day != monthrange(on.year, on.month)[1]:
            raise NotABalanceSheetDay(on=on)
        if self.adjusted_c + amount_c > doubtful_net_c:
            raise AdjustmentExceedsDoubt(
                doubtful_net_c=doubtful_net_c, adjusted_c=self.adjusted_c, amount_c=amount_c
            )
        self._note(self.ValueAdjustmentRecorded, stamp, booked_on=booked_on, amount_c=amount_c)

    def take_adjustment_back(
        self, stamp: Stamp, *, booked_on: date, amount_c: int, recovery_no: int | None = None
    ) -> None:
        """Take back so much of what was adjusted, because of a recovery or because it is expected."""
        require_positive(amount_c)
        if amount_c > self.adjusted_c:
            raise ExceedsAdjustment(adjusted_c=self.adjusted_c, amount_c=amount_c)
        says = {"booked_on": booked_on, "amount_c": amount_c, "recovery_no": recovery_no}
        self._note(self.ValueAdjustmentTakenBack, stamp, **says)

    def reclaim_vat(self, stamp: Stamp, *, booked_on: date, judgment_on: date, off: GivenUp) -> None:
        """Reclaim the VAT of what the invoice wrote off for it."""
        if not off.vat_c:
            raise NoVatToReclaim(invoice_id=self.invoice_id)
        self._note(
            self.VatReclaimed,
            stamp,
            booked_on=booked_on,
            judgment_on=judgment_on,
            vat_c=off.vat_c,
            net_c=off.net_c,
            open_net_c=off.open_net_c - off.net_c,
        )

    def require_doubtful(self, amount_c: int | None) -> int:
        """Return so much of what is doubtful, or all of it; refuse more, and nothing."""
        doubtful_c = self.doubtful_c + self.bare_c
        if not doubtful_c:
            raise NothingDoubtful(invoice_id=self.invoice_id)
        if amount_c is None:
            return doubtful_c
        require_positive(amount_c)
        if amount_c > doubtful_c:
            raise ExceedsDoubt(doubtful_c=doubtful_c, amount_c=amount_c)
        return amount_c

    def lose(
        self, stamp: Stamp, *, booked_on: date, amount_c: int, bare_c: int, net_c: int, open_net_c: int
    ) -> int:
        """Give so much up, of which `net_c` is net of VAT, and use what was adjusted for it; return that."""
        over = amount_c == self.doubtful_c + self.bare_c
        adjusted_c = self.adjusted_c if over else min(self.adjusted_c, net_c)
        self._note(
            self.LossRecognised,
            stamp,
            booked_on=booked_on,
            amount_c=amount_c,
            bare_c=bare_c,
            adjusted_c=adjusted_c,
            open_net_c=open_net_c,
        )
        return adjusted_c

    def recover(self, stamp: Stamp, *, booked_on: date, line_id: UUID, amount_c: int) -> Recovery:
        """Take in what came of what was written off: first of what is still doubtful, then of what was lost."""
        require_positive(amount_c)
        if amount_c > self.written_off_c:
            raise ExceedsWrittenOff(written_off_c=self.written_off_c, amount_c=amount_c)
        vat_c = proportion(self.reclaimed_vat_c, part=amount_c, whole=self.written_off_c)
        bare_c = min(self.bare_c, amount_c - vat_c)
        self._note(
            self.RecoveryReceived,
            stamp,
            booked_on=booked_on,
            line_id=line_id,
            amount_c=amount_c,
            vat_c=vat_c,
            bare_c=bare_c,
            lost_c=amount_c - vat_c - bare_c,
            recovery_no=self.recovered + 1,
        )
        return self.recoveries[self.recovered]

    def take_recovery_back(self, stamp: Stamp, *, booked_on: date, line_id: UUID) -> Recovery:
        """Take back, whole, the last recovery that this receipt brought; return it. Raises NoRecovery."""
        recovery_no, came = last_of(self.recoveries, line_id, self.invoice_id)
        self._note(
            self.RecoveryReversed,
            stamp,
            booked_on=booked_on,
            recovery_no=recovery_no,
            line_id=line_id,
            amount_c=-came.amount_c,
            vat_c=-came.vat_c,
            bare_c=-came.bare_c,
            lost_c=-came.lost_c,
            adjusted_c=came.adjusted_c,
        )
        return came

    def repay_guarantee(self, stamp: Stamp, *, guarantee_id: UUID, amount_c: int) -> None:
        """Tell that so much of the last recovery repaid a fund."""
        says = {"guarantee_id": guarantee_id, "recovery_no": self.recovered, "amount_c": amount_c}
        self._note(self.GuaranteeRepaid, stamp, **says)

    def name_guarantee(self, stamp: Stamp, *, guarantee_id: UUID) -> None:
        """Remember a fund that stood in."""
        self._note(self.GuaranteeCalled, stamp, guarantee_id=guarantee_id)

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
