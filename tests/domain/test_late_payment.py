"""What a business or an authority owes for paying late: reckoned to the cent, paid, waived, reversed."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.aggregates.activity import Activity
from domain.aggregates.invoice import Invoice
from domain.errors import (
    AmountNotPositive,
    EmptyText,
    ExceedsAllocation,
    ExceedsLateClaim,
    ExceedsLine,
    ExceedsWaived,
    LateClaimPaid,
    NothingOverdue,
    OtherEntity,
    ReferenceRateUnknown,
    UnknownRecord,
)
from domain.late_payment import (
    InterestSpan,
    LateLaw,
    interest_c,
    rate_above,
    spans_of,
)
from domain.ledger import late_presets as presets
from domain.ledger.bank import import_statements, line_id, open_bank_account
from domain.ledger.entities import entity_id_of
from domain.ledger.late_payment import (
    return_late_payment,
    reverse_late_claim,
    reverse_waiver,
    undo_late_payment,
    waive_late_claim,
)
from domain.money import rounded
from tests.cooperative import (
    ACCOUNT,
    ACCOUNT_ID,
    ACTIVITY,
    FOUNDED,
    OPENING_C,
    entry,
    found_entity,
    statement,
)
from tests.domain.crediting import base, credit
from tests.domain.doubting import doubt, reclaim
from tests.domain.paying_late import (
    CHARGED_C,
    DEBIT,
    DUE_ON,
    EARLY_RECEIPT,
    LATER_RECEIPT,
    PAID_EARLY_ON,
    PAID_ON,
    PUBLIC,
    RECEIPT,
    claim,
    claimed,
    enact,
    invoiced,
    pay,
    receive,
)
from tests.domain.spending import INVOICE, balances


def test_a_business_owes_interest_for_each_day_after_the_due_day_and_a_flat_sum() -> None:
    ledger = invoiced()
    fact = claim(ledger, date(2026, 3, 9))
    # 30 days, from 8 February through 9 March, at 2.15 + 8 points, rounded up to 10.5 %.
    assert fact.spans == (InterestSpan(date(2026, 2, 8), date(2026, 3, 9), 1_210_00, 1050),)
    assert fact.interest_c == rounded(Fraction(1_210_00 * 30 * 1050, 365 * 10_000)) == 10_44
    assert (fact.flat_c, fact.fees_c) == (40_00, 0)
    assert claimed(ledger).law is LateLaw.COMMERCIAL
    assert claimed(ledger).open_c == 50_44
    assert ledger.get(Invoice, INVOICE).open_c == 1_210_00, "the invoice is owed as before"


def test_an_authority_owes_the_same_as_a_business() -> None:
    ledger = invoiced(PUBLIC)
    fact = claim(ledger, date(2026, 3, 9))
    assert (fact.interest_c, fact.flat_c) == (10_44, 40_00)


def test_what_was_paid_stops_bearing_interest_the_day_after_the_bank_booked_it() -> None:
    ledger = invoiced()
    pay(ledger, 605_00, bank_line_id=EARLY_RECEIPT)
    pay(ledger, 605_00)
    fact = claim(ledger, date(2026, 3, 20))
    assert fact.spans == (
        InterestSpan(date(2026, 2, 8), PAID_EARLY_ON, 1_210_00, 1050),
        InterestSpan(date(2026, 2, 18), PAID_ON, 605_00, 1050),
    )
    assert fact.interest_c == rounded(Fraction((1_210_00 * 10 + 605_00 * 20) * 1050, 3_650_000)) == 6_96


def test_each_half_year_has_its_own_rate_and_one_that_is_not_known_is_refused() -> None:
    ledger = invoiced()
    summer = date(2026, 7, 31)
    with pytest.raises(ReferenceRateUnknown) as refused:
        claim(ledger, summer)
    assert refused.value.facts["half_year"] == date(2026, 7, 1)
    enact(ledger, presets.REFERENCE_RATES, "2026-01-01=215,2026-07-01=240", on=summer)
    assert [(span.from_on, span.rate_bp) for span in claim(ledger, summer).spans] == [
        (date(2026, 2, 8), 1050),
        (date(2026, 7, 1), 1050),
    ]
    assert rate_above(2_40, margin_bp=800, step_bp=50) == 10_50
    assert rate_above(2_50, margin_bp=800, step_bp=50) == 10_50
    assert rate_above(2_51, margin_bp=800, step_bp=50) == 11_00


def test_a_later_claim_takes_what_was_not_claimed_before_and_no_second_flat_sum() -> None:
    ledger = invoiced()
    claim(ledger, date(2026, 2, 20))
    later = claim(ledger, date(2026, 3, 9))
    assert (claimed(ledger).interest_c, later.interest_in_all_c, later.flat_c) == (10_44, 10_44, 0)
    with pytest.raises(NothingOverdue):
        claim(ledger, date(2026, 3, 9))


def test_nothing_is_owed_on_the_due_day_nor_of_what_was_paid_by_it() -> None:
    ledger = invoiced()
    with pytest.raises(NothingOverdue):
        claim(ledger, DUE_ON)
    early = entry("1", 1_210_00, on=DUE_ON)
    paid = invoiced()
    opening_c = OPENING_C + 605_00 + 5_000_00
    second = statement(2, [early], opening_c=opening_c, on=PAID_ON)
    paid.perform(import_statements, on=PAID_ON, account=ACCOUNT, statements=[second])
    pay(paid, 1_210_00, bank_line_id=line_id(ACCOUNT_ID, "2026/2", "1"))
    with pytest.raises(NothingOverdue):
        claim(paid, PAID_ON)


def test_what_was_credited_or_written_off_bears_no_interest() -> None:
    ledger = invoiced()
    credit(ledger, base(500_00))
    assert claim(ledger, date(2026, 3, 9)).spans[0].overdue_c == 605_00
    bankrupt = invoiced()
    doubt(bankrupt, 605_00)
    reclaim(bankrupt)
    assert claim(bankrupt, date(2026, 3, 9)).spans[0].overdue_c == 605_00


# What comes of it


def test_what_comes_pays_the_costs_first_is_earned_by_the_activity_and_leaves_the_invoice_open() -> None:
    ledger = invoiced()
    claim(ledger, PAID_ON)
    before_c = ledger.get(Activity, ACTIVITY).collected_c
    receive(ledger, 45_00)
    standing = balances(ledger.facts)
    assert (standing["745"], standing["751"]) == (-40_00, -5_00)
    assert ledger.get(Activity, ACTIVITY).collected_c == before_c + 45_00
    assert (claimed(ledger).open_c, ledger.get(Invoice, INVOICE).open_c) == (5_44, 1_210_00)
    with pytest.raises(ExceedsLateClaim):
        receive(ledger, 5_45)
    receive(ledger, 5_44)
    assert balances(ledger.facts)["751"] == -10_44


def test_nothing_is_booked_before_it_comes() -> None:
    ledger = invoiced()
    before = balances(ledger.facts)
    claim(ledger, PAID_ON)
    assert balances(ledger.facts) == before


def test_the_cooperative_earns_it_where_a_parameter_says_so_on_the_day_of_the_first_claim() -> None:
    ledger = invoiced()
    enact(ledger, presets.EARNED_BY, "cooperative")
    claim(ledger, date(2026, 2, 20))
    enact(ledger, presets.EARNED_BY, "activity", on=date(2026, 2, 21))
    claim(ledger, PAID_ON)
    before_c = ledger.get(Activity, ACTIVITY).result_c
    receive(ledger, 50_44)
    assert ledger.get(Activity, ACTIVITY).result_c == before_c
    assert balances(ledger.facts)["751"] == -10_44


def test_a_receipt_set_against_it_by_mistake_waits_again() -> None:
    ledger = invoiced()
    claim(ledger, PAID_ON)
    receive(ledger, 50_44)
    asked: dict[str, Any] = {"bank_line_id": LATER_RECEIPT, "invoice_id": INVOICE, "reason": "wrong client"}
    with pytest.raises(ExceedsAllocation):
        ledger.perform(undo_late_payment, on=PAID_ON, amount_c=50_45, **asked)
    with pytest.raises(EmptyText):
        ledger.perform(undo_late_payment, on=PAID_ON, amount_c=50_44, **asked | {"reason": " "})
    ledger.perform(undo_late_payment, on=PAID_ON, amount_c=20_44, **asked)
    # What was paid last is taken back first: all 10.44 of interest, then 10.00 of the costs.
    standing = balances(ledger.facts)
    assert (standing["745"], standing["751"], claimed(ledger).open_c) == (-30_00, 0, 20_44)
    ledger.perform(undo_late_payment, on=PAID_ON, amount_c=30_00, **asked)
    assert ledger.get(Activity, ACTIVITY).result_c == 1_000_00 - CHARGED_C
    pay(ledger, 100_00, bank_line_id=LATER_RECEIPT)


def test_a_payment_of_it_that_the_bank_takes_back_is_claimed_again() -> None:
    ledger = invoiced()
    claim(ledger, PAID_ON)
    receive(ledger, 50_44)
    asked: dict[str, Any] = {"bank_line_id": DEBIT, "of_line_id": LATER_RECEIPT, "invoice_id": INVOICE}
    ledger.perform(return_late_payment, on=PAID_ON, amount_c=50_44, **asked)
    assert claimed(ledger).open_c == 50_44
    standing = balances(ledger.facts)
    assert (standing["745"], standing["751"]) == (0, 0)
    with pytest.raises(ExceedsAllocation):
        ledger.perform(return_late_payment, on=PAID_ON, amount_c=1, **asked)
    with pytest.raises(ExceedsLine):
        receive(ledger, 49_57)


def test_what_is_waived_is_not_claimed_anew() -> None:
    ledger = invoiced()
    claim(ledger, PAID_ON)
    asked: dict[str, Any] = {"invoice_id": INVOICE, "reason": "a good client"}
    with pytest.raises(EmptyText):
        ledger.perform(waive_late_claim, on=PAID_ON, invoice_id=INVOICE, amount_c=1, reason=" ")
    with pytest.raises(ExceedsLateClaim):
        ledger.perform(waive_late_claim, on=PAID_ON, amount_c=50_45, **asked)
    ledger.perform(waive_late_claim, on=PAID_ON, amount_c=10_44, **asked)
    assert (claimed(ledger).open_interest_c, claimed(ledger).open_costs_c) == (0, 40_00)
    ledger.perform(waive_late_claim, on=PAID_ON, **asked)
    assert claimed(ledger).open_c == 0
    with pytest.raises(AmountNotPositive):
        ledger.perform(waive_late_claim, on=PAID_ON, **asked)
    with pytest.raises(NothingOverdue):
        claim(ledger, PAID_ON)


def test_what_was_waived_by_mistake_is_asked_for_again_the_costs_first() -> None:
    ledger = invoiced()
    claim(ledger, PAID_ON)
    asked: dict[str, Any] = {"invoice_id": INVOICE, "reason": "another client was meant"}
    with pytest.raises(AmountNotPositive):
        ledger.perform(reverse_waiver, on=PAID_ON, **asked)
    ledger.perform(waive_late_claim, on=PAID_ON, amount_c=12_44, **asked)
    with pytest.raises(ExceedsWaived) as refused:
        ledger.perform(reverse_waiver, on=PAID_ON, amount_c=12_45, **asked)
    assert refused.value.facts == {"waived_c": 12_44, "amount_c": 12_45}
    with pytest.raises(EmptyText):
        ledger.perform(reverse_waiver, on=PAID_ON, invoice_id=INVOICE, amount_c=1, reason=" ")
    (again,) = ledger.perform(reverse_waiver, on=PAID_ON, amount_c=3_00, **asked)
    assert (again.costs_c, again.interest_c) == (2_00, 1_00)
    assert (claimed(ledger).open_costs_c, claimed(ledger).open_interest_c) == (40_00, 1_00)
    ledger.perform(reverse_waiver, on=PAID_ON, **asked)
    assert (claimed(ledger).open_costs_c, claimed(ledger).open_interest_c) == (40_00, 10_44)
    receive(ledger, 50_44)
    assert claimed(ledger).open_c == 0


def test_what_was_waived_is_asked_for_again_though_the_rest_of_the_claim_was_reversed() -> None:
    ledger = invoiced()
    claim(ledger, PAID_ON)
    asked: dict[str, Any] = {"invoice_id": INVOICE, "reason": "not this client"}
    ledger.perform(waive_late_claim, on=PAID_ON, amount_c=4_00, **asked)
    ledger.perform(reverse_late_claim, on=PAID_ON, **asked)
    ledger.perform(reverse_waiver, on=PAID_ON, **asked)
    assert claimed(ledger).open_c == claimed(ledger).open_interest_c == 4_00
    anew = claim(ledger, PAID_ON)
    assert (anew.interest_c, anew.flat_c, claimed(ledger).open_c) == (6_44, 40_00, 50_44)


def test_a_claim_made_by_mistake_is_reversed_unless_paid_and_can_be_made_anew() -> None:
    ledger = invoiced()
    claim(ledger, PAID_ON)
    receive(ledger, 1_00)
    asked: dict[str, Any] = {"invoice_id": INVOICE, "reason": "the client had paid elsewhere"}
    with pytest.raises(LateClaimPaid):
        ledger.perform(reverse_late_claim, on=PAID_ON, **asked)
    undo = {"bank_line_id": LATER_RECEIPT, "amount_c": 1_00, **asked}
    ledger.perform(undo_late_payment, on=PAID_ON, **undo)
    ledger.perform(waive_late_claim, on=PAID_ON, amount_c=1_00, **asked)
    ledger.perform(reverse_late_claim, on=PAID_ON, **asked)
    assert claimed(ledger).open_c == 0
    with pytest.raises(NothingOverdue):
        ledger.perform(reverse_late_claim, on=PAID_ON, **asked)
    again = claim(ledger, PAID_ON)
    assert (again.interest_c, again.flat_c) == (9_44, 40_00), "what was waived stays so"


def test_of_a_flat_sum_waived_in_part_no_more_than_the_rest_is_claimed_anew() -> None:
    ledger = invoiced()
    claim(ledger, PAID_ON)
    asked: dict[str, Any] = {"invoice_id": INVOICE, "reason": "as agreed"}
    ledger.perform(waive_late_claim, on=PAID_ON, amount_c=10_44 + 5_00, **asked)
    enact(ledger, presets.FLAT_C, "5000", on=PAID_ON)
    with pytest.raises(NothingOverdue):
        claim(ledger, PAID_ON)
    ledger.perform(reverse_late_claim, on=PAID_ON, **asked)
    again = claim(ledger, PAID_ON)
    assert (again.interest_c, again.flat_c, claimed(ledger).open_c) == (0, 35_00, 35_00)


def test_nothing_comes_of_what_was_not_claimed_nor_from_another_entity() -> None:
    ledger = invoiced()
    with pytest.raises(UnknownRecord):
        receive(ledger, 1)
    claim(ledger, PAID_ON)
    found_entity(ledger.perform, code="OTHER")
    other = "BE68539007547034"
    asked: dict[str, Any] = {"account": other, "balance_c": 0, "balance_on": FOUNDED}
    ledger.perform(open_bank_account, on=FOUNDED, entity_id=entity_id_of("OTHER"), **asked)
    theirs = statement(1, [entry("1", 10_00, on=PAID_ON)], opening_c=0, on=PAID_ON)
    (_, imported) = ledger.perform(import_statements, on=PAID_ON, account=other, statements=[theirs])
    with pytest.raises(OtherEntity):
        receive(ledger, 10_00, imported.originator_id)
    with pytest.raises(OtherEntity):
        ledger.perform(
            return_late_payment,
            on=PAID_ON,
            bank_line_id=imported.originator_id,
            of_line_id=RECEIPT,
            invoice_id=INVOICE,
            amount_c=1,
        )


# Exactness

DAYS = st.integers(0, 900).map(lambda days: date(2026, 1, 1) + timedelta(days=days))
PAID = st.dictionaries(DAYS, st.integers(1, 500_00), max_size=5)


def by_the_day(due_c: int, paid: dict[date, int], from_on: date, through_on: date) -> Fraction:
    """The interest, day by day: what was owed that morning, at the rate of its half-year."""
    owed: Fraction = Fraction(0)
    for number in range((through_on - from_on).days + 1):
        day = from_on + timedelta(days=number)
        overdue_c = max(due_c - sum(amount_c for on, amount_c in paid.items() if on < day), 0)
        owed += Fraction(
            overdue_c * rate_of_half_year(date(day.year, 1 if day.month < 7 else 7, 1)), 3_650_000
        )
    return owed


def rate_of_half_year(first_on: date) -> int:
    return 1000 + first_on.year % 7 * 50 + first_on.month


@given(due_c=st.integers(1, 2_000_00), paid=PAID, from_on=DAYS, days=st.integers(0, 700))
def test_interest_is_what_each_day_bears(due_c: int, paid: dict[date, int], from_on: date, days: int) -> None:
    through_on = from_on + timedelta(days=days)
    spans = spans_of(
        due_c=due_c, paid=paid, from_on=from_on, through_on=through_on, rate_of=rate_of_half_year
    )
    assert interest_c(spans, days_in_year=365) == rounded(by_the_day(due_c, paid, from_on, through_on))
    for before, after in pairwise(spans):
        assert before.through_on < after.from_on


@given(stops=st.lists(st.integers(1, 120), min_size=1, max_size=5, unique=True))
def test_claims_one_after_another_come_to_what_one_claim_would_have(stops: list[int]) -> None:
    ledger, once = invoiced(), invoiced()
    total: Counter[str] = Counter()
    for days in sorted(stops):
        try:
            fact = claim(ledger, DUE_ON + timedelta(days=days))
        except NothingOverdue:
            continue
        total.update({"interest": fact.interest_c, "flat": fact.flat_c})
    whole = claim(once, DUE_ON + timedelta(days=max(stops)))
    assert total == {"interest": whole.interest_c, "flat": whole.flat_c}
