"""API keys: who am I, and, for those who keep the keys, which there are.

Keys are issued at the machine itself (`tutti key issue`): their secret is shown once, there.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

from fastapi import APIRouter, Path, Request
from pydantic import BaseModel

from api.context import Using
from api.guard import GuardedRoute
from eventstore.access import ApiKey

router = APIRouter(tags=["keys"], route_class=GuardedRoute)


class ShownKey(BaseModel):
    """One API key, without anything that opens."""

    id: str
    role: str
    label: str
    created_at: datetime
    expires_at: datetime | None
    revoked_at: datetime | None
    last_used_on: date | None


class ShownKeys(BaseModel):
    """Every key ever issued, oldest first."""

    keys: list[ShownKey]


@router.get("/me", name="key.me")
def who_am_i(request: Request) -> ShownKey:
    """Show the key this was asked with."""
    return _shown(request.state.key)


@router.get("/keys", name="key.list")
def list_keys(services: Using) -> ShownKeys:
    """List the keys of this tenant."""
    return ShownKeys(keys=[_shown(key) for key in services.access.list()])


@router.delete("/keys/{key_id}", name="key.revoke", status_code=204)
def revoke_key(key_id: Annotated[str, Path(pattern=r"^[a-z0-9]{1,32}$")], services: Using) -> None:
    """Revoke a key for good, from the next request on."""
    services.access.revoke(key_id, services.clock())


def _shown(key: ApiKey) -> ShownKey:
    return ShownKey(
        id=key.id,
        role=key.role,
        label=key.label,
        created_at=key.created_at,
        expires_at=key.expires_at,
        revoked_at=key.revoked_at,
        last_used_on=key.last_used_on,
    )
