"""A client asks for time, pays half and fails after all; the estate's dividend is set against one of its two invoices, then against both."""

from __future__ import annotations

from datetime import date
from functools import partial
from uuid import UUID

from domain.ids import derived_id
from domain.ledger import doubts, losses
from workers.demo.clerk import TREASURER
from workers.demo.group.house import Group, House
from workers.demo.group.size import later
from workers.demo.relay.customers import invoice, money, work
from workers.demo.relay.year import FIRST_DAY, day

ACTIVITY, CLIENT = 7, 0
HALF_C, HALF_NET_C = 605_00, 500_00
"""Half of the first invoice, and all of the second."""
FEARED_C, LESS_FEARED_C = 600_00, 200_00
DIVIDEND_C = 121_00
"""What the estate pays of each of the two."""
FIRST, SECOND = "a shop window", "a signboard"
BALANCE_SHEET_DAY = date(FIRST_DAY.year, 2, 28)


def plan_doubts(group: Group, relay: House) -> None:
    """Note two invoices of January to a client that fails in May."""
    agenda = group.agenda
    for on, what, price in ((day(1, 15), FIRST, "1000.00"), (day(1, 22), SECOND, "500.00")):
        agenda.on(on, partial(_sell, group, relay, what, price))
    agenda.on(day(2, 24), partial(_doubt_first, group, relay))
    agenda.on(BALANCE_SHEET_DAY, partial(_fear, group, relay))
    agenda.on(day(3, 10), partial(_hope, group, relay))
    agenda.on(day(5, 6), partial(_fail, group, relay))
    agenda.on(day(5, 20), partial(_give_up, group, relay))


def _id(relay: House, what: str) -> UUID:
    return derived_id("demo", relay.entity_id, work(what, "0").description)


def _sell(group: Group, relay: House, what: str, price: str, on: date) -> None:
    """Invoice it; half of the first is paid in March, as the client then promises."""
    client = relay.clients[CLIENT]
    issued = invoice(group, relay, relay.purses[ACTIVITY], client, work(what, price), on)
    if what == FIRST:
        relay.account.coming.append(money(client, day(3, 20), HALF_C, reference=issued.reference))


def _doubt_first(group: Group, relay: House, on: date) -> None:
    _doubt(group, relay, FIRST, "the client asks its creditors for time (fictional)", on)


def _doubt(group: Group, relay: House, what: str, reason: str, on: date) -> None:
    group.clerk.tell("doubt.declare", doubts.declare_doubt, on=on, invoice_id=_id(relay, what), reason=reason)


def _fear(group: Group, relay: House, on: date) -> None:
    """Expect more than half of it no longer."""
    group.clerk.tell(
        "value-adjustment.record",
        doubts.record_value_adjustment,
        on=on,
        actor=TREASURER,
        invoice_id=_id(relay, FIRST),
        amount_c=FEARED_C,
    )


def _hope(group: Group, relay: House, on: date) -> None:
    """The client signs a plan of payment: half will come, and less is feared of the rest."""
    tell, invoice_id = group.clerk.tell, _id(relay, FIRST)
    tell(
        "value-adjustment.take-back",
        doubts.take_value_adjustment_back,
        on=on,
        actor=TREASURER,
        invoice_id=invoice_id,
        amount_c=LESS_FEARED_C,
    )
    tell("doubt.lift", doubts.lift_doubt, on=on, invoice_id=invoice_id, amount_c=HALF_C)


def _fail(group: Group, relay: House, on: date) -> None:
    """The court opens its bankruptcy: the second invoice is doubtful too, and the VAT of both is reclaimed."""
    _doubt(group, relay, SECOND, "the court opened the client's bankruptcy (fictional)", on)
    for what in (FIRST, SECOND):
        group.clerk.tell(
            "bad-debt-vat.reclaim",
            losses.reclaim_vat,
            on=on,
            actor=TREASURER,
            invoice_id=_id(relay, what),
            judgment_on=on,
        )


def _give_up(group: Group, relay: House, on: date) -> None:
    """Recognise both losses; in August the estate pays a dividend of both in one transfer."""
    for what in (FIRST, SECOND):
        group.clerk.tell(
            "loss.recognise",
            losses.recognise_loss,
            on=on,
            actor=TREASURER,
            invoice_id=_id(relay, what),
            amount_c=HALF_NET_C,
        )
    mistaken = partial(_mistake, group, relay)
    dividend = "dividend of the estate"
    relay.account.coming.append(
        money(relay.clients[CLIENT], day(8, 5), 2 * DIVIDEND_C, remittance=dividend, then=mistaken)
    )


def _mistake(group: Group, relay: House, line_id: UUID, on: date) -> None:
    """Set all of it against the first invoice; the estate's letter arrives two days later."""
    _receive(group, relay, FIRST, 2 * DIVIDEND_C, line_id, on)
    group.agenda.on(later(on, 2), partial(_put_right, group, relay, line_id))


def _put_right(group: Group, relay: House, line_id: UUID, on: date) -> None:
    """Take the recovery back whole, and set half of it against each invoice."""
    group.clerk.tell(
        "recovery.undo",
        losses.undo_recovery,
        on=on,
        bank_line_id=line_id,
        invoice_id=_id(relay, FIRST),
        reason="half of it was for the other invoice (fictional)",
    )
    for what in (FIRST, SECOND):
        _receive(group, relay, what, DIVIDEND_C, line_id, on)


def _receive(group: Group, relay: House, what: str, amount_c: int, line_id: UUID, on: date) -> None:
    group.clerk.tell(
        "recovery.receive",
        losses.receive_recovery,
        on=on,
        bank_line_id=line_id,
        invoice_id=_id(relay, what),
        amount_c=amount_c,
    )
