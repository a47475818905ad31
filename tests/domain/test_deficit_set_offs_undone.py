"""A deficit that was set off by mistake is owed again, and so is the wage or withdrawal share."""

from __future__ import annotations

from typing import Any

import pytest

from domain.aggregates.deficit import Deficit
from domain.aggregates.distributions import Distributions
from domain.aggregates.payroll import Payroll
from domain.aggregates.withdrawal_share import WithdrawalShare
from domain.errors import (
    AmountNotPositive,
    EmptyText,
    ExceedsSetOff,
    PaidAlready,
    PaymentSuspended,
    SlipNotPosted,
)
from domain.ledger.deficit_set_offs import undo_share_set_off, undo_wage_set_off
from domain.ledger.deficits import write_deficit_off
from domain.ledger.payments import approve_payment, order_wage_payment, withdraw_payment
from domain.ledger.payout_corrections import reverse_slip
from domain.ledger.withdrawals import distributions_id
from tests.cooperative import ACTIVITY, ENTITY, MEMBER, OTHER_MEMBER, PERSON
from tests.domain.departing import (
    JULY,
    MARCH,
    OTHER_WITHDRAWAL,
    WITHDRAWAL,
    approves_accounts,
    board_tests,
    leaves,
    takes,
    within,
)
from tests.domain.ending import DEFICIT, LACKING_C, WAGE, agrees, lacking
from tests.domain.spending import PAYEE_IBAN, balances
from tests.domain.test_deficits import WAGE_ORDER, deficit, left, sets_off_share, sets_off_wage
from tests.paper import PaperLedger
from tests.scenario import fact, says

WHY = "of another deficit"


def undoes_wage(ledger: PaperLedger, amount_c: int, **says: Any) -> list[Any]:
    asked: dict[str, Any] = {"deficit_id": DEFICIT, "payroll_id": WAGE, "reason": WHY}
    return ledger.perform(undo_wage_set_off, on=MARCH, amount_c=amount_c, **asked | says)


def undoes_share(ledger: PaperLedger, amount_c: int, **says: Any) -> list[Any]:
    asked: dict[str, Any] = {"deficit_id": DEFICIT, "withdrawal_id": WITHDRAWAL, "reason": WHY}
    return ledger.perform(undo_share_set_off, on=JULY, amount_c=amount_c, **asked | says)


def distributable_c(ledger: PaperLedger) -> int:
    return ledger.get(Distributions, distributions_id(ENTITY)).distributable_c


def test_what_was_withheld_by_mistake_is_due_again_and_so_is_the_deficit() -> None:
    ledger = lacking()
    before = balances(ledger.facts)
    sets_off_wage(ledger, 240_00)
    of_deficit, of_wage = undoes_wage(ledger, 100_00)
    assert says(of_deficit) == fact(
        Deficit.WageSetOffReversed,
        entity_id=ENTITY,
        activity_id=ACTIVITY,
        membership_id=MEMBER,
        booked_on=MARCH,
        amount_c=-100_00,
        payroll_id=WAGE,
        person_id=PERSON,
        reason=WHY,
    )
    assert says(of_wage) == fact(
        Payroll.SetOffReversed,
        entity_id=ENTITY,
        activity_id=ACTIVITY,
        deficit_id=DEFICIT,
        amount_c=-100_00,
    )
    assert balances([of_deficit]) == {"416": 100_00, "455": -100_00}
    assert (deficit(ledger).open_c, ledger.get(Payroll, WAGE).due_c) == (LACKING_C - 140_00, 1_060_00)
    undoes_wage(ledger, 140_00)
    assert balances(ledger.facts) == before
    assert (deficit(ledger).open_c, ledger.get(Payroll, WAGE).due_c) == (LACKING_C, 1_200_00)
    sets_off_wage(ledger, 240_00)


def test_no_more_is_taken_back_than_was_withheld_and_never_without_a_reason() -> None:
    ledger = lacking()
    sets_off_wage(ledger, 100_00)
    with pytest.raises(ExceedsSetOff) as refused:
        undoes_wage(ledger, 100_01)
    assert refused.value.facts == {"document_id": WAGE, "set_off_c": 100_00, "amount_c": 100_01}
    for wrong in (0, -1):
        with pytest.raises(AmountNotPositive):
            undoes_wage(ledger, wrong)
    with pytest.raises(EmptyText):
        undoes_wage(ledger, 1, reason=" ")
    undoes_wage(ledger, 100_00)
    with pytest.raises(ExceedsSetOff):
        undoes_wage(ledger, 1)


def test_what_was_withheld_stands_while_an_order_pays_the_rest_of_the_wage() -> None:
    ledger = lacking()
    sets_off_wage(ledger, 100_00)
    order: dict[str, Any] = {"order_id": WAGE_ORDER, "payroll_id": WAGE, "payee_iban": PAYEE_IBAN}
    ledger.perform(order_wage_payment, on=MARCH, **order)
    ledger.perform(approve_payment, on=MARCH, actor="ben", order_id=WAGE_ORDER)
    with pytest.raises(PaidAlready):
        undoes_wage(ledger, 1)
    ledger.perform(withdraw_payment, on=MARCH, order_id=WAGE_ORDER, reason="wrong account")
    undoes_wage(ledger, 100_00)
    assert ledger.get(Payroll, WAGE).due_c == 1_200_00


