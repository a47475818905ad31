"""A small aggregate that uses everything an event may hold; for tests of the event store alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from eventsourcing.domain import Aggregate

from domain.facts import Ledgered, Stamp
from domain.personal import Personal, Retention

STREAM = UUID("00112233-4455-6677-8899-aabbccddeeff")
PERSON = UUID("7f3f2c6a-1b0e-4d0c-9a55-1f1e2d3c4b5a")
COMMAND = UUID("c0000000-0000-4000-8000-000000000001")
AT = datetime(2026, 3, 1, 12, 30, 15, 250_000, tzinfo=UTC)


class Colour(StrEnum):
    RED = "red"
    BLUE = "blue"


@dataclass(frozen=True)
class Weight:
    grams: int


@dataclass(frozen=True)
class Part:
    colour: Colour
    price_c: int
    weight: Weight | None = None


class Parcel(Ledgered):
    """A parcel that is packed once, addressed to a person and handed over in parts."""

    TOPIC = "test-parcel"

    def __init__(self, parts: tuple[Part, ...]) -> None:
        self.parts = parts
        self.handed_over = 0

    class Event(Ledgered.Event):
        """What happens to a parcel."""

    class Packed(Event, Aggregate.Created):
        """A parcel was packed."""

        TOPIC = "test-parcel.packed.v1"
        number: str
        insured_c: int
        fragile: bool
        due_on: date
        opens_at: datetime | None
        colour: Colour
        parts: tuple[Part, ...]
        remark: str | None

    Created = Packed

    class Addressed(Event):
        """The parcel was addressed to a person."""

        TOPIC = "test-parcel.addressed.v1"
        person_id: UUID
        price_c: int
        name: Annotated[str, Personal(Retention.ACCOUNTING, "person_id")]
        lines: Annotated[tuple[str, ...], Personal(Retention.ACCOUNTING, "person_id")]
        email: Annotated[str | None, Personal(Retention.CONTACT, "person_id")]

    class HandedOver(Event):
        """A part of the parcel was handed over."""

        TOPIC = "test-parcel.handed-over.v1"
        pieces: int

        def apply(self, aggregate: Parcel) -> None:
            aggregate.handed_over += self.pieces


class Letter(Ledgered):
    """A letter whose first fact is personal already."""

    TOPIC = "test-letter"

    def __init__(self, text: str) -> None:
        self.text = text

    class Event(Ledgered.Event):
        """What happens to a letter."""

    class Written(Event, Aggregate.Created):
        """A letter was written."""

        TOPIC = "test-letter.written.v1"
        writer_id: UUID
        text: Annotated[str, Personal(Retention.GOVERNANCE, "writer_id")]

    Created = Written


def stamp() -> Stamp:
    return Stamp(
        recorded_at=AT,
        effective_on=date(2026, 2, 28),
        actor="staff-7",
        on_behalf_of=None,
        command_id=COMMAND,
        operation="parcel.pack",
        body_mac="ab" * 32,
    )


def packed(stream: UUID = STREAM) -> Parcel:
    return Parcel.begin(
        stamp(),
        id=stream,
        number="P-1",
        insured_c=120_000,
        fragile=True,
        due_on=date(2026, 4, 1),
        opens_at=AT,
        colour=Colour.BLUE,
        parts=(Part(Colour.RED, 100, Weight(5)), Part(Colour.BLUE, 200)),
        remark=None,
    )


def addressed(parcel: Parcel, *, name: str = "Zoë", email: str | None = "zoe@example.coop") -> None:
    parcel.note(
        Parcel.Addressed,
        stamp(),
        person_id=PERSON,
        price_c=1_250,
        name=name,
        lines=("Rue Haute 1", "1000 Bruxelles"),
        email=email,
    )
