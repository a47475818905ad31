"""Quotations and client orders as staff see them, and the doctor finds no fault."""

from __future__ import annotations

from datetime import date

from projections.doctor.books import examine_books
from projections.guarantee_terms import guarantee_terms
from projections.quotations import lines_of, quotation, quotations, unanswered
from projections.reader import Reader
from tests.cooperative import ENTITY, FUND
from tests.projections.quoting import LAPSED, ORDER, credits_some, orders
from tests.projections.world import MARCH, World

FIRST = date(2026, 3, 1)


def test_an_order_shows_what_was_ordered_last_and_what_of_it_is_invoiced(
    world: World, reader: Reader
) -> None:
    orders(world, on=MARCH)
    credits_some(world, on=MARCH)
    world.project()
    found = quotation(reader, ORDER)
    assert found is not None
    assert (found.state, found.net_c, found.gross_c, found.invoiced_c) == (
        "confirmed",
        1_000_00,
        1_210_00,
        300_00,
    )
    assert (found.sent_on, found.answered_on, found.confirmed_on) == (FIRST, MARCH, MARCH)
    (one,) = lines_of(reader, ORDER)
    assert (one.description, one.unit_price, one.net_c) == ("Carpentry", "1000", 1_000_00)


def test_quotations_are_listed_by_state_the_latest_first(world: World, reader: Reader) -> None:
    orders(world, on=MARCH)
    world.project()
    assert [each.quotation_id for each in quotations(reader, entity_id=ENTITY)] == [ORDER, LAPSED]
    assert [each.quotation_id for each in quotations(reader, state="lapsed")] == [LAPSED]
    assert unanswered(reader, day=date(2026, 12, 31)) == []
    (terms,) = guarantee_terms(reader, FUND)
    assert (terms.needs_order, terms.valid_from) == (True, MARCH)


def test_live_replayed_and_examined_books_agree_and_a_wrong_figure_is_named(world: World) -> None:
    orders(world, on=MARCH)
    credits_some(world, on=MARCH)
    world.project()
    assert world.replay().equal
    assert examine_books(world.dsn, tenant="default", log=world.log).findings == ()
    world.tamper("UPDATE quotation SET invoiced_c = invoiced_c + 1 WHERE state = 'confirmed'")
    named = {finding.check for finding in examine_books(world.dsn, tenant="default", log=world.log).findings}
    assert "what is invoiced of an order are its invoices less their credit notes, net of VAT" in named