def test_what_was_withheld_of_a_slip_that_was_taken_back_is_owed_back_and_stands() -> None:
    ledger = lacking()
    sets_off_wage(ledger, 100_00)
    ledger.perform(reverse_slip, on=MARCH, payroll_id=WAGE, reason="of another month")
    with pytest.raises(SlipNotPosted):
        undoes_wage(ledger, 1)
    assert deficit(ledger).open_c == LACKING_C - 100_00


def test_what_a_share_paid_by_mistake_waits_again_and_may_be_distributed_and_the_consent_stands() -> None:
    ledger = left()
    agrees(ledger, 600_00)
    before = balances(ledger.facts)
    sets_off_share(ledger, 400_00)
    of_deficit, of_share, of_queue = undoes_share(ledger, 150_00)
    assert says(of_deficit) == fact(
        Deficit.ShareSetOffReversed,
        entity_id=ENTITY,
        activity_id=ACTIVITY,
        membership_id=MEMBER,
        booked_on=JULY,
        amount_c=-150_00,
        withdrawal_id=WITHDRAWAL,
        person_id=PERSON,
        reason=WHY,
    )
    assert says(of_share) == fact(
        WithdrawalShare.SetOffReversed,
        entity_id=ENTITY,
        membership_id=MEMBER,
        deficit_id=DEFICIT,
        amount_c=-150_00,
    )
    assert says(of_queue) == fact(
        Distributions.PaymentWithdrawn,
        entity_id=ENTITY,
        withdrawal_id=WITHDRAWAL,
        order_id=DEFICIT,
        amount_c=150_00,
        freed_c=150_00,
    )
    assert balances([of_deficit]) == {"416": 150_00, "4892": -150_00}
    assert (deficit(ledger).open_c, deficit(ledger).agreed_c) == (LACKING_C - 250_00, 350_00)
    undoes_share(ledger, 250_00)
    assert balances(ledger.facts) == before
    assert (deficit(ledger).open_c, deficit(ledger).agreed_c) == (LACKING_C, 600_00)
    assert ledger.get(WithdrawalShare, WITHDRAWAL).open_c == 2_400_00
    assert distributable_c(ledger) == 3_000_00
    sets_off_share(ledger, 600_00)


def test_a_share_gets_back_its_place_before_whoever_left_later() -> None:
    ledger = lacking()
    takes(ledger, 1, 4)
    approves_accounts(ledger)
    leaves(ledger)
    leaves(ledger, OTHER_MEMBER)
    board_tests(ledger, within(3_000_00))
    agrees(ledger, 600_00)
    sets_off_share(ledger, 600_00)
    board_tests(ledger, within(1_900_00))
    undoes_share(ledger, 600_00)
    assert distributable_c(ledger) == 1_900_00
    sets_off_share(ledger, 600_00)
    with pytest.raises(PaymentSuspended) as refused:
        ledger.perform(
            lambda books, stamp: books.get(Distributions, distributions_id(ENTITY)).require_turn(
                OTHER_WITHDRAWAL, 1, on=JULY, valid_days=90
            ),
            on=JULY,
        )
    assert refused.value.facts["wait_longer_c"] == 1_800_00


def test_only_what_the_last_tests_had_paid_may_be_distributed_again() -> None:
    ledger = left()
    agrees(ledger, 600_00)
    sets_off_share(ledger, 400_00)
    board_tests(ledger, within(1_000_00))
    sets_off_share(ledger, 50_00)
    *_, of_queue = undoes_share(ledger, 20_00)
    assert of_queue.freed_c == 20_00
    *_, of_queue = undoes_share(ledger, 100_00)
    assert of_queue.freed_c == 30_00
    *_, of_queue = undoes_share(ledger, 330_00)
    assert of_queue.freed_c == 0
    assert distributable_c(ledger) == 1_000_00
    with pytest.raises(ExceedsSetOff) as refused:
        undoes_share(ledger, 1)
    assert refused.value.facts == {"document_id": WITHDRAWAL, "set_off_c": 0, "amount_c": 1}


def test_a_share_is_not_asked_for_what_a_wage_paid_nor_without_a_reason() -> None:
    ledger = left()
    agrees(ledger, 600_00)
    sets_off_share(ledger, 10_00)
    sets_off_wage(ledger, 100_00)
    for wrong, refusal in ((10_01, ExceedsSetOff), (0, AmountNotPositive), (-1, AmountNotPositive)):
        with pytest.raises(refusal):
            undoes_share(ledger, wrong)
    with pytest.raises(EmptyText):
        undoes_share(ledger, 1, reason="")


def test_what_was_set_off_is_owed_again_though_the_rest_was_written_off() -> None:
    ledger = lacking()
    sets_off_wage(ledger, 100_00)
    off: dict[str, Any] = {"deficit_id": DEFICIT, "decision_ref": "board 7"}
    ledger.perform(write_deficit_off, on=MARCH, actor="ben", **off)
    undoes_wage(ledger, 100_00)
    assert (deficit(ledger).open_c, deficit(ledger).lost_c) == (100_00, LACKING_C - 100_00)
