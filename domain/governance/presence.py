"""Who takes part in a decision of an assembly: present, represented, or voting in advance.

One member can be each of them for a motion, and is counted once: presence comes before a proxy, and
a proxy before a vote in advance. There is no proxy of a proxy, and only a holder who is present
represents.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar
from uuid import UUID

from domain.errors import ChainedProxy, NoSuchProxy, NotPresent, ProxyAlreadyGiven, TooManyProxies
from domain.facts import Ledgered
from domain.governance.reckoning import QuorumReckoned

V = TypeVar("V")


class AttendanceMode(StrEnum):
    """How a member is present."""

    IN_PERSON = "in-person"
    REMOTE = "remote"


class IrregularityKind(StrEnum):
    """What was not as the rule asks."""

    SHORT_NOTICE = "short-notice"
    NOTICE_NOT_RECEIVED = "notice-not-received"
    DISPUTED_PROXY = "disputed-proxy"
    DISPUTED_VOTE = "disputed-vote"
    REMOTE_LINK_LOST = "remote-link-lost"
    OTHER = "other"


class ProxyEnd(StrEnum):
    """Why a proxy no longer counts."""

    WITHDRAWN = "withdrawn"
    ATTENDED = "attended"
    """The member came in person: presence overrides the proxy."""


class ProxyFault(StrEnum):
    """Why a proxy that was given does not count: counting it would falsify the count."""

    OVER_THE_LIMIT = "over-the-limit"
    NOT_ON_THE_ROLL = "not-on-the-roll"


@dataclass(frozen=True)
class Proxy:
    """Who may vote for a member, and on which motions; without any, on all."""

    holder_id: UUID
    motions: frozenset[UUID] = frozenset()

    def covers(self, motion_id: UUID) -> bool:
        """Tell whether the holder may vote on the motion."""
        return not self.motions or motion_id in self.motions


GivenProxies = Mapping[UUID, Proxy]
"""The proxies that count, by principal, in the order in which they were given."""


def require_grantable(given: GivenProxies, *, principal_id: UUID, holder_id: UUID, limit: int) -> None:
    """Refuse a second proxy of a member, a proxy of a proxy, and more than one may hold."""
    if principal_id in given:
        raise ProxyAlreadyGiven(holder_id=given[principal_id].holder_id)
    holders = {each.holder_id for each in given.values()}
    if holder_id == principal_id or holder_id in given or principal_id in holders:
        raise ChainedProxy(principal_id=principal_id, holder_id=holder_id)
    if sum(each.holder_id == holder_id for each in given.values()) >= limit:
        raise TooManyProxies(holder_id=holder_id, limit=limit)


def faulty(
    given: GivenProxies, *, limit: int, on_roll: Collection[UUID]
) -> tuple[tuple[UUID, UUID, ProxyFault], ...]:
    """Return the proxies that cannot count at the opening: principal, holder, and why.

    Of those over the limit the last given do not count.
    """
    held: dict[UUID, int] = {}
    found = []
    for principal_id, proxy in given.items():
        holder_id = proxy.holder_id
        if principal_id not in on_roll or holder_id not in on_roll:
            found.append((principal_id, holder_id, ProxyFault.NOT_ON_THE_ROLL))
            continue
        held[holder_id] = held.get(holder_id, 0) + 1
        if held[holder_id] > limit:
            found.append((principal_id, holder_id, ProxyFault.OVER_THE_LIMIT))
    return tuple(found)


def represented(given: GivenProxies, present: Collection[UUID], motion_id: UUID) -> frozenset[UUID]:
    """Return the members whose holder is present and may vote on the motion."""
    return frozenset(
        principal
        for principal, proxy in given.items()
        if proxy.holder_id in present and proxy.covers(motion_id)
    )


def require_voice(
    given: GivenProxies,
    present: Collection[UUID],
    *,
    motion_id: UUID,
    member_id: UUID,
    holder_id: UUID | None,
) -> None:
    """Refuse a vote of a member who is neither present nor represented by this holder for the motion."""
    proxy = given.get(member_id)
    if holder_id is None:
        if member_id not in present:
            raise NotPresent(member_id=member_id)
    elif proxy is None or proxy.holder_id != holder_id or not proxy.covers(motion_id):
        raise NoSuchProxy(member_id=member_id, holder_id=holder_id)
    elif holder_id not in present:
        raise NotPresent(holder_id=holder_id)


def without(held: Mapping[UUID, V], key: UUID) -> Mapping[UUID, V]:
    """Return the mapping without that key."""
    return {each: value for each, value in held.items() if each != key}


class PutToTheVote(Ledgered.Event):
    """What a quorum states that is reached: the poll the motion goes to."""

    poll_id: UUID


class Established(Ledgered.Event):
    """What every quorum states: the votes of the roll that are there, and the fraction asked for.

    `in_advance` votes are those of members neither present nor represented; `reckoned` states what was
    compared in the basis of the rule, without the members a declared conflict excludes.
    """

    entity_id: UUID
    motion_id: UUID
    rule_set_id: UUID
    present: int
    represented: int
    entitled: int
    num: int
    den: int
    in_advance: int = 0
    text_sha256: str = ""
    rule_name: str = ""
    rule_version: int = 0
    reckoned: QuorumReckoned | None = None
