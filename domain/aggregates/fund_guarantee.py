"""A mutual fund's guarantee of an invoice: part of the fund's cash, set aside in case a client does not pay.

    ── Reserved ──> reserved ── Called ──> called (Recovered, if the client pays in the end, until RecoveryReversed)
                       └── Released ──> released

A call moves money from the fund to the activity, within the cooperative: no bank takes part. What
the client pays afterwards goes back to the fund first.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from uuid import UUID

from domain.errors import (
    EmptyText,
    ExceedsGuarantee,
    ExceedsOutstanding,
    GuaranteeSettled,
    MustAbstain,
    SecondPersonNeeded,
)
from domain.facts import Ledgered, Stamp, people_of
from domain.funding import LedgerPolicy
from domain.money import require_positive


class GuaranteeState(StrEnum):
    """Where a guarantee stands."""

    RESERVED = "reserved"
    RELEASED = "released"
    CALLED = "called"


class FundGuarantee(Ledgered):
    """What one fund guarantees of one invoice."""

    TOPIC = "fund-guarantee"

    def __init__(
        self, entity_id: UUID, fund_id: UUID, activity_id: UUID, invoice_id: UUID, amount_c: int
    ) -> None:
        """Start reserved, for `amount_c`."""
        self.entity_id = entity_id
        self.fund_id = fund_id
        self.activity_id = activity_id
        self.invoice_id = invoice_id
        self.amount_c = amount_c
        self.state = GuaranteeState.RESERVED
        # Said by the first fact, before anyone can ask.
        self.people: frozenset[str]
        self.reserved_by: str
        self.outstanding_c = 0

    class Event(Ledgered.Event):
        """What happened to a guarantee."""

        entity_id: UUID
        fund_id: UUID
        activity_id: UUID
        invoice_id: UUID

    class Reserved(Event, Ledgered.Created):
        """By this decision the fund guarantees this much of the invoice, and set it aside."""

        TOPIC = "fund-guarantee.reserved.v1"
        amount_c: int
        decision_ref: str

        def apply(self, guarantee: FundGuarantee) -> None:
            """Remember who guaranteed it: none of them can call it."""
            guarantee.people = people_of(self.actor, self.on_behalf_of)
            guarantee.reserved_by = self.actor

    Created = Reserved

    class Released(Event):
        """The guarantee is not needed any more, as when the client paid."""

        TOPIC = "fund-guarantee.released.v1"
        amount_c: int
        reason: str

        def apply(self, guarantee: FundGuarantee) -> None:
            """Be over."""
            guarantee.state = GuaranteeState.RELEASED

    class Called(Event):
        """The client did not pay: the fund gave the activity `amount_c` of the `reserved_c` set aside."""

        TOPIC = "fund-guarantee.called.v1"
        booked_on: date
        ledger_policy: LedgerPolicy
        amount_c: int
        reserved_c: int
        decision_ref: str

        def apply(self, guarantee: FundGuarantee) -> None:
            """Hope for what the client may still pay."""
            guarantee.state = GuaranteeState.CALLED
            guarantee.outstanding_c = self.amount_c

    class Recovered(Event):
        """The client paid something in the end: the activity gave this much back to the fund."""

        TOPIC = "fund-guarantee.recovered.v1"
        booked_on: date
        ledger_policy: LedgerPolicy
        amount_c: int

        def apply(self, guarantee: FundGuarantee) -> None:
            """Have less to hope for."""
            guarantee.outstanding_c -= self.amount_c

    class RecoveryReversed(Event):
        """What was given back came of something else: it is below zero, and the fund stands in for it as before."""

        TOPIC = "fund-guarantee.recovery-reversed.v1"
        booked_on: date
        ledger_policy: LedgerPolicy
        amount_c: int

        def apply(self, guarantee: FundGuarantee) -> None:
            """Hope for it again."""
            guarantee.outstanding_c -= self.amount_c

    @classmethod
    def reserve(
        cls,
        stamp: Stamp,
        *,
        id: UUID,
        interested: frozenset[str],
        entity_id: UUID,
        fund_id: UUID,
        activity_id: UUID,
        invoice_id: UUID,
        amount_c: int,
        decision_ref: str,
    ) -> FundGuarantee:
        """Guarantee part of an invoice, by a decision in which the `interested` take no part."""
        require_positive(amount_c)
        _require_abstaining(stamp, interested)
        if not decision_ref.strip():
            raise EmptyText(field="decision_ref")
        return cls.begin(
            stamp,
            id=id,
            entity_id=entity_id,
            fund_id=fund_id,
            activity_id=activity_id,
            invoice_id=invoice_id,
            amount_c=amount_c,
            decision_ref=decision_ref,
        )

    def release(self, stamp: Stamp, *, reason: str) -> None:
        """Let it go, with a reason."""
        self._require_reserved()
        if not reason.strip():
            raise EmptyText(field="reason")
        self._note(self.Released, stamp, amount_c=self.amount_c, reason=reason)

    def call(
        self,
        stamp: Stamp,
        *,
        interested: frozenset[str],
        booked_on: date,
        ledger_policy: LedgerPolicy,
        amount_c: int,
        decision_ref: str,
    ) -> None:
        """Call it as a second person, whole or in part; what is not called is set aside no longer."""
        self._require_reserved()
        require_positive(amount_c)
        if amount_c > self.amount_c:
            raise ExceedsGuarantee(guaranteed_c=self.amount_c, amount_c=amount_c)
        _require_abstaining(stamp, interested)
        if self.people & people_of(stamp.actor, stamp.on_behalf_of):
            raise SecondPersonNeeded(proposed_by=self.reserved_by)
        if not decision_ref.strip():
            raise EmptyText(field="decision_ref")
        self._note(
            self.Called,
            stamp,
            booked_on=booked_on,
            ledger_policy=ledger_policy,
            amount_c=amount_c,
            reserved_c=self.amount_c,
            decision_ref=decision_ref,
        )

    def recover(self, stamp: Stamp, *, booked_on: date, ledger_policy: LedgerPolicy, amount_c: int) -> None:
        """Give back to the fund part of what it gave."""
        require_positive(amount_c)
        if amount_c > self.outstanding_c:
            raise ExceedsOutstanding(outstanding_c=self.outstanding_c, amount_c=amount_c)
        self._note(self.Recovered, stamp, booked_on=booked_on, ledger_policy=ledger_policy, amount_c=amount_c)

    def take_recovery_back(
        self, stamp: Stamp, *, booked_on: date, ledger_policy: LedgerPolicy, amount_c: int
    ) -> None:
        """Stand in again for part of what the activity had given back."""
        says = {"booked_on": booked_on, "ledger_policy": ledger_policy, "amount_c": -amount_c}
        self._note(self.RecoveryReversed, stamp, **says)

    def _require_reserved(self) -> None:
        if self.state is not GuaranteeState.RESERVED:
            raise GuaranteeSettled(state=self.state)

    def _note(self, kind: type[Event], stamp: Stamp, **says: object) -> None:
        self.note(
            kind,
            stamp,
            entity_id=self.entity_id,
            fund_id=self.fund_id,
            activity_id=self.activity_id,
            invoice_id=self.invoice_id,
            **says,
        )


def _require_abstaining(stamp: Stamp, interested: frozenset[str]) -> None:
    if interested & people_of(stamp.actor, stamp.on_behalf_of):
        raise MustAbstain
