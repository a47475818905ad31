"""Two entities of one group, of which one sells to the other."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from domain.ledger.activities import activity_id, open_activity
from domain.ledger.entities import entity_id_of
from domain.ledger.intercompany import invoice_within_group, link_entities
from domain.ledger.members import membership_id
from domain.ledger.plans import enact_contribution_rule
from domain.ledger.purchases import register_supplier
from domain.payouts import PayoutRegime
from domain.spending import ExpenseType
from tests.cooperative import (
    ACTIVITY,
    CLIENT,
    ENTITY,
    FOUNDED,
    OTHER_PERSON,
    Perform,
    found_entity,
    join,
    line,
)
from tests.domain.spending import DAY, INVOICE

BUYER = entity_id_of("SECOND")
BUYING = activity_id(BUYER, "B1")
SELLER_AS_SUPPLIER = UUID(int=1400)


def found_buyer(perform: Perform) -> None:
    """A second entity with one activity, which knows the first as its supplier."""
    found_entity(perform, code="SECOND")
    join(perform, OTHER_PERSON, entity_id=BUYER)
    perform(
        open_activity,
        on=FOUNDED,
        entity_id=BUYER,
        code="B1",
        membership_ids=[membership_id(BUYER, OTHER_PERSON)],
        payout_regime=PayoutRegime.EMPLOYEE,
    )
    perform(
        enact_contribution_rule,
        on=FOUNDED,
        entity_id=BUYER,
        valid_from=FOUNDED,
        rate_bp=1_000,
        fund_shares=[],
        decision_ref="assembly 2025",
    )
    perform(
        register_supplier,
        on=FOUNDED,
        supplier_id=SELLER_AS_SUPPLIER,
        entity_id=BUYER,
        name="Pilot Cooperative",
        address="Rue Haute 1, 1000 Brussels",
        vat_no="BE0123456749",
    )


def link(perform: Perform, **says: Any) -> object:
    """The buyer is the one client of the seller."""
    asked: dict[str, Any] = {
        "seller_id": ENTITY,
        "buyer_id": BUYER,
        "client_id": CLIENT,
        "supplier_id": SELLER_AS_SUPPLIER,
    }
    return perform(link_entities, on=FOUNDED, **asked | says)


def sells(perform: Perform, *lines: Any, **says: Any) -> Any:
    """Invoice 1,000.00 + 210.00 to the other entity, unless told otherwise."""
    asked: dict[str, Any] = {
        "invoice_id": INVOICE,
        "activity_id": ACTIVITY,
        "buyer_id": BUYER,
        "buyer_activity_id": BUYING,
        "expense_type": ExpenseType.SERVICES,
        "issued_on": DAY,
        "supplied_on": DAY,
        "due_on": None,
        "lines": lines or (line(),),
    }
    return perform(invoice_within_group, on=DAY, **asked | says)
