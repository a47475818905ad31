"""Credit notes as staff see them: the document, the open item, the balances, what is owed to the client."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from domain.aggregates.activity import Activity
from domain.aggregates.mutual_fund import MutualFund
from domain.ledger.entities import set_parameter
from domain.ledger.presets import ACTIVITY_OVERDRAFT_C
from projections.activity_balances import activity_balances, activity_movements
from projections.activity_standing import ActivityStanding, activity_standings
from projections.credit_notes import credit_note, credit_notes, credited_rows
from projections.fund_balances import fund_balances, fund_movements
from projections.journal import journal_lines
from projections.overpayments import overpayments, owed_to_clients
from projections.reader import Reader
from projections.receivables import invoice, open_receivables
from tests.cooperative import ACTIVITY, CLIENT, ENTITY, FUND, line
from tests.projections.crediting import credits_invoice
from tests.projections.world import World

JANUARY, FEBRUARY = date(2026, 1, 15), date(2026, 2, 2)


def test_a_credit_note_is_listed_with_its_rows_and_leaves_less_open(world: World, reader: Reader) -> None:
    issued = world.invoices(line("100", rate_bp=0), line("300"), on=JANUARY)
    first = credits_invoice(world, issued.originator_id, on=JANUARY, base_c=100_00)
    second = credits_invoice(world, issued.originator_id, on=FEBRUARY)
    world.project()

    listed = credit_notes(reader, entity_id=ENTITY)
    assert [each.credit_note_no for each in listed] == ["2026-C-000002", "2026-C-000001"]
    assert credit_notes(reader, invoice_id=UUID(int=9)) == []
    assert credit_notes(reader, before=listed[0].position, limit=1) == listed[1:]
    shown = credit_note(reader, second.originator_id)
    assert shown is not None
    assert (shown.invoice_no, shown.gross_c, shown.contribution_c) == ("2026-F-000001", 342_00, 30_00)
    assert (shown.buyer, shown.reason) == ("Client and Sons", "not delivered")
    rows = credited_rows(reader, second.originator_id)
    assert [(row.rate_bp, row.base_c, row.vat_c) for row in rows] == [
        (0, 100_00, 0),
        (2_100, 200_00, 42_00),
    ]
    assert credit_note(reader, UUID(int=9)) is None
    standing = invoice(reader, issued.originator_id)
    assert standing is not None
    assert (standing.gross_c, standing.credited_c, standing.open_c) == (463_00, 463_00, 0)
    assert open_receivables(reader) == []
    assert first.gross_c == 121_00


@pytest.mark.parametrize("paid_c", [0, 1, 333_33, 462_99, 463_00])
@pytest.mark.parametrize("credited_c", [1, 99_99, 300_00])
def test_the_balances_are_those_on_which_activity_and_fund_decide(
    world: World, reader: Reader, paid_c: int, credited_c: int
) -> None:
    issued = world.invoices(line("100", rate_bp=0), line("300"), on=JANUARY)
    if paid_c:
        (receipt,) = world.receives(paid_c, on=JANUARY, references=(issued.reference,))
        world.allocates(receipt, issued.originator_id, paid_c, on=JANUARY)
    credits_invoice(world, issued.originator_id, on=FEBRUARY, base_c=credited_c)
    world.project()

    (row,) = activity_balances(reader, activity_id=ACTIVITY).rows
    state = world.state(Activity, ACTIVITY)
    assert (row.result_c, row.open_receivable_net_c, row.collected_c) == (
        state.result_c,
        state.open_net_c,
        state.collected_c,
    )
    (fund,) = fund_balances(reader, fund_id=FUND).rows
    assert fund.collected_c == world.state(MutualFund, FUND).collected_c
    assert fund.accrued_c == sum(
        each.credit_c - each.debit_c for each in journal_lines(reader, account="4895")
    )
    (before,) = activity_balances(reader, activity_id=ACTIVITY, as_of=JANUARY).rows
    assert before.result_c == 356_00


def test_each_figure_leads_to_the_credit_note(world: World, reader: Reader) -> None:
    issued = world.paid_invoice(on=JANUARY)
    note = credits_invoice(world, issued.originator_id, on=FEBRUARY, base_c=400_00)
    world.project()
    behind = activity_movements(reader, activity_id=ACTIVITY)
    moved = {each.fact: each.result_c for each in behind if each.document_id == note.originator_id}
    assert moved == {
        "credit-note.issued.v1": -400_00,
        "activity.contribution-reversed.v1": 40_00,
        "mutual-fund.contribution-reversed.v1": 4_00,
    }
    of_note = [each for each in fund_movements(reader, fund_id=FUND) if each.accrued_c < 0]
    assert [(each.accrued_c, each.document_id) for each in of_note] == [(-4_00, note.originator_id)]


def test_what_was_paid_beyond_is_seen_by_receipt_and_by_client(world: World, reader: Reader) -> None:
    first, second = world.paid_invoice(on=JANUARY), world.paid_invoice(on=JANUARY)
    credits_invoice(world, first.originator_id, on=FEBRUARY)
    credits_invoice(world, second.originator_id, on=FEBRUARY, base_c=100_00)
    world.project()
    assert sorted(each.held_c for each in overpayments(reader)) == [121_00, 1_210_00]
    (owed,) = owed_to_clients(reader, entity_id=ENTITY)
    assert (owed.client_id, owed.held_c) == (CLIENT, 1_331_00)
    assert owed_to_clients(reader, entity_id=UUID(int=9)) == []


def standing(reader: Reader, today: date = FEBRUARY) -> ActivityStanding:
    (row,) = activity_standings(reader, today=today, activity_id=ACTIVITY).rows
    return row


def test_an_activity_says_that_its_payouts_are_held_until_it_may_overdraw_so_far(
    world: World, reader: Reader
) -> None:
    issued = world.paid_invoice(on=JANUARY)
    world.pays_a_claim(on=JANUARY)
    world.project()
    before = standing(reader)
    assert (before.available_c, before.payouts_held) == (840_00, False)
    credits_invoice(world, issued.originator_id, on=FEBRUARY)
    world.project()
    held = standing(reader)
    assert (held.available_c, held.overdraft_c, held.payouts_held) == (-50_00, 0, True)

    later = date(2026, 3, 1)
    world.perform(
        set_parameter,
        on=FEBRUARY,
        entity_id=ENTITY,
        name=ACTIVITY_OVERDRAFT_C,
        value="5000",
        valid_from=later,
        source_ref="board",
    )
    world.project()
    still, freed = standing(reader), standing(reader, later)
    assert (still.payouts_held, freed.payouts_held, freed.overdraft_c) == (True, False, 50_00)
