"""A supplier's bill over HTTP, from its document to the bank; and what is declared of its VAT."""

from __future__ import annotations

from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Any
from uuid import uuid4

import httpx
import pytest

from eventstore.access import Role
from interchange.camt053 import entry_of, statement_of, write_camt053
from interchange.identifiers import UNASSIGNED_BANK, belgian_iban
from tests.api.books import IBAN, Cooperative
from tests.api.running import Served, begun

STAFF, TREASURER = Role.STAFF, Role.TREASURER
BILL = b"Bill 17 of Timber Trade (fictional): 100.00 + 21.00 VAT\n"
SUPPLIER_IBAN, OTHER_IBAN = (belgian_iban(UNASSIGNED_BANK, n) for n in (17, 18))
DAY = date(2026, 3, 3)


def keep(api: Served, content: bytes, **whose: str) -> httpx.Response:
    """Hand a document in."""
    headers = {"Content-Type": "application/octet-stream", "Idempotency-Key": str(uuid4())}
    return api.client(STAFF).post("/v1/documents", params=whose, content=content, headers=headers)


def bill(supplier_id: str, **other: Any) -> dict[str, Any]:
    asked = {
        "supplier_id": supplier_id,
        "purchase_no": "17",
        "issued_on": "2026-03-01",
        "due_on": "2026-03-31",
        "lines": [{"type": "supplies", "net_c": 100_00, "vat_c": 21_00, "vat_deductible_c": 21_00}],
        "document_sha256": sha256(BILL).hexdigest(),
    }
    return asked | other


@pytest.fixture(scope="module")
def supplier_id(api: Served, coop: Cooperative) -> str:
    """A supplier whose bill is kept."""
    asked = {"entity_id": coop.entity_id, "name": "Timber Trade", "address": "Street 3"}
    return begun(api.done(STAFF, "/v1/suppliers", asked), "supplier")


def bank_pays(api: Served, number: int, opening_c: int, amount_c: int) -> str:
    """The bank's statement with one amount out; its line."""
    entry = entry_of(key=f"out:{number}", booked_on=DAY, amount_c=-amount_c, remittance="payment")
    statement = statement_of(
        account=IBAN, number=number, opening_c=opening_c, from_on=DAY, to_on=DAY, entries=[entry]
    )
    content = write_camt053(
        [statement], version="001.08", created_at=datetime(2026, 3, 4, tzinfo=UTC), message_id=str(number)
    )
    headers = {"Content-Type": "application/xml", "Idempotency-Key": f"statement {number}"}
    position = (
        api.client(STAFF).post("/v1/bank/statements", content=content, headers=headers).json()["position"]
    )
    lines = api.get(STAFF, "/v1/bank/lines/unexplained", see=position).json()["lines"]
    return str(lines[-1]["line_id"])


def test_a_bill_rests_on_a_document_that_is_kept_for_the_entity(
    api: Served, coop: Cooperative, supplier_id: str
) -> None:
    early = api.post(STAFF, "/v1/purchases", bill(supplier_id))
    assert (early.status_code, early.json()["code"]) == (409, "evidence-not-kept")
    for whose in ({}, {"entity_id": coop.entity_id, "membership_id": coop.members[0]}):
        assert keep(api, BILL, **whose).json()["code"] == "one-subject"
    assert keep(api, BILL, entity_id=supplier_id).json()["code"] == "unknown-record"
    assert keep(api, BILL, entity_id=coop.entity_id).json()["sha256"] == sha256(BILL).hexdigest()


def test_a_bill_goes_its_way_to_the_bank(api: Served, coop: Cooperative, supplier_id: str) -> None:
    keep(api, BILL, entity_id=coop.entity_id)
    received = api.done(STAFF, "/v1/purchases", bill(supplier_id, activity_id=coop.activity_id))
    purchase_id = begun(received, "purchase-invoice")
    again = api.post(STAFF, "/v1/purchases", bill(supplier_id))
    assert (again.status_code, again.json()["code"]) == (409, "already-exists")
    own = api.post(STAFF, f"/v1/purchases/{purchase_id}/approval", {})
    assert (own.status_code, own.json()["code"]) == (403, "second-person-needed")
    api.done(STAFF, f"/v1/purchases/{purchase_id}/dispute", {"reason": "half of it is missing"})
    api.done(TREASURER, f"/v1/purchases/{purchase_id}/approval", {})
    order = api.done(STAFF, f"/v1/purchases/{purchase_id}/payment-orders", {"payee_iban": SUPPLIER_IBAN})
    order_id = begun(order, "payment-order")
    api.done(TREASURER, f"/v1/payment-orders/{order_id}/approval", {})
    line_id = bank_pays(api, 1, 100_000, 121_00)
    cleared = api.done(STAFF, f"/v1/bank/lines/{line_id}/payments", {"order_id": order_id})
    (shown,) = api.get(STAFF, "/v1/purchases", see=cleared["position"]).json()["purchases"]
    assert (shown["state"], shown["due_c"], shown["overdrawn_c"]) == ("approved", 121_00, 100_00)
    assert (shown["supplier"], shown["purchase_no"], shown["order_id"]) == ("Timber Trade", "17", order_id)
    (card,) = api.get(STAFF, "/v1/suppliers", entity_id=coop.entity_id).json()["suppliers"]
    assert card["supplier_id"] == supplier_id


