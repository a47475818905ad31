"""The bank: accounts, statements, and receipts set against invoices."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Body, Query
from pydantic import AfterValidator, BaseModel

from api.context import Ask
from api.forms import Cents, Dated, Day, Flag, Line
from api.guard import GuardedRoute
from api.importing import ImportReport, import_file
from api.looking import Limit, Look, OfEntity, Position, next_of
from api.replies import Recorded
from domain.ledger import bank
from interchange.identifiers import iban
from projections import bank_lines as views
from projections.bank_lines import BANK_LINES, LineOfBank, Statement

router = APIRouter(prefix="/bank", tags=["bank"], route_class=GuardedRoute)

OfAccount = Annotated[UUID | None, Query(description="of this bank account only")]


class OpenBankAccount(Dated):
    """An account of the cooperative, with the balance its first statement continues from."""

    entity_id: UUID
    account: Annotated[Line, AfterValidator(iban)]
    balance_c: Cents
    balance_on: Day


class AllocateReceipt(Dated):
    """Part of a receipt for an invoice; `despite_reference` overrules the reference it bears."""

    invoice_id: UUID
    amount_c: Cents
    despite_reference: Flag = False


class BankLines(BaseModel):
    """Bank lines; `next` is the `before` of the next page."""

    position: int
    lines: list[LineOfBank]
    next: int | None


class Statements(BaseModel):
    """Imported statements, in the order of the log."""

    position: int
    statements: list[Statement]


@router.post("/accounts", status_code=201, name="bank-account.open")
def open_bank_account(asked: OpenBankAccount, ask: Ask) -> Recorded:
    """Open a bank account of the cooperative."""
    return ask(asked, on=asked.effective_on or asked.balance_on).record(
        bank.open_bank_account,
        entity_id=asked.entity_id,
        account=asked.account,
        balance_c=asked.balance_c,
        balance_on=asked.balance_on,
    )


@router.post("/statements", status_code=201, name="bank-statement.import")
def import_bank_statements(
    content: Annotated[bytes, Body(media_type="application/xml")], ask: Ask
) -> ImportReport:
    """Import a camt.053 file, at most 50 MB, and allocate the receipts that bear a reference."""
    report = import_file(ask.services, ask.caller, content, key=ask.key)
    ask.response.headers["Ledger-Position"] = str(report.position)
    return report


@router.post("/lines/{line_id}/allocations", status_code=201, name="receipt.allocate")
def allocate_receipt(line_id: UUID, asked: AllocateReceipt, ask: Ask) -> Recorded:
    """Set part of a receipt against an invoice."""
    return ask(asked, on=asked.effective_on).record(
        bank.allocate_receipt,
        bank_line_id=line_id,
        invoice_id=asked.invoice_id,
        amount_c=asked.amount_c,
        despite_reference=asked.despite_reference,
    )


@router.get("/lines", name="bank-lines.view")
def view_bank_lines(
    look: Look, account_id: OfAccount = None, before: Position | None = None, limit: Limit = 100
) -> BankLines:
    """Show the lines of an account, or of all, the latest first."""
    position = look.standing_at(BANK_LINES.name)
    lines = views.bank_lines(look.reading(BANK_LINES.name), account_id=account_id, before=before, limit=limit)
    return BankLines(position=position, lines=lines, next=next_of(lines, limit))


@router.get("/lines/waiting", name="waiting-lines.view")
def view_waiting_lines(look: Look, entity_id: OfEntity = None) -> BankLines:
    """Show the receipts of which something waits to be allocated, the oldest first."""
    position = look.standing_at(BANK_LINES.name)
    lines = views.unallocated_lines(look.reading(BANK_LINES.name), entity_id=entity_id)
    return BankLines(position=position, lines=lines, next=None)


@router.get("/statements", name="bank-statements.view")
def view_statements(look: Look, account_id: OfAccount = None) -> Statements:
    """Show the imported statements."""
    position = look.standing_at(BANK_LINES.name)
    return Statements(
        position=position, statements=views.statements(look.reading(BANK_LINES.name), account_id=account_id)
    )
