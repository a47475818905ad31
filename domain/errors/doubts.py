"""The refusals about claims that may not come: doubt, value adjustments, losses and what comes after all.

* Malformed
  + NotABalanceSheetDay
* RuleBroken
  + DoubtRefusal
    - NothingDoubtful
    - ExceedsDoubt
    - AdjustmentExceedsDoubt
    - ExceedsAdjustment
    - NoVatToReclaim
    - JudgmentPrecedes
    - ExceedsWrittenOff
    - NoRecovery
    - InvoiceWrittenOff
"""

from __future__ import annotations

from domain.errors.base import Malformed, RuleBroken


class NotABalanceSheetDay(Malformed):
    """A value adjustment is charged on the last day of a month."""

    code = "not-a-balance-sheet-day"
    fr = "Une réduction de valeur est actée le dernier jour d'un mois."
    nl = "Een waardevermindering wordt geboekt op de laatste dag van een maand."


class DoubtRefusal(RuleBroken):
    """This doubtful claim does not allow that."""

    code = "doubt-refused"
    fr = "Cette créance douteuse ne le permet pas."
    nl = "Deze dubieuze vordering staat dit niet toe."


class NothingDoubtful(DoubtRefusal):
    """Nothing of this invoice is doubtful: declare the doubt first."""

    code = "nothing-doubtful"
    fr = "Rien de cette facture n'est douteux : déclarez d'abord le doute."
    nl = "Niets van deze factuur is dubieus: meld eerst de twijfel."


class ExceedsDoubt(DoubtRefusal):
    """This is more than what is doubtful of the invoice."""

    code = "exceeds-doubt"
    fr = "C'est plus que ce qui est douteux de cette facture."
    nl = "Dit is meer dan wat van deze factuur dubieus is."


class AdjustmentExceedsDoubt(DoubtRefusal):
    """The value adjustments of an invoice are at most what is doubtful of it, net of VAT."""

    code = "adjustment-exceeds-doubt"
    fr = "Les réductions de valeur d'une facture ne dépassent pas ce qui en est douteux, hors TVA."
    nl = "De waardeverminderingen van een factuur gaan niet boven wat ervan dubieus is, zonder btw."


class ExceedsAdjustment(DoubtRefusal):
    """This is more than was adjusted on the invoice."""

    code = "exceeds-adjustment"
    fr = "C'est plus que la réduction de valeur actée sur cette facture."
    nl = "Dit is meer dan de waardevermindering die op deze factuur geboekt is."


class NoVatToReclaim(DoubtRefusal):
    """There is no VAT in what is doubtful of this invoice, or it was reclaimed already."""

    code = "no-vat-to-reclaim"
    fr = "Ce qui est douteux de cette facture ne contient pas de TVA, ou elle a été récupérée."
    nl = "Wat van deze factuur dubieus is, bevat geen btw, of die werd teruggevraagd."


class JudgmentPrecedes(DoubtRefusal):
    """The judgment is of the day of the invoice or later, and not of a day to come."""

    code = "judgment-precedes"
    fr = "Le jugement date du jour de la facture ou d'après, et pas d'un jour à venir."
    nl = "Het vonnis dateert van de dag van de factuur of later, en niet van een dag die nog komt."


class ExceedsWrittenOff(DoubtRefusal):
    """This is more than was written off of the invoice and has not come since."""

    code = "exceeds-written-off"
    fr = "C'est plus que ce qui a été abandonné de cette facture et n'est pas rentré depuis."
    nl = "Dit is meer dan wat van deze factuur werd opgegeven en sindsdien niet is binnengekomen."


class NoRecovery(DoubtRefusal):
    """Nothing of this receipt came of what was written off of the invoice, or it was all taken back."""

    code = "no-recovery"
    fr = "Rien de cet encaissement n'est venu de ce qui avait été passé en perte de la facture, ou tout en a été repris."
    nl = "Niets van deze ontvangst kwam van wat van de factuur was afgeboekt, of alles ervan is teruggenomen."


class InvoiceWrittenOff(DoubtRefusal):
    """Part of this invoice was written off: no more of it can be credited than what is left."""

    code = "invoice-written-off"
    fr = "Une partie de cette facture a été abandonnée : on n'en crédite pas plus que le reste."
    nl = "Een deel van deze factuur werd opgegeven: meer dan de rest wordt niet gecrediteerd."
