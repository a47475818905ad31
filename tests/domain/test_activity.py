"""An activity is opened by its members and charged what it leaves the cooperative."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from domain.aggregates.activity import Activity
from domain.errors import (
    ActivityWithoutMembers,
    AlreadyExists,
    EmptyText,
    NotAMember,
    OtherEntity,
    UnknownRecord,
)
from domain.ledger.activities import activity_id, open_activity
from domain.ledger.entities import entity_id_of
from domain.ledger.members import apply_for_membership, let_resignation_take_effect, membership_id, resign
from domain.payouts import PayoutRegime
from domain.settlement import Charge
from tests.cooperative import ENTITY, FOUNDED, MEMBER, OTHER_MEMBER, PERSON, found, found_entity, join
from tests.paper import PaperLedger
from tests.scenario import ID, Given, fact, replayed, stamp

OPENED = fact(
    Activity.Opened,
    entity_id=ENTITY,
    code="A1",
    membership_ids=(MEMBER, OTHER_MEMBER),
    payout_regime=PayoutRegime.DIRECTOR,
)
CHARGE: dict[str, Any] = {
    "booked_on": date(2026, 3, 2),
    "document_id": UUID(int=500),
    "plan_version": 2,
    "base_c": 1_000_00,
    "rate_bp": 1_000,
    "amount_c": 100_00,
}


def test_an_activity_is_opened_by_the_members_who_run_it() -> None:
    Given(Activity).when(lambda _: Activity.open(stamp(), id=ID, **OPENED.says)).then(OPENED)


@pytest.mark.parametrize("code", ["", " ", "\t"])
def test_an_activity_without_a_code_is_refused(code: str) -> None:
    Given(Activity).when(
        lambda _: Activity.open(stamp(), id=ID, **OPENED.says | {"code": code})
    ).then_refused(EmptyText, field="code")


def test_an_activity_that_nobody_runs_is_refused() -> None:
    Given(Activity).when(
        lambda _: Activity.open(stamp(), id=ID, **OPENED.says | {"membership_ids": ()})
    ).then_refused(ActivityWithoutMembers)


def test_a_contribution_is_charged_with_the_version_and_rate_it_follows() -> None:
    Given(Activity, OPENED).when(
        lambda activity: activity.charge_contribution(stamp(), Charge(**CHARGE))
    ).then(fact(Activity.ContributionCharged, entity_id=ENTITY, **CHARGE))


def test_an_activity_has_earned_what_it_invoices_less_what_it_leaves_and_collects_what_is_paid() -> None:
    invoiced = fact(Activity.Invoiced, entity_id=ENTITY, document_id=UUID(int=500), net_c=1_000_00)
    left = fact(Activity.ContributionCharged, entity_id=ENTITY, **CHARGE)
    fund = fact(
        Activity.FundContributionCharged,
        entity_id=ENTITY,
        fund_id=UUID(int=600),
        document_id=UUID(int=500),
        amount_c=10_00,
    )
    paid = fact(Activity.ReceiptSettled, entity_id=ENTITY, document_id=UUID(int=500), net_c=400_00)
    owed = replayed(Activity, OPENED, invoiced, left, fund)
    assert (owed.result_c, owed.open_net_c, owed.collected_c) == (890_00, 1_000_00, -110_00)
    part = replayed(Activity, OPENED, invoiced, left, fund, paid)
    assert (part.result_c, part.open_net_c, part.collected_c) == (890_00, 600_00, 290_00)


@pytest.fixture
def ledger() -> PaperLedger:
    paper = PaperLedger()
    found(paper.perform)
    return paper


def open_another(ledger: PaperLedger, **says: Any) -> list[Any]:
    asked: dict[str, Any] = {
        "entity_id": ENTITY,
        "code": "A2",
        "membership_ids": [MEMBER],
        "payout_regime": PayoutRegime.EMPLOYEE,
    }
    return ledger.perform(open_activity, **asked | says)


def test_a_member_named_twice_runs_an_activity_once(ledger: PaperLedger) -> None:
    (opened,) = open_another(ledger, membership_ids=[MEMBER, OTHER_MEMBER, MEMBER])
    assert opened.membership_ids == (MEMBER, OTHER_MEMBER)
    assert opened.originator_id == activity_id(ENTITY, "A2")


def test_a_code_names_one_activity_of_an_entity(ledger: PaperLedger) -> None:
    with pytest.raises(AlreadyExists):
        open_another(ledger, code="A1")


def test_an_applicant_runs_no_activity(ledger: PaperLedger) -> None:
    applicant = UUID(int=110)
    ledger.perform(
        apply_for_membership,
        entity_id=ENTITY,
        person_id=applicant,
        category="entrepreneur",
        name="Applicant",
        address="",
        email="",
    )
    with pytest.raises(NotAMember):
        open_another(ledger, membership_ids=[MEMBER, membership_id(ENTITY, applicant)])


def test_a_member_who_is_leaving_still_may_and_one_who_left_may_not(ledger: PaperLedger) -> None:
    for n in (110, 111):
        join(ledger.perform, UUID(int=n))
    ledger.perform(resign, on=date(2026, 3, 1), membership_id=MEMBER, received_on=date(2026, 3, 1))
    open_another(ledger.copy())
    ledger.perform(let_resignation_take_effect, on=date(2026, 6, 30), membership_id=MEMBER)
    with pytest.raises(NotAMember):
        open_another(ledger)


def test_a_member_of_another_entity_is_refused(ledger: PaperLedger) -> None:
    found_entity(ledger.perform, code="SISTER")
    sister = entity_id_of("SISTER")
    join(ledger.perform, PERSON, entity_id=sister)
    with pytest.raises(OtherEntity):
        open_another(ledger, membership_ids=[membership_id(sister, PERSON)])


def test_an_entity_or_a_member_that_is_unknown_is_refused(ledger: PaperLedger) -> None:
    for says in ({"entity_id": UUID(int=9)}, {"membership_ids": [UUID(int=9)]}, {"membership_ids": [ENTITY]}):
        with pytest.raises(UnknownRecord):
            open_another(ledger, **says)


def test_what_is_refused_leaves_nothing(ledger: PaperLedger) -> None:
    before = list(ledger.facts)
    with pytest.raises(ActivityWithoutMembers):
        open_another(ledger, membership_ids=[], on=FOUNDED)
    assert ledger.facts == before
