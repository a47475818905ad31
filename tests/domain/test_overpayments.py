"""What a client paid too much is held for them, serves their next invoice, or goes back by two people."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from domain.aggregates.bank_line import BankLine
from domain.aggregates.client import ClientKind
from domain.aggregates.invoice import Invoice
from domain.aggregates.payment_order import PaymentOrder
from domain.errors import (
    AmountNotPositive,
    EmptyText,
    ExceedsHeld,
    ExceedsLine,
    NotAReceipt,
    OrderWithdrawn,
    SecondPersonNeeded,
)
from domain.ledger.bank import import_statements, line_id
from domain.ledger.invoicing import issue_invoice, register_client
from domain.ledger.overpayments import (
    allocate_overpayment,
    hold_overpayment,
    order_refund,
    release_overpayment,
)
from domain.ledger.payments import approve_payment, clear_payment, withdraw_payment
from tests.cooperative import ACCOUNT, ACCOUNT_ID, CLIENT, ENTITY, entry, invoice, statement
from tests.domain.spending import CLOSING_C, DAY, PAYEE_IBAN, balances, bank_pays, paid_cooperative
from tests.paper import PaperLedger

LINE = line_id(ACCOUNT_ID, "2026/2", "1")
NEXT, ORDER = UUID(int=502), UUID(int=721)
STRANGER = UUID(int=999)


@pytest.fixture
def ledger() -> PaperLedger:
    """The invoice of 1,210.00 is paid, and the client pays 100.00 once more."""
    paper = paid_cooperative()
    again = statement(2, [entry("1", 100_00, on=DAY)], opening_c=CLOSING_C, on=DAY)
    paper.perform(import_statements, on=DAY, account=ACCOUNT, statements=[again])
    return paper


def hold(ledger: PaperLedger, amount_c: int = 100_00) -> list[Any]:
    return ledger.perform(hold_overpayment, on=DAY, bank_line_id=LINE, client_id=CLIENT, amount_c=amount_c)


def refund(ledger: PaperLedger, amount_c: int = 100_00, order_id: UUID = ORDER, **says: Any) -> list[Any]:
    asked: dict[str, Any] = {
        "order_id": order_id,
        "bank_line_id": LINE,
        "client_id": CLIENT,
        "amount_c": amount_c,
        "payee_iban": PAYEE_IBAN,
    }
    return ledger.perform(order_refund, on=DAY, **asked | says)


def test_what_is_held_is_owed_to_the_client_and_waits_no_longer(ledger: PaperLedger) -> None:
    hold(ledger)
    standing = balances(ledger.facts)
    assert standing["4894"] == -100_00
    assert standing["499"] == 0
    assert ledger.get(BankLine, LINE).left_c == 0


def test_no_more_is_held_than_came_in_and_only_of_a_receipt(ledger: PaperLedger) -> None:
    with pytest.raises(ExceedsLine):
        hold(ledger, 100_01)
    (paid,) = bank_pays(ledger, 5_00, number=3, opening_c=CLOSING_C + 100_00)
    with pytest.raises(NotAReceipt):
        ledger.perform(hold_overpayment, on=DAY, bank_line_id=paid, client_id=CLIENT, amount_c=5_00)


def test_what_was_held_for_the_wrong_client_waits_again_for_the_right_one(ledger: PaperLedger) -> None:
    told: dict[str, Any] = {"name": "Another", "address": "", "vat_no": "", "email": ""}
    whose: dict[str, Any] = {"client_id": STRANGER, "entity_id": ENTITY, "kind": ClientKind.BUSINESS}
    ledger.perform(register_client, on=DAY, **whose, **told)
    ledger.perform(hold_overpayment, on=DAY, bank_line_id=LINE, client_id=STRANGER, amount_c=100_00)
    of: dict[str, Any] = {"bank_line_id": LINE, "client_id": STRANGER}
    before = ledger.position
    for amount_c, refusal in ((100_01, ExceedsHeld), (0, AmountNotPositive), (-1, AmountNotPositive)):
        with pytest.raises(refusal):
            ledger.perform(release_overpayment, on=DAY, amount_c=amount_c, **of)
    with pytest.raises(ExceedsHeld):
        ledger.perform(release_overpayment, on=DAY, amount_c=1, **of | {"client_id": CLIENT})
    assert ledger.position == before

    (released,) = ledger.perform(release_overpayment, on=DAY, amount_c=60_00, **of)

    assert (released.client_id, released.amount_c, released.booked_on) == (STRANGER, 60_00, DAY)
    assert ledger.get(BankLine, LINE).left_c == 60_00
    standing = balances(ledger.facts)
    assert (standing["4894"], standing["499"]) == (-40_00, -60_00)
    hold(ledger, 60_00)
    with pytest.raises(ExceedsHeld):
        ledger.perform(release_overpayment, on=DAY, amount_c=40_01, **of)


def test_it_serves_the_next_invoice_of_the_same_client_whose_activity_collects_it(
    ledger: PaperLedger,
) -> None:
    hold(ledger)
    ledger.perform(issue_invoice, on=DAY, **invoice(NEXT, on=DAY))
    ledger.perform(allocate_overpayment, on=DAY, bank_line_id=LINE, invoice_id=NEXT, amount_c=60_50)

    assert ledger.get(Invoice, NEXT).open_c == 1_210_00 - 60_50
    standing = balances(ledger.facts)
    assert standing["4894"] == -39_50
    assert standing["499"] == 0
    assert standing["400"] == 1_210_00 - 60_50
    with pytest.raises(ExceedsHeld):
        ledger.perform(allocate_overpayment, on=DAY, bank_line_id=LINE, invoice_id=NEXT, amount_c=39_51)


def test_it_goes_back_by_two_people_and_the_bank_clears_it(ledger: PaperLedger) -> None:
    hold(ledger)
    refund(ledger)
    with pytest.raises(SecondPersonNeeded):
        ledger.perform(approve_payment, on=DAY, order_id=ORDER)
    ledger.perform(approve_payment, on=DAY, actor="ben", order_id=ORDER)
    assert balances(ledger.facts)["4894"] == 0
    (paid,) = bank_pays(ledger, 100_00, number=3, opening_c=CLOSING_C + 100_00)
    ledger.perform(clear_payment, on=DAY, bank_line_id=paid, order_id=ORDER)

    standing = balances(ledger.facts)
    assert (standing["4894"], standing["580"], standing["499"]) == (0, 0, 0)


def test_of_two_refunds_of_one_overpayment_only_one_is_approved(ledger: PaperLedger) -> None:
    hold(ledger)
    refund(ledger)
    refund(ledger, order_id=UUID(int=722))
    ledger.perform(approve_payment, on=DAY, actor="ben", order_id=ORDER)
    with pytest.raises(ExceedsHeld):
        ledger.perform(approve_payment, on=DAY, actor="ben", order_id=UUID(int=722))


def test_a_refund_of_more_than_is_held_or_for_another_client_or_nowhere_is_refused(
    ledger: PaperLedger,
) -> None:
    hold(ledger, 60_00)
    with pytest.raises(ExceedsHeld):
        refund(ledger, 60_01)
    with pytest.raises(ExceedsHeld):
        refund(ledger, 10_00, client_id=STRANGER)
    with pytest.raises(EmptyText):
        refund(ledger, 10_00, payee_iban=" ")


def test_a_withdrawn_refund_is_held_again_and_can_be_ordered_anew(ledger: PaperLedger) -> None:
    hold(ledger)
    refund(ledger)
    ledger.perform(approve_payment, on=DAY, actor="ben", order_id=ORDER)
    ledger.perform(withdraw_payment, on=DAY, order_id=ORDER, reason="account closed")

    standing = balances(ledger.facts)
    assert (standing["4894"], standing["580"]) == (-100_00, 0)
    assert ledger.get(PaymentOrder, ORDER).withdrawn
    with pytest.raises(OrderWithdrawn):
        ledger.perform(approve_payment, on=DAY, actor="ben", order_id=ORDER)
    refund(ledger, order_id=UUID(int=723))
    ledger.perform(approve_payment, on=DAY, actor="ben", order_id=UUID(int=723))
    assert balances(ledger.facts)["4894"] == 0
