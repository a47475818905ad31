"""The statement of a member: what stood before, every fact of the period, and what stands after."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from domain.errors import UnknownRecord
from domain.ledger.activities import open_activity
from domain.ledger.claims import approve_claim
from domain.ledger.payments import approve_payment, clear_payment, order_claim_payment
from domain.payouts import PayoutRegime
from projections.dated_sums import Axis
from projections.errors import PeriodReversed
from projections.member_statement import MemberStatement, member_statement
from projections.reader import Reader
from tests.cooperative import ACTIVITY, ENTITY, MEMBER, OTHER_MEMBER
from tests.projections.dividing import DUE, PAID_BY, gives_a_dividend, orders_it
from tests.projections.world import MARCH, World
from tests.projections.years import open_and_adjust_a_year

JANUARY, FEBRUARY = date(2026, 1, 10), date(2026, 2, 10)
FIRST, LAST = date(2026, 2, 1), date(2026, 2, 28)
CLAIM, ORDER, WAGE = UUID(int=701), UUID(int=702), UUID(int=703)


def of_member(reader: Reader, *, first_on: date = FIRST, last_on: date = LAST) -> MemberStatement:
    return member_statement(reader, MEMBER, first_on=first_on, last_on=last_on)


def test_the_movements_of_a_period_are_the_difference_of_its_balances(world: World, reader: Reader) -> None:
    world.paid_invoice(on=JANUARY)
    world.paid_invoice(on=FEBRUARY)
    world.invoices(on=FEBRUARY)
    world.claims(CLAIM, on=FEBRUARY)
    world.invoices(on=date(2026, 3, 3))
    world.project()
    statement = of_member(reader)
    (activity,) = statement.activities
    before, after = activity.opening, activity.closing
    assert before is not None
    assert after is not None
    for name in ("result_c", "open_receivable_net_c", "committed_c"):
        moved_c = sum(getattr(move, name) for move in activity.movements)
        assert moved_c == getattr(after, name) - getattr(before, name), name
    assert (before.result_c, after.result_c) == (890_00, 3 * 890_00)
    assert (before.available_c, after.available_c) == (890_00, 3 * 890_00 - 1_000_00 - 50_00)
    facts = {move.position: move.fact for move in activity.movements}
    assert all(fact == world.log.at(position).event.TOPIC for position, fact in facts.items())
    assert {move.booked_on for move in activity.movements} == {FEBRUARY}
    assert statement.position == world.log.head().size


def test_an_invoice_stands_open_as_it_was_on_the_last_day(world: World, reader: Reader) -> None:
    invoice = world.invoices(on=FEBRUARY)
    (receipt,) = world.receives(1_210_00, on=date(2026, 3, 3), references=(invoice.reference,))
    world.allocates(receipt, invoice.originator_id, 1_210_00, on=date(2026, 3, 3))
    world.project()
    (open_then,) = of_member(reader).activities[0].open_invoices
    assert (open_then.invoice_no, open_then.open_c, open_then.gross_c) == (
        invoice.invoice_no,
        1_210_00,
        1_210_00,
    )
    assert world.log.at(open_then.position).event == invoice
    assert of_member(reader, last_on=date(2026, 3, 3)).activities[0].open_invoices == ()
    assert of_member(reader, first_on=JANUARY, last_on=JANUARY).activities[0].open_invoices == ()


def test_claims_and_wages_are_told_with_what_became_of_them(world: World, reader: Reader) -> None:
    world.paid_invoice(on=JANUARY)
    world.claims(CLAIM, on=JANUARY)
    world.asks_a_wage(WAGE, budget_c=100_00, on=FEBRUARY)
    world.posts_a_slip(WAGE, gross_c=80_00, on=FEBRUARY)
    world.project()
    statement = of_member(reader)
    assert [(each.claim_id, each.state, each.payment) for each in statement.claims] == [
        (CLAIM, "submitted", None)
    ]
    (wage,) = statement.wages
    assert (wage.state, wage.net_c, wage.payment) == ("posted", 80_00, None)
    world.perform(approve_claim, on=JANUARY, actor="bert", claim_id=CLAIM)
    iban = "BE29539000000289"
    world.perform(order_claim_payment, on=JANUARY, order_id=ORDER, claim_id=CLAIM, payee_iban=iban)
    world.perform(approve_payment, on=JANUARY, actor="bert", order_id=ORDER)
    world.project()
    (claim,) = of_member(reader).claims
    assert (claim.state, claim.payment, claim.purpose) == ("approved", "approved", "screws for the workbench")


def test_a_claim_that_was_settled_before_the_period_is_no_part_of_it(world: World, reader: Reader) -> None:
    world.paid_invoice(on=JANUARY)
    world.pays_a_claim(on=JANUARY)
    world.project()
    assert of_member(reader).claims == ()
    assert [each.payment for each in of_member(reader, first_on=JANUARY).claims] == ["cleared"]


def test_the_shares_are_those_held_on_the_last_day(world: World, reader: Reader) -> None:
    world.takes_shares(2, on=FEBRUARY)
    world.project()
    (holding,) = of_member(reader).shares.holdings
    assert (holding.allotted, holding.paid_c) == (2, 500_00)
    assert of_member(reader, first_on=JANUARY, last_on=JANUARY).shares.entries == ()


def test_an_activity_that_began_in_the_period_has_no_opening_balance(world: World, reader: Reader) -> None:
    begun: dict[str, Any] = {"code": "A9", "membership_ids": [MEMBER], "payout_regime": PayoutRegime.EMPLOYEE}
    world.perform(open_activity, on=FEBRUARY, entity_id=ENTITY, **begun)
    world.project()
    activities = {each.code: each for each in of_member(reader).activities}
    assert activities["A9"].opening is None
    assert activities["A9"].closing is not None
    (other,) = [each for each in activities.values() if each.activity_id == ACTIVITY]
    assert other.opening is not None


def test_a_member_without_activities_has_a_statement_too(world: World, reader: Reader) -> None:
    statement = member_statement(reader, OTHER_MEMBER, first_on=FIRST, last_on=LAST, axis=Axis.EFFECTIVE)
    assert (statement.member.membership_id, statement.activities, statement.claims) == (OTHER_MEMBER, (), ())


def test_a_dividend_stands_in_it_from_the_day_on_which_its_holder_is_named_until_it_is_paid(
    world: World, reader: Reader
) -> None:
    """And what their activity is given of a patronage refund is one of its movements."""
    world.invoices(on=date(2025, 12, 15))
    world.takes_shares(2, on=JANUARY)
    open_and_adjust_a_year(world)
    gives_a_dividend(world, patronage_c=7_77)
    world.project()
    of_march = {"first_on": MARCH, "last_on": MARCH}
    (due,) = of_member(reader, **of_march).dividends
    assert (due.dividend_due_id, due.share_class, due.qty, due.determined_on) == (DUE, "A", 2, MARCH)
    assert (due.gross_c, due.withheld_c, due.net_c, due.payment) == (11_10, 3_33, 7_77, None)
    assert of_member(reader).dividends == ()
    assert 7_77 in [
        move.result_c for each in of_member(reader, **of_march).activities for move in each.movements
    ]
    orders_it(world)
    world.project()
    later = {"first_on": date(2026, 3, 31), "last_on": date(2026, 3, 31)}
    assert [(each.payment, each.order_id) for each in of_member(reader, **later).dividends] == [
        ("approved", PAID_BY)
    ]
    (line,) = world.receives(-7_77, on=MARCH)
    world.perform(clear_payment, bank_line_id=line, order_id=PAID_BY)
    world.project()
    assert of_member(reader, **later).dividends == ()
    assert [each.payment for each in of_member(reader, **of_march).dividends] == ["cleared"]


def test_nobody_and_no_period_are_refused(reader: Reader) -> None:
    with pytest.raises(UnknownRecord):
        member_statement(reader, UUID(int=1), first_on=FIRST, last_on=LAST)
    with pytest.raises(PeriodReversed):
        of_member(reader, first_on=LAST, last_on=FIRST)
