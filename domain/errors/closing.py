"""The refusals about manual entries and fiscal years.

* Malformed
  + OneSidePerLine
  + NoEvidence
  + NotALeafAccount
  + EntryDoesNotBalance
  + YearTooLong
* NotFound
  + UnknownPostingRules
* RuleBroken
  + EntryRefusal
    - ControlAccount
    - EntryReversedAlready
    - ReversalPrecedes
  + YearRefusal
    - YearOverlaps
    - MonthsStillOpen
    - EarlierYearOpen
    - EarlierResultOpen
    - BroughtForwardDiffers
    - AccountsApprovedAlready
    - AccountsNotApproved
    - ResultNotWhollyAppropriated
    - ResultAppropriatedAlready
    - ResultNotAppropriated
    - ResultAccountsDoNotCancel
    - BalancesCarriedAlready
"""

from __future__ import annotations

from domain.errors.base import Malformed, NotFound, RuleBroken


class OneSidePerLine(Malformed):
    """A line of an entry is either a debit or a credit, above zero."""

    code = "one-side-per-line"
    fr = "Une ligne d'écriture est soit un débit, soit un crédit, supérieur à zéro."
    nl = "Een regel van een boeking is ofwel een debet ofwel een credit, groter dan nul."


class NoEvidence(Malformed):
    """An entry rests on a document: name the SHA-256 of its bytes, 64 digits of 0-9 and a-f."""

    code = "no-evidence"
    fr = "Une écriture repose sur un document : donnez le SHA-256 de ses octets, 64 chiffres de 0-9 et a-f."
    nl = "Een boeking steunt op een document: geef de SHA-256 van zijn bytes, 64 cijfers van 0-9 en a-f."


class NotALeafAccount(Malformed):
    """Entries are made on accounts that have none below them, written in digits."""

    code = "not-a-leaf-account"
    fr = "Les écritures se passent sur les comptes qui n'en ont pas d'autre en dessous, écrits en chiffres."
    nl = "Er wordt geboekt op rekeningen zonder onderliggende rekeningen, in cijfers geschreven."


class EntryDoesNotBalance(Malformed):
    """The debits of an entry equal its credits."""

    code = "entry-does-not-balance"
    fr = "Les débits d'une écriture égalent ses crédits."
    nl = "De debetbedragen van een boeking zijn gelijk aan haar creditbedragen."


class YearTooLong(Malformed):
    """A fiscal year begins on the first day of a month, ends on the last of one, and has at most 24 months."""

    code = "year-too-long"
    fr = "Un exercice commence le premier jour d'un mois, finit le dernier jour d'un mois et compte au plus 24 mois."
    nl = "Een boekjaar begint op de eerste dag van een maand, eindigt op de laatste dag van een maand en telt hoogstens 24 maanden."


class UnknownPostingRules(NotFound):
    """This release has no such version of the posting rules."""

    code = "unknown-posting-rules"
    fr = "Cette version du programme n'a pas ces règles d'imputation."
    nl = "Deze versie van het programma kent die boekingsregels niet."


class EntryRefusal(RuleBroken):
    """The entry cannot be made."""

    code = "entry-refused"
    fr = "L'écriture ne peut pas être passée."
    nl = "De boeking kan niet gemaakt worden."


class ControlAccount(EntryRefusal):
    """This account is kept by facts of its own, such as invoices and bank lines: no entry is made by hand."""

    code = "control-account"
    fr = "Ce compte est tenu par ses propres faits, comme les factures et les lignes bancaires : rien ne s'y écrit à la main."
    nl = "Deze rekening wordt bijgehouden door eigen feiten, zoals facturen en bankregels: er wordt niets met de hand op geboekt."


class EntryReversedAlready(EntryRefusal):
    """This entry was taken back already."""

    code = "entry-reversed-already"
    fr = "Cette écriture a déjà été extournée."
    nl = "Deze boeking is al teruggenomen."


class ReversalPrecedes(EntryRefusal):
    """A cut-off is taken back after the end of its year."""

    code = "reversal-precedes"
    fr = "Une écriture de régularisation s'extourne après la fin de son exercice."
    nl = "Een overlopende boeking wordt teruggenomen na het einde van haar boekjaar."


class YearRefusal(RuleBroken):
    """The fiscal year does not allow this."""

    code = "year-refused"
    fr = "L'exercice comptable ne le permet pas."
    nl = "Het boekjaar staat dit niet toe."


