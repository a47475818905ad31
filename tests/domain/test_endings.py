"""An activity is frozen, goes on, closes and is closed; each has its day, beside membership and employment."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from domain.activity_life import ActivityState
from domain.aggregates.activity import Activity
from domain.contributions import FundShare
from domain.errors import (
    ActivityEnded,
    ActivityIsFrozen,
    ActivityIsOpen,
    ActivityNotClosing,
    ActivityNotEmpty,
    EmptyText,
    InvalidDay,
    NothingForMonth,
    SuppliedAfterTheEnd,
)
from domain.ledger import endings
from domain.ledger.claims import approve_claim, submit_claim
from domain.ledger.invoicing import issue_invoice
from domain.ledger.payments import approve_payment, order_claim_payment
from domain.ledger.payrolls import request_payroll
from domain.ledger.plans import charge_month, enact_contribution_rule
from tests.cooperative import ACTIVITY, ENTITY, FOUNDED, FUND, MEMBER, MONTHS, found, invoice
from tests.domain.crediting import credit
from tests.domain.ending import closes
from tests.domain.spending import CLAIM, DAY, INVOICE, PAYEE_IBAN, claimed, paid_cooperative
from tests.paper import PaperLedger
from tests.scenario import TODAY, Given, fact, stamp

ASKED: dict[str, Any] = {"activity_id": ACTIVITY}
LAST_DAY = date(2026, 3, 31)


def state_of(ledger: PaperLedger) -> ActivityState:
    return ledger.get(Activity, ACTIVITY).state


def empty_cooperative() -> PaperLedger:
    ledger = PaperLedger()
    found(ledger.perform)
    return ledger


def test_a_frozen_activity_promises_and_invoices_nothing_and_says_who_froze_it_and_why() -> None:
    ledger = paid_cooperative()
    (frozen,) = ledger.perform(endings.freeze_activity, on=DAY, actor="ben", reason="no answer", **ASKED)
    assert (frozen.actor, frozen.reason) == ("ben", "no answer")
    wage: dict[str, Any] = {"payroll_id": UUID(int=1), "employee_id": MEMBER, "budget_c": 1, **ASKED}
    for use_case, asked in (
        (issue_invoice, invoice(UUID(int=501), on=DAY)),
        (submit_claim, claimed()),
        (request_payroll, wage),
    ):
        with pytest.raises(ActivityIsFrozen):
            ledger.perform(use_case, on=DAY, **asked)
    ledger.perform(endings.reopen_activity, on=DAY, reason="they answered", **ASKED)
    ledger.perform(submit_claim, on=DAY, **claimed())
    assert state_of(ledger) is ActivityState.OPEN


def test_what_a_frozen_activity_owes_already_is_paid_and_what_it_did_is_credited() -> None:
    ledger = paid_cooperative()
    ledger.perform(submit_claim, on=DAY, **claimed())
    ledger.perform(endings.freeze_activity, on=DAY, reason="no answer", **ASKED)
    ledger.perform(approve_claim, on=DAY, actor="ben", claim_id=CLAIM)
    order = UUID(int=910)
    ledger.perform(order_claim_payment, on=DAY, order_id=order, claim_id=CLAIM, payee_iban=PAYEE_IBAN)
    ledger.perform(approve_payment, on=DAY, actor="ben", order_id=order)
    credit(ledger)
    assert ledger.get(Activity, ACTIVITY).result_c == -50_00


def test_only_an_open_activity_is_frozen_and_only_another_goes_on() -> None:
    ledger = empty_cooperative()
    with pytest.raises(ActivityIsOpen):
        ledger.perform(endings.reopen_activity, reason="why", **ASKED)
    with pytest.raises(EmptyText):
        ledger.perform(endings.freeze_activity, reason=" ", **ASKED)
    ledger.perform(endings.freeze_activity, reason="no answer", **ASKED)
    with pytest.raises(ActivityIsFrozen):
        ledger.perform(endings.freeze_activity, reason="again", **ASKED)
    closes(ledger, on=TODAY)
    assert state_of(ledger) is ActivityState.CLOSING
    for use_case, asked in (
        (endings.freeze_activity, {"reason": "now"}),
        (endings.begin_closing, {"reason": "again", "ends_on": LAST_DAY}),
    ):
        with pytest.raises(ActivityEnded):
            ledger.perform(use_case, **ASKED, **asked)
    with pytest.raises(InvalidDay):
        ledger.perform(endings.begin_closing, reason="why", ends_on=date(1, 1, 1), **ASKED)


def test_a_closing_activity_invoices_what_was_supplied_until_its_last_day_and_not_after_it() -> None:
    ledger = empty_cooperative()
    closes(ledger, TODAY, on=TODAY)
    after = TODAY + timedelta(days=1)
    with pytest.raises(SuppliedAfterTheEnd) as refused:
        ledger.perform(issue_invoice, on=after, **invoice(INVOICE, on=after))
    assert refused.value.facts == {"activity": "A1", "ends_on": TODAY, "supplied_on": after}
    late = invoice(INVOICE, on=after) | {"supplied_on": TODAY}
    ledger.perform(issue_invoice, on=after, **late)
    assert ledger.get(Activity, ACTIVITY).open_net_c == 1_000_00


def test_the_months_after_its_last_day_have_no_fixed_part() -> None:
    ledger = empty_cooperative()
    ledger.perform(
        enact_contribution_rule,
        on=FOUNDED,
        entity_id=ENTITY,
        valid_from=date(2025, 12, 1),
        rate_bp=1_000,
        fund_shares=[FundShare(FUND, 100)],
        fixed_month_c=30_00,
        decision_ref="assembly 2025",
    )
    closes(ledger, date(2026, 2, 1), on=TODAY)
    ledger.perform(charge_month, month="2026-02", **ASKED)
    with pytest.raises(NothingForMonth):
        ledger.perform(charge_month, month=MONTHS[-1], **ASKED)


def test_an_activity_is_closed_on_its_last_day_or_later_with_nothing_on_it_and_for_good() -> None:
    ledger = empty_cooperative()
    with pytest.raises(ActivityNotClosing):
        ledger.perform(endings.close_activity, **ASKED)
    closes(ledger, LAST_DAY, on=TODAY)
    with pytest.raises(ActivityNotClosing):
        ledger.perform(endings.close_activity, on=LAST_DAY - timedelta(days=1), **ASKED)
    (closed,) = ledger.perform(endings.close_activity, on=LAST_DAY, **ASKED)
    assert closed.ends_on == LAST_DAY
    with pytest.raises(ActivityEnded):
        ledger.perform(issue_invoice, on=DAY, **invoice(INVOICE, on=DAY))
    ledger.perform(endings.reopen_activity, reason="closed by mistake", **ASKED)
    ledger.perform(issue_invoice, on=DAY, **invoice(INVOICE, on=DAY))
    assert ledger.get(Activity, ACTIVITY).ends_on is None


OPENED = fact(
    Activity.Opened, entity_id=ENTITY, code="A1", membership_ids=(MEMBER,), payout_regime="employee"
)
CLOSING = fact(Activity.ClosingBegun, entity_id=ENTITY, ends_on=TODAY, reason="over")


@pytest.mark.parametrize(
    "left",
    [
        fact(Activity.ResultAdjusted, entity_id=ENTITY, document_id=CLAIM, amount_c=1, open_net_c=0),
        fact(Activity.ResultAdjusted, entity_id=ENTITY, document_id=CLAIM, amount_c=-1, open_net_c=0),
        fact(Activity.ResultAdjusted, entity_id=ENTITY, document_id=CLAIM, amount_c=0, open_net_c=1),
        fact(Activity.Committed, entity_id=ENTITY, document_id=CLAIM, amount_c=1),
    ],
)
def test_an_activity_with_a_cent_left_lacking_awaited_or_promised_is_not_closed(left: Any) -> None:
    Given(Activity, OPENED, CLOSING, left).when(lambda activity: activity.close(stamp())).then_refused(
        ActivityNotEmpty
    )
