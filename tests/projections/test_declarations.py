"""A declaration that was filed by mistake and filed anew, as staff see it: both are shown, and the doctor agrees."""

from __future__ import annotations

from datetime import date
from typing import Any

from domain.aggregates.declaration import Levy
from domain.ledger.declarations import declaration_id, file_declaration, withdraw_declaration
from projections.doctor.books import examine_books
from projections.purchases import declarations
from projections.reader import Reader
from projections.trial_balance import trial_balance
from tests.cooperative import ENTITY
from tests.projections.buying import buy_and_declare
from tests.projections.world import World

OCTOBER = (date(2025, 10, 1), date(2025, 10, 31))
JANUARY = date(2026, 1, 15)


def test_what_was_declared_by_mistake_is_shown_beside_what_was_declared_anew(
    world: World, reader: Reader
) -> None:
    buy_and_declare(world)
    wrong = declaration_id(ENTITY, Levy.VAT, OCTOBER[0])
    world.perform(withdraw_declaration, on=JANUARY, declaration_id=wrong, reason="a late bill")
    asked: dict[str, Any] = {"entity_id": ENTITY, "levy": Levy.VAT, "position": world.log.head().size}
    asked |= {"first_on": OCTOBER[0], "last_on": OCTOBER[1], "due_c": 10_00, "deductible_c": 12_00}
    world.perform(file_declaration, on=JANUARY, **asked)
    world.project()
    first, anew = declarations(reader, entity_id=ENTITY)
    assert (first.declaration_id, first.due_c, first.withdrawn_on) == (wrong, 0, JANUARY)
    assert anew.declaration_id == declaration_id(ENTITY, Levy.VAT, OCTOBER[0], withdrawn=1)
    assert (anew.due_c, anew.deductible_c, anew.withdrawn_on) == (10_00, 12_00, None)
    before = {each.account: each.debit_c - each.credit_c for each in trial_balance(reader).rows}
    world.perform(
        withdraw_declaration, on=JANUARY, declaration_id=anew.declaration_id, reason="not in October"
    )
    world.project()
    after = {each.account: each.debit_c - each.credit_c for each in trial_balance(reader).rows}
    assert (after["451"] - before["451"], after["411"] - before["411"]) == (-10_00, 10_00)
    assert [each.withdrawn_on for each in declarations(reader, entity_id=ENTITY)] == [JANUARY, JANUARY]
    assert world.replay().equal
    assert examine_books(world.dsn, tenant="default", log=world.log).findings == ()
