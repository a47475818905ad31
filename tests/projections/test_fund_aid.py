"""Aid and guarantees are shown with what became of them, and move the fund they come from."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from domain.aggregates.fund_aid import AidOutcome, AidState
from domain.aggregates.fund_guarantee import GuaranteeState
from domain.instalments import Instalment
from domain.ledger.advances import recover_advance, repay_advance, set_advance_off, write_advance_off
from domain.ledger.aid import give_up_aid
from domain.ledger.corrections import undo_advance_set_off
from domain.ledger.guarantees import call_guarantee, recover_guarantee, release_guarantee
from projections.activity_balances import ActivityBalance, activity_balances
from projections.doctor.books import examine_books
from projections.fund_aid import Aid, aid, guarantees
from projections.fund_balances import FundBalance, fund_balances
from projections.reader import Reader
from tests import aiding
from tests.cooperative import ACTIVITY, ENTITY, FUND, MEMBER, OTHER_MEMBER, line
from tests.projections.helping import guarantee as guarantee_from_the_fund
from tests.projections.world import MARCH, World

AID, OTHER_AID = UUID(int=401), UUID(int=402)


@pytest.fixture
def funded(world: World) -> World:
    """The fund collected 3,000.00 and keeps 1,000.00."""
    invoice = world.invoices(line("300000"), on=MARCH)
    (receipt,) = world.receives(invoice.gross_c, on=MARCH)
    world.allocates(receipt, invoice.originator_id, invoice.gross_c, on=MARCH)
    return world


def shown(world: World, reader: Reader) -> Aid:
    world.project()
    (found,) = aid(reader)
    return found


def fund_of(world: World, reader: Reader) -> FundBalance:
    world.project()
    (row,) = fund_balances(reader, fund_id=FUND).rows
    return row


def activity_of(world: World, reader: Reader) -> ActivityBalance:
    world.project()
    (row,) = activity_balances(reader, activity_id=ACTIVITY).rows
    return row


def test_a_grant_is_shown_from_its_request_to_its_payment(funded: World, reader: Reader) -> None:
    aiding.ask(funded.perform, 900_00, AID)
    asked = shown(funded, reader)
    assert (asked.state, asked.requested_c, asked.decided_c, asked.purpose) == (
        "requested",
        900_00,
        0,
        "A lathe",
    )
    assert (asked.entity_id, asked.fund_id, asked.activity_id, asked.member_id) == (
        ENTITY,
        FUND,
        ACTIVITY,
        MEMBER,
    )
    aiding.grant(funded.perform, 800_00, AID)
    decided = shown(funded, reader)
    assert (decided.state, decided.outcome, decided.decided_c) == ("decided", "granted", 800_00)
    assert (decided.decided_by, decided.decision_ref, decided.committee) == (
        "ben",
        "committee 1",
        (OTHER_MEMBER,),
    )
    aiding.pay(funded.perform, AID)
    paid = shown(funded, reader)
    assert (paid.state, paid.paid_by, paid.paid_on, paid.outstanding_c) == ("paid", "carla", MARCH, 0)


def test_aid_that_came_to_nothing_says_so_and_is_promised_no_longer(funded: World, reader: Reader) -> None:
    aiding.ask(funded.perform, 900_00, AID)
    aiding.grant(funded.perform, 0, AID, outcome=AidOutcome.REFUSED)
    assert shown(funded, reader).state == "refused"
    aiding.ask(funded.perform, 900_00, OTHER_AID)
    aiding.grant(funded.perform, 900_00, OTHER_AID)
    assert fund_of(funded, reader).promised_c == 900_00
    funded.perform(give_up_aid, aid_id=OTHER_AID, reason="not needed")
    assert fund_of(funded, reader).promised_c == 0
    assert [each.state for each in aid(reader)] == ["refused", "given-up"]


def test_an_advance_is_open_until_it_came_back_by_the_bank_and_set_off(funded: World, reader: Reader) -> None:
    before = activity_of(funded, reader)
    funded.lends(900_00, aid_id=AID)
    lent = shown(funded, reader)
    assert (lent.state, lent.outstanding_c) == ("open", 900_00)
    assert lent.schedule == (Instalment(date(2026, 12, 31), 900_00),)
    assert activity_of(funded, reader).committed_c == 900_00
    (receipt,) = funded.receives(500_00, on=MARCH)
    funded.perform(repay_advance, aid_id=AID, bank_line_id=receipt, amount_c=500_00)
    fund = fund_of(funded, reader)
    assert (fund.given_c, fund.returned_c, fund.outstanding_c) == (900_00, 500_00, 400_00)
    assert (fund.cash_c, fund.available_c) == (2_600_00, 1_600_00)
    funded.perform(set_advance_off, aid_id=AID, amount_c=400_00)
    assert (shown(funded, reader).state, shown(funded, reader).repaid_c) == ("repaid", 900_00)
    assert fund_of(funded, reader).outstanding_c == 0
    after = activity_of(funded, reader)
    assert (after.committed_c, after.result_c) == (0, before.result_c - 400_00)


def test_what_was_set_off_by_mistake_is_awaited_again_and_the_doctor_agrees(
    funded: World, reader: Reader
) -> None:
    before = activity_of(funded, reader)
    funded.lends(900_00, aid_id=AID)
    funded.perform(set_advance_off, aid_id=AID, amount_c=900_00)
    funded.perform(undo_advance_set_off, aid_id=AID, amount_c=300_00, reason="another advance")
    assert (shown(funded, reader).state, shown(funded, reader).repaid_c) == ("open", 600_00)
    fund = fund_of(funded, reader)
    assert (fund.returned_c, fund.outstanding_c, fund.cash_c) == (600_00, 300_00, 2_700_00)
    after = activity_of(funded, reader)
    assert (after.committed_c, after.result_c) == (300_00, before.result_c - 600_00)
    assert funded.replay().equal
    assert examine_books(funded.dsn, tenant="default", log=funded.log).findings == ()


def test_an_advance_that_is_lost_says_what_was_lost_and_what_came_after_all(
    funded: World, reader: Reader
) -> None:
    funded.lends(900_00, aid_id=AID)
    funded.perform(write_advance_off, actor="ben", aid_id=AID, decision_ref="committee 2")
    lost = shown(funded, reader)
    assert (lost.state, lost.written_off_c, lost.outstanding_c) == ("written-off", 900_00, 0)
    assert (fund_of(funded, reader).outstanding_c, fund_of(funded, reader).cash_c) == (0, 2_100_00)
    assert activity_of(funded, reader).committed_c == 0
    (receipt,) = funded.receives(100_00, on=MARCH)
    funded.perform(recover_advance, aid_id=AID, bank_line_id=receipt, amount_c=100_00)
    assert shown(funded, reader).recovered_c == 100_00
    assert (fund_of(funded, reader).returned_c, fund_of(funded, reader).cash_c) == (100_00, 2_200_00)


def test_a_guarantee_is_set_aside_then_given_then_back(funded: World, reader: Reader) -> None:
    invoice = funded.invoices(on=MARCH)
    guarantee = guarantee_from_the_fund(funded, 800_00, invoice_id=invoice.originator_id)
    fund = fund_of(funded, reader)
    assert (fund.guaranteed_c, fund.cash_c, fund.available_c) == (800_00, 3_000_00, 1_200_00)
    before = activity_of(funded, reader)
    says: dict[str, Any] = {"guarantee_id": guarantee, "decision_ref": "committee 4"}
    funded.perform(call_guarantee, actor="ben", **says, amount_c=600_00)
    fund = fund_of(funded, reader)
    assert (fund.guaranteed_c, fund.given_c, fund.cash_c) == (0, 600_00, 2_400_00)
    assert activity_of(funded, reader).collected_c == before.collected_c + 600_00
    funded.perform(recover_guarantee, guarantee_id=guarantee, amount_c=50_00)
    assert fund_of(funded, reader).cash_c == 2_450_00
    (called,) = guarantees(reader)
    assert (called.state, called.reserved_c, called.called_c, called.recovered_c) == (
        "called",
        800_00,
        600_00,
        50_00,
    )
    assert (called.reserved_by, called.called_by) == ("anna", "ben")


def test_a_guarantee_that_is_released_is_set_aside_no_longer(funded: World, reader: Reader) -> None:
    invoice = funded.invoices(on=MARCH)
    guarantee = guarantee_from_the_fund(funded, 800_00, invoice_id=invoice.originator_id)
    funded.perform(release_guarantee, guarantee_id=guarantee, reason="the client paid")
    assert fund_of(funded, reader).guaranteed_c == 0
    assert [each.state for each in guarantees(reader)] == ["released"]


def test_aid_and_guarantees_are_found_by_fund_entity_and_state_page_by_page(
    funded: World, reader: Reader
) -> None:
    for each in (AID, OTHER_AID):
        aiding.ask(funded.perform, 1_00, each)
    aiding.grant(funded.perform, 1_00, OTHER_AID)
    invoice = funded.invoices(on=MARCH)
    guarantee_from_the_fund(funded, 1_00, invoice_id=invoice.originator_id)
    funded.project()
    assert [each.aid_id for each in aid(reader, state=AidState.DECIDED)] == [OTHER_AID]
    (first,) = aid(reader, entity_id=ENTITY, fund_id=FUND, limit=1)
    assert [each.aid_id for each in aid(reader, after=first.position)] == [OTHER_AID]
    assert aid(reader, fund_id=ENTITY) == aid(reader, entity_id=FUND) == []
    assert guarantees(reader, fund_id=ENTITY) == guarantees(reader, state=GuaranteeState.CALLED) == []
    assert len(guarantees(reader, entity_id=ENTITY, fund_id=FUND, state=GuaranteeState.RESERVED)) == 1


def test_what_a_fund_gave_is_the_same_however_it_is_read_again(funded: World, reader: Reader) -> None:
    funded.lends(900_00, aid_id=AID)
    funded.perform(set_advance_off, aid_id=AID, amount_c=100_00)
    funded.perform(write_advance_off, actor="ben", aid_id=AID, decision_ref="committee 2")
    funded.project()
    assert funded.replay().equal
    assert funded.replay(page=1).equal
    assert funded.replay(page=3).equal
