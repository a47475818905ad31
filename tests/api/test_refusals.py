"""Every refusal has a name, a status and a page, and changes nothing."""

from __future__ import annotations

from html import escape
from typing import Any
from uuid import uuid4

import pytest

from api.problems import MEDIA_TYPE, catalogue
from eventstore.access import Role
from tests.api.books import ENTERPRISE_NO, Cooperative
from tests.api.running import Served, begun

STAFF, TREASURER = Role.STAFF, Role.TREASURER
NOBODY = "00000000-0000-4000-8000-000000000000"


def _refused(api: Served, answer: Any, status: int, code: str) -> dict[str, Any]:
    """Check the form of a problem document, and return it."""
    assert (answer.status_code, answer.json()["code"]) == (status, code), answer.text
    assert answer.headers["Content-Type"] == MEDIA_TYPE
    problem: dict[str, Any] = answer.json()
    assert problem["status"] == status
    assert problem["type"] == f"/problems/{code}"
    assert problem["title"]
    assert problem["request_id"] == answer.headers["X-Request-ID"]
    assert api.get(None, problem["type"]).status_code == 200
    return problem


@pytest.fixture
def unmoved(api: Served, coop: Cooperative) -> Any:
    """Nothing may have been recorded by the end of the test."""
    before = api.services.log.head().size
    yield
    assert api.services.log.head().size == before


