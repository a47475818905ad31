"""What a consumer owes for paying late: only what was agreed, after a free reminder, within caps."""

from __future__ import annotations

from datetime import date

import pytest

from domain.errors import (
    ConsumerNotReminded,
    ConsumerTermRunning,
    FirstReminderIsFree,
    InvalidParameter,
    NothingAgreedWithConsumers,
    NothingOverdue,
    ReminderFeeExceedsCap,
    ReminderNotDue,
    ReminderSentAlready,
    UnknownRecord,
)
from domain.late_payment import (
    Channel,
    InterestSpan,
    LateLaw,
    Tier,
    flat_of,
)
from domain.ledger import late_presets as presets
from tests.domain.paying_late import (
    EARLY_RECEIPT,
    claim,
    claimed,
    enact,
    invoiced,
    of_consumer,
    pay,
    remind,
    send,
)


def test_a_consumer_owes_nothing_unless_the_general_terms_say_so() -> None:
    ledger = of_consumer(clause="none")
    send(ledger, date(2026, 2, 14))
    with pytest.raises(NothingAgreedWithConsumers):
        claim(ledger, date(2026, 3, 20))


def test_nothing_is_claimed_of_a_consumer_before_a_reminder_was_sent_and_its_term_is_over() -> None:
    ledger = of_consumer()
    with pytest.raises(ConsumerNotReminded):
        claim(ledger, date(2026, 3, 20))
    send(ledger, date(2026, 2, 14))
    with pytest.raises(ConsumerTermRunning) as refused:
        claim(ledger, date(2026, 2, 28))
    assert refused.value.facts["through_on"] == date(2026, 2, 28), "fourteen days, from the day after"
    fact = claim(ledger, date(2026, 3, 1))
    assert fact.spans == (InterestSpan(date(2026, 3, 1), date(2026, 3, 1), 1_210_00, 1050),)
    assert fact.flat_c == 65_00 + 35_50
    assert claimed(ledger).law is LateLaw.CONSUMER


def test_by_post_the_term_begins_on_the_third_working_day() -> None:
    ledger = of_consumer()
    # Thursday before Easter: Friday and Saturday work, Sunday and Monday do not, so Tuesday is the third.
    send(ledger, date(2026, 4, 2), channel=Channel.POST)
    with pytest.raises(ConsumerTermRunning) as refused:
        claim(ledger, date(2026, 4, 15))
    assert refused.value.facts["through_on"] == date(2026, 4, 20)


def test_a_small_creditor_may_count_from_the_reminder() -> None:
    ledger = of_consumer(clause="interest")
    enact(ledger, presets.CONSUMER_INTEREST_FROM, "reminder")
    send(ledger, date(2026, 2, 14))
    fact = claim(ledger, date(2026, 3, 1))
    assert (fact.spans[0].from_on, fact.flat_c) == (date(2026, 2, 15), 0)


def test_a_consumer_who_pays_within_the_term_owes_nothing_more() -> None:
    ledger = of_consumer()
    send(ledger, date(2026, 2, 28))
    pay(ledger, 1_210_00)
    with pytest.raises(NothingOverdue):
        claim(ledger, date(2026, 3, 20))


def test_the_flat_sum_of_a_consumer_follows_what_was_still_due_after_the_term() -> None:
    ledger = of_consumer(clause="flat")
    send(ledger, date(2026, 2, 14))
    pay(ledger, 605_00, bank_line_id=EARLY_RECEIPT)
    pay(ledger, 605_00)
    fact = claim(ledger, date(2026, 3, 20))
    assert (fact.spans, fact.interest_c, fact.flat_c) == ((), 0, 65_00 + 5_25)


@pytest.mark.parametrize(
    ("due_c", "flat_c"),
    [
        (1, 20_00),
        (150_00, 20_00),
        (150_01, 30_00),
        (150_05, 30_01),
        (500_00, 65_00),
        (500_01, 65_00),
        (500_10, 65_01),
        (39_200_00, 2_000_00),
        (10**12, 2_000_00),
    ],
)
def test_the_flat_sum_of_a_consumer_is_capped_by_what_is_due(due_c: int, flat_c: int) -> None:
    tiers = (Tier(150_00, 20_00, 0), Tier(500_00, 30_00, 1_000), Tier(None, 65_00, 500))
    assert flat_of(due_c, tiers, most_c=2_000_00) == flat_c


def test_the_first_reminder_of_a_consumer_is_free_and_others_are_capped() -> None:
    ledger = of_consumer()
    with pytest.raises(FirstReminderIsFree):
        send(ledger, date(2026, 2, 14), fee_c=1)
    send(ledger, date(2026, 2, 14))
    with pytest.raises(ReminderSentAlready):
        send(ledger, date(2026, 2, 14))
    remind(ledger, date(2026, 2, 28))
    with pytest.raises(ReminderNotDue):
        send(ledger, date(2026, 2, 27), number=2)
    with pytest.raises(ReminderFeeExceedsCap):
        send(ledger, date(2026, 2, 28), number=2, fee_c=7_51)
    with pytest.raises(ReminderFeeExceedsCap):
        send(ledger, date(2026, 2, 28), number=2, fee_c=-1)
    send(ledger, date(2026, 2, 28), number=2, fee_c=7_50)
    with pytest.raises(UnknownRecord):
        send(ledger, date(2026, 3, 1), number=3)
    fact = claim(ledger, date(2026, 3, 1))
    assert (fact.fees_c, claimed(ledger).open_costs_c) == (7_50, 7_50 + 65_00 + 35_50)


def test_a_business_is_charged_nothing_for_a_reminder() -> None:
    ledger = invoiced()
    remind(ledger, date(2026, 2, 14))
    with pytest.raises(ReminderFeeExceedsCap):
        send(ledger, date(2026, 2, 14), fee_c=1)
    send(ledger, date(2026, 2, 14))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        (presets.REFERENCE_RATES, "2026-02-01=215"),
        (presets.REFERENCE_RATES, "215"),
        (presets.STEP_BP, "0"),
        (presets.DAYS_IN_YEAR, "0"),
        (presets.EARNED_BY, "nobody"),
        (presets.CONSUMER_CLAUSE, "everything"),
        (presets.CONSUMER_TIERS, "15000=2000+0"),
        (presets.CONSUMER_INTEREST_FROM, "birth"),
    ],
)
def test_a_parameter_that_no_rule_could_read_is_refused(name: str, value: str) -> None:
    ledger = invoiced()
    with pytest.raises(InvalidParameter):
        enact(ledger, name, value)
