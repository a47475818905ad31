"""A credit note over HTTP: issued, listed, and what was paid beyond owed to the client."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

from eventstore.access import Role
from interchange.camt053 import entry_of, statement_of, write_camt053
from interchange.identifiers import UNASSIGNED_BANK, belgian_iban
from tests.api.books import IBAN, Cooperative
from tests.api.running import Served, begun

DAY = date(2026, 3, 3)
STAFF, TREASURER, AUDITOR = Role.STAFF, Role.TREASURER, Role.AUDITOR
PAYEE_IBAN = belgian_iban(UNASSIGNED_BANK, 1_000_001)


def invoiced(api: Served, coop: Cooperative) -> str:
    return begun(api.done(STAFF, "/v1/invoices", coop.invoice()), "invoice")


def paid(api: Served, invoice_id: str) -> str:
    """Let the client pay the invoice of 121.00; the bank line."""
    receipt = entry_of(key="ref:1", booked_on=DAY, amount_c=121_00, remittance="no reference")
    statement = statement_of(
        account=IBAN, number=1, opening_c=100_000, from_on=DAY, to_on=DAY, entries=[receipt]
    )
    content = write_camt053(
        [statement], version="001.08", created_at=datetime(2026, 3, 4, tzinfo=UTC), message_id="1"
    )
    headers = {"Content-Type": "application/xml", "Idempotency-Key": "statement 1"}
    report = api.client(STAFF).post("/v1/bank/statements", content=content, headers=headers)
    line_id: str = report.json()["waiting"][0]["line_id"]
    api.done(STAFF, f"/v1/bank/lines/{line_id}/allocations", {"invoice_id": invoice_id, "amount_c": 121_00})
    return line_id


def seen(api: Served, path: str, said: dict[str, Any]) -> Any:
    answer = api.get(AUDITOR, path, see=said["position"])
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_a_paid_invoice_is_credited_in_part_then_whole_and_the_client_is_refunded(
    api: Served, coop: Cooperative
) -> None:
    invoice_id = invoiced(api, coop)
    line_id = paid(api, invoice_id)
    row = {"vat_rate_bp": 2100, "base_c": 50_00}
    part = {"invoice_id": invoice_id, "reason": "one session less", "rows": [row]}
    first = begun(api.done(STAFF, "/v1/credit-notes", part), "credit-note")
    said = api.done(STAFF, "/v1/credit-notes", {"invoice_id": invoice_id, "reason": "none at all"})

    listed = seen(api, f"/v1/credit-notes?invoice_id={invoice_id}", said)
    assert [each["gross_c"] for each in listed["credit_notes"]] == [60_50, 60_50]
    one = seen(api, f"/v1/credit-notes/{first}", said)
    assert (one["credit_note"]["reason"], one["vat"][0]["vat_c"]) == ("one session less", 10_50)
    shown = seen(api, f"/v1/invoices/{invoice_id}", said)["invoice"]
    assert (shown["credited_c"], shown["open_c"]) == (121_00, 0)
    (owed,) = seen(api, "/v1/owed-to-clients", said)["clients"]
    assert (owed["client_id"], owed["held_c"]) == (coop.client_id, 121_00)
    rows = seen(api, f"/v1/activity-balances?activity_id={coop.activity_id}", said)["rows"]
    assert (rows[0]["available_c"], rows[0]["payouts_held"]) == (0, False)

    refund = {"client_id": coop.client_id, "amount_c": 121_00, "payee_iban": PAYEE_IBAN}
    order = begun(api.done(STAFF, f"/v1/bank/lines/{line_id}/overpayments/refunds", refund), "payment-order")
    said = api.done(TREASURER, f"/v1/payment-orders/{order}/approval", {})
    assert seen(api, "/v1/owed-to-clients", said)["clients"] == []


def test_what_cannot_be_credited_is_refused_by_name(api: Served, coop: Cooperative) -> None:
    invoice_id = invoiced(api, coop)
    asked: dict[str, Any] = {"invoice_id": invoice_id, "reason": "too much"}
    row = {"vat_rate_bp": 2100, "base_c": 100_01}
    wrong: list[tuple[dict[str, Any], int, str]] = [
        ({"rows": [row]}, 409, "credit-exceeds-invoice"),
        ({"rows": [row | {"vat_rate_bp": 600, "base_c": 1}]}, 409, "vat-row-not-of-invoice"),
        ({"rows": []}, 422, "credit-without-rows"),
        ({"rows": [row | {"base_c": 1}] * 2}, 422, "vat-row-named-twice"),
        ({"rows": [row | {"base_c": 10**17}]}, 422, "amount-too-large"),
        ({"reason": " "}, 422, "empty-text"),
        ({"issued_on": "2025-12-31"}, 409, "credit-precedes-invoice"),
        ({"invoice_id": str(uuid4())}, 404, "unknown-record"),
    ]
    for says, status, code in wrong:
        answer = api.post(STAFF, "/v1/credit-notes", asked | says)
        assert (answer.status_code, answer.json()["code"]) == (status, code)
    missing = api.get(AUDITOR, f"/v1/credit-notes/{uuid4()}")
    assert missing.status_code == 404


def test_figures_of_an_invoice_that_do_not_add_up_are_not_accepted(api: Served, coop: Cooperative) -> None:
    right = {"net_c": 100_00, "vat_c": 21_00, "gross_c": 121_00}
    api.done(STAFF, "/v1/invoices", coop.invoice(**right))
    for figure, given in (("vat_c", 20_99), ("net_c", 100_01), ("gross_c", 121_01)):
        answer = api.post(STAFF, "/v1/invoices", coop.invoice(**right | {figure: given}))
        assert (answer.status_code, answer.json()["code"]) == (422, "figures-do-not-add-up")
        assert answer.json()["facts"]["figure"] == figure
