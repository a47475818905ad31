"""What a recount finds: step by step, what is recorded beside what follows from the facts."""

from __future__ import annotations

from dataclasses import dataclass, field

TOLD = 3
"""Faults of one step that are told each; of more, how many."""


@dataclass(frozen=True)
class Check:
    """One step: its name, whether it holds, what is recorded and what was recounted, and where.

    `position` is the place in the log of what is recorded, if there is one place.
    """

    name: str
    agrees: bool
    recorded: str
    recounted: str
    position: int | None = None


@dataclass
class Recount:
    """All steps of one recount, in the order from the roll to the verdict."""

    subject: str
    kind: str
    checks: list[Check] = field(default_factory=list)

    @property
    def agrees(self) -> bool:
        """Whether every step holds, and there was one."""
        return bool(self.checks) and all(check.agrees for check in self.checks)

    def compare(self, name: str, recorded: object, recounted: object, position: int | None = None) -> bool:
        """Add a step that holds if both are the same; return whether it does."""
        agrees = recorded == recounted
        self.checks.append(Check(name, agrees, str(recorded), str(recounted), position))
        return agrees

    def faults(self, name: str, found: list[str], fine: str) -> bool:
        """Add a step that holds if nothing was found against it; the first faults are told."""
        more = len(found) - TOLD
        told = "; ".join(found[:TOLD]) + (f" and {more} more" if more > 0 else "")
        self.checks.append(Check(name, not found, "", told or fine))
        return not found
