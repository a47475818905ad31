"""What an activity lacks at its end is owed by who ran it, and paid, set off, covered or given up."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from domain.activity_life import ActivityState
from domain.aggregates.activity import Activity
from domain.aggregates.deficit import Deficit
from domain.aggregates.membership import Membership, Standing
from domain.aggregates.mutual_fund import MutualFund
from domain.aggregates.payroll import Payroll
from domain.aggregates.withdrawal_share import WithdrawalShare
from domain.errors import (
    ActivityNotClosing,
    ActivityNotEmpty,
    AidSettled,
    AmountNotPositive,
    ConsentMissing,
    DecisionUnclear,
    DeficitOfAnother,
    DueChanged,
    EmptyText,
    ExceedsDeficit,
    ExceedsLine,
    ExceedsWithdrawal,
    NoDistributionTest,
    NoEvidence,
    NotOfTheActivity,
    OverWageLimit,
    PaidAlready,
    PaymentSuspended,
    SecondPersonNeeded,
)
from domain.ledger import deficits, endings
from domain.ledger.bank import import_statements, line_id
from domain.ledger.payments import approve_payment, order_wage_payment, withdraw_payment
from domain.ledger.returns import record_bank_fee as record_fee
from tests.aiding import AID, COLLECTED_C, SECOND_AID, ask, fill_the_fund, grant, lend
from tests.cooperative import (
    ACCOUNT,
    ACCOUNT_ID,
    ACTIVITY,
    FUND,
    MEMBER,
    OPENING_C,
    OTHER_MEMBER,
    entry,
    found,
    statement,
)
from tests.domain.departing import (
    JULY,
    JUNE,
    MARCH,
    OTHER_WITHDRAWAL,
    RECEIPT,
    RECEIVED_C,
    WITHDRAWAL,
    approves_accounts,
    board_tests,
    leaves,
    orders,
    pays,
    takes,
    told,
    within,
)
from tests.domain.ending import (
    DEFICIT,
    LACKING_C,
    LAST_DAY,
    WAGE,
    agrees,
    closes,
    lacking,
    overdrawn,
    posts_wage,
    recognises,
)
from tests.domain.spending import PAYEE_IBAN, balances
from tests.paper import PaperLedger

WAGE_ORDER = UUID(int=1202)


def deficit(ledger: PaperLedger) -> Deficit:
    return ledger.get(Deficit, DEFICIT)


def left() -> PaperLedger:
    """So did the member leave, whose ten shares are worth 240.00 each, and both tests leave 3,000.00."""
    ledger = lacking()
    approves_accounts(ledger)
    leaves(ledger)
    board_tests(ledger, within(3_000_00))
    return ledger


def bank_takes(ledger: PaperLedger, amount_c: int = 5_00) -> UUID:
    """The bank's second statement takes a fee; its line."""
    taken = statement(2, [entry("1", -amount_c, on=JULY)], opening_c=OPENING_C + RECEIVED_C, on=JULY)
    ledger.perform(import_statements, account=ACCOUNT, statements=[taken])
    return line_id(ACCOUNT_ID, "2026/2", "1")


def sets_off_share(ledger: PaperLedger, amount_c: int, withdrawal: UUID = WITHDRAWAL) -> list[Any]:
    asked: dict[str, Any] = {"deficit_id": DEFICIT, "withdrawal_id": withdrawal, "amount_c": amount_c}
    return ledger.perform(deficits.set_off_share, on=JULY, **asked)


def sets_off_wage(ledger: PaperLedger, amount_c: int, payroll_id: UUID = WAGE) -> list[Any]:
    asked: dict[str, Any] = {"deficit_id": DEFICIT, "payroll_id": payroll_id, "amount_c": amount_c}
    return ledger.perform(deficits.set_off_wage, on=MARCH, **asked)


