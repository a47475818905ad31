"""A motion counted again: text, rule, roll, quorum, votes, count and verdict, each from the facts alone."""

from __future__ import annotations

import json
from typing import Any

from audit.recount.arithmetic import CHOICES, Vote, counting, quorum_of, reckoning
from audit.recount.facts import Fact, Facts
from audit.recount.findings import Recount
from audit.recount.presence import meeting_at, standing_in_advance
from audit.recount.rolls import Roll, recount_roll
from audit.recount.trees import root_of
from audit.recount.votes import PollFacts, live_votes

_VERDICTS = ("motion.adopted", "motion.rejected")


def recount_motion(facts: Facts, motion: str) -> Recount:
    """Return every step from the text to the verdict of a motion; raises LookupError if there is none.

    What is not decided yet has the steps that were taken so far.
    """
    if not facts.of(motion) or not facts.of(motion)[0].name.startswith("motion."):
        raise LookupError(motion)
    recount = Recount(motion, "motion")
    recount.faults("nothing is missing from the log", facts.missing, f"{facts.size} facts")
    opened = list(facts.named(motion, "motion.opened"))
    for each in opened:
        _recount_text(recount, facts, motion, each)
    if opened:
        _recount_poll(recount, facts, motion, opened[-1].said["poll_id"])
    for verdict in facts.named(motion, "motion.adopted-by-consent"):
        _recount_consent(recount, facts, motion, verdict)
    for verdict in facts.named(motion, "motion.adopted-in-writing"):
        _recount_writing(recount, facts, verdict)
    return recount


def motion_of_poll(facts: Facts, poll: str) -> str | None:
    """Return the motion that a poll is on, or None if there is no such poll."""
    opened = facts.first(poll, "poll.opened")
    return None if opened is None else str(opened.said["motion_id"])


def _recount_text(recount: Recount, facts: Facts, motion: str, opened: Fact) -> None:
    texts = [
        fact.said["text_sha256"]
        for fact in facts.named(motion, "motion.tabled", "motion.amended")
        if fact.position < opened.position
    ]
    recount.compare("text put to the vote", opened.said["text_sha256"], texts[-1], opened.position)


def _recount_poll(recount: Recount, facts: Facts, motion: str, poll: str) -> None:
    opened, closed = facts.first(poll, "poll.opened"), facts.first(poll, "poll.closed")
    if opened is None or closed is None:
        return
    rule = _recount_rule(recount, facts, opened)
    if rule is None:
        return
    roll = recount_roll(recount, facts, opened.said["roll_id"])
    held = facts.first(poll, "poll.held-in-assembly")
    assembly = held.said["assembly_id"] if held else None
    quorum, there = rule["quorum"], set[str]()
    if held is not None:
        quorum = held.said["quorum"] or quorum
        there = _recount_quorum(recount, facts, rule, roll, poll, held)
    votes = live_votes(recount, facts, PollFacts(poll, motion, assembly, closed.said["position"]), roll)
    _recount_count(recount, facts, poll, votes)
    verdict = next((fact for fact in facts.named(motion, *_VERDICTS) if fact.said["poll_id"] == poll), None)
    if verdict is not None:
        conflicted = _conflicted(facts, motion, verdict.position)
        found = reckoning(rule, quorum, list(roll.values()), there, votes, conflicted)
        _recount_verdict(recount, opened, verdict, votes, found)


def _recount_rule(recount: Recount, facts: Facts, opened: Fact) -> dict[str, Any] | None:
    """Find the version of the rule, and check that it was in force on the day the poll was opened."""
    adopted = facts.first(opened.said["rule_set_id"], "rule-set.adopted")
    if adopted is None:
        recount.faults("rule was adopted", ["it never was"], "yes")
        return None
    rule, on = dict(adopted.said), opened.said["effective_on"]
    named = (opened.said["rule_name"], opened.said["rule_version"])
    recount.compare("rule version", named, (rule["name"], rule["version"]), opened.position)
    later = facts.where(
        "rule-set.adopted", entity_id=rule["entity_id"], name=rule["name"], version=rule["version"] + 1
    )
    wrong = [f"it is in force from {rule['valid_from']}"] if rule["valid_from"] > on else []
    wrong += [
        f"replaced on {each.said['valid_from']}"
        for each in later
        if each.position < opened.position and each.said["valid_from"] <= on
    ]
    recount.faults("rule was in force", wrong, f"on {on}")
    return rule


