"""Workload W is decided by rules, and its books balance."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.ledgers import BANK_C, CODE, DAY, MONTH, PARTS
from benchmarks.payments import Accounts, Claim, Parts, Pot, pay, postings_of
from domain.errors import (
    AmountNotPositive,
    BooksDoNotBalance,
    ExceedsOpenAmount,
    NoOpenPeriod,
    Refusal,
    UnknownRecord,
)
from domain.ids import derived_id
from domain.ledger import entities, periods
from tests.paper import PaperBooks
from tests.scenario import Given, fact, stamp

ENTITY = entities.entity_id_of(CODE)
CLAIM, POT, LINE = UUID(int=7), UUID(int=8), UUID(int=9)
ACCOUNTS = Accounts("550000", "450000", "700000")
AT = datetime(2026, 1, 15, tzinfo=UTC)
ISSUED = fact(
    Claim.Issued,
    entity_id=ENTITY,
    activity_id=derived_id("bench-activity", 0),
    client_id=derived_id("bench-client", 0),
    gross_c=1_500_00,
)


def received(parts: Parts, amount_c: int) -> Any:
    """Set a receipt of these parts against the invoice."""
    return lambda claim: claim.receive(
        stamp(), line_id=LINE, fund_id=POT, amount_c=amount_c, parts=parts, accounts=ACCOUNTS, booked_on=DAY
    )


@pytest.mark.parametrize(
    ("parts", "amount_c", "refusal"),
    [
        (PARTS, BANK_C + 1, BooksDoNotBalance),
        (PARTS._replace(member_c=PARTS.member_c + 500_00), BANK_C + 500_00, ExceedsOpenAmount),
        (Parts(0, BANK_C, 0, 0), BANK_C, AmountNotPositive),
        (PARTS, 0, AmountNotPositive),
    ],
)
def test_a_receipt_that_is_not_its_parts_or_more_than_is_open_is_refused(
    parts: Parts, amount_c: int, refusal: type[Refusal]
) -> None:
    Given(Claim, ISSUED).when(received(parts, amount_c)).then_refused(refusal)


@given(st.tuples(*[st.integers(min_value=1, max_value=10**9)] * 4))
def test_a_payment_is_five_postings_that_add_up_to_nothing(cents: tuple[int, int, int, int]) -> None:
    parts = Parts(*cents)
    claim = Claim.begin(
        stamp(), id=CLAIM, entity_id=ENTITY, activity_id=CLAIM, client_id=CLAIM, gross_c=10**12
    )
    received(parts, sum(parts))(claim)
    allocated = claim.pending_events[-1]
    assert isinstance(allocated, Claim.ReceiptAllocated)
    postings = postings_of(allocated)
    assert len({posting.account for posting in postings}) == 5
    assert sum(posting.amount_c for posting in postings) == 0
    assert max(posting.amount_c for posting in postings) == sum(parts)


def books(*, period: bool) -> PaperBooks:
    """Books with an invoice and a fund, and with a month open or not."""
    paper = PaperBooks({}, 0)
    entities.register_entity(
        paper, stamp(on=DAY), code=CODE, name="Benchmark", enterprise_no="0999999922", country="BE"
    )
    if period:
        periods.open_period(paper, stamp(on=DAY), entity_id=ENTITY, month=MONTH)
    paper.record(
        Claim.begin(stamp(), id=CLAIM, entity_id=ENTITY, activity_id=CLAIM, client_id=CLAIM, gross_c=BANK_C)
    )
    paper.record(Pot.begin(stamp(), id=POT, entity_id=ENTITY))
    return paper


def paid(paper: PaperBooks, pot_id: UUID = POT) -> None:
    """Pay the invoice once."""
    pay(
        paper,
        stamp(on=DAY),
        claim_id=CLAIM,
        pot_id=pot_id,
        line_id=LINE,
        amount_c=BANK_C,
        parts=PARTS,
        accounts=ACCOUNTS,
    )


def test_an_invoice_paid_is_open_no_longer_and_its_fund_is_credited() -> None:
    paper = books(period=True)
    paid(paper)
    assert paper.get(Claim, CLAIM).open_c == 0
    assert paper.get(Pot, POT).collected_c == PARTS.fund_c
    with pytest.raises(ExceedsOpenAmount):
        paid(paper)


def test_nothing_is_paid_into_a_period_that_is_not_open_or_a_fund_that_is_not_there() -> None:
    with pytest.raises(NoOpenPeriod):
        paid(books(period=False))
    with pytest.raises(UnknownRecord):
        paid(books(period=True), pot_id=UUID(int=99))