def test_a_payees_new_account_waits(api: Served, coop: Cooperative, supplier_id: str) -> None:
    path = f"/v1/payees/{supplier_id}"
    api.done(STAFF, f"{path}/account-proposal", {"iban": OTHER_IBAN, "evidence": "a letter and a call back"})
    assert api.post(STAFF, f"{path}/account", {"entity_id": coop.entity_id}).status_code == 403
    api.done(TREASURER, f"{path}/account", {"entity_id": coop.entity_id})
    second = begun(api.done(STAFF, "/v1/purchases", bill(supplier_id, purchase_no="18")), "purchase-invoice")
    api.done(TREASURER, f"/v1/purchases/{second}/approval", {})
    order = f"/v1/purchases/{second}/payment-orders"
    for iban, code in ((OTHER_IBAN, "payee-account-too-new"), (SUPPLIER_IBAN, "payee-account-differs")):
        refused = api.post(STAFF, order, {"payee_iban": iban})
        assert (refused.status_code, refused.json()["code"]) == (409, code)
    api.clock.move(days=3)
    api.done(STAFF, order, {"payee_iban": OTHER_IBAN})


def test_a_bill_is_credited_after_its_payment_and_the_next_one_reversed_and_recorded_anew(
    api: Served, coop: Cooperative, supplier_id: str
) -> None:
    asked = {"activity_id": coop.activity_id}
    paid, next_, wrong = (
        begun(
            api.done(STAFF, "/v1/purchases", bill(supplier_id, purchase_no=number, **asked)),
            "purchase-invoice",
        )
        for number in ("31", "32", "33")
    )
    early = api.post(STAFF, f"/v1/purchases/{paid}/reversal", {"reason": "twice"})
    assert (early.status_code, early.json()["code"]) == (409, "purchase-not-approved")
    for each in (paid, next_, wrong):
        api.done(TREASURER, f"/v1/purchases/{each}/approval", {})
    order = api.done(STAFF, f"/v1/purchases/{paid}/payment-orders", {"payee_iban": OTHER_IBAN})
    api.done(TREASURER, f"/v1/payment-orders/{begun(order, 'payment-order')}/approval", {})
    ordered = api.post(STAFF, f"/v1/purchases/{paid}/reversal", {"reason": "twice"})
    assert (ordered.status_code, ordered.json()["code"]) == (409, "paid-already")

    note: dict[str, Any] = {"credit_note_no": "C31", "issued_on": "2026-03-03", "document_sha256": "ef" * 32}
    path = f"/v1/purchases/{paid}/credit-notes"
    missing = api.post(STAFF, path, note)
    assert (missing.status_code, missing.json()["code"]) == (409, "evidence-not-kept")
    note["document_sha256"] = keep(api, b"credit note C31", entity_id=coop.entity_id).json()["sha256"]
    beyond = api.post(STAFF, path, note | {"lines": [{"line_no": 1, "net_c": 100_01}]})
    assert (beyond.status_code, beyond.json()["code"]) == (409, "credit-exceeds-purchase")
    group = api.post(STAFF, f"/v1/purchases/{paid}/group-credit-notes", {"reason": "wrong"})
    assert (group.status_code, group.json()["code"]) == (409, "purchase-not-of-group")
    debt_id = begun(api.done(STAFF, path, note), "payee-debt")

    against = {"paid_for": "purchase-invoice", "document_id": next_, "amount_c": 121_00}
    more = api.post(TREASURER, f"/v1/payee-debts/{debt_id}/set-offs", against | {"amount_c": 121_01})
    assert (more.status_code, more.json()["code"]) == (409, "exceeds-due")
    api.done(TREASURER, f"/v1/payee-debts/{debt_id}/set-offs", against)
    none_left = api.post(TREASURER, f"/v1/payee-debts/{debt_id}/giving-up", {"decision_ref": "board 9"})
    assert (none_left.status_code, none_left.json()["code"]) == (403, "not-permitted")
    repaid: dict[str, Any] = {"debt_id": debt_id, "amount_c": 1}
    wrongly: dict[str, dict[str, Any]] = {
        "": {},
        "/undoing": {"reason": "another's"},
        "/returning": {"of_line_id": str(uuid4())},
    }
    for what, beside in wrongly.items():
        line = api.post(STAFF, f"/v1/bank/lines/{uuid4()}/payee-debt-repayments{what}", repaid | beside)
        assert (line.status_code, line.json()["code"]) == (404, "unknown-record")

    said = api.done(STAFF, f"/v1/purchases/{wrong}/reversal", {"reason": "the wrong activity"})
    api.done(STAFF, "/v1/purchases", bill(supplier_id, purchase_no="33"))
    shown = {
        each["purchase_id"]: each
        for each in api.get(STAFF, "/v1/purchases", see=said["position"]).json()["purchases"]
    }
    assert [shown[each]["state"] for each in (paid, next_, wrong)] == ["approved", "approved", "reversed"]
    assert [shown[each]["left_c"] for each in (paid, next_, wrong)] == [121_00, 0, 0]
    (debt,) = api.get(STAFF, "/v1/payee-debts", entity_id=coop.entity_id).json()["debts"]
    assert (debt["open_c"], [each["step"] for each in debt["steps"]]) == (0, ["set-off"])
    (credit,) = api.get(STAFF, "/v1/purchase-credit-notes").json()["credit_notes"]
    assert (credit["credit_note_no"], credit["gross_c"]) == ("C31", 121_00)


