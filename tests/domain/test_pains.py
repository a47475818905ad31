"""What users of other ledgers suffered from, each as the rule that spares ours: the link says from where."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from domain.aggregates.activity import Activity
from domain.aggregates.invoice import Invoice
from domain.aggregates.legal_entity import LegalEntity
from domain.aggregates.manual_entry import ManualEntry, ManualLine
from domain.aggregates.period import Period
from domain.bookkeeping.rules_v1 import book
from domain.errors import (
    ActivityEnded,
    ExceedsOpenAmount,
    NotRetroactive,
    OverAvailable,
    PeriodNotClosing,
    PeriodNotOpen,
    ReceiptClaimedAlready,
    StatementContradicts,
)
from domain.ledger.activities import activity_id, open_activity
from domain.ledger.bank import allocate_receipt, import_statements, line_id
from domain.ledger.claims import approve_claim, submit_claim
from domain.ledger.endings import begin_closing, close_activity
from domain.ledger.invoicing import issue_invoice
from domain.ledger.manual_entries import post_entry
from domain.ledger.payrolls import request_payroll
from domain.ledger.periods import (
    close_period,
    period_id,
    propose_reopening,
    reopen_period,
    stop_bookings,
)
from domain.payouts import PayoutRegime
from tests.cooperative import (
    ACCOUNT,
    ACCOUNT_ID,
    ACTIVITY,
    ENTITY,
    FOUNDED,
    MEMBER,
    OPENING_C,
    entry,
    found,
    invoice,
    statement,
)
from tests.domain.spending import CLAIM, DAY, INVOICE, balances, claimed, expense, paid_cooperative
from tests.paper import PaperLedger
from tests.scenario import stamp

NOVEMBER = date(2025, 11, 20)
NEXT, NEXT_INVOICE = UUID(int=1700), UUID(int=1702)
ENTERED: dict[str, Any] = {
    "entity_id": ENTITY,
    "lines": [ManualLine("613", 12_00, 0), ManualLine("492", 0, 12_00)],
    "reason": "insurance",
    "evidence_sha256": "cd" * 32,
}


def close(ledger: PaperLedger, month: str) -> None:
    ledger.perform(stop_bookings, entity_id=ENTITY, month=month)
    digest: dict[str, Any] = {"trial_balance_sha256": "d" * 64, "debit_c": 5, "credit_c": 5}
    ledger.perform(close_period, entity_id=ENTITY, month=month, position=ledger.position, **digest)


@pytest.fixture
def closed() -> PaperLedger:
    """November is closed."""
    ledger = PaperLedger()
    found(ledger.perform)
    close(ledger, "2025-11")
    return ledger


def invoiced(ledger: PaperLedger) -> list[Any]:
    return ledger.perform(issue_invoice, on=NOVEMBER, **invoice(INVOICE, on=NOVEMBER))


def entered(ledger: PaperLedger) -> list[Any]:
    return ledger.perform(post_entry, on=NOVEMBER, entry_id=NEXT, day=NOVEMBER, **ENTERED)


def imported(ledger: PaperLedger) -> list[Any]:
    reported = statement(1, [entry("1", 5_00, on=NOVEMBER)], opening_c=OPENING_C, on=NOVEMBER)
    return ledger.perform(import_statements, account=ACCOUNT, statements=[reported])


@pytest.mark.parametrize("back_door", [invoiced, entered, imported])
def test_no_door_at_the_back_leads_into_a_closed_month(
    closed: PaperLedger, back_door: Callable[[PaperLedger], list[Any]]
) -> None:
    """https://github.com/frappe/erpnext/issues/50174, https://github.com/frappe/erpnext/pull/35118"""
    recorded = back_door(closed)
    booked_on = {fact.booked_on for fact in recorded if hasattr(fact, "booked_on")}
    assert booked_on == {date(2025, 12, 1)}


def test_a_closed_month_itself_takes_nothing_whoever_asks_it(closed: PaperLedger) -> None:
    """https://github.com/frappe/erpnext/issues/50174"""
    month = closed.get(Period, period_id(ENTITY, "2025-11"))
    with pytest.raises(PeriodNotClosing):
        month.authorise_late_entry(stamp(), entry_id=NEXT, on=NOVEMBER, position=closed.position)
    with pytest.raises(PeriodNotOpen):
        month.stop_bookings(stamp(), position=closed.position)


