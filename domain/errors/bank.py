"""The refusals about bank accounts, statements and lines.

* Malformed
  + InvalidIban
* NotFound
  + UnknownBankAccount
* RuleBroken
  + BankRefusal
    - OpeningMissing
    - OpeningAlreadyRecorded
    - StatementDoesNotBalance
    - StatementMissing
    - StatementContradicts
    - NotAReceipt
    - ExceedsLine
    - ReferenceOfAnotherInvoice
    - NotAPayment
    - ExceedsHeld
    - ExceedsAllocation
    - ExceedsExplained
    - ExceedsUnallocated
"""

from __future__ import annotations

from domain.errors.base import Malformed, NotFound, RuleBroken


class InvalidIban(Malformed):
    """The IBAN is wrong: check it digit by digit."""

    code = "invalid-iban"
    fr = "L'IBAN est faux : vérifiez-le chiffre par chiffre."
    nl = "Het IBAN is fout: controleer het cijfer voor cijfer."


class UnknownBankAccount(NotFound):
    """This bank account is not one of the cooperative's: open it first, with its opening balance."""

    code = "unknown-bank-account"
    fr = "Ce compte bancaire n'est pas de ceux de la coopérative : ouvrez-le d'abord, avec son solde d'ouverture."
    nl = "Deze bankrekening is er geen van de coöperatie: open ze eerst, met haar beginsaldo."


class BankRefusal(RuleBroken):
    """The bank account does not allow this."""

    code = "bank-refused"
    fr = "Le compte bancaire ne le permet pas."
    nl = "De bankrekening staat dit niet toe."


class OpeningMissing(BankRefusal):
    """Record the opening balance of this bank account before its first statement."""

    code = "opening-missing"
    fr = "Enregistrez le solde d'ouverture de ce compte bancaire avant son premier extrait."
    nl = "Leg het beginsaldo van deze bankrekening vast vóór haar eerste uittreksel."


class OpeningAlreadyRecorded(BankRefusal):
    """The opening balance of this bank account is recorded already."""

    code = "opening-already-recorded"
    fr = "Le solde d'ouverture de ce compte bancaire est déjà enregistré."
    nl = "Het beginsaldo van deze bankrekening is al vastgelegd."


class StatementDoesNotBalance(BankRefusal):
    """The statement does not balance: opening plus booked entries is not the closing balance."""

    code = "statement-does-not-balance"
    fr = "L'extrait n'est pas en équilibre : l'ouverture et les écritures ne donnent pas le solde de clôture."
    nl = "Het uittreksel klopt niet: het beginsaldo en de verrichtingen geven niet het eindsaldo."


class StatementMissing(BankRefusal):
    """A statement is missing: this one does not continue where the last one ended."""

    code = "statement-missing"
    fr = "Un extrait manque : celui-ci ne commence pas là où le dernier s'arrête."
    nl = "Er ontbreekt een uittreksel: dit begint niet waar het vorige eindigde."


class StatementContradicts(BankRefusal):
    """This statement was imported before with other figures; ask the bank which one is right."""

    code = "statement-contradicts"
    fr = "Cet extrait a déjà été importé avec d'autres chiffres ; demandez à la banque lequel est juste."
    nl = "Dit uittreksel werd al ingelezen met andere cijfers; vraag de bank welk juist is."


class NotAReceipt(BankRefusal):
    """Only money that came in can be allocated to an invoice."""

    code = "not-a-receipt"
    fr = "Seul l'argent reçu peut être affecté à une facture."
    nl = "Alleen ontvangen geld kan aan een factuur toegewezen worden."


class ExceedsLine(BankRefusal):
    """This is more than is left of the bank line."""

    code = "exceeds-line"
    fr = "C'est plus que ce qui reste de la ligne bancaire."
    nl = "Dit is meer dan er van de bankregel overblijft."


class ReferenceOfAnotherInvoice(BankRefusal):
    """The bank line bears the reference of another invoice: say so explicitly to overrule it."""

    code = "reference-of-another-invoice"
    fr = "La ligne bancaire porte la communication d'une autre facture : dites-le expressément pour passer outre."
    nl = "De bankregel draagt de mededeling van een andere factuur: zeg het uitdrukkelijk om er toch van af te wijken."


class NotAPayment(BankRefusal):
    """Only money out can clear a payment order."""

    code = "not-a-payment"
    fr = "Seul l'argent qui sort peut apurer un ordre de paiement."
    nl = "Alleen uitgaand geld kan een betaalopdracht aanzuiveren."


class ExceedsHeld(BankRefusal):
    """More is asked than this receipt holds for this client."""

    code = "exceeds-held"
    fr = "Il est demandé plus que ce que cet encaissement retient pour ce client."
    nl = "Er wordt meer gevraagd dan deze ontvangst voor deze klant aanhoudt."


class ExceedsAllocation(BankRefusal):
    """More is taken back than this receipt paid of the invoice."""

    code = "exceeds-allocation"
    fr = "Il est repris plus que ce que cet encaissement a payé de la facture."
    nl = "Er wordt meer teruggenomen dan deze ontvangst van de factuur betaalde."


class ExceedsExplained(BankRefusal):
    """More is taken back than that payment, receipt or fee explains of this money out."""

    code = "exceeds-explained"
    fr = (
        "Il est repris plus que ce que ce paiement, cet encaissement ou ces frais expliquent de cette sortie."
    )
    nl = "Er wordt meer teruggenomen dan die betaling, ontvangst of kost van deze uitgave verklaart."


class ExceedsUnallocated(BankRefusal):
    """More is taken back than is left to allocate of this receipt: say what it had paid instead."""

    code = "exceeds-unallocated"
    fr = "Il est repris plus que ce qui reste à affecter de cet encaissement : dites plutôt ce qu'il avait payé."
    nl = "Er wordt meer teruggenomen dan er van deze ontvangst toe te wijzen blijft: zeg liever wat ze betaald had."
