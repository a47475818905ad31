"""How much of a bank line can still be allocated, held, explained or taken back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol
from uuid import UUID

from domain.errors import (
    ExceedsExplained,
    ExceedsHeld,
    ExceedsLine,
    ExceedsUnallocated,
    NotAPayment,
    NotAReceipt,
    ReferenceOfAnotherInvoice,
)
from domain.money import require_positive


class Line(Protocol):
    """What a limit asks of a bank line, in cents; money out is negative."""

    amount_c: int
    cleared_c: int
    references: tuple[str, ...]
    held_for: Mapping[UUID, int]
    explained_by: Mapping[UUID, int]

    @property
    def left_c(self) -> int:
        """What of a receipt is not yet allocated."""


def require_left(line: Line, amount_c: int) -> None:
    """Refuse to allocate more of a receipt than is left; raises NotAReceipt, ExceedsLine."""
    _require_receipt(line, amount_c)
    if amount_c > line.left_c:
        raise ExceedsLine(left_c=line.left_c, amount_c=amount_c)


def require_unallocated(line: Line, amount_c: int) -> None:
    """Refuse to take back more of a receipt than is not allocated; raises NotAReceipt, ExceedsUnallocated."""
    _require_receipt(line, amount_c)
    if amount_c > line.left_c:
        raise ExceedsUnallocated(left_c=line.left_c, amount_c=amount_c)


def require_unreferenced(line: Line, amount_c: int, *, despite_reference: bool, **instead: UUID) -> None:
    """Refuse a receipt that bears a reference, unless it is overruled; raises ReferenceOfAnotherInvoice."""
    require_left(line, amount_c)
    if line.references and not despite_reference:
        raise ReferenceOfAnotherInvoice(line=line.references, **instead)


def require_unexplained(line: Line, amount_c: int) -> None:
    """Refuse to explain more of money out than is left; raises NotAPayment, ExceedsLine."""
    if line.amount_c >= 0:
        raise NotAPayment(line_c=line.amount_c)
    require_positive(amount_c)
    left_c = -line.amount_c - line.cleared_c
    if amount_c > left_c:
        raise ExceedsLine(left_c=left_c, amount_c=amount_c)


def require_explained(line: Line, by: object, amount_c: int) -> None:
    """Refuse to take back more than that order, receipt or bearer explains; raises ExceedsExplained."""
    require_positive(amount_c)
    explained_c = next((cents for id_, cents in line.explained_by.items() if id_ == by), 0)
    if amount_c > explained_c:
        raise ExceedsExplained(by=by, explained_c=explained_c, amount_c=amount_c)


def require_held(line: Line, client_id: UUID, amount_c: int) -> None:
    """Refuse more than is held for that client; raises ExceedsHeld."""
    require_positive(amount_c)
    held_c = line.held_for.get(client_id, 0)
    if amount_c > held_c:
        raise ExceedsHeld(client_id=client_id, held_c=held_c, amount_c=amount_c)


def _require_receipt(line: Line, amount_c: int) -> None:
    if line.amount_c <= 0:
        raise NotAReceipt(line_c=line.amount_c)
    require_positive(amount_c)
