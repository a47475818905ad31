"""Suppliers, their bills, payees' accounts, and what is declared to the state."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter
from pydantic import AfterValidator, BaseModel, Field, StringConstraints

from api.context import Ask
from api.declaring import owed_for
from api.evidence import entity_of_supplier, resting_on
from api.forms import Cents, Dated, Day, Flag, Form, Line
from api.guard import GuardedRoute
from api.looking import Limit, Look, OfEntity, Position, next_of
from api.replies import Recorded
from domain.aggregates.declaration import Levy
from domain.aggregates.purchase_invoice import PurchaseState
from domain.ledger import declarations, payees, payments
from domain.ledger import purchases as bills
from domain.purchasing import PurchaseLine
from domain.spending import ExpenseType
from interchange.identifiers import iban
from projections import purchases as views
from projections.purchases import PURCHASE_BOOK, FiledDeclaration, Purchase, SupplierCard

router = APIRouter(tags=["purchases"], route_class=GuardedRoute)

Iban = Annotated[Line, AfterValidator(iban)]
Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]


class RegisterSupplier(Dated):
    """Who sends bills; `vat_no` is empty for who has none."""

    supplier_id: UUID | None = None
    entity_id: UUID
    name: Line
    address: Line
    vat_no: Line = ""


class AskedPurchaseLine(Form):
    """What was bought; `vat_deductible_c` is part of `vat_c`."""

    type: ExpenseType
    net_c: Cents
    vat_c: Cents = 0
    vat_deductible_c: Cents = 0


class ReceivePurchase(Dated):
    """A supplier's bill, for an activity or for the cooperative itself.

    Under reverse charge `vat_c` is what the cooperative owes the state, and the supplier is paid the net.
    """

    supplier_id: UUID
    activity_id: UUID | None = None
    purchase_no: Line
    issued_on: Day
    due_on: Day
    lines: Annotated[list[AskedPurchaseLine], Field(min_length=1, max_length=200)]
    reverse_charge: Flag = False
    document_sha256: Sha256


class Answered(Dated):
    """The answer of another person."""


class Reasoned(Dated):
    """Why a bill is not accepted."""

    reason: Line


class OrderPayment(Dated):
    """The account a bill or a levy is paid to."""

    order_id: UUID | None = None
    payee_iban: Iban


class ProposeAccount(Dated):
    """Another account of a payee, and how it is known."""

    iban: Iban
    evidence: Line


class ChangeAccount(Dated):
    """The confirmation of a second person; the entity's waiting time applies."""

    entity_id: UUID


class FileDeclaration(Dated):
    """A levy and the closed months it is declared for; the figures come from the books."""

    entity_id: UUID
    levy: Levy
    first_on: Day
    last_on: Day


class Suppliers(BaseModel):
    """The suppliers, in the order in which they were registered."""

    position: int
    suppliers: list[SupplierCard]


class Purchases(BaseModel):
    """Suppliers' bills, the latest first; `next` is the `before` of the next page."""

    position: int
    purchases: list[Purchase]
    next: int | None


class Declarations(BaseModel):
    """What was declared, in the order of the months."""

    position: int
    declarations: list[FiledDeclaration]


@router.post("/suppliers", status_code=201, name="supplier.register")
def register_supplier(asked: RegisterSupplier, ask: Ask) -> Recorded:
    """Register a supplier of an entity."""
    return ask(asked, on=asked.effective_on).record(
        bills.register_supplier,
        supplier_id=ask.id_or_new(asked.supplier_id),
        entity_id=asked.entity_id,
        name=asked.name,
        address=asked.address,
        vat_no=asked.vat_no,
    )


@router.post("/purchases", status_code=201, name="purchase.receive")
def receive_purchase(asked: ReceivePurchase, ask: Ask) -> Recorded:
    """Record a supplier's bill whose document is kept for the entity."""
    entity_id = entity_of_supplier(ask.services, asked.supplier_id)
    return ask(asked, on=asked.effective_on).record(
        resting_on(ask.services, asked.document_sha256, entity_id, bills.receive_purchase),
        supplier_id=asked.supplier_id,
        activity_id=asked.activity_id,
        purchase_no=asked.purchase_no,
        issued_on=asked.issued_on,
        due_on=asked.due_on,
        lines=[
            PurchaseLine(each.type, each.net_c, each.vat_c, each.vat_deductible_c) for each in asked.lines
        ],
        reverse_charge=asked.reverse_charge,
        document_sha256=asked.document_sha256,
    )


@router.post("/purchases/{purchase_id}/approval", status_code=201, name="purchase.approve")
def approve_purchase(purchase_id: UUID, asked: Answered, ask: Ask) -> Recorded:
    """Approve a bill as another person; whoever ordered it bears it, the supplier is owed it."""
    return ask(asked, on=asked.effective_on).record(bills.approve_purchase, purchase_id=purchase_id)


