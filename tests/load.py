"""People at work over HTTP: what the demo does, each request asked again with its key until it is answered."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Any
from uuid import UUID, uuid5

import httpx
import pytest

from domain.ledger.bank import account_id_of, line_id
from eventstore.access import Role
from interchange.camt053 import BankEntry, entry_of, statement_of, write_camt053
from interchange.identifiers import UNASSIGNED_BANK, belgian_iban

DAY = date(2026, 4, 2)
PAYEE = belgian_iban(UNASSIGNED_BANK, 7654321)
NAMES = UUID(int=0xFEED)
PATIENCE_S = 90


@dataclass(frozen=True)
class House:
    """What everybody knows: where to ask, with which keys, and who is who."""

    url: str
    tokens: dict[Role, str]
    account: str
    opening_c: int
    client_id: str
    activity_id: str
    member_id: str
    poll_id: str
    voters: tuple[str, ...]


@dataclass
class Orders:
    """Approved orders on their way to the bank: id and cents."""

    waiting: deque[tuple[str, int]] = field(default_factory=deque)


@dataclass
class Person:
    """One person at work. What was answered stands in `acknowledged`: operation, position."""

    house: House
    name: str
    acknowledged: list[tuple[str, int]] = field(default_factory=list)
    receipts: list[bytes] = field(default_factory=list)
    _asked: int = 0

    def id(self, kind: str) -> str:
        """A new id, the same for the same person and request."""
        return str(uuid5(NAMES, f"{self.name} {kind} {self._asked}"))

    def does(
        self, operation: str, role: Role, path: str, body: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        """Have something recorded on the day of the load, which an invoice says in words of its own."""
        day = {} if operation == "invoice.issue" else {"effective_on": str(DAY)}
        said = self._until_answered("POST", role, path, json={**day, **(body or {})})
        self.acknowledged.append((operation, said["position"]))
        return said

    def hands_in(
        self, role: Role, path: str, content: bytes, media_type: str, **params: str
    ) -> dict[str, Any]:
        """Hand in a file."""
        headers = {"Content-Type": media_type}
        return self._until_answered("POST", role, path, content=content, params=params, headers=headers)

    def sees(self, role: Role, path: str, position: int) -> dict[str, Any]:
        """Look something up as it stands at that position or later."""
        return self._until_answered("GET", role, path, headers={"Ledger-Min-Position": str(position)})

    def _until_answered(self, method: str, role: Role, path: str, **how: Any) -> dict[str, Any]:
        self._asked += 1
        headers = {"Authorization": f"Bearer {self.house.tokens[role]}", **how.pop("headers", {})}
        if method == "POST":
            headers["Idempotency-Key"] = f"{self.name}-{self._asked}"
        deadline = time.monotonic() + PATIENCE_S
        while time.monotonic() < deadline:
            try:
                answer = httpx.request(method, self.house.url + path, headers=headers, timeout=10, **how)
            except httpx.TransportError:
                time.sleep(0.05)
                continue
            if answer.status_code < 500:
                assert answer.status_code in (200, 201), f"{self.name} {path}: {answer.text}"
                said: dict[str, Any] = answer.json()
                return said
            time.sleep(0.05)
        pytest.fail(f"no answer to {self.name} at {path}")


def sells(person: Person) -> tuple[str, int]:
    """Issue an invoice of 100.00 + 21.00; return its id and position."""
    line = {
        "description": "work",
        "quantity": "1",
        "unit_price": "100",
        "vat_rate_bp": 2100,
        "vat_category": "S",
    }
    invoice_id = person.id("invoice")
    asked = {"invoice_id": invoice_id, "issued_on": str(DAY), "supplied_on": str(DAY), "lines": [line]}
    whose = {"activity_id": person.house.activity_id, "client_id": person.house.client_id}
    said = person.does("invoice.issue", Role.STAFF, "/v1/invoices", {**asked, **whose})
    return invoice_id, said["position"]


def claims(person: Person, orders: Orders) -> None:
    """Keep a receipt, claim 1.00 + 0.21, have it approved, ordered and approved for payment."""
    receipt = f"Receipt (fictional) of {person.name}, number {person._asked}".encode()
    person.receipts.append(receipt)
    whose = {"membership_id": person.house.member_id}
    kept = person.hands_in(Role.STAFF, "/v1/documents", receipt, "application/octet-stream", **whose)
    assert kept["sha256"] == sha256(receipt).hexdigest()
    claim_id, order_id = person.id("claim"), person.id("order")
    expense = {"spent_on": str(DAY), "type": "supplies", "net_c": 100, "vat_c": 21, "vat_deductible_c": 21}
    asked = {
        "claim_id": claim_id,
        "activity_id": person.house.activity_id,
        "claimant_id": person.house.member_id,
        "purpose": "screws",
        "lines": [{**expense, "receipt_sha256": kept["sha256"]}],
    }
    person.does("claim.submit", Role.STAFF, "/v1/claims", asked)
    person.does("claim.approve", Role.TREASURER, f"/v1/claims/{claim_id}/approval")
    order = {"order_id": order_id, "claim_id": claim_id, "payee_iban": PAYEE}
    person.does("payment.order", Role.STAFF, "/v1/payment-orders", order)
    person.does("payment.approve", Role.TREASURER, f"/v1/payment-orders/{order_id}/approval")
    orders.waiting.append((order_id, 121))


def pays_wages(person: Person, orders: Orders) -> None:
    """Ask for a wage of 1.25, post its slip, and have the net of 0.90 ordered and approved."""
    payroll_id, order_id = person.id("payroll"), person.id("order")
    whose = {"activity_id": person.house.activity_id, "employee_id": person.house.member_id}
    asked = {"payroll_id": payroll_id, "budget_c": 125, **whose}
    person.does("payroll.request", Role.STAFF, "/v1/payrolls", asked)
    lines = [{"type": "gross", "amount_c": 100}, {"type": "wage-tax", "amount_c": -10}]
    slip = {"slip_ref": payroll_id, "lines": lines, "net_c": 90, "employer_c": 25}
    person.does("slip.post", Role.TREASURER, f"/v1/payrolls/{payroll_id}/slip", slip)
    order = {"order_id": order_id, "payee_iban": PAYEE}
    person.does("wage.order", Role.STAFF, f"/v1/payrolls/{payroll_id}/payment-orders", order)
    person.does("payment.approve", Role.TREASURER, f"/v1/payment-orders/{order_id}/approval")
    orders.waiting.append((order_id, 90))


@dataclass
class Bank:
    """The bank's side of the account: statements that follow one another."""

    orders: Orders
    closing_c: int
    statements: int = 0
    entries: int = 0
    paid: list[str] = field(default_factory=list)

    def statement(self, account: str, entries: list[BankEntry]) -> tuple[bytes, str, list[BankEntry]]:
        """Write the next statement: the file, its identity, and the entries under their keys."""
        self.statements += 1
        said = statement_of(
            account=account,
            number=self.statements,
            opening_c=self.closing_c,
            from_on=DAY,
            to_on=DAY,
            entries=entries,
        )
        self.closing_c = said.closing_c
        self.entries += len(entries)
        made = datetime(DAY.year, DAY.month, DAY.day, 20, tzinfo=UTC)
        content = write_camt053([said], version="001.08", created_at=made, message_id=f"M{self.statements}")
        return content, said.identity, list(said.entries)


