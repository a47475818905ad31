"""What there is can be found by code, number and id, as it stands."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from domain.ledger.members import let_resignation_take_effect, resign
from domain.ledger.periods import close_period, stop_bookings
from projections import lookups
from projections.reader import Reader
from projections.trial_balance import trial_balance, trial_balance_sha256
from tests.cooperative import (
    ACCOUNT,
    ACCOUNT_ID,
    ACTIVITY,
    CLIENT,
    ENTITY,
    FUND,
    MEMBER,
    MONTHS,
    OTHER_MEMBER,
    found_entity,
    join,
)
from tests.projections.world import World


def test_everything_is_found_by_its_code(reader: Reader) -> None:
    entity = lookups.entity(reader, code="PILOT")
    assert entity is not None
    assert (entity.entity_id, entity.ordinal, entity.name) == (ENTITY, 1, "Pilot Cooperative")
    activity = lookups.activity(reader, entity_id=ENTITY, code="A1")
    assert activity is not None
    assert (activity.activity_id, activity.membership_ids) == (ACTIVITY, (MEMBER,))
    fund = lookups.fund(reader, entity_id=ENTITY, code="SOLIDARITY")
    assert fund is not None
    assert (fund.fund_id, fund.kind) == (FUND, "solidarity")
    account = lookups.bank_account(reader, ACCOUNT)
    assert account is not None
    assert (account.account_id, account.entity_id) == (ACCOUNT_ID, ENTITY)
    client = lookups.client(reader, CLIENT)
    assert client is not None
    assert (client.name, client.kind) == ("Client and Sons", "business")
    assert lookups.clients(reader) == [client]
    assert lookups.activities(reader) == [activity]
    assert lookups.funds(reader) == [fund]
    assert lookups.bank_accounts(reader) == [account]
    assert lookups.entity(reader, code="NOBODY") is None


def test_entities_stand_in_the_order_in_which_they_joined(world: World, reader: Reader) -> None:
    found_entity(world.perform, code="ANOTHER")
    world.project()
    assert [(each.code, each.ordinal) for each in lookups.entities(reader)] == [("PILOT", 1), ("ANOTHER", 2)]


def test_a_member_is_found_by_number_with_the_standing_of_the_day(world: World, reader: Reader) -> None:
    second = lookups.member(reader, entity_id=ENTITY, member_no=2)
    assert second is not None
    assert (second.membership_id, second.standing, second.name) == (OTHER_MEMBER, "member", "Member 102")
    world.perform(resign, membership_id=OTHER_MEMBER, received_on=date(2026, 3, 2))
    world.project()
    leaving = lookups.member(reader, membership_id=OTHER_MEMBER)
    assert leaving is not None
    assert (leaving.standing, leaving.leaves_on, leaving.member_no) == ("leaving", date(2026, 6, 30), 2)
    for n in (110, 111):
        join(world.perform, UUID(int=n))
    world.perform(let_resignation_take_effect, on=date(2026, 6, 30), membership_id=OTHER_MEMBER)
    world.project()
    assert [each.member_no for each in lookups.members(reader, entity_id=ENTITY)] == [1, 2, 3, 4]
    assert [each.member_no for each in lookups.members(reader, standing="former")] == [2]


def test_a_period_closes_with_the_digest_of_its_trial_balance(world: World, reader: Reader) -> None:
    world.perform(stop_bookings, entity_id=ENTITY, month=MONTHS[0])
    world.project()
    (stopped,) = lookups.periods(reader, entity_id=ENTITY, month=MONTHS[0])
    assert (stopped.state, stopped.trial_balance_sha256) == ("closing", None)
    balance = trial_balance(reader, entity_id=ENTITY, as_of=stopped.last_on)
    digest = trial_balance_sha256(balance.rows)
    world.perform(
        close_period,
        entity_id=ENTITY,
        month=MONTHS[0],
        position=balance.position,
        trial_balance_sha256=digest,
        debit_c=balance.total_debit_c,
        credit_c=balance.total_credit_c,
    )
    world.project()
    closed = lookups.periods(reader, entity_id=ENTITY)[0]
    assert (closed.state, closed.trial_balance_sha256, closed.digest_position) == (
        "closed",
        digest,
        balance.position,
    )
    assert [each.state for each in lookups.periods(reader)] == ["closed", *["open"] * (len(MONTHS) - 1)]
