"""Who may ask: the API keys of a tenant, of which only a hash is kept.

A key reads `clk_<id>_<secret>`, the secret being 32 random bytes in base64url. With 256 bits of
chance a plain SHA-256 is enough (OWASP ASVS 5.0, 6.5.2: a slow hash is for what people choose).
Each request looks the key up, so a revocation counts at once.
"""

from __future__ import annotations

import re
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from hashlib import sha256
from hmac import compare_digest
from typing import Self

from psycopg.rows import class_row
from psycopg_pool import ConnectionPool

from domain.errors import AlreadyExists, EmptyText, Malformed, NotFound
from eventstore.connections import conninfo
from eventstore.migrations.roles import ACCESS

SECRET_BYTES = 32
_ID = re.compile(r"[a-z0-9]{1,32}")
_TOKEN = re.compile(r"clk_([a-z0-9]{1,32})_[A-Za-z0-9_-]{43}")
_CONNECTIONS = 4

_FIND = """
    SELECT id, sha256, role, label, created_at, expires_at, revoked_at, last_used_on
    FROM api_key WHERE id = %(id)s
"""
_LIST = """
    SELECT id, sha256, role, label, created_at, expires_at, revoked_at, last_used_on
    FROM api_key ORDER BY created_at, id
"""
_ISSUE = """
    INSERT INTO api_key (id, sha256, role, label, created_at, expires_at)
    VALUES (%(id)s, %(sha256)s, %(role)s, %(label)s, %(now)s, %(expires_at)s)
    ON CONFLICT (id) DO NOTHING
"""
_REVOKE = "UPDATE api_key SET revoked_at = %(now)s WHERE id = %(id)s AND revoked_at IS NULL"
_USED = """
    UPDATE api_key SET last_used_on = %(today)s
    WHERE id = %(id)s AND (last_used_on IS NULL OR last_used_on < %(today)s)
"""


class Role(StrEnum):
    """What the bearer of a key is to the cooperative."""

    MEMBER = "member"
    STAFF = "staff"
    TREASURER = "treasurer"
    AUDITOR = "auditor"
    COMMITTEE = "committee"
    ADMIN = "admin"


class UnknownKey(NotFound):
    """There is no API key with this id."""

    code = "unknown-key"
    fr = "Aucune clé API n'a cet identifiant."
    nl = "Er is geen API-sleutel met dit kenmerk."


class UnusableKey(Malformed):
    """A key needs an id of small letters and digits, 32 random bytes, and an end in the future."""

    code = "unusable-key"
    fr = "Une clé demande un identifiant de minuscules et de chiffres, 32 octets aléatoires et une fin à venir."
    nl = "Een sleutel vraagt een kenmerk van kleine letters en cijfers, 32 willekeurige bytes en een einde in de toekomst."


@dataclass(frozen=True, slots=True)
class ApiKey:
    """One key, without its secret."""

    id: str
    sha256: bytes
    role: str
    label: str
    created_at: datetime
    expires_at: datetime | None
    revoked_at: datetime | None
    last_used_on: date | None

    def is_live(self, now: datetime) -> bool:
        """Tell whether the key is neither revoked nor expired."""
        return self.revoked_at is None and (self.expires_at is None or now < self.expires_at)


class ApiKeys:
    """The keys of one tenant. Safe to share between threads."""

    def __init__(self, dsn: str, *, tenant: str) -> None:
        """Open a small pool of connections that may touch the keys and nothing else."""
        self._pool = ConnectionPool(
            conninfo(dsn, tenant=tenant, role=ACCESS),
            min_size=1,
            max_size=_CONNECTIONS,
            timeout=5,
            kwargs={"autocommit": True},
            check=ConnectionPool.check_connection,
            open=True,
        )

    def issue(  # the token is shown once and cannot be had again
        self, role: Role, label: str, expires_at: datetime | None, *, now: datetime, id: str, secret: bytes
    ) -> str:
        """Keep a new key and return its token.

        Raises UnusableKey, EmptyText without a label, AlreadyExists if the id is taken.
        """
        in_the_past = expires_at is not None and expires_at <= now
        if not _ID.fullmatch(id) or len(secret) != SECRET_BYTES or in_the_past:
            raise UnusableKey(id=id, secret_bytes=len(secret), expires_at=expires_at)
        if not label.strip():
            raise EmptyText(field="label")
        token = f"clk_{id}_{urlsafe_b64encode(secret).decode().rstrip('=')}"
        said = {"id": id, "sha256": _digest(token), "role": role.value, "label": label}
        with self._pool.connection() as connection:
            issued = connection.execute(_ISSUE, {**said, "now": now, "expires_at": expires_at})
            if issued.rowcount == 0:
                raise AlreadyExists(key_id=id)
        return token

    def authenticate(self, token: str, now: datetime) -> ApiKey | None:
        """Return the live key of this token and note the day of its use; None for any other token."""
        written = _TOKEN.fullmatch(token)
        key = self._find(written[1]) if written else None
        if key is None or not compare_digest(key.sha256, _digest(token)) or not key.is_live(now):
            return None
        if key.last_used_on is None or key.last_used_on < now.date():
            with self._pool.connection() as connection:
                connection.execute(_USED, {"id": key.id, "today": now.date()})
        return key

    def revoke(self, id: str, now: datetime) -> None:
        """Revoke a key for good; once more changes nothing. Raises UnknownKey."""
        with self._pool.connection() as connection:
            connection.execute(_REVOKE, {"id": id, "now": now})
        if self._find(id) is None:
            raise UnknownKey(id=id)

    def list(self) -> list[ApiKey]:
        """Return every key ever issued, oldest first."""
        with self._pool.connection() as connection, connection.cursor(row_factory=class_row(ApiKey)) as rows:
            return rows.execute(_LIST).fetchall()

    def close(self) -> None:
        """Close the connections."""
        self._pool.close()

    def __enter__(self) -> Self:
        """Use the keys for a while."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the connections."""
        self.close()

    def _find(self, id: str) -> ApiKey | None:
        with self._pool.connection() as connection, connection.cursor(row_factory=class_row(ApiKey)) as rows:
            return rows.execute(_FIND, {"id": id}).fetchone()


def _digest(token: str) -> bytes:
    return sha256(token.encode()).digest()
