"""Evidence: the documents an entity's entries and bills rest on, kept before the ledger is asked.

As with receipts, the domain knows a document by its hash; whether its bytes are kept is looked up here,
and said after what the rules refuse, so that a repeat of a recorded command hears its first answer.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Concatenate, ParamSpec
from uuid import UUID

from api.errors import EvidenceNotKept
from api.services import Services
from domain.aggregates.deficit import Deficit
from domain.aggregates.fiscal_year import FiscalYear
from domain.aggregates.manual_entry import ManualEntry
from domain.aggregates.purchase_invoice import PurchaseInvoice
from domain.aggregates.quotation import Quotation
from domain.aggregates.supplier import Supplier
from domain.facts import Stamp
from domain.ledger.books import Books
from eventstore.errors import DocumentDamaged, DocumentErased, NoSuchDocument, NotADocumentName

P = ParamSpec("P")


def entity_of_supplier(services: Services, supplier_id: UUID) -> UUID | None:
    """Return the entity whose supplier this is; None if there is no such supplier."""
    return _entity_of(services, supplier_id, Supplier.Registered)


def entity_of_entry(services: Services, entry_id: UUID) -> UUID | None:
    """Return the entity whose manual entry this is; None if there is no such entry."""
    return _entity_of(services, entry_id, ManualEntry.Posted)


def entity_of_year(services: Services, year_id: UUID) -> UUID | None:
    """Return the entity whose fiscal year this is; None if there is no such year."""
    return _entity_of(services, year_id, FiscalYear.Opened)


def entity_of_quotation(services: Services, quotation_id: UUID) -> UUID | None:
    """Return the entity that quoted; None if there is no such quotation."""
    return _entity_of(services, quotation_id, Quotation.Drafted)


def entity_of_deficit(services: Services, deficit_id: UUID) -> UUID | None:
    """Return the entity to which this deficit is owed; None if there is no such deficit."""
    return _entity_of(services, deficit_id, Deficit.Recognised)


def entity_of_purchase(services: Services, purchase_id: UUID) -> UUID | None:
    """Return the entity whose bill this is; None if there is no such bill."""
    return _entity_of(services, purchase_id, PurchaseInvoice.Received)


def resting_on(
    services: Services,
    sha256: str,
    entity_id: UUID | None,
    use_case: Callable[Concatenate[Books, Stamp, P], object],
) -> Callable[Concatenate[Books, Stamp, P], None]:
    """Return the use case, refused by EvidenceNotKept unless the document is whole among the entity's."""
    missing = _missing(services, sha256, entity_id)

    def run(books: Books, stamp: Stamp, /, *args: P.args, **says: P.kwargs) -> None:
        use_case(books, stamp, *args, **says)
        if missing is not None:
            raise missing

    return run


def _missing(services: Services, sha256: str, entity_id: UUID | None) -> EvidenceNotKept | None:
    if entity_id is None:
        return None
    try:
        services.documents.find(sha256, entity_id)
    except (NoSuchDocument, DocumentDamaged, DocumentErased, NotADocumentName) as refusal:
        return EvidenceNotKept(sha256=sha256, entity_id=entity_id, reason=refusal.code)
    return None


def _entity_of(services: Services, id_: UUID, kind: type[Any]) -> UUID | None:
    for each in services.log.stream(id_)[:1]:
        if isinstance(each.event, kind):
            found: UUID = each.event.entity_id
            return found
    return None
