"""A bank file over HTTP: imported once, allocated by reference, and the rest left to people."""

from __future__ import annotations

from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Any
from uuid import uuid4

import httpx

from domain.ledger.bank import account_id_of
from eventstore.access import Role
from interchange.camt053 import BankEntry, BankStatement, entry_of, statement_of, write_camt053
from tests.api.books import IBAN, Cooperative
from tests.api.running import Served, begun

STAFF = Role.STAFF
DAY = date(2026, 3, 3)


def _entry(amount_c: int, remittance: str, *, key: str | None = None) -> BankEntry:
    return entry_of(key=f"ref:{key or uuid4().hex}", booked_on=DAY, amount_c=amount_c, remittance=remittance)


def statement_file(
    *entries: BankEntry, number: int, opening_c: int, account: str = IBAN
) -> tuple[bytes, int]:
    """A file of one statement, and its closing balance."""
    statement: BankStatement = statement_of(
        account=account, number=number, opening_c=opening_c, from_on=DAY, to_on=DAY, entries=entries
    )
    made_at = datetime(2026, 3, 4, tzinfo=UTC)
    content = write_camt053([statement], version="001.08", created_at=made_at, message_id=uuid4().hex)
    return content, statement.closing_c


def send(api: Served, content: bytes, *, key: str | None = None) -> httpx.Response:
    sent = {"Content-Type": "application/xml", "Idempotency-Key": key or uuid4().hex}
    return api.client(STAFF).post("/v1/bank/statements", content=content, headers=sent)


def _invoice(api: Served, coop: Cooperative) -> dict[str, Any]:
    said = api.done(STAFF, "/v1/invoices", coop.invoice())
    seen = api.get(STAFF, f"/v1/invoices/{begun(said, 'invoice')}", see=said["position"])
    invoice: dict[str, Any] = seen.json()["invoice"]
    return invoice


def test_receipts_are_allocated_by_reference_alone_and_the_rest_waits(api: Served, coop: Cooperative) -> None:
    paid, part, other = (_invoice(api, coop) for _ in range(3))
    content, closing_c = statement_file(
        _entry(121_00, f"thanks {paid['reference']}"),
        _entry(21_00, part["reference"]),
        _entry(200_00, part["reference"]),
        _entry(121_00, "no reference at all"),
        _entry(-5_00, "bank charges"),
        number=1,
        opening_c=100_000,
    )

    report = send(api, content)

    assert report.status_code == 201, report.text
    said = report.json()
    assert (said["statements"], said["known"], said["new_lines"]) == (1, 0, 5)
    settled = {(each["invoice_id"], each["amount_c"]) for each in said["allocated"]}
    assert settled == {
        (paid["invoice_id"], 121_00),
        (part["invoice_id"], 21_00),
        (part["invoice_id"], 100_00),
    }
    waiting = sorted(
        (each["left_c"], [s["invoice_id"] for s in each["suggestions"]]) for each in said["waiting"]
    )
    assert waiting == [(100_00, []), (121_00, [other["invoice_id"]])]
    still = api.get(STAFF, "/v1/receivables", see=said["position"]).json()["invoices"]
    assert {invoice["invoice_id"] for invoice in still} == {other["invoice_id"]}

    head = api.services.log.head().size
    again = send(api, content)
    assert (again.json()["known"], again.json()["new_lines"], again.json()["allocated"]) == (1, 0, [])
    assert api.services.log.head().size == head

    lines = api.get(STAFF, "/v1/bank/lines/waiting", see=said["position"]).json()["lines"]
    (plain,) = [line for line in lines if line["left_c"] == 121_00]
    _settle_by_hand(api, plain["line_id"], other["invoice_id"])
    _refuse_what_contradicts(api, opening_c=closing_c)


def _settle_by_hand(api: Served, line_id: str, invoice_id: str) -> None:
    path, asked = f"/v1/bank/lines/{line_id}/allocations", {"invoice_id": invoice_id, "amount_c": 121_00}
    key = uuid4().hex
    first = api.post(STAFF, path, asked, key=key)
    retry = api.post(STAFF, path, asked, key=key)
    other = api.post(STAFF, path, asked)

    assert first.status_code == 201, first.text
    assert (retry.status_code, retry.content) == (201, first.content)
    assert (other.status_code, other.json()["code"]) == (409, "exceeds-line")


