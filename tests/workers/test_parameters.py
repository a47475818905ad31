"""The parameters by the command line: shown with their sources, set from a day on, a reference rate added."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from tests.ledgers import Ledger

ENTITY = ("--entity", "COOP")
RATES = "late-interest.reference-rates-bp"


def test_a_parameter_is_set_from_a_day_on_and_both_values_stand(own_demo: Ledger) -> None:
    with own_demo.workshop() as workshop:
        tomorrow = workshop.today() + timedelta(days=1)
    asked = ("activity.overdraft-c", "10000", *ENTITY, "--source", "board 4", "--from", str(tomorrow))
    assert own_demo.json("parameter", "set", *asked)["facts"] == 1
    shown = own_demo.json("parameter", "show", "activity.overdraft-c")["parameters"]
    assert [(each["value"], each["source_ref"]) for each in shown][1] == ("10000", "board 4")
    in_force = own_demo.json("parameter", *ENTITY)["parameters"]
    assert {each["name"]: each["value"] for each in in_force}["activity.overdraft-c"] == "0"
    then = own_demo.json("parameter", "list", "--as-of", str(tomorrow))["parameters"]
    assert {each["name"]: each["value"] for each in then}["activity.overdraft-c"] == "10000"
    assert "board 4" in own_demo.tutti("parameter", "activity.overdraft-c", "--lang", "nl")


def test_a_reference_rate_is_added_in_percent(own_demo: Ledger) -> None:
    asked = ("2026-07-01", "2.40", *ENTITY, "--source", "ECB, 1 July 2026 (fictional)")
    ran = own_demo.run("parameter", "add-rate", *asked)
    assert ran.exit_code == 0
    assert "2026-07-01 is 2.40 %" in ran.stderr
    (_, last) = own_demo.json("parameter", "show", RATES)["parameters"]
    assert last["value"].endswith(",2026-07-01=240")
    again = own_demo.run("parameter", "add-rate", *asked, "--json")
    assert (again.exit_code, json.loads(again.stdout)["code"]) == (1, "reference-rate-known")


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("show", "no-such"), "unknown-record"),
        (("set", "activity.overdaft-c", "1", *ENTITY, "--source", "board"), "unknown-record"),
        (("set", "activity.overdraft-c", "much", *ENTITY, "--source", "board"), "invalid-parameter"),
        (("add-rate", "2026-08-01", "2.40", *ENTITY, "--source", "ECB"), "invalid-parameter"),
        (("add-rate", "2026-07-01", "2.40", "--entity", "NONE", "--source", "ECB"), "unknown-record"),
    ],
)
def test_what_cannot_be_a_parameter_is_refused_by_name(
    demo: Ledger, words: tuple[str, ...], code: str
) -> None:
    ran = demo.run("parameter", *words, "--json")
    assert (ran.exit_code, json.loads(ran.stdout)["code"]) == (1, code)


def test_a_rate_that_is_no_number_is_a_wrong_command_line(demo: Ledger) -> None:
    assert demo.run("parameter", "add-rate", "2026-07-01", "two", *ENTITY, "--source", "ECB").exit_code == 2
