"""What a bank line is told when part of it is set against something, taken back, held or explained.

Each fact names what it was set against in a field of its own; here stands what it changes.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from domain.errors import EmptyText, ExceedsAllocation
from domain.facts import Ledgered
from domain.money import plus, require_positive


class PaysInvoice(Ledgered.Event):
    """Part of a receipt was set against an invoice."""

    def apply(self: Any, line: Any) -> None:
        """Count the part as allocated."""
        line.allocated_c += self.amount_c
        line.paid_of = plus(line.paid_of, self.invoice_id, self.amount_c)


class PaidByMistake(Ledgered.Event):
    """Part of a receipt, set against the wrong invoice, waits again."""

    def apply(self: Any, line: Any) -> None:
        """Count the part as allocated no longer."""
        line.allocated_c -= self.amount_c
        line.paid_of = plus(line.paid_of, self.invoice_id, -self.amount_c)


class PaidAndGone(Ledgered.Event):
    """The bank took back, by another line, part of what a receipt had paid of an invoice."""

    def apply(self: Any, line: Any) -> None:
        """Have paid less of the invoice; nothing is left to allocate, the money is gone."""
        line.paid_of = plus(line.paid_of, self.invoice_id, -self.amount_c)


class SetAgainst(Ledgered.Event):
    """Part of a receipt was set against the document in the field `AGAINST`."""

    AGAINST: ClassVar[str]

    def apply(self: Any, line: Any) -> None:
        """Count the part as allocated."""
        line.allocated_c += self.amount_c
        line.set_against = plus(line.set_against, getattr(self, self.AGAINST), self.amount_c)


class Explained(Ledgered.Event):
    """Part of money out is explained by the order, receipt or activity in the field `BY`.

    Where that field is empty, the entity itself explains it.
    """

    BY: ClassVar[str] = "of_line_id"
    SIGN: ClassVar[int] = 1

    def apply(self: Any, line: Any) -> None:
        """Count the part as cleared, and by what."""
        amount_c = self.SIGN * self.amount_c
        line.cleared_c += amount_c
        line.explained_by = plus(line.explained_by, getattr(self, self.BY) or self.entity_id, amount_c)


class ExplainedNoLonger(Explained):
    """Part of money out was explained wrongly, and waits again."""

    SIGN = -1


class NoFee(ExplainedNoLonger):
    """Part of money out is not the bank's fee, which an activity, or the cooperative, bore."""

    BY = "activity_id"
    booked_on: date
    activity_id: UUID | None
    amount_c: int
    reason: str


class NotOfOrder(ExplainedNoLonger):
    """Part of money out is not the payment of that order."""

    BY = "order_id"
    order_id: UUID
    amount_c: int
    reason: str


class NotReturning(ExplainedNoLonger):
    """Part of money out did not take that receipt back."""

    of_line_id: UUID
    amount_c: int
    reason: str


class Returning(Explained):
    """Part of money out is what another line, a receipt, had paid of a document that is no invoice.

    `reason_code` is the bank's (ISO 20022 external return reason, such as MD06), or empty.
    """

    of_line_id: UUID
    document_id: UUID
    amount_c: int
    reason_code: str


class TakenBack(Ledgered.Event):
    """Part of a receipt, set against the wrong document, waits again."""

    document_id: UUID
    amount_c: int
    reason: str

    def apply(self, line: Any) -> None:
        """Count the part as allocated no longer."""
        line.allocated_c -= self.amount_c
        line.set_against = plus(line.set_against, self.document_id, -self.amount_c)


class Gone(Ledgered.Event):
    """The bank took part of a receipt back, by another line."""

    document_id: UUID
    amount_c: int
    by_line_id: UUID

    def apply(self, line: Any) -> None:
        """Have paid less of the document; nothing is left to allocate, the money is gone."""
        line.set_against = plus(line.set_against, self.document_id, -self.amount_c)


class GoneUnallocated(Ledgered.Event):
    """The bank took back, by another line, part of a receipt that was not allocated."""

    amount_c: int
    by_line_id: UUID

    def apply(self, line: Any) -> None:
        """Have less left to allocate; the money is gone."""
        line.allocated_c += self.amount_c


class RegainedOfReturn(Ledgered.Event):
    """What another line was said to have taken back of a receipt waits again."""

    by_line_id: UUID
    amount_c: int

    def apply(self: Any, line: Any) -> None:
        """Have more left to allocate."""
        line.allocated_c -= self.amount_c


class ReturningUnallocated(Explained):
    """Part of money out takes back what of another line, a receipt, was not allocated.

    `reason_code` is the bank's (ISO 20022 external return reason, such as MD06), or empty.
    """

    of_line_id: UUID
    amount_c: int
    reason_code: str


class HeldMore(Ledgered.Event):
    """So much more is held for a client."""

    def apply(self: Any, line: Any) -> None:
        """Hold more."""
        line.held_for = plus(line.held_for, self.client_id, self.amount_c)


class HeldLess(Ledgered.Event):
    """So much less is held for a client."""

    def apply(self: Any, line: Any) -> None:
        """Hold less."""
        line.held_for = plus(line.held_for, self.client_id, -self.amount_c)


class HeldOfReceipt(Ledgered.Event):
    """Part of a receipt is held for a client."""

    def apply(self: Any, line: Any) -> None:
        """Count the part as allocated, and as held."""
        line.allocated_c += self.amount_c
        line.held_for = plus(line.held_for, self.client_id, self.amount_c)


class LeftToAllocate(Ledgered.Event):
    """Part of what was held for a client waits again to be allocated."""

    def apply(self: Any, line: Any) -> None:
        """Hold less, and have more left to allocate."""
        line.allocated_c -= self.amount_c
        line.held_for = plus(line.held_for, self.client_id, -self.amount_c)


def require_part(allocated: Mapping[UUID, int], document_id: UUID, amount_c: int) -> None:
    """Refuse to take back more than was set against a document; raises ExceedsAllocation."""
    require_positive(amount_c)
    paid_c = allocated.get(document_id, 0)
    if amount_c > paid_c:
        raise ExceedsAllocation(document_id=document_id, paid_c=paid_c, amount_c=amount_c)


def require_reason(reason: str) -> None:
    """Refuse an empty reason; raises EmptyText."""
    if not reason.strip():
        raise EmptyText(field="reason")
