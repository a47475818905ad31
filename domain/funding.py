"""What the streams of a mutual fund, its aid and its guarantees all speak of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from domain.errors import AmountNegative, ExceedsOutstanding
from domain.facts import Ledgered
from domain.money import require_holdable, require_positive


class LedgerPolicy(StrEnum):
    """How the legal books show the fund; the accountant decides.

    A reserve is no running policy: it is appropriated once a year from the result (692 / 131).
    """

    LIABILITY = "liability"
    PROVISION = "provision"
    ANALYTIC_ONLY = "analytic-only"


class FundUse(StrEnum):
    """What the fund gives money for."""

    GRANT = "grant"
    ADVANCE = "advance"
    GUARANTEE = "guarantee"


@dataclass(frozen=True)
class FundTerms:
    """From that day on the fund keeps at least `floor_c`, and gives at most `cap_c` at a time, if any.

    Aid of `members_from_c` or more is decided by the members, if the charter says so.
    """

    valid_from: date
    floor_c: int
    cap_c: int | None
    members_from_c: int | None = None


class LateEarned(Ledgered.Event):
    """What is told of a claim for paying late that a fund earns; below zero, its payment was taken back."""

    booked_on: date
    ledger_policy: LedgerPolicy
    document_id: UUID
    amount_c: int

    def apply(self, fund: Any) -> None:
        """Count the amount as fund cash: it is earned when it comes."""
        fund.collected_c += self.amount_c


def require_terms(floor_c: int, *limits_c: int | None) -> None:
    """Refuse a floor below nothing, and a limit that is not above it; raises AmountNegative, AmountNotPositive."""
    if floor_c < 0:
        raise AmountNegative(floor_c=floor_c)
    require_holdable(floor_c)
    for limit_c in limits_c:
        if limit_c is not None:
            require_positive(limit_c)


def require_outstanding(left_c: int, amount_c: int) -> None:
    """Refuse to take back more than is still to come, in cents; raises ExceedsOutstanding, AmountNotPositive."""
    require_positive(amount_c)
    if amount_c > left_c:
        raise ExceedsOutstanding(outstanding_c=left_c, amount_c=amount_c)
