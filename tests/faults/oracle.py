"""Says whether a log is what its clients were told, from the stored rows alone.

Every acknowledged command stands in the log once, no refused one stands there, one whose outcome is
not known stands there at most once; positions are dense, and leaves, tree, streams, times and
signatures are those that the auditor's own arithmetic recomputes.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from audit.recompute import StoredFact, recompute
from tests.faults.notebook import Story
from workers.stored_log import stored_log

MOST_SHOWN = 10
OURSELVES = "tutti:"


@dataclass
class Written:
    """What stands in the log: the positions of each command's facts, and what the auditor found.

    `by_ourselves` are the commands that no client asked, such as those of the scheduler.
    """

    positions: dict[UUID, list[int]] = field(default_factory=lambda: defaultdict(list))
    facts: list[int] = field(default_factory=list)
    by_ourselves: set[UUID] = field(default_factory=set)
    size: int = 0
    fault: str | None = None

    def take_in(self, fact: StoredFact) -> StoredFact:
        """Note the command of a fact, and hand it on."""
        state: dict[str, Any] = json.loads(fact.state)
        command = UUID(state["command_id"])
        self.positions[command].append(fact.position)
        if state["actor"].startswith(OURSELVES):
            self.by_ourselves.add(command)
        self.facts.append(fact.position)
        return fact


@dataclass(frozen=True)
class Verdict:
    """What a run came to: how many commands had which answer, and everything that must not be.

    `in_doubt` are those whose outcome was not known for a while, `unknown` those never asked again.
    """

    acknowledged: int
    refused: int
    in_doubt: int
    unknown: int
    facts: int
    wrong: tuple[str, ...]


class LedgerWrongError(AssertionError):
    """The log is not what its clients were told."""


def written_in(dsn: str, recorder: bytes) -> Written:
    """Read a log to its end and recompute it; `recorder` is the public key it must be signed with."""
    written = Written()
    with stored_log(dsn, tenant="default") as log:
        facts: Iterable[StoredFact] = map(written.take_in, log.facts(lambda _: None))
        finding = recompute(facts, log.batches(), log.head, recorder=recorder)
        written.size = log.head.size
    if finding.fault is not None:
        written.fault = f"at {finding.position}: {finding.fault}"
    return written


def judge(story: Story, written: Written, *, before: int = 0) -> Verdict:
    """Compare what clients know with what stands in the log past its first `before` facts."""
    wrong = [*_of_the_log(written), *_of_the_clients(story, written, before)]
    return Verdict(
        acknowledged=len(story.acknowledged),
        refused=len(story.refused),
        in_doubt=len(story.in_doubt),
        unknown=len(story.unknown),
        facts=written.size - before,
        wrong=tuple(wrong),
    )


def require(verdict: Verdict, *, seed: int) -> Verdict:
    """Return the verdict; raises LedgerWrongError with the seed that brings it back."""
    if verdict.wrong:
        shown = "\n  ".join(verdict.wrong[:MOST_SHOWN])
        raise LedgerWrongError(f"seed {seed}: {len(verdict.wrong)} wrong\n  {shown}")
    return verdict


def _of_the_log(written: Written) -> Iterable[str]:
    if written.fault is not None:
        yield f"the log cannot be recomputed, {written.fault}"
    if written.facts != list(range(1, written.size + 1)):
        yield f"{len(written.facts)} facts do not stand at the positions 1 to {written.size}"
    for id_, positions in written.positions.items():
        if positions != list(range(positions[0], positions[0] + len(positions))):
            yield f"{id_} was recorded in more than one piece, at {positions}"


def _of_the_clients(story: Story, written: Written, before: int) -> Iterable[str]:
    for id_, position in story.acknowledged.items():
        positions = written.positions.get(id_)
        if positions is None:
            yield f"{id_} was acknowledged at {position} and is lost"
        elif positions[-1] != position:
            yield f"{id_} was acknowledged at {position} and ends at {positions[-1]}"
    for id_, code in story.refused.items():
        if id_ in written.positions:
            yield f"{id_} was refused ({code}) and stands at {written.positions[id_]}"
        if id_ in story.acknowledged:
            yield f"{id_} was acknowledged, and refused ({code})"
    for id_, said in story.faults.items():
        yield f"{id_} had an answer nobody should get: {said}"
    known = story.asked.keys() | written.by_ourselves
    for id_, positions in written.positions.items():
        if positions[0] > before and id_ not in known:
            yield f"{id_} stands at {positions} and was never asked"
