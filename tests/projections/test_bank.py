"""What clients owe, what the bank booked, and which invoice a receipt may be meant for."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from domain.ledger.overpayments import hold_overpayment
from domain.ledger.returns import record_bank_fee, return_payment, return_receipt, undo_allocation
from projections.bank_lines import (
    allocations,
    bank_line,
    bank_lines,
    statements,
    unallocated_lines,
    unexplained_lines,
)
from projections.overpayments import overpayments
from projections.reader import Reader
from projections.receivables import invoice, invoices, invoices_by_reference, open_receivables
from projections.suggestions import Reason, suggestions_for
from tests.cooperative import ACCOUNT_ID, ACTIVITY, CLIENT, ENTITY, line
from tests.projections.world import World

JANUARY = date(2026, 1, 10)
STRANGER: dict[str, Any] = {"counterparty_name": "Somebody Else", "remittance": "thank you"}


def test_an_invoice_is_open_until_it_is_paid(world: World, reader: Reader) -> None:
    issued = world.invoices(on=JANUARY)
    (receipt,) = world.receives(1_000_00, on=JANUARY)
    world.allocates(receipt, issued.originator_id, 1_000_00, on=JANUARY)
    world.project()
    (owed,) = open_receivables(reader, entity_id=ENTITY, activity_id=ACTIVITY)
    assert (owed.invoice_no, owed.gross_c, owed.open_c) == (issued.invoice_no, 1_210_00, 210_00)
    assert (owed.buyer, owed.due_on) == ("Client and Sons", date(2026, 2, 9))
    assert open_receivables(reader, due_by=date(2026, 2, 8)) == []
    assert invoices_by_reference(reader, entity_id=ENTITY, references=(issued.reference,)) == [owed]

    (rest,) = world.receives(210_00, on=JANUARY)
    world.allocates(rest, issued.originator_id, 210_00, on=JANUARY)
    world.project()
    assert open_receivables(reader) == []
    assert [each.open_c for each in invoices(reader)] == [0]
    assert [each.amount_c for each in allocations(reader, invoice_id=issued.originator_id)] == [
        1_000_00,
        210_00,
    ]
    assert invoice(reader, UUID(int=9)) is None


def test_a_receipt_waits_until_all_of_it_is_allocated(world: World, reader: Reader) -> None:
    issued = world.invoices(on=JANUARY)
    receipt, _ = world.receives(2_000_00, -50_00, on=JANUARY, references=(issued.reference,))
    world.allocates(receipt, issued.originator_id, 1_210_00, on=JANUARY)
    world.project()
    (waiting,) = unallocated_lines(reader, entity_id=ENTITY)
    assert (waiting.line_id, waiting.amount_c, waiting.left_c) == (receipt, 2_000_00, 790_00)
    assert (waiting.references, waiting.counterparty_name) == ((issued.reference,), "Client and Sons")
    assert bank_line(reader, receipt) == waiting
    assert [each.amount_c for each in bank_lines(reader, account_id=ACCOUNT_ID)] == [-50_00, 2_000_00]
    (statement,) = statements(reader)
    assert (statement.opening_c, statement.closing_c, statement.entries) == (5_000_00, 6_950_00, 2)
    (allocated,) = allocations(reader, line_id=receipt)
    assert (allocated.amount_c, allocated.allocated_by) == (1_210_00, "anna")


def reasons(world: World, reader: Reader, amount_c: int, **says: str) -> tuple[Reason, ...]:
    """Why the one open invoice is suggested for such a receipt."""
    (receipt,) = world.receives(amount_c, on=JANUARY, **STRANGER | says)
    world.project()
    found = suggestions_for(reader, receipt)
    return found[0].reasons if found else ()


def test_an_amount_alone_suggests_a_match(world: World, reader: Reader) -> None:
    world.invoices(on=JANUARY)
    assert reasons(world, reader, 1_210_00) == (Reason.SAME_AMOUNT,)
    assert reasons(world, reader, 1_210_01) == ()


def test_a_similar_name_suggests_a_match(world: World, reader: Reader) -> None:
    world.invoices(on=JANUARY)
    assert reasons(world, reader, 5_00, counterparty_name="CLIENT & SONS S.A.") == (Reason.SIMILAR_NAME,)
    assert reasons(world, reader, 5_00, counterparty_name="") == ()


def test_a_reference_with_one_slip_suggests_a_match(world: World, reader: Reader) -> None:
    right = world.invoices(on=JANUARY).reference
    place = next(place for place in range(3, 11) if right[place] != right[place + 1])
    before, digit, after = right[:place], right[place], right[place + 1 :]
    slips = {
        "wrong": before + str((int(digit) + 1) % 10) + after,
        "swapped": before + after[0] + digit + after[1:],
        "missing": before + after,
        "doubled": before + digit + digit + after,
    }
    for slip, written in slips.items():
        found = reasons(world, reader, 5_00, remittance=f"payment {written} thanks")
        assert found == (Reason.NEAR_REFERENCE,), slip


def test_a_reference_with_two_slips_suggests_nothing(world: World, reader: Reader) -> None:
    right = world.invoices(on=JANUARY).reference
    written = "".join(
        str((int(digit) + 1) % 10) if place in (3, 7) else digit for place, digit in enumerate(right)
    )
    assert reasons(world, reader, 5_00, remittance=written) == ()


def test_the_likeliest_invoice_comes_first_with_what_it_could_settle(world: World, reader: Reader) -> None:
    by_amount = world.invoices(on=JANUARY)
    by_reference = world.invoices(line("2000"), on=JANUARY)
    (receipt,) = world.receives(1_210_00, on=JANUARY, references=(by_reference.reference,), **STRANGER)
    world.project()
    assert [
        (each.invoice.invoice_id, each.reasons, each.amount_c) for each in suggestions_for(reader, receipt)
    ] == [
        (by_reference.originator_id, (Reason.REFERENCE,), 1_210_00),
        (by_amount.originator_id, (Reason.SAME_AMOUNT,), 1_210_00),
    ]
    assert suggestions_for(reader, UUID(int=9)) == []


def test_what_is_held_for_a_client_returned_or_charged_is_explained(world: World, reader: Reader) -> None:
    issued = world.invoices(on=JANUARY)
    receipt, fee, taken = world.receives(1_300_00, -12_50, -210_00, on=JANUARY)
    world.allocates(receipt, issued.originator_id, 1_210_00, on=JANUARY)
    world.perform(hold_overpayment, on=JANUARY, bank_line_id=receipt, client_id=CLIENT, amount_c=90_00)
    world.perform(record_bank_fee, on=JANUARY, bank_line_id=fee, amount_c=12_50)
    world.project()
    assert [(each.line_id, each.left_c) for each in unexplained_lines(reader)] == [(taken, -210_00)]
    (held,) = overpayments(reader, entity_id=ENTITY)
    assert (held.line_id, held.client_id, held.held_c) == (receipt, CLIENT, 90_00)

    world.perform(
        return_payment,
        on=JANUARY,
        bank_line_id=taken,
        of_line_id=receipt,
        invoice_id=issued.originator_id,
        amount_c=210_00,
    )
    world.project()
    assert unexplained_lines(reader) == []
    assert [each.amount_c for each in allocations(reader, line_id=receipt)] == [1_210_00, -210_00]
    (owed,) = open_receivables(reader)
    assert owed.open_c == 210_00


def test_a_receipt_that_the_bank_takes_back_before_it_is_allocated_is_explained_with_the_money_out(
    world: World, reader: Reader
) -> None:
    issued = world.invoices(on=JANUARY)
    receipt, taken = world.receives(1_210_00, -1_210_00, on=JANUARY)
    world.allocates(receipt, issued.originator_id, 1_000_00, on=JANUARY)
    wrong: dict[str, Any] = {"bank_line_id": receipt, "invoice_id": issued.originator_id}
    world.perform(undo_allocation, on=JANUARY, amount_c=1_000_00, reason="of another client", **wrong)
    returned: dict[str, Any] = {"bank_line_id": taken, "of_line_id": receipt}
    world.perform(return_receipt, on=JANUARY, amount_c=1_000_00, **returned)
    world.project()
    left = {each.line_id: each.left_c for each in unexplained_lines(reader)}
    assert left == {receipt: 210_00, taken: -210_00}
    assert [each.line_id for each in unallocated_lines(reader)] == [receipt]

    world.perform(return_receipt, on=JANUARY, amount_c=210_00, **returned)
    world.project()
    assert unexplained_lines(reader) == unallocated_lines(reader) == []
    assert world.replay().equal
