"""Inside the group over HTTP: a transfer between two activities, and an invoice that is the other entity's bill."""

from __future__ import annotations

from uuid import uuid4

from eventstore.access import Role
from tests.api.books import Cooperative
from tests.api.running import Served, begun

STAFF, TREASURER, AUDITOR = Role.STAFF, Role.TREASURER, Role.AUDITOR
DAY = "2026-03-02"


def another_entity(api: Served) -> str:
    """An entity of the group with an open month."""
    asked = {"code": f"second-{uuid4().hex[:8]}", "name": "Second", "enterprise_no": "0987654394"}
    entity_id = begun(api.done(TREASURER, "/v1/entities", asked), "legal-entity")
    api.done(TREASURER, f"/v1/periods/{entity_id}/2026-03/opening")
    return entity_id


def test_a_transfer_is_proposed_accepted_by_another_and_shown(api: Served, coop: Cooperative) -> None:
    asked = {
        "entity_id": coop.entity_id,
        "to_activity_id": coop.activity_id,
        "amount_c": 25_00,
        "reason": "a prize",
        "effective_on": DAY,
    }
    transfer_id = begun(api.done(STAFF, "/v1/internal-transfers", asked), "internal-transfer")
    path, day = f"/v1/internal-transfers/{transfer_id}", {"effective_on": DAY}
    api.done(TREASURER, f"{path}/acceptance", day)
    again = api.post(STAFF, f"{path}/declining", {"reason": "late", **day})
    assert (again.status_code, again.json()["code"]) == (409, "transfer-not-waiting")
    said = api.done(TREASURER, f"{path}/reversal", {"reason": "a mistake", **day})
    seen = api.get(AUDITOR, "/v1/internal-transfers", see=said["position"], entity_id=coop.entity_id).json()
    (shown,) = (each for each in seen["transfers"] if each["transfer_id"] == transfer_id)
    assert (shown["state"], shown["amount_c"], shown["from_activity_id"]) == ("reversed", 25_00, None)
    itself = api.post(STAFF, "/v1/internal-transfers", asked | {"to_activity_id": None})
    assert (itself.status_code, itself.json()["code"]) == (422, "transfer-to-itself")


def test_an_invoice_within_the_group_is_the_other_entitys_bill_and_both_sides_agree(
    api: Served, coop: Cooperative
) -> None:
    buyer_id = another_entity(api)
    supplier = {"entity_id": buyer_id, "name": "Example Cooperative", "address": "Street 1"}
    supplier_id = begun(api.done(STAFF, "/v1/suppliers", supplier), "supplier")
    link = {"seller_id": coop.entity_id, "buyer_id": buyer_id, "client_id": coop.client_id}
    api.done(TREASURER, "/v1/group-links", link | {"supplier_id": supplier_id})
    line = {"description": "bookkeeping", "quantity": "1", "unit_price": "100.00", "vat_rate_bp": 2100}
    asked = {
        "activity_id": coop.activity_id,
        "buyer_id": buyer_id,
        "expense_type": "services",
        "issued_on": DAY,
        "lines": [line],
    }
    said = api.done(STAFF, "/v1/group-invoices", asked)
    purchase_id = begun(said, "purchase-invoice")
    waiting = api.get(AUDITOR, "/v1/intercompany", see=said["position"], entity_id=buyer_id).json()
    assert waiting["difference_c"] == 121_00
    approved = api.done(TREASURER, f"/v1/purchases/{purchase_id}/approval", {"effective_on": DAY})
    seen = api.get(AUDITOR, "/v1/intercompany", see=approved["position"], entity_id=buyer_id).json()
    (item,) = seen["items"]
    assert (item["seller_open_c"], item["buyer_owes_c"], item["difference_c"]) == (121_00, 121_00, 0)
    assert seen["difference_c"] == 0
    part = {"reason": "a day less", "rows": [{"vat_rate_bp": 2100, "base_c": 50_00}], "issued_on": DAY}
    said = api.done(STAFF, f"/v1/purchases/{purchase_id}/group-credit-notes", part)
    seen = api.get(AUDITOR, "/v1/intercompany", see=said["position"], entity_id=buyer_id).json()
    (item,) = seen["items"]
    assert (item["seller_open_c"], item["buyer_owes_c"], item["difference_c"]) == (60_50, 60_50, 0)
    alone = api.post(STAFF, f"/v1/purchases/{purchase_id}/reversal", {"reason": "wrong"})
    assert (alone.status_code, alone.json()["code"]) == (409, "purchase-of-group")
    outside = line | {"vat_category": "O", "vat_rate_bp": 0}
    refused = api.post(STAFF, "/v1/group-invoices", asked | {"lines": [outside]})
    assert (refused.status_code, refused.json()["code"]) == (409, "vat-unit-differs")
    unlinked = api.post(STAFF, "/v1/group-invoices", asked | {"buyer_id": coop.entity_id})
    assert (unlinked.status_code, unlinked.json()["code"]) == (404, "unknown-record")


def test_an_entity_calls_accounts_by_its_own_codes_from_a_day_on(api: Served) -> None:
    entity_id = another_entity(api)
    path = f"/v1/entities/{entity_id}/account-codes"
    asked = {"account": "400", "code": "400000", "valid_from": "2026-03-01", "source_ref": "accountant"}
    said = api.done(TREASURER, path, asked | {"effective_on": DAY})
    seen = api.get(AUDITOR, path, see=said["position"]).json()
    (shown,) = seen["codes"]
    assert (shown["account"], shown["code"], shown["valid_from"]) == ("400", "400000", "2026-03-01")
    wrong = [
        ({"account": "999", "code": "900"}, 404, "unknown-account"),
        ({"account": "440", "code": "400000"}, 409, "account-code-taken"),
        ({"account": "440", "code": "50"}, 422, "account-code-unusable"),
        ({"code": "400001", "valid_from": "2026-02-01"}, 409, "not-retroactive"),
    ]
    for other, status, code in wrong:
        answer = api.post(TREASURER, path, asked | other)
        assert (answer.status_code, answer.json()["code"]) == (status, code)
