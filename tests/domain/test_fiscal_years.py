"""A year's accounts are approved on figures that cannot move, and its result goes where it is decided."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.aggregates.fiscal_year import AccountBalance, Accounts, Appropriation, FiscalYear
from domain.aggregates.legal_entity import LegalEntity
from domain.aggregates.manual_entry import ManualEntry, ManualLine
from domain.bookkeeping.rules_v1 import book
from domain.errors import (
    AccountsApprovedAlready,
    AccountsNotApproved,
    AmountNegative,
    BalancesCarriedAlready,
    BooksDoNotBalance,
    BroughtForwardDiffers,
    DigestTooEarly,
    DividendNotAsVoted,
    EarlierResultOpen,
    EarlierYearOpen,
    EmptyText,
    MonthsStillOpen,
    MotionNeeded,
    Refusal,
    ResultAccountsDoNotCancel,
    ResultAppropriatedAlready,
    ResultNotAppropriated,
    ResultNotWhollyAppropriated,
    ReversalPrecedes,
    YearOverlaps,
    YearTooLong,
)
from domain.ledger.manual_entries import adjust_year
from domain.ledger.periods import close_period, propose_reopening, reopen_period, stop_bookings
from domain.ledger.years import appropriate_result, approve_accounts, carry_balances, open_year, year_id
from tests.carried import adopted
from tests.cooperative import ENTITY, MEMBER, OTHER_MEMBER, found
from tests.domain.departing import told
from tests.domain.spending import balances
from tests.paper import PaperLedger
from tests.scenario import Given, fact, stamp

FIRST, LAST = date(2025, 11, 1), date(2025, 12, 31)
YEAR = year_id(ENTITY, "2025")
SAYS = {"entity_id": ENTITY, "year": "2025"}
OPENED = fact(FiscalYear.Opened, **SAYS, first_on=FIRST, last_on=LAST)
FIGURES: dict[str, Any] = {
    "position": 50,
    "trial_balance_sha256": "d" * 64,
    "debit_c": 9_000_00,
    "credit_c": 9_000_00,
    "result_c": 1_000_00,
    "net_asset_c": 25_000_00,
    "brought_forward_c": 0,
}
APPROVED = fact(FiscalYear.AccountsApproved, **SAYS, **FIGURES, decision_ref="assembly 3")
USES: dict[str, int] = {
    "brought_forward_c": 0,
    "legal_reserve_c": 50_00,
    "other_reserves_c": 450_00,
    "dividend_c": 200_00,
    "carried_forward_c": 300_00,
}
APPROPRIATED = fact(
    FiscalYear.ResultAppropriated,
    **SAYS,
    booked_on=LAST,
    result_c=1_000_00,
    appropriation=Appropriation(**USES),
    decision_ref="assembly 4",
)
CARRIED = fact(
    FiscalYear.BalancesCarried,
    **SAYS,
    booked_on=date(2026, 1, 1),
    position=60,
    result_accounts=(AccountBalance("7001", -1_000_00), AccountBalance("693", 1_000_00)),
)
ADJUSTED = fact(FiscalYear.Adjusted, **SAYS, entry_id=UUID(int=9), position=51)


def approving(**says: Any) -> Any:
    figures = Accounts(**FIGURES | {name: value for name, value in says.items() if name in FIGURES})
    decision = says.get("decision_ref", "assembly 3")
    return lambda year: year.approve(stamp(), accounts=figures, decision_ref=decision)


def appropriating(**says: int) -> Any:
    uses = Appropriation(**USES | says)
    return lambda year: year.appropriate(stamp(), appropriation=uses, decision_ref="assembly 4")


def carrying(*accounts: AccountBalance) -> Any:
    return lambda year: year.carry(
        stamp(), position=60, result_accounts=accounts or CARRIED.says["result_accounts"]
    )


def test_a_year_is_approved_once_then_appropriated_once_then_carried_once() -> None:
    Given(FiscalYear, OPENED).when(approving()).then(APPROVED)
    Given(FiscalYear, OPENED, APPROVED).when(approving()).then_refused(AccountsApprovedAlready)
    Given(FiscalYear, OPENED).when(appropriating()).then_refused(AccountsNotApproved)
    Given(FiscalYear, OPENED, APPROVED).when(appropriating()).then(APPROPRIATED)
    history = (OPENED, APPROVED, APPROPRIATED)
    Given(FiscalYear, *history).when(appropriating()).then_refused(ResultAppropriatedAlready)
    for early in (OPENED,), (OPENED, APPROVED):
        Given(FiscalYear, *early).when(carrying()).then_refused(ResultNotAppropriated)
    Given(FiscalYear, *history).when(carrying()).then(CARRIED)
    Given(FiscalYear, *history, CARRIED).when(carrying()).then_refused(BalancesCarriedAlready)


@pytest.mark.parametrize(
    ("says", "refusal"),
    [
        ({"position": 50}, DigestTooEarly),
        ({"position": 51, "credit_c": 8_999_99}, BooksDoNotBalance),
        ({"position": 51, "trial_balance_sha256": ""}, BooksDoNotBalance),
        ({"position": 51, "decision_ref": " "}, EmptyText),
    ],
)
def test_accounts_are_approved_on_figures_that_count_every_adjustment(
    says: dict[str, Any], refusal: type[Refusal]
) -> None:
    Given(FiscalYear, OPENED, ADJUSTED).when(approving(**says)).then_refused(refusal)


@pytest.mark.parametrize(
    ("says", "refusal"),
    [
        ({"carried_forward_c": 300_01}, ResultNotWhollyAppropriated),
        ({"brought_forward_c": 1}, ResultNotWhollyAppropriated),
        ({"legal_reserve_c": -50_00, "other_reserves_c": 550_00}, AmountNegative),
        ({"dividend_c": -1, "carried_forward_c": 500_01}, AmountNegative),
    ],
)
def test_the_whole_result_is_appropriated_and_no_more(says: dict[str, int], refusal: type[Refusal]) -> None:
    Given(FiscalYear, OPENED, APPROVED).when(appropriating(**says)).then_refused(refusal)


@pytest.mark.parametrize(
    ("stood_c", "carried_then_c", "carried_now_c"), [(0, 0, 0), (40_00, 0, 0), (-5, 10_00, 12_00)]
)
def test_what_is_brought_forward_is_what_stands_in_the_accounts_and_was_carried_forward_since(
    stood_c: int, carried_then_c: int, carried_now_c: int
) -> None:
    """Opening balances and ended shares are in it; an earlier year may be appropriated after the approval."""
    figures = FIGURES | {"brought_forward_c": stood_c, "carried_c": carried_then_c}
    approved = fact(FiscalYear.AccountsApproved, **SAYS, **figures, decision_ref="assembly 3")
    stands_c = stood_c + carried_now_c - carried_then_c

    def bringing(brought_c: int) -> Any:
        uses = Appropriation(brought_c, 0, 0, 0, 1_000_00 + brought_c)
        asked: dict[str, Any] = {"appropriation": uses, "carried_c": carried_now_c}
        return lambda year: year.appropriate(stamp(), decision_ref="assembly 4", **asked)

    for more_c in (-1, 1):
        Given(FiscalYear, OPENED, approved).when(bringing(stands_c + more_c)).then_refused(
            BroughtForwardDiffers, brought_forward_c=stands_c + more_c, stands_c=stands_c
        )
    year = Given(FiscalYear, OPENED, approved).state
    bringing(stands_c)(year)
    assert year.collect_events()[-1].appropriation.added_c == 1_000_00


def test_accounts_that_did_not_say_yet_what_is_brought_forward_bind_nobody() -> None:
    figures = FIGURES | {"brought_forward_c": None}
    approved = fact(FiscalYear.AccountsApproved, **SAYS, **figures, decision_ref="assembly 3")
    year = Given(FiscalYear, OPENED, approved).state
    appropriating(brought_forward_c=7, carried_forward_c=300_07)(year)
    assert year.collect_events()[-1].appropriation.brought_forward_c == 7


def test_only_accounts_that_cancel_are_carried() -> None:
    one = AccountBalance("7001", -1_000_00)
    Given(FiscalYear, OPENED, APPROVED, APPROPRIATED).when(carrying(one)).then_refused(
        ResultAccountsDoNotCancel, left_c=-1_000_00
    )


AMOUNTS = st.integers(0, 10**9)


@given(st.integers(-(10**9), 10**9), st.integers(-(10**9), 10**9), AMOUNTS, AMOUNTS, AMOUNTS)
def test_any_appropriation_balances_and_leaves_nothing_of_the_result(
    result_c: int, brought_c: int, legal_c: int, other_c: int, dividend_c: int
) -> None:
    uses = Appropriation(
        brought_c, legal_c, other_c, dividend_c, result_c + brought_c - legal_c - other_c - dividend_c
    )
    approved = fact(
        FiscalYear.AccountsApproved,
        **SAYS,
        **FIGURES | {"result_c": result_c, "brought_forward_c": brought_c},
        decision_ref="assembly 3",
    )
    year = Given(FiscalYear, OPENED, approved).state
    year.appropriate(stamp(), appropriation=uses, decision_ref="assembly 4")
    (appropriated,) = year.collect_events()
    journal = book(appropriated)
    lines = journal.lines if journal else ()
    assert journal is None or (journal.year_end and journal.booked_on == LAST)
    used_c = sum(line.debit_c - line.credit_c for line in lines if line.account[0] in "67")
    assert used_c == result_c


@pytest.fixture
def ledger() -> PaperLedger:
    paper = PaperLedger()
    found(paper.perform)
    paper.perform(open_year, entity_id=ENTITY, year="2025", first_on=FIRST, last_on=LAST)
    return paper


def close(ledger: PaperLedger, *months: str) -> None:
    for month in months:
        ledger.perform(stop_bookings, entity_id=ENTITY, month=month)
        figures: dict[str, Any] = {"trial_balance_sha256": "d" * 64, "debit_c": 5, "credit_c": 5}
        ledger.perform(close_period, entity_id=ENTITY, month=month, position=ledger.position, **figures)


def approve(ledger: PaperLedger, of: UUID = YEAR, **says: int) -> None:
    accounts = Accounts(**FIGURES | {"position": ledger.position} | says)
    asked: dict[str, Any] = {"year_id": of, "accounts": accounts, "decision_ref": "assembly 3"}
    with pytest.raises(MotionNeeded):
        ledger.perform(approve_accounts, **asked)
    motion_id = adopted(ledger.perform, (MEMBER, OTHER_MEMBER), n=ledger.position)
    ledger.perform(approve_accounts, **asked, motion_id=motion_id)
    approved = [each for each in ledger.facts if isinstance(each, FiscalYear.AccountsApproved)]
    assert approved[-1].motion_id == motion_id


def adjust(ledger: PaperLedger, **says: Any) -> list[Any]:
    asked: dict[str, Any] = {
        "entry_id": UUID(int=701),
        "year_id": YEAR,
        "lines": (ManualLine("490", 120_00, 0), ManualLine("613", 0, 120_00)),
        "reason": "insurance paid for next year",
        "evidence_sha256": "e" * 64,
    }
    return ledger.perform(adjust_year, **asked | says)


@pytest.mark.parametrize(
    ("first_on", "last_on", "refusal"),
    [
        (date(2026, 1, 2), date(2026, 12, 31), YearTooLong),
        (date(2026, 1, 1), date(2026, 12, 30), YearTooLong),
        (date(2026, 1, 1), date(2025, 12, 31), YearTooLong),
        (date(2026, 1, 1), date(2028, 1, 31), YearTooLong),
        (date(2026, 2, 1), date(2026, 12, 31), YearOverlaps),
        (date(2025, 12, 1), date(2026, 12, 31), YearOverlaps),
    ],
)
def test_years_are_whole_months_and_follow_each_other(
    ledger: PaperLedger, first_on: date, last_on: date, refusal: type[Refusal]
) -> None:
    with pytest.raises(refusal):
        ledger.perform(open_year, entity_id=ENTITY, year="2026", first_on=first_on, last_on=last_on)
    ledger.perform(
        open_year, entity_id=ENTITY, year="2026", first_on=date(2026, 1, 1), last_on=date(2026, 12, 31)
    )


def test_accounts_are_approved_when_every_month_is_closed(ledger: PaperLedger) -> None:
    close(ledger, "2025-11")
    with pytest.raises(MonthsStillOpen) as refused:
        approve(ledger)
    assert refused.value.facts == {"months": "2025-12"}
    close(ledger, "2025-12")
    approve(ledger)


def test_the_accounts_of_a_year_are_approved_after_those_of_the_one_before(ledger: PaperLedger) -> None:
    """An earlier year can be adjusted until its accounts are approved: it would move what the later one rests on."""
    second = (date(2026, 1, 1), date(2026, 1, 31))
    ledger.perform(open_year, entity_id=ENTITY, year="2026", first_on=second[0], last_on=second[1])
    close(ledger, "2025-11", "2025-12", "2026-01")
    with pytest.raises(EarlierYearOpen) as refused:
        approve(ledger, year_id(ENTITY, "2026"))
    assert refused.value.facts == {"first_on": second[0], "open_from": FIRST}
    approve(ledger)
    approve(ledger, year_id(ENTITY, "2026"))
    ledger.perform(propose_reopening, entity_id=ENTITY, month="2026-01", reason="a lost bill")
    with pytest.raises(AccountsApprovedAlready):
        ledger.perform(reopen_period, actor="ben", entity_id=ENTITY, month="2026-01")


def test_a_year_is_adjusted_beside_its_closed_months_until_it_is_approved(ledger: PaperLedger) -> None:
    close(ledger, "2025-11", "2025-12")
    facts = {type(each): each for each in adjust(ledger)}
    posted = facts[ManualEntry.Posted]
    assert (posted.booked_on, posted.year_end) == (LAST, True)
    journal = book(posted)
    assert journal is not None
    assert journal.year_end
    approve(ledger)
    with pytest.raises(AccountsApprovedAlready):
        adjust(ledger, entry_id=UUID(int=702))


def test_a_cut_off_is_taken_back_in_the_next_year_by_an_entry_recorded_with_it(ledger: PaperLedger) -> None:
    with pytest.raises(ReversalPrecedes):
        adjust(ledger, taken_back_on=LAST)
    facts = adjust(ledger, taken_back_on=date(2026, 1, 1))
    cut_off, back = (each for each in facts if isinstance(each, ManualEntry.Posted))
    assert (back.reverses, back.booked_on, back.year_end) == (cut_off.originator_id, date(2026, 1, 1), False)
    assert [(line.debit_c, line.credit_c) for line in back.lines] == [(0, 120_00), (120_00, 0)]


def test_no_month_of_an_approved_year_is_reopened(ledger: PaperLedger) -> None:
    close(ledger, "2025-11", "2025-12")
    approve(ledger)
    ledger.perform(propose_reopening, entity_id=ENTITY, month="2025-12", reason="a lost bill")
    with pytest.raises(AccountsApprovedAlready):
        ledger.perform(reopen_period, actor="ben", entity_id=ENTITY, month="2025-12")


def test_the_result_of_a_year_is_appropriated_after_that_of_the_one_before(ledger: PaperLedger) -> None:
    """A later one could be first, though it begins with what the earlier one carries forward."""
    second = (date(2026, 1, 1), date(2026, 1, 31))
    ledger.perform(open_year, entity_id=ENTITY, year="2026", first_on=second[0], last_on=second[1])
    close(ledger, "2025-11", "2025-12", "2026-01")
    later = year_id(ENTITY, "2026")
    for each in (YEAR, later):
        approve(ledger, each)
    kept = USES | {"dividend_c": 0, "carried_forward_c": 500_00}
    next_ = kept | {"brought_forward_c": 500_00, "carried_forward_c": 1_000_00}
    motion_id = adopted(ledger.perform, (MEMBER, OTHER_MEMBER), n=ledger.position)
    asked: dict[str, Any] = {"decision_ref": "assembly 4", "motion_id": motion_id}
    before = ledger.position
    with pytest.raises(EarlierResultOpen) as refused:
        ledger.perform(appropriate_result, year_id=later, appropriation=Appropriation(**next_), **asked)
    assert refused.value.facts == {"first_on": second[0], "open_from": FIRST}
    assert ledger.position == before
    first = ledger.perform(appropriate_result, year_id=YEAR, appropriation=Appropriation(**kept), **asked)
    wrong = Appropriation(**next_ | {"brought_forward_c": 499_99, "carried_forward_c": 999_99})
    with pytest.raises(BroughtForwardDiffers) as differs:
        ledger.perform(appropriate_result, year_id=later, appropriation=wrong, **asked)
    assert differs.value.facts == {"brought_forward_c": 499_99, "stands_c": 500_00}
    facts = ledger.perform(appropriate_result, year_id=later, appropriation=Appropriation(**next_), **asked)
    assert [told(each, LegalEntity.YearAppropriated).through_on for each in (first, facts)] == [
        LAST,
        second[1],
    ]
    assert balances(facts) == {
        "6920": 50_00,
        "130": -50_00,
        "6921": 450_00,
        "133": -450_00,
        "140": -500_00,
        "790": -500_00,
        "693": 1_000_00,
    }


def test_the_year_goes_from_its_months_to_the_next_year(ledger: PaperLedger) -> None:
    close(ledger, "2025-11", "2025-12")
    approve(ledger)
    asked: dict[str, Any] = {"year_id": YEAR, "decision_ref": "assembly 4"}
    with pytest.raises(MotionNeeded):
        ledger.perform(appropriate_result, appropriation=Appropriation(**USES), **asked)
    asked["motion_id"] = adopted(ledger.perform, (MEMBER, OTHER_MEMBER), n=2)
    with pytest.raises(DividendNotAsVoted) as unvoted:
        ledger.perform(appropriate_result, appropriation=Appropriation(**USES), **asked)
    assert unvoted.value.facts == {"voted_c": 0, "dividend_c": USES["dividend_c"]}
    kept = USES | {"dividend_c": 0, "carried_forward_c": 500_00}
    ledger.perform(appropriate_result, appropriation=Appropriation(**kept), **asked)
    with pytest.raises(DigestTooEarly):
        ledger.perform(carry_balances, year_id=YEAR, position=ledger.position + 1, result_accounts=())
    (carried,) = ledger.perform(
        carry_balances,
        year_id=YEAR,
        position=ledger.position,
        result_accounts=CARRIED.says["result_accounts"],
    )
    assert carried.booked_on == date(2026, 1, 1)
