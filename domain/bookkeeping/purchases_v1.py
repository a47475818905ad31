"""Posting rules, version 1, of suppliers' bills and of what is declared to the state."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from domain.aggregates.declaration import Declaration, Levy
from domain.aggregates.purchase_credit_note import PurchaseCreditNote
from domain.aggregates.purchase_invoice import PurchaseInvoice
from domain.bookkeeping import chart
from domain.bookkeeping.entries import JournalLine, credit, debit
from domain.spending import ExpenseType

Booked = tuple[str, Any, list[JournalLine]]

COST_OF_TYPE: Mapping[ExpenseType, str] = {
    ExpenseType.RENT: chart.RENT,
    ExpenseType.MAINTENANCE: chart.MAINTENANCE,
    ExpenseType.SUPPLIES: chart.SUPPLIES,
    ExpenseType.SERVICES: chart.SERVICES,
    ExpenseType.PUBLICITY: chart.PUBLICITY,
    ExpenseType.TRAVEL: chart.TRAVEL,
}


def _purchase_approved(fact: PurchaseInvoice.Approved) -> Booked:
    """Under reverse charge the VAT is owed to the state, and not to the supplier."""
    costs = [debit(COST_OF_TYPE[line.type], line.cost_c, activity_id=fact.activity_id) for line in fact.lines]
    deductible_c = sum(line.vat_deductible_c for line in fact.lines)
    own_vat_c = sum(line.vat_c for line in fact.lines) if fact.reverse_charge else 0
    return (
        "purchases",
        fact.originator_id,
        [
            *costs,
            debit(chart.VAT_DEDUCTIBLE, deductible_c),
            credit(chart.VAT_DUE, own_vat_c),
            credit(chart.SUPPLIERS, fact.due_c),
        ],
    )


def _purchase_reversed(fact: PurchaseInvoice.Reversed) -> Booked:
    return "purchases", fact.originator_id, _taken_off(fact)


def _purchase_credited(fact: PurchaseCreditNote.Event) -> Booked:
    return "purchase-credit-notes", fact.originator_id, _taken_off(fact)


def _taken_off(fact: PurchaseInvoice.Reversed | PurchaseCreditNote.Event) -> list[JournalLine]:
    """The mirror of an approved bill, for what is taken off it."""
    own_vat_c = sum(line.vat_c for line in fact.lines) if fact.reverse_charge else 0
    return [
        debit(chart.SUPPLIERS, fact.gross_c),
        debit(chart.VAT_DUE, own_vat_c),
        *(credit(COST_OF_TYPE[line.type], line.cost_c, activity_id=fact.activity_id) for line in fact.lines),
        credit(chart.VAT_DEDUCTIBLE, sum(line.vat_deductible_c for line in fact.lines)),
    ]


def _declaration_filed(fact: Declaration.Filed) -> Booked:
    """What can be deducted goes against what is due, as far as both reach; the rest stays where it is."""
    against_c = _set_against_c(fact)
    return (
        "declarations",
        fact.originator_id,
        [debit(chart.VAT_DUE, against_c), credit(chart.VAT_DEDUCTIBLE, against_c)],
    )


def _declaration_withdrawn(fact: Declaration.Withdrawn) -> Booked:
    against_c = _set_against_c(fact)
    return (
        "declarations",
        fact.originator_id,
        [debit(chart.VAT_DEDUCTIBLE, against_c), credit(chart.VAT_DUE, against_c)],
    )


def _set_against_c(fact: Declaration.Filed | Declaration.Withdrawn) -> int:
    return min(fact.due_c, fact.deductible_c) if fact.levy is Levy.VAT else 0


RULES: Mapping[type[Any], Callable[[Any], Booked]] = {
    PurchaseInvoice.Approved: _purchase_approved,
    PurchaseInvoice.Reversed: _purchase_reversed,
    PurchaseCreditNote.Received: _purchase_credited,
    PurchaseCreditNote.Mirrored: _purchase_credited,
    Declaration.Filed: _declaration_filed,
    Declaration.Withdrawn: _declaration_withdrawn,
}
