"""The dated parameters of an entity, as who reads them needs them: each value with its day and source."""

from __future__ import annotations

from datetime import date
from typing import Any

from domain.ledger.entities import set_parameter
from domain.ledger.presets import ACTIVITY_OVERDRAFT_C, BELGIAN_COOPERATIVE
from projections.doctor.books import examine_books
from projections.parameters import parameters
from projections.reader import Reader
from tests.cooperative import ENTITY
from tests.projections.world import MARCH, World

JUNE = date(2026, 6, 1)


def test_each_value_stands_with_its_day_and_source_and_one_of_them_is_in_force(
    world: World, reader: Reader
) -> None:
    for value, valid_from in (("10000", JUNE), ("20000", JUNE)):
        asked: dict[str, Any] = {"entity_id": ENTITY, "name": ACTIVITY_OVERDRAFT_C, "value": value}
        world.perform(set_parameter, **asked, valid_from=valid_from, source_ref="board 4")
    world.project()
    asked = {"entity_id": ENTITY, "name": ACTIVITY_OVERDRAFT_C}
    assert [each.value for each in parameters(reader, **asked)] == ["0", "10000", "20000"]
    (before,) = parameters(reader, **asked, as_of=MARCH)
    (after,) = parameters(reader, **asked, as_of=JUNE)
    assert (before.value, after.value, after.source_ref, after.set_by) == ("0", "20000", "board 4", "anna")
    in_force = parameters(reader, entity_id=ENTITY, as_of=MARCH)
    assert {each.name for each in in_force} == {name for name, *_ in BELGIAN_COOPERATIVE}
    assert world.replay().equal
    assert examine_books(world.dsn, tenant="default", log=world.log).findings == ()
