"""What stands on a supplier's bill, and what corrections take off it: line by line, never more than is there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any
from uuid import UUID

from domain.errors import (
    AmountNegative,
    CreditExceedsPurchase,
    DeductibleExceedsVat,
    DuePrecedesIssue,
    EmptyText,
    NoEvidence,
    NothingLeftOfPurchase,
    PurchaseLineNamedTwice,
    PurchaseLineUnknown,
    PurchaseWithoutLines,
)
from domain.facts import Ledgered, is_sha256, require_day
from domain.money import proportion, require_holdable, require_positive
from domain.personal import Personal, Retention
from domain.spending import ExpenseType


@dataclass(frozen=True)
class PurchaseLine:
    """What was bought, in cents; of its VAT, what the entity can deduct."""

    type: ExpenseType
    net_c: int
    vat_c: int
    vat_deductible_c: int

    @property
    def cost_c(self) -> int:
        """What is borne: VAT that cannot be deducted is cost."""
        return self.net_c + self.vat_c - self.vat_deductible_c


@dataclass(frozen=True)
class AskedCredit:
    """What a supplier's credit note takes off a line of a bill, in cents; the first line is 1."""

    line_no: int
    net_c: int
    vat_c: int


@dataclass(frozen=True)
class LessBought:
    """What is taken off a line of a bill, in cents; of its VAT, what had been deducted."""

    line_no: int
    type: ExpenseType
    net_c: int
    vat_c: int
    vat_deductible_c: int

    @property
    def cost_c(self) -> int:
        """What is borne no longer."""
        return self.net_c + self.vat_c - self.vat_deductible_c


class BillCame(Ledgered.Event):
    """What a bill says, in cents: `due_c` is what the supplier is to be paid."""

    entity_id: UUID
    supplier_id: UUID
    activity_id: UUID | None
    purchase_no: Annotated[str, Personal(Retention.ACCOUNTING, "supplier_id")]
    issued_on: date
    due_on: date
    lines: tuple[PurchaseLine, ...]
    reverse_charge: bool
    net_c: int
    vat_c: int
    vat_deductible_c: int
    due_c: int


class _TakenOff(Ledgered.Event):
    """Lines of a bill, or parts of them, are bought no longer, in cents.

    The supplier is owed `gross_c - back_c` less, and owes back the rest: it was paid already.
    """

    lines: tuple[LessBought, ...]
    gross_c: int
    back_c: int

    def apply(self, purchase: Any) -> None:
        """Owe less."""
        purchase.taken += self.lines
        purchase.less_due_c += self.gross_c - self.back_c


class BillReversed(_TakenOff):
    """All that was left of a bill is taken back."""

    activity_id: UUID | None
    booked_on: date
    reverse_charge: bool
    cost_c: int
    reason: Annotated[str, Personal(Retention.ACCOUNTING, "supplier_id")]


class BillCredited(_TakenOff):
    """A credit note of the supplier takes lines off a bill."""

    credit_note_id: UUID

    def apply(self, purchase: Any) -> None:
        """Owe less, and remember by which document."""
        _TakenOff.apply(self, purchase)
        purchase.credited_by += (self.credit_note_id,)


def require_sound(line: PurchaseLine) -> None:
    """Refuse a line that costs nothing, or deducts more VAT than it bears; raises DeductibleExceedsVat."""
    require_positive(line.net_c)
    require_holdable(line.vat_c, line.vat_deductible_c)
    if not 0 <= line.vat_deductible_c <= line.vat_c:
        raise DeductibleExceedsVat(vat_c=line.vat_c, vat_deductible_c=line.vat_deductible_c)


def require_bill(
    purchase_no: str, lines: Sequence[PurchaseLine], *, issued_on: date, due_on: date, document_sha256: str
) -> None:
    """Refuse a bill without a number, sound lines or its document, or due before it was issued.

    Raises EmptyText, PurchaseWithoutLines, DuePrecedesIssue, NoEvidence, and what `require_sound` does.
    """
    if not purchase_no.strip():
        raise EmptyText(field="purchase_no")
    if not lines:
        raise PurchaseWithoutLines
    for line in lines:
        require_sound(line)
    require_day(issued_on)
    if due_on < issued_on:
        raise DuePrecedesIssue(issued_on=issued_on, due_on=due_on)
    if not is_sha256(document_sha256):
        raise NoEvidence(document_sha256=document_sha256)


def gross_of(lines: Iterable[LessBought], *, reverse_charge: bool) -> int:
    """Return what the supplier charged for what is taken off, in cents: under reverse charge no VAT."""
    return sum(line.net_c + (0 if reverse_charge else line.vat_c) for line in lines)


def cost_of(lines: Iterable[LessBought]) -> int:
    """Return what is borne no longer of what is taken off, in cents."""
    return sum(line.cost_c for line in lines)


def less_of(
    lines: Sequence[PurchaseLine], taken: Iterable[LessBought], asked: Sequence[AskedCredit] | None
) -> tuple[LessBought, ...]:
    """Return what is taken off lines of which `taken` went before; all that is left of them without `asked`.

    What had been deducted follows the VAT, by the difference of cumulative rounded amounts: whatever the
    parts, they sum to what the bill deducted. Raises NothingLeftOfPurchase, PurchaseLineUnknown,
    PurchaseLineNamedTwice, AmountNegative, CreditExceedsPurchase.
    """
    before = {number: _Sum(number, taken) for number in range(1, len(lines) + 1)}
    if asked is None:
        left = {number: (line, before[number]) for number, line in enumerate(lines, start=1)}
        asked = [
            AskedCredit(number, line.net_c - gone.net_c, line.vat_c - gone.vat_c)
            for number, (line, gone) in left.items()
            if (line.net_c, line.vat_c) != (gone.net_c, gone.vat_c)
        ]
    if not asked:
        raise NothingLeftOfPurchase
    if len({each.line_no for each in asked}) != len(asked):
        raise PurchaseLineNamedTwice
    return tuple(_less(lines, before, each) for each in asked)


class _Sum:
    """What went off a line so far."""

    def __init__(self, line_no: int, taken: Iterable[LessBought]) -> None:
        of_line = [each for each in taken if each.line_no == line_no]
        self.net_c = sum(each.net_c for each in of_line)
        self.vat_c = sum(each.vat_c for each in of_line)
        self.vat_deductible_c = sum(each.vat_deductible_c for each in of_line)


def _less(lines: Sequence[PurchaseLine], before: dict[int, _Sum], asked: AskedCredit) -> LessBought:
    if asked.line_no not in before:
        raise PurchaseLineUnknown(line_no=asked.line_no, lines=len(lines))
    line, gone = lines[asked.line_no - 1], before[asked.line_no]
    require_holdable(asked.net_c, asked.vat_c)
    if min(asked.net_c, asked.vat_c) < 0:
        raise AmountNegative(net_c=asked.net_c, vat_c=asked.vat_c)
    require_positive(asked.net_c + asked.vat_c)
    left_net_c, left_vat_c = line.net_c - gone.net_c, line.vat_c - gone.vat_c
    if asked.net_c > left_net_c or asked.vat_c > left_vat_c:
        raise CreditExceedsPurchase(line_no=asked.line_no, left_net_c=left_net_c, left_vat_c=left_vat_c)
    deducted_c = 0
    if line.vat_c:
        deducted_c = proportion(line.vat_deductible_c, part=gone.vat_c + asked.vat_c, whole=line.vat_c)
    less_c = deducted_c - gone.vat_deductible_c
    return LessBought(asked.line_no, line.type, asked.net_c, asked.vat_c, less_c)
