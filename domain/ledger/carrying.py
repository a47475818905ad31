"""What the members decide refers to the motion that carries it, and is refused without one."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from domain.aggregates.legal_entity import LegalEntity
from domain.aggregates.motion import Motion, MotionState
from domain.errors import MotionNeeded
from domain.ledger.books import Books

ASSEMBLY = "assembly"


def require_carried(books: Books, entity_id: UUID, motion_id: UUID | None, *, body: str, on: date) -> None:
    """Refuse what the members decide, by the parameter `body`, without a motion of theirs; raises MotionNeeded.

    A motion that is named must carry it whoever decides.
    """
    decided_by = books.get(LegalEntity, entity_id).parameter(body, on)
    if motion_id is not None or decided_by == ASSEMBLY:
        require_adopted(books, entity_id, motion_id)


def require_adopted(books: Books, entity_id: UUID, motion_id: UUID | None) -> None:
    """Refuse anything but a motion of the entity that was adopted and not annulled since."""
    motion = books.find(Motion, motion_id) if motion_id is not None else None
    if motion is None or motion.entity_id != entity_id or motion.state is not MotionState.ADOPTED:
        raise MotionNeeded(motion_id=motion_id)
