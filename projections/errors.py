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
    fr = "Les vues se constituent : redemandez bientôt."
    nl = "De leesmodellen worden gemaakt: vraag het straks opnieuw."


class PeriodReversed(Malformed):
    """The last day of this period lies before its first."""

    code = "period-reversed"
    fr = "Le dernier jour de cette période précède le premier."
    nl = "De laatste dag van deze periode ligt vóór de eerste."


class ReadModelRefusal(Refusal):
    """The read models do not allow this."""

    code = "read-models-refused"
    fr = "Les vues ne le permettent pas."
    nl = "De leesmodellen staan dit niet toe."


class ReadModelsOutdated(ReadModelRefusal):
    """These read models were made by another version of Tutti: rebuild them (`tutti rebuild`)."""

    code = "read-models-outdated"
    fr = "Ces vues viennent d'une autre version de Tutti : reconstruisez-les (`tutti rebuild`)."
    nl = "Deze leesmodellen zijn van een andere versie van Tutti: bouw ze opnieuw op (`tutti rebuild`)."


class RebuildRunning(ReadModelRefusal):
    """The read models are being rebuilt already."""

    code = "rebuild-running"
    fr = "Les vues sont déjà en reconstruction."
    nl = "De leesmodellen worden al opnieuw opgebouwd."


class RebuildFailed(ReadModelRefusal):
    """A read model could not be rebuilt; the ones in use were left as they are."""

    code = "rebuild-failed"
    fr = "Une vue n'a pas pu être reconstruite ; celles en usage sont restées telles quelles."
    nl = "Een leesmodel kon niet opnieuw opgebouwd worden; die in gebruik bleven zoals ze waren."


class ReplayRunning(ReadModelRefusal):
    """The log is being replayed already."""

    code = "replay-running"
    fr = "Le journal est déjà en train d'être rejoué."
    nl = "Het logboek wordt al opnieuw afgespeeld."
