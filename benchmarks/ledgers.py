"""The ledger under measurement: the product's own event store on a fresh database, and workload W on it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from benchmarks.payments import Accounts, Claim, Parts, Pot, pay
from benchmarks.server import TENANT
from domain.catalogue import AGGREGATES
from domain.facts import Stamp
from domain.ids import derived_id
from domain.ledger import entities, periods
from domain.ledger.books import Books
from eventstore.codec import Codec
from eventstore.desk import Caller, Desk
from eventstore.keyring import Keyring
from eventstore.keystore import MemorySubjectKeys, SubjectKeys
from eventstore.log import Log
from eventstore.registry import Registry
from eventstore.sealing import Sealer
from eventstore.sequencer import PATIENCE_S
from eventstore.store import EventStore, Outcome

Clock = Callable[[], datetime]
Run = Callable[[Books, Stamp], object]

KEK = b"k" * 32
DAY = date(2026, 1, 15)
MONTH = "2026-01"
CODE = "BENCH"
ENTERPRISE_NO = "0999999922"
CALLER = Caller(principal="bench", actor="bench:staff")
OF_A_PAYMENT = ("bench-claim.receipt-allocated.v1", "bench-pot.contribution-collected.v1")

BANK_C = 1_200_00
PARTS = Parts(member_c=870_00, vat_c=200_00, fund_c=30_00, fee_c=100_00)
GROSS_C = 10**14
AT_ONCE = 100


@dataclass(frozen=True, slots=True)
class Ledger:
    """An open event store, with the desk before it and the key its batches are signed with."""

    dsn: str
    store: EventStore
    desk: Desk
    log: Log
    recorder_public: bytes

    def perform(self, operation: str, key: str, run: Run, *, body: bytes = b"") -> Outcome:
        """Perform a request and wait for it."""
        return self.desk.perform(CALLER, operation=operation, key=key, body=body, effective_on=DAY, run=run)

    async def perform_async(self, operation: str, key: str, run: Run, *, body: bytes = b"") -> Outcome:
        """Perform a request for a coroutine."""
        return await self.desk.perform_async(
            CALLER, operation=operation, key=key, body=body, effective_on=DAY, run=run
        )

    def perform_bulk(self, operation: str, key: str, runs: Sequence[Run], *, body: bytes) -> None:
        """Perform many in one request, all or none."""
        self.desk.perform_bulk(CALLER, operation=operation, key=key, body=body, effective_on=DAY, runs=runs)


def registry() -> Registry:
    """Return every kind of fact of the product, and those of workload W."""
    return Registry(*AGGREGATES, Claim, Pot)


@contextmanager
def open_ledger(
    dsn: str, clock: Clock, *, patience_s: float = PATIENCE_S, subject_keys: SubjectKeys | None = None
) -> Iterator[Ledger]:
    """Open the product's event store on a ledger's database; without subject keys, with some in memory."""
    keyring = Keyring(recorder=Ed25519PrivateKey.generate(), mac_key=b"m" * 32, kek=KEK)
    known, keys = registry(), subject_keys or MemorySubjectKeys()
    store = EventStore(
        dsn,
        tenant=TENANT,
        registry=known,
        keyring=keyring,
        subject_keys=keys,
        clock=clock,
        patience_s=patience_s,
    )
    log = Log(dsn, tenant=TENANT, codec=Codec(known, Sealer(keys)))
    try:
        yield Ledger(dsn, store, Desk(store, keyring, tenant=TENANT), log, keyring.recorder_public)
    finally:
        log.close()
        store.close()


def found_entity(ledger: Ledger) -> UUID:
    """Register a legal entity and open its month."""
    entity_id = entities.entity_id_of(CODE)
    ledger.perform(
        "entity.register",
        "entity",
        lambda books, stamp: entities.register_entity(
            books, stamp, code=CODE, name="Benchmark", enterprise_no=ENTERPRISE_NO, country="BE"
        ),
    )
    ledger.perform(
        "period.open",
        "period",
        lambda books, stamp: periods.open_period(books, stamp, entity_id=entity_id, month=MONTH),
    )
    return entity_id


class Payments:
    """Workload W on a ledger. Hot: one bank, VAT, fund and fee for all; spread: as many as invoices."""

    def __init__(self, ledger: Ledger, *, accounts: int, spread: bool) -> None:
        """Found what is paid: that many invoices and members, and the funds."""
        self.ledger = ledger
        entity_id = found_entity(ledger)
        self._claims = [derived_id("bench-claim", n) for n in range(accounts)]
        shared = accounts if spread else 1
        self._pots = [derived_id("bench-pot", n) for n in range(shared)]
        self._accounts = [Accounts(f"55{n:04}", f"45{n:04}", f"70{n:04}") for n in range(shared)]
        self._record("pots", [partial(_charter, id_, entity_id) for id_ in self._pots])
        self._record("claims", [partial(_issue, n, id_, entity_id) for n, id_ in enumerate(self._claims)])
        self.founded_at = ledger.log.head().size

    def ask(self, number: int) -> Outcome:
        """Pay once, and wait until it is durable."""
        return self.ledger.perform("bench.pay", f"pay-{number}", self.run(number), body=body_of(number))

    async def ask_async(self, number: int) -> Outcome:
        """Pay once, as a coroutine does."""
        return await self.ledger.perform_async(
            "bench.pay", f"pay-{number}", self.run(number), body=body_of(number)
        )

    def ask_bulk(self, number: int, *, count: int) -> None:
        """Pay so often in one request: all of it or nothing."""
        numbers = range(number * count, (number + 1) * count)
        self.ledger.perform_bulk(
            "bench.pay",
            f"bulk-{number}",
            [self.run(each) for each in numbers],
            body=b"[" + b",".join(map(body_of, numbers)) + b"]",
        )

    def run(self, number: int) -> Run:
        """Return the use case of that payment."""
        shared = number % len(self._pots)
        return partial(
            pay,
            claim_id=self._claims[number % len(self._claims)],
            pot_id=self._pots[shared],
            line_id=UUID(int=number + 1),
            amount_c=BANK_C,
            parts=PARTS,
            accounts=self._accounts[shared],
        )

    def _record(self, what: str, runs: Sequence[Run]) -> None:
        for first in range(0, len(runs), AT_ONCE):
            some = runs[first : first + AT_ONCE]
            self.ledger.perform_bulk("bench.found", f"{what}-{first}", some, body=b"")


def body_of(number: int) -> bytes:
    """Return a request's body as the API would have it."""
    return b'{"bank_line":"line-%d","invoice":"claim-%d","amount_c":120000,"despite_reference":false}' % (
        number,
        number,
    )


def _charter(pot_id: UUID, entity_id: UUID, books: Books, stamp: Stamp) -> None:
    books.record(Pot.begin(stamp, id=pot_id, entity_id=entity_id))


def _issue(number: int, claim_id: UUID, entity_id: UUID, books: Books, stamp: Stamp) -> None:
    books.record(
        Claim.begin(
            stamp,
            id=claim_id,
            entity_id=entity_id,
            activity_id=derived_id("bench-activity", number),
            client_id=derived_id("bench-client", number),
            gross_c=GROSS_C,
        )
    )
