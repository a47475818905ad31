"""What is drawn up for a client before it is invoiced: the lines of an offer, or of a draft of an invoice."""

from __future__ import annotations

from typing import Any, NamedTuple

from domain.errors import InvoiceWithoutLines
from domain.money import require_holdable
from domain.vat import InvoiceLine, net_of, require_reckoned, vat_of, vat_rows


class DrawnUp(NamedTuple):
    """What is asked of a client: its lines, and what each is for."""

    lines: tuple[InvoiceLine, ...]
    descriptions: tuple[str, ...]

    def figures(self) -> dict[str, Any]:
        """Return what a fact says of it, its VAT reckoned once per category and rate.

        Raises InvoiceWithoutLines if nothing could be invoiced of it: no line, nothing to pay, a base below zero.
        """
        require_reckoned(self.lines)
        rows = vat_rows(self.lines)
        net_c, vat_c = net_of(rows), vat_of(rows)
        if not self.lines or net_c <= 0 or min(row.base_c for row in rows) < 0:
            raise InvoiceWithoutLines(lines=len(self.lines), net_c=net_c)
        require_holdable(net_c + vat_c)
        sums = {"net_c": net_c, "vat_c": vat_c, "gross_c": net_c + vat_c}
        return {"lines": self.lines, "vat": rows, **sums, "descriptions": self.descriptions}
