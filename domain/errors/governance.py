"""The refusals about assemblies, motions and votes.

* Malformed
  + InvalidAgenda
  + UnknownChoice
  + InvalidThreshold
  + InvalidProvisions
* NotFound
  + UnknownPreset
* RuleBroken
  + GovernanceRefusal
    - RuleNotInForce
    - RollNotFrozen
    - EmptyRoll
    - PollNotOpen
    - PollStillOpen
    - PollAlreadyCounted
    - MotionAlreadyOpened
    - NotOnTheRoll
    - VoteUnchanged
    - CountDisagrees
    - AssemblyAlreadyOpened
    - AssemblyNotOpen
    - AssemblyOver
    - NotOnTheAgenda
    - AlreadyPresent
    - NotPresent
    - ProxyAlreadyGiven
    - ChainedProxy
    - TooManyProxies
    - NoSuchProxy
    - PollsNotCounted
"""

from __future__ import annotations

from domain.errors.base import Malformed, NotFound, RuleBroken


class InvalidAgenda(Malformed):
    """An agenda names at least one motion, and each once."""

    code = "invalid-agenda"
    fr = "Un ordre du jour nomme au moins une motion, et chacune une fois."
    nl = "Een agenda noemt minstens één motie, en elke motie één keer."


class UnknownChoice(Malformed):
    """A vote is yes, no, abstain, blank or invalid."""

    code = "unknown-choice"
    fr = "Un vote est oui, non, abstention, blanc ou nul (yes, no, abstain, blank, invalid)."
    nl = "Een stem is ja, nee, onthouding, blanco of ongeldig (yes, no, abstain, blank, invalid)."


class InvalidThreshold(Malformed):
    """A quorum or majority is a fraction between 0 and 1 with a positive denominator."""

    code = "invalid-threshold"
    fr = "Un quorum ou une majorité est une fraction entre 0 et 1 dont le dénominateur est positif."
    nl = "Een quorum of meerderheid is een breuk tussen 0 en 1 met een positieve noemer."


class InvalidProvisions(Malformed):
    """A rule cannot be followed as it is written: the item named is missing or makes no sense."""

    code = "invalid-provisions"
    fr = "Une règle ne peut être suivie telle qu'elle est écrite : l'élément nommé manque ou n'a pas de sens."
    nl = "Een regel kan niet gevolgd worden zoals hij er staat: het genoemde onderdeel ontbreekt of slaat nergens op."


class UnknownPreset(NotFound):
    """There is no preset of a rule by that name."""

    code = "unknown-preset"
    fr = "Aucune règle type ne porte ce nom."
    nl = "Er is geen modelregel met die naam."


class GovernanceRefusal(RuleBroken):
    """The rules of decision do not allow this."""

    code = "governance-refused"
    fr = "Les règles de décision ne le permettent pas."
    nl = "De beslissingsregels staan dit niet toe."


class RuleNotInForce(GovernanceRefusal):
    """This rule is not in force on that day."""

    code = "rule-not-in-force"
    fr = "Cette règle n'est pas en vigueur à cette date."
    nl = "Deze regel geldt niet op die dag."


class RollNotFrozen(GovernanceRefusal):
    """The roll is not frozen."""

    code = "roll-not-frozen"
    fr = "La liste électorale n'est pas arrêtée."
    nl = "De kiezerslijst is niet vastgesteld."


class EmptyRoll(GovernanceRefusal):
    """The roll would be empty: there is no effective member on that day."""

    code = "empty-roll"
    fr = "La liste électorale serait vide : il n'y a aucun membre effectif à cette date."
    nl = "De kiezerslijst zou leeg zijn: er is op die dag geen enkel werkend lid."


class PollNotOpen(GovernanceRefusal):
    """The poll is not open: nothing is cast outside its window."""

    code = "poll-not-open"
    fr = "Le scrutin n'est pas ouvert : on ne vote pas hors de son délai."
    nl = "De stemming is niet open: buiten haar termijn wordt niet gestemd."


class PollStillOpen(GovernanceRefusal):
    """The poll is still open: close it before it is counted."""

    code = "poll-still-open"
    fr = "Le scrutin est encore ouvert : clôturez-le avant le dépouillement."
    nl = "De stemming is nog open: sluit ze vóór de telling."