def _refuse_what_contradicts(api: Served, *, opening_c: int) -> None:
    """A gap, another bank's account, a file that is none: each is refused whole."""
    head = api.services.log.head().size
    gap, _ = statement_file(_entry(1_00, "x"), number=3, opening_c=opening_c + 1)
    foreign, _ = statement_file(_entry(1_00, "x"), number=1, opening_c=0, account="BE68539007547034")
    doctype = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'

    answers = [send(api, each) for each in (gap, foreign, doctype, b"<a>", b"\x00\xff")]

    codes = [(answer.status_code, answer.json()["code"]) for answer in answers]
    assert codes == [
        (409, "statement-missing"),
        (404, "unknown-bank-account"),
        (422, "doctype-not-allowed"),
        (422, "not-xml"),
        (422, "not-xml"),
    ]
    assert send(api, b"").status_code == 422
    assert api.services.log.head().size == head


def test_an_imported_file_is_found_by_the_hash_that_its_facts_name(api: Served, coop: Cooperative) -> None:
    content = _next_file(api, _entry(1_00, "x"))
    report = send(api, content).json()

    for role in (STAFF, Role.TREASURER, Role.AUDITOR):
        found = api.get(role, f"/v1/documents/{report['file_sha256']}")
        assert (found.status_code, found.content) == (200, content)
    assert found.headers["Content-Type"] == "application/octet-stream"
    assert found.headers["Content-Disposition"].startswith("attachment;")
    facts = [each.event for each in api.services.log.stream(account_id_of(IBAN))]
    assert report["file_sha256"] in {getattr(each, "file_sha256", None) for each in facts}
    for role in (Role.MEMBER, Role.COMMITTEE, Role.ADMIN):
        assert api.get(role, f"/v1/documents/{report['file_sha256']}").status_code == 403


def test_a_document_that_is_not_there_or_not_a_hash_is_refused(api: Served) -> None:
    unknown = api.get(STAFF, f"/v1/documents/{'0' * 64}")
    nonsense = api.get(STAFF, "/v1/documents/..%5Cpasswd")

    assert (unknown.status_code, unknown.json()["code"]) == (404, "no-such-document")
    assert (nonsense.status_code, nonsense.json()["code"]) == (422, "not-a-document-name")


def test_a_file_of_somebody_elses_account_is_not_kept(api: Served, coop: Cooperative) -> None:
    foreign, _ = statement_file(_entry(1_00, "x"), number=1, opening_c=0, account="BE68539007547034")

    assert send(api, foreign).status_code == 404
    assert api.get(STAFF, f"/v1/documents/{sha256(foreign).hexdigest()}").status_code == 404


def _next_file(api: Served, *entries: BankEntry) -> bytes:
    """A file that continues where the last statement ended."""
    head = api.get(STAFF, "/v1/bank/statements", see=api.services.log.head().size).json()["statements"]
    opening_c = head[-1]["closing_c"] if head else 100_000
    return statement_file(*entries, number=len(head) + 1, opening_c=opening_c)[0]


def test_one_key_for_two_files_is_refused(api: Served, coop: Cooperative) -> None:
    head = api.get(STAFF, "/v1/bank/statements", see=api.services.log.head().size).json()["statements"]
    opening_c = head[-1]["closing_c"] if head else 100_000
    number = len(head) + 1
    first, closing_c = statement_file(_entry(1_00, "x"), number=number, opening_c=opening_c)
    second, _ = statement_file(_entry(1_00, "y"), number=number + 1, opening_c=closing_c)
    key = uuid4().hex

    assert send(api, first, key=key).status_code == 201
    refused = send(api, second, key=key)

    assert (refused.status_code, refused.json()["code"]) == (422, "key-reused")


