"""The refusals about periods and the books.

* Malformed
  + InvalidMonth
* RuleBroken
  + PeriodRefusal
    - NoOpenPeriod
    - PeriodNotOpen
    - PeriodNotClosing
    - EarlierPeriodOpen
    - BooksStopped
    - DigestTooEarly
    - BooksDoNotBalance
    - PeriodNotClosed
    - LaterPeriodStopped
    - NoReopeningProposed
"""

from __future__ import annotations

from domain.errors.base import Malformed, RuleBroken


class InvalidMonth(Malformed):
    """A period is a month, written as 2026-01."""

    code = "invalid-month"


class PeriodRefusal(RuleBroken):
    """The period does not allow this."""

    code = "period-refused"


class NoOpenPeriod(PeriodRefusal):
    """No period is open on or after that day: open one first (`tutti period open`)."""

    code = "no-open-period"


class PeriodNotOpen(PeriodRefusal):
    """The period is not open."""

    code = "period-not-open"


class PeriodNotClosing(PeriodRefusal):
    """A period is closed in two steps: stop its bookings first, then close it with its digest."""

    code = "period-not-closing"


class EarlierPeriodOpen(PeriodRefusal):
    """An earlier period still takes bookings: close it first."""

    code = "earlier-period-open"


class BooksStopped(PeriodRefusal):
    """The books are stopped beyond this month: it can no longer be opened."""

    code = "books-stopped"


class DigestTooEarly(PeriodRefusal):
    """A digest rests on the log as it stands since the bookings were stopped: take it again."""

    code = "digest-too-early"


class BooksDoNotBalance(PeriodRefusal):
    """A period closes only on a trial balance whose debits equal its credits."""

    code = "books-do-not-balance"


class PeriodNotClosed(PeriodRefusal):
    """The period is not closed: there is nothing to reopen."""

    code = "period-not-closed"


class LaterPeriodStopped(PeriodRefusal):
    """A later period is closed or closing, and its figures rest on this one: reopen that one first."""

    code = "later-period-stopped"


class NoReopeningProposed(PeriodRefusal):
    """Nobody has proposed to reopen this period: a proposal with its reason comes first."""

    code = "no-reopening-proposed"
