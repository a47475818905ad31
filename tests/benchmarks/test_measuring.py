"""Every run is made once, shortly, so that none rots; what it comes to is no matter here."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from benchmarks import checks, endurance, following, limits
from benchmarks.errors import DoesNotCount, NoPgbench, NotOnDisk, NotPgledger, PgbenchFailed
from benchmarks.figures import GROUPS
from benchmarks.ledgers import Payments, open_ledger
from benchmarks.loops import Window
from benchmarks.measured import Runs
from benchmarks.peers.pgledger import Pgledger
from benchmarks.server import TENANT, Server, filesystem_of, own_server
from eventstore.embedded import EmbeddedPostgres, NoBinaries
from eventstore.migrations.runner import schema_of
from tests.conftest import wall_clock
from workers.cli.bench import fault_of

BRIEF = Window(0.05, 0.15)
ACCOUNTS = 8
# One of each kind; the others differ by the number of callers.
ONE_OF_EACH = (
    "L5(1)",
    "LH(16)",
    "B(256)",
    "threads(4)",
    "asyncio(16)",
    "spread(16)",
    "bulk(256)",
    "library spread(32)",
    "library hot(32)",
    "product threads(16)",
    "product asyncio(64)",
)


@pytest.fixture(scope="module")
def own() -> Iterator[Server]:
    with own_server() as running:
        yield running


@pytest.fixture(scope="module")
def runs(own: Server) -> Runs:
    return Runs(server=own, window=BRIEF, accounts=ACCOUNTS, clock=wall_clock, audit=fault_of, pgledger=None)


def test_the_server_is_safe_and_says_so(own: Server) -> None:
    said = own.settings()
    assert said.pop("server_version")
    assert said == {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on"}


def test_without_pgbench_no_limit_is_measured(own: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    def none(_: object, name: str) -> Path:
        raise NoBinaries(program=name)

    monkeypatch.setattr(EmbeddedPostgres, "binary", none)
    monkeypatch.setenv("PATH", "")
    with pytest.raises(NoPgbench):
        own.pgbench()


def test_a_script_that_fails_gives_no_figure(own: Server) -> None:
    with pytest.raises(PgbenchFailed, match="no_such_table"):
        limits.pgbench(own, "SELECT * FROM no_such_table;", clients=1, window=BRIEF)


def test_a_folder_in_memory_is_refused_for_nothing_there_is_durable() -> None:
    memory = Path("/dev/shm")  # noqa: S108 - a folder in memory, if there is one
    if filesystem_of(memory) != "tmpfs":
        pytest.skip("no folder in memory here")
    with pytest.raises(NotOnDisk), own_server(memory):
        pass
    assert not list(memory.glob("tutti-bench-*"))


@pytest.mark.parametrize("name", ONE_OF_EACH)
def test_a_run_measures_something_and_what_it_wrote_is_all_there(runs: Runs, name: str) -> None:
    # The library's save on one hot stream may win no race in so short a run.
    measured = next((each for each in (runs.by_name()[name]() for _ in range(5)) if each.per_s), None)
    assert measured is not None
    assert measured.client_ms >= 0


def test_at_a_pace_latencies_are_told_too(runs: Runs) -> None:
    measured = runs.at_a_pace(200.0)
    assert measured.p50_ms is not None
    assert measured.p99_ms is not None
    assert 0 < measured.p50_ms <= measured.p99_ms


def test_every_run_that_a_figure_needs_is_one_that_can_be_made(runs: Runs) -> None:
    needed = {name for group in GROUPS for name in (group.base, *group.runs)}
    assert {name for name in needed if not name.startswith("pgledger")} <= set(runs.by_name())


def test_a_long_run_looks_at_its_memory_on_the_way(own: Server) -> None:
    endured = endurance.endure(own, clock=wall_clock, accounts=ACCOUNTS, count=1000, audit=fault_of)
    assert endured["commands"] == 1000
    assert len(endured["resident_bytes"]) == 1 + endurance.LOOKS


def test_the_read_models_follow_the_product_at_a_pace(own: Server) -> None:
    followed = following.follow(
        own, clock=wall_clock, accounts=ACCOUNTS, window=Window(0.05, 0.3), per_s=50.0, audit=fault_of
    )
    assert followed.per_s > 0
    assert 0 <= followed.behind_p50_ms <= followed.behind_p99_ms <= followed.behind_most_ms


def test_a_run_does_not_count_if_a_fact_is_missing_too_many_or_altered(own: Server) -> None:
    with own.ledger() as dsn, open_ledger(dsn, wall_clock) as ledger:
        payments = Payments(ledger, accounts=ACCOUNTS, spread=False)
        for number in range(3):
            payments.ask(number)

        def counts(acknowledged: int) -> None:
            checks.require_payments(
                ledger, acknowledged=acknowledged, founded_at=payments.founded_at, audit=fault_of
            )

        counts(3)
        for wrong in (2, 4):
            with pytest.raises(DoesNotCount):
                counts(wrong)
        with psycopg.connect(dsn, autocommit=True) as connection:
            connection.execute(sql.SQL("SET search_path TO {}").format(sql.Identifier(schema_of(TENANT))))
            connection.execute("ALTER TABLE batch DISABLE TRIGGER refuse")
            connection.execute("UPDATE batch SET signature = reverse(signature)")
        with pytest.raises(DoesNotCount):
            counts(3)


def test_a_folder_that_holds_no_pgledger_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NotPgledger):
        Pgledger(tmp_path)
