"""Deficits: what an activity lacks at its end is owed by who ran it, and paid, set off, covered or given up."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from domain.aggregates.activity import Activity
from domain.aggregates.bank_line import BankLine
from domain.aggregates.deficit import Deficit
from domain.aggregates.fund_aid import AidOutcome, FundAid
from domain.aggregates.legal_entity import LegalEntity
from domain.aggregates.membership import Membership
from domain.aggregates.payroll import Payroll
from domain.aggregates.withdrawal_share import WithdrawalShare
from domain.errors import (
    DecisionUnclear,
    DeficitOfAnother,
    EmptyText,
    ExceedsDeficit,
    NotOfTheActivity,
    OtherEntity,
)
from domain.facts import Stamp
from domain.ledger.aid import pay_from_fund
from domain.ledger.books import Books
from domain.ledger.periods import booking_date
from domain.ledger.presets import WAGE_SET_OFF_BP
from domain.ledger.withdrawals import days_of_test, distributions_of


def recognise_deficit(
    books: Books,
    stamp: Stamp,
    *,
    deficit_id: UUID,
    activity_id: UUID,
    membership_id: UUID,
    decision_ref: str,
    amount_c: int | None = None,
) -> None:
    """Let a member who ran a closing activity owe what it lacks, or that much of it.

    It lacks what it has collected less than nothing, and what it has promised beyond that. Raises
    ActivityNotClosing, NotOfTheActivity, ExceedsDeficit.
    """
    activity = books.get(Activity, activity_id)
    activity.require_ending()
    if membership_id not in activity.membership_ids:
        raise NotOfTheActivity(membership_id=membership_id, activity_id=activity_id)
    if not decision_ref.strip():
        raise EmptyText(field="decision_ref")
    lacking_c = max(-activity.available_c(0), 0)
    asked_c = lacking_c if amount_c is None else amount_c
    if not 0 < asked_c <= lacking_c:
        raise ExceedsDeficit(lacking_c=lacking_c, amount_c=asked_c)
    books.record(
        Deficit.begin(
            stamp,
            id=deficit_id,
            entity_id=activity.entity_id,
            activity_id=activity_id,
            membership_id=membership_id,
            booked_on=booking_date(books, activity.entity_id, stamp.effective_on),
            person_id=books.get(Membership, membership_id).person_id,
            amount_c=asked_c,
            decision_ref=decision_ref,
        )
    )
    activity.adjust(stamp, document_id=deficit_id, amount_c=asked_c)


def record_consent(
    books: Books, stamp: Stamp, *, deficit_id: UUID, amount_c: int, evidence_sha256: str
) -> None:
    """Record that the person agreed, by a document, to a set-off against the withdrawal share."""
    books.get(Deficit, deficit_id).consent(stamp, amount_c=amount_c, evidence_sha256=evidence_sha256)


def repay_deficit(books: Books, stamp: Stamp, *, bank_line_id: UUID, deficit_id: UUID, amount_c: int) -> None:
    """Set part of a receipt against a deficit."""
    deficit, booked_on = _allocated(books, stamp, bank_line_id, deficit_id, amount_c)
    deficit.repay(stamp, booked_on=booked_on, amount_c=amount_c, line_id=bank_line_id)


def set_off_share(
    books: Books, stamp: Stamp, *, deficit_id: UUID, withdrawal_id: UUID, amount_c: int
) -> None:
    """Pay part of a deficit out of the same person's withdrawal share, as far as they agreed.

    It is a distribution like a payment: in its turn of the queue, and within both tests.
    """
    deficit, withdrawal = books.get(Deficit, deficit_id), books.get(WithdrawalShare, withdrawal_id)
    holder = books.get(Membership, withdrawal.membership_id)
    _require_same(deficit, holder.entity_id, holder.person_id)
    booked_on = booking_date(books, deficit.entity_id, stamp.effective_on)
    deficit.set_off_share(stamp, booked_on=booked_on, amount_c=amount_c, withdrawal_id=withdrawal_id)
    withdrawal.set_off(stamp, deficit_id=deficit_id, amount_c=amount_c)
    distributions_of(books, stamp, deficit.entity_id).pay(
        stamp,
        withdrawal_id=withdrawal_id,
        order_id=deficit_id,
        amount_c=amount_c,
        valid_days=days_of_test(books, deficit.entity_id, stamp.effective_on),
    )


def set_off_wage(books: Books, stamp: Stamp, *, deficit_id: UUID, payroll_id: UUID, amount_c: int) -> None:
    """Withhold part of a deficit from a posted wage of the same person, within the statutory limit."""
    deficit, payroll = books.get(Deficit, deficit_id), books.get(Payroll, payroll_id)
    _require_same(deficit, payroll.entity_id, payroll.person_id)
    limit_bp = int(books.get(LegalEntity, deficit.entity_id).parameter(WAGE_SET_OFF_BP, stamp.effective_on))
    payroll.set_off(stamp, deficit_id=deficit_id, amount_c=amount_c, limit_bp=limit_bp)
    booked_on = booking_date(books, deficit.entity_id, stamp.effective_on)
    deficit.set_off_wage(
        stamp, booked_on=booked_on, amount_c=amount_c, payroll_id=payroll_id, limit_bp=limit_bp
    )


def cover_deficit(books: Books, stamp: Stamp, *, deficit_id: UUID, aid_id: UUID) -> None:
    """Let a grant that a fund decided for the activity pay a deficit of it, as a second person; no bank takes part."""
    deficit, aid = books.get(Deficit, deficit_id), books.get(FundAid, aid_id)
    if aid.activity_id != deficit.activity_id:
        raise NotOfTheActivity(aid_id=aid_id, activity_id=deficit.activity_id)
    if aid.outcome is AidOutcome.LENT:
        raise DecisionUnclear(outcome=aid.outcome, amount_c=aid.amount_c)
    pay_from_fund(books, stamp, aid)
    booked_on = booking_date(books, deficit.entity_id, stamp.effective_on)
    deficit.cover(stamp, booked_on=booked_on, amount_c=aid.amount_c, aid_id=aid_id)


def write_deficit_off(books: Books, stamp: Stamp, *, deficit_id: UUID, decision_ref: str) -> None:
    """Expect the rest of a deficit no longer, as a second person; the cooperative bears it."""
    deficit = books.get(Deficit, deficit_id)
    booked_on = booking_date(books, deficit.entity_id, stamp.effective_on)
    deficit.write_off(stamp, booked_on=booked_on, decision_ref=decision_ref)


def undo_write_off(books: Books, stamp: Stamp, *, deficit_id: UUID, decision_ref: str) -> None:
    """Let what was written off of a deficit by mistake, and has not come since, be owed again, as a second person.

    Raises ExceedsDeficitWrittenOff, SecondPersonNeeded, EmptyText.
    """
    deficit = books.get(Deficit, deficit_id)
    booked_on = booking_date(books, deficit.entity_id, stamp.effective_on)
    deficit.reverse_write_off(stamp, booked_on=booked_on, decision_ref=decision_ref)


def recover_deficit(
    books: Books, stamp: Stamp, *, bank_line_id: UUID, deficit_id: UUID, amount_c: int
) -> None:
    """Set part of a receipt against what was written off of a deficit: the cooperative, which bore it, has it back.

    Raises ExceedsDeficitWrittenOff, ExceedsLine, OtherEntity.
    """
    deficit, booked_on = _allocated(books, stamp, bank_line_id, deficit_id, amount_c)
    deficit.recover(stamp, booked_on=booked_on, amount_c=amount_c, line_id=bank_line_id)


def _allocated(
    books: Books, stamp: Stamp, bank_line_id: UUID, deficit_id: UUID, amount_c: int
) -> tuple[Deficit, date]:
    """Set part of a receipt against a deficit; return it, and the day on which that is booked."""
    line, deficit = books.get(BankLine, bank_line_id), books.get(Deficit, deficit_id)
    if line.entity_id != deficit.entity_id:
        raise OtherEntity(bank_line_id=bank_line_id, deficit_id=deficit_id)
    line.allocate_to(BankLine.AllocatedToDeficit, stamp, document_id=deficit_id, amount_c=amount_c)
    return deficit, booking_date(books, deficit.entity_id, stamp.effective_on)


def _require_same(deficit: Deficit, entity_id: UUID, person_id: UUID) -> None:
    if entity_id != deficit.entity_id:
        raise OtherEntity(deficit_id=deficit.id, entity_id=entity_id)
    if person_id != deficit.person_id:
        raise DeficitOfAnother(deficit_id=deficit.id)
