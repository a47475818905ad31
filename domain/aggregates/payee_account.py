"""The bank account of a payee: the first is that of the first payment, every other waits.

    ── Recorded ──> recorded ── ChangeProposed ──> proposed ── Changed ──> recorded, usable after a waiting time

A changed account is the classic fraud: somebody writes in a payee's name that they bank elsewhere now.
So a change takes two people, and no payment goes there before a waiting time in which the payee can
still be asked.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated
from uuid import UUID

from domain.errors import (
    EmptyText,
    NoChangeProposed,
    PayeeAccountDiffers,
    PayeeAccountTooNew,
    SameAccount,
    SecondPersonNeeded,
)
from domain.facts import Ledgered, Stamp, people_of
from domain.personal import Personal, Retention


@dataclass(frozen=True)
class ProposedAccount:
    """An account that waits for a second person; `people` proposed it, one perhaps for another."""

    iban: str
    proposed_by: str
    people: frozenset[str]


class PayeeAccount(Ledgered):
    """Where one payee is paid."""

    TOPIC = "payee-account"

    def __init__(self, payee_id: UUID, iban: str) -> None:
        """Start with the account of the first payment."""
        self.payee_id = payee_id
        self.iban = iban
        self.usable_from = date.min
        self.proposed: ProposedAccount | None = None

    class Event(Ledgered.Event):
        """What happened to a payee's account."""

        payee_id: UUID

    class Recorded(Event, Ledgered.Created):
        """The payee's first payment was ordered to this account."""

        TOPIC = "payee-account.recorded.v1"
        iban: Annotated[str, Personal(Retention.ACCOUNTING, "payee_id")]

    Created = Recorded

    class ChangeProposed(Event):
        """Somebody says that the payee is paid elsewhere now, and how they know."""

        TOPIC = "payee-account.change-proposed.v1"
        iban: Annotated[str, Personal(Retention.ACCOUNTING, "payee_id")]
        evidence: Annotated[str, Personal(Retention.ACCOUNTING, "payee_id")]

        def apply(self, account: PayeeAccount) -> None:
            """Wait for a second person."""
            people = people_of(self.actor, self.on_behalf_of)
            account.proposed = ProposedAccount(self.iban, self.actor, people)

    class Changed(Event):
        """A second person confirmed the new account; payments go there from `usable_from` on."""

        TOPIC = "payee-account.changed.v1"
        iban: Annotated[str, Personal(Retention.ACCOUNTING, "payee_id")]
        proposed_by: str
        usable_from: date

        def apply(self, account: PayeeAccount) -> None:
            """Be paid there, after the waiting time."""
            account.iban = self.iban
            account.usable_from = self.usable_from
            account.proposed = None

    def propose_change(self, stamp: Stamp, *, iban: str, evidence: str) -> None:
        """Propose another account, and say how it is known; a later proposal takes an earlier one's place."""
        if not evidence.strip():
            raise EmptyText(field="evidence")
        if iban == self.iban:
            raise SameAccount(payee_id=self.payee_id)
        self.note(self.ChangeProposed, stamp, payee_id=self.payee_id, iban=iban, evidence=evidence)

    def change(self, stamp: Stamp, *, waiting_days: int) -> None:
        """Confirm the proposed account as a second person."""
        if self.proposed is None:
            raise NoChangeProposed(payee_id=self.payee_id)
        if self.proposed.people & people_of(stamp.actor, stamp.on_behalf_of):
            raise SecondPersonNeeded(proposed_by=self.proposed.proposed_by)
        self.note(
            self.Changed,
            stamp,
            payee_id=self.payee_id,
            iban=self.proposed.iban,
            proposed_by=self.proposed.proposed_by,
            usable_from=stamp.effective_on + timedelta(days=waiting_days),
        )

    def require_usable(self, iban: str, on: date) -> None:
        """Refuse an account that is not the payee's, or not yet long enough."""
        if iban != self.iban:
            raise PayeeAccountDiffers(payee_id=self.payee_id)
        if on < self.usable_from:
            raise PayeeAccountTooNew(payee_id=self.payee_id, usable_from=self.usable_from)
