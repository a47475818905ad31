"""Account 471 opens down to the members: who is due what of a dividend, what was withheld, what was paid."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from domain.aggregates.declaration import Levy
from domain.ledger.explanations import undo_clearing
from domain.ledger.payments import clear_payment, return_payout, undo_payout_return
from projections.dividends import dividends_given
from projections.doctor.books import examine_books
from projections.levies import made_due_c
from projections.reader import Reader
from projections.trial_balance import trial_balance
from projections.waiting import Waits, waiting
from tests.cooperative import ENTITY, MEMBER
from tests.projections.dividing import DIVIDEND, DUE, PAID_BY, YEAR, gives_a_dividend, orders_it
from tests.projections.world import MARCH, World
from tests.projections.years import open_and_adjust_a_year

JANUARY = date(2026, 1, 15)


@pytest.fixture
def given(world: World) -> World:
    """Two shares, each given 5.55: 11.10, of which 3.33 is tax."""
    world.takes_shares(2, on=JANUARY)
    open_and_adjust_a_year(world)
    gives_a_dividend(world)
    return world


def test_what_stands_on_471_is_what_its_holders_are_due_after_tax(given: World, reader: Reader) -> None:
    given.project()
    shown = dividends_given(reader, entity_id=ENTITY)
    (dividend,), (holder,) = shown.dividends, shown.holders
    assert (dividend.qty, dividend.amount_c, dividend.held_on, dividend.left) == (2, 11_10, MARCH, 0)
    assert (dividend.year_id, dividend.withholding_bp, dividend.withheld_c) == (YEAR, 3_000, 3_33)
    assert (holder.membership_id, holder.gross_c, holder.withheld_c, holder.net_c) == (
        MEMBER,
        11_10,
        3_33,
        7_77,
    )
    rows = {row.account: row for row in trial_balance(reader, entity_id=ENTITY).rows}
    assert rows["471"].balance_credit_c == sum(each.net_c - each.ordered_c for each in shown.holders)
    assert rows["4532"].balance_credit_c == 3_33
    assert "453" not in rows
    assert dividends_given(reader, dividend_id=DIVIDEND).holders == shown.holders
    assert dividends_given(reader, dividend_id=DUE).dividends == ()


def test_a_holder_waits_to_be_paid_until_an_order_is_on_its_way_and_it_is_seen_at_any_past(
    given: World, reader: Reader
) -> None:
    given.project()
    (waits,) = waiting(reader, waits=Waits.DIVIDEND_TO_PAY).items
    assert (waits.id, waits.who, waits.amount_c, waits.since_on) == (DUE, MEMBER, 7_77, MARCH)
    assert waits.next == ("dividend.order",)
    before = given.log.head().size
    orders_it(given)
    (line,) = given.receives(-7_77, on=MARCH)
    given.perform(clear_payment, bank_line_id=line, order_id=PAID_BY)
    given.project()
    assert waiting(reader, waits=Waits.DIVIDEND_TO_PAY).items == ()
    (now,), (then,) = (dividends_given(reader, known_at=at).holders for at in (None, before))
    assert (now.ordered_c, now.paid_c, then.ordered_c, then.paid_c) == (7_77, 7_77, 0, 0)
    assert dividends_given(reader, as_of=JANUARY).dividends == ()
    (back,) = given.receives(7_77, on=MARCH)
    given.perform(return_payout, bank_line_id=back, order_id=PAID_BY, reason_code="AC04")
    given.project()
    (owed,) = dividends_given(reader).holders
    assert (owed.ordered_c, owed.paid_c) == (0, 0)
    assert [each.id for each in waiting(reader, waits=Waits.DIVIDEND_TO_PAY).items] == [DUE]
    given.perform(undo_payout_return, order_id=PAID_BY, reason="another receipt")
    given.project()
    assert dividends_given(reader).holders == (now,)
    given.perform(undo_clearing, order_id=PAID_BY, reason="another line")
    given.project()
    (owed,) = dividends_given(reader).holders
    assert (owed.ordered_c, owed.paid_c) == (7_77, 0)


def test_the_tax_on_dividends_is_declared_apart_from_that_on_wages(given: World, reader: Reader) -> None:
    given.project()
    asked: dict[str, Any] = {
        "entity_id": ENTITY,
        "accounts": ("453", "4532"),
        "position": given.log.head().size,
    }
    asked |= {"first_on": date(2026, 3, 1), "last_on": date(2026, 3, 31)}
    assert made_due_c(reader, **asked, of_dividends=True) == 3_33
    assert made_due_c(reader, **asked) == 0
    assert Levy.DIVIDEND_TAX.value == "dividend-tax"


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE dividend_balance SET ordered_c = ordered_c - 1",
        "UPDATE dividend_balance SET withheld_c = withheld_c + 1",
        "UPDATE dividend_balance SET paid_c = paid_c + 1",
        "UPDATE dividend_balance SET gross_c = gross_c + 1",
    ],
)
def test_the_doctor_finds_every_figure_of_a_holder_that_the_journal_does_not_say(
    given: World, statement: str
) -> None:
    orders_it(given)
    given.project()
    assert examine_books(given.dsn, tenant="default", log=given.log).findings == ()
    assert given.tamper(statement) == 1
    found = examine_books(given.dsn, tenant="default", log=given.log).findings
    assert {each.table for each in found} == {"dividend_balance"}
