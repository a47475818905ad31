"""One door to the formats of ballots, by how the name of the file ends."""

from __future__ import annotations

from dataclasses import replace

from domain.elections.ballots import Contest
from domain.errors import NoSeats
from interchange.ballots.blt import read_blt
from interchange.ballots.errors import UnknownBallotFormat
from interchange.ballots.preflib import SUFFIXES, read_preflib


def read_ballots(content: bytes, *, suffix: str, seats: int | None = None) -> Contest:
    """Read a file of ballots; `seats` stands for those of the file, or for the one of a format without.

    Raises NoSeats, UnknownBallotFormat, or another BallotFileRefused that names the line.
    """
    if seats is not None and seats < 1:
        raise NoSeats(seats=seats)
    ending = suffix.lower()
    if ending in SUFFIXES:
        return read_preflib(content, suffix=ending, seats=seats or 1)
    if ending != ".blt":
        raise UnknownBallotFormat(found=suffix)
    contest = read_blt(content)
    return contest if seats is None else replace(contest, seats=seats)
