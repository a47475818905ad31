"""Nobody is paid on a new account before a second person confirmed it and a waiting time has passed."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from domain.aggregates.payee_account import PayeeAccount
from domain.aggregates.payment_order import PaymentOrder
from domain.errors import (
    EmptyText,
    NoChangeProposed,
    PayeeAccountChanged,
    PayeeAccountDiffers,
    PayeeAccountTooNew,
    SameAccount,
    SecondPersonNeeded,
    UnknownRecord,
)
from domain.ledger.claims import approve_claim, submit_claim
from domain.ledger.entities import set_parameter
from domain.ledger.payees import change_payee_account, payee_account_id, propose_payee_account
from domain.ledger.payments import approve_payment, order_claim_payment, withdraw_payment
from domain.ledger.presets import PAYEE_WAITING_DAYS
from tests import aiding
from tests.cooperative import ENTITY, PERSON
from tests.domain.departing import (
    JULY,
    approves_accounts,
    board_tests,
    cooperative,
    leaves,
    orders,
    takes,
    within,
)
from tests.domain.spending import PAYEE_IBAN, balances, claimed, expense, fill_the_fund, paid_cooperative
from tests.paper import PaperLedger

NEW_IBAN = "BE56539000000188"
DAY = date(2026, 3, 2)
FIRST, SECOND = UUID(int=731), UUID(int=732)


@pytest.fixture
def ledger() -> PaperLedger:
    """The activity has money, and its member was paid once on an account."""
    paper = paid_cooperative()
    claim(paper, FIRST, "ab" * 32)
    order(paper, FIRST, PAYEE_IBAN)
    return paper


def claim(ledger: PaperLedger, claim_id: UUID, receipt: str) -> None:
    """A claim of the member that another person approved."""
    ledger.perform(submit_claim, **claimed(expense(10_00, 0, 0, sha256=receipt), claim_id=claim_id))
    ledger.perform(approve_claim, actor="ben", claim_id=claim_id)


def order(ledger: PaperLedger, claim_id: UUID, iban: str, *, on: date = DAY) -> list[Any]:
    order_id = UUID(int=claim_id.int + 1_000)
    return ledger.perform(order_claim_payment, on=on, order_id=order_id, claim_id=claim_id, payee_iban=iban)


def propose(ledger: PaperLedger, **says: Any) -> list[Any]:
    asked: dict[str, Any] = {"payee_id": PERSON, "iban": NEW_IBAN, "evidence": "a letter and a call back"}
    return ledger.perform(propose_payee_account, on=DAY, **asked | says)


def change(ledger: PaperLedger, actor: str) -> list[Any]:
    return ledger.perform(change_payee_account, on=DAY, actor=actor, entity_id=ENTITY, payee_id=PERSON)


def test_the_account_of_the_first_payment_is_the_payees(ledger: PaperLedger) -> None:
    assert ledger.get(PayeeAccount, payee_account_id(PERSON)).iban == PAYEE_IBAN
    claim(ledger, SECOND, "cd" * 32)
    with pytest.raises(PayeeAccountDiffers):
        order(ledger, SECOND, NEW_IBAN)
    (ordered,) = order(ledger, SECOND, PAYEE_IBAN)
    assert isinstance(ordered, PaymentOrder.Ordered)


def test_sentence_10_a_changed_account_waits_though_the_same_two_people_order_and_approve(
    ledger: PaperLedger,
) -> None:
    """Changing a payee's IBAN and ordering a payment the same day by the same two people is refused until
    the waiting time has passed.
    """
    claim(ledger, SECOND, "cd" * 32)
    propose(ledger)
    (changed,) = change(ledger, "ben")
    assert (changed.proposed_by, changed.usable_from) == ("anna", DAY + timedelta(days=3))
    for waited in (0, 1, 2):
        with pytest.raises(PayeeAccountTooNew):
            order(ledger, SECOND, NEW_IBAN, on=DAY + timedelta(days=waited))
    order(ledger, SECOND, NEW_IBAN, on=DAY + timedelta(days=3))
    (approved, _) = ledger.perform(
        approve_payment, on=DAY + timedelta(days=3), actor="ben", order_id=UUID(int=SECOND.int + 1_000)
    )
    assert isinstance(approved, PaymentOrder.Approved)


def test_the_old_account_is_not_paid_any_more_once_it_was_changed(ledger: PaperLedger) -> None:
    claim(ledger, SECOND, "cd" * 32)
    propose(ledger)
    change(ledger, "ben")
    with pytest.raises(PayeeAccountDiffers):
        order(ledger, SECOND, PAYEE_IBAN)


def approve(ledger: PaperLedger, claim_id: UUID, *, on: date = DAY) -> list[Any]:
    order_id = UUID(int=claim_id.int + 1_000)
    return ledger.perform(approve_payment, on=on, actor="ben", order_id=order_id)


def test_an_order_to_an_account_that_was_changed_since_is_not_approved_and_is_made_anew(
    ledger: PaperLedger,
) -> None:
    """It had paid the old account: the change is known before the money leaves."""
    propose(ledger)
    approve(ledger.copy(), FIRST)
    change(ledger, "ben")
    before = ledger.position
    for waited in (0, 3):
        with pytest.raises(PayeeAccountChanged) as refused:
            approve(ledger, FIRST, on=DAY + timedelta(days=waited))
        assert refused.value.facts == {"order_id": UUID(int=FIRST.int + 1_000), "payee_id": PERSON}
    assert ledger.position == before
    old = UUID(int=FIRST.int + 1_000)
    ledger.perform(withdraw_payment, on=DAY, order_id=old, reason="another account")
    later, new = DAY + timedelta(days=3), UUID(int=739)
    ledger.perform(order_claim_payment, on=later, order_id=new, claim_id=FIRST, payee_iban=NEW_IBAN)
    (approved, _) = ledger.perform(approve_payment, on=later, actor="ben", order_id=new)
    assert balances([approved]) == {"4890": 10_00, "580": -10_00}


def test_an_order_to_an_account_that_was_changed_and_changed_back_waits_as_any_new_one(
    ledger: PaperLedger,
) -> None:
    for iban in (NEW_IBAN, PAYEE_IBAN):
        propose(ledger, iban=iban)
        change(ledger, "ben")
    with pytest.raises(PayeeAccountTooNew):
        approve(ledger, FIRST, on=DAY + timedelta(days=2))
    approve(ledger, FIRST, on=DAY + timedelta(days=3))


def test_a_change_takes_a_second_person_and_says_how_it_is_known(ledger: PaperLedger) -> None:
    with pytest.raises(NoChangeProposed):
        change(ledger, "ben")
    with pytest.raises(EmptyText):
        propose(ledger, evidence=" ")
    with pytest.raises(SameAccount):
        propose(ledger, iban=PAYEE_IBAN)
    with pytest.raises(UnknownRecord):
        propose(ledger, payee_id=UUID(int=1))
    propose(ledger, actor="desk", on_behalf_of="anna")
    for actor in ("desk", "anna"):
        with pytest.raises(SecondPersonNeeded):
            change(ledger, actor)
    change(ledger, "ben")


def test_the_aid_of_a_fund_is_paid_where_its_member_is_paid() -> None:
    """It had been ordered to any account, past the two people and the waiting time."""
    ledger = paid_cooperative()
    fill_the_fund(ledger)
    claim(ledger, FIRST, "ab" * 32)
    order(ledger, FIRST, PAYEE_IBAN)
    aiding.ask(ledger.perform, 10_00)
    aiding.grant(ledger.perform, 10_00)
    with pytest.raises(PayeeAccountDiffers):
        aiding.pay(ledger.perform, payee_iban=NEW_IBAN)
    with pytest.raises(EmptyText):
        aiding.pay(ledger.perform, payee_iban=" ")
    aiding.pay(ledger.perform)


def test_a_withdrawal_share_is_paid_where_its_payee_is_paid() -> None:
    ledger = cooperative()
    takes(ledger, 0, 10)
    approves_accounts(ledger)
    leaves(ledger)
    board_tests(ledger, within(3_000_00), on=JULY)
    orders(ledger, 1_000_00)
    assert ledger.get(PayeeAccount, payee_account_id(PERSON)).iban == PAYEE_IBAN
    propose(ledger)
    ledger.perform(change_payee_account, on=JULY, actor="ben", entity_id=ENTITY, payee_id=PERSON)
    with pytest.raises(PayeeAccountDiffers):
        orders(ledger, 1_000_00, order_id=UUID(int=901))


def test_the_waiting_time_is_the_entitys_own(ledger: PaperLedger) -> None:
    ledger.perform(
        set_parameter,
        on=DAY,
        entity_id=ENTITY,
        name=PAYEE_WAITING_DAYS,
        value="0",
        valid_from=DAY,
        source_ref="board 7",
    )
    claim(ledger, SECOND, "cd" * 32)
    propose(ledger)
    change(ledger, "ben")
    order(ledger, SECOND, NEW_IBAN)