@pytest.mark.usefixtures("unmoved")
class TestNothingIsRecorded:
    def test_when_the_idempotency_key_is_missing(self, api: Served, coop: Cooperative) -> None:
        answer = api.post(STAFF, "/v1/invoices", coop.invoice(), key="")
        _refused(api, answer, 400, "idempotency-key-missing")

    @pytest.mark.parametrize("key", ["k" * 256, "\xe9"])
    def test_when_the_idempotency_key_is_not_one(self, api: Served, coop: Cooperative, key: str) -> None:
        sent = {b"Idempotency-Key": key.encode("latin-1")}
        answer = api.client(STAFF).post("/v1/invoices", json=coop.invoice(), headers=sent)
        _refused(api, answer, 400, "idempotency-key-unusable")

    def test_when_the_body_is_not_json(self, api: Served) -> None:
        sent = {"Idempotency-Key": "k", "Content-Type": "application/json"}
        answer = api.client(STAFF).post("/v1/invoices", content=b'{"lines":', headers=sent)
        _refused(api, answer, 400, "not-json")

    def test_when_the_body_says_what_nobody_asked(self, api: Served, coop: Cooperative) -> None:
        answer = api.post(STAFF, "/v1/invoices", coop.invoice(discount="10"))
        problem = _refused(api, answer, 422, "invalid-request")
        assert [error["pointer"] for error in problem["errors"]] == ["#/discount"]

    def test_when_a_line_is_wrong_and_the_pointer_says_which(self, api: Served, coop: Cooperative) -> None:
        line = {"description": "x", "quantity": "two", "unit_price": "1", "vat_rate_bp": 2100}
        problem = _refused(
            api, api.post(STAFF, "/v1/invoices", coop.invoice(lines=[line])), 422, "invalid-request"
        )
        assert [error["pointer"] for error in problem["errors"]] == ["#/lines/0/quantity"]

    @pytest.mark.parametrize("amount", [1.5, "100", True, None, 10**30])
    def test_when_an_amount_is_not_whole_cents(self, api: Served, coop: Cooperative, amount: Any) -> None:
        asked = {"invoice_id": NOBODY, "amount_c": amount}
        answer = api.post(STAFF, f"/v1/bank/lines/{NOBODY}/allocations", asked)
        _refused(api, answer, 422, "invalid-request")

    @pytest.mark.parametrize("day", ["2026-02-30", "1767225600", "2026-01-01T00:00:00", 0, "9999-12-31"])
    def test_when_a_day_is_not_a_day_of_the_calendar(self, api: Served, coop: Cooperative, day: Any) -> None:
        _refused(api, api.post(STAFF, "/v1/invoices", coop.invoice(issued_on=day)), 422, "invalid-request")

    @pytest.mark.parametrize(("amount_c", "code"), [(0, "amount-not-positive"), (10**17, "amount-too-large")])
    def test_when_aid_is_of_nothing_or_beyond_the_ledger(
        self, api: Served, coop: Cooperative, amount_c: int, code: str
    ) -> None:
        aid = {"fund_id": coop.fund_id, "activity_id": coop.activity_id, "member_id": coop.members[0]}
        answer = api.post(STAFF, "/v1/aid", aid | {"amount_c": amount_c, "purpose": "x"})
        _refused(api, answer, 422, code)

    def test_when_the_activity_is_unknown(self, api: Served, coop: Cooperative) -> None:
        answer = api.post(STAFF, "/v1/invoices", coop.invoice(activity_id=NOBODY))
        _refused(api, answer, 404, "unknown-record")

    def test_when_the_vat_rate_is_not_in_force(self, api: Served, coop: Cooperative) -> None:
        line = {"description": "x", "quantity": "1", "unit_price": "1", "vat_rate_bp": 1900}
        answer = api.post(STAFF, "/v1/invoices", coop.invoice(lines=[line]))
        problem = _refused(api, answer, 422, "unknown-vat-rate")
        assert problem["facts"]["rate_bp"] == "1900"

    def test_when_the_iban_is_wrong(self, api: Served, coop: Cooperative) -> None:
        asked = {
            "entity_id": coop.entity_id,
            "account": "BE68539007547035",
            "balance_c": 0,
            "balance_on": "2026-03-01",
        }
        _refused(api, api.post(TREASURER, "/v1/bank/accounts", asked), 422, "invalid-iban")

    def test_when_the_enterprise_number_is_wrong(self, api: Served) -> None:
        asked = {"code": "other", "name": "Other", "enterprise_no": ENTERPRISE_NO[:-1] + "8"}
        _refused(api, api.post(TREASURER, "/v1/entities", asked), 422, "invalid-enterprise-number")

    def test_when_the_entity_exists_already(self, api: Served) -> None:
        asked = {"code": "coop", "name": "Other", "enterprise_no": ENTERPRISE_NO}
        _refused(api, api.post(TREASURER, "/v1/entities", asked), 409, "already-exists")

    def test_when_no_period_is_open(self, api: Served, coop: Cooperative) -> None:
        answer = api.post(STAFF, "/v1/invoices", coop.invoice(issued_on="2029-01-01"))
        _refused(api, answer, 409, "no-open-period")

    def test_when_the_month_is_none(self, api: Served, coop: Cooperative) -> None:
        answer = api.post(TREASURER, f"/v1/periods/{coop.entity_id}/2026-13/opening")
        _refused(api, answer, 422, "invalid-month")

    @pytest.mark.parametrize("month", ["2026-13", "nonsense", "2031-01"])
    def test_when_a_month_that_is_not_there_is_closed(
        self, api: Served, coop: Cooperative, month: str
    ) -> None:
        answer = api.post(TREASURER, f"/v1/periods/{coop.entity_id}/{month[:7]}/close")
        assert answer.status_code in {404, 422}, answer.text

    def test_when_a_period_that_is_open_is_closed(self, api: Served, coop: Cooperative) -> None:
        answer = api.post(TREASURER, f"/v1/periods/{coop.entity_id}/2026-02/close")
        _refused(api, answer, 409, "period-not-closing")

    def test_when_the_poll_that_is_counted_is_unknown(self, api: Served) -> None:
        _refused(api, api.post(Role.COMMITTEE, f"/v1/polls/{NOBODY}/count"), 404, "unknown-record")

    def test_when_text_holds_what_no_document_can(self, api: Served, coop: Cooperative) -> None:
        client = {"entity_id": coop.entity_id, "kind": "business", "name": "a\x00b", "address": "x"}
        _refused(api, api.post(STAFF, "/v1/clients", client), 422, "invalid-request")

    def test_when_text_holds_half_a_character(self, api: Served) -> None:
        sent = {"Idempotency-Key": "k", "Content-Type": "application/json"}
        body = b'{"name": "\\ud800", "\\ud800": 1}'
        answer = api.client(STAFF).post("/v1/clients", content=body, headers=sent)
        _refused(api, answer, 422, "invalid-request")

    def test_when_the_body_is_too_large(self, api: Served, coop: Cooperative) -> None:
        answer = api.post(STAFF, "/v1/invoices", coop.invoice(invoice_id="x" * 1_100_000))
        _refused(api, answer, 413, "request-too-large")

    def test_when_the_body_is_too_large_and_does_not_say_so(self, api: Served) -> None:
        pieces = (b" " * 100_000 for _ in range(12))
        answer = api.client(STAFF).post("/v1/invoices", content=pieces, headers={"Idempotency-Key": "k"})
        _refused(api, answer, 413, "request-too-large")

    def test_when_it_is_asked_for_a_name_instead_of_an_id(self, api: Served, coop: Cooperative) -> None:
        answer = api.post(STAFF, "/v1/invoices", coop.invoice(), On_Behalf_Of="Some Body")
        _refused(api, answer, 400, "header-unusable")

    def test_when_the_path_is_unknown(self, api: Served) -> None:
        _refused(api, api.post(STAFF, "/v1/nothing", {}), 404, "no-such-path")

    def test_when_the_method_is_not_taken(self, api: Served) -> None:
        answer = api.client(STAFF).put("/v1/trial-balance")
        _refused(api, answer, 405, "method-not-allowed")
        assert answer.headers["Allow"] == "GET"

    def test_when_the_path_ends_in_a_slash(self, api: Served) -> None:
        _refused(api, api.get(STAFF, "/v1/invoices/"), 404, "no-such-path")


