"""The whole ledger at once: everything the rooms of the paper ask, interleaved as chance will have it."""

from __future__ import annotations

from hypothesis.stateful import initialize

from tests.whole.correcting import Correcting
from tests.whole.desk import FIRST
from tests.whole.keeping import Keeping
from tests.whole.mending import Mending
from tests.whole.places import COMPANIES, SHOPS
from tests.whole.selling import Selling
from tests.whole.sharing import Sharing

BEGUN_C = 150_000_00


class WholeLedger(Selling, Correcting, Mending, Sharing, Keeping):
    """Every rule there is; against whatever performs use cases."""

    @initialize()
    def begin_with_money(self) -> None:
        """Each activity has sold for 150,000.00, and was paid: the fund holds 3,000.00, two above its floor."""
        self.found()
        for shop in SHOPS:
            self.issue(shop, [(BEGUN_C, 0)], FIRST)
        for company in COMPANIES:
            sold = [shop for shop in SHOPS if shop.company is company]
            self.import_statement(company, [BEGUN_C] * len(sold), FIRST, 0)
        receipts = list(self.paper.lines)
        for (id_, invoice), line_id in zip(self.paper.invoices.items(), receipts, strict=True):
            self.allocate_to(line_id, id_, BEGUN_C, FIRST)
            assert not invoice.open_c
