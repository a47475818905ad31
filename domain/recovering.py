"""What came of a claim that was written off, kept so that it can be taken back to the cent.

Each recovery has a number on its doubtful claim. What followed from it, an adjustment that was too high
by it and the funds that were repaid, is told under that number.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from uuid import UUID

from domain.errors import NoRecovery


@dataclass(frozen=True)
class Recovery:
    """What one receipt brought, in cents: VAT due again, and net of it what was doubtful and what was lost.

    By it `adjusted_c` was adjusted no longer, and so much of each guarantee was `repaid`.
    """

    line_id: UUID
    amount_c: int
    vat_c: int
    bare_c: int
    lost_c: int
    adjusted_c: int = 0
    repaid: tuple[tuple[UUID, int], ...] = ()

    @property
    def net_c(self) -> int:
        """What came, net of VAT."""
        return self.bare_c + self.lost_c

    @property
    def negative(self) -> Recovery:
        """What is taken back with it."""
        return Recovery(self.line_id, -self.amount_c, -self.vat_c, -self.bare_c, -self.lost_c)


Recoveries = Mapping[int, Recovery]


def with_adjustment(recoveries: Recoveries, recovery_no: int | None, amount_c: int) -> Recoveries:
    """Return them after so much was adjusted no longer because of one of them, if it was."""
    return {
        no: replace(each, adjusted_c=each.adjusted_c + amount_c) if no == recovery_no else each
        for no, each in recoveries.items()
    }


def with_repayment(recoveries: Recoveries, recovery_no: int, guarantee_id: UUID, amount_c: int) -> Recoveries:
    """Return them after so much of one of them repaid that guarantee."""
    return {
        no: replace(each, repaid=(*each.repaid, (guarantee_id, amount_c))) if no == recovery_no else each
        for no, each in recoveries.items()
    }


def without(recoveries: Recoveries, recovery_no: int) -> Recoveries:
    """Return them without one that was taken back."""
    return {no: each for no, each in recoveries.items() if no != recovery_no}


def last_of(recoveries: Recoveries, line_id: UUID, invoice_id: UUID) -> tuple[int, Recovery]:
    """Return the last that this receipt brought, with its number; raises NoRecovery."""
    of_line = [no for no, each in recoveries.items() if each.line_id == line_id]
    if not of_line:
        raise NoRecovery(line_id=line_id, invoice_id=invoice_id)
    return max(of_line), recoveries[max(of_line)]
