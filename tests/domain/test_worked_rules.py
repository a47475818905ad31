"""Every worked case of the governance rules, in exact fractions.

They are the cases a committee would be asked about: a missed quorum, three quarters on the edge, a SCOP
where abstention weighs like a no, the cap of an approved cooperative, and weighted colleges.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any
from uuid import UUID

import pytest

from domain.governance.provisions import (
    NO_QUORUM,
    PLAIN,
    Cap,
    CapBase,
    CapHolder,
    College,
    CollegeCount,
    Colleges,
    Conflicts,
    Provisions,
    Rounding,
    SilentCollege,
)
from domain.governance.reckoning import Reckoning, reckon
from domain.governance.rolls import RollEntry
from domain.governance.rules import Basis, Choice, Comparator, Denominator, Majority, Quorum
from domain.governance.tally import Ballot
from domain.ledger.rule_presets import SIMPLE, preset

YES, NO, ABSTAIN, BLANK, INVALID = Choice
THREE_QUARTERS = Majority(3, 4, Comparator.AT_LEAST, Denominator.EXPRESSED)


def member(n: int) -> UUID:
    return UUID(int=7000 + n)


def roll_of(weights: Sequence[int], colleges: Sequence[str] = ()) -> list[RollEntry]:
    names = colleges or [""] * len(weights)
    return [
        RollEntry(member(n), n, weight, weight, college)
        for n, (weight, college) in enumerate(zip(weights, names, strict=True), start=1)
    ]


def ballots_of(entries: Sequence[RollEntry], *said: Choice | None) -> list[Ballot]:
    return [
        Ballot(entry.member_id, choice, entry.votes)
        for entry, choice in zip(entries, said, strict=False)
        if choice is not None
    ]


def times(said: Mapping[Choice | None, int]) -> list[Choice | None]:
    return [choice for choice, number in said.items() for _ in range(number)]


def decided(
    entries: Sequence[RollEntry],
    ballots: Sequence[Ballot],
    *,
    quorum: Quorum = NO_QUORUM,
    majority: Majority = SIMPLE,
    provisions: Provisions = PLAIN,
    **says: Any,
) -> Reckoning:
    asked: dict[str, Any] = {"took_part": (), "conflicted": ()} | says
    return reckon(
        quorum=quorum, majority=majority, provisions=provisions, entries=entries, ballots=ballots, **asked
    )


def compared(reckoning: Reckoning) -> tuple[object, object, bool]:
    majority = reckoning.majority
    return majority.in_favour.value, majority.base.value, reckoning.adopted


def took_part(reckoning: Reckoning) -> tuple[object, object, bool]:
    quorum = reckoning.quorum
    return quorum.took_part.value, quorum.entitled.value, quorum.met


# 4,900 of 10,000 shares

TEN_THOUSAND = roll_of([4_900, 2_325, 775, 2_000])


def test_four_thousand_nine_hundred_of_ten_thousand_shares_approve_the_accounts_without_a_quorum() -> None:
    ordinary = preset("be-sc-ordinary")
    found = decided(
        TEN_THOUSAND,
        ballots_of(TEN_THOUSAND, YES),
        quorum=ordinary.quorum,
        majority=ordinary.majority,
        provisions=ordinary.provisions,
    )
    assert (found.quorum.met, found.adopted) == (True, True)


def test_four_thousand_nine_hundred_of_ten_thousand_shares_lack_half_for_the_statutes() -> None:
    statutes = preset("be-sc-statutes")
    found = decided(
        TEN_THOUSAND,
        ballots_of(TEN_THOUSAND, YES),
        quorum=statutes.quorum,
        majority=statutes.majority,
        provisions=statutes.provisions,
    )
    assert (found.quorum.basis, found.quorum.num, found.quorum.den) == (Basis.SHARES, 1, 2)
    assert took_part(found) == (4_900, 10_000, False)
    assert (found.quorum.met, found.majority.met, found.adopted) == (False, True, False)


@pytest.mark.parametrize(
    ("yes", "no", "adopted"), [(2_325, 775, True), (2_324, 776, False), (2_326, 774, True)]
)
def test_a_second_meeting_of_three_thousand_one_hundred_adopts_at_exactly_three_quarters(
    yes: int, no: int, *, adopted: bool
) -> None:
    statutes = preset("be-sc-statutes")
    assert statutes.provisions.second is not None
    entries = roll_of([yes, no, 10_000 - yes - no])
    found = decided(
        entries,
        ballots_of(entries, YES, NO),
        quorum=statutes.provisions.second.quorum,
        majority=statutes.majority,
        provisions=statutes.provisions,
    )
    assert compared(found) == (yes, 3_100, adopted)
    assert found.quorum.met


# Y45 N15 A12 blank 2


@pytest.mark.parametrize(
    ("num", "den", "denominator", "base", "adopted"),
    [
        (3, 4, Denominator.EXPRESSED, 60, True),
        (3, 4, Denominator.CAST, 74, False),
        (4, 5, Denominator.EXPRESSED, 60, False),
        (4, 5, Denominator.CAST, 74, False),
    ],
)
def test_forty_five_of_sixty_expressed_are_exactly_three_quarters_and_of_seventy_four_cast_are_not(
    num: int, den: int, denominator: Denominator, base: int, *, adopted: bool
) -> None:
    entries = roll_of([1] * 100)
    said = times({YES: 45, NO: 15, ABSTAIN: 12, BLANK: 2})
    majority = Majority(num, den, Comparator.AT_LEAST, denominator)
    found = decided(entries, ballots_of(entries, *said), majority=majority)
    assert compared(found) == (45, base, adopted)


def test_an_invalid_vote_is_cast_and_not_expressed() -> None:
    entries = roll_of([1] * 4)
    ballots = ballots_of(entries, YES, NO, INVALID)
    of_cast = replace(SIMPLE, denominator=Denominator.CAST)
    assert compared(decided(entries, ballots)) == (1, 2, False)
    assert compared(decided(entries, ballots, majority=of_cast)) == (1, 3, False)
    assert decided(entries, ballots).majority.weighed.invalid.value == 1


# SCOP: 47 members, 30 present and 8 proxies


@pytest.mark.parametrize(
    ("denominator", "base", "adopted"), [(Denominator.EXPRESSED, 31, True), (Denominator.PRESENT, 38, False)]
)
def test_nineteen_of_thirty_eight_who_could_vote_are_half_and_so_rejected_in_a_scop(
    denominator: Denominator, base: int, *, adopted: bool
) -> None:
    scop = preset("fr-scop-ordinary")
    entries = roll_of([1] * 47)
    there = {each.member_id for each in entries[:38]}
    found = decided(
        entries,
        ballots_of(entries, *times({YES: 19, NO: 12, ABSTAIN: 7})),
        quorum=scop.quorum,
        majority=replace(scop.majority, denominator=denominator),
        provisions=scop.provisions,
        took_part=there,
    )
    assert compared(found) == (19, base, adopted)
    assert took_part(found) == (38, 47, True)


def test_who_is_present_and_casts_nothing_weighs_like_a_no_in_a_scop() -> None:
    entries = roll_of([1] * 47)
    found = decided(
        entries,
        ballots_of(entries, *times({YES: 19, NO: 12})),
        majority=preset("fr-scop-ordinary").majority,
        took_part={each.member_id for each in entries[:38]},
    )
    assert compared(found) == (19, 38, False)


# The cap

HOLDERS = roll_of([400, 250, 100, 100, 50, 50, *[1] * 50])
A_E_F = [YES, NO, NO, NO, YES, YES, *[NO] * 50]
A_TENTH = replace(PLAIN, cap=Cap(1, 10))


def test_uncapped_five_hundred_against_five_hundred_is_a_tie_that_rejects() -> None:
    assert compared(decided(HOLDERS, ballots_of(HOLDERS, *A_E_F))) == (500, 1_000, False)


def test_under_a_cap_of_a_tenth_two_hundred_stand_against_three_hundred_and_fifty() -> None:
    found = decided(HOLDERS, ballots_of(HOLDERS, *A_E_F), provisions=A_TENTH)
    assert compared(found) == (200, 550, False)
    assert found.majority.weighed.no.value == 350
    assert found.cap is not None
    assert found.cap.votes == 1_000
    assert found.cap.most.value == 100


def test_of_nine_single_votes_under_a_cap_of_a_tenth_each_weighs_nine_tenths() -> None:
    entries = roll_of([1] * 9)
    found = decided(entries, ballots_of(entries, *times({YES: 5, NO: 4})), provisions=A_TENTH)
    assert found.cap is not None
    assert found.cap.most.value == Fraction(9, 10)
    assert found.majority.weighed.yes.value == Fraction(9, 2)
    assert found.majority.weighed.no.value == Fraction(18, 5)
    assert compared(found) == (Fraction(9, 2), Fraction(81, 10), True)


def test_a_cap_rounded_down_loses_the_fraction() -> None:
    entries = roll_of([1] * 19)
    rounded = replace(PLAIN, cap=Cap(1, 10, rounding=Rounding.DOWN))
    found = decided(entries, ballots_of(entries, *times({YES: 10, NO: 9})), provisions=rounded)
    assert found.cap is not None
    assert found.cap.most.value == 1
    assert compared(found) == (10, 19, True)


def test_a_cap_is_a_fraction_of_those_who_take_part_or_of_all_as_the_rule_says() -> None:
    entries = roll_of([30, 10, 60])
    ballots = ballots_of(entries, YES, NO)
    present = decided(entries, ballots, provisions=A_TENTH)
    entitled = decided(entries, ballots, provisions=replace(PLAIN, cap=Cap(1, 10, CapBase.ENTITLED)))
    assert compared(present) == (4, 8, False)
    assert compared(entitled) == (10, 20, False)


def test_a_cap_on_the_voter_adds_own_and_proxied_votes_and_cuts_each_in_proportion() -> None:
    entries = roll_of([6, 4, 10])
    ballots = [
        Ballot(member(1), YES, 6),
        Ballot(member(2), NO, 4, holder_id=member(1)),
        Ballot(member(3), NO, 10),
    ]
    half = Cap(1, 4, holder=CapHolder.VOTER)
    found = decided(entries, ballots, provisions=replace(PLAIN, cap=half))
    assert found.majority.weighed.yes.value == 3
    assert found.majority.weighed.no.value == 2 + 5
    each_alone = decided(
        entries, ballots, provisions=replace(PLAIN, cap=replace(half, holder=CapHolder.MEMBER))
    )
    assert each_alone.majority.weighed.yes.value == 5
    assert each_alone.majority.weighed.no.value == 4 + 5


# Colleges

NAMES = ("one", "two", "three", "four")
WEIGHTS = ((2, 5), (1, 4), (1, 4), (1, 10))
SCANI = Colleges(tuple(College(name, *weight) for name, weight in zip(NAMES, WEIGHTS, strict=True)))
SAID = {"one": (10, 6), "two": (30, 90), "three": (15, 5), "four": (4, 6)}


def of_colleges(said: Mapping[str, tuple[int, int]]) -> tuple[list[RollEntry], list[Ballot]]:
    names = [name for name, (yes, no) in said.items() for _ in range(yes + no)]
    entries = roll_of([1] * len(names), names)
    choices = [each for yes, no in said.values() for each in times({YES: yes, NO: no})]
    return entries, ballots_of(entries, *choices)


def test_by_heads_fifty_nine_against_a_hundred_and_seven_lose() -> None:
    assert compared(decided(*of_colleges(SAID))) == (59, 166, False)


@pytest.mark.parametrize(
    ("how", "in_favour"),
    [
        (CollegeCount.PROPORTIONAL, Fraction(54, 100)),
        (CollegeCount.WINNER_TAKES_ALL, Fraction(65, 100)),
    ],
)
def test_by_colleges_the_same_votes_adopt(how: CollegeCount, in_favour: Fraction) -> None:
    found = decided(*of_colleges(SAID), provisions=replace(PLAIN, colleges=replace(SCANI, count=how)))
    assert compared(found) == (in_favour, 1, True)
    assert [each.name for each in found.colleges] == list(NAMES)
    assert sum(each.in_favour.value for each in found.colleges) == in_favour


@pytest.mark.parametrize(
    ("silent", "base", "adopted"),
    [(SilentCollege.AGAINST, Fraction(1), False), (SilentCollege.LEFT_OUT, Fraction(13, 20), True)],
)
def test_a_college_that_expresses_nothing_counts_against_or_is_left_out_as_the_rule_says(
    silent: SilentCollege, base: Fraction, *, adopted: bool
) -> None:
    entries, ballots = of_colleges(SAID | {"four": (0, 0), "two": (0, 0)})
    entries += [RollEntry(UUID(int=n), n, 1, 1, name) for n, name in ((9_001, "two"), (9_002, "four"))]
    found = decided(entries, ballots, provisions=replace(PLAIN, colleges=replace(SCANI, silent=silent)))
    assert compared(found) == (Fraction(7, 16), base, adopted)


@pytest.mark.parametrize(
    ("present_of_two", "part", "met"),
    [
        (40, Fraction(2, 5) + Fraction(10, 457) + Fraction(5, 146) + Fraction(1, 252), False),
        (120, Fraction(2, 5) + Fraction(30, 457) + Fraction(5, 146) + Fraction(1, 252), True),
    ],
)
def test_a_quorum_of_colleges_adds_up_the_fraction_of_each_that_takes_part(
    present_of_two: int, part: Fraction, *, met: bool
) -> None:
    present = {"one": 16, "two": present_of_two, "three": 20, "four": 10}
    sizes = {"one": 16, "two": 457, "three": 146, "four": 252}
    names = [name for name, size in sizes.items() for _ in range(size)]
    entries = roll_of([1] * len(names), names)
    there: set[UUID] = set()
    for name, number in present.items():
        there |= {each.member_id for each in [e for e in entries if e.college == name][:number]}
    found = decided(
        entries,
        [],
        quorum=Quorum(1, 2, Basis.COLLEGES),
        provisions=replace(PLAIN, colleges=SCANI),
        took_part=there,
    )
    assert took_part(found) == (part, 1, met)
    assert (round(part * 1000) == 460) is not met
    assert sum(present.values()) * 100 // len(entries) == (9 if not met else 19)


# Conflicts


@pytest.mark.parametrize(
    ("conflicts", "yes", "part", "entitled", "excluded"),
    [
        (Conflicts.EXCLUDED, 1, 2, 3, 1),
        (Conflicts.SILENT, 1, 3, 4, 0),
        (Conflicts.NOTED, 2, 3, 4, 0),
    ],
)
def test_a_declared_conflict_counts_nowhere_or_is_silent_or_is_noted_as_the_rule_says(
    conflicts: Conflicts, yes: int, part: int, entitled: int, excluded: int
) -> None:
    entries = roll_of([1] * 4)
    found = decided(
        entries,
        ballots_of(entries, YES, YES, NO),
        provisions=replace(PLAIN, conflicts=conflicts),
        conflicted={member(1)},
    )
    assert found.majority.weighed.yes.value == yes
    assert took_part(found) == (part, entitled, True)
    assert found.excluded == excluded


def test_without_anything_entitled_a_quorum_that_asks_for_something_is_not_met() -> None:
    entries = [replace(each, shares=0) for each in roll_of([1, 1])]
    found = decided(entries, ballots_of(entries, YES, YES), quorum=Quorum(1, 2, Basis.SHARES))
    assert (found.quorum.met, found.majority.met, found.adopted) == (False, True, False)


def test_an_entry_without_votes_counts_nowhere() -> None:
    entries = [*roll_of([1, 1]), RollEntry(member(9), 9, 0, 5)]
    found = decided(
        entries, ballots_of(entries, YES), quorum=Quorum(1, 2, Basis.SHARES), took_part={member(9)}
    )
    assert took_part(found) == (1, 2, True)
