"""The refusals about an activity that is frozen or ends, and about what it lacks at its end.

* RuleBroken
  + EndingRefusal
    - ActivityIsFrozen
    - ActivityIsOpen
    - ActivityEnded
    - ActivityNotClosing
    - ActivityNotEmpty
    - SuppliedAfterTheEnd
    - ExceedsDeficit
    - ExceedsDeficitWrittenOff
    - DeficitOfAnother
    - ConsentMissing
    - OverWageLimit
    - DueChanged
"""

from __future__ import annotations

from domain.errors.base import RuleBroken


class EndingRefusal(RuleBroken):
    """The end of the activity does not allow this."""

    code = "ending-refused"
    fr = "La fin de l'activité ne le permet pas."
    nl = "Het einde van de activiteit staat dit niet toe."


class ActivityIsFrozen(EndingRefusal):
    """This activity is frozen: nothing new is promised or invoiced until it goes on."""

    code = "activity-is-frozen"
    fr = "Cette activité est gelée : rien de nouveau n'est engagé ni facturé avant sa reprise."
    nl = "Deze activiteit is bevroren: niets nieuws wordt toegezegd of gefactureerd tot ze verdergaat."


class ActivityIsOpen(EndingRefusal):
    """This activity is neither frozen nor at its end."""

    code = "activity-is-open"
    fr = "Cette activité n'est ni gelée ni à sa fin."
    nl = "Deze activiteit is niet bevroren en niet aan haar einde."


class ActivityEnded(EndingRefusal):
    """This activity is closing or closed."""

    code = "activity-ended"
    fr = "Cette activité est en clôture ou clôturée."
    nl = "Deze activiteit wordt afgesloten of is afgesloten."


class ActivityNotClosing(EndingRefusal):
    """An activity is closed once its closing has begun and its last day has come."""

    code = "activity-not-closing"
    fr = "Une activité est clôturée une fois sa clôture commencée et son dernier jour venu."
    nl = "Een activiteit wordt afgesloten zodra haar afsluiting begonnen is en haar laatste dag gekomen is."


class ActivityNotEmpty(EndingRefusal):
    """An activity is closed once it has nothing left, lacks nothing, and has promised nothing."""

    code = "activity-not-empty"
    fr = "Une activité est clôturée quand il ne lui reste rien, qu'il ne lui manque rien et qu'elle n'a rien engagé."
    nl = "Een activiteit wordt afgesloten als ze niets over heeft, niets tekortkomt en niets heeft toegezegd."


class SuppliedAfterTheEnd(EndingRefusal):
    """The activity ended before this day: what is supplied after its last day is not invoiced by it."""

    code = "supplied-after-the-end"
    fr = "L'activité a pris fin avant ce jour : ce qui est fourni après son dernier jour n'est pas facturé par elle."
    nl = "De activiteit eindigde vóór deze dag: wat na haar laatste dag geleverd wordt, factureert zij niet."


class ExceedsDeficit(EndingRefusal):
    """This is more than the activity lacks, or than is still owed of its deficit."""

    code = "exceeds-deficit"
    fr = "C'est plus que ce qui manque à l'activité, ou que ce qui reste dû de son déficit."
    nl = "Dit is meer dan de activiteit tekortkomt, of dan wat van haar tekort nog verschuldigd is."


class ExceedsDeficitWrittenOff(EndingRefusal):
    """This is more than was written off of the deficit and has not come since."""

    code = "exceeds-deficit-written-off"
    fr = "C'est plus que ce qui a été abandonné de ce déficit et n'est pas rentré depuis."
    nl = "Dit is meer dan wat van dit tekort werd opgegeven en sindsdien niet is binnengekomen."


class DeficitOfAnother(EndingRefusal):
    """This deficit is owed by another person: it is set off only against what that person is owed."""

    code = "deficit-of-another"
    fr = "Ce déficit est dû par une autre personne : il ne se compense qu'avec ce qui est dû à celle-ci."
    nl = "Dit tekort is verschuldigd door iemand anders: het wordt alleen verrekend met wat aan die persoon verschuldigd is."


class ConsentMissing(EndingRefusal):
    """A deficit is set off against a withdrawal share only as far as the person's consent is recorded."""

    code = "consent-missing"
    fr = "Un déficit n'est compensé avec une part de retrait que dans la mesure du consentement consigné de la personne."
    nl = "Een tekort wordt alleen met een scheidingsaandeel verrekend zover de instemming van de persoon vastgelegd is."


class OverWageLimit(EndingRefusal):
    """This is more than may be withheld from one wage."""

    code = "over-wage-limit"
    fr = "C'est plus que ce qui peut être retenu sur une rémunération."
    nl = "Dit is meer dan wat op één loon mag worden ingehouden."


class DueChanged(EndingRefusal):
    """What is due changed since this payment was ordered: withdraw the order, and order it anew."""

    code = "due-changed"
    fr = "Ce qui est dû a changé depuis que ce paiement a été ordonné : retirez l'ordre et ordonnez-le à nouveau."
    nl = "Wat verschuldigd is, veranderde sinds deze betaling werd opgedragen: trek de opdracht in en geef ze opnieuw."
