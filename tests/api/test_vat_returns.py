"""The VAT return over HTTP: its grids, reconciled, and the facts behind them."""

from __future__ import annotations

from typing import Any

from eventstore.access import Role
from tests.api.books import Cooperative
from tests.api.running import Served, begun


def test_the_grids_of_a_month_are_told_with_the_facts_behind_them(api: Served, coop: Cooperative) -> None:
    said = api.done(Role.STAFF, "/v1/invoices", coop.invoice(issued_on="2026-02-02"))
    invoice_id, path = begun(said, "invoice"), f"/v1/entities/{coop.entity_id}/vat-return"
    shown = api.get(Role.AUDITOR, path, see=said["position"], period="2026-Q1").json()
    assert shown["reconciled"]
    assert shown["grids"]["03"] >= 100_00
    assert shown["grids"]["71"] == shown["due_c"] - shown["deductible_c"] == shown["booked_c"]
    moved = api.get(Role.AUDITOR, f"{path}/movements", period="2026-02", grid="54").json()["movements"]
    assert (moved[-1]["document_id"], moved[-1]["amount_c"]) == (invoice_id, 21_00)


def test_what_is_no_period_is_refused(api: Served, coop: Cooperative) -> None:
    path = f"/v1/entities/{coop.entity_id}/vat-return"
    wrong: list[dict[str, Any]] = [
        {"period": "2026-Q5"},
        {"period": "2026"},
        {},
        {"period": "2026-Q1", "grid": 3},
    ]
    for asked in wrong:
        assert api.get(Role.AUDITOR, path, **asked).status_code == 422, asked
    assert api.get(Role.AUDITOR, f"{path}/movements", period="2026-Q1", grid="3").status_code == 422
    assert api.get(Role.MEMBER, path, period="2026-Q1").status_code == 403
