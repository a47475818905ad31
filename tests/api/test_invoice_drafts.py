"""A member drafts and submits an invoice over HTTP; staff give it back, or issue it."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import httpx
import psycopg

from domain.aggregates.invoice import Invoice
from domain.personal import ERASED, Retention
from eventstore.access import Role
from tests.api.books import Cooperative
from tests.api.running import Served, begun

MEMBER, STAFF, AUDITOR = Role.MEMBER, Role.STAFF, Role.AUDITOR
DAY = {"effective_on": "2026-03-02"}
IN_CLEAR = "SELECT count(*) FROM tutti_default.event WHERE position(%s IN state) > 0"
LINE = {"description": "work", "quantity": "2", "unit_price": "50.00", "vat_rate_bp": 2100}


def drafted(api: Served, coop: Cooperative, role: Role = MEMBER, **says: Any) -> str:
    """A draft of 100.00 and 21.00 VAT; its path."""
    asked = {"activity_id": coop.activity_id, "client_id": coop.client_id, "lines": [LINE], **DAY}
    asked["membership_id"] = coop.members[0]
    return "/v1/invoice-drafts/" + begun(
        api.done(role, "/v1/invoice-drafts", {**asked, **says}), "invoice-draft"
    )


def test_a_member_drafts_staff_reject_and_what_is_amended_is_issued(api: Served, coop: Cooperative) -> None:
    path = drafted(api, coop)
    early = api.post(STAFF, f"{path}/invoice", {"issued_on": "2026-03-02"})
    assert (early.status_code, early.json()["code"]) == (409, "draft-in-other-state")
    said = api.done(MEMBER, f"{path}/submission", DAY)
    seen = api.get(STAFF, "/v1/waiting", see=said["position"], waits="invoice-to-issue").json()
    (waits,) = (each for each in seen["items"] if each["id"] == path.rpartition("/")[2])
    assert waits["amount_c"] == 121_00
    assert waits["next"] == ["invoice-draft.issue", "invoice-draft.reject"]
    api.done(STAFF, f"{path}/rejection", {"reason": "an hour is missing", **DAY})
    api.done(MEMBER, f"{path}/amendment", {"supplied_on": "2026-03-02", "lines": [LINE, LINE], **DAY})
    api.done(MEMBER, f"{path}/submission", DAY)
    wrong = api.post(STAFF, f"{path}/invoice", {"issued_on": "2026-03-02", "net_c": 100_00})
    assert (wrong.status_code, wrong.json()["code"]) == (422, "figures-do-not-add-up")
    said = api.done(STAFF, f"{path}/invoice", {"issued_on": "2026-03-02", "net_c": 200_00})
    invoice_id = begun(said, "invoice")
    shown = api.get(AUDITOR, path, see=said["position"]).json()
    draft = shown["invoice_draft"]
    assert (draft["state"], draft["invoice_id"], draft["gross_c"]) == ("issued", invoice_id, 242_00)
    assert draft["reason"] == "an hour is missing"
    assert [line["description"] for line in shown["lines"]] == ["work", "work"]
    seen = api.get(AUDITOR, f"/v1/invoices/{invoice_id}", see=said["position"]).json()
    assert seen["invoice"]["invoice_no"] in _invoices(api, coop)
    assert seen["invoice"]["gross_c"] == 242_00
    assert seen["invoice_draft_id"] == draft["invoice_draft_id"]
    assert draft in api.get(AUDITOR, "/v1/invoice-drafts", state="issued").json()["invoice_drafts"]


def test_a_member_sees_and_changes_their_own_drafts_and_no_others(api: Served, coop: Cooperative) -> None:
    own, of_staff = drafted(api, coop), drafted(api, coop, STAFF)
    refused = api.post(MEMBER, f"{of_staff}/submission", DAY)
    assert (refused.status_code, refused.json()["code"]) == (409, "draft-of-another")
    said = api.done(MEMBER, f"{own}/withdrawal", DAY)
    mine = api.get(MEMBER, "/v1/invoice-drafts/own", see=said["position"]).json()["invoice_drafts"]
    stands = {each["invoice_draft_id"]: each["state"] for each in mine}
    assert stands[own.rpartition("/")[2]] == "withdrawn"
    assert of_staff.rpartition("/")[2] not in stands
    place = "/v1/invoice-drafts/own/"
    assert api.get(MEMBER, place + own.rpartition("/")[2]).status_code == 200
    assert api.get(MEMBER, place + of_staff.rpartition("/")[2]).status_code == 404
    assert api.get(MEMBER, own).status_code == 403
    assert api.get(MEMBER, "/v1/invoice-drafts").status_code == 403


def test_a_member_neither_issues_nor_rejects(api: Served, coop: Cooperative) -> None:
    path = drafted(api, coop)
    api.done(MEMBER, f"{path}/submission", DAY)
    for step, asked in (("invoice", {}), ("rejection", {"reason": "no", **DAY})):
        refused = api.post(MEMBER, f"{path}/{step}", asked)
        assert (refused.status_code, refused.json()["code"]) == (403, "not-permitted")


@contextmanager
def another_member(api: Served) -> Iterator[httpx.Client]:
    """Somebody else of the same role, under a key of their own."""
    made: dict[str, Any] = {"now": api.clock(), "id": uuid4().hex[:12], "secret": uuid4().bytes * 2}
    token = api.services.access.issue(MEMBER, "another member", None, **made)
    headers = {"Authorization": f"Bearer {token}"}
    with httpx.Client(base_url=api.url, headers=headers, timeout=30) as client:
        yield client


def test_another_member_neither_sees_nor_touches_a_draft(api: Served, coop: Cooperative) -> None:
    path = drafted(api, coop)
    draft_id = path.rpartition("/")[2]
    mine = api.done(MEMBER, f"{path}/submission", DAY)
    with another_member(api) as other:
        see = {"Ledger-Min-Position": str(mine["position"])}
        assert other.get("/v1/invoice-drafts/own", headers=see).json()["invoice_drafts"] == []
        assert other.get(f"/v1/invoice-drafts/own/{draft_id}", headers=see).status_code == 404
        assert other.get(path, headers=see).status_code == 403
        for step, asked in (
            ("amendment", {"supplied_on": "2026-03-02", "lines": [LINE], **DAY}),
            ("submission", DAY),
            ("withdrawal", DAY),
        ):
            for pretends in ({}, {"On-Behalf-Of": _actor_of(api, path)}):
                headers = {"Idempotency-Key": str(uuid4()), **pretends}
                answer = other.post(f"{path}/{step}", json=asked, headers=headers)
                assert (answer.status_code, answer.json()["code"]) == (409, "draft-of-another")
    shown = api.get(STAFF, path).json()["invoice_draft"]
    assert (shown["state"], shown["gross_c"]) == ("submitted", 121_00)


def _actor_of(api: Served, path: str) -> str:
    return str(api.get(STAFF, path).json()["invoice_draft"]["drafted_by"])


def test_of_twenty_who_issue_a_draft_at_once_one_does(api: Served, coop: Cooperative) -> None:
    before = len(_invoices(api, coop))
    path = drafted(api, coop)
    api.done(MEMBER, f"{path}/submission", DAY)
    asked = {"issued_on": "2026-03-02"}
    with ThreadPoolExecutor(20) as pool:
        answers = list(pool.map(lambda _: api.post(STAFF, f"{path}/invoice", asked), range(20)))
    refused = [answer.json()["code"] for answer in answers if answer.status_code != 201]
    assert refused == ["draft-in-other-state"] * 19
    assert len(_invoices(api, coop)) == before + 1


def test_the_retry_of_an_issue_hears_of_the_same_invoice(api: Served, coop: Cooperative) -> None:
    before = len(_invoices(api, coop))
    path = drafted(api, coop)
    api.done(MEMBER, f"{path}/submission", DAY)
    key, asked = str(uuid4()), {"issued_on": "2026-03-02"}
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: api.post(STAFF, f"{path}/invoice", asked, key=key), range(8)))
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.content for answer in answers}) == 1
    assert len(_invoices(api, coop)) == before + 1


def _invoices(api: Served, coop: Cooperative) -> list[str]:
    facts = (each.event for each in api.services.log.page(0, 10_000))
    issued = (fact for fact in facts if isinstance(fact, Invoice.Issued))
    return [fact.invoice_no for fact in issued if str(fact.client_id) == coop.client_id]


def test_what_a_draft_says_is_sealed_and_gone_with_the_key_of_its_client(
    api: Served, coop: Cooperative, module_dsn: str
) -> None:
    told, reason = "a wardrobe for Mrs Example", "Mrs Example pays it herself"
    asked = {"entity_id": coop.entity_id, "kind": "consumer", "name": "Mrs Example", "address": "Street 2"}
    client_id = begun(api.done(STAFF, "/v1/clients", asked), "client")
    path = drafted(api, coop, client_id=client_id, lines=[{**LINE, "description": told}])
    api.done(MEMBER, f"{path}/submission", DAY)
    api.done(STAFF, f"{path}/rejection", {"reason": reason, **DAY})
    api.done(MEMBER, f"{path}/amendment", {"supplied_on": "2026-03-02", "lines": [LINE], **DAY})
    api.done(MEMBER, f"{path}/submission", DAY)
    with psycopg.connect(module_dsn) as connection:
        (clear,) = connection.execute(IN_CLEAR, [b"Mrs Example"]).fetchone() or (None,)
    assert clear == 0
    api.services.documents._keys.destroy(UUID(client_id), Retention.ACCOUNTING, datetime.now(UTC))
    refused = api.post(STAFF, f"{path}/invoice", {"issued_on": "2026-03-02"})
    assert (refused.status_code, refused.json()["code"]) == (409, "key-destroyed")
    draft_id = UUID(path.rpartition("/")[2])
    of_draft = [
        each.event for each in api.services.log.page(0, 10_000) if each.event.originator_id == draft_id
    ]
    said, _, given_back, amended, *_ = of_draft
    assert (said.descriptions, given_back.reason, amended.descriptions) == ((ERASED,), ERASED, (ERASED,))
    api.done(MEMBER, f"{path}/withdrawal", DAY)


def test_a_draft_of_a_frozen_activity_or_at_a_rate_that_is_gone_is_refused_by_name(
    api: Served, coop: Cooperative
) -> None:
    before = len(_invoices(api, coop))
    path = drafted(api, coop)
    api.done(MEMBER, f"{path}/submission", DAY)
    activity = f"/v1/activities/{coop.activity_id}"
    api.done(STAFF, f"{activity}/freezing", {"reason": "no insurance", **DAY})
    refused = api.post(STAFF, f"{path}/invoice", {"issued_on": "2026-03-02"})
    assert (refused.status_code, refused.json()["code"]) == (409, "activity-is-frozen")
    api.done(STAFF, f"{activity}/reopening", {"reason": "insured", **DAY})
    rates = {"name": "vat.rates-bp", "value": "0,600,2200", "valid_from": "2026-03-02", "source_ref": "law"}
    api.done(Role.TREASURER, f"/v1/entities/{coop.entity_id}/parameters", {**rates, **DAY})
    refused = api.post(STAFF, f"{path}/invoice", {"issued_on": "2026-03-02"})
    assert refused.json()["code"] == "unknown-vat-rate"
    assert len(_invoices(api, coop)) == before
