"""The record of a count: round by round, what every candidate has and what was done, in whole numbers.

Votes are whole numbers of hundred-thousandths of a vote: the fifth decimal is the last that the
Scottish rule knows, and no other rule needs any.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

VOTE = 100_000
"""One vote, in the units of a record."""


class Method(StrEnum):
    """How an election is counted."""

    APPROVAL = "approval"
    """Everyone a paper names has its votes; the most approved are elected."""
    IRV = "irv"
    """Instant run-off: the last falls until one has more than half."""
    SCHULZE = "schulze"
    """The strongest paths of pairwise wins."""
    SCOTTISH = "scottish"
    """Single transferable vote by the Scottish Local Government Elections Order 2007."""


class ActionKind(StrEnum):
    """What is done in a round."""

    ELECTED = "elected"
    ELECTED_TO_LAST_SEAT = "elected-to-last-seat"
    """Without the quota: as many candidates were left as seats."""
    EXCLUDED = "excluded"
    SURPLUS_TRANSFERRED = "surplus-transferred"


class TieRule(StrEnum):
    """What broke a tie; never chance."""

    EARLIER_ROUND = "earlier-round"
    """The votes at the end of the latest earlier round in which they differed."""
    STATED_ORDER = "stated-order"
    """An order stated before the count: by seniority, or drawn by lot in public."""


@dataclass(frozen=True)
class TieBreak:
    """A tie between these candidates, broken for or against the candidate of the action.

    `rounds` are the earlier rounds, from 1, whose votes were looked at and told them apart.
    """

    among: tuple[int, ...]
    rule: TieRule
    rounds: tuple[int, ...] = ()


@dataclass(frozen=True)
class Action:
    """One step of a round: what befell a candidate, with the votes it moved or was decided by."""

    kind: ActionKind
    candidate: int
    votes: int
    tie: TieBreak | None = None


@dataclass(frozen=True)
class Round:
    """One round: what was done, and what each candidate has at its end.

    `non_transferable` are the votes of papers that can go to nobody any more, `lost` what the
    rounding down of transfer values left over; both add up over the rounds.
    """

    tallies: Mapping[int, int]
    actions: tuple[Action, ...] = ()
    non_transferable: int = 0
    lost: int = 0


@dataclass(frozen=True)
class Count:
    """The outcome of a count and all of its rounds.

    `elected` are in the order in which they were elected. `order` ranks every candidate if the
    method does, those it cannot tell apart together. `quota` is in whole votes. `invalid` are the
    votes on papers that rank nobody, or nobody first.
    """

    method: Method
    elected: tuple[int, ...]
    rounds: tuple[Round, ...]
    valid: int
    invalid: int
    quota: int | None = None
    order: tuple[tuple[int, ...], ...] = ()


def decimals(votes: int) -> str:
    """Return votes in units of a record as text with five decimals."""
    return f"{votes // VOTE}.{votes % VOTE:05d}"
