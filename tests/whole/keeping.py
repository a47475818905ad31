"""What the accountant does: entries by hand, taken back, and months whose bookings stop."""

from __future__ import annotations

from datetime import date

from hypothesis import strategies as st
from hypothesis.stateful import rule

from domain.aggregates.manual_entry import ManualLine
from domain.ledger.manual_entries import post_entry, reverse_entry
from domain.ledger.periods import stop_bookings
from tests.cooperative import MONTHS
from tests.whole.desk import DAYS, PICK, Frame
from tests.whole.places import COMPANIES, Company

EVIDENCE = "cd" * 32


class Keeping(Frame):
    """Rules about the books themselves; the last month is never stopped, so that something can be booked."""

    @rule(company=st.sampled_from(COMPANIES), amount_c=st.integers(0, 500_00), day=DAYS)
    def enter(self, company: Company, amount_c: int, day: date) -> None:
        """Book insurance that was not billed yet."""
        new = self.new_id()
        lines = [ManualLine("613", amount_c, 0), ManualLine("492", 0, amount_c)]
        asked = {"entity_id": company.id, "day": self._open(company, day), "lines": lines}
        if self.ask(
            amount_c > 0, post_entry, entry_id=new, reason="insurance", evidence_sha256=EVIDENCE, **asked
        ):
            self.paper.entries[new] = (company, amount_c, True)
            self.paper.post(company, amount_c, "613", "492")

    @rule(pick=PICK, day=DAYS)
    def take_an_entry_back(self, pick: int, day: date) -> None:
        if (one := self.one_of(self.paper.entries, pick)) is not None:
            id_, (company, amount_c, stands) = one
            asked = {"entry_id": id_, "day": self._open(company, day), "reason": "billed"}
            if self.ask(stands, reverse_entry, evidence_sha256=EVIDENCE, **asked):
                self.paper.entries[id_] = (company, amount_c, False)
                self.paper.post(company, amount_c, "492", "613")

    @rule(company=st.sampled_from(COMPANIES), ahead=st.sampled_from([0, 0, 0, 1, -1]))
    def stop(self, company: Company, ahead: int) -> None:
        """Stop the next month, or one out of turn."""
        n = self.paper.stopped[company.id] + ahead
        if not 0 <= n < len(MONTHS) - 1:
            return
        if self.ask(not ahead, stop_bookings, entity_id=company.id, month=MONTHS[n]):
            self.paper.stopped[company.id] += 1
            self.closed[company.id, MONTHS[n]] = self.of_month(company.id, MONTHS[n])

    def _open(self, company: Company, day: date) -> date:
        """That day, or the last one there is: an entry by hand may still come into a month that is only stopped."""
        month = MONTHS[self.paper.stopped[company.id]]
        return max(day, date(int(month[:4]), int(month[5:]), 1))
