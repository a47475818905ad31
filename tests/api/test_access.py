"""API keys: only a hash is kept, and a key opens until it expires or is revoked, never after."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
import pytest

from domain.errors import AlreadyExists, EmptyText
from eventstore.access import ApiKeys, Role, UnknownKey, UnusableKey

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
SECRET = bytes(range(32))
KEPT = "SELECT * FROM tutti_default.api_key"


@pytest.fixture
def keys(dsn: str) -> Iterator[ApiKeys]:
    with ApiKeys(dsn, tenant="default") as opened:
        yield opened


def _issue(keys: ApiKeys, **other: Any) -> str:
    said = {"label": "desk", "expires_at": None, "now": NOW, "id": "a1", "secret": SECRET}
    return keys.issue(Role.STAFF, **{**said, **other})


def test_a_key_is_shown_once_and_only_its_hash_is_kept(keys: ApiKeys, dsn: str) -> None:
    token = _issue(keys)

    assert re.fullmatch(r"clk_a1_[A-Za-z0-9_-]{43}", token)
    with psycopg.connect(dsn) as connection:
        kept = repr(connection.execute(KEPT).fetchall())
    assert token.removeprefix("clk_a1_") not in kept
    assert repr(SECRET) not in kept


def test_a_live_key_is_known_with_its_role_and_the_day_of_its_use(keys: ApiKeys) -> None:
    token = _issue(keys)

    found = keys.authenticate(token, NOW)

    assert found is not None
    assert (found.id, found.role, found.label) == ("a1", "staff", "desk")
    (listed,) = keys.list()
    assert listed.last_used_on == NOW.date()


@pytest.mark.parametrize("change", [lambda t: t[:-1] + "!", lambda t: t[:-2] + "zz", str.upper, lambda _: ""])
def test_another_token_is_nobody(keys: ApiKeys, change: Any) -> None:
    assert keys.authenticate(change(_issue(keys)), NOW) is None


def test_the_secret_of_one_key_does_not_open_another(keys: ApiKeys) -> None:
    _issue(keys)
    other = _issue(keys, id="b2", secret=SECRET[::-1])

    assert keys.authenticate(other.replace("clk_b2_", "clk_a1_"), NOW) is None


def test_a_key_opens_until_the_moment_it_expires(keys: ApiKeys) -> None:
    end = NOW + timedelta(days=1)
    token = _issue(keys, expires_at=end)

    assert keys.authenticate(token, end - timedelta(microseconds=1)) is not None
    assert keys.authenticate(token, end) is None


def test_a_revoked_key_opens_nothing_and_keeps_its_first_end(keys: ApiKeys) -> None:
    token = _issue(keys)

    keys.revoke("a1", NOW)
    keys.revoke("a1", NOW + timedelta(days=1))

    assert keys.authenticate(token, NOW) is None
    (listed,) = keys.list()
    assert listed.revoked_at == NOW


def test_a_key_that_could_not_be_used_is_not_made(keys: ApiKeys) -> None:
    _issue(keys)

    for wrong in ({"id": "A_1"}, {"id": ""}, {"secret": b"short"}, {"expires_at": NOW}):
        with pytest.raises(UnusableKey):
            _issue(keys, **{"id": "c3", **wrong})
    with pytest.raises(EmptyText):
        _issue(keys, id="c3", label=" ")
    with pytest.raises(AlreadyExists):
        _issue(keys)
    with pytest.raises(UnknownKey):
        keys.revoke("c3", NOW)
    assert len(keys.list()) == 1


def test_who_keeps_the_keys_may_not_read_the_log(keys: ApiKeys) -> None:
    with keys._pool.connection() as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
        connection.execute("SELECT * FROM event")
