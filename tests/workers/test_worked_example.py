"""The worked example on the real ledger: figures to the cent, through use cases and bank files."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from random import Random

import psycopg
import pytest

from domain.errors import OverAvailable
from tests.databases import Server
from tests.ledgers import Ledger, session_on, settings_on
from workers.clock import SimulatedClock
from workers.demo.clerk import Clerk
from workers.demo.worked_example import RECEIPT, ask_for_wage, play_worked_example
from workers.workshop import Workshop

CLOSING = {
    "400": (0, 0),
    "411": (10_50, 0),
    "451": (0, 210_00),
    "453": (0, 84_17),
    "454": (0, 255_83),
    "455": (0, 0),
    "4890": (0, 0),
    "4895": (0, 10_00),
    "499": (0, 0),
    "550": (649_50, 0),
    "580": (0, 0),
    "612": (50_00, 0),
    "6190": (0, 0),
    "6191": (10_00, 0),
    "6202": (672_00, 0),
    "621": (168_00, 0),
    "7001": (0, 1_000_00),
}


def test_the_worked_example_closes_at_1560_with_every_account_of_the_table(empty_ledger: Ledger) -> None:
    assert empty_ledger.json("demo", "--scenario", "worked-example")["row"] == 8
    books = empty_ledger.json("trial-balance")
    assert {
        row["account"]: (row["balance_debit_c"], row["balance_credit_c"]) for row in books["rows"]
    } == CLOSING
    assert books["total_balance_debit_c"] == books["total_balance_credit_c"] == 1_560_00

    balances = empty_ledger.json("balance")
    assert [row["result_c"] for row in balances["rows"]] == [0]
    assert [row["result_c"] for row in balances["cooperative"]] == [100_00]
    assert "100.00" in empty_ledger.tutti("balance")

    assert empty_ledger.json("doctor")["clean"]
    assert empty_ledger.json("doctor", "--books")["clean"]
    shown = empty_ledger.run("document", "show", sha256(RECEIPT).hexdigest())
    assert shown.stdout_bytes == RECEIPT


@pytest.fixture
def after_step_5(empty_ledger: Ledger) -> Ledger:
    """The example as it stands when the claim is approved."""
    assert play_worked_example(session_on(empty_ledger.settings), through=5).row == 5
    return empty_ledger


@contextmanager
def copy_of(ledger: Ledger, server: Server, data_dir: Path) -> Iterator[Clerk]:
    """A clerk at a copy of the ledger, in its last days of January."""
    name = psycopg.conninfo.conninfo_to_dict(ledger.settings.database_url or "")["dbname"]
    shutil.copytree(ledger.settings.data_dir, data_dir)
    clock = SimulatedClock(datetime(2026, 1, 25, tzinfo=UTC))
    with (
        server.database(template=str(name)) as dsn,
        Workshop(settings_on(dsn, data_dir), clock=clock) as workshop,
    ):
        yield Clerk(workshop, clock, Random(0), named="copy")  # noqa: S311 - nothing here is drawn


def test_a_wage_of_all_that_is_available_is_taken_and_one_cent_more_refused(
    after_step_5: Ledger, server: Server, tmp_path: Path
) -> None:
    (activity,) = after_step_5.json("balance")["rows"]
    assert activity["available_c"] == 840_00
    with copy_of(after_step_5, server, tmp_path / "one") as clerk:
        before = clerk.workshop.log.head().size
        ask_for_wage(clerk, 840_00)
        assert clerk.workshop.log.head().size == before + 2
    with copy_of(after_step_5, server, tmp_path / "other") as clerk:
        with pytest.raises(OverAvailable) as refused:
            ask_for_wage(clerk, 840_01)
        assert refused.value.facts == {"available_c": 840_00, "amount_c": 840_01}
        assert clerk.workshop.log.head().size == before


def test_the_worked_example_begins_on_an_empty_ledger_only(after_step_5: Ledger) -> None:
    refused = after_step_5.run("demo", "--scenario", "worked-example")
    assert refused.exit_code == 1
    assert "empty ledger" in refused.stderr
