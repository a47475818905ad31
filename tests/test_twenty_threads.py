"""Twenty threads at once on the real ledger: every rule is decided on the truth, not on a guess."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from threading import Barrier
from typing import Any
from uuid import UUID, uuid4

import pytest

from domain.aggregates.invoice import Invoice
from domain.aggregates.mutual_fund import MutualFund
from domain.aggregates.number_series import NumberSeries
from domain.aggregates.voting_right import VotingRight
from domain.catalogue import AGGREGATES
from domain.errors import BelowFloor, BooksStopped, NoOpenPeriod, Refusal, VoteUnchanged
from domain.facts import Stamp
from domain.governance.rules import Choice, Comparator, Denominator, Majority, Quorum
from domain.ledger import bank, governance, invoicing, periods
from domain.ledger.books import Books
from eventstore.desk import Caller, Desk
from eventstore.keyring import Keyring
from eventstore.store import EventStore
from tests import aiding, cooperative
from tests.conftest import StoreOf

THREADS = 20
DAY = date(2026, 3, 2)


class Office:
    """Twenty people at one desk."""

    def __init__(self, store: EventStore, keyring: Keyring) -> None:
        self.store = store
        self.desk = Desk(store, keyring, tenant="default")

    def perform(
        self, use_case: Callable[..., object], *, on: date = DAY, actor: str = "anna", **asked: Any
    ) -> None:
        def run(books: Books, stamp: Stamp) -> object:
            return use_case(books, stamp, **asked)

        self.desk.perform(
            Caller(actor, actor), operation="test", key=str(uuid4()), body=b"", effective_on=on, run=run
        )

    def at_once(self, ask: Callable[[int], None]) -> list[Refusal | None]:
        """Let every thread ask at the same moment; return what each was refused with."""
        together = Barrier(THREADS)

        def one(n: int) -> Refusal | None:
            together.wait()
            try:
                ask(n)
            except Refusal as refusal:
                return refusal
            return None

        with ThreadPoolExecutor(THREADS) as pool:
            return list(pool.map(one, range(THREADS)))

    def facts(self, kind: type[Any]) -> list[Any]:
        return [each.event for each in self.store.log.page(0, 10_000) if isinstance(each.event, kind)]


@pytest.fixture
def office(store_of: StoreOf, keyring: Keyring) -> Office:
    opened = Office(store_of(*AGGREGATES, clock=lambda: datetime.now(UTC)), keyring)
    cooperative.found(opened.perform)
    return opened


def test_invoices_of_one_series_get_numbers_without_gap_or_double(office: Office) -> None:
    refused = office.at_once(
        lambda n: office.perform(invoicing.issue_invoice, **cooperative.invoice(UUID(int=1000 + n), on=DAY))
    )
    assert refused == [None] * THREADS
    assert [each.number for each in office.facts(NumberSeries.NumberTaken)][-THREADS:] == list(
        range(1, THREADS + 1)
    )
    numbers = [each.invoice_no for each in office.facts(Invoice.Issued)]
    assert numbers == [f"2026-F-{n:06}" for n in range(1, THREADS + 1)]


def test_twenty_votes_of_one_member_leave_one_vote(office: Office) -> None:
    motion_id, roll_id, poll_id = UUID(int=1), UUID(int=2), UUID(int=3)
    half = Majority(1, 2, Comparator.MORE_THAN, Denominator.EXPRESSED)
    office.perform(
        governance.adopt_rule_set,
        entity_id=cooperative.ENTITY,
        name="ordinary",
        version=1,
        valid_from=DAY,
        quorum=Quorum(0, 1),
        majority=half,
        source_ref="statutes",
    )
    office.perform(
        governance.table_motion, motion_id=motion_id, entity_id=cooperative.ENTITY, title="A", text="B"
    )
    office.perform(governance.freeze_roll, roll_id=roll_id, entity_id=cooperative.ENTITY)
    office.perform(
        governance.open_poll,
        poll_id=poll_id,
        motion_id=motion_id,
        roll_id=roll_id,
        rule_name="ordinary",
        rule_version=1,
    )
    refused = office.at_once(
        lambda _: office.perform(
            governance.cast_vote, poll_id=poll_id, member_id=cooperative.MEMBER, choice=Choice.YES
        )
    )
    assert Counter(type(each) for each in refused) == {type(None): 1, VoteUnchanged: THREADS - 1}
    assert len(office.facts(VotingRight.Event)) == 1


def test_a_fund_is_never_paid_below_its_floor(office: Office) -> None:
    invoice_id = UUID(int=1000)
    line = cooperative.line("105000")
    office.perform(invoicing.issue_invoice, **cooperative.invoice(invoice_id, line, on=DAY))
    issued = office.facts(Invoice.Issued)[0]
    receipt = cooperative.statement(
        1,
        [cooperative.entry("1", issued.gross_c, on=DAY, references=(issued.reference,))],
        opening_c=cooperative.OPENING_C,
        on=DAY,
    )
    office.perform(bank.import_statements, account=cooperative.ACCOUNT, statements=[receipt])
    office.perform(
        bank.allocate_receipt,
        bank_line_id=bank.line_id(cooperative.ACCOUNT_ID, receipt.identity, "1"),
        invoice_id=invoice_id,
        amount_c=issued.gross_c,
    )
    for n in range(THREADS):
        aiding.ask(office.perform, 10_00, UUID(int=2000 + n))

    def grant(n: int) -> None:
        aiding.grant(office.perform, 10_00, UUID(int=2000 + n))

    refused = office.at_once(grant)
    collected_c = sum(each.amount_c for each in office.facts(MutualFund.ContributionCollected))
    assert collected_c == cooperative.FLOOR_C + 50_00
    assert Counter(type(each) for each in refused) == {type(None): 5, BelowFloor: THREADS - 5}
    assert len(office.facts(MutualFund.Reserved)) == 5


def test_nothing_is_booked_into_a_month_that_another_thread_closes(office: Office) -> None:
    for month in cooperative.MONTHS[:-1]:
        office.perform(periods.stop_bookings, entity_id=cooperative.ENTITY, month=month)
    closing = THREADS // 2

    def ask(n: int) -> None:
        if n == closing:
            office.perform(periods.stop_bookings, entity_id=cooperative.ENTITY, month=cooperative.MONTHS[-1])
        else:
            office.perform(invoicing.issue_invoice, **cooperative.invoice(UUID(int=1000 + n), on=DAY))

    refused = office.at_once(ask)
    assert {type(each) for each in refused} <= {type(None), NoOpenPeriod, BooksStopped}
    log = office.store.log.page(0, 10_000)
    stopped_at = max(each.position for each in log if type(each.event).__name__ == "BookingsStopped")
    issued = [each for each in log if isinstance(each.event, Invoice.Issued)]
    assert len(issued) == sum(each is None for each in refused) - 1
    assert all(each.position < stopped_at for each in issued)
