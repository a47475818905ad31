"""The trail of a decision as tables, for whoever wants to count it with a tool of their own.

Each table is made of the facts as they are stored: members by their ids, nothing that was sealed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from audit.recount.facts import Fact, Facts, named_id
from audit.recount.motions import motion_of_poll


@dataclass(frozen=True)
class Sheet:
    """One table: a name, its headings, and rows of as many cells."""

    name: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def trail_of(facts: Facts, subject: str) -> list[Sheet]:
    """Return the trail of a motion, of the motion of a poll, or of an election; raises LookupError."""
    if facts.first(subject, "election.called") is not None:
        return _of_election(facts, subject)
    motion = motion_of_poll(facts, subject) or subject
    if not facts.of(motion) or not facts.of(motion)[0].name.startswith("motion."):
        raise LookupError(subject)
    return _of_motion(facts, motion)


def _of_motion(facts: Facts, motion: str) -> list[Sheet]:
    polls = [fact.said["poll_id"] for fact in facts.named(motion, "motion.opened")]
    held = [fact for poll in polls for fact in facts.named(poll, "poll.held-in-assembly")]
    assemblies = list(dict.fromkeys(fact.said["assembly_id"] for fact in held))
    rolls = [fact.said["roll_id"] for poll in polls for fact in facts.named(poll, "poll.opened")]
    votes = [
        fact
        for poll in polls
        for stream in facts.streams.values()
        if stream[0].name.startswith("voting-right.") and stream[0].said["poll_id"] == poll
        for fact in stream
    ]
    read_out = [
        (page, each)
        for assembly in assemblies
        for page in facts.named(named_id("advance-box", assembly, motion), "advance-box.page-opened")
        for each in page.said["votes"]
    ]
    counted = [fact for poll in polls for fact in facts.named(poll, "poll.counted")]
    return [
        _roll(facts, rolls),
        _listed(
            facts, assemblies, "attendance", "assembly.attendance-recorded", ("member_id", "mode", "late")
        ),
        _listed(facts, assemblies, "departures", "assembly.departure-recorded", ("member_id",)),
        _listed(facts, assemblies, "proxies", "assembly.proxy-granted", ("principal_id", "holder_id")),
        _sheet("conflicts", ("member_id",), facts.named(motion, "motion.conflict-declared")),
        _sheet("quorums", _QUORUM, _quorums(facts, motion)),
        _sheet("votes", ("poll_id", "member_id", "choice", "votes", "seq", "holder_id"), votes),
        Sheet(
            "advance-votes",
            ("position", "recorded_at", "poll_id", "member_id", "choice"),
            tuple(
                (*_when(page), page.said["poll_id"], each["member_id"], each["choice"])
                for page, each in read_out
            ),
        ),
        _sheet("counts", ("ballots", "input_root", *_CHOICES), counted),
        _sheet("verdicts", _VERDICT, _verdicts(facts, motion)),
    ]


_CHOICES = ("yes", "no", "abstain", "blank", "invalid")
_QUORUM = ("poll_id", "present", "represented", "in_advance", "entitled", "num", "den", "text_sha256")
_VERDICT = ("poll_id", *_CHOICES, "took_part", "entitled", "quorum_met", "rule_name", "rule_version")


def _quorums(facts: Facts, motion: str) -> Iterator[Fact]:
    for name in ("assembly.quorum-reached", "assembly.quorum-not-reached"):
        yield from facts.where(name, motion_id=motion)


def _verdicts(facts: Facts, motion: str) -> Iterator[Fact]:
    names = ("adopted", "rejected", "adopted-by-consent", "adopted-in-writing", "verdict-annulled")
    yield from facts.named(motion, *(f"motion.{name}" for name in names))


def _of_election(facts: Facts, election: str) -> list[Sheet]:
    rolls = [fact.said["roll_id"] for fact in facts.named(election, "election.voting-opened")]
    papers = sorted(
        (
            fact
            for stream in facts.streams.values()
            if stream[0].name.startswith("election-paper.") and stream[0].said["election_id"] == election
            for fact in stream
        ),
        key=lambda fact: fact.position,
    )
    mandates = [
        fact
        for name in ("mandate-register.mandate-conferred", "mandate-register.mandate-renewed")
        for fact in facts.where(name, election_id=election)
    ]
    return [
        _roll(facts, rolls),
        _sheet("candidates", ("membership_id",), facts.named(election, "election.candidacy-accepted")),
        _sheet("withdrawn", ("membership_id",), facts.named(election, "election.candidate-withdrew")),
        Sheet(
            "papers",
            ("position", "recorded_at", "member_id", "votes", "seq", "holder_id", "ranking"),
            tuple(
                (
                    *_when(fact),
                    *_cells(fact, ("member_id", "votes", "seq", "holder_id")),
                    " ".join("=".join(map(str, tier)) for tier in fact.said["ranking"]),
                )
                for fact in papers
            ),
        ),
        _rounds(facts, election),
        _sheet(
            "counts",
            ("papers", "input_root", "valid", "invalid", "quota", "root"),
            facts.named(election, "election.counted"),
        ),
        _sheet("mandates", ("mandate_id", "membership_id"), mandates),
    ]


def _rounds(facts: Facts, election: str) -> Sheet:
    """Return a line for each candidate and round, in hundred-thousandths of a vote."""
    rows = tuple(
        (str(one["round"]), str(each["candidate"]), str(each["votes"]))
        for page in facts.named(election, "election.rounds-page-counted")
        for one in page.said["rounds"]
        for each in one["tallies"]
    )
    return Sheet("rounds", ("round", "candidate", "votes_e5"), rows)


def _roll(facts: Facts, rolls: Sequence[str]) -> Sheet:
    fields = ("member_id", "member_no", "votes", "shares", "college", "reason")
    rows = []
    for roll in dict.fromkeys(rolls):
        for fact in facts.named(roll, "electoral-roll.page-frozen", "electoral-roll.entry-corrected"):
            entries = fact.said["entries"] if "entries" in fact.said else [fact.said["entry"]]
            rows += [(*_when(fact), *(_cell(entry[name]) for name in fields)) for entry in entries]
    return Sheet("roll", ("position", "recorded_at", *fields), tuple(rows))


def _listed(facts: Facts, streams: Sequence[str], name: str, fact: str, fields: tuple[str, ...]) -> Sheet:
    return _sheet(name, fields, [each for stream in streams for each in facts.named(stream, fact)])


def _sheet(name: str, fields: tuple[str, ...], found: Iterator[Fact] | Sequence[Fact]) -> Sheet:
    ordered = sorted(found, key=lambda fact: fact.position)
    rows = tuple((*_when(fact), fact.name.partition(".")[2], *_cells(fact, fields)) for fact in ordered)
    return Sheet(name, ("position", "recorded_at", "fact", *fields), rows)


def _when(fact: Fact) -> tuple[str, str]:
    return str(fact.position), str(fact.said["timestamp"])


def _cells(fact: Fact, fields: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(_cell(fact.said.get(name)) for name in fields)


def _cell(said: Any) -> str:
    return "" if said is None else str(said).lower() if isinstance(said, bool) else str(said)
