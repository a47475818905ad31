"""Making API keys: the secret is shown once, and only its hash is kept."""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from eventstore.access import Role
    from workers.workshop import Workshop

VALID_DAYS = 365


def make_key(workshop: Workshop, *, role: Role, label: str, valid_days: int = VALID_DAYS) -> str:
    """Make a key of this role and return it, for the only time."""
    now = workshop.clock()
    return workshop.access.issue(
        role=role,
        label=label,
        now=now,
        expires_at=now + timedelta(days=valid_days),
        id=secrets.token_hex(6),
        secret=secrets.token_bytes(32),
    )
