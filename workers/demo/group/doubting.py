"""Clients that go bankrupt: doubt, a value adjustment, the VAT reclaimed, the loss; a fund stands in, a dividend comes.

What the fund gives, and what comes after all, is not counted as to be spent again: less is planned than there is.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from uuid import UUID

from domain.ledger import doubts, guarantees, losses
from workers.demo.clerk import COMMITTEE, TREASURER
from workers.demo.group.aid import MOST_C
from workers.demo.group.founding import FLOOR_C
from workers.demo.group.house import Coming, Group, House, Sale, account_of
from workers.demo.group.size import later, working

BANKRUPT = 0.8
"""Of the clients that do not pay."""
KNOWN_AFTER_DAYS, DIVIDEND_AFTER_DAYS = 40, 20
DIVIDEND_PERCENT = (5, 30)
LEAST_C = 5_00


def plan_bankruptcy(group: Group, house: House, sale: Sale, on: date) -> None:
    """Note that some clients who do not pay go bankrupt, which is known after the invoice fell due."""
    if group.of_doubts.random() < BANKRUPT:
        known_on = working(on + timedelta(days=KNOWN_AFTER_DAYS))
        group.agenda.on(known_on, partial(_doubt, group, house, sale))


def _doubt(group: Group, house: House, sale: Sale, on: date) -> None:
    """Doubt all of it, set a guarantee aside, and note what follows; nobody is reminded any more."""
    if not sale.due_c():
        return
    sale.paid = True
    clerk, invoice_id = group.clerk, sale.issued.originator_id
    clerk.tell(
        "doubt.declare",
        doubts.declare_doubt,
        on=on,
        invoice_id=invoice_id,
        reason="the court opened the client's bankruptcy (fictional)",
    )
    guaranteed_c = min(MOST_C, sale.net_c() // 2, (house.fund_collected_c - FLOOR_C) // 3)
    if guaranteed_c >= LEAST_C:
        house.fund_collected_c -= guaranteed_c
        clerk.tell(
            "guarantee.reserve",
            guarantees.reserve_guarantee,
            on=on,
            actor=COMMITTEE,
            fund_id=house.fund_id,
            invoice_id=invoice_id,
            amount_c=guaranteed_c,
            decision_ref=f"solidarity committee, {on:%Y-%m}: guarantee",
        )
    month_end = (on.replace(day=1) + timedelta(days=32)).replace(day=1) - timedelta(days=1)
    group.agenda.on(month_end, partial(_adjust, group, sale))
    if sale.due_c() > sale.net_c():
        group.agenda.on(later(month_end, 2), partial(_reclaim_vat, group, invoice_id, on))
    group.agenda.on(later(month_end, 4), partial(_give_up, group, house, sale, guaranteed_c))


def _adjust(group: Group, sale: Sale, on: date) -> None:
    """Expect half of it no longer."""
    group.clerk.tell(
        "value-adjustment.record",
        doubts.record_value_adjustment,
        on=on,
        actor=TREASURER,
        invoice_id=sale.issued.originator_id,
        amount_c=-(-sale.net_c() // 2),
    )


def _reclaim_vat(group: Group, invoice_id: UUID, judgment_on: date, on: date) -> None:
    group.clerk.tell(
        "bad-debt-vat.reclaim",
        losses.reclaim_vat,
        on=on,
        actor=TREASURER,
        invoice_id=invoice_id,
        judgment_on=judgment_on,
    )


def _give_up(group: Group, house: House, sale: Sale, guaranteed_c: int, on: date) -> None:
    """Recognise the loss, call the guarantee, and let the estate pay some of it later."""
    clerk, invoice_id = group.clerk, sale.issued.originator_id
    clerk.tell("loss.recognise", losses.recognise_loss, on=on, actor=TREASURER, invoice_id=invoice_id)
    if guaranteed_c >= LEAST_C:
        clerk.tell(
            "guarantee.call",
            guarantees.call_guarantee,
            on=on,
            actor=TREASURER,
            guarantee_id=guarantees.guarantee_id(house.fund_id, invoice_id),
            amount_c=guaranteed_c,
            decision_ref=f"solidarity committee, {on:%Y-%m}: call",
        )
    dividend_c = sale.due_c() * group.of_doubts.randint(*DIVIDEND_PERCENT) // 100
    if dividend_c:
        house.account.coming.append(
            Coming(
                working(on + timedelta(days=DIVIDEND_AFTER_DAYS)),
                dividend_c,
                sale.client.name,
                account_of(sale.client.id),
                remittance="dividend of the estate",
                then=partial(_recover, group, invoice_id, dividend_c),
            )
        )


def _recover(group: Group, invoice_id: UUID, amount_c: int, line_id: UUID, on: date) -> None:
    group.clerk.tell(
        "recovery.receive",
        losses.receive_recovery,
        on=on,
        bank_line_id=line_id,
        invoice_id=invoice_id,
        amount_c=amount_c,
    )
