"""The projector: exactly once, in order, and a read model that fails stops alone."""

from __future__ import annotations

import hashlib
import threading
import time
from datetime import date
from typing import Any

import psycopg
import pytest

from domain.aggregates.invoice import Invoice
from domain.aggregates.legal_entity import LegalEntity
from domain.governance.rules import Comparator, Denominator, Majority, Quorum
from domain.ledger.activities import open_activity
from domain.ledger.governance import adopt_rule_set
from domain.payouts import PayoutRegime
from eventstore.commands import Recorded
from eventstore.errors import UnknownTopic
from projections import schemas
from projections.catalogue import ALL
from projections.errors import NotProjectedYet, ReadModelsOutdated
from projections.journal import JOURNAL
from projections.lookups import activity
from projections.read_model import Page, ReadModel, Table, on
from projections.reader import Reader
from projections.receivables import open_receivables
from projections.trial_balance import trial_balance
from tests.cooperative import ENTITY, MEMBER
from tests.projections.world import LIVE, World

JANUARY = date(2026, 1, 15)
NAMES = {model.name for model in ALL}


class Killed(psycopg.OperationalError):
    """What a projector sees when its connection is cut."""


def fragile(model: ReadModel, *, at: int, error: type[Exception]) -> ReadModel:
    """The same read model, whose handler fails on the fact at that position."""

    class FragilePage(model.page):  # type: ignore[misc, name-defined]
        def fold(self, recorded: Recorded) -> None:
            if recorded.position == at:
                raise error("injected")
            super().fold(recorded)

    return ReadModel(model.name, model.version, model.tables, FragilePage)


def broken_when_written(model: ReadModel, error: type[Exception]) -> ReadModel:
    """The same read model, that fails once its rows stand and before its position moves."""

    class BrokenPage(model.page):  # type: ignore[misc, name-defined]
        def write(self) -> None:
            super().write()
            raise error("injected")

    return ReadModel(model.name, model.version, model.tables, BrokenPage)


def test_a_page_is_projected_once_though_the_projector_is_killed_within_it(world: World) -> None:
    world.paid_invoice(on=JANUARY)
    head = world.log.head().size
    before = world.projector.positions()
    for at in range(before["journal"] + 1, head + 1):
        killed = [fragile(model, at=at, error=Killed) for model in ALL]
        with pytest.raises(Killed):
            world.another_projector(tuple(killed), page=4).catch_up()
    late = (*ALL[:-1], broken_when_written(ALL[-1], Killed))
    with pytest.raises(Killed):
        world.another_projector(late, page=1000).catch_up()
    assert world.project() == head
    assert world.replay().equal
    assert set(world.projector.positions().values()) == {head}


def test_a_failing_handler_stops_its_own_read_model_only(world: World, reader: Reader) -> None:
    world.paid_invoice(on=JANUARY)
    stands = world.projector.positions()["journal"]
    issued = next(fact for fact in world.log.page(stands, 100) if isinstance(fact.event, Invoice.Issued))
    sick = [
        fragile(model, at=issued.position, error=ValueError) if model is JOURNAL else model for model in ALL
    ]
    projector = world.another_projector(tuple(sick))
    head = world.log.head().size
    assert projector.catch_up() == head
    assert projector.positions() == {name: stands if name == "journal" else head for name in NAMES}
    (failure,) = projector.failures().values()
    assert "ValueError" in failure
    assert str(issued.position) in failure
    assert "injected" not in failure
    assert reader.position() == stands
    assert reader.position("receivables") == head
    assert reader.wait_for(head, "receivables", timeout=0)

    begun = time.monotonic()
    assert not reader.wait_for(head, timeout=30)
    assert time.monotonic() - begun < 5

    assert world.project() == head
    assert world.projector.failures() == {}
    assert world.replay().equal


def test_a_read_model_that_stopped_is_left_alone_until_the_program_starts_anew(world: World) -> None:
    world.invoices(on=JANUARY)
    sick = [broken_when_written(model, ValueError) if model is JOURNAL else model for model in ALL]
    projector = world.another_projector(tuple(sick))
    projector.catch_up()
    stands = projector.positions()["journal"]
    world.invoices(on=JANUARY)
    assert projector.catch_up() == world.log.head().size
    assert projector.positions()["journal"] == stands
    assert world.project() == world.log.head().size
    assert world.replay().equal


def test_if_all_read_models_stopped_there_is_nothing_to_do(world: World) -> None:
    world.invoices(on=JANUARY)
    sick = tuple(broken_when_written(model, ValueError) for model in ALL)
    projector = world.another_projector(sick)
    projector.catch_up()
    assert set(projector.failures()) == NAMES
    assert projector.catch_up() == world.log.head().size


def test_two_projectors_at_once_make_the_same_read_models_as_one(world: World) -> None:
    for day in range(1, 9):
        world.paid_invoice(on=date(2026, 1, day))
    projectors = [world.another_projector(page=page) for page in (3, 5)]
    threads = [threading.Thread(target=projector.catch_up) for projector in projectors]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(world.projector.positions().values()) == {world.log.head().size}
    assert world.replay().equal


def test_a_running_projector_keeps_up_until_it_is_told_to_stop(world: World, reader: Reader) -> None:
    stopped = threading.Event()
    projector = world.another_projector()
    running = threading.Thread(target=projector.run, args=[stopped])
    running.start()
    try:
        world.invoices(on=JANUARY)
        head = world.log.head().size
        assert reader.wait_for(head, timeout=20)
        assert len(open_receivables(reader)) == 1
    finally:
        stopped.set()
        running.join(timeout=20)
    assert not running.is_alive()


