"""The months of the demo: invoices by day, a bank statement at the end, what clients forget."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from domain.ledger import invoicing
from domain.ledger.invoicing import AskedLine
from domain.references import shown
from domain.vat import VatCategory
from interchange.camt053.records import BankEntry, BankStatement
from interchange.identifiers import UNASSIGNED_BANK, belgian_iban
from workers.demo.clerk import Clerk
from workers.demo.founding import Cooperative
from workers.demo.people import TRADES

if TYPE_CHECKING:
    from domain.aggregates.invoice import Invoice
    from eventstore.store import Outcome

BANK_FEE_C = 12_50


@dataclass
class Owed:
    """An issued invoice as its client holds it."""

    reference: str
    gross_c: int
    due_on: date
    client: int


@dataclass
class Account:
    """The bank account as the bank keeps it."""

    balance_c: int
    statements: int = 0


def issue_invoices(clerk: Clerk, coop: Cooperative, days: list[date], *, count: int) -> list[Owed]:
    """Issue so many invoices, in date order, on working days of the month."""
    chosen = sorted(clerk.chance.choice(days) for _ in range(count))
    return [_issue(clerk, coop, day) for day in chosen]


def _issue(clerk: Clerk, coop: Cooperative, day: date) -> Owed:
    client = clerk.chance.randrange(len(coop.clients))
    outcome = clerk.ask(
        "invoice.issue",
        invoicing.issue_invoice,
        on=day,
        invoice_id=clerk.new_id(),
        activity_id=clerk.chance.choice(coop.activity_ids),
        client_id=coop.clients[client][0],
        issued_on=day,
        supplied_on=day,
        due_on=None,
        lines=[_line(clerk) for _ in range(clerk.chance.randint(1, 3))],
    )
    issued = _issued(outcome)
    return Owed(issued.reference, issued.gross_c, issued.due_on, client)


def _line(clerk: Clerk) -> AskedLine:
    chance = clerk.chance
    rate_bp = chance.choices((2100, 600, 0), (8, 1, 1))[0]
    return AskedLine(
        description=f"{chance.choice(TRADES)}, {chance.randint(1, 12)} sessions",
        quantity=str(chance.randint(1, 12)),
        unit_price=f"{chance.randint(30, 140)}.{chance.choice(('00', '50', '25'))}",
        vat_category=VatCategory.STANDARD if rate_bp else VatCategory.REVERSE_CHARGE,
        vat_rate_bp=rate_bp,
        exemption_code="" if rate_bp else "vatex-eu-ae",
    )


def _issued(outcome: Outcome) -> Invoice.Issued:
    from domain.aggregates.invoice import Invoice

    return next(each.event for each in outcome.facts if isinstance(each.event, Invoice.Issued))


def statement_of(
    clerk: Clerk, coop: Cooperative, account: Account, paid: list[Owed], *, first_on: date, last_on: date
) -> BankStatement:
    """Write the bank's statement of a month: what clients paid, and its own fee."""
    entries = sorted(
        (_payment(clerk, coop, owed, n, first_on, last_on) for n, owed in enumerate(paid, start=1)),
        key=lambda entry: (entry.booked_on, entry.key),
    )
    entries.append(
        BankEntry(f"FEE{last_on:%Y%m}", last_on, last_on, -BANK_FEE_C, (), (), "", "", "Account fee", 1)
    )
    account.statements += 1
    opening_c = account.balance_c
    account.balance_c += sum(entry.amount_c for entry in entries)
    return BankStatement(
        account=coop.account,
        identity=f"electronic:{last_on.year}/{account.statements}",
        sequence=account.statements,
        sequence_year=last_on.year,
        opening_c=opening_c,
        closing_c=account.balance_c,
        from_on=first_on,
        to_on=last_on,
        entries=tuple(entries),
    )


def _payment(clerk: Clerk, coop: Cooperative, owed: Owed, n: int, first_on: date, last_on: date) -> BankEntry:
    """Let a client pay: most with the reference, one in ten by a remark only."""
    client_id, client_name = coop.clients[owed.client]
    day = first_on + timedelta(days=clerk.chance.randint(2, (last_on - first_on).days))
    forgets = clerk.chance.random() < 0.1  # noqa: PLR2004 - one in ten
    return BankEntry(
        key=f"{last_on:%Y%m}{n:05}",
        booked_on=day,
        value_on=day,
        amount_c=owed.gross_c,
        references=() if forgets else (owed.reference,),
        creditor_refs=() if forgets else (owed.reference,),
        counterparty_name=client_name,
        counterparty_iban=_iban_of(client_id),
        remittance="thank you" if forgets else shown(owed.reference),
        transactions=1,
    )


def _iban_of(client_id: UUID) -> str:
    return belgian_iban(UNASSIGNED_BANK, client_id.int % 9_000_000 + 1_000_000)
