"""Where what is reckoned begins and ends: days, rates, tiers, lots, weights, numbers in a text."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from domain.activity_life import ActivityState
from domain.aggregates.activity import Activity
from domain.contributions import (
    LONGEST_EXEMPTION_MONTHS,
    MOST_TIERS,
    ContributionBase,
    Counted,
    Exemptions,
    FundShare,
    Terms,
    Tier,
)
from domain.errors import ActivityNotClosing, NotANumber, TiersNotAscending, UnreadableText
from domain.facts import require_readable
from domain.late_payment import InterestSpan, flat_of, half_year_of, spans_of
from domain.late_payment import Tier as FlatTier
from domain.ledger import endings
from domain.money import cents_of, split
from domain.parcels import after, before, even_lots
from domain.vat import CreditedBase, VatCategory, VatRow, credit_rows, line_of
from domain.working_days import easter_of
from tests.cooperative import ACTIVITY, FOUNDED, found
from tests.paper import PaperLedger

FUND = UUID(int=1)
ONE_DAY = timedelta(days=1)
STANDARD: dict[str, Any] = {
    "vat_category": VatCategory.STANDARD,
    "vat_rate_bp": 2_100,
    "exemption_code": "",
}


# Days


def easter_by_the_moon(year: int) -> date:
    """Easter by the tables of Clavius as Oudin put them in 1940: another way to the same Sunday."""
    golden, century = year % 19, year // 100
    epact = (century - century // 4 - (8 * century + 13) // 25 + 19 * golden + 15) % 30
    full = epact - (epact // 28) * (1 - (epact // 28) * (29 // (epact + 1)) * ((21 - golden) // 11))
    weekday = (year + year // 4 + full + 2 - century + century // 4) % 7
    after_equinox = full - weekday
    month = 3 + (after_equinox + 40) // 44
    return date(year, month, after_equinox + 28 - 31 * (month // 4))


def test_easter_is_the_same_by_another_way_of_reckoning_in_every_year_of_the_ledger() -> None:
    years = range(1900, 3000)
    assert [easter_of(year) for year in years] == [easter_by_the_moon(year) for year in years]


@pytest.mark.parametrize(
    ("day", "first"),
    [
        (date(2026, 1, 1), date(2026, 1, 1)),
        (date(2026, 6, 30), date(2026, 1, 1)),
        (date(2026, 7, 1), date(2026, 7, 1)),
        (date(2026, 12, 31), date(2026, 7, 1)),
    ],
)
def test_a_half_year_begins_in_january_or_july(day: date, first: date) -> None:
    assert half_year_of(day) == first


def test_what_is_paid_on_a_day_was_still_overdue_on_it_to_the_cent() -> None:
    day = date(2026, 3, 1)
    spans = spans_of(due_c=1, paid={day: 1}, from_on=day, through_on=day + ONE_DAY, rate_of=lambda _: 1_000)
    assert spans == (InterestSpan(day, day, 1, 1_000),)


def test_a_flat_sum_is_a_share_of_all_that_is_above_the_tier_before() -> None:
    assert flat_of(5, [FlatTier(None, 0, 10_000)], most_c=100) == 5
    assert flat_of(7, [FlatTier(5, 1, 0), FlatTier(None, 2, 10_000)], most_c=100) == 4
    with pytest.raises(ValueError, match="no end"):
        flat_of(7, [FlatTier(5, 1, 0)], most_c=100)


# Terms of a contribution


def test_a_margin_below_nothing_leaves_nothing() -> None:
    terms = Terms(ContributionBase.GROSS_MARGIN, 5_000)
    assert terms.base_c(Counted(invoiced_c=5, costs_c=6)) == 0
    assert terms.contribution_c(Counted(invoiced_c=5, costs_c=6)) == 0


def test_a_fund_is_left_nothing_of_what_is_exempt() -> None:
    shares = (FundShare(FUND, 5_000),)
    terms = Terms(ContributionBase.INVOICED_NET, 0, exemptions=Exemptions(year_c=10), fund_shares=shares)
    assert [part.amount_c for part in terms.accrued(Counted(invoiced_c=10))] == [0]
    assert [part.amount_c for part in terms.accrued(Counted(invoiced_c=12))] == [1]


def test_what_came_on_top_is_the_difference_of_each_figure() -> None:
    assert Counted(10, 8, 6).since(Counted(7, 6, 5)) == Counted(3, 2, 1)
    assert Counted(7, 6, 5).plus(Counted(3, 2, 1)) == Counted(10, 8, 6)


def tiers(number: int) -> tuple[Tier, ...]:
    return tuple(Tier(n, 100) for n in range(1, number + 1))


def test_terms_may_have_as_many_tiers_and_free_months_as_are_allowed() -> None:
    longest = Exemptions(first_months=LONGEST_EXEMPTION_MONTHS)
    Terms(ContributionBase.INVOICED_NET, 100, tiers(MOST_TIERS), exemptions=longest).require_sound()


def test_tiers_that_do_not_ascend_are_told_by_where_they_start() -> None:
    with pytest.raises(TiersNotAscending) as refused:
        Terms(ContributionBase.INVOICED_NET, 100, (Tier(5, 1), Tier(5, 2))).require_sound()
    assert refused.value.facts["starts_c"] == [5, 5]


# Money and lots


def test_a_cent_is_split_by_a_weight_of_one() -> None:
    assert split(5, [1]) == (5,)
    for wrong in ([0], [2, -1], []):
        with pytest.raises(ValueError, match="weights"):
            split(5, wrong)


def test_an_amount_is_read_up_to_forty_digits() -> None:
    assert cents_of("0" * 39 + "7") == 7_00
    with pytest.raises(ValueError, match="not an amount"):
        cents_of("0" * 40 + "7")


def test_lots_of_no_share_are_none() -> None:
    assert (after(((2, 100),), 2), before(((2, 100),), 0), even_lots(100, 2)) == ((), (), ((2, 50),))


# VAT


def test_a_rate_of_a_hundredth_of_a_percent_is_a_rate() -> None:
    least = STANDARD | {"vat_rate_bp": 1}
    assert line_of(quantity="1", unit_price="10000", **least).net_c == 10_000_00


def test_what_is_no_number_is_told_by_its_beginning() -> None:
    with pytest.raises(NotANumber) as refused:
        line_of(quantity="x" * 50, unit_price="1", **STANDARD)
    assert refused.value.facts["number"] == "x" * 40


@pytest.mark.parametrize("vat_c", [20, 21, 22])
def test_the_last_credit_of_a_row_takes_its_vat_as_it_stands(vat_c: int) -> None:
    row = VatRow(VatCategory.STANDARD, 2_100, "", 1_00, vat_c)
    (credited,) = credit_rows((row,), (), [CreditedBase(VatCategory.STANDARD, 2_100, "", 1_00)])
    assert (credited.base_c, credited.vat_c) == (1_00, vat_c)


# Texts, and an activity that is over


@dataclass(frozen=True)
class Said:
    """A part of a fact that holds text."""

    text: str


def test_text_that_no_document_can_hold_is_found_wherever_it_stands() -> None:
    require_readable({"one": "plain", "some": (Said("plain"),)})
    for says in ({"one": Said("\ud800")}, {"some": (Said("\ud800"),)}, {"one": "\ud800"}):
        with pytest.raises(UnreadableText):
            require_readable(says)


def test_an_activity_is_closed_once() -> None:
    ledger = PaperLedger()
    found(ledger.perform)
    ends: dict[str, Any] = {"ends_on": FOUNDED, "reason": "it was an error"}
    ledger.perform(endings.begin_closing, on=FOUNDED, activity_id=ACTIVITY, **ends)
    ledger.perform(endings.close_activity, on=FOUNDED, activity_id=ACTIVITY)
    assert ledger.get(Activity, ACTIVITY).state is ActivityState.CLOSED
    with pytest.raises(ActivityNotClosing):
        ledger.perform(endings.close_activity, on=FOUNDED, activity_id=ACTIVITY)
