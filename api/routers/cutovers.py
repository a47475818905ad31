"""The cutover: an entity takes over from its old books."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Body, Query, Request

from api.context import Ask
from api.cutover import CutoverReport, record_old_books, try_old_books
from api.guard import GuardedRoute
from api.languages import language_of
from api.routers.documents import MEDIA_TYPE

router = APIRouter(prefix="/entities", tags=["entities"], route_class=GuardedRoute)


@router.post("/{entity_id}/cutover", status_code=201, name="cutover.record")
def record_cutover(
    entity_id: UUID,
    content: Annotated[bytes, Body(media_type=MEDIA_TYPE)],
    ask: Ask,
    request: Request,
    dry_run: Annotated[bool, Query(description="only say what agrees and what does not")] = False,  # noqa: FBT002 - as a query says it
) -> CutoverReport:
    """Take over from a file of old books, at most 20 MB, reconciled to the cent; or only try it."""
    who = (ask.services, ask.caller, content)
    if dry_run:
        return try_old_books(*who, entity_id=entity_id, key=ask.key, lang=language_of(request))
    report = record_old_books(*who, entity_id=entity_id, key=ask.key)
    ask.response.headers["Ledger-Position"] = str(report.position)
    return report
