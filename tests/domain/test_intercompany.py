"""Multi-company group: what one entity invoices another is its bill, under one id, and both sides agree."""

from __future__ import annotations

from collections import Counter
from typing import Any
from uuid import UUID

import pytest

from domain.aggregates.activity import Activity
from domain.aggregates.credit_note import CreditNote
from domain.aggregates.group_link import GroupLink
from domain.aggregates.invoice import Invoice
from domain.aggregates.purchase_credit_note import PurchaseCreditNote
from domain.aggregates.purchase_invoice import PurchaseInvoice, PurchaseState
from domain.bookkeeping.rules_v1 import book
from domain.bookkeeping.vat_grids import grid_of_credit, grid_of_sale, grids_of
from domain.errors import (
    AlreadyExists,
    InvoiceCreditedWhole,
    LinkToItself,
    OtherEntity,
    PurchaseNotApproved,
    PurchaseOfGroup,
    ReverseChargeNotMirrored,
    SecondPersonNeeded,
    UnknownRecord,
    VatUnitDiffers,
)
from domain.ledger.entities import set_parameter
from domain.ledger.intercompany import intercompany_id
from domain.ledger.presets import BELGIAN_COOPERATIVE, NO_VAT_UNIT, VAT_UNIT
from domain.ledger.purchase_corrections import credit_within_group, receive_purchase_credit, reverse_purchase
from domain.ledger.purchases import approve_purchase, purchase_id
from domain.vat import CreditedBase, VatCategory, VatRow
from tests.cooperative import ACTIVITY, CLIENT, ENTITY, FOUNDED, found, line
from tests.domain.departing import told
from tests.domain.spending import DAY, INVOICE
from tests.domain.trading import BUYER, BUYING, SELLER_AS_SUPPLIER, found_buyer, link, sells
from tests.paper import PaperLedger


@pytest.fixture
def group() -> PaperLedger:
    """Two linked entities."""
    return linked()


def linked() -> PaperLedger:
    """One entity that may sell to another."""
    ledger = PaperLedger()
    found(ledger.perform)
    found_buyer(ledger.perform)
    link(ledger.perform)
    return ledger


def of_entity(ledger: PaperLedger, entity_id: UUID) -> Counter[str]:
    """What the accounts of one entity stand at, debits less credits, in cents."""
    sums: Counter[str] = Counter()
    for each in ledger.facts:
        entry = book(each)
        if entry is not None and entry.entity_id == entity_id:
            for moved in entry.lines:
                sums[moved.account] += moved.debit_c - moved.credit_c
    return sums


def joins_unit(ledger: PaperLedger, *entities: UUID, unit: str = "BE0700000042") -> None:
    for each in entities:
        ledger.perform(
            set_parameter,
            on=FOUNDED,
            entity_id=each,
            name=VAT_UNIT,
            value=unit,
            valid_from=FOUNDED,
            source_ref="recognition by the tax office",
        )


def bill_of(ledger: PaperLedger) -> PurchaseInvoice:
    number = ledger.get(Invoice, INVOICE).invoice_no
    return ledger.get(PurchaseInvoice, purchase_id(SELLER_AS_SUPPLIER, number))


def test_between_entities_a_real_invoice_is_mirrored_as_a_bill_and_both_sides_reconcile_to_zero(
    group: PaperLedger,
) -> None:
    recorded = sells(group.perform)
    kinds = (Invoice.Issued, PurchaseInvoice.Mirrored, GroupLink.Mirrored)
    issued, mirrored, pair = (told(recorded, kind) for kind in kinds)
    assert issued.gross_c == mirrored.due_c == pair.gross_c == 1_210_00
    assert mirrored.purchase_no == issued.invoice_no
    assert mirrored.intercompany_id == pair.intercompany_id == intercompany_id(INVOICE)
    assert (mirrored.invoice_id, pair.purchase_id) == (INVOICE, mirrored.originator_id)
    # A real invoice bears its contribution where it was earned, and none where it is a cost.
    assert group.get(Activity, ACTIVITY).result_c == 1_000_00 - 110_00
    assert group.get(Activity, BUYING).result_c == 0

    with pytest.raises(SecondPersonNeeded):
        group.perform(approve_purchase, on=DAY, purchase_id=mirrored.originator_id)
    group.perform(approve_purchase, on=DAY, actor="ben", purchase_id=mirrored.originator_id)
    assert bill_of(group).state is PurchaseState.APPROVED
    seller, buyer = of_entity(group, ENTITY), of_entity(group, BUYER)
    assert seller["400"] + buyer["440"] == 0
    assert seller["451"] + buyer["411"] == 0
    assert seller["7001"] + buyer["613"] == 0
    assert group.get(Activity, BUYING).result_c == -1_000_00


