"""A client that does not pay, over HTTP: doubted, adjusted, its VAT reclaimed, lost and recovered."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from eventstore.access import Role
from interchange.camt053 import entry_of, statement_of, write_camt053
from tests.api.books import IBAN, Cooperative
from tests.api.running import Served, begun

STAFF, TREASURER, AUDITOR = Role.STAFF, Role.TREASURER, Role.AUDITOR
MONTH_END = "2026-03-31"


def dividend(api: Served, amount_c: int) -> str:
    """Let the estate pay so much; the bank line."""
    receipt = entry_of(key="ref:1", booked_on=date(2026, 3, 31), amount_c=amount_c, remittance="dividend")
    statement = statement_of(
        account=IBAN,
        number=1,
        opening_c=100_000,
        from_on=date(2026, 3, 31),
        to_on=date(2026, 3, 31),
        entries=[receipt],
    )
    content = write_camt053(
        [statement], version="001.08", created_at=datetime(2026, 4, 1, tzinfo=UTC), message_id="1"
    )
    headers = {"Content-Type": "application/xml", "Idempotency-Key": "statement 1"}
    report = api.client(STAFF).post("/v1/bank/statements", content=content, headers=headers)
    line_id: str = report.json()["waiting"][0]["line_id"]
    return line_id


def test_a_bankrupt_clients_invoice_is_written_off_and_a_dividend_comes_and_is_taken_back(
    api: Served, coop: Cooperative
) -> None:
    invoice_id = begun(api.done(STAFF, "/v1/invoices", coop.invoice()), "invoice")
    path, end = f"/v1/invoices/{invoice_id}", {"effective_on": MONTH_END}
    api.done(STAFF, f"{path}/doubts", {"reason": "bankrupt", **end})
    api.done(STAFF, f"{path}/doubts/lifting", {"amount_c": 60_50, **end})
    api.done(STAFF, f"{path}/doubts", {"amount_c": 60_50, "reason": "bankrupt after all", **end})
    api.done(TREASURER, f"{path}/value-adjustments", {"amount_c": 80_00, **end})
    api.done(TREASURER, f"{path}/value-adjustments/taking-back", {"amount_c": 30_00, **end})
    api.done(TREASURER, f"{path}/vat-reclaim", {"judgment_on": MONTH_END, **end})
    api.done(TREASURER, f"{path}/losses", end)
    line_id = dividend(api, 12_10)
    said = api.done(
        STAFF, f"/v1/bank/lines/{line_id}/recoveries", {"invoice_id": invoice_id, "amount_c": 12_10, **end}
    )
    shown = api.get(AUDITOR, path, see=said["position"]).json()["invoice"]
    assert (shown["open_c"], shown["doubtful_c"], shown["adjusted_c"]) == (0, 0, 0)
    assert (shown["written_off_c"], shown["recovered_c"]) == (121_00, 12_10)
    asked = {"invoice_id": invoice_id, "reason": "the estate of another", **end}
    undoing = f"/v1/bank/lines/{line_id}/recoveries/undoing"
    said = api.done(STAFF, undoing, asked)
    again = api.post(STAFF, undoing, asked)
    assert (again.status_code, again.json()["code"]) == (409, "no-recovery")
    shown = api.get(AUDITOR, path, see=said["position"]).json()["invoice"]
    assert (shown["written_off_c"], shown["recovered_c"]) == (121_00, 0)


def test_what_cannot_be_doubted_or_given_up_is_refused_by_name(api: Served, coop: Cooperative) -> None:
    invoice_id = begun(api.done(STAFF, "/v1/invoices", coop.invoice()), "invoice")
    path, end = f"/v1/invoices/{invoice_id}", {"effective_on": MONTH_END}
    wrong: list[tuple[Role, str, dict[str, Any], int, str]] = [
        (STAFF, "doubts", {"reason": "", **end}, 422, "empty-text"),
        (STAFF, "doubts", {"reason": "late", "amount_c": 121_01}, 409, "exceeds-open-amount"),
        (TREASURER, "losses", end, 409, "nothing-doubtful"),
        (TREASURER, "value-adjustments", {"amount_c": 1, **end}, 409, "nothing-doubtful"),
        (STAFF, "losses", end, 403, "not-permitted"),
    ]
    for role, what, asked, status, code in wrong:
        answer = api.post(role, f"{path}/{what}", asked)
        assert (answer.status_code, answer.json()["code"]) == (status, code)
