"""Read models are what the log says: made anew they are equal, and whoever touches one is found."""

from __future__ import annotations

import threading
from datetime import UTC, date, datetime

import psycopg
import pytest

from projections.catalogue import ALL
from projections.digests import digests
from projections.errors import NotProjectedYet, RebuildFailed, RebuildRunning, ReplayRunning
from projections.fund_balances import FUND_BALANCES
from projections.reader import Reader
from projections.rebuild import rebuild
from projections.replay import replay
from projections.trial_balance import trial_balance
from tests.projections.buying import buy_and_declare
from tests.projections.correcting import corrects
from tests.projections.correcting_payouts import corrects_payouts
from tests.projections.crediting import charges_a_fee, credits_invoice, takes_a_receipt_back
from tests.projections.departing import departs
from tests.projections.directing import earns_as_a_director, is_paid_as_a_director
from tests.projections.dividing import gives_a_dividend
from tests.projections.drafting import drafts
from tests.projections.electing import elects
from tests.projections.ending import ends
from tests.projections.helping import help_from_the_fund
from tests.projections.lating import pays_late
from tests.projections.planning import plan_otherwise
from tests.projections.quoting import orders
from tests.projections.tampering import A_COLUMN, ONE_ROW
from tests.projections.test_projector import broken_when_written
from tests.projections.trading import agrees_to_trade, calls_an_account_otherwise, trades
from tests.projections.world import LIVE, MARCH, World
from tests.projections.years import open_and_adjust_a_year

DECEMBER, JANUARY = date(2025, 12, 15), date(2026, 1, 15)
NAMES = [model.name for model in ALL]
TABLES = [(model.name, table.name) for model in ALL for table in model.tables if table.rows]
PERSONAL = [table.name for model in ALL for table in model.tables if table.rows is None]

CHANGE = "UPDATE {table} SET {change} WHERE ctid = (SELECT ctid FROM {table} LIMIT 1)"
REMOVE = "DELETE FROM {table} WHERE ctid = (SELECT ctid FROM {table} LIMIT 1)"
REMOVE_ALL = "DELETE FROM {table}"


def keep_busy(world: World) -> None:
    """Make every read model have something to say."""
    world.invoices(on=DECEMBER)
    charges_a_fee(world, on=JANUARY)
    takes_a_receipt_back(world, on=JANUARY)
    world.paid_invoice(on=JANUARY)
    invoice = world.invoices(on=JANUARY)
    (part,) = world.receives(605_00, on=JANUARY)
    world.allocates(part, invoice.originator_id, 605_00, on=JANUARY)
    help_from_the_fund(world, on=JANUARY, invoice_id=invoice.originator_id)
    world.pays_a_claim(on=JANUARY)
    world.pays_a_wage(on=JANUARY)
    world.holds_an_overpayment(on=JANUARY)
    credits_invoice(world, invoice.originator_id, on=JANUARY, base_c=100_00)
    pays_late(world, invoice.originator_id, on=MARCH)
    orders(world, on=JANUARY)
    drafts(world, on=JANUARY)
    world.takes_shares(2, on=JANUARY)
    open_and_adjust_a_year(world)
    buy_and_declare(world)
    corrects(world, on=JANUARY)
    corrects_payouts(world, on=JANUARY)
    plan_otherwise(world)
    world.decides(world.reader())
    elects(world)
    world.assembles(world.reader())
    ends(world, on=JANUARY)
    earns_as_a_director(world, on=JANUARY)
    is_paid_as_a_director(world, on=JANUARY)
    trades(world, on=JANUARY)
    calls_an_account_otherwise(world)
    agrees_to_trade(world, on=JANUARY)
    gives_a_dividend(world, patronage_c=7_77)
    departs(world)


@pytest.fixture
def busy(world: World) -> World:
    """The cooperative after a paid invoice, a part payment, a credit note, aid that waits and aid that was lent, shares, a decision and an assembly."""
    keep_busy(world)
    return world


