"""What a fund gives to an activity: who may ask, decide and pay, and what the fund, the bank and the activity see."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from domain.aggregates.activity import Activity
from domain.aggregates.fund_aid import AidOutcome, FundAid
from domain.aggregates.mutual_fund import MutualFund
from domain.aggregates.payment_order import PaymentOrder, Pays
from domain.errors import (
    AboveCap,
    AlreadyExists,
    BelowFloor,
    DeciderUnnamed,
    EmptyText,
    MotionDecidesOtherwise,
    MustAbstain,
    NoOpenPeriod,
    NotAMember,
    NotOfTheActivity,
    OtherEntity,
    UnknownRecord,
)
from domain.funding import FundUse
from domain.governance.rules import Choice, Comparator, Denominator, Majority, Quorum
from domain.governance.tally import Ballot
from domain.ledger.activities import activity_id, open_activity
from domain.ledger.aid import give_up_aid
from domain.ledger.entities import entity_id_of
from domain.ledger.funds import amend_fund
from domain.ledger.governance import (
    adopt_rule_set,
    cast_vote,
    close_poll,
    count_poll,
    freeze_roll,
    open_poll,
    table_motion,
)
from domain.ledger.members import apply_for_membership, membership_id
from domain.ledger.payments import aid_order_id, clear_payment
from domain.payouts import PayoutRegime
from tests.aiding import (
    AID,
    LARGE_INVOICE,
    PAYEE_IBAN,
    SECOND_AID,
    ask,
    bank_line,
    fill_the_fund,
    grant,
    pay,
)
from tests.cooperative import (
    ACTIVITY,
    ENTITY,
    FUND,
    MEMBER,
    OTHER_MEMBER,
    PERSON,
    found,
    found_entity,
    join,
)
from tests.domain.spending import balances
from tests.paper import PaperLedger
from tests.scenario import TODAY, fact, says

MOTION, POLL, ROLL = UUID(int=302), UUID(int=303), UUID(int=301)
SISTER = entity_id_of("SISTER")


@pytest.fixture
def ledger() -> PaperLedger:
    """A fund with 10,000.00 accrued, 3,000.00 collected and a floor of 1,000.00."""
    paper = PaperLedger()
    found(paper.perform)
    fill_the_fund(paper.perform)
    return paper


def cash_c(ledger: PaperLedger) -> int:
    return ledger.get(MutualFund, FUND).cash_c


def booked(ledger: PaperLedger, *accounts: str) -> tuple[int, ...]:
    sums = balances(ledger.facts)
    return tuple(sums[account] for account in accounts)


def open_in_the_sister(ledger: PaperLedger) -> UUID:
    """An activity of another entity."""
    found_entity(ledger.perform, code="SISTER")
    join(ledger.perform, PERSON, entity_id=SISTER)
    ledger.perform(
        open_activity,
        entity_id=SISTER,
        code="S1",
        membership_ids=[membership_id(SISTER, PERSON)],
        payout_regime=PayoutRegime.EMPLOYEE,
    )
    return activity_id(SISTER, "S1")


def decided_by_vote(ledger: PaperLedger, choices: dict[UUID, Choice]) -> None:
    """A motion that was put to the vote of the members, and counted."""
    ledger.perform(
        adopt_rule_set,
        entity_id=ENTITY,
        name="ordinary",
        version=1,
        valid_from=TODAY,
        quorum=Quorum(1, 2),
        majority=Majority(1, 2, Comparator.MORE_THAN, Denominator.EXPRESSED),
        source_ref="statutes, art. 12",
    )
    ledger.perform(freeze_roll, roll_id=ROLL, entity_id=ENTITY)
    ledger.perform(table_motion, motion_id=MOTION, entity_id=ENTITY, title="A lathe", text="Help A1.")
    ledger.perform(
        open_poll, poll_id=POLL, motion_id=MOTION, roll_id=ROLL, rule_name="ordinary", rule_version=1
    )
    for member_id, choice in choices.items():
        ledger.perform(cast_vote, poll_id=POLL, member_id=member_id, choice=choice)
    ledger.perform(close_poll, poll_id=POLL)
    ballots = [Ballot(member_id, choice, 1) for member_id, choice in choices.items()]
    ledger.perform(count_poll, poll_id=POLL, ballots=ballots)


def test_sentence_5(ledger: PaperLedger) -> None:
    """A fund with 10,000.00 accrued, 3,000.00 collected and a floor of 1,000.00 pays a grant of 2,000.00
    and refuses 2,000.01 (on two copies of one history); after the grant a second one of 0.01 is refused.
    """
    accrued_c = sum(
        each.amount_c for each in ledger.facts if isinstance(each, MutualFund.ContributionCharged)
    )
    fund = ledger.get(MutualFund, FUND)
    assert (accrued_c, fund.collected_c, fund.terms_on(TODAY).floor_c) == (10_000_00, 3_000_00, 1_000_00)
    ask(ledger.perform, 2_000_01)
    other = ledger.copy()

    grant(ledger.perform, 2_000_00)
    pay(ledger.perform)
    with pytest.raises(BelowFloor):
        grant(other.perform, 2_000_01)

    assert cash_c(ledger) == 1_000_00
    ask(ledger.perform, 1, SECOND_AID)
    with pytest.raises(BelowFloor):
        grant(ledger.perform, 1, SECOND_AID)
    assert cash_c(other) == 3_000_00


def test_aid_goes_to_an_activity_of_the_fund_s_entity_and_a_member_who_runs_it_asks(
    ledger: PaperLedger,
) -> None:
    with pytest.raises(OtherEntity):
        ask(ledger.perform, 1, activity_id=open_in_the_sister(ledger))
    with pytest.raises(NotOfTheActivity):
        ask(ledger.perform, 1, member_id=OTHER_MEMBER)
    with pytest.raises(UnknownRecord):
        ask(ledger.perform, 1, fund_id=UUID(int=9))
    with pytest.raises(UnknownRecord):
        ask(ledger.perform, 1, activity_id=UUID(int=9))
    ask(ledger.perform, 1)
    with pytest.raises(AlreadyExists):
        ask(ledger.perform, 1)


def test_what_was_decided_is_set_aside_until_it_is_paid_or_given_up(ledger: PaperLedger) -> None:
    ask(ledger.perform, 2_000_00)
    grant(ledger.perform, 1_500_00)
    assert (cash_c(ledger), ledger.get(MutualFund, FUND).set_aside_c) == (3_000_00, 1_500_00)
    ask(ledger.perform, 500_01, SECOND_AID)
    with pytest.raises(BelowFloor):
        grant(ledger.perform, 500_01, SECOND_AID)
    other = ledger.copy()
    other.perform(give_up_aid, aid_id=AID, reason="not needed")
    grant(other.perform, 500_01, SECOND_AID)
    pay(ledger.perform)
    assert (cash_c(ledger), ledger.get(MutualFund, FUND).set_aside_c) == (1_500_00, 0)


def test_a_request_that_is_refused_or_given_up_sets_nothing_aside(ledger: PaperLedger) -> None:
    ask(ledger.perform, 2_000_00)
    other = ledger.copy()
    recorded: Any = grant(ledger.perform, 0, outcome=AidOutcome.REFUSED)
    assert [type(each) for each in recorded] == [FundAid.Decided]
    assert [type(each) for each in other.perform(give_up_aid, aid_id=AID, reason="no")] == [FundAid.GivenUp]


def test_a_committee_is_named_its_members_effective_and_none_of_them_runs_the_activity(
    ledger: PaperLedger,
) -> None:
    ask(ledger.perform, 1)
    with pytest.raises(DeciderUnnamed):
        grant(ledger.perform, 1, decided_by=[])
    with pytest.raises(DeciderUnnamed):
        grant(ledger.perform, 1, motion_id=MOTION)
    with pytest.raises(MustAbstain):
        grant(ledger.perform, 1, decided_by=[OTHER_MEMBER, MEMBER])
    open_in_the_sister(ledger)
    with pytest.raises(OtherEntity):
        grant(ledger.perform, 1, decided_by=[membership_id(SISTER, PERSON)])
    applicant = UUID(int=105)
    ledger.perform(
        apply_for_membership,
        entity_id=ENTITY,
        person_id=applicant,
        category="entrepreneur",
        name="Member 105",
        address="Rue Haute 1, 1000 Brussels",
        email="",
    )
    with pytest.raises(NotAMember):
        grant(ledger.perform, 1, decided_by=[membership_id(ENTITY, applicant)])


@pytest.mark.parametrize("benefits", [MEMBER, PERSON])
def test_whoever_acts_for_a_member_who_runs_the_activity_neither_decides_nor_pays(
    ledger: PaperLedger, benefits: UUID
) -> None:
    ask(ledger.perform, 1)
    with pytest.raises(MustAbstain):
        grant(ledger.perform, 1, on_behalf_of=str(benefits))
    grant(ledger.perform, 1)
    with pytest.raises(MustAbstain):
        pay(ledger.perform, on_behalf_of=str(benefits))


@pytest.mark.parametrize("own", [None, Choice.ABSTAIN, Choice.BLANK])
def test_an_adopted_motion_gives_aid_if_the_members_who_run_the_activity_abstained(
    ledger: PaperLedger, own: Choice | None
) -> None:
    votes = {OTHER_MEMBER: Choice.YES} | ({MEMBER: own} if own else {})
    decided_by_vote(ledger, votes)
    ask(ledger.perform, 1)
    with pytest.raises(MotionDecidesOtherwise):
        grant(ledger.perform, 0, outcome=AidOutcome.REFUSED, decided_by=[], motion_id=MOTION)
    grant(ledger.perform, 1, decided_by=[], motion_id=MOTION)


@pytest.mark.parametrize("own", [Choice.YES, Choice.NO])
def test_a_motion_on_which_a_member_who_benefits_voted_decides_no_aid(
    ledger: PaperLedger, own: Choice
) -> None:
    decided_by_vote(ledger, {OTHER_MEMBER: Choice.YES, MEMBER: own})
    ask(ledger.perform, 1)
    outcome = AidOutcome.GRANTED if own is Choice.YES else AidOutcome.REFUSED
    with pytest.raises(MustAbstain):
        grant(ledger.perform, int(own is Choice.YES), outcome=outcome, decided_by=[], motion_id=MOTION)


def test_a_rejected_motion_refuses_aid_and_one_that_was_not_voted_decides_nothing(
    ledger: PaperLedger,
) -> None:
    ask(ledger.perform, 1)
    other = ledger.copy()
    decided_by_vote(ledger, {OTHER_MEMBER: Choice.NO})
    with pytest.raises(MotionDecidesOtherwise):
        grant(ledger.perform, 1, decided_by=[], motion_id=MOTION)
    grant(ledger.perform, 0, outcome=AidOutcome.REFUSED, decided_by=[], motion_id=MOTION)
    other.perform(table_motion, motion_id=MOTION, entity_id=ENTITY, title="A lathe", text="Help A1.")
    with pytest.raises(MotionDecidesOtherwise):
        grant(other.perform, 1, decided_by=[], motion_id=MOTION)


def test_a_motion_of_another_entity_decides_nothing_here(ledger: PaperLedger) -> None:
    ask(ledger.perform, 1)
    found_entity(ledger.perform, code="SISTER")
    ledger.perform(table_motion, motion_id=MOTION, entity_id=SISTER, title="A lathe", text="Help A1.")
    with pytest.raises(OtherEntity):
        grant(ledger.perform, 1, decided_by=[], motion_id=MOTION)


def test_what_is_paid_is_ordered_for_the_member_who_asked_and_cleared_by_the_bank(
    ledger: PaperLedger,
) -> None:
    ask(ledger.perform, 500_00)
    grant(ledger.perform, 500_00)
    with pytest.raises(EmptyText):
        pay(ledger.perform, payee_iban=" ")
    recorded: Any = pay(ledger.perform)
    (ordered,) = [each for each in recorded if isinstance(each, PaymentOrder.Ordered)]
    assert (ordered.originator_id, ordered.pays, ordered.document_id) == (aid_order_id(AID), Pays.GRANT, AID)
    assert (ordered.payee_id, ordered.payee_iban, ordered.amount_c) == (PERSON, PAYEE_IBAN, 500_00)
    assert booked(ledger, "580", "4895") == (-500_00, -9_500_00)
    ledger.perform(clear_payment, bank_line_id=bank_line(ledger.perform, -500_00), order_id=aid_order_id(AID))
    assert booked(ledger, "580", "416") == (0, 0)
    assert ledger.get(Activity, ACTIVITY).committed_c == 0


def test_a_fund_s_terms_hold_for_aid_from_their_day_on(ledger: PaperLedger) -> None:
    tomorrow = date(2026, 3, 3)
    ask(ledger.perform, 800_00)
    ask(ledger.perform, 800_00, SECOND_AID)
    ledger.perform(
        amend_fund, fund_id=FUND, valid_from=tomorrow, floor_c=1_000_00, cap_c=500_00, decision_ref="board 9"
    )
    grant(ledger.perform, 800_00)
    with pytest.raises(AboveCap):
        grant(ledger.perform, 800_00, SECOND_AID, on=tomorrow)


def test_aid_is_not_paid_on_a_day_without_an_open_month(ledger: PaperLedger) -> None:
    ask(ledger.perform, 1)
    grant(ledger.perform, 1)
    with pytest.raises(NoOpenPeriod):
        pay(ledger.perform, on=TODAY.replace(month=4))


def test_the_fund_is_told_of_what_it_gives_in_the_same_batch(ledger: PaperLedger) -> None:
    ask(ledger.perform, 10_00)
    granted: Any = grant(ledger.perform, 10_00)
    paid: Any = pay(ledger.perform)
    told = [says(each) for each in (*granted, *paid) if each.originator_id == FUND]
    used: dict[str, Any] = {"entity_id": ENTITY, "use": FundUse.GRANT, "document_id": AID, "amount_c": 10_00}
    assert told == [
        fact(MutualFund.Reserved, **used),
        fact(MutualFund.PaidOut, **used, released_c=10_00),
    ]
    assert LARGE_INVOICE not in {each.originator_id for each in granted}
