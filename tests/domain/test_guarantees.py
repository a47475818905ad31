"""A fund's guarantee of an invoice: within what is open net of VAT, set aside, called, and given back."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from domain.aggregates.activity import Activity
from domain.aggregates.mutual_fund import MutualFund
from domain.errors import (
    AlreadyExists,
    BelowFloor,
    ExceedsOpenAmount,
    MustAbstain,
    OtherEntity,
    SecondPersonNeeded,
    UnknownRecord,
)
from domain.ledger.bank import allocate_receipt, import_statements, line_id
from domain.ledger.entities import entity_id_of
from domain.ledger.funds import charter_fund, fund_id
from domain.ledger.guarantees import (
    call_guarantee,
    guarantee_id,
    recover_guarantee,
    release_guarantee,
    reserve_guarantee,
)
from domain.ledger.invoicing import issue_invoice
from tests.aiding import CLOSING_C, ask, fill_the_fund, grant
from tests.cooperative import (
    ACCOUNT,
    ACCOUNT_ID,
    ACTIVITY,
    FUND,
    MEMBER,
    entry,
    found,
    found_entity,
    invoice,
    statement,
)
from tests.domain.spending import balances
from tests.domain.test_mutual_fund import CHARTER
from tests.paper import PaperLedger
from tests.scenario import TODAY

INVOICE = UUID(int=500)
GUARANTEE = guarantee_id(FUND, INVOICE)


@pytest.fixture
def ledger() -> PaperLedger:
    """A fund that can give 2,000.00, and an invoice of 1,000.00 + 210.00."""
    paper = PaperLedger()
    found(paper.perform)
    fill_the_fund(paper.perform)
    paper.perform(issue_invoice, **invoice(INVOICE, on=TODAY))
    return paper


def reserve(ledger: PaperLedger, amount_c: int, **asked: Any) -> None:
    says: dict[str, Any] = {"fund_id": FUND, "invoice_id": INVOICE, "decision_ref": "committee 1"}
    ledger.perform(reserve_guarantee, **says | {"amount_c": amount_c} | asked)


def call(ledger: PaperLedger, amount_c: int, *, actor: str = "ben", **asked: Any) -> None:
    says: dict[str, Any] = {"guarantee_id": GUARANTEE, "amount_c": amount_c, "decision_ref": "committee 2"}
    ledger.perform(call_guarantee, actor=actor, **says | asked)


def client_pays(ledger: PaperLedger, amount_c: int) -> None:
    reported = statement(2, [entry("1", amount_c, on=TODAY)], opening_c=CLOSING_C, on=TODAY)
    ledger.perform(import_statements, account=ACCOUNT, statements=[reported])
    line = line_id(ACCOUNT_ID, "2026/2", "1")
    ledger.perform(allocate_receipt, bank_line_id=line, invoice_id=INVOICE, amount_c=amount_c)


def test_no_more_is_guaranteed_than_the_client_owes_net_of_vat(ledger: PaperLedger) -> None:
    with pytest.raises(ExceedsOpenAmount):
        reserve(ledger, 1_000_01)
    reserve(ledger, 1_000_00)
    with pytest.raises(AlreadyExists):
        reserve(ledger, 1)


def test_what_is_guaranteed_is_set_aside_and_free_again_once_it_is_released(ledger: PaperLedger) -> None:
    reserve(ledger, 1_000_00)
    ask(ledger.perform, 1_000_01)
    other = ledger.copy()
    with pytest.raises(BelowFloor):
        grant(ledger.perform, 1_000_01)
    other.perform(release_guarantee, guarantee_id=GUARANTEE, reason="the client paid")
    grant(other.perform, 1_000_01)


def test_a_guarantee_below_the_floor_is_refused(ledger: PaperLedger) -> None:
    ask(ledger.perform, 1_500_00)
    grant(ledger.perform, 1_500_00)
    with pytest.raises(BelowFloor):
        reserve(ledger, 500_01)


def test_a_call_gives_the_activity_what_the_client_did_not_pay_and_no_bank_takes_part(
    ledger: PaperLedger,
) -> None:
    reserve(ledger, 1_000_00)
    before, activity = balances(ledger.facts), ledger.get(Activity, ACTIVITY)
    call(ledger, 800_00)
    after = balances(ledger.facts)
    assert {code: after[code] - before[code] for code in after if after[code] != before[code]} == {
        "4895": 800_00,
        "743": -800_00,
    }
    fund = ledger.get(MutualFund, FUND)
    assert (fund.cash_c, fund.set_aside_c) == (2_200_00, 0)
    assert ledger.get(Activity, ACTIVITY).collected_c == activity.collected_c + 800_00


def test_what_the_client_paid_meanwhile_is_not_called(ledger: PaperLedger) -> None:
    reserve(ledger, 1_000_00)
    client_pays(ledger, 605_00)
    with pytest.raises(ExceedsOpenAmount):
        call(ledger, 500_01)
    call(ledger, 500_00)


def test_what_the_client_pays_in_the_end_is_given_back_to_the_fund(ledger: PaperLedger) -> None:
    reserve(ledger, 1_000_00)
    call(ledger, 1_000_00)
    called = ledger.get(Activity, ACTIVITY)
    client_pays(ledger, 1_210_00)
    ledger.perform(recover_guarantee, guarantee_id=GUARANTEE, amount_c=1_000_00)
    fund, activity = ledger.get(MutualFund, FUND), ledger.get(Activity, ACTIVITY)
    assert fund.cash_c == 3_000_00 + 10_00
    assert activity.collected_c == called.collected_c
    assert balances(ledger.facts)["743"] == 0


def test_a_call_needs_a_second_person_and_none_who_runs_the_activity(ledger: PaperLedger) -> None:
    with pytest.raises(MustAbstain):
        ledger.perform(
            reserve_guarantee,
            on_behalf_of=str(MEMBER),
            fund_id=FUND,
            invoice_id=INVOICE,
            amount_c=1,
            decision_ref="committee 1",
        )
    reserve(ledger, 1_000_00)
    with pytest.raises(SecondPersonNeeded) as refused:
        call(ledger, 1, actor="anna")
    assert refused.value.facts == {"proposed_by": "anna"}
    with pytest.raises(MustAbstain):
        call(ledger, 1, on_behalf_of=str(MEMBER))


def test_a_fund_guarantees_invoices_of_its_own_entity(ledger: PaperLedger) -> None:
    found_entity(ledger.perform, code="SISTER")
    sister = entity_id_of("SISTER")
    ledger.perform(charter_fund, **CHARTER | {"entity_id": sister})
    with pytest.raises(OtherEntity):
        reserve(ledger, 1, fund_id=fund_id(sister, "SOLIDARITY"))
    with pytest.raises(UnknownRecord):
        reserve(ledger, 1, invoice_id=UUID(int=9))
    with pytest.raises(UnknownRecord):
        call(ledger, 1)
