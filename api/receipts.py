"""Receipts and evidence: kept for the person who claims or the entity that books, found by their hash.

The domain knows a receipt by its hash alone; that its bytes are kept is looked after here, before the
ledger decides, so that its one thread never waits for the disk.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from uuid import UUID

from api.errors import ReceiptNotKept, ReceiptTooLarge
from api.services import Services
from domain.aggregates.expense_claim import ClaimLine
from domain.aggregates.legal_entity import LegalEntity
from domain.aggregates.membership import Membership
from domain.errors import EmptyText, UnknownRecord
from domain.facts import Stamp
from domain.ledger import claims
from domain.ledger.books import Books
from domain.personal import Retention
from eventstore.errors import DocumentDamaged, DocumentErased, NoSuchDocument, NotADocumentName

MOST_BYTES = 20_000_000


def keep_receipt(services: Services, content: bytes, *, membership_id: UUID) -> str:
    """Keep a receipt for the person of that membership; returns its SHA-256 in hex.

    The same bytes again change nothing. Raises EmptyText, ReceiptTooLarge, UnknownRecord if
    there is no such membership, or a refusal of the documents.
    """
    _require_content(content)
    person_id = _person_of(services, membership_id)
    if person_id is None:
        raise UnknownRecord(kind="membership", id=membership_id)
    return services.documents.keep(content, person_id, Retention.ACCOUNTING)


def keep_evidence(services: Services, content: bytes, *, entity_id: UUID) -> str:
    """Keep what an entry of an entity's books rests on, such as a contract; returns its SHA-256 in hex.

    Raises as keep_receipt does, UnknownRecord if there is no such entity.
    """
    _require_content(content)
    if not any(isinstance(each.event, LegalEntity.Registered) for each in services.log.stream(entity_id)[:1]):
        raise UnknownRecord(kind="legal entity", id=entity_id)
    return services.documents.keep(content, entity_id, Retention.ACCOUNTING)


def not_kept(services: Services, claimant_id: UUID, sha256s: Iterable[str]) -> ReceiptNotKept | None:
    """Return the refusal of the first receipt that is not whole among what is kept for the claimant.

    What is no hash at all, or of no member, is left to the rules of the claim.
    """
    person_id = _person_of(services, claimant_id)
    for sha256 in dict.fromkeys(sha256s) if person_id else ():
        try:
            services.documents.find(sha256, person_id)
        except (NoSuchDocument, DocumentDamaged, DocumentErased) as refusal:
            return ReceiptNotKept(sha256=sha256, claimant_id=claimant_id, reason=refusal.code)
        except NotADocumentName:
            continue
    return None


def submit_claim(
    books: Books,
    stamp: Stamp,
    missing: ReceiptNotKept | None,
    *,
    claim_id: UUID,
    activity_id: UUID,
    claimant_id: UUID,
    lines: Sequence[ClaimLine],
    purpose: str,
) -> None:
    """Submit a claim whose receipts were looked for; raises `missing` after what the rules refuse.

    It is raised here, and not before the command, so that a repeat of one that was recorded hears
    its first answer, whatever became of the receipt since.
    """
    claims.submit_claim(
        books,
        stamp,
        claim_id=claim_id,
        activity_id=activity_id,
        claimant_id=claimant_id,
        lines=lines,
        purpose=purpose,
    )
    if missing is not None:
        raise missing


def _require_content(content: bytes) -> None:
    if not content:
        raise EmptyText(field="content")
    if len(content) > MOST_BYTES:
        raise ReceiptTooLarge(most=MOST_BYTES)


def _person_of(services: Services, membership_id: UUID) -> UUID | None:
    for each in services.log.stream(membership_id)[:1]:
        if isinstance(each.event, Membership.Applied):
            return each.event.person_id
    return None