def test_a_month_that_is_reopened_takes_bookings_again(closed: PaperLedger) -> None:
    """https://github.com/frappe/erpnext/issues/41819"""
    month: dict[str, Any] = {"entity_id": ENTITY, "month": "2025-11"}
    closed.perform(propose_reopening, actor="anna", reason="a lost bill", **month)
    closed.perform(reopen_period, actor="ben", **month)
    issued = next(fact for fact in invoiced(closed) if isinstance(fact, Invoice.Issued))
    assert issued.booked_on == NOVEMBER


def test_a_month_that_is_only_stopped_takes_an_entry_of_the_accountant_and_says_so() -> None:
    """https://github.com/prashants/webzash/issues/137"""
    ledger = PaperLedger()
    found(ledger.perform)
    ledger.perform(stop_bookings, entity_id=ENTITY, month="2025-11")
    recorded = entered(ledger)
    (posted,) = (fact for fact in recorded if isinstance(fact, ManualEntry.Posted))
    (noted,) = (fact for fact in recorded if isinstance(fact, Period.LateEntryAuthorised))
    assert (posted.booked_on, noted.on, noted.entry_id) == (NOVEMBER, NOVEMBER, NEXT)
    issued = next(fact for fact in invoiced(ledger) if isinstance(fact, Invoice.Issued))
    assert issued.booked_on == date(2025, 12, 1)


def test_every_figure_of_an_activity_is_the_sum_of_its_own_facts() -> None:
    """https://github.com/opencollective/opencollective/issues/5083,
    https://github.com/opencollective/opencollective/issues/4431,
    https://github.com/opencollective/opencollective/issues/4078
    """
    ledger = paid_cooperative()
    ledger.perform(submit_claim, on=DAY, **claimed())
    ledger.perform(approve_claim, on=DAY, actor="ben", claim_id=CLAIM)
    ledger.perform(submit_claim, on=DAY, **claimed(expense(7_00, 0, 0, sha256="ef" * 32), claim_id=NEXT))
    ledger.perform(issue_invoice, on=DAY, **invoice(NEXT_INVOICE, on=DAY))
    result_c = committed_c = open_c = 0
    for fact in ledger.facts:
        match fact:
            case Activity.Invoiced():
                result_c, open_c = result_c + fact.net_c, open_c + fact.net_c
            case Activity.ContributionCharged() | Activity.FundContributionCharged():
                result_c -= fact.amount_c
            case Activity.ReceiptSettled():
                open_c -= fact.net_c
            case Activity.Committed():
                committed_c += fact.amount_c
            case Activity.CostPosted():
                result_c, committed_c = result_c - fact.amount_c, committed_c - fact.released_c
    activity = ledger.get(Activity, ACTIVITY)
    assert (activity.result_c, activity.committed_c, activity.open_net_c) == (result_c, committed_c, open_c)
    assert activity.collected_c == result_c - open_c
    assert activity.available_c(7) == result_c - open_c - committed_c + 7
    # And the books say the same: what the activity sold, less what it bore.
    of_activity = sum(
        line.credit_c - line.debit_c
        for fact in ledger.facts
        if (booked := book(fact)) is not None
        for line in booked.lines
        if line.activity_id == ACTIVITY and line.account[0] in "67"
    )
    assert of_activity == result_c


def test_a_fact_bears_the_day_it_happened_and_the_day_it_is_booked_apart(closed: PaperLedger) -> None:
    """https://github.com/tigerbeetle/tigerbeetle/issues/157"""
    asked = invoice(INVOICE, on=DAY) | {"supplied_on": NOVEMBER}
    recorded = closed.perform(issue_invoice, on=DAY, **asked)
    issued = next(fact for fact in recorded if isinstance(fact, Invoice.Issued))
    assert (issued.effective_on, issued.booked_on, issued.timestamp.date()) == (
        NOVEMBER,
        DAY,
        stamp().recorded_at.date(),
    )


def test_what_has_no_fact_yet_has_nothing_and_that_is_a_figure() -> None:
    """https://github.com/tigerbeetle/tigerbeetle/issues/2045"""
    ledger = PaperLedger()
    found(ledger.perform)
    with pytest.raises(OverAvailable) as refused:
        ledger.perform(submit_claim, on=DAY, **claimed(expense(1, 0, 0)))
    assert refused.value.facts == {"available_c": 0, "amount_c": 1}