def test_vat_that_the_buyer_cannot_deduct_is_its_cost(group: PaperLedger) -> None:
    sells(group.perform, deductible_bp=5_000, buyer_activity_id=None)
    (bought,) = bill_of(group).lines
    assert (bought.vat_deductible_c, bought.cost_c) == (105_00, 1_105_00)


def test_two_entities_are_linked_once_each_way_by_a_client_and_a_supplier_of_theirs(
    group: PaperLedger,
) -> None:
    with pytest.raises(AlreadyExists):
        link(group.perform)
    with pytest.raises(LinkToItself):
        group.perform(lambda books, stamp: GroupLink.open(stamp, id=UUID(int=1), **same()))
    with pytest.raises(OtherEntity):
        link(group.perform, buyer_id=ENTITY, seller_id=BUYER)
    with pytest.raises(OtherEntity):
        link(group.perform, buyer_id=ENTITY)


def same() -> dict[str, Any]:
    return {
        "seller_id": ENTITY,
        "buyer_id": ENTITY,
        "client_id": CLIENT,
        "supplier_id": SELLER_AS_SUPPLIER,
    }


def test_nothing_is_sold_to_an_entity_that_is_not_linked_or_for_an_activity_of_another(
    group: PaperLedger,
) -> None:
    with pytest.raises(UnknownRecord):
        sells(group.perform, buyer_id=ENTITY, buyer_activity_id=None)
    with pytest.raises(OtherEntity):
        sells(group.perform, buyer_activity_id=ACTIVITY)


def test_inside_a_vat_unit_nothing_bears_vat_and_outside_everything_is_in_its_scope(
    group: PaperLedger,
) -> None:
    outside = line(vat_category=VatCategory.OUTSIDE_SCOPE, vat_rate_bp=0)
    with pytest.raises(VatUnitDiffers):
        sells(group.perform, outside)
    joins_unit(group, ENTITY)
    with pytest.raises(VatUnitDiffers):
        sells(group.perform, outside)
    joins_unit(group, BUYER)
    with pytest.raises(VatUnitDiffers):
        sells(group.perform)
    with pytest.raises(VatUnitDiffers):
        sells(group.perform, outside, line())
    recorded = sells(group.perform, outside)
    assert grids_of(told(recorded, Invoice.Issued)) == {}
    assert bill_of(group).due_c == 1_000_00
    assert of_entity(group, ENTITY)["451"] == 0
    approved = told(approve(group), PurchaseInvoice.Approved)
    assert grids_of(approved) == {}
    credited = take_back(group)
    assert grids_of(told(credited, CreditNote.Issued)) == {}
    assert grids_of(told(credited, PurchaseCreditNote.Mirrored)) == {}
    assert of_entity(group, BUYER)["440"] == 0


def test_outside_a_vat_unit_a_mirrored_bill_is_declared_as_any_other(group: PaperLedger) -> None:
    sells(group.perform)
    assert grids_of(told(approve(group), PurchaseInvoice.Approved)) == {"82": 1_000_00, "59": 210_00}