class YearOverlaps(YearRefusal):
    """Fiscal years follow each other without a gap: this one does not begin after the last one ends."""

    code = "year-overlaps"
    fr = (
        "Les exercices se suivent sans interruption : celui-ci ne commence pas juste après la fin du dernier."
    )
    nl = "Boekjaren volgen elkaar zonder onderbreking op: dit begint niet meteen na het einde van het vorige."


class MonthsStillOpen(YearRefusal):
    """Accounts are approved when every month of the year is closed."""

    code = "months-still-open"
    fr = "Les comptes s'approuvent quand chaque mois de l'exercice est clôturé."
    nl = "De jaarrekening wordt goedgekeurd wanneer elke maand van het boekjaar afgesloten is."


class EarlierYearOpen(YearRefusal):
    """Accounts are approved year by year: those of an earlier one are not approved yet."""

    code = "earlier-year-open"
    fr = (
        "Les comptes s'approuvent exercice par exercice : ceux d'un exercice antérieur ne le sont pas encore."
    )
    nl = "Jaarrekeningen worden boekjaar na boekjaar goedgekeurd: die van een vroeger jaar is dat nog niet."


class EarlierResultOpen(YearRefusal):
    """Results are appropriated year by year: that of an earlier one is not appropriated yet."""

    code = "earlier-result-open"
    fr = (
        "Les résultats s'affectent exercice par exercice : celui d'un exercice antérieur ne l'est pas encore."
    )
    nl = "Resultaten worden boekjaar na boekjaar verwerkt: dat van een vroeger jaar is dat nog niet."


class BroughtForwardDiffers(YearRefusal):
    """What is brought forward is what earlier years carried forward, as it stands in the accounts of the year."""

    code = "brought-forward-differs"
    fr = "Le report à nouveau est ce que les exercices antérieurs ont reporté, tel qu'il figure aux comptes."
    nl = "Overgedragen is wat vroegere boekjaren overdroegen, zoals het in de rekeningen van het jaar staat."


class AccountsApprovedAlready(YearRefusal):
    """The accounts of this year are approved: nothing adjusts them any more."""

    code = "accounts-approved-already"
    fr = "Les comptes de cet exercice sont approuvés : plus rien ne les régularise."
    nl = "De jaarrekening van dit boekjaar is goedgekeurd: niets past ze nog aan."


class AccountsNotApproved(YearRefusal):
    """The accounts of this year are not approved yet."""

    code = "accounts-not-approved"
    fr = "Les comptes de cet exercice ne sont pas encore approuvés."
    nl = "De jaarrekening van dit boekjaar is nog niet goedgekeurd."


class ResultNotWhollyAppropriated(YearRefusal):
    """Reserves, dividend and what is carried forward add up to the result and what was brought forward."""

    code = "result-not-wholly-appropriated"
    fr = "Réserves, dividende et report à nouveau donnent ensemble le résultat et ce qui avait été reporté."
    nl = "Reserves, dividend en wat overgedragen wordt zijn samen het resultaat en wat overgedragen was."


class ResultAppropriatedAlready(YearRefusal):
    """The result of this year is appropriated already."""

    code = "result-appropriated-already"
    fr = "Le résultat de cet exercice est déjà affecté."
    nl = "Het resultaat van dit boekjaar is al verwerkt."


class ResultNotAppropriated(YearRefusal):
    """The result of this year is not appropriated yet."""

    code = "result-not-appropriated"
    fr = "Le résultat de cet exercice n'est pas encore affecté."
    nl = "Het resultaat van dit boekjaar is nog niet verwerkt."


class ResultAccountsDoNotCancel(YearRefusal):
    """After the appropriation, the accounts of classes 6 and 7 add up to nothing."""

    code = "result-accounts-do-not-cancel"
    fr = "Après l'affectation, les comptes des classes 6 et 7 s'annulent."
    nl = "Na de resultaatverwerking heffen de rekeningen van klassen 6 en 7 elkaar op."


class BalancesCarriedAlready(YearRefusal):
    """The balances of this year are carried into the next one already."""

    code = "balances-carried-already"
    fr = "Les soldes de cet exercice sont déjà reportés au suivant."
    nl = "De saldi van dit boekjaar zijn al naar het volgende overgedragen."
