"""What a cutover takes over of people: members under their old numbers, and the register of their shares."""

from __future__ import annotations

from uuid import UUID

from domain.aggregates.member_register import MemberRegister
from domain.aggregates.membership import Membership
from domain.aggregates.share_account import ShareAccount
from domain.aggregates.share_register import ShareRegister
from domain.facts import Stamp
from domain.ledger.books import Books
from domain.ledger.entities import register_id
from domain.ledger.members import apply_for_membership, membership_id
from domain.ledger.old_codes import old_id
from domain.ledger.shares import account_of, open_share_class, share_register_id
from domain.old_books import OldBooks, OldShares
from domain.parcels import Parcel


def take_over_members(books: Books, stamp: Stamp, *, entity_id: UUID, old: OldBooks) -> None:
    """Make members of who were members, since the day they joined and under the numbers they had."""
    numbers: dict[UUID, int] = {}
    for member in old.members:
        joined = stamp.dated(member.joined_on)
        person_id = old_id("person", entity_id, member.code)
        apply_for_membership(
            books,
            joined,
            entity_id=entity_id,
            person_id=person_id,
            category=member.category,
            name=member.name,
            address=member.address,
            email=member.email,
        )
        membership = books.get(Membership, membership_id(entity_id, person_id))
        membership.admit(joined, member_no=member.member_no, decision_ref=member.decision_ref)
        numbers[membership.id] = member.member_no
    if numbers or old.last_member_no:
        register = books.get(MemberRegister, register_id(entity_id))
        register.take_over(stamp, members=numbers, last_no=old.last_member_no)


def take_over_shares(books: Books, stamp: Stamp, *, entity_id: UUID, old: OldBooks) -> None:
    """Open each class with the lines of the old register; its next share bears the number after the last."""
    for each in old.share_classes:
        open_share_class(
            books,
            stamp,
            entity_id=entity_id,
            share_class=each.code,
            unavailable=each.unavailable,
            statutes_ref=each.statutes_ref,
        )
        register = books.get(ShareRegister, share_register_id(entity_id, each.code))
        lines = [line for line in old.shares if line.share_class == each.code]
        for line in sorted(lines, key=lambda line: line.from_no):
            _enter(books, stamp, register, line)
        if each.last_no > register.last_seq:
            register.note(ShareRegister.NumbersTakenOver, stamp, entity_id=entity_id, last_seq=each.last_no)


def _enter(books: Books, stamp: Stamp, register: ShareRegister, line: OldShares) -> None:
    """Enter one line under its old register number, for its holder."""
    person_id = old_id("person", register.entity_id, line.member)
    membership = books.get(Membership, membership_id(register.entity_id, person_id))
    account = account_of(books, stamp, membership, register.share_class)
    register.note(
        ShareRegister.SharesEntered,
        stamp,
        entity_id=register.entity_id,
        register_no=line.register_no,
        account_id=account.id,
        membership_id=membership.id,
        qty=line.qty,
        from_seq=line.from_no,
        to_seq=line.to_no,
        amount_c=line.amount_c,
    )
    account.note(
        ShareAccount.TakenOver,
        stamp,
        entity_id=register.entity_id,
        booked_on=stamp.effective_on,
        register_no=line.register_no,
        qty=line.qty,
        parcels=(Parcel(line.from_no, line.to_no, line.price_c),),
        amount_c=line.amount_c,
        unavailable=register.unavailable,
    )