@router.post("/purchases/{purchase_id}/dispute", status_code=201, name="purchase.dispute")
def dispute_purchase(purchase_id: UUID, asked: Reasoned, ask: Ask) -> Recorded:
    """Not accept a bill as it is; it is not paid before it is approved."""
    return ask(asked, on=asked.effective_on).record(
        bills.dispute_purchase, purchase_id=purchase_id, reason=asked.reason
    )


@router.post("/purchases/{purchase_id}/rejection", status_code=201, name="purchase.reject")
def reject_purchase(purchase_id: UUID, asked: Reasoned, ask: Ask) -> Recorded:
    """Turn a bill down for good."""
    return ask(asked, on=asked.effective_on).record(
        bills.reject_purchase, purchase_id=purchase_id, reason=asked.reason
    )


@router.post("/purchases/{purchase_id}/payment-orders", status_code=201, name="purchase.order")
def order_purchase_payment(purchase_id: UUID, asked: OrderPayment, ask: Ask) -> Recorded:
    """Order that an approved bill is paid; a second person approves it."""
    return ask(asked, on=asked.effective_on).record(
        payments.order_purchase_payment,
        order_id=ask.id_or_new(asked.order_id),
        purchase_id=purchase_id,
        payee_iban=asked.payee_iban,
    )


@router.post("/payees/{payee_id}/account-proposal", status_code=201, name="payee.propose-account")
def propose_account(payee_id: UUID, asked: ProposeAccount, ask: Ask) -> Recorded:
    """Propose that a payee is paid on another account; a second person confirms it."""
    return ask(asked, on=asked.effective_on).record(
        payees.propose_payee_account, payee_id=payee_id, iban=asked.iban, evidence=asked.evidence
    )


@router.post("/payees/{payee_id}/account", status_code=201, name="payee.change-account")
def change_account(payee_id: UUID, asked: ChangeAccount, ask: Ask) -> Recorded:
    """Confirm a payee's new account as a second person; nothing is paid to it before a waiting time."""
    return ask(asked, on=asked.effective_on).record(
        payees.change_payee_account, entity_id=asked.entity_id, payee_id=payee_id
    )


@router.post("/declarations", status_code=201, name="declaration.file")
def file_declaration(asked: FileDeclaration, ask: Ask) -> Recorded:
    """Declare what closed months made due; what can be deducted is set against it."""
    owed = owed_for(
        ask.services,
        entity_id=asked.entity_id,
        levy=asked.levy,
        first_on=asked.first_on,
        last_on=asked.last_on,
    )
    return ask(asked, on=asked.effective_on).record(
        declarations.file_declaration,
        entity_id=asked.entity_id,
        levy=asked.levy,
        first_on=asked.first_on,
        last_on=asked.last_on,
        due_c=owed.due_c,
        deductible_c=owed.deductible_c,
        position=owed.position,
    )


@router.post("/declarations/{declaration_id}/payment-orders", status_code=201, name="declaration.order")
def order_declaration_payment(declaration_id: UUID, asked: OrderPayment, ask: Ask) -> Recorded:
    """Order that what was declared is paid to the state; a second person approves it."""
    return ask(asked, on=asked.effective_on).record(
        payments.order_declaration_payment,
        order_id=ask.id_or_new(asked.order_id),
        declaration_id=declaration_id,
        payee_iban=asked.payee_iban,
    )


@router.post("/declarations/{declaration_id}/withdrawal", status_code=201, name="declaration.withdraw")
def withdraw_declaration(declaration_id: UUID, asked: Reasoned, ask: Ask) -> Recorded:
    """Take back a declaration that was filed by mistake and no order pays; its months may be declared anew."""
    return ask(asked, on=asked.effective_on).record(
        declarations.withdraw_declaration, declaration_id=declaration_id, reason=asked.reason
    )


@router.get("/suppliers", name="suppliers.view")
def view_suppliers(look: Look, entity_id: OfEntity = None) -> Suppliers:
    """Show the suppliers."""
    position = look.standing_at(PURCHASE_BOOK.name)
    found = views.suppliers(look.reading(PURCHASE_BOOK.name), entity_id=entity_id)
    return Suppliers(position=position, suppliers=found)


@router.get("/purchases", name="purchases.view")
def view_purchases(
    look: Look,
    entity_id: OfEntity = None,
    state: PurchaseState | None = None,
    before: Position | None = None,
    limit: Limit = 100,
) -> Purchases:
    """Show suppliers' bills and what became of them."""
    position = look.standing_at(PURCHASE_BOOK.name)
    found = views.purchases(
        look.reading(PURCHASE_BOOK.name), entity_id=entity_id, state=state, before=before, limit=limit
    )
    return Purchases(position=position, purchases=found, next=next_of(found, limit))


@router.get("/declarations", name="declarations.view")
def view_declarations(look: Look, entity_id: OfEntity = None) -> Declarations:
    """Show what was declared to the state."""
    position = look.standing_at(PURCHASE_BOOK.name)
    found = views.declarations(look.reading(PURCHASE_BOOK.name), entity_id=entity_id)
    return Declarations(position=position, declarations=found)
