"""What a view promises: the position it rests on, what was just written, and any past."""

from __future__ import annotations

from typing import Any

import pytest

from eventstore.access import Role
from tests.api.books import Cooperative
from tests.api.running import Served

AUDITOR, STAFF = Role.AUDITOR, Role.STAFF


def _sales_c(answer: Any) -> int:
    return sum(row["credit_c"] for row in answer.json()["rows"] if row["account"] == "7001")


def test_the_past_can_be_asked_by_position_by_time_and_by_day(api: Served, coop: Cooperative) -> None:
    first = api.done(STAFF, "/v1/invoices", coop.invoice(issued_on="2026-03-01"))
    at = api.services.clock().isoformat()
    api.clock.move(hours=1)
    second = api.done(STAFF, "/v1/invoices", coop.invoice(issued_on="2026-03-02"))
    see = second["position"]

    now = api.get(AUDITOR, "/v1/trial-balance", see=see)
    by_position = api.get(AUDITOR, "/v1/trial-balance", see=see, known_at=first["position"])
    by_time = api.get(AUDITOR, "/v1/trial-balance", see=see, known_at=at)
    by_day = api.get(AUDITOR, "/v1/trial-balance", see=see, as_of="2026-03-01", axis="booked")

    assert [_sales_c(each) for each in (now, by_position, by_time, by_day)] == [20000, 10000, 10000, 10000]
    assert by_position.json()["position"] == by_time.json()["position"] == first["position"]
    assert (by_day.json()["as_of"], by_day.json()["axis"]) == ("2026-03-01", "booked")
    for balance in (now, by_position, by_time, by_day):
        assert balance.json()["total_debit_c"] == balance.json()["total_credit_c"]
        assert balance.headers["Ledger-Position"] == str(balance.json()["position"])


@pytest.mark.parametrize(
    ("asked", "lang", "name"), [("nl", "nl", "Handelsdebiteuren"), ("x", "en", "Customers")]
)
def test_the_trial_balance_names_accounts_as_it_is_asked(
    api: Served, coop: Cooperative, asked: str, lang: str, name: str
) -> None:
    see = api.done(STAFF, "/v1/invoices", coop.invoice())["position"]
    sent = {"Accept-Language": asked, "Ledger-Min-Position": str(see)}
    answer = api.client(AUDITOR).get("/v1/trial-balance", headers=sent)

    assert {row["name"] for row in answer.json()["rows"] if row["account"] == "400"} == {name}
    assert answer.headers["Content-Language"] == lang


def test_an_activity_shows_what_it_earned_and_what_of_it_was_paid(api: Served, coop: Cooperative) -> None:
    said = api.done(STAFF, "/v1/invoices", coop.invoice())

    seen = api.get(AUDITOR, "/v1/activity-balances", see=said["position"], activity_id=coop.activity_id)

    (row,) = seen.json()["rows"]
    assert row["collected_c"] == row["result_c"] - row["open_receivable_net_c"]
    assert row["result_c"] > 0


def test_a_view_that_is_late_is_waited_for_and_then_refused(api: Served, coop: Cooperative) -> None:
    beyond = api.services.log.head().size + 1

    answer = api.get(AUDITOR, "/v1/trial-balance", see=beyond)

    assert (answer.status_code, answer.json()["code"]) == (503, "position-not-reached")
    assert answer.headers["Retry-After"] == "1"


@pytest.mark.parametrize("position", ["-1", "x", "1.5", "9" * 30, "٣".encode().decode("latin-1")])
def test_a_position_that_is_none_is_refused(api: Served, coop: Cooperative, position: str) -> None:
    sent = {b"Ledger-Min-Position": position.encode("latin-1")}
    answer = api.client(AUDITOR).get("/v1/polls", headers=sent)

    assert (answer.status_code, answer.json()["code"]) == (400, "header-unusable")


@pytest.mark.parametrize(
    "asked",
    [
        {"as_of": "yesterday"},
        {"as_of": "2026-02-30"},
        {"known_at": "2026-03-01T10:00:00"},
        {"known_at": "9" * 30},
        {"known_at": "-1"},
        {"known_at": "0001-01-01T00:00:00+14:00"},
        {"axis": "sideways"},
        {"entity_id": "coop"},
    ],
)
def test_a_past_that_is_none_is_refused_with_the_parameter(
    api: Served, coop: Cooperative, asked: dict[str, Any]
) -> None:
    answer = api.get(AUDITOR, "/v1/trial-balance", **asked)

    assert (answer.status_code, answer.json()["code"]) == (422, "invalid-request")
    assert {error["parameter"].partition(".")[0] for error in answer.json()["errors"]} == set(asked)


def test_before_the_first_fact_there_is_nothing(api: Served, coop: Cooperative) -> None:
    seen = api.get(AUDITOR, "/v1/trial-balance", known_at="2001-01-01T00:00:00Z").json()

    assert (seen["position"], seen["rows"]) == (0, [])


