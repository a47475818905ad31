"""Withdrawal shares: measured by approved accounts, tested, paid in their turn by two people."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from domain.aggregates.distributions import Distributions
from domain.aggregates.legal_entity import LegalEntity
from domain.aggregates.membership import Membership
from domain.aggregates.payment_order import PaymentOrder, Pays
from domain.aggregates.share_account import ShareAccount
from domain.aggregates.share_register import ShareRegister
from domain.aggregates.withdrawal_share import WithdrawalBasis, WithdrawalShare
from domain.errors import NoApprovedAccounts, NoRepresentative, SharesNotEnded
from domain.facts import Stamp, months_after, require_day
from domain.ids import derived_id
from domain.ledger.books import Books
from domain.ledger.carrying import require_adopted
from domain.ledger.payees import pay_to
from domain.ledger.periods import booking_date
from domain.ledger.presets import DISTRIBUTION_TEST_DAYS, WITHDRAWAL_BASIS, WITHDRAWAL_TERM_MONTHS
from domain.ledger.shares import share_register_id
from domain.parcels import Parcels


def withdrawal_id(account_id: UUID) -> UUID:
    """Return the id of the one withdrawal share of that share account."""
    return derived_id("withdrawal-share", account_id)


def distributions_id(entity_id: UUID) -> UUID:
    """Return the id of the distributions of the entity."""
    return derived_id("distributions", entity_id)


def approve_net_asset(
    books: Books,
    stamp: Stamp,
    *,
    entity_id: UUID,
    share_class: str,
    closing_on: date,
    net_asset_per_share_c: int,
    accounts_ref: str,
    decision_ref: str,
    motion_id: UUID | None = None,
) -> None:
    """Record what the accounts that the assembly approved on this day make a share of the class worth.

    A motion that is named must carry it: raises MotionNeeded. Accounts that were approved before this
    ledger began, or on paper, can name none.
    """
    require_day(closing_on)
    if motion_id is not None:
        require_adopted(books, entity_id, motion_id)
    books.get(ShareRegister, share_register_id(entity_id, share_class)).approve_net_asset(
        stamp,
        closing_on=closing_on,
        net_asset_per_share_c=net_asset_per_share_c,
        accounts_ref=accounts_ref,
        decision_ref=decision_ref,
        motion_id=motion_id,
    )


def determine_withdrawal_share(books: Books, stamp: Stamp, *, account_id: UUID) -> None:
    """Determine what ended shares are worth, whose accounts were not approved when they ended."""
    account = books.get(ShareAccount, account_id)
    if not account.ended:
        raise SharesNotEnded(account_id=account_id)
    membership = books.get(Membership, account.membership_id)
    survivor = membership.merged_into
    determine(
        books, stamp, account, books.get(Membership, survivor) if survivor else membership, required=True
    )


def determine(
    books: Books, stamp: Stamp, account: ShareAccount, membership: Membership, *, required: bool
) -> None:
    """Fix the amount by the last approved accounts and let it wait in the queue.

    Without such accounts nothing is fixed, and if that is `required` it is refused.
    """
    register = books.get(ShareRegister, share_register_id(account.entity_id, account.share_class))
    accounts = register.net_asset_on(stamp.effective_on)
    if accounts is None:
        if required:
            raise NoApprovedAccounts(share_class=account.share_class, on=stamp.effective_on)
        return
    entity = books.get(LegalEntity, account.entity_id)
    basis = WithdrawalBasis(entity.parameter(WITHDRAWAL_BASIS, stamp.effective_on))
    term = int(entity.parameter(WITHDRAWAL_TERM_MONTHS, stamp.effective_on))
    worth_c = _worth(account.ended, basis, accounts.per_share_c)
    books.record(
        WithdrawalShare.begin(
            stamp,
            id=withdrawal_id(account.id),
            entity_id=account.entity_id,
            membership_id=membership.id,
            booked_on=booking_date(books, account.entity_id, stamp.effective_on),
            account_id=account.id,
            person_id=membership.person_id,
            share_class=account.share_class,
            qty=sum(parcel.qty for parcel in account.ended),
            contributed_c=account.ended_c,
            basis=basis,
            net_asset_per_share_c=accounts.per_share_c,
            amount_c=worth_c,
            accounts_ref=accounts.accounts_ref,
            due_on=months_after(stamp.effective_on, term),
        )
    )
    distributions_of(books, stamp, account.entity_id).enter(
        stamp, withdrawal_id=withdrawal_id(account.id), amount_c=worth_c
    )


def record_distribution_tests(
    books: Books,
    stamp: Stamp,
    *,
    entity_id: UUID,
    net_asset_c: int,
    unavailable_c: int,
    means_c: int,
    debts_c: int,
    report_sha256: str,
) -> None:
    """Record both tests; what they do not leave for those who wait is suspended, the rest resumed."""
    books.get(LegalEntity, entity_id)
    distributions = distributions_of(books, stamp, entity_id)
    distributions.record_tests(
        stamp,
        net_asset_c=net_asset_c,
        unavailable_c=unavailable_c,
        means_c=means_c,
        debts_c=debts_c,
        report_sha256=report_sha256,
    )
    for each, suspended_c in distributions.suspended().items():
        books.get(WithdrawalShare, each).tell_suspended(stamp, suspended_c=suspended_c)


def order_withdrawal_payment(
    books: Books, stamp: Stamp, *, order_id: UUID, withdrawal_id: UUID, amount_c: int, payee_iban: str
) -> None:
    """Order that so much of a withdrawal share is paid to the former member or the heirs' representative."""
    withdrawal = books.get(WithdrawalShare, withdrawal_id)
    withdrawal.require_payable(amount_c)
    distributions_of(books, stamp, withdrawal.entity_id).require_turn(
        withdrawal_id,
        amount_c,
        on=stamp.effective_on,
        valid_days=days_of_test(books, withdrawal.entity_id, stamp.effective_on),
    )
    payee_id = books.get(Membership, withdrawal.membership_id).payee_id
    if payee_id is None:
        raise NoRepresentative(membership_id=withdrawal.membership_id)
    pay_to(books, stamp, payee_id=payee_id, iban=payee_iban)
    books.record(
        PaymentOrder.begin(
            stamp,
            id=order_id,
            entity_id=withdrawal.entity_id,
            pays=Pays.WITHDRAWAL,
            document_id=withdrawal_id,
            amount_c=amount_c,
            payee_id=payee_id,
            payee_iban=payee_iban,
        )
    )


