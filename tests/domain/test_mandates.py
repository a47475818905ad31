"""Mandates take the seats there are, last no longer than the rule allows, and end in four ways."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.aggregates.mandate_register import MandateRegister
from domain.elections.mandates import Holding, Term, require_seats, require_term
from domain.errors import (
    AlreadyExists,
    AlreadyHoldsMandate,
    EmptyText,
    InvalidDay,
    InvalidTerm,
    MandateOver,
    NoCarryingMotion,
    NoSeats,
    NothingExpires,
    NotOnTheRoll,
    OtherEntity,
    SeatsTaken,
    TermTooLong,
    UnknownMandate,
)
from domain.ledger.assemblies import close_assembly, convene_assembly, open_assembly
from domain.ledger.entities import entity_id_of
from domain.ledger.governance import table_motion
from domain.ledger.mandates import (
    appoint,
    change_seats,
    expire_mandates,
    open_office,
    renew_mandate,
    resign_mandate,
    revoke_mandate,
)
from domain.ledger.members import record_death
from domain.ledger.merging import merge_memberships
from tests.cooperative import ENTITY, found_entity
from tests.domain import electing
from tests.domain.electing import ASH, ASSEMBLY, BIRCH, CEDAR, MOTION, OFFICE, RULE, TODAY, carries
from tests.domain.test_elections import refused
from tests.paper import PaperLedger

M1, M2, M3 = (UUID(int=number) for number in range(2400, 2403))
TERM = Term(date(2026, 4, 1), ends_on=date(2028, 4, 1))
UNTIL_2028 = Term(date(2026, 4, 1), ends_at_assembly_of=2028)
OF: dict[str, Any] = {"office_id": OFFICE}
BY: dict[str, Any] = {**OF, "motion_id": MOTION, **RULE}


@pytest.fixture
def ledger() -> PaperLedger:
    ledger = PaperLedger()
    electing.cooperative(ledger.perform)
    carries(ledger)
    return ledger


def appoints(ledger: PaperLedger, mandate: UUID, member: UUID, term: Term = TERM) -> None:
    ledger.perform(appoint, **BY, mandate_id=mandate, membership_id=member, term=term)


def held(ledger: PaperLedger, on: date) -> list[UUID]:
    register = ledger.get(MandateRegister, OFFICE)
    return [each.membership_id for each in register.mandates.values() if each.held_on(on)]


def test_a_mandate_begins_on_its_day_and_is_over_on_the_day_it_ends(ledger: PaperLedger) -> None:
    appoints(ledger, M1, ASH)
    days = [date(2026, 3, 31), date(2026, 4, 1), date(2028, 3, 31), date(2028, 4, 1)]
    assert [held(ledger, day) for day in days] == [[], [ASH], [ASH], []]


def test_a_member_is_appointed_only_by_a_motion_that_was_adopted(ledger: PaperLedger) -> None:
    rejected = UUID(int=2500)
    carries(ledger, rejected, poll_id=UUID(int=2501), adopted=False)
    asked: dict[str, Any] = {**BY, "mandate_id": M1, "membership_id": ASH, "term": TERM}
    for motion in (rejected, UUID(int=1)):
        refused(ledger, NoCarryingMotion, appoint, **asked | {"motion_id": motion})
    refused(ledger, NotOnTheRoll, appoint, **asked | {"membership_id": UUID(int=1)})


def test_mandates_overlap_only_where_there_are_seats(ledger: PaperLedger) -> None:
    appoints(ledger, M1, ASH)
    appoints(ledger, M2, BIRCH, UNTIL_2028)
    third: dict[str, Any] = {**BY, "mandate_id": M3, "membership_id": CEDAR}
    early = Term(date(2028, 3, 31), ends_on=date(2029, 1, 1))
    assert refused(ledger, SeatsTaken, appoint, **third, term=early).facts["on"] == date(2028, 3, 31)
    before = Term(date(2025, 4, 1), ends_on=date(2026, 4, 2))
    assert refused(ledger, SeatsTaken, appoint, **third, term=before).facts["on"] == date(2026, 4, 1)
    refused(ledger, AlreadyHoldsMandate, appoint, **third | {"membership_id": ASH}, term=early)
    refused(ledger, AlreadyExists, appoint, **third | {"mandate_id": M1}, term=early)
    ledger.perform(appoint, **third, term=Term(date(2028, 4, 1), ends_on=date(2029, 1, 1)))


def test_seats_can_be_added_and_taken_away_by_a_text(ledger: PaperLedger) -> None:
    appoints(ledger, M1, ASH)
    appoints(ledger, M2, BIRCH)
    ledger.perform(change_seats, **OF, seats=3, source_ref="statutes 2026")
    appoints(ledger, M3, CEDAR)
    ledger.perform(change_seats, **OF, seats=1, source_ref="statutes 2027")
    assert held(ledger, date(2026, 4, 1)) == [ASH, BIRCH, CEDAR]
    refused(ledger, NoSeats, change_seats, **OF, seats=0, source_ref="statutes")
    refused(ledger, EmptyText, change_seats, **OF, seats=1, source_ref=" ")
    refused(ledger, EmptyText, open_office, entity_id=ENTITY, office=" ", seats=1, source_ref="statutes")


def test_a_mandate_ends_by_resignation_or_by_a_motion_and_frees_its_seat_that_day(
    ledger: PaperLedger,
) -> None:
    appoints(ledger, M1, ASH)
    appoints(ledger, M2, BIRCH)
    day = date(2027, 1, 1)
    ledger.perform(resign_mandate, **OF, mandate_id=M1, ends_on=day)
    assert held(ledger, day) == [BIRCH]
    appoints(ledger, M3, CEDAR, Term(day, ends_on=date(2028, 1, 1)))
    asked: dict[str, Any] = {**OF, "mandate_id": M2, "ends_on": day}
    refused(ledger, NoCarryingMotion, revoke_mandate, **asked, motion_id=UUID(int=1))
    ledger.perform(revoke_mandate, **asked, motion_id=MOTION)
    assert held(ledger, day) == [CEDAR]
    refused(ledger, MandateOver, resign_mandate, **OF, mandate_id=M1, ends_on=day)
    refused(ledger, MandateOver, resign_mandate, **OF, mandate_id=M3, ends_on=date(2026, 12, 31))
    refused(ledger, UnknownMandate, resign_mandate, **OF, mandate_id=UUID(int=1), ends_on=day)


def test_a_renewed_mandate_goes_on_until_its_new_end(ledger: PaperLedger) -> None:
    appoints(ledger, M1, ASH)
    again = Term(date(2028, 3, 1), ends_on=date(2034, 3, 1))
    refused(
        ledger, TermTooLong, renew_mandate, **BY, mandate_id=M1, term=Term(again.starts_on, date(2034, 3, 2))
    )
    ledger.perform(renew_mandate, **BY, mandate_id=M1, term=again)
    assert [held(ledger, day) for day in (date(2026, 4, 1), date(2034, 2, 28))] == [[ASH], [ASH]]
    over = Term(date(2034, 3, 1), ends_on=date(2035, 1, 1))
    refused(ledger, MandateOver, renew_mandate, **BY, mandate_id=M1, term=over)


def test_the_mandate_of_who_is_no_member_any_more_runs_on_and_is_not_renewed(ledger: PaperLedger) -> None:
    appoints(ledger, M1, ASH)
    again = Term(date(2028, 3, 1), ends_on=date(2029, 3, 1))
    ledger.perform(record_death, membership_id=ASH, evidence_ref="certificate")
    refused(ledger, NotOnTheRoll, renew_mandate, **BY, mandate_id=M1, term=again)
    assert held(ledger, date(2026, 5, 1)) == [ASH]
    ledger.perform(resign_mandate, **OF, mandate_id=M1, ends_on=date(2026, 6, 1))
    assert held(ledger, date(2026, 6, 1)) == []


def test_the_mandate_of_a_merged_membership_is_renewed_while_the_other_is_a_member(
    ledger: PaperLedger,
) -> None:
    appoints(ledger, M1, ASH)
    ledger.perform(merge_memberships, membership_id=ASH, into_id=BIRCH, reason="one person")
    again = Term(date(2028, 3, 1), ends_on=date(2029, 3, 1))
    ledger.perform(renew_mandate, **BY, mandate_id=M1, term=again)
    assert held(ledger, date(2028, 12, 1)) == [ASH]


def test_a_mandate_is_renewed_up_to_the_next_one_of_its_holder(ledger: PaperLedger) -> None:
    """One person on two seats at once would leave one of them to nobody."""
    appoints(ledger, M1, ASH)
    appoints(ledger, M2, ASH, Term(date(2029, 1, 1), ends_on=date(2030, 1, 1)))
    too_far = Term(date(2028, 3, 1), ends_on=date(2029, 1, 2))
    refused(ledger, AlreadyHoldsMandate, renew_mandate, **BY, mandate_id=M1, term=too_far)
    ledger.perform(renew_mandate, **BY, mandate_id=M1, term=Term(date(2028, 3, 1), ends_on=date(2029, 1, 1)))
    assert [held(ledger, day) for day in (date(2028, 12, 31), date(2029, 1, 1))] == [[ASH], [ASH]]


def test_a_mandate_until_an_assembly_ends_at_the_one_of_its_year(ledger: PaperLedger) -> None:
    appoints(ledger, M1, ASH, UNTIL_2028)
    appoints(ledger, M2, BIRCH, Term(date(2026, 4, 1), ends_on=date(2027, 1, 1)))
    refused(ledger, NothingExpires, expire_mandates, **OF)
    motion = UUID(int=2600)
    ledger.perform(table_motion, motion_id=motion, entity_id=ENTITY, title="Accounts", text="Approve.")
    day = date(2028, 5, 20)
    says: dict[str, Any] = {"held_on": day, "notice_on": date(2028, 4, 1), "agenda": [motion]}
    ledger.perform(convene_assembly, assembly_id=ASSEMBLY, entity_id=ENTITY, **says)
    with pytest.raises(Exception, match="not open"):
        ledger.perform(expire_mandates, on=day, **OF, assembly_id=ASSEMBLY)
    ledger.perform(open_assembly, on=day, assembly_id=ASSEMBLY, roll_id=UUID(int=2601))
    ledger.perform(close_assembly, on=day, assembly_id=ASSEMBLY)
    ended = ledger.perform(expire_mandates, on=day, **OF, assembly_id=ASSEMBLY)
    assert [(each.mandate_id, each.ends_on, each.assembly_id) for each in ended] == [
        (M1, day, ASSEMBLY),
        (M2, date(2027, 1, 1), None),
    ]
    assert held(ledger, day) == []
    refused(ledger, NothingExpires, expire_mandates, on=day, **OF, assembly_id=ASSEMBLY)


def test_the_assembly_of_another_entity_ends_nothing(ledger: PaperLedger) -> None:
    found_entity(ledger.perform, code="OTHER")
    other, motion = entity_id_of("OTHER"), UUID(int=2700)
    ledger.perform(table_motion, motion_id=motion, entity_id=other, title="A van", text="Buy it.")
    says: dict[str, Any] = {"held_on": TODAY, "notice_on": TODAY, "agenda": [motion]}
    ledger.perform(convene_assembly, assembly_id=ASSEMBLY, entity_id=other, **says)
    refused(ledger, OtherEntity, expire_mandates, **OF, assembly_id=ASSEMBLY)


@pytest.mark.parametrize(
    ("refusal", "term"),
    [
        (InvalidTerm, Term(TODAY)),
        (InvalidTerm, Term(TODAY, ends_on=date(2027, 1, 1), ends_at_assembly_of=2027)),
        (InvalidTerm, Term(TODAY, ends_on=TODAY)),
        (InvalidTerm, Term(TODAY, ends_at_assembly_of=2025)),
        (InvalidTerm, Term(TODAY, ends_at_assembly_of=10**9)),
        (InvalidDay, Term(date(1, 1, 1), ends_on=TODAY)),
        (TermTooLong, Term(TODAY, ends_on=date(2032, 3, 3))),
        (TermTooLong, Term(TODAY, ends_at_assembly_of=2033)),
    ],
)
def test_a_term_that_is_none_or_too_long_is_refused(refusal: type[Exception], term: Term) -> None:
    with pytest.raises(refusal):
        require_term(term, most_years=6)


def test_six_years_to_the_day_are_six_years() -> None:
    require_term(Term(TODAY, ends_on=date(2032, 3, 2)), most_years=6)
    require_term(Term(date(2024, 2, 29), ends_on=date(2030, 2, 28)), most_years=6)
    require_term(Term(TODAY, ends_at_assembly_of=2032), most_years=6)
    require_term(Term(TODAY, ends_at_assembly_of=2900), most_years=None)


DAYS = st.dates(date(2026, 1, 1), date(2026, 2, 28))


@given(st.lists(st.tuples(DAYS, DAYS, st.none() | DAYS), max_size=8), st.integers(1, 4))
@settings(deadline=None)
def test_seats_are_taken_exactly_if_some_day_has_more_mandates_than_seats(
    terms: list[tuple[date, date, date | None]], seats: int
) -> None:
    holdings = [
        Holding(UUID(int=n), UUID(int=n), Term(min(a, b), ends_on=max(a, b)), ended)
        for n, (a, b, ended) in enumerate(terms)
    ]
    days = [date.fromordinal(n) for n in range(date(2026, 1, 1).toordinal(), date(2026, 3, 1).toordinal())]
    crowded = any(sum(each.held_on(day) for each in holdings) > seats for day in days)
    if crowded:
        with pytest.raises(SeatsTaken):
            require_seats(holdings, seats)
    else:
        require_seats(holdings, seats)
