"""Ids that follow from what they name, so that one thing can never have two streams.

Uniqueness inside the ledger is a stream whose id is derived from its key: a vote from poll and
voter, a period from entity and month, a bank line from account, statement and entry.
"""

from __future__ import annotations

from uuid import UUID, uuid5

from domain.errors import UnreadableText

NAMESPACE = UUID("6f7b1d2a-4c0e-5b57-9a3d-7475747469a1")


def derived_id(kind: str, *key: object) -> UUID:
    """Return the id of the one `kind` that `key` names; equal keys give equal ids for ever.

    Raises UnreadableText if a part is not valid Unicode.
    """
    parts = [str(part) for part in key]
    try:
        return uuid5(NAMESPACE, "\x1f".join([kind, *(f"{len(part)}:{part}" for part in parts)]))
    except UnicodeEncodeError:
        raise UnreadableText(kind=kind) from None
