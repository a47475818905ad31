"""The refusals about drafts of invoices.

* RuleBroken
  + InvoiceDraftRefusal
    - DraftInOtherState
    - DraftOfAnother
"""

from __future__ import annotations

from domain.errors.base import RuleBroken


class InvoiceDraftRefusal(RuleBroken):
    """This draft of an invoice does not allow that."""

    code = "invoice-draft-refused"
    fr = "Ce projet de facture ne le permet pas."
    nl = "Dit factuurontwerp staat dit niet toe."


class DraftInOtherState(InvoiceDraftRefusal):
    """The draft of the invoice does not stand where that is possible."""

    code = "draft-in-other-state"
    fr = "Dans l'état où il se trouve, ce projet de facture ne le permet pas."
    nl = "In de toestand waarin dit factuurontwerp zich bevindt, kan dit niet."


class DraftOfAnother(InvoiceDraftRefusal):
    """Only who drafted the invoice, or for whom it was drafted, changes, submits or withdraws the draft."""

    code = "draft-of-another"
    fr = "Seul qui a rédigé le projet de facture, ou pour qui il l'a été, le modifie, le soumet ou le retire."
    nl = "Alleen wie de factuur ontwierp, of voor wie dit gebeurde, wijzigt het ontwerp, dient het in of trekt het in."
