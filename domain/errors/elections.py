"""The refusals about elections for offices and their count.

* Malformed
  + InvalidContest
    - CandidatesNotNamed
    - NoSeats
    - UnknownCandidate
    - CandidateRankedTwice
    - VotesNotPositive
    - InvalidTieOrder
    - InvalidRanking
    - InvalidTerm
* NotFound
  + UnknownMandate
* RuleBroken
  + ElectionRefused
    - UnresolvedTie
    - RuleUnfitForElection
    - NominationsClosed
    - AlreadyNominated
    - NotNominated
    - TooManyCandidates
    - CandidacyAlreadyAccepted
    - CandidateAlreadyWithdrew
    - NobodyStands
    - ElectionNotOpen
    - ElectionStillOpen
    - ElectionAlreadyCounted
    - ElectionNotCounted
    - PaperUnchanged
    - PapersDisagree
    - MandatesAlreadyConferred
  + MandateRefused
    - SeatsTaken
    - TermTooLong
    - AlreadyHoldsMandate
    - MandateOver
    - NothingExpires
    - NoCarryingMotion
"""

from __future__ import annotations

from domain.errors.base import Malformed, NotFound, RuleBroken


class InvalidContest(Malformed):
    """This is no election that can be counted."""

    code = "invalid-contest"
    fr = "Ceci n'est pas une élection qui puisse être dépouillée."
    nl = "Dit is geen verkiezing die geteld kan worden."


class CandidatesNotNamed(InvalidContest):
    """An election has candidates, and each has a name of its own."""

    code = "candidates-not-named"
    fr = "Une élection a des candidats, et chacun a un nom à lui."
    nl = "Een verkiezing heeft kandidaten, en elk heeft een eigen naam."


class NoSeats(InvalidContest):
    """An election fills at least one seat."""

    code = "no-seats"
    fr = "Une élection pourvoit au moins un siège."
    nl = "Een verkiezing vult minstens één zetel."


class UnknownCandidate(InvalidContest):
    """There is no candidate of that number."""

    code = "unknown-candidate"
    fr = "Il n'y a pas de candidat de ce numéro."
    nl = "Er is geen kandidaat met dat nummer."


class CandidateRankedTwice(InvalidContest):
    """A ballot paper names each candidate once."""

    code = "candidate-ranked-twice"
    fr = "Un bulletin nomme chaque candidat une seule fois."
    nl = "Een stembiljet noemt elke kandidaat één keer."


class VotesNotPositive(InvalidContest):
    """A ballot paper stands for at least one vote."""

    code = "votes-not-positive"
    fr = "Un bulletin vaut au moins une voix."
    nl = "Een stembiljet geldt voor minstens één stem."


class InvalidTieOrder(InvalidContest):
    """The order that breaks ties names candidates, by name or number, and each once."""

    code = "invalid-tie-order"
    fr = "L'ordre qui départage nomme des candidats, par nom ou numéro, et chacun une fois."
    nl = "De volgorde die bij gelijke stand beslist, noemt kandidaten, bij naam of nummer, en elk één keer."


class InvalidRanking(InvalidContest):
    """A ballot paper ranks candidates in tiers, each of at least one."""

    code = "invalid-ranking"
    fr = "Un bulletin classe les candidats par rangs, chacun d'au moins un."
    nl = "Een stembiljet rangschikt kandidaten in rangen, elk van minstens één."


class InvalidTerm(InvalidContest):
    """A mandate ends on a later day or at the ordinary assembly of a year, and one of the two is said."""

    code = "invalid-term"
    fr = "Un mandat se termine un jour ultérieur ou à l'assemblée ordinaire d'une année, et l'un des deux est indiqué."
    nl = "Een mandaat eindigt op een latere dag of op de gewone vergadering van een jaar, en één van beide wordt vermeld."


class UnknownMandate(NotFound):
    """There is no such mandate in the register of this office."""

    code = "unknown-mandate"
    fr = "Ce mandat n'existe pas dans le registre de cette fonction."
    nl = "Dat mandaat bestaat niet in het register van deze functie."


class ElectionRefused(RuleBroken):
    """The rules of elections do not allow this."""

    code = "election-refused"
    fr = "Les règles des élections ne le permettent pas."
    nl = "De regels van de verkiezingen staan dit niet toe."


class UnresolvedTie(ElectionRefused):
    """These candidates are tied and nothing tells them apart: state the order that decides, such as seniority or a public draw."""

    code = "unresolved-tie"
    fr = "Ces candidats sont à égalité et rien ne les départage : indiquez l'ordre qui décide, comme l'ancienneté ou un tirage public."
    nl = "Deze kandidaten staan gelijk en niets onderscheidt hen: geef de volgorde op die beslist, zoals anciënniteit of een openbare loting."


class RuleUnfitForElection(ElectionRefused):
    """An election is counted one paper after another: name a rule without cap and without colleges."""

    code = "rule-unfit-for-election"
    fr = "Une élection se dépouille bulletin par bulletin : nommez une règle sans plafond et sans collèges."
    nl = "Een verkiezing wordt biljet per biljet geteld: noem een regel zonder plafond en zonder colleges."


class NominationsClosed(ElectionRefused):
    """The vote was opened: nobody is proposed or accepts any more."""

    code = "nominations-closed"
    fr = "Le vote est ouvert : on ne propose et n'accepte plus personne."
    nl = "De stemming is geopend: niemand wordt nog voorgedragen of aanvaardt nog."


class AlreadyNominated(ElectionRefused):
    """This member was proposed already."""

    code = "already-nominated"
    fr = "Ce membre a déjà été proposé."
    nl = "Dit lid is al voorgedragen."


