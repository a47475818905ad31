"""What is asked about paying late, and what everything stands at after it."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from domain.aggregates.client import ClientKind
from domain.aggregates.late_claim import LateClaim
from domain.late_payment import (
    Channel,
)
from domain.ledger import late_presets as presets
from domain.ledger.bank import allocate_receipt, import_statements, line_id
from domain.ledger.entities import set_parameter
from domain.ledger.invoicing import issue_invoice, register_client
from domain.ledger.late_payment import (
    claim_late_payment,
    late_claim_id,
    receive_late_payment,
)
from domain.ledger.reminders import remind_of_invoice, send_reminder
from tests.cooperative import (
    ACCOUNT,
    ACCOUNT_ID,
    ENTITY,
    FOUNDED,
    OPENING_C,
    entry,
    found,
    invoice,
    line,
    statement,
)
from tests.domain.spending import INVOICE
from tests.paper import PaperLedger

ISSUED_ON, DUE_ON = date(2026, 1, 8), date(2026, 2, 7)
CONSUMER, PUBLIC = UUID(int=120), UUID(int=121)
RECEIPT, LATER_RECEIPT, DEBIT = (line_id(ACCOUNT_ID, "2026/1", key) for key in ("1", "2", "3"))
EARLY_RECEIPT = line_id(ACCOUNT_ID, "2026/1", "0")
PAID_EARLY_ON, PAID_ON = date(2026, 2, 17), date(2026, 3, 9)
CHARGED_C = 110_00


def invoiced(client_id: UUID | None = None, price: str = "1000") -> PaperLedger:
    """An invoice of 1,210.00 to a business, due on 7 February, and receipts of 17 February and 9 March."""
    ledger = PaperLedger()
    found(ledger.perform)
    for kind, known_as in ((ClientKind.CONSUMER, CONSUMER), (ClientKind.PUBLIC, PUBLIC)):
        asked: dict[str, Any] = {
            "entity_id": ENTITY,
            "name": kind.value,
            "address": "",
            "vat_no": "",
            "email": "",
        }
        ledger.perform(register_client, on=FOUNDED, client_id=known_as, kind=kind, **asked)
    says = {} if client_id is None else {"client_id": client_id}
    ledger.perform(issue_invoice, on=ISSUED_ON, **invoice(INVOICE, line(price), on=ISSUED_ON, **says))
    entries = [
        entry("0", 605_00, on=PAID_EARLY_ON),
        entry("1", 5_000_00, on=PAID_ON),
        entry("2", 100_00, on=PAID_ON),
        entry("3", -100_00, on=PAID_ON),
    ]
    received = statement(1, entries, opening_c=OPENING_C, on=PAID_ON)
    ledger.perform(import_statements, on=PAID_ON, account=ACCOUNT, statements=[received])
    return ledger


def pay(ledger: PaperLedger, amount_c: int, *, bank_line_id: UUID = RECEIPT, on: date = PAID_ON) -> None:
    asked: dict[str, Any] = {"bank_line_id": bank_line_id, "invoice_id": INVOICE, "amount_c": amount_c}
    ledger.perform(allocate_receipt, on=on, **asked)


def claim(ledger: PaperLedger, on: date) -> LateClaim.Claimed:
    *_, claimed = ledger.perform(claim_late_payment, on=on, invoice_id=INVOICE)
    assert isinstance(claimed, LateClaim.Claimed)
    return claimed


def claimed(ledger: PaperLedger) -> LateClaim:
    return ledger.get(LateClaim, late_claim_id(INVOICE))


def receive(ledger: PaperLedger, amount_c: int, bank_line_id: UUID = LATER_RECEIPT) -> None:
    asked: dict[str, Any] = {"bank_line_id": bank_line_id, "invoice_id": INVOICE, "amount_c": amount_c}
    ledger.perform(receive_late_payment, on=PAID_ON, **asked)


def enact(ledger: PaperLedger, name: str, value: str, on: date = ISSUED_ON) -> None:
    asked: dict[str, Any] = {"entity_id": ENTITY, "name": name, "value": value, "source_ref": "board"}
    ledger.perform(set_parameter, on=on, valid_from=on, **asked)


def remind(ledger: PaperLedger, on: date) -> None:
    ledger.perform(remind_of_invoice, on=on, invoice_id=INVOICE)


def send(
    ledger: PaperLedger, on: date, *, number: int = 1, channel: Channel = Channel.ELECTRONIC, fee_c: int = 0
) -> None:
    asked: dict[str, Any] = {"invoice_id": INVOICE, "number": number, "channel": channel, "fee_c": fee_c}
    ledger.perform(send_reminder, on=on, **asked)


def of_consumer(*, clause: str = "interest,flat", price: str = "1000") -> PaperLedger:
    """The invoice to a consumer, whose first reminder fell due on 14 February."""
    ledger = invoiced(CONSUMER, price)
    if clause != "none":
        enact(ledger, presets.CONSUMER_CLAUSE, clause)
    remind(ledger, date(2026, 2, 14))
    return ledger
