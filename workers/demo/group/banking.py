"""The bank of the demo: it reports twice a month, and what it reports is imported like any file."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from uuid import UUID

from domain.ledger import payments, returns
from domain.references import shown
from interchange.camt053 import BankEntry, BankStatement
from workers.demo.group.house import Account, Coming, Group, House
from workers.demo.group.size import Month, working
from workers.demo.statements import import_statement, line_of_entry, write_statement

FEE_C = 12_50
MIDDLE = 15


def report_month(group: Group, house: House, month: Month, inbox: Path) -> None:
    """Let the bank report the month in two statements; staff imports each on the next working day."""
    for last_on in (month.first.replace(day=MIDDLE), month.last):
        group.agenda.on(working(last_on + timedelta(days=1)), partial(_import, group, house, inbox, last_on))
    bear = partial(_bear_fee, group)
    house.account.coming.append(Coming(month.last, -FEE_C, "", "", remittance="Account fee", then=bear))


def report_next(house: House, last_on: date, inbox: Path) -> Path:
    """Write the statement that comes next, for whoever goes on with the demo to import."""
    statement, _ = _statement(house.account, last_on)
    return write_statement(inbox / f"{house.code}-{last_on}.xml", statement)


def clear(group: Group, order_id: UUID, line_id: UUID, on: date) -> None:
    """Clear an approved payment by the bank's debit line."""
    group.clerk.tell("payment.clear", payments.clear_payment, on=on, bank_line_id=line_id, order_id=order_id)


def _bear_fee(group: Group, line_id: UUID, on: date) -> None:
    """Say that the money out is the bank's fee, which the cooperative bears."""
    group.clerk.tell("bank-fee.record", returns.record_bank_fee, on=on, bank_line_id=line_id, amount_c=FEE_C)


def _import(group: Group, house: House, inbox: Path, last_on: date, on: date) -> None:
    statement, reported = _statement(house.account, last_on)
    import_statement(group.clerk, write_statement(inbox / f"{house.code}-{last_on}.xml", statement), on)
    for entry, coming in zip(statement.entries, reported, strict=True):
        if coming.then is not None:
            coming.then(line_of_entry(statement, entry), on)


def _statement(account: Account, last_on: date) -> tuple[BankStatement, list[Coming]]:
    """Take what is booked by that day out of what is to come."""
    reported = sorted(
        (each for each in account.coming if each.on <= last_on), key=lambda each: (each.on, each.amount_c)
    )
    account.coming = [each for each in account.coming if each.on > last_on]
    first_on, account.reported_to = account.reported_to, last_on + timedelta(days=1)
    account.statements = (
        1 if first_on.year != last_on.year or _begins_year(first_on) else account.statements + 1
    )
    opening_c, account.balance_c = account.balance_c, account.balance_c + _sum(reported)
    entries = [_entry(account, last_on, each) for each in reported]
    statement = BankStatement(
        account=account.iban,
        identity=f"electronic:{last_on.year}/{account.statements}",
        sequence=account.statements,
        sequence_year=last_on.year,
        opening_c=opening_c,
        closing_c=account.balance_c,
        from_on=first_on,
        to_on=last_on,
        entries=tuple(entries),
    )
    return statement, reported


def _begins_year(day: date) -> bool:
    return (day.month, day.day) == (1, 1)


def _sum(reported: Iterable[Coming]) -> int:
    return sum(each.amount_c for each in reported)


def _entry(account: Account, last_on: date, coming: Coming) -> BankEntry:
    account.entries += 1
    references = (coming.reference,) if coming.reference else ()
    return BankEntry(
        key=f"ref:{last_on.year}{account.entries:07}",
        booked_on=coming.on,
        value_on=coming.on,
        amount_c=coming.amount_c,
        references=references,
        creditor_refs=references,
        counterparty_name=coming.name,
        counterparty_iban=coming.iban,
        remittance=coming.remittance or (shown(coming.reference) if coming.reference else ""),
        transactions=1 if coming.iban else 0,
    )
