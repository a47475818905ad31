"""What holds for every aggregate: apply never refuses, state is never altered in place, text is readable."""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Callable
from copy import copy
from typing import Any, NamedTuple
from uuid import UUID

import pytest

from domain.aggregates.client import Client, ClientKind
from domain.aggregates.mutual_fund import FundKind, MutualFund
from domain.catalogue import AGGREGATES
from domain.errors import UnreadableText
from domain.facts import FIRST_DAY, LAST_DAY, people_of, require_day, require_readable
from domain.funding import FundUse, LedgerPolicy
from domain.ledger.bank import allocate_receipt, import_statements, line_id
from domain.ledger.invoicing import issue_invoice
from domain.ledger.members import resign
from tests.cooperative import (
    ACCOUNT,
    ACCOUNT_ID,
    ENTITY,
    MEMBER,
    OPENING_C,
    entry,
    found,
    invoice,
    statement,
)
from tests.paper import PaperLedger
from tests.scenario import ID, TODAY, fact, replayed, stamp

APPLIES = [
    vars(kind)["apply"]
    for aggregate in AGGREGATES
    for kind in vars(aggregate).values()
    if isinstance(kind, type) and "apply" in vars(kind)
]


@pytest.mark.parametrize("apply", APPLIES, ids=lambda apply: str(apply.__qualname__))
def test_apply_neither_raises_nor_asks_a_rule(apply: Callable[..., None]) -> None:
    tree = ast.parse(textwrap.dedent(inspect.getsource(apply)))
    called = [node.func for node in ast.walk(tree) if isinstance(node, ast.Call)]
    names = [each.attr if isinstance(each, ast.Attribute) else ast.unparse(each) for each in called]
    assert not any(isinstance(node, ast.Raise | ast.Assert | ast.If) for node in ast.walk(tree))
    assert not any(name.startswith(("require", "_require")) for name in names)


def test_a_history_that_today_s_rules_would_refuse_is_replayed() -> None:
    chartered = fact(
        MutualFund.Chartered,
        entity_id=ENTITY,
        code="F",
        kind=FundKind.GUARANTEE,
        ledger_policy=LedgerPolicy.LIABILITY,
        floor_c=1_000_00,
        cap_c=None,
        regulation_ref="regulation",
    )
    overdrawn = fact(
        MutualFund.PaidOut,
        entity_id=ENTITY,
        use=FundUse.GRANT,
        document_id=UUID(int=140),
        amount_c=5_000_00,
        released_c=0,
    )
    assert replayed(MutualFund, chartered, overdrawn).cash_c == -5_000_00


def test_a_shallow_copy_keeps_what_an_aggregate_was() -> None:
    """As the sequencer undoes a refused command: no state value is altered, only replaced."""
    ledger = PaperLedger()
    found(ledger.perform)
    document = UUID(int=500)
    ledger.perform(issue_invoice, **invoice(document, on=TODAY))
    receipt = statement(17, [entry("1", 1_210_00, on=TODAY)], opening_c=OPENING_C, on=TODAY)
    ledger.perform(import_statements, account=ACCOUNT, statements=[receipt])
    ledger.perform(
        allocate_receipt,
        bank_line_id=line_id(ACCOUNT_ID, "2026/17", "1"),
        invoice_id=document,
        amount_c=1_210_00,
    )
    ledger.perform(resign, membership_id=MEMBER, received_on=TODAY)
    streams: dict[UUID, list[Any]] = {}
    for each in ledger.facts:
        streams.setdefault(each.originator_id, []).append(each)
    for events in streams.values():
        state: Any = None
        for event in events:
            before, shown = (copy(vars(state)), repr(vars(state))) if state is not None else ({}, "{}")
            state = event.mutate(state)
            assert repr(before) == shown


class Sample(NamedTuple):
    """A tuple with a text inside."""

    text: str


@pytest.mark.parametrize("value", ["\x00", ("fine", "\x07"), (("\ud800",),), Sample("￿")])
def test_unreadable_text_is_refused_at_any_depth(value: object) -> None:
    with pytest.raises(UnreadableText):
        require_readable({"field": value})


def test_every_character_that_no_document_holds_is_refused_wherever_it_stands() -> None:
    for number in (*range(0x20), *range(0xD800, 0xE000), 0xFFFE, 0xFFFF):
        if chr(number) in "\t\n\r":
            continue
        with pytest.raises(UnreadableText):
            require_readable({"field": f"é{chr(number)}x"})


@pytest.mark.parametrize("value", ["", "fine\n\t\r", ("a", ("b",)), Sample("é"), 5, None, TODAY, ID])
def test_everything_else_is_left_alone(value: object) -> None:
    require_readable({"field": value})


def test_a_fact_with_unreadable_text_is_never_recorded() -> None:
    with pytest.raises(UnreadableText) as refused:
        Client.register(
            stamp(),
            id=ID,
            entity_id=ENTITY,
            kind=ClientKind.BUSINESS,
            name="Client",
            address="Rue\x00Basse",
            vat_no="",
            email="",
        )
    assert refused.value.facts == {"field": "address"}


def test_the_calendar_of_the_ledger_has_a_first_and_a_last_day() -> None:
    require_day(FIRST_DAY)
    require_day(LAST_DAY)
    assert FIRST_DAY.isoformat() == "1900-01-01"
    assert LAST_DAY.isoformat() == "2999-12-31"


def test_who_acts_for_another_stands_beside_them() -> None:
    assert people_of("anna", None) == {"anna"}
    assert people_of("desk", "anna") == {"desk", "anna"}