def banks(person: Person, bank: Bank) -> None:
    """Sell, import the statement on which it is paid and approved orders are, and clear these."""
    invoice_id, position = sells(person)
    seen = person.sees(Role.STAFF, f"/v1/invoices/{invoice_id}", position)
    reference = seen["invoice"]["reference"]
    due = [bank.orders.waiting.popleft() for _ in range(len(bank.orders.waiting))]
    number = bank.statements + 1
    entries = [
        entry_of(key=f"ref:in{number}", booked_on=DAY, amount_c=121_00, creditor_refs=(reference,)),
        *(entry_of(key=f"ref:{order_id}", booked_on=DAY, amount_c=-amount_c) for order_id, amount_c in due),
    ]
    content, identity, written = bank.statement(person.house.account, entries)
    report = person.hands_in(Role.STAFF, "/v1/bank/statements", content, "application/xml")
    assert report["statements"] == 1
    bank.paid.append(invoice_id)
    for (order_id, _), entry in zip(due, written[1:], strict=True):
        line = line_id(account_id_of(person.house.account), identity, entry.key)
        path = f"/v1/bank/lines/{line}/payments"
        person.does("payment.clear", Role.STAFF, path, {"order_id": order_id})


def votes(person: Person) -> None:
    """Let the next member vote, or change what they said before."""
    turn, place = divmod(len(person.acknowledged), len(person.house.voters))
    asked = {"member_id": person.house.voters[place], "choice": ("yes", "no")[turn % 2]}
    person.does("vote.cast", Role.COMMITTEE, f"/v1/polls/{person.house.poll_id}/votes", asked)


def at_work(people: dict[str, Callable[[], object]], stopped: threading.Event) -> list[threading.Thread]:
    """Start a thread for each: it goes on with its rounds until it is stopped."""

    def goes_on(round_of: Callable[[], object]) -> None:
        while not stopped.is_set():
            round_of()

    threads = [threading.Thread(target=goes_on, args=[each], name=name) for name, each in people.items()]
    for thread in threads:
        thread.start()
    return threads
