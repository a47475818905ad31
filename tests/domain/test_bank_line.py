"""What a line of the bank may be allocated to, and what not."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from domain.aggregates.bank_line import BankLine
from domain.errors import AmountNotPositive, ExceedsLine, NotAReceipt, ReferenceOfAnotherInvoice
from tests.cooperative import ACCOUNT_ID, ENTITY
from tests.scenario import TODAY, Fact, Given, fact, stamp

INVOICE = UUID(int=130)
OURS, THEIRS = "012600000194", "012600000295"


def imported(amount_c: int, *references: str) -> Fact:
    return fact(
        BankLine.Imported,
        entity_id=ENTITY,
        booked_on=TODAY,
        account_id=ACCOUNT_ID,
        statement="2026/17",
        amount_c=amount_c,
        value_on=None,
        references=references,
        subject_id=UUID(int=104),
        entry="1",
        counterparty_name="Client and Sons",
        counterparty_iban="BE29539000000289",
        remittance="",
    )


def allocated(amount_c: int, *, despite_reference: bool = False) -> Fact:
    return fact(
        BankLine.Allocated,
        entity_id=ENTITY,
        invoice_id=INVOICE,
        amount_c=amount_c,
        despite_reference=despite_reference,
    )


def allocating(amount_c: int, *, despite_reference: bool = False) -> Any:
    return lambda line: line.allocate(
        stamp(), invoice_id=INVOICE, reference=OURS, amount_c=amount_c, despite_reference=despite_reference
    )


@pytest.mark.parametrize("references", [(), (OURS,), (THEIRS, OURS)])
def test_a_receipt_is_allocated_to_an_invoice_it_does_not_contradict(references: tuple[str, ...]) -> None:
    Given(BankLine, imported(1_210_00, *references)).when(allocating(1_210_00)).then(allocated(1_210_00))


def test_the_reference_of_another_invoice_is_overruled_only_explicitly() -> None:
    line = imported(1_210_00, THEIRS)
    Given(BankLine, line).when(allocating(1)).then_refused(ReferenceOfAnotherInvoice, invoice=OURS)
    Given(BankLine, line).when(allocating(1, despite_reference=True)).then(
        allocated(1, despite_reference=True)
    )


@pytest.mark.parametrize("references", [(), (OURS,)])
def test_the_fact_says_overruled_only_where_there_was_something_to_overrule(
    references: tuple[str, ...],
) -> None:
    Given(BankLine, imported(1_00, *references)).when(allocating(1, despite_reference=True)).then(
        allocated(1, despite_reference=False)
    )


def test_overruling_a_reference_overrules_nothing_else() -> None:
    line = imported(1_210_00, THEIRS)
    Given(BankLine, line).when(allocating(1_210_01, despite_reference=True)).then_refused(ExceedsLine)


def test_parts_of_a_receipt_are_allocated_until_nothing_is_left() -> None:
    line = imported(1_210_00)
    Given(BankLine, line, allocated(1_000_00)).when(allocating(210_00)).then(allocated(210_00))
    Given(BankLine, line, allocated(1_000_00)).when(allocating(210_01)).then_refused(
        ExceedsLine, left_c=210_00
    )
    Given(BankLine, line, allocated(1_210_00)).when(allocating(1)).then_refused(ExceedsLine, left_c=0)


@pytest.mark.parametrize("line_c", [0, -1_210_00])
def test_money_out_is_no_receipt(line_c: int) -> None:
    Given(BankLine, imported(line_c)).when(allocating(1)).then_refused(NotAReceipt)


@pytest.mark.parametrize("amount_c", [0, -1])
def test_an_allocation_of_nothing_is_refused(amount_c: int) -> None:
    Given(BankLine, imported(1_210_00)).when(allocating(amount_c)).then_refused(AmountNotPositive)
