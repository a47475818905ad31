"""Who asks to become a member: one is refused by the board, one is tried, admitted and employed, stage by stage."""

from __future__ import annotations

from datetime import date
from functools import partial

from domain.careers import CareerStage
from domain.ledger import members
from workers.demo.group.house import Group, House, Member
from workers.demo.people import Person
from workers.demo.relay.cast import newcomer
from workers.demo.relay.year import day

PARTNER = 11
"""The member who becomes a partner and then works less."""


def plan_admissions(group: Group, relay: House) -> None:
    """Note two applications in January, and whose contracts change in the year."""
    on = group.agenda.on
    refused, tried = newcomer("Virgile Ortie"), newcomer("Madelief Melisse")
    on(day(1, 13), partial(_apply, group, relay, refused))
    on(day(1, 20), partial(_try, group, relay, tried))
    on(day(2, 4), partial(_refuse, group, relay, refused))
    on(day(4, 1), partial(_admit, group, relay, tried))
    partner = relay.members[PARTNER]
    for when, stage, contract in (
        (day(3, 3), CareerStage.PARTNER, "partners' contract 14 (fictional)"),
        (day(9, 1), CareerStage.AMENDED, "amendment: four days a week (fictional)"),
    ):
        on(when, partial(_enter, group, partner, stage, contract))


def _apply(group: Group, relay: House, person: Person, on: date) -> None:
    group.clerk.tell(
        "membership.apply",
        members.apply_for_membership,
        on=on,
        entity_id=relay.entity_id,
        person_id=person.id,
        category="entrepreneur",
        name=person.name,
        address=person.address,
        email=person.email,
    )


def _refuse(group: Group, relay: House, person: Person, on: date) -> None:
    group.clerk.tell(
        "membership.refuse",
        members.refuse_applicant,
        on=on,
        membership_id=members.membership_id(relay.entity_id, person.id),
        decision_ref="board, decision on admissions (fictional)",
        reason="the trade needs a licence that the applicant does not have (fictional)",
    )


def _try(group: Group, relay: House, person: Person, on: date) -> None:
    """Let an applicant try the project before the board decides."""
    _apply(group, relay, person, on)
    tried = Member(members.membership_id(relay.entity_id, person.id), person)
    _enter(group, tried, CareerStage.TRIAL, "convention of support, three months (fictional)", on)


def _admit(group: Group, relay: House, person: Person, on: date) -> None:
    """Admit who was tried, under a contract of employment."""
    admitted = Member(members.membership_id(relay.entity_id, person.id), person, on)
    group.clerk.tell(
        "membership.admit",
        members.admit_member,
        on=on,
        membership_id=admitted.membership_id,
        decision_ref="board, decision on admissions (fictional)",
    )
    _enter(group, admitted, CareerStage.EMPLOYED, "contract of employment 31 (fictional)", on)


def _enter(group: Group, member: Member, stage: CareerStage, contract_ref: str, on: date) -> None:
    group.clerk.tell(
        "career-stage.enter",
        members.enter_career_stage,
        on=on,
        membership_id=member.membership_id,
        stage=stage,
        contract_ref=contract_ref,
    )
