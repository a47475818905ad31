"""What motions carry: members excluded after they could answer, and offices that hold no more than their seats."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule

from domain.aggregates.exclusion import Exclusion
from domain.aggregates.mandate_register import MandateRegister
from domain.elections.mandates import Term
from domain.ledger import exclusions, mandates
from tests.areas.deciding import WHO, Deciding
from tests.areas.desk import PICK
from tests.domain.electing import OFFICE, RULE, VOTERS

LEAST_MEMBERS, MOST_YEARS = 3, 6
TOLD = st.dates(date(2026, 3, 2), date(2026, 3, 28))
DAYS_MORE = st.sampled_from([-1, 0, 1, 1, 5])
MONTHS = st.integers(0, 40)
LENGTHS = st.sampled_from([0, 6, 12, 24, 72, 73])
FIRST_MONTH = 2026 * 12 + 3


@dataclass
class PaperExclusion:
    """One proposal to exclude a member: until when they may answer, and whether they did and were heard."""

    id: UUID
    who: int
    answer_by: date
    state: str = "proposed"
    answered: bool = False
    hearing: bool = False
    heard: bool = False
    notified: bool = False
    decided_on: date = date.max


@dataclass
class PaperMandate:
    """One mandate: from its first day until the first day without."""

    id: UUID
    who: int
    starts_on: date
    over_on: date
    ended: bool = False

    def held_on(self, day: date) -> bool:
        return self.starts_on <= day < self.over_on


def month(number: int) -> date:
    """The first day of the n-th month from April 2026 on."""
    return date((FIRST_MONTH + number) // 12, (FIRST_MONTH + number) % 12 + 1, 1)


class Offices(Deciding):
    """Rules about leaving by exclusion, and about one office of two seats."""

    def found(self) -> None:
        super().found()
        self.exclusions: list[PaperExclusion] = []
        self.mandates: list[PaperMandate] = []
        self.seats = 2

    @rule()
    def adopt_a_motion(self) -> None:
        """Table one and let all members sign it."""
        self.table("Walk.")
        self.propose_of(self.motions[-1])
        for who in sorted(self.members):
            self.sign_it(self.decisions[-1], who)

    def carrying(self, pick: int) -> tuple[UUID, bool]:
        """The motion that is named, and whether it carries anything."""
        motion = self.motion(pick, adopted=True)
        return (UUID(int=1), False) if motion is None else (motion.id, motion.adopted)

    @rule(who=WHO, day=TOLD)
    def propose_to_exclude(self, who: int, day: date) -> None:
        """Tell a member why; they have a month to answer."""
        new = self.new_id()
        asked: dict[str, Any] = {"exclusion_id": new, "membership_id": VOTERS[who], "reasons": "harm"}
        if self.ask(who in self.members, exclusions.propose_exclusion, on=day, **asked):
            self.exclusions.append(PaperExclusion(new, who, day.replace(month=day.month + 1)))

    def exclusion(self, pick: int, state: str = "proposed") -> PaperExclusion | None:
        """One that stands there; now and then any."""
        return self.one_of(self.exclusions, pick, lambda each: each.state == state)

    @rule(pick=PICK, hearing=st.booleans())
    def answer(self, pick: int, *, hearing: bool) -> None:
        if (one := self.exclusion(pick)) is None:
            return
        asked: dict[str, Any] = {"exclusion_id": one.id, "observations": "no", "hearing_asked": hearing}
        if self.ask(one.state == "proposed", exclusions.receive_observations, on=one.answer_by, **asked):
            one.answered, one.hearing = True, one.hearing or hearing

    @rule(pick=PICK)
    def hear(self, pick: int) -> None:
        if (one := self.exclusion(pick)) is None:
            return
        asked: dict[str, Any] = {"exclusion_id": one.id, "minutes_sha256": "ab" * 32}
        if self.ask(one.state == "proposed", exclusions.hold_hearing, on=one.answer_by, **asked):
            one.answered = one.heard = True

    @rule(pick=PICK, of=PICK, days=DAYS_MORE)
    def exclude(self, pick: int, of: int, days: int) -> None:
        """Exclude by an adopted motion, once they answered or could have, and were heard if they asked."""
        if (one := self.exclusion(pick)) is None:
            return
        motion_id, carries = self.carrying(of)
        day = one.answer_by + timedelta(days=days)
        right = one.state == "proposed" and carries and one.who in self.members
        right = right and (one.answered or days > 0) and (one.heard or not one.hearing)
        right = right and len(self.members) > LEAST_MEMBERS
        asked: dict[str, Any] = {"exclusion_id": one.id, "motion_id": motion_id, "decision_ref": "7"}
        if self.ask(right, exclusions.exclude_member, on=day, motivation="harm", **asked):
            one.state, one.decided_on = "decided", day
            self.members.discard(one.who)

    @rule(pick=PICK, days=st.integers(0, 20))
    def notify(self, pick: int, days: int) -> None:
        """Tell the decision, once, however late; the days are recorded."""
        if (one := self.exclusion(pick, "decided")) is None:
            return
        right = one.state == "decided" and not one.notified
        day = one.decided_on + timedelta(days=days) if one.state == "decided" else one.answer_by
        if self.ask(right, exclusions.notify_exclusion, on=day, exclusion_id=one.id):
            one.notified = True
            assert self.ledger.facts[-1].days == days

    @rule(pick=PICK)
    def let_be(self, pick: int) -> None:
        if (one := self.exclusion(pick)) is None:
            return
        asked: dict[str, Any] = {"exclusion_id": one.id, "reason": "they made peace"}
        if self.ask(one.state == "proposed", exclusions.drop_exclusion, on=one.answer_by, **asked):
            one.state = "dropped"

    @rule(seats=st.integers(0, 3))
    def change_seats(self, seats: int) -> None:
        """Change how many seats there are; mandates that run stay."""
        asked: dict[str, Any] = {"office_id": OFFICE, "seats": seats, "source_ref": "statutes art. 10"}
        if self.ask(seats > 0, mandates.change_seats, on=month(0), **asked):
            self.seats = seats

    def seat_is_free(self, starts_on: date, over_on: date, beside: UUID | None = None) -> bool:
        """Tell whether on each day fewer others hold the office than there are seats."""
        others = [each for each in self.mandates if each.id != beside]
        days = [starts_on, *(each.starts_on for each in others if starts_on < each.starts_on < over_on)]
        return all(sum(each.held_on(day) for each in others) < self.seats for day in days)

    @rule(who=WHO, of=PICK, start=MONTHS, length=LENGTHS)
    def appoint(self, who: int, of: int, start: int, length: int) -> None:
        """Appoint a member who does not hold the office, nor will, for six years at most, on a free seat."""
        new, (motion_id, carries) = self.new_id(), self.carrying(of)
        starts_on, over_on = month(start), month(start + length)
        holds = any(
            each.who == who and each.over_on > max(starts_on, each.starts_on) for each in self.mandates
        )
        right = who in self.members and carries and 0 < length <= 12 * MOST_YEARS and not holds
        right = right and self.seat_is_free(starts_on, over_on)
        asked: dict[str, Any] = {"office_id": OFFICE, "mandate_id": new, "membership_id": VOTERS[who]}
        asked |= {"motion_id": motion_id, "term": Term(starts_on, ends_on=over_on), **RULE}
        if self.ask(right, mandates.appoint, on=month(0), **asked):
            self.mandates.append(PaperMandate(new, who, starts_on, over_on))

    def mandate(self, pick: int) -> PaperMandate | None:
        """One that was not ended; now and then any."""
        return self.one_of(self.mandates, pick, lambda each: not each.ended)

    @rule(pick=PICK, of=PICK, after=st.integers(-1, 30), length=LENGTHS)
    def renew(self, pick: int, of: int, after: int, length: int) -> None:
        """Renew a mandate that runs on the day the new term starts, up to the next one of its holder."""
        if (one := self.mandate(pick)) is None:
            return
        motion_id, carries = self.carrying(of)
        start = (one.starts_on.year * 12 + one.starts_on.month - 1) - FIRST_MONTH + after
        starts_on, over_on = month(start), month(start + length)
        right = (
            one.who in self.members
            and not one.ended
            and one.held_on(starts_on)
            and carries
            and 0 < length <= 12 * MOST_YEARS
        )
        right = right and self.seat_is_free(one.starts_on, over_on, beside=one.id)
        later = [each for each in self.mandates if each.who == one.who and each.id != one.id]
        right = right and not any(
            max(starts_on, each.starts_on) < min(over_on, each.over_on) for each in later
        )
        asked: dict[str, Any] = {"office_id": OFFICE, "mandate_id": one.id, "motion_id": motion_id}
        asked |= {"term": Term(starts_on, ends_on=over_on), **RULE}
        if self.ask(right, mandates.renew_mandate, on=month(0), **asked):
            one.over_on = over_on

    @rule(pick=PICK, of=PICK, after=st.integers(-1, 30), revoked=st.booleans())
    def end(self, pick: int, of: int, after: int, *, revoked: bool) -> None:
        """Give the office up, or take it back by a motion, while it is held."""
        if (one := self.mandate(pick)) is None:
            return
        day = one.starts_on + timedelta(days=30 * after)
        right = not one.ended and one.held_on(day)
        asked: dict[str, Any] = {"office_id": OFFICE, "mandate_id": one.id, "ends_on": day}
        if revoked:
            asked["motion_id"], carries = self.carrying(of)
            right = right and carries
        case: Any = mandates.revoke_mandate if revoked else mandates.resign_mandate
        if self.ask(right, case, on=month(0), **asked):
            one.ended, one.over_on = True, day

    @rule(at=st.integers(0, 120))
    def expire(self, at: int) -> None:
        """Record the end of all mandates that have come to it."""
        day = month(at)
        due = [each for each in self.mandates if not each.ended and each.over_on <= day]
        if self.ask(bool(due), mandates.expire_mandates, on=day, office_id=OFFICE):
            for each in due:
                each.ended = True

    @invariant()
    def exclusions_and_mandates_are_those_on_paper(self) -> None:
        for one in self.exclusions:
            assert self.state(Exclusion, one.id).state == one.state
        kept = self.state(MandateRegister, OFFICE)
        assert kept.seats == self.seats
        stands = {each.mandate_id: (each.term.starts_on, each.over_on) for each in kept.mandates.values()}
        assert stands == {each.id: (each.starts_on, each.over_on) for each in self.mandates}

    @invariant()
    def nobody_holds_the_office_twice_on_one_day(self) -> None:
        for one in self.mandates:
            beside = [each for each in self.mandates if each.who == one.who and each.id != one.id]
            assert not any(each.held_on(one.starts_on) and one.held_on(one.starts_on) for each in beside)
