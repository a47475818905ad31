"""Two clients pay late: one is claimed too much before the receipt is seen, the other pays what the bank takes back; one is let off.

What was claimed by mistake is reversed and claimed anew, to the day on which the client had paid. That is
waived in place of the other client's, and asked for again on the next day.
"""

from __future__ import annotations

from datetime import date
from functools import partial
from uuid import UUID

from domain.aggregates.invoice import Invoice
from domain.aggregates.late_claim import LateClaim
from domain.ledger import late_payment
from workers.demo.clerk import TREASURER
from workers.demo.group.house import Coming, Group, House
from workers.demo.group.size import later
from workers.demo.relay.customers import invoice, money, work
from workers.demo.relay.year import day

ACTIVITY, CLIENT, LET_OFF = 6, 1, 2
NO_COVER = "AM04"
"""The account that had paid is not covered (ISO 20022 external return reasons)."""


def plan_late_claims(group: Group, relay: House) -> None:
    """Note two invoices of January, which are paid in April."""
    group.agenda.on(day(1, 14), partial(_sell, group, relay))
    group.agenda.on(day(1, 16), partial(_sell_to_friend, group, relay))


def _sell(group: Group, relay: House, on: date) -> None:
    """Sell to who pays on 3 April; before the bank reports that, interest is claimed up to 7 April."""
    issued = _invoice(group, relay, CLIENT, "a bookcase", on)
    relay.account.coming.append(
        money(
            relay.clients[CLIENT],
            day(4, 3),
            issued.gross_c,
            reference=issued.reference,
            then=partial(_claim_anew, group, relay, issued.originator_id),
        )
    )
    group.agenda.on(day(4, 7), partial(_claim, group, issued.originator_id))


def _sell_to_friend(group: Group, relay: House, on: date) -> None:
    """Sell to who pays late for the first time, and is let off."""
    issued = _invoice(group, relay, LET_OFF, "a chest of drawers", on)
    let_off = partial(_let_off, group, issued.originator_id)
    relay.account.coming.append(
        money(relay.clients[LET_OFF], day(4, 10), issued.gross_c, reference=issued.reference, then=let_off)
    )


def _invoice(group: Group, relay: House, client: int, what: str, on: date) -> Invoice.Issued:
    return invoice(group, relay, relay.purses[ACTIVITY], relay.clients[client], work(what, "1200.00"), on)


def _claim(group: Group, invoice_id: UUID, on: date) -> None:
    _claimed_c(group, invoice_id, on)


def _claimed_c(group: Group, invoice_id: UUID, on: date) -> int:
    """Claim interest and the flat sum; return how much that is, in cents."""
    claimed = group.clerk.ask(
        "late-payment.claim", late_payment.claim_late_payment, on=on, invoice_id=invoice_id
    )
    facts = [each.event for each in claimed.facts if isinstance(each.event, LateClaim.Claimed)]
    return sum(fact.interest_c + fact.flat_c + fact.fees_c for fact in facts)


def _let_off(group: Group, invoice_id: UUID, _: UUID, on: date) -> None:
    _claim(group, invoice_id, on)
    _waive(group, invoice_id, on)


def _waive(group: Group, invoice_id: UUID, on: date) -> None:
    group.clerk.tell(
        "late-payment.waive",
        late_payment.waive_late_claim,
        on=on,
        actor=TREASURER,
        invoice_id=invoice_id,
        reason="a good client, and the first time (fictional)",
    )


def _ask_again(group: Group, invoice_id: UUID, on: date) -> None:
    """Ask again for what was waived of the wrong client."""
    group.clerk.tell(
        "late-payment.reverse-waiver",
        late_payment.reverse_waiver,
        on=on,
        actor=TREASURER,
        invoice_id=invoice_id,
        reason="another client was meant (fictional)",
    )


def _claim_anew(group: Group, relay: House, invoice_id: UUID, _: UUID, on: date) -> None:
    """Take the claim back, as the client had paid before it was made, and claim what is due."""
    group.clerk.tell(
        "late-payment.reverse",
        late_payment.reverse_late_claim,
        on=on,
        invoice_id=invoice_id,
        reason="claimed beyond the day on which the client had paid (fictional)",
    )
    amount_c = _claimed_c(group, invoice_id, on)
    _waive(group, invoice_id, on)
    group.agenda.on(later(on, 1), partial(_ask_again, group, invoice_id))
    taken = partial(_receive_and_lose, group, relay, invoice_id, amount_c)
    relay.account.coming.append(_paid(relay, later(on, 6), amount_c, taken))


def _receive_and_lose(
    group: Group, relay: House, invoice_id: UUID, amount_c: int, line_id: UUID, on: date
) -> None:
    """Take it in; the bank takes it back, and the client pays once more."""
    _receive(group, invoice_id, amount_c, line_id, on)
    lost = partial(_lose, group, invoice_id, amount_c, line_id)
    again = partial(_receive, group, invoice_id, amount_c)
    relay.account.coming += [
        _paid(relay, later(on, 3), -amount_c, lost),
        _paid(relay, later(on, 20), amount_c, again),
    ]


def _paid(relay: House, on: date, amount_c: int, then: partial[None]) -> Coming:
    return money(relay.clients[CLIENT], on, amount_c, remittance="interest and costs", then=then)


def _receive(group: Group, invoice_id: UUID, amount_c: int, line_id: UUID, on: date) -> None:
    group.clerk.tell(
        "late-payment.receive",
        late_payment.receive_late_payment,
        on=on,
        bank_line_id=line_id,
        invoice_id=invoice_id,
        amount_c=amount_c,
    )


def _lose(group: Group, invoice_id: UUID, amount_c: int, of_line_id: UUID, line_id: UUID, on: date) -> None:
    group.clerk.tell(
        "late-payment.return",
        late_payment.return_late_payment,
        on=on,
        bank_line_id=line_id,
        of_line_id=of_line_id,
        invoice_id=invoice_id,
        amount_c=amount_c,
        reason_code=NO_COVER,
    )
