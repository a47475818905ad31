"""What must hold after a run, or nothing of it counts: see docs/reference/benchmarks.md."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from benchmarks.errors import DoesNotCount
from benchmarks.ledgers import OF_A_PAYMENT, Ledger
from benchmarks.payments import Claim, Posting, postings_of
from benchmarks.server import TENANT
from eventstore.connections import connect
from eventstore.migrations.roles import READER

Audit = Callable[[str, bytes], str | None]
"""Recomputes the log of a database from its stored rows: what is wrong, or None; by the recorder's key."""

PAGE = 2000
POSTINGS = 5
_COUNT = "SELECT count(*) FROM event WHERE topic = ANY(%s)"
_COMMANDS = "SELECT count(*) FROM command WHERE operation = %s"


def require_payments(ledger: Ledger, *, acknowledged: int, founded_at: int, audit: Audit) -> None:
    """Demand exactly the facts that were acknowledged, books that balance, and a log that holds.

    Raises DoesNotCount.
    """
    require_count(ledger, OF_A_PAYMENT, 2 * acknowledged)
    sums, postings = Counter[str](), 0
    for posting in _postings(ledger, founded_at):
        sums[posting.currency] += posting.amount_c
        postings += 1
    if postings != POSTINGS * acknowledged or any(sums.values()):
        raise DoesNotCount(postings=postings, acknowledged=acknowledged, sums=dict(sums))
    require_log(ledger, audit)


def require_count(ledger: Ledger, topics: Sequence[str], expected: int) -> None:
    """Demand so many facts of these topics; raises DoesNotCount."""
    found = counted(ledger, topics)
    if found != expected:
        raise DoesNotCount(facts=found, acknowledged=expected)


def counted(ledger: Ledger, topics: Sequence[str]) -> int:
    """Return how many facts of these topics the log holds."""
    with connect(ledger.dsn, tenant=TENANT, role=READER) as connection:
        ((count,),) = connection.execute(_COUNT, [list(topics)]).fetchall()
    return int(count)


def commands(ledger: Ledger, operation: str) -> int:
    """Return how many requests of this kind were carried out."""
    with connect(ledger.dsn, tenant=TENANT, role=READER) as connection:
        ((count,),) = connection.execute(_COMMANDS, [operation]).fetchall()
    return int(count)


def require_log(ledger: Ledger, audit: Audit) -> None:
    """Demand that the stored rows hold, leaf by leaf and batch by batch; raises DoesNotCount."""
    fault = audit(ledger.dsn, ledger.recorder_public)
    if fault is not None:
        raise DoesNotCount(fault=fault)


def _postings(ledger: Ledger, founded_at: int) -> Iterator[Posting]:
    after = founded_at
    while page := ledger.log.page(after, PAGE):
        for recorded in page:
            if isinstance(recorded.event, Claim.ReceiptAllocated):
                yield from postings_of(recorded.event)
        after = page[-1].position