def test_what_is_promised_and_not_yet_paid_is_not_available_twice() -> None:
    """https://github.com/blnkfinance/blnk/issues/181"""
    ledger = paid_cooperative()
    ledger.perform(submit_claim, on=DAY, **claimed(expense(800_00, 0, 0)))
    wage: dict[str, Any] = {"activity_id": ACTIVITY, "employee_id": MEMBER, "payroll_id": NEXT}
    with pytest.raises(OverAvailable):
        ledger.perform(request_payroll, on=DAY, budget_c=90_01, **wage)
    ledger.perform(request_payroll, on=DAY, budget_c=90_00, **wage)
    one_cent = claimed(expense(1, 0, 0, sha256="ef" * 32), claim_id=UUID(int=1701))
    with pytest.raises(OverAvailable):
        ledger.perform(submit_claim, on=DAY, **one_cent)


def test_an_activity_opened_by_mistake_is_closed_and_takes_nothing_more() -> None:
    """https://github.com/blnkfinance/blnk/issues/359"""
    ledger = PaperLedger()
    found(ledger.perform)
    opened: dict[str, Any] = {
        "code": "A9",
        "membership_ids": [MEMBER],
        "payout_regime": PayoutRegime.EMPLOYEE,
    }
    ledger.perform(open_activity, on=FOUNDED, entity_id=ENTITY, **opened)
    mistaken = activity_id(ENTITY, "A9")
    ledger.perform(begin_closing, on=DAY, activity_id=mistaken, ends_on=DAY, reason="it was A1")
    ledger.perform(close_activity, on=DAY, activity_id=mistaken)
    with pytest.raises(ActivityEnded):
        ledger.perform(issue_invoice, on=DAY, **invoice(INVOICE, on=DAY, activity_id=mistaken))


def test_what_a_bank_or_a_member_sends_twice_counts_once() -> None:
    """https://github.com/formancehq/stack/issues/1464, https://github.com/formancehq/stack/pull/1633"""
    ledger = PaperLedger()
    found(ledger.perform)
    reported = statement(1, [entry("1", 1_210_00, on=DAY)], opening_c=OPENING_C, on=DAY)
    ledger.perform(import_statements, account=ACCOUNT, statements=[reported, reported])
    assert ledger.perform(import_statements, account=ACCOUNT, statements=[reported]) == []
    assert balances(ledger.facts)["550"] == OPENING_C + 1_210_00
    other = statement(1, [entry("1", 1_210_01, on=DAY)], opening_c=OPENING_C, on=DAY)
    with pytest.raises(StatementContradicts):
        ledger.perform(import_statements, account=ACCOUNT, statements=[other])

    ledger.perform(issue_invoice, on=DAY, **invoice(INVOICE, on=DAY))
    asked: dict[str, Any] = {"invoice_id": INVOICE, "amount_c": 1_210_00}
    receipt = line_id(ACCOUNT_ID, "2026/1", "1")
    ledger.perform(allocate_receipt, on=DAY, bank_line_id=receipt, **asked)
    with pytest.raises(ExceedsOpenAmount):
        ledger.get(Invoice, INVOICE).receive(stamp(), line_id=receipt, amount_c=1, booked_on=DAY)

    ledger.perform(submit_claim, on=DAY, **claimed())
    with pytest.raises(ReceiptClaimedAlready):
        ledger.perform(submit_claim, on=DAY, **claimed(claim_id=NEXT))


def test_rules_of_another_era_leave_what_is_booked_as_it_was(closed: PaperLedger) -> None:
    """https://github.com/opencollective/opencollective/issues/7639"""
    entity = closed.get(LegalEntity, ENTITY)
    ((_, begun),) = entity.posting_rules
    with pytest.raises(NotRetroactive):
        entity.adopt_posting_rules(stamp(), version=begun + 1, from_booked_on=date(2025, 11, 30))
    entity.adopt_posting_rules(stamp(), version=begun + 1, from_booked_on=date(2025, 12, 1))
    assert [version for _, version in entity.posting_rules] == [begun, begun + 1]
    with pytest.raises(NotRetroactive):
        entity.adopt_posting_rules(stamp(), version=begun + 2, from_booked_on=date(2025, 12, 1))
