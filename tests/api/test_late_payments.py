"""A client that pays late, over HTTP: reminded, claimed of, paid, undone, returned, waived and reversed."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from eventstore.access import Role
from interchange.camt053 import entry_of, statement_of, write_camt053
from tests.api.books import IBAN, Cooperative
from tests.api.running import Served, begun

STAFF, TREASURER, AUDITOR = Role.STAFF, Role.TREASURER, Role.AUDITOR
CLAIMED_ON = "2026-03-31"
END = {"effective_on": CLAIMED_ON}


def late_invoice(api: Served, coop: Cooperative, **says: Any) -> str:
    """An invoice of 121.00 that fell due on 10 February."""
    days = {"issued_on": "2026-02-01", "supplied_on": "2026-02-01", "due_on": "2026-02-10"}
    return begun(api.done(STAFF, "/v1/invoices", coop.invoice(**days, **says)), "invoice")


def bank_lines(api: Served, *amounts_c: int) -> list[str]:
    """Import one statement with these entries; its lines."""
    day = date(2026, 3, 31)
    entries = [
        entry_of(key=f"ref:{n}", booked_on=day, amount_c=amount_c, remittance="interest")
        for n, amount_c in enumerate(amounts_c)
    ]
    statement = statement_of(
        account=IBAN, number=1, opening_c=100_000, from_on=day, to_on=day, entries=entries
    )
    content = write_camt053(
        [statement], version="001.08", created_at=datetime(2026, 4, 1, tzinfo=UTC), message_id="1"
    )
    headers = {"Content-Type": "application/xml", "Idempotency-Key": "statement 1"}
    report = api.client(STAFF).post("/v1/bank/statements", content=content, headers=headers).json()
    shown = api.get(AUDITOR, "/v1/bank/lines/unexplained", see=report["position"]).json()
    ids = {line["amount_c"]: line["line_id"] for line in shown["lines"]}
    return [ids[amount_c] for amount_c in amounts_c]


def test_what_is_claimed_for_paying_late_is_paid_apart_from_the_invoice(
    api: Served, coop: Cooperative
) -> None:
    invoice_id = late_invoice(api, coop)
    path = f"/v1/invoices/{invoice_id}"
    api.done(STAFF, f"{path}/reminders", {"effective_on": "2026-02-20"})
    api.done(
        STAFF, f"{path}/reminders/sending", {"number": 1, "channel": "post", "effective_on": "2026-02-20"}
    )
    api.done(STAFF, f"{path}/late-claims", END)
    receipt, debit = bank_lines(api, 60_00, -5_00)
    part = {"invoice_id": invoice_id, **END}
    api.done(STAFF, f"/v1/bank/lines/{receipt}/late-payments", {"amount_c": 41_00, **part})
    undo = {"amount_c": 1_00, "reason": "another client's", **part}
    api.done(STAFF, f"/v1/bank/lines/{receipt}/late-payments/undoing", undo)
    back = {"amount_c": 5_00, "of_line_id": receipt, **part}
    api.done(STAFF, f"/v1/bank/lines/{debit}/late-payments/returning", back)
    said = api.done(TREASURER, f"{path}/late-claims/waiving", {"amount_c": 1_00, "reason": "agreed", **END})
    shown = api.get(AUDITOR, f"{path}/late-claims", see=said["position"]).json()
    claim, (span,) = shown["late_claim"], shown["spans"]
    # 49 days from 11 February through 31 March on 121.00 at 10.5 %.
    assert (claim["interest_c"], claim["costs_c"], claim["open_c"]) == (1_71, 40_00, 1_71 + 5_00 - 1_00)
    assert (span["from_on"], span["through_on"], span["rate_bp"]) == ("2026-02-11", CLAIMED_ON, 1050)
    assert api.get(AUDITOR, path).json()["invoice"]["open_c"] == 121_00
    (listed,) = api.get(AUDITOR, "/v1/late-claims").json()["late_claims"]
    assert listed == claim
    (reminder,) = api.get(AUDITOR, "/v1/reminders", invoice_id=invoice_id).json()["reminders"]
    assert (reminder["sent_on"], reminder["channel"], reminder["fee_c"]) == ("2026-02-20", "post", 0)


def test_what_was_waived_by_mistake_is_asked_for_again(api: Served, coop: Cooperative) -> None:
    path = f"/v1/invoices/{late_invoice(api, coop)}/late-claims"
    api.done(STAFF, path, END)
    api.done(TREASURER, f"{path}/waiving", {"reason": "agreed", **END})
    again = {"amount_c": 1_00, "reason": "not with this client", **END}
    assert api.post(STAFF, f"{path}/waiving/reversal", again).json()["code"] == "not-permitted"
    api.done(TREASURER, f"{path}/waiving/reversal", again)
    more = api.post(TREASURER, f"{path}/waiving/reversal", again | {"amount_c": 1_000_00})
    assert (more.status_code, more.json()["code"]) == (409, "exceeds-waived")
    said = api.done(TREASURER, f"{path}/waiving/reversal", {"reason": "not with this client", **END})
    claim = api.get(AUDITOR, path, see=said["position"]).json()["late_claim"]
    assert (claim["waived_c"], claim["open_c"]) == (0, claim["interest_c"] + claim["costs_c"])


def test_a_claim_made_by_mistake_is_reversed(api: Served, coop: Cooperative) -> None:
    path = f"/v1/invoices/{late_invoice(api, coop)}"
    api.done(STAFF, f"{path}/late-claims", END)
    said = api.done(TREASURER, f"{path}/late-claims/reversal", {"reason": "they had paid", **END})
    claim = api.get(AUDITOR, f"{path}/late-claims", see=said["position"]).json()["late_claim"]
    assert (claim["interest_c"], claim["costs_c"], claim["open_c"]) == (0, 0, 0)


def test_what_the_law_of_the_clients_kind_does_not_allow_is_refused_by_name(
    api: Served, coop: Cooperative
) -> None:
    consumer = {"entity_id": coop.entity_id, "kind": "consumer", "name": "C", "address": "", "vat_no": ""}
    client_id = begun(api.done(STAFF, "/v1/clients", consumer), "client")
    invoice_id = late_invoice(api, coop, client_id=client_id)
    path = f"/v1/invoices/{invoice_id}"
    api.done(STAFF, f"{path}/reminders", {"effective_on": "2026-02-20"})
    wrong: list[tuple[Role, str, dict[str, Any], int, str]] = [
        (STAFF, "late-claims", END, 409, "nothing-agreed-with-consumers"),
        (
            STAFF,
            "reminders/sending",
            {"number": 1, "channel": "post", "fee_c": 1},
            409,
            "first-reminder-is-free",
        ),
        (STAFF, "reminders/sending", {"number": 2, "channel": "post"}, 404, "unknown-record"),
        (STAFF, "reminders/sending", {"number": 0, "channel": "post"}, 422, "invalid-request"),
        (STAFF, "reminders/sending", {"number": 1, "channel": "pigeon"}, 422, "invalid-request"),
        (STAFF, "late-claims/waiving", {"reason": "agreed"}, 403, "not-permitted"),
        (TREASURER, "late-claims/waiving", {"reason": "agreed"}, 404, "unknown-record"),
    ]
    for role, what, asked, status, code in wrong:
        answer = api.post(role, f"{path}/{what}", asked)
        assert (answer.status_code, answer.json()["code"]) == (status, code), what
    assert api.get(AUDITOR, f"{path}/late-claims").status_code == 404


def test_the_invoices_in_doubt_are_listed(api: Served, coop: Cooperative) -> None:
    doubted, _ = late_invoice(api, coop), late_invoice(api, coop)
    said = api.done(STAFF, f"/v1/invoices/{doubted}/doubts", {"reason": "late", **END})
    (shown,) = api.get(AUDITOR, "/v1/doubts", see=said["position"]).json()["invoices"]
    assert (shown["invoice_id"], shown["doubtful_c"]) == (doubted, 121_00)