class PollAlreadyCounted(GovernanceRefusal):
    """The poll was counted already."""

    code = "poll-already-counted"
    fr = "Le scrutin a déjà été dépouillé."
    nl = "De stemming is al geteld."


class MotionAlreadyOpened(GovernanceRefusal):
    """The motion was put to the vote already; its text can no longer change."""

    code = "motion-already-opened"
    fr = "La motion a déjà été mise aux voix ; son texte ne peut plus changer."
    nl = "De motie is al ter stemming gebracht; haar tekst kan niet meer wijzigen."


class NotOnTheRoll(GovernanceRefusal):
    """This person is not on the roll of this poll."""

    code = "not-on-the-roll"
    fr = "Cette personne n'est pas sur la liste électorale de ce scrutin."
    nl = "Deze persoon staat niet op de kiezerslijst van deze stemming."


class VoteUnchanged(GovernanceRefusal):
    """This vote stands already; a change would be recorded as such."""

    code = "vote-unchanged"
    fr = "Ce vote est déjà émis ; un changement serait enregistré comme tel."
    nl = "Deze stem staat er al; een wijziging zou als dusdanig vastgelegd worden."


class CountDisagrees(GovernanceRefusal):
    """The count does not agree with the votes of this poll."""

    code = "count-disagrees"
    fr = "Le dépouillement ne correspond pas aux votes de ce scrutin."
    nl = "De telling stemt niet overeen met de stemmen van deze stemming."


class AssemblyAlreadyOpened(GovernanceRefusal):
    """The assembly was opened already."""

    code = "assembly-already-opened"
    fr = "L'assemblée a déjà été ouverte."
    nl = "De vergadering is al geopend."


class AssemblyNotOpen(GovernanceRefusal):
    """The assembly is not open."""

    code = "assembly-not-open"
    fr = "L'assemblée n'est pas ouverte."
    nl = "De vergadering is niet open."


class AssemblyOver(GovernanceRefusal):
    """The assembly is over."""

    code = "assembly-over"
    fr = "L'assemblée est close."
    nl = "De vergadering is voorbij."


class NotOnTheAgenda(GovernanceRefusal):
    """The assembly decides only what is on its agenda."""

    code = "not-on-the-agenda"
    fr = "L'assemblée ne décide que de ce qui est à son ordre du jour."
    nl = "De vergadering beslist alleen over wat op haar agenda staat."


class AlreadyPresent(GovernanceRefusal):
    """This member is present, and votes in person."""

    code = "already-present"
    fr = "Ce membre est présent et vote en personne."
    nl = "Dit lid is aanwezig en stemt zelf."


class NotPresent(GovernanceRefusal):
    """Only who is present votes in an assembly, for themselves or by proxy."""

    code = "not-present"
    fr = "Seul qui est présent vote dans une assemblée, pour soi ou par procuration."
    nl = "Alleen wie aanwezig is, stemt in een vergadering, voor zichzelf of met een volmacht."


class ProxyAlreadyGiven(GovernanceRefusal):
    """This member gave a proxy already: revoke it first."""

    code = "proxy-already-given"
    fr = "Ce membre a déjà donné procuration : révoquez-la d'abord."
    nl = "Dit lid gaf al een volmacht: herroep die eerst."


class ChainedProxy(GovernanceRefusal):
    """A proxy goes to another member, who gave none: there is no proxy of a proxy."""

    code = "chained-proxy"
    fr = "Une procuration va à un autre membre, qui n'en a pas donné : il n'y a pas de procuration de procuration."
    nl = "Een volmacht gaat naar een ander lid, dat er zelf geen gaf: er is geen volmacht van een volmacht."


class TooManyProxies(GovernanceRefusal):
    """This member holds as many proxies as the rule allows."""

    code = "too-many-proxies"
    fr = "Ce membre détient autant de procurations que la règle le permet."
    nl = "Dit lid heeft zoveel volmachten als de regel toestaat."


class NoSuchProxy(GovernanceRefusal):
    """There is no such proxy."""

    code = "no-such-proxy"
    fr = "Cette procuration n'existe pas."
    nl = "Deze volmacht bestaat niet."


class PollsNotCounted(GovernanceRefusal):
    """An assembly ends once every poll opened in it is counted."""

    code = "polls-not-counted"
    fr = "Une assemblée se clôt quand tous les scrutins ouverts en séance sont dépouillés."
    nl = "Een vergadering eindigt als elke stemming die er geopend werd, geteld is."
