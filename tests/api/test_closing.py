"""Months are closed from the command line, and after a reopening once more."""

from __future__ import annotations

from uuid import UUID

from api.closing import close_month
from eventstore.access import Role
from eventstore.desk import Caller
from tests.api.books import Cooperative
from tests.api.running import Served

STAFF, TREASURER = Role.STAFF, Role.TREASURER


def test_a_month_that_was_opened_again_is_closed_anew_by_who_closed_it(
    api: Served, coop: Cooperative
) -> None:
    month, entity_id = "2026-01", UUID(coop.entity_id)
    path, clerk = f"/v1/periods/{entity_id}/{month}", Caller(principal="local", actor="local")
    api.done(TREASURER, f"{path}/stop")
    first = close_month(api.services, clerk, entity_id=entity_id, month=month)
    again = close_month(api.services, clerk, entity_id=entity_id, month=month)
    assert (again.position, again.repeated) == (first.position, True)
    api.done(STAFF, f"{path}/reopening-proposal", {"reason": "a lost bill"})
    api.done(TREASURER, f"{path}/reopening")
    api.done(TREASURER, f"{path}/stop")

    anew = close_month(api.services, clerk, entity_id=entity_id, month=month)

    assert (anew.position > first.position, anew.repeated) == (True, False)
    shown = api.get(TREASURER, "/v1/periods", see=anew.position).json()["periods"]
    assert {each["month"]: each["state"] for each in shown}[month] == "closed"