def test_a_repeated_refusal_is_decided_anew(api: Served, coop: Cooperative) -> None:
    key, path = str(uuid4()), f"/v1/periods/{coop.entity_id}/2026-02/close"

    refused = api.post(TREASURER, path, key=key)
    api.done(TREASURER, f"/v1/periods/{coop.entity_id}/2026-01/stop")
    api.done(TREASURER, f"/v1/periods/{coop.entity_id}/2026-02/stop")

    assert refused.status_code == 409
    assert api.post(TREASURER, path, key=key).status_code == 201


def test_what_is_late_for_a_closed_month_is_booked_into_the_next_open_one(
    api: Served, coop: Cooperative
) -> None:
    said = api.done(STAFF, "/v1/invoices", coop.invoice())
    (issued,) = [fact for fact in said["facts"] if fact["topic"] == "invoice.issued.v1"]
    fact = api.get(Role.AUDITOR, f"/v1/log/facts/{issued['position']}").json()

    assert fact["says"]["booked_on"] >= "2026-03-01"
    assert begun(said, "invoice")


def test_every_problem_has_a_sentence_and_a_page(api: Served) -> None:
    listed = api.get(None, "/problems").text
    for code, kind in catalogue().items():
        assert escape(kind.says()) in listed
        assert f'href="/problems/{code}"' in listed


def test_an_unknown_problem_has_no_page(api: Served) -> None:
    _refused(api, api.get(None, "/problems/nothing-of-the-kind"), 404, "no-such-problem")


@pytest.mark.parametrize(
    ("asked", "lang"), [("fr-BE, en;q=0.5", "fr"), ("nl", "nl"), ("de, nl;q=0", "en"), (None, "en")]
)
def test_a_problem_and_its_page_speak_the_language_asked_for(
    api: Served, asked: str | None, lang: str
) -> None:
    kind = catalogue()["no-such-path"]
    headers = {"Accept-Language": asked} if asked else {}
    answer = api.client(STAFF).get("/v1/nothing", headers=headers)
    problem = _refused(api, answer, 404, "no-such-path")
    assert (problem["title"], problem["detail"]) == (kind.says(lang), kind.says(lang))
    assert (answer.headers["Content-Language"], answer.headers["Vary"]) == (lang, "Accept-Language")

    for path in ("/problems", problem["type"]):
        page = api.client(STAFF).get(path, headers=headers)
        assert f'<html lang="{lang}">' in page.text
        assert escape(kind.says(lang)) in page.text
        assert page.headers["Content-Language"] == lang
