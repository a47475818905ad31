"""Who left, what is owed for the shares and what is disputed is seen as it stands, and at any past."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from domain.ledger.disputes import settle_dispute
from domain.ledger.explanations import undo_clearing
from domain.ledger.merging import merge_memberships, undo_merge
from domain.ledger.payments import approve_payment, clear_payment, return_payout, undo_payout_return
from domain.ledger.withdrawals import order_withdrawal_payment
from projections import lookups
from projections.member_cases import disputes, exclusions
from projections.reader import Reader
from projections.share_register import share_register
from projections.trial_balance import trial_balance
from projections.withdrawals import withdrawals_owed
from tests.cooperative import ENTITY, MEMBER, OTHER_MEMBER
from tests.projections.departing import (
    DISPUTE,
    EXCLUSION,
    SECOND,
    TAKER,
    THIRD,
    WITHDRAWAL,
    board_tests,
    departs,
)
from tests.projections.world import MARCH, World

JANUARY = date(2026, 1, 15)
ORDER = UUID(int=420)


def test_the_register_tells_every_movement_and_holds_what_is_left(world: World, reader: Reader) -> None:
    world.takes_shares(2, on=JANUARY)
    departs(world)
    shown = share_register(reader, entity_id=ENTITY)
    assert [(each.register_no, each.kind, each.qty, each.from_seq) for each in shown.entries] == [
        (1, "allotted", 2, 1),
        (2, "transferred-out", 1, 1),
        (2, "transferred-in", 1, 1),
        (3, "cancelled", 1, 2),
    ]
    assert shown.entries[1].other_account_id == shown.entries[2].account_id
    held = {each.membership_id: (each.held, each.held_c) for each in shown.holdings}
    assert held == {MEMBER: (0, 0), TAKER: (1, 250_00)}
    then = share_register(reader, entity_id=ENTITY, as_of=date(2026, 2, 1))
    assert [(each.membership_id, each.held) for each in then.holdings] == [(MEMBER, 2)]
    assert [each.kind for each in then.entries] == ["allotted"]
    rows = {row.account: row for row in trial_balance(reader, entity_id=ENTITY).rows}
    assert rows["1109"].balance_credit_c == sum(each.held_c for each in shown.holdings)


def test_a_withdrawal_share_is_followed_from_its_suspension_to_the_bank(world: World, reader: Reader) -> None:
    world.takes_shares(2, on=JANUARY)
    departs(world)
    before = world.log.head().size
    shown = withdrawals_owed(reader, entity_id=ENTITY)
    (owed,) = shown.withdrawals
    assert (owed.withdrawal_id, owed.membership_id, owed.qty) == (WITHDRAWAL, MEMBER, 1)
    assert (owed.owed_c, owed.suspended_c, owed.blocked_c, owed.paid_c) == (240_00, 240_00, 40_00, 0)
    assert [each.distributable_c for each in shown.tests] == [0]
    board_tests(world, 500_00)
    world.perform(settle_dispute, dispute_id=DISPUTE, outcome="Nothing is owed")
    world.perform(
        order_withdrawal_payment,
        order_id=ORDER,
        withdrawal_id=WITHDRAWAL,
        amount_c=240_00,
        payee_iban="BE29539000000289",
    )
    world.perform(approve_payment, actor="bert", order_id=ORDER)
    (line,) = world.receives(-240_00, on=MARCH)
    world.perform(clear_payment, bank_line_id=line, order_id=ORDER)
    world.project()
    (paid,) = withdrawals_owed(reader, entity_id=ENTITY).withdrawals
    assert (paid.ordered_c, paid.paid_c, paid.suspended_c, paid.blocked_c) == (240_00, 240_00, 0, 0)
    assert withdrawals_owed(reader, entity_id=ENTITY, known_at=before).withdrawals == (owed,)
    assert withdrawals_owed(reader, entity_id=ENTITY, as_of=JANUARY).withdrawals == ()
    rows = {row.account: row for row in trial_balance(reader, entity_id=ENTITY).rows}
    assert rows["4892"].balance_credit_c == rows["4892"].balance_debit_c == 0
    (back,) = world.receives(240_00, on=MARCH)
    world.perform(return_payout, bank_line_id=back, order_id=ORDER, reason_code="AC04")
    world.perform(undo_payout_return, order_id=ORDER, reason="another receipt")
    world.project()
    assert withdrawals_owed(reader, entity_id=ENTITY).withdrawals == (paid,)
    world.perform(undo_clearing, order_id=ORDER, reason="another line")
    world.project()
    (unpaid,) = withdrawals_owed(reader, entity_id=ENTITY).withdrawals
    assert (unpaid.ordered_c, unpaid.paid_c) == (240_00, 0)


def test_exclusions_and_disputes_are_shown_as_they_stand(world: World, reader: Reader) -> None:
    world.takes_shares(2, on=JANUARY)
    departs(world)
    (case,) = exclusions(reader, entity_id=ENTITY)
    assert (case.exclusion_id, case.membership_id, case.state) == (EXCLUSION, SECOND, "proposed")
    assert (case.answer_by, case.decided_on) == (date(2026, 4, 2), None)
    (dispute,) = disputes(reader, entity_id=ENTITY)
    assert (dispute.dispute_id, dispute.blocked_c, dispute.settled_on) == (DISPUTE, 40_00, None)
    world.perform(settle_dispute, dispute_id=DISPUTE, outcome="Nothing is owed")
    world.project()
    assert [each.settled_on for each in disputes(reader)] == [MARCH]


def test_the_shares_of_a_merged_membership_count_for_the_other_as_long_as_it_is_merged(
    world: World, reader: Reader
) -> None:
    world.takes_shares(2, on=JANUARY)
    before = world.log.head().size
    world.perform(merge_memberships, membership_id=MEMBER, into_id=OTHER_MEMBER, reason="The same person")
    merged = world.log.head().size
    world.project()
    (held,) = share_register(reader, membership_id=OTHER_MEMBER).holdings
    assert (held.membership_id, held.holder_id, held.held) == (MEMBER, OTHER_MEMBER, 2)
    assert len(share_register(reader, membership_id=OTHER_MEMBER).entries) == 1
    world.perform(undo_merge, membership_id=MEMBER, reason="A namesake")
    world.project()
    pasts: tuple[dict[str, Any], ...] = ({}, {"known_at": before}, {"as_of": JANUARY})
    for past in pasts:
        assert share_register(reader, membership_id=OTHER_MEMBER, **past).holdings == ()
        (own,) = share_register(reader, membership_id=MEMBER, **past).holdings
        assert own.holder_id == MEMBER
    (then,) = share_register(reader, membership_id=OTHER_MEMBER, known_at=merged).holdings
    assert then == held


def test_a_membership_is_shown_as_it_ended_and_as_what_stands_for_it(world: World, reader: Reader) -> None:
    world.takes_shares(2, on=JANUARY)
    departs(world)
    first = lookups.member(reader, membership_id=MEMBER)
    third = lookups.member(reader, membership_id=THIRD)
    assert first is not None
    assert third is not None
    assert (first.standing, first.ended_by, first.leaves_on) == ("former", "deemed-resignation", MARCH)
    assert (third.standing, third.merged_into) == ("member", SECOND)
