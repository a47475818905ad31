"""How clients pay: most at once with the reference, some in two parts, some by a remark only."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from uuid import UUID

from domain.ledger import bank
from workers.demo.group.crediting import plan_credit_after_payment
from workers.demo.group.house import Coming, Group, House, Sale, account_of
from workers.demo.group.lateness import plan_late_claim
from workers.demo.group.returning import takes_back

FORGET = 0.05
IN_PARTS = 0.05
BETWEEN_PARTS_DAYS = (5, 20)


def pay(group: Group, house: House, sale: Sale, on: date) -> None:
    """Let the client of an invoice pay it, in one way or another."""
    chance, gross_c = group.clerk.chance, sale.due_c()
    manner = chance.random()
    if gross_c == 0:
        return
    if manner < FORGET:
        _forget_the_reference(group, house, sale, on)
    elif manner < FORGET + IN_PARTS and gross_c > 1:
        house.account.coming.append(_receipt(sale, on, gross_c // 2))
        rest = partial(_pay_whole, group, house, sale, gross_c - gross_c // 2)
        group.agenda.on(on + timedelta(days=chance.randint(*BETWEEN_PARTS_DAYS)), rest)
    else:
        _pay_whole(group, house, sale, gross_c, on)


def pay_again(group: Group, house: House, sale: Sale, amount_c: int, on: date) -> None:
    """Pay once more, for good, what the bank had taken back."""
    house.account.coming.append(
        _receipt(sale, on, amount_c, then=lambda _, on: _settled(group, house, sale, on))
    )


def _pay_whole(group: Group, house: House, sale: Sale, amount_c: int, on: date) -> None:
    """Pay all that is open, with the reference: the import allocates it."""
    paid_on = on

    def reported(line_id: UUID, on: date) -> None:
        if not takes_back(group, house, sale, line_id, amount_c, on):
            _settled(group, house, sale, on)
            plan_late_claim(group, house, sale, paid_on, on)

    house.account.coming.append(_receipt(sale, on, amount_c, then=reported))


def _settled(group: Group, house: House, sale: Sale, on: date) -> None:
    _settle(house, sale)
    plan_credit_after_payment(group, house, sale, on)


def _forget_the_reference(group: Group, house: House, sale: Sale, on: date) -> None:
    """Pay by a remark only: a person finds the invoice."""
    issued, amount_c = sale.issued, sale.due_c()

    def matched(line_id: UUID, on: date) -> None:
        group.clerk.tell(
            "receipt.allocate",
            bank.allocate_receipt,
            on=on,
            bank_line_id=line_id,
            invoice_id=issued.originator_id,
            amount_c=amount_c,
        )
        _settle(house, sale)

    house.account.coming.append(
        Coming(
            on,
            amount_c,
            sale.client.name,
            account_of(sale.client.id),
            remittance=f"invoice of {issued.issued_on:%d/%m}, thank you",
            then=matched,
        )
    )


def _receipt(
    sale: Sale, on: date, amount_c: int, *, then: Callable[[UUID, date], None] | None = None
) -> Coming:
    reference = sale.issued.reference
    return Coming(on, amount_c, sale.client.name, account_of(sale.client.id), reference=reference, then=then)


def _settle(house: House, sale: Sale) -> None:
    """Note that the invoice is paid: its net is collected, and the fund's part with it."""
    sale.paid = True
    sale.purse.available_c += sale.net_c()
    house.fund_collected_c += sale.fund_part_c()
