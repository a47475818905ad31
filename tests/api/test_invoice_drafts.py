"""A member drafts and submits an invoice over HTTP; staff give it back, or issue it."""

from __future__ import annotations

from typing import Any

from eventstore.access import Role
from tests.api.books import Cooperative
from tests.api.running import Served, begun

MEMBER, STAFF, AUDITOR = Role.MEMBER, Role.STAFF, Role.AUDITOR
DAY = {"effective_on": "2026-03-02"}
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
    (waits,) = seen["items"]
    assert (waits["id"], waits["amount_c"]) == (path.rpartition("/")[2], 121_00)
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
    issued = api.get(AUDITOR, f"/v1/invoices/{invoice_id}", see=said["position"]).json()["invoice"]
    assert (issued["invoice_no"], issued["gross_c"]) == ("2026-F-000001", 242_00)
    assert draft in api.get(AUDITOR, "/v1/invoice-drafts", state="issued").json()["invoice_drafts"]


def test_a_member_sees_and_changes_their_own_drafts_and_no_others(api: Served, coop: Cooperative) -> None:
    own, of_staff = drafted(api, coop), drafted(api, coop, STAFF)
    refused = api.post(MEMBER, f"{of_staff}/submission", DAY)
    assert (refused.status_code, refused.json()["code"]) == (409, "draft-of-another")
    said = api.done(MEMBER, f"{own}/withdrawal", DAY)
    mine = api.get(MEMBER, "/v1/invoice-drafts/own", see=said["position"]).json()["invoice_drafts"]
    assert [(each["invoice_draft_id"], each["state"]) for each in mine] == [
        (own.rpartition("/")[2], "withdrawn")
    ]
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
