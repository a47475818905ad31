"""The tour is true: every name in it exists, every room is visited, and its requests run."""

from __future__ import annotations

import importlib
import re
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from eventstore.access import Role
from tests.api.running import served
from tests.databases import Server
from tests.ledgers import session_on, settings_on
from tests.pages import exchanges, includes
from workers.demo.cooperative import fill

TOUR = (Path(__file__).parents[1] / "docs" / "tour.md").read_text(encoding="utf-8")
ROOMS = {"workers", "api", "projections", "audit", "interchange", "eventstore", "domain"}
NAMES = sorted(set(re.findall(rf"`((?:{'|'.join(ROOMS)})[\w.]*:[\w.]+)`", TOUR)))


@pytest.mark.parametrize("name", NAMES)
def test_every_name_of_the_tour_exists(name: str) -> None:
    module, _, attributes = name.partition(":")
    found: Any = importlib.import_module(module)
    for attribute in attributes.split("."):
        found = getattr(found, attribute)
    assert found.__doc__


def test_the_tour_passes_through_every_room() -> None:
    assert {name.partition(".")[0] for name in NAMES} == ROOMS


def test_the_requests_of_the_tour_run_as_written(server: Server, tmp_path: Path) -> None:
    with server.database() as dsn:
        settings = settings_on(dsn, tmp_path)
        fill(session_on(settings), seed=1)
        asked = exchanges(TOUR)
        assert len(asked) >= 6
        with served(dsn, settings.keys_dir) as ledger, ExitStack() as closing:
            position = "0"
            for each in asked:
                headers = {**each.headers}
                role = Role(headers.pop("Role"))
                if headers.get("Ledger-Min-Position") == "last":
                    headers["Ledger-Min-Position"] = position
                closing.callback(ledger.client(role).close)
                answer = ledger.client(role).request(each.method, each.path, json=each.body, headers=headers)
                assert answer.status_code == each.status, (each.path, answer.text)
                assert includes(answer.json(), each.holds), (each.path, answer.text)
                position = answer.headers.get("Ledger-Position", position)
