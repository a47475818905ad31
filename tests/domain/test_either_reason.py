"""Where a rule has two reasons to refuse, each alone is enough; where it asks for two things, neither is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from domain.errors import (
    DecisionNotAdopted,
    EmptyText,
    MotionNeeded,
    NotInWriting,
    NotRetroactive,
    NotTheSamePerson,
    OldBooksUnreadable,
    OldSharesOverlap,
    OtherEntity,
    Refusal,
    ReversalPrecedes,
    RollNotOfTheRecordDate,
    RollOutdated,
    RuleUnfitForElection,
)
from domain.governance.provisions import College, Colleges, RollRule, Weight, Writing
from domain.governance.rules import Comparator, Denominator, Majority, Quorum
from domain.ledger import assemblies, exclusions, governance, motions, plans
from domain.ledger.entities import set_parameter
from domain.ledger.merging import merge_memberships
from domain.ledger.presets import CONTRIBUTION_BODY, EXCLUSION_BODY
from domain.ledger.years import open_year
from domain.old_books import OldBooks
from tests.cooperative import ENTITY, FOUNDED, MEMBER, found
from tests.domain import electing, meeting, test_fiscal_years, test_purchases
from tests.domain.departing import MARCH, cooperative, takes
from tests.domain.meeting import (
    ANNA,
    BERT,
    CLEO,
    FIRST,
    OTHER_MOTION,
    ROLL,
    convenes,
    drawn,
    rules,
    with_provisions,
)
from tests.domain.test_cutover import cut_over
from tests.domain.trading import BUYING, found_buyer
from tests.old_books import BOOKS, INVOICES, SHARES
from tests.paper import PaperLedger
from tests.scenario import TODAY

NOBODY = UUID(int=1)


def refused(ledger: PaperLedger, refusal: type[Refusal], use_case: Any, **asked: Any) -> Refusal:
    with pytest.raises(refusal) as found:
        ledger.perform(use_case, **asked)
    return found.value


def decides(ledger: PaperLedger, body: str, value: str) -> None:
    asked: dict[str, Any] = {"entity_id": ENTITY, "name": body, "value": value, "source_ref": "statutes"}
    ledger.perform(set_parameter, on=TODAY, valid_from=TODAY, **asked)


def test_a_motion_that_is_named_must_carry_what_the_board_decides() -> None:
    ledger = PaperLedger()
    found(ledger.perform)
    says: dict[str, Any] = {"entity_id": ENTITY, "valid_from": TODAY, "rate_bp": 500, "fund_shares": []}
    decides(ledger, CONTRIBUTION_BODY, "board")
    enacting: dict[str, Any] = {"decision_ref": "board 4", **says}
    refused(ledger, MotionNeeded, plans.enact_contribution_rule, motion_id=NOBODY, **enacting)
    ledger.perform(plans.enact_contribution_rule, **enacting)


def test_where_the_members_decide_a_motion_is_named() -> None:
    ledger = PaperLedger()
    found(ledger.perform)
    says: dict[str, Any] = {"entity_id": ENTITY, "valid_from": TODAY, "rate_bp": 500, "fund_shares": []}
    decides(ledger, CONTRIBUTION_BODY, "assembly")
    refused(ledger, MotionNeeded, plans.enact_contribution_rule, decision_ref="board 4", **says)


def test_a_motion_that_is_named_must_carry_an_exclusion_by_the_board() -> None:
    ledger = cooperative()
    of: dict[str, Any] = {"exclusion_id": UUID(int=970)}
    decides(ledger, EXCLUSION_BODY, "board")
    ledger.perform(exclusions.propose_exclusion, on=MARCH, membership_id=MEMBER, reasons="Competes", **of)
    said: dict[str, Any] = {"decision_ref": "board 7", "motivation": "For the reasons given", **of}
    on = date(2026, 6, 1)
    refused(ledger, DecisionNotAdopted, exclusions.exclude_member, on=on, motion_id=NOBODY, **said)


def adopts(ledger: PaperLedger, *, name: str, version: int, valid_from: date, on: date) -> None:
    ledger.perform(
        governance.adopt_rule_set,
        on=on,
        entity_id=ENTITY,
        name=name,
        version=version,
        valid_from=valid_from,
        quorum=Quorum(0, 1),
        majority=Majority(1, 2, Comparator.MORE_THAN, Denominator.EXPRESSED),
        source_ref="statutes",
    )


@pytest.mark.parametrize(
    ("first", "second"),
    [(FOUNDED, TODAY - timedelta(days=1)), (TODAY + timedelta(days=9), TODAY + timedelta(days=9))],
)
def test_a_version_neither_reaches_back_nor_takes_the_place_of_the_one_before(
    first: date, second: date
) -> None:
    ledger = PaperLedger()
    found(ledger.perform)
    adopts(ledger, name="ordinary", version=1, valid_from=first, on=TODAY)
    with pytest.raises(NotRetroactive):
        adopts(ledger, name="ordinary", version=2, valid_from=second, on=TODAY)


def test_a_rule_of_colleges_counts_no_election() -> None:
    halves = Colleges((College("one", 1, 2), College("other", 1, 2)))
    ledger = PaperLedger()
    electing.cooperative(ledger.perform, provisions=replace(electing.SIX_YEARS, colleges=halves))
    with pytest.raises(RuleUnfitForElection):
        electing.calls(ledger.perform)


def test_a_membership_is_made_one_with_another_and_once() -> None:
    ledger = meeting.founded()
    same: dict[str, Any] = {"reason": "the same person"}
    refused(ledger, NotTheSamePerson, merge_memberships, membership_id=ANNA, into_id=ANNA, **same)
    ledger.perform(merge_memberships, membership_id=BERT, into_id=ANNA, **same)
    refused(ledger, Refusal, merge_memberships, membership_id=BERT, into_id=CLEO, **same)


def test_what_changes_the_statutes_is_not_decided_in_writing() -> None:
    ledger = meeting.founded()
    statutes = with_provisions(changes_statutes=True, writing=Writing.UNANIMOUS)
    rules(ledger, statutes, name="statutes")
    rules(ledger, with_provisions(writing=Writing.NEVER), name="never")
    ledger.perform(governance.freeze_roll, roll_id=ROLL, entity_id=ENTITY)
    asked: dict[str, Any] = {"roll_id": ROLL, "motion_id": OTHER_MOTION, "rule_version": 1}
    for name in ("statutes", "never"):
        of: dict[str, Any] = {"written_decision_id": UUID(int=640), "rule_name": name}
        refused(ledger, NotInWriting, motions.propose_in_writing, **of, **asked)


def test_a_roll_is_outdated_by_a_share_that_moved_as_by_a_member_who_joined() -> None:
    ledger = cooperative()
    takes(ledger, 0, 2)
    rules(ledger, with_provisions(roll=RollRule(Weight.SHARE)), name="by-share")
    before = drawn(ledger)
    takes(ledger, 0, 1)
    asked: dict[str, Any] = {"roll_id": ROLL, "entity_id": ENTITY, "rule_name": "by-share"}
    refused(ledger, RollOutdated, governance.freeze_roll_for, **asked, rule_version=1, drawn=before)


def test_a_roll_of_a_record_date_is_of_an_assembly_that_has_one() -> None:
    ledger = meeting.founded()
    convenes(ledger)
    refused(ledger, RollNotOfTheRecordDate, assemblies.freeze_record_roll, assembly_id=FIRST)


def test_a_bill_is_of_an_activity_of_the_entity_it_is_sent_to() -> None:
    ledger = test_purchases.with_supplier()
    found_buyer(ledger.perform)
    with pytest.raises(OtherEntity):
        test_purchases.receive(ledger, activity_id=BUYING)


def test_a_cut_off_is_taken_back_after_its_year() -> None:
    ledger = PaperLedger()
    found(ledger.perform)
    year: dict[str, Any] = {"first_on": test_fiscal_years.FIRST, "last_on": test_fiscal_years.LAST}
    ledger.perform(open_year, entity_id=ENTITY, year="2025", **year)
    test_fiscal_years.close(ledger, "2025-11", "2025-12")
    with pytest.raises(ReversalPrecedes):
        test_fiscal_years.adjust(ledger, taken_back_on=test_fiscal_years.LAST)
    test_fiscal_years.adjust(ledger, taken_back_on=test_fiscal_years.LAST + timedelta(days=1))


@pytest.mark.parametrize(
    ("old", "refusal"),
    [
        (replace(BOOKS, shares=(replace(SHARES[0], from_no=0, to_no=9), SHARES[1])), OldSharesOverlap),
        (replace(BOOKS, shares=(replace(SHARES[0], from_no=1, to_no=0), SHARES[1])), OldSharesOverlap),
        (
            replace(BOOKS, invoices=(replace(INVOICES[0], contribution_bp=-1), INVOICES[1])),
            OldBooksUnreadable,
        ),
        (
            replace(BOOKS, invoices=(replace(INVOICES[0], contribution_bp=9_901), INVOICES[1])),
            OldBooksUnreadable,
        ),
        (replace(BOOKS, invoices=(replace(INVOICES[0], invoice_no=" "), INVOICES[1])), EmptyText),
    ],
)
def test_old_books_that_cannot_be_are_refused(old: OldBooks, refusal: type[Refusal]) -> None:
    with pytest.raises(refusal):
        cut_over(old)
