"""Where a mandate begins and ends, and by what it is conferred."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from domain.aggregates.mandate_register import MandateRegister
from domain.elections.mandates import Term, require_term
from domain.errors import (
    EmptyText,
    InvalidDay,
    InvalidTerm,
    NoCarryingMotion,
    NoSeats,
    NothingExpires,
    RuleNotInForce,
    SeatsTaken,
    TermTooLong,
    UnknownRecord,
)
from domain.governance.rules import Comparator, Denominator, Majority, Quorum
from domain.ledger.assemblies import close_assembly, convene_assembly, open_assembly
from domain.ledger.entities import entity_id_of
from domain.ledger.governance import adopt_rule_set, table_motion
from domain.ledger.mandates import (
    appoint,
    expire_mandates,
    open_office,
    renew_mandate,
    resign_mandate,
    revoke_mandate,
)
from domain.ledger.members import membership_id
from tests.carried import adopted
from tests.cooperative import ENTITY, found_entity, join
from tests.domain import electing
from tests.domain.electing import (
    ASH,
    ASSEMBLY,
    BIRCH,
    CEDAR,
    ELM,
    MOTION,
    OFFICE,
    RULE,
    SIX_YEARS,
    TODAY,
    carries,
)
from tests.domain.test_elections import refused
from tests.paper import PaperLedger

M1, M2, M3, M4 = (UUID(int=number) for number in range(2400, 2404))
STARTS, ENDS = date(2026, 4, 1), date(2028, 4, 1)
TERM = Term(STARTS, ends_on=ENDS)
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


def test_a_mandate_expires_on_the_day_it_is_over_and_not_before(ledger: PaperLedger) -> None:
    appoints(ledger, M1, ASH)
    refused(ledger, NothingExpires, expire_mandates, on=date(2028, 3, 31), **OF)
    (ended,) = ledger.perform(expire_mandates, on=ENDS, **OF)
    assert (ended.mandate_id, ended.ends_on) == (M1, ENDS)
    refused(ledger, NothingExpires, expire_mandates, on=ENDS, **OF)


def test_a_mandate_that_begins_at_an_assembly_does_not_end_at_it(ledger: PaperLedger) -> None:
    day = date(2028, 5, 20)
    appoints(ledger, M1, ASH, Term(STARTS, ends_at_assembly_of=2028))
    appoints(ledger, M2, BIRCH, Term(day, ends_at_assembly_of=2028))
    motion = UUID(int=2600)
    ledger.perform(table_motion, motion_id=motion, entity_id=ENTITY, title="Accounts", text="Approve.")
    says: dict[str, Any] = {"held_on": day, "notice_on": date(2028, 4, 1), "agenda": [motion]}
    ledger.perform(convene_assembly, assembly_id=ASSEMBLY, entity_id=ENTITY, **says)
    ledger.perform(open_assembly, on=day, assembly_id=ASSEMBLY, roll_id=UUID(int=2601))
    ledger.perform(close_assembly, on=day, assembly_id=ASSEMBLY)
    (ended,) = ledger.perform(expire_mandates, on=day, **OF, assembly_id=ASSEMBLY)
    assert ended.mandate_id == M1


def test_who_held_an_office_may_hold_it_again_from_the_day_it_was_over(ledger: PaperLedger) -> None:
    appoints(ledger, M1, ASH)
    appoints(ledger, M2, ASH, Term(ENDS, ends_on=date(2029, 4, 1)))
    appoints(ledger, M3, ASH, Term(date(2030, 1, 1), ends_on=date(2031, 1, 1)))
    assert len(ledger.get(MandateRegister, OFFICE).mandates) == 3


def test_a_mandate_is_renewed_only_where_a_seat_is_free(ledger: PaperLedger) -> None:
    for mandate, member in ((M1, ASH), (M2, BIRCH)):
        appoints(ledger, mandate, member)
    for mandate, member in ((M3, CEDAR), (M4, ELM)):
        appoints(ledger, mandate, member, Term(ENDS, ends_on=date(2030, 4, 1)))
    again = Term(date(2028, 3, 1), ends_on=date(2032, 3, 1))
    refused(ledger, SeatsTaken, renew_mandate, **BY, mandate_id=M1, term=again)


def test_a_mandate_is_renewed_by_a_motion_that_was_adopted(ledger: PaperLedger) -> None:
    appoints(ledger, M1, ASH)
    again = Term(date(2028, 3, 1), ends_on=date(2029, 3, 1))
    by_nothing = {**BY, "motion_id": UUID(int=1)}
    refused(ledger, NoCarryingMotion, renew_mandate, **by_nothing, mandate_id=M1, term=again)


def test_what_members_of_another_entity_decided_fills_no_office_of_this_one(ledger: PaperLedger) -> None:
    other = entity_id_of("SECOND")
    found_entity(ledger.perform, code="SECOND")
    join(ledger.perform, UUID(int=2050), entity_id=other)
    theirs = adopted(ledger.perform, [membership_id(other, UUID(int=2050))], entity_id=other)
    asked: dict[str, Any] = {**BY, "motion_id": theirs, "mandate_id": M1, "membership_id": ASH, "term": TERM}
    refused(ledger, NoCarryingMotion, appoint, **asked)


def test_an_appointment_keeps_to_the_rule_in_force_and_its_longest_term(ledger: PaperLedger) -> None:
    asked: dict[str, Any] = {**BY, "mandate_id": M1, "membership_id": ASH}
    refused(ledger, TermTooLong, appoint, **asked, term=Term(STARTS, ends_on=date(2032, 4, 2)))
    ledger.perform(
        adopt_rule_set,
        on=TODAY,
        entity_id=ENTITY,
        name="board",
        version=2,
        valid_from=date(2026, 6, 1),
        quorum=Quorum(0, 1),
        majority=Majority(1, 2, Comparator.MORE_THAN, Denominator.EXPRESSED),
        source_ref="statutes 2026",
        provisions=SIX_YEARS,
    )
    refused(ledger, RuleNotInForce, appoint, **asked | {"rule_version": 2}, term=TERM)
    refused(ledger, RuleNotInForce, appoint, on=date(2026, 6, 1), **asked, term=TERM)


def test_an_office_has_an_entity_a_seat_and_a_source(ledger: PaperLedger) -> None:
    asked: dict[str, Any] = {"entity_id": ENTITY, "office": "auditor", "seats": 1, "source_ref": "statutes"}
    refused(ledger, NoSeats, open_office, **asked | {"seats": 0})
    refused(ledger, EmptyText, open_office, **asked | {"source_ref": " "})
    refused(ledger, UnknownRecord, open_office, **asked | {"entity_id": UUID(int=1)})


def test_a_mandate_ends_on_a_day_of_the_calendar_of_the_ledger(ledger: PaperLedger) -> None:
    appoints(ledger, M1, ASH)
    asked: dict[str, Any] = {**OF, "mandate_id": M1, "ends_on": date(1899, 12, 31)}
    refused(ledger, InvalidDay, resign_mandate, **asked)
    refused(ledger, InvalidDay, revoke_mandate, **asked, motion_id=MOTION)


def test_a_term_is_within_the_calendar_of_the_ledger() -> None:
    with pytest.raises(InvalidDay):
        require_term(Term(STARTS, ends_on=date(3000, 1, 1)), most_years=None)
    with pytest.raises(InvalidTerm):
        require_term(Term(STARTS, ends_at_assembly_of=2999), most_years=None)
    require_term(Term(STARTS, ends_at_assembly_of=2998), most_years=None)
    require_term(Term(STARTS, ends_at_assembly_of=2026), most_years=None)
    with pytest.raises(InvalidTerm):
        require_term(Term(STARTS, ends_at_assembly_of=2025), most_years=None)


@pytest.mark.parametrize(
    ("term", "ends"),
    [
        (Term(STARTS, ends_on=date(2032, 4, 2)), date(2032, 4, 2)),
        (Term(STARTS, ends_at_assembly_of=2033), 2033),
    ],
)
def test_a_term_that_is_too_long_is_refused_with_its_end(term: Term, ends: object) -> None:
    with pytest.raises(TermTooLong) as found:
        require_term(term, most_years=6)
    assert found.value.facts["ends"] == ends
