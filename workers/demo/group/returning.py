"""What the bank takes back: some receipts are returned with a fee, and the client pays once more."""

from __future__ import annotations

from datetime import date
from functools import partial
from uuid import UUID

from domain.ledger import returns
from workers.demo.group.house import Coming, Group, House, Sale, account_of
from workers.demo.group.size import later

RETURNED = 0.02
FEE_C = 5_00
REASON = "MD06"
"""Refund asked by the payer (ISO 20022 external return reasons)."""


def takes_back(group: Group, house: House, sale: Sale, line_id: UUID, amount_c: int, on: date) -> bool:
    """Tell whether the bank takes this receipt back; if so, it reports that, and a fee of its own."""
    if group.of_returns.random() >= RETURNED:
        return False
    # Nobody knows yet: the invoice looks paid until the bank says otherwise.
    sale.paid = True
    taken = partial(_record_return, group, house, sale, line_id, amount_c)
    day, name, iban = later(on, 3), sale.client.name, account_of(sale.client.id)
    house.account.coming += [
        Coming(day, -amount_c, name, iban, remittance="Payment returned", then=taken),
        Coming(day, -FEE_C, "", "", remittance="Fee for a return", then=partial(_record_fee, group)),
    ]
    return True


def _record_return(
    group: Group, house: House, sale: Sale, of_line_id: UUID, amount_c: int, line_id: UUID, on: date
) -> None:
    """Say what the money out is; the client, who was asked, pays again."""
    from workers.demo.group.paying import pay_again

    group.clerk.tell(
        "client-payment.return",
        returns.return_payment,
        on=on,
        bank_line_id=line_id,
        of_line_id=of_line_id,
        invoice_id=sale.issued.originator_id,
        amount_c=amount_c,
        reason_code=REASON,
    )
    sale.paid = False
    pay_again(group, house, sale, amount_c, later(on, 10))


def _record_fee(group: Group, line_id: UUID, on: date) -> None:
    group.clerk.tell("bank-fee.record", returns.record_bank_fee, on=on, bank_line_id=line_id, amount_c=FEE_C)
