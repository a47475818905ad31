"""What payees are owed and owe back: the kinds of payment, and what a set-off changes on a document.

A document that was paid and then corrected leaves its payee in debt. What the payee is owed next is set
off against that debt, or the payee pays it back through the bank.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Any
from uuid import UUID

from domain.errors import ExceedsDue, PaidAlready
from domain.facts import Ledgered
from domain.money import require_positive


class PaidFor(StrEnum):
    """What a payee is paid for: each has its account."""

    PURCHASE = "purchase-invoice"
    CLAIM = "expense-claim"
    WAGE = "wage"
    DIRECTOR_PAY = "director-pay"


class PaidBySetOff(Ledgered.Event):
    """Part of what a document owes its payee, in cents, was paid by what that payee owed back; below zero not so."""

    debt_id: UUID
    amount_c: int

    def apply(self, document: Any) -> None:
        """Owe less."""
        document.less_due_c += self.amount_c


class WithheldBySetOff(PaidBySetOff):
    """What is set off of a wage counts towards what may be withheld of it."""

    def apply(self, document: Any) -> None:
        """Owe less."""
        document.set_off_c += self.amount_c


def require_unordered(order_id: UUID | None) -> None:
    """Refuse to change what an order pays already; raises PaidAlready."""
    if order_id is not None:
        raise PaidAlready(order_id=order_id)


def require_within(due_c: int, amount_c: int) -> None:
    """Refuse to set off more than is owed; raises ExceedsDue, AmountNotPositive."""
    require_positive(amount_c)
    if amount_c > due_c:
        raise ExceedsDue(due_c=due_c, amount_c=amount_c)
