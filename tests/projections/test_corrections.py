"""What a fund ordered and never paid, or got back by mistake, as the read models and the doctor see it."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from domain.aggregates.mutual_fund import MutualFund
from domain.ledger.advances import repay_advance
from domain.ledger.corrections import undo_repayment, withdraw_order
from domain.ledger.payments import aid_order_id
from projections.doctor.books import examine_books
from projections.fund_aid import aid
from projections.fund_balances import fund_balances
from projections.outgoings import payment_orders
from projections.reader import Reader
from tests import aiding
from tests.cooperative import FUND
from tests.projections.helping import help_from_the_fund
from tests.projections.world import MARCH, World

JANUARY = date(2026, 1, 15)
LENT = UUID(int=402)


def test_the_fund_stands_as_if_nothing_had_been_and_the_doctor_finds_no_fault(
    world: World, reader: Reader
) -> None:
    world.paid_invoice(on=JANUARY)
    help_from_the_fund(world, on=JANUARY, invoice_id=world.invoices(on=JANUARY).originator_id)
    world.perform(withdraw_order, order_id=aid_order_id(LENT), reason="a wrong account")
    aiding.pay(world.perform, LENT)
    (receipt,) = world.receives(2_00, on=MARCH)
    world.perform(repay_advance, aid_id=LENT, bank_line_id=receipt, amount_c=2_00)
    world.perform(undo_repayment, aid_id=LENT, bank_line_id=receipt, amount_c=1_50, reason="another one")
    world.project()
    states = {order.order_id: order.state for order in payment_orders(reader)}
    assert states[aid_order_id(LENT)] == "withdrawn"
    assert states[aid_order_id(LENT, 1)] == "approved"
    (lent,) = [each for each in aid(reader) if each.aid_id == LENT]
    assert (lent.state, lent.repaid_c, lent.outstanding_c, lent.paid_on) == ("open", 50, 1_50, MARCH)
    (row,) = fund_balances(reader, today=MARCH).rows
    assert row.cash_c == world.state(MutualFund, FUND).cash_c
    assert world.replay().equal
    assert examine_books(world.dsn, tenant="default", log=world.log).findings == ()
