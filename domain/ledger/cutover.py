"""The cutover: an entity that has no facts of its own yet takes over from its old books, in one batch.

Nothing is recorded unless every figure that is given twice agrees to the cent. Ids follow from the codes
and numbers of the old books, so that nothing can be taken over twice.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from uuid import UUID

from domain.aggregates.activity import Activity
from domain.aggregates.cutover import BroughtLine, Cutover, TakenOverCounts
from domain.aggregates.legal_entity import LegalEntity
from domain.aggregates.member_register import MemberRegister
from domain.aggregates.mutual_fund import MutualFund
from domain.aggregates.number_series import NumberSeries
from domain.bookkeeping import chart
from domain.errors import BooksBegunAlready, CutoverDayClosed
from domain.facts import Stamp, require_day
from domain.ids import derived_id
from domain.ledger.activities import activity_id, open_activity
from domain.ledger.bank import open_bank_account
from domain.ledger.books import Books
from domain.ledger.credit_notes import SERIES as CREDIT_NOTES
from domain.ledger.cutover_items import take_over_invoices, take_over_purchases
from domain.ledger.cutover_members import take_over_members, take_over_shares
from domain.ledger.entities import register_id
from domain.ledger.funds import charter_fund, fund_id
from domain.ledger.invoicing import SERIES as INVOICES
from domain.ledger.members import membership_id
from domain.ledger.old_codes import old_id, require_sound
from domain.ledger.periods import booking_date
from domain.ledger.reconciling import RESULTS, kept_by_items, reconcile, require_reconciled
from domain.ledger.shares import FOR_EVER
from domain.ledger.shares import SERIES as SHARES
from domain.old_books import OldBooks


@dataclass(frozen=True)
class _Taking:
    """One cutover on its way."""

    books: Books
    stamp: Stamp
    entity_id: UUID
    old: OldBooks


def cutover_id(entity_id: UUID) -> UUID:
    """Return the id of the one cutover of an entity."""
    return derived_id("cutover", entity_id)


def take_over(books: Books, stamp: Stamp, *, entity_id: UUID, old: OldBooks, source_sha256: str) -> None:
    """Take over from old books; raises what does not agree, by name and amount."""
    require_day(old.day)
    books.get(LegalEntity, entity_id)
    _require_no_facts(books, entity_id, old)
    require_sound(old)
    require_reconciled(reconcile(old))
    booked_on = booking_date(books, entity_id, old.day)
    if booked_on != old.day:
        raise CutoverDayClosed(day=old.day, first_open_day=booked_on)
    stamp = stamp.dated(old.day)
    taking = _Taking(books, stamp, entity_id, old)
    cutover = Cutover.begin(
        stamp, id=cutover_id(entity_id), entity_id=entity_id, day=old.day, source_sha256=source_sha256
    )
    books.record(cutover)
    take_over_members(books, stamp, entity_id=entity_id, old=old)
    take_over_shares(books, stamp, entity_id=entity_id, old=old)
    _open_funds(taking)
    _open_activities(taking)
    take_over_invoices(books, stamp, entity_id=entity_id, old=old)
    take_over_purchases(books, stamp, entity_id=entity_id, old=old, source_sha256=source_sha256)
    for bank in old.bank_accounts:
        open_bank_account(
            books,
            stamp,
            entity_id=entity_id,
            account=bank.account,
            balance_c=bank.balance_c,
            balance_on=old.day,
        )
    _go_on_numbering(taking)
    lines = _brought(taking)
    cutover.bring(stamp, lines=lines, booked_on=booked_on)
    cutover.conclude(
        stamp,
        source_sha256=source_sha256,
        debit_c=sum(each.balance_c for each in old.balances if each.balance_c > 0),
        credit_c=-sum(each.balance_c for each in old.balances if each.balance_c < 0),
        counts=_counts(old),
    )


def _require_no_facts(books: Books, entity_id: UUID, old: OldBooks) -> None:
    """Refuse an entity that has members, documents or a cutover already; other streams cannot begin twice."""
    series = [(INVOICES, old.day.year), (CREDIT_NOTES, old.day.year), (SHARES, FOR_EVER)]
    begun = [
        books.find(Cutover, cutover_id(entity_id)) is not None,
        bool(books.get(MemberRegister, register_id(entity_id)).last_no),
        *(books.find(NumberSeries, _series_id(entity_id, *each)) is not None for each in series),
    ]
    if any(begun):
        raise BooksBegunAlready(entity_id=entity_id)


def _open_funds(taking: _Taking) -> None:
    for fund in taking.old.funds:
        charter_fund(
            taking.books,
            taking.stamp,
            entity_id=taking.entity_id,
            code=fund.code,
            kind=fund.kind,
            ledger_policy=fund.ledger_policy,
            floor_c=fund.floor_c,
            cap_c=fund.cap_c,
            regulation_ref=fund.regulation_ref,
        )
        taking.books.get(MutualFund, fund_id(taking.entity_id, fund.code)).note(
            MutualFund.TakenOver,
            taking.stamp,
            entity_id=taking.entity_id,
            booked_on=taking.old.day,
            ledger_policy=fund.ledger_policy,
            cutover_id=cutover_id(taking.entity_id),
            amount_c=fund.collected_c,
        )


def _open_activities(taking: _Taking) -> None:
    """Open each activity with its result, of which this year's accounts hold a part.

    What its doubtful invoices were adjusted by is charged again with them, and so comes on top here.
    """
    this_year: Counter[str | None] = Counter()
    for balance in taking.old.balances:
        if balance.account.startswith(RESULTS):
            this_year[balance.activity] -= balance.balance_c
    open_net: Counter[str] = Counter()
    for invoice in taking.old.invoices:
        open_net[invoice.activity] += invoice.net_c
    adjusted = _adjusted(taking.old)
    for each in taking.old.activities:
        people = [old_id("person", taking.entity_id, code) for code in each.members]
        open_activity(
            taking.books,
            taking.stamp,
            entity_id=taking.entity_id,
            code=each.code,
            membership_ids=[membership_id(taking.entity_id, person) for person in people],
            payout_regime=each.payout_regime,
        )
        activity = taking.books.get(Activity, activity_id(taking.entity_id, each.code))
        activity.note(
            Activity.TakenOver,
            taking.stamp,
            entity_id=taking.entity_id,
            booked_on=taking.old.day,
            cutover_id=cutover_id(taking.entity_id),
            earlier_c=each.result_c - this_year[each.code],
            result_c=each.result_c + adjusted[each.code],
            open_net_c=open_net[each.code],
        )
        activity.weigh(taking.stamp, document_id=cutover_id(taking.entity_id), before_c=0)


def _go_on_numbering(taking: _Taking) -> None:
    """Let each series go on after the last number of the old books."""
    given = [(each.series, each.year, each.last_no, each.last_on) for each in taking.old.series]
    if taking.old.last_register_no:
        given.append((SHARES, FOR_EVER, taking.old.last_register_no, taking.old.day))
    for series, year, last_no, last_on in given:
        numbers = NumberSeries.begin(
            taking.stamp,
            id=_series_id(taking.entity_id, series, year),
            entity_id=taking.entity_id,
            series=series,
            year=year,
        )
        numbers.take_over(taking.stamp, number=last_no, on=last_on)
        taking.books.record(numbers)


def _series_id(entity_id: UUID, series: str, year: int) -> UUID:
    return derived_id("number-series", entity_id, series, year)


def _adjusted(old: OldBooks) -> Counter[str]:
    """Return what was charged on doubtful invoices, by activity."""
    adjusted: Counter[str] = Counter()
    for invoice in old.invoices:
        adjusted[invoice.activity] += invoice.adjusted_c
    return adjusted


def _brought(taking: _Taking) -> tuple[BroughtLine, ...]:
    """Return what no item tells: the balances of all other accounts.

    The old books have borne their value adjustments: what telling them again charges is taken off.
    """
    itemised = kept_by_items(taking.old)
    charged_again = tuple(
        BroughtLine(chart.VALUE_ADJUSTMENTS, -amount_c, activity_id(taking.entity_id, code))
        for code, amount_c in _adjusted(taking.old).items()
        if amount_c
    )
    return charged_again + tuple(
        BroughtLine(
            each.account,
            each.balance_c,
            None if each.activity is None else activity_id(taking.entity_id, each.activity),
        )
        for each in taking.old.balances
        if each.account not in itemised and each.balance_c
    )


def _counts(old: OldBooks) -> TakenOverCounts:
    return TakenOverCounts(
        balances=len(old.balances),
        members=len(old.members),
        share_lines=len(old.shares),
        activities=len(old.activities),
        funds=len(old.funds),
        clients=len(old.clients),
        suppliers=len(old.suppliers),
        invoices=len(old.invoices),
        purchases=len(old.purchases),
        bank_accounts=len(old.bank_accounts),
        series=len(old.series),
    )
