"""A wage is asked within what is available; its slip is a legal fact, posted as it comes."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from domain.aggregates.activity import Activity
from domain.aggregates.payroll import Payroll
from domain.bookkeeping.rules_v1 import book
from domain.errors import (
    AmountNegative,
    AmountNotPositive,
    BenefitInKindPaid,
    EmptyText,
    NothingDue,
    NotOfTheActivity,
    OverAvailable,
    PaidAlready,
    Refusal,
    SecondPersonNeeded,
    SlipLineSigned,
    SlipNetDiffers,
    SlipPostedAlready,
)
from domain.ledger.claims import approve_claim, submit_claim
from domain.ledger.payments import approve_payment, clear_payment, order_claim_payment, order_wage_payment
from domain.ledger.payout_corrections import reverse_slip
from domain.ledger.payrolls import post_slip, request_payroll
from domain.slips import SlipLine, SlipType
from tests.cooperative import ACTIVITY, MEMBER, OTHER_MEMBER
from tests.domain.spending import CLAIM, DAY, PAYEE_IBAN, balances, bank_pays, claimed, paid_cooperative
from tests.paper import PaperLedger

PAYROLL, CLAIM_ORDER, WAGE_ORDER = UUID(int=721), UUID(int=722), UUID(int=723)
GROSS = SlipLine(SlipType.GROSS, 672_00)
CONTRIBUTIONS = SlipLine(SlipType.EMPLOYEE_CONTRIBUTIONS, -87_83)
TAX = SlipLine(SlipType.WAGE_TAX, -84_17)
VOUCHERS = SlipLine(SlipType.MEAL_VOUCHERS, -21_80)
IN_KIND = (SlipLine(SlipType.BENEFITS_IN_KIND, 4_00), SlipLine(SlipType.BENEFITS_IN_KIND, -4_00))


@pytest.fixture
def ledger() -> PaperLedger:
    """Activity A1 has 840.00 available: a claim of 50.00 + 10.50 was approved."""
    paper = paid_cooperative()
    paper.perform(submit_claim, on=DAY, **claimed())
    paper.perform(approve_claim, on=DAY, actor="ben", claim_id=CLAIM)
    return paper


def request(ledger: PaperLedger, budget_c: int = 840_00, **asked: Any) -> list[Any]:
    says: dict[str, Any] = {"payroll_id": PAYROLL, "activity_id": ACTIVITY, "employee_id": MEMBER}
    return ledger.perform(request_payroll, on=DAY, budget_c=budget_c, **says | asked)


def post(ledger: PaperLedger, *lines: SlipLine, **asked: Any) -> Payroll.SlipPosted:
    says: dict[str, Any] = {
        "payroll_id": PAYROLL,
        "slip_ref": "2026-01/1",
        "lines": lines or (GROSS, CONTRIBUTIONS, TAX),
        "net_c": 500_00,
        "employer_c": 168_00,
    }
    recorded = ledger.perform(post_slip, on=DAY, **says | asked)
    (posted,) = (each for each in recorded if isinstance(each, Payroll.SlipPosted))
    return posted


def test_a_wage_of_all_that_is_available_is_taken_and_one_cent_more_refused(ledger: PaperLedger) -> None:
    assert ledger.get(Activity, ACTIVITY).available_c(0) == 840_00
    request(ledger.copy(), 840_00)
    with pytest.raises(OverAvailable) as refused:
        request(ledger, 840_01)
    assert refused.value.facts == {"available_c": 840_00, "amount_c": 840_01}


def test_a_requested_wage_is_set_aside_until_its_slip_is_posted(ledger: PaperLedger) -> None:
    request(ledger)
    activity = ledger.get(Activity, ACTIVITY)
    assert (activity.result_c, activity.committed_c, activity.available_c(0)) == (840_00, 840_00, 0)
    assert post(ledger).overdrawn_c == 0
    activity = ledger.get(Activity, ACTIVITY)
    assert (activity.result_c, activity.committed_c, activity.available_c(0)) == (0, 0, 0)


def test_a_slip_that_costs_more_than_there_is_is_posted_and_flagged(ledger: PaperLedger) -> None:
    request(ledger)
    posted = post(ledger, employer_c=168_01)
    assert (posted.cost_c, posted.overdrawn_c) == (840_01, 1)
    assert ledger.get(Activity, ACTIVITY).available_c(0) == -1


def test_a_slip_that_costs_less_than_was_asked_leaves_the_rest(ledger: PaperLedger) -> None:
    request(ledger)
    assert post(ledger, employer_c=100_00).overdrawn_c == 0
    assert ledger.get(Activity, ACTIVITY).available_c(0) == 68_00


def test_each_line_of_a_slip_is_booked_as_its_type(ledger: PaperLedger) -> None:
    request(ledger)
    lines = (
        GROSS,
        CONTRIBUTIONS,
        TAX,
        SlipLine(SlipType.UNTAXED_COSTS, 30_00),
        SlipLine(SlipType.SPECIAL_CONTRIBUTION, -10_00),
        SlipLine(SlipType.GARNISHMENT, -20_00),
    )
    entry = book(post(ledger, *lines))
    assert entry is not None
    assert [(each.account, each.debit_c - each.credit_c, each.activity_id) for each in entry.lines] == [
        ("6202", 672_00, ACTIVITY),
        ("454", -87_83, None),
        ("453", -84_17, None),
        ("623", 30_00, ACTIVITY),
        ("454", -10_00, None),
        ("459", -20_00, None),
        ("621", 168_00, ACTIVITY),
        ("454", -168_00, None),
        ("455", -500_00, None),
    ]


def test_meal_vouchers_are_withheld_from_the_wage_and_cost_the_activity_that_much_less(
    ledger: PaperLedger,
) -> None:
    request(ledger)
    posted = post(ledger, GROSS, CONTRIBUTIONS, TAX, VOUCHERS, net_c=478_20)
    entry = book(posted)
    assert entry is not None
    assert [(each.account, each.debit_c - each.credit_c, each.activity_id) for each in entry.lines] == [
        ("6202", 672_00, ACTIVITY),
        ("454", -87_83, None),
        ("453", -84_17, None),
        ("623", -21_80, ACTIVITY),
        ("621", 168_00, ACTIVITY),
        ("454", -168_00, None),
        ("455", -478_20, None),
    ]
    assert (posted.cost_c, posted.overdrawn_c) == (818_20, 0)
    assert ledger.get(Activity, ACTIVITY).available_c(0) == 21_80


def test_a_benefit_in_kind_is_on_the_slip_and_neither_paid_nor_a_cost_nor_booked(ledger: PaperLedger) -> None:
    request(ledger)
    plain, posted = post(ledger.copy()), post(ledger, GROSS, IN_KIND[0], CONTRIBUTIONS, TAX, IN_KIND[1])
    assert posted.lines[1] == IN_KIND[0]
    assert (posted.net_c, posted.cost_c) == (500_00, 840_00)
    booked, without = book(posted), book(plain)
    assert booked is not None
    assert without is not None
    assert booked.lines == without.lines


def test_a_slip_with_vouchers_and_benefits_is_taken_back_to_the_cent(ledger: PaperLedger) -> None:
    request(ledger)
    before = balances(ledger.facts)
    post(ledger, GROSS, CONTRIBUTIONS, TAX, VOUCHERS, *IN_KIND, net_c=478_20)
    facts = ledger.perform(reverse_slip, on=DAY, payroll_id=PAYROLL, reason="another month's")
    assert balances(facts) == {
        "6202": -672_00,
        "621": -168_00,
        "623": 21_80,
        "454": 255_83,
        "453": 84_17,
        "455": 478_20,
    }
    after = balances(ledger.facts)
    after.subtract(before)
    assert not any(after.values())
    assert ledger.get(Activity, ACTIVITY).available_c(0) == 840_00


@pytest.mark.parametrize(
    ("lines", "says", "refusal"),
    [
        ((GROSS, CONTRIBUTIONS), {}, SlipNetDiffers),
        ((SlipLine(SlipType.GROSS, 500_00), SlipLine(SlipType.WAGE_TAX, 0)), {}, SlipLineSigned),
        ((SlipLine(SlipType.GROSS, -1), SlipLine(SlipType.UNTAXED_COSTS, 500_01)), {}, SlipLineSigned),
        ((SlipLine(SlipType.GROSS, 400_00), SlipLine(SlipType.WAGE_TAX, 100_00)), {}, SlipLineSigned),
        (
            (GROSS, CONTRIBUTIONS, TAX, SlipLine(SlipType.MEAL_VOUCHERS, 21_80)),
            {"net_c": 521_80},
            SlipLineSigned,
        ),
        ((GROSS, CONTRIBUTIONS, TAX, SlipLine(SlipType.BENEFITS_IN_KIND, 0)), {}, SlipLineSigned),
        (
            (GROSS, CONTRIBUTIONS, TAX, SlipLine(SlipType.BENEFITS_IN_KIND, 4_00)),
            {"net_c": 504_00},
            BenefitInKindPaid,
        ),
        (
            (GROSS, CONTRIBUTIONS, TAX, *IN_KIND, SlipLine(SlipType.BENEFITS_IN_KIND, -1)),
            {"net_c": 499_99},
            BenefitInKindPaid,
        ),
        ((), {"employer_c": -1}, AmountNegative),
        ((), {"slip_ref": " "}, EmptyText),
    ],
)
def test_a_slip_that_cannot_be_right_is_refused(
    ledger: PaperLedger, lines: tuple[SlipLine, ...], says: dict[str, Any], refusal: type[Refusal]
) -> None:
    request(ledger)
    before = ledger.position
    with pytest.raises(refusal):
        post(ledger, *lines, **says)
    assert ledger.position == before


def test_a_wage_of_nothing_is_refused(ledger: PaperLedger) -> None:
    with pytest.raises(AmountNotPositive):
        request(ledger, 0)


def test_a_slip_is_posted_once(ledger: PaperLedger) -> None:
    request(ledger)
    post(ledger)
    with pytest.raises(SlipPostedAlready):
        post(ledger)


def test_only_members_of_the_activity_are_paid(ledger: PaperLedger) -> None:
    with pytest.raises(NotOfTheActivity):
        request(ledger, employee_id=OTHER_MEMBER)


def order_wage(ledger: PaperLedger, order_id: UUID = WAGE_ORDER) -> None:
    ledger.perform(order_wage_payment, on=DAY, order_id=order_id, payroll_id=PAYROLL, payee_iban=PAYEE_IBAN)


def test_a_wage_is_paid_after_its_slip_once_and_by_two_people(ledger: PaperLedger) -> None:
    request(ledger)
    with pytest.raises(NothingDue):
        order_wage(ledger)
    post(ledger)
    order_wage(ledger)
    with pytest.raises(SecondPersonNeeded):
        ledger.perform(approve_payment, on=DAY, order_id=WAGE_ORDER)
    ledger.perform(approve_payment, on=DAY, actor="ben", order_id=WAGE_ORDER)
    with pytest.raises(PaidAlready):
        order_wage(ledger, UUID(int=724))


def test_the_eight_steps_of_the_worked_example_close_at_1560(ledger: PaperLedger) -> None:
    ledger.perform(order_claim_payment, on=DAY, order_id=CLAIM_ORDER, claim_id=CLAIM, payee_iban=PAYEE_IBAN)
    ledger.perform(approve_payment, on=DAY, actor="ben", order_id=CLAIM_ORDER)
    request(ledger)
    post(ledger)
    order_wage(ledger)
    ledger.perform(approve_payment, on=DAY, actor="ben", order_id=WAGE_ORDER)
    lines = bank_pays(ledger, 60_50, 500_00)
    for line, order_id in zip(lines, (CLAIM_ORDER, WAGE_ORDER), strict=True):
        ledger.perform(clear_payment, on=DAY, bank_line_id=line, order_id=order_id)
    sums = dict(balances(ledger.facts))
    sums["550"] += sums.pop("4998")
    assert sums == {
        "400": 0,
        "411": 10_50,
        "451": -210_00,
        "453": -84_17,
        "454": -255_83,
        "455": 0,
        "4890": 0,
        "4895": -10_00,
        "499": 0,
        "550": 649_50,
        "580": 0,
        "612": 50_00,
        "6190": 0,
        "6191": 10_00,
        "6202": 672_00,
        "621": 168_00,
        "7001": -1_000_00,
    }
    assert sum(cents for cents in sums.values() if cents > 0) == 1_560_00
    assert ledger.get(Activity, ACTIVITY).result_c == 0