def test_resignation_mid_year_with_a_negative_balance() -> None:
    """Membership, employment and activity end separately, each with its date; the deficit becomes 416.

    It is set off against the withdrawal share only with recorded consent, and against the last wage
    only within the statutory limit.
    """
    ledger = overdrawn()
    # Given: the last slip (gross 1,500.00, net 1,200.00) overdrew the activity, which ends on 31 March.
    activity = ledger.get(Activity, ACTIVITY)
    assert (activity.result_c, activity.payouts_held) == (-1_500_00, True)
    closes(ledger)
    with pytest.raises(ActivityNotEmpty):
        ledger.perform(endings.close_activity, on=LAST_DAY, activity_id=ACTIVITY)

    # When: what it lacks is recognised, it stands on 416 and the activity is nil.
    recognises(ledger, on=LAST_DAY)
    activity = ledger.get(Activity, ACTIVITY)
    assert (activity.result_c, activity.payouts_held) == (0, False)
    standing = balances(ledger.facts)
    assert (standing["416"], standing["744"], standing["6202"]) == (1_500_00, -1_500_00, 1_500_00)
    # The last wage is paid, less a fifth of its net at most.
    with pytest.raises(OverWageLimit):
        sets_off_wage(ledger, 240_01)
    sets_off_wage(ledger, 240_00)
    assert ledger.get(Payroll, WAGE).due_c == 960_00
    # The activity is closed while the membership goes on until 30 June.
    ledger.perform(endings.close_activity, on=LAST_DAY, activity_id=ACTIVITY)
    approves_accounts(ledger)
    leaves(ledger)
    assert ledger.get(Membership, MEMBER).standing is Standing.FORMER
    board_tests(ledger, within(3_000_00))
    with pytest.raises(ConsentMissing):
        sets_off_share(ledger, 1)
    agrees(ledger, 1_260_00)
    sets_off_share(ledger, 1_260_00)

    # Then: nothing is owed of it, and of 2,400.00 the member is paid the rest.
    assert deficit(ledger).open_c == 0
    assert ledger.get(WithdrawalShare, WITHDRAWAL).open_c == 1_140_00
    with pytest.raises(ExceedsWithdrawal):
        orders(ledger, 1_140_01)
    pays(ledger, 1_140_00)
    standing = balances(ledger.facts)
    assert (standing["416"], standing["455"], standing["4892"], standing["453"]) == (0, -960_00, 0, -300_00)
    assert sum(standing.values()) == 0
    assert ledger.get(Activity, ACTIVITY).state is ActivityState.CLOSED
    ends = {
        "activity": told(ledger.facts, Activity.Closed).ends_on,
        "membership": told(ledger.facts, Membership.ResignationTookEffect).effective_on,
    }
    assert ends == {"activity": LAST_DAY, "membership": JUNE}


def test_a_deficit_is_what_a_closing_activity_lacks_and_not_a_cent_more() -> None:
    ledger = overdrawn()
    with pytest.raises(ActivityNotClosing):
        recognises(ledger)
    closes(ledger)
    for wrong, refusal in (
        ({"amount_c": LACKING_C + 1}, ExceedsDeficit),
        ({"amount_c": 0}, ExceedsDeficit),
        ({"amount_c": -1}, ExceedsDeficit),
        ({"membership_id": OTHER_MEMBER}, NotOfTheActivity),
        ({"decision_ref": " "}, EmptyText),
    ):
        with pytest.raises(refusal):
            recognises(ledger, **wrong)
    recognises(ledger, 500_00)
    assert ledger.get(Activity, ACTIVITY).result_c == -1_000_00
    recognises(ledger, deficit_id=UUID(int=1209))
    assert ledger.get(Activity, ACTIVITY).result_c == 0
    with pytest.raises(ExceedsDeficit):
        recognises(ledger, deficit_id=UUID(int=1210))


