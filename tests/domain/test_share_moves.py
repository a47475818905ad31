"""Shares change hands with their numbers, become shares of another class, and never go lost."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from domain.aggregates.share_account import ShareAccount
from domain.aggregates.share_register import ShareRegister
from domain.bookkeeping import chart
from domain.errors import (
    AlreadyResigned,
    EmptyText,
    ExceedsHolding,
    NotAMember,
    OtherEntity,
    QuantityNotPositive,
    SharesStayWhereTheyAre,
    UnknownRecord,
)
from domain.ledger.entities import entity_id_of
from domain.ledger.members import apply_for_membership, membership_id, resign
from domain.ledger.shares import convert_shares, share_account_id, share_register_id, transfer_shares
from domain.parcels import Parcel
from tests.cooperative import ENTITY, MEMBER, OTHER_MEMBER, PERSON, found_entity, join
from tests.domain.departing import ACCOUNT_A, JULY, MARCH, OTHER_ACCOUNT_A, cooperative, takes
from tests.domain.spending import balances
from tests.paper import PaperLedger

ACCOUNT_B = share_account_id(MEMBER, "B")
TRANSFER = UUID(int=930)


@pytest.fixture
def ledger() -> PaperLedger:
    """The first member holds two shares of 250.00 and, after the second's four, two of 260.00."""
    ledger = cooperative()
    takes(ledger, 0, 2)
    takes(ledger, 1, 4)
    takes(ledger, 0, 2, price_c=260_00)
    return ledger


def transfers(ledger: PaperLedger, qty: int, **says: Any) -> list[Any]:
    asked: dict[str, Any] = {
        "transfer_id": TRANSFER,
        "from_account_id": ACCOUNT_A,
        "to_membership_id": OTHER_MEMBER,
        "qty": qty,
        "decision_ref": "board 5",
    }
    return ledger.perform(transfer_shares, on=MARCH, **asked | says)


def converts(ledger: PaperLedger, qty: int, into_qty: int, **says: Any) -> list[Any]:
    asked: dict[str, Any] = {
        "account_id": ACCOUNT_A,
        "into_class": "B",
        "qty": qty,
        "into_qty": into_qty,
        "decision_ref": "assembly 5",
    }
    return ledger.perform(convert_shares, on=MARCH, **asked | says)


def held(ledger: PaperLedger, account_id: UUID) -> tuple[Parcel, ...]:
    return ledger.get(ShareAccount, account_id).held


def test_transferred_shares_keep_their_numbers_and_both_accounts_name_the_other(ledger: PaperLedger) -> None:
    recorded = {type(each): each for each in transfers(ledger, 3)}
    out, into = recorded[ShareAccount.TransferredOut], recorded[ShareAccount.TransferredIn]
    assert out.parcels == into.parcels == (Parcel(1, 2, 250_00), Parcel(7, 7, 260_00))
    assert (out.register_no, out.transfer_id, out.amount_c) == (
        into.register_no,
        into.transfer_id,
        into.amount_c,
    )
    assert (out.register_no, out.amount_c) == (4, 760_00)
    assert (out.to_account_id, into.from_account_id) == (OTHER_ACCOUNT_A, ACCOUNT_A)
    assert held(ledger, ACCOUNT_A) == (Parcel(8, 8, 260_00),)
    assert held(ledger, OTHER_ACCOUNT_A) == (Parcel(3, 6, 250_00), Parcel(1, 2, 250_00), Parcel(7, 7, 260_00))


def test_a_transfer_moves_nothing_in_the_books(ledger: PaperLedger) -> None:
    before = balances(ledger.facts)
    transfers(ledger, 4)
    assert balances(ledger.facts) == before


def test_a_transfer_is_approved_and_of_shares_that_are_held(ledger: PaperLedger) -> None:
    for says, refusal in (
        ({"qty": 5}, ExceedsHolding),
        ({"qty": 0}, QuantityNotPositive),
        ({"decision_ref": " "}, EmptyText),
        ({"to_membership_id": MEMBER}, SharesStayWhereTheyAre),
        ({"to_membership_id": UUID(int=9)}, UnknownRecord),
    ):
        with pytest.raises(refusal):
            transfers(ledger, **{"qty": 1} | says)


def test_shares_go_only_to_a_member_who_stays_in_the_same_entity(ledger: PaperLedger) -> None:
    other, person = entity_id_of("OTHER"), UUID(int=130)
    found_entity(ledger.perform, code="OTHER")
    join(ledger.perform, PERSON, entity_id=other)
    with pytest.raises(OtherEntity):
        transfers(ledger, 1, to_membership_id=membership_id(other, PERSON))
    particulars: dict[str, Any] = {"category": "worker", "name": "N", "address": "", "email": ""}
    ledger.perform(apply_for_membership, entity_id=ENTITY, person_id=person, **particulars)
    with pytest.raises(NotAMember):
        transfers(ledger, 1, to_membership_id=membership_id(ENTITY, person))
    ledger.perform(resign, membership_id=OTHER_MEMBER, received_on=MARCH)
    with pytest.raises(AlreadyResigned):
        transfers(ledger, 1)


def test_converted_shares_bear_numbers_of_their_class_and_what_was_contributed_for_them(
    ledger: PaperLedger,
) -> None:
    converts(ledger, 3, 7)
    assert held(ledger, ACCOUNT_A) == (Parcel(8, 8, 260_00),)
    # 760.00 on seven shares: a cent more on as many as it takes.
    assert held(ledger, ACCOUNT_B) == (Parcel(1, 1, 108_58), Parcel(2, 7, 108_57))
    a, b = (ledger.get(ShareRegister, share_register_id(ENTITY, each)) for each in "AB")
    assert (sum(a.holders_on(JULY, a.version).values()), a.contributed_on(JULY)) == (5, 1_260_00)
    assert (b.holders_on(JULY, b.version), b.contributed_on(JULY)) == ({ACCOUNT_B: 7}, 760_00)
    sums = balances(ledger.facts)
    assert sums[chart.CONTRIBUTIONS] == -1_260_00
    assert sums[chart.CONTRIBUTIONS_UNAVAILABLE] == -760_00
    assert sums[chart.AWAITING_ALLOTMENT] == 0


def test_a_conversion_is_decided_and_into_another_class(ledger: PaperLedger) -> None:
    for says, refusal in (
        ({"qty": 5}, ExceedsHolding),
        ({"into_qty": 0}, QuantityNotPositive),
        ({"decision_ref": ""}, EmptyText),
        ({"into_class": "A"}, SharesStayWhereTheyAre),
        ({"into_class": "C"}, UnknownRecord),
    ):
        with pytest.raises(refusal):
            converts(ledger, **{"qty": 1, "into_qty": 1} | says)
