"""A fund pays only what it collected, never below its floor, and only by two people."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from domain.aggregates.activity import PayoutRegime
from domain.aggregates.mutual_fund import FundKind, LedgerPolicy, MutualFund
from domain.errors import (
    AlreadyExists,
    AmountNegative,
    AmountNotPositive,
    AmountTooLarge,
    BelowFloor,
    EmptyText,
    NoOpenPeriod,
    OtherEntity,
    SecondPersonNeeded,
    UnknownRecord,
)
from domain.ledger.activities import activity_id, open_activity
from domain.ledger.entities import entity_id_of
from domain.ledger.funds import charter_fund, pay_grant, propose_grant
from domain.ledger.members import membership_id
from domain.money import MAX_CENTS
from tests.cooperative import ACTIVITY, ENTITY, FUND, PERSON, found, found_entity, join
from tests.paper import PaperLedger
from tests.scenario import ID, TODAY, Fact, Given, fact, replayed, says, stamp

GRANT, INVOICE = UUID(int=140), UUID(int=500)
CHARTER: dict[str, Any] = {
    "entity_id": ENTITY,
    "code": "SOLIDARITY",
    "kind": FundKind.SOLIDARITY,
    "ledger_policy": LedgerPolicy.LIABILITY,
    "floor_c": 1_000_00,
    "regulation_ref": "regulation 2025",
}
CHARTERED = fact(MutualFund.Chartered, **CHARTER)
CHARGE: dict[str, Any] = {
    "booked_on": TODAY,
    "activity_id": ACTIVITY,
    "document_id": INVOICE,
    "plan_version": 1,
    "base_c": 1_000_000_00,
    "rate_bp": 100,
    "amount_c": 10_000_00,
}
ACCRUED = fact(
    MutualFund.ContributionCharged, entity_id=ENTITY, ledger_policy=LedgerPolicy.LIABILITY, **CHARGE
)


def collected(amount_c: int) -> Fact:
    return fact(
        MutualFund.ContributionCollected,
        entity_id=ENTITY,
        activity_id=ACTIVITY,
        document_id=INVOICE,
        amount_c=amount_c,
    )


def proposed(amount_c: int, grant_id: UUID = GRANT, **plumbing: Any) -> Fact:
    return fact(
        MutualFund.GrantProposed,
        entity_id=ENTITY,
        grant_id=grant_id,
        activity_id=ACTIVITY,
        amount_c=amount_c,
        decision_ref="committee 1",
        purpose="A lathe",
        **plumbing,
    )


def paid(amount_c: int, grant_id: UUID = GRANT) -> Fact:
    return fact(
        MutualFund.GrantPaid,
        entity_id=ENTITY,
        booked_on=TODAY,
        ledger_policy=LedgerPolicy.LIABILITY,
        grant_id=grant_id,
        activity_id=ACTIVITY,
        amount_c=amount_c,
        proposed_by="anna",
        decision_ref="committee 1",
    )


def proposing(amount_c: int, *, grant_id: UUID = GRANT, decision_ref: str = "committee 1") -> Any:
    return lambda fund: fund.propose_grant(
        stamp(),
        grant_id=grant_id,
        activity_id=ACTIVITY,
        amount_c=amount_c,
        purpose="A lathe",
        decision_ref=decision_ref,
    )


def paying(actor: str = "ben", *, on_behalf_of: str | None = None, grant_id: UUID = GRANT) -> Any:
    return lambda fund: fund.pay_grant(
        stamp(actor=actor, on_behalf_of=on_behalf_of), grant_id=grant_id, booked_on=TODAY
    )


COLLECTED = collected(3_000_00)


def test_a_fund_is_chartered_under_its_regulation() -> None:
    Given(MutualFund).when(lambda _: MutualFund.charter(stamp(), id=ID, **CHARTER)).then(CHARTERED)


def test_a_fund_may_have_no_floor_and_never_a_negative_one() -> None:
    free = CHARTER | {"floor_c": 0}
    Given(MutualFund).when(lambda _: MutualFund.charter(stamp(), id=ID, **free)).then(
        fact(MutualFund.Chartered, **free)
    )


@pytest.mark.parametrize(("floor_c", "refusal"), [(-1, AmountNegative), (MAX_CENTS + 1, AmountTooLarge)])
def test_a_floor_that_makes_no_sense_is_refused(floor_c: int, refusal: Any) -> None:
    Given(MutualFund).when(
        lambda _: MutualFund.charter(stamp(), id=ID, **CHARTER | {"floor_c": floor_c})
    ).then_refused(refusal)


@pytest.mark.parametrize("empty", ["code", "regulation_ref"])
def test_a_fund_without_code_or_regulation_is_refused(empty: str) -> None:
    Given(MutualFund).when(
        lambda _: MutualFund.charter(stamp(), id=ID, **CHARTER | {empty: " "})
    ).then_refused(EmptyText, field=empty)


def test_a_charge_says_how_the_books_show_the_fund() -> None:
    Given(MutualFund, CHARTERED).when(lambda fund: fund.charge(stamp(), **CHARGE)).then(ACCRUED)


def test_what_is_charged_is_no_cash_and_what_is_collected_is() -> None:
    assert replayed(MutualFund, CHARTERED, ACCRUED).cash_c == 0
    assert replayed(MutualFund, CHARTERED, ACCRUED, COLLECTED).cash_c == 3_000_00
    assert replayed(MutualFund, CHARTERED, COLLECTED, proposed(1), paid(1)).cash_c == 2_999_99


def test_a_receipt_is_collected() -> None:
    Given(MutualFund, CHARTERED).when(
        lambda fund: fund.collect(stamp(), activity_id=ACTIVITY, document_id=INVOICE, amount_c=3_000_00)
    ).then(COLLECTED)


def test_a_grant_is_proposed_by_a_decision() -> None:
    Given(MutualFund, CHARTERED).when(proposing(2_000_00)).then(proposed(2_000_00))
    Given(MutualFund, CHARTERED).when(proposing(1, decision_ref=" ")).then_refused(EmptyText)


@pytest.mark.parametrize(
    ("amount_c", "refusal"),
    [(0, AmountNotPositive), (-1, AmountNotPositive), (MAX_CENTS + 1, AmountTooLarge)],
)
def test_a_grant_of_nothing_or_of_everything_is_refused(amount_c: int, refusal: Any) -> None:
    Given(MutualFund, CHARTERED).when(proposing(amount_c)).then_refused(refusal)


def test_a_grant_is_proposed_once_also_after_it_was_paid() -> None:
    for history in ([proposed(1)], [COLLECTED, proposed(1), paid(1)]):
        Given(MutualFund, CHARTERED, *history).when(proposing(1)).then_refused(AlreadyExists, grant_id=GRANT)


def test_a_grant_down_to_the_floor_is_paid_and_one_cent_more_refused() -> None:
    Given(MutualFund, CHARTERED, ACCRUED, COLLECTED, proposed(2_000_00)).when(paying()).then(paid(2_000_00))
    Given(MutualFund, CHARTERED, ACCRUED, COLLECTED, proposed(2_000_01)).when(paying()).then_refused(
        BelowFloor, cash_c=3_000_00, amount_c=2_000_01, floor_c=1_000_00
    )


def test_at_its_floor_a_fund_pays_not_even_one_cent() -> None:
    second = UUID(int=141)
    Given(
        MutualFund, CHARTERED, ACCRUED, COLLECTED, proposed(2_000_00), paid(2_000_00), proposed(1, second)
    ).when(paying(grant_id=second)).then_refused(BelowFloor)


def test_whoever_proposed_a_grant_cannot_pay_it() -> None:
    Given(MutualFund, CHARTERED, COLLECTED, proposed(1)).when(paying("anna")).then_refused(
        SecondPersonNeeded, proposed_by="anna"
    )


@pytest.mark.parametrize(
    ("proposer", "approver"),
    [
        (("anna", None), ("desk", "anna")),
        (("desk", "anna"), ("anna", None)),
        (("desk", "anna"), ("desk", "ben")),
        (("desk", "anna"), ("ben", "anna")),
    ],
)
def test_a_delegate_is_no_second_person(
    proposer: tuple[str, str | None], approver: tuple[str, str | None]
) -> None:
    actor, behalf = proposer
    asked = proposed(1, actor=actor, on_behalf_of=behalf)
    Given(MutualFund, CHARTERED, COLLECTED, asked).when(
        paying(approver[0], on_behalf_of=approver[1])
    ).then_refused(SecondPersonNeeded)


def test_two_delegates_of_two_people_are_two_people() -> None:
    asked = proposed(1, actor="desk-1", on_behalf_of="anna")
    Given(MutualFund, CHARTERED, collected(1_000_01), asked).when(paying("desk-2", on_behalf_of="ben")).then(
        fact(MutualFund.GrantPaid, **paid(1).says | {"proposed_by": "desk-1"})
    )


def test_a_grant_that_was_not_proposed_or_was_paid_already_is_unknown() -> None:
    Given(MutualFund, CHARTERED, COLLECTED).when(paying()).then_refused(UnknownRecord)
    Given(MutualFund, CHARTERED, COLLECTED, proposed(1), paid(1)).when(paying()).then_refused(UnknownRecord)


@pytest.fixture
def ledger() -> PaperLedger:
    paper = PaperLedger()
    found(paper.perform)
    return paper


def propose(ledger: PaperLedger, **asked: Any) -> list[Any]:
    says: dict[str, Any] = {
        "fund_id": FUND,
        "grant_id": GRANT,
        "activity_id": ACTIVITY,
        "amount_c": 1,
        "purpose": "A lathe",
    }
    return ledger.perform(propose_grant, **says | {"decision_ref": "committee 1"} | asked)


def test_a_grant_goes_to_an_activity_of_the_fund_s_entity(ledger: PaperLedger) -> None:
    found_entity(ledger.perform, code="SISTER")
    sister = entity_id_of("SISTER")
    join(ledger.perform, PERSON, entity_id=sister)
    ledger.perform(
        open_activity,
        entity_id=sister,
        code="S1",
        membership_ids=[membership_id(sister, PERSON)],
        payout_regime=PayoutRegime.EMPLOYEE,
    )
    with pytest.raises(OtherEntity):
        propose(ledger, activity_id=activity_id(sister, "S1"))
    (recorded,) = propose(ledger)
    assert says(recorded) == fact(MutualFund.GrantProposed, **proposed(1).says)


def test_a_fund_an_activity_or_an_entity_that_is_unknown_is_refused(ledger: PaperLedger) -> None:
    for wrong in ({"fund_id": UUID(int=9)}, {"activity_id": UUID(int=9)}):
        with pytest.raises(UnknownRecord):
            propose(ledger, **wrong)
    with pytest.raises(UnknownRecord):
        ledger.perform(pay_grant, fund_id=UUID(int=9), grant_id=GRANT)
    with pytest.raises(UnknownRecord):
        ledger.perform(charter_fund, **CHARTER | {"entity_id": UUID(int=9)})
    with pytest.raises(AlreadyExists):
        ledger.perform(charter_fund, **CHARTER)


def test_a_grant_is_not_paid_on_a_day_without_an_open_month(ledger: PaperLedger) -> None:
    propose(ledger)
    with pytest.raises(NoOpenPeriod):
        ledger.perform(pay_grant, on=TODAY.replace(month=4), actor="ben", fund_id=FUND, grant_id=GRANT)
