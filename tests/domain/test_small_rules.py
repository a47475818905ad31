"""Small rules, each held by one test: signs of what is carried, what a line was set against, a last cent."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from domain.aggregates.assembly import Assembly
from domain.aggregates.bank_line import BankLine
from domain.aggregates.client import ClientKind
from domain.aggregates.declaration import Declaration, Levy
from domain.aggregates.fiscal_year import Appropriation, FiscalYear
from domain.aggregates.invoice import Invoice
from domain.aggregates.manual_entry import ManualLine, earned_by_activity
from domain.aggregates.number_series import NumberSeries
from domain.aggregates.withdrawal_share import WithdrawalShare
from domain.bookkeeping.entries import JournalEntry, JournalLine, UnbalancedEntry
from domain.bookkeeping.rules_v1 import book
from domain.errors import (
    AmountNegative,
    AssemblyOver,
    EmptyText,
    ExceedsHeld,
    ExceedsLine,
    ExceedsOpenAmount,
    OtherEntity,
    Refusal,
)
from domain.governance.provisions import Proxies
from domain.ids import derived_id
from domain.ledger import assemblies, deficits, late_payment, overpayments
from domain.ledger.governance import table_motion
from domain.ledger.invoicing import register_client
from domain.ledger.merging import merge_memberships
from tests.cooperative import ACTIVITY, CLIENT, ENTITY, FOUNDED, found
from tests.domain import electing, meeting, paying_late, test_fiscal_years
from tests.domain.departing import MARCH, RECEIPT, cooperative, takes
from tests.domain.electing import ASSEMBLY
from tests.domain.ending import DEFICIT, lacking
from tests.domain.meeting import ANNA, BERT, CLEO, DIRK, ELLA, FIRST, convenes, drawn, gives, opens
from tests.domain.spending import INVOICE
from tests.domain.test_invoice import ISSUED
from tests.domain.trading import BUYER, found_buyer, link
from tests.paper import PaperLedger
from tests.scenario import ID, TODAY, Given, replayed, stamp

THEIR_CLIENT = UUID(int=3_300)


# The year


def appropriated(brought_c: int, carried_c: int) -> set[tuple[str, int]]:
    """What is booked of an appropriation of nothing but what is brought and carried forward."""
    said: Any = object.__new__(FiscalYear.ResultAppropriated)
    plumbing = {"entity_id": ENTITY, "year": "2025", "effective_on": TODAY, "originator_id": ID}
    uses = Appropriation(brought_c, 0, 0, 0, carried_c)
    vars(said).update(plumbing, booked_on=TODAY, result_c=carried_c - brought_c, appropriation=uses)
    entry = book(said)
    assert entry is not None
    return {(line.account, line.debit_c - line.credit_c) for line in entry.lines}


@pytest.mark.parametrize(
    ("brought_c", "carried_c", "booked"),
    [
        (1, 0, {("140", 1), ("790", -1)}),
        (-1, 0, {("141", -1), ("690", 1)}),
        (0, 1, {("140", -1), ("693", 1)}),
        (0, -1, {("141", 1), ("793", -1)}),
    ],
)
def test_profit_and_loss_are_brought_and_carried_on_accounts_of_their_own(
    brought_c: int, carried_c: int, booked: set[tuple[str, int]]
) -> None:
    assert appropriated(brought_c, carried_c) == booked


def test_a_result_is_appropriated_by_a_decision_and_nothing_below_nothing_is_kept() -> None:
    given = Given(FiscalYear, test_fiscal_years.OPENED, test_fiscal_years.APPROVED)
    uses = Appropriation(**test_fiscal_years.USES)
    given.when(lambda year: year.appropriate(stamp(), appropriation=uses, decision_ref=" ")).then_refused(
        EmptyText, field="decision_ref"
    )
    given.when(test_fiscal_years.appropriating(legal_reserve_c=-5, other_reserves_c=505_00)).then_refused(
        AmountNegative, amount_c=-5
    )


# Entries


def test_one_line_on_both_sides_or_none_spoils_a_balanced_entry() -> None:
    good = (JournalLine("613", 5, 0), JournalLine("440", 0, 5))
    JournalEntry(ENTITY, TODAY, TODAY, "purchases", ID, good)
    for bad in (JournalLine("499", 3, 3), JournalLine("499", 0, 0)):
        with pytest.raises(UnbalancedEntry):
            JournalEntry(ENTITY, TODAY, TODAY, "purchases", ID, (*good, bad))


@pytest.mark.parametrize(("account", "earned"), [("613", -5), ("7001", -5), ("411", None)])
def test_an_entry_by_hand_moves_an_activity_by_its_results_alone(account: str, earned: int | None) -> None:
    moved = earned_by_activity((ManualLine(account, 5, 0, ACTIVITY), ManualLine("440", 0, 5)))
    assert moved.get(ACTIVITY) == earned


def test_entries_of_a_series_bear_the_later_of_their_day_and_the_last_one() -> None:
    ledger = cooperative()
    takes(ledger, 0, 2, on=TODAY)
    takes(ledger, 1, 2, on=date(2026, 2, 1))
    series = derived_id("number-series", ENTITY, "S", 0)
    taken = [each for each in ledger.facts if isinstance(each, NumberSeries.NumberTaken)]
    assert [each.on for each in taken if each.originator_id == series] == [TODAY, TODAY]


# Bank lines


def test_a_line_that_paid_of_a_deficit_has_so_much_less_left() -> None:
    ledger = lacking()
    before_c = ledger.get(BankLine, RECEIPT).left_c
    asked: dict[str, Any] = {"bank_line_id": RECEIPT, "deficit_id": DEFICIT}
    ledger.perform(deficits.repay_deficit, on=MARCH, amount_c=500_00, **asked)
    assert ledger.get(BankLine, RECEIPT).left_c == before_c - 500_00
    assert ledger.get(BankLine, RECEIPT).set_against[DEFICIT] == 500_00


def test_what_was_taken_back_of_a_document_is_not_taken_back_again() -> None:
    ledger = paying_late.invoiced()
    paying_late.claim(ledger, paying_late.PAID_ON)
    paying_late.receive(ledger, 40_00)
    asked: dict[str, Any] = {"bank_line_id": paying_late.LATER_RECEIPT, "reason": "another client"}
    ledger.perform(late_payment.undo_late_payment, invoice_id=INVOICE, amount_c=40_00, **asked)
    assert ledger.get(BankLine, paying_late.LATER_RECEIPT).set_against == {}
    with pytest.raises(Refusal):
        ledger.perform(late_payment.undo_late_payment, invoice_id=INVOICE, amount_c=1, **asked)


def test_of_a_client_for_whom_nothing_is_held_nothing_is_paid_back() -> None:
    ledger = lacking()
    asked: dict[str, Any] = {"order_id": ID, "bank_line_id": RECEIPT, "payee_iban": "BE71096123456769"}
    with pytest.raises(ExceedsHeld) as refused:
        ledger.perform(overpayments.order_refund, on=MARCH, client_id=CLIENT, amount_c=1, **asked)
    assert refused.value.facts["held_c"] == 0


# Documents


def test_a_cent_that_is_declared_is_due() -> None:
    says: dict[str, Any] = {"booked_on": TODAY, "first_on": TODAY, "last_on": TODAY, "position": 1}
    says |= {"id": ID, "entity_id": ENTITY, "levy": Levy.VAT, "due_c": 1, "deductible_c": 0}
    Declaration.file(stamp(), **says).require_due()


def test_no_more_of_an_invoice_is_written_off_than_is_open() -> None:
    invoice = replayed(Invoice, ISSUED)
    with pytest.raises(ExceedsOpenAmount) as refused:
        invoice.write_off(stamp(), amount_c=1_210_01)
    assert (refused.value.facts["open_c"], refused.value.facts["amount_c"]) == (1_210_00, 1_210_01)


def test_a_refusal_about_one_of_several_says_so_first() -> None:
    refusal = ExceedsLine(open_c=1, amount_c=2).about(line="third")
    assert str(refusal).endswith("(line: third, open_c: 1, amount_c: 2)")
    assert refusal.args == (str(refusal),)


def withdrawal() -> Any:
    says: dict[str, Any] = {"membership_id": ID, "account_id": ID, "amount_c": 2_400_00}
    share: Any = object.__new__(WithdrawalShare)
    WithdrawalShare.__init__(share, ENTITY, **says)
    return share


def test_what_is_suspended_of_a_withdrawal_share_is_what_was_said_last() -> None:
    of = {"entity_id": ENTITY, "membership_id": ID}
    for kind, more_c, suspended_c in (("Suspended", 2_400_00, 2_400_00), ("Resumed", 1_000_00, 1_400_00)):
        share = withdrawal()
        said: Any = object.__new__(getattr(WithdrawalShare, kind))
        vars(said).update(of | {"amount_c": more_c, "suspended_c": suspended_c})
        said.apply(share)
        assert share.suspended_c == suspended_c


# Groups and meetings


def test_a_client_of_another_seller_is_not_the_buyer() -> None:
    ledger = PaperLedger()
    found(ledger.perform)
    found_buyer(ledger.perform)
    known: dict[str, Any] = {
        "kind": ClientKind.BUSINESS,
        "name": "Pilot",
        "address": "",
        "vat_no": "",
        "email": "",
    }
    ledger.perform(register_client, on=FOUNDED, client_id=THEIR_CLIENT, entity_id=BUYER, **known)
    with pytest.raises(OtherEntity) as refused:
        link(ledger.perform, client_id=THEIR_CLIENT)
    assert refused.value.facts["client_id"] == THEIR_CLIENT


def test_a_proxy_that_is_refused_at_the_opening_is_none() -> None:
    ledger = meeting.founded()
    meeting.rules(
        ledger, meeting.with_provisions(proxies=Proxies(most=1, from_members=5, one_in=2)), name="two"
    )
    convenes(ledger, rule_name="two", rule_version=1)
    for principal in (BERT, CLEO):
        gives(ledger, principal, ANNA)
    ledger.perform(merge_memberships, membership_id=ELLA, into_id=DIRK, reason="the same person")
    opens(ledger, drawn=drawn(ledger))
    assert set(ledger.get(Assembly, FIRST).proxies) == {BERT}


def test_no_election_is_called_in_an_assembly_that_is_over() -> None:
    ledger = PaperLedger()
    electing.cooperative(ledger.perform)
    motion = UUID(int=3_301)
    ledger.perform(table_motion, motion_id=motion, entity_id=ENTITY, title="A van", text="Buy.")
    says: dict[str, Any] = {"held_on": TODAY, "notice_on": date(2026, 2, 1), "agenda": [motion]}
    ledger.perform(assemblies.convene_assembly, assembly_id=ASSEMBLY, entity_id=ENTITY, **says)
    ledger.perform(assemblies.open_assembly, assembly_id=ASSEMBLY, roll_id=UUID(int=3_302))
    ledger.perform(assemblies.close_assembly, assembly_id=ASSEMBLY)
    with pytest.raises(AssemblyOver):
        electing.calls(ledger.perform, assembly_id=ASSEMBLY)
