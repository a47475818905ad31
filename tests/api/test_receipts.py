"""Receipts over HTTP: kept sealed before the claim, found by their hash, refused when they are not there."""

from __future__ import annotations

from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest

from api.receipts import MOST_BYTES
from domain.aggregates.membership import Membership
from domain.personal import Retention
from eventstore.access import Role
from tests.api.books import Cooperative
from tests.api.running import Served, begun
from tests.api.test_outgoings import earned

STAFF, TREASURER = Role.STAFF, Role.TREASURER
RECEIPT = b"%PDF-1.7 (fictional) Ironmonger: screws 1.00, VAT 0.21, total 1.21"


@pytest.fixture(scope="module", autouse=True)
def _earned(api: Served, coop: Cooperative) -> None:
    earned(api, coop)


def keep(
    api: Served, content: bytes, membership_id: str, *, role: Role = STAFF, key: str | None = None
) -> httpx.Response:
    """Hand a receipt in for a member."""
    headers = {"Content-Type": "application/octet-stream", "Idempotency-Key": key or str(uuid4())}
    whose = {"membership_id": membership_id}
    return api.client(role).post("/v1/documents", params=whose, content=content, headers=headers)


def claim(coop: Cooperative, *receipts: bytes, **other: Any) -> dict[str, Any]:
    """A claim of 1.00 + 0.21 a receipt."""
    expense = {
        "spent_on": "2026-03-02",
        "type": "supplies",
        "net_c": 100,
        "vat_c": 21,
        "vat_deductible_c": 21,
    }
    lines = [{**expense, "receipt_sha256": sha256(receipt).hexdigest()} for receipt in receipts]
    asked = {"activity_id": coop.activity_id, "claimant_id": coop.members[0], "purpose": "Screws"}
    return {**asked, "lines": lines, **other}


def person_of(api: Served, membership_id: str) -> UUID:
    first = api.services.log.stream(UUID(membership_id))[0].event
    assert isinstance(first, Membership.Applied)
    return first.person_id


def stored(api: Served) -> set[Path]:
    return set(api.services.documents._folder.rglob("*-*"))


def test_a_receipt_is_kept_first_and_found_by_the_hash_that_the_claim_names(
    api: Served, coop: Cooperative
) -> None:
    early = api.post(STAFF, "/v1/claims", claim(coop, RECEIPT))
    assert (early.status_code, early.json()["code"]) == (409, "receipt-not-kept")
    assert "POST /v1/documents" in early.json()["title"]
    assert early.json()["facts"]["reason"] == "no-such-document"

    kept = keep(api, RECEIPT, coop.members[0])
    named = {"sha256": sha256(RECEIPT).hexdigest(), "bytes": len(RECEIPT)}
    assert (kept.status_code, kept.json()) == (201, named)
    api.done(STAFF, "/v1/claims", claim(coop, RECEIPT))
    for role in (STAFF, TREASURER, Role.AUDITOR):
        assert api.get(role, f"/v1/documents/{named['sha256']}").content == RECEIPT


def test_handing_the_same_receipt_in_again_changes_nothing(api: Served, coop: Cooperative) -> None:
    first = keep(api, b"the same", coop.members[0], key="twice")
    there, head = stored(api), api.services.log.head().size
    assert keep(api, b"the same", coop.members[0], key="twice").content == first.content
    assert keep(api, b"the same", coop.members[0], role=TREASURER).content == first.content
    assert stored(api) == there
    assert api.services.log.head().size == head


def test_a_receipt_kept_for_somebody_else_is_not_the_claimants(api: Served, coop: Cooperative) -> None:
    theirs = b"a receipt of another member"
    assert keep(api, theirs, coop.members[1]).status_code == 201
    refused = api.post(STAFF, "/v1/claims", claim(coop, theirs))
    assert refused.json()["code"] == "receipt-not-kept"
    assert keep(api, theirs, coop.members[0]).status_code == 201
    api.done(STAFF, "/v1/claims", claim(coop, theirs))


def test_one_receipt_that_is_missing_among_others_is_named_and_nothing_is_recorded(
    api: Served, coop: Cooperative
) -> None:
    there, missing = b"this one is there", b"this one is not"
    keep(api, there, coop.members[0])
    head = api.services.log.head().size
    refused = api.post(STAFF, "/v1/claims", claim(coop, there, missing))
    assert refused.json()["facts"]["sha256"] == sha256(missing).hexdigest()
    assert api.services.log.head().size == head
    api.done(STAFF, "/v1/claims", claim(coop, there))


