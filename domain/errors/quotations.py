"""The refusals about quotations, client orders, and the guarantees that need one.

* Malformed
  + OrderWithoutEvidence
* RuleBroken
  + QuotationRefusal
    - QuotationInOtherState
    - QuotationExpired
    - QuotationStillValid
    - OrderNotConfirmed
    - OrderInvoicedInPart
    - ExceedsOrder
    - AmendedBelowInvoiced
    - ClientExcluded
"""

from __future__ import annotations

from domain.errors.base import Malformed, RuleBroken


class OrderWithoutEvidence(Malformed):
    """A client order rests on a document: name the SHA-256 of its bytes, 64 digits of 0-9 and a-f."""

    code = "order-without-evidence"
    fr = "Une commande repose sur un document : donnez le SHA-256 de ses octets, 64 chiffres de 0-9 et a-f."
    nl = "Een bestelling steunt op een document: geef de SHA-256 van zijn bytes, 64 cijfers van 0-9 en a-f."


class QuotationRefusal(RuleBroken):
    """This quotation or client order does not allow that."""

    code = "quotation-refused"
    fr = "Ce devis ou cette commande ne le permet pas."
    nl = "Deze offerte of bestelling staat dit niet toe."


class QuotationInOtherState(QuotationRefusal):
    """The quotation does not stand where that is possible."""

    code = "quotation-in-other-state"
    fr = "Dans l'état où il se trouve, ce devis ne le permet pas."
    nl = "In de toestand waarin deze offerte zich bevindt, kan dit niet."


class QuotationExpired(QuotationRefusal):
    """The quotation was valid until an earlier day: send another one."""

    code = "quotation-expired"
    fr = "Le devis n'est plus valable : envoyez-en un autre."
    nl = "De offerte is niet meer geldig: verzend een andere."


class QuotationStillValid(QuotationRefusal):
    """The quotation is still valid on that day."""

    code = "quotation-still-valid"
    fr = "Le devis est encore valable à cette date."
    nl = "De offerte is op die dag nog geldig."


class OrderNotConfirmed(QuotationRefusal):
    """The client order was not confirmed before."""

    code = "order-not-confirmed"
    fr = "La commande du client n'a pas été confirmée auparavant."
    nl = "De bestelling van de klant werd niet vooraf bevestigd."


class OrderInvoicedInPart(QuotationRefusal):
    """Part of this order was invoiced already: say what is invoiced now."""

    code = "order-invoiced-in-part"
    fr = "Une partie de cette commande est déjà facturée : dites ce qui est facturé maintenant."
    nl = "Een deel van deze bestelling werd al gefactureerd: zeg wat nu gefactureerd wordt."


class ExceedsOrder(QuotationRefusal):
    """This is more than what is left to invoice of the client order: amend the order first."""

    code = "exceeds-order"
    fr = "C'est plus que ce qui reste à facturer de la commande : modifiez d'abord la commande."
    nl = "Dit is meer dan wat van de bestelling nog te factureren is: wijzig eerst de bestelling."


class AmendedBelowInvoiced(QuotationRefusal):
    """A client order is not amended to less than what was invoiced of it."""

    code = "amended-below-invoiced"
    fr = "Une commande n'est pas réduite sous ce qui en a été facturé."
    nl = "Een bestelling wordt niet gewijzigd tot onder wat ervan gefactureerd werd."


class ClientExcluded(QuotationRefusal):
    """The fund guarantees no invoices to this client."""

    code = "client-excluded"
    fr = "Le fonds ne garantit aucune facture de ce client."
    nl = "Het fonds waarborgt geen facturen aan deze klant."
