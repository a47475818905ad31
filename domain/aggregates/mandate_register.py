"""Who holds an office of an entity: so many seats, and the mandates on them.

    ── Opened ──> kept ── SeatsChanged ──> kept, with so many seats
    kept ── MandateConferred ──> a mandate, until its end or ── MandateResigned ──> over
    a mandate ── MandateRenewed ──> the mandate, for another term
    a mandate ── MandateRevoked ──> over
    a mandate ── MandateExpired ──> over, at the end it was conferred with

Mandates are decided on this stream, so that no two of them can take one seat. The day a mandate ends is
the first day without it. One that ends on a day is over on it without a further fact.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from uuid import UUID

from domain.elections.mandates import Holding, Term, require_seats
from domain.errors import (
    AlreadyExists,
    AlreadyHoldsMandate,
    EmptyText,
    MandateOver,
    NoSeats,
    NothingExpires,
    UnknownMandate,
)
from domain.facts import Ledgered, Stamp


class MandateRegister(Ledgered):
    """The mandates of one office of one legal entity."""

    TOPIC = "mandate-register"

    def __init__(self, entity_id: UUID, office: str, seats: int) -> None:
        """Start without mandates."""
        self.entity_id = entity_id
        self.office = office
        self.seats = seats
        self.mandates: Mapping[UUID, Holding] = {}

    class Event(Ledgered.Event):
        """What happened to an office."""

        entity_id: UUID
        office: str

    class Opened(Event, Ledgered.Created):
        """The entity has this office, with so many seats; `source_ref` says by which text."""

        TOPIC = "mandate-register.opened.v1"
        seats: int
        source_ref: str

    Created = Opened

    class SeatsChanged(Event):
        """The office has so many seats from now on, by this text or decision."""

        TOPIC = "mandate-register.seats-changed.v1"
        seats: int
        source_ref: str

        def apply(self, register: MandateRegister) -> None:
            """Take the new number."""
            register.seats = self.seats

    class MandateConferred(Event):
        """A member holds the office for this term, by an election or by a motion."""

        TOPIC = "mandate-register.mandate-conferred.v1"
        mandate_id: UUID
        membership_id: UUID
        term: Term
        election_id: UUID | None
        motion_id: UUID | None

        def apply(self, register: MandateRegister) -> None:
            """Add the mandate."""
            held = Holding(self.mandate_id, self.membership_id, self.term)
            register.mandates = {**register.mandates, self.mandate_id: held}

    class MandateRenewed(Event):
        """The holder keeps the office until this end, by an election or by a motion."""

        TOPIC = "mandate-register.mandate-renewed.v1"
        mandate_id: UUID
        membership_id: UUID
        term: Term
        election_id: UUID | None
        motion_id: UUID | None

        def apply(self, register: MandateRegister) -> None:
            """Move the end; the mandate began when it began."""
            held = register.mandates[self.mandate_id]
            term = replace(self.term, starts_on=held.term.starts_on)
            register.mandates = {**register.mandates, self.mandate_id: replace(held, term=term)}

    class MandateResigned(Event):
        """The holder gave the office up; `ends_on` is the first day without."""

        TOPIC = "mandate-register.mandate-resigned.v1"
        mandate_id: UUID
        membership_id: UUID
        ends_on: date

        def apply(self, register: MandateRegister) -> None:
            """End the mandate."""
            _end(register, self.mandate_id, self.ends_on)

    class MandateRevoked(Event):
        """The members took the office back by this motion; `ends_on` is the first day without."""

        TOPIC = "mandate-register.mandate-revoked.v1"
        mandate_id: UUID
        membership_id: UUID
        ends_on: date
        motion_id: UUID

        def apply(self, register: MandateRegister) -> None:
            """End the mandate."""
            _end(register, self.mandate_id, self.ends_on)

    class MandateExpired(Event):
        """The mandate came to the end it was conferred with: its day, or this assembly of its year."""

        TOPIC = "mandate-register.mandate-expired.v1"
        mandate_id: UUID
        membership_id: UUID
        ends_on: date
        assembly_id: UUID | None

        def apply(self, register: MandateRegister) -> None:
            """End the mandate."""
            _end(register, self.mandate_id, self.ends_on)

    @classmethod
    def open(
        cls, stamp: Stamp, *, id: UUID, entity_id: UUID, office: str, seats: int, source_ref: str
    ) -> MandateRegister:
        """Open the register of an office with at least one seat."""
        _require_sourced(seats, source_ref)
        return cls.begin(stamp, id=id, entity_id=entity_id, office=office, seats=seats, source_ref=source_ref)

    def change_seats(self, stamp: Stamp, *, seats: int, source_ref: str) -> None:
        """Change the number of seats from now on; mandates that run stay, and no new one passes it."""
        _require_sourced(seats, source_ref)
        self._note(self.SeatsChanged, stamp, seats=seats, source_ref=source_ref)

    def confer(
        self,
        stamp: Stamp,
        *,
        mandate_id: UUID,
        membership_id: UUID,
        term: Term,
        election_id: UUID | None = None,
        motion_id: UUID | None = None,
    ) -> None:
        """Confer the office on a member who does not hold it, on a free seat.

        Raises AlreadyExists, AlreadyHoldsMandate, SeatsTaken.
        """
        if mandate_id in self.mandates:
            raise AlreadyExists(kind="mandate", id=mandate_id)
        held = self.held_by(membership_id, term.starts_on)
        if held is not None:
            raise AlreadyHoldsMandate(mandate_id=held.mandate_id, until=held.over_on)
        self._require_seat(Holding(mandate_id, membership_id, term))
        self._note(
            self.MandateConferred,
            stamp,
            mandate_id=mandate_id,
            membership_id=membership_id,
            term=term,
            election_id=election_id,
            motion_id=motion_id,
        )

    def renew(
        self,
        stamp: Stamp,
        *,
        mandate_id: UUID,
        term: Term,
        election_id: UUID | None = None,
        motion_id: UUID | None = None,
    ) -> None:
        """Let a mandate that runs when `term` starts go on until the end of it.

        Raises MandateOver, AlreadyHoldsMandate if its holder has another one until then, SeatsTaken.
        """
        held = self.require_held(mandate_id, term.starts_on)
        for each in self.mandates.values():
            beside = each.membership_id == held.membership_id and each.mandate_id != mandate_id
            if beside and max(term.starts_on, each.term.starts_on) < min(term.over_on, each.over_on):
                raise AlreadyHoldsMandate(mandate_id=each.mandate_id, until=each.over_on)
        self._require_seat(replace(held, term=replace(term, starts_on=held.term.starts_on)))
        self._note(
            self.MandateRenewed,
            stamp,
            mandate_id=mandate_id,
            membership_id=held.membership_id,
            term=term,
            election_id=election_id,
            motion_id=motion_id,
        )

    def resign(self, stamp: Stamp, *, mandate_id: UUID, ends_on: date) -> None:
        """Let a holder give the office up."""
        held = self.require_held(mandate_id, ends_on)
        self._note(
            self.MandateResigned,
            stamp,
            mandate_id=mandate_id,
            membership_id=held.membership_id,
            ends_on=ends_on,
        )

    def revoke(self, stamp: Stamp, *, mandate_id: UUID, ends_on: date, motion_id: UUID) -> None:
        """Take the office back from a holder, by a motion."""
        held = self.require_held(mandate_id, ends_on)
        self._note(
            self.MandateRevoked,
            stamp,
            mandate_id=mandate_id,
            membership_id=held.membership_id,
            ends_on=ends_on,
            motion_id=motion_id,
        )

    def expire(self, stamp: Stamp, *, on: date, assembly_id: UUID | None, year: int | None) -> None:
        """Record the end of every mandate whose day has come, or which ends at the assembly of that year.

        Raises NothingExpires.
        """
        ended = False
        for held in self.mandates.values():
            at_assembly = held.term.ends_at_assembly_of
            due = held.term.over_on <= on if at_assembly is None else year is not None and at_assembly <= year
            if held.ended_on is None and due and held.term.starts_on < on:
                ended = True
                self._note(
                    self.MandateExpired,
                    stamp,
                    mandate_id=held.mandate_id,
                    membership_id=held.membership_id,
                    ends_on=held.term.ends_on or on,
                    assembly_id=assembly_id if held.term.ends_on is None else None,
                )
        if not ended:
            raise NothingExpires(on=on, assembly_of=year)

    def held_by(self, membership_id: UUID, on: date) -> Holding | None:
        """Return the mandate a member holds on that day, or one that begins later."""
        return next(
            (
                each
                for each in self.mandates.values()
                if each.membership_id == membership_id and each.over_on > max(on, each.term.starts_on)
            ),
            None,
        )

    def require_held(self, mandate_id: UUID, on: date) -> Holding:
        """Return a mandate that is held on that day; raises UnknownMandate, MandateOver."""
        held = self.mandates.get(mandate_id)
        if held is None:
            raise UnknownMandate(mandate_id=mandate_id)
        if held.ended_on is not None or not held.held_on(on):
            raise MandateOver(starts_on=held.term.starts_on, over_on=held.over_on)
        return held

    def _require_seat(self, holding: Holding) -> None:
        others = [each for each in self.mandates.values() if each.mandate_id != holding.mandate_id]
        beside = [each for each in others if each.over_on > holding.term.starts_on]
        beside = [each for each in beside if each.term.starts_on < holding.over_on]
        require_seats([*beside, holding], self.seats)

    def _note(self, kind: type[Event], stamp: Stamp, /, **says: object) -> None:
        self.note(kind, stamp, entity_id=self.entity_id, office=self.office, **says)


def _end(register: MandateRegister, mandate_id: UUID, ends_on: date) -> None:
    ended = replace(register.mandates[mandate_id], ended_on=ends_on)
    register.mandates = {**register.mandates, mandate_id: ended}


def _require_sourced(seats: int, source_ref: str) -> None:
    if seats < 1:
        raise NoSeats(seats=seats)
    if not source_ref.strip():
        raise EmptyText(field="source_ref")
