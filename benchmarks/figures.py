"""The figures of `tutti bench write`, with their goals: what the whole product must hold.

The goals stand in docs/reference/benchmarks.md. Each figure is reckoned round by round, and its
median counts; a figure whose peer is not here has no value and is not judged.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from benchmarks.errors import UnknownFigure
from benchmarks.measured import Measured
from benchmarks.rounds import Group, Round

ONE = Group("1 client", "L5(1)", ("pgledger(1)", "threads(1)"))
SIXTEEN = Group(
    "16 clients",
    "L5(16)",
    ("LH(16)", "pgledger(16)", "spread(16)", "threads(16)", "free threads(16)", "asyncio(16)"),
)
SIXTY_FOUR = Group("64 clients", "L5(16)", ("threads(64)", "free threads(64)", "asyncio(64)"))
MANY = Group("256 clients", "L5(16)", ("threads(256)", "free threads(256)", "asyncio(256)"))
BULK = Group("256 a request", "B(256)", ("bulk(256)",))
LIBRARY = Group("32 callers", "library spread(32)", ("library hot(32)", "threads(32)", "asyncio(32)"))
PRODUCT = Group("the product's use case", "L5(16)", ("product threads(16)", "product asyncio(64)"))
GROUPS = (ONE, SIXTEEN, SIXTY_FOUR, MANY, BULK, LIBRARY, PRODUCT)

Reckon = Callable[[Round], float | None]


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: how it is reckoned from a round, and what it must be at least, or at most."""

    name: str
    what: str
    group: Group
    reckon: Reckon
    at_least: float | None = None
    at_most: float | None = None
    stretch: float | None = None

    def values(self, rounds: Iterable[Round]) -> list[float]:
        """Return its value in each round that has one."""
        found = [self.reckon(each) for each in rounds if each.group is self.group]
        return [value for value in found if value is not None]

    def held(self, values: Sequence[float], *, ease: float) -> bool | None:
        """Tell whether its median reaches the goal, made easier by a factor; None if it is not judged."""
        if not values:
            return None
        if self.at_least is not None:
            return median(values) >= self.at_least * ease
        if self.at_most is not None:
            return median(values) <= self.at_most / ease
        return None


def _of_base(run: str) -> Reckon:
    return lambda each: each.runs[run].per_s / each.base_per_s if run in each.runs else None


def _over(run: str, other: str) -> Reckon:
    def reckon(each: Round) -> float | None:
        if run not in each.runs or other not in each.runs:
            return None
        return each.runs[run].per_s / each.runs[other].per_s

    return reckon


def _fewer_bytes(run: str, other: str) -> Reckon:
    def reckon(each: Round) -> float | None:
        mine = each.runs[run].bytes_each if run in each.runs else None
        theirs = each.runs[other].bytes_each if other in each.runs else None
        return mine / theirs if mine and theirs else None

    return reckon


def _value(run: str, of: Callable[[Measured], float | None]) -> Reckon:
    return lambda each: of(each.runs[run]) if run in each.runs else None


def _a2(clients: int, group: Group, floor: float, stretch: float) -> tuple[Figure, ...]:
    judged = tuple(
        Figure(
            f"a2.{clients}.{callers}",
            f"{clients} {callers} ÷ L5(16)",
            group,
            _of_base(f"{callers}({clients})"),
            at_least=floor,
            stretch=stretch,
        )
        for callers in ("threads", "asyncio")
    )
    free = _of_base(f"free threads({clients})")
    return (*judged, Figure(f"a2.{clients}.free", f"{clients} threads on all cores ÷ L5(16)", group, free))


FIGURES = (
    Figure("a1", "1 client ÷ L5(1)", ONE, _of_base("threads(1)"), at_least=0.4, stretch=0.6),
    Figure("a1.pgledger", "1 client ÷ pgledger", ONE, _over("threads(1)", "pgledger(1)"), at_least=3),
    *_a2(16, SIXTEEN, 0.35, 0.65),
    *_a2(64, SIXTY_FOUR, 0.55, 1.0),
    *_a2(256, MANY, 0.65, 1.0),
    Figure(
        "a2.pgledger", "16 threads ÷ pgledger", SIXTEEN, _over("threads(16)", "pgledger(16)"), at_least=10
    ),
    Figure(
        "a2.pgledger.asyncio",
        "16 asyncio ÷ pgledger",
        SIXTEEN,
        _over("asyncio(16)", "pgledger(16)"),
        at_least=10,
    ),
    Figure("a2.LH", "16 threads ÷ LH(16)", SIXTEEN, _over("threads(16)", "LH(16)"), at_least=2),
    Figure(
        "a2.p99", "p99 of 16 threads, ms", SIXTEEN, _value("threads(16)", lambda run: run.p99_ms), at_most=20
    ),
    Figure("a3", "hot ÷ spread, 16 threads", SIXTEEN, _over("threads(16)", "spread(16)"), at_least=0.9),
    Figure("a5", "256 a request, atomic ÷ B(256)", BULK, _of_base("bulk(256)"), at_least=0.5),
    Figure(
        "a6.client",
        "CPU ms a command, client, 64 asyncio",
        SIXTY_FOUR,
        _value("asyncio(64)", lambda run: run.client_ms),
        at_most=0.15,
    ),
    Figure(
        "a6.server",
        "CPU ms a command, server, 64 asyncio",
        SIXTY_FOUR,
        _value("asyncio(64)", lambda run: run.server_ms),
        at_most=0.1,
    ),
    Figure("a7", "32 asyncio ÷ the library's save(), spread", LIBRARY, _of_base("asyncio(32)"), at_least=10),
    Figure("a7.threads", "32 threads ÷ the library's save(), spread", LIBRARY, _of_base("threads(32)")),
    Figure(
        "a7.hot",
        "32 asyncio ÷ the library's save(), hot",
        LIBRARY,
        _over("asyncio(32)", "library hot(32)"),
        at_least=10,
    ),
    Figure("product.threads", "product, 16 threads ÷ L5(16)", PRODUCT, _of_base("product threads(16)")),
    Figure("product.asyncio", "product, 64 asyncio ÷ L5(16)", PRODUCT, _of_base("product asyncio(64)")),
    Figure(
        "e3",
        "bytes on disk a payment",
        SIXTEEN,
        _value("threads(16)", lambda run: run.bytes_each),
    ),
    Figure(
        "e3.pgledger",
        "bytes on disk a payment ÷ pgledger",
        SIXTEEN,
        _fewer_bytes("threads(16)", "pgledger(16)"),
        at_most=0.5,
    ),
)


def chosen(names: Sequence[str]) -> tuple[Figure, ...]:
    """Return the figures of these names, `a2` standing for all that begin so; all of them for no name.

    Raises UnknownFigure.
    """
    for name in names:
        if not any(_is_called(figure, name) for figure in FIGURES):
            raise UnknownFigure(figure=name, known=", ".join(figure.name for figure in FIGURES))
    return tuple(figure for figure in FIGURES if not names or any(_is_called(figure, name) for name in names))


def _is_called(figure: Figure, name: str) -> bool:
    return figure.name == name or figure.name.startswith(f"{name}.")