def test_a_receipt_that_the_bank_takes_back_before_it_is_allocated_waits_no_more(
    api: Served, coop: Cooperative
) -> None:
    report = send(api, _next_file(api, _entry(77_00, "by mistake"), _entry(-78_00, "returned"))).json()
    shown = api.get(STAFF, "/v1/bank/lines/unexplained", see=report["position"]).json()["lines"]
    lines = {each["amount_c"]: each["line_id"] for each in shown}
    path, of_line = f"/v1/bank/lines/{lines[-78_00]}/returned-receipts", {"of_line_id": lines[77_00]}
    too_much = api.post(STAFF, path, of_line | {"amount_c": 77_01})
    said = api.done(STAFF, path, of_line | {"amount_c": 77_00, "reason_code": "AM05"})
    nobody = api.post(STAFF, path, {"of_line_id": str(uuid4()), "amount_c": 1})

    assert (too_much.status_code, too_much.json()["code"]) == (409, "exceeds-unallocated")
    assert nobody.status_code == 404
    assert api.post(Role.MEMBER, path, of_line | {"amount_c": 1}).status_code == 403
    topics = [each["topic"] for each in said["facts"]]
    assert topics == ["bank-line.unallocated-returned.v1", "bank-line.receipt-returned.v1"]
    still = api.get(STAFF, "/v1/bank/lines/unexplained", see=said["position"]).json()["lines"]
    left = {each["line_id"]: each["left_c"] for each in still}
    assert (left.get(lines[77_00]), left[lines[-78_00]]) == (None, -1_00)


def test_what_is_held_for_a_client_waits_again_once_it_is_released(api: Served, coop: Cooperative) -> None:
    report = send(api, _next_file(api, _entry(56_00, "twice"))).json()
    shown = api.get(STAFF, "/v1/bank/lines/unexplained", see=report["position"]).json()["lines"]
    (line_id,) = (each["line_id"] for each in shown if each["amount_c"] == 56_00)
    path, whose = f"/v1/bank/lines/{line_id}/overpayments", {"client_id": coop.client_id}
    api.done(STAFF, path, whose | {"amount_c": 56_00})
    too_much = api.post(STAFF, f"{path}/releases", whose | {"amount_c": 56_01})
    said = api.done(STAFF, f"{path}/releases", whose | {"amount_c": 50_00})

    assert (too_much.status_code, too_much.json()["code"]) == (409, "exceeds-held")
    assert api.post(Role.MEMBER, f"{path}/releases", whose | {"amount_c": 1}).status_code == 403
    assert [each["topic"] for each in said["facts"]] == ["bank-line.overpayment-released.v1"]
    still = api.get(STAFF, "/v1/bank/lines/unexplained", see=said["position"]).json()["lines"]
    assert [each["left_c"] for each in still if each["line_id"] == line_id] == [50_00]


def test_a_line_taken_for_a_fee_or_for_a_receipt_taken_back_waits_again(
    api: Served, coop: Cooperative
) -> None:
    report = send(api, _next_file(api, _entry(66_00, "by mistake"), _entry(-67_00, "returned"))).json()
    shown = api.get(STAFF, "/v1/bank/lines/unexplained", see=report["position"]).json()["lines"]
    lines = {each["amount_c"]: each["line_id"] for each in shown}
    path, of_line = f"/v1/bank/lines/{lines[-67_00]}", {"of_line_id": lines[66_00]}
    api.done(STAFF, f"{path}/returned-receipts", of_line | {"amount_c": 66_00})
    api.done(STAFF, f"{path}/fees", {"amount_c": 1_00})
    why = {"reason": "another line was meant"}
    no_fee = api.done(STAFF, f"{path}/fees/reversal", why | {"amount_c": 1_00})
    not_returned = api.done(STAFF, f"{path}/returns/undoing", why | of_line | {"amount_c": 66_00})
    again = api.post(STAFF, f"{path}/returns/undoing", why | of_line | {"amount_c": 1})

    assert [each["topic"] for each in no_fee["facts"]] == ["bank-line.fee-reversed.v1"]
    topics = [each["topic"] for each in not_returned["facts"]]
    assert topics == ["bank-line.return-undone.v1", "bank-line.regained.v1"]
    assert (again.status_code, again.json()["code"]) == (409, "exceeds-explained")
    assert api.post(Role.MEMBER, f"{path}/fees/reversal", why | {"amount_c": 1}).status_code == 403
    still = api.get(STAFF, "/v1/bank/lines/unexplained", see=not_returned["position"]).json()["lines"]
    left = {each["line_id"]: each["left_c"] for each in still}
    assert (left[lines[66_00]], left[lines[-67_00]]) == (66_00, -67_00)
