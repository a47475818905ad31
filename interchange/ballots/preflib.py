"""PrefLib's ordinal preferences: strict or with ties, complete or not (.soc, .soi, .toc, .toi).

    # NUMBER ALTERNATIVES: 3
    # ALTERNATIVE NAME 1: Adam
    12: 2,{1,3}

The form before 2022, which begins with the number alone, is read as well. Neither says how many
seats there are.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from domain.elections.ballots import Contest, Ranking, contest_of
from domain.errors import InvalidContest
from interchange.ballots.errors import (
    BallotFileCutShort,
    BallotHeaderUnreadable,
    BallotPaperUnreadable,
    BallotSumsDiffer,
    CandidateNamesUnreadable,
)
from interchange.ballots.text import number_of, readable, text_of

SUFFIXES = frozenset({".soc", ".soi", ".toc", ".toi"})
MOST_CANDIDATES = 10_000

_STATED = re.compile(r"#\s*([A-Z][A-Z ]*?)(?: ([0-9]{1,9}))?\s*:\s*(.*)")
_TIER = re.compile(r"\{([0-9, ]*)\}|([0-9]+)")
_ORDER = re.compile(r"(?:\{[0-9, ]*\}|[0-9]+)(?:\s*,\s*(?:\{[0-9, ]*\}|[0-9]+))*")

Lines = list[tuple[int, str]]


def read_preflib(content: bytes, *, suffix: str, seats: int = 1) -> Contest:
    """Read the bytes of a file with that ending; raises a BallotFileRefused that names the line."""
    lines = [
        (number, line.strip())
        for number, line in enumerate(text_of(content).split("\n"), start=1)
        if line.strip()
    ]
    if not lines:
        raise BallotFileCutShort(line=1, expected="how many alternatives")
    old = number_of(lines[0][1]) is not None
    title, names, sums, data = _old_head(lines) if old else _head(lines)
    papers: Counter[Ranking] = Counter()
    for number, line in data:
        votes, _, order = line.partition("," if old else ":")
        ranking = _ranking(number, order.strip(), len(names), suffix)
        count = number_of(votes.strip())
        if not count:
            raise BallotPaperUnreadable(line=number, found=votes, expected="how many papers")
        papers[ranking] += count
    found = (sum(papers.values()), len(data))
    for stated, counted, what in zip(sums, found, ("papers", "orders"), strict=True):
        if stated is not None and stated != counted:
            raise BallotSumsDiffer(what=what, stated=stated, found=counted)
    try:
        return contest_of(title=title, candidates=names, seats=seats, papers=papers.items())
    except InvalidContest as refusal:
        raise CandidateNamesUnreadable(line=1, **refusal.facts) from None


Head = tuple[str, Sequence[str], tuple[int | None, int | None], Lines]
"""The title, the names, how many papers and orders are said to follow, and the lines of the orders."""


def _head(lines: Lines) -> Head:
    stated = {
        (found[1], number_of(found[2] or "")): readable(found[3], line=number)
        for number, line in lines
        if (found := _STATED.fullmatch(line))
    }
    count = number_of(stated.get(("NUMBER ALTERNATIVES", None), ""))
    if not count or count > MOST_CANDIDATES:
        raise BallotHeaderUnreadable(line=1, expected="# NUMBER ALTERNATIVES: how many")
    names = [stated.get(("ALTERNATIVE NAME", each + 1)) for each in range(count)]
    if None in names:
        raise CandidateNamesUnreadable(line=1, expected=f"# ALTERNATIVE NAME {names.index(None) + 1}")
    return (
        stated.get(("TITLE", None), ""),
        [name or "" for name in names],
        (
            number_of(stated.get(("NUMBER VOTERS", None), "")),
            number_of(stated.get(("NUMBER UNIQUE ORDERS", None), "")),
        ),
        [(number, line) for number, line in lines if not line.startswith("#")],
    )


def _old_head(lines: Lines) -> Head:
    count = number_of(lines[0][1])
    if not count or count > MOST_CANDIDATES:
        raise BallotHeaderUnreadable(line=lines[0][0], expected="how many alternatives")
    if len(lines) < count + 2:
        raise BallotFileCutShort(line=lines[-1][0], expected="the names and the sums")
    names = []
    for each, (number, line) in enumerate(lines[1 : count + 1], start=1):
        place, _, name = line.partition(",")
        if number_of(place.strip()) != each:
            raise CandidateNamesUnreadable(line=number, found=line, expected=f"{each},name")
        names.append(readable(name, line=number))
    number, sums = lines[count + 1]
    said = [number_of(each.strip()) for each in sums.split(",")]
    if len(said) != len(("voters", "sum", "orders")) or None in said:
        raise BallotHeaderUnreadable(line=number, found=sums, expected="voters, their sum, orders")
    return "", names, (said[1], said[2]), lines[count + 2 :]


def _ranking(line: int, order: str, count: int, suffix: str) -> Ranking:
    if not _ORDER.fullmatch(order):
        raise BallotPaperUnreadable(line=line, found=order, expected="an order such as 2,{1,3}")
    tiers = []
    for several, one in _TIER.findall(order):
        tier = tuple(sorted(_place(line, each.strip(), count) for each in (one or several).split(",")))
        tiers.append(tier)
    named = sorted(each for tier in tiers for each in tier)
    for each, other in pairwise(named):
        if each == other:
            raise BallotPaperUnreadable(line=line, twice=each + 1)
    if suffix.startswith(".s") and len(named) != len(tiers):
        raise BallotPaperUnreadable(line=line, found=order, expected=f"no ties in {suffix}")
    if suffix.endswith("c") and len(named) != count:
        raise BallotPaperUnreadable(line=line, found=order, expected=f"all {count} alternatives in {suffix}")
    return tuple(tiers)


def _place(line: int, said: str, count: int) -> int:
    number = number_of(said)
    if not number or number > count:
        raise BallotPaperUnreadable(
            line=line, found=said, expected=f"the number of an alternative, 1 to {count}"
        )
    return number - 1
