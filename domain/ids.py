"""Ids that follow from what they name, so that one thing can never have two streams.

Uniqueness inside the ledger is a stream whose id is derived from its key: a vote from poll and
voter, a period from entity and month, a bank line from account, statement and entry.
"""

from __future__ import annotations

from hashlib import sha1
from uuid import UUID

from domain.errors import UnreadableText

NAMESPACE = UUID("6f7b1d2a-4c0e-5b57-9a3d-7475747469a1")

_IN_NAMESPACE = sha1(NAMESPACE.bytes, usedforsecurity=False)
# RFC 9562, 4.1 and 4.2: four bits tell the version, two the variant.
_NEITHER, _BOTH = ~(0xF << 76 | 0x3 << 62), 5 << 76 | 2 << 62


def derived_id(kind: str, *key: object) -> UUID:
    """Return the id of the one `kind` that `key` names; equal keys give equal ids for ever.

    It is a UUID by name (RFC 9562, 5.5): every command needs several, and Python's own `uuid5` takes twice as long.

    Raises UnreadableText if a part is not valid Unicode.
    """
    name = kind
    for part in map(str, key):
        name += f"\x1f{len(part)}:{part}"
    hashed = _IN_NAMESPACE.copy()
    try:
        hashed.update(name.encode())
    except UnicodeEncodeError:
        raise UnreadableText(kind=kind) from None
    return UUID(int=int.from_bytes(hashed.digest()[:16], "big") & _NEITHER | _BOTH)
