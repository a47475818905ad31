"""The refusals about elections for offices and their count.

* Malformed
  + InvalidContest
    - CandidatesNotNamed
    - NoSeats
    - UnknownCandidate
    - CandidateRankedTwice
    - VotesNotPositive
    - InvalidTieOrder
* RuleBroken
  + ElectionRefused
    - UnresolvedTie
"""

from __future__ import annotations

from domain.errors.base import Malformed, RuleBroken


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
