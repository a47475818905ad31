"""An entity's parameters and posting rules are dated, sourced and never retroactive."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from domain.aggregates.contribution_plan import ContributionPlan
from domain.aggregates.legal_entity import LegalEntity
from domain.aggregates.member_register import MemberRegister
from domain.aggregates.number_series import NumberSeries
from domain.errors import (
    AlreadyExists,
    EmptyText,
    InvalidParameter,
    NotRetroactive,
    ParameterNotSet,
    UnknownRecord,
)
from domain.ledger.entities import entity_id_of, register_entity, set_parameter
from domain.ledger.presets import BELGIAN_COOPERATIVE, PAYMENT_TERM_DAYS, VAT_RATES_BP
from tests.cooperative import ENTITY, found_entity
from tests.paper import PaperLedger
from tests.scenario import TODAY, Fact, Given, fact, replayed, stamp

REGISTERED = fact(
    LegalEntity.Registered, code="PILOT", ordinal=1, name="Pilot", enterprise_no="0123456749", country="BE"
)


def parameter(value: str, valid_from: date, name: str = "limit") -> Fact:
    return fact(LegalEntity.ParameterSet, name=name, value=value, valid_from=valid_from, source_ref="art. 1")


def setting(wanted: Fact) -> Any:
    return lambda entity: entity.set_parameter(stamp(), **wanted.says)


def test_a_first_value_may_reach_back() -> None:
    first = parameter("1", date(2019, 1, 1))
    Given(LegalEntity, REGISTERED).when(setting(first)).then(first)


@pytest.mark.parametrize("valid_from", [TODAY, date(2026, 12, 31)])
def test_a_later_value_holds_from_today_or_later(valid_from: date) -> None:
    later = parameter("2", valid_from)
    Given(LegalEntity, REGISTERED, parameter("1", date(2019, 1, 1))).when(setting(later)).then(later)


@pytest.mark.parametrize(
    ("known_from", "valid_from"),
    [(date(2019, 1, 1), date(2026, 3, 1)), (date(2027, 1, 1), date(2026, 12, 31))],
)
def test_a_later_value_never_reaches_back(known_from: date, valid_from: date) -> None:
    Given(LegalEntity, REGISTERED, parameter("1", known_from)).when(
        setting(parameter("2", valid_from))
    ).then_refused(NotRetroactive)


@pytest.mark.parametrize("empty", ["name", "value", "source_ref"])
def test_a_parameter_without_name_value_or_source_is_refused(empty: str) -> None:
    wanted = fact(LegalEntity.ParameterSet, **parameter("1", TODAY).says | {empty: " "})
    Given(LegalEntity, REGISTERED).when(setting(wanted)).then_refused(EmptyText)


def test_the_value_in_force_is_that_of_the_day() -> None:
    entity = replayed(
        LegalEntity,
        REGISTERED,
        parameter("1", date(2019, 1, 1)),
        parameter("2", TODAY),
        parameter("3", TODAY),
    )
    assert entity.parameter("limit", date(2026, 3, 1)) == "1"
    assert entity.parameter("limit", TODAY) == "3"
    for name, on in (("limit", date(2018, 12, 31)), ("other", TODAY)):
        with pytest.raises(ParameterNotSet):
            entity.parameter(name, on)


def test_a_version_of_the_posting_rules_follows_the_one_before() -> None:
    first = fact(LegalEntity.PostingRulesAdopted, version=1, from_booked_on=date(1900, 1, 1))
    second = fact(LegalEntity.PostingRulesAdopted, version=2, from_booked_on=date(2026, 7, 1))
    Given(LegalEntity, REGISTERED).when(
        lambda entity: entity.adopt_posting_rules(stamp(), version=1, from_booked_on=date(1900, 1, 1))
    ).then(first)
    Given(LegalEntity, REGISTERED, first, second).when(
        lambda entity: entity.adopt_posting_rules(stamp(), version=3, from_booked_on=date(2026, 7, 1))
    ).then_refused(NotRetroactive)


def test_posting_rules_never_change_what_is_booked_in_a_stopped_month() -> None:
    first = fact(LegalEntity.PostingRulesAdopted, version=1, from_booked_on=date(1900, 1, 1))
    stopped = fact(LegalEntity.BooksStopped, through_on=date(2026, 6, 30))
    history = Given(LegalEntity, REGISTERED, first, stopped)
    history.when(
        lambda entity: entity.adopt_posting_rules(stamp(), version=2, from_booked_on=date(2026, 6, 30))
    ).then_refused(NotRetroactive)
    history.when(
        lambda entity: entity.adopt_posting_rules(stamp(), version=2, from_booked_on=date(2026, 7, 1))
    ).then(fact(LegalEntity.PostingRulesAdopted, version=2, from_booked_on=date(2026, 7, 1)))


def test_books_once_stopped_further_stay_so() -> None:
    stopped = fact(LegalEntity.BooksStopped, through_on=date(2026, 1, 31))
    Given(LegalEntity, REGISTERED).when(
        lambda entity: entity.stop_books(stamp(), through_on=date(2026, 1, 31))
    ).then(stopped)
    Given(LegalEntity, REGISTERED, stopped).when(
        lambda entity: entity.stop_books(stamp(), through_on=date(2025, 12, 31))
    ).then_nothing()


@pytest.fixture
def ledger() -> PaperLedger:
    paper = PaperLedger()
    found_entity(paper.perform)
    return paper


def test_an_entity_begins_with_its_parameters_rules_register_and_plan() -> None:
    ledger = PaperLedger()
    recorded = ledger.perform(
        register_entity, code="PILOT", name="Pilot", enterprise_no="0123456749", country="BE"
    )
    kinds = [type(each) for each in recorded]
    assert kinds == [
        NumberSeries.Opened,
        NumberSeries.NumberTaken,
        LegalEntity.Registered,
        *[LegalEntity.ParameterSet] * len(BELGIAN_COOPERATIVE),
        LegalEntity.PostingRulesAdopted,
        MemberRegister.Opened,
        ContributionPlan.Opened,
    ]
    entity = ledger.get(LegalEntity, ENTITY)
    assert entity.parameter(PAYMENT_TERM_DAYS, TODAY) == "30"
    assert entity.parameter(VAT_RATES_BP, date(1950, 1, 1)) == "0,600,1200,2100"


def test_entities_are_numbered_without_gaps_also_after_a_refusal(ledger: PaperLedger) -> None:
    with pytest.raises(AlreadyExists):
        found_entity(ledger.perform)
    found_entity(ledger.perform, code="SISTER")
    assert ledger.get(LegalEntity, ENTITY).ordinal == 1
    assert ledger.get(LegalEntity, entity_id_of("SISTER")).ordinal == 2


@pytest.mark.parametrize(("code", "name"), [("", "Pilot"), (" ", "Pilot"), ("P", ""), ("P", " ")])
def test_an_entity_without_a_code_or_name_is_refused(code: str, name: str) -> None:
    with pytest.raises(EmptyText):
        PaperLedger().perform(register_entity, code=code, name=name, enterprise_no="", country="BE")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        (PAYMENT_TERM_DAYS, "soon"),
        (PAYMENT_TERM_DAYS, "-1"),
        (PAYMENT_TERM_DAYS, "1000000000"),
        (VAT_RATES_BP, "21 %"),
        (VAT_RATES_BP, "600,"),
        ("resignation.effect-month", "0"),
        ("resignation.effect-month", "13"),
        ("resignation.window-last-month", "June"),
    ],
)
def test_a_value_that_a_rule_could_not_read_is_refused(ledger: PaperLedger, name: str, value: str) -> None:
    with pytest.raises(InvalidParameter):
        ledger.perform(
            set_parameter, entity_id=ENTITY, name=name, value=value, valid_from=TODAY, source_ref="art. 1"
        )


def test_a_parameter_changes_from_its_day_on(ledger: PaperLedger) -> None:
    ledger.perform(
        set_parameter,
        entity_id=ENTITY,
        name=PAYMENT_TERM_DAYS,
        value="60",
        valid_from=date(2026, 4, 1),
        source_ref="assembly",
    )
    entity = ledger.get(LegalEntity, ENTITY)
    assert entity.parameter(PAYMENT_TERM_DAYS, date(2026, 3, 31)) == "30"
    assert entity.parameter(PAYMENT_TERM_DAYS, date(2026, 4, 1)) == "60"


def test_a_parameter_of_an_unknown_entity_is_refused(ledger: PaperLedger) -> None:
    with pytest.raises(UnknownRecord):
        ledger.perform(
            set_parameter, entity_id=UUID(int=9), name="x", value="1", valid_from=TODAY, source_ref="art. 1"
        )
