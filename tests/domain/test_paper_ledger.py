"""The use cases on plain replayed facts agree with a ledger kept in dicts, whatever is asked of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from hypothesis import settings

from domain.aggregates.client import Client
from domain.aggregates.invoice import Invoice
from domain.errors import AlreadyExists, ExceedsOpenAmount, UnknownRecord
from domain.ledger.bank import allocate_receipt, import_statements, line_id
from domain.ledger.entities import register_entity
from domain.ledger.invoicing import issue_invoice
from tests.cooperative import ACCOUNT, ACCOUNT_ID, CLIENT, OPENING_C, entry, found, invoice, statement
from tests.model import LATEST, LedgerModel
from tests.paper import PaperBooks, PaperLedger
from tests.scenario import TODAY


class OnPaper(LedgerModel):
    """The model against the books on paper."""

    def __init__(self) -> None:
        super().__init__()
        self.ledger = PaperLedger()

    def perform(
        self, use_case: Callable[..., object], *, on: date = LATEST, actor: str = "anna", **asked: Any
    ) -> object:
        return self.ledger.perform(use_case, on=on, actor=actor, **asked)

    def facts_after(self, position: int) -> Sequence[Any]:
        return self.ledger.facts[position:]


TestPaperLedger = OnPaper.TestCase
TestPaperLedger.settings = settings(max_examples=40, stateful_step_count=25, deadline=None)


@pytest.fixture
def ledger() -> PaperLedger:
    paper = PaperLedger()
    found(paper.perform)
    return paper


def test_a_refused_request_leaves_nothing_behind(ledger: PaperLedger) -> None:
    document = UUID(int=500)
    ledger.perform(issue_invoice, **invoice(document, on=TODAY))
    receipt = statement(17, [entry("1", 2_000_00, on=TODAY)], opening_c=OPENING_C, on=TODAY)
    ledger.perform(import_statements, account=ACCOUNT, statements=[receipt])
    before = list(ledger.facts)
    with pytest.raises(ExceedsOpenAmount):
        ledger.perform(
            allocate_receipt,
            bank_line_id=line_id(ACCOUNT_ID, "2026/17", "1"),
            invoice_id=document,
            amount_c=1_210_01,
        )
    assert ledger.facts == before
    assert ledger.get(Invoice, document).open_c == 1_210_00


def test_the_position_counts_the_facts_of_the_request_itself(ledger: PaperLedger) -> None:
    seen: list[int] = []

    def use_case(books: PaperBooks, stamp: Any) -> None:
        seen.append(books.position)
        register_entity(books, stamp, code="SISTER", name="Sister", enterprise_no="", country="BE")
        seen.append(books.position)

    recorded = ledger.perform(use_case)
    assert seen == [ledger.position - len(recorded), ledger.position]


def test_a_record_of_another_kind_is_not_found(ledger: PaperLedger) -> None:
    assert ledger.get(Client, CLIENT).id == CLIENT
    with pytest.raises(UnknownRecord):
        ledger.get(Invoice, CLIENT)
    with pytest.raises(AlreadyExists):
        ledger.perform(issue_invoice, **invoice(CLIENT, on=TODAY))


def test_copies_of_one_history_go_their_own_ways(ledger: PaperLedger) -> None:
    other = ledger.copy()
    ledger.perform(issue_invoice, **invoice(UUID(int=500), on=TODAY))
    other.perform(issue_invoice, **invoice(UUID(int=500), on=TODAY))
    assert ledger.facts == other.facts
    assert ledger.position == other.position