def differing(world: World) -> list[str]:
    return [verdict.name for verdict in world.replay().models if not verdict.equal]


def test_live_replayed_and_rebuilt_are_equal_whatever_the_size_of_a_page(busy: World) -> None:
    result = busy.replay()
    assert [verdict.name for verdict in result.models] == NAMES
    assert result.equal
    head = busy.log.head().size
    assert (result.position, result.events) == (head, head)
    live = {verdict.name: verdict.live_digest for verdict in result.models}
    assert len(set(live.values())) == len(NAMES)
    assert busy.replay(page=7).equal
    assert busy.rebuild(page=11) == live
    assert busy.rebuild() == live
    assert busy.replay(page=1).equal


def test_every_table_has_a_way_to_be_tampered_with() -> None:
    by_day = {f"{name}_by_day" for name in A_COLUMN if name.endswith(("_balance", "_result"))}
    assert set(A_COLUMN) | by_day == {table for _, table in TABLES}


def test_whatever_row_of_whatever_table_is_changed_or_removed_shows_in_its_read_model(busy: World) -> None:
    for model, table in TABLES:
        if table not in A_COLUMN:
            continue
        assert changed_by(busy, CHANGE.format(table=table, change=A_COLUMN[table])) == [model], table
        assert changed_by(busy, REMOVE.format(table=table)) == [model], table


def changed_by(world: World, statement: str) -> list[str]:
    """The read models whose digest a statement changes; it is undone."""
    with psycopg.connect(world.dsn) as connection, connection.cursor() as cursor:
        before = digests(cursor, LIVE, ALL)
        assert cursor.execute(statement.encode()).rowcount == 1, statement
        after = digests(cursor, LIVE, ALL)
        connection.rollback()
    return [name for name in NAMES if before[name] != after[name]]


@pytest.mark.parametrize(("way", "place"), [("changed", 0), ("removed", 1), ("added", 2)])
def test_replay_names_exactly_the_read_models_in_which_a_row_was(busy: World, way: str, place: int) -> None:
    assert set(ONE_ROW) == set(NAMES)
    for touched, name in enumerate(NAMES, start=1):
        assert busy.tamper(ONE_ROW[name][place]) == 1, (way, name)
        assert differing(busy) == NAMES[:touched]
    busy.rebuild()
    assert differing(busy) == []


def test_an_erasure_changes_no_digest(busy: World) -> None:
    before = busy.replay()
    for table in PERSONAL:
        assert busy.tamper(REMOVE_ALL.format(table=table)) > 0, table
    after = busy.replay()
    assert after.equal
    assert after.models == before.models


def test_keys_that_are_destroyed_change_no_digest(busy: World) -> None:
    before = busy.replay()
    everyone = list(busy.keys._keys)
    assert everyone
    for subject, retention in everyone:
        busy.keys.destroy(subject, retention, datetime.now(UTC))
    assert busy.replay().models == before.models


def test_a_whole_table_that_is_gone_is_named(busy: World) -> None:
    busy.tamper("DROP TABLE vote")
    assert differing(busy) == ["governance_trail"]


def test_a_read_model_that_stopped_is_compared_where_it_stands(world: World) -> None:
    stands = world.projector.positions()["fund_balances"]
    world.paid_invoice(on=JANUARY)
    sick = [broken_when_written(m, ValueError) if m is FUND_BALANCES else m for m in ALL]
    world.another_projector(tuple(sick)).catch_up()
    result = world.replay()
    assert result.equal
    assert {v.name: v.position for v in result.models}["fund_balances"] == stands < result.position