def test_the_vat_of_closed_months_is_declared_by_the_books_and_paid(api: Served, coop: Cooperative) -> None:
    for month in ("2026-01", "2026-02", "2026-03"):
        if month == "2026-03":
            api.done(STAFF, "/v1/invoices", coop.invoice(issued_on="2026-03-02", supplied_on="2026-03-02"))
        api.done(TREASURER, f"/v1/periods/{coop.entity_id}/{month}/stop")
        api.done(TREASURER, f"/v1/periods/{coop.entity_id}/{month}/close")
    march = {"entity_id": coop.entity_id, "first_on": "2026-03-01", "last_on": "2026-03-31"}
    april = march | {"last_on": "2026-04-30", "levy": "vat"}
    early = api.post(TREASURER, "/v1/declarations", april)
    assert (early.status_code, early.json()["code"]) == (409, "span-still-open")
    filed = api.done(TREASURER, "/v1/declarations", march | {"levy": "vat"})
    declaration_id = begun(filed, "declaration")
    (shown,) = api.get(STAFF, "/v1/declarations", see=filed["position"]).json()["declarations"]
    # 21.00 on one invoice; 3 x 21.00 on bills that were neither credited nor reversed can be deducted.
    assert (shown["due_c"], shown["deductible_c"]) == (21_00, 63_00)
    nothing = api.post(
        STAFF, f"/v1/declarations/{declaration_id}/payment-orders", {"payee_iban": SUPPLIER_IBAN}
    )
    assert (nothing.status_code, nothing.json()["code"]) == (409, "nothing-due")
    balance = api.get(STAFF, "/v1/trial-balance").json()["rows"]
    stand = {row["account"]: row["debit_c"] - row["credit_c"] for row in balance}
    assert (stand["451"], stand["411"]) == (0, 42_00)


def test_a_declaration_filed_by_mistake_is_withdrawn_and_filed_anew(api: Served, coop: Cooperative) -> None:
    january = {"entity_id": coop.entity_id, "first_on": "2026-01-01", "last_on": "2026-01-31"}
    filed = api.done(TREASURER, "/v1/declarations", january | {"levy": "wage-tax"})
    path, why = (
        f"/v1/declarations/{begun(filed, 'declaration')}/withdrawal",
        {"reason": "a quarter was meant"},
    )
    assert api.post(STAFF, path, why).json()["code"] == "not-permitted"
    api.done(TREASURER, path, why)
    again = api.post(TREASURER, path, why)
    assert (again.status_code, again.json()["code"]) == (409, "declaration-withdrawn")
    anew = api.done(TREASURER, "/v1/declarations", january | {"last_on": "2026-03-31", "levy": "wage-tax"})
    shown = api.get(STAFF, "/v1/declarations", see=anew["position"]).json()["declarations"]
    both = [each for each in shown if each["levy"] == "wage-tax"]
    assert [(each["last_on"], each["withdrawn_on"] is None) for each in both] == [
        ("2026-01-31", False),
        ("2026-03-31", True),
    ]
