"""`tutti snapshot`, and every aggregate of the demo cooperative through a snapshot and back."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable
from uuid import UUID

from domain.aggregates.number_series import NumberSeries
from domain.facts import Stamp
from domain.ids import derived_id
from domain.ledger.books import Books
from eventstore.snapshotting import Verdict
from tests.ledgers import Ledger
from workers.asking import perform
from workers.clock import business_day
from workers.scheduler import Scheduler
from workers.snapshots import snapshotter

SERIES = derived_id("a series of this test")


def test_every_aggregate_of_the_demo_comes_back_from_its_snapshot_and_no_name_is_in_one(
    own_demo: Ledger,
) -> None:
    with own_demo.workshop() as workshop, snapshotter(workshop) as opened:
        facts = workshop.log.page(0, 100_000)
        last: dict[UUID, int] = {}
        personal: set[str] = set()
        for fact in facts:
            last[fact.event.originator_id] = fact.event.originator_version
            personal.update(filter(None, workshop.codec.personal_texts(fact.event)))
        taken = {stream: opened.take(stream, version) for stream, version in last.items()}
        checked = list(opened.check())
        kind_of = {fact.event.originator_id: fact.event.TOPIC.partition(".")[0] for fact in facts}
        left_out = {kind_of[stream] for stream, done in taken.items() if not done}
        states = [
            bytes(state).decode() for (state,) in opened._connection.execute("SELECT state FROM snapshot")
        ]
    assert Counter(each.verdict for each in checked) == {Verdict.RIGHT: sum(taken.values())}
    assert left_out <= {"client", "bank-line", "invoice", "payee-account", "payment-order"}
    assert {"mutual-fund", "activity", "number-series", "bank-account"} <= {each.topic for each in checked}
    assert personal
    assert not [text for text in personal if any(text in state for state in states)]


def fill_series(ledger: Ledger, count: int) -> None:
    """Begin a series and take that many numbers."""
    with ledger.workshop() as workshop:
        day = business_day(workshop.clock(), workshop.settings.timezone)

        def run(books: Books, stamp: Stamp) -> None:
            series = NumberSeries.begin(stamp, id=SERIES, entity_id=None, series="test", year=day.year)
            books.record(series)
            for _ in range(count):
                series.take(stamp, on=day)

        perform(workshop, "test.fill", run, day=day)


def test_the_command_takes_checks_and_deletes(empty_ledger: Ledger) -> None:
    fill_series(empty_ledger, 1500)
    assert empty_ledger.json("snapshot") == {"taken": 1}
    assert empty_ledger.json("snapshot") == {"taken": 0}
    (one,) = empty_ledger.json("snapshot", "--check")["snapshots"]
    assert one == {"stream": str(SERIES), "topic": "number-series", "version": 1000, "verdict": "right"}
    assert str(SERIES) in empty_ledger.tutti("snapshot", "--check", "--lang", "fr")

    empty_ledger.alter("UPDATE tutti_default.snapshot SET mac = 'nobody''s'")
    checked = empty_ledger.run("snapshot", "--check")
    assert checked.exit_code == 1
    assert "NOT OURS" in checked.stdout
    assert "tutti snapshot --forget" in checked.stderr
    assert empty_ledger.json("snapshot", "--forget") == {"deleted": 1}
    assert empty_ledger.json("snapshot", "--check") == {"snapshots": []}
    assert empty_ledger.json("snapshot") == {"taken": 1}


def test_the_scheduler_takes_them_beside_its_jobs(empty_ledger: Ledger) -> None:
    fill_series(empty_ledger, 1000)
    with empty_ledger.workshop() as workshop:
        stopped = threading.Event()
        running = threading.Thread(target=Scheduler(workshop, jobs=()).run, args=(stopped,))
        running.start()
        try:
            with snapshotter(workshop) as opened:
                until(lambda: [each.verdict for each in opened.check()] == [Verdict.RIGHT])
        finally:
            stopped.set()
            running.join()


def until(holds: Callable[[], bool]) -> None:
    give_up = time.monotonic() + 20
    while not holds():
        assert time.monotonic() < give_up
        time.sleep(0.05)
