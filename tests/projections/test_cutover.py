"""What was taken over from old books stands in every view, and the doctor finds nothing beside it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from uuid import UUID

import pytest

from domain.funding import LedgerPolicy
from domain.ledger.activities import activity_id
from domain.ledger.bank import allocate_receipt, import_statements, line_id
from domain.ledger.credit_notes import issue_credit_note
from domain.ledger.cutover import take_over
from eventstore.keyring import Keyring
from eventstore.keystore import MemorySubjectKeys
from projections.activity_balances import activity_balances
from projections.doctor.books import examine_books
from projections.fund_balances import fund_balances
from projections.purchases import purchases
from projections.receivables import open_receivables
from projections.share_register import share_register
from projections.trial_balance import trial_balance
from tests.cooperative import ENTITY, entry, found_entity, statement
from tests.databases import Server
from tests.old_books import (
    BOOKS,
    OLD_ACCOUNT,
    OLD_ACCOUNT_ID,
    OLD_INVOICE,
    OLD_SHA256,
    PART_PAID,
    with_doubt,
    with_policy,
)
from tests.old_books import trial_balance as old_trial_balance
from tests.projections.world import World

DAY = date(2026, 3, 5)


@pytest.fixture
def new(server: Server, keyring: Keyring) -> Iterator[World]:
    """An entity with its months open, and nothing else."""
    with server.database() as dsn:
        world = World(dsn, keyring, MemorySubjectKeys())
        found_entity(world.perform)
        try:
            yield world
        finally:
            world.close()


def cut_over(world: World, policy: LedgerPolicy = LedgerPolicy.LIABILITY) -> None:
    old = with_policy(BOOKS, policy)
    world.perform(take_over, entity_id=ENTITY, old=old, source_sha256=OLD_SHA256)
    world.project()


def live_on(world: World) -> None:
    """One old invoice is paid, the other one credited whole."""
    receipt = statement(1, [entry("1", 1_210_00, on=DAY)], opening_c=20_000_00, on=DAY)
    world.perform(import_statements, on=DAY, account=OLD_ACCOUNT, statements=[receipt])
    world.perform(
        allocate_receipt,
        on=DAY,
        bank_line_id=line_id(OLD_ACCOUNT_ID, "2026/1", "1"),
        invoice_id=OLD_INVOICE,
        amount_c=1_210_00,
    )
    world.perform(
        issue_credit_note,
        on=DAY,
        credit_note_id=UUID(int=901),
        invoice_id=PART_PAID,
        issued_on=DAY,
        reason="never delivered",
    )
    world.project()


@pytest.mark.parametrize("policy", list(LedgerPolicy))
def test_the_books_are_clean_after_a_cutover_and_after_what_follows_it(
    new: World, policy: LedgerPolicy
) -> None:
    cut_over(new, policy)
    assert examine_books(new.dsn, tenant="default", log=new.log).findings == ()
    live_on(new)
    assert examine_books(new.dsn, tenant="default", log=new.log).findings == ()


def test_what_the_old_books_doubted_stays_doubtful_and_the_books_are_clean(new: World) -> None:
    old = with_doubt(BOOKS)
    new.perform(take_over, entity_id=ENTITY, old=old, source_sha256=OLD_SHA256)
    new.project()
    assert examine_books(new.dsn, tenant="default", log=new.log).findings == ()
    stands = trial_balance(new.reader(), entity_id=ENTITY).rows
    sums = {each.account: each.debit_c - each.credit_c for each in stands}
    assert {account: cents for account, cents in sums.items() if cents} == old_trial_balance(old.balances)
    live_on(new)
    assert examine_books(new.dsn, tenant="default", log=new.log).findings == ()


def test_the_views_show_what_the_old_books_gave(new: World) -> None:
    cut_over(new)
    reader = new.reader()
    stands = trial_balance(reader, entity_id=ENTITY).rows
    sums = {each.account: each.debit_c - each.credit_c for each in stands}
    assert {account: cents for account, cents in sums.items() if cents} == old_trial_balance(BOOKS.balances)
    held = {each.activity_id: each for each in activity_balances(reader, entity_id=ENTITY).rows}
    of_a1 = held[activity_id(ENTITY, "A1")]
    assert (of_a1.result_c, of_a1.collected_c) == (6_000_00, 5_000_00)
    (own,) = activity_balances(reader, entity_id=ENTITY).cooperative
    assert own.result_c == -700_00
    (fund,) = fund_balances(reader).rows
    assert (fund.accrued_c, fund.collected_c, fund.cash_c) == (814_13, 800_00, 800_00)
    assert {each.invoice_no: each.open_c for each in open_receivables(reader)} == {
        "2026/117": 1_210_00,
        "2026/98": 500_00,
    }
    (bill,) = purchases(reader)
    assert (bill.purchase_no, bill.state, bill.due_c) == ("TT/8", "approved", 300_00)
    entries = share_register(reader, entity_id=ENTITY).entries
    assert [(each.register_no, each.kind, each.from_seq, each.to_seq) for each in entries] == [
        (1, "taken-over", 1, 10),
        (3, "taken-over", 13, 16),
    ]


def test_the_views_of_a_cutover_are_the_same_when_they_are_made_anew(new: World) -> None:
    cut_over(new)
    live_on(new)
    assert new.replay().equal