def test_what_comes_to_light_after_the_closing_is_recognised_too() -> None:
    ledger = overdrawn()
    closes(ledger)
    recognises(ledger, on=LAST_DAY)
    ledger.perform(endings.close_activity, on=LAST_DAY, activity_id=ACTIVITY)
    ledger.perform(record_fee, on=JULY, bank_line_id=bank_takes(ledger), amount_c=5_00, activity_id=ACTIVITY)
    later = UUID(int=1210)
    recognises(ledger, on=JULY, deficit_id=later)
    assert ledger.get(Deficit, later).open_c == 5_00
    assert ledger.get(Activity, ACTIVITY).result_c == 0


def test_a_set_off_against_the_withdrawal_share_needs_consent_in_writing_up_to_its_amount() -> None:
    ledger = left()
    with pytest.raises(NoEvidence):
        agrees(ledger, 1, sha256="they nodded")
    with pytest.raises(ExceedsDeficit):
        agrees(ledger, LACKING_C + 1)
    with pytest.raises(AmountNotPositive):
        agrees(ledger, 0)
    agrees(ledger, 600_00)
    with pytest.raises(ConsentMissing) as refused:
        sets_off_share(ledger, 600_01)
    assert refused.value.facts == {"agreed_c": 600_00, "amount_c": 600_01}
    sets_off_share(ledger, 400_00)
    with pytest.raises(ConsentMissing):
        sets_off_share(ledger, 200_01)
    agrees(ledger, 900_00)
    with pytest.raises(ExceedsDeficit):
        agrees(ledger, 1)
    sets_off_share(ledger, 1_100_00)
    assert (deficit(ledger).open_c, deficit(ledger).agreed_c) == (0, 0)


def test_a_set_off_against_the_withdrawal_share_is_a_distribution_within_both_tests() -> None:
    ledger = lacking()
    approves_accounts(ledger)
    leaves(ledger)
    agrees(ledger, LACKING_C)
    with pytest.raises(NoDistributionTest):
        sets_off_share(ledger, 1)
    board_tests(ledger, within(1_000_00))
    sets_off_share(ledger, 1_000_00)
    with pytest.raises(PaymentSuspended):
        sets_off_share(ledger, 1)


def test_a_deficit_is_set_off_only_against_what_its_own_person_is_owed() -> None:
    ledger = lacking()
    takes(ledger, 1, 4)
    approves_accounts(ledger)
    leaves(ledger, OTHER_MEMBER)
    board_tests(ledger, within(9_000_00))
    agrees(ledger, 100_00)
    with pytest.raises(DeficitOfAnother):
        sets_off_share(ledger, 100_00, OTHER_WITHDRAWAL)


def test_a_wage_is_set_off_before_it_is_paid_and_an_order_of_the_whole_is_not_approved_after_it() -> None:
    ledger = lacking()
    order: dict[str, Any] = {"order_id": WAGE_ORDER, "payroll_id": WAGE, "payee_iban": PAYEE_IBAN}
    ledger.perform(order_wage_payment, on=MARCH, **order)
    sets_off_wage(ledger, 100_00)
    with pytest.raises(DueChanged) as refused:
        ledger.perform(approve_payment, on=MARCH, actor="ben", order_id=WAGE_ORDER)
    assert refused.value.facts == {"order_c": 1_200_00, "due_c": 1_100_00}
    ledger.perform(withdraw_payment, on=MARCH, order_id=WAGE_ORDER, reason="less is due")
    anew = UUID(int=1203)
    ledger.perform(order_wage_payment, on=MARCH, **order | {"order_id": anew})
    ledger.perform(approve_payment, on=MARCH, actor="ben", order_id=anew)
    with pytest.raises(PaidAlready):
        sets_off_wage(ledger, 1)
    assert balances(ledger.facts)["455"] == 0


