"""Workload W, "invoice paid": a receipt is allocated to an invoice and credits a fund.

One use case, two aggregates, two facts, and in the books five postings: bank 1,200.00 = member
870.00 + VAT 200.00 + fund 30.00 + fee 100.00. The facts are those of the product in form and weight
(`invoice.payment-received.v1`, `mutual-fund.contribution-collected.v1`), joined so that they are two;
what the product's own use case writes is measured beside (product.py).
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple
from uuid import UUID

from domain.errors import BooksDoNotBalance, ExceedsOpenAmount, OtherEntity
from domain.facts import Ledgered, Stamp
from domain.ledger.books import Books
from domain.ledger.periods import booking_date
from domain.money import require_positive

CURRENCY = "EUR"


class Parts(NamedTuple):
    """What a receipt is made of, in cents."""

    member_c: int
    vat_c: int
    fund_c: int
    fee_c: int


class Accounts(NamedTuple):
    """The accounts a payment moves: where it comes in, and where VAT and fee go."""

    bank: str
    vat: str
    fee: str


class Posting(NamedTuple):
    """One line in the books, debit positive, in cents."""

    account: str
    amount_c: int
    currency: str


class Claim(Ledgered):
    """An invoice, as workload W needs it."""

    TOPIC = "bench-claim"

    def __init__(self, entity_id: UUID, activity_id: UUID, client_id: UUID, gross_c: int) -> None:
        """Start with everything open."""
        self.entity_id = entity_id
        self.activity_id = activity_id
        self.client_id = client_id
        self.open_c = gross_c

    class Event(Ledgered.Event):
        """What happened to an invoice."""

        entity_id: UUID
        activity_id: UUID
        client_id: UUID

    class Issued(Event, Ledgered.Created):
        """An amount was claimed."""

        TOPIC = "bench-claim.issued.v1"
        gross_c: int

    Created = Issued

    class ReceiptAllocated(Event):
        """A receipt was set against the invoice; the accounts are those it is posted to."""

        TOPIC = "bench-claim.receipt-allocated.v1"
        booked_on: date
        line_id: UUID
        fund_id: UUID
        amount_c: int
        member_c: int
        vat_c: int
        fund_c: int
        fee_c: int
        bank_account: str
        vat_account: str
        fee_account: str
        currency: str

        def apply(self, claim: Claim) -> None:
            """Leave less open."""
            claim.open_c -= self.amount_c

    def receive(
        self,
        stamp: Stamp,
        *,
        line_id: UUID,
        fund_id: UUID,
        amount_c: int,
        parts: Parts,
        accounts: Accounts,
        booked_on: date,
    ) -> None:
        """Set a receipt against what is open; its parts are the whole."""
        require_positive(amount_c)
        for part_c in parts:
            require_positive(part_c)
        if sum(parts) != amount_c:
            raise BooksDoNotBalance(debit_c=amount_c, credit_c=sum(parts))
        if amount_c > self.open_c:
            raise ExceedsOpenAmount(open_c=self.open_c, amount_c=amount_c)
        self.note(
            self.ReceiptAllocated,
            stamp,
            entity_id=self.entity_id,
            activity_id=self.activity_id,
            client_id=self.client_id,
            booked_on=booked_on,
            line_id=line_id,
            fund_id=fund_id,
            amount_c=amount_c,
            member_c=parts.member_c,
            vat_c=parts.vat_c,
            fund_c=parts.fund_c,
            fee_c=parts.fee_c,
            bank_account=accounts.bank,
            vat_account=accounts.vat,
            fee_account=accounts.fee,
            currency=CURRENCY,
        )


class Pot(Ledgered):
    """A mutual fund, as workload W needs it."""

    TOPIC = "bench-pot"

    def __init__(self, entity_id: UUID) -> None:
        """Start empty."""
        self.entity_id = entity_id
        self.collected_c = 0

    class Event(Ledgered.Event):
        """What happened to a fund."""

        entity_id: UUID

    class Chartered(Event, Ledgered.Created):
        """A fund was set up."""

        TOPIC = "bench-pot.chartered.v1"

    Created = Chartered

    class ContributionCollected(Event):
        """A client paid, and with it this much of what the fund was owed."""

        TOPIC = "bench-pot.contribution-collected.v1"
        activity_id: UUID
        document_id: UUID
        amount_c: int

        def apply(self, pot: Pot) -> None:
            """Count the amount as the fund's."""
            pot.collected_c += self.amount_c

    def collect(self, stamp: Stamp, *, activity_id: UUID, document_id: UUID, amount_c: int) -> None:
        """Take in the fund's part of a receipt."""
        require_positive(amount_c)
        self.note(
            self.ContributionCollected,
            stamp,
            entity_id=self.entity_id,
            activity_id=activity_id,
            document_id=document_id,
            amount_c=amount_c,
        )


def pay(
    books: Books,
    stamp: Stamp,
    *,
    claim_id: UUID,
    pot_id: UUID,
    line_id: UUID,
    amount_c: int,
    parts: Parts,
    accounts: Accounts,
) -> None:
    """Allocate a receipt to an invoice and credit the fund, in a period that is open."""
    claim = books.get(Claim, claim_id)
    pot = books.get(Pot, pot_id)
    if pot.entity_id != claim.entity_id:
        raise OtherEntity(claim_id=claim_id, pot_id=pot_id)
    claim.receive(
        stamp,
        line_id=line_id,
        fund_id=pot_id,
        amount_c=amount_c,
        parts=parts,
        accounts=accounts,
        booked_on=booking_date(books, claim.entity_id, stamp.effective_on),
    )
    pot.collect(stamp, activity_id=claim.activity_id, document_id=claim_id, amount_c=parts.fund_c)


def postings_of(fact: Claim.ReceiptAllocated) -> tuple[Posting, ...]:
    """Return how the books show a payment: five postings that add up to nothing."""
    return (
        Posting(fact.bank_account, fact.amount_c, fact.currency),
        Posting(f"member:{fact.activity_id}", -fact.member_c, fact.currency),
        Posting(fact.vat_account, -fact.vat_c, fact.currency),
        Posting(f"fund:{fact.fund_id}", -fact.fund_c, fact.currency),
        Posting(fact.fee_account, -fact.fee_c, fact.currency),
    )
