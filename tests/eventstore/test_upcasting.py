"""A fact of an outgrown form is read as the newest one for ever, and its stored bytes never change."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

import psycopg
import pytest

from domain.facts import Ledgered, Stamp
from domain.ledger.books import Books
from eventstore.codec import Codec
from eventstore.errors import UnwritableEvent
from eventstore.keystore import MemorySubjectKeys
from eventstore.registry import Registry
from eventstore.sealing import Sealer
from eventstore.shapes import shape_of
from eventstore.store import Command
from tests.conftest import StoreOf
from tests.eventstore.facts_for_tests import stamp
from tests.eventstore.toys import command

STORED = "SELECT topic, state, leaf_hash FROM tutti_default.event ORDER BY position"
METER = UUID("3e000000-0000-4000-8000-000000000001")


class Meter(Ledgered):
    """A meter: the release before read it in kilowatt hours, today it is read in watt hours."""

    TOPIC = "toy-meter"

    def __init__(self) -> None:
        self.watt_hours = 0

    class Event(Ledgered.Event):
        """What happens to a meter."""

    class Installed(Event, Ledgered.Created):
        """The meter was installed."""

        TOPIC = "toy-meter.installed.v1"

    Created = Installed

    class Read(Event):
        """The meter was read, in watt hours."""

        TOPIC = "toy-meter.read.v2"
        watt_hours: int

        def apply(self, meter: Meter) -> None:
            meter.watt_hours = self.watt_hours

    class ReadV1(Event):
        """The meter was read, in kilowatt hours."""

        TOPIC = "toy-meter.read.v1"
        kilowatt_hours: int

        def upcast(self) -> Any:
            said: dict[str, Any] = vars(self) | {"watt_hours": self.kilowatt_hours * 1000}
            del said["kilowatt_hours"]
            return Meter.Read(**said)


def install(books: Books, stamp: Stamp) -> None:
    books.record(Meter.begin(stamp, id=METER))


def note(event: type[Ledgered.Event], **says: int) -> Command:
    return command(lambda books, stamp: books.get(Meter, METER).note(event, stamp, **says))


@pytest.fixture
def yesterday(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    """The release in which the first form of the fact was the newest; undo it to come to today."""
    monkeypatch.delattr(Meter.ReadV1, "upcast")
    shape_of.cache_clear()
    yield monkeypatch
    monkeypatch.undo()
    shape_of.cache_clear()


def test_what_the_release_before_recorded_is_read_today_and_goes_on(
    store_of: StoreOf, dsn: str, yesterday: pytest.MonkeyPatch
) -> None:
    before = store_of(Meter)
    before.execute(command(install))
    before.execute(note(Meter.ReadV1, kilowatt_hours=7))
    with psycopg.connect(dsn) as connection:
        stored = connection.execute(STORED).fetchall()
    yesterday.undo()
    shape_of.cache_clear()

    today = store_of(Meter)
    seen: list[int] = []

    def look(books: Books, _: Stamp) -> None:
        seen.append(books.get(Meter, METER).watt_hours)

    today.execute(command(look))
    today.execute(note(Meter.Read, watt_hours=7_250))
    today.execute(command(look))

    assert seen == [7_000, 7_250]
    read = [type(each.event) for each in today.log.page(0, 10)]
    assert read == [Meter.Installed, Meter.Read, Meter.Read]
    with psycopg.connect(dsn) as connection:
        assert connection.execute(STORED).fetchall()[:2] == stored


def test_an_outgrown_form_is_never_written_again() -> None:
    codec = Codec(Registry(Meter), Sealer(MemorySubjectKeys()))
    meter = Meter.begin(stamp(), id=METER)
    meter.note(Meter.ReadV1, stamp(), kilowatt_hours=7)
    installed, read = meter.collect_events()
    codec.encode(installed)
    with pytest.raises(UnwritableEvent):
        codec.encode(read)
