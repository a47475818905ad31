"""The arithmetic of a decision, done once more in fractions: quorum, cap, colleges, majority.

It takes the rule as facts keep it, and returns its results in the same form, to be compared.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from audit.recount.rolls import Entry

Said = Mapping[str, Any]
CHOICES = ("yes", "no", "abstain", "blank", "invalid")


@dataclass(frozen=True)
class Vote:
    """The vote of a member that counts; `holder` gave it, if it was by proxy."""

    member: str
    choice: str
    votes: int
    holder: str | None = None


def exact(value: Fraction | int) -> dict[str, int]:
    """Return a fraction as facts keep it."""
    value = Fraction(value)
    return {"num": value.numerator, "den": value.denominator}


def quorum_of(
    quorum: Said, entries: Sequence[Entry], there: Collection[str], colleges: Said | None
) -> dict[str, Any]:
    """Return the quorum as it is recorded: what took part of what is entitled, and whether it is met."""
    measure = _measure(quorum["basis"], entries, colleges)
    part, whole = measure(there), measure({each.member for each in entries})
    asked = Fraction(quorum["num"], quorum["den"])
    met = part >= asked * whole and (whole > 0 or asked == 0)
    return {
        "basis": quorum["basis"],
        "num": quorum["num"],
        "den": quorum["den"],
        "took_part": exact(part),
        "entitled": exact(whole),
        "met": met,
    }


def counting(entries: Sequence[Entry], conflicted: Collection[str], provisions: Said) -> list[Entry]:
    """Return the entries that count: those with votes, and without a conflict that excludes them."""
    out = set(conflicted) if provisions["conflicts"] == "excluded" else set()
    return [each for each in entries if each.votes > 0 and each.member not in out]


def reckoning(
    rule: Said,
    quorum: Said,
    entries: Sequence[Entry],
    there: Collection[str],
    votes: Sequence[Vote],
    conflicted: Collection[str],
) -> dict[str, Any]:
    """Return the whole arithmetic of a decision in the form in which it is recorded."""
    provisions, majority = rule["provisions"], rule["majority"]
    roll = counting(entries, conflicted, provisions)
    heard = votes
    if provisions["conflicts"] != "noted":
        heard = [vote for vote in votes if vote.member not in conflicted]
    taking_part = set(there) | {vote.member for vote in votes}
    cap, weights = _weights(provisions["cap"], roll, taking_part, heard)
    hall = _Hall(roll, taking_part, weights, {vote.member: vote.choice for vote in heard})
    colleges = _colleges(provisions["colleges"], majority, hall)
    return {
        "quorum": quorum_of(quorum, roll, taking_part, provisions["colleges"]),
        "majority": _majority(majority, provisions["colleges"], hall, colleges),
        "cap": cap,
        "colleges": colleges,
        "excluded": len([each for each in entries if each.votes > 0]) - len(roll),
    }


@dataclass(frozen=True)
class _Hall:
    roll: Sequence[Entry]
    there: Collection[str]
    weights: Mapping[str, Fraction]
    said: Mapping[str, str]

    def weight(self, fits: Callable[[Entry], bool], college: str | None) -> Fraction:
        inside = (each for each in self.roll if college is None or each.college == college)
        return sum((self.weights[each.member] for each in inside if fits(each)), Fraction(0))

    def choice(self, choice: str, college: str | None = None) -> Fraction:
        return self.weight(lambda each: self.said.get(each.member) == choice, college)

    def base(self, denominator: str, college: str | None = None) -> Fraction:
        if denominator == "expressed":
            return self.choice("yes", college) + self.choice("no", college)
        fits = {
            "cast": lambda each: each.member in self.said,
            "present": lambda each: each.member in self.there,
            "entitled": lambda _: True,
        }
        return self.weight(fits[denominator], college)


def _measure(
    basis: str, entries: Sequence[Entry], colleges: Said | None
) -> Callable[[Collection[str]], Fraction]:
    def sized(there: Collection[str]) -> Fraction:
        inside = [each for each in entries if each.member in there]
        if basis == "heads":
            return Fraction(len(inside))
        if basis in ("votes", "shares"):
            return Fraction(sum(each.votes if basis == "votes" else each.shares for each in inside))
        parts = Fraction(0)
        for college in colleges["colleges"] if colleges else ():
            members = [each for each in entries if each.college == college["name"]]
            if members:
                come = sum(each.member in there for each in members)
                parts += Fraction(college["num"], college["den"]) * Fraction(come, len(members))
        return parts

    return sized


def _weights(
    cap: Said | None, roll: Sequence[Entry], there: Collection[str], heard: Sequence[Vote]
) -> tuple[dict[str, Any] | None, dict[str, Fraction]]:
    held = {each.member: Fraction(each.votes) for each in roll}
    if cap is None:
        return None, held
    base = sum(each.votes for each in roll if cap["base"] == "entitled" or each.member in there)
    most = Fraction(base * cap["num"], cap["den"])
    if cap["rounding"] == "down":
        most = Fraction(most.numerator // most.denominator)
    weights = {member: min(votes, most) for member, votes in held.items()}
    if cap["holder"] == "voter":
        hands: dict[str, list[str]] = {}
        for vote in heard:
            if vote.member in held:
                hands.setdefault(vote.holder or vote.member, []).append(vote.member)
        for members in hands.values():
            total = sum((held[member] for member in members), Fraction(0))
            for member in members:
                weights[member] = held[member] if total <= most else most * held[member] / total
    return {"base": cap["base"], "votes": base, "most": exact(most)}, weights


def _colleges(split: Said | None, majority: Said, hall: _Hall) -> list[dict[str, Any]]:
    found = []
    for college in split["colleges"] if split else ():
        name, weight = college["name"], Fraction(college["num"], college["den"])
        yes, no = hall.choice("yes", name), hall.choice("no", name)
        base = hall.base(majority["denominator"], name)
        if split is not None and split["count"] == "winner-takes-all":
            in_favour = weight if yes > no else Fraction(0)
        else:
            in_favour = weight * yes / base if base else Fraction(0)
        members = [each.member for each in hall.roll if each.college == name]
        found.append(
            {
                "name": name,
                "weight": exact(weight),
                "took_part": sum(member in hall.there for member in members),
                "entitled": len(members),
                "yes": exact(yes),
                "no": exact(no),
                "base": exact(base),
                "in_favour": exact(in_favour),
            }
        )
    return found


def _majority(majority: Said, split: Said | None, hall: _Hall, colleges: Sequence[Said]) -> dict[str, Any]:
    if split is None:
        in_favour, base = hall.choice("yes"), hall.base(majority["denominator"])
    else:
        heard = [each for each in colleges if each["base"]["num"] or split["silent"] == "against"]
        in_favour = sum((_fraction(each["in_favour"]) for each in heard), Fraction(0))
        base = sum((_fraction(each["weight"]) for each in heard), Fraction(0))
    asked = Fraction(majority["num"], majority["den"]) * base
    enough = in_favour >= asked if majority["comparator"] == "at-least" else in_favour > asked
    return {
        "denominator": majority["denominator"],
        "comparator": majority["comparator"],
        "num": majority["num"],
        "den": majority["den"],
        "weighed": {choice: exact(hall.choice(choice)) for choice in CHOICES},
        "in_favour": exact(in_favour),
        "base": exact(base),
        "met": enough and base > 0,
    }


def _fraction(said: Said) -> Fraction:
    return Fraction(said["num"], said["den"])
