"""A client that pays late, as staff see it: reminders, the claim with its days, and the doctor finds no fault."""

from __future__ import annotations

from datetime import date
from typing import Any

from domain.aggregates.activity import Activity
from domain.aggregates.invoice import Invoice
from domain.aggregates.mutual_fund import MutualFund
from domain.ledger.entities import set_parameter
from domain.ledger.late_payment import reverse_waiver
from domain.ledger.late_presets import EARNED_BY
from projections.activity_balances import activity_balances
from projections.bank_lines import unexplained_lines
from projections.doctor.books import examine_books
from projections.fund_balances import fund_balances
from projections.late_payments import LateClaimed, late_claims, reminders, spans_of
from projections.reader import Reader
from projections.receivables import invoice
from tests.cooperative import ACTIVITY, ENTITY, FUND
from tests.projections.lating import pays_late
from tests.projections.world import MARCH, World

JANUARY, CHARGED_C = date(2026, 1, 15), 110_00


def late(world: World) -> Invoice.Issued:
    issued = world.invoices(on=JANUARY)
    pays_late(world, issued.originator_id, on=MARCH)
    world.project()
    return issued


def claim(reader: Reader, issued: Invoice.Issued) -> LateClaimed:
    (found,) = late_claims(reader, entity_id=ENTITY, invoice_id=issued.originator_id)
    return found


def test_the_claim_shows_what_is_open_and_the_days_behind_it(world: World, reader: Reader) -> None:
    issued = late(world)
    found = claim(reader, issued)
    # 16 days from 15 February through 2 March at 10.5 %: 5.57; 1.00 waived, 40.00 of costs received.
    assert (found.through_on, found.interest_c, found.costs_c) == (MARCH, 5_57, 40_00)
    assert (found.paid_costs_c, found.paid_interest_c, found.waived_c, found.open_c) == (40_00, 0, 1_00, 4_57)
    (span,) = spans_of(reader, found.claim_id)
    assert (span.from_on, span.through_on, span.rate_bp) == (date(2026, 2, 15), MARCH, 1050)
    assert span.overdue_c == issued.gross_c
    shown = invoice(reader, issued.originator_id)
    assert shown is not None
    assert shown.open_c == issued.gross_c
    (waits,) = unexplained_lines(reader, entity_id=ENTITY)
    assert waits.left_c == 1_00


def test_what_is_asked_for_again_is_waived_no_more_and_open(world: World, reader: Reader) -> None:
    issued = late(world)
    asked: dict[str, Any] = {"invoice_id": issued.originator_id, "reason": "another client was meant"}
    world.perform(reverse_waiver, on=MARCH, amount_c=60, **asked)
    world.project()
    assert (claim(reader, issued).waived_c, claim(reader, issued).open_c) == (40, 5_17)
    world.perform(reverse_waiver, on=MARCH, **asked)
    world.project()
    assert (claim(reader, issued).waived_c, claim(reader, issued).open_c) == (0, 5_57)
    assert world.replay().equal
    assert examine_books(world.dsn, tenant="default", log=world.log).findings == ()


def test_a_reminder_shows_when_and_how_it_was_sent(world: World, reader: Reader) -> None:
    issued = late(world)
    (sent,) = reminders(reader, invoice_id=issued.originator_id)
    assert (sent.number, sent.sent_on, sent.channel, sent.fee_c) == (1, MARCH, "electronic", 0)


def test_the_balances_are_those_on_which_the_activity_decides(world: World, reader: Reader) -> None:
    late(world)
    (row,) = activity_balances(reader, activity_id=ACTIVITY).rows
    state = world.state(Activity, ACTIVITY)
    assert (row.result_c, row.collected_c) == (state.result_c, state.collected_c)
    assert row.collected_c == 40_00 - CHARGED_C


def test_live_replayed_and_examined_books_agree_and_a_wrong_span_is_named(world: World) -> None:
    late(world)
    assert world.replay().equal
    examined = examine_books(world.dsn, tenant="default", log=world.log)
    assert examined.findings == ()
    world.tamper("UPDATE late_claim_step SET in_all_c = in_all_c + 1")
    named = examine_books(world.dsn, tenant="default", log=world.log).findings
    assert "the interest of a claim in all is what its spans of days bear, rounded once" in {
        finding.check for finding in named
    }


def test_what_a_fund_earns_of_late_payers_is_its_cash_and_the_doctor_agrees(
    world: World, reader: Reader
) -> None:
    asked: dict[str, Any] = {"entity_id": ENTITY, "name": EARNED_BY, "value": "fund:SOLIDARITY"}
    world.perform(set_parameter, on=JANUARY, **asked, valid_from=JANUARY, source_ref="board 9")
    issued = late(world)
    found = claim(reader, issued)
    assert (found.earned_by, found.fund_id) == ("fund", FUND)
    (fund,) = fund_balances(reader, fund_id=FUND).rows
    assert fund.collected_c == fund.cash_c == world.state(MutualFund, FUND).cash_c == 40_00
    (row,) = activity_balances(reader, activity_id=ACTIVITY).rows
    assert row.collected_c == -CHARGED_C
    assert world.replay().equal
    assert examine_books(world.dsn, tenant="default", log=world.log).findings == ()
