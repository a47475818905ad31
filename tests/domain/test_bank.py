"""The bank's use cases: open an account, import statements once, allocate receipts."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from domain.aggregates.activity import Activity
from domain.aggregates.bank_account import BankAccount
from domain.aggregates.bank_line import BankLine
from domain.aggregates.invoice import Invoice
from domain.aggregates.mutual_fund import MutualFund
from domain.errors import (
    AlreadyExists,
    AmountTooLarge,
    EmptyText,
    ExceedsOpenAmount,
    InvalidDay,
    NoOpenPeriod,
    OtherEntity,
    ReferenceOfAnotherInvoice,
    StatementContradicts,
    StatementDoesNotBalance,
    StatementMissing,
    UnknownBankAccount,
    UnknownRecord,
)
from domain.ledger.bank import (
    ReportedStatement,
    account_id_of,
    allocate_receipt,
    import_statements,
    line_id,
    open_bank_account,
)
from domain.ledger.entities import entity_id_of
from domain.ledger.invoicing import issue_invoice
from domain.ledger.periods import stop_bookings
from domain.money import MAX_CENTS
from domain.settlement import FundPart
from tests.cooperative import (
    ACCOUNT,
    ACCOUNT_ID,
    ACTIVITY,
    CLIENT,
    ENTITY,
    FUND,
    OPENING_C,
    entry,
    found,
    found_entity,
    invoice,
    statement,
)
from tests.paper import PaperLedger
from tests.scenario import fact, says

DAY = date(2025, 12, 31)
INVOICE = UUID(int=500)


@pytest.fixture
def ledger() -> PaperLedger:
    paper = PaperLedger()
    found(paper.perform)
    return paper


def take_in(ledger: PaperLedger, *statements: ReportedStatement, account: str = ACCOUNT) -> list[Any]:
    return ledger.perform(import_statements, on=DAY, account=account, statements=statements)


def receipt(number: int = 17, amount_c: int = 1_210_00, **says: Any) -> ReportedStatement:
    return statement(number, [entry("1", amount_c, on=DAY, **says)], opening_c=OPENING_C, on=DAY)


def test_a_statement_is_imported_with_its_entries(ledger: PaperLedger) -> None:
    imported, first, second = take_in(
        ledger,
        statement(
            17,
            [entry("1", 1_210_00, on=DAY), entry("2", -10_00, on=date(2025, 12, 30))],
            opening_c=OPENING_C,
            on=DAY,
        ),
    )
    assert (imported.sequence, imported.entries, imported.closing_c) == ((2025, 17), 2, 6_200_00)
    assert [(line.amount_c, line.booked_on, line.effective_on) for line in (first, second)] == [
        (1_210_00, DAY, DAY),
        (-10_00, date(2025, 12, 30), date(2025, 12, 30)),
    ]
    assert first.originator_id == line_id(ACCOUNT_ID, "2025/17", "1")


def test_the_same_statement_again_records_nothing(ledger: PaperLedger) -> None:
    take_in(ledger, receipt())
    assert take_in(ledger, receipt()) == []
    assert take_in(ledger, receipt(), receipt()) == []


def test_a_file_that_repeats_a_statement_imports_what_is_new(ledger: PaperLedger) -> None:
    take_in(ledger, receipt(17))
    (imported,) = take_in(ledger, receipt(17), statement(18, opening_c=6_210_00, on=DAY))
    assert imported.sequence == (2025, 18)


def test_a_missing_statement_refuses_all_of_the_file(ledger: PaperLedger) -> None:
    before = list(ledger.facts)
    with pytest.raises(StatementMissing):
        take_in(ledger, receipt(17), statement(19, opening_c=6_210_00, on=DAY))
    assert ledger.facts == before


def test_a_statement_that_changed_contradicts_what_was_imported(ledger: PaperLedger) -> None:
    take_in(ledger, receipt(17))
    with pytest.raises(StatementContradicts):
        take_in(ledger, receipt(17, 1_210_01))


def test_a_statement_that_does_not_add_up_is_refused(ledger: PaperLedger) -> None:
    with pytest.raises(StatementDoesNotBalance):
        take_in(
            ledger, statement(17, [entry("1", 1, on=DAY)], opening_c=OPENING_C, on=DAY, closing_c=OPENING_C)
        )


def test_two_entries_with_one_key_are_refused(ledger: PaperLedger) -> None:
    twice = [entry("1", 5, on=DAY), entry("1", 5, on=DAY)]
    with pytest.raises(AlreadyExists):
        take_in(ledger, statement(17, twice, opening_c=OPENING_C, on=DAY))


def test_an_unknown_account_is_refused_by_name(ledger: PaperLedger) -> None:
    with pytest.raises(UnknownBankAccount) as refused:
        take_in(ledger, receipt(), account="BE29539000000289")
    assert refused.value.facts == {"account": "BE29539000000289"}


@pytest.mark.parametrize("amount_c", [MAX_CENTS + 1, -MAX_CENTS - 1])
def test_an_entry_larger_than_the_ledger_holds_is_refused(ledger: PaperLedger, amount_c: int) -> None:
    with pytest.raises(AmountTooLarge):
        take_in(ledger, receipt(17, amount_c))


@pytest.mark.parametrize("day", [date.min, date(1899, 12, 31), date(3000, 1, 1), date.max])
def test_an_entry_on_no_day_of_the_ledger_is_refused(ledger: PaperLedger, day: date) -> None:
    with pytest.raises(InvalidDay):
        take_in(ledger, statement(17, [entry("1", 5, on=day)], opening_c=OPENING_C, on=DAY))


def test_an_entry_of_a_stopped_month_is_booked_in_the_next_open_one(ledger: PaperLedger) -> None:
    for month in ("2025-11", "2025-12"):
        ledger.perform(stop_bookings, entity_id=ENTITY, month=month)
    _, line = take_in(ledger, receipt(17))
    assert (line.effective_on, line.booked_on) == (DAY, date(2026, 1, 1))


def test_an_entry_after_the_last_open_month_refuses_the_statement(ledger: PaperLedger) -> None:
    late = date(2026, 4, 1)
    with pytest.raises(NoOpenPeriod):
        take_in(ledger, statement(17, [entry("1", 5, on=late)], opening_c=OPENING_C, on=late))


def test_an_account_is_opened_with_its_balance(ledger: PaperLedger) -> None:
    recorded = ledger.perform(
        open_bank_account, entity_id=ENTITY, account="BE29539000000289", balance_c=-5, balance_on=DAY
    )
    assert [says(each) for each in recorded] == [
        fact(BankAccount.Opened, entity_id=ENTITY, account="BE29539000000289"),
        fact(BankAccount.OpeningRecorded, entity_id=ENTITY, booked_on=DAY, balance_c=-5),
    ]
    assert recorded[0].originator_id == account_id_of("BE29539000000289")


def test_an_account_is_opened_once_by_a_known_entity_and_by_number(ledger: PaperLedger) -> None:
    asked: dict[str, Any] = {"entity_id": ENTITY, "account": ACCOUNT, "balance_c": 0, "balance_on": DAY}
    for wrong, refusal in (
        ({}, AlreadyExists),
        ({"entity_id": UUID(int=9)}, UnknownRecord),
        ({"account": " "}, EmptyText),
    ):
        with pytest.raises(refusal):
            ledger.perform(open_bank_account, **asked | wrong)


@pytest.fixture
def billed(ledger: PaperLedger) -> PaperLedger:
    ledger.perform(issue_invoice, **invoice(INVOICE, on=date(2025, 12, 1)))
    return ledger


def allocate(ledger: PaperLedger, amount_c: int, *, on: date = date(2026, 1, 8), **asked: Any) -> list[Any]:
    usual: dict[str, Any] = {"bank_line_id": line_id(ACCOUNT_ID, "2025/17", "1"), "invoice_id": INVOICE}
    return ledger.perform(allocate_receipt, on=on, amount_c=amount_c, **usual | asked)


def test_an_allocation_is_recorded_on_line_invoice_activity_and_fund(billed: PaperLedger) -> None:
    take_in(billed, receipt())
    line, paid, settled, collected = allocate(billed, 605_00)
    assert says(line) == fact(
        BankLine.Allocated,
        entity_id=ENTITY,
        invoice_id=INVOICE,
        amount_c=605_00,
        despite_reference=False,
    )
    assert says(paid) == fact(
        Invoice.PaymentReceived,
        entity_id=ENTITY,
        activity_id=ACTIVITY,
        client_id=CLIENT,
        booked_on=date(2026, 1, 8),
        line_id=line.originator_id,
        amount_c=605_00,
        net_c=500_00,
        vat_c=105_00,
    )
    assert says(settled) == fact(Activity.ReceiptSettled, entity_id=ENTITY, document_id=INVOICE, net_c=500_00)
    assert says(collected) == fact(
        MutualFund.ContributionCollected,
        entity_id=ENTITY,
        activity_id=ACTIVITY,
        document_id=INVOICE,
        amount_c=5_00,
    )


def test_a_payment_too_small_for_the_fund_collects_nothing_for_it(billed: PaperLedger) -> None:
    take_in(billed, receipt())
    assert billed.get(Invoice, INVOICE).fund_parts == (FundPart(FUND, 10_00),)
    assert [type(each) for each in allocate(billed, 1)] == [
        BankLine.Allocated,
        Invoice.PaymentReceived,
        Activity.ReceiptSettled,
    ]


def test_more_than_is_open_leaves_nothing_on_the_line(billed: PaperLedger) -> None:
    take_in(billed, receipt(17, 2_000_00))
    with pytest.raises(ExceedsOpenAmount):
        allocate(billed, 1_210_01)
    assert billed.get(BankLine, line_id(ACCOUNT_ID, "2025/17", "1")).left_c == 2_000_00


def test_the_reference_of_another_invoice_asks_for_an_explicit_word(billed: PaperLedger) -> None:
    take_in(billed, receipt(references=("090933755493",)))
    with pytest.raises(ReferenceOfAnotherInvoice):
        allocate(billed, 1)
    allocate(billed, 1, despite_reference=True)


def test_a_receipt_with_the_invoice_s_own_reference_is_allocated(billed: PaperLedger) -> None:
    take_in(billed, receipt(references=(billed.get(Invoice, INVOICE).reference,)))
    allocate(billed, 1_210_00)
    assert billed.get(Invoice, INVOICE).open_c == 0


def test_a_receipt_of_another_entity_is_refused(billed: PaperLedger) -> None:
    found_entity(billed.perform, code="SISTER")
    other = "BE29539000000289"
    billed.perform(
        open_bank_account,
        entity_id=entity_id_of("SISTER"),
        account=other,
        balance_c=OPENING_C,
        balance_on=DAY,
    )
    take_in(billed, receipt(), account=other)
    with pytest.raises(OtherEntity):
        allocate(billed, 1, bank_line_id=line_id(account_id_of(other), "2025/17", "1"))


@pytest.mark.parametrize(
    "wrong", [{"bank_line_id": UUID(int=9)}, {"invoice_id": UUID(int=9)}, {"invoice_id": CLIENT}]
)
def test_an_unknown_line_or_invoice_is_refused(billed: PaperLedger, wrong: dict[str, Any]) -> None:
    take_in(billed, receipt())
    with pytest.raises(UnknownRecord):
        allocate(billed, 1, **wrong)
