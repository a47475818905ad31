"""What activities and funds stand at, now and at any past, with the facts behind it."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from domain.aggregates.activity import Activity
from domain.errors import Refusal
from domain.ledger.activities import activity_id, open_activity
from domain.ledger.claims import approve_claim, reject_claim
from domain.ledger.funds import amend_fund
from domain.ledger.payrolls import post_slip, request_payroll
from domain.payouts import PayoutRegime
from domain.slips import SlipLine, SlipType
from projections.activity_balances import activity_balances, activity_movements
from projections.activity_standing import ActivityStanding, activity_standings
from projections.dated_sums import Axis
from projections.fund_balances import FundBalance, fund_balances, fund_movements
from projections.reader import Reader
from tests import aiding
from tests.cooperative import ACTIVITY, ENTITY, FLOOR_C, FUND, MEMBER, line
from tests.projections.world import World

JANUARY = date(2026, 1, 10)
AID, OTHER_AID = UUID(int=401), UUID(int=402)


def of_activity(reader: Reader, **past: Any) -> ActivityStanding:
    (row,) = activity_standings(reader, today=JANUARY, activity_id=ACTIVITY, **past).rows
    return row


def of_fund(reader: Reader, **past: object) -> FundBalance:
    (row,) = fund_balances(reader, fund_id=FUND, **past).rows  # type: ignore[arg-type]
    return row


def test_an_activity_has_earned_its_sales_less_what_it_leaves_and_collected_what_was_paid(
    world: World, reader: Reader
) -> None:
    invoice = world.invoices(on=JANUARY)
    world.project()
    claimed = of_activity(reader)
    assert (claimed.result_c, claimed.open_receivable_net_c, claimed.collected_c) == (
        890_00,
        1_000_00,
        -110_00,
    )
    (receipt,) = world.receives(1_210_00, on=JANUARY, references=(invoice.reference,))
    world.allocates(receipt, invoice.originator_id, 1_210_00, on=JANUARY)
    world.project()
    paid = of_activity(reader)
    assert (paid.result_c, paid.open_receivable_net_c, paid.collected_c) == (890_00, 0, 890_00)
    behind = activity_movements(reader, activity_id=ACTIVITY)
    facts = [(move.fact, move.result_c, move.open_receivable_net_c) for move in behind]
    assert facts == [
        ("activity.opened.v1", 0, 0),
        ("invoice.issued.v1", 1_000_00, 1_000_00),
        ("activity.contribution-charged.v1", -100_00, 0),
        ("mutual-fund.contribution-charged.v1", -10_00, 0),
        ("invoice.payment-received.v1", 0, -1_000_00),
    ]


def test_the_balances_are_those_on_which_the_activity_decides(world: World, reader: Reader) -> None:
    invoice = world.invoices(on=JANUARY)
    world.invoices(line("33.33"), line("0.01", rate_bp=0), on=JANUARY)
    parts = world.receives(605_00, 1, on=JANUARY, references=(invoice.reference,))
    for receipt, amount_c in zip(parts, (605_00, 1), strict=True):
        world.allocates(receipt, invoice.originator_id, amount_c, on=JANUARY)
    world.project()
    shown, state = of_activity(reader), world.state(Activity, ACTIVITY)
    assert (shown.result_c, shown.open_receivable_net_c, shown.collected_c) == (
        state.result_c,
        state.open_net_c,
        state.collected_c,
    )
    assert state.open_net_c == 533_33


def test_what_is_promised_and_spent_is_shown_as_the_activity_knows_it(world: World, reader: Reader) -> None:
    world.paid_invoice(on=JANUARY)
    world.claims(UUID(int=701), on=JANUARY)
    world.claims(UUID(int=702), on=JANUARY)
    world.claims(UUID(int=703), on=JANUARY)
    world.perform(approve_claim, on=JANUARY, actor="bert", claim_id=UUID(int=702))
    world.perform(reject_claim, on=JANUARY, claim_id=UUID(int=703), reason="twice")
    world.project()
    shown, state = of_activity(reader), world.state(Activity, ACTIVITY)
    figures = (shown.result_c, shown.collected_c, shown.committed_c, shown.available_c)
    assert figures == (840_00, 840_00, 50_00, 790_00)
    assert figures == (state.result_c, state.collected_c, state.committed_c, state.available_c(0))


def test_a_wage_moves_from_promised_to_spent_with_its_slip(world: World, reader: Reader) -> None:
    world.paid_invoice(on=JANUARY)
    wage: dict[str, Any] = {"payroll_id": UUID(int=721)}
    world.perform(
        request_payroll, on=JANUARY, **wage, activity_id=ACTIVITY, employee_id=MEMBER, budget_c=840_00
    )
    world.project()
    assert (of_activity(reader).committed_c, of_activity(reader).available_c) == (840_00, 50_00)
    lines = [SlipLine(SlipType.GROSS, 672_00), SlipLine(SlipType.WAGE_TAX, -172_00)]
    slip: dict[str, Any] = {"slip_ref": "2026-01/1", "lines": lines, "net_c": 500_00, "employer_c": 168_01}
    world.perform(post_slip, on=JANUARY, **wage, **slip)
    world.project()
    shown, state = of_activity(reader), world.state(Activity, ACTIVITY)
    assert (shown.result_c, shown.committed_c, shown.available_c) == (49_99, 0, 49_99)
    assert (state.result_c, state.committed_c, state.available_c(0)) == (49_99, 0, 49_99)


def test_part_payments_collect_vat_and_net_to_the_cent(world: World, reader: Reader) -> None:
    invoice = world.invoices(on=JANUARY)
    parts = world.receives(605_00, 604_99, 1, on=JANUARY, references=(invoice.reference,))
    opens = []
    for receipt, amount_c in zip(parts, (605_00, 604_99, 1), strict=True):
        world.allocates(receipt, invoice.originator_id, amount_c, on=JANUARY)
        world.project()
        opens.append(of_activity(reader).open_receivable_net_c)
    assert opens == [500_00, 1, 0]
    assert of_fund(reader).collected_c == of_fund(reader).accrued_c == 10_00


def test_a_supply_of_december_counts_in_december_for_the_activity_and_in_january_for_the_books(
    world: World, reader: Reader
) -> None:
    world.invoices(on=JANUARY, supplied_on=date(2025, 12, 20))
    world.project()
    december = date(2025, 12, 31)
    assert of_activity(reader, as_of=december, axis=Axis.EFFECTIVE).result_c == 890_00
    assert of_activity(reader, as_of=december).result_c == 0
    assert of_activity(reader, as_of=JANUARY).result_c == 890_00


def test_an_activity_without_movement_stands_at_zero_from_the_day_it_opens(
    world: World, reader: Reader
) -> None:
    before = world.log.head().size
    world.perform(
        open_activity,
        on=JANUARY,
        entity_id=ENTITY,
        code="A2",
        membership_ids=[MEMBER],
        payout_regime=PayoutRegime.EMPLOYEE,
    )
    world.project()
    other = activity_id(ENTITY, "A2")
    (row,) = activity_balances(reader, activity_id=other).rows
    assert (row.result_c, row.collected_c) == (0, 0)
    assert activity_balances(reader, activity_id=other, known_at=before).rows == ()
    assert len(activity_balances(reader, entity_id=ENTITY, as_of=date(2025, 12, 31)).rows) == 1
    assert len(activity_balances(reader, entity_id=ENTITY).rows) == 2


def test_a_fund_pays_what_was_collected_down_to_its_floor(world: World, reader: Reader) -> None:
    invoice = world.invoices(line("1000000"), on=JANUARY)
    world.project()
    assert of_fund(reader).accrued_c == 10_000_00
    (receipt,) = world.receives(363_000_00, on=JANUARY, references=(invoice.reference,))
    world.allocates(receipt, invoice.originator_id, 363_000_00, on=JANUARY)
    world.project()
    fund = of_fund(reader)
    assert (fund.collected_c, fund.cash_c, fund.floor_c) == (3_000_00, 3_000_00, FLOOR_C)
    assert fund.available_c == 2_000_00

    world.grants(2_000_00, aid_id=AID, pay=False)
    world.project()
    known_at = world.log.head().size
    fund = of_fund(reader)
    assert (fund.promised_c, fund.cash_c, fund.available_c) == (2_000_00, 3_000_00, 0)
    aiding.pay(world.perform, AID)
    with pytest.raises(Refusal, match="floor"):
        world.grants(1, aid_id=OTHER_AID)
    world.project()
    fund = of_fund(reader)
    assert (fund.promised_c, fund.given_c, fund.cash_c, fund.available_c) == (0, 2_000_00, 1_000_00, 0)
    assert of_fund(reader, known_at=known_at).promised_c == 2_000_00
    assert of_fund(reader, as_of=JANUARY).given_c == 0
    assert [move.given_c for move in fund_movements(reader, fund_id=FUND)] == [0, 0, 0, 0, 2_000_00]


def test_a_floor_and_a_cap_are_shown_as_they_are_in_force(world: World, reader: Reader) -> None:
    known_at = world.log.head().size
    july = date(2026, 7, 1)
    says: dict[str, Any] = {
        "valid_from": july,
        "floor_c": 2_000_00,
        "cap_c": 500_00,
        "decision_ref": "board 9",
    }
    world.perform(amend_fund, fund_id=FUND, **says)
    world.project()

    def terms(**past: Any) -> tuple[int, int | None]:
        fund = of_fund(reader, **past)
        return fund.floor_c, fund.cap_c

    before, after = (FLOOR_C, None), (2_000_00, 500_00)
    assert terms(today=date(2026, 6, 30)) == terms(as_of=date(2026, 6, 30)) == before
    assert terms(today=july) == terms(as_of=july) == terms() == after
    assert terms(known_at=known_at) == before


def test_what_the_activities_leave_to_the_cooperative_is_its_own_result(world: World, reader: Reader) -> None:
    invoice = world.invoices(on=JANUARY)
    world.project()
    known_at = world.log.head().size
    world.invoices(on=date(2026, 2, 3))
    world.project()
    assert invoice.contribution_c == 100_00

    def own(**past: Any) -> list[tuple[UUID, int]]:
        return [(row.entity_id, row.result_c) for row in activity_balances(reader, **past).cooperative]

    assert own() == own(entity_id=ENTITY) == [(ENTITY, 200_00)]
    assert own(known_at=known_at) == own(as_of=date(2026, 1, 31)) == [(ENTITY, 100_00)]
    assert own(activity_id=ACTIVITY) == []
