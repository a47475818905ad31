"""Old books over HTTP: tried, refused with both figures, recorded once, their file kept."""

from __future__ import annotations

from hashlib import sha256
from uuid import uuid4

import httpx
import pytest

from domain.errors import OldBooksOnlyTried
from eventstore.access import Role
from interchange.old_books import write_old_books
from tests.api.books import ENTERPRISE_NO
from tests.api.running import Served, begun
from tests.cooperative import ENTITY
from tests.old_books import BOOKS, with_balance

FILE = write_old_books(BOOKS)
WRONG = write_old_books(with_balance(BOOKS, "240", 1_500_01))
TREASURER = Role.TREASURER


def hand_in(
    api: Served, content: bytes, *, trial: bool = False, key: str | None = None, lang: str = "en"
) -> httpx.Response:
    """Hand a file of old books in."""
    headers = {
        "Content-Type": "application/octet-stream",
        "Idempotency-Key": key or str(uuid4()),
        "Accept-Language": lang,
    }
    return api.client(TREASURER).post(
        f"/v1/entities/{ENTITY}/cutover", params={"dry_run": trial}, content=content, headers=headers
    )


@pytest.fixture(scope="module", autouse=True)
def _registered(api: Served) -> None:
    entity = {"code": "PILOT", "name": "Pilot Cooperative", "enterprise_no": ENTERPRISE_NO}
    assert begun(api.done(TREASURER, "/v1/entities", entity), "legal-entity") == str(ENTITY)
    api.done(TREASURER, f"/v1/periods/{ENTITY}/2026-03/opening")


def test_a_trial_says_what_differs_in_the_language_of_who_asks_and_records_nothing(api: Served) -> None:
    size = api.services.log.head().size
    tried = hand_in(api, WRONG, trial=True, lang="fr").json()
    assert (tried["position"], tried["refused"]) == (None, "old-books-do-not-balance")
    assert tried["because"].startswith("Les débits")
    assert [each["what"] for each in tried["figures"] if each["difference_c"]] == ["trial-balance"]
    agreed = hand_in(api, FILE, trial=True)
    assert (agreed.status_code, agreed.json()["refused"]) == (201, None)
    assert OldBooksOnlyTried.code not in agreed.text
    assert api.services.log.head().size == size


def test_what_differs_is_refused_with_both_figures(api: Served) -> None:
    refused = hand_in(api, WRONG)
    assert (refused.status_code, refused.json()["code"]) == (409, "old-books-do-not-balance")
    facts = refused.json()["facts"]
    assert (facts["books_c"], facts["items_c"], facts["difference_c"]) == ("2431001", "2431000", "-1")
    garbage = hand_in(api, b"{}")
    assert (garbage.status_code, garbage.json()["code"]) == (422, "old-books-unreadable")


def test_old_books_are_recorded_once_and_a_repeat_hears_the_first_answer(api: Served) -> None:
    first = hand_in(api, FILE, key="the cutover")
    assert first.status_code == 201, first.text
    assert first.headers["Ledger-Position"] == str(first.json()["position"])
    assert hand_in(api, FILE, key="the cutover").json() == first.json()
    assert hand_in(api, FILE).json()["code"] == "books-begun-already"
    digest = sha256(FILE).hexdigest()
    assert first.json()["source_sha256"] == digest
    assert api.get(TREASURER, f"/v1/documents/{digest}").content == FILE
    rows = api.get(TREASURER, "/v1/trial-balance", see=first.json()["position"]).json()["rows"]
    assert sum(row["debit_c"] - row["credit_c"] for row in rows if row["account"] == "400") == 1_710_00
