"""The refusals about how an assembly is held, what is put to it, and what it carries.

* RuleBroken
  + GovernanceRefusal
    - SecretPollNotOffered
    - NotTheTextThatLackedQuorum
    - RollNotOfTheRecordDate
    - RollOutdated
    - RollInUse
    - WaivedAlready
    - AdvanceVotesNotAllowed
    - AdvanceVotesClosed
    - AdvanceVotesMissing
    - NoAdvanceVote
    - InConflict
    - ConflictDeclaredAlready
    - TextUnchanged
    - MotionDecidedAlready
    - NoSuchObjection
    - ObjectionKnown
    - ObjectionsStand
    - NotByConsent
    - NotInWriting
    - NotTheTextSigned
    - SignedAlready
    - DecisionInWritingOver
    - NothingToAnnul
    - PollIsAnnulled
    - AssemblyNotOver
    - NotTheseMinutes
    - MotionNeeded
"""

from __future__ import annotations

from domain.errors.governance import GovernanceRefusal


class SecretPollNotOffered(GovernanceRefusal):
    """Secret polls are not offered: no scheme that keeps them secret has been reviewed, so vote by roll-call."""

    code = "secret-poll-not-offered"
    fr = "Le scrutin secret n'est pas offert : aucun procédé qui en garde le secret n'a été examiné, votez par appel nominal."
    nl = "Geheime stemmingen worden niet aangeboden: geen werkwijze die ze geheim houdt, werd onderzocht; stem hoofdelijk."


class NotTheTextThatLackedQuorum(GovernanceRefusal):
    """A second assembly decides only the very texts that lacked their quorum in the first."""

    code = "not-the-text-that-lacked-quorum"
    fr = "Une seconde assemblée ne décide que des textes mêmes qui ont manqué leur quorum à la première."
    nl = (
        "Een tweede vergadering beslist alleen over de teksten zelf waarvoor op de eerste het quorum ontbrak."
    )


class RollNotOfTheRecordDate(GovernanceRefusal):
    """This assembly opens on the roll of its record date: freeze that one first, on that day or after it."""

    code = "roll-not-of-the-record-date"
    fr = "Cette assemblée s'ouvre sur la liste de sa date d'enregistrement : arrêtez-la d'abord, ce jour-là ou après."
    nl = "Deze vergadering opent op de lijst van haar registratiedatum: stel die eerst vast, op die dag of daarna."


class RollOutdated(GovernanceRefusal):
    """A member or a share changed while the roll was drawn: ask again."""

    code = "roll-outdated"
    fr = "Un membre ou une part a changé pendant que la liste était dressée : redemandez."
    nl = "Een lid of een aandeel veranderde terwijl de lijst opgemaakt werd: vraag het opnieuw."


class RollInUse(GovernanceRefusal):
    """A roll is corrected before the first poll or written adoption on it, and not after."""

    code = "roll-in-use"
    fr = "Une liste se corrige avant le premier scrutin ou la décision écrite qui s'en sert, et non après."
    nl = "Een lijst wordt verbeterd vóór de eerste stemming of het schriftelijke besluit waarvoor ze dient, en niet erna."


class WaivedAlready(GovernanceRefusal):
    """This member waived the notice already."""

    code = "waived-already"
    fr = "Ce membre a déjà renoncé à la convocation."
    nl = "Dit lid zag al af van de oproeping."


class AdvanceVotesNotAllowed(GovernanceRefusal):
    """The rule this assembly is called under takes no votes in advance."""

    code = "advance-votes-not-allowed"
    fr = "La règle selon laquelle cette assemblée est convoquée n'admet pas de vote anticipé."
    nl = "De regel volgens welke deze vergadering opgeroepen is, laat niet toe vooraf te stemmen."


class AdvanceVotesClosed(GovernanceRefusal):
    """Votes in advance are taken and taken back before the assembly opens."""

    code = "advance-votes-closed"
    fr = "Un vote anticipé s'émet et se retire avant l'ouverture de l'assemblée."
    nl = "Vooraf stemmen, of die stem terugnemen, kan tot de vergadering opent."


class AdvanceVotesMissing(GovernanceRefusal):
    """The votes in advance that were read out are not those that were received: ask again."""

    code = "advance-votes-missing"
    fr = "Les votes anticipés qui ont été lus ne sont pas ceux qui ont été reçus : redemandez."
    nl = "De vooraf uitgebrachte stemmen die gelezen werden, zijn niet die welke ontvangen werden: vraag het opnieuw."


class NoAdvanceVote(GovernanceRefusal):
    """There is no vote in advance of this member."""

    code = "no-advance-vote"
    fr = "Il n'y a pas de vote anticipé de ce membre."
    nl = "Er is vooraf geen stem van dit lid."