def test_a_receipt_pays_a_deficit_up_to_what_is_owed() -> None:
    ledger = lacking()
    asked: dict[str, Any] = {"bank_line_id": RECEIPT, "deficit_id": DEFICIT}
    with pytest.raises(ExceedsDeficit):
        ledger.perform(deficits.repay_deficit, on=MARCH, amount_c=LACKING_C + 1, **asked)
    with pytest.raises(ExceedsLine):
        ledger.perform(deficits.repay_deficit, on=MARCH, amount_c=20_000_00, **asked)
    before = balances(ledger.facts)
    ledger.perform(deficits.repay_deficit, on=MARCH, amount_c=LACKING_C, **asked)
    after = balances(ledger.facts)
    assert (after["416"], after["499"] - before["499"]) == (0, LACKING_C)


def test_what_is_owed_no_longer_is_written_off_by_a_second_person_and_borne_by_the_cooperative() -> None:
    ledger = lacking()
    asked: dict[str, Any] = {"deficit_id": DEFICIT, "on": MARCH}
    with pytest.raises(SecondPersonNeeded) as refused:
        ledger.perform(deficits.write_deficit_off, decision_ref="board 7", **asked)
    assert refused.value.facts == {"proposed_by": "anna"}
    with pytest.raises(EmptyText):
        ledger.perform(deficits.write_deficit_off, actor="ben", decision_ref="", **asked)
    ledger.perform(deficits.write_deficit_off, actor="ben", decision_ref="board 7", **asked)
    standing = balances(ledger.facts)
    assert (standing["416"], standing["643"]) == (0, LACKING_C)
    assert ledger.get(Activity, ACTIVITY).result_c == 0
    with pytest.raises(ExceedsDeficit):
        ledger.perform(deficits.write_deficit_off, actor="ben", decision_ref="board 8", **asked)


def filled_fund() -> PaperLedger:
    """A closing activity that lacks 1,500.00, of a cooperative whose fund collected 3,000.00."""
    ledger = PaperLedger()
    found(ledger.perform)
    fill_the_fund(ledger.perform)
    left_c = ledger.get(Activity, ACTIVITY).available_c(0)
    posts_wage(ledger, left_c + LACKING_C)
    closes(ledger)
    recognises(ledger)
    return ledger


def test_the_grant_of_a_fund_covers_a_deficit_by_a_second_person_and_without_the_bank() -> None:
    ledger = filled_fund()
    before = balances(ledger.facts)
    ask(ledger.perform, 1_000_00)
    grant(ledger.perform, 1_000_00)
    asked: dict[str, Any] = {"deficit_id": DEFICIT, "aid_id": AID}
    with pytest.raises(SecondPersonNeeded) as refused:
        ledger.perform(deficits.cover_deficit, actor="ben", **asked)
    assert refused.value.facts == {"proposed_by": "ben"}
    ledger.perform(deficits.cover_deficit, actor="carla", **asked)
    after = balances(ledger.facts)
    moved = {code: after[code] - before[code] for code in ("416", "4895", "580", "550")}
    assert moved == {"416": -1_000_00, "4895": 1_000_00, "580": 0, "550": 0}
    assert ledger.get(MutualFund, FUND).cash_c == COLLECTED_C - 1_000_00
    assert deficit(ledger).open_c == 500_00
    with pytest.raises(AidSettled):
        ledger.perform(deficits.cover_deficit, actor="carla", **asked)


def test_a_grant_beyond_the_deficit_and_a_loan_cover_nothing() -> None:
    ledger = filled_fund()
    asked: dict[str, Any] = {"deficit_id": DEFICIT, "actor": "carla"}
    ask(ledger.perform, 1_600_00)
    grant(ledger.perform, 1_600_00)
    with pytest.raises(ExceedsDeficit):
        ledger.perform(deficits.cover_deficit, aid_id=AID, **asked)
    ask(ledger.perform, 100_00, SECOND_AID)
    lend(ledger.perform, 100_00, SECOND_AID)
    with pytest.raises(DecisionUnclear):
        ledger.perform(deficits.cover_deficit, aid_id=SECOND_AID, **asked)
