"""What paying late costs: reminders, the interest of each day and the costs, by the law of the client."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from typing import Any
from uuid import UUID

from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule

from domain.aggregates.late_claim import LateClaim
from domain.aggregates.reminder import Reminder
from domain.late_payment import Channel
from domain.ledger import late_presets as presets
from domain.ledger.bank import allocate_receipt, import_statements, line_id
from domain.ledger.entities import set_parameter
from domain.ledger.late_payment import (
    claim_late_payment,
    late_claim_id,
    receive_late_payment,
    reverse_late_claim,
    reverse_waiver,
    undo_late_payment,
    waive_late_claim,
)
from domain.ledger.reminders import remind_of_invoice, reminder_id, send_reminder
from domain.ledger.returns import undo_allocation
from tests.areas.desk import CENTS_MORE, PICK, TENTHS
from tests.areas.late_paper import (
    FEE_MOST_C,
    FIRST_AFTER,
    FLAT_C,
    MOST,
    ONE_DAY,
    RATE_BP,
    RATES,
    THEN_AFTER,
    PaperClaim,
    PaperReminder,
    above,
    days_between,
    flat_of,
)
from tests.areas.orders import CONSUMER, DAYS, FIRST, LAST, Orders, PaperInvoice
from tests.cooperative import ACCOUNT, ACCOUNT_ID, CLIENT, ENTITY, OPENING_C, entry, statement

PRICES_OF_ORDERS = st.integers(1, 900_00) | st.integers(1, 90_000_00)
FEES = st.sampled_from([0, 0, 5_00, FEE_MOST_C, FEE_MOST_C + 1])


class Late(Orders):
    """Rules about invoices that are paid late, or never."""

    def found(self) -> None:
        super().found()
        for name, value in ((presets.REFERENCE_RATES, RATES), (presets.CONSUMER_CLAUSE, "interest,flat")):
            asked: dict[str, Any] = {"entity_id": ENTITY, "name": name, "value": value, "source_ref": "terms"}
            self.ledger.perform(set_parameter, on=FIRST, valid_from=FIRST, **asked)
        self.reminders: dict[UUID, list[PaperReminder]] = {}
        self.claims: dict[UUID, PaperClaim] = {}
        self.left_c: dict[UUID, int] = {}
        self.entry_on: dict[UUID, date] = {}
        self.closing_c, self.statements = OPENING_C, 0

    def owing(self, pick: int) -> PaperInvoice | None:
        """An invoice of which something is open; now and then any."""
        return self.one_of(self.invoices, pick, lambda each: each.open_c > 0)

    @rule(client_id=st.sampled_from([CLIENT, CONSUMER, CONSUMER]), net_c=PRICES_OF_ORDERS, day=DAYS)
    def be_owed(self, client_id: UUID, net_c: int, day: date) -> None:
        """Invoice a new order whole."""
        self.order_at_once(client_id, net_c, day)
        self.invoice_of(self.quotations[-1], 0, 0, 0)

    @rule(pick=PICK, days=st.integers(15, 60))
    def remind_send_and_claim(self, pick: int, days: int) -> None:
        """As it should be: remind, send it that day, and claim some time later."""
        paper = self.one_of(
            self.invoices, pick, lambda each: each.open_c > 0 and each.id not in self.reminders
        )
        if paper is None or not paper.open_c or paper.id in self.reminders:
            return
        self.remind_of(paper, 0)
        self.send_that(paper, 0, 0, 0, post=days % 2 > 0)
        self.claim_of(paper, days)

    @rule(amount_c=st.integers(1, 9_000_00), day=DAYS)
    def receive(self, amount_c: int, day: date) -> None:
        self.statements += 1
        reported = statement(
            self.statements,
            [entry("1", amount_c, on=day)],
            opening_c=self.closing_c,
            on=day,
            identity=str(self.statements),
            sequence=(2025, self.statements),
        )
        self.ask(True, import_statements, on=LAST, account=ACCOUNT, statements=[reported])
        self.closing_c += amount_c
        new = line_id(ACCOUNT_ID, str(self.statements), "1")
        self.left_c[new], self.entry_on[new] = amount_c, day
        self.post(amount_c, "550", "499")

    def receipt(self, pick: int) -> UUID | None:
        """A receipt of which something waits; now and then any."""
        return self.one_of(self.left_c, pick, lambda each: self.left_c[each] > 0)

    @rule(pick=PICK, of=PICK, tenths=TENTHS, more_c=CENTS_MORE)
    def pay(self, pick: int, of: int, tenths: int, more_c: int) -> None:
        paper, receipt = self.owing(of), self.receipt(pick)
        if paper is None or receipt is None:
            return
        most_c = min(self.left_c[receipt], paper.open_c)
        amount_c = self.part(most_c, tenths, more_c)
        asked: dict[str, Any] = {"bank_line_id": receipt, "invoice_id": paper.id, "amount_c": amount_c}
        if self.ask(0 < amount_c <= most_c, allocate_receipt, on=LAST, **asked):
            self.left_c[receipt] -= amount_c
            paper.paid_c[receipt] += amount_c
            self.post(amount_c, "499", "400")

    @rule(pick=PICK, of=PICK, tenths=TENTHS, more_c=CENTS_MORE)
    def take_a_payment_back(self, pick: int, of: int, tenths: int, more_c: int) -> None:
        paper = self.one_of(self.invoices, of, lambda each: bool(+each.paid_c))
        if paper is None or (receipt := self.one_of(+paper.paid_c, pick)) is None:
            return
        amount_c = self.part(paper.paid_c[receipt], tenths, more_c)
        asked: dict[str, Any] = {"bank_line_id": receipt, "invoice_id": paper.id, "amount_c": amount_c}
        right = 0 < amount_c <= paper.paid_c[receipt]
        if self.ask(right, undo_allocation, on=LAST, reason="another client's", **asked):
            self.left_c[receipt] += amount_c
            paper.paid_c[receipt] -= amount_c
            self.post(amount_c, "400", "499")

    @rule(pick=PICK, days=st.sampled_from([-1, 0, 0, 0, 5]))
    def remind(self, pick: int, days: int) -> None:
        """Remind of it on the day on which the next reminder falls due, or near it; three times at most."""
        if (paper := self.owing(pick)) is not None:
            self.remind_of(paper, days)

    def remind_of(self, paper: PaperInvoice, days: int) -> None:
        """Remind of that invoice."""
        sent = self.reminders.setdefault(paper.id, [])
        next_on = paper.due_on + timedelta(days=FIRST_AFTER)
        if sent:
            next_on = sent[-1].on + timedelta(days=THEN_AFTER)
        day = next_on + timedelta(days=days)
        right = paper.open_c > 0 and len(sent) < MOST and days >= 0
        if self.ask(right, remind_of_invoice, on=day, invoice_id=paper.id):
            sent.append(PaperReminder(day))

    @rule(pick=PICK, n=st.integers(0, 2), days=st.sampled_from([-1, 0, 0, 3]), fee_c=FEES, post=st.booleans())
    def send_one(self, pick: int, n: int, days: int, fee_c: int, *, post: bool) -> None:
        """Send it once, on its day or later; only a consumer is charged for it, and not for the first."""
        paper = self.one_of(self.invoices, pick, lambda each: bool(self.reminders.get(each.id)))
        fell_due = [] if paper is None else self.reminders.get(paper.id, [])
        if paper is not None and fell_due:
            self.send_that(paper, n % len(fell_due), days, fee_c, post=post)

    def send_that(self, paper: PaperInvoice, n: int, days: int, fee_c: int, *, post: bool) -> None:
        """Send a reminder of that invoice."""
        fell_due = self.reminders[paper.id]
        one, day = fell_due[n], fell_due[n].on + timedelta(days=days)
        most_c = FEE_MOST_C if paper.of_consumer and n else 0
        channel = Channel.POST if post else Channel.ELECTRONIC
        asked: dict[str, Any] = {"invoice_id": paper.id, "number": n + 1, "channel": channel, "fee_c": fee_c}
        if self.ask(one.sent_on is None and days >= 0 and fee_c <= most_c, send_reminder, on=day, **asked):
            one.sent_on, one.by_post, one.fee_c = day, post, fee_c

    @rule(pick=PICK, days=st.integers(0, 120))
    def claim(self, pick: int, days: int) -> None:
        """Claim what being late comes to by that day, less what was claimed before."""
        if (paper := self.owing(pick)) is not None:
            self.claim_of(paper, days)

    def claim_of(self, paper: PaperInvoice, days: int) -> None:
        """Claim it for that invoice."""
        day = min(paper.due_on + timedelta(days=days), LAST)
        before = self.claims.get(paper.id, PaperClaim())
        in_all = (self._of_consumer if paper.of_consumer else self._of_business)(paper, day)
        more = [] if in_all is None else above(in_all, before)
        if self.ask(any(more), claim_late_payment, on=day, invoice_id=paper.id):
            claim = self.claims.setdefault(paper.id, before)
            claim.interest_c += more[0]
            claim.flat_c += more[1]
            claim.fees_c += more[2]

    def _of_business(self, paper: PaperInvoice, day: date) -> tuple[int, int, int] | None:
        interest_c = self._interest(paper, paper.due_on + ONE_DAY, day)
        return None if interest_c is None else (interest_c, FLAT_C, 0)

    def _of_consumer(self, paper: PaperInvoice, day: date) -> tuple[int, int, int] | None:
        """After a reminder and its term: a flat sum by what was due then, the fees, and interest from there."""
        sent = [each for each in self.reminders.get(paper.id, []) if each.sent_on is not None]
        if not sent or day <= sent[0].term_on:
            return None
        term_on = sent[0].term_on
        due_c = self._owed_on(paper, term_on + ONE_DAY)
        if not due_c:
            return None
        interest_c = self._interest(paper, max(term_on, paper.due_on) + ONE_DAY, day) or 0
        return interest_c, flat_of(due_c), sum(each.fee_c for each in sent)

    def _owed_on(self, paper: PaperInvoice, day: date) -> int:
        """What was owed as a day began: what the bank booked on a day was still owed on it."""
        paid_c = sum(cents for line, cents in paper.paid_c.items() if self.entry_on[line] < day)
        return paper.gross_c - paid_c

    def _interest(self, paper: PaperInvoice, from_on: date, through_on: date) -> int | None:
        """Day by day; None if nothing was owed on any."""
        days = [(self._owed_on(paper, day), RATE_BP[day.year]) for day in days_between(from_on, through_on)]
        if not any(owed_c for owed_c, _ in days):
            return None
        return int(sum((Fraction(c * bp, 3_650_000) for c, bp in days), start=Fraction(1, 2)))

    @rule(pick=PICK, of=PICK, tenths=TENTHS, more_c=CENTS_MORE)
    def pay_for_being_late(self, pick: int, of: int, tenths: int, more_c: int) -> None:
        """Pay it: the costs first, then the interest."""
        id_ = self.one_of(self.claims, of, lambda each: self.claims[each].open_c > 0)
        if id_ is None or (receipt := self.receipt(pick)) is None:
            return
        claim = self.claims[id_]
        most_c = min(self.left_c[receipt], claim.open_c)
        amount_c = self.part(most_c, tenths, more_c)
        asked: dict[str, Any] = {"bank_line_id": receipt, "invoice_id": id_, "amount_c": amount_c}
        if self.ask(0 < amount_c <= most_c, receive_late_payment, on=LAST, **asked):
            costs_c = min(amount_c, claim.open_costs_c)
            self._paid(claim, receipt, costs_c, amount_c - costs_c)

    @rule(pick=PICK, of=PICK, tenths=TENTHS, more_c=CENTS_MORE)
    def take_that_back(self, pick: int, of: int, tenths: int, more_c: int) -> None:
        """Take back part of what a receipt paid of it: the interest first."""
        id_ = self.one_of(self.claims, of, lambda each: bool(+self.claims[each].paid_by))
        if id_ is None or (receipt := self.one_of(+self.claims[id_].paid_by, pick)) is None:
            return
        claim = self.claims[id_]
        amount_c = self.part(claim.paid_by[receipt], tenths, more_c)
        asked: dict[str, Any] = {"bank_line_id": receipt, "invoice_id": id_, "amount_c": amount_c}
        right = 0 < amount_c <= claim.paid_by[receipt]
        if self.ask(right, undo_late_payment, on=LAST, reason="another client's", **asked):
            interest_c = min(amount_c, claim.paid_interest_c)
            self._paid(claim, receipt, interest_c - amount_c, -interest_c)

    def _paid(self, claim: PaperClaim, receipt: UUID, costs_c: int, interest_c: int) -> None:
        claim.paid_costs_c += costs_c
        claim.paid_interest_c += interest_c
        claim.paid_by[receipt] += costs_c + interest_c
        self.left_c[receipt] -= costs_c + interest_c
        self.earned_c += costs_c + interest_c
        self.post(costs_c, "499", "745")
        self.post(interest_c, "499", "751")

    @rule(pick=PICK, tenths=TENTHS, more_c=CENTS_MORE)
    def waive(self, pick: int, tenths: int, more_c: int) -> None:
        """Ask for part of it no longer: the interest first, and it is not claimed anew."""
        id_ = self.one_of(self.claims, pick, lambda each: self.claims[each].open_c > 0)
        if id_ is None:
            return
        claim = self.claims[id_]
        amount_c = self.part(claim.open_c, tenths, more_c)
        asked: dict[str, Any] = {"invoice_id": id_, "amount_c": amount_c, "reason": "a good client"}
        if self.ask(0 < amount_c <= claim.open_c, waive_late_claim, on=LAST, **asked):
            interest_c = min(amount_c, claim.open_interest_c)
            claim.waived_interest_c += interest_c
            claim.waived_costs_c += amount_c - interest_c

    @rule(pick=PICK, tenths=TENTHS, more_c=CENTS_MORE)
    def ask_again(self, pick: int, tenths: int, more_c: int) -> None:
        """Ask again for part of what was waived by mistake: the costs first."""
        id_ = self.one_of(self.claims, pick, lambda each: self.claims[each].waived_c > 0)
        if id_ is None:
            return
        claim = self.claims[id_]
        amount_c = self.part(claim.waived_c, tenths, more_c)
        asked: dict[str, Any] = {"invoice_id": id_, "amount_c": amount_c, "reason": "not this client"}
        if self.ask(0 < amount_c <= claim.waived_c, reverse_waiver, on=LAST, **asked):
            costs_c = min(amount_c, claim.waived_costs_c)
            claim.waived_costs_c -= costs_c
            claim.waived_interest_c -= amount_c - costs_c

    @rule(pick=PICK)
    def take_the_claim_back(self, pick: int) -> None:
        """All that is still asked for was claimed by mistake, unless something was paid of it."""
        id_ = self.one_of(self.claims, pick, lambda each: self.claims[each].open_c > 0)
        if id_ is None:
            return
        claim = self.claims[id_]
        right = claim.open_c > 0 and not +claim.paid_by
        if self.ask(right, reverse_late_claim, on=LAST, invoice_id=id_, reason="paid in cash"):
            claim.interest_c = claim.waived_interest_c
            fees_c = min(claim.fees_c, claim.open_costs_c)
            claim.flat_c -= claim.open_costs_c - fees_c
            claim.fees_c -= fees_c

    @invariant()
    def late_payers_owe_what_the_paper_says(self) -> None:
        for id_, sent in self.reminders.items():
            for n, paper in enumerate(sent, start=1):
                kept = self.state(Reminder, reminder_id(id_, n))
                assert (kept.on, kept.sent_on, kept.fee_c) == (paper.on, paper.sent_on, paper.fee_c)
        for id_, claim in self.claims.items():
            kept_claim = self.state(LateClaim, late_claim_id(id_))
            assert kept_claim.open_costs_c == claim.open_costs_c >= 0
            assert kept_claim.open_interest_c == claim.open_interest_c >= 0
            assert kept_claim.waived_costs_c == claim.waived_costs_c >= 0
            assert kept_claim.waived_interest_c == claim.waived_interest_c >= 0
