"""A membership is applied for, admitted, resigned from and ended, each once and in order."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from domain.aggregates.member_register import MemberRegister
from domain.aggregates.membership import Membership
from domain.errors import (
    AlreadyAMember,
    AlreadyResigned,
    EmptyText,
    InvalidDay,
    NotAMember,
    NotAnApplicant,
    ResignationNotYetEffective,
    UnknownRecord,
)
from domain.ledger.entities import register_id, set_parameter
from domain.ledger.members import (
    admit_member,
    apply_for_membership,
    let_resignation_take_effect,
    membership_id,
    resign,
)
from domain.ledger.presets import RESIGNATION_EFFECT_MONTH
from tests.cooperative import ENTITY, FOUNDED, MEMBER, OTHER_MEMBER, PERSON, found, join
from tests.paper import PaperLedger
from tests.scenario import ID, Given, fact, says, stamp

WHO: dict[str, Any] = {"entity_id": ENTITY, "person_id": PERSON}
PARTICULARS: dict[str, Any] = {
    "category": "entrepreneur",
    "name": "Somebody",
    "address": "",
    "email": "",
}
APPLIED = fact(Membership.Applied, **WHO, **PARTICULARS)
ADMITTED = fact(Membership.Admitted, **WHO, member_no=1, founder=False, decision_ref="board 1")
NOTICE, EFFECT = date(2026, 3, 2), date(2026, 6, 30)
NOTIFIED = fact(Membership.ResignationNotified, **WHO, received_on=NOTICE, effect_on=EFFECT)
LEFT = fact(Membership.ResignationTookEffect, **WHO)


def admitting(membership: Membership) -> None:
    membership.admit(stamp(), member_no=1, decision_ref="board 1")


def resigning(membership: Membership) -> None:
    membership.resign(stamp(), received_on=NOTICE, effect_on=EFFECT)


def leaving(on: date) -> Any:
    return lambda membership: membership.leave(stamp(on=on))


def test_a_person_applies_by_name_and_category() -> None:
    Given(Membership).when(lambda _: Membership.apply_for(stamp(), id=ID, **WHO, **PARTICULARS)).then(APPLIED)


@pytest.mark.parametrize("empty", ["name", "category"])
def test_an_application_without_name_or_category_is_refused(empty: str) -> None:
    Given(Membership).when(
        lambda _: Membership.apply_for(stamp(), id=ID, **WHO, **PARTICULARS | {empty: " "})
    ).then_refused(EmptyText, field=empty)


def test_an_applicant_is_admitted_once_by_a_decision() -> None:
    Given(Membership, APPLIED).when(admitting).then(ADMITTED)
    for history in ([ADMITTED], [ADMITTED, NOTIFIED], [ADMITTED, NOTIFIED, LEFT]):
        Given(Membership, APPLIED, *history).when(admitting).then_refused(NotAnApplicant)
    Given(Membership, APPLIED).when(
        lambda membership: membership.admit(stamp(), member_no=1, decision_ref="")
    ).then_refused(EmptyText, field="decision_ref")


def test_a_member_resigns_once() -> None:
    Given(Membership, APPLIED, ADMITTED).when(resigning).then(NOTIFIED)
    for history in ([NOTIFIED], [NOTIFIED, LEFT]):
        Given(Membership, APPLIED, ADMITTED, *history).when(resigning).then_refused(
            AlreadyResigned, effect_on=EFFECT
        )
    Given(Membership, APPLIED).when(resigning).then_refused(NotAMember)


def test_a_resignation_takes_effect_on_its_day_and_not_before() -> None:
    for day in (EFFECT, date(2027, 1, 1)):
        Given(Membership, APPLIED, ADMITTED, NOTIFIED).when(leaving(day)).then(LEFT)
    Given(Membership, APPLIED, ADMITTED, NOTIFIED).when(leaving(date(2026, 6, 29))).then_refused(
        ResignationNotYetEffective, effect_on=EFFECT
    )


def test_nobody_leaves_without_notice_or_twice() -> None:
    for history in ([], [ADMITTED], [ADMITTED, NOTIFIED, LEFT]):
        Given(Membership, APPLIED, *history).when(leaving(EFFECT)).then_refused(NotAMember)


@pytest.fixture
def ledger() -> PaperLedger:
    paper = PaperLedger()
    found(paper.perform)
    return paper


def two_more(ledger: PaperLedger) -> None:
    """Two more members, so that one may leave."""
    for n in (110, 111):
        join(ledger.perform, UUID(int=n))


def apply(ledger: PaperLedger, person_id: UUID, **asked: Any) -> list[Any]:
    return ledger.perform(
        apply_for_membership, **{"entity_id": ENTITY, "person_id": person_id} | PARTICULARS | asked
    )


def register(ledger: PaperLedger) -> dict[UUID, int]:
    return dict(ledger.get(MemberRegister, register_id(ENTITY)).members)


def test_admission_gives_the_next_number_on_membership_and_register(ledger: PaperLedger) -> None:
    newcomer = membership_id(ENTITY, UUID(int=110))
    apply(ledger, UUID(int=110))
    recorded = ledger.perform(admit_member, membership_id=newcomer, decision_ref="board 2")
    assert sorted((says(each) for each in recorded), key=lambda each: each.kind.TOPIC) == [
        fact(MemberRegister.MemberEntered, entity_id=ENTITY, membership_id=newcomer, member_no=3),
        fact(
            Membership.Admitted,
            entity_id=ENTITY,
            person_id=UUID(int=110),
            member_no=3,
            founder=False,
            decision_ref="board 2",
        ),
    ]


def test_an_applicant_is_not_on_the_register(ledger: PaperLedger) -> None:
    apply(ledger, UUID(int=110))
    assert register(ledger) == {MEMBER: 1, OTHER_MEMBER: 2}


def test_a_person_has_one_membership_of_an_entity(ledger: PaperLedger) -> None:
    with pytest.raises(AlreadyAMember):
        apply(ledger, PERSON)


def test_an_application_to_an_unknown_entity_is_refused(ledger: PaperLedger) -> None:
    with pytest.raises(UnknownRecord):
        apply(ledger, UUID(int=110), entity_id=UUID(int=9))


@pytest.mark.parametrize(
    ("received_on", "effect_on"),
    [
        (date(2026, 1, 1), date(2026, 6, 30)),
        (date(2026, 3, 15), date(2026, 6, 30)),
        (date(2026, 6, 30), date(2026, 6, 30)),
        (date(2026, 7, 1), date(2027, 6, 30)),
        (date(2026, 12, 31), date(2027, 6, 30)),
    ],
)
def test_a_notice_within_the_window_takes_effect_that_june_and_a_later_one_the_next(
    ledger: PaperLedger, received_on: date, effect_on: date
) -> None:
    (notified,) = ledger.perform(resign, membership_id=MEMBER, received_on=received_on)
    assert notified.effect_on == effect_on


def test_the_statutory_day_is_the_last_of_its_month_also_in_a_leap_year(ledger: PaperLedger) -> None:
    ledger.perform(
        set_parameter,
        on=FOUNDED,
        entity_id=ENTITY,
        name=RESIGNATION_EFFECT_MONTH,
        value="2",
        valid_from=date(2027, 1, 1),
        source_ref="statutes 2027",
    )
    (notified,) = ledger.perform(resign, membership_id=MEMBER, received_on=date(2027, 8, 1))
    assert notified.effect_on == date(2028, 2, 29)


@pytest.mark.parametrize("day", [date.min, date(1899, 12, 31), date.max])
def test_a_notice_received_on_no_day_of_the_ledger_is_refused(ledger: PaperLedger, day: date) -> None:
    with pytest.raises(InvalidDay):
        ledger.perform(resign, membership_id=MEMBER, received_on=day)


def test_whoever_left_is_off_the_register_and_the_number_is_never_given_again(ledger: PaperLedger) -> None:
    two_more(ledger)
    ledger.perform(resign, membership_id=OTHER_MEMBER, received_on=date(2026, 3, 1))
    assert OTHER_MEMBER in register(ledger)
    ledger.perform(let_resignation_take_effect, on=EFFECT, membership_id=OTHER_MEMBER)
    assert sorted(register(ledger).values()) == [1, 3, 4]
    join(ledger.perform, UUID(int=112))
    assert register(ledger)[membership_id(ENTITY, UUID(int=112))] == 5


def test_a_resignation_before_its_day_leaves_the_register_as_it_was(ledger: PaperLedger) -> None:
    ledger.perform(resign, membership_id=MEMBER, received_on=date(2026, 3, 1))
    with pytest.raises(ResignationNotYetEffective):
        ledger.perform(let_resignation_take_effect, on=date(2026, 6, 29), membership_id=MEMBER)
    assert MEMBER in register(ledger)


def test_an_unknown_membership_is_refused(ledger: PaperLedger) -> None:
    for use_case, asked in (
        (admit_member, {"decision_ref": "board"}),
        (resign, {"received_on": NOTICE}),
        (let_resignation_take_effect, {}),
    ):
        with pytest.raises(UnknownRecord):
            ledger.perform(use_case, membership_id=UUID(int=9), **asked)
