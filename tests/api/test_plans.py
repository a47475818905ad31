"""Contribution plans over HTTP: terms by version, exceptions, months, and what one can see of them."""

from __future__ import annotations

from typing import Any

import pytest

from eventstore.access import Role
from tests.api.books import Cooperative
from tests.api.running import Served

TREASURER, STAFF, AUDITOR, MEMBER = Role.TREASURER, Role.STAFF, Role.AUDITOR, Role.MEMBER


def graduated(coop: Cooperative, **says: Any) -> dict[str, Any]:
    """A rule on the gross margin, with tiers, a monthly part and exemptions, from March on."""
    rule: dict[str, Any] = {
        "entity_id": coop.entity_id,
        "effective_on": "2026-02-01",
        "valid_from": "2026-03-01",
        "base": "gross-margin",
        "rate_bp": 1_350,
        "tiers": [{"from_c": 20_000_00, "rate_bp": 1_000}],
        "fixed_month_c": 30_00,
        "exemptions": {"year_c": 50_00, "first_months": 0},
        "decision_ref": "assembly 2",
    }
    return rule | says


@pytest.fixture(scope="module", autouse=True)
def ruled(api: Served, coop: Cooperative) -> None:
    """The second version of the plan is on the margin."""
    api.done(TREASURER, "/v1/contribution-rules", graduated(coop))


def test_a_plan_is_shown_by_version_with_where_the_years_stand(api: Served, coop: Cooperative) -> None:
    said = api.done(STAFF, "/v1/invoices", coop.invoice(issued_on="2026-03-02"))

    plan = api.get(AUDITOR, "/v1/contribution-plans", see=said["position"], entity_id=coop.entity_id).json()

    first, second, *_ = plan["versions"]
    assert (first["version"], first["base"], first["fund_shares"][0]["rate_bp"]) == (1, "invoiced-net", 200)
    assert (second["base"], second["rate_bp"], second["fixed_month_c"]) == ("gross-margin", 1_350, 30_00)
    assert second["tiers"] == [{"from_c": 20_000_00, "rate_bp": 1_000}]
    assert (second["exempt_year_c"], second["exempt_first_months"]) == (50_00, 0)
    assert (second["activity_id"], second["valid_until"], second["decision_ref"]) == (
        None,
        None,
        "assembly 2",
    )
    (year,) = plan["years"]
    assert (year["activity_id"], year["version"], year["year"]) == (coop.activity_id, 2, 2026)
    assert (year["invoiced_c"], year["collected_c"], year["costs_c"]) == (100_00, 0, 0)


def test_an_exception_for_an_activity_is_granted_by_the_treasurer(api: Served, coop: Cooperative) -> None:
    path = f"/v1/activities/{coop.activity_id}/contribution-overrides"
    exception = graduated(coop, valid_from="2026-05-01", valid_until="2026-12-31", base="collected-net")
    del exception["entity_id"]
    said = api.done(TREASURER, path, exception)
    again = api.post(TREASURER, path, exception)
    assert (again.status_code, again.json()["code"]) == (409, "overrides-overlap")

    plan = api.get(AUDITOR, "/v1/contribution-plans", see=said["position"]).json()

    granted = plan["versions"][-1]
    assert (granted["version"], granted["activity_id"]) == (3, coop.activity_id)
    assert (granted["valid_from"], granted["valid_until"]) == ("2026-05-01", "2026-12-31")


def test_the_fixed_part_of_a_month_is_charged_once(api: Served, coop: Cooperative) -> None:
    path = f"/v1/activities/{coop.activity_id}/contribution-months"
    month = {"month": "2026-04", "effective_on": "2026-04-05"}
    said = api.done(TREASURER, path, month)
    again = api.post(TREASURER, path, month)
    assert (again.status_code, again.json()["code"]) == (409, "already-exists")
    early = api.post(TREASURER, path, month | {"month": "2026-05"})
    assert early.json()["code"] == "month-not-begun"
    path = f"/v1/activities/{coop.activity_id}/movements"
    facts = api.get(AUDITOR, path, see=said["position"], limit=1_000).json()["rows"]
    assert (facts[-1]["fact"], facts[-1]["result_c"]) == ("activity.contribution-charged.v1", -30_00)


@pytest.mark.parametrize(
    ("says", "code"),
    [
        ({"base": "turnover"}, "invalid-request"),
        ({"tiers": [{"from_c": 5, "rate_bp": 1}, {"from_c": 5, "rate_bp": 2}]}, "tiers-not-ascending"),
        ({"exemptions": {"year_c": -1}}, "invalid-exemption"),
        ({"exemptions": {"first_months": 1_000}}, "invalid-exemption"),
        ({"fixed_month_c": -1}, "amount-negative"),
        ({"fixed_month_c": 10**18}, "amount-too-large"),
        ({"tiers": [{"from_c": 10**18, "rate_bp": 1}]}, "amount-too-large"),
        ({"valid_from": "2026-01-31"}, "not-retroactive"),
    ],
)
def test_terms_that_make_no_sense_are_refused_by_name(
    api: Served, coop: Cooperative, says: dict[str, Any], code: str
) -> None:
    refused = api.post(TREASURER, "/v1/contribution-rules", graduated(coop, **says))
    assert refused.json()["code"] == code
    assert refused.status_code < 500


def test_the_presets_are_starting_points_with_their_sources(api: Served, coop: Cooperative) -> None:
    presets = api.get(MEMBER, "/v1/contribution-presets").json()["presets"]
    assert {each["country"] for each in presets} == {"BE", "FR"}
    for each in presets:
        assert each["source_ref"].endswith("◇")
        rule = {"valid_from": "2026-03-01", "effective_on": "2026-02-01", "decision_ref": "assembly"}
        terms = {name: each["terms"][name] for name in ("base", "rate_bp", "fixed_month_c")}
        refused = api.post(AUDITOR, "/v1/contribution-rules", rule | terms | {"entity_id": coop.entity_id})
        assert refused.status_code == 403
