"""A quotation is sent, answered, confirmed as an order, and invoiced once or by parts, never above it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.aggregates.invoice import Invoice
from domain.aggregates.mutual_fund import FundKind
from domain.aggregates.quotation import Quotation, QuotationState
from domain.errors import (
    AmendedBelowInvoiced,
    ClientErased,
    ClientExcluded,
    EmptyText,
    ExceedsOrder,
    FiguresDoNotAddUp,
    InvoiceWithoutLines,
    NotRetroactive,
    OrderInvoicedInPart,
    OrderNotConfirmed,
    OrderWithoutEvidence,
    OtherEntity,
    QuotationExpired,
    QuotationInOtherState,
    QuotationStillValid,
    UnknownVatRate,
)
from domain.funding import LedgerPolicy
from domain.ledger import quotations as cases
from domain.ledger.bank import allocate_receipt, import_statements, line_id
from domain.ledger.credit_notes import issue_credit_note
from domain.ledger.entities import entity_id_of
from domain.ledger.funds import charter_fund, fund_id, set_guarantee_terms
from domain.ledger.guarantees import guarantee_id, reserve_guarantee
from domain.ledger.invoicing import AskedFigures, issue_invoice, register_client
from tests.cooperative import (
    ACCOUNT,
    ACCOUNT_ID,
    CLIENT,
    ENTITY,
    FOUNDED,
    FUND,
    OPENING_C,
    entry,
    found_entity,
    invoice,
    line,
    statement,
)
from tests.domain.crediting import base
from tests.domain.quoting import (
    CONFIRMED_ON,
    DRAFTED_ON,
    INVOICE,
    OTHER_INVOICE,
    OTHER_PROOF,
    PROOF,
    VALID_UNTIL,
    accepted,
    draft,
    drafted,
    invoice_it,
    ordered,
    perform,
    quotation,
)
from tests.paper import PaperLedger

NEXT_DAY = VALID_UNTIL + timedelta(days=1)


def test_a_quotation_has_a_number_and_its_vat_is_reckoned_once_per_rate() -> None:
    ledger = drafted(line("100"), line("0.50"), line("200", rate_bp=0))
    (fact,) = [fact for fact in ledger.facts if isinstance(fact, Quotation.Drafted)]
    assert fact.quotation_no == "2026-Q-000001"
    assert (fact.net_c, fact.vat_c, fact.gross_c) == (300_50, 21_11, 321_61)
    draft(ledger, quotation_id=UUID(int=530))
    assert ledger.facts[-1].quotation_no == "2026-Q-000002"


def test_a_draft_says_something_else_until_it_is_sent() -> None:
    ledger = drafted()
    perform(ledger, cases.redraft_quotation, valid_until=NEXT_DAY, lines=[line("500")])
    assert (quotation(ledger).net_c, quotation(ledger).valid_until) == (500_00, NEXT_DAY)
    perform(ledger, cases.send_quotation)
    with pytest.raises(QuotationInOtherState):
        perform(ledger, cases.redraft_quotation, valid_until=NEXT_DAY, lines=[line("400")])


def test_what_could_not_be_invoiced_is_not_quoted() -> None:
    ledger = drafted()
    for lines, refusal in (
        ([line("-1")], InvoiceWithoutLines),
        ([], InvoiceWithoutLines),
        ([line(rate_bp=1_700)], UnknownVatRate),
        ([line(description=" ")], EmptyText),
    ):
        with pytest.raises(refusal):
            perform(ledger, cases.redraft_quotation, valid_until=VALID_UNTIL, lines=lines)


def test_a_client_of_another_entity_or_one_that_was_erased_is_quoted_nothing() -> None:
    ledger = drafted()
    found_entity(ledger.perform, code="OTHER")
    strangers = UUID(int=540), UUID(int=541)
    for client_id, entity_id, name in (
        (strangers[0], entity_id_of("OTHER"), "Stranger"),
        (strangers[1], ENTITY, "[erased]"),
    ):
        asked: dict[str, Any] = {
            "entity_id": entity_id,
            "name": name,
            "address": "",
            "vat_no": "",
            "email": "",
        }
        ledger.perform(register_client, on=FOUNDED, client_id=client_id, kind="business", **asked)
    with pytest.raises(OtherEntity):
        draft(ledger, quotation_id=UUID(int=542), client_id=strangers[0])
    with pytest.raises(ClientErased):
        draft(ledger, quotation_id=UUID(int=542), client_id=strangers[1])


def test_it_is_sent_and_accepted_only_while_it_is_valid_and_lapses_after() -> None:
    late = drafted()
    with pytest.raises(QuotationExpired):
        perform(late, cases.send_quotation, on=NEXT_DAY)
    perform(late, cases.send_quotation, on=VALID_UNTIL)
    with pytest.raises(QuotationExpired):
        perform(late, cases.accept_quotation, on=NEXT_DAY)
    with pytest.raises(QuotationStillValid):
        perform(late, cases.lapse_quotation, on=VALID_UNTIL)
    in_time = late.copy()
    perform(in_time, cases.accept_quotation, on=VALID_UNTIL)
    perform(late, cases.lapse_quotation, on=NEXT_DAY)
    assert quotation(in_time).state is QuotationState.ACCEPTED
    assert quotation(late).state is QuotationState.LAPSED


def test_what_was_declined_or_withdrawn_is_over() -> None:
    declined = drafted()
    perform(declined, cases.send_quotation)
    perform(declined, cases.decline_quotation)
    withdrawn = accepted()
    with pytest.raises(EmptyText):
        perform(withdrawn, cases.withdraw_quotation, reason=" ")
    perform(withdrawn, cases.withdraw_quotation, reason="the material is sold out")
    for ledger in (declined, withdrawn):
        for case, says in (
            (cases.send_quotation, {}),
            (cases.accept_quotation, {}),
            (cases.decline_quotation, {}),
            (cases.lapse_quotation, {}),
            (cases.withdraw_quotation, {"reason": "again"}),
            (cases.confirm_order, {"evidence_sha256": PROOF}),
            (cases.amend_order, {"evidence_sha256": PROOF, "lines": [line()]}),
        ):
            with pytest.raises(QuotationInOtherState):
                perform(ledger, case, on=NEXT_DAY, **says)


def test_an_order_is_confirmed_on_a_document_once_the_client_accepted() -> None:
    ledger = accepted()
    with pytest.raises(OrderWithoutEvidence):
        perform(ledger, cases.confirm_order, evidence_sha256="the mail of Monday")
    with pytest.raises(OrderNotConfirmed):
        invoice_it(ledger)
    perform(ledger, cases.confirm_order, on=CONFIRMED_ON, evidence_sha256=PROOF)
    assert quotation(ledger).confirmed_on == CONFIRMED_ON
    with pytest.raises(QuotationInOtherState):
        perform(ledger, cases.withdraw_quotation, reason="too late")


def test_an_order_becomes_one_invoice_of_the_same_lines() -> None:
    ledger = ordered(line("100"), line("200", rate_bp=0))
    invoice_it(ledger)
    (issued,) = [fact for fact in ledger.facts if isinstance(fact, Invoice.Issued)]
    assert (issued.net_c, issued.vat_c) == (300_00, 21_00)
    assert issued.lines == quotation(ledger).lines
    assert quotation(ledger).left_c == 0
    with pytest.raises(OrderInvoicedInPart):
        invoice_it(ledger, invoice_id=OTHER_INVOICE)


def test_no_invoice_comes_before_its_order_was_confirmed() -> None:
    ledger = ordered()
    with pytest.raises(OrderNotConfirmed):
        invoice_it(ledger, on=CONFIRMED_ON - timedelta(days=1))


def test_an_order_is_invoiced_by_parts_and_never_above_it_unless_amended() -> None:
    ledger = ordered()
    invoice_it(ledger, line("400"))
    with pytest.raises(ExceedsOrder):
        invoice_it(ledger, line("600.01"), invoice_id=OTHER_INVOICE)
    with pytest.raises(FiguresDoNotAddUp):
        invoice_it(ledger, line("600"), invoice_id=OTHER_INVOICE, figures=AskedFigures(net_c=1))
    amended = ledger.copy()
    invoice_it(ledger, line("600"), invoice_id=OTHER_INVOICE)
    assert quotation(ledger).left_c == 0
    with pytest.raises(AmendedBelowInvoiced):
        perform(amended, cases.amend_order, lines=[line("399.99")], evidence_sha256=OTHER_PROOF)
    with pytest.raises(OrderWithoutEvidence):
        perform(amended, cases.amend_order, lines=[line("1200")], evidence_sha256="")
    perform(amended, cases.amend_order, lines=[line("1200")], evidence_sha256=OTHER_PROOF)
    invoice_it(amended, line("800"), invoice_id=OTHER_INVOICE)
    assert (quotation(amended).net_c, quotation(amended).left_c) == (1_200_00, 0)


def test_what_a_credit_note_takes_back_can_be_invoiced_again() -> None:
    ledger = ordered()
    invoice_it(ledger)
    credit: dict[str, Any] = {"invoice_id": INVOICE, "issued_on": CONFIRMED_ON, "reason": "half was done"}
    half = [base(500_00)]
    ledger.perform(issue_credit_note, on=CONFIRMED_ON, credit_note_id=UUID(int=525), rows=half, **credit)
    assert quotation(ledger).left_c == 500_00
    invoice_it(ledger, line("500"), invoice_id=OTHER_INVOICE)
    with pytest.raises(ExceedsOrder):
        invoice_it(ledger, line("0.01"), invoice_id=UUID(int=526))


PARTS = st.lists(st.integers(1, 60_000), min_size=1, max_size=8)


@given(parts=PARTS)
def test_all_invoices_of_an_order_come_to_no_more_than_it(parts: list[int]) -> None:
    ledger, left_c = ordered(), 1_000_00
    for number, net_c in enumerate(parts):
        asked = line(f"{net_c // 100}.{net_c % 100:02}")
        if net_c <= left_c:
            invoice_it(ledger, asked, invoice_id=UUID(int=600 + number))
            left_c -= net_c
        else:
            with pytest.raises(ExceedsOrder):
                invoice_it(ledger, asked, invoice_id=UUID(int=600 + number))
        assert quotation(ledger).left_c == left_c


# Guarantees need an order


def guarantee(ledger: PaperLedger, invoice_id: UUID, *, fund: UUID = FUND) -> None:
    asked: dict[str, Any] = {"fund_id": fund, "invoice_id": invoice_id, "amount_c": 100_00}
    ledger.perform(reserve_guarantee, on=CONFIRMED_ON, actor="carl", decision_ref="committee 3", **asked)


def enact(ledger: PaperLedger, *, on: date = DRAFTED_ON, fund: UUID = FUND, **says: Any) -> None:
    asked: dict[str, Any] = {"valid_from": on, "needs_order": True, "excluded_client_ids": []}
    asked |= {"fund_id": fund, "decision_ref": "assembly 2"}
    ledger.perform(set_guarantee_terms, on=on, **asked | says)


def invoiced_with_and_without_order() -> PaperLedger:
    """The order's invoice, and another that nobody ordered; the fund has 3,000.00."""
    ledger, larger = ordered(), UUID(int=501)
    ledger.perform(issue_invoice, on=CONFIRMED_ON, **invoice(larger, line("300000"), on=CONFIRMED_ON))
    paid = statement(1, [entry("1", 363_000_00, on=CONFIRMED_ON)], opening_c=OPENING_C, on=CONFIRMED_ON)
    ledger.perform(import_statements, on=CONFIRMED_ON, account=ACCOUNT, statements=[paid])
    asked: dict[str, Any] = {"bank_line_id": line_id(ACCOUNT_ID, "2026/1", "1"), "invoice_id": larger}
    ledger.perform(allocate_receipt, on=CONFIRMED_ON, amount_c=363_000_00, **asked)
    invoice_it(ledger)
    ledger.perform(issue_invoice, on=CONFIRMED_ON, **invoice(OTHER_INVOICE, on=CONFIRMED_ON))
    return ledger


