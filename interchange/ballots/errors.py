"""Every way a file of ballots says no. It is refused whole, with the reason and the line.

* Malformed
  + BallotFileRefused
    - BallotFileTooLarge
    - BallotFileNotUtf8
    - UnknownBallotFormat
    - BallotHeaderUnreadable
    - BallotPaperUnreadable
    - BallotFileCutShort
    - CandidateNamesUnreadable
    - TextAfterBallotFile
    - BallotSumsDiffer
"""

from __future__ import annotations

from domain.errors import Malformed


class BallotFileRefused(Malformed):
    """This file of ballots cannot be read; nothing of it was counted."""

    code = "ballot-file-refused"
    fr = "Ce fichier de bulletins ne peut pas être lu ; rien n'en a été dépouillé."
    nl = "Dit bestand met stembiljetten kan niet gelezen worden; er werd niets van geteld."


class BallotFileTooLarge(BallotFileRefused):
    """The file is larger than the ballots of an election can be."""

    code = "ballot-file-too-large"
    fr = "Le fichier est plus grand que les bulletins d'une élection ne peuvent l'être."
    nl = "Het bestand is groter dan de stembiljetten van een verkiezing kunnen zijn."


class BallotFileNotUtf8(BallotFileRefused):
    """The file is no text in UTF-8: save it as such."""

    code = "ballot-file-not-utf8"
    fr = "Le fichier n'est pas du texte en UTF-8 : enregistrez-le ainsi."
    nl = "Het bestand is geen tekst in UTF-8: bewaar het zo."


class UnknownBallotFormat(BallotFileRefused):
    """The name of a file of ballots ends in .blt, .soc, .soi, .toc or .toi."""

    code = "unknown-ballot-format"
    fr = "Le nom d'un fichier de bulletins se termine par .blt, .soc, .soi, .toc ou .toi."
    nl = "De naam van een bestand met stembiljetten eindigt op .blt, .soc, .soi, .toc of .toi."


class BallotHeaderUnreadable(BallotFileRefused):
    """The file does not begin with how many candidates there are, as its format asks."""

    code = "ballot-header-unreadable"
    fr = "Le fichier ne commence pas par le nombre de candidats, comme son format le demande."
    nl = "Het bestand begint niet met het aantal kandidaten, zoals zijn formaat vraagt."


class BallotPaperUnreadable(BallotFileRefused):
    """A paper of this file cannot be read."""

    code = "ballot-paper-unreadable"
    fr = "Un bulletin de ce fichier ne peut pas être lu."
    nl = "Een stembiljet van dit bestand kan niet gelezen worden."


class BallotFileCutShort(BallotFileRefused):
    """The file ends before it is complete."""

    code = "ballot-file-cut-short"
    fr = "Le fichier se termine avant d'être complet."
    nl = "Het bestand eindigt voor het volledig is."


class CandidateNamesUnreadable(BallotFileRefused):
    """The file does not name each candidate once, with a name of their own."""

    code = "candidate-names-unreadable"
    fr = "Le fichier ne nomme pas chaque candidat une fois, par un nom à lui."
    nl = "Het bestand noemt niet elke kandidaat één keer, met een eigen naam."


class TextAfterBallotFile(BallotFileRefused):
    """Something stands after the end of the ballots and names."""

    code = "text-after-ballot-file"
    fr = "Quelque chose suit la fin des bulletins et des noms."
    nl = "Er staat iets na het einde van de stembiljetten en namen."


class BallotSumsDiffer(BallotFileRefused):
    """The papers are not as many as the file says it holds."""

    code = "ballot-sums-differ"
    fr = "Les bulletins ne sont pas aussi nombreux que le fichier le dit."
    nl = "De stembiljetten zijn niet zo talrijk als het bestand zegt."
