"""What people know records by: names and codes in the place of ids, for tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from projections.reader import Reader

# The read models are imported when they are asked: most commands ask none.


def entity_codes(reader: Reader) -> dict[UUID, str]:
    """Return the code of every legal entity."""
    from projections.lookups import entities

    return {each.entity_id: each.code for each in entities(reader)}


def activity_codes(reader: Reader) -> dict[UUID, str]:
    """Return the code of every activity."""
    from projections.lookups import activities

    return {each.activity_id: each.code for each in activities(reader)}


def fund_codes(reader: Reader) -> dict[UUID, str]:
    """Return the code of every mutual fund."""
    from projections.lookups import funds

    return {each.fund_id: each.code for each in funds(reader)}


def member_names(reader: Reader) -> dict[UUID, str]:
    """Return the name of every member, present and past; one that was erased reads so."""
    from projections.lookups import members

    return {each.membership_id: each.name for each in members(reader)}


def client_names(reader: Reader) -> dict[UUID, str]:
    """Return the name of every client; one that was erased reads so."""
    from projections.lookups import clients

    return {each.client_id: each.name for each in clients(reader)}


def payee_names(reader: Reader) -> dict[UUID, str]:
    """Return the name of every supplier, and of every member by membership and by person."""
    from projections.lookups import members
    from projections.purchases import suppliers

    known = members(reader)
    called = {each.supplier_id: each.name for each in suppliers(reader)}
    return (
        called
        | {each.person_id: each.name for each in known}
        | {each.membership_id: each.name for each in known}
    )


def invoice_numbers(reader: Reader, of: Sequence[UUID]) -> dict[UUID, str]:
    """Return the numbers of these invoices."""
    from projections.receivables import numbers_of

    return {each.invoice_id: each.invoice_no for each in numbers_of(reader, of)}
