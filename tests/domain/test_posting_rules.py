"""Each fact is booked as the posting rules say, and every entry balances."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from domain.aggregates.activity import Activity
from domain.aggregates.bank_account import BankAccount
from domain.aggregates.bank_line import BankLine
from domain.aggregates.invoice import Invoice
from domain.bookkeeping import chart
from domain.bookkeeping.entries import JournalEntry, JournalLine, UnbalancedEntry, credit, debit
from domain.bookkeeping.rules import VERSIONS, version_for
from domain.bookkeeping.rules_v1 import _RULES, book
from domain.catalogue import AGGREGATES
from domain.ledger.bank import allocate_receipt, import_statements, line_id
from domain.ledger.invoicing import issue_invoice
from domain.ledger.periods import stop_bookings
from tests.cooperative import (
    ACCOUNT,
    ACCOUNT_ID,
    ACTIVITY,
    ENTITY,
    OPENING_C,
    entry,
    found,
    invoice,
    line,
    statement,
)
from tests.paper import PaperLedger
from tests.scenario import ID, stamp

BOOKED, EFFECTIVE = date(2026, 1, 1), date(2025, 12, 20)
DOCUMENT = UUID(int=500)


class Side(NamedTuple):
    """One side of an entry: debits above zero, credits below."""

    account: str
    cents: int
    activity_id: UUID | None = None
    fund_id: UUID | None = None


def sides(journal: JournalEntry | None) -> list[Side]:
    assert journal is not None
    return [
        Side(each.account, each.debit_c - each.credit_c, each.activity_id, each.fund_id)
        for each in journal.lines
    ]


def of(kind: type[Any], **told: Any) -> Any:
    """A fact of this kind, with only what its posting rule reads."""
    event = object.__new__(kind)
    fields = stamp(on=EFFECTIVE).fields() | {"originator_id": ID, "entity_id": ENTITY, "booked_on": BOOKED}
    vars(event).update(fields | told)
    return event


ISSUED = of(Invoice.Issued, activity_id=ACTIVITY, net_c=1_000_00, vat_c=210_00, gross_c=1_210_00)


def test_an_invoice_is_a_receivable_a_sale_of_the_activity_and_vat_due() -> None:
    assert sides(book(ISSUED)) == [
        Side("400", 1_210_00, ACTIVITY),
        Side("7001", -1_000_00, ACTIVITY),
        Side("451", -210_00),
    ]


def test_an_invoice_without_vat_has_no_line_for_it() -> None:
    exempt = of(Invoice.Issued, activity_id=ACTIVITY, net_c=100_00, vat_c=0, gross_c=100_00)
    assert sides(book(exempt)) == [Side("400", 100_00, ACTIVITY), Side("7001", -100_00, ACTIVITY)]


def test_what_an_activity_is_told_of_its_money_is_booked_by_another_fact() -> None:
    told = (Activity.Invoiced, Activity.FundContributionCharged, Activity.ReceiptSettled)
    assert all(book(of(kind, document_id=DOCUMENT, net_c=1, amount_c=1)) is None for kind in told)


def test_a_contribution_is_nil_in_the_legal_books_and_real_for_the_activity() -> None:
    charged = of(Activity.ContributionCharged, document_id=DOCUMENT, amount_c=100_00)
    assert sides(book(charged)) == [Side("6190", 100_00, ID), Side("6190", -100_00)]


@pytest.mark.parametrize("sign", [1, -1])
def test_a_bank_line_waits_for_its_allocation_on_either_side(sign: int) -> None:
    imported = of(BankLine.Imported, amount_c=sign * 1_210_00)
    assert sides(book(imported)) == [Side("550", sign * 1_210_00), Side("499", -sign * 1_210_00)]


@pytest.mark.parametrize("sign", [1, -1])
def test_the_opening_balance_of_an_account_waits_for_the_cutover(sign: int) -> None:
    opening = of(BankAccount.OpeningRecorded, balance_c=sign * 5_000_00)
    assert sides(book(opening)) == [Side("550", sign * 5_000_00), Side("4998", -sign * 5_000_00)]


def test_an_allocated_receipt_clears_the_receivable_of_the_activity() -> None:
    paid = of(Invoice.PaymentReceived, activity_id=ACTIVITY, amount_c=605_00)
    assert sides(book(paid)) == [Side("499", 605_00), Side("400", -605_00, ACTIVITY)]


@pytest.mark.parametrize(
    "nothing", [of(BankLine.Imported, amount_c=0), of(BankAccount.OpeningRecorded, balance_c=0)]
)
def test_a_fact_about_no_money_has_no_entry(nothing: Any) -> None:
    assert book(nothing) is None


def test_an_entry_keeps_both_days_the_entity_and_the_document() -> None:
    journal = book(ISSUED)
    assert journal is not None
    assert (journal.entity_id, journal.booked_on, journal.effective_on) == (ENTITY, BOOKED, EFFECTIVE)
    assert (journal.journal, journal.document_id) == ("sales", ID)


def test_every_fact_with_a_booking_day_is_booked_and_no_other() -> None:
    facts = {
        kind
        for aggregate in AGGREGATES
        for kind in vars(aggregate).values()
        if isinstance(kind, type) and "TOPIC" in vars(kind)
    }
    assert set(_RULES) == {kind for kind in facts if "booked_on" in vars(kind)["__dataclass_fields__"]}


def test_every_account_used_is_in_the_chart_under_a_name() -> None:
    accounts = {value for name, value in vars(chart).items() if name.isupper() and isinstance(value, str)}
    assert accounts == set(chart.NAMES)
    assert len(set(chart.NAMES.values())) == len(chart.NAMES)


def test_an_entry_that_does_not_balance_cannot_be_made() -> None:
    for lines in (
        (debit("400", 5),),
        (debit("400", 5), credit("7001", 4)),
        (JournalLine("400", 5, 5), JournalLine("7001", 0, 0)),
        (JournalLine("400", -5, 0), JournalLine("7001", 0, -5)),
    ):
        with pytest.raises(UnbalancedEntry):
            JournalEntry(ENTITY, BOOKED, EFFECTIVE, "sales", DOCUMENT, lines)


def test_a_negative_amount_changes_sides() -> None:
    assert debit("400", -5) == credit("400", 5) == JournalLine("400", 0, 5)
    assert credit("400", -5) == debit("400", 5) == JournalLine("400", 5, 0)


def test_the_version_of_the_rules_is_that_adopted_for_the_booking_day() -> None:
    adopted = [(date(1900, 1, 1), 1), (date(2026, 7, 1), 2)]
    assert version_for(adopted, date(2026, 6, 30)) == 1
    assert version_for(adopted, date(2026, 7, 1)) == 2
    for rules, day in (([], BOOKED), (adopted, date(1899, 12, 31))):
        with pytest.raises(LookupError):
            version_for(rules, day)
    assert VERSIONS[1] is book


LINES = st.lists(
    st.tuples(st.integers(-(10**6), 10**8), st.sampled_from([0, 600, 1_200, 2_100])), min_size=1, max_size=6
)


@given(LINES)
def test_every_entry_of_any_invoice_balances(drawn: list[tuple[int, int]]) -> None:
    by_rate = {rate: sum(cents for cents, each in drawn if each == rate) for _, rate in drawn}
    assume(min(by_rate.values()) >= 0 and sum(by_rate.values()) > 0)
    ledger = PaperLedger()
    found(ledger.perform)
    lines = [line(_price(cents), rate_bp=rate) for cents, rate in drawn]
    day = date(2026, 1, 10)
    entries = [book(each) for each in ledger.perform(issue_invoice, **invoice(DOCUMENT, *lines, on=day))]
    cents = [side.cents for journal in entries if journal is not None for side in sides(journal)]
    assert cents
    assert sum(cents) == 0


def _price(cents: int) -> str:
    return f"{'-' if cents < 0 else ''}{abs(cents) // 100}.{abs(cents) % 100:02}"


def balances(ledger: PaperLedger, through: date = date.max) -> dict[str, int]:
    """The trial balance by booking day: debits above zero, credits below, accounts at nil left out."""
    sums: dict[str, int] = {}
    for each in ledger.facts:
        journal = book(each)
        for side in sides(journal) if journal is not None and journal.booked_on <= through else []:
            sums[side.account] = sums.get(side.account, 0) + side.cents
    return {account: cents for account, cents in sums.items() if cents}


def test_a_receipt_of_december_allocated_in_january_moves_no_figure_of_december() -> None:
    ledger, year_end = PaperLedger(), date(2025, 12, 31)
    found(ledger.perform)
    ledger.perform(issue_invoice, **invoice(DOCUMENT, on=date(2025, 12, 1)))
    receipt = statement(17, [entry("1", 1_210_00, on=year_end)], opening_c=OPENING_C, on=year_end)
    ledger.perform(import_statements, account=ACCOUNT, statements=[receipt])
    before = balances(ledger, year_end)
    assert (before["550"], before["499"], before["400"]) == (6_210_00, -1_210_00, 1_210_00)
    ledger.perform(
        allocate_receipt,
        on=date(2026, 1, 8),
        bank_line_id=line_id(ACCOUNT_ID, "2025/17", "1"),
        invoice_id=DOCUMENT,
        amount_c=1_210_00,
    )
    assert balances(ledger, year_end) == before
    assert {"499", "400"}.isdisjoint(balances(ledger))


def test_an_invoice_of_january_for_december_leaves_the_closed_december_as_it_was() -> None:
    ledger, year_end = PaperLedger(), date(2025, 12, 31)
    found(ledger.perform)
    ledger.perform(issue_invoice, **invoice(UUID(int=501), on=date(2025, 12, 1)))
    for month in ("2025-11", "2025-12"):
        ledger.perform(stop_bookings, entity_id=ENTITY, month=month)
    before = balances(ledger, year_end)
    ledger.perform(issue_invoice, **invoice(DOCUMENT, on=date(2026, 1, 10), supplied_on=date(2025, 12, 20)))
    assert balances(ledger, year_end) == before
    assert balances(ledger)["400"] - before["400"] == 1_210_00