class NotNominated(ElectionRefused):
    """This member was not proposed for this office."""

    code = "not-nominated"
    fr = "Ce membre n'a pas été proposé pour cette fonction."
    nl = "Dit lid is niet voor deze functie voorgedragen."


class TooManyCandidates(ElectionRefused):
    """A paper holds no more candidates than this."""

    code = "too-many-candidates"
    fr = "Un bulletin ne contient pas plus de candidats que cela."
    nl = "Een stembiljet bevat niet meer kandidaten dan dit."


class CandidacyAlreadyAccepted(ElectionRefused):
    """This member accepted to stand already."""

    code = "candidacy-already-accepted"
    fr = "Ce membre a déjà accepté d'être candidat."
    nl = "Dit lid heeft de kandidatuur al aanvaard."


class CandidateAlreadyWithdrew(ElectionRefused):
    """This member withdrew from the election."""

    code = "candidate-already-withdrew"
    fr = "Ce membre s'est retiré de l'élection."
    nl = "Dit lid heeft zich uit de verkiezing teruggetrokken."


class NobodyStands(ElectionRefused):
    """The vote opens once somebody stands: proposed, accepted and not withdrawn."""

    code = "nobody-stands"
    fr = "Le vote s'ouvre dès que quelqu'un est candidat : proposé, acceptant et non retiré."
    nl = "De stemming opent zodra iemand kandidaat is: voorgedragen, aanvaard en niet teruggetrokken."


class ElectionNotOpen(ElectionRefused):
    """The vote is not open: no paper is taken outside its window."""

    code = "election-not-open"
    fr = "Le vote n'est pas ouvert : aucun bulletin n'est reçu hors de son délai."
    nl = "De stemming is niet open: buiten haar termijn wordt geen stembiljet aangenomen."


class ElectionStillOpen(ElectionRefused):
    """The vote is not closed: close it before it is counted."""

    code = "election-still-open"
    fr = "Le vote n'est pas clos : clôturez-le avant le dépouillement."
    nl = "De stemming is niet gesloten: sluit ze vóór de telling."


class ElectionAlreadyCounted(ElectionRefused):
    """The election was counted already."""

    code = "election-already-counted"
    fr = "L'élection a déjà été dépouillée."
    nl = "De verkiezing is al geteld."


class ElectionNotCounted(ElectionRefused):
    """Mandates follow from the count: count the election first."""

    code = "election-not-counted"
    fr = "Les mandats découlent du dépouillement : dépouillez d'abord l'élection."
    nl = "Mandaten volgen uit de telling: tel eerst de verkiezing."


class PaperUnchanged(ElectionRefused):
    """This paper stands already as it is; a change would be recorded as such."""

    code = "paper-unchanged"
    fr = "Ce bulletin est déjà tel quel ; un changement serait enregistré comme tel."
    nl = "Dit stembiljet is al zo; een wijziging zou als dusdanig vastgelegd worden."


class PapersDisagree(ElectionRefused):
    """The papers of the count are not those of this election."""

    code = "papers-disagree"
    fr = "Les bulletins du dépouillement ne sont pas ceux de cette élection."
    nl = "De stembiljetten van de telling zijn niet die van deze verkiezing."


class MandatesAlreadyConferred(ElectionRefused):
    """The mandates of this election were conferred already."""

    code = "mandates-already-conferred"
    fr = "Les mandats de cette élection ont déjà été conférés."
    nl = "De mandaten van deze verkiezing zijn al toegekend."


class MandateRefused(RuleBroken):
    """The rules of mandates do not allow this."""

    code = "mandate-refused"
    fr = "Les règles des mandats ne le permettent pas."
    nl = "De regels van de mandaten staan dit niet toe."


class SeatsTaken(MandateRefused):
    """All seats of this office are taken on that day: end a mandate first, or let this one begin later."""

    code = "seats-taken"
    fr = "Tous les sièges de cette fonction sont occupés ce jour-là : mettez d'abord fin à un mandat, ou faites commencer celui-ci plus tard."
    nl = "Alle zetels van deze functie zijn die dag bezet: beëindig eerst een mandaat, of laat dit later beginnen."


class TermTooLong(MandateRefused):
    """This term is longer than the rule allows."""

    code = "term-too-long"
    fr = "Cette durée dépasse ce que la règle permet."
    nl = "Deze termijn is langer dan de regel toestaat."


class AlreadyHoldsMandate(MandateRefused):
    """This member holds the office already: renew that mandate."""

    code = "already-holds-mandate"
    fr = "Ce membre exerce déjà cette fonction : renouvelez ce mandat."
    nl = "Dit lid bekleedt deze functie al: verleng dat mandaat."


class MandateOver(MandateRefused):
    """This mandate is not held on that day."""

    code = "mandate-over"
    fr = "Ce mandat n'est pas exercé ce jour-là."
    nl = "Dit mandaat loopt niet op die dag."


class NothingExpires(MandateRefused):
    """No mandate of this office comes to its end by that day or assembly."""

    code = "nothing-expires"
    fr = "Aucun mandat de cette fonction n'arrive à son terme ce jour-là ou à cette assemblée."
    nl = "Geen enkel mandaat van deze functie loopt af op die dag of vergadering."


class NoCarryingMotion(MandateRefused):
    """This takes a motion of the same entity that was adopted."""

    code = "no-carrying-motion"
    fr = "Il y faut une motion adoptée de la même entité."
    nl = "Daarvoor is een aangenomen motie van dezelfde entiteit nodig."