def test_a_receipt_that_was_tampered_with_is_refused_until_it_is_handed_in_again(
    api: Served, coop: Cooperative
) -> None:
    content, before = b"to be tampered with", stored(api)
    named = keep(api, content, coop.members[0]).json()["sha256"]
    (path,) = stored(api) - before
    path.write_bytes(path.read_bytes()[:-1] + b"?")
    refused = api.post(STAFF, "/v1/claims", claim(coop, content))
    assert refused.json()["facts"]["reason"] == "document-damaged"
    shown = api.get(STAFF, f"/v1/documents/{named}")
    assert (shown.status_code, shown.json()["code"]) == (500, "document-damaged")

    assert keep(api, content, coop.members[0]).status_code == 201
    api.done(STAFF, "/v1/claims", claim(coop, content))


def test_a_repeat_of_a_recorded_claim_hears_its_first_answer_whatever_became_of_the_receipt(
    api: Served, coop: Cooperative
) -> None:
    content, before = b"to be lost", stored(api)
    keep(api, content, coop.members[0])
    asked, key = claim(coop, content, claim_id=str(uuid4())), str(uuid4())
    first = api.post(STAFF, "/v1/claims", asked, key=key)
    assert first.status_code == 201, first.text
    for path in stored(api) - before:
        path.unlink()
    again = api.post(STAFF, "/v1/claims", asked, key=key)
    assert (again.status_code, again.content) == (201, first.content)


def test_rules_are_told_before_a_receipt_is_asked_for(api: Served, coop: Cooperative) -> None:
    stranger = api.post(STAFF, "/v1/claims", claim(coop, b"x", claimant_id=coop.members[1]))
    assert stranger.json()["code"] == "not-of-the-activity"
    nobody = api.post(STAFF, "/v1/claims", claim(coop, b"x", claimant_id=str(uuid4())))
    assert nobody.status_code == 409
    no_hash = claim(coop, b"x")
    no_hash["lines"][0]["receipt_sha256"] = "../keys/kek"
    assert api.post(STAFF, "/v1/claims", no_hash).json()["code"] == "invalid-receipt-hash"


def test_what_is_no_receipt_is_refused_by_name(api: Served, coop: Cooperative) -> None:
    member = coop.members[0]
    assert keep(api, b"x", str(uuid4())).json()["code"] == "unknown-record"
    assert keep(api, b"x", coop.activity_id).json()["code"] == "unknown-record"
    assert keep(api, b"x", "nobody").status_code == 422
    assert keep(api, b"", member).status_code == 422
    whole, over = keep(api, b"x" * MOST_BYTES, member), keep(api, b"x" * (MOST_BYTES + 1), member)
    assert (whole.status_code, over.status_code, over.json()["code"]) == (201, 413, "request-too-large")
    for role in (Role.MEMBER, Role.COMMITTEE, Role.AUDITOR, Role.ADMIN):
        assert keep(api, b"x", member, role=role).status_code == 403


def test_evidence_of_the_books_is_kept_for_an_entity(api: Served, coop: Cooperative) -> None:
    def keep_for(**whose: str) -> httpx.Response:
        headers = {"Content-Type": "application/octet-stream", "Idempotency-Key": str(uuid4())}
        content = b"an insurance policy (fictional)"
        return api.client(TREASURER).post("/v1/documents", params=whose, content=content, headers=headers)

    kept = keep_for(entity_id=coop.entity_id)
    assert kept.status_code == 201
    assert api.get(Role.AUDITOR, f"/v1/documents/{kept.json()['sha256']}").status_code == 200
    refused = [
        keep_for(),
        keep_for(entity_id=coop.entity_id, membership_id=coop.members[0]),
        keep_for(entity_id=coop.activity_id),
    ]
    assert [each.json()["code"] for each in refused] == ["one-subject", "one-subject", "unknown-record"]


def test_after_an_erasure_no_receipt_is_kept_and_those_there_say_nothing(
    api: Served, coop: Cooperative
) -> None:
    leaving = coop.members[2]
    named = keep(api, b"of one who is erased", leaving).json()["sha256"]
    keys = api.services.documents._keys
    keys.destroy(person_of(api, leaving), Retention.ACCOUNTING, datetime.now(UTC))
    shown = api.get(STAFF, f"/v1/documents/{named}")
    assert (shown.status_code, shown.json()["code"]) == (410, "document-erased")
    refused = keep(api, b"another", leaving)
    assert (refused.status_code, refused.json()["code"]) == (409, "key-destroyed")


def test_a_claim_that_is_refused_leaves_its_receipt_for_the_next_one_to_name(
    api: Served, coop: Cooperative
) -> None:
    content = b"kept and claimed later"
    keep(api, content, coop.members[0])
    over = claim(coop, content)
    over["lines"][0]["net_c"] = 1_000_000_00
    assert api.post(STAFF, "/v1/claims", over).json()["code"] == "over-available"
    said = api.done(STAFF, "/v1/claims", claim(coop, content))
    assert begun(said, "expense-claim")
