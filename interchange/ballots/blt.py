"""BLT, the format of Hill, Wichmann and Woodall (Algorithm 123, 1987), as other programs extend it.

    4 2                 4 candidates, 2 seats
    -2                  the second withdrew
    3 1 3=4 0           3 papers: the first before the third and fourth, who stand equal
    0                   no more papers
    "Adam" "Basil" …    their names
    "Board 2026"        the title

A `#` begins a comment. A rank left out, `-`, is passed over, and so is an id in parentheses before a
paper. Each paper ends with its 0: nothing is guessed about one that does not.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from domain.elections.ballots import Contest, Ranking, require_names
from domain.errors import InvalidContest
from interchange.ballots.errors import (
    BallotFileCutShort,
    BallotHeaderUnreadable,
    BallotPaperUnreadable,
    CandidateNamesUnreadable,
    TextAfterBallotFile,
)
from interchange.ballots.text import number_of, readable, text_of

MOST_CANDIDATES = 10_000
REMARKS = 2
"""A source and a comment may follow the title; they are not kept."""

_TOKEN = re.compile(r'"[^"\n]*"|#[^\n]*|[^\s"#]+|"')
_WITHDRAWN = re.compile("-([0-9]{1,9})")
_PAPER_ID = re.compile(r"\([^()]*\)")

Token = tuple[str, int]
"""A word of the file, and its line from 1."""


def read_blt(content: bytes) -> Contest:
    """Read the bytes of a BLT file; raises a BallotFileRefused that names the line."""
    tokens = _Tokens(content)
    candidates, seats = _header(tokens)
    withdrawn = list(_withdrawn(tokens, candidates))
    papers = _papers(tokens, candidates)
    names = [_text(tokens, f"name of candidate {each}") for each in range(1, candidates + 1)]
    title = _text(tokens, "title") if tokens.peek() else ""
    for _ in range(REMARKS):
        if tokens.peek():
            _text(tokens, "remark")
    if more := tokens.peek():
        raise TextAfterBallotFile(line=more[1], found=more[0])
    try:
        require_names(names)
    except InvalidContest as refusal:
        raise CandidateNamesUnreadable(line=tokens.line, **refusal.facts) from None
    return Contest(title, tuple(names), seats, papers, frozenset(withdrawn))


def write_blt(contest: Contest) -> bytes:
    """Write a contest as the file it would be read from; a quote in a name becomes a typographic one."""
    lines = [f"{len(contest.candidates)} {contest.seats}"]
    if contest.withdrawn:
        lines.append(" ".join(f"-{each + 1}" for each in sorted(contest.withdrawn)))
    for ranking, votes in sorted(contest.papers.items()):
        tiers = ("=".join(str(each + 1) for each in tier) for tier in ranking)
        lines.append(" ".join((str(votes), *tiers, "0")))
    lines.append("0")
    lines += [f'"{text.replace(chr(34), chr(8221))}"' for text in (*contest.candidates, contest.title)]
    return ("\n".join(lines) + "\n").encode()


class _Tokens:
    """The words of a file with their lines, read once from the first to the last."""

    def __init__(self, content: bytes) -> None:
        """Begin before the first."""
        self._words: list[str] = []
        self._lines: list[int] = []
        for number, line in enumerate(text_of(content).split("\n"), start=1):
            plain = '"' not in line and "#" not in line
            words = line.split() if plain else [each for each in _TOKEN.findall(line) if each[0] != "#"]
            self._words += words
            self._lines += [number] * len(words)
        self._at = 0

    @property
    def line(self) -> int:
        """The line of the last word taken."""
        return self._lines[self._at - 1] if self._at else 1

    def peek(self) -> Token | None:
        """Return the next word, if there is one."""
        return (self._words[self._at], self._lines[self._at]) if self._at < len(self._words) else None

    def take(self, expected: str) -> str:
        """Return the next word and go on; raises BallotFileCutShort."""
        if self._at == len(self._words):
            raise BallotFileCutShort(line=self.line, expected=expected)
        self._at += 1
        return self._words[self._at - 1]

    def take_to_zero(self, expected: str) -> list[str]:
        """Return the words before the next 0 and go on after it; raises BallotFileCutShort."""
        start = self._at
        try:
            end = self._words.index("0", start)
        except ValueError:
            raise BallotFileCutShort(line=self.line, expected=expected) from None
        self._at = end + 1
        return self._words[start:end]


def _header(tokens: _Tokens) -> tuple[int, int]:
    candidates = number_of(tokens.take("how many candidates"))
    seats = number_of(tokens.take("how many seats"))
    if not candidates or not seats or candidates > MOST_CANDIDATES:
        raise BallotHeaderUnreadable(line=tokens.line, expected="how many candidates and how many seats")
    return candidates, seats


def _withdrawn(tokens: _Tokens, candidates: int) -> Iterator[int]:
    while (said := tokens.peek()) and (withdrew := _WITHDRAWN.fullmatch(said[0])):
        tokens.take("who withdrew")
        yield _place(tokens, withdrew[1], candidates)


def _papers(tokens: _Tokens, candidates: int) -> Counter[Ranking]:
    papers: Counter[Ranking] = Counter()
    known: dict[str, tuple[int, ...]] = {str(each + 1): (each,) for each in range(candidates)}
    while (word := tokens.take("the 0 that ends the papers")) != "0":
        if _PAPER_ID.fullmatch(word):
            word = tokens.take("how many papers")
        votes = number_of(word)
        if not votes:
            raise BallotPaperUnreadable(line=tokens.line, found=word, expected="how many papers")
        line = tokens.line
        said = tokens.take_to_zero("the 0 that ends a paper")
        if tokens.line != line:
            raise BallotPaperUnreadable(line=line, expected="the 0 that ends a paper")
        try:
            ranking = tuple([known[each] for each in said])
        except KeyError:
            ranking = tuple(_tier(tokens, each, candidates) for each in said if each != "-")
        if ranking not in papers:
            _require_once(tokens, ranking)
        papers[ranking] += votes
    return papers


def _tier(tokens: _Tokens, said: str, candidates: int) -> tuple[int, ...]:
    return tuple(sorted(_place(tokens, each, candidates) for each in said.split("=")))


def _require_once(tokens: _Tokens, ranking: Ranking) -> None:
    named = [each for tier in ranking for each in tier]
    if len(set(named)) != len(named):
        twice = next(each for each in named if named.count(each) > 1)
        raise BallotPaperUnreadable(line=tokens.line, twice=twice + 1)


def _place(tokens: _Tokens, said: str, candidates: int) -> int:
    number = number_of(said)
    if not number or number > candidates:
        raise BallotPaperUnreadable(
            line=tokens.line, found=said, expected=f"the number of a candidate, 1 to {candidates}"
        )
    return number - 1


def _text(tokens: _Tokens, what: str) -> str:
    word = tokens.take(what)
    if word.startswith('"') and (len(word) == 1 or not word.endswith('"')):
        raise CandidateNamesUnreadable(line=tokens.line, expected=f"{what}, between quotation marks")
    return readable(word.strip('"'), line=tokens.line)
