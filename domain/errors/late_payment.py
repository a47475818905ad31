"""The refusals about paying late: reminders that are sent, and what is claimed for being late.

* RuleBroken
  + LatePaymentRefusal
    - ReminderSentAlready
    - FirstReminderIsFree
    - ReminderFeeExceedsCap
    - NothingOverdue
    - ReferenceRateUnknown
    - ReferenceRateKnown
    - ConsumerNotReminded
    - ConsumerTermRunning
    - NothingAgreedWithConsumers
    - ExceedsLateClaim
    - ExceedsWaived
    - LateClaimPaid
"""

from __future__ import annotations

from domain.errors.base import RuleBroken


class LatePaymentRefusal(RuleBroken):
    """What this client owes for paying late does not allow that."""

    code = "late-payment-refused"
    fr = "Ce que ce client doit pour son retard de paiement ne le permet pas."
    nl = "Wat deze klant voor zijn betalingsachterstand verschuldigd is, staat dit niet toe."


class ReminderSentAlready(LatePaymentRefusal):
    """This reminder was sent already."""

    code = "reminder-sent-already"
    fr = "Ce rappel a déjà été envoyé."
    nl = "Deze herinnering werd al verzonden."


class FirstReminderIsFree(LatePaymentRefusal):
    """The first reminder of a consumer is free."""

    code = "first-reminder-is-free"
    fr = "Le premier rappel adressé à un consommateur est gratuit."
    nl = "De eerste herinnering aan een consument is kosteloos."


class ReminderFeeExceedsCap(LatePaymentRefusal):
    """A reminder may charge this client no more than that; businesses owe the flat sum instead."""

    code = "reminder-fee-exceeds-cap"
    fr = "Un rappel ne peut coûter plus à ce client ; les entreprises doivent plutôt l'indemnité forfaitaire."
    nl = "Een herinnering mag deze klant niet meer kosten; ondernemingen zijn de forfaitaire vergoeding verschuldigd."


class NothingOverdue(LatePaymentRefusal):
    """Nothing more is due for paying this invoice late."""

    code = "nothing-overdue"
    fr = "Rien de plus n'est dû pour le paiement tardif de cette facture."
    nl = "Voor het laattijdig betalen van deze factuur is niets meer verschuldigd."


class ReferenceRateUnknown(LatePaymentRefusal):
    """The reference rate of this half-year is not known: add it once it is published (`tutti parameter add-rate`)."""

    code = "reference-rate-unknown"
    fr = "Le taux de référence de ce semestre n'est pas connu : ajoutez-le dès sa publication (`tutti parameter add-rate`)."
    nl = "De referentievoet van dit halfjaar is niet bekend: voeg hem na publicatie toe (`tutti parameter add-rate`)."


class ReferenceRateKnown(LatePaymentRefusal):
    """The reference rate of this half-year is known: a published rate does not change."""

    code = "reference-rate-known"
    fr = "Le taux de référence de ce semestre est connu : un taux publié ne change pas."
    nl = "De referentievoet van dit halfjaar is bekend: een gepubliceerde voet verandert niet."


class ConsumerNotReminded(LatePaymentRefusal):
    """Nothing is claimed of a consumer before a first reminder was sent."""

    code = "consumer-not-reminded"
    fr = "Rien n'est réclamé à un consommateur avant l'envoi d'un premier rappel."
    nl = "Van een consument wordt niets gevorderd vóór een eerste herinnering verzonden is."


class ConsumerTermRunning(LatePaymentRefusal):
    """A consumer has time to pay after the first reminder: that term is still running."""

    code = "consumer-term-running"
    fr = "Un consommateur dispose d'un délai après le premier rappel : ce délai court encore."
    nl = "Een consument heeft na de eerste herinnering tijd om te betalen: die termijn loopt nog."


class NothingAgreedWithConsumers(LatePaymentRefusal):
    """The general terms of the entity provide nothing for consumers who pay late: its parameter says so."""

    code = "nothing-agreed-with-consumers"
    fr = "Les conditions générales de l'entité ne prévoient rien pour le retard des consommateurs : son paramètre le dit."
    nl = "De algemene voorwaarden van de entiteit voorzien niets voor consumenten die laat betalen: zo zegt haar parameter."


class ExceedsLateClaim(LatePaymentRefusal):
    """This is more than is still claimed for paying the invoice late."""

    code = "exceeds-late-claim"
    fr = "C'est plus que ce qui est encore réclamé pour le paiement tardif de la facture."
    nl = "Dit is meer dan wat voor het laattijdig betalen van de factuur nog gevorderd wordt."


class ExceedsWaived(LatePaymentRefusal):
    """This is more than was waived of what is claimed for paying the invoice late."""

    code = "exceeds-waived"
    fr = "C'est plus que ce à quoi il a été renoncé de la créance pour le paiement tardif de la facture."
    nl = "Dit is meer dan wat van de vordering voor het laattijdig betalen van de factuur kwijtgescholden werd."


class LateClaimPaid(LatePaymentRefusal):
    """Part of this claim was paid: undo the payment before the claim is reversed."""

    code = "late-claim-paid"
    fr = "Une partie de cette créance a été payée : annulez ce paiement avant de l'extourner."
    nl = "Een deel van deze vordering werd betaald: maak die betaling ongedaan voor u ze tegenboekt."
