"""What both formats need: the lines of a file, and whole numbers as their digits only."""

from __future__ import annotations

import re

from domain.errors import UnreadableText
from domain.facts import require_readable
from interchange.ballots.errors import BallotFileNotUtf8, BallotFileTooLarge

MOST_BYTES = 50_000_000
_NUMBER = re.compile("[0-9]{1,9}")


def text_of(content: bytes) -> str:
    """Return the file as text; raises BallotFileTooLarge, BallotFileNotUtf8."""
    if len(content) > MOST_BYTES:
        raise BallotFileTooLarge(bytes=len(content), most=MOST_BYTES)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BallotFileNotUtf8(line=content.count(b"\n", 0, error.start) + 1) from None


def number_of(text: str) -> int | None:
    """Return a whole number below a thousand million, or None if the text is none."""
    return int(text) if _NUMBER.fullmatch(text) else None


def readable(name: str, *, line: int) -> str:
    """Return a name without the space around it; raises UnreadableText, as any text of the ledger."""
    try:
        require_readable({"name": name})
    except UnreadableText as refusal:
        raise refusal.about(line=line) from None
    return " ".join(name.split())
