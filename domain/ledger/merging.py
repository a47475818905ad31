"""Two memberships of one person by mistake: let one stand for both, or each for itself again.

Their streams stay as they are; the register of members, the shares and what is paid for them
follow the one that stands for both.
"""

from __future__ import annotations

from uuid import UUID

from domain.aggregates.electoral_roll import ElectoralRoll
from domain.aggregates.member_register import MemberRegister
from domain.aggregates.membership import Membership
from domain.errors import NotTheSamePerson, OtherEntity, VoteGoesOn
from domain.facts import Stamp
from domain.ledger.books import Books
from domain.ledger.entities import register_id


def merge_memberships(books: Books, stamp: Stamp, *, membership_id: UUID, into_id: UUID, reason: str) -> None:
    """Let `into_id` stand for both, unless both hold votes on a roll that is in use."""
    merged, into = books.get(Membership, membership_id), books.get(Membership, into_id)
    if merged.entity_id != into.entity_id:
        raise OtherEntity(membership_id=membership_id, into_id=into_id)
    register = books.get(MemberRegister, register_id(into.entity_id))
    into.require_effective()
    if membership_id == into_id or register.merged_into(membership_id):
        raise NotTheSamePerson(membership_id=membership_id, into_id=into_id)
    for roll_id in dict.fromkeys(register.open_rolls.values()):
        roll = books.get(ElectoralRoll, roll_id)
        if roll.holds(membership_id) and roll.holds(into_id):
            raise VoteGoesOn(roll_id=roll_id)
    merged.merge(stamp, into_id=into_id, reason=reason)
    register.merge(stamp, membership_id=membership_id, into_id=into_id)


def undo_merge(books: Books, stamp: Stamp, *, membership_id: UUID, reason: str) -> None:
    """Let a merged membership stand for itself again, while the other one is still effective."""
    merged = books.get(Membership, membership_id)
    into_id = merged.merged_into
    if into_id is not None:
        books.get(Membership, into_id).require_effective()
    merged.undo_merge(stamp, reason=reason)
    books.get(MemberRegister, register_id(merged.entity_id)).undo_merge(stamp, membership_id=membership_id)
