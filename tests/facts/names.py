"""Who and what the samples speak of, the same for ever."""

from __future__ import annotations

from datetime import UTC, date, datetime
from uuid import UUID

from domain.facts import Stamp

STAMP = Stamp(
    recorded_at=datetime(2026, 1, 10, 8, 15, 30, 123456, tzinfo=UTC),
    effective_on=date(2025, 12, 20),
    actor="anna",
    on_behalf_of=None,
    command_id=UUID("5a3f0b1e-6c1d-5b7a-9c2e-0123456789ab"),
    operation="test.sample",
    body_mac="b0" * 32,
)
FOR_ANOTHER = {"actor": "desk", "on_behalf_of": "anna"}
DAY = date(2026, 1, 10)
ENTITY, ACTIVITY, FUND, CLIENT, DOCUMENT, MEMBER, PERSON, POLL, MOTION, ROLL, LINE, ACCOUNT = (
    UUID(int=n) for n in range(0x1001, 0x100D)
)
SHA256 = "ab" * 32
