"""A dividend over HTTP: voted, appropriated, shared out, paid by two people, its tax declared."""

from __future__ import annotations

from datetime import UTC, date, datetime
from uuid import uuid4

from eventstore.access import Role
from interchange.camt053 import entry_of, statement_of, write_camt053
from interchange.identifiers import UNASSIGNED_BANK, belgian_iban
from tests.api.books import IBAN, Cooperative, carried_in_writing
from tests.api.running import Served, begun

STAFF, TREASURER, COMMITTEE, AUDITOR = Role.STAFF, Role.TREASURER, Role.COMMITTEE, Role.AUDITOR
PAYEE_IBAN = belgian_iban(UNASSIGNED_BANK, 7654321)
PRICE_C = 250_00


def receives(api: Served, amount_c: int) -> str:
    """Let the bank report a receipt of so much; its line."""
    day = date(2026, 3, 2)
    receipt = entry_of(key="ref:1", booked_on=day, amount_c=amount_c, remittance="shares")
    statement = statement_of(
        account=IBAN, number=1, opening_c=100_000, from_on=day, to_on=day, entries=[receipt]
    )
    content = write_camt053(
        [statement], version="001.08", created_at=datetime(2026, 3, 2, tzinfo=UTC), message_id="1"
    )
    headers = {"Content-Type": "application/xml", "Idempotency-Key": "statement 1"}
    report = api.client(STAFF).post("/v1/bank/statements", content=content, headers=headers)
    line_id: str = report.json()["waiting"][0]["line_id"]
    return line_id


def allots(api: Served, coop: Cooperative, qty: int) -> None:
    """Let the first member pay for so many shares, and be allotted them."""
    opened = {"entity_id": coop.entity_id, "share_class": "A", "statutes_ref": "statutes art. 6"}
    api.done(TREASURER, "/v1/shares/classes", opened)
    asked = {"membership_id": coop.members[0], "share_class": "A", "qty": qty, "price_c": PRICE_C}
    said = api.done(STAFF, "/v1/shares/subscriptions", asked)
    account_id = begun(said, "share-account")
    held = api.get(AUDITOR, "/v1/memberships", see=said["position"]).json()["members"]
    (person_id,) = (each["person_id"] for each in held if each["membership_id"] == coop.members[0])
    paid = {"bank_line_id": receives(api, qty * PRICE_C), "payer_id": person_id, "amount_c": qty * PRICE_C}
    api.done(STAFF, f"/v1/shares/accounts/{account_id}/payments", paid)
    api.done(COMMITTEE, f"/v1/shares/accounts/{account_id}/allotments", {"qty": qty})


def closes_and_approves(
    api: Served, coop: Cooperative, motion_id: str, dividend_c: int, *, patronage_c: int = 0
) -> None:
    """Close January to March, approve the year they make, and appropriate what is given out of its result."""
    api.done(STAFF, "/v1/invoices", coop.invoice())
    for month in ("2026-01", "2026-02", "2026-03"):
        for step in ("stop", "close"):
            api.done(TREASURER, f"/v1/periods/{coop.entity_id}/{month}/{step}")
    year = {"entity_id": coop.entity_id, "year": "2026", "first_on": "2026-01-01", "last_on": "2026-03-31"}
    year_id = begun(api.done(TREASURER, "/v1/years", year), "fiscal-year")
    decided = {"decision_ref": "assembly 3", "motion_id": motion_id}
    api.done(TREASURER, f"/v1/years/{year_id}/approval", decided)
    given = {"dividend_c": dividend_c, "patronage_c": patronage_c}
    uses = {**given, "carried_forward_c": 0, **decided}
    part = api.post(TREASURER, f"/v1/years/{year_id}/appropriation", uses)
    left_c = int(part.json()["facts"]["to_appropriate_c"]) - dividend_c - patronage_c
    api.done(TREASURER, f"/v1/years/{year_id}/appropriation", uses | {"carried_forward_c": left_c})


