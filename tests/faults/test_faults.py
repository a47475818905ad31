"""The fault programme in short: each part once, with a seed that is printed and can be given again."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from random import Random, SystemRandom

import pytest

from eventstore.errors import AskAgain, DatabaseFull
from tests.databases import Server
from tests.faults.clock_jumps import let_clocks_jump
from tests.faults.crash_points import CASES, IN_A_LOOP, VICTIMS_IN_THE_DATABASE, Case, crash_at
from tests.faults.disk_full import WITH_A_SMALL_DISK, WITH_SHORT_FILES, fill_disk
from tests.faults.halting import IN_THE_DATABASE, IN_THE_PROCESS
from tests.faults.hot import written_and_seen
from tests.faults.kills import LEAST_IN_FLIGHT, live
from tests.faults.linearizability import violations
from tests.faults.network import shake_network
from tests.faults.oracle import require
from tests.faults.own_server import OwnServer, own_server
from tests.faults.proxy import Fault
from tests.faults.small_disk import mounting_allowed
from tests.faults.stopped_client import stop_a_client
from workers.settings import checkout


@pytest.fixture(scope="module")
def own() -> Iterator[OwnServer]:
    """A server that these tests may kill."""
    with own_server() as server:
        yield server


@pytest.fixture
def seed() -> int:
    """A seed, shown when the test fails: `tutti test --faults --part PART --seed SEED`."""
    drawn = SystemRandom().randrange(10**6)
    print(f"seed {drawn}")  # noqa: T201 - shown when the test fails
    return drawn


@pytest.mark.slow
def test_whoever_is_killed_under_load_nothing_is_lost_doubled_or_there_though_refused(
    own: OwnServer, seed: int
) -> None:
    victims = ["api", "writer-0", "backend", "postmaster"]
    Random(seed).shuffle(victims)  # noqa: S311 - chance, not secrecy
    life, verdict = live(own, seed=seed, victims=victims, kills=len(victims))
    require(verdict, seed=seed)
    assert min(life.in_flight) >= LEAST_IN_FLIGHT
    assert verdict.acknowledged > len(victims) * LEAST_IN_FLIGHT
    assert verdict.refused
    assert verdict.in_doubt


@pytest.mark.slow
@pytest.mark.parametrize("in_a_loop", [False, True], ids=["threads-of-two-processes", "one-loop"])
def test_whoever_dies_at_whatever_step_of_an_append_it_is_there_whole_or_not_at_all(
    own: OwnServer,
    seed: int,
    in_a_loop: bool,  # noqa: FBT001 - by name, from pytest
) -> None:
    chance = Random(seed)  # noqa: S311 - chance, not secrecy
    all_cases = IN_A_LOOP if in_a_loop else CASES
    moments = sorted({each.moment for each in all_cases if each.moment in IN_THE_PROCESS})
    cases = [Case(moment, "connection") for moment in IN_THE_DATABASE]
    cases += [Case(moment, "process") for moment in chance.sample(moments, 2)]
    cases.append(Case(chance.choice(IN_THE_DATABASE), chance.choice(VICTIMS_IN_THE_DATABASE)))
    writers, verdict = crash_at(own, cases, in_a_loop=in_a_loop)
    require(verdict, seed=seed)
    assert len(writers.in_flight) == len(cases)
    assert min(writers.in_flight) >= LEAST_IN_FLIGHT
    assert verdict.in_doubt


@pytest.mark.slow
def test_an_outcome_that_the_network_took_is_found_again_by_its_command(server: Server, seed: int) -> None:
    in_flight, verdict = shake_network(server, seed=seed, rounds=2 * len(Fault))
    require(verdict, seed=seed)
    assert min(in_flight) >= LEAST_IN_FLIGHT


@pytest.mark.slow
def test_a_client_stopped_with_the_head_in_its_hands_delays_the_others_and_loses_nothing(
    own: OwnServer, seed: int
) -> None:
    waited, verdict = stop_a_client(own)
    require(verdict, seed=seed)
    assert min(waited) > 1.0


@pytest.mark.slow
@pytest.mark.parametrize("what", ["facts", "wal"])
def test_a_full_disk_is_told_by_name_loses_nothing_and_is_forgotten_once_there_is_room(
    own: OwnServer, seed: int, what: str
) -> None:
    small = mounting_allowed()
    in_flight, heard, verdict = fill_disk(own, (WITH_A_SMALL_DISK if small else WITH_SHORT_FILES)[what])
    require(verdict, seed=seed)
    assert in_flight >= LEAST_IN_FLIGHT
    assert all(issubclass(each, AskAgain) for each in heard)
    if small and what == "facts":
        assert heard == {DatabaseFull}


def test_the_order_of_the_log_is_not_that_of_clocks_that_jump(server: Server, seed: int) -> None:
    back, verdict = let_clocks_jump(server, seed=seed, answers=600)
    require(verdict, seed=seed)
    assert all(back)


def test_eight_writers_in_three_processes_see_a_history_that_could_have_been_one_after_another(
    server: Server, seed: int
) -> None:
    for operations in written_and_seen(server, seed=seed, each=40).values():
        assert len(operations) > 100
        assert violations(operations) == []


@pytest.mark.slow
def test_the_programme_runs_from_the_command_line_and_prints_what_it_came_to() -> None:
    words = [sys.executable, "-m", "workers", "test", "--faults", "--part", "clock-jumps"]
    ran = subprocess.run(
        [*words, "--rounds", "12", "--seed", "7"],
        cwd=checkout(),
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert "lost 0, doubled 0, refused and present 0" in " ".join(ran.stdout.split())
    assert "all holds: seed 7" in ran.stdout


# An oracle that finds nothing proves nothing.


def test_a_stale_read_is_found(server: Server, seed: int) -> None:
    history = written_and_seen(server, seed=seed, each=40, writers=[4], stale=True)
    assert any(violations(operations) for operations in history.values())


@pytest.mark.slow
def test_a_build_that_acknowledges_before_the_commit_is_found(own: OwnServer, seed: int) -> None:
    _, verdict = crash_at(own, [Case("decided", "process")], early=True)
    assert any(each.endswith("is lost") for each in verdict.wrong)
