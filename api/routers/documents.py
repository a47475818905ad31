"""Documents: the bytes behind a fact, by the SHA-256 it names."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Body, Path, Query, Response
from pydantic import BaseModel

from api.context import Ask, Using
from api.errors import OneSubject
from api.guard import GuardedRoute
from api.receipts import keep_evidence, keep_receipt

MEDIA_TYPE = "application/octet-stream"

router = APIRouter(prefix="/documents", tags=["documents"], route_class=GuardedRoute)


class Kept(BaseModel):
    """A document that is kept; facts name it by this hash."""

    sha256: str
    bytes: int


@router.post("", status_code=201, name="document.keep")
def keep_document(
    content: Annotated[bytes, Body(media_type=MEDIA_TYPE)],
    ask: Ask,
    membership_id: Annotated[UUID | None, Query(description="of the member whose receipt it is")] = None,
    entity_id: Annotated[UUID | None, Query(description="of the entity whose books rest on it")] = None,
) -> Kept:
    """Keep a receipt of a member or evidence of an entity, at most 20 MB, sealed; repeats change nothing."""
    if membership_id is not None and entity_id is None:
        sha256 = keep_receipt(ask.services, content, membership_id=membership_id)
    elif entity_id is not None and membership_id is None:
        sha256 = keep_evidence(ask.services, content, entity_id=entity_id)
    else:
        raise OneSubject
    return Kept(sha256=sha256, bytes=len(content))


@router.get(
    "/{sha256}",
    name="document.view",
    response_class=Response,
    responses={200: {"content": {MEDIA_TYPE: {"schema": {"type": "string", "format": "binary"}}}}},
)
def view_document(
    sha256: Annotated[str, Path(description="of the document's bytes: 64 digits of 0-9 and a-f")],
    services: Using,
) -> Response:
    """Hand out a document as it was kept, such as an imported bank file."""
    content = services.documents.find(sha256)
    saved_as = f'attachment; filename="{sha256}"'
    return Response(content, media_type=MEDIA_TYPE, headers={"Content-Disposition": saved_as})
