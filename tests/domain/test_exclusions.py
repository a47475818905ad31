"""A member is excluded by a reasoned decision, after the time to answer and the hearing they ask for."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from domain.aggregates.exclusion import Exclusion
from domain.aggregates.member_register import MemberRegister
from domain.aggregates.membership import Membership, Standing
from domain.aggregates.share_account import ShareAccount
from domain.errors import (
    DecisionNotAdopted,
    EmptyText,
    ExclusionOver,
    HearingAwaited,
    NotAMember,
    NotExcluded,
    ObservationsAwaited,
    TooFewMembersLeft,
)
from domain.governance.rules import Choice, Comparator, Denominator, Majority, Quorum
from domain.governance.tally import Ballot
from domain.ledger.entities import register_id, set_parameter
from domain.ledger.exclusions import (
    drop_exclusion,
    exclude_member,
    hold_hearing,
    notify_exclusion,
    propose_exclusion,
    receive_observations,
)
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
from domain.ledger.presets import EXCLUSION_BODY
from tests.cooperative import ENTITY, FOUNDED, MEMBER
from tests.domain.departing import MEMBERS, cooperative, takes
from tests.paper import PaperLedger

EXCLUSION, MOTION, ROLL, POLL = (UUID(int=n) for n in range(970, 974))
TOLD, BEFORE, AFTER = date(2026, 3, 10), date(2026, 4, 10), date(2026, 4, 11)
OF: dict[str, Any] = {"exclusion_id": EXCLUSION}


@pytest.fixture
def ledger() -> PaperLedger:
    """A member with three shares is told why the board, which decides here, proposes to exclude them."""
    ledger = cooperative()
    takes(ledger, 0, 3)
    by_the_board(ledger)
    ledger.perform(propose_exclusion, on=TOLD, membership_id=MEMBER, reasons="Competes unfairly", **OF)
    return ledger


def by_the_board(ledger: PaperLedger) -> None:
    says: dict[str, Any] = {"value": "board", "valid_from": FOUNDED, "source_ref": "statutes art. 9"}
    ledger.perform(set_parameter, on=FOUNDED, entity_id=ENTITY, name=EXCLUSION_BODY, **says)


def decides(ledger: PaperLedger, on: date, **says: Any) -> list[Any]:
    asked = OF | {"decision_ref": "board 7", "motivation": "For the reasons given"} | says
    return ledger.perform(exclude_member, on=on, **asked)


def answers(ledger: PaperLedger, *, hearing_asked: bool) -> None:
    says: dict[str, Any] = {"observations": "It is not so", "hearing_asked": hearing_asked}
    ledger.perform(receive_observations, on=date(2026, 3, 20), **OF, **says)


def test_an_exclusion_waits_a_month_for_an_answer(ledger: PaperLedger) -> None:
    with pytest.raises(ObservationsAwaited):
        decides(ledger, BEFORE)
    recorded = decides(ledger, AFTER)
    (ended,) = [each for each in recorded if isinstance(each, ShareAccount.Cancelled)]
    assert (ended.qty, ended.reason, ended.effective_on) == (3, "exclusion", AFTER)
    assert ledger.get(Membership, MEMBER).standing is Standing.FORMER
    assert MEMBER not in ledger.get(MemberRegister, register_id(ENTITY)).members


def test_whoever_answered_is_waited_for_no_longer(ledger: PaperLedger) -> None:
    answers(ledger, hearing_asked=False)
    decides(ledger, date(2026, 3, 21))


def test_whoever_asks_to_be_heard_is_heard_before_the_decision(ledger: PaperLedger) -> None:
    answers(ledger, hearing_asked=True)
    for on in (date(2026, 3, 21), AFTER):
        with pytest.raises(HearingAwaited):
            decides(ledger, on)
    ledger.perform(hold_hearing, on=date(2026, 3, 25), minutes_sha256="ef" * 32, **OF)
    decides(ledger, date(2026, 3, 26))


@pytest.mark.parametrize(("told_on", "days"), [(date(2026, 4, 20), 9), (date(2026, 5, 1), 20)])
def test_the_decision_is_notified_once_and_a_late_notice_says_how_late(
    ledger: PaperLedger, told_on: date, days: int
) -> None:
    with pytest.raises(NotExcluded):
        ledger.perform(notify_exclusion, on=AFTER, **OF)
    decides(ledger, AFTER)
    (notified,) = ledger.perform(notify_exclusion, on=told_on, **OF)
    assert (notified.days, notified.within_days) == (days, 15)
    with pytest.raises(NotExcluded):
        ledger.perform(notify_exclusion, on=told_on, **OF)


def test_what_is_decided_or_dropped_is_over(ledger: PaperLedger) -> None:
    dropped = ledger.copy()
    dropped.perform(drop_exclusion, on=AFTER, reason="They agreed", **OF)
    decides(ledger, AFTER)
    for over in (ledger, dropped):
        for use_case, says in (
            (receive_observations, {"observations": "But", "hearing_asked": False}),
            (hold_hearing, {"minutes_sha256": "ef" * 32}),
            (exclude_member, {"decision_ref": "board 8", "motivation": "Again"}),
            (drop_exclusion, {"reason": "Too late"}),
        ):
            with pytest.raises(ExclusionOver):
                over.perform(use_case, on=AFTER, **OF, **says)
    assert dropped.get(Membership, MEMBER).standing is Standing.MEMBER


def test_an_exclusion_gives_its_reasons(ledger: PaperLedger) -> None:
    for use_case, says in (
        (propose_exclusion, {"exclusion_id": UUID(int=979), "membership_id": MEMBERS[1], "reasons": " "}),
        (receive_observations, OF | {"observations": "", "hearing_asked": False}),
        (exclude_member, OF | {"decision_ref": "", "motivation": "For reasons"}),
        (exclude_member, OF | {"decision_ref": "board 7", "motivation": " "}),
        (drop_exclusion, OF | {"reason": ""}),
    ):
        with pytest.raises(EmptyText):
            ledger.perform(use_case, on=AFTER, **says)


def test_nobody_is_excluded_who_is_no_member(ledger: PaperLedger) -> None:
    person = UUID(int=130)
    particulars: dict[str, Any] = {"category": "worker", "name": "N", "address": "", "email": ""}
    ledger.perform(apply_for_membership, entity_id=ENTITY, person_id=person, **particulars)
    says: dict[str, Any] = {"membership_id": membership_id(ENTITY, person), "reasons": "None"}
    with pytest.raises(NotAMember):
        ledger.perform(propose_exclusion, exclusion_id=UUID(int=979), **says)


def test_the_cooperative_keeps_three_members(ledger: PaperLedger) -> None:
    for n, member in enumerate(MEMBERS[3:]):
        other: dict[str, Any] = {"exclusion_id": UUID(int=980 + n)}
        ledger.perform(propose_exclusion, on=TOLD, membership_id=member, reasons="Left town", **other)
        decides(ledger, AFTER, **other)
    with pytest.raises(TooFewMembersLeft):
        decides(ledger, AFTER)
    assert ledger.get(Exclusion, EXCLUSION).decided_on is None


def test_where_the_members_exclude_it_takes_a_motion_they_adopted() -> None:
    ledger = cooperative()
    ledger.perform(propose_exclusion, on=TOLD, membership_id=MEMBER, reasons="Competes unfairly", **OF)
    ledger.perform(
        table_motion, motion_id=MOTION, entity_id=ENTITY, title="An exclusion", text="Exclude member 1."
    )
    for motion_id in (None, MOTION, UUID(int=9)):
        with pytest.raises(DecisionNotAdopted):
            decides(ledger, AFTER, motion_id=motion_id)
    adopts(ledger)
    (decided,) = [
        each for each in decides(ledger, AFTER, motion_id=MOTION) if isinstance(each, Exclusion.Decided)
    ]
    assert decided.motion_id == MOTION


def adopts(ledger: PaperLedger) -> None:
    """The members adopt the motion."""
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
    ledger.perform(
        open_poll, poll_id=POLL, motion_id=MOTION, roll_id=ROLL, rule_name="ordinary", rule_version=1
    )
    ledger.perform(cast_vote, poll_id=POLL, member_id=MEMBERS[1], choice=Choice.YES)
    ledger.perform(close_poll, poll_id=POLL)
    ledger.perform(count_poll, poll_id=POLL, ballots=[Ballot(MEMBERS[1], Choice.YES, 1)])
