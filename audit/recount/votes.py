"""The votes of one poll: each by who had a voice, on the roll, in order, and the last one of each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from audit.recount.arithmetic import Vote
from audit.recount.facts import Fact, Facts, named_id
from audit.recount.findings import Recount
from audit.recount.presence import Meeting, meeting_at
from audit.recount.rolls import Roll


@dataclass(frozen=True)
class PollFacts:
    """What is needed of a poll: its id, its motion, its assembly, and the place up to which votes count."""

    poll: str
    motion: str
    assembly: str | None
    closed_at: int


def live_votes(recount: Recount, facts: Facts, poll: PollFacts, roll: Roll) -> list[Vote]:
    """Add the steps of the votes, and return the one of each member that counts, by the members' ids."""
    live = _read_out(recount, facts, poll, roll)
    wrong: list[str] = []
    late: list[str] = []
    streams = _streams(facts, poll.poll)
    for stream, cast in streams:
        member = cast[0].said["member_id"]
        if stream != named_id("voting-right", poll.poll, member):
            wrong.append(f"{member} votes a second time in stream {stream}")
            continue
        wrong += _order_of(member, cast)
        counted = [fact for fact in cast if fact.position <= poll.closed_at]
        late += [f"{member} at {fact.position}" for fact in cast if fact.position > poll.closed_at]
        if not counted:
            continue
        last = counted[-1]
        held = roll[member].votes if member in roll else None
        if held != last.said["votes"]:
            wrong.append(f"{member} votes with {last.said['votes']}, on the roll with {held}")
        live[member] = Vote(member, last.said["choice"], last.said["votes"], last.said.get("holder_id"))
    recount.faults("each vote stands on the roll, once", wrong, f"{len(live)} votes")
    recount.faults("no vote after the close", late, f"closed at {poll.closed_at}")
    if poll.assembly is not None:
        _require_voices(recount, facts, poll, streams)
    return [live[member] for member in sorted(live)]


def _streams(facts: Facts, poll: str) -> list[tuple[str, list[Fact]]]:
    return [
        (stream, cast)
        for stream, cast in facts.streams.items()
        if cast[0].name.startswith("voting-right.") and cast[0].said.get("poll_id") == poll
    ]


def _order_of(member: str, cast: list[Fact]) -> Iterator[str]:
    """Yield what is wrong with the numbers of a member's votes: each change takes the next."""
    number = 0
    for fact in cast:
        number += fact.name != "voting-right.given-by-proxy"
        if fact.said["seq"] != number:
            yield f"{member}: vote {fact.said['seq']} at {fact.position}, not {number}"


def _read_out(recount: Recount, facts: Facts, poll: PollFacts, roll: Roll) -> dict[str, Vote]:
    """Return the advance votes that were read out when the poll was opened."""
    if poll.assembly is None:
        return {}
    box = named_id("advance-box", poll.assembly, poll.motion)
    pages = [
        page for page in facts.named(box, "advance-box.page-opened") if page.said["poll_id"] == poll.poll
    ]
    said = [each for page in pages for each in page.said["votes"]]
    opened = next(
        (fact for fact in facts.named(box, "advance-box.opened") if fact.said["poll_id"] == poll.poll), None
    )
    if opened is not None:
        recount.compare("advance votes", opened.said["count"], len(said), opened.position)
    unknown = [each["member_id"] for each in said if each["member_id"] not in roll]
    recount.faults("advance votes are of the roll", unknown, f"{len(said)} read out")
    return {
        each["member_id"]: Vote(each["member_id"], each["choice"], roll[each["member_id"]].votes)
        for each in said
        if each["member_id"] in roll
    }


def _require_voices(
    recount: Recount, facts: Facts, poll: PollFacts, streams: list[tuple[str, list[Fact]]]
) -> None:
    """Every vote was cast by who was present, or by the holder of a proxy who was."""
    meetings: dict[int, Meeting] = {}
    moves = [fact.position for fact in facts.of(poll.assembly or "")]
    wrong = []
    for _, cast in streams:
        for fact, after in zip(cast, [*cast[1:], None], strict=True):
            if fact.name == "voting-right.given-by-proxy":
                continue
            given = after is not None and after.name == "voting-right.given-by-proxy"
            holder = after.said["holder_id"] if given and after is not None else None
            since = max((move for move in moves if move < fact.position), default=0)
            meeting = meetings.setdefault(since, meeting_at(facts, poll.assembly or "", fact.position))
            member = fact.said["member_id"]
            if not _has_voice(meeting, poll.motion, member, holder):
                by = f" by {holder}" if holder else ""
                wrong.append(f"{member} at {fact.position}{by}: neither present nor represented")
    recount.faults("each voter was present or represented", wrong, "yes")


def _has_voice(meeting: Meeting, motion: str, member: str, holder: str | None) -> bool:
    if holder is None:
        return member in meeting.present
    given = meeting.proxies.get(member)
    return given is not None and given[0] == holder and member in meeting.represented(motion)
