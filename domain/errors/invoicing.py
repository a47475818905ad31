"""The refusals about activities' invoices, their VAT, contributions and reminders.

* Malformed
  + InvalidReference
  + FundNamedTwice
  + UnknownVatRate
  + VatRateNotForCategory
  + ExemptionNotForCategory
  + InvoiceWithoutLines
  + DuePrecedesIssue
  + FiguresDoNotAddUp
  + CreditWithoutRows
  + VatRowNamedTwice
* RuleBroken
  + InvoiceRefusal
    - NoContributionRule
    - IssueDateGoesBack
    - IssueDateTooFar
    - ClientErased
    - ExceedsOpenAmount
    - InvoicePaid
    - CreditPrecedesInvoice
    - VatRowNotOfInvoice
    - CreditExceedsInvoice
    - InvoiceCreditedWhole
    - ReminderNotDue
    - RemindersExhausted
"""

from __future__ import annotations

from domain.errors.base import Malformed, RuleBroken


class InvalidReference(Malformed):
    """The structured reference is wrong: its last two digits do not fit the first ten."""

    code = "invalid-reference"
    fr = "La communication structurée est fausse : ses deux derniers chiffres ne correspondent pas aux dix premiers."
    nl = "De gestructureerde mededeling is fout: de laatste twee cijfers passen niet bij de eerste tien."


class FundNamedTwice(Malformed):
    """A contribution rule names each mutual fund once, with one rate."""

    code = "fund-named-twice"
    fr = "Une règle de contribution nomme chaque fonds mutuel une fois, avec un taux."
    nl = "Een bijdrageregel noemt elk onderling fonds één keer, met één percentage."


class UnknownVatRate(Malformed):
    """This VAT rate is not in force for the entity on that day."""

    code = "unknown-vat-rate"
    fr = "Ce taux de TVA n'est pas en vigueur pour l'entité à cette date."
    nl = "Dit btw-tarief geldt op die dag niet voor de entiteit."


class VatRateNotForCategory(Malformed):
    """Only the standard category carries a VAT rate above zero, and it always does."""

    code = "vat-rate-not-for-category"
    fr = "Seule la catégorie normale porte un taux de TVA supérieur à zéro, et elle en porte toujours un."
    nl = "Alleen de normale categorie draagt een btw-tarief boven nul, en altijd."


class ExemptionNotForCategory(Malformed):
    """A line of the standard or the zero-rated category carries no exemption code."""

    code = "exemption-not-for-category"
    fr = "Une ligne de la catégorie normale ou à taux zéro ne porte pas de code d'exonération."
    nl = "Een regel van de normale categorie of van het nultarief draagt geen vrijstellingscode."


class InvoiceWithoutLines(Malformed):
    """An invoice needs at least one line, a total above zero, and no negative base at any VAT rate."""

    code = "invoice-without-lines"
    fr = "Une facture a au moins une ligne, un total supérieur à zéro et aucune base négative à aucun taux de TVA."
    nl = "Een factuur heeft minstens één regel, een totaal boven nul en bij geen enkel btw-tarief een negatieve maatstaf."


class DuePrecedesIssue(Malformed):
    """An invoice falls due on or after the day it is issued."""

    code = "due-precedes-issue"
    fr = "Une facture échoit le jour de son émission ou plus tard."
    nl = "Een factuur vervalt op de dag van uitreiking of later."


class FiguresDoNotAddUp(Malformed):
    """A figure that is given is not what the lines come to: the ledger reckons net, VAT and gross itself."""

    code = "figures-do-not-add-up"
    fr = "Un chiffre donné n'est pas celui des lignes : le grand livre calcule lui-même net, TVA et total."
    nl = "Een opgegeven cijfer is niet dat van de regels: het grootboek berekent netto, btw en totaal zelf."


class CreditWithoutRows(Malformed):
    """A credit note needs at least one VAT row, or the wish to credit all that is left."""

    code = "credit-without-rows"
    fr = "Une note de crédit a au moins une ligne de TVA, ou demande de créditer tout ce qui reste."
    nl = "Een creditnota heeft minstens één btw-regel, of vraagt alles te crediteren wat overblijft."