def test_a_dividend_reaches_its_holder_after_tax_and_the_tax_is_declared(
    api: Served, coop: Cooperative
) -> None:
    allots(api, coop, 3)
    figures = {"net_asset_c": 500_00, "unavailable_c": 0, "means_c": 500_00, "debts_c": 0}
    tests = {"entity_id": coop.entity_id, "report_sha256": "ab" * 32, **figures}
    api.done(TREASURER, "/v1/distribution-tests", tests)
    motion_id = carried_in_writing(api, coop)
    vote = {"entity_id": coop.entity_id, "share_class": "A", "per_share_c": 3_33, "motion_id": motion_id}
    vote["decision_ref"] = "assembly 3"
    ahead = api.post(TREASURER, "/v1/dividends", vote | {"held_on": "2026-12-31"})
    assert (ahead.status_code, ahead.json()["code"]) == (409, "dividend-day-ahead")
    dividend_id = begun(api.done(TREASURER, "/v1/dividends", vote), "dividend")
    path = f"/v1/dividends/{dividend_id}/holders"
    early = api.post(TREASURER, path, {})
    assert (early.status_code, early.json()["code"]) == (409, "dividend-not-appropriated")
    closes_and_approves(api, coop, motion_id, 9_99)
    assert api.post(STAFF, path, {}).status_code == 403
    said = api.done(TREASURER, path, {"effective_on": "2026-04-10"})
    again = api.post(TREASURER, path, {})
    assert (again.status_code, again.json()["code"]) == (409, "dividend-shared-out")

    shown = api.get(AUDITOR, "/v1/dividends", see=said["position"], dividend_id=dividend_id).json()
    (holder,), (dividend,) = shown["holders"], shown["dividends"]
    assert (holder["gross_c"], holder["withheld_c"], holder["net_c"]) == (9_99, 3_00, 6_99)
    assert (dividend["left"], dividend["payable_on"]) == (0, "2026-04-10")
    (waits,) = api.get(STAFF, "/v1/waiting", waits="dividend-to-pay").json()["items"]
    assert (waits["id"], waits["amount_c"]) == (holder["dividend_due_id"], 6_99)

    order_path = f"/v1/dividends-due/{holder['dividend_due_id']}/payment-orders"
    ordered = api.done(STAFF, order_path, {"payee_iban": PAYEE_IBAN})
    order_id = begun(ordered, "payment-order")
    own = api.post(STAFF, f"/v1/payment-orders/{order_id}/approval", {})
    assert own.status_code == 403
    said = api.done(TREASURER, f"/v1/payment-orders/{order_id}/approval", {})
    seen = api.get(AUDITOR, "/v1/dividends", see=said["position"], entity_id=coop.entity_id).json()
    assert [each["ordered_c"] for each in seen["holders"]] == [6_99]

    api.done(TREASURER, f"/v1/periods/{coop.entity_id}/2026-05/opening")
    for step in ("stop", "close"):
        api.done(TREASURER, f"/v1/periods/{coop.entity_id}/2026-04/{step}")
    april = {"entity_id": coop.entity_id, "first_on": "2026-04-01", "last_on": "2026-04-30"}
    for levy, due_c in (("dividend-tax", 3_00), ("wage-tax", 0)):
        filed = api.done(TREASURER, "/v1/declarations", april | {"levy": levy})
        declared = api.get(STAFF, "/v1/declarations", see=filed["position"]).json()["declarations"]
        assert [each["due_c"] for each in declared if each["levy"] == levy] == [due_c]


def test_a_dividend_or_a_holder_that_is_not_there_is_refused(api: Served, coop: Cooperative) -> None:
    shared = api.post(TREASURER, f"/v1/dividends/{uuid4()}/holders", {})
    assert (shared.status_code, shared.json()["code"]) == (404, "unknown-record")
    ordered = api.post(STAFF, f"/v1/dividends-due/{uuid4()}/payment-orders", {"payee_iban": PAYEE_IBAN})
    assert (ordered.status_code, ordered.json()["code"]) == (404, "unknown-record")