def test_replaying_leaves_nothing_behind_also_when_it_fails(world: World, dsn: str) -> None:
    world.replay()
    with pytest.raises(ZeroDivisionError):
        world.replay(progress=lambda reached, size: reached // 0)
    assert schemas_beside(world) == []
    with pytest.raises(NotProjectedYet):
        replay(dsn, tenant="default", log=world.log)


def test_a_rebuild_that_fails_leaves_the_read_models_in_use_as_they_are(world: World, reader: Reader) -> None:
    world.paid_invoice(on=JANUARY)
    world.project()
    before = trial_balance(reader)
    sick = tuple(broken_when_written(m, ValueError) if m is FUND_BALANCES else m for m in ALL)
    with pytest.raises(RebuildFailed, match="fund_balances"):
        world.rebuild(models=sick)
    assert trial_balance(reader) == before
    assert schemas_beside(world) == []


def test_two_rebuilds_or_replays_at_once_are_refused(world: World) -> None:
    def rebuild_meanwhile(_reached: int, _size: int) -> None:
        with pytest.raises(RebuildRunning):
            world.rebuild()
        tried.append("rebuild")

    def replay_meanwhile(_reached: int, _size: int) -> None:
        with pytest.raises(ReplayRunning):
            world.replay()
        tried.append("replay")

    tried: list[str] = []
    world.rebuild(progress=rebuild_meanwhile)
    world.replay(progress=replay_meanwhile)
    assert set(tried) == {"rebuild", "replay"}


def test_readers_and_the_projector_see_no_gap_while_it_is_rebuilt(world: World, reader: Reader) -> None:
    world.paid_invoice(on=JANUARY)
    world.project()
    known_at = world.log.head().size
    expected = trial_balance(reader, known_at=known_at)
    stopped = threading.Event()
    wrong: list[object] = []
    asked: list[int] = []

    def ask() -> None:
        own = world.reader()
        while not stopped.is_set():
            answer = trial_balance(own, known_at=known_at)
            asked.append(answer.position)
            if answer != expected:
                wrong.append(answer)

    running = [
        threading.Thread(target=ask),
        threading.Thread(target=world.another_projector().run, args=[stopped]),
    ]
    for thread in running:
        thread.start()
    try:
        for day in range(1, 4):
            world.paid_invoice(on=date(2026, 2, day))
            world.rebuild(page=20)
    finally:
        stopped.set()
        for thread in running:
            thread.join(timeout=30)
    assert wrong == []
    assert len(asked) > 3
    world.project()
    assert world.replay().equal


def test_a_reader_who_holds_on_delays_the_swap_and_stops_nobody(world: World, reader: Reader) -> None:
    with reader.snapshot() as cursor:
        held = cursor.execute("SELECT count(*) FROM journal_line").fetchone()
        rebuilding = threading.Thread(target=world.rebuild)
        rebuilding.start()
        rebuilding.join(timeout=1.0)
        assert rebuilding.is_alive()
        assert trial_balance(world.reader()).rows
        world.invoices(on=JANUARY)
        assert world.project() == world.log.head().size
        assert cursor.execute("SELECT count(*) FROM journal_line").fetchone() == held
    rebuilding.join(timeout=30)
    assert not rebuilding.is_alive()
    assert reader.wait_for(world.log.head().size, timeout=5)


def test_the_first_rebuild_needs_no_read_models_in_use(dsn: str, world: World) -> None:
    with psycopg.connect(world.dsn, autocommit=True) as connection:
        connection.execute("DROP SCHEMA tutti_default_read CASCADE")
    made = rebuild(world.dsn, tenant="default", log=world.log)
    assert set(made) == set(NAMES)
    assert world.replay().equal


def schemas_beside(world: World) -> list[str]:
    with psycopg.connect(world.dsn) as connection:
        found = connection.execute(r"SELECT nspname FROM pg_namespace WHERE nspname LIKE '%\_read\_%'")
        return [name for (name,) in found]


def test_a_rebuild_is_not_ended_by_what_was_recorded_meanwhile(
    busy: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("eventstore.connections.IDLE_IN_TRANSACTION_MS", 1000)
    told: list[int] = []

    def record_much_meanwhile(reached: int, _size: int) -> None:
        if not told:
            for _ in range(120):
                busy.invoices(on=JANUARY)
            busy.project()
        told.append(reached)

    busy.rebuild(page=1, progress=record_much_meanwhile)

    assert max(told) == busy.log.head().size
    assert differing(busy) == []
