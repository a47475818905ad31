"""Two small aggregates with the rules that matter to a sequencer, and the commands upon them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import UUID, uuid4

from domain.errors import Refusal
from domain.facts import Ledgered, Stamp
from domain.ledger.books import Books
from eventstore.store import Command

DAY = date(2026, 3, 1)
SERIES = UUID("5e000000-0000-4000-8000-000000000001")
FUND = UUID("f0000000-0000-4000-8000-000000000001")


class BelowFloor(Refusal):
    """The toy fund would fall below its floor."""

    code = "toy-below-floor"


class ToySeries(Ledgered):
    """Numbers one after another."""

    TOPIC = "toy-series"

    def __init__(self) -> None:
        self.last = 0

    class Event(Ledgered.Event):
        """What happens to a series."""

    class Opened(Event, Ledgered.Created):
        """The series begins."""

        TOPIC = "toy-series.opened.v1"

    Created = Opened

    class Taken(Event):
        """A number was taken."""

        TOPIC = "toy-series.taken.v1"
        number: int
        remark: str

        def apply(self, series: ToySeries) -> None:
            series.last = self.number

    def take(self, stamp: Stamp, *, remark: str = "") -> int:
        self.note(self.Taken, stamp, number=self.last + 1, remark=remark)
        return self.last


class ToyFund(Ledgered):
    """Money that never falls below a floor."""

    TOPIC = "toy-fund"

    def __init__(self, floor_c: int) -> None:
        self.balance_c = 0
        self.floor_c = floor_c

    class Event(Ledgered.Event):
        """What happens to a fund."""

    class Chartered(Event, Ledgered.Created):
        """The fund begins."""

        TOPIC = "toy-fund.chartered.v1"
        floor_c: int

    Created = Chartered

    class Moved(Event):
        """Money came in or went out."""

        TOPIC = "toy-fund.moved.v1"
        amount_c: int

        def apply(self, fund: ToyFund) -> None:
            fund.balance_c += self.amount_c

    def move(self, stamp: Stamp, *, amount_c: int) -> None:
        if self.balance_c + amount_c < self.floor_c:
            raise BelowFloor(balance_c=self.balance_c)
        self.note(self.Moved, stamp, amount_c=amount_c)


class ToyStranger(Ledgered):
    """An aggregate that no registry of these tests knows."""

    TOPIC = "toy-stranger"

    class Event(Ledgered.Event):
        """What happens to a stranger."""

    class Came(Event, Ledgered.Created):
        """A stranger came."""

        TOPIC = "toy-stranger.came.v1"

    Created = Came


def command(
    run: Callable[[Books, Stamp], object],
    *,
    id: UUID | None = None,
    operation: str = "toy.play",
    body: bytes = b"body",
) -> Command:
    return Command(
        id=id or uuid4(),
        operation=operation,
        body_mac=body,
        effective_on=DAY,
        actor="staff-1",
        on_behalf_of=None,
        run=run,
    )


def open_series(series: UUID) -> Command:
    return command(lambda books, stamp: books.record(ToySeries.begin(stamp, id=series)))


def take(series: UUID, *, id: UUID | None = None, remark: str = "") -> Command:
    return command(lambda books, stamp: books.get(ToySeries, series).take(stamp, remark=remark), id=id)


def charter(fund: UUID, *, floor_c: int = 0) -> Command:
    return command(lambda books, stamp: books.record(ToyFund.begin(stamp, id=fund, floor_c=floor_c)))


def move(fund: UUID, amount_c: int, *, id: UUID | None = None) -> Command:
    return command(lambda books, stamp: books.get(ToyFund, fund).move(stamp, amount_c=amount_c), id=id)


def numbered_move(series: UUID, fund: UUID, amount_c: int) -> Command:
    """A number first, then money: refused half-way if the fund says no."""

    def run(books: Books, stamp: Stamp) -> None:
        books.get(ToySeries, series).take(stamp)
        books.get(ToyFund, fund).move(stamp, amount_c=amount_c)

    return command(run)


def taken_at_first_and_refused_later() -> Callable[[Books, Stamp], None]:
    """A decision that depends on more than the books, as one on the clock does."""
    calls: list[None] = []

    def run(books: Books, stamp: Stamp) -> None:
        calls.append(None)
        if len(calls) > 1:
            raise BelowFloor
        books.get(ToySeries, SERIES).take(stamp, remark="the moment")

    return run
