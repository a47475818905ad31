"""Where a claim for paying late begins and ends: fees, reversals, the last day of a term."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from domain.aggregates.bank_line import BankLine
from domain.aggregates.late_claim import LateClaim, Overdue
from domain.errors import LateClaimPaid, NothingOverdue
from domain.late_payment import Beneficiary, InterestSpan, LateLaw
from domain.ledger import late_presets as presets
from domain.ledger.late_payment import return_late_payment, reverse_late_claim, undo_late_payment
from tests.cooperative import ACTIVITY, CLIENT, ENTITY
from tests.domain.paying_late import (
    DEBIT,
    DUE_ON,
    EARLY_RECEIPT,
    LATER_RECEIPT,
    PAID_EARLY_ON,
    PAID_ON,
    claim,
    claimed,
    enact,
    invoiced,
    of_consumer,
    pay,
    receive,
    remind,
    send,
)
from tests.domain.spending import INVOICE
from tests.paper import PaperLedger
from tests.scenario import Given, fact, stamp

A_YEAR = InterestSpan(date(2026, 1, 1), date(2026, 12, 31), 400_00, 1_000)
OPENED = fact(
    LateClaim.Opened,
    entity_id=ENTITY,
    activity_id=ACTIVITY,
    client_id=CLIENT,
    invoice_id=INVOICE,
    law=LateLaw.CONSUMER,
    earned_by=Beneficiary.ACTIVITY,
)


def twice_reminded() -> PaperLedger:
    """A consumer who was reminded on 14 February for nothing, and on 28 February for 7.50."""
    ledger = of_consumer()
    send(ledger, date(2026, 2, 14))
    remind(ledger, date(2026, 2, 28))
    send(ledger, date(2026, 2, 28), number=2, fee_c=7_50)
    return ledger


def test_a_claim_reversed_takes_its_fees_back_with_it_and_is_made_anew_as_it_was() -> None:
    ledger = twice_reminded()
    first = claim(ledger, PAID_ON)
    assert (first.fees_c, first.flat_c) == (7_50, 100_50)
    (taken_back,) = ledger.perform(reverse_late_claim, invoice_id=INVOICE, reason="a wrong rate")
    assert (taken_back.interest_c, taken_back.flat_c, taken_back.fees_c) == (first.interest_c, 100_50, 7_50)
    stands = claimed(ledger)
    assert (stands.interest_c, stands.flat_c, stands.fees_c, stands.open_c) == (0, 0, 0, 0)
    again = claim(ledger, PAID_ON)
    assert (again.interest_c, again.flat_c, again.fees_c) == (first.interest_c, 100_50, 7_50)


def test_a_fee_is_claimed_once() -> None:
    ledger = twice_reminded()
    claim(ledger, PAID_ON)
    later = claim(ledger, PAID_ON + timedelta(days=10))
    assert (later.fees_c, later.flat_c) == (0, 0)
    assert claimed(ledger).fees_c == 7_50


@pytest.mark.parametrize(
    "overdue",
    [
        Overdue(PAID_ON, (), 365, flat_c=40_00, fees_c=40_00),
        Overdue(PAID_ON, (A_YEAR,), 365, flat_c=40_00, fees_c=0),
        Overdue(PAID_ON, (), 365, flat_c=0, fees_c=1),
    ],
)
def test_something_is_overdue_whatever_it_is_made_of(overdue: Overdue) -> None:
    when = Given(LateClaim, OPENED).when(lambda late: late.claim(stamp(), overdue))
    when.ask(when.state)
    assert when.state.open_c > 0


def test_what_a_line_paid_counts_costs_and_interest_together() -> None:
    ledger = invoiced()
    interest_c = claim(ledger, PAID_ON).interest_c
    assert interest_c < 40_00
    receive(ledger, 40_00 + interest_c)
    assert claimed(ledger).paid_by == {LATER_RECEIPT: 40_00 + interest_c}
    with pytest.raises(LateClaimPaid) as refused:
        ledger.perform(reverse_late_claim, invoice_id=INVOICE, reason="a wrong rate")
    assert refused.value.facts["paid_c"] == 40_00 + interest_c
    undone: dict[str, Any] = {"bank_line_id": LATER_RECEIPT, "amount_c": 40_00 + interest_c}
    ledger.perform(undo_late_payment, invoice_id=INVOICE, reason="another client", **undone)
    assert claimed(ledger).paid_by == {}
    ledger.perform(reverse_late_claim, invoice_id=INVOICE, reason="a wrong rate")


def test_the_line_that_takes_a_payment_back_is_explained_by_it() -> None:
    ledger = invoiced()
    claim(ledger, PAID_ON)
    receive(ledger, 40_00)
    asked: dict[str, Any] = {"bank_line_id": DEBIT, "of_line_id": LATER_RECEIPT, "invoice_id": INVOICE}
    recorded = ledger.perform(return_late_payment, amount_c=40_00, reason_code="AC04", **asked)
    (out,) = (each for each in recorded if isinstance(each, BankLine.PaymentReturned))
    assert (out.originator_id, out.of_line_id, out.amount_c) == (DEBIT, LATER_RECEIPT, 40_00)


@pytest.mark.parametrize(("days_after_due", "flat_c"), [(1, 50_00), (2, 40_00)])
def test_the_flat_sum_is_that_of_the_first_day_overdue(days_after_due: int, flat_c: int) -> None:
    ledger = invoiced()
    enact(ledger, presets.FLAT_C, "5000", on=DUE_ON + timedelta(days=days_after_due))
    assert claim(ledger, PAID_ON).flat_c == flat_c


def test_interest_from_the_reminder_runs_from_the_day_it_was_sent() -> None:
    ledger = of_consumer(clause="interest")
    enact(ledger, presets.CONSUMER_INTEREST_FROM, "reminder")
    send(ledger, date(2026, 2, 16))
    remind(ledger, date(2026, 2, 28))
    send(ledger, date(2026, 3, 1), number=2)
    assert claim(ledger, PAID_ON).spans[0].from_on == date(2026, 2, 17), "of the first, not the second"


def test_what_is_paid_on_the_last_day_of_the_term_is_in_time() -> None:
    ledger = of_consumer(price="500")
    enact(ledger, presets.CONSUMER_TERM_DAYS, "3")
    send(ledger, date(2026, 2, 14))
    pay(ledger, 605_00, bank_line_id=EARLY_RECEIPT, on=PAID_EARLY_ON)
    assert date(2026, 2, 14) + timedelta(days=3) == PAID_EARLY_ON
    with pytest.raises(NothingOverdue):
        claim(ledger, PAID_ON)
