"""How the life of an activity goes on and ends; the activity names its own of these facts.

Membership, employment and activity end separately, each on its own day. A frozen activity promises and
invoices nothing new; what is owed already is paid, and what the law brings about still counts. One
that closes still invoices and pays what was done until its last day. It is closed once it has nothing,
lacks nothing, and nobody waits for anything of it.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Any, ClassVar
from uuid import UUID

from domain.errors import (
    ActivityEnded,
    ActivityIsFrozen,
    ActivityIsOpen,
    ActivityNotClosing,
    ActivityNotEmpty,
    EmptyText,
    SuppliedAfterTheEnd,
)
from domain.facts import Ledgered, Stamp, require_day


class ActivityState(StrEnum):
    """Where the life of an activity stands."""

    OPEN = "open"
    FROZEN = "frozen"
    CLOSING = "closing"
    CLOSED = "closed"


class Freezing(Ledgered.Event):
    """Why nothing new is promised or invoiced; the reason names no person."""

    reason: str

    def apply(self, activity: Any) -> None:
        """Let it rest."""
        activity.state = ActivityState.FROZEN


class GoingOn(Ledgered.Event):
    """Why it goes on as before."""

    reason: str

    def apply(self, activity: Any) -> None:
        """Be open, with no last day."""
        activity.state = ActivityState.OPEN
        activity.ends_on = None


class Ending(Ledgered.Event):
    """The last day on which anything is supplied, and why it ends."""

    ends_on: date
    reason: str

    def apply(self, activity: Any) -> None:
        """Be on the way to its end."""
        activity.state = ActivityState.CLOSING
        activity.ends_on = self.ends_on


class End(Ledgered.Event):
    """It had nothing left, lacked nothing and had promised nothing."""

    ends_on: date

    def apply(self, activity: Any) -> None:
        """Be over."""
        activity.state = ActivityState.CLOSED


class ActivityLife(Ledgered):
    """What an activity may still do; the balances it is judged by are its own."""

    Frozen: ClassVar[type[Ledgered.Event]]
    ClosingBegun: ClassVar[type[Ledgered.Event]]
    Reopened: ClassVar[type[Ledgered.Event]]
    Closed: ClassVar[type[Ledgered.Event]]

    entity_id: UUID
    code: str
    state: ActivityState
    ends_on: date | None
    result_c: int
    open_net_c: int
    committed_c: int

    def freeze(self, stamp: Stamp, *, reason: str) -> None:
        """Promise and invoice nothing new, for a reason."""
        if self.state is not ActivityState.OPEN:
            self._refuse()
        self._say(self.Frozen, stamp, reason=reason)

    def begin_closing(self, stamp: Stamp, *, ends_on: date, reason: str) -> None:
        """Let the activity end on that day, whether or not it is frozen."""
        require_day(ends_on)
        if self.state not in (ActivityState.OPEN, ActivityState.FROZEN):
            self._refuse()
        self._say(self.ClosingBegun, stamp, ends_on=ends_on, reason=reason)

    def reopen(self, stamp: Stamp, *, reason: str) -> None:
        """Go on: what froze it is over, or its end was a mistake."""
        if self.state is ActivityState.OPEN:
            raise ActivityIsOpen(activity=self.code)
        self._say(self.Reopened, stamp, reason=reason)

    def close(self, stamp: Stamp) -> None:
        """Be over, on its last day or later, with nothing left, lacking or promised."""
        if self.state is not ActivityState.CLOSING or self.ends_on is None:
            raise ActivityNotClosing(activity=self.code, state=self.state)
        if stamp.effective_on < self.ends_on:
            raise ActivityNotClosing(activity=self.code, state=self.state, ends_on=self.ends_on)
        if self.result_c or self.open_net_c or self.committed_c:
            raise ActivityNotEmpty(
                result_c=self.result_c, open_net_c=self.open_net_c, committed_c=self.committed_c
            )
        self.note(self.Closed, stamp, entity_id=self.entity_id, ends_on=self.ends_on)

    def require_promising(self) -> None:
        """Refuse that a frozen or closed activity promises anything new."""
        if self.state in (ActivityState.FROZEN, ActivityState.CLOSED):
            self._refuse()

    def require_supplying(self, supplied_on: date) -> None:
        """Refuse to invoice what is supplied while it is frozen, after its last day, or once it is closed."""
        self.require_promising()
        if self.has_ended(supplied_on):
            raise SuppliedAfterTheEnd(activity=self.code, ends_on=self.ends_on, supplied_on=supplied_on)

    def require_ending(self) -> None:
        """Refuse what only an activity at its end does."""
        if self.state not in (ActivityState.CLOSING, ActivityState.CLOSED):
            raise ActivityNotClosing(activity=self.code, state=self.state)

    def has_ended(self, on: date) -> bool:
        """Tell whether its last day is before that one."""
        return self.ends_on is not None and self.ends_on < on

    def _refuse(self) -> None:
        frozen = self.state is ActivityState.FROZEN
        raise (ActivityIsFrozen if frozen else ActivityEnded)(activity=self.code, state=self.state)

    def _say(self, kind: type[Ledgered.Event], stamp: Stamp, *, reason: str, **says: object) -> None:
        if not reason.strip():
            raise EmptyText(field="reason")
        self.note(kind, stamp, entity_id=self.entity_id, **says, reason=reason)
