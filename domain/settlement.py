"""How far an invoice is settled: what its payments are, in proportion, of its net, VAT and fund parts.

The figures follow from what is claimed and received alone, not from the way there: whatever order
payments, returns and credit notes come in, the facts tell differences of them, and so add up to them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple
from uuid import UUID

from domain.money import proportion


@dataclass(frozen=True)
class FundPart:
    """What an invoice owes a mutual fund, in cents."""

    fund_id: UUID
    amount_c: int


@dataclass(frozen=True)
class Charge:
    """What an activity is charged on what a document adds to a base, by a version of the plan.

    `rate_bp` is None where the plan has tiers, or for its fixed part of a month.
    """

    booked_on: date
    document_id: UUID
    plan_version: int
    base_c: int
    rate_bp: int | None
    amount_c: int


@dataclass(frozen=True)
class Reversal:
    """What a document takes back of what was charged, by the plan's version that charged it.

    `base_c` is by how much less counts; `rate_bp` is None where the plan has tiers, `invoice_id` where
    a cost lowered the margin.
    """

    booked_on: date
    document_id: UUID
    invoice_id: UUID | None
    plan_version: int
    base_c: int
    rate_bp: int | None
    amount_c: int


class Received(NamedTuple):
    """What one allocation settles: its net and VAT part, and what each fund now collects."""

    net_c: int
    vat_c: int
    fund_parts: tuple[FundPart, ...]


class Lowered(NamedTuple):
    """What one credit note changes: how much less is open net of VAT, and what each fund now collects."""

    open_net_c: int
    collected: tuple[FundPart, ...]


class GivenUp(NamedTuple):
    """What was written off, by its net and VAT part, and how much less is open net of VAT."""

    net_c: int
    vat_c: int
    open_net_c: int


@dataclass(frozen=True)
class Settlement:
    """What an invoice claims, less what was credited, and what of it is received; in cents.

    What is written off is waited for no longer; `recovered_c` is what came of it after all. The funds
    have their part of all that came, of whatever the client was asked for.
    """

    net_c: int
    vat_c: int
    fund_parts: tuple[FundPart, ...]
    received_c: int
    off_net_c: int = 0
    off_vat_c: int = 0
    recovered_c: int = 0
    recovered_net_c: int = 0

    @property
    def open_c(self) -> int:
        """What the client still owes, and is waited for."""
        return self._waited_for_c - self.received_c

    @property
    def settled_vat_c(self) -> int:
        """The VAT in what is received."""
        return _part(self.vat_c - self.off_vat_c, self.received_c, self._waited_for_c)

    @property
    def settled_net_c(self) -> int:
        """What is received, net of VAT."""
        return self.received_c - self.settled_vat_c

    @property
    def collected_net_c(self) -> int:
        """What came of it, net of VAT, whether or not it was still waited for."""
        return self.settled_net_c + self.recovered_net_c

    @property
    def open_net_c(self) -> int:
        """What the client still owes, and is waited for, net of VAT."""
        return self.net_c - self.off_net_c - self.settled_net_c

    def vat_in(self, amount_c: int) -> int:
        """Return the VAT in so much of what is open."""
        open_vat_c = self.vat_c - self.off_vat_c - self.settled_vat_c
        return _part(open_vat_c, amount_c, self.open_c)

    def without(self, net_c: int, vat_c: int) -> Settlement:
        """Return what it is once so much more is written off."""
        return replace(self, off_net_c=self.off_net_c + net_c, off_vat_c=self.off_vat_c + vat_c)

    def less(self, net_c: int, vat_c: int, fund_parts: Iterable[FundPart]) -> Settlement:
        """Return what it is once so much less is claimed."""
        taken: Counter[UUID] = Counter()
        for part in fund_parts:
            taken[part.fund_id] += part.amount_c
        return replace(
            self,
            net_c=self.net_c - net_c,
            vat_c=self.vat_c - vat_c,
            fund_parts=tuple(
                FundPart(part.fund_id, part.amount_c - taken[part.fund_id]) for part in self.fund_parts
            ),
        )

    def collected_since(self, before: Settlement) -> tuple[FundPart, ...]:
        """Return what each fund has collected more than `before`, below zero if less."""
        then = {part.fund_id: before._collected_of(part.amount_c) for part in before.fund_parts}
        moved = [
            FundPart(part.fund_id, self._collected_of(part.amount_c) - then.get(part.fund_id, 0))
            for part in self.fund_parts
        ]
        return tuple(part for part in moved if part.amount_c)

    @property
    def _waited_for_c(self) -> int:
        return self.net_c + self.vat_c - self.off_net_c - self.off_vat_c

    def _collected_of(self, amount_c: int) -> int:
        return _part(amount_c, self.received_c + self.recovered_c, self.net_c + self.vat_c)


def _part(amount_c: int, part_c: int, whole_c: int) -> int:
    """Return the share of an amount that a part is of the whole; of nothing there is no share."""
    return proportion(amount_c, part=part_c, whole=whole_c) if whole_c else 0
