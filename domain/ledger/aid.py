"""Aid of a mutual fund: ask for it, decide it by a motion or a committee, pay it as a second person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from domain.aggregates.activity import Activity
from domain.aggregates.advance_box import AdvanceBox
from domain.aggregates.fund_aid import AidOutcome, FundAid
from domain.aggregates.membership import Membership
from domain.aggregates.motion import Motion, MotionState
from domain.aggregates.mutual_fund import MutualFund
from domain.aggregates.poll import Poll
from domain.aggregates.rule_set import RuleSet
from domain.aggregates.voting_right import VotingRight
from domain.errors import (
    DeciderUnnamed,
    MotionDecidesOtherwise,
    MotionNeeded,
    MustAbstain,
    NotOfTheActivity,
    OtherEntity,
)
from domain.facts import Stamp
from domain.funding import FundUse
from domain.governance.provisions import Conflicts
from domain.governance.rules import Choice
from domain.instalments import Instalment
from domain.ledger.books import Books
from domain.ledger.governance import box_id, voting_right_id
from domain.ledger.payments import order_aid_payment
from domain.ledger.periods import booking_date

_USE: Mapping[AidOutcome, FundUse] = {AidOutcome.GRANTED: FundUse.GRANT, AidOutcome.LENT: FundUse.ADVANCE}


def interested_in(books: Books, activity_id: UUID) -> frozenset[str]:
    """Return who runs an activity, as a request may name them: by membership and by person."""
    members = books.get(Activity, activity_id).membership_ids
    persons = (books.get(Membership, id_).person_id for id_ in members)
    return frozenset(map(str, (*members, *persons)))


def request_aid(
    books: Books,
    stamp: Stamp,
    *,
    aid_id: UUID,
    fund_id: UUID,
    activity_id: UUID,
    member_id: UUID,
    amount_c: int,
    purpose: str,
) -> None:
    """Let a member who runs an activity ask a fund of its entity for an amount."""
    fund, activity = books.get(MutualFund, fund_id), books.get(Activity, activity_id)
    if activity.entity_id != fund.entity_id:
        raise OtherEntity(fund_id=fund_id, activity_id=activity_id)
    if member_id not in activity.membership_ids:
        raise NotOfTheActivity(member_id=member_id, activity_id=activity_id)
    books.record(
        FundAid.request(
            stamp,
            id=aid_id,
            entity_id=fund.entity_id,
            fund_id=fund_id,
            activity_id=activity_id,
            member_id=member_id,
            person_id=books.get(Membership, member_id).person_id,
            amount_c=amount_c,
            purpose=purpose,
        )
    )


def decide_aid(
    books: Books,
    stamp: Stamp,
    *,
    aid_id: UUID,
    outcome: AidOutcome,
    decision_ref: str,
    amount_c: int = 0,
    schedule: Sequence[Instalment] = (),
    decided_by: Sequence[UUID] = (),
    motion_id: UUID | None = None,
) -> None:
    """Grant, lend or refuse what was asked for; the fund sets aside what it promises.

    It is decided by a motion that was voted, or by the committee members in `decided_by`
    (memberships); nobody who runs the activity takes part.
    """
    aid = books.get(FundAid, aid_id)
    if (motion_id is None) is not bool(decided_by):
        raise DeciderUnnamed(aid_id=aid_id)
    if motion_id is not None:
        _require_motion(books, aid, motion_id, outcome)
    elif outcome is not AidOutcome.REFUSED:
        _require_within_the_committee(books, aid, amount_c, stamp.effective_on)
    _require_committee(books, aid, decided_by)
    aid.decide(
        stamp,
        interested=interested_in(books, aid.activity_id),
        outcome=outcome,
        amount_c=amount_c,
        schedule=tuple(schedule),
        decision_ref=decision_ref,
        motion_id=motion_id,
        decided_by=tuple(decided_by),
    )
    if outcome is not AidOutcome.REFUSED:
        fund = books.get(MutualFund, aid.fund_id)
        fund.reserve(stamp, use=_USE[outcome], document_id=aid_id, amount_c=amount_c)


def give_up_aid(books: Books, stamp: Stamp, *, aid_id: UUID, reason: str) -> None:
    """Let aid be that was not paid; the fund sets nothing aside for it any more."""
    aid = books.get(FundAid, aid_id)
    decided_c = aid.give_up(stamp, reason=reason)
    if decided_c and aid.outcome is not None:
        fund = books.get(MutualFund, aid.fund_id)
        fund.release(stamp, use=_USE[aid.outcome], document_id=aid_id, amount_c=decided_c)


def pay_aid(books: Books, stamp: Stamp, *, aid_id: UUID, payee_iban: str) -> None:
    """Pay decided aid as a second person, and order its payment to the member who asked.

    An advance is set aside on the activity until it came back: it is owed, and not yet a cost.
    """
    aid = books.get(FundAid, aid_id)
    use = pay_from_fund(books, stamp, aid)
    if use is FundUse.ADVANCE:
        books.get(Activity, aid.activity_id).owe(stamp, document_id=aid_id, amount_c=aid.amount_c)
    order_aid_payment(books, stamp, aid=aid, payee_iban=payee_iban)


def pay_from_fund(books: Books, stamp: Stamp, aid: FundAid) -> FundUse:
    """Pay decided aid out of its fund as a second person; return what it was used for."""
    fund = books.get(MutualFund, aid.fund_id)
    aid.pay(
        stamp,
        interested=interested_in(books, aid.activity_id),
        booked_on=booking_date(books, aid.entity_id, stamp.effective_on),
        ledger_policy=fund.ledger_policy,
    )
    use = FundUse.ADVANCE if aid.outcome is AidOutcome.LENT else FundUse.GRANT
    fund.pay_out(stamp, use=use, document_id=aid.id, amount_c=aid.amount_c, released_c=aid.amount_c)
    return use


def _require_within_the_committee(books: Books, aid: FundAid, amount_c: int, on: date) -> None:
    """Refuse a committee what the charter of the fund leaves to the members; raises MotionNeeded."""
    members_from_c = books.get(MutualFund, aid.fund_id).terms_on(on).members_from_c
    if members_from_c is not None and amount_c >= members_from_c:
        raise MotionNeeded(amount_c=amount_c, members_from_c=members_from_c)


def _require_committee(books: Books, aid: FundAid, decided_by: Sequence[UUID]) -> None:
    """Refuse a committee member who runs the activity, or is no effective member of the entity."""
    run_by = books.get(Activity, aid.activity_id).membership_ids
    for id_ in decided_by:
        membership = books.get(Membership, id_)
        if membership.entity_id != aid.entity_id:
            raise OtherEntity(membership_id=id_, aid_id=aid.id)
        membership.require_effective()
        if id_ in run_by:
            raise MustAbstain(membership_id=id_)


def _require_motion(books: Books, aid: FundAid, motion_id: UUID, outcome: AidOutcome) -> None:
    """Refuse a motion that does not say so, or on which someone who runs the activity voted yes or no."""
    motion = books.get(Motion, motion_id)
    if motion.entity_id != aid.entity_id:
        raise OtherEntity(motion_id=motion_id, aid_id=aid.id)
    refused = outcome is AidOutcome.REFUSED
    if motion.poll_id is None or motion.state is not (
        MotionState.REJECTED if refused else MotionState.ADOPTED
    ):
        raise MotionDecidesOtherwise(state=motion.state, outcome=outcome)
    poll = books.get(Poll, motion.poll_id)
    box = books.find(AdvanceBox, box_id(poll.assembly_id, motion_id)) if poll.assembly_id else None
    early = box.standing(motion.text_sha256) if box else frozenset()
    for id_ in books.get(Activity, aid.activity_id).membership_ids:
        right = books.find(VotingRight, voting_right_id(motion.poll_id, id_))
        said = right.choice in (Choice.YES, Choice.NO) if right is not None else id_ in early
        if said and not _counts_nowhere(books, poll, motion, id_):
            raise MustAbstain(membership_id=id_)


def _counts_nowhere(books: Books, poll: Poll, motion: Motion, member_id: UUID) -> bool:
    """Tell whether the vote of a member was left out because they declared a conflict."""
    noted = books.get(RuleSet, poll.rule_set_id).provisions.conflicts is Conflicts.NOTED
    return member_id in motion.conflicted and not noted
