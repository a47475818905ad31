"""The refusals about corrections of what was bought and paid, and about what payees owe back.

* Malformed
  + PurchaseLineNamedTwice
* RuleBroken
  + CorrectionRefusal
    - PurchaseNotApproved
    - PurchaseOfOldBooks
    - PurchaseOfGroup
    - PurchaseNotOfGroup
    - PurchaseLineUnknown
    - NothingLeftOfPurchase
    - CreditExceedsPurchase
    - ClaimNotApproved
    - ClaimLineUnknown
    - SlipNotPosted
    - ExceedsDue
    - DebtOfAnother
    - ExceedsSetOff
    - OwnSetOffStands
"""

from __future__ import annotations

from domain.errors.base import Malformed, RuleBroken


class PurchaseLineNamedTwice(Malformed):
    """Each line of the bill is named once: take the two together."""

    code = "purchase-line-named-twice"
    fr = "Chaque ligne de la facture est nommée une fois : réunissez les deux."
    nl = "Elke regel van de factuur wordt één keer genoemd: neem de twee samen."


class CorrectionRefusal(RuleBroken):
    """What was bought or paid cannot be corrected so."""

    code = "correction-refused"
    fr = "Ce qui a été acheté ou payé ne peut pas être corrigé ainsi."
    nl = "Wat gekocht of betaald is, kan niet zo rechtgezet worden."


class PurchaseNotApproved(CorrectionRefusal):
    """Only an approved bill is taken back: approve it first, or reject it whole."""

    code = "purchase-not-approved"
    fr = "Seule une facture approuvée est reprise : approuvez-la d'abord, ou rejetez-la entièrement."
    nl = "Alleen een goedgekeurde factuur wordt teruggenomen: keur ze eerst goed, of wijs ze helemaal af."


class PurchaseOfOldBooks(CorrectionRefusal):
    """The lines of this bill stand in the old books: what it cost cannot be taken back here."""

    code = "purchase-of-old-books"
    fr = "Les lignes de cette facture se trouvent dans l'ancienne comptabilité : son coût ne peut pas être repris ici."
    nl = "De regels van deze factuur staan in de oude boekhouding: de kost kan hier niet teruggenomen worden."


class PurchaseOfGroup(CorrectionRefusal):
    """This bill is the invoice of another entity of the group: let that entity credit it, on both sides at once."""

    code = "purchase-of-group"
    fr = "Cette facture est celle d'une autre entité du groupe : que cette entité la crédite, des deux côtés à la fois."
    nl = "Deze factuur is die van een andere entiteit van de groep: laat die ze crediteren, aan beide kanten tegelijk."


class PurchaseNotOfGroup(CorrectionRefusal):
    """This bill came from outside the group: record the credit note of its supplier."""

    code = "purchase-not-of-group"
    fr = "Cette facture vient de l'extérieur du groupe : consignez la note de crédit de son fournisseur."
    nl = "Deze factuur komt van buiten de groep: leg de creditnota van de leverancier vast."


class PurchaseLineUnknown(CorrectionRefusal):
    """The bill has no line of that number; the first one is 1."""

    code = "purchase-line-unknown"
    fr = "La facture n'a pas de ligne de ce numéro ; la première est 1."
    nl = "De factuur heeft geen regel met dat nummer; de eerste is 1."


class NothingLeftOfPurchase(CorrectionRefusal):
    """Nothing is left of this bill that could be taken off."""

    code = "nothing-left-of-purchase"
    fr = "Il ne reste rien à reprendre de cette facture."
    nl = "Van deze factuur blijft niets over om terug te nemen."


class CreditExceedsPurchase(CorrectionRefusal):
    """A supplier's credit note takes no more off a line, net or VAT, than what is left of it."""

    code = "credit-exceeds-purchase"
    fr = (
        "La note de crédit d'un fournisseur ne reprend pas plus d'une ligne, net ou TVA, que ce qui en reste."
    )
    nl = "De creditnota van een leverancier neemt van een regel niet meer terug, netto of btw, dan wat ervan overblijft."


class ClaimNotApproved(CorrectionRefusal):
    """Only an approved claim is taken back: reject one that waits."""

    code = "claim-not-approved"
    fr = "Seule une note de frais approuvée est reprise : rejetez celle qui attend."
    nl = "Alleen een goedgekeurde onkostennota wordt teruggenomen: wijs een wachtende af."


class ClaimLineUnknown(CorrectionRefusal):
    """The claim has no such line, or it was taken back already; the first is 1, and each is named once."""

    code = "claim-line-unknown"
    fr = "La note n'a pas cette ligne, ou elle a déjà été reprise ; la première est 1, et chacune est nommée une fois."
    nl = "De nota heeft die regel niet, of die werd al teruggenomen; de eerste is 1, en elke wordt één keer genoemd."


class SlipNotPosted(CorrectionRefusal):
    """No slip of this wage stands that could be taken back."""

    code = "slip-not-posted"
    fr = "Aucune fiche de ce salaire n'est comptabilisée qui puisse être reprise."
    nl = "Van dit loon staat geen loonfiche geboekt die teruggenomen kan worden."


class ExceedsDue(CorrectionRefusal):
    """This is more than is owed."""

    code = "exceeds-due"
    fr = "C'est plus que ce qui est dû."
    nl = "Dit is meer dan wat verschuldigd is."


class DebtOfAnother(CorrectionRefusal):
    """This is owed back by another payee: it is set off only against what that payee is owed by the same entity."""

    code = "debt-of-another"
    fr = "Ceci est dû par un autre bénéficiaire : la compensation ne vaut qu'avec ce que la même entité doit à celui-ci."
    nl = "Dit is verschuldigd door een andere begunstigde: het wordt alleen verrekend met wat dezelfde entiteit die schuldig is."


class ExceedsSetOff(CorrectionRefusal):
    """More is taken back than was set off against this document."""

    code = "exceeds-set-off"
    fr = "Il est repris plus que ce qui a été compensé avec ce document."
    nl = "Er wordt meer teruggenomen dan wat met dit document verrekend is."


class OwnSetOffStands(CorrectionRefusal):
    """This was set off against its own document because that was not paid after all: it stands."""

    code = "own-set-off-stands"
    fr = "Ceci a été compensé avec son propre document, qui n'a finalement pas été payé : la compensation demeure."
    nl = (
        "Dit is verrekend met zijn eigen document, dat uiteindelijk niet betaald werd: de verrekening blijft."
    )