class VatRowNamedTwice(Malformed):
    """A credit note names each VAT row of its invoice once."""

    code = "vat-row-named-twice"
    fr = "Une note de crédit nomme chaque ligne de TVA de sa facture une fois."
    nl = "Een creditnota noemt elke btw-regel van haar factuur één keer."


class InvoiceRefusal(RuleBroken):
    """This invoice cannot do that."""

    code = "invoice-refused"
    fr = "Cette facture ne le permet pas."
    nl = "Deze factuur staat dit niet toe."


class NoContributionRule(InvoiceRefusal):
    """No contribution rule is in force for the entity on that day: enact one first."""

    code = "no-contribution-rule"
    fr = "Aucune règle de contribution n'est en vigueur pour l'entité à cette date : arrêtez-en une d'abord."
    nl = "Er geldt op die dag geen bijdrageregel voor de entiteit: stel er eerst een vast."


class IssueDateGoesBack(InvoiceRefusal):
    """Documents of one series are issued in date order."""

    code = "issue-date-goes-back"
    fr = "Les documents d'une série s'émettent dans l'ordre des dates."
    nl = "De documenten van een reeks worden in datumvolgorde uitgereikt."


class IssueDateTooFar(InvoiceRefusal):
    """A document is issued on the day it is recorded or before, never on a day to come."""

    code = "issue-date-too-far"
    fr = "Un document s'émet le jour de son enregistrement ou avant, jamais un jour à venir."
    nl = "Een document wordt uitgereikt op de dag dat het vastgelegd wordt of ervoor, nooit op een komende dag."


class ClientErased(InvoiceRefusal):
    """The client's particulars were erased; register the client anew."""

    code = "client-erased"
    fr = "Les coordonnées du client ont été effacées ; enregistrez-le à nouveau."
    nl = "De gegevens van de klant werden gewist; registreer de klant opnieuw."


class ExceedsOpenAmount(InvoiceRefusal):
    """This is more than is still open on the invoice."""

    code = "exceeds-open-amount"
    fr = "C'est plus que ce qui reste ouvert sur la facture."
    nl = "Dit is meer dan er op de factuur nog openstaat."


class InvoicePaid(InvoiceRefusal):
    """Nothing is open on this invoice."""

    code = "invoice-paid"
    fr = "Rien n'est ouvert sur cette facture."
    nl = "Op deze factuur staat niets meer open."


class CreditPrecedesInvoice(InvoiceRefusal):
    """A credit note is issued on the day of its invoice or later."""

    code = "credit-precedes-invoice"
    fr = "Une note de crédit s'émet le jour de sa facture ou plus tard."
    nl = "Een creditnota wordt uitgereikt op de dag van haar factuur of later."


class VatRowNotOfInvoice(InvoiceRefusal):
    """The invoice has no VAT row of this category, rate and exemption code."""

    code = "vat-row-not-of-invoice"
    fr = "La facture n'a pas de ligne de TVA de cette catégorie, de ce taux et de ce code d'exonération."
    nl = "De factuur heeft geen btw-regel van deze categorie, dit tarief en deze vrijstellingscode."


class CreditExceedsInvoice(InvoiceRefusal):
    """This is more than is left to credit of the invoice at this VAT rate."""

    code = "credit-exceeds-invoice"
    fr = "C'est plus que ce qui reste à créditer de la facture à ce taux de TVA."
    nl = "Dit is meer dan er van de factuur bij dit btw-tarief nog te crediteren is."


class InvoiceCreditedWhole(InvoiceRefusal):
    """Nothing is left to credit on this invoice."""

    code = "invoice-credited-whole"
    fr = "Il ne reste rien à créditer sur cette facture."
    nl = "Op deze factuur is niets meer te crediteren."


class ReminderNotDue(InvoiceRefusal):
    """The next reminder of this invoice falls due on a later day."""

    code = "reminder-not-due"
    fr = "Le prochain rappel de cette facture échoit un jour plus tard."
    nl = "De volgende herinnering voor deze factuur valt op een latere dag."


class RemindersExhausted(InvoiceRefusal):
    """Every reminder of this invoice was recorded: a person decides what follows."""

    code = "reminders-exhausted"
    fr = "Tous les rappels de cette facture sont enregistrés : une personne décide de la suite."
    nl = "Elke herinnering voor deze factuur is vastgelegd: een mens beslist wat volgt."
