"""What a cutover takes over to the cent and by name: results of this year, registers, suppliers, pages."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from domain.aggregates.activity import Activity
from domain.aggregates.cutover import Cutover
from domain.aggregates.member_register import MemberRegister
from domain.aggregates.number_series import NumberSeries
from domain.aggregates.share_register import ShareRegister
from domain.aggregates.supplier import Supplier
from domain.errors import InvalidDay, NotALeafAccount, OldItemsDiffer, UnknownRecord
from domain.ids import derived_id
from domain.ledger.cutover import take_over
from domain.ledger.entities import register_id
from domain.ledger.members import membership_id
from domain.ledger.reconciling import Reconciled, reconcile
from domain.ledger.shares import FOR_EVER, SERIES, share_register_id
from domain.old_books import OldBalance, OldShareClass, OldShares
from tests.cooperative import ENTITY
from tests.domain.test_cutover import A1, A2, cut_over, entity
from tests.old_books import BOOKS, FIRST_DAY, OLD_SHA256, SHARES, holder, with_balance, with_doubt

M1, M4 = (membership_id(ENTITY, holder(code)) for code in ("M1", "M4"))


def test_an_activity_brings_the_part_of_its_result_that_earlier_years_earned() -> None:
    ledger = cut_over()
    brought = {each.originator_id: each for each in ledger.facts if isinstance(each, Activity.TakenOver)}
    # A1 has sold for 3,000.00 and spent 400.00 this year, of 6,000.00 in all.
    assert (brought[A1].earlier_c, brought[A1].result_c) == (6_000_00 - 2_600_00, 6_000_00)
    assert (brought[A2].earlier_c, brought[A2].result_c) == (-50_00, -50_00)


def test_an_activity_that_was_overdrawn_holds_its_payouts_from_the_first_day() -> None:
    ledger = cut_over()
    assert [ledger.get(Activity, each).payouts_held for each in (A1, A2)] == [False, True]


def test_balances_are_brought_for_the_activity_they_are_of() -> None:
    ledger = cut_over()
    lines = [
        each for fact in ledger.facts if isinstance(fact, Cutover.BalancesTakenOver) for each in fact.lines
    ]
    assert {(each.account, each.activity_id) for each in lines} >= {("7001", A1), ("612", A1), ("613", None)}


def test_what_was_charged_on_doubtful_invoices_is_charged_again_once() -> None:
    ledger = cut_over(with_doubt(BOOKS))
    lines = [
        each for fact in ledger.facts if isinstance(fact, Cutover.BalancesTakenOver) for each in fact.lines
    ]
    assert [(each.balance_c, each.activity_id) for each in lines if each.account == "634"] == [(-100_00, A2)]


def test_the_totals_of_a_cutover_are_its_debits_and_its_credits() -> None:
    empty = replace(BOOKS, balances=(*BOOKS.balances, OldBalance("230", 1), OldBalance("231", -1)))
    (said,) = (each for each in cut_over(empty).facts if isinstance(each, Cutover.Recorded))
    assert (said.debit_c, said.credit_c) == (24_310_01, 24_310_01)


def test_members_are_taken_over_in_the_register_under_their_old_numbers() -> None:
    ledger = cut_over()
    register = ledger.get(MemberRegister, register_id(ENTITY))
    assert (dict(register.members), register.last_no) == ({M1: 1, M4: 4}, 7)
    entered = [each for each in ledger.facts if isinstance(each, MemberRegister.MemberEntered)]
    assert [(each.membership_id, each.member_no) for each in entered] == [(M1, 1), (M4, 4)]


@pytest.mark.parametrize(("last_member_no", "last_no"), [(4, 4), (7, 7)])
def test_the_register_goes_on_after_the_last_number(last_member_no: int, last_no: int) -> None:
    ledger = cut_over(replace(BOOKS, last_member_no=last_member_no))
    assert ledger.get(MemberRegister, register_id(ENTITY)).last_no == last_no
    raised = [each for each in ledger.facts if isinstance(each, MemberRegister.NumbersTakenOver)]
    assert len(raised) == (last_member_no > 4), "said only where the members do not say it"


@pytest.mark.parametrize(("last_no", "last_seq"), [(16, 16), (20, 20)])
def test_the_register_of_shares_holds_the_old_lines_and_goes_on_after_the_last(
    last_no: int, last_seq: int
) -> None:
    classes = (replace(BOOKS.share_classes[0], last_no=last_no),)
    ledger = cut_over(replace(BOOKS, share_classes=classes))
    entered = [each for each in ledger.facts if isinstance(each, ShareRegister.SharesEntered)]
    assert [
        (each.register_no, each.membership_id, each.qty, each.from_seq, each.to_seq) for each in entered
    ] == [
        (1, M1, 10, 1, 10),
        (3, M4, 4, 13, 16),
    ]
    register = ledger.get(ShareRegister, share_register_id(ENTITY, "A"))
    assert register.last_seq == last_seq
    raised = [each for each in ledger.facts if isinstance(each, ShareRegister.NumbersTakenOver)]
    assert len(raised) == (last_no > 16), "said only where the lines do not say it"


def test_entries_of_shares_go_on_after_the_last_number_and_day_of_the_old_register() -> None:
    ledger = cut_over()
    numbers = ledger.get(NumberSeries, derived_id("number-series", ENTITY, SERIES, FOR_EVER))
    assert (numbers.last, numbers.last_on) == (5, FIRST_DAY)


def test_unavailable_shares_are_held_against_an_account_of_their_own() -> None:
    unavailable = OldShareClass("B", unavailable=True, statutes_ref="statutes art. 7", last_no=2)
    held = OldShares("M1", "B", 2, 1, 2, 100_00)
    more = with_balance(with_balance(BOOKS, "1119", -200_00), "240", 1_700_00)
    old = replace(more, share_classes=(*BOOKS.share_classes, unavailable), shares=(*SHARES, held))
    cut_over(old)
    with pytest.raises(OldItemsDiffer) as refused:
        cut_over(with_balance(with_balance(old, "1119", -100_00), "240", 1_600_00))
    assert (refused.value.facts["about"], refused.value.facts["items_c"]) == ("1119", -200_00)


def test_an_old_supplier_is_known_by_name_and_number() -> None:
    (known,) = (each for each in cut_over().facts if isinstance(each, Supplier.Registered))
    assert known.originator_id == derived_id("old-supplier", ENTITY, "K7")
    assert (known.entity_id, known.name, known.vat_no) == (ENTITY, "Timber Trade", "BE0123456749")


def test_a_trial_balance_is_checked_by_its_sides_and_an_account_by_its_code() -> None:
    first, *_, last = reconcile(BOOKS)
    assert (first.what, first.subject, first.books_c, first.items_c) == (
        Reconciled.TRIAL_BALANCE,
        "",
        24_310_00,
        24_310_00,
    )
    assert (last.what, last.subject) == (Reconciled.RESULTS, "")
    with pytest.raises(NotALeafAccount) as refused:
        reconcile(with_balance(BOOKS, "62", 0))
    assert refused.value.facts["account"] == "62"


def test_old_books_are_those_of_an_entity_and_of_a_day_there_is() -> None:
    asked: dict[str, Any] = {"old": BOOKS, "source_sha256": OLD_SHA256}
    with pytest.raises(InvalidDay):
        entity().perform(
            take_over, entity_id=ENTITY, **asked | {"old": replace(BOOKS, day=date(1899, 12, 31))}
        )
    with pytest.raises(UnknownRecord) as refused:
        entity().perform(take_over, entity_id=UUID(int=1), **asked)
    assert refused.value.facts["kind"] == "legal-entity"


def test_a_register_goes_on_after_numbers_of_which_nobody_is_left() -> None:
    bare = replace(
        BOOKS,
        balances=(OldBalance("550", 20_000_00), OldBalance("140", -20_000_00)),
        cooperative_c=20_000_00,
        members=(),
        share_classes=(),
        shares=(),
        activities=(),
        funds=(),
        invoices=(),
        purchases=(),
    )
    register = cut_over(bare).get(MemberRegister, register_id(ENTITY))
    assert (dict(register.members), register.last_no) == ({}, 7)
