"""The refusals about what moves inside the group: between activities of an entity, and between entities.

* Malformed
  + TransferToItself
  + LinkToItself
* RuleBroken
  + GroupRefusal
    - TransferNotWaiting
    - TransferNotAccepted
    - VatUnitDiffers
    - ReverseChargeNotMirrored
"""

from __future__ import annotations

from domain.errors.base import Malformed, RuleBroken


class TransferToItself(Malformed):
    """An internal transfer has two sides that differ: two activities, or one and the cooperative itself."""

    code = "transfer-to-itself"
    fr = "Un transfert interne a deux côtés différents : deux activités, ou une activité et la coopérative elle-même."
    nl = "Een interne overdracht heeft twee verschillende kanten: twee activiteiten, of een activiteit en de coöperatie zelf."


class LinkToItself(Malformed):
    """A link of the group joins two entities."""

    code = "link-to-itself"
    fr = "Un lien du groupe joint deux entités."
    nl = "Een verbinding binnen de groep gaat over twee entiteiten."


class GroupRefusal(RuleBroken):
    """Inside the group this cannot be done."""

    code = "group-refused"
    fr = "Cela ne se fait pas à l'intérieur du groupe."
    nl = "Dat kan niet binnen de groep."


class TransferNotWaiting(GroupRefusal):
    """This internal transfer was accepted or declined already."""

    code = "transfer-not-waiting"
    fr = "Ce transfert interne a déjà été accepté ou décliné."
    nl = "Deze interne overdracht werd al aanvaard of afgewezen."


class TransferNotAccepted(GroupRefusal):
    """Only an accepted internal transfer is reversed, and only once."""

    code = "transfer-not-accepted"
    fr = "Seul un transfert interne accepté est extourné, et une seule fois."
    nl = "Alleen een aanvaarde interne overdracht wordt tegengeboekt, en slechts één keer."


class VatUnitDiffers(GroupRefusal):
    """Inside a VAT unit an invoice stands outside the scope of VAT, and outside a unit none does."""

    code = "vat-unit-differs"
    fr = "À l'intérieur d'une unité TVA une facture est hors champ de la TVA, et en dehors aucune ne l'est."
    nl = "Binnen een btw-eenheid valt een factuur buiten de btw, en daarbuiten geen enkele."


class ReverseChargeNotMirrored(GroupRefusal):
    """An invoice by reverse charge is not mirrored: the buyer receives it as a bill, with the VAT it owes."""

    code = "reverse-charge-not-mirrored"
    fr = "Une facture en autoliquidation n'est pas reflétée : l'acheteur la reçoit comme facture d'achat, avec la TVA qu'il doit."
    nl = "Een factuur met verlegging wordt niet gespiegeld: de koper ontvangt ze als aankoopfactuur, met de btw die hij verschuldigd is."
