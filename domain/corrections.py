"""What facts that take something back say in common; each aggregate names its own of these facts."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from uuid import UUID

from domain.errors import ExceedsSetOff
from domain.facts import Ledgered
from domain.funding import LedgerPolicy
from domain.money import require_positive
from domain.personal import Personal, Retention


class PaymentTakenBack(Ledgered.Event):
    """What a fund had booked for a payment that never was, in cents; `lent` says that it was an advance."""

    entity_id: UUID
    fund_id: UUID
    activity_id: UUID
    booked_on: date
    ledger_policy: LedgerPolicy
    amount_c: int
    lent: bool


class SetOffTakenBack(Ledgered.Event):
    """Why what was set off is taken back, and whom that is about."""

    person_id: UUID
    reason: Annotated[str, Personal(Retention.ACCOUNTING, "person_id")]


def require_set_off(document_id: UUID, set_off_c: int, amount_c: int) -> None:
    """Refuse to take back more than was set off, in cents; raises ExceedsSetOff, AmountNotPositive."""
    require_positive(amount_c)
    if amount_c > set_off_c:
        raise ExceedsSetOff(document_id=document_id, set_off_c=set_off_c, amount_c=amount_c)
