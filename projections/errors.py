"""Every way the read models say no. The docstring is the sentence the user reads.

* AskAgain (eventstore.errors)
  + NotProjectedYet
* Malformed (domain.errors)
  + PeriodReversed
* ReadModelRefusal
  + ReadModelsOutdated
  + RebuildRunning
  + RebuildFailed
  + ReplayRunning
"""

from __future__ import annotations

from domain.errors import Malformed, Refusal
from eventstore.errors import AskAgain


class NotProjectedYet(AskAgain):
    """The read models are being made: ask again shortly."""

    code = "not-projected-yet"


class PeriodReversed(Malformed):
    """The last day of this period lies before its first."""

    code = "period-reversed"


class ReadModelRefusal(Refusal):
    """The read models do not allow this."""

    code = "read-models-refused"


class ReadModelsOutdated(ReadModelRefusal):
    """These read models were made by another version of Tutti: rebuild them (`tutti rebuild`)."""

    code = "read-models-outdated"


class RebuildRunning(ReadModelRefusal):
    """The read models are being rebuilt already."""

    code = "rebuild-running"


class RebuildFailed(ReadModelRefusal):
    """A read model could not be rebuilt; the ones in use were left as they are."""

    code = "rebuild-failed"


class ReplayRunning(ReadModelRefusal):
    """The log is being replayed already."""

    code = "replay-running"
