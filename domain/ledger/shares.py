"""Shares: open a class, subscribe, set a receipt against it, allot what is paid, transfer, convert."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from domain.aggregates.bank_line import BankLine
from domain.aggregates.legal_entity import LegalEntity
from domain.aggregates.membership import Membership
from domain.aggregates.number_series import NumberSeries
from domain.aggregates.share_account import ShareAccount
from domain.aggregates.share_register import ShareEnd, ShareRegister
from domain.errors import OtherEntity, SharesStayWhereTheyAre
from domain.facts import Stamp
from domain.ids import derived_id
from domain.ledger.books import Books
from domain.ledger.periods import booking_date
from domain.money import require_quantity
from domain.parcels import amount_of, even_lots, numbered

SERIES = "S"
FOR_EVER = 0
"""The year of a series that does not begin anew each year."""


def share_register_id(entity_id: UUID, share_class: str) -> UUID:
    """Return the id of the register of that class of shares of the entity."""
    return derived_id("share-register", entity_id, share_class)


def share_account_id(membership_id: UUID, share_class: str) -> UUID:
    """Return the id of the one account of that membership and class."""
    return derived_id("share-account", membership_id, share_class)


def open_share_class(
    books: Books, stamp: Stamp, *, entity_id: UUID, share_class: str, unavailable: bool, statutes_ref: str
) -> None:
    """Open the register of a class of shares that the statutes of the entity know."""
    books.get(LegalEntity, entity_id)
    books.record(
        ShareRegister.open(
            stamp,
            id=share_register_id(entity_id, share_class),
            entity_id=entity_id,
            share_class=share_class,
            unavailable=unavailable,
            statutes_ref=statutes_ref,
        )
    )


def subscribe_shares(
    books: Books, stamp: Stamp, *, membership_id: UUID, share_class: str, qty: int, price_c: int
) -> None:
    """Let an applicant or a member subscribe to shares of a class of the entity."""
    membership = books.get(Membership, membership_id)
    membership.require_staying()
    account_of(books, stamp, membership, share_class).subscribe(stamp, qty=qty, price_c=price_c)


def pay_share_contribution(
    books: Books,
    stamp: Stamp,
    *,
    bank_line_id: UUID,
    account_id: UUID,
    payer_id: UUID,
    amount_c: int,
    despite_reference: bool = False,
) -> None:
    """Set part of a receipt against the shares the payer subscribed to."""
    line = books.get(BankLine, bank_line_id)
    account = books.get(ShareAccount, account_id)
    if line.entity_id != account.entity_id:
        raise OtherEntity(bank_line_id=bank_line_id, account_id=account_id)
    line.allocate_to(
        BankLine.AllocatedToShares,
        stamp,
        document_id=account_id,
        amount_c=amount_c,
        unless_referenced=not despite_reference,
    )
    account.pay(
        stamp,
        line_id=bank_line_id,
        payer_id=payer_id,
        amount_c=amount_c,
        booked_on=booking_date(books, line.entity_id, stamp.effective_on),
    )


def undo_share_contribution(
    books: Books, stamp: Stamp, *, bank_line_id: UUID, account_id: UUID, amount_c: int, reason: str
) -> None:
    """Say that part of a receipt was not paid towards those shares: it waits again.

    Raises ExceedsAllocation, ContributionAllotted, EmptyText.
    """
    line, account = books.get(BankLine, bank_line_id), books.get(ShareAccount, account_id)
    line.undo_other(stamp, document_id=account_id, amount_c=amount_c, reason=reason)
    booked_on = booking_date(books, line.entity_id, stamp.effective_on)
    account.undo_payment(stamp, line_id=bank_line_id, amount_c=amount_c, booked_on=booked_on)


def allot_shares(books: Books, stamp: Stamp, *, account_id: UUID, qty: int) -> None:
    """Allot paid shares to an effective member, under the next numbers of the register."""
    account = books.get(ShareAccount, account_id)
    _holder(books, account).require_effective()
    amount_c = account.price_of(qty)
    register = books.get(ShareRegister, share_register_id(account.entity_id, account.share_class))
    register_no = next_register_no(books, stamp, account.entity_id)
    from_seq, to_seq = register.enter(
        stamp,
        register_no=register_no,
        account_id=account_id,
        membership_id=account.membership_id,
        qty=qty,
        amount_c=amount_c,
    )
    account.allot(
        stamp,
        register_no=register_no,
        qty=qty,
        from_seq=from_seq,
        to_seq=to_seq,
        unavailable=register.unavailable,
        booked_on=booking_date(books, account.entity_id, stamp.effective_on),
    )


def transfer_shares(
    books: Books,
    stamp: Stamp,
    *,
    transfer_id: UUID,
    from_account_id: UUID,
    to_membership_id: UUID,
    qty: int,
    decision_ref: str,
) -> None:
    """Transfer so many shares to another member, as approved; they keep their numbers."""
    giving = books.get(ShareAccount, from_account_id)
    giver = _holder(books, giving)
    giver.require_effective()
    receiver = books.get(Membership, to_membership_id)
    if receiver.entity_id != giving.entity_id:
        raise OtherEntity(account_id=from_account_id, membership_id=to_membership_id)
    if receiver.id == giver.id:
        raise SharesStayWhereTheyAre(membership_id=to_membership_id)
    receiver.require_staying()
    receiver.require_effective()
    giving.oldest(qty)
    taking = account_of(books, stamp, receiver, giving.share_class)
    register_no = next_register_no(books, stamp, giving.entity_id)
    parcels = giving.transfer_out(
        stamp,
        register_no=register_no,
        transfer_id=transfer_id,
        to_account_id=taking.id,
        qty=qty,
        decision_ref=decision_ref,
    )
    taking.transfer_in(
        stamp,
        register_no=register_no,
        transfer_id=transfer_id,
        from_account_id=giving.id,
        parcels=parcels,
        decision_ref=decision_ref,
    )
    books.get(ShareRegister, share_register_id(giving.entity_id, giving.share_class)).transfer(
        stamp,
        register_no=register_no,
        transfer_id=transfer_id,
        from_account_id=giving.id,
        to_account_id=taking.id,
        qty=qty,
    )


def convert_shares(
    books: Books,
    stamp: Stamp,
    *,
    account_id: UUID,
    into_class: str,
    qty: int,
    into_qty: int,
    decision_ref: str,
) -> None:
    """Convert so many shares into so many of another class; what was contributed for them stays."""
    giving = books.get(ShareAccount, account_id)
    membership = _holder(books, giving)
    membership.require_staying()
    membership.require_effective()
    if into_class == giving.share_class:
        raise SharesStayWhereTheyAre(share_class=into_class)
    require_quantity(into_qty)
    amount_c = amount_of(giving.oldest(qty))
    ending = books.get(ShareRegister, share_register_id(giving.entity_id, giving.share_class))
    entering = books.get(ShareRegister, share_register_id(giving.entity_id, into_class))
    taking = account_of(books, stamp, membership, into_class)
    moved: dict[str, Any] = {
        "register_no": next_register_no(books, stamp, giving.entity_id),
        "booked_on": booking_date(books, giving.entity_id, stamp.effective_on),
        "decision_ref": decision_ref,
    }
    giving.convert_out(stamp, into_account_id=taking.id, qty=qty, unavailable=ending.unavailable, **moved)
    ending.end(
        stamp,
        register_no=moved["register_no"],
        account_id=giving.id,
        membership_id=giving.membership_id,
        qty=qty,
        amount_c=amount_c,
        end=ShareEnd.CONVERTED,
    )
    from_seq, _ = entering.enter(
        stamp,
        register_no=moved["register_no"],
        account_id=taking.id,
        membership_id=membership.id,
        qty=into_qty,
        amount_c=amount_c,
    )
    taking.convert_in(
        stamp,
        from_account_id=giving.id,
        parcels=numbered(even_lots(amount_c, into_qty), from_seq),
        unavailable=entering.unavailable,
        **moved,
    )


def _holder(books: Books, account: ShareAccount) -> Membership:
    """Return the membership that an account's shares count for: its own, or the one it was merged into."""
    membership = books.get(Membership, account.membership_id)
    into_id = membership.merged_into
    return membership if into_id is None else books.get(Membership, into_id)


def account_of(books: Books, stamp: Stamp, membership: Membership, share_class: str) -> ShareAccount:
    """Return the member's account of that class, opened if there is none yet."""
    register = books.get(ShareRegister, share_register_id(membership.entity_id, share_class))
    account_id = share_account_id(membership.id, share_class)
    account = books.find(ShareAccount, account_id)
    if account is None:
        account = ShareAccount.begin(
            stamp,
            id=account_id,
            entity_id=register.entity_id,
            membership_id=membership.id,
            person_id=membership.person_id,
            share_class=share_class,
        )
        books.record(account)
        membership.open_share_account(stamp, account_id=account_id, share_class=share_class)
    return account


def next_register_no(books: Books, stamp: Stamp, entity_id: UUID) -> int:
    """Take the next number of the entity's register; entries are numbered as they are recorded."""
    series_id = derived_id("number-series", entity_id, SERIES, FOR_EVER)
    series = books.find(NumberSeries, series_id)
    if series is None:
        series = NumberSeries.begin(stamp, id=series_id, entity_id=entity_id, series=SERIES, year=FOR_EVER)
        books.record(series)
    return series.take(stamp, on=max(stamp.effective_on, series.last_on))