class InConflict(GovernanceRefusal):
    """This member declared a conflict of interest and takes no part in this vote."""

    code = "in-conflict"
    fr = "Ce membre a déclaré un conflit d'intérêts et ne prend pas part à ce vote."
    nl = "Dit lid meldde een belangenconflict en neemt niet deel aan deze stemming."


class ConflictDeclaredAlready(GovernanceRefusal):
    """This member declared the conflict of interest already."""

    code = "conflict-declared-already"
    fr = "Ce membre a déjà déclaré ce conflit d'intérêts."
    nl = "Dit lid meldde dit belangenconflict al."


class TextUnchanged(GovernanceRefusal):
    """An amendment changes the text; this is the text as it stands."""

    code = "text-unchanged"
    fr = "Un amendement change le texte ; celui-ci est le texte actuel."
    nl = "Een amendement wijzigt de tekst; dit is de huidige tekst."


class MotionDecidedAlready(GovernanceRefusal):
    """The motion is decided already."""

    code = "motion-decided-already"
    fr = "La motion est déjà décidée."
    nl = "Over de motie is al beslist."


class NoSuchObjection(GovernanceRefusal):
    """No such objection stands against the motion."""

    code = "no-such-objection"
    fr = "Aucune objection de ce genre n'est maintenue contre la motion."
    nl = "Zo'n bezwaar staat niet open tegen de motie."


class ObjectionKnown(GovernanceRefusal):
    """This objection was raised already."""

    code = "objection-known"
    fr = "Cette objection a déjà été soulevée."
    nl = "Dit bezwaar werd al gemaakt."


class ObjectionsStand(GovernanceRefusal):
    """There is no consent while an objection stands."""

    code = "objections-stand"
    fr = "Il n'y a pas de consentement tant qu'une objection est maintenue."
    nl = "Zolang een bezwaar openstaat, is er geen instemming."


class NotByConsent(GovernanceRefusal):
    """The rule does not let this be decided that way: a rule of consent takes objections, another one votes."""

    code = "not-by-consent"
    fr = "La règle ne permet pas d'en décider ainsi : une règle de consentement prend des objections, une autre un vote."
    nl = "De regel laat niet toe zo te beslissen: een regel van instemming vraagt bezwaren, een andere een stemming."


class NotInWriting(GovernanceRefusal):
    """This is not decided in writing: the rule does not allow it, and a change of the statutes never is."""

    code = "not-in-writing"
    fr = (
        "Ceci ne se décide pas par écrit : la règle ne le permet pas, et une modification des statuts jamais."
    )
    nl = "Dit wordt niet schriftelijk beslist: de regel laat het niet toe, en een statutenwijziging nooit."


class NotTheTextSigned(GovernanceRefusal):
    """The text was amended after it was sent to be signed."""

    code = "not-the-text-signed"
    fr = "Le texte a été amendé après son envoi à la signature."
    nl = "De tekst werd geamendeerd nadat hij ter ondertekening gestuurd was."


class SignedAlready(GovernanceRefusal):
    """This member signed already."""

    code = "signed-already"
    fr = "Ce membre a déjà signé."
    nl = "Dit lid tekende al."


class DecisionInWritingOver(GovernanceRefusal):
    """This decision in writing is adopted or dropped already."""

    code = "decision-in-writing-over"
    fr = "Cette décision écrite est déjà adoptée ou abandonnée."
    nl = "Deze schriftelijke beslissing is al genomen of opgegeven."


class NothingToAnnul(GovernanceRefusal):
    """This poll decided nothing that could be annulled."""

    code = "nothing-to-annul"
    fr = "Ce scrutin n'a rien décidé qui puisse être annulé."
    nl = "Deze stemming besliste niets dat vernietigd kan worden."


class PollIsAnnulled(GovernanceRefusal):
    """The poll is annulled."""

    code = "poll-is-annulled"
    fr = "Le scrutin est annulé."
    nl = "De stemming is vernietigd."


class AssemblyNotOver(GovernanceRefusal):
    """The minutes of an assembly are drawn up once it is closed."""

    code = "assembly-not-over"
    fr = "Le procès-verbal d'une assemblée se dresse quand elle est close."
    nl = "De notulen van een vergadering worden opgemaakt als ze gesloten is."


class NotTheseMinutes(GovernanceRefusal):
    """These are not the minutes as they were last drawn up."""

    code = "not-these-minutes"
    fr = "Ce n'est pas le procès-verbal tel qu'il a été dressé en dernier lieu."
    nl = "Dit zijn niet de notulen zoals ze het laatst opgemaakt werden."


class MotionNeeded(GovernanceRefusal):
    """This is decided by the members: name a motion of this entity that they adopted."""

    code = "motion-needed"
    fr = "Ceci est décidé par les membres : nommez une motion de cette entité qu'ils ont adoptée."
    nl = "Dit beslissen de leden: noem een motie van deze entiteit die zij aangenomen hebben."
