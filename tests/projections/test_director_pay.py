"""A director's pay, as staff see it beside the wages, and the doctor agrees."""

from __future__ import annotations

from datetime import date

from projections.doctor.books import examine_books
from projections.payrolls import payrolls
from projections.reader import Reader
from tests.projections.directing import PAY, PAY_ORDER, earns_as_a_director, is_paid_as_a_director
from tests.projections.world import World

JANUARY = date(2026, 1, 15)


def test_a_director_is_paid_beside_the_employees_and_every_figure_agrees(
    world: World, reader: Reader
) -> None:
    world.paid_invoice(on=JANUARY)
    world.pays_a_wage(on=JANUARY)
    earns_as_a_director(world, on=JANUARY)
    world.project()
    assert examine_books(world.dsn, tenant="default", log=world.log).findings == ()
    is_paid_as_a_director(world, on=JANUARY)
    world.project()
    (shown,) = (each for each in payrolls(reader) if each.payroll_id == PAY)
    assert (shown.state, shown.net_c, shown.cost_c) == ("posted", 500_00, 800_00)
    assert shown.order_id == PAY_ORDER
    assert world.replay().equal
    assert examine_books(world.dsn, tenant="default", log=world.log).findings == ()
