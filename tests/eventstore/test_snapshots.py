"""Snapshots make long streams fast, and nothing else: without them, or with false ones, all is the same."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from typing import Annotated, Any
from uuid import UUID, uuid4

import psycopg
import pytest

from domain.facts import Ledgered, Stamp
from domain.personal import ERASED, Personal, Retention
from eventstore.appender import Appender
from eventstore.codec import Codec
from eventstore.connections import connect
from eventstore.keyring import Keyring
from eventstore.keystore import MemorySubjectKeys
from eventstore.loading import Loader
from eventstore.migrations.roles import WRITER
from eventstore.registry import Registry
from eventstore.sealing import Sealer
from eventstore.snapshots import Snapshot, Snapshots, code_of
from eventstore.snapshotting import Checked, Snapshotter, Verdict
from eventstore.store import EventStore
from tests.conftest import StoreOf, wall_clock
from tests.domain.test_noting import STAMP
from tests.eventstore.looking import rows
from tests.eventstore.toys import FUND, SERIES, BelowFloor, ToyFund, ToySeries, command, move, take


class ToyPerson(Ledgered):
    """Somebody with a name, which a rule needs, and with remarks, which none needs."""

    TOPIC = "toy-person"

    def __init__(self, person_id: UUID, name: str) -> None:
        self.name = name
        self.remarks = 0

    class Event(Ledgered.Event):
        """What happens to a person."""

    class Came(Event, Ledgered.Created):
        """A person came."""

        TOPIC = "toy-person.came.v1"
        person_id: UUID
        name: Annotated[str, Personal(Retention.CONTACT, "person_id")]

    Created = Came

    class Remarked(Event):
        """Something was said of the person."""

        TOPIC = "toy-person.remarked.v1"
        person_id: UUID
        remark: Annotated[str, Personal(Retention.CONTACT, "person_id")]

        def apply(self, person: ToyPerson) -> None:
            person.remarks += 1

    def remark(self, stamp: Stamp, *, person_id: UUID, remark: str) -> None:
        self.note(self.Remarked, stamp, person_id=person_id, remark=remark)


REGISTRY = Registry(ToySeries, ToyFund, ToyPerson)
KEYS = MemorySubjectKeys()


class Bench:
    """A snapshotter, and what it works with."""

    def __init__(self, dsn: str, keyring: Keyring) -> None:
        self.codec = Codec(REGISTRY, Sealer(KEYS))
        self.snapshots = Snapshots(REGISTRY, keyring, tenant="default")
        self.appender = Appender.open(dsn, tenant="default", keyring=keyring)
        connection = connect(dsn, tenant="default", role=WRITER)
        self.snapshotter = Snapshotter(connection, self.appender, self.codec, self.snapshots)
        self.loader = Loader(self.appender, self.codec, self.snapshots)

    def verdicts(self) -> list[Verdict]:
        return [each.verdict for each in self.snapshotter.check()]


@pytest.fixture
def bench(dsn: str, keyring: Keyring) -> Iterator[Bench]:
    bench = Bench(dsn, keyring)
    with closing(bench.snapshotter):
        yield bench


@pytest.fixture
def long(store: EventStore) -> EventStore:
    """A series of 2,301 facts and a fund of 1,201."""
    store.execute_bulk([take(SERIES) for _ in range(2300)])
    store.execute_bulk([move(FUND, 1) for _ in range(1200)])
    return store


def stored(dsn: str) -> list[tuple[Any, ...]]:
    with connect(dsn, tenant="default", role=WRITER) as connection:
        return connection.execute(
            "SELECT originator_id, originator_version, topic, convert_from(state, 'UTF8') FROM snapshot ORDER BY 2"
        ).fetchall()


def decisions(store_of: StoreOf) -> list[object]:
    """What a process that starts now decides, on the newest state."""
    store = store_of(ToySeries, ToyFund)
    said: list[object] = [store.execute(take(SERIES)).facts[0].event.number]
    with pytest.raises(BelowFloor) as refused:
        store.execute(move(FUND, -100_000))
    said.append(refused.value.facts["balance_c"])
    store.close()
    return said


def test_a_stream_is_snapshotted_at_its_last_thousandth_fact(
    long: EventStore, bench: Bench, dsn: str
) -> None:
    assert bench.snapshotter.take_all() == 2
    assert [(id_, version, topic) for id_, version, topic, _ in stored(dsn)] == [
        (FUND, 1000, "toy-fund"),
        (SERIES, 2000, "toy-series"),
    ]
    assert bench.verdicts() == [Verdict.RIGHT] * 2
    assert bench.snapshotter.take_all() == 0
    long.execute_bulk([take(SERIES) for _ in range(800)])
    assert bench.snapshotter.take_all() == 1
    assert [version for _, version, _, _ in stored(dsn)] == [1000, 3000]
    assert bench.verdicts() == [Verdict.RIGHT] * 2


def test_decisions_are_the_same_with_snapshots_and_without(
    long: EventStore, store_of: StoreOf, bench: Bench, dsn: str
) -> None:
    log_before = rows(dsn, "SELECT * FROM event ORDER BY position")
    assert decisions(store_of) == [2301, 1200]
    bench.snapshotter.take_all()
    assert decisions(store_of) == [2302, 1200]
    assert bench.snapshotter.forget_all() == 2
    assert decisions(store_of) == [2303, 1200]
    assert rows(dsn, "SELECT * FROM event ORDER BY position")[: len(log_before)] == log_before


def test_only_what_came_after_the_snapshot_is_read(
    long: EventStore, bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench.snapshotter.take_all()
    read: list[int] = []
    plain = bench.loader.replay

    def replay(aggregate: Any, events: Any, *more: Any) -> Any:
        def counted() -> Iterator[Any]:
            for row in events:
                read.append(row.originator_version)
                yield row

        return plain(aggregate, counted(), *more)

    monkeypatch.setattr(bench.loader, "replay", replay)
    series = bench.loader.load(SERIES, long.log.head().size)
    assert isinstance(series, ToySeries)
    assert (series.last, series.version) == (2300, 2301)
    assert read == list(range(2001, 2302))


def test_a_snapshot_from_later_than_asked_is_not_used(long: EventStore, bench: Bench) -> None:
    bench.snapshotter.take_all()
    series = bench.loader.load(SERIES, 1502)
    assert isinstance(series, ToySeries)
    assert (series.last, series.version) == (1500, 1501)


FALSE = {
    "a figure altered": (
        "UPDATE snapshot SET state = replace(state::text, '64', '65')::bytea",
        Verdict.NOT_OURS,
    ),
    "a hostile topic": ("UPDATE snapshot SET topic = 'antigravity:fly'", Verdict.NOT_OURS),
    "a hostile value": (
        'UPDATE snapshot SET state = \'{"last": ["record", "antigravity.fly", {}]}\'',
        Verdict.NOT_OURS,
    ),
    "another stream's": (
        "UPDATE snapshot SET state = (SELECT state FROM snapshot ORDER BY originator_id LIMIT 1)",
        Verdict.NOT_OURS,
    ),
    "an older code": ("UPDATE snapshot SET code = sha256('older')", Verdict.NOT_OURS),
    "no mac": ("UPDATE snapshot SET mac = ''", Verdict.NOT_OURS),
    "garbage": ("UPDATE snapshot SET state = '\\xff00', topic = '', mac = '\\x00'", Verdict.NOT_OURS),
}


@pytest.mark.parametrize(("statement", "verdict"), FALSE.values(), ids=FALSE)
def test_a_false_snapshot_is_found_and_changes_no_decision(
    long: EventStore, store_of: StoreOf, bench: Bench, dsn: str, statement: str, verdict: Verdict
) -> None:
    bench.snapshotter.take_all()
    with connect(dsn, tenant="default", role=WRITER) as attacker:
        attacker.execute(statement.encode())
    assert verdict in bench.verdicts()
    assert decisions(store_of) == [2301, 1200]


def test_a_snapshot_of_older_code_is_passed_over_and_made_anew(
    long: EventStore, store_of: StoreOf, bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as older:
        older.setattr("eventstore.snapshots.code_of", lambda _: b"the code of last year")
        bench.snapshotter.take_all()
        assert bench.verdicts() == [Verdict.RIGHT] * 2
    assert bench.verdicts() == [Verdict.OUTDATED] * 2
    assert decisions(store_of) == [2301, 1200]
    assert bench.snapshotter.take_all() == 2
    assert bench.verdicts() == [Verdict.RIGHT] * 2


def lie(bench: Bench, last: int, dsn: str) -> Snapshot:
    """A snapshot by our own keys that says something else than the log: a defect, or a thief of keys."""
    series = bench.loader.load(SERIES, 1001)
    assert isinstance(series, ToySeries)
    assert series.version == 1000
    series.last = last
    leaves = dict(rows(dsn, "SELECT (originator_id, originator_version)::text, leaf_hash FROM event"))
    return bench.snapshots.take(series, leaves[f"({SERIES},1000)"])


def test_a_lie_under_our_own_keys_is_found_by_replay(long: EventStore, bench: Bench, dsn: str) -> None:
    with connect(dsn, tenant="default", role=WRITER) as liar:
        liar.execute("INSERT INTO snapshot VALUES (%s, %s, %s, %s, %s, %s, %s)", lie(bench, last=7, dsn=dsn))
    assert list(bench.snapshotter.check()) == [Checked(SERIES, "toy-series", 1000, Verdict.WRONG)]


def test_a_snapshot_of_a_fact_that_is_not_in_the_log_is_not_used(
    long: EventStore, bench: Bench, dsn: str, store_of: StoreOf
) -> None:
    """As after a restore that lost facts, with others in their place."""
    other = lie(bench, last=7, dsn=dsn)._replace(leaf_hash=bytes(32))
    other = other._replace(mac=bench.snapshots._mac(other))
    assert bench.snapshots.is_genuine(other)
    with connect(dsn, tenant="default", role=WRITER) as writer:
        writer.execute("INSERT INTO snapshot VALUES (%s, %s, %s, %s, %s, %s, %s)", other)
    assert decisions(store_of) == [2301, 1200]


def test_a_genuine_snapshot_of_an_unknown_aggregate_is_not_restored(keyring: Keyring, bench: Bench) -> None:
    fewer = Snapshots(Registry(ToyFund), keyring, tenant="default")
    taken = bench.snapshots.take(a_series(), bytes(32))
    assert bench.snapshots.restore(taken) == a_series()
    assert fewer.is_genuine(taken)
    assert fewer.restore(taken) is None


def test_a_snapshot_of_another_tenant_is_not_ours(keyring: Keyring, bench: Bench) -> None:
    taken = bench.snapshots.take(a_series(), bytes(32))
    assert Snapshots(REGISTRY, keyring, tenant="other").restore(taken) is None


def a_series() -> ToySeries:
    series = ToySeries.begin(STAMP, id=SERIES)
    series.pending_events.clear()
    return series


def test_a_name_never_stands_in_a_snapshot(
    store_of: StoreOf, bench: Bench, dsn: str, keyring: Keyring
) -> None:
    store = store_of(ToySeries, ToyFund, ToyPerson, subject_keys=KEYS)
    subject, named, nameless = uuid4(), uuid4(), uuid4()

    def came(stream: UUID, name: str) -> Any:
        return command(lambda b, s: b.record(ToyPerson.begin(s, id=stream, person_id=subject, name=name)))

    def remarked(stream: UUID) -> Any:
        return command(
            lambda b, s: b.get(ToyPerson, stream).remark(s, person_id=subject, remark="Zeno again")
        )

    for stream, name in ((named, "Zeno"), (nameless, "")):
        store.execute_bulk([came(stream, name), *[remarked(stream) for _ in range(999)]])
    assert bench.snapshotter.take_all() == 1
    ((_, _, _, state),) = stored(dsn)
    assert json.loads(state)["remarks"] == 999
    assert "Zeno" not in state

    KEYS.destroy(subject, Retention.CONTACT, wall_clock())
    with closing(Bench(dsn, keyring).snapshotter) as another:
        assert another.take_all() == 0
    person = bench.loader.load(named, store.log.head().size)
    assert isinstance(person, ToyPerson)
    assert (person.name, person.remarks) == (ERASED, 999)


def test_the_log_stays_append_only_and_the_snapshots_do_not(long: EventStore, bench: Bench, dsn: str) -> None:
    bench.snapshotter.take_all()
    with connect(dsn, tenant="default", role=WRITER) as writer:
        for refused in ("DELETE FROM event", "INSERT INTO event SELECT * FROM event"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                writer.execute(refused.encode())
        assert writer.execute("DELETE FROM snapshot").rowcount == 2


def test_what_stops_half_way_has_taken_some(long: EventStore, bench: Bench) -> None:
    answers = iter([True, False])
    assert bench.snapshotter.take_all(lambda: next(answers)) == 1
    assert bench.snapshotter.take_all() == 1


def test_the_code_of_an_aggregate_is_that_of_its_whole_package() -> None:
    assert code_of(ToySeries) == code_of(ToyFund)
    assert len(code_of(ToySeries)) == 32
