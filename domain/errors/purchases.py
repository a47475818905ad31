"""The refusals about suppliers' bills, payees' accounts and declarations.

* Malformed
  + PurchaseWithoutLines
  + InvalidSpan
* RuleBroken
  + PurchaseRefusal
    - PurchaseNotWaiting
  + PayeeRefusal
    - PayeeAccountDiffers
    - PayeeAccountTooNew
    - PayeeAccountChanged
    - SameAccount
    - NoChangeProposed
  + DeclarationRefusal
    - SpanStillOpen
    - DeclaredAlready
    - DeclarationOrdered
    - DeclarationWithdrawn
"""

from __future__ import annotations

from domain.errors.base import Malformed, RuleBroken


class PurchaseWithoutLines(Malformed):
    """A supplier's bill needs at least one line."""

    code = "purchase-without-lines"
    fr = "La facture d'un fournisseur a au moins une ligne."
    nl = "De factuur van een leverancier heeft minstens één regel."


class InvalidSpan(Malformed):
    """A declaration covers whole months, one to twelve of them."""

    code = "invalid-span"
    fr = "Une déclaration couvre des mois entiers, d'un à douze."
    nl = "Een aangifte omvat hele maanden, een tot twaalf."


class PurchaseRefusal(RuleBroken):
    """The supplier's bill does not allow this."""

    code = "purchase-refused"
    fr = "La facture du fournisseur ne le permet pas."
    nl = "De factuur van de leverancier staat dit niet toe."


class PurchaseNotWaiting(PurchaseRefusal):
    """This bill was answered already."""

    code = "purchase-not-waiting"
    fr = "Cette facture a déjà reçu sa réponse."
    nl = "Op deze factuur is al geantwoord."


class PayeeRefusal(RuleBroken):
    """The payee's account does not allow this."""

    code = "payee-refused"
    fr = "Le compte du bénéficiaire ne le permet pas."
    nl = "De rekening van de begunstigde staat dit niet toe."


class PayeeAccountDiffers(PayeeRefusal):
    """The payee is paid on another account: a change needs two people, and a waiting time."""

    code = "payee-account-differs"
    fr = "Le bénéficiaire est payé sur un autre compte : un changement demande deux personnes et un délai d'attente."
    nl = "De begunstigde wordt op een andere rekening betaald: een wijziging vraagt twee personen en een wachttijd."


class PayeeAccountTooNew(PayeeRefusal):
    """The payee's account was changed a short while ago: nothing is paid to it before that day."""

    code = "payee-account-too-new"
    fr = "Le compte du bénéficiaire a changé il y a peu : rien n'y est payé avant ce jour."
    nl = "De rekening van de begunstigde is pas gewijzigd: er wordt niets op betaald vóór die dag."


class PayeeAccountChanged(PayeeRefusal):
    """The payee's account was changed after this payment was ordered: withdraw the order, and make another."""

    code = "payee-account-changed"
    fr = "Le compte du bénéficiaire a changé depuis que ce paiement a été ordonné : retirez l'ordre et faites-en un autre."
    nl = "De rekening van de begunstigde is gewijzigd sinds deze betaling bevolen werd: trek de opdracht in en maak een andere."


class SameAccount(PayeeRefusal):
    """The payee is paid on this account already."""

    code = "same-account"
    fr = "Le bénéficiaire est déjà payé sur ce compte."
    nl = "De begunstigde wordt al op deze rekening betaald."


class NoChangeProposed(PayeeRefusal):
    """Nobody has proposed another account of this payee."""

    code = "no-change-proposed"
    fr = "Personne n'a proposé un autre compte de ce bénéficiaire."
    nl = "Niemand stelde een andere rekening van deze begunstigde voor."


class DeclarationRefusal(RuleBroken):
    """The declaration does not allow this."""

    code = "declaration-refused"
    fr = "La déclaration ne le permet pas."
    nl = "De aangifte staat dit niet toe."


class SpanStillOpen(DeclarationRefusal):
    """What is declared rests on closed months: some of these still take bookings."""

    code = "span-still-open"
    fr = (
        "Ce qui est déclaré repose sur des mois clôturés : certains de ceux-ci prennent encore des écritures."
    )
    nl = "Wat aangegeven wordt, steunt op afgesloten maanden: sommige hiervan nemen nog boekingen op."


class DeclaredAlready(DeclarationRefusal):
    """Each month is declared once for each levy: some of these are in a declaration already."""

    code = "declared-already"
    fr = "Chaque mois se déclare une fois pour chaque prélèvement : certains de ceux-ci le sont déjà."
    nl = "Elke maand wordt voor elke heffing eenmaal aangegeven: sommige hiervan zijn dat al."


class DeclarationOrdered(DeclarationRefusal):
    """An order pays this declaration: withdraw the order first, or correct it with the next months."""

    code = "declaration-ordered"
    fr = "Un ordre paie cette déclaration : retirez d'abord l'ordre, ou corrigez-la avec les mois suivants."
    nl = "Een opdracht betaalt deze aangifte: trek eerst de opdracht in, of verbeter ze met de volgende maanden."


class DeclarationWithdrawn(DeclarationRefusal):
    """This declaration was withdrawn: its months are declared anew."""

    code = "declaration-withdrawn"
    fr = "Cette déclaration a été retirée : ses mois se déclarent à nouveau."
    nl = "Deze aangifte werd ingetrokken: haar maanden worden opnieuw aangegeven."
