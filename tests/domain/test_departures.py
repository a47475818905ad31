"""Memberships end by notice, law or death, begin anew, and two of one person are counted once."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from domain.aggregates.member_register import MemberRegister
from domain.aggregates.membership import DeemedCause, Membership, Standing
from domain.aggregates.share_account import ShareAccount
from domain.aggregates.withdrawal_share import WithdrawalShare
from domain.errors import (
    AlreadyAMember,
    AlreadyResigned,
    EmptyText,
    MergedAway,
    NotAMember,
    NotAnApplicant,
    NotMerged,
    NotTheSamePerson,
    OtherEntity,
    TooFewMembersLeft,
    VoteGoesOn,
)
from domain.governance.rules import Choice, Comparator, Denominator, Majority, Quorum
from domain.ledger.entities import entity_id_of, register_id, set_parameter
from domain.ledger.governance import (
    adopt_rule_set,
    cast_vote,
    close_poll,
    count_poll,
    freeze_roll,
    open_poll,
    table_motion,
)
from domain.ledger.members import (
    admit_member,
    apply_for_membership,
    deem_resigned,
    let_resignation_take_effect,
    membership_id,
    record_death,
    refuse_applicant,
    resign,
)
from domain.ledger.merging import merge_memberships, undo_merge
from domain.ledger.presets import MEMBERS_AT_LEAST
from domain.ledger.shares import allot_shares, subscribe_shares, transfer_shares
from tests.cooperative import ENTITY, FOUNDED, MEMBER, OTHER_MEMBER, PERSON, found_entity, join
from tests.domain.departing import (
    ACCOUNT_A,
    JULY,
    JUNE,
    MARCH,
    MEMBERS,
    OTHER_ACCOUNT_A,
    approves_accounts,
    cooperative,
    takes,
)
from tests.paper import PaperLedger

PARTICULARS: dict[str, Any] = {"category": "entrepreneur", "name": "Somebody", "address": "", "email": ""}
NEWCOMER = UUID(int=130)
MOTION, ROLL, POLL = (UUID(int=n) for n in range(960, 963))


@pytest.fixture
def ledger() -> PaperLedger:
    """Five members, of whom the first holds ten shares and the second four."""
    ledger = cooperative()
    takes(ledger, 0, 10)
    takes(ledger, 1, 4)
    return ledger


def applies(ledger: PaperLedger, person_id: UUID, *, on: date = MARCH) -> UUID:
    (applied,) = ledger.perform(
        apply_for_membership, on=on, entity_id=ENTITY, person_id=person_id, **PARTICULARS
    )
    found: UUID = applied.originator_id
    return found


def leaves(ledger: PaperLedger, member: UUID) -> list[Any]:
    ledger.perform(resign, on=MARCH, membership_id=member, received_on=MARCH)
    return ledger.perform(let_resignation_take_effect, on=JULY, membership_id=member)


def numbers(ledger: PaperLedger) -> dict[UUID, int]:
    return dict(ledger.get(MemberRegister, register_id(ENTITY)).members)


# Refused, and anew


def test_an_applicant_is_refused_with_a_reason_and_may_apply_again(ledger: PaperLedger) -> None:
    first = applies(ledger, NEWCOMER)
    refused: dict[str, Any] = {"membership_id": first, "decision_ref": "board 3"}
    with pytest.raises(EmptyText):
        ledger.perform(refuse_applicant, reason=" ", **refused)
    ledger.perform(refuse_applicant, reason="No activity yet", **refused)
    with pytest.raises(NotAnApplicant):
        ledger.perform(refuse_applicant, reason="Again", **refused)
    with pytest.raises(NotAnApplicant):
        ledger.perform(admit_member, **refused)
    with pytest.raises(NotAMember):
        ledger.perform(subscribe_shares, membership_id=first, share_class="A", qty=1, price_c=250_00)
    second = applies(ledger, NEWCOMER)
    assert second == membership_id(ENTITY, NEWCOMER, 2) != first


def test_a_former_member_joins_again_under_a_new_number_with_new_shares(ledger: PaperLedger) -> None:
    leaves(ledger, MEMBER)
    again = applies(ledger, PERSON, on=JULY)
    with pytest.raises(AlreadyAMember):
        applies(ledger, PERSON, on=JULY)
    ledger.perform(admit_member, on=JULY, membership_id=again, decision_ref="board 9")
    assert numbers(ledger)[again] == 6
    ledger.perform(subscribe_shares, on=JULY, membership_id=again, share_class="A", qty=1, price_c=250_00)
    assert ledger.get(Membership, again).share_accounts != ledger.get(Membership, MEMBER).share_accounts
    ledger.perform(resign, on=JULY, membership_id=again, received_on=JULY)
    ledger.perform(let_resignation_take_effect, on=date(2027, 6, 30), membership_id=again)
    assert applies(ledger, PERSON, on=date(2027, 7, 1)) == membership_id(ENTITY, PERSON, 3)


# The guards


def test_a_founder_is_free_to_go_from_the_third_financial_year_on(ledger: PaperLedger) -> None:
    founder = applies(ledger, NEWCOMER, on=FOUNDED)
    ledger.perform(admit_member, on=FOUNDED, membership_id=founder, decision_ref="deed of 2025", founder=True)
    early = ledger.copy()
    (notified,) = early.perform(resign, membership_id=founder, received_on=MARCH)
    assert notified.effect_on == date(2027, 6, 30)
    (notified,) = ledger.perform(resign, membership_id=founder, received_on=date(2027, 9, 1))
    assert notified.effect_on == date(2028, 6, 30)


def test_a_resignation_waits_while_it_would_leave_fewer_than_three_members(ledger: PaperLedger) -> None:
    for member in MEMBERS[:2]:
        leaves(ledger, member)
    with pytest.raises(TooFewMembersLeft):
        leaves(ledger, MEMBERS[2])
    join(ledger.perform, NEWCOMER)
    ledger.perform(let_resignation_take_effect, on=JULY, membership_id=MEMBERS[2])
    assert len(numbers(ledger)) == 3


def test_the_least_number_of_members_is_a_parameter(ledger: PaperLedger) -> None:
    says: dict[str, Any] = {"value": "5", "valid_from": FOUNDED, "source_ref": "statutes art. 4"}
    ledger.perform(set_parameter, on=FOUNDED, entity_id=ENTITY, name=MEMBERS_AT_LEAST, **says)
    with pytest.raises(TooFewMembersLeft):
        leaves(ledger, MEMBER)


# By law, by death


@pytest.mark.parametrize("cause", list(DeemedCause))
def test_the_law_ends_a_membership_and_its_shares_at_once_whoever_is_left(
    ledger: PaperLedger, cause: DeemedCause
) -> None:
    for member in MEMBERS[3:]:
        leaves(ledger, member)
    recorded = ledger.perform(
        deem_resigned, on=JUNE, membership_id=MEMBER, cause=cause, evidence_ref="judgment 1"
    )
    (ended,) = [each for each in recorded if isinstance(each, ShareAccount.Cancelled)]
    assert (ended.qty, ended.reason, ended.effective_on) == (10, cause.value, JUNE)
    assert len(numbers(ledger)) == 2
    for again in (MEMBER, MEMBERS[4]):
        with pytest.raises(NotAMember):
            ledger.perform(record_death, on=JULY, membership_id=again, evidence_ref="certificate 1")


def test_whoever_gave_notice_may_still_die_a_member(ledger: PaperLedger) -> None:
    ledger.perform(resign, on=MARCH, membership_id=MEMBER, received_on=MARCH)
    ledger.perform(record_death, on=date(2026, 4, 1), membership_id=MEMBER, evidence_ref="certificate 1")
    assert ledger.get(Membership, MEMBER).standing is Standing.FORMER
    with pytest.raises(NotAMember):
        ledger.perform(let_resignation_take_effect, on=JULY, membership_id=MEMBER)


# Merged


def merges(ledger: PaperLedger, member: UUID = OTHER_MEMBER, into: UUID = MEMBER) -> list[Any]:
    return ledger.perform(merge_memberships, membership_id=member, into_id=into, reason="The same person")


def test_a_merged_membership_is_counted_once_and_back_under_its_old_number_when_undone(
    ledger: PaperLedger,
) -> None:
    merges(ledger)
    assert sorted(numbers(ledger).values()) == [1, 3, 4, 5]
    assert ledger.get(Membership, OTHER_MEMBER).merged_into == MEMBER
    ledger.perform(undo_merge, membership_id=OTHER_MEMBER, reason="A namesake")
    assert numbers(ledger)[OTHER_MEMBER] == 2
    with pytest.raises(NotMerged):
        ledger.perform(undo_merge, membership_id=OTHER_MEMBER, reason="Again")


def test_a_merged_membership_does_nothing_itself(ledger: PaperLedger) -> None:
    takes(ledger, 1, 1)
    merges(ledger)
    for use_case, says in (
        (resign, {"received_on": MARCH}),
        (record_death, {"evidence_ref": "certificate"}),
        (subscribe_shares, {"share_class": "A", "qty": 1, "price_c": 250_00}),
    ):
        with pytest.raises(MergedAway):
            ledger.perform(use_case, membership_id=OTHER_MEMBER, **says)


def test_the_shares_of_both_go_with_the_one_that_stands_for_both(ledger: PaperLedger) -> None:
    approves_accounts(ledger)
    merges(ledger)
    ledger.perform(
        transfer_shares,
        on=MARCH,
        transfer_id=UUID(int=1),
        from_account_id=OTHER_ACCOUNT_A,
        to_membership_id=MEMBERS[2],
        qty=1,
        decision_ref="board 5",
    )
    recorded = leaves(ledger, MEMBER)
    worth = {each.account_id: each for each in recorded if isinstance(each, WithdrawalShare.Determined)}
    assert {account: each.amount_c for account, each in worth.items()} == {
        ACCOUNT_A: 2_400_00,
        OTHER_ACCOUNT_A: 720_00,
    }
    assert {each.membership_id for each in worth.values()} == {MEMBER}
    with pytest.raises(NotAMember):
        ledger.perform(undo_merge, membership_id=OTHER_MEMBER, reason="Too late")


def test_memberships_are_merged_within_an_entity_into_another_and_without_chains(
    ledger: PaperLedger,
) -> None:
    other = entity_id_of("OTHER")
    found_entity(ledger.perform, code="OTHER")
    join(ledger.perform, PERSON, entity_id=other)
    with pytest.raises(OtherEntity):
        merges(ledger, membership_id(other, PERSON))
    with pytest.raises(NotTheSamePerson):
        merges(ledger, MEMBER, MEMBER)
    merges(ledger)
    with pytest.raises(NotTheSamePerson):
        merges(ledger, MEMBER, MEMBERS[2])
    with pytest.raises(MergedAway):
        merges(ledger, MEMBERS[2], OTHER_MEMBER)
    with pytest.raises(MergedAway):
        merges(ledger, OTHER_MEMBER, MEMBERS[2])


def polls(ledger: PaperLedger) -> None:
    """A motion is put to the vote of all five."""
    half = Majority(1, 2, Comparator.MORE_THAN, Denominator.EXPRESSED)
    ledger.perform(
        adopt_rule_set,
        entity_id=ENTITY,
        name="ordinary",
        version=1,
        valid_from=FOUNDED,
        quorum=Quorum(0, 1),
        majority=half,
        source_ref="statutes",
    )
    ledger.perform(freeze_roll, roll_id=ROLL, entity_id=ENTITY)
    ledger.perform(table_motion, motion_id=MOTION, entity_id=ENTITY, title="A van", text="Buy one.")


def opens(ledger: PaperLedger) -> None:
    rule: dict[str, Any] = {"rule_name": "ordinary", "rule_version": 1}
    ledger.perform(open_poll, poll_id=POLL, motion_id=MOTION, roll_id=ROLL, **rule)


def test_nobody_is_merged_while_both_hold_votes_on_a_roll_in_use(ledger: PaperLedger) -> None:
    polls(ledger)
    opens(ledger)
    with pytest.raises(VoteGoesOn):
        merges(ledger)
    join(ledger.perform, NEWCOMER)
    merges(ledger.copy(), membership_id(ENTITY, NEWCOMER))
    ledger.perform(close_poll, poll_id=POLL)
    with pytest.raises(VoteGoesOn):
        merges(ledger)
    ledger.perform(count_poll, poll_id=POLL, ballots=[])
    merges(ledger)


def test_a_roll_frozen_before_the_merging_gives_one_person_one_vote(ledger: PaperLedger) -> None:
    polls(ledger)
    merges(ledger)
    opens(ledger)
    ledger.perform(cast_vote, poll_id=POLL, member_id=MEMBER, choice=Choice.YES)
    with pytest.raises(MergedAway):
        ledger.perform(cast_vote, poll_id=POLL, member_id=OTHER_MEMBER, choice=Choice.YES)


def test_whoever_left_is_allotted_nothing_more(ledger: PaperLedger) -> None:
    leaves(ledger, MEMBER)
    with pytest.raises(NotAMember):
        ledger.perform(allot_shares, on=JULY, account_id=ACCOUNT_A, qty=1)
    with pytest.raises(AlreadyResigned):
        ledger.perform(
            subscribe_shares, on=JULY, membership_id=MEMBER, share_class="A", qty=1, price_c=250_00
        )
