"""The refusals about what an activity spends: claims, payrolls, payment orders.

* Malformed
  + ActivityWithoutMembers
  + ClaimWithoutLines
  + DeductibleExceedsVat
  + InvalidReceiptHash
  + SlipLineSigned
  + SlipNetDiffers
  + BenefitInKindPaid
* RuleBroken
  + ActivityRefusal
    - OverAvailable
    - NotOfTheActivity
    - NotPaidByWage
    - NotPaidAsDirector
    - SlipPostedAlready
    - PayrollWithdrawn
  + ClaimRefusal
    - ReceiptClaimedAlready
    - ClaimNotWaiting
  + PaymentRefusal
    - NothingDue
    - PaidAlready
    - OrderNotApproved
    - OrderNotCleared
    - OrderNotReturned
    - NoLineCleared
    - OrderApprovedAlready
    - OrderClearedAlready
    - OrderWithdrawn
    - OrderOfFund
    - PayoutsHeld
"""

from __future__ import annotations

from domain.errors.base import Malformed, RuleBroken


class ActivityWithoutMembers(Malformed):
    """An activity is run by at least one member."""

    code = "activity-without-members"
    fr = "Une activité est menée par au moins un membre."
    nl = "Een activiteit wordt door minstens één lid gevoerd."


class ClaimWithoutLines(Malformed):
    """A claim needs at least one line."""

    code = "claim-without-lines"
    fr = "Une note de frais a au moins une ligne."
    nl = "Een onkostennota heeft minstens één regel."


class DeductibleExceedsVat(Malformed):
    """The VAT that can be deducted lies between nothing and the VAT of the line."""

    code = "deductible-exceeds-vat"
    fr = "La TVA déductible se situe entre rien et la TVA de la ligne."
    nl = "De aftrekbare btw ligt tussen niets en de btw van de regel."


class InvalidReceiptHash(Malformed):
    """A receipt is named by its SHA-256: 64 digits of 0-9 and a-f."""

    code = "invalid-receipt-hash"
    fr = "Un justificatif est désigné par son SHA-256 : 64 chiffres de 0-9 et a-f."
    nl = "Een bewijsstuk wordt genoemd met zijn SHA-256: 64 cijfers van 0-9 en a-f."


class SlipLineSigned(Malformed):
    """A line of a slip is above zero if it is earned, and below zero if it is withheld."""

    code = "slip-line-signed"
    fr = "Une ligne de fiche est supérieure à zéro si elle est gagnée, et inférieure à zéro si elle est retenue."
    nl = "Een regel van een loonfiche is groter dan nul als hij verdiend is, en kleiner dan nul als hij ingehouden wordt."


class SlipNetDiffers(Malformed):
    """The lines of a slip sum to the net that is paid."""

    code = "slip-net-differs"
    fr = "La somme des lignes d'une fiche est le net payé."
    nl = "De regels van een loonfiche zijn samen het betaalde netto."


class BenefitInKindPaid(Malformed):
    """A benefit in kind is taxed and not paid: what is added for it is taken off again on the same slip."""

    code = "benefit-in-kind-paid"
    fr = "Un avantage en nature est imposé et non payé : ce qui est ajouté pour lui est déduit sur la même fiche."
    nl = "Een voordeel in natura wordt belast en niet betaald: wat ervoor bijkomt, gaat er op dezelfde loonfiche af."


class ActivityRefusal(RuleBroken):
    """The activity does not allow this."""

    code = "activity-refused"
    fr = "L'activité ne le permet pas."
    nl = "De activiteit staat dit niet toe."


class OverAvailable(ActivityRefusal):
    """This is more than the activity has available: collected, less what is promised already."""

    code = "over-available"
    fr = "C'est plus que le disponible de l'activité : l'encaissé, moins ce qui est déjà engagé."
    nl = "Dit is meer dan de activiteit beschikbaar heeft: het geïnde, min wat al toegezegd is."


class NotOfTheActivity(ActivityRefusal):
    """Only a member who runs the activity can do that."""

    code = "not-of-the-activity"
    fr = "Seul un membre qui mène l'activité le peut."
    nl = "Alleen een lid dat de activiteit voert, kan dat."


class NotPaidByWage(ActivityRefusal):
    """Only an activity whose entrepreneurs are employees pays wages."""

    code = "not-paid-by-wage"
    fr = "Seule une activité dont les entrepreneurs sont salariés paie des salaires."
    nl = "Alleen een activiteit met ondernemers in loondienst betaalt lonen."


class NotPaidAsDirector(ActivityRefusal):
    """The entrepreneurs of this activity are paid by wage, and not as directors."""

    code = "not-paid-as-director"
    fr = "Les entrepreneurs de cette activité sont payés par salaire, et non comme administrateurs."
    nl = "De ondernemers van deze activiteit worden met een loon betaald, en niet als bestuurder."


