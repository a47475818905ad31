"""An entry of a roll: who may vote, with how many votes, in which college, and why if not as usual."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID


class EntryReason(StrEnum):
    """Why an entry is not what the registers alone would make of it."""

    NONE = ""
    SUSPENDED = "suspended"
    """The voting right is suspended: shares not paid up, or a notice not given."""
    JOINT_OWNERS = "joint-owners"
    """Several own the shares; this one votes for them, or none does."""
    USUFRUCT = "usufruct"
    """Another has the usufruct, or it is the usufructuary who votes."""
    REPRESENTATIVE = "representative"
    """A legal person, represented by the one named in the evidence."""
    ERROR = "error"
    """The register was wrong, and is mended elsewhere."""


@dataclass(frozen=True)
class RollEntry:
    """One member on the roll; without votes if the right is suspended."""

    member_id: UUID
    member_no: int
    votes: int
    shares: int = 0
    college: str = ""
    reason: EntryReason = EntryReason.NONE

    def line(self) -> str:
        """Return the entry as the root hashes it; what is as usual is left out."""
        plain = f"{self.member_no} {self.member_id} {self.votes}"
        if not (self.shares or self.college or self.reason):
            return plain
        return f"{plain} {self.shares} {self.college or '-'} {self.reason or '-'}"
