"""Shares: open a class, subscribe, set a receipt against what was subscribed, allot what is paid."""

from __future__ import annotations

from uuid import UUID

from domain.aggregates.bank_line import BankLine
from domain.aggregates.legal_entity import LegalEntity
from domain.aggregates.membership import Membership
from domain.aggregates.number_series import NumberSeries
from domain.aggregates.share_account import ShareAccount
from domain.aggregates.share_register import ShareRegister
from domain.errors import OtherEntity
from domain.facts import Stamp
from domain.ids import derived_id
from domain.ledger.books import Books
from domain.ledger.periods import booking_date

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
    register = books.get(ShareRegister, share_register_id(membership.entity_id, share_class))
    account_id = share_account_id(membership_id, share_class)
    account = books.find(ShareAccount, account_id)
    if account is None:
        account = ShareAccount.begin(
            stamp,
            id=account_id,
            entity_id=register.entity_id,
            membership_id=membership_id,
            person_id=membership.person_id,
            share_class=share_class,
        )
        books.record(account)
    account.subscribe(stamp, qty=qty, price_c=price_c)


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
    line.allocate_to_shares(
        stamp, account_id=account_id, amount_c=amount_c, despite_reference=despite_reference
    )
    account.pay(
        stamp,
        line_id=bank_line_id,
        payer_id=payer_id,
        amount_c=amount_c,
        booked_on=booking_date(books, line.entity_id, stamp.effective_on),
    )


def allot_shares(books: Books, stamp: Stamp, *, account_id: UUID, qty: int) -> None:
    """Allot paid shares to an effective member, under the next numbers of the register."""
    account = books.get(ShareAccount, account_id)
    books.get(Membership, account.membership_id).require_effective()
    account.price_of(qty)
    register = books.get(ShareRegister, share_register_id(account.entity_id, account.share_class))
    register_no = _next_number(books, stamp, account.entity_id)
    from_seq, to_seq = register.enter(
        stamp,
        register_no=register_no,
        account_id=account_id,
        membership_id=account.membership_id,
        qty=qty,
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


def _next_number(books: Books, stamp: Stamp, entity_id: UUID) -> int:
    """Take the next number of the entity's register; entries are numbered as they are recorded."""
    series_id = derived_id("number-series", entity_id, SERIES, FOR_EVER)
    series = books.find(NumberSeries, series_id)
    if series is None:
        series = NumberSeries.begin(stamp, id=series_id, entity_id=entity_id, series=SERIES, year=FOR_EVER)
        books.record(series)
    return series.take(stamp, on=max(stamp.effective_on, series.last_on))
