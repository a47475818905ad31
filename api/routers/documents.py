"""Documents: the bytes behind a fact, by the SHA-256 it names."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Response

from api.context import Using
from api.guard import GuardedRoute

MEDIA_TYPE = "application/octet-stream"

router = APIRouter(prefix="/documents", tags=["documents"], route_class=GuardedRoute)


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
