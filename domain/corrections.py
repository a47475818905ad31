"""What facts that take something back say in common; each aggregate names its own of these facts."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from domain.facts import Ledgered
from domain.funding import LedgerPolicy


class PaymentTakenBack(Ledgered.Event):
    """What a fund had booked for a payment that never was, in cents; `lent` says that it was an advance."""

    entity_id: UUID
    fund_id: UUID
    activity_id: UUID
    booked_on: date
    ledger_policy: LedgerPolicy
    amount_c: int
    lent: bool