def test_a_fund_that_asks_for_an_order_guarantees_no_invoice_without_one() -> None:
    ledger = invoiced_with_and_without_order()
    before = ledger.copy()
    guarantee(before, OTHER_INVOICE)
    enact(ledger, on=CONFIRMED_ON)
    with pytest.raises(OrderNotConfirmed):
        guarantee(ledger, OTHER_INVOICE)
    guarantee(ledger, INVOICE)
    assert guarantee_id(FUND, INVOICE) in {fact.originator_id for fact in ledger.facts}


def test_terms_of_guarantees_hold_from_their_day_and_can_be_taken_back() -> None:
    ledger = invoiced_with_and_without_order()
    enact(ledger, on=DRAFTED_ON, valid_from=NEXT_DAY)
    guarantee(ledger.copy(), OTHER_INVOICE)
    with pytest.raises(NotRetroactive):
        enact(ledger, on=CONFIRMED_ON, valid_from=DRAFTED_ON)
    with pytest.raises(NotRetroactive):
        enact(ledger, on=CONFIRMED_ON, valid_from=NEXT_DAY)
    with pytest.raises(EmptyText):
        enact(ledger, on=CONFIRMED_ON, valid_from=date(2026, 3, 1), decision_ref=" ")


def test_an_excluded_client_is_not_guaranteed() -> None:
    ledger = invoiced_with_and_without_order()
    enact(ledger, on=CONFIRMED_ON, needs_order=False, excluded_client_ids=[CLIENT])
    with pytest.raises(ClientExcluded):
        guarantee(ledger, INVOICE)


def test_a_fund_of_guarantees_asks_for_an_order_from_its_charter_on() -> None:
    ledger = invoiced_with_and_without_order()
    ledger.perform(
        charter_fund,
        on=FOUNDED,
        entity_id=ENTITY,
        code="GUARANTEE",
        kind=FundKind.GUARANTEE,
        ledger_policy=LedgerPolicy.LIABILITY,
        floor_c=0,
        regulation_ref="regulation 2",
    )
    with pytest.raises(OrderNotConfirmed):
        guarantee(ledger, OTHER_INVOICE, fund=fund_id(ENTITY, "GUARANTEE"))


def test_only_clients_of_the_entity_are_excluded() -> None:
    ledger = invoiced_with_and_without_order()
    found_entity(ledger.perform, code="OTHER")
    stranger = UUID(int=540)
    asked: dict[str, Any] = {"name": "Stranger", "address": "", "vat_no": "", "email": ""}
    other = entity_id_of("OTHER")
    ledger.perform(register_client, on=FOUNDED, client_id=stranger, entity_id=other, kind="business", **asked)
    with pytest.raises(OtherEntity):
        enact(ledger, on=CONFIRMED_ON, excluded_client_ids=[stranger])
