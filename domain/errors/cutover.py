"""The refusals about taking over from old books.

* Malformed
  + OldBooksRefused
    - OldBooksUnreadable
    - OldCodeUnknown
    - OldCodeTwice
    - OldSharesOverlap
    - OldNumberBeyondLast
    - OldItemTooLate
* RuleBroken
  + CutoverRefusal
    - BooksBegunAlready
    - CutoverDayClosed
    - OldBooksDoNotBalance
    - OldItemsDiffer
    - OldAccountWithoutItems
    - OldFundDiffers
    - OldResultsDiffer
    - OldBooksOnlyTried
"""

from __future__ import annotations

from domain.errors.base import Malformed, RuleBroken


class OldBooksRefused(Malformed):
    """These old books cannot be taken over as they are written."""

    code = "old-books-refused"
    fr = "Ces anciens livres ne peuvent pas être repris tels qu'ils sont écrits."
    nl = "Deze oude boeken kunnen niet worden overgenomen zoals ze geschreven zijn."


class OldBooksUnreadable(OldBooksRefused):
    """This is no file of old books: docs/reference/cutover-format.md says what stands where."""

    code = "old-books-unreadable"
    fr = "Ce n'est pas un fichier d'anciens livres : docs/reference/cutover-format.md dit ce qui se met où."
    nl = "Dit is geen bestand met oude boeken: docs/reference/cutover-format.md zegt wat waar staat."


class OldCodeUnknown(OldBooksRefused):
    """The old books speak of a code that they do not explain."""

    code = "old-code-unknown"
    fr = "Les anciens livres parlent d'un code qu'ils n'expliquent pas."
    nl = "De oude boeken spreken van een code die ze niet uitleggen."


class OldCodeTwice(OldBooksRefused):
    """The old books give the same code or number twice."""

    code = "old-code-twice"
    fr = "Les anciens livres donnent deux fois le même code ou le même numéro."
    nl = "De oude boeken geven tweemaal dezelfde code of hetzelfde nummer."


class OldSharesOverlap(OldBooksRefused):
    """The old register gives a share of a class to two lines, or a line without shares."""

    code = "old-shares-overlap"
    fr = "L'ancien registre donne une action d'une catégorie à deux lignes, ou une ligne est sans actions."
    nl = "Het oude register geeft een aandeel van een soort aan twee regels, of een regel is zonder aandelen."


class OldNumberBeyondLast(OldBooksRefused):
    """The old books use a number beyond what they call the last one."""

    code = "old-number-beyond-last"
    fr = "Les anciens livres utilisent un numéro au-delà de celui qu'ils disent le dernier."
    nl = "De oude boeken gebruiken een nummer voorbij het nummer dat ze het laatste noemen."


class OldItemTooLate(OldBooksRefused):
    """What is dated on the first day here, or later, is not of the old books."""

    code = "old-item-too-late"
    fr = "Ce qui est daté du premier jour ici, ou plus tard, n'est pas des anciens livres."
    nl = "Wat op de eerste dag hier of later gedateerd is, hoort niet bij de oude boeken."


class CutoverRefusal(RuleBroken):
    """The old books cannot be taken over."""

    code = "cutover-refused"
    fr = "Les anciens livres ne peuvent pas être repris."
    nl = "De oude boeken kunnen niet worden overgenomen."


class BooksBegunAlready(CutoverRefusal):
    """This entity has facts of its own here already: old books are taken over before anything else."""

    code = "books-begun-already"
    fr = "Cette entité a déjà ses propres faits ici : les anciens livres sont repris avant toute autre chose."
    nl = "Deze entiteit heeft hier al eigen feiten: oude boeken worden vóór al de rest overgenomen."


class CutoverDayClosed(CutoverRefusal):
    """The month of the first day takes no bookings: open it first."""

    code = "cutover-day-closed"
    fr = "Le mois du premier jour ne prend pas d'écritures : ouvrez-le d'abord."
    nl = "De maand van de eerste dag neemt geen boekingen aan: open ze eerst."


class OldBooksDoNotBalance(CutoverRefusal):
    """The debits of the old trial balance are not its credits."""

    code = "old-books-do-not-balance"
    fr = "Les débits de l'ancienne balance ne sont pas égaux à ses crédits."
    nl = "De debetbedragen van de oude proef- en saldibalans zijn niet gelijk aan haar creditbedragen."


class OldItemsDiffer(CutoverRefusal):
    """The items of the old books do not come to what their account stands at in the trial balance."""

    code = "old-items-differ"
    fr = "Les éléments des anciens livres ne font pas le solde de leur compte dans la balance."
    nl = "De posten van de oude boeken komen niet uit op het saldo van hun rekening in de proef- en saldibalans."


class OldAccountWithoutItems(CutoverRefusal):
    """This account is kept item by item, and such items cannot be taken over: settle it in the old books first."""

    code = "old-account-without-items"
    fr = "Ce compte est tenu élément par élément, et de tels éléments ne peuvent pas être repris : soldez-le d'abord dans les anciens livres."
    nl = "Deze rekening wordt post per post gehouden, en zulke posten kunnen niet worden overgenomen: vereffen ze eerst in de oude boeken."


class OldFundDiffers(CutoverRefusal):
    """What the fund has accrued is not what it collected and what open invoices still owe it."""

    code = "old-fund-differs"
    fr = "Ce que le fonds a acquis n'est pas ce qu'il a encaissé et ce que des factures ouvertes lui doivent encore."
    nl = "Wat het fonds heeft opgebouwd, is niet wat het heeft geïnd en wat openstaande facturen het nog verschuldigd zijn."


class OldResultsDiffer(CutoverRefusal):
    """Activities, funds and the cooperative do not share out the results and reserves of the old books."""

    code = "old-results-differ"
    fr = "Activités, fonds et coopérative ne se partagent pas les résultats et les réserves des anciens livres."
    nl = "Activiteiten, fondsen en coöperatie verdelen de resultaten en reserves van de oude boeken niet onder elkaar."


class OldBooksOnlyTried(CutoverRefusal):
    """The old books were only tried: they agree, and nothing was recorded."""

    code = "old-books-only-tried"
    fr = "Les anciens livres n'ont été qu'essayés : ils concordent, et rien n'a été enregistré."
    nl = "De oude boeken werden enkel beproefd: ze kloppen, en er werd niets vastgelegd."
