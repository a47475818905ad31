"""Aid and guarantees over HTTP: asked by staff, decided by a committee, paid by the treasurer, looked up."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from eventstore.access import Role
from interchange.camt053 import entry_of, statement_of, write_camt053
from tests.api.books import IBAN, Cooperative
from tests.api.running import Served, begun

DAY = date(2026, 3, 3)
STAFF, COMMITTEE, TREASURER, AUDITOR = Role.STAFF, Role.COMMITTEE, Role.TREASURER, Role.AUDITOR
PAYEE = {"payee_iban": "BE29539000000289"}


def receipts(api: Served, *amounts_c: int, opening_c: int, number: int) -> list[str]:
    """The lines of a statement."""
    entries = [
        entry_of(key=f"ref:{number}{n}", booked_on=DAY, amount_c=cents, remittance="no reference")
        for n, cents in enumerate(amounts_c)
    ]
    statement = statement_of(
        account=IBAN, number=number, opening_c=opening_c, from_on=DAY, to_on=DAY, entries=entries
    )
    content = write_camt053(
        [statement], version="001.08", created_at=datetime(2026, 3, 4, tzinfo=UTC), message_id=str(number)
    )
    headers = {"Content-Type": "application/xml", "Idempotency-Key": f"statement {number}"}
    report = api.client(STAFF).post("/v1/bank/statements", content=content, headers=headers)
    assert report.status_code == 201, report.text
    return [line["line_id"] for line in report.json()["waiting"]]


@pytest.fixture(scope="module", autouse=True)
def funded(api: Served, coop: Cooperative) -> str:
    """The fund collected 20.00 of an invoice of 1,000.00; another one of 100.00 is open. Returns that one."""
    line = {"description": "work", "quantity": "1", "unit_price": "1000.00", "vat_rate_bp": 2100}
    paid = begun(api.done(STAFF, "/v1/invoices", coop.invoice(lines=[line])), "invoice")
    (receipt,) = receipts(api, 1_210_00, opening_c=100_000, number=1)
    asked = {"invoice_id": paid, "amount_c": 1_210_00}
    api.done(STAFF, f"/v1/bank/lines/{receipt}/allocations", asked)
    return begun(api.done(STAFF, "/v1/invoices", coop.invoice()), "invoice")


def asking(api: Served, coop: Cooperative, amount_c: int) -> str:
    """Ask for aid; its path."""
    aid = {"fund_id": coop.fund_id, "activity_id": coop.activity_id, "member_id": coop.members[0]}
    return f"/v1/aid/{begun(api.done(STAFF, '/v1/aid', aid | {'amount_c': amount_c, 'purpose': 'a saw'}), 'fund-aid')}"


def decision(coop: Cooperative, outcome: str, amount_c: int, **says: Any) -> dict[str, Any]:
    asked = {"outcome": outcome, "amount_c": amount_c, "decision_ref": "committee 1"}
    return asked | {"decided_by": [coop.members[1]]} | says


def fund_of(api: Served, coop: Cooperative) -> dict[str, Any]:
    (row,) = api.get(Role.MEMBER, "/v1/funds", see=api.services.log.head().size).json()["rows"]
    assert row["fund_id"] == coop.fund_id
    return dict(row)


def seen(api: Served, path: str) -> dict[str, Any]:
    at = api.services.log.head().size
    aid = api.get(COMMITTEE, "/v1/aid", see=at).json()["aid"]
    return next(each for each in aid if path.endswith(each["aid_id"]))


def test_an_advance_goes_its_way_from_the_request_to_its_last_instalment(
    api: Served, coop: Cooperative
) -> None:
    path = asking(api, coop, 10_00)
    early = api.post(TREASURER, f"{path}/payment", PAYEE)
    assert (early.status_code, early.json()["code"]) == (409, "aid-not-decided")
    schedule = [{"due_on": "2026-06-30", "amount_c": 4_00}, {"due_on": "2026-09-30", "amount_c": 6_00}]
    own = decision(coop, "lent", 10_00, schedule=schedule, decided_by=[coop.members[0]])
    assert api.post(COMMITTEE, f"{path}/decision", own).json()["code"] == "must-abstain"
    api.done(COMMITTEE, f"{path}/decision", decision(coop, "lent", 10_00, schedule=schedule))
    assert (fund_of(api, coop)["promised_c"], fund_of(api, coop)["available_c"]) == (10_00, 10_00)
    api.done(TREASURER, f"{path}/payment", PAYEE)
    assert (fund_of(api, coop)["cash_c"], fund_of(api, coop)["outstanding_c"]) == (10_00, 10_00)

    (receipt,) = receipts(api, 4_00, opening_c=100_000 + 1_210_00, number=2)
    api.done(STAFF, f"{path}/repayments", {"bank_line_id": receipt, "amount_c": 4_00})
    too_much = api.post(STAFF, f"{path}/set-offs", {"amount_c": 6_01})
    assert (too_much.status_code, too_much.json()["code"]) == (409, "exceeds-outstanding")
    assert (seen(api, path)["state"], seen(api, path)["schedule"]) == ("open", schedule)
    api.done(STAFF, f"{path}/set-offs", {"amount_c": 6_00})
    undone = {"amount_c": 6_01, "reason": "another advance"}
    too_much = api.post(STAFF, f"{path}/undone-set-offs", undone)
    assert (too_much.status_code, too_much.json()["code"]) == (409, "exceeds-set-off")
    api.done(STAFF, f"{path}/undone-set-offs", undone | {"amount_c": 2_00})
    assert (seen(api, path)["state"], seen(api, path)["outstanding_c"]) == ("open", 2_00)
    api.done(STAFF, f"{path}/set-offs", {"amount_c": 2_00})

    assert (seen(api, path)["state"], seen(api, path)["outstanding_c"]) == ("repaid", 0)
    assert fund_of(api, coop)["cash_c"] == 20_00


def test_an_advance_that_is_lost_and_comes_back_after_all(api: Served, coop: Cooperative) -> None:
    path = asking(api, coop, 5_00)
    schedule = [{"due_on": "2026-06-30", "amount_c": 5_00}]
    api.done(COMMITTEE, f"{path}/decision", decision(coop, "lent", 5_00, schedule=schedule))
    api.done(TREASURER, f"{path}/payment", PAYEE)
    api.done(COMMITTEE, f"{path}/write-off", {"decision_ref": "committee 2"})
    assert (seen(api, path)["state"], seen(api, path)["written_off_c"]) == ("written-off", 5_00)
    (receipt,) = receipts(api, 5_00, opening_c=100_000 + 1_214_00, number=3)
    api.done(STAFF, f"{path}/recoveries", {"bank_line_id": receipt, "amount_c": 5_00})
    assert seen(api, path)["recovered_c"] == 5_00


def test_aid_that_was_refused_cannot_be_paid_and_what_was_given_up_is_free_again(
    api: Served, coop: Cooperative
) -> None:
    refused, given_up = asking(api, coop, 5_00), asking(api, coop, 5_00)
    api.done(COMMITTEE, f"{refused}/decision", decision(coop, "refused", 0))
    answer = api.post(TREASURER, f"{refused}/payment", PAYEE)
    assert (answer.status_code, answer.json()["code"]) == (409, "aid-turned-down")
    before = fund_of(api, coop)["available_c"]
    api.done(COMMITTEE, f"{given_up}/decision", decision(coop, "granted", 5_00))
    assert fund_of(api, coop)["available_c"] == before - 5_00
    api.done(STAFF, f"{given_up}/giving-up", {"reason": "not needed"})
    assert fund_of(api, coop)["available_c"] == before


def test_more_than_the_floor_leaves_is_refused_from_the_day_it_is_raised(
    api: Served, coop: Cooperative
) -> None:
    terms = {
        "effective_on": "2026-03-03",
        "valid_from": "2026-03-04",
        "floor_c": 19_00,
        "decision_ref": "b 2",
    }
    api.done(TREASURER, f"/v1/funds/{coop.fund_id}/terms", terms)
    path = asking(api, coop, 1_01)
    asked = decision(coop, "granted", 1_01, effective_on="2026-03-04")
    answer = api.post(COMMITTEE, f"{path}/decision", asked)
    assert (answer.status_code, answer.json()["code"]) == (409, "below-floor")


def test_a_guarantee_is_called_by_a_second_key_and_given_back(
    api: Served, coop: Cooperative, funded: str
) -> None:
    asked = {"fund_id": coop.fund_id, "invoice_id": funded, "amount_c": 1_00, "decision_ref": "committee 3"}
    path = f"/v1/guarantees/{begun(api.done(COMMITTEE, '/v1/guarantees', asked), 'fund-guarantee')}"
    assert fund_of(api, coop)["guaranteed_c"] == 1_00
    api.done(TREASURER, f"{path}/call", {"amount_c": 80, "decision_ref": "committee 4"})
    again = api.post(COMMITTEE, f"{path}/release", {"reason": "the client paid"})
    assert (again.status_code, again.json()["code"]) == (409, "guarantee-settled")
    api.done(STAFF, f"{path}/recoveries", {"amount_c": 30})
    at = api.services.log.head().size
    (guarantee,) = api.get(AUDITOR, "/v1/guarantees", see=at, state="called").json()["guarantees"]
    assert (guarantee["called_c"], guarantee["recovered_c"]) == (80, 30)


def test_who_neither_keeps_the_books_nor_decides_sees_no_aid(api: Served) -> None:
    for path in ("/v1/aid", "/v1/guarantees"):
        assert api.get(Role.MEMBER, path).status_code == 403


def test_a_fund_is_nil_in_the_legal_books_unless_told_otherwise(api: Served, coop: Cooperative) -> None:
    fund = {"entity_id": coop.entity_id, "code": "tools", "kind": "investment", "floor_c": 0, "cap_c": 500_00}
    reserve = api.post(TREASURER, "/v1/funds", fund | {"ledger_policy": "reserve", "regulation_ref": "r"})
    assert reserve.status_code == 422
    api.done(TREASURER, "/v1/funds", fund | {"regulation_ref": "regulation 2"})
    at = api.services.log.head().size
    rows = api.get(AUDITOR, "/v1/funds", see=at).json()["rows"]
    (tools,) = [row for row in rows if row["code"] == "tools"]
    assert (tools["ledger_policy"], tools["cap_c"]) == ("analytic-only", 500_00)
