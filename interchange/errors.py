"""Every way a foreign file says no. A file is refused whole, with the reason and the place.

* Refusal
  + Malformed
    - BankFileRefused
      . FileTooLarge
      . NotXml
      . DoctypeNotAllowed
      . NotACamt053
      . NoStatement
      . StatementUnreadable
        : AmountNotInCents
        : CurrencyNotEuro
        : BalanceMissing

A statement whose figures do not add up is the domain's StatementDoesNotBalance.
"""

from __future__ import annotations

from domain.errors import Malformed


class BankFileRefused(Malformed):
    """This bank file cannot be imported; nothing of it was kept."""

    code = "bank-file-refused"
    fr = "Ce fichier bancaire ne peut pas être importé ; rien n'en a été gardé."
    nl = "Dit bankbestand kan niet ingelezen worden; er werd niets van bewaard."


class FileTooLarge(BankFileRefused):
    """The file is larger than a bank statement can be: ask the bank for a shorter period."""

    code = "file-too-large"
    fr = "Le fichier est plus grand qu'un extrait de compte ne peut l'être : demandez à la banque une période plus courte."
    nl = "Het bestand is groter dan een rekeninguittreksel kan zijn: vraag de bank een kortere periode."


class NotXml(BankFileRefused):
    """The file is not well-formed XML: download it from the bank again."""

    code = "not-xml"
    fr = "Le fichier n'est pas du XML bien formé : téléchargez-le à nouveau de la banque."
    nl = "Het bestand is geen welgevormde XML: download het opnieuw bij de bank."


class DoctypeNotAllowed(BankFileRefused):
    """The file declares a document type, which no bank statement does and an attack may."""

    code = "doctype-not-allowed"
    fr = "Le fichier déclare un type de document, ce qu'aucun extrait ne fait et qu'une attaque peut faire."
    nl = "Het bestand verklaart een documenttype, wat geen enkel uittreksel doet en een aanval kan doen."


class NotACamt053(BankFileRefused):
    """The file is not a bank statement in the format camt.053, versions 02 to 08."""

    code = "not-a-camt053"
    fr = "Le fichier n'est pas un extrait de compte au format camt.053, versions 02 à 08."
    nl = "Het bestand is geen rekeninguittreksel in het formaat camt.053, versies 02 tot 08."


class NoStatement(BankFileRefused):
    """The file is a camt.053 without any statement in it."""

    code = "no-statement"
    fr = "Le fichier est un camt.053 sans aucun extrait."
    nl = "Het bestand is een camt.053 zonder uittreksel erin."


class StatementUnreadable(BankFileRefused):
    """A statement of this file cannot be read."""

    code = "statement-unreadable"
    fr = "Un extrait de ce fichier ne peut pas être lu."
    nl = "Een uittreksel van dit bestand kan niet gelezen worden."


class AmountNotInCents(StatementUnreadable):
    """An amount has a fraction of a cent."""

    code = "amount-not-in-cents"
    fr = "Un montant a une fraction de centime."
    nl = "Een bedrag heeft een fractie van een cent."


class CurrencyNotEuro(StatementUnreadable):
    """An amount is not in euro; this ledger keeps euro only."""

    code = "currency-not-euro"
    fr = "Un montant n'est pas en euros ; ce grand livre ne tient que l'euro."
    nl = "Een bedrag is niet in euro; dit grootboek houdt alleen euro bij."


class BalanceMissing(StatementUnreadable):
    """A statement lacks its opening balance (OPBD or PRCD) or its closing balance (CLBD)."""

    code = "balance-missing"
    fr = "Un extrait n'a pas son solde d'ouverture (OPBD ou PRCD) ou son solde de clôture (CLBD)."
    nl = "Een uittreksel mist zijn beginsaldo (OPBD of PRCD) of zijn eindsaldo (CLBD)."
