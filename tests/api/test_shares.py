"""Shares over HTTP: subscribed, and shown with the position the register rests on."""

from __future__ import annotations

from uuid import uuid4

from eventstore.access import Role
from tests.api.books import Cooperative
from tests.api.running import Served, begun


def test_a_subscription_is_seen_at_once_and_nothing_is_allotted_unpaid(
    api: Served, coop: Cooperative
) -> None:
    share_class = f"A{uuid4().hex[:8]}"
    opened = {"entity_id": coop.entity_id, "share_class": share_class, "statutes_ref": "statutes art. 6"}
    api.done(Role.TREASURER, "/v1/shares/classes", opened)
    asked = {"membership_id": coop.members[0], "share_class": share_class, "qty": 2, "price_c": 25_000}
    said = api.done(Role.STAFF, "/v1/shares/subscriptions", asked)
    account_id = begun(said, "share-account")

    early = api.post(Role.COMMITTEE, f"/v1/shares/accounts/{account_id}/allotments", {"qty": 1})
    seen = api.get(Role.AUDITOR, "/v1/shares", see=said["position"], membership_id=coop.members[0])

    assert (early.status_code, early.json()["code"]) == (409, "not-paid-yet")
    assert seen.headers["Ledger-Position"] == str(seen.json()["position"])
    (holding,) = [each for each in seen.json()["holdings"] if each["account_id"] == account_id]
    assert (holding["subscribed_c"], holding["paid_c"], holding["allotted"]) == (50_000, 0, 0)


def test_a_payment_needs_a_bank_line_and_a_subscription(api: Served, coop: Cooperative) -> None:
    paid = {"bank_line_id": str(uuid4()), "payer_id": str(uuid4()), "amount_c": 1}
    answer = api.post(Role.STAFF, f"/v1/shares/accounts/{uuid4()}/payments", paid)
    assert (answer.status_code, answer.json()["code"]) == (404, "unknown-record")
