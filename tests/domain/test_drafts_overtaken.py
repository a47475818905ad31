"""What became impossible while a draft of an invoice lay there is refused by name at every step, and it can be given up."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from domain.aggregates.invoice import Invoice
from domain.aggregates.invoice_draft import DraftState
from domain.errors import (
    ActivityEnded,
    ActivityIsFrozen,
    AlreadyExists,
    ClientErased,
    DraftInOtherState,
    NoOpenPeriod,
    Refusal,
    SuppliedAfterTheEnd,
    UnknownVatRate,
)
from domain.ledger import invoice_drafts as cases
from domain.ledger.endings import begin_closing, close_activity, freeze_activity, reopen_activity
from domain.ledger.entities import set_parameter
from domain.ledger.presets import VAT_RATES_BP
from tests.cooperative import ACTIVITY, CLIENT, ENTITY, FOUNDED, line
from tests.domain.drafting import (
    DRAFTED_ON,
    INVOICE,
    ISSUED_ON,
    amend,
    draft,
    drafted,
    invoice_draft,
    issue,
    perform,
    reject,
    submitted,
)
from tests.paper import PaperLedger

Meanwhile = Callable[[PaperLedger], None]


def freeze(ledger: PaperLedger) -> None:
    """Stop the activity for a while."""
    ledger.perform(freeze_activity, on=FOUNDED, activity_id=ACTIVITY, reason="no insurance")


def end(ledger: PaperLedger) -> None:
    """Let the activity end before the day of supply."""
    ends: dict[str, Any] = {"activity_id": ACTIVITY, "ends_on": FOUNDED, "reason": "over"}
    ledger.perform(begin_closing, on=FOUNDED, **ends)


def close(ledger: PaperLedger) -> None:
    """Let the activity be over: nothing was ever invoiced by it."""
    end(ledger)
    ledger.perform(close_activity, on=FOUNDED, activity_id=ACTIVITY)


def erase(ledger: PaperLedger) -> None:
    """Let the client read as one whose key was destroyed."""
    (registered,) = (fact for fact in ledger.facts if fact.originator_id == CLIENT)
    vars(registered).update(name="[erased]", address="[erased]", vat_no="[erased]")


def change_the_rates(ledger: PaperLedger) -> None:
    """Let 22 % take the place of 21 % from the day of drafting on."""
    rates: dict[str, Any] = {"name": VAT_RATES_BP, "value": "0,600,2200", "valid_from": DRAFTED_ON}
    ledger.perform(set_parameter, on=FOUNDED, entity_id=ENTITY, source_ref="law", **rates)


STEPS: dict[str, tuple[Callable[[], PaperLedger], Meanwhile]] = {
    "draft": (drafted, lambda ledger: draft(ledger, invoice_draft_id=UUID(int=576))),
    "amend": (drafted, amend),
    "submit": (drafted, lambda ledger: perform(ledger, cases.submit_invoice_draft)),
    "issue": (submitted, issue),
}


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize(
    ("meanwhile", "refusal"),
    [
        (freeze, ActivityIsFrozen),
        (end, SuppliedAfterTheEnd),
        (close, ActivityEnded),
        (erase, ClientErased),
        (change_the_rates, UnknownVatRate),
    ],
)
def test_what_can_be_invoiced_no_longer_is_refused_by_name(
    meanwhile: Meanwhile, refusal: type[Refusal], step: str
) -> None:
    begin, take = STEPS[step]
    ledger = begin()
    meanwhile(ledger)
    size, before = ledger.position, invoice_draft(ledger).state
    with pytest.raises(refusal):
        take(ledger)
    assert (ledger.position, invoice_draft(ledger).state) == (size, before)


@pytest.mark.parametrize("meanwhile", [freeze, end, close, change_the_rates])
def test_what_can_be_invoiced_no_longer_is_given_back(meanwhile: Meanwhile) -> None:
    ledger = submitted()
    meanwhile(ledger)
    reject(ledger)
    assert invoice_draft(ledger).state is DraftState.REJECTED


@pytest.mark.parametrize("meanwhile", [freeze, end, close, erase, change_the_rates])
def test_what_can_be_invoiced_no_longer_is_withdrawn(meanwhile: Meanwhile) -> None:
    ledger = submitted()
    meanwhile(ledger)
    perform(ledger, cases.withdraw_invoice_draft)
    assert invoice_draft(ledger).state is DraftState.WITHDRAWN


def test_a_draft_of_an_activity_that_goes_on_again_is_issued() -> None:
    ledger = submitted()
    freeze(ledger)
    ledger.perform(reopen_activity, on=FOUNDED, activity_id=ACTIVITY, reason="insured")
    issue(ledger)
    assert invoice_draft(ledger).state is DraftState.ISSUED


def test_a_draft_at_a_rate_that_is_gone_is_amended_to_the_rate_of_the_day() -> None:
    ledger = submitted()
    change_the_rates(ledger)
    reject(ledger)
    asked: dict[str, Any] = {"lines": [line(rate_bp=2_200)], "supplied_on": DRAFTED_ON}
    perform(ledger, cases.amend_invoice_draft, **asked)
    perform(ledger, cases.submit_invoice_draft)
    issue(ledger)
    assert ledger.get(Invoice, INVOICE).gross_c == 1_220_00


def test_a_draft_is_issued_once_whatever_the_invoice_is_called() -> None:
    ledger = submitted()
    issue(ledger)
    size = ledger.position
    for invoice_id in (INVOICE, UUID(int=577)):
        with pytest.raises(DraftInOtherState):
            issue(ledger, invoice_id=invoice_id)
    assert ledger.position == size


def test_two_drafts_are_not_issued_as_one_invoice() -> None:
    ledger = submitted()
    other: dict[str, Any] = {"invoice_draft_id": UUID(int=578)}
    draft(ledger, **other)
    ledger.perform(cases.submit_invoice_draft, on=DRAFTED_ON, actor="carla", **other)
    issue(ledger)
    days: dict[str, Any] = {"issued_on": ISSUED_ON, "due_on": None}
    with pytest.raises(AlreadyExists):
        ledger.perform(cases.issue_invoice_draft, on=ISSUED_ON, invoice_id=INVOICE, **days, **other)


def test_a_number_is_not_burnt_by_a_draft_that_is_not_issued() -> None:
    ledger = submitted()
    late = date(2031, 1, 10)
    with pytest.raises(NoOpenPeriod):
        perform(ledger, cases.issue_invoice_draft, on=late, invoice_id=INVOICE, issued_on=late, due_on=None)
    issue(ledger)
    assert ledger.get(Invoice, INVOICE).invoice_no == "2026-F-000001"
