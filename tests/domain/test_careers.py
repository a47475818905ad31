"""The stages of a career follow one another by their days, each by a contract, beside membership and activity."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from domain.aggregates.membership import Membership, Standing
from domain.careers import CareerStage
from domain.errors import CareerStageEarlier, EmptyText, NotAMember
from domain.ledger.members import apply_for_membership, enter_career_stage, membership_id, refuse_applicant
from tests.cooperative import ENTITY, FOUNDED, MEMBER, PERSON, found_entity, join
from tests.paper import PaperLedger

SPRING, SUMMER = date(2026, 3, 1), date(2026, 6, 1)


@pytest.fixture
def ledger() -> PaperLedger:
    founded = PaperLedger()
    found_entity(founded.perform)
    join(founded.perform, PERSON)
    return founded


def enters(ledger: PaperLedger, stage: CareerStage, on: date, **says: Any) -> list[Any]:
    asked: dict[str, Any] = {"membership_id": MEMBER, "contract_ref": "contract 12"} | says
    return ledger.perform(enter_career_stage, on=on, stage=stage, **asked)


def test_a_stage_is_entered_on_its_day_by_its_contract_and_moves_no_standing(ledger: PaperLedger) -> None:
    (entered,) = enters(ledger, CareerStage.TRIAL, SPRING)
    assert (entered.stage, entered.contract_ref, entered.effective_on) == (
        CareerStage.TRIAL,
        "contract 12",
        SPRING,
    )
    enters(ledger, CareerStage.EMPLOYED, SPRING)
    enters(ledger, CareerStage.PARTNER, SUMMER)
    assert ledger.get(Membership, MEMBER).standing is Standing.MEMBER


def test_no_stage_is_entered_before_the_last_one_or_without_a_contract(ledger: PaperLedger) -> None:
    enters(ledger, CareerStage.EMPLOYED, SUMMER)
    with pytest.raises(CareerStageEarlier) as refused:
        enters(ledger, CareerStage.AMENDED, SPRING)
    assert refused.value.facts == {"stage_since": SUMMER, "on": SPRING}
    with pytest.raises(EmptyText):
        enters(ledger, CareerStage.AMENDED, SUMMER, contract_ref=" ")


def test_a_trial_may_begin_before_the_admission_and_no_stage_after_a_refusal(ledger: PaperLedger) -> None:
    person = UUID(int=199)
    applicant = membership_id(ENTITY, person)
    asked: dict[str, Any] = {"name": "Somebody", "address": "Street 1", "email": "somebody@example.org"}
    ledger.perform(
        apply_for_membership,
        on=FOUNDED,
        entity_id=ENTITY,
        person_id=person,
        category="entrepreneur",
        **asked,
    )
    enters(ledger, CareerStage.TRIAL, SPRING, membership_id=applicant)
    refusal = {"decision_ref": "board 2", "reason": "no activity yet"}
    ledger.perform(refuse_applicant, on=SPRING, membership_id=applicant, **refusal)
    with pytest.raises(NotAMember):
        enters(ledger, CareerStage.EXIT, SUMMER, membership_id=applicant)
