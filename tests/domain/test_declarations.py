"""What is declared to the state rests on closed months, clears the accounts, and is paid once."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from domain.aggregates.declaration import Declaration, Levy
from domain.aggregates.payment_order import PaymentOrder
from domain.errors import (
    AmountNegative,
    DeclarationOrdered,
    DeclarationWithdrawn,
    DeclaredAlready,
    DigestTooEarly,
    DueChanged,
    EmptyText,
    InvalidSpan,
    NothingDue,
    Refusal,
    SpanStillOpen,
)
from domain.ledger.declarations import declaration_id, file_declaration, withdraw_declaration
from domain.ledger.payments import (
    approve_payment,
    clear_payment,
    order_declaration_payment,
    return_payout,
    undo_payout_return,
    withdraw_payment,
)
from domain.ledger.periods import close_period, stop_bookings
from tests.cooperative import ENTITY
from tests.domain.spending import DAY, PAYEE_IBAN, balances, bank_pays, paid_cooperative
from tests.paper import PaperLedger

JANUARY = (date(2026, 1, 1), date(2026, 1, 31))
ORDER = UUID(int=751)


def closed_january() -> PaperLedger:
    """210.00 of VAT are due, and the books are closed to the end of January."""
    paper = paid_cooperative()
    for month in ("2025-11", "2025-12", "2026-01"):
        paper.perform(stop_bookings, entity_id=ENTITY, month=month)
        figures = {"trial_balance_sha256": "d" * 64, "debit_c": 5, "credit_c": 5}
        close: dict[str, Any] = {"entity_id": ENTITY, "month": month, "position": paper.position, **figures}
        paper.perform(close_period, **close)
    return paper


@pytest.fixture
def ledger() -> PaperLedger:
    """210.00 of VAT are due, and the books are closed to the end of January."""
    return closed_january()


def file(ledger: PaperLedger, levy: Levy = Levy.VAT, **says: Any) -> list[Any]:
    asked: dict[str, Any] = {
        "entity_id": ENTITY,
        "levy": levy,
        "first_on": JANUARY[0],
        "last_on": JANUARY[1],
        "due_c": 210_00,
        "deductible_c": 10_50,
        "position": ledger.position,
    }
    return ledger.perform(file_declaration, on=date(2026, 2, 15), **asked | says)


def pay(ledger: PaperLedger, levy: Levy) -> None:
    filed = declaration_id(ENTITY, levy, JANUARY[0])
    asked = {"order_id": ORDER, "declaration_id": filed, "payee_iban": PAYEE_IBAN}
    ledger.perform(order_declaration_payment, on=date(2026, 2, 16), **asked)  # type: ignore[arg-type]
    ledger.perform(approve_payment, on=date(2026, 2, 16), actor="ben", order_id=ORDER)


def withdraw(
    ledger: PaperLedger, levy: Levy = Levy.VAT, reason: str = "other months were meant"
) -> list[Any]:
    filed = declaration_id(ENTITY, levy, JANUARY[0])
    return ledger.perform(withdraw_declaration, on=date(2026, 2, 17), declaration_id=filed, reason=reason)


def test_what_can_be_deducted_is_set_against_what_is_due_and_the_rest_is_paid(ledger: PaperLedger) -> None:
    (filed,) = file(ledger)
    assert balances([filed]) == {"451": 10_50, "411": -10_50}
    assert filed.booked_on == date(2026, 2, 15)
    pay(ledger, Levy.VAT)
    assert ledger.get(PaymentOrder, ORDER).amount_c == 199_50
    (line,) = bank_pays(ledger, 199_50)
    ledger.perform(clear_payment, on=DAY, bank_line_id=line, order_id=ORDER)
    stand = balances(ledger.facts)
    assert (stand["451"], stand["580"], stand["499"]) == (0, 0, 0)


def test_more_to_deduct_than_is_due_comes_back_and_is_not_paid(ledger: PaperLedger) -> None:
    (filed,) = file(ledger, due_c=10_00, deductible_c=12_00)
    assert balances([filed]) == {"451": 10_00, "411": -10_00}
    with pytest.raises(NothingDue):
        pay(ledger, Levy.VAT)


@pytest.mark.parametrize(("levy", "account"), [(Levy.WAGE_TAX, "453"), (Levy.SOCIAL_CONTRIBUTIONS, "454")])
def test_what_was_withheld_was_booked_with_the_slips_and_is_only_paid(
    ledger: PaperLedger, levy: Levy, account: str
) -> None:
    (filed,) = file(ledger, levy, due_c=84_17, deductible_c=0)
    assert balances([filed]) == {}
    before_c = balances(ledger.facts)[account]
    pay(ledger, levy)
    assert balances(ledger.facts)[account] - before_c == 84_17


@pytest.mark.parametrize(
    ("says", "refusal"),
    [
        ({"last_on": date(2026, 1, 30)}, InvalidSpan),
        ({"first_on": date(2026, 1, 2)}, InvalidSpan),
        ({"first_on": date(2025, 1, 1)}, InvalidSpan),
        ({"first_on": date(2026, 2, 1)}, InvalidSpan),
        ({"last_on": date(2026, 2, 28)}, SpanStillOpen),
        ({"due_c": -1}, AmountNegative),
        ({"position": 10_000}, DigestTooEarly),
    ],
)
def test_a_declaration_that_is_none_is_refused(
    ledger: PaperLedger, says: dict[str, Any], refusal: type[Refusal]
) -> None:
    with pytest.raises(refusal):
        file(ledger, **says)


@pytest.mark.parametrize(
    ("first_on", "last_on"),
    [
        JANUARY,
        (date(2025, 11, 1), date(2026, 1, 31)),
        (date(2025, 12, 1), date(2025, 12, 31)),
        (date(2025, 12, 1), date(2026, 1, 31)),
    ],
)
def test_a_month_is_declared_once_for_each_levy_in_whatever_span(
    ledger: PaperLedger, first_on: date, last_on: date
) -> None:
    both: dict[str, Any] = {"first_on": date(2025, 12, 1), "last_on": JANUARY[1]}
    file(ledger, **both)
    with pytest.raises(DeclaredAlready) as refused:
        file(ledger, first_on=first_on, last_on=last_on)
    assert refused.value.facts == {"levy": Levy.VAT, "declared_from": date(2025, 12, 1)}
    file(ledger, first_on=date(2025, 11, 1), last_on=date(2025, 11, 30))
    file(ledger, Levy.WAGE_TAX, **both)


@pytest.mark.parametrize(("due_c", "deductible_c"), [(210_00, 10_50), (10_00, 12_00)])
def test_what_was_declared_by_mistake_is_withdrawn_to_the_cent(
    ledger: PaperLedger, due_c: int, deductible_c: int
) -> None:
    before = balances(ledger.facts)
    file(ledger, due_c=due_c, deductible_c=deductible_c)
    (withdrawn,) = withdraw(ledger)
    against_c = min(due_c, deductible_c)
    assert balances([withdrawn]) == {"451": -against_c, "411": against_c}
    assert balances(ledger.facts) == before
    assert (withdrawn.due_c, withdrawn.deductible_c) == (due_c, deductible_c)
    assert (withdrawn.booked_on, withdrawn.reason) == (date(2026, 2, 17), "other months were meant")
    filed = ledger.get(Declaration, declaration_id(ENTITY, Levy.VAT, JANUARY[0]))
    assert filed.due_c == 0


def test_what_was_only_fixed_to_be_paid_is_withdrawn_without_a_booking(ledger: PaperLedger) -> None:
    file(ledger, Levy.WAGE_TAX, due_c=84_17, deductible_c=5)
    (withdrawn,) = withdraw(ledger, Levy.WAGE_TAX)
    assert balances([withdrawn]) == {}


def test_what_was_withdrawn_is_neither_paid_nor_withdrawn_again(ledger: PaperLedger) -> None:
    file(ledger)
    withdraw(ledger)
    with pytest.raises(DeclarationWithdrawn):
        pay(ledger, Levy.VAT)
    with pytest.raises(DeclarationWithdrawn):
        withdraw(ledger)


def test_the_months_of_a_withdrawn_declaration_are_declared_anew_in_whatever_spans(
    ledger: PaperLedger,
) -> None:
    file(ledger)
    withdraw(ledger)
    (anew,) = file(ledger, first_on=date(2025, 12, 1))
    with pytest.raises(DeclaredAlready) as refused:
        file(ledger)
    assert refused.value.facts["declared_from"] == date(2025, 12, 1)
    ledger.perform(withdraw_declaration, declaration_id=anew.originator_id, reason="January was meant")
    ids = {declaration_id(ENTITY, Levy.VAT, JANUARY[0])}
    for _ in range(2):
        (again,) = file(ledger)
        with pytest.raises(DeclaredAlready):
            file(ledger)
        ledger.perform(withdraw_declaration, declaration_id=again.originator_id, reason="not yet")
        ids.add(again.originator_id)
    assert len(ids) == 3, "each is a declaration of its own"
    (last,) = file(ledger)
    asked: dict[str, Any] = {"declaration_id": last.originator_id, "payee_iban": PAYEE_IBAN}
    ledger.perform(order_declaration_payment, order_id=ORDER, **asked)
    assert ledger.get(PaymentOrder, ORDER).amount_c == 199_50


def test_a_declaration_is_withdrawn_with_a_reason_and_while_no_order_pays_it(ledger: PaperLedger) -> None:
    file(ledger)
    with pytest.raises(EmptyText):
        withdraw(ledger, reason=" ")
    pay(ledger, Levy.VAT)
    with pytest.raises(DeclarationOrdered) as refused:
        withdraw(ledger)
    assert refused.value.facts == {"order_id": ORDER}
    ledger.perform(withdraw_payment, order_id=ORDER, reason="the declaration is wrong")
    withdraw(ledger)
    assert balances(ledger.facts)["580"] == 0


def test_an_order_that_waits_for_approval_pays_nothing_that_was_withdrawn(ledger: PaperLedger) -> None:
    file(ledger)
    filed = declaration_id(ENTITY, Levy.VAT, JANUARY[0])
    asked: dict[str, Any] = {"order_id": ORDER, "declaration_id": filed, "payee_iban": PAYEE_IBAN}
    ledger.perform(order_declaration_payment, on=date(2026, 2, 16), **asked)
    withdraw(ledger)
    with pytest.raises(DueChanged):
        ledger.perform(approve_payment, on=date(2026, 2, 18), actor="ben", order_id=ORDER)


def test_a_payment_that_came_back_stays_so_once_its_declaration_was_withdrawn(ledger: PaperLedger) -> None:
    file(ledger)
    pay(ledger, Levy.VAT)
    out, back = bank_pays(ledger, 199_50, -199_50)
    ledger.perform(clear_payment, on=DAY, bank_line_id=out, order_id=ORDER)
    ledger.perform(return_payout, on=DAY, bank_line_id=back, order_id=ORDER, reason_code="AC04")
    withdraw(ledger)
    with pytest.raises(DueChanged):
        ledger.perform(undo_payout_return, on=DAY, order_id=ORDER, reason="another receipt was meant")
