"""The product's own "invoice paid": `allocate_receipt` on real bank lines, invoices, activities and a fund.

It writes four facts where workload W has two, because the activity and the bank line have streams of
their own. Printed beside W, so that nobody takes the one for the other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any
from uuid import UUID

from benchmarks.ledgers import AT_ONCE, DAY, Ledger, Run, body_of, found_entity
from domain.aggregates.client import ClientKind
from domain.aggregates.mutual_fund import FundKind
from domain.contributions import FundShare
from domain.funding import LedgerPolicy
from domain.ids import derived_id
from domain.ledger import activities, bank, funds, invoicing, members, plans
from domain.ledger.bank import ReportedEntry, ReportedStatement
from domain.ledger.invoicing import AskedLine
from domain.payouts import PayoutRegime
from domain.vat import VatCategory
from eventstore.store import Outcome

OF_AN_ALLOCATION = (
    "bank-line.allocated.v1",
    "invoice.payment-received.v1",
    "activity.receipt-settled.v1",
    "mutual-fund.contribution-collected.v1",
)
ACCOUNT = "BENCH-ACCOUNT"
STATEMENT = "bench:2026/1"
PAID_C = 1_210_00
# So much is invoiced, and came in, that no run ever pays all of it.
NET = "1000000000.00"
GROSS_C = 1_210_000_000_00
FUND_BP = 300
CONTRIBUTION_BP = 1000


class Allocations:
    """A cooperative with so many members, each with an activity, a client, an invoice and a receipt."""

    def __init__(self, ledger: Ledger, *, members_count: int) -> None:
        """Found it through the use cases."""
        self.ledger = ledger
        self._entity_id = found_entity(ledger)
        numbers = range(members_count)
        self._perform("account", [self._account()])
        self._perform("fund", [self._fund(), self._plan()])
        self._perform("members", [step for n in numbers for step in self._member(n)])
        self._perform("invoices", [step for n in numbers for step in self._invoice(n)])
        self._perform("receipts", [self._receipts(members_count)])
        account_id = bank.account_id_of(ACCOUNT)
        self._lines = [bank.line_id(account_id, STATEMENT, f"E{n}") for n in numbers]
        self._invoices = [_invoice_id(n) for n in numbers]

    def ask(self, number: int) -> Outcome:
        """Allocate once, and wait until it is durable."""
        return self.ledger.perform(
            "receipt.allocate", f"pay-{number}", self._run(number), body=body_of(number)
        )

    async def ask_async(self, number: int) -> Outcome:
        """Allocate once, as a coroutine does."""
        return await self.ledger.perform_async(
            "receipt.allocate", f"pay-{number}", self._run(number), body=body_of(number)
        )

    def _run(self, number: int) -> Run:
        place = number % len(self._lines)
        return _asked(
            bank.allocate_receipt,
            bank_line_id=self._lines[place],
            invoice_id=self._invoices[place],
            amount_c=PAID_C,
        )

    def _perform(self, what: str, runs: list[Run]) -> None:
        for first in range(0, len(runs), AT_ONCE):
            some = runs[first : first + AT_ONCE]
            self.ledger.perform_bulk("bench.found", f"{what}-{first}", some, body=b"")

    def _account(self) -> Run:
        return _asked(
            bank.open_bank_account,
            entity_id=self._entity_id,
            account=ACCOUNT,
            balance_c=0,
            balance_on=DAY,
        )

    def _fund(self) -> Run:
        return _asked(
            funds.charter_fund,
            entity_id=self._entity_id,
            code="FUND",
            kind=FundKind.SOLIDARITY,
            ledger_policy=LedgerPolicy.LIABILITY,
            floor_c=0,
            regulation_ref="bench",
        )

    def _plan(self) -> Run:
        return _asked(
            plans.enact_contribution_rule,
            entity_id=self._entity_id,
            valid_from=DAY,
            rate_bp=CONTRIBUTION_BP,
            fund_shares=(FundShare(funds.fund_id(self._entity_id, "FUND"), FUND_BP),),
            decision_ref="bench",
        )

    def _member(self, number: int) -> Iterable[Run]:
        person_id = derived_id("bench-person", number)
        membership_id = members.membership_id(self._entity_id, person_id)
        yield _asked(
            members.apply_for_membership,
            entity_id=self._entity_id,
            person_id=person_id,
            category="entrepreneur",
            name=f"Member {number}",
            address="Street 1, 1000 Brussels",
            email=f"member{number}@example.org",
        )
        yield _asked(members.admit_member, membership_id=membership_id, decision_ref="bench")
        yield _asked(
            activities.open_activity,
            entity_id=self._entity_id,
            code=f"A{number}",
            membership_ids=(membership_id,),
            payout_regime=PayoutRegime.EMPLOYEE,
        )

    def _invoice(self, number: int) -> Iterable[Run]:
        client_id = derived_id("bench-client", number)
        yield _asked(
            invoicing.register_client,
            client_id=client_id,
            entity_id=self._entity_id,
            kind=ClientKind.BUSINESS,
            name=f"Client {number}",
            address="Avenue 2, 1000 Brussels",
            vat_no="",
            email=f"client{number}@example.org",
        )
        yield _asked(
            invoicing.issue_invoice,
            invoice_id=_invoice_id(number),
            activity_id=activities.activity_id(self._entity_id, f"A{number}"),
            client_id=client_id,
            issued_on=DAY,
            supplied_on=DAY,
            due_on=None,
            lines=[AskedLine("work", "1", NET, VatCategory.STANDARD, 2100, "")],
        )

    def _receipts(self, count: int) -> Run:
        entries = tuple(
            ReportedEntry(
                key=f"E{n}",
                on=DAY,
                value_on=DAY,
                amount_c=GROSS_C,
                references=(),
                subject_id=derived_id("bench-client", n),
                counterparty_name=f"Client {n}",
                counterparty_iban="",
                remittance="thank you",
            )
            for n in range(count)
        )
        statement = ReportedStatement(
            identity=STATEMENT,
            sequence=(2026, 1),
            from_on=DAY,
            to_on=DAY,
            opening_c=0,
            closing_c=count * GROSS_C,
            entries=entries,
            file_sha256="0" * 64,
        )
        return _asked(bank.import_statements, account=ACCOUNT, statements=[statement])


def _invoice_id(number: int) -> UUID:
    return derived_id("bench-invoice", number)


def _asked(use_case: Callable[..., object], **says: Any) -> Run:
    return partial(use_case, **says)
