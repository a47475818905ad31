"""A quotation that becomes an order and its invoices, over HTTP, and a fund that asks for one."""

from __future__ import annotations

from typing import Any

from eventstore.access import Role
from tests.api.books import Cooperative
from tests.api.running import Served, begun

STAFF, TREASURER, COMMITTEE, AUDITOR = Role.STAFF, Role.TREASURER, Role.COMMITTEE, Role.AUDITOR
DAY = {"effective_on": "2026-03-02"}
LINE = {"description": "work", "quantity": "2", "unit_price": "50.00", "vat_rate_bp": 2100}
PROOF = b"We order the work as offered. (fictional)"


def drafted(api: Served, coop: Cooperative, **says: Any) -> str:
    """A quotation of 100.00 and 21.00 VAT."""
    asked = {"activity_id": coop.activity_id, "client_id": coop.client_id, "valid_until": "2026-03-31"}
    return begun(api.done(STAFF, "/v1/quotations", {**asked, "lines": [LINE], **DAY, **says}), "quotation")


def proven(api: Served, coop: Cooperative) -> dict[str, Any]:
    """Keep what proves the order; its hash."""
    headers = {"Content-Type": "application/octet-stream", "Idempotency-Key": "the order"}
    kept = api.client(STAFF).post(f"/v1/documents?entity_id={coop.entity_id}", content=PROOF, headers=headers)
    return {"evidence_sha256": kept.json()["sha256"], **DAY}


def test_a_quotation_becomes_an_order_and_its_invoices(api: Served, coop: Cooperative) -> None:
    path = f"/v1/quotations/{drafted(api, coop)}"
    redrafted = {"valid_until": "2026-03-20", "lines": [LINE, LINE], **DAY}
    api.done(STAFF, f"{path}/redrafting", redrafted)
    api.done(STAFF, f"{path}/sending", DAY)
    api.done(STAFF, f"{path}/acceptance", DAY)
    unkept = api.post(STAFF, f"{path}/confirmation", {"evidence_sha256": "ab" * 32, **DAY})
    assert (unkept.status_code, unkept.json()["code"]) == (409, "evidence-not-kept")
    proof = proven(api, coop)
    api.done(STAFF, f"{path}/confirmation", proof)
    days = {"issued_on": "2026-03-02"}
    api.done(STAFF, f"{path}/invoices", {"lines": [LINE], **days})
    much = api.post(STAFF, f"{path}/invoices", {"lines": [LINE, LINE], **days})
    assert (much.status_code, much.json()["code"]) == (409, "exceeds-order")
    whole = api.post(STAFF, f"{path}/invoices", days)
    assert (whole.status_code, whole.json()["code"]) == (409, "order-invoiced-in-part")
    api.done(STAFF, f"{path}/amendment", {"lines": [LINE, LINE, LINE], **proof})
    said = api.done(STAFF, f"{path}/invoices", {"lines": [LINE, LINE], **days, "net_c": 200_00})
    shown = api.get(AUDITOR, path, see=said["position"]).json()
    order = shown["quotation"]
    assert (order["state"], order["net_c"], order["invoiced_c"]) == ("confirmed", 300_00, 300_00)
    assert [line["description"] for line in shown["lines"]] == ["work"] * 3
    assert order in api.get(AUDITOR, "/v1/quotations", state="confirmed").json()["quotations"]


def test_a_quotation_ends_in_other_ways(api: Served, coop: Cooperative) -> None:
    declined, withdrawn, lapsed = (drafted(api, coop) for _ in range(3))
    for quotation_id in (declined, lapsed):
        api.done(STAFF, f"/v1/quotations/{quotation_id}/sending", DAY)
    api.done(STAFF, f"/v1/quotations/{declined}/declining", {"reason": "too dear", **DAY})
    api.done(STAFF, f"/v1/quotations/{withdrawn}/withdrawal", {"reason": "sold out", **DAY})
    early = api.post(STAFF, f"/v1/quotations/{lapsed}/lapsing", {"effective_on": "2026-03-31"})
    assert (early.status_code, early.json()["code"]) == (409, "quotation-still-valid")
    said = api.done(STAFF, f"/v1/quotations/{lapsed}/lapsing", {"effective_on": "2026-04-01"})
    found = api.get(AUDITOR, "/v1/quotations", see=said["position"]).json()["quotations"]
    states = {each["quotation_id"]: each["state"] for each in found}
    assert [states[each] for each in (declined, withdrawn, lapsed)] == ["declined", "withdrawn", "lapsed"]
    assert api.get(AUDITOR, f"/v1/quotations/{coop.client_id}").status_code == 404


def test_a_fund_asks_for_an_order_from_a_day_on(api: Served, coop: Cooperative) -> None:
    terms = {"valid_from": "2026-03-02", "needs_order": True, "decision_ref": "assembly 2", **DAY}
    said = api.done(TREASURER, f"/v1/funds/{coop.fund_id}/guarantee-terms", terms)
    invoice_id = begun(api.done(STAFF, "/v1/invoices", coop.invoice()), "invoice")
    asked = {"fund_id": coop.fund_id, "invoice_id": invoice_id, "amount_c": 1, "decision_ref": "3", **DAY}
    refused = api.post(COMMITTEE, "/v1/guarantees", asked)
    assert (refused.status_code, refused.json()["code"]) == (409, "order-not-confirmed")
    path = f"/v1/funds/{coop.fund_id}/guarantee-terms"
    (shown,) = api.get(AUDITOR, path, see=said["position"]).json()["terms"]
    assert (shown["needs_order"], shown["excluded_client_ids"]) == (True, [])
