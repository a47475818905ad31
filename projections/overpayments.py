"""What clients paid beyond what they owed and is held for them, by receipt and by client."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from projections.reader import Reader


@dataclass(frozen=True)
class Overpayment:
    """What of one receipt is held for one client, in cents."""

    line_id: UUID
    entity_id: UUID
    client_id: UUID
    held_c: int
    since: int


@dataclass(frozen=True)
class OwedToClient:
    """What is held for one client in all, in cents: paid too much, or beyond what a credit note left."""

    client_id: UUID
    entity_id: UUID
    held_c: int
    since: int


_OVERPAYMENTS = """
    SELECT line_id, entity_id, client_id, sum(amount_c)::bigint AS held_c, min(position) AS since
    FROM bank_overpayment WHERE %(entity_id)s::uuid IS NULL OR entity_id = %(entity_id)s
    GROUP BY line_id, entity_id, client_id HAVING sum(amount_c) <> 0 ORDER BY since
"""
_OWED = """
    SELECT client_id, entity_id, sum(amount_c)::bigint AS held_c, min(position) AS since
    FROM bank_overpayment WHERE %(entity_id)s::uuid IS NULL OR entity_id = %(entity_id)s
    GROUP BY client_id, entity_id HAVING sum(amount_c) <> 0 ORDER BY since
"""


def overpayments(reader: Reader, *, entity_id: UUID | None = None) -> list[Overpayment]:
    """Return what is held for clients, receipt by receipt, the oldest first; `since` is a position."""
    return reader.rows(Overpayment, _OVERPAYMENTS, entity_id=entity_id)


def owed_to_clients(reader: Reader, *, entity_id: UUID | None = None) -> list[OwedToClient]:
    """Return what is held for each client in all, the oldest first; `since` is a position."""
    return reader.rows(OwedToClient, _OWED, entity_id=entity_id)
