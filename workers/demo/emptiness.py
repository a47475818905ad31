"""A scenario begins on nothing: it would mix with facts that are there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from domain.errors import Refusal

if TYPE_CHECKING:
    from workers.workshop import Workshop


class LedgerNotEmpty(Refusal):
    """The demo fills only an empty ledger: give it another data directory or tenant."""

    code = "ledger-not-empty"
    fr = "La démo ne remplit qu'un grand livre vide : donnez-lui un autre répertoire de données ou un autre groupe."
    nl = "De demo vult alleen een leeg grootboek: geef haar een andere gegevensmap of een andere groep."


def require_empty(workshop: Workshop) -> None:
    """Refuse a ledger that holds facts; raises LedgerNotEmpty."""
    head = workshop.log.head().size
    if head:
        raise LedgerNotEmpty(facts=head)
