"""What a command promises: once, in the log, and readable by whoever wrote it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from uuid import UUID, uuid4

import pytest

from api.closing import digest_of
from domain.errors import PeriodNotClosing
from eventstore.access import Role
from tests.api.books import Cooperative
from tests.api.running import Served, begun

STAFF, TREASURER = Role.STAFF, Role.TREASURER


def test_an_invoice_is_recorded_and_can_be_read_back_at_once(api: Served, coop: Cooperative) -> None:
    answer = api.post(STAFF, "/v1/invoices", coop.invoice())

    said = answer.json()
    assert answer.headers["Ledger-Position"] == str(said["position"])
    assert "Idempotent-Replayed" not in answer.headers
    seen = api.get(STAFF, f"/v1/invoices/{begun(said, 'invoice')}", see=said["position"])
    assert seen.status_code == 200
    assert seen.json()["invoice"]["gross_c"] == 121_00
    assert seen.json()["position"] >= said["position"]
    assert seen.headers["Ledger-Position"] == str(seen.json()["position"])


def test_every_fact_of_an_answer_stands_at_its_place_in_the_log(api: Served, coop: Cooperative) -> None:
    said = api.done(STAFF, "/v1/invoices", coop.invoice())

    for fact in said["facts"]:
        stored = api.get(Role.AUDITOR, f"/v1/log/facts/{fact['position']}").json()["fact"]
        assert {name: stored[name] for name in fact} == fact
        assert stored["operation"] == "invoice.issue"


def test_the_same_key_again_answers_the_same_and_says_so(api: Served, coop: Cooperative) -> None:
    key, asked = str(uuid4()), coop.invoice()

    first = api.post(STAFF, "/v1/invoices", asked, key=key)
    again = api.post(STAFF, "/v1/invoices", asked, key=key)

    assert (again.status_code, again.content) == (first.status_code, first.content)
    assert again.headers["Idempotent-Replayed"] == "true"


def test_twenty_at_once_under_one_key_record_one_invoice_and_hear_one_answer(
    api: Served, coop: Cooperative
) -> None:
    key, asked = str(uuid4()), coop.invoice()
    before = api.services.log.head().size

    with ThreadPoolExecutor(20) as pool:
        answers = list(pool.map(lambda _: api.post(STAFF, "/v1/invoices", asked, key=key), range(20)))

    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.content for answer in answers}) == 1
    assert sum("Idempotent-Replayed" not in answer.headers for answer in answers) == 1
    assert api.services.log.head().size == before + len(answers[0].json()["facts"])


def test_the_same_key_for_another_body_is_refused(api: Served, coop: Cooperative) -> None:
    key = str(uuid4())
    api.post(STAFF, "/v1/invoices", coop.invoice(), key=key)

    other = api.post(STAFF, "/v1/invoices", coop.invoice(due_on="2026-12-31"), key=key)

    assert (other.status_code, other.json()["code"]) == (422, "key-reused")


def test_one_key_of_two_callers_is_two_commands(api: Served, coop: Cooperative) -> None:
    key = str(uuid4())

    staff = api.post(STAFF, "/v1/invoices", coop.invoice(), key=key)
    treasurer = api.post(TREASURER, "/v1/invoices", coop.invoice(), key=key)

    assert begun(staff.json(), "invoice") != begun(treasurer.json(), "invoice")


def test_a_client_may_choose_the_id_of_what_is_new(api: Served, coop: Cooperative) -> None:
    chosen = str(uuid4())

    said = api.done(STAFF, "/v1/invoices", coop.invoice(invoice_id=chosen))

    assert begun(said, "invoice") == chosen


def test_the_facts_name_the_key_and_whom_it_acted_for(api: Served, coop: Cooperative) -> None:
    said = api.done(STAFF, "/v1/invoices", coop.invoice(), On_Behalf_Of="member-17")

    fact = api.get(Role.AUDITOR, f"/v1/log/facts/{said['position']}").json()["fact"]
    key_id = api.get(STAFF, "/v1/me").json()["id"]
    assert (fact["actor"], fact["on_behalf_of"]) == (f"key:{key_id}", "member-17")


def test_a_fact_is_shown_without_what_it_says_of_people(api: Served, coop: Cooperative) -> None:
    said = api.done(STAFF, "/v1/invoices", coop.invoice())
    (issued,) = [fact for fact in said["facts"] if fact["topic"] == "invoice.issued.v1"]

    seen = api.get(Role.AUDITOR, f"/v1/log/facts/{issued['position']}")

    assert seen.json()["says"]["gross_c"] == 121_00
    assert "buyer_name" in seen.json()["personal"]
    assert "A Client" not in seen.text


def test_no_digest_is_taken_of_a_month_whose_figures_could_still_move(api: Served, coop: Cooperative) -> None:
    with pytest.raises(PeriodNotClosing):
        digest_of(api.services, entity_id=UUID(coop.entity_id), month="2026-04")


def test_a_month_is_closed_with_the_digest_of_its_trial_balance(api: Served, coop: Cooperative) -> None:
    path = f"/v1/periods/{coop.entity_id}/2026-01"
    early = api.post(TREASURER, f"{path}/close")
    api.done(TREASURER, f"{path}/stop")
    key = str(uuid4())

    closed = api.post(TREASURER, f"{path}/close", key=key)
    again = api.post(TREASURER, f"{path}/close", key=key)

    assert (early.status_code, early.json()["code"]) == (409, "period-not-closing")
    assert closed.status_code == 201, closed.text
    assert again.content == closed.content
    periods = api.get(TREASURER, "/v1/periods", see=closed.json()["position"]).json()["periods"]
    (january,) = [period for period in periods if period["month"] == "2026-01"]
    assert january["state"] == "closed"
    assert len(january["trial_balance_sha256"]) == 64
