"""A supplier's bill that was approved, and a declaration of a month before all others."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from domain.aggregates.declaration import Levy
from domain.ledger.declarations import file_declaration
from domain.ledger.periods import close_period, open_period, stop_bookings
from domain.ledger.purchases import approve_purchase, purchase_id, receive_purchase, register_supplier
from domain.purchasing import PurchaseLine
from domain.spending import ExpenseType
from tests.cooperative import ENTITY
from tests.projections.world import World

SUPPLIER = UUID(int=741)
OCTOBER = "2025-10"


def buy_and_declare(world: World) -> None:
    """Buy supplies of 100.00 + 21.00 for the cooperative, and declare an empty October."""
    world.perform(
        register_supplier,
        supplier_id=SUPPLIER,
        entity_id=ENTITY,
        name="Timber Trade",
        address="Rue du Bois 3, 1000 Brussels",
        vat_no="",
    )
    world.perform(
        receive_purchase,
        supplier_id=SUPPLIER,
        activity_id=None,
        purchase_no="17",
        issued_on=date(2026, 1, 15),
        due_on=date(2026, 2, 14),
        lines=[PurchaseLine(ExpenseType.SUPPLIES, 100_00, 21_00, 21_00)],
        reverse_charge=False,
        document_sha256="d" * 64,
    )
    world.perform(approve_purchase, actor="bert", purchase_id=purchase_id(SUPPLIER, "17"))
    world.perform(open_period, entity_id=ENTITY, month=OCTOBER)
    world.perform(stop_bookings, entity_id=ENTITY, month=OCTOBER)
    world.perform(
        close_period,
        entity_id=ENTITY,
        month=OCTOBER,
        position=world.log.head().size,
        trial_balance_sha256="d" * 64,
        debit_c=0,
        credit_c=0,
    )
    world.perform(
        file_declaration,
        entity_id=ENTITY,
        levy=Levy.VAT,
        first_on=date(2025, 10, 1),
        last_on=date(2025, 10, 31),
        due_c=0,
        deductible_c=0,
        position=world.log.head().size,
    )
