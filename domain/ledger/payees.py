"""Payees' accounts: the first is taken from the first payment, a change takes two people and time."""

from __future__ import annotations

from uuid import UUID

from domain.aggregates.legal_entity import LegalEntity
from domain.aggregates.payee_account import PayeeAccount
from domain.aggregates.payment_order import PaymentOrder
from domain.errors import EmptyText, PayeeAccountChanged
from domain.facts import Stamp
from domain.ids import derived_id
from domain.ledger.books import Books
from domain.ledger.presets import PAYEE_WAITING_DAYS


def payee_account_id(payee_id: UUID) -> UUID:
    """Return the id of the one account of a payee."""
    return derived_id("payee-account", payee_id)


def propose_payee_account(books: Books, stamp: Stamp, *, payee_id: UUID, iban: str, evidence: str) -> None:
    """Propose that a payee is paid elsewhere; a second person confirms it."""
    books.get(PayeeAccount, payee_account_id(payee_id)).propose_change(stamp, iban=iban, evidence=evidence)


def change_payee_account(books: Books, stamp: Stamp, *, entity_id: UUID, payee_id: UUID) -> None:
    """Confirm a payee's new account as a second person; it is used after the entity's waiting time."""
    days = int(books.get(LegalEntity, entity_id).parameter(PAYEE_WAITING_DAYS, stamp.effective_on))
    books.get(PayeeAccount, payee_account_id(payee_id)).change(stamp, waiting_days=days)


def pay_to(books: Books, stamp: Stamp, *, payee_id: UUID, iban: str) -> None:
    """Let a payment be ordered to this account: the payee's own, or the first one they are paid on."""
    if not iban.strip():
        raise EmptyText(field="payee_iban")
    known = books.find(PayeeAccount, payee_account_id(payee_id))
    if known is not None:
        known.require_usable(iban, stamp.effective_on)
        return
    books.record(PayeeAccount.begin(stamp, id=payee_account_id(payee_id), payee_id=payee_id, iban=iban))


def require_still_paid_to(books: Books, stamp: Stamp, order: PaymentOrder) -> None:
    """Refuse to pay an account that is the payee's no more, or not yet again.

    Raises PayeeAccountChanged, PayeeAccountTooNew.
    """
    known = books.get(PayeeAccount, payee_account_id(order.payee_id))
    if known.iban != order.payee_iban:
        raise PayeeAccountChanged(order_id=order.id, payee_id=order.payee_id)
    known.require_usable(order.payee_iban, stamp.effective_on)