def test_projecting_stops_where_it_is_told(world: World, reader: Reader) -> None:
    stands = world.projector.positions()["journal"]
    world.invoices(on=JANUARY)
    assert world.projector.catch_up(stands + 2) == stands + 2
    assert set(world.projector.positions().values()) == {stands + 2}
    assert world.projector.catch_up(stands) == stands + 2
    assert reader.position() == stands + 2


def test_a_projector_goes_on_after_its_connection_was_cut(world: World) -> None:
    world.project()
    world.invoices(on=JANUARY)
    world.tamper(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
        "WHERE application_name = 'tutti_projector' AND datname = current_database()"
    )
    with pytest.raises(psycopg.OperationalError):
        world.project()
    assert world.project() == world.log.head().size


REWRITE = """
    SET session_replication_role = replica;
    ALTER TABLE tutti_default.event DISABLE TRIGGER refuse;
    UPDATE tutti_default.event SET topic = '{topic}' WHERE position = {position};
    ALTER TABLE tutti_default.event ENABLE ALWAYS TRIGGER refuse
"""


def test_before_a_fact_that_cannot_be_read_all_stand_still_and_say_why(world: World) -> None:
    world.project()
    world.invoices(on=JANUARY)
    head = world.log.head().size
    topic = world.log.at(head).event.TOPIC
    world.tamper(REWRITE.format(topic="planted:Boom", position=head))

    with pytest.raises(UnknownTopic, match="planted:Boom"):
        world.project()
    failures = world.projector.failures()
    assert set(failures) == NAMES
    assert all("planted:Boom" in failure for failure in failures.values())

    world.tamper(REWRITE.format(topic=topic, position=head))
    assert world.project() == head
    assert world.projector.failures() == {}


def test_read_models_of_another_version_are_not_gone_on_with(world: World) -> None:
    newer = tuple(ReadModel(m.name, m.version + (m is JOURNAL), m.tables, m.page) for m in ALL)
    with pytest.raises(ReadModelsOutdated, match="journal"):
        world.another_projector(newer).catch_up()
    world.rebuild(models=newer)
    assert world.another_projector(newer).catch_up() == world.log.head().size


NOTES = Table(
    "note",
    ("CREATE TABLE note (entity_id uuid PRIMARY KEY, name text NOT NULL)",),
    "SELECT * FROM note ORDER BY entity_id",
)


class NotesPage(Page):
    """Notes the name of each entity."""

    @on(LegalEntity.Registered)
    def _registered(self, _: int, event: Any) -> None:
        self.add("COPY note (entity_id, name) FROM STDIN", event.originator_id, event.name)


def test_a_new_read_model_catches_up_beside_those_that_are_there(world: World) -> None:
    more = (*ALL, ReadModel("notes", 1, (NOTES,), NotesPage))
    projector = world.another_projector(more)
    head = world.log.head().size
    assert projector.catch_up() == head
    assert projector.positions() == dict.fromkeys([*NAMES, "notes"], head)
    assert world.tamper("SELECT FROM note") == 1
    assert world.replay(models=more).equal


def test_texts_and_numbers_of_any_size_stop_no_read_model(world: World, reader: Reader) -> None:
    endless = "".join(hashlib.sha256(bytes([place])).hexdigest() for place in range(200))
    world.perform(
        open_activity,
        on=JANUARY,
        entity_id=ENTITY,
        code=endless,
        membership_ids=[MEMBER],
        payout_regime=PayoutRegime.EMPLOYEE,
    )
    world.perform(
        adopt_rule_set,
        entity_id=ENTITY,
        name=endless,
        version=1,
        valid_from=date(2026, 3, 2),
        quorum=Quorum(10**40, 2 * 10**40),
        majority=Majority(10**40, 2 * 10**40, Comparator.MORE_THAN, Denominator.EXPRESSED),
        source_ref=endless,
    )
    world.receives(1, on=JANUARY, identity=endless, remittance=endless)
    assert world.project() == world.log.head().size
    assert world.projector.failures() == {}
    assert activity(reader, entity_id=ENTITY, code=endless) is not None
    assert world.replay().equal


def test_readers_may_read_and_do_nothing_else(world: World, reader: Reader) -> None:
    with reader.connection() as connection, pytest.raises(psycopg.errors.ReadOnlySqlTransaction):
        connection.execute("DELETE FROM entity")
    with reader.connection() as connection:
        connection.execute("SET default_transaction_read_only = off")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("DELETE FROM entity")


def test_before_anything_is_projected_a_reader_hears_so(dsn: str) -> None:
    reader = Reader(dsn, tenant="default", max_size=1)
    try:
        assert reader.position() == 0
        assert not reader.wait_for(1, timeout=0)
        with pytest.raises(NotProjectedYet):
            open_receivables(reader)
        with pytest.raises(NotProjectedYet):
            trial_balance(reader)
    finally:
        reader.close()


def test_no_schema_of_read_models_can_be_taken_for_a_log() -> None:
    names = [schemas.live, schemas.being_rebuilt, schemas.retired, schemas.replayed]
    longest = "t" * 41
    assert all("_read" in name(longest) and len(name(longest)) <= 63 for name in names)
    assert len({name("a") for name in names}) == 4
    assert schemas.live("default") == LIVE
