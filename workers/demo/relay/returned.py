"""A transfer that was meant for somebody else waits with the third entity until the bank takes it back."""

from __future__ import annotations

from datetime import date
from functools import partial
from uuid import UUID

from domain.ledger import returns
from workers.demo.group.house import Group, House
from workers.demo.group.size import later
from workers.demo.relay.customers import money
from workers.demo.relay.year import day

CLIENT, AMOUNT_C = 2, 310_00
WRONG_ACCOUNT = "AC03"
"""The payer names another account (ISO 20022 external return reasons)."""


def plan_returned(group: Group, relay: House) -> None:
    """Note what comes in September by mistake: it bears no reference, and nobody owes it."""
    waits = partial(_wait, group, relay)
    meant = "rent of September"
    relay.account.coming.append(
        money(relay.clients[CLIENT], day(9, 3), AMOUNT_C, remittance=meant, then=waits)
    )


def _wait(group: Group, relay: House, line_id: UUID, on: date) -> None:
    """Set it against nothing: the client says on the telephone that the bank will take it back."""
    taken = partial(_explain, group, line_id)
    relay.account.coming.append(
        money(relay.clients[CLIENT], later(on, 4), -AMOUNT_C, remittance="recall of a transfer", then=taken)
    )


def _explain(group: Group, of_line_id: UUID, line_id: UUID, on: date) -> None:
    group.clerk.tell(
        "receipt.return",
        returns.return_receipt,
        on=on,
        bank_line_id=line_id,
        of_line_id=of_line_id,
        amount_c=AMOUNT_C,
        reason_code=WRONG_ACCOUNT,
    )
