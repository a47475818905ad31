"""An invoice is drafted and submitted by who runs the activity, and issued or given back by staff."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest

from domain.aggregates.invoice import Invoice
from domain.aggregates.invoice_draft import DraftState, InvoiceDraft
from domain.bookkeeping.rules_v1 import book
from domain.errors import (
    ClientErased,
    DraftInOtherState,
    DraftOfAnother,
    EmptyText,
    FiguresDoNotAddUp,
    InvoiceWithoutLines,
    NotOfTheActivity,
    OtherEntity,
    Refusal,
    SuppliedAfterTheEnd,
    UnknownVatRate,
)
from domain.ledger import invoice_drafts as cases
from domain.ledger.endings import begin_closing
from domain.ledger.entities import entity_id_of
from domain.ledger.invoicing import AskedFigures, issue_invoice, register_client
from tests.cooperative import (
    ACTIVITY,
    CLIENT,
    ENTITY,
    FOUNDED,
    OTHER_MEMBER,
    found_entity,
    invoice,
    line,
)
from tests.domain.drafting import (
    DRAFT,
    DRAFTED_ON,
    INVOICE,
    ISSUED_ON,
    MEMBERS_KEY,
    OFFICE,
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

OTHER_INVOICE = UUID(int=572)


def said_of_drafts(ledger: PaperLedger) -> list[type[Any]]:
    return [type(fact) for fact in ledger.facts if isinstance(fact, InvoiceDraft.Event)]


def test_a_draft_is_reckoned_as_its_invoice_would_be_and_books_nothing() -> None:
    ledger = submitted(line("100"), line("0.50"), line("200", rate_bp=0))
    said, handed_in = (fact for fact in ledger.facts if isinstance(fact, InvoiceDraft.Event))
    assert isinstance(said, InvoiceDraft.Drafted)
    assert (said.net_c, said.vat_c, said.gross_c) == (300_50, 21_11, 321_61)
    assert (book(said), book(handed_in)) == (None, None)


def test_a_number_is_taken_when_it_is_issued_and_not_before() -> None:
    ledger = drafted()
    size = ledger.position
    reject_and_again(ledger)
    assert not [fact for fact in ledger.facts[size:] if not isinstance(fact, InvoiceDraft.Event)]
    ledger.perform(issue_invoice, on=ISSUED_ON, **invoice(OTHER_INVOICE, on=ISSUED_ON))
    issue(ledger)
    assert ledger.get(Invoice, OTHER_INVOICE).invoice_no == "2026-F-000001"
    assert ledger.get(Invoice, INVOICE).invoice_no == "2026-F-000002"


def reject_and_again(ledger: PaperLedger) -> None:
    """Submit it, have it rejected, amend it to 500.00, and submit it again."""
    perform(ledger, cases.submit_invoice_draft)
    reject(ledger)
    amend(ledger)
    perform(ledger, cases.submit_invoice_draft)


def test_what_is_issued_of_a_draft_is_the_invoice_that_would_be_issued_without_one() -> None:
    of_draft, without = submitted(line("800"), line("100")), drafted()
    issue(of_draft)
    asked = invoice(INVOICE, line("800"), line("100"), on=ISSUED_ON)
    without.perform(issue_invoice, on=ISSUED_ON, **asked | {"supplied_on": DRAFTED_ON})
    (one,) = (fact for fact in of_draft.facts if isinstance(fact, Invoice.Issued))
    (other,) = (fact for fact in without.facts if isinstance(fact, Invoice.Issued))
    plumbing = {"timestamp", "command_id", "operation", "body_mac", "actor"}
    told_one, told_other = (
        {name: value for name, value in vars(fact).items() if name not in plumbing} for fact in (one, other)
    )
    assert told_one == told_other
    assert of_draft.facts[-1].effective_on == DRAFTED_ON


def test_a_rejected_draft_is_amended_and_submitted_again() -> None:
    ledger = drafted()
    reject_and_again(ledger)
    issue(ledger)
    assert said_of_drafts(ledger) == [
        InvoiceDraft.Drafted,
        InvoiceDraft.Submitted,
        InvoiceDraft.Rejected,
        InvoiceDraft.Amended,
        InvoiceDraft.Submitted,
        InvoiceDraft.Issued,
    ]
    assert ledger.get(Invoice, INVOICE).gross_c == 605_00
    (linked,) = (fact for fact in ledger.facts if isinstance(fact, InvoiceDraft.Issued))
    assert linked.invoice_id == INVOICE


def test_a_draft_is_rejected_with_a_reason() -> None:
    ledger = submitted()
    with pytest.raises(EmptyText):
        reject(ledger, reason=" ")
    reject(ledger, reason="the hours are missing")
    assert invoice_draft(ledger).state is DraftState.REJECTED
    assert ledger.facts[-1].reason == "the hours are missing"


def test_only_who_drafted_it_amends_submits_or_withdraws_it() -> None:
    ledger = drafted()
    with pytest.raises(DraftOfAnother):
        amend(ledger, actor="ben")
    for case in (cases.submit_invoice_draft, cases.withdraw_invoice_draft):
        with pytest.raises(DraftOfAnother):
            perform(ledger, case, actor=OFFICE)
    assert said_of_drafts(ledger) == [InvoiceDraft.Drafted]


def test_what_was_drafted_for_somebody_is_theirs_and_who_says_to_act_for_them_is_not_them() -> None:
    ledger = drafted()
    other: dict[str, Any] = {"invoice_draft_id": UUID(int=573)}
    draft(ledger, actor=OFFICE, on_behalf_of=MEMBERS_KEY, **other)
    ledger.perform(cases.submit_invoice_draft, on=DRAFTED_ON, actor=MEMBERS_KEY, **other)
    with pytest.raises(DraftOfAnother):
        perform(ledger, cases.submit_invoice_draft, actor="ben", on_behalf_of=MEMBERS_KEY)


def test_who_drafted_it_may_issue_it_as_well() -> None:
    ledger = submitted()
    issue(ledger, actor=MEMBERS_KEY)
    assert invoice_draft(ledger).state is DraftState.ISSUED


STEPS: dict[str, Callable[[PaperLedger], None]] = {
    "amend": amend,
    "submit": lambda ledger: perform(ledger, cases.submit_invoice_draft),
    "reject": reject,
    "issue": issue,
    "withdraw": lambda ledger: perform(ledger, cases.withdraw_invoice_draft),
}
PATHS = {
    DraftState.DRAFTED: (),
    DraftState.SUBMITTED: ("submit",),
    DraftState.REJECTED: ("submit", "reject"),
    DraftState.ISSUED: ("submit", "issue"),
    DraftState.WITHDRAWN: ("withdraw",),
}
GRANTED = {
    DraftState.DRAFTED: {"amend", "submit", "withdraw"},
    DraftState.SUBMITTED: {"reject", "issue", "withdraw"},
    DraftState.REJECTED: {"amend", "withdraw"},
    DraftState.ISSUED: set(),
    DraftState.WITHDRAWN: set(),
}


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("state", DraftState)
def test_each_step_is_taken_from_where_the_drawing_says_and_from_nowhere_else(
    state: DraftState, step: str
) -> None:
    ledger = drafted()
    for before in PATHS[state]:
        STEPS[before](ledger)
    assert invoice_draft(ledger).state is state
    if step in GRANTED[state]:
        STEPS[step](ledger)
        return
    size = ledger.position
    with pytest.raises(DraftInOtherState):
        STEPS[step](ledger)
    assert ledger.position == size


@pytest.mark.parametrize(
    ("lines", "refusal"),
    [
        ([line("-1")], InvoiceWithoutLines),
        ([], InvoiceWithoutLines),
        ([line(rate_bp=1_700)], UnknownVatRate),
        ([line(description=" ")], EmptyText),
    ],
)
def test_what_could_not_be_invoiced_is_not_drafted(lines: list[Any], refusal: type[Refusal]) -> None:
    ledger = drafted()
    with pytest.raises(refusal):
        draft(ledger, invoice_draft_id=OTHER_INVOICE, lines=lines)
    with pytest.raises(refusal):
        perform(ledger, cases.amend_invoice_draft, supplied_on=DRAFTED_ON, lines=lines)


def test_a_member_who_does_not_run_the_activity_drafts_nothing_for_it() -> None:
    with pytest.raises(NotOfTheActivity):
        draft(drafted(), invoice_draft_id=OTHER_INVOICE, membership_id=OTHER_MEMBER)


def test_nothing_is_drafted_to_a_client_of_another_entity_or_one_that_was_erased() -> None:
    ledger = drafted()
    found_entity(ledger.perform, code="OTHER")
    for client_id, entity_id, name, refusal in (
        (UUID(int=574), entity_id_of("OTHER"), "Stranger", OtherEntity),
        (UUID(int=575), ENTITY, "[erased]", ClientErased),
    ):
        told: dict[str, Any] = {"name": name, "address": "", "vat_no": "", "email": ""}
        whose: dict[str, Any] = {"client_id": client_id, "entity_id": entity_id, "kind": "business"}
        ledger.perform(register_client, on=FOUNDED, **whose, **told)
        with pytest.raises(refusal):
            draft(ledger, invoice_draft_id=OTHER_INVOICE, client_id=client_id)


def test_the_rules_of_an_invoice_are_asked_anew_on_the_day_of_issue() -> None:
    ledger = submitted()
    ends: dict[str, Any] = {"activity_id": ACTIVITY, "ends_on": FOUNDED, "reason": "over"}
    ledger.perform(begin_closing, on=FOUNDED, **ends)
    with pytest.raises(SuppliedAfterTheEnd):
        issue(ledger)
    assert invoice_draft(ledger).state is DraftState.SUBMITTED
    assert ledger.get(InvoiceDraft, DRAFT).client_id == CLIENT


def test_an_invoice_is_not_issued_at_other_figures_than_were_reckoned_of_its_draft() -> None:
    ledger = submitted()
    with pytest.raises(FiguresDoNotAddUp):
        issue(ledger, figures=AskedFigures(net_c=999_99))
    issue(ledger, figures=AskedFigures(net_c=1_000_00, vat_c=210_00, gross_c=1_210_00))
    assert ledger.get(Invoice, INVOICE).entity_id == ENTITY
