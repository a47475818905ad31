"""Clients who paid late: some are claimed interest and the flat sum of; most pay it, a few are let off.

In one entity it is the activity's that waited, in the other the fund's, which does not plan to spend it.
"""

from __future__ import annotations

from concurrent.futures import Future
from datetime import date, timedelta
from functools import partial
from uuid import UUID

from domain.aggregates.late_claim import LateClaim
from domain.ledger import late_payment
from eventstore.store import Outcome
from workers.demo.clerk import TREASURER
from workers.demo.group.house import Coming, Group, House, Sale, account_of
from workers.demo.group.size import later, working

CLAIMED, WAIVED = 0.25, 0.2
PAYS_AFTER_DAYS = 12
RATES_KNOWN_FROM = date(2022, 1, 1)
CONSUMER_EVERY, CONSUMER_AT = 4, 3
"""Every fourth client is a consumer, with whom nothing was agreed about paying late."""


def plan_late_claim(group: Group, house: House, sale: Sale, paid_on: date, on: date) -> None:
    """Note that some clients who paid late are claimed what that costs, some days after they paid."""
    if paid_on <= sale.issued.due_on or sale.issued.due_on < RATES_KNOWN_FROM:
        return
    consumer = house.clients.index(sale.client) % CONSUMER_EVERY == CONSUMER_AT
    if group.of_orders.random() < CLAIMED and not consumer:
        group.agenda.on(later(on, 2), partial(_claim, group, house, sale))


def _claim(group: Group, house: House, sale: Sale, on: date) -> None:
    if sale.credited:
        return
    claimed = group.clerk.tell(
        "late-payment.claim",
        late_payment.claim_late_payment,
        on=on,
        invoice_id=sale.issued.originator_id,
    )
    group.agenda.on(later(on, 1), partial(_answer, group, house, sale, claimed))


def _answer(group: Group, house: House, sale: Sale, claimed: Future[Outcome], on: date) -> None:
    """Let off a client who asks for it, or let the others pay."""
    facts = [each.event for each in claimed.result().facts if isinstance(each.event, LateClaim.Claimed)]
    amount_c = sum(fact.interest_c + fact.flat_c + fact.fees_c for fact in facts)
    if group.of_orders.random() < WAIVED:
        group.clerk.tell(
            "late-payment.waive",
            late_payment.waive_late_claim,
            on=on,
            actor=TREASURER,
            invoice_id=sale.issued.originator_id,
            reason="a good client, and the first time",
        )
        return
    house.account.coming.append(
        Coming(
            working(on + timedelta(days=PAYS_AFTER_DAYS)),
            amount_c,
            sale.client.name,
            account_of(sale.client.id),
            remittance="interest and costs",
            then=partial(_receive, group, sale.issued.originator_id, amount_c),
        )
    )


def _receive(group: Group, invoice_id: UUID, amount_c: int, line_id: UUID, on: date) -> None:
    group.clerk.tell(
        "late-payment.receive",
        late_payment.receive_late_payment,
        on=on,
        bank_line_id=line_id,
        invoice_id=invoice_id,
        amount_c=amount_c,
    )
