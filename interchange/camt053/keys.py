"""What an entry is called within its statement, so that it is imported once however often it comes.

The key is the first of these that the bank gives:

- `ref:` its entry reference (NtryRef);
- `bank:` the bank's own reference of the entry (AcctSvcrRef);
- `tx:` EndToEndId and TxId of its only transaction, as `tx:<EndToEndId>|<TxId>`; NOTPROVIDED
  counts as nothing, and one of the two may be empty.

Where the bank gives none, or gives the same one to several entries (some repeat the number of the
contract), the key is `sha256:<digest>/<occurrence>`, followed by `:` and the shared reference if
any. The digest covers what the record says of the entry and nothing of how the file says it: the
same entry has the same key in every version of the format, and in any order of the file. The
occurrence tells apart only entries that are alike in everything.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from hashlib import sha256

from interchange.camt053.records import BankEntry

NOT_PROVIDED = "NOTPROVIDED"
_DIGEST = "sha256:"


def own_key(*, reference: str, bank_reference: str, end_to_end: str, transaction: str) -> str:
    """Return the key by the bank's own references, or nothing if it gives none."""
    if reference:
        return f"ref:{reference}"
    if bank_reference:
        return f"bank:{bank_reference}"
    known = [name if name != NOT_PROVIDED else "" for name in (end_to_end, transaction)]
    return f"tx:{'|'.join(known)}" if any(known) else ""


def with_unique_keys(entries: Sequence[BankEntry]) -> tuple[BankEntry, ...]:
    """Return the entries of one statement with keys that are unique in it."""
    times = Counter(entry.key for entry in entries)
    seen: Counter[str] = Counter()
    return tuple(
        entry if entry.key and times[entry.key] == 1 else _with_digest(entry, seen) for entry in entries
    )


def bank_references(key: str) -> tuple[str, str]:
    """Return the kind (`ref`, `bank`, `tx` or nothing) and the reference that `key` rests on."""
    if key.startswith(_DIGEST):
        key = key.removeprefix(_DIGEST).partition(":")[2]
    kind, _, reference = key.partition(":")
    return kind, reference


def _with_digest(entry: BankEntry, seen: Counter[str]) -> BankEntry:
    digest = f"{_DIGEST}{sha256(_canonical(entry)).hexdigest()}"
    shared = f":{entry.key}" if entry.key else ""
    seen[digest + shared] += 1
    return replace(entry, key=f"{digest}/{seen[digest + shared]}{shared}")


def _canonical(entry: BankEntry) -> bytes:
    says: Iterable[object] = (
        entry.booked_on.isoformat(),
        entry.value_on and entry.value_on.isoformat(),
        entry.amount_c,
        entry.references,
        entry.creditor_refs,
        entry.counterparty_name,
        entry.counterparty_iban,
        entry.remittance,
        entry.transactions,
    )
    return json.dumps(list(says), separators=(",", ":")).encode()
