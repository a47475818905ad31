"""The papers of a roll-call election as CSV (RFC 4180): each with its changes, for whoever checks them by hand."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True)
class PaperLine:
    """One paper; `ranking` as in `2 1=3`, by the numbers on it. Of a member's papers the last `seq` counts."""

    position: int
    recorded_at: datetime
    member_no: int
    member_id: UUID
    seq: int
    votes: int
    ranking: str
    holder_id: UUID | None


def write_papers(papers: Iterable[PaperLine]) -> bytes:
    """Write the papers in their order, below a line of headings."""
    text = io.StringIO()
    writer = csv.writer(text)
    names = [field.name for field in fields(PaperLine)]
    writer.writerow(names)
    for paper in papers:
        values = [getattr(paper, name) for name in names]
        writer.writerow([each.isoformat() if isinstance(each, datetime) else each for each in values])
    return text.getvalue().encode()
