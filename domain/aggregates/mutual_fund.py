"""A mutual fund: what the activities put in, and what the community gives back.

    ── Chartered ──> chartered (TermsAmended, GuaranteeTermsSet: other terms from a day on)
    ── ContributionCharged ──> accrued ── ContributionCollected ──> cash ── CollectionReversed ──> accrued
    ── TakenOver ──> cash, ── ContributionTakenOver ──> accrued, as in the old books; ── LatePaymentEarned ──> cash
    accrued ── ContributionReversed ──> no longer owed
    cash ── Reserved ──> set aside ── PaidOut ──> given ── Returned ──> cash
    set aside ── Released ──> cash

Contributions flow in two steps, and money leaves in two. What was charged and what was collected are two
figures: only collected money can be given, and what is left, less what is set aside, is never below the
floor. Aid and guarantees have streams of their own, which say whose they are and book them; the fund is
told the sums in the same batch, so that its floor is decided here.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from uuid import UUID

from domain.brought import FundBrought, FundPartBrought
from domain.errors import AboveCap, BelowFloor, EmptyText, NotRetroactive
from domain.facts import FIRST_DAY, Ledgered, Stamp
from domain.funding import FundTerms, FundUse, LateEarned, LedgerPolicy, require_terms
from domain.guaranteeing import GuaranteeTerms, TermsOfGuarantees
from domain.money import require_positive
from domain.settlement import Reversal


class FundKind(StrEnum):
    """What the fund is for."""

    GUARANTEE = "guarantee"
    SOLIDARITY = "solidarity"
    INVESTMENT = "investment"


class FundUsed(Ledgered.Event):
    """What is told when money is used for the aid or guarantee `document_id`; its own fact books it."""

    entity_id: UUID
    use: FundUse
    document_id: UUID
    amount_c: int


class MutualFund(Ledgered):
    """One mutual fund of one legal entity."""

    TOPIC = "mutual-fund"

    def __init__(
        self,
        entity_id: UUID,
        ledger_policy: LedgerPolicy,
        floor_c: int,
        cap_c: int | None,
        members_from_c: int | None,
    ) -> None:
        """Start empty, with the terms of the charter."""
        self.entity_id = entity_id
        self.ledger_policy = ledger_policy
        self.terms: tuple[FundTerms, ...] = (FundTerms(FIRST_DAY, floor_c, cap_c, members_from_c),)
        self.guarantee_terms: tuple[GuaranteeTerms, ...] = ()
        self.collected_c = 0
        self.given_c = 0
        self.set_aside_c = 0

    class Event(Ledgered.Event):
        """What happened to a fund."""

        entity_id: UUID

    class Chartered(Event, Ledgered.Created):
        """The community set up a fund under this regulation.

        It keeps at least `floor_c`; no aid and no guarantee is above `cap_c`, if there is one.
        """

        TOPIC = "mutual-fund.chartered.v1"
        code: str
        kind: FundKind
        ledger_policy: LedgerPolicy
        floor_c: int
        cap_c: int | None
        regulation_ref: str
        members_from_c: int | None = None

    Created = Chartered

    class TermsAmended(Event):
        """From that day on, by that decision, the fund has another floor or cap."""

        TOPIC = "mutual-fund.terms-amended.v1"
        valid_from: date
        floor_c: int
        cap_c: int | None
        decision_ref: str
        members_from_c: int | None = None

        def apply(self, fund: MutualFund) -> None:
            """Put the terms after those they follow."""
            terms = FundTerms(self.valid_from, self.floor_c, self.cap_c, self.members_from_c)
            fund.terms = (*fund.terms, terms)

    class GuaranteeTermsSet(Event, TermsOfGuarantees):
        """From that day on, by that decision, the fund guarantees by other terms."""

        TOPIC = "mutual-fund.guarantee-terms-set.v1"

    class ContributionCharged(Event):
        """An activity owes the fund its part of a document."""

        TOPIC = "mutual-fund.contribution-charged.v1"
        booked_on: date
        ledger_policy: LedgerPolicy
        activity_id: UUID
        document_id: UUID
        plan_version: int
        base_c: int
        rate_bp: int
        amount_c: int

    class ContributionReversed(Event):
        """A document took this much off what an activity owes the fund, at the rate it was charged at."""

        TOPIC = "mutual-fund.contribution-reversed.v1"
        booked_on: date
        ledger_policy: LedgerPolicy
        activity_id: UUID
        document_id: UUID
        invoice_id: UUID | None
        plan_version: int
        base_c: int
        rate_bp: int
        amount_c: int

    class ContributionCollected(Event):
        """The client paid, and with it this much of what the fund was owed."""

        TOPIC = "mutual-fund.contribution-collected.v1"
        activity_id: UUID
        document_id: UUID
        amount_c: int

        def apply(self, fund: MutualFund) -> None:
            """Count the amount as fund cash."""
            fund.collected_c += self.amount_c

    class CollectionReversed(Event):
        """What the client had paid was taken back, and with it this much of what the fund had collected."""

        TOPIC = "mutual-fund.collection-reversed.v1"
        activity_id: UUID
        document_id: UUID
        amount_c: int

        def apply(self, fund: MutualFund) -> None:
            """Count the amount as fund cash no longer."""
            fund.collected_c -= self.amount_c

    class TakenOver(Event, FundBrought):
        """What the fund held in the old books."""

        TOPIC = "mutual-fund.taken-over.v1"

    class ContributionTakenOver(Event, FundPartBrought):
        """What an open invoice of the old books still owes the fund."""

        TOPIC = "mutual-fund.contribution-taken-over.v1"

    class LatePaymentEarned(Event, LateEarned):
        """A client paid for being late, which the fund earns by the policy of the cooperative."""

        TOPIC = "mutual-fund.late-payment-earned.v1"

    class Reserved(Event, FundUsed):
        """Part of the cash is set aside: for aid that was decided, or for a guarantee."""

        TOPIC = "mutual-fund.reserved.v1"

        def apply(self, fund: MutualFund) -> None:
            """Set the amount aside."""
            fund.set_aside_c += self.amount_c

    class Released(Event, FundUsed):
        """What was set aside is free again."""

        TOPIC = "mutual-fund.released.v1"

        def apply(self, fund: MutualFund) -> None:
            """Set the amount aside no longer."""
            fund.set_aside_c -= self.amount_c

    class PaidOut(Event, FundUsed):
        """The fund gave this much of the `released_c` it had set aside; below zero, the payment never was."""

        TOPIC = "mutual-fund.paid-out.v1"
        released_c: int

        def apply(self, fund: MutualFund) -> None:
            """Take the amount out of the fund's cash, and nothing more is set aside for it."""
            fund.given_c += self.amount_c
            fund.set_aside_c -= self.released_c

    class Returned(Event, FundUsed):
        """Part of what the fund had given came back: repaid, set off, or recovered; below zero, it did not."""

        TOPIC = "mutual-fund.returned.v1"

        def apply(self, fund: MutualFund) -> None:
            """Count the amount as fund cash again."""
            fund.given_c -= self.amount_c

    @classmethod
    def charter(
        cls,
        stamp: Stamp,
        *,
        id: UUID,
        entity_id: UUID,
        code: str,
        kind: FundKind,
        ledger_policy: LedgerPolicy,
        floor_c: int,
        cap_c: int | None,
        regulation_ref: str,
        members_from_c: int | None = None,
    ) -> MutualFund:
        """Set up a fund under its regulation."""
        if not code.strip() or not regulation_ref.strip():
            raise EmptyText(field="code" if regulation_ref.strip() else "regulation_ref")
        require_terms(floor_c, cap_c, members_from_c)
        return cls.begin(
            stamp,
            id=id,
            entity_id=entity_id,
            code=code,
            kind=kind,
            ledger_policy=ledger_policy,
            floor_c=floor_c,
            cap_c=cap_c,
            regulation_ref=regulation_ref,
            members_from_c=members_from_c,
        )

    @property
    def cash_c(self) -> int:
        """What the fund holds, in cents: collected less given, and what of that came back."""
        return self.collected_c - self.given_c

    def terms_on(self, on: date) -> FundTerms:
        """Return the floor and cap in force on that day."""
        return next(terms for terms in reversed(self.terms) if terms.valid_from <= on)

    def set_guarantee_terms(self, stamp: Stamp, terms: GuaranteeTerms, *, decision_ref: str) -> None:
        """Guarantee by other terms, from today or later, and after those they follow."""
        terms.require_after(self.guarantee_terms, today=stamp.effective_on, decision_ref=decision_ref)
        says = {**vars(terms), "decision_ref": decision_ref}
        self.note(self.GuaranteeTermsSet, stamp, entity_id=self.entity_id, **says)

    def amend(
        self,
        stamp: Stamp,
        *,
        valid_from: date,
        floor_c: int,
        cap_c: int | None,
        decision_ref: str,
        members_from_c: int | None = None,
    ) -> None:
        """Give the fund another floor and cap, from today or later, and after those they follow."""
        require_terms(floor_c, cap_c, members_from_c)
        if not decision_ref.strip():
            raise EmptyText(field="decision_ref")
        if valid_from < stamp.effective_on or valid_from <= self.terms[-1].valid_from:
            raise NotRetroactive(valid_from=valid_from)
        self.note(
            self.TermsAmended,
            stamp,
            entity_id=self.entity_id,
            valid_from=valid_from,
            floor_c=floor_c,
            cap_c=cap_c,
            decision_ref=decision_ref,
            members_from_c=members_from_c,
        )

    def charge(
        self,
        stamp: Stamp,
        *,
        booked_on: date,
        activity_id: UUID,
        document_id: UUID,
        plan_version: int,
        base_c: int,
        rate_bp: int,
        amount_c: int,
    ) -> None:
        """Charge an activity the fund's part of a document."""
        self.note(
            self.ContributionCharged,
            stamp,
            entity_id=self.entity_id,
            booked_on=booked_on,
            ledger_policy=self.ledger_policy,
            activity_id=activity_id,
            document_id=document_id,
            plan_version=plan_version,
            base_c=base_c,
            rate_bp=rate_bp,
            amount_c=amount_c,
        )

    def reverse(self, stamp: Stamp, reversal: Reversal, *, activity_id: UUID) -> None:
        """Give an activity back the fund's part of what a document takes off its base."""
        self.note(
            self.ContributionReversed,
            stamp,
            entity_id=self.entity_id,
            ledger_policy=self.ledger_policy,
            activity_id=activity_id,
            **vars(reversal),
        )

    def collect(self, stamp: Stamp, *, activity_id: UUID, document_id: UUID, amount_c: int) -> None:
        """Take in what a receipt settles of the fund's part."""
        self.note(
            self.ContributionCollected,
            stamp,
            entity_id=self.entity_id,
            activity_id=activity_id,
            document_id=document_id,
            amount_c=amount_c,
        )

    def uncollect(self, stamp: Stamp, *, activity_id: UUID, document_id: UUID, amount_c: int) -> None:
        """Give back what a receipt had settled of the fund's part, when that was taken back."""
        self.note(
            self.CollectionReversed,
            stamp,
            entity_id=self.entity_id,
            activity_id=activity_id,
            document_id=document_id,
            amount_c=amount_c,
        )

    def reserve(self, stamp: Stamp, *, use: FundUse, document_id: UUID, amount_c: int) -> None:
        """Set an amount aside within the cap, if the fund stays at or above its floor."""
        require_positive(amount_c)
        cap_c = self.terms_on(stamp.effective_on).cap_c
        if cap_c is not None and amount_c > cap_c:
            raise AboveCap(cap_c=cap_c, amount_c=amount_c)
        self._require_above_floor(stamp, amount_c, set_aside_c=self.set_aside_c)
        self._tell(self.Reserved, stamp, use, document_id, amount_c)

    def release(self, stamp: Stamp, *, use: FundUse, document_id: UUID, amount_c: int) -> None:
        """Set an amount aside no longer."""
        self._tell(self.Released, stamp, use, document_id, amount_c)

    def pay_out(
        self, stamp: Stamp, *, use: FundUse, document_id: UUID, amount_c: int, released_c: int
    ) -> None:
        """Give what had been set aside, if the fund still stays at or above its floor."""
        self._require_above_floor(stamp, amount_c, set_aside_c=self.set_aside_c - released_c)
        self._tell(self.PaidOut, stamp, use, document_id, amount_c, released_c=released_c)

    def take_back(self, stamp: Stamp, *, use: FundUse, document_id: UUID, amount_c: int) -> None:
        """Take in what comes back of what was given."""
        self._tell(self.Returned, stamp, use, document_id, amount_c)

    def unpay(self, stamp: Stamp, *, use: FundUse, document_id: UUID, amount_c: int) -> None:
        """Have given so much less, and set it aside again: its payment never was."""
        self._tell(self.PaidOut, stamp, use, document_id, -amount_c, released_c=-amount_c)

    def _require_above_floor(self, stamp: Stamp, amount_c: int, *, set_aside_c: int) -> None:
        floor_c = self.terms_on(stamp.effective_on).floor_c
        if self.cash_c - set_aside_c - amount_c < floor_c:
            raise BelowFloor(cash_c=self.cash_c, set_aside_c=set_aside_c, amount_c=amount_c, floor_c=floor_c)

    def _tell(
        self,
        kind: type[FundUsed],
        stamp: Stamp,
        use: FundUse,
        document_id: UUID,
        amount_c: int,
        **says: object,
    ) -> None:
        self.note(
            kind,
            stamp,
            entity_id=self.entity_id,
            use=use,
            document_id=document_id,
            amount_c=amount_c,
            **says,
        )
