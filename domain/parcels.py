"""Shares as they are counted: lots that wait for numbers, and parcels that have them.

The first of a lot or parcel is always the oldest: shares are allotted, transferred and converted in
the order in which they came.
"""

from __future__ import annotations

from dataclasses import dataclass

Lot = tuple[int, int]
"""So many shares at so many cents each."""

Lots = tuple[Lot, ...]


@dataclass(frozen=True)
class Parcel:
    """Shares with consecutive numbers, for each of which `price_c` cents were contributed."""

    from_seq: int
    to_seq: int
    price_c: int

    @property
    def qty(self) -> int:
        """How many shares these are."""
        return self.to_seq - self.from_seq + 1

    @property
    def amount_c(self) -> int:
        """What was contributed for them, in cents."""
        return self.qty * self.price_c


Parcels = tuple[Parcel, ...]


def value_of(lots: Lots) -> int:
    """Return what these shares cost, in cents."""
    return sum(qty * price_c for qty, price_c in lots)


def after(lots: Lots, taken: int) -> Lots:
    """Return what is left of the lots once so many shares are taken from the first of them."""
    left: list[Lot] = []
    for qty, price_c in lots:
        here = min(qty, taken)
        taken -= here
        left.append((qty - here, price_c))
    return tuple(lot for lot in left if lot[0])


def before(lots: Lots, taken: int) -> Lots:
    """Return the first so many shares of the lots."""
    first: list[Lot] = []
    for qty, price_c in lots:
        here = min(qty, taken)
        taken -= here
        first.append((here, price_c))
    return tuple(lot for lot in first if lot[0])


def even_lots(amount_c: int, qty: int) -> Lots:
    """Return so many shares for which this was contributed, as evenly as whole cents allow."""
    price_c, more = divmod(amount_c, qty)
    return tuple(lot for lot in ((more, price_c + 1), (qty - more, price_c)) if lot[0])


def numbered(lots: Lots, from_seq: int) -> Parcels:
    """Return the shares of the lots under consecutive numbers."""
    parcels: list[Parcel] = []
    for qty, price_c in lots:
        parcels.append(Parcel(from_seq, from_seq + qty - 1, price_c))
        from_seq += qty
    return tuple(parcels)


def allotted(lots: Lots, qty: int, from_seq: int) -> tuple[Lots, Parcels]:
    """Return the lots without their first so many shares, and those under consecutive numbers."""
    return after(lots, qty), numbered(before(lots, qty), from_seq)


def cost_of(lots: Lots, qty: int) -> int:
    """Return what the first so many shares of the lots cost, in cents."""
    return value_of(before(lots, qty))


def amount_of(parcels: Parcels) -> int:
    """Return what was contributed for these shares, in cents."""
    return sum(parcel.amount_c for parcel in parcels)


def first_of(parcels: Parcels, qty: int) -> Parcels:
    """Return the first so many shares."""
    first: list[Parcel] = []
    for parcel in parcels:
        here = min(parcel.qty, qty)
        qty -= here
        if here:
            first.append(Parcel(parcel.from_seq, parcel.from_seq + here - 1, parcel.price_c))
    return tuple(first)


def rest_of(parcels: Parcels, qty: int) -> Parcels:
    """Return what is left without the first so many shares."""
    left: list[Parcel] = []
    for parcel in parcels:
        here = min(parcel.qty, qty)
        qty -= here
        if here < parcel.qty:
            left.append(Parcel(parcel.from_seq + here, parcel.to_seq, parcel.price_c))
    return tuple(left)
