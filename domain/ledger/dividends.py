"""Dividends: within both tests, after all withdrawal shares, and under the cap of approved regimes."""

from __future__ import annotations

from fractions import Fraction
from uuid import UUID

from domain.aggregates.legal_entity import LegalEntity
from domain.aggregates.share_register import ShareRegister
from domain.errors import EmptyText, OverDividendCap
from domain.facts import Stamp
from domain.ledger.books import Books
from domain.ledger.carrying import require_carried
from domain.ledger.presets import ACCOUNTS_BODY, COOPERATIVE_REGIMES, DIVIDEND_CAP_BP, DIVIDEND_WITHHOLDING_BP
from domain.ledger.shares import share_register_id
from domain.ledger.withdrawals import days_of_test, distributions_of
from domain.money import BASIS_POINTS, require_positive

NOT_APPROVED = "none"


def vote_dividend(
    books: Books,
    stamp: Stamp,
    *,
    entity_id: UUID,
    share_class: str,
    per_share_c: int,
    decision_ref: str,
    motion_id: UUID | None = None,
) -> None:
    """Record that the assembly gives each share of a class so much, in cents before tax is withheld.

    It is booked when the result is appropriated; here it is decided that it may be.
    """
    require_positive(per_share_c)
    if not decision_ref.strip():
        raise EmptyText(field="decision_ref")
    require_carried(books, entity_id, motion_id, body=ACCOUNTS_BODY, on=stamp.effective_on)
    register = books.get(ShareRegister, share_register_id(entity_id, share_class))
    _require_under_cap(books.get(LegalEntity, entity_id), stamp, register, per_share_c)
    distributions_of(books, stamp, entity_id).vote_dividend(
        stamp,
        share_class=share_class,
        qty=register.outstanding,
        per_share_c=per_share_c,
        decision_ref=decision_ref,
        valid_days=days_of_test(books, entity_id, stamp.effective_on),
        motion_id=motion_id,
    )


def _require_under_cap(entity: LegalEntity, stamp: Stamp, register: ShareRegister, per_share_c: int) -> None:
    """Refuse more than the cap on what was contributed for a share, where a regime sets one.

    Only the NRC-CNC approval and that as a social enterprise do (Royal Decree of 8 January 1962).
    """
    on = stamp.effective_on
    if entity.parameter(COOPERATIVE_REGIMES, on) == NOT_APPROVED:
        return
    cap_bp = int(entity.parameter(DIVIDEND_CAP_BP, on))
    kept_bp = BASIS_POINTS - int(entity.parameter(DIVIDEND_WITHHOLDING_BP, on))
    net_c = Fraction(register.outstanding * per_share_c * kept_bp, BASIS_POINTS)
    most_c = Fraction(register.contributed_c * cap_bp, BASIS_POINTS)
    if net_c > most_c:
        raise OverDividendCap(per_share_c=per_share_c, cap_bp=cap_bp)
