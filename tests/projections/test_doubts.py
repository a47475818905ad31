"""A client that went bankrupt, as staff see it: the open item, the balances, and the doctor finds no fault."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from domain.aggregates.activity import Activity
from domain.aggregates.invoice import Invoice
from domain.ledger.doubts import declare_doubt, record_value_adjustment
from domain.ledger.losses import receive_recovery, reclaim_vat, undo_recovery
from projections.activity_balances import activity_balances
from projections.activity_standing import activity_standings
from projections.doctor.books import examine_books
from projections.reader import Reader
from projections.receivables import invoice
from projections.vat_return import vat_return
from tests.cooperative import ACTIVITY, ENTITY
from tests.projections.doubting import goes_bankrupt
from tests.projections.world import World

JANUARY, MONTH_END, CHARGED_C = date(2026, 1, 15), date(2026, 1, 31), 110_00


def bankrupt(world: World) -> Invoice.Issued:
    issued = world.invoices(on=JANUARY)
    goes_bankrupt(world, issued.originator_id, on=JANUARY, month_end=MONTH_END)
    world.project()
    return issued


def test_the_open_item_shows_what_is_doubtful_written_off_and_recovered(world: World, reader: Reader) -> None:
    shown = invoice(reader, bankrupt(world).originator_id)
    assert shown is not None
    # Of 847.00 in doubt 147.00 VAT was reclaimed and 600.00 lost; of 121.00 that came, 21.00 is VAT.
    assert (shown.open_c, shown.doubtful_c, shown.adjusted_c) == (363_00, 0, 0)
    assert (shown.written_off_c, shown.recovered_c) == (747_00, 121_00)


def test_the_balances_are_those_on_which_the_activity_decides(world: World, reader: Reader) -> None:
    bankrupt(world)
    (row,) = activity_balances(reader, activity_id=ACTIVITY).rows
    state = world.state(Activity, ACTIVITY)
    assert (row.result_c, row.open_receivable_net_c) == (state.result_c, state.open_net_c)
    assert row.open_receivable_net_c == 300_00
    assert row.collected_c == 100_00 - CHARGED_C
    (standing,) = activity_standings(reader, today=MONTH_END, activity_id=ACTIVITY).rows
    assert (standing.doubtful_c, standing.overdue_c) == (0, 0)


def test_live_replayed_and_examined_books_agree(world: World) -> None:
    bankrupt(world)
    assert world.replay().equal
    examined = examine_books(world.dsn, tenant="default", log=world.log)
    assert examined.findings == ()


def test_a_recovery_that_is_taken_back_leaves_every_view_as_it_was(world: World, reader: Reader) -> None:
    """Of what is bare of VAT 900.00 were adjusted: what came took 121.00 less VAT off that, and gives it back."""
    invoice_id = world.invoices(on=JANUARY).originator_id
    asked: dict[str, Any] = {"invoice_id": invoice_id, "on": MONTH_END}
    world.perform(declare_doubt, reason="bankrupt", amount_c=None, **asked)
    world.perform(record_value_adjustment, amount_c=1_000_00, **asked)
    world.perform(reclaim_vat, judgment_on=MONTH_END, **asked)
    before = seen(world, reader, invoice_id)
    (line,) = world.receives(121_00, on=MONTH_END)
    world.perform(receive_recovery, bank_line_id=line, amount_c=121_00, **asked)
    assert seen(world, reader, invoice_id) != before
    world.perform(undo_recovery, bank_line_id=line, reason="the estate of another", **asked)
    assert seen(world, reader, invoice_id) == before
    (row,) = activity_balances(reader, activity_id=ACTIVITY).rows
    state = world.state(Activity, ACTIVITY)
    assert (row.result_c, row.open_receivable_net_c) == (state.result_c, state.open_net_c)
    declared = vat_return(reader, entity_id=ENTITY, first_on=date(2026, 1, 1), last_on=MONTH_END)
    assert declared.reconciled
    assert (declared.grids["61"], declared.grids["62"]) == (21_00, 210_00 + 21_00)
    assert world.replay().equal
    assert examine_books(world.dsn, tenant="default", log=world.log).findings == ()


def seen(world: World, reader: Reader, invoice_id: UUID) -> tuple[object, ...]:
    """What is open of the invoice, and the balances of its activity."""
    world.project()
    shown = invoice(reader, invoice_id)
    assert shown is not None
    (row,) = activity_balances(reader, activity_id=ACTIVITY).rows
    figures = (row.result_c, row.open_receivable_net_c, row.collected_c)
    return (shown.open_c, shown.doubtful_c, shown.adjusted_c, shown.written_off_c, shown.recovered_c, figures)
