"""What is of one entity is refused in another: bank lines, wages, motions, rolls, assemblies, clients."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from domain.aggregates.manual_entry import ManualLine
from domain.errors import (
    DecisionNotAdopted,
    DeficitOfAnother,
    MotionNeeded,
    NotOfTheActivity,
    OtherEntity,
    Refusal,
    UnknownRecord,
)
from domain.ledger import advances, aid, bank, deficits, elections, exclusions, governance, intercompany
from domain.ledger.activities import activity_id, open_activity
from domain.ledger.assemblies import convene_assembly
from domain.ledger.carrying import require_adopted
from domain.ledger.entities import set_parameter
from domain.ledger.manual_entries import post_entry
from domain.ledger.members import membership_id
from domain.ledger.payrolls import post_slip, request_payroll
from domain.ledger.presets import ACTIVITY_OVERDRAFT_C
from domain.ledger.transfers import propose_transfer
from domain.payouts import PayoutRegime
from domain.slips import SlipLine, SlipType
from tests.aiding import AID, ask, fill_the_fund, lend
from tests.aiding import pay as pay_aid
from tests.carried import adopted
from tests.cooperative import (
    ACTIVITY,
    CLIENT,
    ENTITY,
    FOUNDED,
    FUND,
    MEMBER,
    OTHER_MEMBER,
    OTHER_PERSON,
    PERSON,
    Perform,
    entry,
    found,
    found_entity,
    join,
    statement,
)
from tests.domain import electing
from tests.domain.departing import MARCH
from tests.domain.electing import ASSEMBLY, ELECTION, ROLL, calls, stands
from tests.domain.ending import DEFICIT, lacking
from tests.domain.trading import BUYER, SELLER_AS_SUPPLIER, found_buyer, link
from tests.paper import PaperBooks, PaperLedger
from tests.scenario import TODAY

THEIR_ACCOUNT = "BE71096123456769"
THEIR_LINE = bank.line_id(bank.account_id_of(THEIR_ACCOUNT), "2026/1", "1")
THEIR_WAGE = UUID(int=3_000)
NOBODY = UUID(int=3_001)


def their_line(ledger: PaperLedger, amount_c: int = 500_00) -> UUID:
    """Money that came in on an account of the other entity."""
    opened: dict[str, Any] = {"account": THEIR_ACCOUNT, "balance_c": 0, "balance_on": FOUNDED}
    ledger.perform(bank.open_bank_account, on=FOUNDED, entity_id=BUYER, **opened)
    reported = statement(1, [entry("1", amount_c, on=TODAY)], opening_c=0, on=TODAY)
    ledger.perform(bank.import_statements, account=THEIR_ACCOUNT, statements=[reported])
    return THEIR_LINE


def refuses(perform: Perform, refusal: type[Refusal], use_case: Any, **asked: Any) -> Refusal:
    with pytest.raises(refusal) as refused:
        perform(use_case, **asked)
    return refused.value


@pytest.fixture
def deficit() -> PaperLedger:
    """A deficit of a member of the first entity, beside a second one."""
    ledger = lacking()
    found_buyer(ledger.perform)
    return ledger


def test_a_deficit_is_not_repaid_by_money_of_another_entity(deficit: PaperLedger) -> None:
    asked: dict[str, Any] = {"bank_line_id": their_line(deficit), "deficit_id": DEFICIT, "amount_c": 1}
    refuses(deficit.perform, OtherEntity, deficits.repay_deficit, **asked)


def posts_wage(ledger: PaperLedger, activity: UUID, member: UUID) -> None:
    wage: dict[str, Any] = {"activity_id": activity, "employee_id": member, "payroll_id": THEIR_WAGE}
    ledger.perform(request_payroll, on=MARCH, budget_c=1, **wage)
    slip: dict[str, Any] = {"lines": [SlipLine(SlipType.GROSS, 1)], "net_c": 1, "employer_c": 0}
    ledger.perform(post_slip, on=MARCH, payroll_id=THEIR_WAGE, slip_ref="slip 9", **slip)


def test_a_deficit_is_withheld_from_no_wage_of_another_entity_or_person(deficit: PaperLedger) -> None:
    asked: dict[str, Any] = {"deficit_id": DEFICIT, "payroll_id": THEIR_WAGE, "amount_c": 1}
    elsewhere, another = deficit.copy(), deficit.copy()
    join(elsewhere.perform, PERSON, entity_id=BUYER)
    theirs = membership_id(BUYER, PERSON)
    told: dict[str, Any] = {"code": "B2", "membership_ids": [theirs], "payout_regime": PayoutRegime.EMPLOYEE}
    elsewhere.perform(open_activity, on=FOUNDED, entity_id=BUYER, **told)
    overdraft: dict[str, Any] = {"name": ACTIVITY_OVERDRAFT_C, "value": "1", "source_ref": "board"}
    elsewhere.perform(set_parameter, on=MARCH, entity_id=BUYER, valid_from=MARCH, **overdraft)
    posts_wage(elsewhere, activity_id(BUYER, "B2"), theirs)
    refuses(elsewhere.perform, OtherEntity, deficits.set_off_wage, **asked)
    told = {"code": "A2", "membership_ids": [OTHER_MEMBER], "payout_regime": PayoutRegime.EMPLOYEE}
    another.perform(open_activity, on=FOUNDED, entity_id=ENTITY, **told)
    posts_wage(another, activity_id(ENTITY, "A2"), OTHER_MEMBER)
    refuses(another.perform, DeficitOfAnother, deficits.set_off_wage, **asked)


def test_a_deficit_is_covered_only_by_aid_for_its_own_activity(deficit: PaperLedger) -> None:
    told: dict[str, Any] = {"code": "A2", "membership_ids": [MEMBER], "payout_regime": PayoutRegime.EMPLOYEE}
    deficit.perform(open_activity, on=FOUNDED, entity_id=ENTITY, **told)
    asked: dict[str, Any] = {"aid_id": AID, "fund_id": FUND, "activity_id": activity_id(ENTITY, "A2")}
    deficit.perform(aid.request_aid, member_id=MEMBER, amount_c=1, purpose="A lathe", **asked)
    refuses(deficit.perform, NotOfTheActivity, deficits.cover_deficit, deficit_id=DEFICIT, aid_id=AID)


def test_an_advance_is_not_paid_back_by_money_of_another_entity() -> None:
    ledger = PaperLedger()
    found(ledger.perform)
    found_buyer(ledger.perform)
    fill_the_fund(ledger.perform)
    ask(ledger.perform, 500_00)
    lend(ledger.perform, 500_00)
    pay_aid(ledger.perform)
    asked: dict[str, Any] = {"aid_id": AID, "bank_line_id": their_line(ledger), "amount_c": 500_00}
    refuses(ledger.perform, OtherEntity, advances.repay_advance, **asked)


def board() -> PaperLedger:
    """A cooperative that elects, beside another entity of one member."""
    ledger = PaperLedger()
    electing.cooperative(ledger.perform)
    found_entity(ledger.perform, code="SECOND")
    join(ledger.perform, OTHER_PERSON, entity_id=BUYER)
    return ledger


def test_an_election_is_held_in_no_assembly_of_another_entity() -> None:
    ledger = board()
    motion = UUID(int=3_002)
    ledger.perform(governance.table_motion, motion_id=motion, entity_id=BUYER, title="A van", text="Buy.")
    says: dict[str, Any] = {"held_on": date(2026, 5, 20), "notice_on": TODAY, "agenda": [motion]}
    ledger.perform(convene_assembly, assembly_id=ASSEMBLY, entity_id=BUYER, **says)
    with pytest.raises(OtherEntity):
        calls(ledger.perform, assembly_id=ASSEMBLY)


def test_an_election_is_held_on_no_roll_of_another_entity() -> None:
    ledger = board()
    theirs = UUID(int=3_003)
    ledger.perform(governance.freeze_roll, roll_id=theirs, entity_id=BUYER)
    calls(ledger.perform)
    stands(ledger.perform, *electing.VOTERS[:2])
    asked: dict[str, Any] = {"election_id": ELECTION}
    refuses(ledger.perform, OtherEntity, elections.open_voting, **asked, roll_id=theirs)
    ledger.perform(elections.open_voting, **asked, roll_id=ROLL)


def test_entities_are_linked_by_a_client_of_the_one_and_a_supplier_of_the_other() -> None:
    ledger = PaperLedger()
    found(ledger.perform)
    found_buyer(ledger.perform)
    for wrong in ({"seller_id": BUYER, "buyer_id": ENTITY}, {"supplier_id": NOBODY}, {"client_id": NOBODY}):
        with pytest.raises(OtherEntity if "buyer_id" in wrong else UnknownRecord):
            link(ledger.perform, **wrong)
    theirs: dict[str, Any] = {"seller_id": NOBODY, "buyer_id": BUYER}
    refused = refuses(
        ledger.perform,
        UnknownRecord,
        intercompany.link_entities,
        **theirs,
        client_id=CLIENT,
        supplier_id=SELLER_AS_SUPPLIER,
    )
    assert (refused.facts["kind"], refused.facts["id"]) == ("legal-entity", NOBODY)
    with pytest.raises(UnknownRecord) as of_buyer:
        link(ledger.perform, buyer_id=NOBODY)
    assert (of_buyer.value.facts["kind"], of_buyer.value.facts["id"]) == ("legal-entity", NOBODY)


def test_what_the_members_of_another_entity_decided_carries_nothing_here() -> None:
    ledger = PaperLedger()
    found(ledger.perform)
    found_buyer(ledger.perform)
    theirs = adopted(ledger.perform, [membership_id(BUYER, OTHER_PERSON)], entity_id=BUYER)
    books = PaperBooks(ledger._streams, ledger.position)
    require_adopted(books, BUYER, theirs)
    with pytest.raises(MotionNeeded):
        require_adopted(books, ENTITY, theirs)
    asked: dict[str, Any] = {"exclusion_id": NOBODY, "membership_id": MEMBER}
    ledger.perform(exclusions.propose_exclusion, reasons="Competes unfairly", **asked)
    told: dict[str, Any] = {"decision_ref": "assembly 7", "motivation": "For the reasons given"}
    refuses(
        ledger.perform,
        DecisionNotAdopted,
        exclusions.exclude_member,
        on=date(2026, 5, 1),
        exclusion_id=NOBODY,
        motion_id=theirs,
        **told,
    )


@pytest.mark.parametrize(
    ("use_case", "asked"),
    [
        (
            propose_transfer,
            {
                "transfer_id": UUID(int=1),
                "from_activity_id": None,
                "to_activity_id": ACTIVITY,
                "amount_c": 1,
                "reason": "",
            },
        ),
        (
            post_entry,
            {
                "entry_id": UUID(int=1),
                "day": TODAY,
                "lines": [ManualLine("613", 1, 0), ManualLine("440", 0, 1)],
                "reason": "",
                "evidence_sha256": "",
            },
        ),
    ],
)
def test_nothing_is_asked_of_an_entity_that_there_is_not(use_case: Any, asked: dict[str, Any]) -> None:
    ledger = PaperLedger()
    found(ledger.perform)
    refused = refuses(ledger.perform, UnknownRecord, use_case, entity_id=NOBODY, **asked)
    assert (refused.facts["kind"], refused.facts["id"]) == ("legal-entity", NOBODY)
