"""Advances of a mutual fund: paid back by the bank or set off, written off, recovered all the same."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple
from uuid import UUID

from domain.aggregates.activity import Activity
from domain.aggregates.bank_line import BankLine
from domain.aggregates.fund_aid import FundAid
from domain.aggregates.mutual_fund import MutualFund
from domain.errors import OtherEntity
from domain.facts import Stamp
from domain.funding import FundUse, LedgerPolicy
from domain.ledger.aid import interested_in
from domain.ledger.books import Books
from domain.ledger.periods import booking_date


class _How(NamedTuple):
    """How what comes back is booked."""

    booked_on: date
    ledger_policy: LedgerPolicy


def repay_advance(
    books: Books,
    stamp: Stamp,
    *,
    aid_id: UUID,
    bank_line_id: UUID,
    amount_c: int,
    despite_reference: bool = False,
) -> None:
    """Set part of a receipt against an advance; the activity owes that much less."""
    aid = books.get(FundAid, aid_id)
    how = _from_the_bank(books, stamp, aid, bank_line_id, amount_c, despite_reference=despite_reference)
    aid.repay(stamp, **how._asdict(), amount_c=amount_c, line_id=bank_line_id)
    _take_back(books, stamp, aid, amount_c)
    books.get(Activity, aid.activity_id).release(stamp, document_id=aid_id, amount_c=amount_c)


def set_advance_off(books: Books, stamp: Stamp, *, aid_id: UUID, amount_c: int) -> None:
    """Let the activity bear part of an advance, out of what is set aside for it."""
    aid = books.get(FundAid, aid_id)
    aid.set_off(stamp, **_how(books, stamp, aid)._asdict(), amount_c=amount_c)
    _take_back(books, stamp, aid, amount_c)
    books.get(Activity, aid.activity_id).bear(stamp, document_id=aid_id, cost_c=amount_c, promised_c=amount_c)


def write_advance_off(books: Books, stamp: Stamp, *, aid_id: UUID, decision_ref: str) -> None:
    """Expect nothing more of an advance; the fund bears what was left, and the activity owes nothing."""
    aid = books.get(FundAid, aid_id)
    lost_c = aid.write_off(
        stamp,
        interested=interested_in(books, aid.activity_id),
        **_how(books, stamp, aid)._asdict(),
        decision_ref=decision_ref,
    )
    books.get(Activity, aid.activity_id).release(stamp, document_id=aid_id, amount_c=lost_c)


def recover_advance(
    books: Books,
    stamp: Stamp,
    *,
    aid_id: UUID,
    bank_line_id: UUID,
    amount_c: int,
    despite_reference: bool = False,
) -> None:
    """Set part of a receipt against an advance that had been written off."""
    aid = books.get(FundAid, aid_id)
    how = _from_the_bank(books, stamp, aid, bank_line_id, amount_c, despite_reference=despite_reference)
    aid.recover(stamp, **how._asdict(), amount_c=amount_c, line_id=bank_line_id)
    _take_back(books, stamp, aid, amount_c)


def _from_the_bank(
    books: Books, stamp: Stamp, aid: FundAid, line_id: UUID, amount_c: int, *, despite_reference: bool
) -> _How:
    line = books.get(BankLine, line_id)
    if line.entity_id != aid.entity_id:
        raise OtherEntity(bank_line_id=line_id, aid_id=aid.id)
    line.allocate_to(
        BankLine.AllocatedToFund,
        stamp,
        document_id=aid.id,
        amount_c=amount_c,
        unless_referenced=not despite_reference,
    )
    return _how(books, stamp, aid)


def _how(books: Books, stamp: Stamp, aid: FundAid) -> _How:
    booked_on = booking_date(books, aid.entity_id, stamp.effective_on)
    return _How(booked_on, books.get(MutualFund, aid.fund_id).ledger_policy)


def _take_back(books: Books, stamp: Stamp, aid: FundAid, amount_c: int) -> None:
    fund = books.get(MutualFund, aid.fund_id)
    fund.take_back(stamp, use=FundUse.ADVANCE, document_id=aid.id, amount_c=amount_c)