def _recount_quorum(
    recount: Recount, facts: Facts, rule: dict[str, Any], roll: Roll, poll: str, held: Fact
) -> set[str]:
    """Check the quorum that was established; return who was present or represented then."""
    assembly, motion = held.said["assembly_id"], held.said["motion_id"]
    reached = next(
        (fact for fact in facts.named(assembly, "assembly.quorum-reached") if fact.said["poll_id"] == poll),
        None,
    )
    if reached is None:
        recount.faults("quorum was reached", ["it never was"], "yes")
        return set()
    said, at = reached.said, reached.position
    meeting = meeting_at(facts, assembly, at)
    recount.faults("no proxy of a proxy", meeting.chained(), "yes")
    represented = meeting.represented(motion) - meeting.present
    in_advance = standing_in_advance(facts, assembly, motion, said["text_sha256"], at)
    in_advance -= meeting.present | represented
    for name, group in (
        ("present", meeting.present),
        ("represented", represented),
        ("in_advance", in_advance),
    ):
        votes = sum(roll[member].votes for member in group if member in roll)
        recount.compare(f"quorum: votes {name.replace('_', ' ')}", said[name], votes, at)
    conflicted = _conflicted(facts, motion, at)
    counted = counting(list(roll.values()), conflicted, rule["provisions"])
    there = meeting.present | represented
    quorum = held.said["quorum"] or rule["quorum"]
    if said["reckoned"] is not None:
        found = quorum_of(quorum, counted, there | in_advance, rule["provisions"]["colleges"])
        recount.compare("quorum", _canonical(said["reckoned"]), _canonical(found), at)
    return there


def _recount_count(recount: Recount, facts: Facts, poll: str, votes: list[Vote]) -> None:
    counted = facts.first(poll, "poll.counted")
    if counted is None:
        return
    said, at = counted.said, counted.position
    lines = [f"{vote.member} {vote.choice} {vote.votes}" for vote in votes]
    recount.compare("ballots counted", said["ballots"], len(votes), at)
    recount.compare("root of the ballots", said["input_root"], root_of(lines), at)
    for choice, number in _tally(votes).items():
        recount.compare(f"votes {choice}", said[choice], number, at)


def _recount_verdict(
    recount: Recount, opened: Fact, verdict: Fact, votes: list[Vote], found: dict[str, Any]
) -> None:
    said, at = verdict.said, verdict.position
    for choice, number in _tally(votes).items():
        recount.compare(f"verdict: votes {choice}", said[choice], number, at)
    adopted = found["quorum"]["met"] and found["majority"]["met"]
    recount.compare("verdict", verdict.name.partition(".")[2], "adopted" if adopted else "rejected", at)
    if said["reckoning"] is None:
        return
    for part in ("quorum", "majority", "cap", "colleges", "excluded"):
        recount.compare(f"verdict: {part}", _canonical(said["reckoning"][part]), _canonical(found[part]), at)
    named = (said["rule_set_id"], said["rule_name"], said["rule_version"])
    asked = (opened.said["rule_set_id"], opened.said["rule_name"], opened.said["rule_version"])
    recount.compare("verdict: rule", named, asked, at)


def _recount_consent(recount: Recount, facts: Facts, motion: str, verdict: Fact) -> None:
    before = [fact for fact in facts.of(motion) if fact.position < verdict.position]
    raised = {fact.said["objection_id"] for fact in before if fact.name == "motion.objection-raised"}
    met = {fact.said["objection_id"] for fact in before if fact.name == "motion.objection-resolved"}
    recount.compare("objections raised", verdict.said["raised"], len(raised), verdict.position)
    recount.faults("no objection stands", sorted(raised - met), f"{len(raised)} raised")
    texts = [fact.said["text_sha256"] for fact in before if fact.name in ("motion.tabled", "motion.amended")]
    recount.compare("text consented to", verdict.said["text_sha256"], texts[-1], verdict.position)


def _recount_writing(recount: Recount, facts: Facts, verdict: Fact) -> None:
    decision = verdict.said["written_decision_id"]
    proposed = facts.first(decision, "written-decision.proposed")
    if proposed is None:
        recount.faults("decision in writing was proposed", ["it never was"], "yes")
        return
    roll = recount_roll(recount, facts, proposed.said["roll_id"])
    asked = {member for member, entry in roll.items() if entry.votes}
    signed = {fact.said["member_id"] for fact in facts.named(decision, "written-decision.signed")}
    recount.faults("each member signed", sorted(asked - signed), f"{len(signed)} signatures")
    recount.compare("signatures", verdict.said["signatures"], len(signed), verdict.position)
    recount.compare(
        "text signed", verdict.said["text_sha256"], proposed.said["text_sha256"], verdict.position
    )


def _conflicted(facts: Facts, motion: str, before: int) -> set[str]:
    return {
        fact.said["member_id"]
        for fact in facts.named(motion, "motion.conflict-declared")
        if fact.position < before
    }


def _tally(votes: list[Vote]) -> dict[str, int]:
    return {choice: sum(vote.votes for vote in votes if vote.choice == choice) for choice in CHOICES}


def _canonical(said: object) -> str:
    return json.dumps(said, sort_keys=True, separators=(",", ":"))
