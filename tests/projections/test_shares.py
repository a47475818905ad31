"""The register of shares says who holds which numbers, at any past, in step with the books."""

from __future__ import annotations

from datetime import date

from domain.ledger.shares import subscribe_shares
from projections.bank_lines import bank_line
from projections.dated_sums import Axis
from projections.reader import Reader
from projections.share_register import ShareHolding, share_register
from projections.trial_balance import trial_balance
from tests.cooperative import ENTITY, MEMBER, OTHER_MEMBER
from tests.projections.world import SHARES, World

JANUARY, MARCH = date(2026, 1, 15), date(2026, 3, 2)


def test_the_register_shows_what_was_subscribed_paid_and_allotted(world: World, reader: Reader) -> None:
    line = world.takes_shares(3, on=JANUARY)
    world.perform(
        subscribe_shares, on=MARCH, membership_id=OTHER_MEMBER, share_class="A", qty=1, price_c=260_00
    )
    world.project()
    held = share_register(reader, entity_id=ENTITY)
    assert held.position == world.log.head().size
    mine, theirs = sorted(held.holdings, key=lambda holding: holding.subscribed, reverse=True)
    assert mine == ShareHolding(SHARES, ENTITY, MEMBER, MEMBER, "A", 3, 750_00, 750_00, 3, 750_00, 3, 750_00)
    assert (theirs.membership_id, theirs.subscribed_c, theirs.paid_c, theirs.allotted) == (
        OTHER_MEMBER,
        260_00,
        0,
        0,
    )
    (entry,) = held.entries
    assert (entry.register_no, entry.membership_id, entry.from_seq, entry.to_seq) == (1, MEMBER, 1, 3)
    paid_by = bank_line(reader, line)
    assert paid_by is not None
    assert paid_by.left_c == 0
    assert share_register(reader, membership_id=OTHER_MEMBER).holdings == (theirs,)
    assert share_register(reader, membership_id=OTHER_MEMBER).entries == ()


def test_the_register_and_the_books_stand_in_step(world: World, reader: Reader) -> None:
    world.takes_shares(3, on=JANUARY)
    world.project()
    rows = {row.account: row for row in trial_balance(reader, entity_id=ENTITY).rows}
    held = share_register(reader, entity_id=ENTITY)
    assert rows["1109"].balance_credit_c == sum(holding.allotted_c for holding in held.holdings) == 750_00
    assert rows["4891"].balance_credit_c == 0


def test_the_register_can_be_asked_for_any_past(world: World, reader: Reader) -> None:
    world.takes_shares(3, on=JANUARY)
    before = world.log.head().size
    world.perform(subscribe_shares, on=MARCH, membership_id=MEMBER, share_class="A", qty=1, price_c=250_00)
    world.project()
    assert share_register(reader, as_of=date(2026, 1, 14)).entries == ()
    for past in ({"as_of": date(2026, 2, 1)}, {"known_at": before}):
        (then,) = share_register(reader, **past).holdings
        assert (then.subscribed, then.allotted) == (3, 3)
    before_allotment = share_register(reader, known_at=before - 3, axis=Axis.EFFECTIVE)
    assert before_allotment.entries == ()
    assert [holding.allotted for holding in before_allotment.holdings] == [0]
