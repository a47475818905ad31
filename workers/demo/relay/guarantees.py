"""Two guarantees of the guarantee fund: one is released, since the client paid; the other is called.

Its client went bankrupt. What the estate pays is taken for one invoice at first, which gives the fund
too much back, and is for two.
"""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from domain.aggregates.invoice import Invoice
from domain.ledger import doubts, funds, guarantees, losses
from domain.money import share
from workers.demo.clerk import COMMITTEE, TREASURER
from workers.demo.group.house import Coming, Group, House, account_of
from workers.demo.group.size import later
from workers.demo.people import Person
from workers.demo.relay.cast import GUARANTEE, newcomer
from workers.demo.relay.selling import paid, register, sell
from workers.demo.relay.year import day

SELLS = 1
HALF_BP = 5_000
ESTATE_C = (363_00, 121_00)
"""What the estate pays of the larger invoice and of the smaller one, VAT included."""
NOTICED_AFTER_DAYS = 3


def plan_guarantees(group: Group, relay: House) -> None:
    """Note what is sold in February to a client who pays, and to one who will not."""
    pays, fails = newcomer("Fanfare des Brumes"), newcomer("Papeterie Volatile")
    for client in (pays, fails):
        group.agenda.on(day(1, 16), partial(register, group, relay, client))
    group.agenda.on(day(2, 11), partial(_sell_guaranteed, group, relay, pays))
    group.agenda.on(day(2, 12), partial(_sell_in_vain, group, relay, fails))


def _sell_guaranteed(group: Group, relay: House, client: Person, on: date) -> None:
    """Guarantee half of an invoice, and let that go once the client has paid."""
    issued = sell(group, relay.purses[SELLS], client, "25", on)
    guarantee_id = _guarantee(group, relay, issued, on)
    paid(relay, client, issued, day(3, 5))
    group.agenda.on(day(3, 18), partial(_release, group, guarantee_id))


def _sell_in_vain(group: Group, relay: House, client: Person, on: date) -> None:
    """Sell twice to a client who goes bankrupt in April; the larger invoice is guaranteed."""
    purse = relay.purses[SELLS]
    large, small = sell(group, purse, client, "20", on), sell(group, purse, client, "6", on)
    guarantee_id = _guarantee(group, relay, large, on)
    both = (large.originator_id, small.originator_id)
    for invoice_id in both:
        group.agenda.on(day(4, 10), partial(_doubt, group, invoice_id))
        group.agenda.on(day(5, 6), partial(_reclaim_vat, group, invoice_id))
        group.agenda.on(day(6, 5), partial(_lose, group, invoice_id))
    group.agenda.on(day(6, 6), partial(_call, group, guarantee_id, share(large.net_c, HALF_BP)))
    relay.account.coming.append(
        Coming(
            day(9, 10),
            sum(ESTATE_C),
            client.name,
            account_of(client.id),
            remittance="dividend of the estate",
            then=partial(_mistake, group, both),
        )
    )


def _guarantee(group: Group, relay: House, issued: Invoice.Issued, on: date) -> UUID:
    fund_id, invoice_id = funds.fund_id(relay.entity_id, GUARANTEE), issued.originator_id
    group.clerk.tell(
        "guarantee.reserve",
        guarantees.reserve_guarantee,
        on=on,
        actor=COMMITTEE,
        fund_id=fund_id,
        invoice_id=invoice_id,
        amount_c=share(issued.net_c, HALF_BP),
        decision_ref=f"guarantee committee, {on:%Y-%m} (fictional)",
    )
    return guarantees.guarantee_id(fund_id, invoice_id)


def _release(group: Group, guarantee_id: UUID, on: date) -> None:
    group.clerk.tell(
        "guarantee.release",
        guarantees.release_guarantee,
        on=on,
        actor=COMMITTEE,
        guarantee_id=guarantee_id,
        reason="the client paid (fictional)",
    )


def _doubt(group: Group, invoice_id: UUID, on: date) -> None:
    reason = "the court opened the client's bankruptcy (fictional)"
    group.clerk.tell("doubt.declare", doubts.declare_doubt, on=on, invoice_id=invoice_id, reason=reason)


def _reclaim_vat(group: Group, invoice_id: UUID, on: date) -> None:
    group.clerk.tell(
        "bad-debt-vat.reclaim",
        losses.reclaim_vat,
        on=on,
        actor=TREASURER,
        invoice_id=invoice_id,
        judgment_on=day(4, 10),
    )


def _lose(group: Group, invoice_id: UUID, on: date) -> None:
    group.clerk.tell("loss.recognise", losses.recognise_loss, on=on, actor=TREASURER, invoice_id=invoice_id)


def _call(group: Group, guarantee_id: UUID, amount_c: int, on: date) -> None:
    group.clerk.tell(
        "guarantee.call",
        guarantees.call_guarantee,
        on=on,
        actor=TREASURER,
        guarantee_id=guarantee_id,
        amount_c=amount_c,
        decision_ref=f"guarantee committee, {on:%Y-%m}: call (fictional)",
    )


def _mistake(group: Group, both: tuple[UUID, UUID], line_id: UUID, on: date) -> None:
    """Take all of it for the larger invoice; the trustee's letter comes some days later."""
    _recover(group, line_id, both[0], sum(ESTATE_C), on)
    group.agenda.on(later(on, NOTICED_AFTER_DAYS), partial(_correct, group, both, line_id))


def _correct(group: Group, both: tuple[UUID, UUID], line_id: UUID, on: date) -> None:
    """Take it back, and the fund has given what it gave; then let each invoice have its part."""
    says: dict[str, Any] = {"bank_line_id": line_id, "invoice_id": both[0]}
    reason = "the trustee paid two invoices (fictional)"
    group.clerk.tell("recovery.undo", losses.undo_recovery, on=on, reason=reason, **says)
    for invoice_id, amount_c in zip(both, ESTATE_C, strict=True):
        _recover(group, line_id, invoice_id, amount_c, on)


def _recover(group: Group, line_id: UUID, invoice_id: UUID, amount_c: int, on: date) -> None:
    group.clerk.tell(
        "recovery.receive",
        losses.receive_recovery,
        on=on,
        bank_line_id=line_id,
        invoice_id=invoice_id,
        amount_c=amount_c,
    )
