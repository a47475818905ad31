"""What a year's end books stands beside its months: a closed month keeps its digest for ever."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest

from domain.aggregates.fiscal_year import AccountBalance, Accounts, Appropriation
from domain.aggregates.manual_entry import ManualLine
from domain.bookkeeping import rules, rules_v2
from domain.bookkeeping.entries import JournalEntry, JournalLine
from domain.errors import StatementMissing
from domain.ledger.bank import allocate_receipt, import_statements, line_id
from domain.ledger.entities import adopt_posting_rules, register_id
from domain.ledger.manual_entries import post_entry, reverse_entry
from domain.ledger.periods import close_period, open_period, stop_bookings
from domain.ledger.rolls import draw
from domain.ledger.years import appropriate_result, approve_accounts, carry_balances
from projections.activity_balances import activity_balances
from projections.dated_sums import Axis
from projections.doctor.books import examine_books
from projections.fiscal_years import fiscal_years
from projections.journal import journal_lines
from projections.manual_entries import manual_entries
from projections.reader import Reader
from projections.trial_balance import TrialBalance, trial_balance, trial_balance_sha256
from tests.carried import adopted
from tests.cooperative import ACCOUNT, ACCOUNT_ID, ACTIVITY, ENTITY, OPENING_C, entry, statement
from tests.projections.world import World
from tests.projections.years import open_and_adjust_a_year

NEW_YEAR_S_EVE, NEW_YEAR = date(2025, 12, 31), date(2026, 1, 1)


def close(world: World, reader: Reader, *months: str) -> str:
    """Close these months, one after the other; return the digest of the last."""
    digest = ""
    for month in months:
        world.perform(stop_bookings, entity_id=ENTITY, month=month)
        world.project()
        digest, balance = digest_of(reader, month)
        world.perform(
            close_period,
            entity_id=ENTITY,
            month=month,
            position=world.log.head().size,
            trial_balance_sha256=digest,
            debit_c=balance.total_debit_c,
            credit_c=balance.total_credit_c,
        )
    return digest


def digest_of(reader: Reader, month: str) -> tuple[str, TrialBalance]:
    """The digest of a month as the read models answer now."""
    year, number = int(month[:4]), int(month[5:])
    following = date(year + number // 12, number % 12 + 1, 1)
    balance = trial_balance(
        reader, entity_id=ENTITY, as_of=date.fromordinal(following.toordinal() - 1), year_end=False
    )
    return trial_balance_sha256(balance.rows), balance


def stands(reader: Reader, account: str, *, as_of: date | None = None, axis: Axis = Axis.BOOKED) -> int:
    """Debits less credits of an account, in cents."""
    found = trial_balance(reader, entity_id=ENTITY, account=account, as_of=as_of, axis=axis).rows
    return sum(row.debit_c - row.credit_c for row in found)


def test_sentence_1_an_invoice_of_january_for_december_leaves_the_closed_december_as_it_was(
    world: World, reader: Reader
) -> None:
    """December closed with digest D: an invoice of 1,000.00 + 210.00 supplied on 20 December, issued and
    recorded on 10 January with the next number of January's series, leaves the legal trial balance at 31
    December exactly D, books 1,210.00 to account 400 in January, and shows in the December activity view
    by effective (supply) date.
    """
    earlier = world.invoices(on=date(2025, 12, 5))
    january = world.invoices(on=date(2026, 1, 5))
    closed_with = close(world, reader, "2025-11", "2025-12")
    supplied = activity_balances(reader, activity_id=ACTIVITY, as_of=NEW_YEAR_S_EVE, axis=Axis.EFFECTIVE)
    invoice = world.invoices(on=date(2026, 1, 10), supplied_on=date(2025, 12, 20))
    world.project()

    assert earlier.invoice_no == "2025-F-000001"
    assert (january.invoice_no, invoice.invoice_no) == ("2026-F-000001", "2026-F-000002")
    assert digest_of(reader, "2025-12")[0] == closed_with
    assert stands(reader, "400", as_of=date(2026, 1, 9)) == 2 * 1_210_00
    assert stands(reader, "400", as_of=date(2026, 1, 10)) == 3 * 1_210_00
    (line,) = [
        each for each in journal_lines(reader, account="400") if each.document_id == invoice.originator_id
    ]
    assert (line.booked_on, line.effective_on, line.debit_c) == (
        date(2026, 1, 10),
        date(2025, 12, 20),
        1_210_00,
    )
    shown = activity_balances(reader, activity_id=ACTIVITY, as_of=NEW_YEAR_S_EVE, axis=Axis.EFFECTIVE)
    # 1,000.00 less the contribution of 10 % and the fund's 1 %.
    assert shown.rows[0].result_c - supplied.rows[0].result_c == 890_00


def test_sentence_2_a_receipt_allocated_in_january_changes_no_figure_of_december(
    world: World, reader: Reader
) -> None:
    """Statement 17 (opening 5,000.00, one receipt of 1,210.00 unmatched on 31 December, closing 6,210.00)
    gives 550 = 6,210.00 and 499 = 1,210.00 credit at year end; allocating it on 8 January changes no
    figure of 31 December; importing statement 19 without 18 is refused by name.
    """
    assert OPENING_C == 5_000_00
    invoice = world.invoices(on=date(2025, 12, 20))
    receipt = entry("1", 1_210_00, on=NEW_YEAR_S_EVE)
    seventeen = statement(17, [receipt], opening_c=5_000_00, on=NEW_YEAR_S_EVE)
    world.perform(import_statements, on=NEW_YEAR_S_EVE, account=ACCOUNT, statements=[seventeen])
    world.project()
    assert seventeen.closing_c == 6_210_00
    at_year_end = trial_balance(reader, entity_id=ENTITY, as_of=NEW_YEAR_S_EVE)
    assert stands(reader, "550", as_of=NEW_YEAR_S_EVE) == 6_210_00
    assert stands(reader, "499", as_of=NEW_YEAR_S_EVE) == -1_210_00

    world.perform(
        allocate_receipt,
        on=date(2026, 1, 8),
        bank_line_id=line_id(ACCOUNT_ID, seventeen.identity, receipt.key),
        invoice_id=invoice.originator_id,
        amount_c=1_210_00,
    )
    world.project()
    assert stands(reader, "499") == 0
    assert trial_balance(reader, entity_id=ENTITY, as_of=NEW_YEAR_S_EVE).rows == at_year_end.rows

    nineteen = statement(19, opening_c=6_210_00, on=NEW_YEAR_S_EVE)
    with pytest.raises(StatementMissing):
        world.perform(import_statements, on=date(2026, 1, 8), account=ACCOUNT, statements=[nineteen])


def _next_version(fact: object) -> JournalEntry | None:
    """The newest version, but with sales on an account of their own."""
    first = rules_v2.book(fact)
    if first is None:
        return None
    lines = tuple(
        JournalLine("7002", line.debit_c, line.credit_c, line.activity_id, line.fund_id)
        if line.account == "7001"
        else line
        for line in first.lines
    )
    return JournalEntry(
        first.entity_id, first.booked_on, first.effective_on, first.journal, first.document_id, lines
    )


@pytest.fixture
def next_version(monkeypatch: pytest.MonkeyPatch) -> None:
    """A release that has one version of the posting rules more: what v2 is to v1 in the sentence."""
    monkeypatch.setattr(rules, "VERSIONS", {**rules.VERSIONS, 3: _next_version})
    monkeypatch.setattr("projections.booking.VERSIONS", rules.VERSIONS)
    monkeypatch.setattr("domain.ledger.entities.VERSIONS", rules.VERSIONS)


@pytest.mark.usefixtures("next_version")
def test_sentence_4_new_posting_rules_leave_every_closed_digest_as_it_was(
    world: World, reader: Reader
) -> None:
    """After posting rules v2 from 1 July, every closed digest to 30 June is unchanged and the first July
    invoice posts by v2.
    """
    months = ["2026-04", "2026-05", "2026-06", "2026-07"]
    for month in months:
        world.perform(open_period, entity_id=ENTITY, month=month)
    for day in (date(2025, 12, 20), date(2026, 3, 3), date(2026, 6, 30)):
        world.invoices(on=day)
    closed = ["2025-11", "2025-12", "2026-01", "2026-02", "2026-03", *months[:3]]
    closed_with = {month: close(world, reader, month) for month in closed}

    world.perform(adopt_posting_rules, entity_id=ENTITY, version=3, from_booked_on=date(2026, 7, 1))
    world.invoices(on=date(2026, 7, 1))
    world.rebuild()
    world.project()
    assert {month: digest_of(reader, month)[0] for month in closed} == closed_with
    assert stands(reader, "7001") == -3_000_00
    assert stands(reader, "7002") == -1_000_00
    (july,) = journal_lines(reader, account="7002")
    assert (july.rule_version, july.booked_on) == (3, date(2026, 7, 1))


def test_a_year_is_adjusted_approved_appropriated_and_carried_and_no_month_moves(
    world: World, reader: Reader
) -> None:
    world.invoices(on=date(2025, 12, 5))
    closed_with = close(world, reader, "2025-11", "2025-12")
    year = open_and_adjust_a_year(world)
    world.project()
    assert digest_of(reader, "2025-12")[0] == closed_with
    # 1,000.00 sold, 10.00 to the fund, 120.00 of cost deferred to the next year.
    balance = trial_balance(reader, entity_id=ENTITY, as_of=NEW_YEAR_S_EVE)
    result_c = sum(row.credit_c - row.debit_c for row in balance.rows if row.account.startswith(("6", "7")))
    assert result_c == 1_110_00
    assert stands(reader, "490", as_of=NEW_YEAR_S_EVE) == 120_00
    assert stands(reader, "490", as_of=NEW_YEAR) == 0

    accounts = Accounts(
        position=world.log.head().size,
        trial_balance_sha256=trial_balance_sha256(balance.rows),
        debit_c=balance.total_debit_c,
        credit_c=balance.total_credit_c,
        result_c=result_c,
        net_asset_c=result_c,
        brought_forward_c=0,
    )
    register = [each.event for each in world.log.stream(register_id(ENTITY))]
    members = tuple(draw(register, entity_id=ENTITY, position=0).members)
    motion_id = adopted(world.perform, members, n=7)
    carried: dict[str, Any] = {"year_id": year, "decision_ref": "assembly 3", "motion_id": motion_id}
    world.perform(approve_accounts, accounts=accounts, **carried)
    uses = Appropriation(0, 55_50, 54_50, 0, 1_000_00)
    world.perform(appropriate_result, appropriation=uses, **carried)
    world.project()
    rows = trial_balance(reader, entity_id=ENTITY, as_of=NEW_YEAR_S_EVE).rows
    standing = tuple(
        AccountBalance(row.account, row.balance_debit_c - row.balance_credit_c)
        for row in rows
        if row.account.startswith(("6", "7")) and row.debit_c != row.credit_c
    )
    position = world.log.head().size
    world.perform(carry_balances, year_id=year, position=position, result_accounts=standing)
    world.project()

    assert digest_of(reader, "2025-12")[0] == closed_with
    after = trial_balance(reader, entity_id=ENTITY, as_of=NEW_YEAR)
    # What is left in classes 6 and 7 on the first day is the deferred cost, which belongs to that year.
    left = {row.account: row.debit_c - row.credit_c for row in after.rows if row.account[0] in "67"}
    assert {account: amount for account, amount in left.items() if amount} == {"613": 120_00}
    assert [stands(reader, account) for account in ("130", "140", "133")] == [-55_50, -1_000_00, -54_50]
    (shown,) = fiscal_years(reader, entity_id=ENTITY)
    assert (shown.state, shown.adjustments, shown.result_c) == ("carried", 1, 1_110_00)
    assert shown.other_reserves_c == 54_50
    activity = activity_balances(reader, activity_id=ACTIVITY).rows[0]
    assert activity.result_c == 890_00
    (own,) = activity_balances(reader, entity_id=ENTITY).cooperative
    # The contribution; the deferred cost is out of December and in January again.
    assert own.result_c == 100_00
    assert examine_books(world.dsn, tenant="default", log=world.log).findings == ()


def test_an_entry_and_what_takes_it_back_name_each_other(world: World, reader: Reader) -> None:
    entry_id = uuid4()
    lines = (ManualLine("610", 500_00, 0, ACTIVITY), ManualLine("610", 0, 500_00))
    rest: dict[str, Any] = {"reason": "the rent of the workshop", "evidence_sha256": "e" * 64}
    day = date(2026, 1, 20)
    world.perform(post_entry, entry_id=entry_id, entity_id=ENTITY, day=day, lines=lines, **rest)
    world.project()
    assert activity_balances(reader, activity_id=ACTIVITY).rows[0].result_c == -500_00
    world.perform(reverse_entry, entry_id=entry_id, day=day, **rest)
    world.project()
    first, second = manual_entries(reader, entity_id=ENTITY)
    assert (first.entry_id, first.reversed_by) == (entry_id, second.entry_id)
    assert (second.reverses, second.amount_c) == (entry_id, 500_00)
    assert activity_balances(reader, activity_id=ACTIVITY).rows[0].result_c == 0
    assert isinstance(first.reversed_by, UUID)