def pay_withdrawal(books: Books, stamp: Stamp, order: PaymentOrder) -> None:
    """Take an approved order off what is owed and may be distributed; both are looked at once more."""
    withdrawal = books.get(WithdrawalShare, order.document_id)
    withdrawal.order_payment(stamp, order_id=order.id, amount_c=order.amount_c)
    distributions_of(books, stamp, order.entity_id).pay(
        stamp,
        withdrawal_id=withdrawal.id,
        order_id=order.id,
        amount_c=order.amount_c,
        valid_days=days_of_test(books, order.entity_id, stamp.effective_on),
    )


def take_back_withdrawal(books: Books, stamp: Stamp, order: PaymentOrder) -> None:
    """Owe again what an approved order would have paid, in its old place of the queue."""
    books.get(WithdrawalShare, order.document_id).withdraw_payment(
        stamp, order_id=order.id, amount_c=order.amount_c
    )
    distributions_of(books, stamp, order.entity_id).withdraw_payment(
        stamp, withdrawal_id=order.document_id, order_id=order.id, amount_c=order.amount_c
    )


def distributions_of(books: Books, stamp: Stamp, entity_id: UUID) -> Distributions:
    """Return the distributions of an entity, from its first one on."""
    distributions = books.find(Distributions, distributions_id(entity_id))
    if distributions is None:
        distributions = Distributions.begin(stamp, id=distributions_id(entity_id), entity_id=entity_id)
        books.record(distributions)
    return distributions


def days_of_test(books: Books, entity_id: UUID, on: date) -> int:
    """Return for how many days the figures of a test hold."""
    return int(books.get(LegalEntity, entity_id).parameter(DISTRIBUTION_TEST_DAYS, on))


def _worth(parcels: Parcels, basis: WithdrawalBasis, net_asset_per_share_c: int) -> int:
    """Return what the shares are worth: never below nothing, though debts may exceed all there is."""
    per_share_c = max(0, net_asset_per_share_c)
    by_net_asset_c = per_share_c * sum(parcel.qty for parcel in parcels)
    if basis is WithdrawalBasis.NET_ASSET:
        return by_net_asset_c
    return sum(min(parcel.price_c, per_share_c) * parcel.qty for parcel in parcels)
