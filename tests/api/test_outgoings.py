"""A claim over HTTP: submitted, approved by another key, paid by two, and looked up."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from eventstore.access import Role
from interchange.camt053 import entry_of, statement_of, write_camt053
from tests.api.books import IBAN, Cooperative
from tests.api.running import Served, begun

DAY = date(2026, 3, 3)
STAFF, TREASURER = Role.STAFF, Role.TREASURER


@pytest.fixture(scope="module", autouse=True)
def _earned(api: Served, coop: Cooperative) -> None:
    earned(api, coop)


def earned(api: Served, coop: Cooperative) -> None:
    """Let the activity collect 88.00: an invoice of 100.00 + 21.00, less what it leaves."""
    said = api.done(STAFF, "/v1/invoices", coop.invoice())
    invoice_id = begun(said, "invoice")
    paid = entry_of(key="ref:1", booked_on=DAY, amount_c=121_00, remittance="no reference")
    statement = statement_of(
        account=IBAN, number=1, opening_c=100_000, from_on=DAY, to_on=DAY, entries=[paid]
    )
    content = write_camt053(
        [statement], version="001.08", created_at=datetime(2026, 3, 4, tzinfo=UTC), message_id="1"
    )
    headers = {"Content-Type": "application/xml", "Idempotency-Key": "statement 1"}
    report = api.client(STAFF).post("/v1/bank/statements", content=content, headers=headers)
    (waiting,) = report.json()["waiting"]
    api.done(
        STAFF,
        f"/v1/bank/lines/{waiting['line_id']}/allocations",
        {"invoice_id": invoice_id, "amount_c": 121_00},
    )


def test_a_claim_goes_its_way_from_submission_to_an_approved_payment(api: Served, coop: Cooperative) -> None:
    receipt = b"Receipt (fictional): screws"
    kept = api.client(STAFF).post(
        "/v1/documents",
        params={"membership_id": coop.members[0]},
        content=receipt,
        headers={"Content-Type": "application/octet-stream", "Idempotency-Key": "receipt 1"},
    )
    expense = {
        "spent_on": "2026-03-02",
        "type": "supplies",
        "net_c": 50_00,
        "vat_c": 10_50,
        "vat_deductible_c": 10_50,
        "receipt_sha256": kept.json()["sha256"],
    }
    claim = {
        "activity_id": coop.activity_id,
        "claimant_id": coop.members[0],
        "purpose": "Screws",
        "lines": [expense],
    }
    over = api.post(STAFF, "/v1/claims", claim | {"lines": [expense | {"net_c": 88_01}]})
    assert (over.status_code, over.json()["code"]) == (409, "over-available")
    claim_id = begun(api.done(STAFF, "/v1/claims", claim), "expense-claim")
    twice = api.post(STAFF, "/v1/claims", claim)
    assert twice.json()["code"] == "receipt-claimed-already"
    own = api.post(STAFF, f"/v1/claims/{claim_id}/approval", {})
    assert (own.status_code, own.json()["code"]) == (403, "second-person-needed")
    api.done(TREASURER, f"/v1/claims/{claim_id}/approval", {})
    ordered = api.done(STAFF, "/v1/payment-orders", {"claim_id": claim_id, "payee_iban": IBAN})
    order_id = begun(ordered, "payment-order")
    said = api.done(TREASURER, f"/v1/payment-orders/{order_id}/approval", {})

    seen = api.get(STAFF, "/v1/claims", see=said["position"]).json()
    assert [(each["state"], each["order_id"]) for each in seen["claims"]] == [("approved", order_id)]
    order, *_ = api.get(STAFF, "/v1/payment-orders", see=said["position"]).json()["orders"]
    assert (order["state"], order["amount_c"], order["pays"]) == ("approved", 60_50, "expense-claim")
    (row,) = api.get(STAFF, "/v1/activity-balances", see=said["position"]).json()["rows"]
    assert row["available_c"] == row["collected_c"] - row["committed_c"]
    assert row["committed_c"] == 0


def test_a_claim_is_turned_down_with_a_reason(api: Served, coop: Cooperative) -> None:
    unknown = api.post(TREASURER, f"/v1/claims/{coop.client_id}/rejection", {"reason": "twice"})
    assert unknown.status_code == 404


def test_a_wage_is_asked_within_what_is_available_and_its_slip_posted(api: Served, coop: Cooperative) -> None:
    asked = {"activity_id": coop.activity_id, "employee_id": coop.members[0], "budget_c": 1_000_000_00}
    over = api.post(STAFF, "/v1/payrolls", asked)
    assert (over.status_code, over.json()["code"]) == (409, "over-available")
    said = api.done(STAFF, "/v1/payrolls", asked | {"budget_c": 1_00})
    payroll_id = begun(said, "payroll")
    seen = api.get(STAFF, "/v1/waiting", see=said["position"], waits="slip-to-post").json()
    (item,) = seen["items"]
    assert (item["id"], item["who"], item["amount_c"], item["days"]) == (payroll_id, coop.members[0], 1_00, 0)
    assert item["next"] == ["slip.post", "director-pay.post", "payroll.withdraw"]
    slip = {"slip_ref": "1", "lines": [{"type": "gross", "amount_c": 80}], "net_c": 80, "employer_c": 20}
    wrong = api.post(TREASURER, f"/v1/payrolls/{payroll_id}/slip", slip | {"net_c": 79})
    assert (wrong.status_code, wrong.json()["code"]) == (422, "slip-net-differs")
    api.done(TREASURER, f"/v1/payrolls/{payroll_id}/slip", slip)
    ordered = api.done(STAFF, f"/v1/payrolls/{payroll_id}/payment-orders", {"payee_iban": IBAN})
    order_id = begun(ordered, "payment-order")
    said = api.done(TREASURER, f"/v1/payment-orders/{order_id}/approval", {})
    orders = api.get(STAFF, "/v1/payment-orders", see=said["position"]).json()["orders"]
    assert [(each["pays"], each["amount_c"]) for each in orders][:1] == [("wage", 80)]
    (wage,) = api.get(STAFF, "/v1/payrolls", see=said["position"], employee_id=coop.members[0]).json()[
        "payrolls"
    ]
    assert (wage["state"], wage["net_c"], wage["cost_c"], wage["order_id"]) == ("posted", 80, 1_00, order_id)


def test_a_payment_comes_back_only_by_a_receipt_and_with_a_reason_the_banks_know(api: Served) -> None:
    unknown = "00000000-0000-4000-8000-000000000001"
    path, asked = f"/v1/bank/lines/{unknown}/returned-payouts", {"order_id": unknown, "reason_code": "AC04"}
    lost = api.post(STAFF, path, asked)
    assert (lost.status_code, lost.json()["code"]) == (404, "unknown-record")
    garbled = api.post(STAFF, path, asked | {"reason_code": "closed"})
    assert garbled.status_code == 422
    denied = api.post(Role.AUDITOR, path, asked)
    assert (denied.status_code, denied.json()["code"]) == (403, "not-permitted")


def test_a_directors_pay_is_posted_only_where_entrepreneurs_are_paid_so(
    api: Served, coop: Cooperative
) -> None:
    asked = {
        "entity_id": coop.entity_id,
        "code": "DIRECTED",
        "membership_ids": [coop.members[0]],
        "payout_regime": "director",
    }
    activity_id = begun(api.done(STAFF, "/v1/activities", asked), "activity")
    start = {
        "entity_id": coop.entity_id,
        "to_activity_id": activity_id,
        "amount_c": 800_00,
        "reason": "start",
    }
    transfer_id = begun(api.done(STAFF, "/v1/internal-transfers", start), "internal-transfer")
    api.done(TREASURER, f"/v1/internal-transfers/{transfer_id}/acceptance", {})
    wanted = {"activity_id": activity_id, "employee_id": coop.members[0], "budget_c": 800_00}
    payroll_id = begun(api.done(STAFF, "/v1/payrolls", wanted), "payroll")
    path = f"/v1/payrolls/{payroll_id}"
    slip = {"slip_ref": "1", "lines": [{"type": "gross", "amount_c": 1}], "net_c": 1, "employer_c": 0}
    wage = api.post(STAFF, f"{path}/slip", slip)
    assert (wage.status_code, wage.json()["code"]) == (409, "not-paid-by-wage")
    pay = {"statement_ref": "1", "gross_c": 800_00, "wage_tax_c": 300_00}
    said = api.done(STAFF, f"{path}/director-pay", pay)
    shown = api.get(STAFF, "/v1/payrolls", see=said["position"], employee_id=coop.members[0]).json()[
        "payrolls"
    ]
    assert (shown[0]["state"], shown[0]["net_c"], shown[0]["cost_c"]) == ("posted", 500_00, 800_00)
    beyond = api.post(STAFF, f"{path}/director-pay", pay | {"wage_tax_c": 800_01})
    assert (beyond.status_code, beyond.json()["code"]) == (422, "amount-negative")


def test_a_claim_and_a_slip_that_were_wrong_are_taken_back_and_their_payee_owes_what_was_paid(
    api: Served, coop: Cooperative
) -> None:
    activity, claimant = {"activity_id": coop.activity_id}, coop.members[0]
    allowed = {"name": "activity.overdraft-c", "value": "1000000", "valid_from": "2026-03-01"}
    path = f"/v1/entities/{coop.entity_id}/parameters"
    api.done(TREASURER, path, {**allowed, "source_ref": "board", "effective_on": "2026-03-01"})
    receipts = []
    for n in (2, 3):
        kept = api.client(STAFF).post(
            "/v1/documents",
            params={"membership_id": claimant},
            content=f"Receipt (fictional) {n}".encode(),
            headers={"Content-Type": "application/octet-stream", "Idempotency-Key": f"receipt {n}"},
        )
        receipts.append(kept.json()["sha256"])
    lines = [
        {"spent_on": "2026-03-02", "type": "travel", "net_c": 10_00, "receipt_sha256": each}
        for each in receipts
    ]
    asked = {**activity, "claimant_id": claimant, "lines": lines, "purpose": "trains"}
    claim_id = begun(api.done(STAFF, "/v1/claims", asked), "expense-claim")
    path = f"/v1/claims/{claim_id}/reversal"
    early = api.post(STAFF, path, {"reason": "private"})
    assert (early.status_code, early.json()["code"]) == (409, "claim-not-approved")
    api.done(TREASURER, f"/v1/claims/{claim_id}/approval", {})
    iban = {"payee_iban": IBAN}
    order = api.done(STAFF, "/v1/payment-orders", {"claim_id": claim_id, **iban})
    api.done(TREASURER, f"/v1/payment-orders/{begun(order, 'payment-order')}/approval", {})
    unknown = api.post(STAFF, path, {"reason": "private", "line_nos": [3]})
    assert (unknown.status_code, unknown.json()["code"]) == (409, "claim-line-unknown")
    debt_id = begun(api.done(STAFF, path, {"reason": "private", "line_nos": [2]}), "payee-debt")

    wage = {**activity, "employee_id": claimant, "budget_c": 125_00}
    payroll_id = begun(api.done(STAFF, "/v1/payrolls", wage), "payroll")
    path = f"/v1/payrolls/{payroll_id}/reversal"
    unposted = api.post(STAFF, path, {"reason": "hours"})
    assert (unposted.status_code, unposted.json()["code"]) == (409, "slip-not-posted")
    slip = {
        "slip_ref": "s",
        "lines": [{"type": "gross", "amount_c": 100_00}],
        "net_c": 100_00,
        "employer_c": 25_00,
    }
    api.done(STAFF, f"/v1/payrolls/{payroll_id}/slip", slip)
    against = {"paid_for": "wage", "document_id": payroll_id, "amount_c": 10_00}
    api.done(TREASURER, f"/v1/payee-debts/{debt_id}/set-offs", against)
    undo = f"/v1/payee-debts/{debt_id}/set-offs/undoing"
    mistaken: dict[str, Any] = against | {"reason": "of another wage"}
    more = api.post(TREASURER, undo, mistaken | {"amount_c": 10_01})
    assert (more.status_code, more.json()["code"]) == (409, "exceeds-set-off")
    own = api.post(TREASURER, undo, mistaken | {"document_id": claim_id, "paid_for": "expense-claim"})
    assert (own.status_code, own.json()["code"]) == (409, "own-set-off-stands")
    api.done(TREASURER, undo, mistaken)
    api.done(TREASURER, f"/v1/payee-debts/{debt_id}/set-offs", against)
    said = api.done(STAFF, path, {"reason": "hours"})
    seen = api.get(STAFF, "/v1/payee-debts", see=said["position"], entity_id=coop.entity_id).json()["debts"]
    assert [(each["paid_for"], each["open_c"]) for each in seen] == [("expense-claim", 0), ("wage", 10_00)]
    (taken,) = (
        each for each in api.get(STAFF, "/v1/claims").json()["claims"] if each["claim_id"] == claim_id
    )
    assert (taken["state"], taken["reversed_c"], taken["left_c"]) == ("approved", 10_00, 20_00)
    (shown,) = api.get(STAFF, "/v1/payrolls", state="reversed").json()["payrolls"]
    assert (shown["payroll_id"], shown["set_off_c"], shown["less_due_c"]) == (payroll_id, 10_00, 90_00)