def test_the_journal_is_read_on_from_the_last_line_seen(api: Served, coop: Cooperative) -> None:
    position = api.services.log.head().size
    whole = api.get(AUDITOR, "/v1/journal", see=position, limit=1000).json()["lines"]

    pages, after = [], {"after_position": 0, "after_line": 0}
    while page := api.get(AUDITOR, "/v1/journal", limit=2, **after).json()["lines"]:
        pages += page
        after = {"after_position": page[-1]["position"], "after_line": page[-1]["line_no"]}

    assert pages == whole


def test_the_log_is_read_on_from_the_last_fact_seen(api: Served, coop: Cooperative) -> None:
    seen: list[int] = []
    page = api.get(AUDITOR, "/v1/log/facts", limit=7).json()
    while True:
        seen += [fact["position"] for fact in page["facts"]]
        if page["next"] is None:
            break
        page = api.get(AUDITOR, "/v1/log/facts", limit=7, after=page["next"]).json()

    assert seen == list(range(1, api.services.log.head().size + 1))


@pytest.mark.parametrize(
    "path",
    [
        "/v1/entities",
        "/v1/periods",
        "/v1/memberships?standing=member",
        "/v1/clients",
        "/v1/activities",
        "/v1/bank/accounts",
        "/v1/bank/lines",
        "/v1/bank/lines/waiting",
        "/v1/bank/statements",
        "/v1/invoices",
        "/v1/receivables?due_by=2026-12-31",
        "/v1/funds",
        "/v1/funds/{fund_id}/movements",
        "/v1/aid?fund_id={fund_id}&state=open",
        "/v1/guarantees?fund_id={fund_id}",
        "/v1/activities/{activity_id}/movements",
        "/v1/polls",
        "/v1/calendar?first_on=2026-01-01&last_on=2026-12-31",
        "/v1/memberships/{membership_id}/statement?first_on=2026-01-01&last_on=2026-12-31",
        "/v1/waiting",
        "/v1/waiting?waits=claim-to-approve",
        "/v1/claims?state=submitted",
        "/v1/payrolls?state=requested",
        "/v1/payment-orders",
        "/v1/journal",
        "/v1/log",
    ],
)
def test_every_view_says_the_position_it_rests_on(api: Served, coop: Cooperative, path: str) -> None:
    at = api.services.log.head().size
    ids = {"fund_id": coop.fund_id, "activity_id": coop.activity_id, "membership_id": coop.members[0]}
    filled = path.format(**ids)

    answer = api.client(AUDITOR).get(filled, headers={"Ledger-Min-Position": str(at)})

    assert answer.status_code == 200, answer.text
    assert answer.json()["position"] == at
    assert answer.headers["Ledger-Position"] == str(at)


def test_a_member_is_told_their_balances_with_the_facts_between(api: Served, coop: Cooperative) -> None:
    said = api.done(STAFF, "/v1/invoices", coop.invoice())
    path = f"/v1/memberships/{coop.members[0]}/statement"

    seen = api.get(STAFF, path, see=said["position"]).json()

    (activity,) = seen["activities"]
    assert (seen["first_on"], seen["last_on"]) == ("2026-01-01", "2026-03-02")
    assert activity["closing"]["result_c"] == sum(move["result_c"] for move in activity["movements"])
    (issued,) = [fact["position"] for fact in said["facts"] if fact["topic"] == "invoice.issued.v1"]
    assert (issued, "invoice.issued.v1") in {
        (move["position"], move["fact"]) for move in activity["movements"]
    }
    assert activity["open_invoices"][-1]["open_c"] == 121_00
    reversed_ = api.get(STAFF, path, first_on="2026-02-01", last_on="2026-01-31")
    assert (reversed_.status_code, reversed_.json()["code"]) == (422, "period-reversed")
    assert api.get(Role.MEMBER, path).status_code == 403


def test_what_is_not_there_is_not_found(api: Served, coop: Cooperative) -> None:
    nobody = "00000000-0000-4000-8000-000000000000"
    paths = (
        f"/v1/memberships/{nobody}/statement",
        f"/v1/invoices/{nobody}",
        f"/v1/polls/{nobody}/trail",
        "/v1/log/facts/999999999",
    )
    for path in paths:
        answer = api.get(AUDITOR, path)
        assert (answer.status_code, answer.json()["code"]) == (404, "unknown-record")


@pytest.mark.parametrize("known_at", ["soon", "-1", "9" * 30])
def test_what_is_no_position_and_no_moment_is_answered_with_an_example(api: Served, known_at: str) -> None:
    (error,) = api.get(AUDITOR, "/v1/trial-balance", known_at=known_at).json()["errors"]
    assert error["detail"].endswith("a position, or a moment such as 2026-01-31T12:00:00Z")
