"""A dividend that is voted and appropriated reaches each holder after tax, to the cent and once."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.aggregates.declaration import Levy
from domain.aggregates.dividend import Dividend
from domain.aggregates.dividend_due import DividendDue
from domain.aggregates.payment_order import PaymentOrder
from domain.aggregates.share_register import ShareRegister
from domain.bookkeeping.rules_v1 import book
from domain.errors import (
    DividendDayAhead,
    DividendNotAppropriated,
    DividendSharedOut,
    HoldersUnclear,
    NoRepresentative,
    NothingDue,
    PaidAlready,
    PayeeAccountDiffers,
    PayeeAccountTooNew,
    QuantityNotPositive,
    SecondPersonNeeded,
    UnknownRecord,
)
from domain.ledger import dividends
from domain.ledger.bank import import_statements, line_id
from domain.ledger.declarations import declaration_id, file_declaration
from domain.ledger.dividends import dividend_id
from domain.ledger.entities import set_parameter
from domain.ledger.members import name_heirs_representative, record_death
from domain.ledger.merging import merge_memberships
from domain.ledger.payees import change_payee_account, propose_payee_account
from domain.ledger.payments import (
    approve_payment,
    order_declaration_payment,
    return_payout,
    withdraw_payment,
)
from domain.ledger.periods import close_period, stop_bookings
from domain.ledger.presets import DIVIDEND_WITHHOLDING_BP
from domain.ledger.shares import share_account_id, share_register_id, transfer_shares
from tests.cooperative import ACCOUNT, ACCOUNT_ID, ENTITY, OPENING_C, entry, statement
from tests.domain.departing import (
    ACCOUNT_A,
    JULY,
    MEMBERS,
    OTHER_ACCOUNT_A,
    PAYEE_IBAN,
    PEOPLE,
    RECEIVED_C,
    approves_accounts,
    bank_clears,
    leaves,
    takes,
    told,
)
from tests.domain.dividing import (
    PAID_BY,
    appropriates,
    orders_dividend,
    pays_dividend,
    shares_out,
    votes,
    with_shares,
)
from tests.domain.spending import balances
from tests.paper import PaperLedger
from tests.scenario import TODAY

OTHER_IBAN = "BE68539007547034"


@pytest.fixture
def payable() -> PaperLedger:
    """Ten and four shares, each given 3.33: 46.62, which is owed and shared out."""
    ledger = with_shares(10, 4)
    votes(ledger, 3_33)
    appropriates(ledger, 46_62)
    shares_out(ledger)
    return ledger


def due_of(facts: list[Any]) -> list[DividendDue.Determined]:
    return [each for each in facts if isinstance(each, DividendDue.Determined)]


def test_each_holder_is_due_the_shares_they_held_less_the_tax_of_that_day() -> None:
    ledger = with_shares(10, 4)
    votes(ledger, 3_33)
    appropriates(ledger, 46_62)
    assert balances(ledger.facts)["471"] == -46_62
    facts = shares_out(ledger)
    assert [
        (each.account_id, each.qty, each.gross_c, each.withheld_c, each.net_c) for each in due_of(facts)
    ] == [
        (ACCOUNT_A, 10, 33_30, 9_99, 23_31),
        (OTHER_ACCOUNT_A, 4, 13_32, 4_00, 9_32),  # 30 % is 3.996
    ]
    assert balances(facts) == {"471": 13_99, "453": -13_99}
    assert balances(ledger.facts)["471"] == -(23_31 + 9_32)
    entered = told(facts, Dividend.HoldersEntered)
    assert (entered.holders, entered.qty, entered.gross_c, entered.withheld_c) == (2, 14, 46_62, 13_99)


def test_a_dividend_is_shared_out_once_and_only_when_it_is_owed() -> None:
    ledger = with_shares(10)
    votes(ledger, 1_00)
    with pytest.raises(DividendNotAppropriated):
        shares_out(ledger)
    appropriates(ledger, 10_00)
    shares_out(ledger)
    with pytest.raises(DividendSharedOut):
        shares_out(ledger)
    with pytest.raises(UnknownRecord):
        shares_out(ledger, dividend_id(ENTITY, 2))


def test_many_holders_are_named_page_by_page_at_the_rate_of_the_first_day(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(dividends, "HOLDERS_AT_ONCE", 2)
    ledger = with_shares(1, 2, 3)
    votes(ledger, 1_00)
    appropriates(ledger, 6_00)
    first = due_of(shares_out(ledger))
    august = date(2026, 8, 1)
    changed: dict[str, Any] = {"value": "1500", "valid_from": august, "source_ref": "law of 2026"}
    ledger.perform(set_parameter, entity_id=ENTITY, name=DIVIDEND_WITHHOLDING_BP, **changed)
    second = due_of(shares_out(ledger, on=august))
    assert [each.qty for each in first + second] == [1, 2, 3]
    assert {each.withholding_bp for each in first + second} == {3000}
    with pytest.raises(DividendSharedOut):
        shares_out(ledger, on=august)


def test_two_people_pay_a_holder_and_the_bank_clears_it(payable: PaperLedger) -> None:
    orders_dividend(payable, ACCOUNT_A)
    with pytest.raises(SecondPersonNeeded):
        payable.perform(approve_payment, on=JULY, order_id=PAID_BY)
    payable.perform(approve_payment, on=JULY, actor="ben", order_id=PAID_BY)
    order = payable.get(PaymentOrder, PAID_BY)
    assert (order.amount_c, order.payee_id) == (23_31, PEOPLE[0])
    with pytest.raises(PaidAlready):
        orders_dividend(payable, ACCOUNT_A, order_id=UUID(int=951))
    bank_clears(payable, 23_31, order_id=PAID_BY)
    stand = balances(payable.facts)
    assert (stand["471"], stand["580"], stand["453"]) == (-9_32, 0, -13_99)


def test_what_is_taken_back_or_returned_by_the_payees_bank_is_owed_again(payable: PaperLedger) -> None:
    pays_dividend(payable, ACCOUNT_A)
    payable.perform(withdraw_payment, on=JULY, order_id=PAID_BY, reason="wrong day")
    assert balances(payable.facts)["471"] == -(23_31 + 9_32)
    again = UUID(int=951)
    pays_dividend(payable, ACCOUNT_A, order_id=again)
    bank_clears(payable, 23_31, order_id=again)
    closing_c = OPENING_C + RECEIVED_C - 23_31
    back = statement(3, [entry("1", 23_31, on=JULY)], opening_c=closing_c, on=JULY)
    payable.perform(import_statements, account=ACCOUNT, statements=[back])
    returned: dict[str, Any] = {"bank_line_id": line_id(ACCOUNT_ID, "2026/3", "1"), "order_id": again}
    payable.perform(return_payout, on=JULY, **returned, reason_code="AC04")
    assert balances(payable.facts)["471"] == -(23_31 + 9_32)
    pays_dividend(payable, ACCOUNT_A, order_id=UUID(int=952))


def test_a_holder_who_banks_elsewhere_waits_before_the_dividend_is_paid_there(payable: PaperLedger) -> None:
    pays_dividend(payable, ACCOUNT_A)
    payable.perform(withdraw_payment, on=JULY, order_id=PAID_BY, reason="another account")
    elsewhere: dict[str, Any] = {"order_id": UUID(int=951), "payee_iban": OTHER_IBAN}
    with pytest.raises(PayeeAccountDiffers):
        orders_dividend(payable, ACCOUNT_A, **elsewhere)
    told_us: dict[str, Any] = {"payee_id": PEOPLE[0], "iban": OTHER_IBAN, "evidence": "letter"}
    payable.perform(propose_payee_account, on=JULY, **told_us)
    asked: dict[str, Any] = {"entity_id": ENTITY, "payee_id": PEOPLE[0]}
    payable.perform(change_payee_account, on=JULY, actor="ben", **asked)
    with pytest.raises(PayeeAccountTooNew):
        orders_dividend(payable, ACCOUNT_A, **elsewhere)
    orders_dividend(payable, ACCOUNT_A, **elsewhere, on=date(2026, 7, 20))


def test_the_day_that_the_decision_names_says_who_is_given_the_dividend() -> None:
    ledger = with_shares(10, 4)
    may, march = date(2026, 5, 31), date(2026, 3, 31)
    given: dict[str, Any] = {"from_account_id": ACCOUNT_A, "to_membership_id": MEMBERS[2], "qty": 3}
    ledger.perform(transfer_shares, on=may, transfer_id=UUID(int=5), decision_ref="board", **given)
    takes(ledger, 3, 2, on=JULY)
    earlier, later = ledger.copy(), ledger
    assert told(votes(earlier, 1_00, held_on=march), Dividend.Voted).qty == 14
    appropriates(earlier, 14_00)
    assert [each.qty for each in due_of(shares_out(earlier))] == [10, 4]
    voted = told(votes(later, 1_00), Dividend.Voted)
    assert (voted.qty, voted.held_on) == (16, JULY)
    appropriates(later, 16_00)
    assert [each.qty for each in due_of(shares_out(later))] == [7, 4, 3, 2]


def test_a_day_that_has_not_come_or_on_which_nobody_held_shares_names_nobody() -> None:
    ledger = with_shares(10)
    with pytest.raises(DividendDayAhead):
        votes(ledger, 1_00, held_on=date(2026, 7, 16))
    with pytest.raises(QuantityNotPositive):
        votes(ledger, 1_00, held_on=date(2026, 1, 31))


def test_a_day_on_which_shares_were_given_before_they_were_held_is_refused() -> None:
    ledger = with_shares(10)
    given: dict[str, Any] = {"from_account_id": ACCOUNT_A, "to_membership_id": MEMBERS[1], "qty": 4}
    ledger.perform(
        transfer_shares, on=date(2026, 2, 1), transfer_id=UUID(int=5), decision_ref="board", **given
    )
    with pytest.raises(HoldersUnclear):
        votes(ledger, 1_00, held_on=date(2026, 2, 15))
    assert told(votes(ledger, 1_00, held_on=TODAY), Dividend.Voted).qty == 10


def test_what_is_entered_late_changes_no_dividend_that_was_voted_before() -> None:
    ledger = with_shares(10, 4)
    votes(ledger, 1_00)
    given: dict[str, Any] = {"from_account_id": ACCOUNT_A, "to_membership_id": MEMBERS[2], "qty": 3}
    ledger.perform(transfer_shares, on=TODAY, transfer_id=UUID(int=5), decision_ref="board", **given)
    takes(ledger, 3, 2, on=TODAY)
    appropriates(ledger, 14_00)
    assert [each.qty for each in due_of(shares_out(ledger))] == [10, 4]


def test_who_has_left_is_given_what_the_shares_were_given_while_they_were_held() -> None:
    """Resigned as of 30 June: a dividend for the shares of May is theirs, one for those of July is not."""
    ledger = with_shares(10, 4)
    approves_accounts(ledger)
    votes(ledger, 1_00, held_on=date(2026, 5, 31))
    leaves(ledger)
    appropriates(ledger, 14_00)
    assert [each.qty for each in due_of(shares_out(ledger))] == [10, 4]
    pays_dividend(ledger, ACCOUNT_A)
    assert ledger.get(PaymentOrder, PAID_BY).amount_c == 7_00
    register = ledger.get(ShareRegister, share_register_id(ENTITY, "A"))
    assert register.holders_on(JULY, register.version) == {OTHER_ACCOUNT_A: 4}
    assert register.holders_on(date(2026, 5, 31), register.version) == {ACCOUNT_A: 10, OTHER_ACCOUNT_A: 4}
    assert (register.contributed_on(JULY), register.contributed_on(TODAY)) == (1_000_00, 3_500_00)


def test_what_is_due_to_the_dead_is_paid_to_who_represents_the_heirs(payable: PaperLedger) -> None:
    payable.perform(record_death, on=JULY, membership_id=MEMBERS[0], evidence_ref="certificate")
    with pytest.raises(NoRepresentative):
        orders_dividend(payable, ACCOUNT_A)
    heir = UUID(int=130)
    named: dict[str, Any] = {"representative_id": heir, "representative": "An heir", "evidence_ref": "deed"}
    payable.perform(name_heirs_representative, on=JULY, membership_id=MEMBERS[0], **named)
    pays_dividend(payable, ACCOUNT_A)
    assert payable.get(PaymentOrder, PAID_BY).payee_id == heir


def test_what_is_due_to_a_merged_membership_is_paid_to_the_one_that_remains(payable: PaperLedger) -> None:
    merged: dict[str, Any] = {"membership_id": MEMBERS[0], "into_id": MEMBERS[2], "reason": "one person"}
    payable.perform(merge_memberships, on=JULY, **merged)
    pays_dividend(payable, ACCOUNT_A)
    assert payable.get(PaymentOrder, PAID_BY).payee_id == PEOPLE[2]


def test_the_tax_withheld_is_declared_for_its_month_and_paid_by_two_people(payable: PaperLedger) -> None:
    for month in ("2026-01", "2026-02", "2026-03", "2026-04", "2026-05", "2026-06", "2026-07"):
        payable.perform(stop_bookings, entity_id=ENTITY, month=month)
        figures: dict[str, Any] = {"trial_balance_sha256": "d" * 64, "debit_c": 5, "credit_c": 5}
        at: dict[str, Any] = {"entity_id": ENTITY, "month": month, "position": payable.position}
        payable.perform(close_period, **at, **figures)
    august, july = date(2026, 8, 10), (date(2026, 7, 1), date(2026, 7, 31))
    asked: dict[str, Any] = {"entity_id": ENTITY, "levy": Levy.DIVIDEND_TAX, "deductible_c": 0}
    asked |= {"first_on": july[0], "last_on": july[1], "due_c": 13_99, "position": payable.position}
    assert balances(payable.perform(file_declaration, on=august, **asked)) == {}
    filed = declaration_id(ENTITY, Levy.DIVIDEND_TAX, july[0])
    order: dict[str, Any] = {"order_id": PAID_BY, "declaration_id": filed, "payee_iban": PAYEE_IBAN}
    payable.perform(order_declaration_payment, on=august, **order)
    payable.perform(approve_payment, on=august, actor="ben", order_id=PAID_BY)
    assert balances(payable.facts)["453"] == 0


def test_a_dividend_that_tax_takes_whole_is_not_paid() -> None:
    ledger = with_shares(1)
    whole: dict[str, Any] = {"value": "9999", "valid_from": TODAY, "source_ref": "a test"}
    ledger.perform(set_parameter, entity_id=ENTITY, name=DIVIDEND_WITHHOLDING_BP, **whole)
    votes(ledger, 1)
    appropriates(ledger, 1)
    shares_out(ledger)
    assert balances(ledger.facts)["471"] == 0
    with pytest.raises(NothingDue):
        orders_dividend(ledger, ACCOUNT_A)


def test_the_dividends_of_several_votes_are_all_owed_by_one_appropriation() -> None:
    ledger = with_shares(10)
    votes(ledger, 1_00)
    takes(ledger, 1, 2, share_class="B")
    votes(ledger, 50, share_class="B")
    appropriates(ledger, 11_00, carried_forward_c=5_00)
    for nth, gross_c in ((1, 10_00), (2, 1_00)):
        (due,) = due_of(shares_out(ledger, dividend_id(ENTITY, nth)))
        assert due.gross_c == gross_c
    assert balances(ledger.facts)["471"] == -7_70


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.integers(1, 16), min_size=1, max_size=5),
    st.integers(1, 5_000),
    st.integers(0, 9_999),
)
def test_what_is_withheld_and_what_is_paid_add_up_to_what_was_appropriated(
    held: list[int], per_share_c: int, withholding_bp: int
) -> None:
    """Of each holder the tax is the exact fraction to within half a cent, and equal holders are paid alike."""
    ledger = with_shares(*held)
    said: dict[str, Any] = {"value": str(withholding_bp), "valid_from": TODAY, "source_ref": "a test"}
    ledger.perform(set_parameter, entity_id=ENTITY, name=DIVIDEND_WITHHOLDING_BP, **said)
    voted = told(votes(ledger, per_share_c, distributable_c=10**9), Dividend.Voted)
    appropriates(ledger, voted.amount_c)
    due = due_of(shares_out(ledger))
    assert sum(each.withheld_c + each.net_c for each in due) == voted.amount_c
    for each in due:
        assert abs(each.withheld_c - Fraction(each.gross_c * withholding_bp, 10_000)) <= Fraction(1, 2)
    assert len({(each.qty, each.net_c) for each in due}) == len({each.qty for each in due})
    for nth, each in enumerate(due):
        if each.net_c:
            pays_dividend(ledger, share_account_id(MEMBERS[nth], "A"), order_id=UUID(int=960 + nth))
    assert balances(ledger.facts)["471"] == 0
    assert balances(ledger.facts)["453"] == -sum(each.withheld_c for each in due)


def test_nothing_of_a_dividend_is_booked_but_what_is_appropriated_withheld_and_paid(
    payable: PaperLedger,
) -> None:
    booked = [each for each in payable.facts if isinstance(each, Dividend.Event | DividendDue.Event)]
    assert {type(each) for each in booked if book(each)} == {DividendDue.Determined}
