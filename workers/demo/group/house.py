"""One legal entity of the group, as those who live the demo know it."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from domain.money import share
from interchange.identifiers import UNASSIGNED_BANK, belgian_iban
from workers.demo.people import Person

if TYPE_CHECKING:
    from random import Random

    from domain.aggregates.credit_note import CreditNote
    from domain.aggregates.invoice import Invoice
    from eventstore.store import Outcome
    from workers.demo.clerk import Clerk
    from workers.demo.group.agenda import Agenda
    from workers.demo.group.size import Size


@dataclass(slots=True)
class Member:
    """A member of one entity."""

    membership_id: UUID
    person: Person
    joined_on: date | None = None
    leaving: bool = False
    shares: int = 0

    @property
    def iban(self) -> str:
        """The account on which wages and claims are paid."""
        return account_of(self.person.id)


@dataclass(slots=True)
class Purse:
    """An activity, who runs it, and what it can spend, in cents.

    `sold` are invoices whose contribution and fund part are not yet taken off what is available;
    `left_bp` is what is set aside of them for both where they are charged with the receipts only.
    """

    activity_id: UUID
    code: str
    members: tuple[Member, ...]
    left_bp: int = 0
    available_c: int = 0
    sold: list[Sale] = field(default_factory=list)

    def spendable_c(self) -> int:
        """Return what is available, once all that was invoiced is charged: no receipt is waited for."""
        for sale in self.sold:
            issued = sale.issued
            charged_c = issued.contribution_c + sum(part.amount_c for part in issued.fund_parts)
            self.available_c -= charged_c + share(issued.net_c, self.left_bp)
        self.sold.clear()
        return self.available_c

    def active(self) -> list[Member]:
        """Return the members who are not leaving."""
        return [member for member in self.members if not member.leaving]


@dataclass(slots=True)
class Sale:
    """An issued invoice: what became of it, as far as the cooperative knows."""

    purse: Purse
    client: Person
    outcome: Future[Outcome]
    paid: bool = False
    credited: list[CreditNote.Issued] = field(default_factory=list)
    reminders: int = 0
    reminded_on: date | None = None

    @property
    def issued(self) -> Invoice.Issued:
        """The fact, once it is recorded."""
        from domain.aggregates.invoice import Invoice

        facts = self.outcome.result().facts
        return next(each.event for each in facts if isinstance(each.event, Invoice.Issued))

    def due_c(self) -> int:
        """Return what the client is to pay: the invoice less its credit notes, VAT included."""
        return self.issued.gross_c - sum(note.gross_c for note in self.credited)

    def net_c(self) -> int:
        """Return what stays of it, net of VAT."""
        return self.issued.net_c - sum(note.net_c for note in self.credited)

    def fund_part_c(self) -> int:
        """Return what stays of the fund's part of it."""
        return fund_part_c(self.issued) - sum(fund_part_c(note) for note in self.credited)


@dataclass(frozen=True, slots=True)
class Coming:
    """A movement the bank will report; `then` says what staff does with its line."""

    on: date
    amount_c: int
    name: str
    iban: str
    reference: str = ""
    remittance: str = ""
    then: Callable[[UUID, date], None] | None = None


@dataclass(slots=True)
class Account:
    """The bank account as the bank keeps it."""

    iban: str
    balance_c: int
    reported_to: date
    statements: int = 0
    entries: int = 0
    coming: list[Coming] = field(default_factory=list)


@dataclass(slots=True)
class House:
    """One legal entity of the group; `private_claim` is its first, which should not have been made."""

    code: str
    entity_id: UUID
    fund_id: UUID
    account: Account
    left_bp: int = 0
    fixed_month_c: int = 0
    members: list[Member] = field(default_factory=list)
    purses: list[Purse] = field(default_factory=list)
    clients: list[Person] = field(default_factory=list)
    owed: list[Sale] = field(default_factory=list)
    fund_collected_c: int = 0
    private_claim: UUID | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """The group, its clerk and its agenda.

    What is credited, returned, bought, doubted, ordered and drafted is drawn by chances of their own.
    """

    clerk: Clerk
    agenda: Agenda
    size: Size
    houses: tuple[House, ...]
    of_credits: Random
    of_returns: Random
    of_purchases: Random
    of_doubts: Random
    of_orders: Random
    of_drafts: Random


def fund_part_c(fact: Invoice.Issued | CreditNote.Issued) -> int:
    """Return what a document charges or gives back of the fund's part."""
    return sum(part.amount_c for part in fact.fund_parts)


def account_of(id_: UUID) -> str:
    """Return the made-up account of a made-up person or company."""
    return belgian_iban(UNASSIGNED_BANK, id_.int % 9_000_000 + 1_000_000)