class SlipPostedAlready(ActivityRefusal):
    """The slip of this payroll was posted already."""

    code = "slip-posted-already"
    fr = "La fiche de ce salaire est déjà comptabilisée."
    nl = "De loonfiche van dit loon is al geboekt."


class PayrollWithdrawn(ActivityRefusal):
    """The request for this wage was withdrawn."""

    code = "payroll-withdrawn"
    fr = "La demande de ce salaire a été retirée."
    nl = "De aanvraag van dit loon werd ingetrokken."


class ClaimRefusal(RuleBroken):
    """This claim cannot do that."""

    code = "claim-refused"
    fr = "Cette note de frais ne le permet pas."
    nl = "Deze onkostennota staat dit niet toe."


class ReceiptClaimedAlready(ClaimRefusal):
    """This receipt was claimed already: no receipt is paid back twice."""

    code = "receipt-claimed-already"
    fr = "Ce justificatif a déjà été présenté : aucun n'est remboursé deux fois."
    nl = "Dit bewijsstuk werd al ingediend: geen enkel wordt twee keer terugbetaald."


class ClaimNotWaiting(ClaimRefusal):
    """The claim was answered already."""

    code = "claim-not-waiting"
    fr = "La note de frais a déjà reçu sa réponse."
    nl = "Op de onkostennota is al geantwoord."


class PaymentRefusal(RuleBroken):
    """This payment cannot be made."""

    code = "payment-refused"
    fr = "Ce paiement ne peut pas être fait."
    nl = "Deze betaling kan niet gedaan worden."


class NothingDue(PaymentRefusal):
    """Nothing is due on this document: it is not approved."""

    code = "nothing-due"
    fr = "Rien n'est dû sur ce document : il n'est pas approuvé."
    nl = "Op dit document is niets verschuldigd: het is niet goedgekeurd."


class PaidAlready(PaymentRefusal):
    """This document is paid by another order."""

    code = "paid-already"
    fr = "Ce document est payé par un autre ordre."
    nl = "Dit document wordt door een andere opdracht betaald."


class OrderNotApproved(PaymentRefusal):
    """The order was not approved by a second person."""

    code = "order-not-approved"
    fr = "L'ordre n'a pas été approuvé par une seconde personne."
    nl = "De opdracht werd niet door een tweede persoon goedgekeurd."


class OrderNotCleared(PaymentRefusal):
    """Only a payment that the bank has made comes back, and only once."""

    code = "order-not-cleared"
    fr = "Seul un paiement exécuté par la banque revient, et une seule fois."
    nl = "Alleen een betaling die de bank uitvoerde, komt terug, en slechts één keer."


class OrderNotReturned(PaymentRefusal):
    """The payee's bank did not send this payment back."""

    code = "order-not-returned"
    fr = "La banque du bénéficiaire n'a pas renvoyé ce paiement."
    nl = "De bank van de begunstigde stuurde deze betaling niet terug."


class NoLineCleared(PaymentRefusal):
    """No bank line stands for this payment: it is not cleared yet, or it came back since."""

    code = "no-line-cleared"
    fr = "Aucune ligne bancaire ne vaut pour ce paiement : il n'est pas encore exécuté, ou il est revenu depuis."
    nl = "Geen bankverrichting staat voor deze betaling: ze is nog niet uitgevoerd, of kwam sindsdien terug."


class OrderApprovedAlready(PaymentRefusal):
    """The order was approved already."""

    code = "order-approved-already"
    fr = "L'ordre a déjà été approuvé."
    nl = "De opdracht is al goedgekeurd."


class OrderClearedAlready(PaymentRefusal):
    """The bank paid this order already, by another line."""

    code = "order-cleared-already"
    fr = "La banque a déjà payé cet ordre, par une autre ligne."
    nl = "De bank betaalde deze opdracht al, met een andere regel."


class OrderWithdrawn(PaymentRefusal):
    """The order was withdrawn: make another."""

    code = "order-withdrawn"
    fr = "L'ordre a été retiré : faites-en un autre."
    nl = "De opdracht werd ingetrokken: maak een andere."


class OrderOfFund(PaymentRefusal):
    """What a mutual fund decided to pay is not taken back by withdrawing its order."""

    code = "order-of-fund"
    fr = "Ce qu'un fonds mutuel a décidé de payer ne se reprend pas en retirant son ordre."
    nl = "Wat een onderling fonds besliste te betalen, wordt niet teruggenomen door zijn opdracht in te trekken."


class PayoutsHeld(PaymentRefusal):
    """What the activity had was taken back: its claims and wages are not paid out until that is made up."""

    code = "payouts-held"
    fr = "Ce que l'activité avait a été repris : ses notes et salaires ne sont plus payés tant que ce n'est pas comblé."
    nl = "Wat de activiteit had, werd teruggenomen: haar nota's en lonen worden niet uitbetaald tot dat aangevuld is."
