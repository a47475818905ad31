"""Dividends: within both tests, after all withdrawal shares, under the cap of approved regimes; then shared out.

What each holder is due is a document of its own, paid by an order of two people as anything else is.
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from uuid import UUID

from domain.aggregates.dividend import Dividend
from domain.aggregates.dividend_due import DividendDue
from domain.aggregates.legal_entity import LegalEntity
from domain.aggregates.share_account import ShareAccount
from domain.aggregates.share_register import ShareRegister
from domain.errors import DividendDayAhead, EmptyText, OverDividendCap
from domain.facts import Stamp, require_day
from domain.ids import derived_id
from domain.ledger.books import Books
from domain.ledger.carrying import require_carried
from domain.ledger.periods import booking_date
from domain.ledger.presets import ACCOUNTS_BODY, COOPERATIVE_REGIMES, DIVIDEND_CAP_BP, DIVIDEND_WITHHOLDING_BP
from domain.ledger.shares import share_register_id
from domain.ledger.withdrawals import days_of_test, distributions_of
from domain.money import BASIS_POINTS, require_positive, require_quantity, share

NOT_APPROVED = "none"
HOLDERS_AT_ONCE = 500
"""So many are named by one command: the facts of more would not fit one batch."""


def dividend_id(entity_id: UUID, nth: int) -> UUID:
    """Return the id of the nth dividend that an entity voted, from 1 on."""
    return derived_id("dividend", entity_id, nth)


def dividend_due_id(dividend_id: UUID, account_id: UUID) -> UUID:
    """Return the id of what that share account is due of that dividend."""
    return derived_id("dividend-due", dividend_id, account_id)


def vote_dividend(
    books: Books,
    stamp: Stamp,
    *,
    entity_id: UUID,
    share_class: str,
    per_share_c: int,
    decision_ref: str,
    motion_id: UUID | None = None,
    held_on: date | None = None,
) -> None:
    """Record that the assembly gives each share of a class so much, in cents before tax is withheld.

    It goes to whoever held the shares on the day that the decision names, or on its own day. It is
    booked when the result is appropriated; here it is decided that it may be.
    """
    require_positive(per_share_c)
    held_on = held_on or stamp.effective_on
    require_day(held_on)
    if held_on > stamp.effective_on:
        raise DividendDayAhead(held_on=held_on, decided_on=stamp.effective_on)
    if not decision_ref.strip():
        raise EmptyText(field="decision_ref")
    require_carried(books, entity_id, motion_id, body=ACCOUNTS_BODY, on=stamp.effective_on)
    register = books.get(ShareRegister, share_register_id(entity_id, share_class))
    qty = sum(register.holders_on(held_on, register.version).values())
    require_quantity(qty)
    _require_under_cap(
        books.get(LegalEntity, entity_id), stamp, qty * per_share_c, register.contributed_on(held_on)
    )
    distributions = distributions_of(books, stamp, entity_id)
    voted_id = dividend_id(entity_id, distributions.votes + 1)
    distributions.vote_dividend(
        stamp,
        share_class=share_class,
        qty=qty,
        per_share_c=per_share_c,
        decision_ref=decision_ref,
        valid_days=days_of_test(books, entity_id, stamp.effective_on),
        motion_id=motion_id,
        dividend_id=voted_id,
    )
    books.record(
        Dividend.begin(
            stamp,
            id=voted_id,
            entity_id=entity_id,
            share_class=share_class,
            held_on=held_on,
            register_version=register.version,
            qty=qty,
            per_share_c=per_share_c,
            amount_c=qty * per_share_c,
            decision_ref=decision_ref,
            motion_id=motion_id,
        )
    )


def share_out_dividend(books: Books, stamp: Stamp, *, dividend_id: UUID) -> None:
    """Name the next 500 holders of a dividend that is owed, and fix what each is due and the tax on it.

    The rate is that of the day on which the first are named. Asked again, the holders after them are
    named, until every share is; then it is refused.
    """
    dividend = books.get(Dividend, dividend_id)
    rate_bp = dividend.make_payable(stamp, withholding_bp=_withholding_bp(books, dividend, stamp))
    register = books.get(ShareRegister, share_register_id(dividend.entity_id, dividend.share_class))
    held = tuple(register.holders_on(dividend.held_on, dividend.register_version).items())
    named = held[dividend.holders : dividend.holders + HOLDERS_AT_ONCE]
    due = [
        _determine(books, stamp, dividend, account_id, qty, withholding_bp=rate_bp)
        for account_id, qty in named
    ]
    dividend.enter_holders(
        stamp,
        holders=len(named),
        qty=sum(qty for _, qty in named),
        gross_c=sum(gross_c for gross_c, _ in due),
        withheld_c=sum(withheld_c for _, withheld_c in due),
    )


def _withholding_bp(books: Books, dividend: Dividend, stamp: Stamp) -> int:
    entity = books.get(LegalEntity, dividend.entity_id)
    return int(entity.parameter(DIVIDEND_WITHHOLDING_BP, stamp.effective_on))


def _determine(
    books: Books, stamp: Stamp, dividend: Dividend, account_id: UUID, qty: int, *, withholding_bp: int
) -> tuple[int, int]:
    """Record what one holder is due; return it before tax, and the tax, rounded once for the holder."""
    account = books.get(ShareAccount, account_id)
    gross_c = qty * dividend.per_share_c
    withheld_c = share(gross_c, withholding_bp)
    books.record(
        DividendDue.begin(
            stamp,
            id=dividend_due_id(dividend.id, account_id),
            entity_id=dividend.entity_id,
            membership_id=account.membership_id,
            booked_on=booking_date(books, dividend.entity_id, stamp.effective_on),
            dividend_id=dividend.id,
            account_id=account_id,
            person_id=account.person_id,
            share_class=dividend.share_class,
            qty=qty,
            per_share_c=dividend.per_share_c,
            gross_c=gross_c,
            withholding_bp=withholding_bp,
            withheld_c=withheld_c,
            net_c=gross_c - withheld_c,
        )
    )
    return gross_c, withheld_c


def _require_under_cap(entity: LegalEntity, stamp: Stamp, amount_c: int, contributed_c: int) -> None:
    """Refuse more than the cap on what was contributed for a share, where a regime sets one.

    Only the NRC-CNC approval and that as a social enterprise do (Royal Decree of 8 January 1962).
    """
    on = stamp.effective_on
    if entity.parameter(COOPERATIVE_REGIMES, on) == NOT_APPROVED:
        return
    cap_bp = int(entity.parameter(DIVIDEND_CAP_BP, on))
    kept_bp = BASIS_POINTS - int(entity.parameter(DIVIDEND_WITHHOLDING_BP, on))
    net_c = Fraction(amount_c * kept_bp, BASIS_POINTS)
    most_c = Fraction(contributed_c * cap_bp, BASIS_POINTS)
    if net_c > most_c:
        raise OverDividendCap(amount_c=amount_c, cap_bp=cap_bp)
