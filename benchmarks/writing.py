"""`tutti bench write`: rounds of every group, latencies, a crash; and what it all comes to."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks import checks, crash, endurance, following, machine
from benchmarks.figures import GROUPS, PRODUCT, Figure, chosen
from benchmarks.ledgers import Clock
from benchmarks.loops import Window
from benchmarks.measured import Measured, Runs
from benchmarks.peers.pgledger import Pgledger
from benchmarks.rounds import Group, Round, play
from benchmarks.server import Server, own_server

Done = Callable[[int], None]

LATENCY_OF = (1, 4, 16, 32)
PACE = 0.5
FINDS_PEAK = "asyncio(64)"
PRODUCT_PEAK = "product asyncio(64)"
ENDURED = 1_000_000
NOT_DRIVEN = {
    "django-hordak": "not driven by this release",
    "TigerBeetle": "not driven by this release",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked for. `ease` makes goals easier: 0.5 halves what must be reached."""

    seconds: float
    rounds: int
    names: Sequence[str] = ()
    accounts: int = 1000
    repeats: int = 3
    ease: float = 1.0
    long: int = 0
    pgledger: Path | None = None
    folder: Path | None = None


def write(asked: Asked, *, clock: Clock, audit: checks.Audit, done: Done) -> dict[str, Any]:
    """Measure, and return the document of it; `done` hears how many of `steps(asked)` are over.

    Raises BenchmarkRefusal, DatabaseUnsafe.
    """
    figures = chosen(asked.names)
    peer = Pgledger(asked.pgledger) if asked.pgledger else None
    counter = _Counter(done)
    with own_server(asked.folder) as server:
        runs = Runs(
            server=server,
            window=Window.of(asked.seconds),
            accounts=asked.accounts,
            clock=clock,
            audit=audit,
            pgledger=peer,
        )
        document: dict[str, Any] = {
            "machine": machine.described(server, asked.folder),
            "asked": {"seconds": asked.seconds, "rounds": asked.rounds, "accounts": asked.accounts},
        }
        by_name = runs.by_name()
        played: list[Round] = []
        for group in groups_of(figures):
            played += play(group, by_name, rounds=asked.rounds, repeats=asked.repeats, done=counter.one)
        document |= _judged(figures, played, ease=asked.ease)
        document["missing"] = NOT_DRIVEN | ({} if peer else {"pgledger": "no checkout given"})
        document["latency"] = _latencies(runs, by_name, counter) if not asked.names else {}
        if PRODUCT in groups_of(figures):
            document["following"] = asdict(_followed(runs, played))
            counter.one()
        document["crash"] = asdict(_crash(asked, server, clock, audit))
        counter.one()
        if asked.long:
            document["long"] = endurance.endure(
                server, clock=clock, accounts=asked.accounts, count=asked.long, audit=audit
            )
            counter.one()
        document["runs"] = _summed_up(played)
        document["rounds"] = [_told(each) for each in played]
    return document


def steps(asked: Asked) -> int:
    """Return how many steps `write` will tell of."""
    rounds = len(groups_of(chosen(asked.names))) * asked.rounds
    latencies = 0 if asked.names else len(LATENCY_OF) + 2
    followed = PRODUCT in groups_of(chosen(asked.names))
    return rounds + latencies + followed + 1 + bool(asked.long)


def groups_of(figures: Sequence[Figure]) -> list[Group]:
    """Return the groups that these figures are reckoned from."""
    needed = {figure.group.name for figure in figures}
    return [group for group in GROUPS if group.name in needed]


class _Counter:
    def __init__(self, done: Done) -> None:
        self._done, self._count = done, 0

    def one(self) -> None:
        self._count += 1
        self._done(self._count)


def _followed(runs: Runs, played: Sequence[Round]) -> following.Followed:
    """Let the read models follow the product at half of what it reached without them."""
    reached = [one.runs[PRODUCT_PEAK].per_s for one in played if one.group is PRODUCT]
    return following.follow(
        runs.server,
        clock=runs.clock,
        accounts=runs.accounts,
        window=runs.window,
        per_s=PACE * median(reached),
        audit=runs.audit,
    )


def _crash(asked: Asked, server: Server, clock: Clock, audit: checks.Audit) -> crash.Survival:
    return crash.survive(
        server, clock=clock, accounts=asked.accounts, seconds=max(1.0, asked.seconds), audit=audit
    )


def _judged(figures: Sequence[Figure], played: Sequence[Round], *, ease: float) -> dict[str, Any]:
    judged: dict[str, Any] = {}
    for figure in figures:
        values = figure.values(played)
        goal = figure.at_most if figure.at_least is None else figure.at_least
        judged[figure.name] = {
            "what": figure.what,
            "ratio": median(values) if values else None,
            "goal": goal,
            "at_most": figure.at_most is not None,
            "stretch": figure.stretch,
            "held": figure.held(values, ease=ease),
            "noisy": sum(each.noisy for each in played if each.group is figure.group),
            "values": values,
        }
    return {
        "figures": judged,
        "ease": ease,
        "missed": [name for name, each in judged.items() if each["held"] is False],
        "noisy": [name for name, each in judged.items() if each["values"] and each["noisy"]],
    }


def _latencies(
    runs: Runs, by_name: Mapping[str, Callable[[], Measured]], counter: _Counter
) -> dict[str, Any]:
    """Measure latencies in a closed loop, then at half the peak: from the intended start."""
    told: dict[str, Any] = {}
    for clients in LATENCY_OF:
        told[f"threads({clients})"] = asdict(by_name[f"threads({clients})"]())
        counter.one()
    peak = by_name[FINDS_PEAK]()
    counter.one()
    pace = PACE * peak.per_s
    told["half of peak"] = asdict(runs.at_a_pace(pace)) | {"asked_per_s": pace}
    counter.one()
    return told


def _summed_up(played: Sequence[Round]) -> dict[str, dict[str, Any]]:
    """Return the medians of each run, by name."""
    made: dict[str, list[Measured]] = {}
    for one in played:
        made.setdefault(one.group.base, []).extend((one.before, one.after))
        for name, each in one.runs.items():
            made.setdefault(name, []).append(each)
    return {name: _medians(each) for name, each in made.items()}


def _medians(measured: Sequence[Measured]) -> dict[str, float | None]:
    told = [asdict(each) for each in measured]
    return {
        field: median(known) if (known := [each[field] for each in told if each[field] is not None]) else None
        for field in told[0]
    }


def _told(one: Round) -> dict[str, Any]:
    return {
        "group": one.group.name,
        "base": one.group.base,
        "noisy": one.noisy,
        "before": asdict(one.before),
        "runs": {name: asdict(each) for name, each in one.runs.items()},
        "after": asdict(one.after),
    }
