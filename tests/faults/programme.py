"""The fault programme: every part of it, each with a seed that brings it back, and what it came to."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from random import Random

from tests.faults.clock_jumps import let_clocks_jump
from tests.faults.crash_points import CASES, IN_A_LOOP, Case, crash_at
from tests.faults.disk_full import WITH_A_SMALL_DISK, WITH_SHORT_FILES, fill_disk
from tests.faults.first_start import first_start
from tests.faults.halting import IN_THE_PROCESS
from tests.faults.hot import written_and_seen
from tests.faults.kills import KILLS_A_LIFE, LEAST_IN_FLIGHT, live
from tests.faults.linearizability import violations
from tests.faults.network import shake_network
from tests.faults.oracle import LedgerWrongError, Verdict, require
from tests.faults.own_server import OwnServer
from tests.faults.small_disk import mounting_allowed
from tests.faults.stopped_client import stop_a_client

ANSWERS_A_ROUND = 50
HOT_OPERATIONS_A_ROUND = 2
STOPS_A_ROUND = 0.02
MOST_FIRST_STARTS = 20
VICTIMS_OF_A_BROKEN_BUILD = ("writer-0", "writer-1", "writer-0", "writer-1")
# On a busy machine four kills may all miss what was acknowledged and not yet appended.
LIVES_OF_A_BROKEN_BUILD = 4

Tell = Callable[[str, float], None]
"""Is told what is going on, and how much of the part is done, from 0 to 1."""


@dataclass(frozen=True)
class Result:
    """What one run of one part came to; a history has operations and no verdict."""

    part: str
    seed: int
    faults: int
    in_flight: int | None = None
    verdict: Verdict | None = None
    note: str = ""


Part = Callable[[OwnServer, int, int, Tell], Iterator[Result]]


def kills(server: OwnServer, seed: int, rounds: int, tell: Tell) -> Iterator[Result]:
    """Kill so many times, in lives of twenty kills."""
    for begun in range(0, rounds, KILLS_A_LIFE):
        own_seed = seed + begun // KILLS_A_LIFE
        life, verdict = live(
            server,
            seed=own_seed,
            kills=min(KILLS_A_LIFE, rounds - begun),
            told=lambda now, begun=begun: tell(  # type: ignore[misc] # bound at each life
                f"killed {now.killed[-1]}", (begun + len(now.killed)) / rounds
            ),
        )
        yield Result(
            "kills", own_seed, len(life.killed), _enough(life.in_flight), require(verdict, seed=own_seed)
        )


def crash_points(server: OwnServer, seed: int, rounds: int, tell: Tell) -> Iterator[Result]:
    """Go through every named crash point with everybody who can die there, in the order of the seed.

    Two processes whose threads ask share the log; then one whose coroutines ask has it alone.
    """
    done: list[Case] = []

    def told(_: object, case: Case) -> None:
        done.append(case)
        tell(f"{case.victim} at {case.moment}", len(done) / (len(CASES) + len(IN_A_LOOP)))

    for in_a_loop, all_cases in ((False, CASES), (True, IN_A_LOOP)):
        cases = list(all_cases)
        Random(seed).shuffle(cases)  # noqa: S311 - chance, not secrecy
        writers, verdict = crash_at(server, cases, in_a_loop=in_a_loop, told=told)
        least = _enough(writers.in_flight)
        note = "one process, in its loop" if in_a_loop else "two processes, by threads"
        yield Result("crash points", seed, len(cases), least, require(verdict, seed=seed), note)


def network(server: OwnServer, seed: int, rounds: int, tell: Tell) -> Iterator[Result]:
    """Let as many faults of the network befall appends."""
    done = 0

    def told(fault: str, _: int) -> None:
        nonlocal done
        done += 1
        tell(fault, done / rounds)

    in_flight, verdict = shake_network(server, seed=seed, rounds=rounds, told=told)
    yield Result("network", seed, len(in_flight), _enough(in_flight), require(verdict, seed=seed))


def stopped_client(server: OwnServer, seed: int, rounds: int, tell: Tell) -> Iterator[Result]:
    """Stop a client that holds the head, now and then."""
    tell("stopped with the head in its hands", 0.0)
    times = max(1, int(rounds * STOPS_A_ROUND))
    waited, verdict = stop_a_client(server, rounds=times)
    note = f"others went on after {max(waited):.1f} s"
    yield Result("stopped client", seed, times, None, require(verdict, seed=seed), note)


def disk_full(server: OwnServer, seed: int, rounds: int, tell: Tell) -> Iterator[Result]:
    """Fill the disk of the facts and that of the WAL, in each way that is allowed here."""
    ways = [("short files", WITH_SHORT_FILES)]
    if mounting_allowed():
        ways.append(("small disk", WITH_A_SMALL_DISK))
    for number, (name, way) in enumerate((name, each) for name, both in ways for each in both.items()):
        what, room = way
        tell(f"{name}: {what}", number / (2 * len(ways)))
        in_flight, heard, verdict = fill_disk(server, room)
        note = f"{name}, {what}: {', '.join(sorted(each.__name__ for each in heard))}"
        yield Result("disk full", seed, 1, _enough([in_flight]), require(verdict, seed=seed), note)


def clock_jumps(server: OwnServer, seed: int, rounds: int, tell: Tell) -> Iterator[Result]:
    """Let three clocks jump."""
    tell("an hour ahead, an hour back", 0.0)
    back, verdict = let_clocks_jump(server, seed=seed, answers=rounds * ANSWERS_A_ROUND)
    yield Result("clock jumps", seed, sum(back), None, require(verdict, seed=seed), "times a clock went back")


def first_starts(_: OwnServer, seed: int, rounds: int, tell: Tell) -> Iterator[Result]:
    """Let eight processes begin a ledger together, again and again."""
    times = min(rounds, MOST_FIRST_STARTS)
    for number in range(times):
        tell(f"start {number + 1}", number / times)
        first_start()
    yield Result("first start", seed, times, None, None, f"eight processes began one ledger, {times} times")


def hot_streams(server: OwnServer, seed: int, rounds: int, tell: Tell) -> Iterator[Result]:
    """Check the history of eight writers on hot streams."""
    tell("eight writers in three processes", 0.0)
    history = written_and_seen(server, seed=seed, each=max(40, rounds * HOT_OPERATIONS_A_ROUND))
    for series, operations in history.items():
        wrong = violations(operations)
        if wrong:
            raise LedgerWrongError(f"seed {seed}: the history of {series} has no order\n  {wrong[0]}")
    note = f"{sum(map(len, history.values()))} operations in an order that real time allows"
    yield Result("hot streams", seed, 0, None, None, note)


def broken_builds(server: OwnServer, seed: int, rounds: int, tell: Tell) -> Iterator[Result]:
    """Show that the oracle finds builds that are wrong: no finding is a failure."""
    tell("acknowledges before the commit, killed at random", 0.0)
    victims = list(VICTIMS_OF_A_BROKEN_BUILD)
    for life in range(LIVES_OF_A_BROKEN_BUILD):
        _, verdict = live(server, seed=seed + life, victims=victims, kills=len(victims), early=True)
        if _lost(verdict):
            break
    yield _found_out(seed, "kills", verdict)
    tell("acknowledges before the commit, at the crash points", 0.5)
    _, verdict = crash_at(server, [Case(moment, "process") for moment in IN_THE_PROCESS], early=True)
    yield _found_out(seed, "crash points", verdict)
    tell("reads stale", 0.9)
    history = written_and_seen(server, seed=seed, each=60, stale=True)
    wrong = [each for operations in history.values() for each in violations(operations)]
    if not wrong:
        raise AssertionError(f"seed {seed}: a stale read was not found")
    yield Result("broken builds", seed, 1, None, None, f"stale reads: found, {len(wrong)} times")


PARTS: dict[str, Part] = {
    "kills": kills,
    "crash-points": crash_points,
    "network": network,
    "stopped-client": stopped_client,
    "disk-full": disk_full,
    "clock-jumps": clock_jumps,
    "first-start": first_starts,
    "hot-streams": hot_streams,
    "broken-builds": broken_builds,
}


def timed(
    part: Part, server: OwnServer, *, seed: int, rounds: int, tell: Tell
) -> Iterator[tuple[Result, float]]:
    """Run a part; yield its results, each with the seconds it took."""
    begun = time.monotonic()
    for result in part(server, seed, rounds, tell):
        yield result, time.monotonic() - begun
        begun = time.monotonic()


def _enough(in_flight: Sequence[int]) -> int:
    least = min(in_flight)
    if least < LEAST_IN_FLIGHT:
        raise AssertionError(f"only {least} commands were in flight at a fault")
    return least


def _found_out(seed: int, where: str, verdict: Verdict) -> Result:
    lost = _lost(verdict)
    if not lost:
        raise AssertionError(f"seed {seed}: a build that acknowledges before the commit passed the {where}")
    note = f"acknowledges before the commit, {where}: found, {len(lost)} acknowledgements lost"
    return Result("broken builds", seed, 1, None, None, note)


def _lost(verdict: Verdict) -> list[str]:
    return [each for each in verdict.wrong if each.endswith("is lost")]
