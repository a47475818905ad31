"""What every end of a membership does: the register of members, the shares, the withdrawal shares."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from domain.aggregates.legal_entity import LegalEntity
from domain.aggregates.member_register import MemberRegister
from domain.aggregates.membership import Membership
from domain.aggregates.share_account import ShareAccount
from domain.aggregates.share_register import ShareEnd, ShareRegister
from domain.errors import TooFewMembersLeft
from domain.facts import Stamp
from domain.ledger.books import Books
from domain.ledger.entities import register_id
from domain.ledger.periods import booking_date
from domain.ledger.presets import MEMBERS_AT_LEAST
from domain.ledger.shares import next_register_no, share_register_id
from domain.ledger.withdrawals import determine


def require_members_left(books: Books, membership: Membership, on: date) -> None:
    """Refuse to let a member go whom the cooperative cannot be without; the law itself knows no such rule."""
    at_least = int(books.get(LegalEntity, membership.entity_id).parameter(MEMBERS_AT_LEAST, on))
    members = books.get(MemberRegister, register_id(membership.entity_id)).members
    if len(members) <= at_least:
        raise TooFewMembersLeft(members=len(members), at_least=at_least)


def take_off_register(books: Books, stamp: Stamp, membership: Membership) -> None:
    """Take a member whose membership ended off the register."""
    books.get(MemberRegister, register_id(membership.entity_id)).remove(stamp, membership_id=membership.id)


def end_shares(books: Books, stamp: Stamp, membership: Membership, *, reason: str) -> None:
    """End all shares of a former member, those of memberships merged into it included.

    What they are worth is determined at once if there are approved accounts, else once there are.
    """
    for account_id in accounts_of(books, membership):
        account = books.get(ShareAccount, account_id)
        if account.held:
            _cancel(books, stamp, account, reason)
            determine(books, stamp, account, membership, required=False)


def accounts_of(books: Books, membership: Membership) -> list[UUID]:
    """Return the share accounts of a member, those of memberships merged into it included."""
    register = books.get(MemberRegister, register_id(membership.entity_id))
    merged = [books.get(Membership, each) for each in register.merged_into(membership.id)]
    return [account_id for each in (membership, *merged) for account_id in each.share_accounts]


def _cancel(books: Books, stamp: Stamp, account: ShareAccount, reason: str) -> None:
    register = books.get(ShareRegister, share_register_id(account.entity_id, account.share_class))
    register_no = next_register_no(books, stamp, account.entity_id)
    account.cancel(
        stamp,
        booked_on=booking_date(books, account.entity_id, stamp.effective_on),
        register_no=register_no,
        unavailable=register.unavailable,
        reason=reason,
    )
    register.end(
        stamp,
        register_no=register_no,
        account_id=account.id,
        membership_id=account.membership_id,
        qty=sum(parcel.qty for parcel in account.ended),
        amount_c=account.ended_c,
        end=ShareEnd.CANCELLED,
    )