def test_a_credit_note_inside_the_group_takes_both_sides_back_in_one_batch(group: PaperLedger) -> None:
    sells(group.perform)
    with pytest.raises(PurchaseNotApproved):
        take_back(group)
    approve(group)
    facts = take_back(group, CreditedBase(VatCategory.STANDARD, 2_100, "", 400_00))
    issued, mirrored = told(facts, CreditNote.Issued), told(facts, PurchaseCreditNote.Mirrored)
    assert (issued.gross_c, mirrored.gross_c) == (484_00, 484_00)
    assert (mirrored.credit_note_no, mirrored.credit_note_id) == (
        issued.credit_note_no,
        issued.originator_id,
    )
    assert mirrored.intercompany_id == intercompany_id(INVOICE)
    assert grids_of(mirrored) == {"82": -400_00, "85": 400_00, "63": 84_00}
    seller, buyer = of_entity(group, ENTITY), of_entity(group, BUYER)
    assert (seller["400"], buyer["440"]) == (726_00, -726_00)
    assert seller["451"] + buyer["411"] == 0
    assert group.get(Activity, BUYING).result_c == -600_00
    take_back(group, credit_note_id=UUID(int=902))
    assert of_entity(group, BUYER)["440"] == 0
    with pytest.raises(InvoiceCreditedWhole):
        take_back(group, credit_note_id=UUID(int=903))


def test_a_bill_of_the_group_is_credited_by_its_seller_and_taken_back_by_nobody_else(
    group: PaperLedger,
) -> None:
    sells(group.perform)
    approve(group)
    bill = bill_of(group).id
    with pytest.raises(PurchaseOfGroup):
        group.perform(reverse_purchase, on=DAY, purchase_id=bill, reason="wrong")
    with pytest.raises(PurchaseOfGroup):
        group.perform(
            receive_purchase_credit,
            purchase_id=bill,
            credit_note_no="C7",
            issued_on=DAY,
            document_sha256="e" * 64,
        )


def approve(group: PaperLedger) -> list[Any]:
    return group.perform(approve_purchase, on=DAY, actor="ben", purchase_id=bill_of(group).id)


def take_back(group: PaperLedger, *rows: CreditedBase, **says: Any) -> list[Any]:
    asked: dict[str, Any] = {
        "purchase_id": bill_of(group).id,
        "credit_note_id": UUID(int=901),
        "issued_on": DAY,
        "reason": "a day less",
        "rows": rows or None,
    }
    return group.perform(credit_within_group, on=DAY, **asked | says)


def test_entities_registered_before_there_were_vat_units_are_of_none_and_charge_vat(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    known = [each for each in BELGIAN_COOPERATIVE if each[0] != VAT_UNIT]
    monkeypatch.setattr("domain.ledger.entities.BELGIAN_COOPERATIVE", known)
    early = linked()
    outside = line(vat_category=VatCategory.OUTSIDE_SCOPE, vat_rate_bp=0)
    with pytest.raises(VatUnitDiffers) as refused:
        sells(early.perform, outside)
    assert refused.value.facts == {"seller_unit": NO_VAT_UNIT, "buyer_unit": NO_VAT_UNIT, "on": DAY}
    sells(early.perform)
    assert bill_of(early).due_c == 1_210_00


def test_entities_of_two_vat_units_charge_vat(group: PaperLedger) -> None:
    joins_unit(group, ENTITY)
    joins_unit(group, BUYER, unit="BE0700000141")
    sells(group.perform)
    assert bill_of(group).due_c == 1_210_00


def test_what_stands_outside_the_scope_of_vat_is_declared_in_no_grid() -> None:
    row = VatRow(VatCategory.OUTSIDE_SCOPE, 0, "", 100_00, 0)
    assert (grid_of_sale(row), grid_of_credit(row)) == (None, None)


def test_an_invoice_by_reverse_charge_is_not_mirrored(group: PaperLedger) -> None:
    reverse = line(vat_category=VatCategory.REVERSE_CHARGE, vat_rate_bp=0)
    with pytest.raises(ReverseChargeNotMirrored):
        sells(group.perform, reverse)
