"""Files of ballots are read to the paper or refused whole with the line; no bytes ever give a traceback."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.elections.ballots import Contest, contest_of
from domain.errors import NoSeats, Refusal, UnreadableText
from interchange.ballots import blt, preflib, read_ballots, read_blt, read_preflib, text, write_blt
from interchange.ballots.errors import (
    BallotFileCutShort,
    BallotFileNotUtf8,
    BallotFileRefused,
    BallotFileTooLarge,
    BallotHeaderUnreadable,
    BallotPaperUnreadable,
    BallotSumsDiffer,
    CandidateNamesUnreadable,
    TextAfterBallotFile,
    UnknownBallotFormat,
)

BLT = b"""\
# An election of the board
4 2       # 4 candidates, 2 seats
-2 -4
3 1 3 4 0
4 1 3=2 0 (id7) 2 4=2=1 3 0
1 - 2 - 3 0
2 0
3 1 3 4 0
0
"Adam" "Basil Smith"
Charlotte
"Don # Quijote"   # a name may hold the sign
"Board 2026"
"""
TOI = b"""\
# FILE NAME: 00001-00000001.toi
# TITLE: Board 2026
# DATA TYPE: toi
# NUMBER ALTERNATIVES: 3
# NUMBER VOTERS: 14
# NUMBER UNIQUE ORDERS: 2
# ALTERNATIVE NAME 1: Adam
# ALTERNATIVE NAME 2: Basil: the second
# ALTERNATIVE NAME 3: Charlotte
12: 2,{1,3}
2: 3
"""
OLD_SOC = b"""\
2
1,Adam
2,"Basil, the second"
5,5,2
3,1,2
2,2,1
"""


def test_a_blt_file_is_read_with_withdrawals_comments_ids_and_equal_ranks() -> None:
    read = read_blt(BLT)
    assert read == Contest(
        title="Board 2026",
        candidates=("Adam", "Basil Smith", "Charlotte", "Don # Quijote"),
        seats=2,
        papers={
            ((0,), (2,), (3,)): 6,
            ((0,), (1, 2)): 4,
            ((0, 1, 3), (2,)): 2,
            ((1,), (2,)): 1,
            (): 2,
        },
        withdrawn=frozenset({1, 3}),
    )


def test_newlines_and_the_title_may_be_missing_and_remarks_may_follow_it() -> None:
    assert read_blt(b"1 1 2 1 0 0 A").votes == 2
    assert (
        read_blt(b'\xef\xbb\xbf1 1\r\n2 1 0\r\n0\r\n"A"\r\n"Title"\r\n"Source"\r\n"Remark"\r\n').title
        == "Title"
    )


def test_a_preflib_file_is_read_with_ties() -> None:
    read = read_preflib(TOI, suffix=".toi", seats=2)
    assert (read.title, read.seats) == ("Board 2026", 2)
    assert read.candidates == ("Adam", "Basil: the second", "Charlotte")
    assert read.papers == {((1,), (0, 2)): 12, ((2,),): 2}


def test_a_preflib_file_of_before_2022_is_read_too() -> None:
    read = read_preflib(OLD_SOC, suffix=".soc")
    assert read.candidates == ("Adam", '"Basil, the second"')
    assert read.papers == {((0,), (1,)): 3, ((1,), (0,)): 2}


@pytest.mark.parametrize(
    ("refusal", "content", "line"),
    [
        (BallotFileCutShort, b"", 1),
        (BallotFileCutShort, b"4", 1),
        (BallotHeaderUnreadable, b"\nfour 2", 2),
        (BallotHeaderUnreadable, b"4 0\n", 1),
        (BallotHeaderUnreadable, b"10001 1\n", 1),
        (BallotHeaderUnreadable, b"\xd9\xa4 1\n", 1),
        (BallotPaperUnreadable, b"2 1\n-3\n", 2),
        (BallotPaperUnreadable, b"2 1\n1 1 0\nx 1 0\n", 3),
        (BallotPaperUnreadable, b"2 1\n1.5 1 0\n", 2),
        (BallotPaperUnreadable, b"2 1\n1000000000 1 0\n", 2),
        (BallotPaperUnreadable, b"2 1\n3 1 2\n4 1 0\n0\nA B", 2),
        (BallotPaperUnreadable, b"2 1\n1 1 0\n1 3 0\n", 3),
        (BallotPaperUnreadable, b"2 1\n\n1 1= 0\n", 3),
        (BallotPaperUnreadable, b"2 1\n1 1 2 1 0\n", 2),
        (BallotPaperUnreadable, b"2 1\n1 2=2 0\n", 2),
        (BallotPaperUnreadable, b"2 1\n1 1 -2 0\n", 2),
        (BallotFileCutShort, b"2 1\n1 1 2\n", 2),
        (BallotFileCutShort, b"2 1\n1 1 0\n", 2),
        (BallotFileCutShort, b"2 1\n1 1 0\n0\nA\n", 4),
        (CandidateNamesUnreadable, b'2 1\n0\n"A\nB"\n', 3),
        (CandidateNamesUnreadable, b'2 1\n0\n"A"\n"A"\n', 4),
        (CandidateNamesUnreadable, b'2 1\n0\n"A"\n"  "\n', 4),
        (TextAfterBallotFile, b"1 1\n0\nA Title Source Remark\nmore", 4),
        (BallotFileNotUtf8, b'1 1\n0\n"Ren\xe9"', 3),
        (UnreadableText, b'1 1\n0\n"A\x1b[2J"', 3),
    ],
)
def test_a_bad_blt_file_is_refused_by_name_with_its_line(
    refusal: type[Refusal], content: bytes, line: int
) -> None:
    with pytest.raises(refusal) as refused:
        read_blt(content)
    assert refused.value.facts["line"] == line


@pytest.mark.parametrize(
    ("refusal", "was", "becomes", "suffix"),
    [
        (BallotHeaderUnreadable, b"ALTERNATIVES: 3", b"ALTERNATIVES: three", ".toi"),
        (CandidateNamesUnreadable, b"NAME 2", b"NAME 4", ".toi"),
        (CandidateNamesUnreadable, b"Charlotte", b"Adam", ".toi"),
        (BallotPaperUnreadable, b"{1,3}", b"{1,4}", ".toi"),
        (BallotPaperUnreadable, b"{1,3}", b"{1,2}", ".toi"),
        (BallotPaperUnreadable, b"{1,3}", b"{1,3", ".toi"),
        (BallotPaperUnreadable, b"{1,3}", b"{}", ".toi"),
        (BallotPaperUnreadable, b"12: 2", b"-12: 2", ".toi"),
        (BallotPaperUnreadable, b"", b"", ".soi"),
        (BallotPaperUnreadable, b"", b"", ".toc"),
        (BallotSumsDiffer, b"VOTERS: 14", b"VOTERS: 15", ".toi"),
        (BallotSumsDiffer, b"ORDERS: 2", b"ORDERS: 3", ".toi"),
        (UnreadableText, b"Basil", b"\x07", ".toi"),
    ],
)
def test_a_bad_preflib_file_is_refused_by_name(
    refusal: type[Refusal], was: bytes, becomes: bytes, suffix: str
) -> None:
    with pytest.raises(refusal):
        read_preflib(TOI.replace(was, becomes, 1), suffix=suffix)


@pytest.mark.parametrize(
    ("refusal", "content", "line"),
    [
        (BallotFileCutShort, b"\n\n", 1),
        (BallotFileCutShort, b"2\n1,A\n", 2),
        (BallotHeaderUnreadable, b"0\n", 1),
        (BallotHeaderUnreadable, b"1\n1,A\n5\n", 3),
        (CandidateNamesUnreadable, b"2\n1,A\n3,B\n1,1,1\n", 3),
        (BallotPaperUnreadable, b"2\n1,A\n2,B\n1,1,1\n1;1\n", 5),
    ],
)
def test_a_bad_file_of_before_2022_is_refused_with_its_line(
    refusal: type[Refusal], content: bytes, line: int
) -> None:
    with pytest.raises(refusal) as refused:
        read_preflib(content, suffix=".toi")
    assert refused.value.facts["line"] == line


def test_a_file_is_read_as_its_name_ends() -> None:
    assert read_ballots(BLT, suffix=".BLT") == read_blt(BLT)
    assert read_ballots(BLT, suffix=".blt", seats=3).seats == 3
    assert read_ballots(TOI, suffix=".toi").seats == 1
    with pytest.raises(UnknownBallotFormat):
        read_ballots(BLT, suffix=".csv")
    with pytest.raises(NoSeats):
        read_ballots(BLT, suffix=".blt", seats=0)


def test_a_file_too_large_is_refused_before_it_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text, "MOST_BYTES", 10)
    for read in (read_blt, lambda content: read_preflib(content, suffix=".toi")):
        with pytest.raises(BallotFileTooLarge):
            read(b" " * 11)
    assert blt.MOST_CANDIDATES == preflib.MOST_CANDIDATES


NAMES = st.text(st.characters(min_codepoint=32, max_codepoint=0x2FF, exclude_characters='"\x7f'), min_size=1)


@st.composite
def contests(draw: st.DrawFn) -> Contest:
    names = draw(
        st.lists(NAMES.map(lambda each: " ".join(each.split())).filter(bool), min_size=1, unique=True)
    )
    ranking = st.permutations(range(len(names))).flatmap(
        lambda order: st.integers(0, len(order)).map(lambda count: tuple((each,) for each in order[:count]))
    )
    return contest_of(
        title=draw(st.sampled_from(["", "Board"])),
        candidates=names,
        seats=draw(st.integers(1, 9)),
        papers=draw(st.lists(st.tuples(ranking, st.integers(1, 99)), max_size=9)),
        withdrawn=draw(st.sets(st.integers(0, len(names) - 1))),
    )


@given(contests())
@settings(deadline=None)
def test_what_is_written_as_blt_is_read_again(contest: Contest) -> None:
    assert read_blt(write_blt(contest)) == contest


def test_equal_ranks_and_quotes_are_written_too() -> None:
    contest = contest_of(title="", candidates=['A "B"', "C"], seats=1, papers=[(((0, 1),), 2)])
    assert write_blt(contest) == '2 1\n2 1=2 0\n0\n"A ”B”"\n"C"\n""\n'.encode()


@given(st.binary(max_size=60), st.sampled_from([".blt", ".soc", ".toi"]))
def test_no_bytes_give_a_traceback(content: bytes, suffix: str) -> None:
    with suppress(BallotFileRefused, UnreadableText):
        read_ballots(content, suffix=suffix)


@given(
    st.lists(
        st.sampled_from(["0", "1", "2", "-1", "3=1", "(1)", '"', '"A"', "#", "\n", "{1,2}", "1:", ",", " "])
    )
)
@settings(max_examples=300)
def test_no_words_give_a_traceback(words: list[str]) -> None:
    for suffix in (".blt", ".soc", ".toi"):
        with suppress(BallotFileRefused, UnreadableText):
            read_ballots(" ".join(words).encode(), suffix=suffix)
